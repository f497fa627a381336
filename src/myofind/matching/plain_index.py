"""The index in plain form: lists, texts and numbers, for keeping it in a file."""

from __future__ import annotations

from typing import Any

from myofind.domain.plain_trial import branch, plain_branch
from myofind.domain.rules import (
    AgeRule,
    AntibodyRule,
    CountryRule,
    Enrolment,
    Span,
    SpanRule,
    SubtypeRule,
    fact_rule,
    plain_rule,
    treatment_rule,
)
from myofind.domain.trial import AtLeast, Observation
from myofind.matching.trial_sets import Bits, Index, places

__all__ = ["from_json", "to_json"]


def _pack(bits: Bits) -> Any:
    count = bits.bit_count()
    return hex(bits) if count * 6 > bits.bit_length() // 4 else list(places(bits))


def _unpack(packed: Any) -> Bits:
    if isinstance(packed, str):
        return int(packed, 16)
    bits = 0
    for place in packed:
        bits |= 1 << place
    return bits


def to_json(index: Index) -> Any:
    """The index as lists, texts and numbers."""
    return {
        "ids": index.ids,
        "kinds": {kind: _pack(bits) for kind, bits in index.kinds.items()},
        "phases": index.phases,
        "rules": {
            name: [[_packed_rule(name, rule), _pack(bits)] for rule, bits in found]
            for name, found in index.rules.items()
        },
        "coverages": {read: _pack(bits) for read, bits in index.coverages.items()},
        "cohorts": index.cohorts,
        "statuses": [[[seen[:2] for seen in every], end, _pack(bits)] for every, end, bits in index.statuses],
    }


def from_json(plain: Any) -> Index:
    """The index again; raises an exception of any kind for a damaged form."""
    return Index(
        tuple(plain["ids"]),
        {kind: _unpack(bits) for kind, bits in plain["kinds"].items()},
        tuple(plain["phases"]),
        {
            name: [(_unpacked_rule(name, rule), _unpack(bits)) for rule, bits in found]
            for name, found in plain["rules"].items()
        },
        tuple((place, tuple(units)) for place, units in plain["cohorts"]),
        [
            (tuple(Observation(value, as_of, "") for value, as_of in every), end, _unpack(bits))
            for every, end, bits in plain["statuses"]
        ],
        {read: _unpack(bits) for read, bits in plain["coverages"].items()},
    )


def _span(plain: Any) -> Any:
    return Span(*plain) if isinstance(plain, list) else plain


_RULES: dict[str, Any] = {
    "subtype": lambda plain: SubtypeRule(*map(tuple, plain)),
    "age": lambda plain: AgeRule(*map(_span, plain)),
    "autoantibodies": lambda plain: AntibodyRule(*map(tuple, plain)),
    "country": lambda plain: CountryRule(tuple(plain[0]), plain[1], tuple(plain[2])),
    "sex": str,
    "duration": lambda plain: SpanRule(*map(_span, plain)),
    "onset_age": lambda plain: SpanRule(*map(_span, plain)),
    "treatments": treatment_rule,
    "enrolment": lambda plain: Enrolment(plain[0], tuple(plain[1])),
}
_ALTERNATIVES = ("any_of", "at_least")


def _packed_rule(name: str, rule: Any) -> Any:
    """A rule in plain form: as an editor writes it where it is a rule on a fact, treatments or alternatives."""
    if name in _ALTERNATIVES:
        return [rule.needed, [plain_branch(one) for one in rule.of]]
    return rule if name in _RULES and name != "treatments" else plain_rule(rule)


def _unpacked_rule(name: str, plain: Any) -> Any:
    if name in _ALTERNATIVES:
        return AtLeast(plain[0], tuple(map(branch, plain[1])))
    return _RULES[name](plain) if name in _RULES else fact_rule(name, plain)
