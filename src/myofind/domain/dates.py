"""Dates as precise as their source: `2022`, `2022-10` or `2022-10-12`; a day is always a calendar day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

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
