"""Rules that nobody, or everybody, meets, and two that nobody meets together: against all values there are."""

from __future__ import annotations

import itertools
from typing import Any, cast

import pytest

from myofind.domain.rules import Bounds, DayRule, FactRule, Span, SpanRule, Values, Window
from myofind.domain.satisfiable import clashing, idle, unmeetable
from myofind.names.facts import FACTS, Row
from tests.together import together

NUMBERS = [row for row in FACTS.values() if row.kind == "number"]


def kept(rule: Bounds, number: float) -> bool:
    return (
        (rule.min is None or number >= rule.min) and (rule.max is None or number <= rule.max)
        and (rule.above is None or number > rule.above) and (rule.below is None or number < rule.below)
    )  # fmt: skip


def numbers_of(row: Row) -> list[float]:
    """Every number of a fact in steps of a quarter around its ends and its middle."""
    low, high = row.range
    middle = (low + high) // 2
    near = {place + step / 4 for place in (low, middle, high) for step in range(-8, 9)}
    return sorted(one for one in near if low <= one <= high and (not row.whole or one == int(one)))


def bounds_of(row: Row) -> list[Bounds]:
    low, high = row.range
    middle = (low + high) // 2
    places = (None, low - 1, low, middle, high, high + 1)
    kinds = itertools.product(("min", "above"), ("max", "below"))
    return [
        cast(Any, Bounds)(**{first: one, last: other})
        for first, last in kinds
        for one, other in itertools.product(places, places)
    ]


@together((row,) for row in NUMBERS)
def test_bounds_of_a_number_that_nobody_or_everybody_meets(row: Row) -> None:
    numbers = numbers_of(row)
    for rule in bounds_of(row):
        told = [kept(rule, one) for one in numbers]
        assert unmeetable(row, rule) == (not any(told)), rule
        assert idle(row, rule) == all(told), rule


@together((row,) for row in NUMBERS[:4])
def test_bounds_of_a_number_that_nobody_meets_together(row: Row) -> None:
    numbers = numbers_of(row)
    rules = bounds_of(row)[-144::11]
    for one, other in itertools.product(rules, rules):
        both = any(kept(one, number) and kept(other, number) for number in numbers)
        each = any(kept(one, number) for number in numbers) and any(kept(other, number) for number in numbers)
        assert clashing(row, one, other) == (each and not both), (one, other)


MONTHS = (None, 6, 12, 24)


def span(months: int | None) -> Span | None:
    return None if months is None else Span(months, "months")


@together(
    (SpanRule(*map(span, bounds)), bounds) for bounds in itertools.product(MONTHS, MONTHS, (None, 12), (None, 12))
)
def test_bounds_of_a_time_that_nobody_or_everybody_meets(rule: SpanRule, bounds: tuple[int | None, ...]) -> None:
    """Times are told by thirds of a month: on the month and on either side of it."""
    least, most, above, below = bounds
    times = [months + third / 3 for months in range(40) for third in (0, 1, 2)]
    told = [
        (least is None or time >= least) and (most is None or time <= most) and (above is None or time > above) and (below is None or time < below)
        for time in times
    ]  # fmt: skip
    for row, own in ((FACTS["weakness_since"], rule), (FACTS["onset"], DayRule(rule)), (FACTS["steroid_stable"], rule)):
        assert unmeetable(row, own) == (not any(told)), (row.id, rule)


@together(
    (since, *bounds)
    for since in (None, SpanRule(span(12)), SpanRule(None, span(12)))
    for bounds in itertools.product((None, 216, 480), (None, 215, 216, 300), (None, 216, 299), (None, 217, 218, 300))
)
def test_bounds_of_an_age_on_a_day_that_nobody_or_everybody_meets(
    since: SpanRule | None, least: int | None, most: int | None, above: int | None, below: int | None
) -> None:
    told = [
        (least is None or age >= least) and (most is None or age <= most) and (above is None or age > above) and (below is None or age < below)
        for age in range(1000)
    ]  # fmt: skip
    rule = DayRule(since, SpanRule(*map(span, (least, most, above, below))))
    assert unmeetable(FACTS["onset"], rule) == (not any(told))
    assert not idle(FACTS["onset"], rule)


@pytest.mark.parametrize(
    ("id", "rule", "nobody", "everybody"),
    [
        ("cancer", "required", False, False), ("cancer", "excluded", False, False), ("cancer", "allowed", False, False), ("cancer", Window(), False, False),
        ("cancer", Window(Span(5, "years")), False, False), ("dysphagia", Values(("none",)), False, False), ("dysphagia", Values((), ("none",)), False, False),
    ],
)  # fmt: skip
def test_a_stance_is_met_by_some(id: str, rule: FactRule, nobody: bool, everybody: bool) -> None:
    assert (unmeetable(FACTS[id], rule), idle(FACTS[id], rule)) == (nobody, everybody)


@together((row,) for row in FACTS.values() if row.kind == "choice")
def test_answers_of_a_choice_of_which_all_or_none_are_named(row: Row) -> None:
    ids = tuple(one.id for one in row.values)
    assert unmeetable(row, Values((), ids))
    assert not unmeetable(row, Values(ids[:1]))
    assert unmeetable(row, Values(ids[:1], ids[:1]))
    nothing = bool({"none", "never", "not", "not_done"} & set(ids))
    assert idle(row, Values(ids)) == nothing
    if len(ids) > 1 and not row.several:
        assert clashing(row, Values(ids[:1]), Values(ids[1:]))
    assert not clashing(row, Values(ids[:1]), Values(ids))


def test_yes_and_no_clash_and_so_do_a_state_and_its_absence() -> None:
    assert clashing(FACTS["cancer"], "required", "excluded")
    assert not clashing(FACTS["cancer"], "required", "allowed")
    assert not clashing(FACTS["cancer"], "excluded", Window())
