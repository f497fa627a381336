"""What is known of a patient's facts: what was given, what that implies, and what may be presumed.

A fact that is missing is `unknown`; where nearly everybody gives the same answer, and nothing known speaks against it,
an exclusion that this answer escapes is `presumed` not to hold. A requirement is never presumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from myofind.domain.criterion import Criterion
from myofind.domain.fact_rules import Tested, test
from myofind.domain.lengths import complete_on
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, Onset, Patient, When, YesNo
from myofind.domain.patient_facts import antibody_state, line_of, onset_days, split
from myofind.domain.remarks import Lung
from myofind.domain.rules import FactRule, Span, Values, fact_rule, span_of
from myofind.domain.treatments import derived_facts
from myofind.names.facts import FACTS, FactId, Row

__all__ = [
    "FACTS",
    "Condition",
    "holds",
    "implied",
    "implying",
    "judge_fact",
    "known_facts",
    "lung_disease",
    "qualifying",
    "reach",
    "reached_conditions",
    "telling_ages",
    "telling_antibodies",
    "triggered",
    "triggers",
    "usual_value",
]

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


def holds(condition: Condition, patient: Patient, day: date, values: Values_, *, surely: bool) -> bool:
    """Whether a set of conditions holds on what is known.

    For a trigger (`surely` false) one subtype under discussion is enough, an age that is not known may be the one meant,
    and a fact that is known as a range may lie beyond a bound; what gives an answer away must hold of every subtype under
    discussion, or be a word that qualifies each of them, and hold of the rest for certain.
    """
    if not condition.needs <= values.keys() or not condition.without.isdisjoint(values):
        return False
    if condition.subtypes:
        diagnoses = split(patient.subtypes)[0] if surely and not condition.qualifies else patient.subtypes
        hits = [not condition.subtypes.isdisjoint(line_of(one)) for one in diagnoses]
        if not hits or not (all(hits) if surely and not condition.qualifies else any(hits)):
            return False
    if condition.antibodies and not any(
        antibody_state(one, patient.antibodies) == "positive" for one in condition.antibodies
    ):
        return False
    if condition.sex is not None and patient.sex != condition.sex:
        return False
    if not _of_age(condition, patient.birth, day, surely):
        return False
    enough = ("met",) if surely else ("met", "unknown")
    return all(test(FACTS[id], rule, values[id], patient.birth, day).outcome in enough for id, rule in condition.facts)


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


@cache
def _implied() -> tuple[tuple[FactId, tuple[Condition, ...]], ...]:
    return tuple((id, implying(id)) for id, row in FACTS.items() if row.implied_by)


@cache
def _floors() -> tuple[tuple[FactId, FactId], ...]:
    return tuple((id, row.at_least) for id, row in FACTS.items() if row.at_least)


@cache
def qualifying(subtypes: tuple[str, ...]) -> Mapping[FactId, FactValue]:
    """The facts that words qualifying a disease (cancer-associated, with lung disease) give away of every diagnosis."""
    kinds = frozenset[str]().union(*map(line_of, subtypes))
    return {
        id: condition.value
        for id, conditions in _implied()
        for condition in conditions
        if condition.qualifies and condition.value is not None and not condition.subtypes.isdisjoint(kinds)
    }


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
    every = dict(values)
    added: dict[FactId, FactValue] = {}
    growing = True
    while growing:
        growing = False
        for id, conditions in _implied():
            if id in every:
                continue
            for condition in conditions:
                if condition.value is not None and holds(condition, patient, day, every, surely=True):
                    every[id] = added[id] = condition.value
                    growing = True
                    break
        for id, other in _floors():
            floor = every.get(other)
            if isinstance(floor, Amount) and floor.low is not None and id not in every:
                every[id] = added[id] = Amount(floor.low, None, None, floor.open_low)
                growing = True
    return added


def implied(patient: Patient, day: date, id: FactId) -> FactValue | None:
    """What all else that is known says of one fact, were it not given."""
    return known_facts(patient.with_fact(id, None), day).get(id)


def lung_disease(patient: Patient, day: date) -> Lung:
    """What is known of lung disease, given or implied; of several diagnoses under discussion the gravest counts."""
    readings = [patient, *(patient._replace(subtypes=(one,)) for one in patient.subtypes[:9])]
    told = {_lungs(known_facts(reading, day)) for reading in readings}
    return next(lung for lung in ("worsening", "present", "none", "not_known") if lung in told)


def _lungs(values: Values_) -> Lung:
    for id in ("rpild", "ild_worsening"):
        value = values.get(id)
        if isinstance(value, YesNo) and value.yes and not value.past:
            return "worsening"
    value = values.get("ild")
    return "not_known" if not isinstance(value, YesNo) else "present" if value.yes else "none"


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
    return any(holds(condition, patient, day, values, surely=False) for condition in triggers(id))


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
def _reached(id: FactId) -> tuple[frozenset[FactId], tuple[Condition, ...]]:
    """The facts on which the criterion of one depends, and the conditions by which it does."""
    wanted: set[FactId] = set()
    every: list[Condition] = []
    ahead = [id]
    while ahead:
        one = ahead.pop()
        if one in wanted:
            continue
        wanted.add(one)
        conditions = (*implying(one), *(triggers(one) if one == id else ()))
        every.extend(conditions)
        wanted |= {"sex"} if any(condition.sex for condition in conditions) else set()
        for condition in conditions:
            ahead.extend(condition.needs | condition.without)
        floor = FACTS[one].at_least
        if floor:
            ahead.append(floor)
    return frozenset(wanted), tuple(every)


def reach(id: FactId) -> frozenset[FactId]:
    """The facts on which the criterion of one depends: itself, what implies it, and what triggers."""
    return _reached(id)[0]


def reached_conditions(id: FactId) -> tuple[Condition, ...]:
    """The conditions behind the criterion of a fact: what makes its usual answer unsafe, and what implies a fact it depends on."""
    return _reached(id)[1]


@cache
def _every_condition() -> tuple[Condition, ...]:
    return tuple(condition for id in FACTS for condition in (*triggers(id), *implying(id)))


@cache
def telling_antibodies() -> tuple[str, ...]:
    """The antibodies that a condition of some fact names."""
    return tuple(sorted({one for condition in _every_condition() for one in condition.antibodies}))


@cache
def telling_ages() -> tuple[Span, ...]:
    """The ages at which a condition of some fact changes."""
    ages: set[int] = set()
    for condition in _every_condition():
        ages |= {condition.youngest} if condition.youngest is not None else set()
        ages |= {condition.oldest + 1} if condition.oldest is not None else set()
    return tuple(Span(age, "years") for age in sorted(ages))
