"""Dates as precise as their source: `2022`, `2022-10` or `2022-10-12`; a day is always a calendar day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=8192)
def first_day(text: str) -> date:
    """The earliest day a partial date can mean.

    Raises ValueError for text that is no `YYYY[-MM[-DD]]` or no day of the calendar.
    """
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise ValueError(f"`{text}` is not a date")
    year, month, day = found.groups()
    return date(int(year), int(month or 1), int(day or 1))


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
