"""Where a criterion may change its answer: every day and every month walked one by one, also where they are the last."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from myofind.domain.eligibility import CRITERIA
from myofind.domain.patient import Birth, Onset, Patient
from myofind.domain.rules import AgeRule, Span, SpanRule
from myofind.domain.turning_points import birth_breaks, onset_age_breaks, onset_breaks
from tests.together import together

DAY = date(2026, 11, 30)
TODAY = DAY.toordinal()
LONG = 1100
"""About three years, in days."""


def months(number: int) -> Span:
    return Span(number, "months")


LENGTHS = [
    SpanRule(months(6)), SpanRule(None, months(13)), SpanRule(None, None, months(5)), SpanRule(None, None, None, Span(1, "years")),
    SpanRule(Span(10, "weeks"), Span(400, "days")), SpanRule(Span(1.5, "months"), None, None, months(8)),
]  # fmt: skip
AGES = [AgeRule(months(18), Span(2, "years")), AgeRule(Span(1, "years"), months(30)), AgeRule(Span(40, "weeks"), None)]


def between(first: date, days: int) -> Birth:
    return Birth(first, first + timedelta(days=days))


def changes(low: int, high: int, outcome: Callable[[int], str]) -> list[int]:
    """The values from which on an outcome is another than just before."""
    told = [outcome(value) for value in range(low, high + 1)]
    return [low + place for place in range(1, len(told)) if told[place] != told[place - 1]]


@together(
    [
        *(("age", rule, None) for rule in AGES),
        *(("age", rule, Onset(date(2025, 1, 31), date(2025, 1, 31))) for rule in AGES[:2]),
        *(("onset_age", rule, Onset(first, last)) for rule in LENGTHS for first, last in ((date(2026, 2, 28), date(2026, 2, 28)), (date(2025, 8, 31), date(2025, 9, 20)))),
        *(("duration", rule, Onset(None, None, *ages)) for rule in LENGTHS for ages in ((8, 8), (8, 11), (0, 0), (3, 12))),
    ]
)  # fmt: skip
def test_a_birth_at_which_an_answer_changes_is_a_break(name: str, rule: Any, onset: Onset | None) -> None:
    def outcome(born: int) -> str:
        birth = Birth(date.fromordinal(born), date.fromordinal(born))
        return CRITERIA[name](rule, Patient(("dm",), birth, onset=onset), DAY).outcome

    last = min(TODAY, onset.latest.toordinal()) if onset and onset.latest else TODAY
    found = changes(TODAY - LONG, last, outcome)
    assert found
    for low, high in (
        (TODAY - LONG, last),
        *((at - before, at) for at in found for before in (1, 4)),
        *((at - 1, at + 3) for at in found),
    ):
        inside = {at for at in found if low < at <= high}
        assert inside <= set(birth_breaks(name, rule, onset, DAY)), (low, high)


BIRTHS = (between(date(2024, 2, 29), 0), between(date(2024, 8, 31), 0), between(date(2024, 3, 15), 30))


@together(itertools.product(("duration", "onset_age"), LENGTHS, (None, *BIRTHS[1:])))
def test_a_day_of_onset_at_which_an_answer_changes_is_a_break(name: str, rule: SpanRule, birth: Birth | None) -> None:
    first = birth.latest.toordinal() if birth else TODAY - LONG

    def someone(began: int) -> Patient:
        return Patient(("dm",), birth, onset=Onset(date.fromordinal(began), date.fromordinal(began)))

    found = changes(first, TODAY, lambda began: CRITERIA[name](rule, someone(began), DAY).outcome)
    assert found or (name == "onset_age" and birth is None)
    assert set(found) <= set(onset_breaks(name, rule, Patient(("dm",), birth), DAY))


@together(itertools.product(("duration", "onset_age"), LENGTHS, (None, *BIRTHS)))
def test_an_age_at_onset_at_which_an_answer_changes_is_a_break(name: str, rule: SpanRule, birth: Birth | None) -> None:
    def someone(age: int) -> Patient:
        return Patient(("dm",), birth, onset=Onset(youngest_months=age, oldest_months=age))

    found = changes(0, 30, lambda age: CRITERIA[name](rule, someone(age), DAY).outcome)
    assert found or (name == "duration" and birth is None)
    assert set(found) <= set(onset_age_breaks(name, rule, Patient(("dm",), birth), DAY))
