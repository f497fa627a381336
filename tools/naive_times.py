"""Calendar time by counting months and walking days, written apart from the product: slow, short, and meant to be seen to be right.

A completed month ends on the day of the same number in a later month; where that month has no such day, the first day of
the next one completes it. A year is twelve months, a week seven days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

ONE_DAY = timedelta(days=1)
MONTHS_IN = {"years": 12, "year": 12, "months": 1, "month": 1}
DAYS_IN = {"weeks": 7, "week": 7, "days": 1, "day": 1}


def completed(start: date, end: date, unit: str) -> int:
    """How many whole units lie between two days."""
    if unit in DAYS_IN:
        return (end - start).days // DAYS_IN[unit]
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return months // MONTHS_IN[unit]


@cache
def length(text: str, bare: str = "years") -> tuple[int, str]:
    """`6 months` as its number and unit; a number alone counts `bare` units."""
    words = text.split()
    return int(words[0]), words[1] if len(words) == 2 else bare


def walk(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


@lru_cache(maxsize=4096)
def days_before(day: date, number: int, unit: str) -> list[date]:
    """Every day of which, on `day`, exactly so many units are completed: the birth days of an age, the days of "5 years ago"."""
    days_of_one = DAYS_IN.get(unit) or MONTHS_IN[unit] * 31
    earliest = day - timedelta(days=(number + 2) * days_of_one)
    latest = day - timedelta(days=number * (DAYS_IN.get(unit) or MONTHS_IN[unit] * 28))
    return [start for start in walk(earliest, latest) if completed(start, day, unit) == number]


def day_completing(start: date, number: int, unit: str) -> date:
    """The first day on which so many units are completed."""
    if unit in DAYS_IN:
        return start + timedelta(days=number * DAYS_IN[unit])
    month = start.year * 12 + start.month - 1 + number * MONTHS_IN[unit]
    try:
        return date(month // 12, month % 12 + 1, start.day)
    except ValueError:  # that month has no such day
        return date((month + 1) // 12, (month + 1) % 12 + 1, 1)


def lasts(rule: dict[str, str], start: date, end: date) -> bool:
    """Whether the time between two days keeps its bounds: `max: 12 months` includes the day on which they are complete, not the next."""
    for name, text in rule.items():
        complete = day_completing(start, *length(text))
        if not keeps(name, (end - complete).days, 0):
            return False
    return True


def aged(rule: dict[str, str], start: date, end: date) -> bool:
    """Whether an age, in completed units of each bound, keeps its bounds: `max: 75` includes the day before the 76th birthday."""
    for name, text in rule.items():
        if text == "none":
            continue
        number, unit = length(text)
        if not keeps(name, completed(start, end, unit), number):
            return False
    return True


def keeps(name: str, value: float, bound: float) -> bool:
    """Whether a number keeps one bound; `min` and `max` are included, `above` and `below` are not."""
    if name == "min":
        return value >= bound
    if name == "max":
        return value <= bound
    if name == "above":
        return value > bound
    if name == "below":
        return value < bound
    raise ValueError(f"no bound is called {name}")
