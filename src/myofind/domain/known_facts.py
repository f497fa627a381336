"""What is known of a patient's facts: what was given, what that implies, and what may be presumed.

A fact that is missing is `unknown`; where nearly everybody gives the same answer, and nothing known speaks against it,
an exclusion that this answer escapes is `presumed` not to hold. A requirement is never presumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from myofind.domain.criterion import Criterion
from myofind.domain.fact_rules import Tested, test
from myofind.domain.lengths import complete_on
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, Onset, Patient, When, YesNo
from myofind.domain.patient_facts import antibody_state, line_of, onset_days
from myofind.domain.rules import FactRule, Span, Values, fact_rule, span_of
from myofind.domain.treatments import derived_facts
from myofind.names.facts import FACTS, FactId, Row

__all__ = [
    "Condition",
    "condition_rules",
    "holds",
    "implied",
    "judge_fact",
    "known_facts",
    "reach",
    "triggered",
    "usual_value",
]

Condition = Mapping[str, Any]
Values_ = Mapping[FactId, FactValue]


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


@cache
def usual_value(id: FactId) -> FactValue | None:
    """The answer nearly everybody gives; none where there is no such answer."""
    row = FACTS[id]
    return None if row.usual is None else value_of(row, row.usual)


# Conditions ------------------------------------------------------------------------------------------------------------


def holds(condition: Condition, patient: Patient, day: date, values: Values_, *, surely: bool) -> bool:
    """Whether a set of conditions holds on what is known.

    For a trigger (`surely` false) one subtype under discussion is enough, and an age that is not known may be the one
    meant; what gives an answer away must hold of every subtype under discussion, and of the age for certain.
    """
    subtypes = condition.get("subtypes")
    if subtypes is not None:
        hits = [bool(line_of(one) & set(subtypes)) for one in patient.subtypes]
        if not hits or not (all(hits) if surely else any(hits)):
            return False
    antibodies = condition.get("antibodies", ())
    if antibodies and not any(antibody_state(one, patient.antibodies) == "positive" for one in antibodies):
        return False
    if "sex" in condition and patient.sex != condition["sex"]:
        return False
    if "age" in condition and not _of_age(condition["age"], patient.birth, day, surely):
        return False
    if any(id in values for id in condition.get("without", ())):
        return False
    return all(
        id in values and test(FACTS[id], rule, values[id], patient.birth, day).outcome == "met"
        for id, rule in condition_rules(condition)
    )


def condition_rules(condition: Condition) -> Iterator[tuple[FactId, FactRule]]:
    """The rules on facts that a set of conditions names."""
    for id, plain in condition.get("facts", {}).items():
        yield id, fact_rule(id, _spans(plain))


def _spans(plain: Any) -> Any:
    """Lengths of time in the data as the registry file has them once read."""
    if isinstance(plain, Mapping):
        return {key: _spans(value) for key, value in plain.items()}
    if isinstance(plain, str) and plain[:1].isdigit():
        number, unit = plain.split()
        return {"number": int(number), "unit": unit.rstrip("s") + "s"}
    return plain


def _of_age(bounds: Mapping[str, int], birth: Birth | None, day: date, surely: bool) -> bool:
    if birth is None:
        return not surely
    told = set()
    for born in birth:
        old = "min" not in bounds or complete_on(born, span_of(bounds["min"])) <= day
        young = "max" not in bounds or complete_on(born, span_of(bounds["max"] + 1)) > day
        told.add(old and young)
    return told == {True} if surely else True in told


@cache
def _implying() -> tuple[tuple[Row, tuple[Condition, ...]], ...]:
    return tuple((row, row.implied_by) for row in FACTS.values() if row.implied_by)


@lru_cache(maxsize=1024)
def known_facts(patient: Patient, day: date) -> Mapping[FactId, FactValue]:
    """Every fact that is known, by id: as given, or as what was given implies; an onset as days."""
    values: dict[FactId, FactValue] = {**derived_facts(patient.treatments), **dict(patient.facts)}
    _dated_onset(patient, values)
    values.update(_implications(patient, day, values))
    return values


def _dated_onset(patient: Patient, values: dict[FactId, FactValue]) -> None:
    if isinstance(values.get("onset"), Onset):
        began = onset_days(patient)
        if began:
            values["onset"] = When(*began)
        else:
            del values["onset"]


def _implications(patient: Patient, day: date, values: Values_) -> dict[FactId, FactValue]:
    """What is not given and follows, until nothing more does."""
    all_values = dict(values)
    added: dict[FactId, FactValue] = {}
    growing = True
    while growing:
        growing = False
        for row, conditions in _implying():
            if row.id in all_values:
                continue
            for condition in conditions:
                if holds(condition, patient, day, all_values, surely=True):
                    all_values[row.id] = added[row.id] = value_of(row, condition["value"])
                    growing = True
                    break
        for row in FACTS.values():
            floor = all_values.get(row.at_least) if row.at_least else None
            if isinstance(floor, Amount) and floor.low is not None and row.id not in all_values:
                all_values[row.id] = added[row.id] = Amount(floor.low, None, None, floor.open_low)
                growing = True
    return added


def implied(patient: Patient, day: date, id: FactId) -> FactValue | None:
    """What all else that is known says of one fact, were it not given."""
    return known_facts(patient.with_fact(id, None), day).get(id)


def contradicted(patient: Patient, day: date) -> FactId | None:
    """A fact that was given and that what else was given rules out; none where all agree."""
    derived = derived_facts(patient.treatments)
    for id, value in patient.facts:
        told = derived.get(id) or implied(patient, day, id)
        if told is not None and not _agree(value, told):
            return id
    return None


def _agree(given: FactValue, told: FactValue) -> bool:
    """Whether a value given may be what else was given says."""
    if isinstance(given, Amount) and isinstance(told, Amount):
        return (told.low is None or given.high is None or given.high >= told.low) and (
            told.high is None or given.low is None or given.low <= told.high
        )
    if isinstance(given, YesNo) and isinstance(told, YesNo):
        return given.yes == told.yes
    return not (isinstance(given, Chosen) and isinstance(told, Chosen)) or not (
        set(told.values) & set(given.without) or ("none" in given.values and "none" not in told.values)
    )


# Presumption -----------------------------------------------------------------------------------------------------------


def triggered(id: FactId, patient: Patient, day: date) -> bool:
    """Whether something known makes the usual answer unsafe to presume."""
    values = known_facts(patient, day)
    return any(holds(condition, patient, day, values, surely=False) for condition in FACTS[id].unless)


def judge_fact(id: FactId, rule: FactRule, patient: Patient, day: date) -> Criterion:
    """Whether a fact is as a rule asks."""
    row = FACTS[id]
    value = known_facts(patient, day).get(id)
    told = test(row, rule, value, patient.birth, day)
    if told.outcome == "unknown" and _escapes(row, rule, value, patient, day):
        if triggered(id, patient, day):
            return Criterion(id, "unknown", "not_presumed", rule)
        return Criterion(id, "presumed", "usual", rule)
    return _criterion(id, rule, told)


def _criterion(id: FactId, rule: FactRule, told: Tested) -> Criterion:
    return Criterion(id, told.outcome, told.code, rule, (), told.holds_from)


def _escapes(row: Row, rule: FactRule, value: FactValue | None, patient: Patient, day: date) -> bool:
    """Whether the usual answer escapes an exclusion; of a choice only where nothing given speaks of the rest."""
    usual = usual_value(row.id)
    if usual is None or rule == "required" or (isinstance(rule, Values) and rule.required):
        return False
    if value is not None and not (isinstance(value, Chosen) and row.several):
        return False
    return test(row, rule, usual, patient.birth, day).outcome == "met"


# What a fact's criterion depends on, for judging many patients ------------------------------------------------------------


@cache
def reach(id: FactId) -> frozenset[FactId]:
    """The facts on which the criterion of one depends: itself, what implies it, and what triggers."""
    wanted: set[FactId] = set()
    ahead = [id]
    while ahead:
        one = ahead.pop()
        if one in wanted:
            continue
        wanted.add(one)
        row = FACTS[one]
        conditions = (*row.implied_by, *(row.unless if one == id else ()))
        ahead.extend(
            other for condition in conditions for other in (*condition.get("facts", ()), *condition.get("without", ()))
        )
        if row.at_least:
            ahead.append(row.at_least)
    return frozenset(wanted)


@cache
def telling_antibodies() -> tuple[str, ...]:
    """The antibodies that a condition of some fact names."""
    return tuple(
        sorted(
            {
                one
                for row in FACTS.values()
                for part in (*row.unless, *row.implied_by)
                for one in part.get("antibodies", ())
            }
        )
    )


@cache
def telling_ages() -> tuple[Span, ...]:
    """The ages at which a condition of some fact changes."""
    ages = set()
    for row in FACTS.values():
        for part in (*row.unless, *row.implied_by):
            bounds = part.get("age", {})
            ages |= {bounds["min"]} if "min" in bounds else set()
            ages |= {bounds["max"] + 1} if "max" in bounds else set()
    return tuple(Span(age, "years") for age in sorted(ages))
