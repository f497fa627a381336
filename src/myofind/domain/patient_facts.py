"""What is known of a patient beyond what was given: days and ages of onset, states of antibodies, kinds of a subtype."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from myofind.domain.ages import add_age
from myofind.domain.lengths import completed_months
from myofind.domain.patient import Birth, Patient
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree

Childhood = Literal["child", "adult", "presumed", "either"]
"""When the disease began: before 18, later, later as presumed of an adult who gave no onset, or nobody knows."""
_ADULT = 18 * 12


@cache
def line_of(one: str) -> frozenset[str]:
    """A subtype and every broader kind of it."""
    return tree.ancestors(one) | {one}


@cache
def split(subtypes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The diagnoses under discussion, and the words that qualify every one of them (cancer-associated, juvenile).

    Such a word with no disease beside it is the diagnosis itself.
    """
    diagnoses = [one for one in subtypes if one not in tree.QUALIFIERS]
    words = [one for one in tree.QUALIFIERS if one in subtypes]
    if words and not any(map(tree.is_inflammatory, diagnoses)):
        diagnoses.append(words.pop(0))
    if "jiim" not in words and any("jiim" in line_of(one) for one in subtypes):
        words.insert(0, "jiim")
    return tuple(diagnoses), tuple(words)


@lru_cache(maxsize=1024)
def childhood(patient: Patient, day: date) -> Childhood:
    """Whether the disease began before 18: from the diagnosis, the present age, the onset, or the age at onset.

    Juvenile forms are defined by onset before 18; a patient under 18 today has one.
    """
    juvenile_form = "jiim" in split(patient.subtypes)[1]
    return "child" if juvenile_form else _begun(patient.birth, onset_months(patient), day)


@lru_cache(maxsize=4096)
def _begun(birth: Birth | None, months: tuple[int, int] | None, day: date) -> Childhood:
    """Whether a disease began before 18, by the birth and the completed months of age at onset."""
    if birth and add_age(birth.earliest, 18, "years") > day:
        return "child"
    if months is not None:
        return "child" if months[1] < _ADULT else "adult" if months[0] >= _ADULT else "either"
    return "presumed" if birth and add_age(birth.latest, 18, "years") <= day else "either"


def juvenile(patient: Patient, day: date) -> bool | None:
    """Whether the disease is known to have begun before 18; None where it is not known, or only presumed."""
    return {"child": True, "adult": False}.get(childhood(patient, day))


def onset_ages(patient: Patient, day: date) -> tuple[int, int] | None:
    """Completed months of age at onset as given, at least and at most; of a juvenile disease any before 18."""
    months = onset_months(patient)
    if months is not None or childhood(patient, day) != "child":
        return months
    return 0, min(_ADULT - 1, completed_months(patient.birth.earliest, day)) if patient.birth else _ADULT - 1


def onset_months(patient: Patient) -> tuple[int, int] | None:
    """Completed months of age at onset, at least and at most."""
    onset = patient.onset
    if onset is None:
        return None
    if onset.youngest_months is not None and onset.oldest_months is not None:
        return onset.youngest_months, onset.oldest_months
    if onset.earliest and onset.latest and patient.birth:
        return (
            max(0, completed_months(patient.birth.latest, onset.earliest)),
            max(0, completed_months(patient.birth.earliest, onset.latest)),
        )
    return None


def onset_days(patient: Patient) -> tuple[date, date] | None:
    """The days between which the disease began: from the onset, or from the age at onset and the birth."""
    onset = patient.onset
    if onset is None:
        return None
    if onset.earliest and onset.latest:
        return onset.earliest, onset.latest
    if onset.youngest_months is None or onset.oldest_months is None or patient.birth is None:
        return None
    return (
        add_age(patient.birth.earliest, onset.youngest_months, "months"),
        add_age(patient.birth.latest, onset.oldest_months + 1, "months") - timedelta(days=1),
    )


@lru_cache(maxsize=4096)
def antibody_state(wanted: str, results: tuple[tuple[str, str], ...]) -> str:
    """What is known of an antibody or a class: positive, negative, borderline, coarse (only its class known) or missing.

    A positive member makes its classes positive; a negative class makes its members negative; a class is negative only
    when it, or every member, is. Not tested is never negative.
    """
    if not results:
        return "missing"
    known = dict(results)
    below = ab.members(wanted)
    if known.get(wanted) == "positive" or any(known.get(one) == "positive" for one in below):
        return "positive"
    above = ab.groups(wanted)
    if known.get(wanted) == "negative" or any(known.get(group) == "negative" for group in above):
        return "negative"
    leaves = [one for one in below if not ab.members(one)]
    if leaves and all(antibody_state(one, results) == "negative" for one in leaves):
        return "negative"
    if known.get(wanted) == "borderline" or any(known.get(one) == "borderline" for one in below):
        return "borderline"
    if any(known.get(group) == "positive" for group in above):
        return "coarse"
    return "missing"


@cache
def relatives(one: str) -> frozenset[str]:
    """The antibodies and classes whose results bear on this one."""
    inside = ab.members(one) | {one}
    return inside.union(*(ab.groups(each) for each in inside))


def emptied(one: str, patient: Patient, named: frozenset[str]) -> tuple[str, ...]:
    """The classes named that a negative result would leave with no member that may be positive."""
    covered = ab.members(one) | {one}
    return tuple(
        sorted(
            group
            for group in named
            if ab.members(group)
            and all(
                each in covered or antibody_state(each, patient.antibodies) == "negative"
                for each in ab.members(group)
                if not ab.members(each)
            )
        )
    )
