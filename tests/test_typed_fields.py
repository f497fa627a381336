"""What is typed in each field of a patient, against readings written down before they were tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from myofind.asking.profile import Profile, understand
from myofind.asking.typed import Typed
from myofind.diagnostics import Ambiguous, InputError
from myofind.language import both
from myofind.words.facts import value_words

DAY = date(2026, 11, 25)
FIELDS: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("typed_fields.yaml").read_text("utf-8")
)
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


@pytest.mark.parametrize(("field", "text", "meant"), CASES, ids=[f"{field} {text}" for field, text, _ in CASES])
def test_a_text_is_read_rightly_or_refused_with_what_to_type(field: str, text: str, meant: dict[str, Any]) -> None:
    told = asked(field, text)
    if isinstance(told, Profile):
        assert read(told) == meant
    elif isinstance(told, Ambiguous):
        assert meant == {"refused": "|".join(reading for reading, _ in told.readings)}
    else:
        assert meant["refused"] in both(told.words)[0] + both(told.hint_words)[0]


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, text, meant in CASES if "refused" in meant])
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
