"""The meaning of a criterion: complete tables for small spaces, properties for the rest."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from myofind.domain.ages import read_age, read_birth_date
from myofind.domain.contradictions import contradicted
from myofind.domain.dates import add_age
from myofind.domain.eligibility import (
    CRITERIA,
    Criterion,
    Outcome,
    antibody_state,
    assess,
    autoantibodies,
    country,
    juvenile,
    subtype,
    verdict_of,
)
from myofind.domain.eligibility import age as age_criterion
from myofind.domain.patient import RESULTS, Birth, Onset, Patient, Result
from myofind.domain.rules import AgeRule, AntibodyRule, CountryRule, Enrolment, Span, SpanRule, SubtypeRule
from myofind.domain.trial import Cohort, Eligibility, Trial
from myofind.names import subtypes as tree
from tests.example_counts import examples
from tests.strategies import ANTIBODIES, COUNTRIES, DAY, consistent, patients, trials
from tests.together import together


def said(rule: SubtypeRule, *names: str, patient: Patient | None = None) -> str:
    return subtype(rule, (patient or Patient())._replace(subtypes=names), DAY).outcome


# Kleene logic ---------------------------------------------------------------------------------------------------------


@together((three,) for three in itertools.product(["met", "not_met", "unknown", "not_recorded"], repeat=3))
def test_any_not_met_excludes_else_any_unknown_is_possible_else_it_matches(outcomes: tuple[Outcome, ...]) -> None:
    found = verdict_of(tuple(Criterion("age", outcome, "") for outcome in outcomes))
    wanted = "excluded" if "not_met" in outcomes else "possible" if "unknown" in outcomes else "match"
    assert found == wanted


def test_not_recorded_neither_excludes_nor_blocks_but_is_visible() -> None:
    found = assess(Patient(("dm",)), Trial("NCT00000001", "interventional"), DAY)
    assert found.verdict == "match"
    assert {one.name: one.outcome for one in found.criteria} == dict.fromkeys(
        ["subtype", "age", "autoantibodies", "country"], "not_recorded"
    )


@given(patients, trials)
@examples(40)
def test_a_missing_fact_never_excludes(patient: Patient, trial: Trial) -> None:
    """A patient of whom nothing is known is excluded only from extensions."""
    nobody = assess(Patient(), trial, DAY)
    assert nobody.verdict != "excluded" or trial.kind == "extension"


@given(patients, trials, st.data())
@examples(60)
def test_filling_in_a_missing_fact_never_turns_excluded_into_anything_else(
    patient: Patient, trial: Trial, data: st.DataObject
) -> None:
    """Filling in: a field that was empty, or an antibody that was not tested; nobody is both untreated and treated."""
    assume(contradicted(patient, DAY) is None)
    fields = [name for name in Patient._fields if getattr(patient, name) not in (None, ())]
    forgotten = data.draw(st.sets(st.sampled_from(fields))) if fields else set()
    less = patient._replace(**{name: type(patient)()._asdict()[name] for name in forgotten})
    if "antibodies" not in forgotten and patient.antibodies:
        less = less._replace(antibodies=patient.antibodies[1:])
    if assess(less, trial, DAY).verdict == "excluded":
        assert assess(patient, trial, DAY).verdict == "excluded"


# Age ------------------------------------------------------------------------------------------------------------------


def age_outcome(birth: str, rule: AgeRule, on: str) -> str:
    day = date.fromisoformat(on)
    born = date.fromisoformat(birth)
    return age_criterion(rule, Patient(birth=Birth(born, born)), day).outcome


ADULT = AgeRule(Span(18, "years"), "none")
TO_75 = AgeRule(Span(18, "years"), Span(75, "years"))


@pytest.mark.parametrize(
    ("birth", "rule", "on", "outcome"),
    [
        ("2008-11-20", ADULT, "2026-11-19", "not_met"),
        ("2008-11-20", ADULT, "2026-11-20", "met"),
        ("2008-11-20", ADULT, "2026-11-21", "met"),
        ("1950-11-21", TO_75, "2026-11-20", "met"),
        ("1950-11-21", TO_75, "2026-11-21", "not_met"),
        ("1950-11-21", TO_75, "2025-11-21", "met"),
        ("2008-02-29", ADULT, "2026-02-28", "not_met"),
        ("2008-02-29", ADULT, "2026-03-01", "met"),
        ("2004-02-29", AgeRule(Span(20, "years")), "2024-02-28", "not_met"),
        ("2004-02-29", AgeRule(Span(20, "years")), "2024-02-29", "met"),
        ("2026-05-20", AgeRule(Span(6, "months")), "2026-11-19", "not_met"),
        ("2026-05-20", AgeRule(Span(6, "months")), "2026-11-20", "met"),
        ("2026-05-20", AgeRule(None, Span(6, "months")), "2026-12-19", "met"),
        ("2026-05-20", AgeRule(None, Span(6, "months")), "2026-12-20", "not_met"),
        ("2026-08-31", AgeRule(Span(6, "months")), "2027-02-28", "not_met"),
        ("2026-08-31", AgeRule(Span(6, "months")), "2027-03-01", "met"),
        ("1900-01-01", AgeRule(None, "none"), "2026-11-20", "met"),
    ],
)  # fmt: skip
def test_bounds_are_completed_units_on_the_day(birth: str, rule: AgeRule, on: str, outcome: str) -> None:
    assert age_outcome(birth, rule, on) == outcome


def test_an_age_in_years_holds_for_every_birth_date_it_may_mean() -> None:
    """45 completed years: admitted by `min: 45`, refused by `max: 44`, unknown for a bound in months inside the year."""
    stated = read_age("45", DAY)
    patient = Patient(birth=Birth(stated.earliest_birth, stated.latest_birth))
    rules = [AgeRule(Span(45, "years")), AgeRule(None, Span(44, "years")), AgeRule(Span(45 * 12 + 3, "months"))]
    assert [age_criterion(rule, patient, DAY).outcome for rule in rules] == ["met", "not_met", "unknown"]


def test_a_bare_year_of_birth_is_unknown_only_near_a_bound() -> None:
    born = read_birth_date("2008", DAY)
    patient = Patient(birth=Birth(born.earliest_birth, born.latest_birth))
    assert age_criterion(ADULT, patient, DAY).outcome == "unknown"
    assert age_criterion(ADULT, patient, date(2027, 1, 1)).outcome == "met"


@given(st.dates(date(1926, 1, 1), date(2026, 1, 1)), st.integers(0, 90), st.integers(-3, 3))
def test_the_bound_opens_on_the_birthday_itself(born: date, years: int, near: int) -> None:
    day = add_age(born, years, "years") + timedelta(days=near)
    found = age_criterion(AgeRule(Span(years, "years")), Patient(birth=Birth(born, born)), day)
    assert found.outcome == ("met" if near >= 0 else "not_met")


# Subtypes -------------------------------------------------------------------------------------------------------------


@together(
    [
        ("dm", ("dm",), (), "met"),
        ("dm_classic", ("dm",), (), "met"),
        ("dm_mda5", ("dm",), (), "met"),
        ("dm", ("iim",), (), "met"),
        ("pm", ("dm",), (), "not_met"),
        ("dm", ("dm_mda5",), (), "unknown"),
        ("cadm", ("dm",), (), "unknown"),
        ("adm", ("dm",), (), "unknown"),
        ("hdm", ("dm",), (), "unknown"),
        ("dmsd", ("dm",), (), "unknown"),
        ("jdm", ("dm",), (), "unknown"),
        ("jpm", ("pm",), (), "unknown"),
        ("ibm", ("iim",), (), "unknown"),
        ("ibm", ("ibm",), (), "met"),
        ("ibm", ("iim",), ("ibm",), "not_met"),
        ("adm", ("dm", "cadm"), (), "met"),
        ("hdm", ("dm", "adm"), (), "unknown"),
        ("cadm", ("dm",), ("cadm",), "not_met"),
        ("adm", ("dm",), ("cadm",), "not_met"),
        ("dm", ("dm",), ("cadm",), "met"),
        ("jdm", ("dm", "jdm"), (), "met"),
        ("jdm", ("jiim",), (), "met"),
        ("jdm", ("iim",), (), "unknown"),
        ("iim", ("iim",), ("ibm",), "unknown"),
        ("iim", ("dm", "pm"), (), "unknown"),
        ("iim", ("iim",), (), "met"),
        ("imnm", ("imnm",), ("imnm_seroneg",), "unknown"),
        ("imnm_hmgcr", ("imnm",), (), "met"),
        ("asys", ("pm",), (), "not_met"),
        ("ici_myositis", ("iim",), (), "unknown"),
        ("ici_myositis", ("iim", "ici_myositis"), (), "met"),
        ("iim", ("iim",), ("jiim",), "met"),
        ("jiim", ("dm",), (), "unknown"),
        ("jiim", ("jdm",), (), "unknown"),
        ("jiim", ("asys",), (), "unknown"),
        ("jiim", ("jiim",), ("ibm",), "met"),
        ("jdm", ("dm_mda5",), (), "unknown"),
        ("jdm", ("cadm",), (), "unknown"),
        ("jdm", ("pm",), (), "not_met"),
        ("dm", ("dm_mda5",), ("dm",), "not_met"),
        ("gne", ("iim",), (), "not_met"),
        ("gne", ("ibm",), (), "not_met"),
        ("statin_tox", ("imnm",), (), "not_met"),
    ]
)
def test_a_subtype_against_what_is_admitted(
    one: str, admits: tuple[str, ...], excludes: tuple[str, ...], outcome: str
) -> None:
    """Of an adult whose disease began in adulthood, but where its name says that it did not."""
    assert said(SubtypeRule(admits, excludes), one, patient=ADULT_ONSET) == outcome


def test_disease_that_is_not_inflammatory_matches_nothing_even_where_nothing_is_recorded() -> None:
    assert assess(Patient(("gne",)), Trial("NCT00000001", "registry"), DAY).verdict == "excluded"


def test_of_several_subtypes_the_best_reading_counts_and_is_named() -> None:
    found = subtype(SubtypeRule(("asys",)), ADULT_ONSET._replace(subtypes=("pm", "asys")), DAY)
    assert (found.outcome, found.facts[0]) == ("met", "asys")


CHILD = Patient(birth=Birth(date(2017, 1, 1), date(2017, 1, 1)))
ADULT_SINCE_CHILDHOOD = Patient(
    birth=Birth(date(1990, 1, 1), date(1990, 1, 1)), onset=Onset(date(2000, 1, 1), date(2000, 12, 31))
)
ADULT_ONSET = Patient(birth=Birth(date(1970, 1, 1), date(1970, 1, 1)), onset=Onset(date(2020, 1, 1), date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("patient", "admits", "outcome"),
    [
        (CHILD, ("dm",), "unknown"),
        (CHILD, ("jdm",), "met"),
        (CHILD, ("dm", "jdm"), "met"),
        (ADULT_SINCE_CHILDHOOD, ("dm",), "unknown"),
        (ADULT_SINCE_CHILDHOOD, ("jdm",), "met"),
        (ADULT_ONSET, ("jdm",), "not_met"),
        (ADULT_ONSET, ("dm",), "met"),
        (Patient(), ("jdm",), "unknown"),
    ],
)
def test_dermatomyositis_that_began_before_18_is_juvenile(
    patient: Patient, admits: tuple[str, ...], outcome: str
) -> None:
    assert said(SubtypeRule(admits), "dm", patient=patient) == outcome


AGED = Patient(birth=Birth(date(1970, 1, 1), date(1970, 1, 1)))


@pytest.mark.parametrize(
    ("one", "admits", "excludes", "child", "adult", "presumed", "either"),
    [
        ("dm", ("dm",), (), "unknown", "met", "met", "unknown"),
        ("dm", ("dm", "jdm"), (), "met", "met", "met", "met"),
        ("dm", ("jdm",), (), "met", "not_met", "unknown", "unknown"),
        ("dm", ("dm",), ("jdm",), "not_met", "met", "met", "unknown"),
        ("dm", ("pm",), (), "not_met", "not_met", "not_met", "not_met"),
        ("iim", ("iim",), (), "unknown", "met", "met", "unknown"),
        ("iim", ("dm",), (), "unknown", "unknown", "unknown", "unknown"),
        ("iim", ("jdm",), (), "unknown", "not_met", "unknown", "unknown"),
        ("jdm", ("dm",), (), "unknown", "unknown", "unknown", "unknown"),
        ("jdm", ("jdm",), (), "met", "met", "met", "met"),
        ("dm_mda5", ("jdm",), ("jiim",), "not_met", "not_met", "not_met", "not_met"),
        ("imnm_srp", ("jiim",), (), "met", "not_met", "unknown", "unknown"),
        ("scleromyo", ("jiim",), (), "met", "not_met", "unknown", "unknown"),
        ("asys", ("iim",), (), "unknown", "met", "met", "unknown"),
        ("ibm", ("ibm",), (), "met", "met", "met", "met"),
    ],
)
def test_whether_it_began_in_childhood(
    one: str, admits: tuple[str, ...], excludes: tuple[str, ...], child: str, adult: str, presumed: str, either: str
) -> None:
    """An onset in adulthood is presumed of an adult who gave none, and never excludes; without age or onset both are tried."""
    rule = SubtypeRule(admits, excludes)
    people = (CHILD, ADULT_ONSET, AGED, Patient())
    assert tuple(said(rule, one, patient=who) for who in people) == (child, adult, presumed, either)


LIVES = st.sampled_from(["child", "adult", "presumed", "either"])


@given(st.data(), st.sampled_from(sorted(tree.descendants("iim"))), LIVES)
@examples(150)
def test_a_finer_diagnosis_never_opens_what_a_coarser_one_closed(data: st.DataObject, one: str, life: str) -> None:
    """A diagnosis that is known better never turns `not_met` into anything else; inclusion body myositis is none of children."""
    assume(life != "child" or "ibm" not in {one, *tree.ancestors(one)})
    every = sorted(tree.descendants("iim") | {"iim"})
    rule = SubtypeRule(*(tuple(data.draw(st.lists(st.sampled_from(every), max_size=3, unique=True))) for _ in range(2)))
    patient = {"child": CHILD, "adult": ADULT_ONSET, "presumed": AGED, "either": Patient()}[life]
    for coarser in sorted(tree.ancestors(one)):
        if said(rule, coarser, patient=patient) == "not_met" and not (
            "jiim" in {one, *tree.ancestors(one)} and life in ("adult", "presumed")
        ):
            assert said(rule, one, patient=patient) == "not_met", (coarser, one, rule)


@pytest.mark.parametrize(
    ("patient", "rule", "outcome"),
    [
        (Patient(("jdm",)), SpanRule(None, Span(17, "years")), "met"),
        (Patient(("jdm",)), SpanRule(Span(18, "years")), "not_met"),
        (Patient(("jdm",)), SpanRule(None, Span(12, "years")), "unknown"),
        (Patient(("dm", "jiim")), SpanRule(Span(18, "years")), "not_met"),
        (CHILD, SpanRule(None, Span(17, "years")), "met"),
        (CHILD, SpanRule(Span(10, "years")), "not_met"),
        (CHILD, SpanRule(Span(5, "years")), "unknown"),
        (AGED, SpanRule(Span(18, "years")), "unknown"),
    ],
)
def test_a_juvenile_disease_began_before_18(patient: Patient, rule: SpanRule, outcome: str) -> None:
    """What is only presumed of an adult decides no rule on the age at onset."""
    assert CRITERIA["onset_age"](rule, patient, DAY).outcome == outcome


def test_twelve_months_and_a_day_are_more_than_twelve_months() -> None:
    """A length of time is measured to the day; only ages count completed units."""
    rule = SpanRule(None, Span(12, "months"))
    for began, outcome in ((date(2025, 11, 20), "met"), (date(2025, 11, 19), "not_met")):
        assert CRITERIA["duration"](rule, Patient(onset=Onset(began, began)), DAY).outcome == outcome


def test_bounds_that_no_day_of_a_range_keeps_together_are_not_met() -> None:
    """Exactly one year on 29 February 2028: begun on no day of 2027; the day before, begun on 28 February."""
    rule, in_2027 = SpanRule(Span(12, "months"), Span(1, "years")), Onset(date(2027, 1, 1), date(2027, 12, 31))
    told = [CRITERIA["duration"](rule, Patient(onset=in_2027), date(2028, 2, day)).outcome for day in (28, 29)]
    assert told == ["unknown", "not_met"]


def test_a_childs_form_without_a_juvenile_name_is_juvenile_besides() -> None:
    assert said(SubtypeRule(("dm",)), "dm_mda5", patient=CHILD) == "unknown"
    assert said(SubtypeRule(("dm", "jdm")), "dm_mda5", patient=CHILD) == "met"
    assert said(SubtypeRule(("dm",), ("jdm",)), "dm_mda5", patient=CHILD) == "not_met"


def test_onset_and_present_age_are_different_facts() -> None:
    assert juvenile(Patient(birth=Birth(date(1990, 1, 1), date(1990, 1, 1))), DAY) is None
    assert juvenile(CHILD, DAY) is True
    assert juvenile(ADULT_SINCE_CHILDHOOD, DAY) is True
    assert juvenile(ADULT_ONSET, DAY) is False
    assert juvenile(Patient(onset=Onset(youngest_months=17 * 12, oldest_months=17 * 12 + 11)), DAY) is True


@given(st.sampled_from(["dm", "pm", "ibm", "jdm", "cadm"]), trials)
@examples(25)
def test_an_exclusion_beats_an_admission(one: str, trial: Trial) -> None:
    rule = SubtypeRule((one,), (one,))
    assert said(rule, one) == "not_met"


# Antibodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "results", "state"),
    [
        ("jo1", {}, "missing"),
        ("jo1", {"jo1": "not_tested"}, "missing"),
        ("jo1", {"jo1": "positive"}, "positive"),
        ("jo1", {"jo1": "borderline"}, "borderline"),
        ("ars_any", {"jo1": "positive"}, "positive"),
        ("msa_any", {"jo1": "positive"}, "positive"),
        ("ars_any", {"ars_any": "positive"}, "positive"),
        ("jo1", {"ars_any": "positive"}, "coarse"),
        ("jo1", {"ars_any": "negative"}, "negative"),
        ("ars_any", {"jo1": "negative", "pl7": "negative"}, "missing"),
        ("ro52", {"ro_any": "positive"}, "coarse"),
        ("mi2", {"mi2b": "positive"}, "positive"),
        ("mi2", {"mi2a": "negative", "mi2b": "negative"}, "negative"),
        ("tif1g", {"tif1_any": "positive"}, "coarse"),
        ("msa_any", {"ro52": "positive"}, "missing"),
        ("ars_any", {"jo1": "borderline"}, "borderline"),
    ],
)
def test_what_is_known_of_an_antibody(wanted: str, results: dict[str, str], state: str) -> None:
    assert antibody_state(wanted, tuple(sorted(results.items()))) == state


@together((srp, hmgcr) for srp in [None, *RESULTS] for hmgcr in [None, *RESULTS])
def test_required_any_all_and_excluded_over_every_pair_of_results(srp: str | None, hmgcr: str | None) -> None:
    """Not tested is never negative; borderline settles nothing."""
    results = {name: result for name, result in (("srp", srp), ("hmgcr", hmgcr)) if result}
    patient = Patient(antibodies=tuple(sorted(results.items())))  # type: ignore[arg-type]  # the words of RESULTS
    truth: dict[str | None, bool | None] = {"positive": True, "negative": False}
    one, two = truth.get(srp), truth.get(hmgcr)

    def expect(value: bool | None) -> str:
        return {True: "met", False: "not_met", None: "unknown"}[value]

    either = True if one or two else False if one is False and two is False else None
    both = False if one is False or two is False else True if one and two else None
    neither = None if either is None else not either
    pair = ("srp", "hmgcr")
    assert autoantibodies(AntibodyRule(required_any=pair), patient, DAY).outcome == expect(either)
    assert autoantibodies(AntibodyRule(required_all=pair), patient, DAY).outcome == expect(both)
    assert autoantibodies(AntibodyRule(excluded=pair), patient, DAY).outcome == expect(neither)


@given(
    st.dictionaries(st.sampled_from(ANTIBODIES), st.sampled_from(RESULTS), max_size=4).filter(consistent),
    st.sampled_from(ANTIBODIES),
)
def test_not_tested_is_never_negative(results: dict[str, Result], wanted: str) -> None:
    tested = {one: result for one, result in results.items() if result != "not_tested"}
    assert antibody_state(wanted, tuple(sorted(results.items()))) == antibody_state(
        wanted, tuple(sorted(tested.items()))
    )


# Country --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "asked", "outcome"),
    [
        (CountryRule(("FR",), True), ("FR",), "met"),
        (CountryRule(("FR",), False), ("DE",), "unknown"),
        (CountryRule(("FR",), True), ("DE",), "not_met"),
        (CountryRule(("US",), False, ("FR",)), ("FR",), "not_met"),
        (CountryRule(("US",), False, ("FR",)), ("FR", "US"), "met"),
        (CountryRule(("US",), False, ("FR",)), ("FR", "DE"), "unknown"),
        (CountryRule(("US",), True), (), "unknown"),
        (CountryRule((), False, ("FR",)), ("FR",), "not_met"),
        (CountryRule((), False, ("FR",)), ("DE",), "unknown"),
    ],
)
def test_a_country_is_listed_ruled_out_or_not_known(rule: CountryRule, asked: tuple[str, ...], outcome: str) -> None:
    assert country(rule, Patient(countries=asked), DAY).outcome == outcome


@given(st.lists(st.sampled_from(COUNTRIES), min_size=1, unique=True))
def test_no_countries_recorded_is_not_recorded(asked: list[str]) -> None:
    assert country(None, Patient(countries=tuple(asked)), DAY).outcome == "not_recorded"
    assert country(CountryRule(), Patient(countries=tuple(asked)), DAY).outcome == "not_recorded"


# Cohorts and extensions -----------------------------------------------------------------------------------------------

TWO_COHORTS = Trial(
    "NCT00000001",
    "interventional",
    eligibility=Eligibility(age=AgeRule(Span(18, "years"))),
    cohorts=(
        Cohort("dermatomyositis", Eligibility(subtypes=SubtypeRule(("dm",)))),
        Cohort(
            "antisynthetase", Eligibility(subtypes=SubtypeRule(("asys",)), autoantibodies=AntibodyRule(("ars_any",)))
        ),
    ),
)


@pytest.mark.parametrize(
    ("patient", "verdict", "cohort"),
    [
        (Patient(("dm",), Birth(date(1980, 1, 1), date(1980, 1, 1))), "match", "dermatomyositis"),
        (Patient(("asys",), Birth(date(1980, 1, 1), date(1980, 1, 1))), "possible", "antisynthetase"),
        (
            Patient(("asys",), Birth(date(1980, 1, 1), date(1980, 1, 1)), (("jo1", "positive"),)),
            "match",
            "antisynthetase",
        ),
        (Patient(("ibm",), Birth(date(1980, 1, 1), date(1980, 1, 1))), "excluded", "dermatomyositis"),
        (CHILD._replace(subtypes=("dm",)), "excluded", "dermatomyositis"),
    ],
)
def test_a_trial_takes_its_best_cohort_and_names_it(patient: Patient, verdict: str, cohort: str) -> None:
    found = assess(patient, TWO_COHORTS, DAY)
    assert (found.verdict, found.cohort) == (verdict, cohort)


@given(patients, trials)
@examples(25)
def test_an_extension_never_admits_a_new_patient(patient: Patient, trial: Trial) -> None:
    assert assess(patient, trial._replace(kind="extension"), DAY).verdict == "excluded"


@pytest.mark.parametrize(
    ("fields", "enrolment"),
    [
        ({}, None),
        ({"draft": True}, Enrolment("draft")),
        ({"draft": True, "kind": "extension", "takes_nobody": "published"}, Enrolment("draft")),
        ({"kind": "extension", "extends": ("NCT00000002",)}, Enrolment("extension", ("NCT00000002",))),
        ({"kind": "extension", "takes_nobody": "published"}, Enrolment("extension")),
        ({"takes_nobody": "published"}, Enrolment("takes_nobody", ("published",))),
        ({"kind": "registry"}, None),
    ],
)
def test_why_nobody_new_can_enter(fields: dict[str, Any], enrolment: Enrolment | None) -> None:
    assert Trial("NCT00000001", "interventional")._replace(**fields).enrolment == enrolment
