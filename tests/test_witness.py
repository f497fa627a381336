"""Witnesses: the patient made to fit does, the one made to fail just there fails, by the engine itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from myofind.checks.fences import _fences, idle
from myofind.checks.sample_patients import concerns_myositis, fitting, fitting_cohort, plainly_fits
from myofind.domain.eligibility import CRITERIA, assess
from myofind.domain.trial import (
    AgeRule,
    AntibodyRule,
    Cohort,
    CountryRule,
    Eligibility,
    Span,
    SpanRule,
    SubtypeRule,
    Trial,
)
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry
from tests.worlds import recorded

DAY = date(2026, 11, 20)
SHIPPED = read_registry(read_bytes(registry_path()), "data/trials.yaml").registry().trials


@pytest.mark.parametrize("day", [DAY, date(2028, 2, 29), date(2027, 3, 1)])
def test_every_trial_of_the_registry_has_a_patient_who_fits(day: date) -> None:
    for trial in SHIPPED:
        if concerns_myositis(trial.eligibility):
            witness = fitting(trial, day)
            alone = trial._replace(kind="interventional", cohorts=(), takes_nobody=None)
            assert witness.fits, trial.id
            assert assess(witness.patient, alone, day).verdict != "excluded", trial.id


def test_every_cohort_of_the_registry_has_one() -> None:
    assert all(
        fitting_cohort(t, n, DAY).fits
        for t in SHIPPED
        if concerns_myositis(t.eligibility)
        for n in range(len(t.cohorts))
    )


@pytest.mark.parametrize("day", [DAY, date(2028, 2, 29), date(2027, 3, 1)])
def test_the_patient_made_to_fail_just_there_fails(day: date) -> None:
    tried = 0
    for trial in SHIPPED:
        rules = trial.eligibility
        for name, rule in (("age", rules.age), ("subtype", rules.subtypes), ("autoantibodies", rules.autoantibodies), ("sex", rules.sex),
                           ("ild", rules.ild), ("country", trial.countries), ("duration", rules.duration)):  # fmt: skip
            for fence in _fences(name, rule, day) if rule is not None and concerns_myositis(rules) else ():
                assert fence.patient is not None
                assert CRITERIA[name](rule, fence.patient, day).outcome == "not_met", (trial.id, fence.bound)
                tried += 1
    assert tried > 300


def _trial(**rules: Any) -> Trial:
    return Trial("x", "interventional", eligibility=recorded(**rules))


YEARS = [Span(n, "years") for n in range(130)]


@pytest.mark.parametrize(
    ("rules", "failing"),
    [
        ({"age": AgeRule(YEARS[75], YEARS[18])}, ("age",)),
        ({"age": AgeRule(YEARS[125])}, ("age",)),
        ({"autoantibodies": AntibodyRule(required_all=("jo1",), excluded=("ars_any",))}, ("autoantibodies",)),
        ({"autoantibodies": AntibodyRule(required_any=("srp", "hmgcr"), excluded=("msa_any",))}, ("autoantibodies",)),
        ({"subtypes": SubtypeRule(("dm",), ("iim",))}, ("subtype",)),
        ({"age": AgeRule(YEARS[12], YEARS[15]), "duration": SpanRule(YEARS[30])}, None),
        ({"duration": SpanRule(YEARS[5], YEARS[2])}, ("duration",)),
    ],
)
def test_nobody_fits_what_contradicts_itself(rules: dict[str, object], failing: tuple[str, ...] | None) -> None:
    witness = fitting(_trial(**rules), DAY)
    assert not witness.fits
    assert witness.failing == failing or failing is None


@pytest.mark.parametrize(
    "rules",
    [
        {"age": AgeRule(YEARS[18], YEARS[18])},
        {"age": AgeRule(Span(6, "months"), Span(18, "months"))},
        {"age": AgeRule(YEARS[0], YEARS[0])},
        {"autoantibodies": AntibodyRule(required_any=("ars_any",), excluded=("jo1",))},
        {"autoantibodies": AntibodyRule(required_any=("jo1", "srp"), excluded=("ars_any",))},
        {"subtypes": SubtypeRule(("jdm",)), "age": AgeRule(YEARS[18]), "onset_age": SpanRule(None, YEARS[16])},
        {"duration": SpanRule(Span(6, "months"), YEARS[5]), "age": AgeRule(YEARS[2], YEARS[17])},
        {"duration": SpanRule(YEARS[10]), "onset_age": SpanRule(YEARS[45])},
        {"sex": "male", "ild": "required", "refractory": "excluded"},
    ],
)
def test_narrow_criteria_have_somebody(rules: dict[str, object]) -> None:
    assert fitting(_trial(**rules), DAY).fits


def test_a_cohort_is_tried_with_the_criteria_of_its_trial() -> None:
    trial = _trial(age=AgeRule(YEARS[18]))._replace(
        cohorts=(
            Cohort("adults", Eligibility(age=AgeRule(YEARS[30]))),
            Cohort("children", Eligibility(age=AgeRule(None, YEARS[12]))),
        )
    )
    assert [fitting_cohort(trial, n, DAY).fits for n in (0, 1)] == [True, False]


def test_a_country_ruled_out_everywhere_it_is_listed_has_nobody() -> None:
    trial = _trial()._replace(countries=CountryRule(("FR",), True, ("FR",)))
    assert fitting(trial, DAY).fits  # the list wins in the engine; `country-listed-and-excluded` says the rest


def test_a_bound_that_excludes_nobody_is_idle() -> None:
    assert idle("age", AgeRule(YEARS[0], None), DAY) == ("min",)
    assert idle("age", AgeRule(YEARS[1], YEARS[75]), DAY) == ()
    assert idle("duration", SpanRule(Span(0, "months")), DAY) == ("min",)


def test_who_fits_at_sight_fits_by_the_engine() -> None:
    """The short way says that somebody fits only where a patient who does can be made."""
    day = date(2026, 11, 26)
    plain = 0
    for trial in SHIPPED:
        for place in (None, *range(len(trial.cohorts))):
            if plainly_fits(trial, place):
                plain += 1
                assert (fitting(trial, day) if place is None else fitting_cohort(trial, place, day)).fits, trial.id
    assert plain > 100
