"""The diagnoses under discussion, one by one.

Alternatives are diagnoses: each is a reading of its own, with what it alone implies. Words that qualify (cancer-associated, with
lung disease, juvenile) hold for every reading.
"""

from __future__ import annotations

from functools import lru_cache

from myofind.domain.known_facts import qualifying
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import line_of, split
from myofind.names.subtypes import is_inflammatory


def readings(patient: Patient) -> tuple[Patient, ...]:
    """The patient under each diagnosis; the patient alone where there is one diagnosis, or none."""
    if len(patient.subtypes) < 2 and not patient.beside:
        return (patient,)
    return _readings(patient)


@lru_cache(maxsize=256)
def _readings(patient: Patient) -> tuple[Patient, ...]:
    diagnoses, words = split(patient.subtypes)
    if len(diagnoses) > 1:
        for id, value in qualifying(patient.subtypes).items():
            patient = patient if patient.fact(id) is not None else patient.with_fact(id, value)
    return tuple(_reading(patient, one, words) for one in diagnoses)


def _reading(patient: Patient, one: str, words: tuple[str, ...]) -> Patient:
    """The patient under one diagnosis; a result that was given holds whatever a diagnosis implies."""
    results = {**dict(dict(patient.beside).get(one, ())), **dict(patient.antibodies)}
    return patient._replace(
        subtypes=(one, *(word for word in words if is_inflammatory(one) and word not in line_of(one))),
        antibodies=tuple(sorted(results.items())),
        beside=(),
    )
