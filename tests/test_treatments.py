"""Rules on treatments: five shapes, wash-outs around month ends, classes and members, what a list gives away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.advice.near_misses import near_misses
from myofind.asking.profile import Typed, understand
from myofind.domain.eligibility import CRITERIA
from myofind.domain.lengths import complete_on
from myofind.domain.patient import Amount, Patient, Treatment, When, YesNo
from myofind.domain.rules import Span, treatment_rule
from myofind.domain.treatments import derived_facts, judge_treatments
from myofind.domain.trial import Eligibility, Trial
from myofind.matching import trial_sets as sets

DAY = date(2026, 11, 25)
SIX_MONTHS = {"any": ["rituximab"], "excluded": {"within": {"number": 6, "unit": "months"}}}


def patient(*typed: str, **more: Any) -> Patient:
    return understand(Typed(treatments=typed, **more), DAY).patient


def outcome(rule: dict[str, Any], *typed: str, **more: Any) -> tuple[str, str]:
    told = judge_treatments(treatment_rule(rule), patient(*typed, **more), DAY)
    return told.outcome, told.code


EVER, NOW = {"excluded": "ever"}, {"excluded": "now"}


@pytest.mark.parametrize(
    ("rule", "typed", "told"),
    [
        ({"any": ["jak_inhibitor"], **EVER}, (), ("unknown", "missing")),
        ({"any": ["jak_inhibitor"], **EVER}, ("tofacitinib until 2019",), ("not_met", "taken")),
        ({"any": ["jak_inhibitor"], **EVER}, ("never JAK inhibitor",), ("met", "never")),
        ({"any": ["tofacitinib"], **EVER}, ("never JAK inhibitor",), ("met", "never")),
        ({"any": ["tofacitinib"], **EVER}, ("JAK inhibitor until 2019",), ("unknown", "which_drug")),
        ({"any": ["jak_inhibitor"], **EVER}, ("never tofacitinib",), ("unknown", "missing")),
        ({"any": ["jak_inhibitor"], **EVER}, ("no other",), ("unknown", "missing")),
        ({"any": ["jak_inhibitor"], **EVER}, ("never any other",), ("met", "never")),
        ({"any": ["jak_inhibitor"], **EVER}, ("no tofacitinib",), ("unknown", "missing")),
        ({"any": ["rituximab"], **NOW}, (), ("unknown", "missing")),
        ({"any": ["rituximab"], **NOW}, ("MTX",), ("presumed", "listed")),
        ({"any": ["rituximab"], **NOW}, ("MTX", "no other"), ("met", "not_now")),
        ({"any": ["rituximab"], **NOW}, ("no rituximab",), ("met", "not_now")),
        ({"any": ["rituximab"], **NOW}, ("rituximab until 2026-10",), ("met", "not_now")),
        ({"any": ["rituximab"], **NOW}, ("rituximab",), ("not_met", "taken_now")),
        ({"any": ["rituximab"], **NOW}, ("biologic now",), ("unknown", "which_drug")),
        ({"any": ["biologic"], **NOW}, ("rituximab",), ("not_met", "taken_now")),
        ({"any": ["statin"], **NOW}, ("MTX",), ("presumed", "listed")),
        ({"any": ["ivig"], "required": "ever"}, ("IVIG until 2020",), ("met", "taken")),
        ({"any": ["ivig"], "required": "ever"}, ("MTX",), ("unknown", "missing")),
        ({"any": ["ivig"], "required": "ever"}, ("never IVIG",), ("not_met", "not_taken")),
        ({"any": ["ivig"], "required": "now"}, ("IVIG",), ("met", "taken")),
        ({"any": ["ivig"], "required": "now"}, ("MTX", "no other"), ("not_met", "not_taken")),
        ({"any": ["ivig"], "required": "now"}, ("MTX",), ("unknown", "missing")),
        ({"any": ["ivig", "rituximab"], "required": "now"}, ("never IVIG", "rituximab"), ("met", "taken")),
        (SIX_MONTHS, (), ("unknown", "missing")),
        (SIX_MONTHS, ("MTX", "no other"), ("unknown", "missing")),
        (SIX_MONTHS, ("rituximab",), ("not_met", "taken_now")),
        (SIX_MONTHS, ("rituximab stopped",), ("unknown", "stopped_when")),
        (SIX_MONTHS, ("never rituximab",), ("met", "never")),
        (SIX_MONTHS, ("rituximab until 2026-04",), ("met", "long_ago")),
        (SIX_MONTHS, ("rituximab until 2026-05",), ("unknown", "near_bound")),
        (SIX_MONTHS, ("rituximab until 2026-05-25",), ("met", "long_ago")),
        (SIX_MONTHS, ("rituximab until 2026-05-26",), ("not_met", "too_recent")),
        (SIX_MONTHS | {"any": ["biologic"]}, ("rituximab until 2020",), ("unknown", "missing")),
        (SIX_MONTHS | {"any": ["biologic"]}, ("rituximab until 2026-10",), ("not_met", "too_recent")),
    ],
)
def test_every_shape(rule: dict[str, Any], typed: tuple[str, ...], told: tuple[str, str]) -> None:
    assert outcome(rule, *typed) == told


STABLE = {"any": ["glucocorticoid"], "unchanged": {"number": 4, "unit": "weeks"}, "dose": {"max": 20}}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ((), "unknown"),
        (("MTX",), "presumed"),
        (("MTX", "no other"), "met"),
        (("prednisone 15 mg since 2026-01",), "met"),
        (("prednisone 15 mg",), "unknown"),
        (("prednisone since 2026-01",), "unknown"),
        (("prednisone 25 mg since 2026-01",), "not_met"),
        (("prednisone 20 mg since 2026-01",), "met"),
        (("methylprednisolone 16 mg since 2026-01",), "met"),
        (("methylprednisolone 20 mg since 2026-01",), "not_met"),
        (("prednisone 15 mg since 2026-01 changed 2026-11-10",), "not_met"),
        (("prednisone 15 mg stable for 4 weeks",), "met"),
        (("prednisone 15 mg stable depuis 3 semaines",), "not_met"),
        (("prednisone 15 mg since 2026-10",), "unknown"),
    ],
)
def test_unchanged_and_within_its_dose(typed: tuple[str, ...], told: str) -> None:
    assert outcome(STABLE, *typed)[0] == told


def test_steroids_given_as_facts_count_too() -> None:
    steady = understand(Typed(facts=("steroid_dose 15 mg", "steroid_stable 6 weeks")), DAY).patient
    assert judge_treatments(treatment_rule(STABLE), steady, DAY).outcome == "met"
    none = understand(Typed(facts=("steroid_dose 0 mg",)), DAY).patient
    assert judge_treatments(treatment_rule(STABLE), none, DAY).outcome == "met"


@pytest.mark.parametrize(
    ("antibody", "subtype", "told"),
    [
        ("", "imnm", "presumed"),
        ("hmgcr", "imnm", "unknown"),
        ("", "imnm_hmgcr", "unknown"),
        ("srp", "imnm", "presumed"),
    ],
)
def test_a_statin_is_never_presumed_absent_with_anti_hmgcr(antibody: str, subtype: str, told: str) -> None:
    typed = Typed(subtypes=(subtype,), antibodies=(antibody,) if antibody else (), treatments=("MTX",))
    rule = treatment_rule({"any": ["statin"], **NOW})
    assert judge_treatments(rule, understand(typed, DAY).patient, DAY).outcome == told


@given(st.dates(date(2020, 1, 1), date(2026, 11, 25)), st.sampled_from([1, 3, 6, 12]), st.booleans())
def test_a_wash_out_ends_when_its_months_are_complete(stopped: date, months: int, coarse: bool) -> None:
    """Excluded before the first end, unknown between, admitted after, both days named."""
    last = min(DAY, stopped + timedelta(days=30)) if coarse else stopped
    rule = treatment_rule({"any": ["rituximab"], "excluded": {"within": {"number": months, "unit": "months"}}})
    person = Patient(treatments=(Treatment("rituximab", "past", until=When(stopped, last)),))
    ends = tuple(complete_on(day, Span(months, "months")) for day in (stopped, last))
    for day in {ends[0] - timedelta(days=1), ends[0], ends[1] - timedelta(days=1), ends[1]}:
        told = judge_treatments(rule, person, day)
        assert told.outcome == ("not_met" if day < ends[0] else "unknown" if day < ends[1] else "met")
        assert told.holds_from == (None if told.outcome == "met" else ends)


@pytest.mark.parametrize(
    ("stopped", "months", "admitted"),
    [
        ("2026-08-31", 6, "2027-03-01"),
        ("2026-08-30", 6, "2027-03-01"),
        ("2026-08-28", 6, "2027-02-28"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2026-11-30", 3, "2027-03-01"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-05-31", 1, "2026-07-01"),
    ],
)
def test_month_ends(stopped: str, months: int, admitted: str) -> None:
    assert complete_on(date.fromisoformat(stopped), Span(months, "months")) == date.fromisoformat(admitted)


def test_a_wash_out_is_a_near_miss_with_its_days() -> None:
    """Until September 2026 against six months: perhaps from 1 March 2027, surely from 30 March."""
    trial = Trial("NCT00000001", "interventional", eligibility=Eligibility(treatments=(treatment_rule(SIX_MONTHS),)))
    table = sets.build((trial,))
    person = patient("rituximab until 2026-09")
    judged = sets.judged(table, person, DAY)
    assert sets.combine(table, *sets.total(judged)).excluded == 1
    (near,) = near_misses(table, person, DAY, judged, table.all)
    assert near.remedy == "wait"
    assert near.opens == (date(2027, 3, 1), date(2027, 3, 30))


def test_a_dose_is_a_change_without_a_day() -> None:
    rule = treatment_rule({"any": ["glucocorticoid"], "unchanged": {"number": 4, "unit": "weeks"}, "dose": {"max": 20}})
    table = sets.build((Trial("NCT00000001", "interventional", eligibility=Eligibility(treatments=(rule,))),))
    person = patient("prednisone 60 mg since 2025")
    (near,) = near_misses(table, person, DAY, sets.judged(table, person, DAY), table.all)
    assert (near.remedy, near.opens, near.criterion.code) == ("change", None, "dose_too_high")


def test_a_list_gives_facts_away() -> None:
    listed = patient("prednisone 15 mg since 2026-01", "MTX since 2024", "mycophenolate since 2025").treatments
    facts = derived_facts(listed)
    assert facts["steroid_dose"] == Amount(15, 15)
    assert facts["steroid_stable"] == When(date(2026, 1, 1), date(2026, 1, 31))
    assert facts["background_count"] == Amount(2, None)
    assert derived_facts(patient("MTX", "no other").treatments)["background_count"] == Amount(1, 1)
    assert derived_facts(patient("car_t until 2024").treatments)["cell_therapy"] == YesNo(True)
    assert "cell_therapy" not in derived_facts(patient("MTX").treatments)


@pytest.mark.parametrize(
    ("more", "told"),
    [({}, "presumed"), ({"facts": ("no cell therapy",)}, "met"), ({"facts": ("cell therapy",)}, "unknown")],
)
def test_earlier_cells_are_presumed_never_as_the_fact_is(more: dict[str, Any], told: str) -> None:
    assert outcome({"any": ["car_t"], **EVER}, **more)[0] == told


def test_somebody_never_treated_never_had_any() -> None:
    rule = {"any": ["immunosuppressant", "biologic"], **EVER}
    assert outcome(rule, facts=("naive",)) == ("met", "never")
    assert CRITERIA["treatments"](treatment_rule(rule), patient(), DAY).outcome == "unknown"
