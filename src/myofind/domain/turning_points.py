"""Where an outcome can change along a fact that is a day or a number of months: the bounds of the recorded rules.

Between two neighbouring breaks every birth date, day of onset or age at onset has the same outcome under a rule, so
one value stands for all. Days are ordinals (`date.toordinal`); a break is the first value on the far side of a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from myofind.domain.dates import LAST, add_age, completed_months, first_incomplete, passed, reached, too_young
from myofind.domain.patient import Onset, Patient
from myofind.domain.rules import AgeRule, Span, SpanRule, Unit

ADULT = 18
OLDEST = 125
"""Years of age beyond which nobody is looked for."""


def age_bounds(rule: AgeRule) -> Iterator[tuple[int, Unit]]:
    """The ages at which a rule changes its answer."""
    if rule.min:
        yield int(rule.min.number), rule.min.unit
    if isinstance(rule.max, Span):
        yield int(rule.max.number) + 1, rule.max.unit


def month_bounds(rule: SpanRule) -> Iterator[int]:
    """The completed months at which a rule on the age at onset changes its answer."""
    for bound, ends in ((rule.min, reached), (rule.below, reached), (rule.max, passed), (rule.above, passed)):
        if bound:
            yield from ends(bound)


def starts(bounds: Iterable[Span | None], day: date) -> Iterator[int]:
    """The days (ordinal) from which counted a length of time is no longer complete, and no longer more than complete."""
    for bound in bounds:
        for on in (day - timedelta(days=1), day) if bound else ():
            yield first_incomplete(bound, on)


def birth_breaks(name: str, rule: Any, onset: Onset | None, day: date) -> Iterator[int]:
    """The births at which a criterion may change its answer, the onset being what it is."""
    dated = onset is not None and onset.youngest_months is None and onset.earliest is not None
    if name == "age":
        for number, unit in age_bounds(rule):
            yield too_young(number, unit, day)
    elif name == "subtype":
        yield too_young(ADULT, "years", day)
        if dated:
            yield from _at_onset((ADULT * 12,), onset)
    elif name == "onset_age" and dated:
        yield from _at_onset(tuple(month_bounds(rule)), onset)
    elif name == "onset_age" and onset is None:  # a disease that began in childhood began before today
        for months in (*month_bounds(rule), ADULT * 12):
            yield too_young(months, "months", day)
    elif name == "duration" and onset is not None and onset.earliest is None and onset.youngest_months is not None:
        oldest = onset.oldest_months or onset.youngest_months
        for start in starts(rule, day):  # the first births of whom it began on that day or later
            yield too_young(onset.youngest_months, "months", date.fromordinal(max(1, start - 1)))
            yield too_young(oldest + 1, "months", date.fromordinal(start))


def _at_onset(months: tuple[int, ...], onset: Onset | None) -> Iterator[int]:
    for number in months:
        for began in (onset.earliest, onset.latest) if onset else ():
            if began:
                yield too_young(number, "months", began)


def onset_breaks(name: str, rule: Any, patient: Patient, day: date) -> Iterator[int]:
    """The days of onset at which a criterion may change its answer, the birth being what it is."""
    stated = patient.onset is not None and patient.onset.youngest_months is not None
    months = month_bounds(rule) if name == "onset_age" else (ADULT * 12,) if name == "subtype" else ()
    if name == "duration":
        yield from starts(rule, day)
    elif patient.birth and not stated:
        for number in months:
            for born in (patient.birth.earliest, patient.birth.latest):
                yield add_age(born, number, "months").toordinal()


def onset_age_breaks(name: str, rule: Any, patient: Patient, day: date) -> Iterator[int]:
    """The ages at onset, in completed months, at which a criterion may change its answer."""
    onset, birth = patient.onset, patient.birth
    if name == "subtype":
        yield ADULT * 12
    elif name == "onset_age":
        yield from month_bounds(rule)
    elif name == "duration" and birth and (onset is None or onset.earliest is None):
        for start in starts(rule, day):  # an onset of so many months lies from one day to the day before another
            yield _months_until(birth.earliest, start)
            yield _months_until(birth.latest, start + 1) - 1


def _months_until(birth: date, day: int) -> int:
    """The first age, in completed months, that is reached on a day (ordinal) or later."""
    on = date.fromordinal(min(day, LAST.toordinal()))
    months = completed_months(birth, on)
    return months if add_age(birth, months, "months") == on else months + 1
