"""What is typed in each field of a patient, against readings written down before they were tried."""

from __future__ import annotations

import random
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_files import yaml_of

from myofind.asking.profile import Profile, understand
from myofind.asking.typed import Typed
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.patient_facts import line_of
from myofind.language import both
from myofind.words.facts import value_words
from tests.example_counts import TIMES
from tests.refusals import only_refused
from tests.together import together

DAY = date(2026, 11, 25)
FIELDS: dict[str, list[Any]] = yaml_of(Path(__file__).with_name("cases") / "typed_fields.yaml")
CASES = [(field, text, meant) for field, cases in FIELDS.items() for text, meant in cases]


def typed(field: str, text: str) -> Typed:
    """One text in one field."""
    fields: dict[str, Any] = {field: (text,) if field in ("subtypes", "countries") else text}
    return Typed(**fields)


def read(profile: Profile) -> dict[str, Any]:
    """What was read, as the cases write it."""
    patient, found = profile.patient, dict[str, Any]()
    onset, birth = patient.onset, patient.birth
    facts = {id: value_words(id, value, "en") for id, value in patient.facts if id not in ("onset", "sex")}
    if onset:
        days, months = (onset.earliest, onset.latest), (onset.youngest_months, onset.oldest_months)
        found["onset"] = f"{days[0]} to {days[1]}" if days[0] else f"{months[0]}-{months[1]} months"
    if birth:
        found["birth"] = f"{birth.earliest} to {birth.latest}"
    held = {
        "subtypes": list(patient.subtypes), "antibodies": dict(patient.antibodies), "sex": patient.sex, "countries": list(patient.countries),
        "facts": {id: {"yes": True, "no": False}.get(words, words) for id, words in facts.items()}, "says": bool(profile.readings),
    }  # fmt: skip
    return found | {key: value for key, value in held.items() if value}


def asked(field: str, text: str) -> Profile | InputError:
    """What was read, or the refusal."""
    try:
        return understand(typed(field, text), DAY)
    except InputError as error:
        return error


@together(CASES)
def test_a_text_is_read_rightly_or_refused_with_what_to_type(field: str, text: str, meant: dict[str, Any]) -> None:
    told = asked(field, text)
    if isinstance(told, Profile):
        assert read(told) == meant
    elif isinstance(told, Ambiguous):
        assert meant == {"refused": "|".join(reading for reading, _ in told.readings)}
    else:
        assert meant["refused"] in both(told.words)[0] + both(told.hint_words)[0]


@together((field, text) for field, text, meant in CASES if "refused" in meant)
def test_a_refusal_is_whole_in_both_languages_and_leaves_nothing_to_fill_in(field: str, text: str) -> None:
    for lang in ("en", "fr"):
        with pytest.raises(InputError) as refused:
            understand(typed(field, text), DAY, lang=lang)
        said = [
            both(words)[lang == "fr"].replace(text, "") for words in (refused.value.words, refused.value.hint_words)
        ]
        assert said[0]
        assert "…" not in said[1]
        if lang == "fr":
            assert not [words for words in ("is not", "write `", "which is", "or leave") if words in " ".join(said)]


# What stands beside a diagnosis -----------------------------------------------------------------------------------------

DISEASES = {
    "DM": "dm",
    "dermatomyosite": "dm",
    "PM": "pm",
    "IBM": "ibm",
    "IMNM": "imnm",
    "SAS": "asys",
    "CADM": "cadm",
    "M33.1": "dm",
}
BESIDE: dict[str, tuple[str, Any]] = {
    "PID": ("ild", "yes"), "no ILD": ("ild", "no"), "sans PID": ("ild", "no"), "sans cancer": ("cancer", "no"), "MDA5+": ("mda5", "positive"),
    "MDA5-": ("mda5", "negative"), "anti-Jo1": ("jo1", "positive"), "Jo-1 neg": ("jo1", "negative"), "lupus": ("other_autoimmune", "lupus"),
    "réfractaire": ("refractory", "yes"), "non réfractaire": ("refractory", "no"), "never treated": ("treatment_naive", "yes"),
    "diagnosed 2019": ("diagnosed_on", "2019"), "MTX": ("", ""), "Lyon": ("", ""), "45 ans": ("", ""), "depuis 2 ans": ("", ""), "zorglub": ("", ""),
}  # fmt: skip
JOINTS = (" ", ", ", " avec ", " et ", " + ", "/", "-", " (", "; ", " - ", " : ", ". ")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_beside_a_diagnosis_is_lost_and_no_sign_changes_hands(seed: int) -> None:
    """Whatever joins them, two things said beside a diagnosis are both read as they are said, or the text is refused.

    For one seed with all that a refusal proposes, which must not break on any such text either.
    """
    rng = random.Random(seed)
    lost, count = [], 0
    for _ in range(300 * TIMES):
        disease, pieces = rng.choice(list(DISEASES)), rng.sample(list(BESIDE), 2)
        text = disease
        for piece in pieces:
            joint = rng.choice(JOINTS)
            text += joint + piece + (")" if joint == " (" else "")
        with only_refused() if seed else nullcontext():
            told = asked("subtypes", text)
        if isinstance(told, InputError):
            continue
        count += 1
        facts = {id: value_words(id, value, "en") for id, value in told.patient.facts}
        held = {**facts, **dict(told.patient.antibodies)}
        lines = {line for id in told.patient.subtypes for line in line_of(id)}
        wanted = dict(BESIDE[piece] for piece in pieces)
        differs = any(
            held.get(id) not in (value, "borderline") and not (id == "" and told.readings)
            for id, value in wanted.items()
        )
        if DISEASES[disease] not in lines or (differs and len(wanted) == 2):
            lost.append((text, told.patient.subtypes, held, told.readings))
    assert lost == []
    assert count > 50
