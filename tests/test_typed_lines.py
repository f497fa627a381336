"""Honest lines about diagnoses, facts and treatments, against readings written down before they were tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from myofind.asking.profile import Typed, understand
from myofind.diagnostics import InputError
from myofind.domain.patient import Patient
from myofind.words.facts import treatment_words, value_words

DAY = date(2026, 11, 25)
LINES: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("cases").joinpath("typed_lines.yaml").read_text("utf-8")
)
FIELD = {"diagnoses_with_facts": "subtypes", "alternatives": "subtypes", "facts": "facts", "treatments": "treatments"}


def read(kind: str, line: str) -> tuple[Patient, tuple[str, ...]]:
    found = understand(Typed()._replace(**{FIELD[kind]: (line,)}), DAY)
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
