"""What is known of a patient's facts: what was given, what that implies, and what may be presumed.

A fact that is missing is `unknown`; where nearly everybody gives the same answer, and nothing known speaks against it,
an exclusion that this answer escapes is `presumed` not to hold. A requirement is never presumed.

Of several diagnoses under discussion each is a reading of its own, with what it alone implies; words that qualify
(cancer-associated, with lung disease, juvenile) hold for every reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from myofind.domain.fact_rules import test
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, InDoubt, Onset, Patient, Sex, When, YesNo
from myofind.domain.patient_facts import Condition, holds, implying, line_of, onset_days, split, triggers, value_of
from myofind.domain.patient_facts import Values as Known
from myofind.domain.remarks import Lung
from myofind.domain.rules import Criterion, DayRule, FactRule, Span, SpanRule, Values
from myofind.domain.treatment_facts import derived_facts
from myofind.names.facts import FACTS, FactId, Row
from myofind.names.subtypes import is_inflammatory
from myofind.records import NamedTuple


@cache
def usual_value(id: FactId) -> FactValue | None:
    """The answer nearly everybody gives; none where there is no such answer."""
    row = FACTS[id]
    return None if row.usual is None else value_of(row, row.usual)


# What is known -------------------------------------------------------------------------------------------------------


@cache
def _implied() -> tuple[tuple[FactId, tuple[Condition, ...]], ...]:
    return tuple((id, implying(id)) for id, row in FACTS.items() if row.implied_by)


def _of_the_person_alone(condition: Condition) -> bool:
    """Whether a condition looks at the diagnosis, the birth and the sex alone."""
    return not (condition.needs or condition.without or condition.antibodies)


@cache
def _by_other_facts() -> tuple[tuple[FactId, FactValue, Condition], ...]:
    """What facts and antibodies give away."""
    return tuple(
        (id, condition.value, condition)
        for id, conditions in _implied()
        for condition in conditions
        if condition.value is not None and not _of_the_person_alone(condition)
    )


@cache
def _by_need() -> dict[FactId | None, tuple[int, ...]]:
    """The places of these conditions by one of the facts that each needs; under None those of the ones that need none."""
    places: dict[FactId | None, tuple[int, ...]] = {}
    for place, (_, _, condition) in enumerate(_by_other_facts()):
        need = min(condition.needs, default=None)
        places[need] = (*places.get(need, ()), place)
    return places


def _promising(known: Iterable[FactId]) -> list[tuple[FactId, FactValue, Condition]]:
    """What antibodies and some facts may give away, in the order of the table."""
    by_need, every = _by_need(), _by_other_facts()
    places = [*by_need.get(None, ()), *(place for id in known for place in by_need.get(id, ()))]
    return [every[place] for place in sorted(places)]


@lru_cache(maxsize=1024)
def _of_the_person(
    subtypes: tuple[str, ...], birth: Birth | None, sex: Sex | None, day: date
) -> tuple[tuple[FactId, FactValue], ...]:
    """What the diagnosis, the birth and the sex give away by themselves."""
    person = Patient(subtypes, birth, sex=sex)
    alone = ((id, list(filter(_of_the_person_alone, conditions))) for id, conditions in _implied())
    told = (
        (id, next((one.value for one in every if holds(one, person, day, {}, surely=True)), None))
        for id, every in alone
    )
    return tuple((id, value) for id, value in told if value is not None)


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
    values = dict(derived_facts(patient.treatments))
    values.update((id, value) for id, value in patient.facts if not isinstance(value, (InDoubt, Onset)))
    if began := onset_days(patient):
        values["onset"] = When(*began)
    _add_what_follows(patient, day, values)
    return values


def _add_what_follows(patient: Patient, day: date, values: dict[FactId, FactValue]) -> None:
    """Add what is not given and follows, until nothing more does."""
    for id, value in _of_the_person(patient.subtypes, patient.birth, patient.sex, day):
        values.setdefault(id, value)
    known = 0
    while known < len(values):
        known = len(values)
        for id, value, condition in _promising(values):
            if id not in values and holds(condition, patient, day, values, surely=True):
                values[id] = value
        for id, other in _floors():
            floor = values.get(other)
            if isinstance(floor, Amount) and floor.low is not None and id not in values:
                values[id] = Amount(floor.low, None, None, floor.open_low)


def implied(patient: Patient, day: date, id: FactId) -> FactValue | None:
    """What all else that is known says of one fact, were it not given."""
    return known_facts(patient.with_fact(id, None), day).get(id)


def lung_disease(patient: Patient, day: date) -> Lung:
    """What is known of lung disease, given or implied; of several diagnoses under discussion the gravest counts."""
    readings = [patient, *(patient._replace(subtypes=(one,)) for one in patient.subtypes[:9])]
    told = {_lungs(known_facts(reading, day)) for reading in readings}
    return next(lung for lung in ("worsening", "present", "none", "not_known") if lung in told)


def _lungs(values: Known) -> Lung:
    for id in ("rpild", "ild_worsening"):
        value = values.get(id)
        if isinstance(value, YesNo) and value.yes and not value.past:
            return "worsening"
    value = values.get("ild")
    return "not_known" if not isinstance(value, YesNo) else "present" if value.yes else "none"


# Presumption -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def judge_fact(id: FactId, rule: FactRule, patient: Patient, day: date) -> Criterion:
    """Whether a fact is as a rule asks; of one that is in doubt nothing is presumed."""
    row, values = FACTS[id], known_facts(patient, day)
    value = values.get(id)
    told = test(row, rule, value, patient.birth, day)
    if told.outcome == "unknown" and _escapes(row, rule, value, patient, day):
        if isinstance(patient.fact(id), InDoubt):
            return Criterion(id, "unknown", "in_doubt", rule)
        if any(holds(condition, patient, day, values, surely=False) for condition in triggers(id)):
            return Criterion(id, "unknown", "not_presumed", rule)
        return Criterion(id, "presumed", "usual", rule)
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


class Basis(NamedTuple):
    """On what the criterion of a fact depends: facts (itself, what implies it, what triggers), and the conditions by which it does."""

    facts: frozenset[FactId]
    conditions: tuple[Condition, ...]


@cache
def reach(id: FactId) -> Basis:
    """On what the criterion of a fact depends."""
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
    return Basis(frozenset(wanted), tuple(every))


@cache
def _every_condition() -> tuple[Condition, ...]:
    return tuple(condition for id in FACTS for condition in (*triggers(id), *implying(id)))


@cache
def telling_onsets() -> tuple[SpanRule, ...]:
    """The times since onset at which a condition of some fact changes."""
    rules = (rule for condition in _every_condition() for id, rule in condition.facts if id == "onset")
    return tuple(rule.since for rule in rules if isinstance(rule, DayRule) and rule.since is not None)


@cache
def telling_ages() -> tuple[Span, ...]:
    """The ages at which a condition of some fact changes."""
    youngest = {one.youngest for one in _every_condition() if one.youngest is not None}
    beyond = {one.oldest + 1 for one in _every_condition() if one.oldest is not None}
    return tuple(Span(age, "years") for age in sorted(youngest | beyond))


def readings(patient: Patient) -> tuple[Patient, ...]:
    """The patient under each diagnosis; the patient alone where there is one diagnosis, or none."""
    if len(patient.subtypes) < 2 and not patient.beside:
        return (patient,)
    return _readings(patient)


@lru_cache(maxsize=256)
def _readings(patient: Patient) -> tuple[Patient, ...]:
    diagnoses, words = split(patient.subtypes)
    if len(diagnoses) > 1:
        for id, value in qualifying(patient.subtypes).items():
            patient = patient if patient.fact(id) is not None else patient.with_fact(id, value)
    return tuple(_reading(patient, one, words) for one in diagnoses)


def _reading(patient: Patient, one: str, words: tuple[str, ...]) -> Patient:
    """The patient under one diagnosis; a result that was given holds whatever a diagnosis implies."""
    results = {**dict(dict(patient.beside).get(one, ())), **dict(patient.antibodies)}
    return patient._replace(
        subtypes=(one, *(word for word in words if is_inflammatory(one) and word not in line_of(one))),
        antibodies=tuple(sorted(results.items())),
        beside=(),
    )
