"""Whether any value of a fact meets a rule, or two rules at once: by trying the values that rules tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from myofind.domain.dates import first_incomplete
from myofind.domain.fact_rules import test
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, When, YesNo
from myofind.domain.rules import DayRule, FactRule, Span, bounds_in, spans_in
from myofind.names.facts import FACTS, FactId, Row

_LONG_AGO, _DAY = date(1900, 1, 1), date(2100, 1, 1)
_NEAR = 0.0005
"""Less than the smallest step of any fact's number."""


def unmeetable(row: Row, rule: FactRule) -> bool:
    """Whether no value of a fact meets a rule."""
    return _answers(row.id, rule)[0]


def idle(row: Row, rule: FactRule) -> bool:
    """Whether every value of a fact meets a rule; where no answer means "none of these", somebody may have none."""
    return _answers(row.id, rule)[1]


@lru_cache(maxsize=4096)
def _answers(id: FactId, rule: FactRule) -> tuple[bool, bool]:
    """Whether no value meets a rule, and whether every one does; registries repeat their rules."""
    row = FACTS[id]
    outcomes: set[str] = set()
    for value, birth in _patients(row, (rule,)):
        outcomes.add(test(row, rule, value, birth, _DAY).outcome)
        if {"met", "not_met"} <= outcomes:
            return False, False
    nothing = row.kind != "choice" or {"none", "never", "not", "not_done"} & {one.id for one in row.values}
    return "met" not in outcomes, bool(nothing) and rule != "allowed" and "not_met" not in outcomes


def clashing(row: Row, one: FactRule, other: FactRule) -> bool:
    """Whether each of two rules can be met, and no value meets both."""
    return not _met(row, one, other) and _met(row, one) and _met(row, other)


def _met(row: Row, *rules: FactRule) -> bool:
    return any(
        all(test(row, rule, value, birth, _DAY).outcome == "met" for rule in rules)
        for value, birth in _patients(row, rules)
    )


def _patients(row: Row, rules: tuple[FactRule, ...]) -> Iterator[tuple[FactValue, Birth]]:
    """Values with births, among which one meets the rules, if any does: one birth where no rule speaks of an age."""
    ages = [age for rule in rules if isinstance(rule, DayRule) for age in rule.age or () if age]
    for value in _values(row, rules):
        births = {_LONG_AGO}
        if isinstance(value, When) and value.last:
            births = births.union(*(_around(age, value.last) for age in ages))
        yield from ((value, Birth(birth, birth)) for birth in sorted(births))


def _around(span: Span, day: date) -> set[date]:
    """The last start from which a length of time is complete on a day, and the first from which it is not."""
    edge = date.fromordinal(first_incomplete(span, day))
    return {edge - timedelta(days=1), edge}


def _values(row: Row, rules: tuple[FactRule, ...]) -> Iterator[FactValue]:
    """Values among which one meets the rules, if any does."""
    match row.kind:
        case "yes_no":
            yield from (YesNo(True), YesNo(False), YesNo(True, True, _LONG_AGO, _LONG_AGO))
        case "choice":
            ids = [one.id for one in row.values]
            yield from (Chosen((one,), (), _DAY, _DAY) for one in ids)
            if row.several:
                yield Chosen(tuple(one for one in ids if one != "none"), (), _DAY, _DAY)
                required = {one for rule in rules for one in getattr(rule, "required", ())}
                yield Chosen(
                    tuple(required), tuple(one for one in ids if one not in required and one != "none"), _DAY, _DAY
                )
        case "number":
            scales = row.scale if len(row.scale) > 1 else (None,)
            marks = {float(scale) for scale in scales if scale is not None}
            numbers = sorted({*row.range, *marks, *chain.from_iterable(bounds_in(rule) for rule in rules)})
            for number in chain.from_iterable((one - _NEAR, one, one + _NEAR) for one in numbers):
                whole = not row.whole or number == int(number)
                if row.range[0] <= number <= row.range[1] and whole:
                    yield from (Amount(number, number, scale) for scale in scales if scale is None or number <= scale)
            if row.whole:
                yield from (Amount(float(one), float(one)) for one in range(int(row.range[0]), int(row.range[1]) + 1))
        case "span" | "day":
            yield When()
            days = {_LONG_AGO, _DAY}.union(*(_around(span, _DAY) for rule in rules for span in spans_in(rule)))
            yield from (When(day, day) for day in sorted(days))
