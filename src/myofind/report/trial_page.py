"""One trial in full for one patient (`--why-not`), trials side by side (`compare`), and those of `list`, `search` and `show`, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from myofind.advice.near_misses import near_misses
from myofind.asking.typed import Profile, Typed, known_facts
from myofind.domain.dates import last_day
from myofind.domain.eligibility import Assessment, Criterion, own_criteria, verdict_of
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
    asked_about = [studies[id] for id in ids]
    chosen = sum(1 << place for place in {one.place for one in asked_about})
    judged = sets.judged(table, patient, day)
    near = {one.place: one for one in near_misses(table, patient, day, judged, chosen)}
    pages = []
    for one in asked_about:
        miss = beside.near_miss(table, near[one.place], one.recruitment.state) if one.place in near else None
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
            yield CohortPart(assessment, sources(store, judged.trial, assessment))


_APART = ("treatments", "country")
"""Criteria that lines of their own tell."""


class Criteria(NamedTuple):
    """What each trial asks in one respect; nothing where it is not recorded.

    `name` is that of the criterion; `drugs` are those a line on treatments is about.
    """

    name: str
    of_each: tuple[tuple[Criterion, ...], ...]
    drugs: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether every trial asks the same."""
        return len({tuple(one.rule for one in asked) for asked in self.of_each}) == 1


class SideBySide(NamedTuple):
    """Some trials for one patient; `known` says whether anything is known of the patient, without which none is judged.

    `days_left` are the days until each trial's recorded end, negative once it is past.
    """

    stamp: Stamp
    asked: PatientFacts
    known: bool
    notes: tuple[Note, ...]
    rows: tuple[TrialRow, ...]
    days_left: tuple[int | None, ...]
    differing: tuple[Criteria, ...]
    agreeing: tuple[Criteria, ...]
    treatments: tuple[Criteria, ...]


def side_by_side(store: Store, profile: Profile, typed: Typed, ids: Sequence[str], day: date) -> SideBySide:
    """Some trials, in the order given, for a patient of whom nothing need be known."""
    studies = Studies(store, day)
    rows = tuple(row(studies[id], profile.patient, day, store) for id in ids)
    names = dict.fromkeys(one.name for row in rows for one in row.criteria if one.rule is not None)
    criteria = [Criteria(name, _of_each(rows, name)) for name in names if name not in _APART]
    return SideBySide(
        stamp(store.meta, day),
        patient_facts(profile),
        known_facts(typed),
        notes(profile, typed, day),
        rows,
        tuple((last_day(one.trial.end) - day).days if one.trial.end else None for one in rows),
        tuple(one for one in criteria if not one.agree),
        tuple(one for one in criteria if one.agree),
        tuple(_treatments(rows)),
    )


def _of_each(rows: Iterable[TrialRow], name: str) -> tuple[tuple[Criterion, ...], ...]:
    return tuple(tuple(one for one in row.criteria if one.rule is not None and one.name == name) for row in rows)


def _treatments(rows: Sequence[TrialRow]) -> Iterable[Criteria]:
    """What is asked of each drug or class, wash-outs first; drugs of which every trial asks the same share a line."""
    asked = _of_each(rows, "treatments")
    lines: dict[Any, Criteria] = {}
    for drug in dict.fromkeys(drug for several in asked for one in several for drug in one.rule.any):
        of_each = tuple(tuple(one for one in several if drug in one.rule.any) for several in asked)
        demand = tuple(tuple(one.rule._replace(any=()) for one in several) for several in of_each)
        line = lines.get(demand, Criteria("treatments", of_each))
        lines[demand] = line._replace(drugs=(*line.drugs, drug))
    not_waited_for = ("ever", "now", None)
    yield from sorted(
        lines.values(),
        key=lambda line: all(one.rule.excluded in not_waited_for for each in line.of_each for one in each),
    )
