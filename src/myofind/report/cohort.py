"""A patient of a cohort as a value: which trials match, which are possible, which of them are open."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from myofind.domain.known_facts import lung_disease
from myofind.domain.patient import Patient
from myofind.domain.remarks import remarks
from myofind.matching import trial_sets as sets
from myofind.matching.answer import first_kinds
from myofind.matching.trial_sets import Bits, Verdicts
from myofind.records import NamedTuple
from myofind.report.study import stamp
from myofind.report.values import Note, PatientFacts, Stamp, VerdictCounts

if TYPE_CHECKING:
    from myofind.registry.compiled import Store

KEPT = 500
"""Most sets of trials that are kept as lists of ids."""


NOBODY = PatientFacts(Patient(), None)
"""A patient of whom nothing is known."""


class Cohort(NamedTuple):
    """What all rows share: which registry answers, and its trials in the order of the file."""

    stamp: Stamp
    ids: tuple[str, ...]


class CohortRow(NamedTuple):
    """One patient: sorted ids of trials, `open_first` those open now: trials before registries and other
    studies, matches before possible, in the file's order."""

    id: str
    asked: PatientFacts
    safety: tuple[Note, ...]
    """What comes before any trial: an emergency."""
    doubts: tuple[Note, ...]
    """What puts a fact as typed in doubt: a diagnosis named by an antibody that is negative."""
    notes: tuple[str, ...]
    counts: VerdictCounts
    match: tuple[str, ...]
    possible: tuple[str, ...]
    open: tuple[str, ...]
    open_first: tuple[str, ...]


class CohortRows:
    """Verdicts as rows; sets of trials that recur are listed once."""

    def __init__(self, store: Store, day: date) -> None:
        self.table = store.index
        self.cohort = Cohort(stamp(store.meta, day), store.index.ids)
        self._open = sets.states(store.index, day)["open"]
        self._trials = first_kinds(store.index)
        self._ids = lru_cache(KEPT)(lambda bits: tuple(sorted(self._places(bits))))
        self._best = lru_cache(KEPT)(self._trials_first)

    def row(self, id: str, verdicts: Verdicts, notes: tuple[str, ...] = (), asked: PatientFacts = NOBODY) -> CohortRow:
        """One patient's row."""
        match, possible, _ = verdicts
        open_match, open_possible = match & self._open, possible & self._open
        patient, lung = asked.patient, lung_disease(asked.patient, self.cohort.stamp.day)
        known = tuple(map(Note, remarks(patient.subtypes, dict(patient.antibodies), (), patient.countries, lung)))
        return CohortRow(
            id,
            asked,
            tuple(note for note in known if note.safety),
            tuple(note for note in known if note.doubt),
            notes,
            VerdictCounts(*map(sets.size, verdicts)),
            self._ids(match),
            self._ids(possible),
            self._ids(open_match | open_possible),
            self._best(open_match, open_possible),
        )

    def _trials_first(self, match: Bits, possible: Bits) -> tuple[str, ...]:
        trials = self._trials
        groups = (match & trials, possible & trials, match & ~trials, possible & ~trials)
        return tuple(id for bits in groups for id in self._places(bits))

    def _places(self, bits: Bits) -> list[str]:
        return [self.table.ids[place] for place in sets.places(bits)]
