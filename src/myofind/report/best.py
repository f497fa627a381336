"""The few trials of an answer to look at first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.names.regions import distance
from myofind.report.beside import elsewhere
from myofind.report.values import Answer, TrialRow

FEW = 3
TAKING = ("open", "upcoming")
"""States of recruitment of trials that take patients, or will."""


def worth_a_call(whole: Answer) -> tuple[TrialRow, ...]:
    """The first trials, in the order of the answer, that are certainly in the patient's country and open or upcoming."""
    return _first(whole, lambda row: row.runs_here and row.study.recruitment.state in TAKING)


def worth_asking(whole: Answer) -> tuple[TrialRow, ...]:
    """Those worth a call; else the first that take patients or will, wherever they are."""
    return worth_a_call(whole) or _first(whole, lambda row: row.study.recruitment.state in TAKING)


def nearest_elsewhere(whole: Answer) -> tuple[str, tuple[str, ...]] | None:
    """The nearest country in which trials run that fail on the country alone, and the numbers of the first of these.

    Only where none is worth a call, and nearer than what perhaps runs in the patient's country: None otherwise.
    """
    here, perhaps = whole.asked.patient.countries, worth_asking(whole)
    if not here or worth_a_call(whole):
        return None
    country, misses = next(iter(elsewhere(whole).items()), ("", []))
    if not misses or any(distance(here, _countries(row)) <= distance(here, (country,)) for row in perhaps):
        return None
    return country, tuple(miss.id for miss in misses[:FEW])


def first_trials(whole: Answer) -> tuple[TrialRow, ...]:
    """Those worth asking; else the first that fit or may fit."""
    return worth_asking(whole) or _first(whole, lambda _: True)


def _first(whole: Answer, chosen: Callable[[TrialRow], bool]) -> tuple[TrialRow, ...]:
    rows = (row for row in whole.rows if chosen(row) and row.verdict != "excluded" and not _for_children(row))
    return tuple(islice(rows, FEW))


def _for_children(row: TrialRow) -> bool:
    """Whether it takes only disease begun in childhood, where onset in adulthood is presumed."""
    return any(one.code == PRESUMED_AGAINST for one in row.criteria)


def _countries(row: TrialRow) -> tuple[str, ...]:
    return row.trial.countries.listed if row.trial.countries else ()
