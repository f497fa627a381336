"""The index in plain form: tuples, mappings, texts and numbers, for keeping it in a file."""

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
from myofind.matching.trial_sets import Index

__all__ = ["bare", "from_plain", "to_plain"]


def bare(value: Any) -> Any:
    """A value with its lists and records as tuples."""
    if isinstance(value, (tuple, list)):
        return tuple(map(bare, value))
    return {key: bare(one) for key, one in value.items()} if isinstance(value, dict) else value


def to_plain(index: Index) -> Any:
    """The index as tuples, mappings, texts and numbers."""
    rules = {name: [(_packed_rule(name, rule), bits) for rule, bits in found] for name, found in index.rules.items()}
    return bare(index._replace(rules=rules))


def from_plain(plain: Any) -> Index:
    """The index again; raises an exception of any kind for a damaged form."""
    ids, kinds, phases, rules, cohorts, statuses, coverages = plain
    return Index(
        ids,
        kinds,
        phases,
        {name: [(_unpacked_rule(name, rule), bits) for rule, bits in found] for name, found in rules.items()},
        cohorts,
        [(tuple(Observation(*seen) for seen in every), end, bits) for every, end, bits in statuses],
        coverages,
    )


def _span(plain: Any) -> Any:
    return Span(*plain) if isinstance(plain, tuple) else plain


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
