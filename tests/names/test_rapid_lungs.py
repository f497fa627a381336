"""Lung disease that progresses rapidly is an emergency: it is heard in whichever order and language it is written."""

from __future__ import annotations

from datetime import date
from itertools import product

from tests.together import together

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.known_facts import lung_disease

DAY = date(2026, 11, 26)
RAPID = ("RP-ILD", "ILD RP", "RP ILD", "PID RP", "PID-RP", "RP-PID", "PID rapidement progressive", "rapidly progressive ILD", "PID rapidement évolutive")  # fmt: skip
DISEASES = ("DM", "DM MDA5+", "DM MDA5-", "anti-MDA5 DM", "dermatomyosite", "SAS", "PM")
JOINTS = (" avec ", " with ", ", ", " ")


@together(product(DISEASES, JOINTS, RAPID))
def test_rapid_progression_beside_a_diagnosis_is_never_lost(disease: str, joint: str, lungs: str) -> None:
    if joint == " " and lungs.endswith("évolutive"):
        return  # refused: it is not plain of what it is said
    patient = understand(Typed((f"{disease}{joint}{lungs}",)), DAY).patient
    assert lung_disease(patient, DAY) == "worsening"


@together((lungs,) for lungs in RAPID)
def test_rapid_progression_as_a_fact(lungs: str) -> None:
    for typed in (lungs, lungs.lower(), f"{lungs} +", lungs.replace(" ", "-")):
        assert lung_disease(understand(Typed(("dm",), facts=(typed,)), DAY).patient, DAY) == "worsening", typed
    assert lung_disease(understand(Typed(("dm",), facts=(f"no {lungs}",)), DAY).patient, DAY) != "worsening"


@together(
    product(("DM", "SAS", "MDA5 DM", "PM"), (" avec ", ", "), ("PID évolutive", "ILD progressive", "progressive ILD"))
)
def test_worsening_beside_a_diagnosis_is_never_lost(disease: str, joint: str, lungs: str) -> None:
    patient = understand(Typed((f"{disease}{joint}{lungs}",)), DAY).patient
    assert lung_disease(patient, DAY) == "worsening"
