"""Rules about texts work on notes that are one text and on notes in both languages."""

from __future__ import annotations

from datetime import date

from myofind.checks.audience import missing_subtypes, redundant_note
from myofind.checks.rule import About, Entry
from myofind.registry.read import read_registry
from tests.snippets import whole

ABOUT = About(date(2025, 6, 1), read_registry(whole("").encode(), "x"), {}, ())


def test_every_sentence_of_both_forms_is_seen() -> None:
    notes = ["vaccinated", {"en": "active disease", "fr": "maladie active"}]
    entry = Entry(
        0,
        {
            "id": "NCT00000001",
            "eligibility": {"check_by_hand": notes},
            "cohorts": [{"name": "adults", "fr": "adultes", "eligibility": {"check_by_hand": notes[1:]}}],
            "conflicts": [{"about": "age", "en": "One.", "fr": "Un."}, {"about": "age", "note": "Two."}],
        },
    )
    assert {path: text for path, _, text in entry.own_texts} == {
        ("eligibility", "check_by_hand", 0): "vaccinated",
        ("eligibility", "check_by_hand", 1, "en"): "active disease",
        ("eligibility", "check_by_hand", 1, "fr"): "maladie active",
        ("cohorts", 0, "name"): "adults",
        ("cohorts", 0, "fr"): "adultes",
        ("cohorts", 0, "eligibility", "check_by_hand", 0, "en"): "active disease",
        ("cohorts", 0, "eligibility", "check_by_hand", 0, "fr"): "maladie active",
        ("conflicts", 0, "en"): "One.",
        ("conflicts", 0, "fr"): "Un.",
        ("conflicts", 1, "note"): "Two.",
    }


def test_a_note_in_both_languages_may_repeat_a_rule() -> None:
    rules = {"age": {"min": 18, "max": 75}, "facts": {"ild": "required"}}
    for note, repeats in (
        ({"en": "aged 18 to 75", "fr": "de 18 à 75 ans"}, True),
        ({"en": "aged 18 to 65", "fr": "de 18 à 65 ans"}, False),
        ({"fr": "de 18 à 75 ans"}, True),
        ({"en": "with interstitial lung disease", "fr": "avec pneumopathie interstitielle"}, True),
        ({"en": "no interstitial lung disease", "fr": "sans pneumopathie interstitielle"}, False),
        ("18 years or older", True),
        ("18 years of disease or more at entry", False),
        ("femmes", False),
    ):
        entry = Entry(0, {"id": "NCT00000001", "eligibility": {**rules, "check_by_hand": [note]}})
        assert bool(list(redundant_note(entry, ABOUT))) == repeats, note


def test_subtypes_may_stand_in_every_alternative_and_are_not_asked_of_who_takes_nobody() -> None:
    named = {"subtypes": {"admits": ["dm"]}}
    for plain, missing in (
        ({"eligibility": {"any_of": [named, {**named, "mmt8": {"below": 142}}]}}, False),
        ({"eligibility": {"any_of": [named, {"mmt8": {"below": 142}}]}}, True),
        ({"eligibility": {"subtypes": {"excludes": ["ibm"]}}}, True),
        ({"cohorts": [{"eligibility": named}, {"eligibility": named}]}, False),
        ({"cohorts": [{"eligibility": named}, {"eligibility": {}}]}, True),
        ({"takes_nobody": "published"}, False),
        ({"draft": True}, False),
        ({}, True),
    ):
        entry = Entry(0, {"id": "NCT00000001", "kind": "interventional", **plain})
        assert bool(list(missing_subtypes(entry, ABOUT))) == missing, plain
