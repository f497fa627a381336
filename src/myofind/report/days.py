"""The days that count for a trial and a patient: its start and end, when its status was seen, and the patient's own days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from myofind.advice.timing import ADULT
from myofind.domain.dates import add_age, first_day, last_day
from myofind.domain.eligibility import Criterion
from myofind.records import NamedTuple
from myofind.report.values import PatientFacts, TrialRow

YEARS_BACK, YEARS_AHEAD = 3, 6
"""How far from today the axis of times reaches, whatever the trials' own days are."""


class Recorded(NamedTuple):
    """A date as it is recorded, `2024` or `2024-06` or `2024-06-03`, and the day that a drawing gives it."""

    text: str
    day: date


class Seen(NamedTuple):
    """A recruitment status and when it was seen."""

    when: Recorded
    status: str


class OwnDay(NamedTuple):
    """A day of the patient's within the coming years, or the first and the last day it can be.

    `adult` is the 18th birthday, `opens` and `closes` are the trial's bounds of age, `holds` the end of a wait (a
    wash-out, a stability) of the `criterion`.
    """

    kind: Literal["adult", "opens", "closes", "holds"]
    first: date
    last: date
    criterion: Criterion | None = None


class TrialDays(NamedTuple):
    """The days of a trial and of a patient who may join it; None where the registry does not say."""

    start: Recorded | None
    end: Recorded | None
    seen: tuple[Seen, ...]
    own: tuple[OwnDay, ...]


class Axis(NamedTuple):
    """The first and the last day of a drawing that several trials share."""

    first: date
    last: date


def trial_days(row: TrialRow, asked: PatientFacts, day: date) -> TrialDays:
    """The days of a trial, seen from a day; statuses seen later are not known yet."""
    trial = row.trial
    seen = {Seen(Recorded(one.as_of, first_day(one.as_of)), one.value) for one in trial.status}
    return TrialDays(
        Recorded(trial.start, first_day(trial.start)) if trial.start else None,
        Recorded(trial.end, last_day(trial.end)) if trial.end else None,
        tuple(sorted((one for one in seen if one.when.day <= day), key=lambda one: (one.when.day, one.status))),
        tuple(sorted(_own_days(row, asked, day), key=lambda one: (one.first, one.kind))),
    )


def _own_days(row: TrialRow, asked: PatientFacts, day: date) -> Iterator[OwnDay]:
    birth, window = asked.patient.birth_date, row.age_window
    adult = add_age(birth, ADULT, "years") if birth else None
    if adult and day < adult and adult.year <= day.year + YEARS_AHEAD:
        yield OwnDay("adult", adult, adult)
    if window and window.opens and window.opens > day and window.opens != adult:
        yield OwnDay("opens", window.opens, window.opens)
    if window and window.closes and day < window.closes and window.closes.year <= day.year + YEARS_AHEAD:
        yield OwnDay("closes", window.closes, window.closes)
    for criterion in row.criteria:
        if criterion.holds_from and criterion.outcome != "met" and criterion.holds_from[1] > day:
            yield OwnDay("holds", *criterion.holds_from, criterion)


def common_axis(several: Iterable[TrialDays], day: date) -> Axis:
    """Whole years that hold what is to be drawn of all these trials, within some years of the day."""
    starts, ends = [day.year], [day.year + 1]
    for one in several:
        starts += [one.start.day.year] if one.start else []
        starts += [seen.when.day.year for seen in one.seen]
        ends += [one.end.day.year] if one.end else []
        ends += [own.last.year for own in one.own]
    first = max(min(starts), day.year - YEARS_BACK)
    last = min(max(ends), day.year + YEARS_AHEAD)
    return Axis(date(first, 1, 1), date(last, 12, 31))
