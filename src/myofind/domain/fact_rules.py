"""A rule on one fact, and the value a patient has: met, not met, or unknown where the value is missing or too coarse.

Nothing is presumed here; what may be is decided in `domain.known_facts`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from myofind.domain.dates import complete_on, completed_months, passed, reached
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


def _ends_kept(rule: SpanRule | Bounds, beyond: Callable[[Any, bool], bool | None]) -> tuple[bool | None, bool | None]:
    """Whether the lower bounds of a rule are kept, and the upper ones; `beyond` tells whether a bound is reached, or else passed."""
    low = [beyond(bound, in_full) for bound, in_full in ((rule.min, True), (rule.above, False)) if bound is not None]
    high = [beyond(bound, in_full) for bound, in_full in ((rule.below, True), (rule.max, False)) if bound is not None]
    return _all(low), _all(None if told is None else not told for told in high)


# A time since a day ----------------------------------------------------------------------------------------------------


def elapsed(rule: SpanRule, first: date, last: date, day: date) -> Tested:
    """Whether the time since a day that lies between two is within bounds."""
    low, high = _since(rule, first, last, day)
    if high is False:
        return Tested("not_met", "too_long")
    waits = [[_end(start, rule.min, True) for start in (first, last)]] if rule.min else []
    waits += [[_end(start, rule.above, False) for start in (first, last)]] if rule.above else []
    holds_from = (max(wait[0] for wait in waits), max(wait[1] for wait in waits)) if waits and low is not True else None
    if low is False:
        return Tested("not_met", "too_short", holds_from=holds_from)
    if low is None and high is None and not _between(rule, first, last, day):
        return Tested("not_met", "too_short")
    if low is None or high is None:
        return Tested("unknown", "near_bound", holds_from=holds_from)
    return Tested("met", "within")


def _end(start: date, length: Span, in_full: bool) -> date:
    """The first day on which a length of time since a day is complete, or else more than complete."""
    return complete_on(start, length) + timedelta(days=0 if in_full else 1)


def _since(rule: SpanRule, first: date, last: date, day: date) -> tuple[bool | None, bool | None]:
    """Whether the time since a day that lies between two is long enough, and short enough."""
    return _ends_kept(rule, lambda span, in_full: _both(_end(start, span, in_full) <= day for start in (first, last)))


def _between(rule: SpanRule, first: date, last: date, day: date) -> bool:
    """Whether any start between two keeps the bounds on both sides: the last that keeps the lower ones keeps the others longest."""

    def kept(start: int) -> tuple[bool | None, bool | None]:
        return _since(rule, date.fromordinal(start), date.fromordinal(start), day)

    starts = range(first.toordinal(), last.toordinal() + 1)
    return kept(starts[bisect_left(starts, True, key=lambda start: not kept(start)[0]) - 1])[1] is True


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

    def beyond(span: Span, in_full: bool) -> bool | None:
        reach = reached(span) if in_full else passed(span)
        return _both(True if one >= reach.surely else False if one < reach.never else None for one in months)

    return _between_ends(*_ends_kept(rule, beyond), "too_short", "too_long")


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
    return _between_ends(*_ends_kept(rule, partial(_beyond, value)), "too_low", "too_high")


def _beyond(value: Amount, bound: float, in_full: bool) -> bool | None:
    """Whether a number is at least a bound, or else above it."""
    if value.low is not None and (value.low > bound or (value.low == bound and (in_full or value.open_low))):
        return True
    if value.high is not None and (value.high < bound or (value.high == bound and (not in_full or value.open_high))):
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
