"""What is typed and has two readings is asked about with each reading written out, and what is refused is told what to type."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.asking.fact_refusals import accepted_forms
from myofind.asking.profile import understand
from myofind.asking.treatment_words import COMPANIONS
from myofind.asking.typed import Typed
from myofind.commands.interview_questions import put
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.patient import InDoubt, Patient, YesNo
from myofind.language import both
from myofind.names.facts import FACTS
from myofind.names.vocabulary import ids, resolve
from myofind.words.facts import treatment_words, value_words
from tests.together import together

DAY = date(2026, 11, 25)


def read(field: str, text: str) -> Patient:
    fields: dict[str, Any] = {field: (text,)}
    return understand(Typed(**fields), DAY).patient


def refused(field: str, text: str) -> InputError:
    with pytest.raises(InputError) as error:
        read(field, text)
    return error.value


def said(patient: Patient) -> list[str]:
    return sorted(
        [treatment_words(each, "en") for each in patient.treatments]
        + [f"{id} {value_words(id, value, 'en')}" for id, value in patient.facts]
    )


ASKED = [
    ("treatments", "rituximab mars 2024", [["rituximab until 2024-03"], ["rituximab since 2024-03"]]),
    ("treatments", "rituximab until 03/04/2026", [["rituximab until 2026-04-03"], ["rituximab until 2026-03-04"]]),
    ("treatments", "no rituximab for 2 years", [["never rituximab"], ["rituximab until 2024-11-25"]]),
    ("treatments", "MTX et AZA depuis 2024", [["azathioprine since 2024", "methotrexate since 2024"], ["azathioprine since 2024", "methotrexate now"]]),
    ("treatments", "stopped MTX, AZA", [["azathioprine in the past", "methotrexate in the past"], ["azathioprine now", "methotrexate in the past"]]),
    ("treatments", "MTX, AZA arrêtés, pas d'autre", [["azathioprine in the past", "methotrexate in the past", "nothing else"], ["azathioprine in the past", "methotrexate now", "nothing else"]]),
    ("treatments", "MTX, rituximab jamais", [["never methotrexate", "never rituximab"], ["methotrexate now", "never rituximab"]]),
    ("treatments", "IVIG every 4 weeks, last 2026-10", [["intravenous immunoglobulin now"], ["intravenous immunoglobulin until 2026-10"]]),
    ("treatments", "ciclo", [["cyclophosphamide now"], ["ciclosporin now"]]),
    ("facts", "diabète", [["diabetes_treated yes"], ["diabetes_treated no"]]),
    ("facts", "muscle atrophy", [["severe_muscle_damage yes"], ["severe_muscle_damage no"]]),
    ("facts", "no rash", [["rash never"], ["rash past"]]),
    ("facts", "MMT8 65, no cancer", [["cancer no", "mmt8 65/150"], ["cancer no", "mmt8 65/80"]]),
    ("facts", "CPK 2.340 UI/L (N<190)", [["ck_uln 12.32 × ULN"], ["ck_uln 0.01 × ULN"]]),
    ("facts", "cancer 03/04/2020", [["cancer past 2020-04-03"], ["cancer past 2020-03-04"]]),
    ("facts", "HBV, HIV negative", [["chronic_infection no hepatitis B, no HIV"], ["chronic_infection hepatitis B, no HIV"]]),
    ("facts", "cancer and ILD: no", [["cancer no", "ild no"], ["cancer yes", "ild no"]]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "readings"), ASKED, ids=[one[1] for one in ASKED])
def test_a_question_writes_out_each_reading(field: str, text: str, readings: list[list[str]]) -> None:
    """Typed in the place of the text, a reading is read, and it is among the texts of the hint."""
    error = refused(field, text)
    assert isinstance(error, Ambiguous)
    assert (error.field, error.typed) == (field, text)
    assert sorted(said(read(field, typed)) for typed, _ in error.readings) == sorted(readings)
    assert all(
        f"`{typed}`" in both(error.hint_words)[0] or "which is meant" in error.hint for typed, _ in error.readings
    )


HINTS = [
    ("treatments", "IVIG failed", "`ivig stopped`"),
    ("treatments", "MTX contre-indiqué", "`no mtx`"),
    ("treatments", "HCQ 400", "`hcq 400 mg`"),
    ("treatments", "MTX puis MMF", "`mtx stopped; mmf`"),
    ("treatments", "rituximab blah", "`never rituximab`"),
    ("facts", "CPK 3000 UI/L", "`cpk 3000 U/L (N < 200)`"),
    ("facts", "CK 8", "`ck 8N`"),
    ("facts", "62 kg", "`weight 62 kg`"),
    ("facts", "créatinine 80 µmol/L", "`eGFR 75 mL/min`"),
    ("facts", "NYHA II", "`LVEF 55 %`"),
    ("facts", "Hb 11,2", "`haemoglobin 11.2 g/dL`"),
    ("antibodies", "Jo-1, SRP : ", "`Jo-1 positive`"),
    ("antibodies", "Jo-1 15 U/mL", "`Jo-1 15 U/mL (N < 20)`"),
]


@pytest.mark.parametrize(("field", "text", "typed"), HINTS, ids=[one[1] for one in HINTS])
def test_a_refusal_says_what_to_type(field: str, text: str, typed: str) -> None:
    """Every text between backquotes in the English and the French hint is read, with the option it names."""
    error = refused(field, text)
    en, fr = both(error.hint_words)
    assert typed in en
    assert fr != en or "`" in fr
    for form in re.findall(r"`([^`]+)`", f"{en} {fr}"):
        option = re.fullmatch(r'-([FTA]) "(.+)"', form)
        read(
            {"F": "facts", "T": "treatments", "A": "antibodies"}[option[1]] if option else field,
            option[2] if option else form,
        )


@together((id,) for id in [id for id in FACTS if id != "onset"])
def test_what_is_accepted_of_a_fact_is_read(id: str) -> None:
    for hint in accepted_forms(FACTS[id]):
        for form in re.findall(r"`([^`]+)`", hint):
            found = dict(read("facts", form).facts)
            assert list(found) == [id], form


OPTIONS = [
    ("facts", "MTX depuis 2024", '-T "MTX depuis 2024"'),
    ("facts", "Jo-1 +", '-A "Jo-1 +"'),
    ("facts", "DM", "-s DM"),
    ("treatments", "FVC 65 %", '-F "FVC 65 %"'),
    ("treatments", "Jo-1 positive", '-A "Jo-1 positive"'),
]


@pytest.mark.parametrize(("field", "text", "option"), OPTIONS, ids=[one[1] for one in OPTIONS])
def test_a_text_with_the_wrong_option_is_told_its_option(field: str, text: str, option: str) -> None:
    assert option in both(refused(field, text).hint_words)[0]


UNKNOWN = st.sampled_from(["xyzzy", "blorp", "mother", "except", "zzz9", "brother's", "§"])
TREATED = ["MTX 15 mg/semaine depuis 2024-03", "rituximab until 2026-05", "never rituximab", "prednisone 10 mg", "IVIG stopped for infection", "no prior rituximab", "AZA 2020-2022"]  # fmt: skip
SAID = ["CK 2340 U/L (N<190)", "CVF 2,1 L (65 %)", "no cancer", "PID stable", "VHB, VIH négatifs", "IRM : œdème", "diabète sous insuline", "échec MTX et AZA", "Prevenar 20 fait", "MMT8 120/150"]  # fmt: skip


@given(
    st.sampled_from([*(("treatments", each) for each in TREATED), *(("facts", each) for each in SAID)]),
    UNKNOWN,
    st.data(),
)
def test_an_unknown_word_is_never_passed_over(typed: tuple[str, str], word: str, data: st.DataObject) -> None:
    field, text = typed
    parts = text.split(" ")
    at = data.draw(st.integers(0, len(parts)))
    with pytest.raises(InputError):
        read(field, " ".join([*parts[:at], word, *parts[at:]]))


DOUBTS = st.sampled_from(
    [
        "possibly",
        "suspected",
        "probable",
        "?",
        "unclear",
        "incertain",
        "douteux",
        "suspicion de",
        "fraglich",
        "pending",
        "inconnu",
    ]
)


@given(
    st.sampled_from(
        [
            *(one for one in SAID if "," not in one),
            "cancer",
            "ILD",
            "grossesse",
            "cancer 2019",
            "FVC 65 %",
            "pas de PID",
            "AVC 2025-03",
        ]
    ),
    DOUBTS,
    st.data(),
)
def test_a_word_of_doubt_leaves_no_fact_sure(text: str, doubt: str, data: st.DataObject) -> None:
    parts = text.split(" ")
    at = data.draw(st.integers(0, len(parts)))
    try:
        facts = read("facts", " ".join([*parts[:at], doubt, *parts[at:]])).facts
    except InputError:
        return
    assert [value for _, value in facts] == [InDoubt()]


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        ("jamais", "never"),
        ("non", "never"),
        ("oui", "now"),
        ("2026-05", "past"),
        ("arrêté", "past"),
        ("depuis 2024", "now"),
    ],
)
def test_an_answer_about_a_drug_is_about_that_drug(reply: str, status: str) -> None:
    for drug in ids("drugs") - {"placebo", "standard_of_care"}:
        facts = put(f"treatments.{drug}", understand(Typed(), DAY), "fr").add(Typed(), reply, "fr")
        assert [(each.drug, each.status) for each in understand(facts, DAY).patient.treatments] == [(drug, status)]


@pytest.mark.parametrize("reply", [typed for field, typed, _ in ASKED if field == "treatments"])
def test_a_list_of_treatments_is_asked_about_in_the_interview_as_with_its_option(reply: str) -> None:
    facts = put("therapy", understand(Typed(), DAY), "en").add(Typed(), reply, "en")
    with pytest.raises(InputError):
        understand(facts, DAY)


@given(st.sampled_from(["cancer", "ILD", "calcinosis", "pulmonary hypertension"]), st.sampled_from(["dialysis", "calcinose", "PID", "cancer"]),
       st.sampled_from([", ", " and ", " et ", "/", " & "]), st.sampled_from(["no", "absent", "absente", "negative", ": non", "none", "exclu"]))  # fmt: skip
def test_a_denial_after_a_list_never_affirms_what_stands_before_it(
    first: str, last: str, joint: str, denial: str
) -> None:
    try:
        facts = dict(read("facts", f"{first}{joint}{last} {denial}").facts)
    except InputError:
        return
    assert YesNo(True) not in facts.values()


def test_a_named_failure_counts_the_drugs_at_least() -> None:
    assert said(read("facts", "failed MTX, AZA and rituximab")) == ["failed_drugs ≥ 3 drugs"]
    assert said(read("facts", "échec de méthotrexate et immunosuppresseurs")) == ["failed_drugs ≥ 1 drug"]
    assert said(read("facts", "failed prednisone")) == ["steroid_failed yes"]
    refused("facts", "failed MTX or AZA")


def test_the_dose_of_a_steroid_is_that_of_a_day() -> None:
    assert said(read("treatments", "prednisone 5-10 mg le matin")) == ["prednisone 5-10 mg/day now"]
    assert said(read("treatments", "prednisone 10 mg x2/j")) == ["prednisone 20 mg/day now"]
    assert said(read("treatments", "Solupred 20 mg : 1 cp le matin")) == ["prednisolone 20 mg/day now"]
    for typed in (
        "prednisone 10 mg x2",
        "prednisone 20 mg/sem",
        "prednisone 0,5 mg/kg",
        "prednisone 10 mg 5 mg",
        "prednisone 2000 mg",
    ):
        refused("treatments", typed)


def test_what_is_taken_beside_is_no_drug_of_the_vocabulary() -> None:
    assert [name for name in COMPANIONS if resolve("drugs", " ".join(name), exact=True).id is not None] == []
    told = understand(Typed(treatments=("acide folique",)), DAY)
    assert (told.patient.treatments, len(told.readings)) == ((), 1)


@together(
    [
        (since, beside)
        for since in ("depuis 2019", "since 2019-03", "depuis 2 ans", "seit 2019")
        for beside in ("", ", Jo-1 négatif", " avec PID", ", no ILD", ", sans PID, Jo-1 +")
    ]
)
def test_a_time_beside_a_diagnosis_is_asked_about_and_all_else_is_kept(since: str, beside: str) -> None:
    """It may be that of the onset or of the diagnosis; what is proposed is read, with every other fact."""
    error = refused("subtypes", f"DM {since}{beside}")
    assert f"`{since}`" in error.message
    proposed = re.search(r'`-s (?:"([^"]+)"|(\w+)) --onset "([^"]+)"`', error.hint or "")
    assert proposed, error.hint
    diagnosis, onset = proposed[1] or proposed[2], proposed[3]
    assert onset == since
    plain = understand(Typed(subtypes=(f"DM{beside}",)), DAY).patient
    whole = understand(Typed(subtypes=(diagnosis,), onset=onset), DAY).patient
    assert whole._replace(onset=None) == plain


@together([("2 ans",), ("45 years",), ("6 months",), ("3 Jahre",)])
def test_a_bare_length_beside_a_diagnosis_may_be_an_age_or_a_time_ago(length: str) -> None:
    hint = refused("subtypes", f"DM {length}").hint or ""
    assert f'-a "{length}"' in hint
    assert f'--onset "{length} ago"' in hint
    assert understand(Typed(subtypes=("DM",), onset=f"{length} ago"), DAY).patient.onset is not None
