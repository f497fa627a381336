"""A trial's facts on a day, and a trial judged for a patient: the records that every report is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from myofind.asking.typed import Profile
from myofind.domain.dates import last_day
from myofind.domain.eligibility import Assessment, assess
from myofind.domain.patient import Patient
from myofind.domain.recruitment import recruitment
from myofind.domain.register_numbers import link, register_of
from myofind.domain.trial import Trial
from myofind.report.values import Drug, PatientFacts, Sources, Stamp, Study, TrialRow

if TYPE_CHECKING:
    from myofind.advice.timing import Window
    from myofind.registry.compiled import Drugs, Meta, Store

SOON_DAYS = 365
"""An age limit within so many days is near; a recorded end within half of them."""


def stamp(meta: Meta, day: date) -> Stamp:
    """Which registry answers, and for which day."""
    return Stamp(meta.name, meta.version, meta.as_of, meta.sha256, day)


def patient_facts(profile: Profile) -> PatientFacts:
    """The patient as understood."""
    return PatientFacts(profile.patient, profile.age)


def study(trial: Trial, place: int, day: date, drugs: Drugs, tag: str = "") -> Study:
    """A trial's facts on a day; `tag` tells its label from another's. A drug's id and class are those of the vocabulary."""
    named = ((one, drugs[one.name]) for one in trial.interventions)
    return Study(
        trial,
        place,
        trial.id if register_of(trial.id) else None,
        link(trial.id),
        recruitment(trial.status, trial.end, day),
        tuple(Drug(id, one, one.drug_class or known or None) for one, (id, known) in named),
        tag,
    )


class Studies(Mapping[str, Study]):
    """The trials of a registry as studies on a day, by id, each read when it is first asked for."""

    def __init__(self, store: Store, day: date) -> None:
        self.store, self.day = store, day
        self._read: dict[str, Study] = {}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.store.index.ids)}

    def __getitem__(self, id: str) -> Study:
        if id not in self._read:
            place, tag = self._places[id], self.store.tags.get(id, "")
            self._read[id] = study(self.store.trial(place), place, self.day, self.store.drugs, tag)
        return self._read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.store.index.ids)

    def __len__(self) -> int:
        return len(self.store)

    def at(self, place: int) -> Study:
        """The study at a place of the file."""
        return self[self.store.index.ids[place]]


def row(one: Study, patient: Patient, day: date, store: Store, *, sourced: bool = False) -> TrialRow:
    """A study judged for a patient; with the sources of every rule where they are asked for."""
    assessment = assess(patient, one.trial, day)
    window = _window(assessment, patient)
    return TrialRow(
        one,
        assessment,
        window,
        _soon(one, window, day),
        sources(store, one.trial, assessment) if sourced else (),
    )


def _window(assessment: Assessment, patient: Patient) -> Window | None:
    """When the age rules admit the patient; None where the birth date is not known to the day."""
    if patient.birth_date is None:
        return None
    from myofind.advice.timing import window_of

    return window_of(assessment, patient.birth_date)


def _soon(one: Study, window: Window | None, day: date) -> tuple[Literal["age", "end"], ...]:
    near: list[Literal["age", "end"]] = []
    if window and window.closes and 0 < (window.closes - day).days <= SOON_DAYS:
        near.append("age")
    end = one.trial.end
    if end and one.recruitment.state == "open" and 0 <= (last_day(end) - day).days <= SOON_DAYS // 2:
        near.append("end")
    return tuple(near)


def sources(store: Store, trial: Trial, assessment: Assessment) -> Sources:
    """The sources of each criterion's rule; None where there is no rule."""
    from myofind.registry.provenance import origins

    of_cohort = assessment.cohort is not None
    return tuple(
        None if criterion.outcome == "not_recorded" else origins(trial, criterion.name, store.sources, of_cohort)
        for criterion in assessment.criteria
    )
