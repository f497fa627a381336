"""Two diagnoses in one text are asked about wherever trials tell them apart, whatever joins them; a kind of the whole is the kind."""

from __future__ import annotations

from datetime import date
from itertools import permutations, product

import pytest
from tests.together import together

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.patient import Chosen, YesNo
from myofind.names.diagnosis import read_diagnosis
from myofind.names.vocabulary import terms

DAY = date(2026, 11, 25)
JOINTS = ("/", " / ", " + ", "+", " & ", ", ", "; ", " - ", " – ")
PAIRS = (
    ("DM", "CADM"),
    ("DM", "JDM"),
    ("DM", "ADM"),
    ("dermatomyosite", "CADM"),
    ("ASyS", "PM"),
    ("SAS", "DM"),
    ("ASyS", "IMNM"),
    ("CADM", "JDM"),
)
ID = {"dermatomyosite": "dm", "SAS": "asys"}


@together((*names, joint) for pair, joint in product(PAIRS, JOINTS) for names in permutations(pair))
def test_two_that_trials_tell_apart_are_asked_about(first: str, second: str, joint: str) -> None:
    read = read_diagnosis(f"{first}{joint}{second}")
    assert read.subtype.outcome == "ambiguous"
    assert read.subtype.candidates == tuple(ID.get(name, name.lower()) for name in (first, second))


@together(
    [(f"{first} {joint} {second}",) for first, second in PAIRS[:4] for joint in ("avec", "with", "mit")]
    + [("DM CADM",), ("CADM DM",), ("DM JDM",), ("JDM DM",)]
)
def test_a_form_told_apart_beside_its_disease_without_a_sign_is_asked_about(typed: str) -> None:
    with pytest.raises(Ambiguous):
        understand(Typed(subtypes=(typed,)), DAY)


@together(
    [
        ("DM hypomyopathique", "hdm"),
        ("DM amyopathique", "adm"),
        ("DM juvénile", "jdm"),
        ("dermatomyosite (DM)", "dm"),
        ("dermatomyosite, DM", "dm"),
        ("IBM, sIBM", "ibm"),
        ("myositis overlap", "overlap"),
        ("ASyS, SAS", "asys"),
    ]
)
def test_one_disease_said_twice_or_with_its_adjective_is_one(typed: str, id: str) -> None:
    assert read_diagnosis(typed).subtype.id == id


@together(
    (f"{whole}{sign.format(kind)}", id)
    for whole, sign, (kind, id) in product(
        ("myosite", "MII", "IIM", "myositis", "myopathie inflammatoire"),
        (" ({})", ": {}", " : {}", ", {}", " - {}"),
        (("DM", "dm"), ("IBM", "ibm"), ("CADM", "cadm"), ("PM", "pm")),
    )
)
def test_the_kind_behind_the_name_of_the_whole_is_the_diagnosis(typed: str, id: str) -> None:
    assert understand(Typed(subtypes=(typed,)), DAY).patient.subtypes == (id,)


@pytest.mark.parametrize("typed", ["ASyS avec PM", "PM in ASyS", "ASyS (PM)"])
def test_the_kind_that_a_syndrome_comes_with_stays_beside_it(typed: str) -> None:
    assert set(understand(Typed(subtypes=(typed,)), DAY).patient.subtypes) == {"asys", "pm"}


# What it was taken for ---------------------------------------------------------------------------------------------------

EARLIER = (
    "PM puis {}", "PM, puis {}", "PM then {}", "initialement PM, puis {}", "initially PM, then {}", "étiquetée PM, reclassée {}", "étiquetée PM puis reclassée {}",
    "labelled PM, reclassified as {}", "diagnosed as PM, then {}", "PM devenue {}", "PM corrigée en {}", "PM, diagnostic révisé en {}", "d'abord PM, puis {}", "PM revised to {}",
)  # fmt: skip


@together(product(EARLIER, (("IBM", "ibm"), ("ASyS", "asys"), ("IMNM anti-SRP", "imnm_srp"))))
def test_the_last_of_two_diagnoses_in_time_is_that_of_today_and_the_first_is_told(
    form: str, now: tuple[str, str]
) -> None:
    found = understand(Typed(subtypes=(form.format(now[0]),)), DAY)
    assert found.patient.subtypes == (now[1],)
    assert any("PM" in told for told in found.readings)


@together((form.format(now),) for form, now in product(EARLIER, ("pas IBM", "cancer", "IBM éliminée", "no", "zorglub")))
def test_what_follows_must_be_a_disease(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


@together((form.format("DM").replace("PM", "JDM"),) for form in EARLIER)
def test_a_disease_of_childhood_is_not_passed_over(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


# Shorthand ---------------------------------------------------------------------------------------------------------------


@together([("DM w/ ILD", True), ("DM w/ILD", True), ("DM c/ PID", True), ("DM w/o ILD", False), ("DM w/o  ILD", False)])
def test_with_and_without_written_short(typed: str, holds: bool) -> None:
    patient = understand(Typed(subtypes=(typed,)), DAY).patient
    assert (patient.subtypes, patient.fact("ild")) == (("dm",), YesNo(holds))


@together(
    (f"{disease}{joint}LES{end}",)
    for disease, joint, end in product(
        ("DM", "ASyS Jo-1+", "IBM"), (", ", " avec ", " et ", " + ", " avec un "), ("", ", PID", " et PID")
    )
)
def test_les_with_no_noun_behind_it_is_lupus(typed: str) -> None:
    patient = understand(Typed(subtypes=(typed,)), DAY).patient
    assert patient.fact("other_autoimmune") == Chosen(("lupus",))
    assert (patient.fact("ild") == YesNo(True)) == ("PID" in typed)


@together([("DM chez les adultes",), ("DM dans les suites d'un cancer",), ("DM et les autres",)])
def test_les_before_a_noun_is_no_lupus(typed: str) -> None:
    try:
        patient = understand(Typed(subtypes=(typed,)), DAY).patient
    except InputError:
        return
    assert patient.fact("other_autoimmune") is None


@together(
    (f"{typed} {word}",)
    for typed, word in product(
        ("DM", "IBM", "ASyS Jo-1+"),
        (
            "de",
            "des",
            "du",
            "la",
            "le",
            "au",
            "aux",
            "par",
            "à",
            "in",
            "by",
            "of",
            "the",
            "an",
            "to",
            "secondaire",
            "secondary",
        ),
    )
)
def test_a_small_word_at_the_end_has_something_missing_behind_it(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(subtypes=(typed,)), DAY)
    assert f"`{typed.rsplit(' ', 1)[1]}`" in refused.value.message


@together(
    product(
        ("IBM", "IBM cN1A+"),
        ("en fauteuil roulant", "in a wheelchair", "in wheelchair", ", en fauteuil roulant"),
    )
)
def test_a_state_the_patient_is_in(disease: str, state: str) -> None:
    patient = understand(Typed(subtypes=(f"{disease} {state}",)), DAY).patient
    assert (patient.subtypes, patient.fact("walking")) == (("ibm",), Chosen(("chair",)))


@together(
    [
        ("IBM pas en fauteuil roulant",),
        ("IBM not in a wheelchair",),
        ("IBM bientôt en fauteuil roulant",),
        ("IBM never in a wheelchair",),
    ]
)
def test_a_state_denied_is_none(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


@together(product(("漢", "ж", "ע"), ("DM", "IBM cN1A+", "DM avec PID", "IMNM anti-SRP")))
def test_a_letter_without_a_latin_writing_never_vanishes(letter: str, typed: str) -> None:
    for text in (f"{typed} {letter}", f"{letter} {typed}", f"{typed}{letter}", f"{letter}{typed}"):
        with pytest.raises(InputError):
            understand(Typed(subtypes=(text,)), DAY)


# Antibodies and examinations beside it -----------------------------------------------------------------------------------


@together(
    (f"{disease} {first} {second} {word}",)
    for disease, (first, second), word in product(
        ("ASyS", "IMNM", "DM"),
        (("PL-7", "PL-12"), ("SRP", "HMGCR"), ("Mi2", "MDA5")),
        ("neg", "negative", "négatif", "-", "douteux"),
    )
)
def test_one_result_behind_two_names_without_a_sign_between_is_asked_about(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


def test_a_plural_is_the_result_of_both() -> None:
    patient = understand(Typed(subtypes=("IMNM SRP HMGCR négatifs",)), DAY).patient
    assert dict(patient.antibodies) == {"srp": "negative", "hmgcr": "negative"}


@together([("biopsie et IRM négatives",), ("biopsie, IRM négatives",)])
def test_a_biopsy_that_is_negative_was_done(said: str) -> None:
    for typed in (Typed(subtypes=(f"DM, {said}",)), Typed(subtypes=("DM",), facts=(said,))):
        patient = understand(typed, DAY).patient
        assert patient.fact("muscle_biopsy") == Chosen(("not",))


@together(
    [
        ("biopsy and MRI negative", "biopsy negative"),
        ("biopsie et cancer négatif", "biopsie negatif"),
        ("biopsy and cancer: no", "biopsy: no"),
    ]
)
def test_what_is_proposed_for_a_biopsy_keeps_what_was_said_of_it(said: str, proposed: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(subtypes=(f"DM, {said}",)), DAY)
    assert f"`{proposed}" in refused.value.hint
    assert "no biopsy" not in refused.value.hint


@together(
    [
        ("no biopsy", '-F "no biopsy"'),
        ("no cancer", '-F "no cancer"'),
        ("sans PID", '-F "sans PID"'),
        ("no rituximab", '-T "no rituximab"'),
        ("dot négatif", '-A "dot négatif"'),
    ]
)
def test_what_is_denied_and_no_disease_is_told_by_its_option(typed: str, option: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(subtypes=(typed,)), DAY)
    assert option in refused.value.hint


@together(
    (form.format(who, disease),)
    for form, who, disease in product(
        ("{} with {}", "{}: {}", "{1}, {0}", "{} {}"),
        ("mother", "père", "sœur", "cousin", "family history"),
        ("DM", "IBM"),
    )
)
def test_the_disease_of_a_relative_is_never_proposed(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        understand(Typed(subtypes=(typed,)), DAY)
    assert "-s" not in refused.value.hint


DISEASES = (
    ("DM", "MDA5", "dm_mda5"),
    ("IMNM", "SRP", "imnm_srp"),
    ("IMNM", "HMGCR", "imnm_hmgcr"),
    ("ASyS", "Jo-1", "asys"),
    ("myosite", "Jo-1", "asys"),
    ("CADM", "MDA5", "cadm"),
)
BESIDE = (
    " {0}+, Ro52-",
    " {0}+ Ro52-",
    " anti-{0} (Ro52 négatif)",
    " Ro52-, {0}+",
    " {0} positif, Ku négatif",
    " anti-{0} (Ku neg, Ro52 neg)",
    " {0} (+) (Ro52 -)",
)


@together(product(DISEASES, BESIDE[:6]))
def test_a_negative_antibody_beside_it_leaves_the_disease_what_it_is(
    disease: tuple[str, str, str], beside: str
) -> None:
    name, antibody, id = disease
    patient = understand(Typed(subtypes=(name + beside.format(antibody),)), DAY).patient
    found = dict(patient.antibodies)
    assert patient.subtypes == (id,)
    assert found.pop(antibody.lower().replace("-", "")) == "positive"
    assert set(found.values()) == {"negative"}


@together(product(DISEASES, ("et Ro52", "et anti-Ro52", "and Ro52", "und Ro52", "et anti-Ro52 positifs")))
def test_two_antibodies_that_a_word_joins(disease: tuple[str, str, str], joined: str) -> None:
    name, antibody, id = disease
    patient = understand(Typed(subtypes=(f"{name} anti-{antibody} {joined}",)), DAY).patient
    assert patient.subtypes == (id,)
    assert dict(patient.antibodies) == {antibody.lower().replace("-", ""): "positive", "ro52": "positive"}


@together(
    (f"{disease} anti-{antibody} {joined}",)
    for (disease, antibody, _), joined in product(
        DISEASES, ("et anti-Ro52 négatif", "Ro52 neg", "Ku Ro52 -", "ou Ro52")
    )
)
def test_a_result_that_may_be_of_the_last_alone_is_asked_about(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


def test_two_antibodies_that_each_make_a_disease_of_their_own_leave_it_open() -> None:
    assert understand(Typed(subtypes=("IMNM SRP et HMGCR",)), DAY).patient.subtypes == ("imnm",)


@together([("DM TIF1 à 45 UI (N<20)", "tif1_any"), ("DM Mi2 à 45 UI (N<20)", "mi2")])
def test_the_french_a_beside_an_antibody_is_no_alpha(typed: str, id: str) -> None:
    assert dict(understand(Typed(subtypes=(typed,)), DAY).patient.antibodies) == {id: "positive"}


@together(
    [
        ("suivi pour DM", "dm"),
        ("patient suivi pour une dermatomyosite", "dm"),
        ("patiente suivie pour myosite à inclusions", "ibm"),
        ("followed for IMNM", "imnm"),
    ]
)
def test_whom_it_is_said_of(typed: str, id: str) -> None:
    assert understand(Typed(subtypes=(typed,)), DAY).patient.subtypes == (id,)


FORMS = (
    ("DM MDA5 positif, {} négatif", "negative"),
    ("ASyS Jo-1+ ({} neg)", "negative"),
    ("DM, {} positif", "positive"),
)
OTHERWISE = frozenset(("actin", "actine", "Sjögren syndrome A"))
"""Names of antibodies that are words of a diagnosis, or slips of one, which is said aloud."""


@pytest.mark.parametrize(("form", "result"), FORMS)
def test_no_result_of_an_antibody_vanishes_or_turns_round_beside_a_diagnosis(form: str, result: str) -> None:
    """Whatever name it goes by: its own result is read, or the text is refused, or a note says that it is not used."""
    wrong = []
    for term in terms("antibodies"):
        names = () if term.klass == "status" or term.id.endswith("_any") else (term.en, *term.aliases)
        for name in set(names) - OTHERWISE:
            try:
                found = understand(Typed(subtypes=(form.format(name),)), DAY)
            except InputError:
                continue
            if dict(found.patient.antibodies).get(term.id) != result and not found.readings:
                wrong.append((name, found.patient.antibodies))
    assert not wrong


@together(
    [
        ("DM MDA5+ La-", "la", "negative"),
        ("ASyS Jo-1+, La négatif", "la", "negative"),
        ("ASyS Jo-1+ EJ- OJ-", "oj", "negative"),
        ("DM U1-RNP 70K +", "u1rnp", "positive"),
    ]
)
def test_a_short_name_beside_another_antibody(typed: str, id: str, result: str) -> None:
    assert dict(understand(Typed(subtypes=(typed,)), DAY).patient.antibodies)[id] == result


@together([("La polymyosite",), ("DM avec lésions de KS",), ("DM, anticorps de la myosite positifs",)])
def test_an_article_or_two_letters_are_no_antibody(typed: str) -> None:
    try:
        assert understand(Typed(subtypes=(typed,)), DAY).patient.antibodies == ()
    except InputError:
        return


def test_no_slip_makes_an_antibody() -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=("DM, mitochondries de type M2+",)), DAY)


@together(product(("à", "avec", "with"), ("négatif", "neg", "-", "(-)")))
def test_a_small_word_left_by_an_antibody_is_no_letter_of_the_disease(small: str, result: str) -> None:
    """`DM à` without its antibody is not `DMA`."""
    patient = understand(Typed(subtypes=(f"DM {small} anti-Mi2 {result}",)), DAY).patient
    assert (patient.subtypes, patient.antibodies) == (("dm",), (("mi2", "negative"),))


@together([("DM anti-MDA5 (dot +, ELISA -)",), ("DM MDA5 - ILD -",), ("ASyS Jo-1 - PID -",)])
def test_a_sign_that_may_be_of_another_is_asked_about(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)
