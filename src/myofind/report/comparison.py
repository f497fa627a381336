"""What changed between two versions of the registry, and for a patient or many, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from myofind.domain.eligibility import Verdict
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.matching import trial_sets
from myofind.matching.many_patients import Judge
from myofind.matching.trial_sets import Verdicts
from myofind.records import NamedTuple
from myofind.registry.versions import Difference, Flip, Version, compare, flip, flips, paired

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

    trial: Trial
    old: Verdict | None
    new: Verdict | None
    fields: tuple[str, ...]
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
    first, second = _Bulk(old, day), _Bulk(new, day)
    pairs: list[tuple[str | None, str | None]] = [*paired(old, new)]
    pairs += [(None, one) for one in sorted(set(new.trials) - {b for _, b in pairs})]
    pairs += [(one, None) for one in sorted(set(old.trials) - {a for a, _ in pairs})]
    groups: dict[tuple[str, Verdict | None, Verdict | None, tuple[str, ...]], list[str]] = {}
    patients = flipped = 0
    for name, patient in cohort:
        patients += 1
        one, other = first.verdicts(patient), second.verdicts(patient)
        others = [(a, b) for a, b in pairs if first.of(one, a) != second.of(other, b)]
        flipped += bool(others)
        for a, b in others:
            told = flip(old.trials.get(a or ""), new.trials.get(b or ""), patient, day)
            groups.setdefault((told.trial.id, told.old, told.new, told.fields), []).append(name)
    trials = {**old.trials, **new.trials}
    found = [
        CohortFlip(trials[id], before, after, fields, len(names), tuple(names[:NAMED]))
        for (id, before, after, fields), names in groups.items()
    ]
    return CohortFlips(patients, flipped, tuple(sorted(found, key=lambda one: (-one.number, one.trial.id))))


class _Bulk:
    """The verdicts of one version for many patients."""

    def __init__(self, version: Version, day: date) -> None:
        self.places = {id: 1 << place for place, id in enumerate(version.trials)}
        self.judge = Judge(trial_sets.build(version.trials.values()), day)

    def verdicts(self, patient: Patient) -> Verdicts:
        return self.judge.verdicts(patient)

    def of(self, verdicts: Verdicts, id: str | None) -> Verdict | None:
        if id is None:
            return None
        bit = self.places[id]
        return "match" if verdicts.match & bit else "possible" if verdicts.possible & bit else "excluded"


def _stamp(version: Version) -> VersionStamp:
    header = version.header
    return VersionStamp(header["name"], header["version"], header["as_of"], len(version.trials))
