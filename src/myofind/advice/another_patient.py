"""Another patient in thought: which verdicts another subtype or another fact would change."""

from datetime import date

from myofind.asking.typed import Profile
from myofind.domain.patient import Patient
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Verdicts
from myofind.records import NamedTuple


class Other(NamedTuple):
    """The answer for the patient as another: verdicts, and the trials that open or close compared with now."""

    patient: Patient
    verdicts: Verdicts
    opens: Bits
    closes: Bits


class Supposed(NamedTuple):
    """What was supposed, as typed; the patient then, and the verdicts then."""

    wanted: tuple[str, ...]
    profile: Profile
    other: Other


class VerdictChange(NamedTuple):
    """A verdict that changes."""

    place: int
    before: str
    after: str


def as_other(table: Index, patient: Patient, day: date, now: Verdicts) -> Other:
    """What another patient is told, against what is said now; opening is to be excluded no more."""
    then = sets.verdicts(table, patient, day)
    return Other(patient, then, now.excluded & ~then.excluded, then.excluded & ~now.excluded)


def flips(now: Verdicts, then: Verdicts, chosen: Bits) -> tuple[VerdictChange, ...]:
    """Every verdict that changes among the chosen trials; those that improve first."""
    found = []
    for after_name, after in zip(Verdicts._fields, then, strict=True):
        for before_name, before in zip(Verdicts._fields, now, strict=True):
            if after_name != before_name:
                found += [
                    VerdictChange(place, before_name, after_name) for place in sets.places(before & after & chosen)
                ]
    return tuple(found)
