"""What time will change: the day an age bound opens or closes, the move to adult trials, the recorded end.

Only what is certain is dated: bounds of age need a birth date known to the day. A patient who is a child today has a
juvenile form for good: projecting to a later day keeps that.
"""

from datetime import date

from myofind.domain.dates import add_age, last_day
from myofind.domain.eligibility import Assessment
from myofind.domain.patient import Onset, Patient
from myofind.domain.rules import AgeRule, Span
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Verdicts
from myofind.records import NamedTuple

ADULT = 18


class Window(NamedTuple):
    """The first day on which an age is admitted, and the first day on which it is no longer; None where unbounded."""

    opens: date | None
    closes: date | None


class Adulthood(NamedTuple):
    """The 18th birthday of a child: the verdicts then, the trials that open and those that close."""

    day: date
    verdicts: Verdicts
    opens: Bits
    closes: Bits


def age_window(rule: AgeRule, birth: date) -> Window:
    """When an age rule admits somebody born on a day."""
    return Window(
        add_age(birth, int(rule.min.number), rule.min.unit) if rule.min else None,
        add_age(birth, int(rule.max.number) + 1, rule.max.unit) if isinstance(rule.max, Span) else None,
    )


def window_of(assessment: Assessment, birth: date) -> Window | None:
    """When the age rules of a trial, its cohort's included, admit somebody born on a day; None without such a rule."""
    rules = [one.rule for one in assessment.criteria if one.name == "age" and isinstance(one.rule, AgeRule)]
    windows = [age_window(rule, birth) for rule in rules]
    if not windows:
        return None
    return Window(
        max((one.opens for one in windows if one.opens), default=None),
        min((one.closes for one in windows if one.closes), default=None),
    )


def later(patient: Patient, day: date) -> Patient:
    """The patient as seen from a later day: whoever is a child on `day` keeps a disease that began in childhood."""
    if patient.birth is None or patient.onset is not None:
        return patient
    if add_age(patient.birth.earliest, ADULT, "years") <= day:
        return patient
    return patient._replace(onset=Onset(patient.birth.earliest, day))


def verdicts_on(table: Index, patient: Patient, day: date, when: date) -> Verdicts:
    """The verdicts on a later day, all else being as today."""
    return sets.verdicts(table, later(patient, day), when)


def ended(table: Index, when: date) -> Bits:
    """Trials whose recorded end lies before a day."""
    return sets.union(bits for _, end, bits in table.statuses if end is not None and last_day(end) < when)


def adulthood(table: Index, patient: Patient, day: date, now: Verdicts) -> Adulthood | None:
    """What the 18th birthday changes for a child with a birth date."""
    when = patient.birth_date and add_age(patient.birth_date, ADULT, "years")
    if when is None or when <= day:
        return None
    then = verdicts_on(table, patient, day, when)
    running = ~ended(table, when)
    return Adulthood(when, then, now.excluded & ~then.excluded & running, then.excluded & ~now.excluded)
