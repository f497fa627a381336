"""Rules on treatments: five shapes, wash-outs around month ends, classes and members, what a list gives away."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.advice.near_misses import near_misses
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.dates import complete_on
from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import OTHER, Amount, Patient, Treatment, When, YesNo
from myofind.domain.rules import Span, treatment_rule
from myofind.domain.treatment_facts import NAIVE, STANDS_FOR, WIDER, derived_facts, not_taken
from myofind.domain.treatments import judge_treatments
from myofind.domain.trial import Eligibility, Trial
from myofind.matching import trial_sets as sets
from myofind.names.compiled_files import below, read
from myofind.words.reasons import presumption
from tests.together import together

DAY = date(2026, 11, 25)
SIX_MONTHS = {"any": ["rituximab"], "excluded": {"within": {"number": 6, "unit": "months"}}}


def patient(*typed: str, **more: Any) -> Patient:
    return understand(Typed(treatments=typed, **more), DAY).patient


def outcome(rule: dict[str, Any], *typed: str, **more: Any) -> tuple[str, str]:
    told = judge_treatments(treatment_rule(rule), patient(*typed, **more), DAY)
    return told.outcome, told.code


EVER, NOW = {"excluded": "ever"}, {"excluded": "now"}


@together(
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
    ]
)
def test_every_shape(rule: dict[str, Any], typed: tuple[str, ...], told: tuple[str, str]) -> None:
    assert outcome(rule, *typed) == told


CLASS_PAST, CLASS_NOW = "immunosuppressant until 2019", "immunosuppressant now"


@together(
    [
        (EVER, (CLASS_PAST,), "unknown"),
        (EVER, (CLASS_PAST, "no other"), "unknown"),
        (EVER, (CLASS_PAST, "never any other"), "unknown"),
        (EVER, (CLASS_NOW, "never any other"), "unknown"),
        (EVER, (CLASS_PAST, "never tacrolimus"), "met"),
        (EVER, ("never calcineurin inhibitor", CLASS_NOW), "met"),
        (NOW, (CLASS_PAST,), "presumed"),
        (NOW, (CLASS_PAST, "no other"), "met"),
        (NOW, (CLASS_NOW, "no other"), "unknown"),
        (NOW, (CLASS_NOW, "tacrolimus until 2019"), "met"),
        (NOW, (CLASS_NOW, "never tacrolimus"), "met"),
        (NOW, (CLASS_NOW, "no tacrolimus"), "met"),
        (NOW, ("no immunosuppressant",), "met"),
        ({"excluded": {"within": {"number": 6, "unit": "months"}}}, (CLASS_PAST, "never any other"), "unknown"),
        ({"excluded": {"within": {"number": 6, "unit": "months"}}}, (CLASS_NOW, "tacrolimus until 2019"), "met"),
        ({"required": "now"}, (CLASS_PAST,), "unknown"),
        ({"required": "now"}, (CLASS_PAST, "no other"), "not_met"),
        ({"required": "now"}, (CLASS_NOW, "no other"), "unknown"),
        ({"required": "now"}, (CLASS_NOW, "never tacrolimus"), "not_met"),
        ({"required": "now"}, (CLASS_NOW, "tacrolimus until 2019"), "not_met"),
        ({"required": "ever"}, (CLASS_PAST, "never any other"), "unknown"),
        ({"required": "ever"}, (CLASS_NOW, "tacrolimus until 2019"), "met"),
        ({"required": "ever"}, (CLASS_PAST, "never tacrolimus"), "not_met"),
    ]
)
def test_a_class_leaves_its_members_unknown(asked: dict[str, Any], typed: tuple[str, ...], told: str) -> None:
    """What is said of tacrolimus itself counts before what is said of a class that holds it."""
    assert outcome({"any": ["tacrolimus"], **asked}, *typed)[0] == told


@pytest.mark.parametrize(
    ("asked", "typed", "told"),
    [
        (EVER, ("never tacrolimus", "never any other"), "met"),
        (NOW, ("tacrolimus until 2019",), "presumed"),
        (NOW, ("tacrolimus until 2019", "no other"), "met"),
        ({"excluded": {"within": {"number": 6, "unit": "months"}}}, ("tacrolimus until 2019", "never any other"), "met"),
        ({"excluded": {"within": {"number": 6, "unit": "months"}}}, ("tacrolimus until 2019",), "unknown"),
        ({"unchanged": {"number": 4, "unit": "weeks"}}, ("tacrolimus since 2019",), "presumed"),
        ({"unchanged": {"number": 4, "unit": "weeks"}}, ("tacrolimus since 2019", "no other"), "met"),
        ({"unchanged": {"number": 4, "unit": "weeks"}}, ("tacrolimus since 2019", "calcineurin inhibitor now"), "unknown"),
        ({"required": "now"}, ("tacrolimus",), "met"),
        ({"required": "now"}, ("never tacrolimus", "never any other"), "not_met"),
    ],
)  # fmt: skip
def test_a_member_speaks_for_its_class_and_not_for_the_rest_of_it(
    asked: dict[str, Any], typed: tuple[str, ...], told: str
) -> None:
    assert outcome({"any": ["immunosuppressant"], **asked}, *typed)[0] == told


def test_what_is_presumed_of_the_rest_of_a_class_is_said_so() -> None:
    rule = treatment_rule({"any": ["immunosuppressant"], "unchanged": {"number": 4, "unit": "weeks"}})
    told = judge_treatments(rule, patient("tacrolimus since 2019"), DAY)
    assert presumption(told, "en") == "no other immunosuppressants now"
    assert presumption(told, "fr").startswith("pas d'autre traitement")


def test_what_is_said_to_be_the_only_treatment_has_none_beside_it() -> None:
    assert [each.drug for each in patient("MTX only", "never rituximab", "AZA stopped 2024").treatments] == [
        "azathioprine", "methotrexate", OTHER, "rituximab",
    ]  # fmt: skip
    with pytest.raises(InputError, match="the only treatment"):
        patient("AZA", "MTX only")


def test_drugs_failed_in_a_disease_that_is_not_refractory_are_remarked() -> None:
    for failed, told in (("2 drugs failed", True), ("failed MTX, AZA, MMF", True), ("1 drug failed", False)):
        notes = understand(Typed(facts=(failed,), refractory=False), DAY).readings
        assert any("not refractory although" in note for note in notes) == told, failed


@pytest.mark.parametrize("typed", [("no immunosuppressant", "tacrolimus"), ("never biologic", "rituximab until 2020")])
def test_a_class_not_taken_and_a_member_taken_are_refused(typed: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="given twice"):
        patient(*typed)


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
    assert judge_treatments(treatment_rule({"any": ["glucocorticoid"], **EVER}), none, DAY).outcome == "unknown"


MOST = {"any": ["glucocorticoid"], "dose": {"max": 20}}


@pytest.mark.parametrize(
    ("dose", "most", "now", "required"),
    [
        (Amount(0, 0), "met", "met", "not_met"),
        (Amount(0.5, 0.5), "met", "not_met", "met"),
        (Amount(0, 0.5), "met", "unknown", "unknown"),
        (Amount(15, 20), "met", "not_met", "met"),
        (Amount(20, 20), "met", "not_met", "met"),
        (Amount(15, 25), "unknown", "not_met", "met"),
        (Amount(20, 25, open_low=True), "not_met", "not_met", "met"),
        (Amount(20, 25), "unknown", "not_met", "met"),
        (Amount(21, 25), "not_met", "not_met", "met"),
        (Amount(None, 20), "met", "unknown", "unknown"),
        (Amount(None, 25), "unknown", "unknown", "unknown"),
        (Amount(0, None, open_low=True), "unknown", "not_met", "met"),
        (Amount(25, None), "not_met", "not_met", "met"),
    ],
)
def test_a_steroid_dose_may_be_a_range(dose: Amount, most: str, now: str, required: str) -> None:
    """Unknown where a bound divides the range, or where none may be taken; nought is not taken."""
    person = Patient(facts=[("steroid_dose", dose)])
    for rule, told in (
        (MOST, most),
        ({"any": ["glucocorticoid"], **NOW}, now),
        ({"any": ["glucocorticoid"], "required": "now"}, required),
    ):
        assert judge_treatments(treatment_rule(rule), person, DAY).outcome == told, rule


def test_a_dose_among_the_facts_completes_a_steroid_among_the_treatments() -> None:
    typed = Typed(treatments=("prednisone since 2026-01",), facts=("steroid_dose 15 mg",))
    assert judge_treatments(treatment_rule(STABLE), understand(typed, DAY).patient, DAY).outcome == "met"


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
    assert derived_facts(patient("never any other").treatments)["background_count"] == Amount(0, 0)
    two = patient("MTX", "calcineurin inhibitor now").treatments
    assert derived_facts(two)["background_count"] == Amount(2, None), (
        "a class is another drug where it does not hold the first"
    )
    one = patient("tacrolimus", "immunosuppressant now", "no other").treatments
    assert derived_facts(one)["background_count"] == Amount(1, None), "the class may be the drug that is named"
    assert derived_facts(patient("car_t until 2024").treatments)["cell_therapy"] == YesNo(True)
    assert "cell_therapy" not in derived_facts(patient("MTX").treatments)


@pytest.mark.parametrize(
    ("typed", "naive"),
    [
        (("rituximab until 2024",), False),
        (("IVIG",), False),
        (("MTX until 2020-01", "never any other"), False),
        (("prednisone 20 mg",), None),
        (("prednisone 20 mg", "never any other"), None),
        (("hydroxychloroquine",), None),
        (("no MTX",), None),
        (("never MTX",), None),
        (("never any other",), True),
        (("never MTX", "never any other"), True),
    ],
)
def test_whether_somebody_was_ever_treated_follows_from_the_treatments(
    typed: tuple[str, ...], naive: bool | None
) -> None:
    told = derived_facts(patient(*typed).treatments).get("treatment_naive")
    assert told == (None if naive is None else YesNo(naive))


@pytest.mark.parametrize(
    ("more", "told"),
    [({}, "presumed"), ({"facts": ("no cell therapy",)}, "met"), ({"facts": ("cell therapy",)}, "unknown")],
)
def test_earlier_cells_are_presumed_never_as_the_fact_is(more: dict[str, Any], told: str) -> None:
    """So are cells now, or within a time: who never had any has none."""
    for asked in (EVER, NOW, {"excluded": {"within": {"number": 6, "unit": "months"}}}):
        assert outcome({"any": ["car_t"], **asked}, **more)[0] == told
    assert outcome({"any": ["car_t"], "required": "ever"}, **more)[0] == ("not_met" if told == "met" else "unknown")


ASKED = (
    EVER, NOW, {"excluded": {"within": {"number": 6, "unit": "months"}}}, {"required": "ever"}, {"required": "now"},
    {"unchanged": {"number": 4, "unit": "weeks"}},
)  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(("drug", "id"), STANDS_FOR.items())
def test_a_fact_that_stands_for_a_class_is_the_class_once_taken_or_never(
    drug: str, id: str, asked: dict[str, Any]
) -> None:
    """Both ways: what the fact says decides every rule on the class or a member as the treatment would; and the treatment the fact."""
    kinds = [drug, *sorted(below("drugs", drug))]
    yes, no = (Patient(facts=((id, YesNo(answer)),)) for answer in (True, False))
    once, never = (Patient(treatments=(Treatment(drug, status),)) for status in ("past", "never"))
    for wanted in kinds:
        rule = treatment_rule({"any": [wanted], **asked})
        told = [judge_treatments(rule, each, DAY) for each in (no, never)]
        assert told[0] == told[1], wanted
        if id not in WIDER and wanted == drug:
            told = [judge_treatments(rule, each, DAY) for each in (yes, once)]
            assert told[0] == told[1], wanted
        elif id in WIDER:
            assert judge_treatments(rule, yes, DAY).outcome == "unknown", "it may be an organ's"
    assert known_facts(once, DAY)[id] == YesNo(True)
    assert known_facts(never, DAY).get(id) == (None if id in WIDER else YesNo(False))
    assert known_facts(Patient(treatments=(Treatment("other", "never"),)), DAY).get(id) == known_facts(never, DAY).get(
        id
    )


@pytest.mark.parametrize(("typed", "treatment"), [
    ("CAR-T", "CAR-T stopped"), ("previous CAR-T", "CAR-T stopped"), ("CAR-T 2025-02", "CAR-T until 2025-02"), ("no CAR-T", "never CAR-T"),
    ("pas d'antécédent de CAR-T", "never CAR-T"), ("autogreffe en 2018", "autogreffe jusqu'en 2018"), ("HSCT", "HSCT stopped"),
    ("earlier cell therapy 2022", "cell therapy until 2022"),
])  # fmt: skip
def test_a_fact_named_by_a_treatment_is_that_treatment(typed: str, treatment: str) -> None:
    """In every place where facts stand: an option, beside a diagnosis, beside the treatment itself."""
    listed = patient(treatment).treatments
    assert patient(facts=(typed,)).treatments == listed
    assert patient(subtypes=(f"DM, {typed}",)).treatments == listed
    assert patient(treatment, facts=(typed,)).treatments == listed


def test_one_cell_therapy_makes_it_unsafe_to_presume_that_there_was_no_other() -> None:
    assert outcome({"any": ["msc"], **EVER}, "car_t until 2024")[0] == "unknown"


def test_somebody_never_treated_never_had_any() -> None:
    rule = {"any": ["immunosuppressant", "biologic"], **EVER}
    assert outcome(rule, facts=("naive",)) == ("met", "never")
    assert CRITERIA["treatments"](treatment_rule(rule), patient(), DAY).outcome == "unknown"


UNSAFE = [
    (drug, kind, one)
    for drug, conditions in read("unless_drugs").items()
    for condition in conditions
    for kind in ("subtypes", "antibodies")
    for one in condition.get(kind, ())
]


@pytest.mark.parametrize(("drug", "kind", "one"), UNSAFE)
def test_a_drug_is_not_presumed_absent_where_the_table_says_so(drug: str, kind: str, one: str) -> None:
    rule = treatment_rule({"any": [drug], **NOW})
    listed = (Treatment("methotrexate", "now"),)
    plain = Patient(("dm",), treatments=listed)
    told = (
        plain._replace(subtypes=("dm", one)) if kind == "subtypes" else plain._replace(antibodies=((one, "positive"),))
    )
    before, after = (judge_treatments(rule, patient, DAY) for patient in (plain, told))
    assert (before.outcome, before.code) == ("presumed", "listed")
    assert (after.outcome, after.code, after.facts) == ("unknown", "not_presumed", (drug,))


@pytest.mark.parametrize("excluded", ["ever", "now", {"within": {"number": 6, "unit": "months"}}])
def test_who_was_never_treated_took_none_of_the_drugs_that_count_as_treatment(excluded: Any) -> None:
    """With no list typed: the fact alone says that such a drug was never taken, and so is not now."""
    for drug in (*NAIVE, "rituximab", "methotrexate"):
        rule = {"any": [drug], "excluded": excluded}
        assert outcome(rule, facts=("treatment naive",))[0] == "met", drug
        assert outcome(rule)[0] == ("presumed" if drug in STANDS_FOR else "unknown"), drug


@together(itertools.product((date(2026, 5, 25), date(2026, 2, 28)), (0, 1, 30), range(-2, 34)))
def test_a_dose_is_unchanged_for_long_enough_from_the_day_its_time_is_complete(
    first: date, wide: int, late: int
) -> None:
    """As a wash-out is: the day on which the months are complete counts; of a coarse date each day that is possible."""
    last, day = first + timedelta(days=wide), complete_on(first, Span(3, "months")) + timedelta(days=late)
    rule = treatment_rule({"any": ["prednisone"], "unchanged": {"number": 3, "unit": "months"}})
    stopped = treatment_rule({"any": ["prednisone"], "excluded": {"within": {"number": 3, "unit": "months"}}})
    ends = (complete_on(first, Span(3, "months")), complete_on(last, Span(3, "months")))
    outcome = "not_met" if day < ends[0] else "unknown" if day < ends[1] else "met"
    for own, treatment, codes in (
        (
            rule,
            Treatment("prednisone", "now", changed=When(first, last)),
            ("changed_recently", "near_bound", "unchanged"),
        ),
        (
            rule,
            Treatment("prednisone", "now", since=When(first, last)),
            ("changed_recently", "near_bound", "unchanged"),
        ),
        (stopped, Treatment("prednisone", "past", until=When(first, last)), ("too_recent", "near_bound", "long_ago")),
    ):
        told = judge_treatments(own, Patient(treatments=(treatment,)), day)
        assert (told.outcome, told.holds_from) == (outcome, None if outcome == "met" else ends)
        assert told.code == codes[("not_met", "unknown", "met").index(outcome)]
        assert told.facts == (() if outcome == "met" else ("prednisone",))


CHAIN = ("tacrolimus", "calcineurin_inhibitor", "immunosuppressant")
"""A drug, its class, and the class above that."""
HELD = (*CHAIN, "rituximab")


@together(itertools.product(HELD, ("now", "past"), (True, False), (None, "never", "not_now")))
def test_what_is_not_named_is_not_taken_unless_something_of_its_kind_is(
    held: str, status: str, ever: bool, other: str | None
) -> None:
    """Asked of each of a drug and its classes: `no other` closes what neither is what is held nor holds it."""
    named: list[Any] = [Treatment(held, status)]  # type: ignore[arg-type]
    listed = (*named, *([Treatment(OTHER, other)] if other else []))  # type: ignore[arg-type]
    for asked in CHAIN:
        counts = ever or status == "now"
        closed = other == "never" or (other == "not_now" and not ever)
        assert not_taken(asked, listed, ever=ever) == (closed and not (counts and held in CHAIN)), asked


@together(itertools.product(HELD, ("never", "not_now"), (True, False)))
def test_a_class_that_is_denied_is_denied_of_its_members(denied: str, status: str, ever: bool) -> None:
    listed = (Treatment(denied, status),)  # type: ignore[arg-type]
    for asked in CHAIN:
        below = denied in CHAIN and CHAIN.index(asked) <= CHAIN.index(denied)
        assert not_taken(asked, listed, ever=ever) == (below and (status == "never" or not ever)), asked


@together(itertools.product((None, "now", "coarse", "recent", "long ago"), repeat=2))
def test_of_several_drugs_the_longest_wait_counts_and_none_where_the_worst_does_not_end(
    one: str | None, other: str | None
) -> None:
    """Rituximab and cyclophosphamide, each taken now, stopped on a day or in a month near the bound, long ago, or not named."""
    days = {
        "coarse": ("2026-05-10", "2026-06-10"),
        "recent": ("2026-09-01", "2026-09-01"),
        "long ago": ("2020-01-01", "2020-01-01"),
    }
    rule = treatment_rule(
        {"any": ["rituximab", "cyclophosphamide"], "excluded": {"within": {"number": 6, "unit": "months"}}}
    )
    listed, waits = [], []
    for drug, when in (("rituximab", one), ("cyclophosphamide", other)):
        if when == "now":
            listed.append(Treatment(drug, "now"))
        elif when:
            first, last = map(date.fromisoformat, days[when])
            listed.append(Treatment(drug, "past", until=When(first, last)))
            waits += (
                [(complete_on(first, Span(6, "months")), complete_on(last, Span(6, "months")))]
                if when != "long ago"
                else []
            )
    told = judge_treatments(rule, Patient(treatments=tuple(listed)), DAY)
    drugs = {one, other}
    bad = "now" in drugs or "recent" in drugs
    open_ones = bool(drugs & {None, "coarse"})
    assert told.outcome == ("not_met" if bad else "unknown" if open_ones else "met")
    ends = bool(waits) and ("now" not in drugs if bad else None not in drugs)
    assert told.holds_from == ((max(wait[0] for wait in waits), max(wait[1] for wait in waits)) if ends else None)


@pytest.mark.parametrize(
    "typed", ["tous les immunosuppresseurs sauf MTX", "immunosuppressants except MTX", "immunosuppresseurs hormis MTX"]
)
def test_no_help_joins_a_drug_that_is_taken_out(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(subtypes=("dm",), treatments=(typed,)), date(2026, 11, 25))
    assert all("+" not in hint for hint in refused.value.hint_words)
