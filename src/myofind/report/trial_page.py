"""One trial in full for one patient (`--why-not`), and the trials of `list`, `search` and `show`, as values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from myofind.advice.near_misses import near_misses
from myofind.asking.typed import Profile, Typed
from myofind.domain.eligibility import Assessment, own_criteria, verdict_of
from myofind.domain.trial import Trial
from myofind.matching import trial_sets as sets
from myofind.records import NamedTuple
from myofind.report import beside
from myofind.report.answer import notes
from myofind.report.study import Studies, patient_facts, row, sources, stamp, study
from myofind.report.values import NearMiss, Note, PatientFacts, Sources, Stamp, Study, TrialRow

if TYPE_CHECKING:
    from myofind.registry.compiled import Store


class CohortPart(NamedTuple):
    """A cohort of a trial other than the best: its own verdict and criteria, and the sources of their rules."""

    assessment: Assessment
    sources: Sources


class TrialPage(NamedTuple):
    """A trial judged: its row with sources, its other cohorts, and what can be done where one criterion fails."""

    row: TrialRow
    cohorts: tuple[CohortPart, ...]
    near_miss: NearMiss | None


class Explanation(NamedTuple):
    """The answer of `--why-not`: the pages of a trial, or of every trial of a drug."""

    stamp: Stamp
    asked: PatientFacts
    notes: tuple[Note, ...]
    pages: tuple[TrialPage, ...]


class Listing(NamedTuple):
    """Trials of the registry, not judged; `total` is how many the registry has."""

    stamp: Stamp
    total: int
    studies: tuple[Study, ...]


def listing(store: Store, trials: Iterable[Trial], day: date) -> Listing:
    """Some trials on a day, in the order given."""
    places = {id: place for place, id in enumerate(store.index.ids)}
    several = (study(one, places[one.id], day, store.drugs, store.tags.get(one.id, "")) for one in trials)
    return Listing(stamp(store.meta, day), len(store), tuple(several))


def explanation(store: Store, profile: Profile, typed: Typed, ids: Iterable[str], day: date) -> Explanation:
    """Some trials in full for a patient."""
    table, patient, studies = store.index, profile.patient, Studies(store, day)
    places = [table.ids.index(id) for id in ids]
    chosen = sum(1 << place for place in set(places))
    judged = sets.judged(table, patient, day)
    near = {one.place: one for one in near_misses(table, patient, day, judged, chosen)}
    pages = []
    for place in places:
        one = studies.at(place)
        miss = beside.near_miss(table, near[place], one.recruitment.state) if place in near else None
        judged_row = row(one, patient, day, store, sourced=True)
        pages.append(TrialPage(judged_row, tuple(_other_cohorts(store, judged_row, profile, day)), miss))
    return Explanation(stamp(store.meta, day), patient_facts(profile), notes(profile, typed, day), tuple(pages))


def _other_cohorts(store: Store, judged: TrialRow, profile: Profile, day: date) -> Iterable[CohortPart]:
    """The cohorts that did not give the verdict, each with what it says of its own."""
    for cohort in judged.trial.cohorts:
        if cohort.name != judged.assessment.cohort:
            own = tuple(own_criteria(profile.patient, cohort.eligibility, day))
            spoken = tuple(one for one in own if one.outcome != "not_recorded")
            assessment = Assessment(verdict_of(own), spoken, cohort.name)
            yield CohortPart(assessment, sources(store, judged.trial, assessment, True))
