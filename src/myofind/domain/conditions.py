"""The conditions of the table of facts: what makes a usual answer unsafe to presume, and what gives an answer away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from myofind.domain.dates import complete_on
from myofind.domain.fact_rules import test
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, Patient, When, YesNo
from myofind.domain.patient_facts import antibody_state, line_of, split
from myofind.domain.rules import FactRule, fact_rule, span_of
from myofind.names.facts import FACTS, FactId, Row
from myofind.records import NamedTuple

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
    enough = ("met",) if surely else ("met", "unknown")
    return (
        condition.needs <= values.keys()
        and condition.without.isdisjoint(values)
        and _of_subtypes(condition, patient, surely and not condition.qualifies)
        and _of_results(condition, patient)
        and condition.sex in (None, patient.sex)
        and _of_age(condition, patient.birth, day, surely)
        and all(test(FACTS[id], rule, values[id], patient.birth, day).outcome in enough for id, rule in condition.facts)
    )


def _of_subtypes(condition: Condition, patient: Patient, every: bool) -> bool:
    """Whether every diagnosis under discussion is of some subtypes, or one subtype that was named."""
    diagnoses = split(patient.subtypes)[0] if every else patient.subtypes
    hits = [not condition.subtypes.isdisjoint(line_of(one)) for one in diagnoses]
    return not condition.subtypes or (bool(hits) and all(hits) if every else any(hits))


def _of_results(condition: Condition, patient: Patient) -> bool:
    states = (antibody_state(one, patient.antibodies) for one in condition.antibodies)
    return not condition.antibodies or "positive" in states


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
