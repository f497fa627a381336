"""Honest lines about diagnoses, facts and treatments, against readings written down before they were tried."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_files import yaml_of

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.patient import Chosen, Patient, YesNo
from myofind.words.facts import treatment_words, value_words
from tests.example_counts import TIMES
from tests.refusals import only_refused

DAY = date(2026, 11, 25)
LINES: dict[str, list[Any]] = yaml_of(Path(__file__).parent / "cases" / "typed_lines.yaml")
FIELD = {"diagnoses_with_facts": "subtypes", "alternatives": "subtypes", "facts": "facts", "treatments": "treatments"}


def read(kind: str, line: str) -> tuple[Patient, tuple[str, ...]]:
    fields: dict[str, Any] = {FIELD[kind]: (line,)}
    found = understand(Typed(**fields), DAY)
    return found.patient, found.readings


def differs(patient: Patient, readings: tuple[str, ...], meant: dict[str, Any]) -> list[str]:
    """What was read and is not meant, or is meant and was not read."""
    facts = {id: value_words(id, value, "en") for id, value in patient.facts}
    plain = {True: "yes", False: "no"}
    wanted = {id: plain.get(value, value) for id, value in meant.get("facts", {}).items()}
    wrong = []
    if "subtypes" in meant and sorted(patient.subtypes) != sorted(meant["subtypes"]):
        wrong.append(f"subtypes {patient.subtypes}")
    if dict(patient.antibodies) != meant.get("antibodies", {}):
        wrong.append(f"antibodies {patient.antibodies}")
    if facts != wanted:
        wrong.append(f"facts {facts}")
    treatments = sorted(treatment_words(each, "en") for each in patient.treatments)
    if treatments != sorted(meant.get("treatments", [])):
        wrong.append(f"treatments {treatments}")
    if bool(readings) != ("says" in meant):
        wrong.append(f"said {readings}")
    return wrong


@pytest.mark.parametrize("kind", LINES)
def test_honest_lines_are_read_and_none_wrongly(kind: str) -> None:
    wrong: list[str] = []
    refused: list[str] = []
    plain = [line for line in LINES[kind] if "refused" not in line[1]]
    for line, meant in LINES[kind]:
        try:
            patient, readings = read(kind, line)
        except InputError as error:
            if "refused" not in meant:
                refused.append(f"{line}: {error.words}")
            continue
        told = ["read although it is not plain"] if "refused" in meant else differs(patient, readings, meant)
        wrong += [f"{line}: {each}" for each in told]
    assert wrong == [], "\n".join([*wrong, *refused])
    assert len(refused) <= len(plain) // 10, refused


# Denials ---------------------------------------------------------------------------------------------------------------

DENIALS = (
    "non", "no", "not", "sans", "pas", "pas d'", "without", "kein", "keine", "ohne", "nicht", "neg", "négatif", "absence de", "absence of", "aucun", "never",
    "jamais d'", "ni", "nor", "weder", "hors", "sauf", "except", "ex", "exclu", "excluded", "ausgeschlossen", "nie", "0", "ruled out", "lack of", "denies", "false",
    "faux", "nein", "unlikely", "?", "en attente", "pending", "non fait", "risque de", "suspicion de", "possible", "family history of", "mère :",
)  # fmt: skip
JOINTS = (" ", "-", " - ", ": ", " : ", "/", " / ", "(", "=", ", ", ". ", "; ")
ANTIBODIES = ("Jo-1", "anti-Jo-1", "MDA5", "anti-MDA5", "SRP")
FACTS = (
    "cancer",
    "PID",
    "ILD",
    "calcinosis",
    "wheelchair",
    "hepatitis B",
    "dysphagia mild",
    "lupus",
    "infection active",
)


def denied(about: tuple[str, ...], seed: int) -> Iterator[tuple[str, str]]:
    """Texts in which something is denied or doubted, each with the word that does; every word with every sign between."""
    rng = random.Random(seed)
    for word in DENIALS:
        for joint in JOINTS:
            one, disease = rng.choice(about), rng.choice(("DM", "ASyS", "polymyosite", "myositis"))
            close = ")" if joint == "(" else ""
            forms = (
                f"{disease} {word}{joint}{one}{close}", f"{disease}, {word}{joint}{one}{close}", f"{disease} {one}{joint}{word}{close}",
                f"{disease} ({word}{joint}{one}{close})", f"{word}{joint}{one}{close} {disease}", f"{disease}, {one}{joint}{word}{close}",
            )  # fmt: skip
            yield rng.choice(forms), word


@pytest.fixture
def decided() -> Iterator[None]:
    """Only whether a text is refused."""
    with only_refused():
        yield


def held(patient: Patient) -> list[str]:
    """The facts that hold of a patient."""
    return [
        id
        for id, value in patient.facts
        if (isinstance(value, YesNo) and value.yes) or (isinstance(value, Chosen) and {*value.values} - {"none"})
    ]


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_no_sign_between_a_denial_and_an_antibody_makes_it_positive(seed: int) -> None:
    for text, _ in denied(ANTIBODIES, seed):
        try:
            patient = understand(Typed(subtypes=(text,)), DAY).patient
        except InputError:
            continue
        assert "positive" not in dict(patient.antibodies).values(), text
        assert patient.antibodies, text


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("seed", range(2 * TIMES))
def test_no_sign_between_a_denial_and_a_fact_makes_it_hold(seed: int) -> None:
    for text, word in denied(FACTS, seed):
        try:
            patient = understand(Typed(subtypes=(text,)), DAY).patient
        except InputError:
            continue
        parted = word == "?" and text.split("?")[0].strip() in (
            "DM",
            "ASyS",
            "polymyosite",
            "myositis",
        )  # the disease is in doubt
        assert parted or not held(patient), text
        assert "cam" not in patient.subtypes, text


@pytest.mark.parametrize("seed", range(2))
def test_no_sign_between_a_denial_and_a_fact_typed_alone_makes_it_hold(seed: int) -> None:
    rng = random.Random(seed)
    for word in DENIALS:
        for joint in JOINTS:
            one = rng.choice(FACTS)
            text = rng.choice((f"{word}{joint}{one}", f"{one}{joint}{word}")) + (")" if joint == "(" else "")
            try:
                assert not held(understand(Typed(facts=(text,)), DAY).patient), text
            except InputError:
                continue


BESIDE = {
    "ild": ("PID", "ILD", "interstitial lung disease", "atteinte pulmonaire"), "cancer": ("cancer", "néoplasie", "malignancy"), "calcinosis": ("calcinose",),
    "pulmonary_hypertension": ("HTAP", "PAH"), "rash": ("rash", "éruption", "signe cutané"), "mda5": ("MDA5", "anti-MDA5"), "srp": ("SRP",),
}  # fmt: skip
JOINED = (" ", ", ", " et ", "; ", " - ", "/", " (")


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("seed", range(TIMES))
def test_what_is_denied_of_two_things_beside_a_diagnosis_holds_of_neither(seed: int) -> None:
    """`DM sans rash, sans PID`: no denial is spent on another word, whatever sign stands before it."""
    rng = random.Random(seed)
    for _ in range(120):
        about = rng.sample(list(BESIDE), 2)
        words = [f"{rng.choice(('sans', 'without', 'pas de', 'no', 'not'))} {rng.choice(BESIDE[id])}" for id in about]
        text = rng.choice(("DM", "IMNM", "SAS", "polymyosite", "dermatomyosite"))
        for each in words:
            sign = rng.choice(JOINED)
            text += f"{sign}{each}" + (")" if sign == " (" else "")
        try:
            patient = understand(Typed(subtypes=(text,)), DAY).patient
        except InputError:
            continue
        assert not held(patient), text
        assert "positive" not in dict(patient.antibodies).values(), text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("definite DM", "definite"),
        ("probable polymyositis", "probable"),
        ("severe IMNM", "severe"),
        ("adult-onset DM", "adult"),
        ("dermatomyosite active", "active"),
        ("statin-induced IMNM", "statin"),
    ],
)
def test_a_word_of_course_or_certainty_is_passed_over_aloud(typed: str, word: str) -> None:
    assert any(f"`{word}`" in note for note in understand(Typed(subtypes=(typed,)), DAY).readings)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("lupus overlap myositis", "lupus"),
        ("overlap myositis with Sjögren", "sjogren"),
        ("RA overlap myositis", "ra"),
        ("severe overlap myositis with lupus", "lupus"),
    ],
)
def test_the_other_disease_of_an_overlap_is_a_fact(typed: str, value: str) -> None:
    told = understand(Typed(subtypes=(typed,)), DAY).patient
    assert (told.subtypes, told.fact("other_autoimmune")) == (("overlap",), Chosen((value,)))


@pytest.mark.parametrize("typed", ["overlap without lupus", "overlap no lupus", "overlap myositis, no lupus"])
def test_a_disease_denied_beside_an_overlap_is_denied(typed: str) -> None:
    assert understand(Typed(subtypes=(typed,)), DAY).patient.fact("other_autoimmune") == Chosen((), ("lupus",))


@pytest.mark.parametrize("typed", ["DM probable paranéoplasique", "probable ASyS with ILD", "DM, probable cancer"])
def test_what_is_only_probable_is_no_fact(typed: str) -> None:
    with pytest.raises(InputError):
        understand(Typed(subtypes=(typed,)), DAY)


def test_the_dose_of_a_course_that_ended_is_told_with_it() -> None:
    for line, told in (
        ("prednisone 60 mg until 2024, restarted 2025-01 at 10 mg", "60 mg until 2024"),
        ("prednisone 60 mg arrêtée 2024, reprise 2025", "60 mg arrêtée 2024"),
        ("MTX 15 mg/wk until 2022, restarted 20 mg/wk 2023, stopped 2024, restarted 2025", "15 mg/wk until 2022, restarted 20 mg/wk 2023, stopped 2024"),
    ):  # fmt: skip
        said = " ".join(read("treatments", line)[1])
        assert f"`{told}`: an earlier course; the last one counts" in said, line
