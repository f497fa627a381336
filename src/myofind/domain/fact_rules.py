"""A rule on one fact, and the value a patient has: met, not met, or unknown where the value is missing or too coarse.

Nothing is presumed here; what may be is decided in `domain.known_facts`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta

from myofind.domain.dates import Reach, complete_on, completed_months, passed, reached
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, InDoubt, Onset, When, YesNo
from myofind.domain.rules import Bounds, DayRule, FactRule, Outcome, Span, SpanRule, Values, Window
from myofind.names.facts import Row
from myofind.records import NamedTuple


class Tested(NamedTuple):
    """An outcome, the code of its reason, the drugs that decided, and the days on which a wait would end."""

    outcome: Outcome
    code: str
    drugs: tuple[str, ...] = ()
    holds_from: tuple[date, date] | None = None


MISSING = Tested("unknown", "missing")
MET = Tested("met", "stated")
FAILED = Tested("not_met", "stated")


def test(row: Row, rule: FactRule, value: FactValue | None, birth: Birth | None, day: date) -> Tested:
    """What a rule says of a value on a day; an onset is given as the days between which it lies."""
    if rule == "allowed":
        return Tested("met", "allowed")
    if value is None or isinstance(value, InDoubt):
        return MISSING
    if isinstance(rule, Window):
        return _window(rule, value, day)
    match value:
        case YesNo(yes=False, last=date()):
            return Tested("unknown", "when")
        case YesNo(yes=yes):
            return MET if yes == (rule == "required") else FAILED
        case Chosen() if isinstance(rule, Values):
            return _chosen(row, rule, value, day)
        case Amount() if isinstance(rule, Bounds):
            return _amount(row, rule, value)
        case When(first=first, last=last):
            return _day(rule, first, last, birth, day)
        case Chosen() | Amount() | Onset():
            return MISSING


def _both(ends: Iterable[bool | None]) -> bool | None:
    """What both ends of an uncertain time say, if they say the same."""
    told = set(ends)
    return told.pop() if len(told) == 1 else None


def _all(parts: Iterable[bool | None]) -> bool | None:
    """Strong Kleene conjunction."""
    told = set(parts)
    return False if False in told else None if None in told else True


# A time since a day ----------------------------------------------------------------------------------------------------


def elapsed(rule: SpanRule, first: date, last: date, day: date) -> Tested:
    """Whether the time since a day that lies between two is within bounds."""
    ends = (first, last)
    waits = []
    if rule.min:
        waits.append(tuple(complete_on(start, rule.min) for start in ends))
    if rule.above:
        waits.append(tuple(complete_on(start, rule.above) + timedelta(days=1) for start in ends))
    low = _all(_both(end <= day for end in wait) for wait in waits)
    high = _all(
        (
            _both(complete_on(start, rule.max) >= day for start in ends) if rule.max else True,
            _both(complete_on(start, rule.below) > day for start in ends) if rule.below else True,
        )
    )
    if high is False:
        return Tested("not_met", "too_long")
    holds_from = (max(wait[0] for wait in waits), max(wait[1] for wait in waits)) if waits and low is not True else None
    if low is False:
        return Tested("not_met", "too_short", holds_from=holds_from)
    if low is None and high is None and not _between(rule, first, last, day):
        return Tested("not_met", "too_short")
    if low is None or high is None:
        return Tested("unknown", "near_bound", holds_from=holds_from)
    return Tested("met", "within")


def _between(rule: SpanRule, first: date, last: date, day: date) -> bool:
    """Whether any start between two keeps the bounds on both sides: the last that keeps the lower ones keeps the others longest."""

    def too_short(start: int) -> bool:
        began = date.fromordinal(start)
        return (rule.min is not None and complete_on(began, rule.min) > day) or (
            rule.above is not None and complete_on(began, rule.above) >= day
        )

    starts = range(first.toordinal(), last.toordinal() + 1)
    began = date.fromordinal(starts[bisect_left(starts, True, key=too_short) - 1])
    return (rule.max is None or complete_on(began, rule.max) >= day) and (
        rule.below is None or complete_on(began, rule.below) > day
    )


def _window(rule: Window, value: FactValue, day: date) -> Tested:
    """What may not be so now, nor have been within a time that ends when it is complete, that day admitted."""
    if isinstance(value, YesNo):
        if not value.yes:
            return _free(rule, value, day)
        if not value.past and value.last is None:
            return FAILED
    elif not isinstance(value, When):
        return MISSING
    if rule.within is None:
        return MET
    if value.last is None:
        return MET if isinstance(value, When) else Tested("unknown", "when")
    return waited(rule.within, value.first or value.last, value.last, day)


def waited(length: Span, first: date, last: date, day: date) -> Tested:
    """Whether a length of time since a day that lies between two is complete."""
    ends = complete_on(first, length), complete_on(last, length)
    if day < ends[0]:
        return Tested("not_met", "too_recent", holds_from=ends)
    return Tested("unknown", "near_bound", holds_from=ends) if day < ends[1] else Tested("met", "long_ago")


def _free(rule: Window, value: YesNo, day: date) -> Tested:
    """What is not so; or not since a day, before which nothing is known."""
    if value.last is None or rule.within is None or complete_on(value.last, rule.within) <= day:
        return MET
    return Tested("unknown", "when")


def _day(rule: FactRule, first: date | None, last: date | None, birth: Birth | None, day: date) -> Tested:
    if isinstance(rule, str):
        return MET if (last is not None) == (rule == "required") else FAILED
    if last is None or first is None:
        return Tested("not_met", "never")
    if isinstance(rule, SpanRule):
        return elapsed(rule, first, last, day)
    if not isinstance(rule, DayRule):
        return MISSING
    parts = [elapsed(rule.since, first, last, day)] if rule.since else []
    if rule.age:
        parts.append(_age(rule.age, first, last, birth))
    return next(
        (one for kind in ("not_met", "unknown") for one in parts if one.outcome == kind), Tested("met", "within")
    )


def _age(rule: SpanRule, first: date, last: date, birth: Birth | None) -> Tested:
    if birth is None:
        return Tested("unknown", "missing")
    months = max(0, completed_months(birth.latest, first)), max(0, completed_months(birth.earliest, last))
    return age_at(rule, months)


def age_at(rule: SpanRule, months: tuple[int, int]) -> Tested:
    """Whether an age, between two numbers of completed months, lies within bounds in completed units of the rule."""

    def at(reach: Reach) -> bool | None:
        return _both(True if one >= reach.surely else False if one < reach.never else None for one in months)

    def is_not(told: bool | None) -> bool | None:
        return None if told is None else not told

    low = _all((at(reached(rule.min)) if rule.min else True, at(passed(rule.above)) if rule.above else True))
    high = _all(
        (is_not(at(passed(rule.max))) if rule.max else True, is_not(at(reached(rule.below))) if rule.below else True)
    )
    return _between_ends(low, high, "too_short", "too_long")


def _between_ends(low: bool | None, high: bool | None, under: str, over: str) -> Tested:
    """What is said where the lower bounds, and the upper ones, are kept, are not, or may be."""
    if low is False or high is False:
        return Tested("not_met", under if low is False else over)
    return Tested("unknown", "near_bound") if low is None or high is None else Tested("met", "within")


# Numbers and choices ---------------------------------------------------------------------------------------------------


def _amount(row: Row, rule: Bounds, value: Amount) -> Tested:
    if row.scale and (value.scale or row.scale[0]) != (rule.scale or row.scale[0]):
        return Tested("unknown", "scale")
    return within_bounds(rule, value)


def within_bounds(rule: Bounds, value: Amount) -> Tested:
    """Whether a number lies within bounds; unknown where it is a range that a bound divides."""
    low = _all(
        (
            _reaches(value, rule.min, included=True) if rule.min is not None else True,
            _reaches(value, rule.above, included=False) if rule.above is not None else True,
        )
    )
    mirrored = Amount(
        None if value.high is None else -value.high, None if value.low is None else -value.low, None,
        value.open_high, value.open_low,
    )  # fmt: skip
    high = _all(
        (
            _reaches(mirrored, -rule.max, included=True) if rule.max is not None else True,
            _reaches(mirrored, -rule.below, included=False) if rule.below is not None else True,
        )
    )
    return _between_ends(low, high, "too_low", "too_high")


def _reaches(value: Amount, bound: float, *, included: bool) -> bool | None:
    """Whether a number is at least a bound, or above it where the bound itself does not count."""
    if value.low is not None and (value.low > bound or (value.low == bound and (included or value.open_low))):
        return True
    if value.high is not None and (value.high < bound or (value.high == bound and (not included or value.open_high))):
        return False
    return None


def _chosen(row: Row, rule: Values, value: Chosen, day: date) -> Tested:
    """What is excluded must not hold, and one of what is required must."""
    parts = [_without(row, rule.excluded, value)] if rule.excluded else []
    if rule.required:
        parts.append(_one_of(row, rule, value, day))
    return next((one for kind in ("not_met", "unknown") for one in parts if one.outcome == kind), MET)


def _without(row: Row, excluded: tuple[str, ...], value: Chosen) -> Tested:
    holding = set(value.values)
    if holding & set(excluded):
        return FAILED
    settled = "none" in holding or (holding and not row.several) or set(excluded) <= set(value.without)
    return MET if settled else MISSING


def _one_of(row: Row, rule: Values, value: Chosen, day: date) -> Tested:
    holding = set(value.values)
    if holding & set(rule.required):
        return _recent(rule.within, value, day)
    others = "none" in holding and row.several
    settled = others or (holding and not row.several) or set(rule.required) <= set(value.without)
    return FAILED if settled else MISSING


def _recent(within: Span | None, value: Chosen, day: date) -> Tested:
    """A proof that must be recent: an older one is no proof that there is none today."""
    if within is None:
        return MET
    if value.first is None or value.last is None:
        return Tested("unknown", "when")
    recent = _both(complete_on(seen, within) >= day for seen in (value.first, value.last))
    return MET if recent else Tested("unknown", "too_old" if recent is False else "near_bound")
