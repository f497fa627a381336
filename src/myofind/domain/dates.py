"""Dates as precise as their source (`2022`, `2022-10` or `2022-10-12`), and ages and lengths of time counted on the calendar.

Months and years are calendar months and years, weeks and days are days, never average months. A length counted from a day is
complete on the day it leads to: six months from 28 February are complete on 28 August. A part of a year is counted in months,
a part of a month in days of a month of thirty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from myofind.domain.rules import Span
from myofind.records import NamedTuple


class Days(NamedTuple):
    """The first and the last day a date, a month or a year can mean."""

    first: date
    last: date


class Unread(ValueError):
    """A text that is no time, or may be several, said in English and French.

    `readings` are the texts that could be typed instead when several are possible, each with its words in both languages.
    """

    def __init__(self, en: str, fr: str, readings: tuple[tuple[str, tuple[str, str]], ...] = ()) -> None:
        super().__init__(en)
        self.said = (en, fr)
        self.readings = readings


@lru_cache(maxsize=8192)
def first_day(text: str) -> date:
    """The earliest day a partial date can mean.

    Raises ValueError for text that is no `YYYY[-MM[-DD]]` or no day of the calendar.
    """
    parts = text.split("-")
    if not (text.isascii() and all(map(str.isdigit, parts)) and [*map(len, parts)] == [4, 2, 2][: len(parts)]):
        raise ValueError(f"`{text}` is not a date")
    year, month, day = (*map(int, parts), 1, 1)[:3]
    return date(year, month, day)


@lru_cache(maxsize=8192)
def last_day(text: str) -> date:
    """The latest day a partial date can mean; raises ValueError as `first_day` does."""
    start = first_day(text)
    if len(text) == 10:
        return start
    return month_end(start.year, start.month if len(text) == 7 else 12)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def add_age(birth: date, n: int, unit: str) -> date:
    """The day on which an age is reached; unit is years, months, weeks or days.

    >>> add_age(date(2008, 2, 29), 18, "years")
    datetime.date(2026, 3, 1)
    """
    if unit in ("days", "weeks"):
        return birth + timedelta(days=n * (7 if unit == "weeks" else 1))
    if unit not in ("years", "months"):
        raise ValueError(f"unknown unit of age `{unit}`: years, months, weeks or days")
    year, month = divmod(birth.year * 12 + birth.month - 1 + n * (12 if unit == "years" else 1), 12)
    month += 1
    if birth.day > 28 and birth.day > month_end(year, month).day:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, birth.day)


def age_on(birth: date, day: date) -> tuple[int, int]:
    """Completed years, and completed months beyond them."""
    months = (day.year - birth.year) * 12 + day.month - birth.month
    if add_age(birth, months, "months") > day:
        months -= 1
    return divmod(months, 12)


# Lengths of time -------------------------------------------------------------------------------------------------------

LAST = date(9999, 1, 1)
"""What lies beyond the calendar is taken for this day."""


def _parts(number: float, unit: str) -> tuple[int, int]:
    """A length as whole calendar months and days."""
    if unit in ("weeks", "days"):
        return 0, round(number * (7 if unit == "weeks" else 1))
    months = number * (12 if unit == "years" else 1)
    whole = int(months + 1e-9)
    return whole, round((months - whole) * 30)


def complete_on(start: date, span: Span) -> date:
    """The day on which a length counted from a day is complete.

    >>> from myofind.domain.rules import Span
    >>> complete_on(date(2026, 2, 28), Span(6, "months"))
    datetime.date(2026, 8, 28)
    """
    months, days = _parts(*span)
    if start.year + months // 12 + days // 365 >= LAST.year - 1:
        return LAST
    return add_age(start, months, "months") + timedelta(days=days)


@lru_cache(maxsize=1024)
def first_incomplete(span: Span, day: date) -> int:
    """The first day (ordinal) from which counted a length is not complete on another day."""
    return _first_after(day, *_parts(*span), lambda start: complete_on(start, span))


@lru_cache(maxsize=1024)
def too_young(number: int, unit: str, day: date) -> int:
    """The first day of birth (ordinal) from which on an age is not reached on a day."""
    return _first_after(day, *_parts(number, unit), lambda born: add_age(born, number, unit))


def _first_after(day: date, months: int, days: int, end: Callable[[date], date]) -> int:
    """The first start (ordinal) whose end, so many months and days later, comes after a day."""
    last = date.fromordinal(max(1, day.toordinal() - days))
    years, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    near = date(years, month + 1, 1).toordinal() + last.day if years > 0 else 1
    starts = range(max(1, near - 5), near + 4)
    return starts.start + bisect_right(starts, day, key=lambda start: end(date.fromordinal(start)))


def completed_months(birth: date, day: date) -> int:
    """Calendar months completed from one day to another; below zero where the day comes first."""
    if day >= birth:
        years, months = age_on(birth, day)
        return years * 12 + months
    return -1 - completed_months(day, birth)


class Reach(NamedTuple):
    """Ages in completed months below `never` have not reached a length, those from `surely` on have; a month between may have."""

    never: int
    surely: int


def reached(span: Span) -> Reach:
    """From which age in completed months a length of life is reached.

    >>> from myofind.domain.rules import Span
    >>> reached(Span(18, "years"))
    Reach(never=216, surely=216)
    """
    months, days = _parts(*span)
    if span.unit in ("weeks", "days"):
        least, most = months_in(days)
        return Reach(least, most + 1) if days else Reach(0, 0)
    return Reach(months, months + (1 if days else 0))


def passed(span: Span) -> Reach:
    """From which age in completed months a greatest age is passed, in completed units of that age: 17 years end at 18."""
    whole = span.number == int(span.number)
    if whole or span.unit not in ("years", "months"):
        return reached(span._replace(number=int(span.number) + 1))
    months, days = _parts(*span)
    return Reach(months + 1, months + (2 if days else 1))


@lru_cache(maxsize=64)
def months_in(days: int) -> tuple[int, int]:
    """The fewest and the most calendar months that so many days complete, over every day of a leap cycle with a common century."""
    starts = (date(1896, 1, 1) + timedelta(days=offset) for offset in range(12 * 366))
    counts = [completed_months(start, start + timedelta(days=days)) for start in starts]
    return min(counts), max(counts)


def order(span: Span) -> tuple[int, int]:
    """Shorter lengths before longer ones: the days they count on the calendar from one fixed day."""
    months, days = _parts(*span)
    return months * 30 + months * 5 // 12 + days, months
