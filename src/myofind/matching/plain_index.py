"""The index in plain form: tuples, lists, mappings, texts and numbers, for keeping it in a file.

A record is a list: the name of its kind, its values (of the last ones those that are no defaults), and the places of those
of them that are such lists themselves. So is, without a name, a tuple that holds records.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from myofind.domain.rules import (
    AgeRule,
    AntibodyRule,
    Bounds,
    CountryRule,
    DayRule,
    Enrolment,
    Span,
    SpanRule,
    SubtypeRule,
    TreatmentRule,
    Values,
    Window,
)
from myofind.domain.trial import AtLeast, Eligibility, Observation
from myofind.matching.trial_sets import Index

__all__ = ["from_plain", "to_plain"]

_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        AgeRule, AntibodyRule, AtLeast, Bounds, CountryRule, DayRule, Eligibility, Enrolment, Observation, Span, SpanRule,
        SubtypeRule, TreatmentRule, Values, Window,
    )
}  # fmt: skip
"""The records that an index holds."""


def to_plain(index: Index) -> Any:
    """The index without records; raises KeyError for a record of a kind that an index does not hold."""
    rules = {name: [(_plain(rule), bits) for rule, bits in found] for name, found in index.rules.items()}
    statuses = [(_plain(every), end, bits) for every, end, bits in index.statuses]
    return tuple(index._replace(rules=rules, statuses=statuses))


def _plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    values = tuple(map(_plain, value))
    holding = tuple(place for place, one in enumerate(values) if isinstance(one, list))
    if type(value) is tuple:
        return ["", values, holding] if holding else value
    kind = _KINDS[type(value).__name__]
    return [kind.__name__, values[: _told(kind, value)], holding]


def _told(kind: Any, record: tuple[Any, ...]) -> int:
    """How many values of a record tell it, the others being defaults."""
    told = len(record)
    with suppress(TypeError):  # a value that has no default
        while told and kind(*record[: told - 1]) == record:
            told -= 1
    return told


def from_plain(plain: Any) -> Index:
    """The index again; raises an exception of any kind for a damaged form."""
    ids, kinds, phases, rules, cohorts, statuses, coverages = plain
    return Index(
        ids,
        kinds,
        phases,
        {name: [(_record(rule), bits) for rule, bits in found] for name, found in rules.items()},
        cohorts,
        [(_record(every), end, bits) for every, end, bits in statuses],
        coverages,
    )


def _record(plain: Any) -> Any:
    if type(plain) is not list:
        return plain
    kind, values, holding = plain
    if holding:
        values = list(values)
        for place in holding:
            values[place] = _record(values[place])
    return _KINDS[kind](*values) if kind else tuple(values)
