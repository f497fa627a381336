"""A sign or a denial that stands with a fact in a diagnosis is of that fact, whatever antibody stands beside it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import YesNo

DAY = date(2026, 11, 26)
LUNG = ("PID", "RP-ILD", "ILD", "pneumopathie interstitielle", "interstitial lung disease")
MINUS = ("-", "--", " -", "–", "−", "⁻", " (-)", "(-)", " [–]", ": -", "=-", ":-")
DENIALS = (
    *(" no", " neg", " negative", ": no", " (no)", " absent", " not present", " ruled out"),
    *(" non", " nég", " négative", " : non", " (non)", " absente", " exclue", " écartée"),
    *(" nein", ": nein", " negativ", " ausgeschlossen", " nicht vorhanden"),
)
UNSURE = (
    " ±",
    "±",
    " +/-",
    "+/-",
    " (±)",
    " (+/-)",
    " +/−",
    ": ±",
    " -/+",
    " ou non",
    " or not",
    " oder nicht",
    ": oui/non",
    " yes/no",
)
SEPARATORS = (" ", ", ", "; ", "/", " / ", " + ", " & ", " | ")
WITH_AN_ANTIBODY = (("DM", "MDA5+"), ("SAS", "anti-PL7 positif"))


def lung_disease(typed: str) -> bool | None:
    """What a diagnosis says of lung disease; refused texts say nothing."""
    try:
        patient = understand(Typed(subtypes=(typed,)), DAY).patient
    except InputError:
        return None
    known = known_facts(patient, DAY)
    held = [known[id] for id in ("ild", "rpild") if id in known]
    return any(value == YesNo(True) for value in held) if held else None


def in_place(disease: str, antibody: str, separator: str, lung: str) -> tuple[str, ...]:
    """Lung disease with its sign after the antibody, before it, and inside brackets."""
    return (
        f"{disease} {antibody}{separator}{lung}",
        f"{disease} {lung}{separator}{antibody}",
        f"{disease}{separator}{antibody}{separator}{lung}",
        f"{disease} ({antibody}{separator}{lung})",
        f"{disease} ({lung}{separator}{antibody})",
        f"{antibody}{separator}{lung}{separator}{disease}",
    )


@pytest.mark.parametrize("sign", [*MINUS, *DENIALS, *UNSURE])
def test_what_denies_or_doubts_lung_disease_never_makes_it_true(sign: str) -> None:
    wrong = [
        typed
        for (disease, antibody), separator, lung in product(WITH_AN_ANTIBODY, SEPARATORS, LUNG[:3])
        for typed in in_place(disease, antibody, separator, f"{lung}{sign}")
        if lung_disease(typed)
    ]
    assert not wrong


@pytest.mark.parametrize("sign", [*MINUS, *DENIALS])
@pytest.mark.parametrize("lung", [lung for lung in LUNG if "RP" not in lung])
def test_a_denial_at_the_end_of_a_part_is_read(lung: str, sign: str) -> None:
    separators = (", ", "; ", "/") if sign not in ("/",) else (", ",)
    for separator in separators:
        assert lung_disease(f"DM MDA5+{separator}{lung}{sign}") is False
        assert lung_disease(f"DM {lung}{sign}{separator}MDA5+") is False
    assert lung_disease(f"DM {lung}{sign}") is False


@pytest.mark.parametrize(
    "between", ["±", " ± ", " ±", "± ", " +/- ", "+/-", " +/-", " -/+ ", " (± ", " -", ", - ", " with or without ", " with and without ", " with/without "]
)  # fmt: skip
@pytest.mark.parametrize("first", ["DM MDA5", "DM MDA5+", "ASyS Jo1+", "DM"])
@pytest.mark.parametrize("lung", LUNG)
def test_a_sign_before_lung_disease_is_no_assent(first: str, between: str, lung: str) -> None:
    assert lung_disease(f"{first}{between}{lung}{')' * between.count('(')}") is None


@pytest.mark.parametrize(
    "join", [" or ", " ou ", " oder ", " and ", " et ", " und ", "/", " / ", " and/or ", " et/ou "]
)
@pytest.mark.parametrize(("with_", "without"), [("with", "without"), ("avec", "sans"), ("mit", "ohne")])
def test_with_or_without_is_neither(with_: str, without: str, join: str) -> None:
    for first, second in ((with_, without), (without, with_)):
        for subject in ("PID", "ILD", "cancer", "MDA5", "anti-MDA5"):
            with pytest.raises(InputError):
                understand(Typed(subtypes=(f"DM {first}{join}{second} {subject}",)), DAY)


@pytest.mark.parametrize(
    "typed",
    [
        "DM PID+",
        "DM MDA5+ PID+",
        "DM MDA5+/PID+",
        "DM MDA5+ ILD",
        "DM-ILD",
        "anti-MDA5 DM with ILD",
        "DM PID+ MDA5+",
        "DM - PID - MDA5+",
    ],
)
def test_lung_disease_that_is_affirmed_stays(typed: str) -> None:
    assert lung_disease(typed)


@pytest.mark.parametrize("sign", ["∅", "✗", " ❌", "✘", "→"])
def test_a_sign_that_nobody_reads_is_refused(sign: str) -> None:
    assert lung_disease(f"DM MDA5+ PID{sign}") is None
