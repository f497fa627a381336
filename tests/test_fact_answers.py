"""The answers to a question on a fact: every kind of value that some rule tells apart, and none twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from myofind.advice.fact_questions import Looks, answers_on, open_facts, treatment_answers
from myofind.advice.near_misses import near_misses
from myofind.domain.patient import Amount, Chosen, FactValue, Patient, Treatment, When, YesNo
from myofind.domain.rules import Bounds, FactRule, Span, SubtypeRule, TreatmentRule, fact_rule
from myofind.domain.trial import Eligibility, Trial
from myofind.matching import trial_sets as sets
from tests.strategies import DAY

DM = Patient(("dm",))


def trial(*facts: tuple[str, FactRule], treatments: tuple[TreatmentRule, ...] = (), end: str | None = None) -> Trial:
    rules = Eligibility("full", subtypes=SubtypeRule(("dm",)), facts=tuple(sorted(facts)), treatments=treatments)
    return Trial("NCT00000001", "interventional", eligibility=rules, end=end)


def looks(*facts: tuple[str, FactRule], treatments: tuple[TreatmentRule, ...] = ()) -> Looks:
    return Looks(sets.build((trial(*facts, treatments=treatments),)))


def said(id: str, rule: Any) -> list[str]:
    """The answers in short: the value, and up to which other it stands for."""
    told = answers_on(looks((id, fact_rule(id, rule))), id, DM, DAY)
    return [one.value + (f" to {one.until}" if one.until else "") for one in told]


@pytest.mark.parametrize(
    ("id", "rule", "wanted"),
    [
        ("calcinosis", "excluded", ["yes", "no"]),
        ("rash", {"required": ["now"]}, ["now", "past", "never"]),
        ("fvc", {"min": 50.0, "below": 80.0}, ["5 to 49.999", "50 to 50", "50.001 to 79.999", "80 to 80", "80.001 to 200"]),
        ("failed_drugs", {"min": 2.0}, ["0 to 0", "1 to 1", "2 to 2", "3 to 20"]),
    ],
)  # fmt: skip
def test_the_answers_to_a_question(id: str, rule: Any, wanted: list[str]) -> None:
    assert sorted(said(id, rule)) == sorted(wanted)


def test_a_day_that_may_not_have_been_is_also_never() -> None:
    years = {"excluded": {"within": {"number": 1, "unit": "years"}}}
    assert said("cv_event", years) == [
        "never", "1901-11-01 to 2025-11-19", "2025-11-20 to 2025-11-20", "2025-11-21 to 2026-11-20"
    ]  # fmt: skip
    month = {"min": {"number": 1, "unit": "months"}}
    assert all(not answer.startswith("never") for answer in said("steroid_stable", month))


def test_what_a_rule_on_a_steroid_asks_are_questions_on_its_dose_and_its_stability() -> None:
    rule = TreatmentRule(("glucocorticoid",), unchanged=Span(4, "weeks"), dose=Bounds(max=15.0))
    asked = looks(treatments=(rule,))
    doses = [(one.value, one.until) for one in answers_on(asked, "steroid_dose", DM, DAY)]
    assert doses == [("0", "14.999"), ("15", "15"), ("15.001", "1000")]
    latest = [one.patient.fact("steroid_stable") for one in answers_on(asked, "steroid_stable", DM, DAY)]
    assert When(DAY - timedelta(weeks=4) + timedelta(days=1), DAY - timedelta(weeks=4) + timedelta(days=1)) in latest
    assert asked.inside("treatments") == (frozenset({"autoantibodies", "steroid_dose", "steroid_stable"}),)


def test_each_answer_of_several_choices_denies_the_others() -> None:
    told = answers_on(
        looks(("chronic_infection", fact_rule("chronic_infection", {"excluded": ["hbv"]}))),
        "chronic_infection",
        DM,
        DAY,
    )
    by_value = {one.value: one.patient.fact("chronic_infection") for one in told}
    assert by_value["hbv"] == Chosen(("hbv",), ("hcv", "hiv", "tb"))
    assert by_value["none"] == Chosen(("none",))


@pytest.mark.parametrize(
    ("id", "rule", "value", "is_open"),
    [
        ("chronic_infection", {"excluded": ["hbv"]}, Chosen((), ("hbv",)), True),
        ("chronic_infection", {"excluded": ["hbv"]}, Chosen(("none",)), False),
        ("chronic_infection", {"excluded": ["hbv"]}, Chosen(("hbv",), ("hcv", "hiv", "tb")), False),
        ("fvc", {"min": 50.0}, Amount(60, None), True),
        ("fvc", {"min": 50.0}, Amount(60, 60), False),
        ("calcinosis", "excluded", YesNo(False), False),
        ("calcinosis", "excluded", None, True),
    ],
)
def test_a_fact_is_asked_about_until_it_is_wholly_known(
    id: str, rule: Any, value: FactValue | None, is_open: bool
) -> None:
    known = DM.with_fact(id, value)
    assert (id in open_facts(looks((id, fact_rule(id, rule))), known, DAY)) == is_open


def test_the_answers_to_when_a_drug_was_taken() -> None:
    rule = TreatmentRule(("rituximab",), excluded=Span(6, "months"))
    told = treatment_answers(looks(treatments=(rule,)), "rituximab", DM, DAY)
    assert [(one.value, one.until) for one in told] == [
        ("never", None),
        ("since 1901-11-01", "2026-11-20"),
        ("until 1901-11-01", "2026-05-19"),
        ("until 2026-05-20", "2026-05-20"),
        ("until 2026-05-21", "2026-11-20"),
    ]
    assert told[0].patient.treatments == (Treatment("rituximab", "never"),)


@pytest.mark.parametrize(
    ("end", "remedy", "barred"),
    [
        ("2027-02-27", "never", "ended"),
        ("2027-02-15", "never", "ended"),
        ("2027-03-01", "wait", ""),
        (None, "wait", ""),
    ],
)
def test_a_wait_is_of_use_where_its_latest_day_comes_before_the_end(end: str | None, remedy: str, barred: str) -> None:
    """Rituximab until some day of August is washed out at the end of February at the latest."""
    wash_out = TreatmentRule(("rituximab",), excluded=Span(6, "months"))
    past = Treatment("rituximab", "past", until=When(date(2026, 8, 1), date(2026, 8, 28)))
    patient = DM._replace(treatments=(past,))
    table = sets.build((trial(treatments=(wash_out,), end=end),))
    (miss,) = near_misses(table, patient, DAY, sets.judged(table, patient, DAY), table.all)
    assert miss.opens == (date(2027, 2, 1), date(2027, 2, 28))
    assert (miss.remedy, miss.barred) == (remedy, barred)
