"""Witnesses: the patient made to fit does, the one made to fail just there fails, by the engine itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from myofind.checks.witnesses import asks_nothing, born, concerns_myositis, fitting
from myofind.domain.dates import complete_on, passed, reached
from myofind.domain.eligibility import CRITERIA, assess
from myofind.domain.patient import Birth, Onset, Patient
from myofind.domain.rules import AgeRule, AntibodyRule, Span, SpanRule, SubtypeRule
from myofind.domain.trial import Cohort, Eligibility, Trial
from myofind.names.vocabulary import ids
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry
from tests.worlds import recorded

DAY = date(2026, 11, 20)
SHIPPED = read_registry(read_bytes(registry_path()), "data/trials.yaml").registry().trials


def just_failing(name: str, rule: Any, day: date) -> Iterator[tuple[str, Patient | None]]:
    """The bounds of a rule, each with the patient just beyond it; none where nobody is beyond it."""
    if name == "age":
        if rule.min is not None:
            birth = born(rule.min, day) + timedelta(days=1)
            while birth <= day and CRITERIA["age"](rule, Patient(birth=Birth(birth, birth)), day).outcome != "not_met":
                birth += timedelta(days=1)  # 29 February
                if (birth - born(rule.min, day)).days > 3:
                    break
            yield ("min", Patient(birth=Birth(birth, birth)) if birth <= day else None)
        if isinstance(rule.max, Span):
            birth = born(rule.max._replace(number=int(rule.max.number) + 1), day)
            yield ("max", Patient(birth=Birth(birth, birth)))
    elif name == "subtype":
        for one in rule.excludes:
            yield (f"excludes {one}", Patient((one,)))
        yield ("admits", Patient(("not_iim",)))
    elif name == "autoantibodies":
        wanted = {*rule.required_any, *rule.required_all}
        if wanted:
            yield ("required", Patient(antibodies=tuple(sorted((one, "negative") for one in wanted))))
        for one in rule.excluded:
            yield (f"excluded {one}", Patient(antibodies=((one, "positive"),)))
    elif name in ("ild", "refractory"):
        if rule in ("required", "excluded"):
            yield (rule, Patient(**{name: rule == "excluded"}))
    elif name == "onset_age":
        if rule.min is not None:
            below = reached(rule.min).never - 1
            yield ("min", Patient(onset=Onset(youngest_months=below, oldest_months=below)) if below >= 0 else None)
        if rule.max is not None:
            above = passed(rule.max).surely
            yield ("max", Patient(onset=Onset(youngest_months=above, oldest_months=above)))
    elif name == "duration":
        if rule.min is not None:
            yield ("min", Patient(onset=Onset(day, day)) if rule.min.number > 0 else None)
        if rule.max is not None:
            start = born(rule.max, day) - timedelta(days=1)
            while complete_on(start, rule.max) >= day and start > date(1000, 1, 1):
                start -= timedelta(days=1)
            yield ("max", Patient(onset=Onset(start, start)))
    elif name == "sex" and rule != "all":
        yield (rule, Patient(sex="male" if rule == "female" else "female"))
    elif name == "country":
        for one in rule.not_in:
            yield (f"not_in {one}", Patient(countries=(one,)))
        if rule.complete and rule.listed:
            other = next(one for one in sorted(ids("countries")) if one not in rule.listed)
            yield ("listed", Patient(countries=(other,)))


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
        fitting(t, DAY, n).fits for t in SHIPPED if concerns_myositis(t.eligibility) for n in range(len(t.cohorts))
    )


@pytest.mark.parametrize("day", [DAY, date(2028, 2, 29), date(2027, 3, 1)])
def test_the_patient_made_to_fail_just_there_fails(day: date) -> None:
    tried = 0
    for trial in SHIPPED:
        rules = trial.eligibility
        for name, rule in (("age", rules.age), ("subtype", rules.subtypes), ("autoantibodies", rules.autoantibodies), ("sex", rules.sex),
                           ("ild", rules.stance("ild")), ("country", trial.countries), ("duration", rules.onset.since)):  # fmt: skip
            for bound, patient in (
                just_failing(name, rule, day) if rule is not None and concerns_myositis(rules) else ()
            ):
                assert patient is not None
                assert CRITERIA[name](rule, patient, day).outcome == "not_met", (trial.id, bound)
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
    assert [fitting(trial, DAY, n).fits for n in (0, 1)] == [True, False]


@pytest.mark.parametrize("name", ["age", "duration", "onset_age"])
def test_a_lower_bound_that_nobody_is_beyond_is_the_only_one_that_excludes_nobody(name: str) -> None:
    kind = AgeRule if name == "age" else SpanRule
    for unit in ("years", "months", "weeks", "days"):
        for number in (0, 1, 2, 5, 29, 30, 31, 60, 120):
            span = Span(number, unit)
            ((_, below),) = just_failing(name, kind(min=span), DAY)
            excluded = below is not None and CRITERIA[name](kind(min=span), below, DAY).outcome == "not_met"
            assert excluded != asks_nothing(name, span), span
            ((_, above),) = just_failing(name, kind(max=span), DAY)
            assert above is not None
            assert CRITERIA[name](kind(max=span), above, DAY).outcome == "not_met", span
