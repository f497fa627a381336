"""What changed between two versions of the registry, and for a patient, as one value."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from myofind.domain.patient import Patient
from myofind.registry.versions import Difference, Flip, Version, compare, flips


class VersionStamp(NamedTuple):
    """Which version of a registry, and how many trials it has."""

    name: str
    version: str
    as_of: str
    trials: int


class Comparison(NamedTuple):
    """Everything that differs; `flips` are the verdicts that are not the same, None where no patient was named."""

    old: VersionStamp
    new: VersionStamp
    difference: Difference
    flips: tuple[Flip, ...] | None


def comparison(old: Version, new: Version, patient: Patient | None, day: date) -> Comparison:
    """Compare two versions, and what they say to a patient on a day."""
    changed = None if patient is None else tuple(flips(old, new, patient, day))
    return Comparison(_stamp(old), _stamp(new), compare(old, new), changed)


def _stamp(version: Version) -> VersionStamp:
    header = version.header
    return VersionStamp(header["name"], header["version"], header["as_of"], len(version.trials))
