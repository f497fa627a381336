"""Facts and treatments as typed, in English and French: read to the last word, or refused with what is accepted."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.asking.as_typed import typed_again, typed_treatment
from myofind.asking.profile import understand
from myofind.asking.profile_file import read_profile
from myofind.asking.small_words import RELATIVES
from myofind.asking.typed import Typed, overlay
from myofind.asking.typed_facts import read_fact, read_facts
from myofind.asking.typed_treatments import read_treatment
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.patient import OTHER, Amount, Chosen, FactValue, InDoubt, Onset, Treatment, When, YesNo
from myofind.domain.treatment_facts import STANDS_FOR
from myofind.names.facts import FACTS
from myofind.names.vocabulary import ids, resolve
from tests.run import myofind
from tests.together import together

DAY = date(2026, 11, 25)


def between(first: str, last: str) -> When:
    return When(date.fromisoformat(first), date.fromisoformat(last))


YEAR_2019 = YesNo(True, True, date(2019, 1, 1), date(2019, 12, 31))
READ: list[tuple[str, str, FactValue]] = [
    ("cancer", "cancer", YesNo(True)),
    ("no cancer", "cancer", YesNo(False)),
    ("pas de cancer", "cancer", YesNo(False)),
    ("sans néoplasie", "cancer", YesNo(False)),
    ("Cancer : non", "cancer", YesNo(False)),
    ("cancer=no", "cancer", YesNo(False)),
    ("cancer 2019", "cancer", YEAR_2019),
    ("cancer en 2019", "cancer", YEAR_2019),
    ("cancer=2019", "cancer", YEAR_2019),
    ("past cancer", "cancer", YesNo(True, True)),
    ("antécédent de cancer", "cancer", YesNo(True, True)),
    ("active infection", "active_infection", YesNo(True)),
    ("not pregnant", "pregnancy", YesNo(False)),
    ("non enceinte", "pregnancy", YesNo(False)),
    ("fvc 65 %", "fvc", Amount(65, 65)),
    ("CVF 65 %", "fvc", Amount(65, 65)),
    ("FVC: 65% predicted", "fvc", Amount(65, 65)),
    ("CVF 65,5 % de la théorique", "fvc", Amount(65.5, 65.5)),
    ("fvc < 70 %", "fvc", Amount(None, 70, open_high=True)),
    ("DLCO ≥ 45", "dlco", Amount(45, None)),
    ("MMT8 = 120/150", "mmt8", Amount(120, 120, 150)),
    ("MMT-8 74/80", "mmt8", Amount(74, 74, 80)),
    ("MMT 8 120", "mmt8", Amount(120, 120, 150)),
    ("CK 8N", "ck_uln", Amount(8, 8)),
    ("CPK 8 x N", "ck_uln", Amount(8, 8)),
    ("CK 8,5 fois la normale", "ck_uln", Amount(8.5, 8.5)),
    ("haemoglobin 120 g/L", "haemoglobin", Amount(12, 12)),
    ("platelets 150000/mm3", "platelets", Amount(150, 150)),
    ("EVA médecin 4/10", "phga", Amount(4, 4)),
    ("failed 2 drugs", "failed_drugs", Amount(2, 2)),
    ("HBV=negative", "chronic_infection", Chosen((), ("hbv",))),
    ("no HBV", "chronic_infection", Chosen((), ("hbv",))),
    ("VHB négatif", "chronic_infection", Chosen((), ("hbv",))),
    ("hepatitis C", "chronic_infection", Chosen(("hcv",))),
    ("chronic_infection none", "chronic_infection", Chosen(("none",))),
    ("fauteuil roulant", "walking", Chosen(("chair",))),
    ("walking alone", "walking", Chosen(("alone",))),
    ("no oxygen", "oxygen", Chosen(("none",))),
    ("O2 rest", "oxygen", Chosen(("rest",))),
    ("rash", "rash", Chosen(("now",))),
    ("never rash", "rash", Chosen(("never",))),
    ("éruption passée", "rash", Chosen(("past",))),
    ("MRI 2026-10", "activity_proof", Chosen(("mri",), (), date(2026, 10, 1), date(2026, 10, 31))),
    ("steroids stable 6 weeks", "steroid_stable", between("2026-10-08", "2026-10-14")),
    ("corticoïdes stables depuis 6 semaines", "steroid_stable", between("2026-10-08", "2026-10-14")),
    ("steroid stable > 3 months", "steroid_stable", between("0001-01-01", "2026-08-25")),
    ("diagnosed 2025-03", "diagnosed_on", between("2025-03-01", "2025-03-31")),
    ("cv_event never", "cv_event", When()),
    ("jamais de thrombose, infarctus ou AVC", "cv_event", When()),
    ("AVC il y a 6 mois", "cv_event", between("2026-04-26", "2026-05-25")),
    ("onset 2024-03", "onset", Onset(date(2024, 3, 1), date(2024, 3, 31))),
    ("vacciné contre Hib", "vaccinated_hib", YesNo(True)),
    ("Hib vaccine: no", "vaccinated_hib", YesNo(False)),
    ("non vacciné contre Hib", "vaccinated_hib", YesNo(False)),
    ("sex f", "sex", Chosen(("female",))),
]


def read_alone(typed: str) -> tuple[str, FactValue | None] | None:
    """The fact of a text and its value."""
    told = read_fact(typed, DAY, None)
    return told and (told.id, told.value)


@together(READ)
def test_what_is_read(typed: str, id: str, value: FactValue) -> None:
    for form in (typed, typed.upper() if "x N" not in typed else typed, f"  {typed} "):
        assert read_alone(form) == (id, value), form


@together(
    (typed,)
    for typed in [
        "",
        " ",
        "grippe",
        "not no cancer",
        "cancer cancer",
        "no cancer 2019",
        "cancer now 2019",
        "cancer 2030",
        "cancer within 2019",
        "no past cancer",
        "fvc",
        "fvc 2.1 L",
        "fvc 65 % or so",
        "fvc 6500 %",
        "fvc -65 %",
        "fvc 65 66",
        "MMT8 74",
        "MMT8 160/150",
        "MMT8 120/160",
        "CK 8",
        "CK 800 U/L",
        "haq 1,250",
        "ECOG 1.5",
        "oxygen",
        "no rash",
        "rash yes no",
        "walking",
        "walking alone chair",
        "HBV HBV maybe",
        "activity proof",
        "MRI 2030-10",
        "steroid stable",
        "steroids stable soon",
        "diagnosed at 12",
        "cv_event",
        "cv_event never 2025",
        "onset 6 months",
        "pregnant 2024",
        "cancer=",
        "=yes",
        "fvc=65=66",
        "cancer; ild",
        "ild cancer",
        "no",
        "fvc 65 % 2024",
        "calcinosis sometimes",
        "cancer\u200b2019x",
        "x" * 300,
    ]
)
def test_what_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        read_fact(typed, DAY, None)
    assert all(refused.value.words)
    assert len(set(refused.value.words)) == 2


@pytest.mark.parametrize("typed", ["cancer unknown", "cancer=?", "fvc=inconnu", "HBV ?", "cancer maybe"])
def test_what_is_not_known_is_in_doubt(typed: str) -> None:
    told = read_fact(typed, DAY, None)
    assert told is not None
    assert told.value == InDoubt()
    assert bool(told.remarks) == (FACTS[told.id].usual is not None)


REPLIES = {
    "yes_no": ("yes", "non", "?", "2019", "oui"),
    "choice": (),
    "number": ("2", "65", "100", "?", "normal"),
    "span": ("6 weeks", "depuis 2026-01", "?"),
    "day": ("2021-03", "never", "jamais", "non", "?", "il y a 2 ans"),
}
"""What may be answered to a fact of each kind; to a choice also each of its answers."""


def answered(key: str, reply: str) -> object:
    try:
        return read_facts((f"{key}={reply}",), DAY, None).values
    except InputError:
        return "refused"


@together((id,) for id in FACTS)
def test_an_answer_is_the_same_by_the_id_and_by_the_label_in_both_languages(id: str) -> None:
    row = FACTS[id]
    of_choice = [word for one in row.values for word in (one.id, one.en, one.fr)] + ["non", "aucune", "?", "yes"]
    for reply in (*REPLIES[row.kind], *(of_choice if row.kind == "choice" else ())):
        by_id = answered(id, reply)
        assert by_id == "refused" or set(by_id) <= {id}  # type: ignore[call-overload]
        assert [answered(label, reply) for label in (row.en, row.fr)] == [by_id, by_id], reply


@together(
    (first, last, joint, denial)
    for joint in [" or ", " ou ", "/", ", ", " and "]
    for denial in ["no", ": non", "absent", "negative", "none", "?", "suspecté"]
    for first, last in [("HIV", "tuberculosis"), ("cancer", "ILD"), ("hepatitis B", "C"), ("PID", "dialyse")]
)
def test_a_word_after_the_last_of_several_facts_affirms_none_of_them(
    first: str, last: str, joint: str, denial: str
) -> None:
    try:
        values = read_facts((f"{first}{joint}{last} {denial}",), DAY, None).values
    except InputError:
        return
    assert not [
        value for value in values.values() if value == YesNo(True) or (isinstance(value, Chosen) and value.values)
    ]


def test_null_says_nothing() -> None:
    assert read_fact("cancer=null", DAY, None) is None


@given(
    st.sampled_from([one for one in READ if "onset" not in one[0]]),
    st.sampled_from(["zorglub", "42x", "& foo", "#"]),
    st.booleans(),
)
def test_an_unknown_token_is_never_passed_over(known: tuple[str, str, FactValue], extra: str, before: bool) -> None:
    text = f"{extra} {known[0]}" if before else f"{known[0]} {extra}"
    with pytest.raises(InputError):
        read_fact(text, DAY, None)


@given(
    st.sampled_from([id for id, row in FACTS.items() if row.kind == "yes_no"]),
    st.sampled_from(["no", "pas de", "sans", "without"]),
)
def test_a_negation_reverses_a_yes(id: str, negation: str) -> None:
    assert read_alone(id) == (id, YesNo(True))
    assert read_alone(f"{negation} {id}") == (id, YesNo(False))


@together((id,) for id in FACTS if id not in ("onset", "sex"))
def test_a_fact_is_found_by_all_its_names(id: str) -> None:
    from myofind.names.vocabulary import resolve, term

    row = FACTS[id]
    for name in (id, id.replace("_", " "), row.en, row.fr, *term("facts", id).aliases):
        assert resolve("facts", name).id == id, name


UNTIL_MAY = between("2026-05-01", "2026-05-31")
TAKEN = [
    ("rituximab until 2026-05", Treatment("rituximab", "past", until=UNTIL_MAY)),
    ("rituximab=until 2026-05", Treatment("rituximab", "past", until=UNTIL_MAY)),
    ("rituximab jusqu'en 2026-05", Treatment("rituximab", "past", until=UNTIL_MAY)),
    ("rituximab arrêté en mai 2026", Treatment("rituximab", "past", until=UNTIL_MAY)),
    ("RTX stopped 2026-05", Treatment("rituximab", "past", until=UNTIL_MAY)),
    ("rituximab stopped", Treatment("rituximab", "past")),
    ("prednisone 15 mg since 2026-01", Treatment("prednisone", "now", between("2026-01-01", "2026-01-31"), dose=Amount(15, 15))),
    ("Cortancyl 15 mg/j depuis 2026-01", Treatment("prednisone", "now", between("2026-01-01", "2026-01-31"), dose=Amount(15, 15))),
    ("MTX depuis 2024-03", Treatment("methotrexate", "now", between("2024-03-01", "2024-03-31"))),
    ("methotrexate since 2025 changed 2026-09",
     Treatment("methotrexate", "now", between("2025-01-01", "2025-12-31"), between("2026-09-01", "2026-09-30"))),
    ("IVIG now", Treatment("ivig", "now")),
    ("IVIG", Treatment("ivig", "now")),
    ("sous IVIG", Treatment("ivig", "now")),
    ("never rituximab", Treatment("rituximab", "never")),
    ("jamais de rituximab", Treatment("rituximab", "never")),
    ("no rituximab", Treatment("rituximab", "not_now")),
    ("pas de rituximab", Treatment("rituximab", "not_now")),
    ("JAK inhibitor now", Treatment("jak_inhibitor", "now")),
    ("no other", Treatment(OTHER, "not_now")),
    ("pas d'autre traitement", Treatment(OTHER, "not_now")),
    ("never any other", Treatment(OTHER, "never")),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "treatment"), TAKEN, ids=[one[0] for one in TAKEN])
def test_treatments_that_are_read(typed: str, treatment: Treatment) -> None:
    assert read_treatment(typed, DAY) == treatment
    assert read_treatment(typed.upper(), DAY) == treatment


@pytest.mark.parametrize(
    "typed",
    ["", "zorglub now", "rituximb until 2026", "rituximab maybe", "rituximab until 2027-05", "rituximab until soon", "no rituximab until 2026",
     "never never rituximab", "never rituximab since 2020", "rituximab now until 2026-05", "rituximab since 2026-05 until 2026-01", "prednisone 15 mg 2x",
     "prednisone 15", "prednisone 0,5 mg/kg", "prednisone -15 mg", "CAR-NK", "placebo", "rituximab methotrexate", "rituximab since since 2026"],
)  # fmt: skip
def test_treatments_that_are_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read_treatment(typed, DAY)


MORE: list[tuple[str, FactValue]] = [
    ("cancer", YesNo(False, False, date(2019, 1, 1), date(2019, 12, 31))),
    ("cancer", YesNo(False, False, date.min, date(2021, 11, 25))),
    ("cancer", YesNo(True, True, date(2019, 3, 4), date(2019, 6, 30))),
    ("fvc", Amount(60, 70)),
    ("fvc", Amount(60, None)),
    ("ck_uln", Amount(2, 8.5)),
    ("mmt8", Amount(70, 74, 80)),
    ("chronic_infection", Chosen(("hbv",), ("hiv", "tb"))),
    *((id, Chosen((value.id,))) for id, row in FACTS.items() if row.kind == "choice" for value in row.values),
    *((id, Amount(row.range[0], row.range[0], row.scale[-1] if len(row.scale) > 1 else None)) for id, row in FACTS.items() if row.kind == "number"),
]  # fmt: skip


@together([*((id, value) for _, id, value in READ if id != "onset"), *MORE])
def test_a_fact_as_understood_is_read_again_from_a_profile(id: str, value: FactValue) -> None:
    profile = json.dumps({"facts": {id: typed_again(id, value)}})
    typed = read_profile(profile.encode(), "p.json")
    assert understand(typed, DAY).patient.fact(id) == value


BETWEEN_DAYS = Treatment(
    "rituximab", "past", between("2026-01-01", "2026-03-10"), until=between("2026-05-02", "2026-06-30")
)


@together(
    (one,) for one in [*(one for _, one in TAKEN), BETWEEN_DAYS, *(Treatment(drug, "now") for drug in ids("drugs"))]
)
def test_a_treatment_as_understood_is_read_again(treatment: Treatment) -> None:
    if treatment.drug not in ("placebo", "standard_of_care"):
        assert read_treatment(typed_treatment(treatment), DAY) == treatment


PARTS = [(id, name) for id, row in FACTS.items() for name in row.parts]


@together(PARTS)
def test_a_part_of_a_fact_affirms_it_and_never_denies_it(id: str, name: str) -> None:
    """No breast cancer says nothing of other cancers: it is told, and no fact."""
    beside = {"day": " 2019", "number": " 8N"}.get(FACTS[id].kind, " positive" if name in FACTS[id].tests else "")
    affirmed = read_fact(name + beside, DAY, None)
    assert affirmed is not None
    assert affirmed.id == id
    assert affirmed.value not in (None, When(), YesNo(False))
    denials = (
        (f"{name} normal", f"{name} < 2N")
        if FACTS[id].kind == "number"
        else (f"no {name}", f"pas de {name}", f"never {name}", f"kein {name}")
    )
    for denial in denials:
        told = understand(Typed(facts=(denial,)), DAY)
        assert told.patient.fact(id) is None
        drug = resolve("drugs", name, exact=True).id if id in STANDS_FOR.values() else None
        assert told.patient.treatments == ((Treatment(drug, "never"),) if drug else ()), denial
        if drug:
            assert told.readings == ()
            continue
        assert len(told.readings) == 1
        assert told.readings[0].startswith("not used: ")


@together((id, name) for id, row in FACTS.items() if row.kind != "day" for name in row.tests)
def test_an_examination_without_its_result_says_nothing(id: str, name: str) -> None:
    """`HIV serology` is no HIV: its result is asked about, each answer of which can be typed."""
    for typed in (name, f"{name} 2025", f"{name} :"):
        with pytest.raises(Ambiguous) as asked:
            read_facts((typed,), DAY, None)
        for reading, _ in asked.value.readings if typed == name else ():
            understand(Typed(facts=(reading,)), DAY)
    for sign in ("negative", "négatif", "-"):
        told = understand(Typed(facts=(f"{name} {sign}",)), DAY)
        held = told.patient.fact(id)
        assert held in (None, YesNo(False)) or (isinstance(held, Chosen) and held.values in ((), ("none",))), sign


@together((id, name) for id, row in FACTS.items() if row.kind == "day" for name in row.tests)
def test_the_day_of_an_examination_is_that_of_a_negative_one_only_where_it_says_so(id: str, name: str) -> None:
    for typed in (name, f"{name} 2025", f"{name} : 03/2025", f"{name} en mars 2025"):
        with pytest.raises(InputError) as asked:
            read_facts((typed,), DAY, None)
        assert asked.value.words[0] == f"`{typed}`: with what result?"
    for sign in ("negative", "négatif", "normal"):
        assert read_facts((f"{name} {sign} 2025-03",), DAY, None).values == {
            id: When(date(2025, 3, 1), date(2025, 3, 31))
        }
    assert read_facts((f"{id} 2025-03", f"{id}=2025-03"), DAY, None).values.keys() == {id}


@together(product(("sérologies", "sérologie", ""), (", ", "/", " et "), ("négatives", "négatifs", "negatives")))
def test_a_plural_denies_every_infection_before_it(lead: str, joint: str, sign: str) -> None:
    """None of them becomes a fact because another word stands with the first."""
    for names in (("VIH", "VHB", "VHC"), ("VHC", "VIH"), ("VHB", "VHC", "VIH")):
        if lead == "sérologie" and names[0] != "VIH":
            continue
        told = understand(Typed(facts=(f"{lead} {joint.join(names)} {sign}".strip(),)), DAY).patient
        value = told.fact("chronic_infection")
        assert isinstance(value, Chosen)
        assert not value.values
        assert len(value.without) == len(names)


@pytest.mark.parametrize(
    ("typed", "as_said"),
    [
        ("rituximab from 2020 to 2024", "rituximab since 2020 until 2024"),
        ("rituximab de 2020 à 2024", "rituximab since 2020 until 2024"),
        ("rituximab 2020-2024", "rituximab since 2020 until 2024"),
        ("rituximab de mars 2020 à mai 2024", "rituximab since 2020-03 until 2024-05"),
        ("Rituximab von 2020 bis 2024", "rituximab since 2020 until 2024"),
        ("never received rituximab", "never rituximab"),
        ("n'a jamais reçu de rituximab", "never rituximab"),
        ("never on rituximab", "never rituximab"),
    ],
)
def test_a_span_ends_a_treatment(typed: str, as_said: str) -> None:
    assert read_treatment(typed, DAY) == read_treatment(as_said, DAY)


def test_facts_and_treatments_stand_in_the_profile_of_an_answer() -> None:
    options = (
        "-F",
        "cancer 2019",
        "-F",
        "fvc 65 %",
        "-F",
        "no HBV",
        "-T",
        "Medrol 8 mg since 2025-03",
        "-T",
        "never rituximab",
    )
    shown = json.loads(
        myofind("match", "-s", "dm", "-a", "45", "--no-ild", *options, "--on", "2026-11-25", "-f", "json").out
    )["profile"]
    assert shown["facts"] == {"cancer": "2019", "chronic_infection": ["no hbv"], "fvc": 65, "ild": False}
    assert shown["treatments"] == ["methylprednisolone 8 mg since 2025-03", "never rituximab"]
    again = myofind("match", "--profile", "-", "--on", "2026-11-25", "-f", "json", stdin=json.dumps({"profile": shown}))
    assert json.loads(again.out)["profile"] == shown


@pytest.mark.parametrize(
    "typed",
    [
        Typed(facts=("cancer", "no cancer")),
        Typed(facts=("fvc 65 %", "fvc 70 %")),
        Typed(facts=("HBV", "no HBV")),
        Typed(facts=("no ILD",), ild=True),
        Typed(subtypes=("cancer-associated myositis",), facts=("no cancer",)),
        Typed(sex="male", facts=("pregnant",)),
        Typed(treatments=("rituximab", "never rituximab")),
        Typed(treatments=("never biologic", "rituximab")),
        Typed(treatments=("prednisone 15 mg",), facts=("steroid_dose 20 mg",)),
    ],
)
def test_what_contradicts_itself_is_refused(typed: Typed) -> None:
    for lang in ("en", "fr"):
        with pytest.raises(InputError):
            understand(typed, DAY, lang=lang)


def test_a_profile_holds_facts_and_treatments() -> None:
    text = """
subtype: dm
ild: no
cancer: 2019
facts: {fvc: 65 %, HBV: negative, CVF: }
mmt8: 120/150
treatments: {rituximab: until 2026-05, MTX: since 2024-03}
"""
    patient = understand(read_profile(text.encode(), "p.yaml"), DAY).patient
    assert dict(patient.facts) == {
        "ild": YesNo(False), "cancer": YEAR_2019, "fvc": Amount(65, 65), "mmt8": Amount(120, 120, 150), "chronic_infection": Chosen((), ("hbv",)),
    }  # fmt: skip
    assert [one.drug for one in patient.treatments] == ["methotrexate", "rituximab"]


@pytest.mark.parametrize(
    "text",
    ["zorglub: yes", "facts: {zorglub: 1}", "facts: 12", "fvc: [[1]]", "sécurité sociale: 1850675123456", "nom: X"],
)
def test_a_profile_that_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(read_profile(text.encode(), "p.yaml"), DAY)
    assert "1850675123456" not in str(refused.value.message) + refused.value.hint


def test_an_option_replaces_the_same_fact_of_a_file_and_leaves_the_others() -> None:
    base = Typed(facts=("cancer=yes", "fvc=65 %"), treatments=("MTX", "IVIG"))
    over = Typed(facts=("no cancer",), treatments=("IVIG until 2026-01",))
    both = overlay(base, over)
    assert both.facts == ("fvc=65 %", "no cancer")
    assert both.treatments == ("MTX", "IVIG until 2026-01")


@pytest.mark.parametrize(
    ("typed", "values", "without"),
    [
        ("no HIV, no HBV", (), ("hiv", "hbv")),
        ("pas de VIH, pas de VHB ; pas de VHC", (), ("hiv", "hbv", "hcv")),
        ("VIH négatif, VHC positif", ("hcv",), ("hiv",)),
        ("HIV, no HBV", ("hiv",), ("hbv",)),
        ("no HIV and no HBV", (), ("hiv", "hbv")),
        ("no HIV or HBV", (), ("hiv", "hbv")),
        ("HIV neg, HBV pos", ("hbv",), ("hiv",)),
        ("HIV, HBV", ("hiv", "hbv"), ()),
    ],
)
def test_each_sign_belongs_to_its_own_name(typed: str, values: tuple[str, ...], without: tuple[str, ...]) -> None:
    told = read_facts((typed,), DAY, None).values["chronic_infection"]
    assert isinstance(told, Chosen)
    assert (set(told.values), set(told.without)) == (set(values), set(without))


@pytest.mark.parametrize("typed", ["no HIV, HBV", "no HIV HBV", "HIV no HBV", "no lupus Sjögren"])
def test_a_negation_that_may_reach_two_names_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        read_facts((typed,), DAY, None)


def test_every_answer_offered_for_a_choice_is_read() -> None:
    """What the help of a bare name offers: the fact as it is called, and the answer as it is called."""
    for row in (row for row in FACTS.values() if row.kind == "choice" and row.id != "sex"):
        for value in row.values:
            for name, answer in ((row.en, value.en), (row.fr, value.fr), (row.id, value.en), (row.id, value.id)):
                for typed in (f"{name} {answer}", f"{name}: {answer}"):
                    told = read_fact(typed, DAY, None)
                    assert told is not None, typed
                    assert isinstance(told.value, Chosen), typed
                    assert told.value.values == (value.id,), typed


def test_a_wider_name_is_asked_about_with_a_no_that_is_one() -> None:
    with pytest.raises(InputError) as refused:
        read_facts(("varicelle",), DAY, None)
    assert refused.value.hint_words == (
        "write `immune to chickenpox` or `not immune to chickenpox`",
        "écrire `immunisé contre la varicelle` ou `non immunisé contre la varicelle`",
    )
    for text, value in (("not immune to chickenpox", False), ("immunisé contre la varicelle", True)):
        assert read_facts((text,), DAY, None)[0] == {"varicella_immune": YesNo(value)}


# Rules that hold for every word of a list ------------------------------------------------------------------------------

PARTS_OF_A_PERIOD = ("fin", "début", "mi", "early", "late", "the end of", "beginning of", "ende", "mid")


@together(
    product(
        (*PARTS_OF_A_PERIOD, ""),
        ("depuis", "since", "débuté", "started in", "jusqu'à", "until", "arrêté", "stopped", "stable depuis"),
        ("2020", "mars 2020", "March 2020"),
    )
)
def test_the_part_of_a_period_is_no_beginning_and_no_end(part: str, word: str, period: str) -> None:
    """`MTX depuis fin 2020` goes on since some day of 2020, whatever the part is called."""
    assert read_treatment(f"MTX {word} {part} {period}", DAY) == read_treatment(f"MTX {word} {period}", DAY)


@together(product(PARTS_OF_A_PERIOD, ("2020", "mars 2020")))
def test_the_part_of_a_period_alone_is_asked_about(part: str, period: str) -> None:
    """Begun at the end of 2020, or ended in 2020?"""
    for typed in (f"MTX {part} {period}", f"rituximab ({part} {period})"):
        with pytest.raises(Ambiguous) as asked:
            read_treatment(typed, DAY)
        assert len(asked.value.readings) == 2


@together(product(PARTS_OF_A_PERIOD, ("2020", "mars 2020"), ("cancer", "diagnosed", "active infection", "AVC")))
def test_a_fact_in_a_part_of_a_period_is_one_of_that_period(part: str, period: str, name: str) -> None:
    assert read_fact(f"{name} {part} {period}", DAY, None) == read_fact(f"{name} {period}", DAY, None)


NAIVE_NAMES = (
    FACTS["treatment_naive"].en,
    FACTS["treatment_naive"].fr,
    "untreated",
    "non traité",
    "treatment naive",
    "naïf",
)


@together(product(NAIVE_NAMES, ("since 2024", "depuis 2 ans", "for 2 years", "2024", "depuis mars 2025")))
def test_never_treated_has_no_day_since_when(name: str, time: str) -> None:
    """`untreated since 2024` was treated before."""
    with pytest.raises(InputError):
        read_facts((f"{name} {time}",), DAY, None)


@together(product(sorted(RELATIVES), ("cancer du sein", "lupus", "HTAP", "ILD", "infarctus")))
def test_what_is_told_of_a_relative_is_no_fact_of_the_patient(relative: str, disease: str) -> None:
    for typed in (f"{relative} : {disease}", f"{disease} ({relative})", f"pas de {disease} {relative}"):
        with pytest.raises(InputError):
            read_facts((typed,), DAY, None)


@together((id, name) for id, row in FACTS.items() if row.kind == "yes_no" and row.ever for name in (row.en, row.fr))
def test_what_is_under_way_does_not_hold_for_ever_yet(id: str, name: str) -> None:
    for typed in (f"{name} en cours", f"{name} ongoing"):
        with pytest.raises(InputError):
            read_facts((typed,), DAY, None)


@together(
    product(
        ("PID", "ILD", "cancer", "HTAP", "lupus"),
        (
            "non exclu",
            "pas exclue",
            "not excluded",
            "cannot be excluded",
            "en cours d'exploration",
            "under investigation",
        ),
    )
)
def test_what_is_not_excluded_is_left_in_doubt(name: str, words: str) -> None:
    ((id, value),) = read_facts((f"{name} {words}",), DAY, None).values.items()
    assert value == InDoubt(), id


@together(
    product(
        ("FVC", "DLCO", "LVEF", "SpO2"),
        ("- 10 %", "chute de 10 %", "drop of 10%", "perte de 12 %", "decline 15 %", "72 % puis 65 %"),
    )
)
def test_no_help_proposes_a_change_or_one_of_several_numbers_as_the_value(name: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        read_facts((f"{name} {words}",), DAY, None)
    for number in re.findall("[0-9]+", words):
        assert f" {number} %" not in refused.value.hint


@together(
    product(
        ("VIH", "HIV", "VHB", "VHC", "HBV"),
        (
            ("séropositif {}", True),
            ("{} seropositive", True),
            ("séronégatif pour le {}", False),
            ("{} seronegative", False),
        ),
    )
)
def test_the_serology_of_a_virus_in_one_word(virus: str, said: tuple[str, bool]) -> None:
    words, positive = said
    (value,) = read_facts((words.format(virus),), DAY, None).values.values()
    assert isinstance(value, Chosen)
    assert bool(value.values) == positive
    assert bool(value.without) != positive


def test_of_two_least_numbers_the_higher_counts() -> None:
    assert read_facts(("ASAT 3N", "ALAT 4N"), DAY, None).values == {"enzyme_uln": Amount(4, None)}
    assert read_facts(("FVC > 70 %", "FVC > 60 %"), DAY, None).values == {"fvc": Amount(70, None, open_low=True)}
    with pytest.raises(InputError):
        read_facts(("FVC > 70 %", "FVC 65 %"), DAY, None)


@together(
    (id, number) for id, row in FACTS.items() if "mm" in row.units and row.scale == (10,) for number in (5, 35, 45, 100)
)
def test_a_share_of_a_hundred_is_the_same_in_millimetres(id: str, number: int) -> None:
    wanted = {id: Amount(number / 10, number / 10)}
    for typed in (f"{id} {number}/100 mm", f"{id} {number}/100", f"{id} {number} mm"):
        assert read_facts((typed,), DAY, None).values == wanted, typed


@together(product(("cancer", "diagnosed", "AVC", "active infection"), ("1015", "1899", "0015-03", "12/03/1215")))
def test_nothing_happened_before_anybody_living(name: str, time: str) -> None:
    with pytest.raises(InputError):
        read_facts((f"{name} {time}",), DAY, None)
