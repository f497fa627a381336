"""In French nothing of the answer is left in English, and punctuation stands as French has it."""

import re
from pathlib import Path

import pytest

from myofind.names.diagnosis import read_diagnosis
from myofind.names.laboratory import read_results
from myofind.words.reading_notes import worded
from tests.run import myofind

FRENCH = ("--on", "2026-06-01", "--lang", "fr")

ENGLISH = re.compile(
    r"\b(about|add|also|and|any|asked|between|borderline|closes?|country|days?|excluded|female|found|from|given|in|is|"
    r"later|male|match|may|met|missing|months?|more|negative|no|not|of|once|onset|open|other|positive|read|recorded|"
    r"required|runs|settles?|shown|subtype|tested|the|to|trials?|under|unknown|what|which|with|years?|yes|"
    r"young|old|over|left|out|why)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(r"`[^`]*`|\w+=\S+|--[a-z-]+( female\|male)?|register, page \d|walks ten metres|myofind match .*")
"""Commands, options, what was typed, and words of the registry itself."""

QUESTIONS = [
    ("-s", "dm", "-c", "FR"),
    ("-s", "dermatomyosits", "-a", "45", "-c", "Frnace"),
    ("-s", "dm", "-a", "6 mois", "--why-not", "ALPHA"),
    ("-s", "dm", "-a", "17y 8m", "--sex", "f", "--no-ild", "--refractory", "--why-not", "NCT00000002"),
    ("-s", "imnm", "-b", "2009-03-12", "-c", "US", "--onset", "2024-03"),
    ("-s", "imnm", "-a", "45", "-c", "US", "--onset", "il y a 3 ans", "--explain", "--all"),
    ("-s", "dm", "-a", "45", "-c", "US", "-A", "Ro52 +, SRP neg, Jo-1 borderline", "--near"),
    ("-s", "dm", "-a", "80", "-c", "US", "-A", "panel negative", "--near"),
    ("-s", "imnm", "-a", "45", "-A", "hmgcr=not tested", "--all"),
    ("-s", "pm", "-a", "45", "-c", "US", "--also-as", "imnm"),
    ("-s", "dm", "-a", "45", "--what-if", "age=80", "--what-if", "subtype=polymyosits"),
    ("-s", "DM et diabète", "-a", "45", "--studies", "--status", "any"),
    ("--explain-order",),
]  # fmt: skip


def english(text: str) -> list[str]:
    return [f"{found[0]} in: {line}" for line in text.splitlines() for found in ENGLISH.finditer(ASIDE.sub(" ", line))]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("columns", ["", "80"])
def test_an_answer_in_french_holds_no_english(question: tuple[str, ...], columns: str, registry: Path) -> None:
    found = myofind("match", *question, *FRENCH, "--registry", str(registry), env={"COLUMNS": columns})
    assert found.code == 0, found.err
    assert english(found.out + found.err) == []
    for line in found.out.splitlines():
        assert not re.search(r"[^\s:/\d-][;?!](\s|$)|[^\s\d/-]:(\s|$)", ASIDE.sub(" ", line)), line
        assert not re.match(r"\s*[;:!»]\s", line), line


def test_a_cohort_in_french_holds_no_english(registry: Path) -> None:
    rows = "id,subtype,country\n1,dm,FR\n2,dermatomyosits,Frnace\n3,xyzzy,FR\n"
    found = myofind("match", "--cohort", "-", *FRENCH, "--registry", str(registry), stdin=rows)
    assert found.code == 0
    assert english(found.out + found.err) == []
    assert "entrée standard:4:" in found.err
    assert "standard input" not in found.err


@pytest.mark.parametrize(
    ("option", "typed"),
    [("-s", "xyzzy"), ("-s", "dermatopolymyosite"), ("-A", "PL-17"), ("-A", "jo1 +; jo1 -"), ("-c", "Congo")],
)
def test_a_name_that_is_refused_is_refused_in_french(option: str, typed: str, registry: Path) -> None:
    found = myofind("match", option, typed, *FRENCH, "--registry", str(registry))
    assert found.code == 2
    assert english(found.err.replace("help: ", "")) == []


def test_every_note_of_reading_is_known_in_french() -> None:
    texts = ("panel negative", "panel not tested", "Jo-1 +, others negative", "ANA +, others negative")
    diagnoses = ("DM et diabète de type 2", "cancer associated dermatomyositis")
    remarks = {note for text in texts for note in read_results(text).notes}
    remarks |= {note for text in diagnoses for note in read_diagnosis(text).remarks}
    assert len(remarks) == 6
    for remark in remarks:
        assert worded(*remark, lang="fr") != worded(*remark)
