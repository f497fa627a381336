"""A letter says what is known, what stands against it and what is asked, and never who the patient is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hostile import ID, TEXTS
from hostile import store as hostile_store
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.patient import Patient
from myofind.report.trial_page import explanation
from myofind.report.values import PatientFacts
from myofind.words.wording import Lang
from myofind.writers.letter import _in_years, letter, of_the_trial
from tests.report.small import ADULT, CHILD, DAY, GOLDEN, REGISTRY, explained, store
from tests.run import myofind

LETTERS = {
    "letter-possible": (ADULT, "NCT00000002"),
    "letter-excluded": (ADULT._replace(age="80", onset=None, antibodies=("mda5",)), "NCT00000001"),
    "letter-child": (CHILD, "NCT00000002"),
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", LETTERS)
def test_a_letter_is_written_as_it_was_read_and_kept(case: str, lang: Lang) -> None:
    typed, id = LETTERS[case]
    assert letter(explained(typed, id, lang=lang), lang) == (GOLDEN / "letters" / f"{case}.{lang}.txt").read_text(
        "utf-8"
    )


def test_an_excluded_trial_is_written_to_and_what_stands_against_it_is_said() -> None:
    text = letter(explained(CHILD, "NCT00000002"), "en")
    against = text.partition("Against it, on the criteria as recorded:\n")[2].partition("\n\n")[0]
    assert against.splitlines() == ["- age: 17, too young (18 or over)", "- this one alone: later"]
    assert "Against it" not in letter(explained(ADULT, "NCT00000002"), "en")


@given(st.dates(date(1930, 1, 1), date(2024, 1, 1)), st.sampled_from(["en", "fr"]))
@settings(max_examples=60, deadline=None)
def test_no_day_in_a_letter_follows_from_the_birth_date(born: date, lang: Lang) -> None:
    typed = Typed(subtypes=("dm",), birth_date=born.isoformat(), countries=("FR",))
    profile = understand(typed, DAY, lang=lang)
    other = born.replace(day=born.day % 28 + 1, month=born.month % 12 + 1)
    same_age = understand(typed._replace(birth_date=other.isoformat()), DAY, lang=lang)
    for id in ("NCT00000001", "NCT00000002"):
        text = letter(explanation(store(), profile, typed, [id], DAY), lang)
        assert born.isoformat() not in text
        if profile.age and same_age.age and profile.age[0] == same_age.age[0] and (profile.age[0] or 0) > 2:
            others = letter(explanation(store(), same_age, typed, [id], DAY), lang)
            assert _without_waits(text) == _without_waits(others)


def _without_waits(text: str) -> list[str]:
    """The lines that do not say whether waiting helps before the trial ends."""
    return [line for line in text.splitlines() if not line.startswith(("- this one alone:", "- celui-ci seulement :"))]


def test_a_year_of_birth_is_an_age_of_two_years() -> None:
    text = letter(explained(Typed(subtypes=("dm",), birth_date="1971"), "NCT00000001"), "en")
    assert "- 54 to 55 years\n" in text
    assert "1971" not in text


def test_hostile_text_is_one_line_of_a_letter() -> None:
    typed = Typed(subtypes=("dm",), age="45", countries=("FR",))
    text = letter(explanation(hostile_store(), understand(typed, DAY), typed, [ID], DAY), "en")
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", text)
    assert TEXTS["label"] in text
    assert TEXTS["acronym"] in text.splitlines()[0]


FACTS = ("match", "-s", "dm", "-a", "45", "-c", "FR", "--on", "2026-06-10", "--registry", str(REGISTRY))


def test_a_letter_is_printed_and_what_is_for_the_writer_is_not_in_it() -> None:
    ran = myofind(*FACTS, "-A", "mda5", "--letter", "ALPHA")
    assert ran.code == 0
    assert ran.out.startswith("Subject: ALPHA (NCT00000001): could a patient take part?\n")
    assert "https://clinicaltrials.gov/study/NCT00000001" in ran.out
    assert "emergency" in ran.err
    assert "emergency" not in ran.out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--letter", "ALPHAA"), "did you mean ALPHA"),
        (("--letter", ""), "no trial"),
        (("--letter", "ALPHA", "-f", "json"), "--letter and --format do not go together"),
        (("--letter", "ALPHA", "--why-not", "ALPHA"), "--letter and --why-not do not go together"),
        (("--letter", "ALPHA", "--all"), "--letter and --all do not go together"),
    ],
)
def test_what_is_no_letter_exits_2(more: tuple[str, ...], said: str) -> None:
    ran = myofind(*FACTS, *more)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_drug_of_several_trials_is_asked_about() -> None:
    ran = myofind("match", "-s", "dm", "-a", "45", "--letter", "efgartigimod", "--on", "2026-06-10")
    assert ran.code == 2
    assert "name one of them" in ran.err
    assert "NCT" in ran.err


if __name__ == "__main__":
    (GOLDEN / "letters").mkdir(exist_ok=True)
    for case, (typed, id) in LETTERS.items():
        for lang in ("en", "fr"):
            text = letter(explained(typed, id, lang=lang), lang)
            (GOLDEN / "letters" / f"{case}.{lang}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("note", "left", "lang"),
    [
        ("the rest of the exclusions was not read", "", "en"),
        ("la suite des critères d’exclusion n’a pas été lue", "", "fr"),
        ("neutrophils not low; the end of the list was not read", "neutrophils not low", "en"),
        ("seuil rénal non lisible ; pas de cardiopathie", "pas de cardiopathie", "fr"),
        ("a minimum breathing test is asked (figure not read)", "a minimum breathing test is asked", "en"),
        ("not ready for a vaccine (or ill)", "not ready for a vaccine (or ill)", "en"),
    ],
)
def test_a_centre_is_not_asked_about_our_own_reading(note: str, left: str, lang: Lang) -> None:
    assert of_the_trial(note, lang) == left


@pytest.mark.parametrize("years", [None, 0, 1, 2, 3, 4, 17, 80])
@pytest.mark.parametrize("months", [None, 0, 7])
def test_a_letter_tells_an_age_of_three_or_more_in_years_alone(years: int | None, months: int | None) -> None:
    told = _in_years(PatientFacts(Patient(), (years, months))).age
    assert told == ((years, 0) if years is not None and years >= 3 else (years, months))
    assert _in_years(PatientFacts(Patient(), None)).age is None
