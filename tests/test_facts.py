"""Rules on facts: the table itself, every shape of rule, what is presumed and what forbids it, what is implied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.domain.contradictions import contradicted
from myofind.domain.eligibility import CRITERIA, assess
from myofind.domain.known_facts import (
    implied,
    known_facts,
    reach,
    telling_ages,
    telling_onsets,
    usual_value,
)
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, InDoubt, Onset, Patient, When, YesNo
from myofind.domain.patient_facts import value_of
from myofind.domain.rules import CountryRule, Span, SpanRule, fact_rule
from myofind.domain.trial import Eligibility, Trial
from myofind.names.facts import FACTS
from tests.example_counts import examples
from tests.strategies import DAY, FACT_IDS, fact_rules, patients, plain_eligibilities, trials, values
from tests.together import together

ADULT = Birth(date(1980, 1, 1), date(1980, 1, 1))


def span(number: int, unit: str) -> dict[str, Any]:
    return {"number": number, "unit": unit}


def outcome(id: str, plain: Any, patient: Patient, day: date = DAY) -> str:
    return CRITERIA[id](fact_rule(id, plain), patient, day).outcome


def with_(id: str, value: FactValue | None) -> Patient:
    return Patient(("dm",), ADULT).with_fact(id, value)


# Shapes ----------------------------------------------------------------------------------------------------------------

FIVE_YEARS = {"excluded": {"within": span(5, "years")}}


@together(
    [
        ("excluded", YesNo(True), "not_met"),
        ("excluded", YesNo(False), "met"),
        ("excluded", YesNo(True, True, date(2001, 1, 1), date(2001, 12, 31)), "not_met"),
        ({"excluded": "now"}, YesNo(True), "not_met"),
        ({"excluded": "now"}, YesNo(True, True), "met"),
        ({"excluded": "now"}, YesNo(False), "met"),
        (FIVE_YEARS, YesNo(True), "not_met"),
        (FIVE_YEARS, YesNo(True, True), "unknown"),
        (FIVE_YEARS, YesNo(False), "met"),
        (FIVE_YEARS, YesNo(True, True, date(2021, 1, 1), date(2021, 12, 31)), "unknown"),
        (FIVE_YEARS, YesNo(True, True, date(2021, 11, 20), date(2021, 11, 20)), "met"),
        (FIVE_YEARS, YesNo(True, True, date(2021, 11, 21), date(2021, 11, 21)), "not_met"),
        (FIVE_YEARS, YesNo(False, False, date(2021, 11, 20), date(2021, 11, 20)), "met"),
        (FIVE_YEARS, YesNo(False, False, date(2021, 11, 21), date(2021, 11, 21)), "unknown"),
        (FIVE_YEARS, YesNo(False, False, date(2019, 1, 1), date(2019, 12, 31)), "met"),
        ({"excluded": "now"}, YesNo(False, False, date(2026, 11, 20), date(2026, 11, 20)), "met"),
        ("excluded", YesNo(False, False, date(2019, 1, 1), date(2019, 12, 31)), "unknown"),
        ("required", YesNo(False, False, date(2019, 1, 1), date(2019, 12, 31)), "unknown"),
        ("required", YesNo(True), "met"),
        ("required", YesNo(False), "not_met"),
        ("required", None, "unknown"),
        ("allowed", None, "met"),
    ]
)
def test_a_yes_or_no(plain: Any, value: FactValue | None, told: str) -> None:
    assert outcome("cancer", plain, with_("cancer", value)) == told


@pytest.mark.parametrize(
    ("plain", "value", "told"),
    [
        ({"below": 142}, Amount(142, 142, 150), "not_met"),
        ({"max": 142}, Amount(142, 142, 150), "met"),
        ({"below": 142}, Amount(141, 141, 150), "met"),
        ({"min": 80}, Amount(80, 80, 150), "met"),
        ({"above": 80}, Amount(80, 80, 150), "not_met"),
        ({"above": 80}, Amount(80, None, 150), "unknown"),
        ({"above": 80}, Amount(80, None, 150, open_low=True), "met"),
        ({"below": 80}, Amount(None, 80, 150, open_high=True), "met"),
        ({"below": 80}, Amount(80, None, 150), "not_met"),
        ({"min": 60, "max": 100}, Amount(50, 70, 150), "unknown"),
        ({"below": 74, "scale": 80}, Amount(70, 70, 80), "met"),
        ({"below": 74, "scale": 80}, Amount(70, 70, 150), "unknown"),
        ({"below": 142}, Amount(70, 70, 80), "unknown"),
    ],
)
def test_a_number(plain: Any, value: FactValue, told: str) -> None:
    """Below 142 is not at most 142; numbers on two scales say nothing of each other."""
    assert outcome("mmt8", plain, with_("mmt8", value)) == told


@pytest.mark.parametrize(
    ("id", "plain", "value", "told"),
    [
        ("rash", {"required": ["now", "past"]}, Chosen(("past",)), "met"),
        ("rash", {"required": ["now"]}, Chosen(("never",)), "not_met"),
        ("rash", {"required": ["now"]}, None, "unknown"),
        ("rash", {"excluded": ["now"]}, Chosen((), ("now",)), "met"),
        ("chronic_infection", {"excluded": ["hbv", "hcv"]}, Chosen(("hcv",)), "not_met"),
        ("chronic_infection", {"excluded": ["hbv", "hcv"]}, Chosen(("none",)), "met"),
        ("chronic_infection", {"excluded": ["hbv", "hcv"]}, Chosen((), ("hbv", "hcv")), "met"),
        ("chronic_infection", {"excluded": ["hbv", "hcv"]}, Chosen((), ("hbv",)), "presumed"),
        ("chronic_infection", {"excluded": ["hbv", "hcv"]}, None, "presumed"),
        ("activity_proof", {"required": ["mri", "emg"]}, Chosen(("emg",)), "met"),
        ("activity_proof", {"required": ["mri"], "excluded": ["emg"]}, Chosen(("mri", "emg")), "not_met"),
        ("activity_proof", {"required": ["mri"], "excluded": ["emg"]}, Chosen(("mri",)), "unknown"),
        ("activity_proof", {"required": ["mri"], "excluded": ["emg"]}, Chosen(("mri",), ("emg",)), "met"),
        ("activity_proof", {"required": ["mri"]}, Chosen(("emg",)), "unknown"),
        ("activity_proof", {"required": ["mri"]}, Chosen(("none",)), "not_met"),
        ("activity_proof", {"required": ["mri"], "within": span(3, "months")}, Chosen(("mri",)), "unknown"),
        (
            "activity_proof",
            {"required": ["mri"], "within": span(3, "months")},
            Chosen(("mri",), (), date(2026, 8, 20), date(2026, 8, 20)),
            "met",
        ),
        (
            "activity_proof",
            {"required": ["mri"], "within": span(3, "months")},
            Chosen(("mri",), (), date(2026, 8, 19), date(2026, 8, 19)),
            "unknown",
        ),
    ],
)
def test_a_choice(id: str, plain: Any, value: FactValue | None, told: str) -> None:
    assert outcome(id, plain, with_(id, value)) == told


MRI = {"required": ["mri"], "within": span(3, "months")}
FORCED = {"min": 50.0, "max": 70.0}


@pytest.mark.parametrize(
    ("id", "plain", "value", "told"),
    [
        ("activity_proof", MRI, Chosen(("mri",)), "unknown when"),
        ("activity_proof", MRI, Chosen(("mri",), (), date(2026, 8, 1), date(2026, 8, 19)), "unknown too_old"),
        ("activity_proof", MRI, Chosen(("mri",), (), date(2026, 8, 19), date(2026, 8, 20)), "unknown near_bound"),
        ("activity_proof", MRI, None, "unknown missing"),
        ("fvc", FORCED, Amount(49, 49), "not_met too_low"),
        ("fvc", FORCED, Amount(71, 71), "not_met too_high"),
        ("fvc", FORCED, Amount(60, None), "unknown near_bound"),
        ("fvc", FORCED, Amount(50, 70), "met within"),
        ("mmt8", {"below": 60.0, "scale": 80}, Amount(120, 120, 150), "unknown scale"),
        ("cancer", FIVE_YEARS, YesNo(True, True), "unknown when"),
        ("cancer", FIVE_YEARS, YesNo(True, True, date(2021, 11, 21), date(2021, 11, 21)), "not_met too_recent"),
        ("cancer", FIVE_YEARS, YesNo(True, True, date(2021, 11, 20), date(2021, 11, 21)), "unknown near_bound"),
        ("cancer", FIVE_YEARS, YesNo(True, True, date(2021, 11, 20), date(2021, 11, 20)), "met long_ago"),
        ("steroid_stable", {"min": span(4, "weeks")}, When(date(2026, 10, 24), date(2026, 10, 24)), "not_met too_short"),
        ("diagnosed_on", {"since": {"max": span(5, "years")}}, When(date(2021, 11, 19), date(2021, 11, 19)), "not_met too_long"),
        ("diagnosed_on", {"age": {"min": span(18, "years")}}, When(date(1997, 12, 31), date(1997, 12, 31)), "not_met too_short"),
        ("diagnosed_on", {"age": {"max": span(18, "years")}}, When(date(1999, 1, 1), date(1999, 1, 1)), "not_met too_long"),
    ],
)  # fmt: skip
def test_why(id: str, plain: Any, value: FactValue | None, told: str) -> None:
    criterion = CRITERIA[id](fact_rule(id, plain), with_(id, value), DAY)
    assert f"{criterion.outcome} {criterion.code}" == told


@pytest.mark.parametrize(
    ("value", "agrees"),
    [
        (Chosen(("never",)), True),
        (Chosen(("now",)), False),
        (Chosen(("past",)), False),
        (Chosen((), ("never",)), False),
        (Chosen((), ("now",)), True),
    ],
)
def test_a_choice_contradicts_what_the_diagnosis_implies_where_it_says_another_or_no(
    value: Chosen, agrees: bool
) -> None:
    """Dermatomyositis sine dermatitis never had a rash."""
    patient = Patient(("dmsd",), ADULT).with_fact("rash", value)
    assert contradicted(patient, DAY) == (None if agrees else "rash")


@pytest.mark.parametrize("value", [Chosen(("scleroderma",)), Chosen((), ("scleroderma",)), Chosen(("none",))])
def test_scleromyositis_leaves_it_open_whether_there_is_scleroderma(value: Chosen) -> None:
    """Many who have it do not fulfil the criteria of systemic sclerosis (Giannini et al., Front Immunol 2023;13:974078)."""
    assert "other_autoimmune" not in known_facts(Patient(("scleromyo",), ADULT), DAY)
    assert contradicted(Patient(("scleromyo",), ADULT).with_fact("other_autoimmune", value), DAY) is None


def test_the_times_since_onset_that_some_condition_looks_at() -> None:
    assert set(telling_onsets()) == {SpanRule(below=Span(3, "years")), SpanRule(above=Span(5, "years"))}


def test_the_ages_at_which_some_condition_changes() -> None:
    """Some facts are usual up to eight years of age, some from eighteen on."""
    assert telling_ages() == (Span(9, "years"), Span(18, "years"))


def test_what_the_criterion_of_a_fact_depends_on() -> None:
    assert reach("weight").facts == {"weight"}
    assert reach("weight").conditions == ()
    assert reach("muscle_weakness").facts == {"muscle_weakness", "mmt8"}
    assert {"fvc", "dlco", "oxygen", "rpild"} < reach("ild").facts
    antibodies = {one for condition in reach("ild").conditions for one in condition.antibodies}
    assert antibodies == {"mda5", "ars_any"}


@pytest.mark.parametrize(
    ("id", "plain", "first", "last", "told", "holds_from"),
    [
        ("steroid_stable", {"min": span(4, "weeks")}, "2026-10-23", "2026-10-23", "met", None),
        ("steroid_stable", {"min": span(4, "weeks")}, "2026-10-24", "2026-10-24", "not_met", ("2026-11-21", "2026-11-21")),
        ("steroid_stable", {"min": span(4, "weeks")}, "2026-10-01", "2026-10-31", "unknown", ("2026-10-29", "2026-11-28")),
        ("steroid_stable", {"above": span(4, "weeks")}, "2026-10-23", "2026-10-23", "not_met", ("2026-11-21", "2026-11-21")),
        ("diagnosed_on", {"since": {"max": span(5, "years")}}, "2021-11-20", "2021-11-20", "met", None),
        ("diagnosed_on", {"since": {"max": span(5, "years")}}, "2021-11-19", "2021-11-19", "not_met", None),
        ("diagnosed_on", {"since": {"below": span(12, "months")}}, "2025-11-20", "2025-11-20", "not_met", None),
        ("diagnosed_on", {"since": {"below": span(12, "months")}}, "2025-11-21", "2025-11-21", "met", None),
        ("diagnosed_on", {"age": {"min": span(18, "years")}}, "1998-01-01", "1998-01-01", "met", None),
        ("diagnosed_on", {"age": {"min": span(18, "years")}}, "1997-12-31", "1997-12-31", "not_met", None),
        ("cv_event", {"excluded": {"within": span(12, "months")}}, "2026-01-01", "2026-01-31", "not_met", ("2027-01-01", "2027-01-31")),
    ],
)  # fmt: skip
def test_a_time(
    id: str, plain: Any, first: str, last: str, told: str, holds_from: tuple[str, str] | None
) -> None:  # fmt: skip
    value = When(date.fromisoformat(first), date.fromisoformat(last))
    criterion = CRITERIA[id](fact_rule(id, plain), with_(id, value), DAY)
    assert criterion.outcome == told
    assert criterion.holds_from == (holds_from and tuple(map(date.fromisoformat, holds_from)))


# Presumed --------------------------------------------------------------------------------------------------------------

EXCLUDING: dict[str, Any] = {"cv_event": {"excluded": {"within": span(12, "months")}}}


def excluding(id: str) -> Any:
    """A rule on a fact that its usual answer escapes."""
    row = FACTS[id]
    if row.kind == "choice":
        others = [one.id for one in row.values if one.id not in (row.usual, "aid")]
        return {"excluded": others[-1:]}
    return {"min": row.usual["min"]} if row.kind == "number" else EXCLUDING.get(id, "excluded")


USUAL = [id for id, row in FACTS.items() if row.usual is not None]
TRIGGERS = [(id, number) for id in USUAL for number in range(len(FACTS[id].unless))]


@together((id,) for id in USUAL)
def test_the_usual_answer_is_presumed_and_a_requirement_never(id: str) -> None:
    nobody = Patient(("granm",), ADULT)
    assert outcome(id, excluding(id), nobody) == "presumed"
    usual = usual_value(id)
    assert usual is not None
    assert outcome(id, excluding(id), nobody.with_fact(id, usual)) == "met"
    assert outcome(id, excluding(id), nobody.with_fact(id, InDoubt())) == "unknown"
    if FACTS[id].kind == "yes_no":
        assert outcome(id, "required", nobody) == "unknown"
    if FACTS[id].kind == "choice":
        assert outcome(id, {"required": [FACTS[id].usual]}, nobody) in ("unknown", "met")


def meant(condition: dict[str, Any]) -> Patient:
    """Somebody of whom a set of conditions holds."""
    patient = Patient(tuple(condition.get("subtypes", ("granm",)))[:1], ADULT)
    patient = patient._replace(antibodies=tuple((one, "positive") for one in condition.get("antibodies", ())[:1]))
    for id, plain in condition.get("facts", {}).items():
        row = FACTS[id]
        value: FactValue
        if row.kind == "yes_no":
            value = YesNo(plain == "required")
        elif row.kind == "choice":
            value = Chosen((plain["required"][0],))
        elif row.kind == "number":
            value = Amount(plain["below"] - 1, plain["below"] - 1) if "below" in plain else Amount(9, 9)
        else:
            years = 1 if "below" in plain["since"] else 9
            began = DAY - timedelta(days=366 * years)
            value = Onset(began, began) if id == "onset" else When(began, began)
        patient = patient.with_fact(id, value)
    return patient


@together(TRIGGERS)
def test_each_trigger_turns_what_is_presumed_into_a_question(id: str, number: int) -> None:
    condition = dict(FACTS[id].unless[number])
    patient = meant(condition)
    told = CRITERIA[id](fact_rule(id, excluding(id)), patient, DAY)
    assert told.outcome in ("unknown", "not_met"), told
    if told.outcome == "unknown":
        assert told.code == "not_presumed"


@pytest.mark.parametrize(
    ("id", "fact", "value", "told"),
    [
        ("cancer", "onset", Onset(date(2023, 1, 1), date(2023, 12, 31)), "unknown"),
        ("cancer", "onset", Onset(date(2023, 1, 1), date(2023, 6, 30)), "presumed"),
        ("cancer", "diagnosed_on", When(date(2023, 11, 1), date(2023, 11, 30)), "unknown"),
        ("severe_muscle_damage", "muscle_damage", Amount(5, 6), "unknown"),
        ("severe_muscle_damage", "muscle_damage", Amount(4, 5), "presumed"),
        ("severe_muscle_damage", "onset", Onset(date(2021, 1, 1), date(2021, 12, 31)), "unknown"),
        ("severe_muscle_damage", "onset", Onset(date(2022, 1, 1), date(2022, 12, 31)), "presumed"),
        ("ild", "fvc", Amount(None, 85), "unknown"),
        ("ild", "fvc", Amount(80, None), "presumed"),
    ],
)
def test_a_range_that_may_trigger_does(id: str, fact: str, value: FactValue, told: str) -> None:
    """What is known only as a range is presumed safe only where all of it is."""
    assert outcome(id, "excluded", with_(fact, value)) == told


def test_a_search_for_cancer_and_a_child_are_presumed_free_of_it() -> None:
    recent = Patient(("dm",), ADULT).with_fact("diagnosed_on", When(date(2026, 1, 1), date(2026, 1, 31)))
    assert outcome("cancer", "excluded", recent) == "unknown"
    searched = recent.with_fact("cancer_screening", When(date(2026, 2, 1), date(2026, 2, 28)))
    assert outcome("cancer", "excluded", searched) == "presumed"
    child = Patient(("jdm",), Birth(date(2016, 1, 1), date(2016, 1, 1)), (("tif1g", "positive"),))
    assert outcome("cancer", "excluded", child) == "presumed"
    assert outcome("cancer", "excluded", child._replace(birth=ADULT)) == "unknown"
    assert outcome("cancer", "excluded", child._replace(birth=None)) == "unknown"


# Implied ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("patient", "id", "value"),
    [
        (Patient(("cam",)), "cancer", YesNo(True)),
        (Patient(("asys_ild",)), "ild", YesNo(True)),
        (Patient(("asys_ild", "pm")), "ild", YesNo(True)),
        (Patient(sex="male"), "pregnancy", YesNo(False)),
        (Patient(sex="female"), "pregnancy", None),
        (Patient(birth=Birth(date(2020, 1, 1), date(2020, 1, 1))), "pregnancy", YesNo(False)),
        (Patient(birth=Birth(date(2010, 1, 1), date(2010, 1, 1))), "pregnancy", None),
        (Patient(facts=[("rpild", YesNo(True))]), "ild", YesNo(True)),
        (Patient(facts=[("ild", YesNo(False))]), "rpild", YesNo(False)),
        (Patient(facts=[("mmt8", Amount(120, 120, 150))]), "muscle_weakness", YesNo(True)),
        (Patient(facts=[("mmt8", Amount(70, 70, 80))]), "muscle_weakness", YesNo(True)),
        (Patient(facts=[("mmt8", Amount(150, 150, 150))]), "muscle_weakness", None),
        (Patient(facts=[("treatment_naive", YesNo(True))]), "failed_drugs", Amount(0, 0)),
        (Patient(facts=[("failed_drugs", Amount(2, 2))]), "treatment_naive", YesNo(False)),
        (Patient(facts=[("ck_uln", Amount(8, 8))]), "enzyme_uln", Amount(8, None)),
        (Patient(facts=[("walking", Chosen(("chair",)))]), "chair_rise", YesNo(False)),
    ],
)
def test_what_is_given_gives_more_away(patient: Patient, id: str, value: FactValue | None) -> None:
    assert known_facts(patient, DAY).get(id) == value
    assert implied(patient, DAY, id) == value


@pytest.mark.parametrize(
    ("patient", "wrong"),
    [
        (Patient(("cam",), facts=[("cancer", YesNo(False))]), "cancer"),
        (Patient(sex="male", facts=[("pregnancy", YesNo(True))]), "pregnancy"),
        (Patient(facts=[("ck_uln", Amount(8, 8)), ("enzyme_uln", Amount(2, 2))]), "enzyme_uln"),
        (Patient(facts=[("ck_uln", Amount(8, 8)), ("enzyme_uln", Amount(9, 9))]), None),
    ],
)
def test_what_contradicts_itself_is_seen(patient: Patient, wrong: str | None) -> None:
    assert contradicted(patient, DAY) == wrong


# Properties ------------------------------------------------------------------------------------------------------------


@given(trials, patients)
@examples(40)
def test_a_fact_left_out_never_excludes(trial: Trial, patient: Patient) -> None:
    """What is excluded without a fact is excluded with it: to know more never opens what was closed."""
    for id in FACT_IDS:
        value = patient.fact(id)
        if value is None or contradicted(patient, DAY) is not None:
            continue
        if assess(patient.with_fact(id, None), trial, DAY).verdict == "excluded":
            assert assess(patient, trial, DAY).verdict == "excluded", id


@pytest.mark.parametrize("id", USUAL)
@given(st.data(), patients, plain_eligibilities)
@examples(6)
def test_a_presumed_fact_typed_as_its_usual_answer_changes_no_verdict(
    id: str, data: st.DataObject, patient: Patient, rules: Eligibility
) -> None:
    """Of a trial in which only this fact's own exclusions look at it."""
    usual = usual_value(id)
    assert usual is not None
    own = rules._replace(facts=((id, data.draw(fact_rules(id))), *rules.facts))
    only = Trial("NCT00000001", "interventional", eligibility=own, countries=CountryRule(("FR", "DE"), complete=True))
    patient = patient.with_fact(id, None)
    before = assess(patient, only, DAY)
    if any(one.name == id and one.outcome == "presumed" for one in before.criteria):
        after = assess(patient.with_fact(id, usual), only, DAY)
        assert after.verdict == before.verdict
        assert not any(one.name == id and one.outcome == "presumed" for one in after.criteria)


@together((id,) for id in FACT_IDS)
def test_values_of_the_table_are_values(id: str) -> None:
    row = FACTS[id]
    for condition in row.implied_by:
        assert value_of(row, condition["value"])
    assert values(id) is not None


@together((id,) for id in FACT_IDS)
def test_the_usual_answer_is_of_the_kind_of_its_fact(id: str) -> None:
    row = FACTS[id]
    kinds: dict[str, FactValue] = {
        "yes_no": YesNo(bool(row.usual)),
        "choice": Chosen((str(row.usual),)),
        "span": When(),
        "day": When(),
    }
    low, high = (row.usual.get("min"), row.usual.get("max")) if isinstance(row.usual, dict) else (row.usual, row.usual)
    assert usual_value(id) == (None if row.usual is None else kinds.get(row.kind, Amount(low, high)))
