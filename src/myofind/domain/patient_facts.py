"""What is known of a patient beyond what was given: days and ages of onset, states of antibodies, kinds of a subtype.

And the conditions of the table of facts: what makes a usual answer unsafe to presume, and what gives an answer away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Literal

from myofind.domain.dates import add_age, complete_on, completed_months
from myofind.domain.fact_rules import test
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, Patient, When, YesNo
from myofind.domain.rules import FactRule, fact_rule, span_of
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS, FactId, Row
from myofind.records import NamedTuple

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


# Conditions ------------------------------------------------------------------------------------------------------------

Values = Mapping[FactId, FactValue]


def value_of(row: Row, plain: Any) -> FactValue:
    """A value of a fact as the data write it: true, `none`, `never`, or the bounds of a number."""
    match row.kind:
        case "yes_no":
            return YesNo(bool(plain))
        case "choice":
            return Chosen((str(plain),))
        case "number":
            low, high = (plain.get("min"), plain.get("max")) if isinstance(plain, Mapping) else (plain, plain)
            return Amount(low, high)
        case "span" | "day":
            return When()


class Condition(NamedTuple):
    """What must hold together: any of some subtypes, a positive antibody, a sex, an age, facts; and facts not given."""

    subtypes: frozenset[str]
    antibodies: tuple[str, ...]
    sex: str | None
    youngest: int | None
    oldest: int | None
    facts: tuple[tuple[FactId, FactRule], ...]
    needs: frozenset[FactId]
    """The facts whose value it looks at."""
    without: frozenset[FactId]
    value: FactValue | None
    """What it gives away, where it implies something."""
    qualifies: bool
    """Whether its subtypes are words that qualify a disease, so that one of several under discussion is enough."""


def _condition(row: Row, plain: Mapping[str, Any]) -> Condition:
    age = plain.get("age", {})
    return Condition(
        frozenset(plain.get("subtypes", ())),
        tuple(plain.get("antibodies", ())),
        plain.get("sex"),
        age.get("min"),
        age.get("max"),
        tuple((id, fact_rule(id, _spans(rule))) for id, rule in plain.get("facts", {}).items()),
        frozenset(plain.get("facts", ())),
        frozenset(plain.get("without", ())),
        value_of(row, plain["value"]) if "value" in plain else None,
        plain.get("qualifies", False),
    )


def _spans(plain: Any) -> Any:
    """Lengths of time in the data as the registry file has them once read."""
    if isinstance(plain, Mapping):
        return {key: _spans(value) for key, value in plain.items()}
    if isinstance(plain, str) and plain[:1].isdigit():
        number, unit = plain.split()
        return {"number": int(number), "unit": unit.rstrip("s") + "s"}
    return plain


@cache
def triggers(id: FactId) -> tuple[Condition, ...]:
    """What makes the usual answer of a fact unsafe to presume."""
    return tuple(_condition(FACTS[id], plain) for plain in FACTS[id].unless)


@cache
def implying(id: FactId) -> tuple[Condition, ...]:
    """What gives a fact away."""
    return tuple(_condition(FACTS[id], plain) for plain in FACTS[id].implied_by)


def holds(condition: Condition, patient: Patient, day: date, values: Values, *, surely: bool) -> bool:
    """Whether a set of conditions holds on what is known.

    For a trigger (`surely` false) one subtype under discussion is enough, an age that is not known may be the one meant,
    and a fact that is known as a range may lie beyond a bound; what gives an answer away must hold of every subtype under
    discussion, or be a word that qualifies each of them, and hold of the rest for certain.
    """
    enough, results = ("met",) if surely else ("met", "unknown"), patient.antibodies
    return (
        condition.needs <= values.keys()
        and condition.without.isdisjoint(values)
        and _of_subtypes(condition, patient, surely and not condition.qualifies)
        and (
            not condition.antibodies or any(antibody_state(one, results) == "positive" for one in condition.antibodies)
        )
        and condition.sex in (None, patient.sex)
        and _of_age(condition, patient.birth, day, surely)
        and all(test(FACTS[id], rule, values[id], patient.birth, day).outcome in enough for id, rule in condition.facts)
    )


def _of_subtypes(condition: Condition, patient: Patient, every: bool) -> bool:
    """Whether every diagnosis under discussion is of some subtypes, or one subtype that was named."""
    diagnoses = split(patient.subtypes)[0] if every else patient.subtypes
    hits = [not condition.subtypes.isdisjoint(line_of(one)) for one in diagnoses]
    return not condition.subtypes or (bool(hits) and all(hits) if every else any(hits))


def _of_age(condition: Condition, birth: Birth | None, day: date, surely: bool) -> bool:
    youngest, oldest = condition.youngest, condition.oldest
    if youngest is None and oldest is None:
        return True
    if birth is None:
        return not surely
    told = set()
    for born in birth:
        old = youngest is None or complete_on(born, span_of(youngest)) <= day
        young = oldest is None or complete_on(born, span_of(oldest + 1)) > day
        told.add(old and young)
    return told == {True} if surely else True in told
