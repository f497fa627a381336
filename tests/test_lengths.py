"""Lengths of time beside ages in completed months: reached, passed, and which is the longer."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.domain.dates import (
    add_age,
    complete_on,
    first_day,
    first_incomplete,
    last_day,
    months_in,
    order,
    passed,
    reached,
    too_young,
)
from myofind.domain.rules import Span, Unit


@pytest.mark.parametrize(
    ("span", "first", "behind"),
    [
        (Span(18, "years"), (216, 216), (228, 228)),
        (Span(6, "months"), (6, 6), (7, 7)),
        (Span(1.5, "years"), (18, 18), (19, 19)),
        (Span(18.5, "months"), (18, 19), (19, 20)),
        (Span(0, "weeks"), (0, 0), (0, 1)),
        (Span(30, "days"), (0, 2), (1, 2)),
        (Span(8, "weeks"), (1, 2), (2, 3)),
    ],
)
def test_from_which_month_of_life_a_length_is_reached_and_passed(
    span: Span, first: tuple[int, int], behind: tuple[int, int]
) -> None:
    assert tuple(reached(span)) == first
    assert tuple(passed(span)) == behind


def test_months_of_many_lengths() -> None:
    assert [months_in(days) for days in (27, 28, 30, 31, 365, 366)] == [
        (0, 0),
        (0, 1),
        (0, 1),
        (1, 1),
        (11, 12),
        (12, 12),
    ]


def test_lengths_stand_in_their_order() -> None:
    lengths = [
        Span(0, "days"), Span(3, "weeks"), Span(28, "days"), Span(1, "months"), Span(5, "weeks"), Span(12, "weeks"), Span(3, "months"),
        Span(100, "days"), Span(11, "months"), Span(364, "days"), Span(1, "years"), Span(366, "days"), Span(18, "months"), Span(2, "years"),
    ]  # fmt: skip
    assert all(order(shorter) < order(longer) for shorter, longer in itertools.pairwise(lengths))
    assert order(Span(2, "years")) == order(Span(24, "months"))


UNITS: tuple[Unit, ...] = ("years", "months", "weeks", "days")
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(st.builds(Span, st.integers(0, 125) | st.sampled_from([0.5, 1.5, 2.25, 18.5]), st.sampled_from(UNITS)), DAYS)
def test_a_length_turns_incomplete_at_one_start(span: Span, day: date) -> None:
    turn = first_incomplete(span, day)
    assert complete_on(date.fromordinal(turn), span) > day
    assert all(complete_on(date.fromordinal(turn - before), span) <= day for before in (1, 2, 3, 40))


@given(st.integers(0, 125), st.sampled_from(UNITS), DAYS)
def test_an_age_is_not_reached_from_one_birth_on(number: int, unit: Unit, day: date) -> None:
    turn = too_young(number, unit, day)
    assert add_age(date.fromordinal(turn), number, unit) > day
    assert all(add_age(date.fromordinal(turn - before), number, unit) <= day for before in (1, 2, 3, 40))


def test_the_first_day_from_which_a_length_is_not_complete_is_found_at_every_end_of_a_month() -> None:
    """Every day of two years, one of them a leap year: complete from the day before, not from this one."""
    lengths = [Span(number, "months") for number in (1, 2, 3, 6, 11, 12, 13, 1.5)] + [
        Span(1, "years"),
        Span(4, "weeks"),
    ]
    for day in (date(2023, 1, 1) + timedelta(days=offset) for offset in range(731)):
        for length in lengths:
            first = first_incomplete(length, day)
            ends = [complete_on(date.fromordinal(start), length) for start in (first - 1, first)]
            assert ends[0] <= day < ends[1], (length, day)


@pytest.mark.parametrize("year", [1, 1900, 2023, 2024, 9999])
def test_a_date_as_precise_as_its_source_is_all_the_days_it_can_mean(year: int) -> None:
    assert (first_day(f"{year:04}"), last_day(f"{year:04}")) == (date(year, 1, 1), date(year, 12, 31))
    for month, length in enumerate((31, 29 if year == 2024 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1):
        text = f"{year:04}-{month:02}"
        assert (first_day(text), last_day(text)) == (date(year, month, 1), date(year, month, length))
        for day in (1, 17, length):
            assert first_day(f"{text}-{day:02}") == last_day(f"{text}-{day:02}") == date(year, month, day)
        with pytest.raises(ValueError, match=r"day .*"):
            first_day(f"{text}-{length + 1:02}")


@pytest.mark.parametrize(
    "text",
    ["", "24", "202", "20245", "2024-6", "2024-06-3", "2024-", "2024--1", "2024-06-", "2024-06-03-", "2024-06-03-01", "20a4", "+202", "２０２４", "2024-٠٦", "2024/06", "2024 06",
     "2024-06-03T", " 2024", "2024\n", "0000", "2024-00", "2024-13"],
)  # fmt: skip
def test_what_is_no_date_as_registers_write_it_is_refused(text: str) -> None:
    for read in (first_day, last_day):
        with pytest.raises(ValueError, match=r"date|month|year"):
            read(text)
