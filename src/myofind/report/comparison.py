"""What changed between two versions of the registry, and for a patient or many, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from myofind.domain.patient import Patient
from myofind.matching import trial_sets
from myofind.matching.many_patients import Judge
from myofind.records import NamedTuple
from myofind.registry.versions import Difference, Flip, Version, compare, every_pair, flip, flips

NAMED = 5
"""Most patients of one flip who are named."""


class VersionStamp(NamedTuple):
    """Which version of a registry, and how many trials it has."""

    name: str
    version: str
    as_of: str
    trials: int


class CohortFlip(NamedTuple):
    """A verdict that is no longer the same for some patients, for the same reason; the first of them are named."""

    flip: Flip
    number: int
    patients: tuple[str, ...]


class CohortFlips(NamedTuple):
    """What flips for many patients: most patients first."""

    patients: int
    flipped: int
    """Patients of whom at least one verdict is another."""
    flips: tuple[CohortFlip, ...]


class Comparison(NamedTuple):
    """Everything that differs; `flips` are the verdicts that are not the same, None where no patient was named."""

    old: VersionStamp
    new: VersionStamp
    difference: Difference
    flips: tuple[Flip, ...] | None
    cohort: CohortFlips | None = None


def comparison(
    old: Version, new: Version, patient: Patient | None, day: date, cohort: Iterable[tuple[str, Patient]] | None = None
) -> Comparison:
    """Compare two versions, and what they say to a patient, and to the patients of a table, on a day."""
    changed = None if patient is None else tuple(flips(old, new, patient, day))
    many = None if cohort is None else cohort_flips(old, new, cohort, day)
    return Comparison(_stamp(old), _stamp(new), compare(old, new), changed, many)


def cohort_flips(old: Version, new: Version, cohort: Iterable[tuple[str, Patient]], day: date) -> CohortFlips:
    """What flips for many patients: verdicts in bulk, the reason for those that differ."""
    pairs = every_pair(old, new)
    judges = [Judge(trial_sets.build(version.trials.values()), day) for version in (old, new)]
    groups: dict[tuple[str | None, ...], tuple[Flip, list[str]]] = {}
    patients = flipped = 0
    for name, patient in cohort:
        patients += 1
        first, second = (_verdicts(judge, patient) for judge in judges)
        others = [(a, b) for a, b in pairs if first.get(a.id if a else "") != second.get(b.id if b else "")]
        flipped += bool(others)
        for before, after in others:
            told = flip(before, after, patient, day)
            groups.setdefault((told.trial.id, told.old, told.new, *told.fields), (told, []))[1].append(name)
    found = [CohortFlip(told, len(names), tuple(names[:NAMED])) for told, names in groups.values()]
    return CohortFlips(patients, flipped, tuple(sorted(found, key=lambda one: (-one.number, one.flip.trial.id))))


def _verdicts(judge: Judge, patient: Patient) -> dict[str, str]:
    """The verdict of every trial by its number."""
    verdicts = judge.verdicts(patient)._asdict().items()
    return {judge.table.ids[place]: verdict for verdict, bits in verdicts for place in trial_sets.places(bits)}


def _stamp(version: Version) -> VersionStamp:
    header = version.header
    return VersionStamp(header["name"], header["version"], header["as_of"], len(version.trials))
