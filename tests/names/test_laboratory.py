"""A pasted laboratory line: each result stays with its antibody, and nothing pending is ever negative."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC
from myofind.names.laboratory import read_results

POSITIVE, NEGATIVE, BORDERLINE, NOT_TESTED = "positive", "negative", "borderline", "not_tested"

LINES = [
    ("Jo-1", {"jo1": POSITIVE}),
    ("jo1=positive", {"jo1": POSITIVE}),
    ("Jo-1 +, Ro52 ++ ; SRP neg", {"jo1": POSITIVE, "ro52": POSITIVE, "srp": NEGATIVE}),
    ("SRP - / HMGCR -", {"srp": NEGATIVE, "hmgcr": NEGATIVE}),
    ("SRP-/HMGCR-", {"srp": NEGATIVE, "hmgcr": NEGATIVE}),
    ("SRP+/HMGCR-", {"srp": POSITIVE, "hmgcr": NEGATIVE}),
    ("SRP/HMGCR negative", {"srp": NEGATIVE, "hmgcr": NEGATIVE}),
    ("SRP et HMGCR négatifs", {"srp": NEGATIVE, "hmgcr": NEGATIVE}),
    ("Jo-1, PL-7, PL-12 négatifs", {"jo1": NEGATIVE, "pl7": NEGATIVE, "pl12": NEGATIVE}),
    ("PL7, Ro60 neg", {"pl7": POSITIVE, "ro60": NEGATIVE}),
    ("Positifs : Jo-1, Ro52. Négatifs : SRP, HMGCR", {"jo1": POSITIVE, "ro52": POSITIVE, "srp": NEGATIVE, "hmgcr": NEGATIVE}),
    ("negative for Jo-1, SRP", {"jo1": NEGATIVE, "srp": NEGATIVE}),
    ("absence d'anti-SRP", {"srp": NEGATIVE}),
    ("pas d'anti-Jo1", {"jo1": NEGATIVE}),
    ("Recherche d'anticorps anti-SRP : positive", {"srp": POSITIVE}),
    ("Ac anti-Mi2 bêta +", {"mi2b": POSITIVE}),
    ("Mi-2α: +; Mi-2β: ++; TIF1γ: -", {"mi2a": POSITIVE, "mi2b": POSITIVE, "tif1g": NEGATIVE}),
    ("SAE1/2 +", {"sae": POSITIVE}),
    ("PM/Scl-75 +; PM/Scl-100 -", {"pmscl75": POSITIVE, "pmscl100": NEGATIVE}),
    ("Th/To +", {"thto": POSITIVE}),
    ("MJ (NXP2)", {"nxp2": POSITIVE}),
    ("SSA (Ro52) +", {"ro52": POSITIVE}),
    ("Jo-1 (HisRS) ++", {"jo1": POSITIVE}),
    ("Jo-1 +/-", {"jo1": BORDERLINE}),
    ("Jo-1 ±", {"jo1": BORDERLINE}),
    ("Jo-1 (+)", {"jo1": BORDERLINE}),
    ("MDA5 = weak positive", {"mda5": BORDERLINE}),
    ("TIF1γ faiblement positif", {"tif1g": BORDERLINE}),
    ("NXP2 équivoque", {"nxp2": BORDERLINE}),
    ("TIF1γ fortement positif", {"tif1g": POSITIVE}),
    ("MDA5 pending", {"mda5": NOT_TESTED}),
    ("MDA5 en attente", {"mda5": NOT_TESTED}),
    ("HMGCR non fait", {"hmgcr": NOT_TESTED}),
    ("HMGCR nd", {"hmgcr": NOT_TESTED}),
    ("NXP2 ?", {"nxp2": NOT_TESTED}),
    ("HMGCR pos (was on statin)", {"hmgcr": POSITIVE}),
    ("ANA 1:640 speckled", {"ana": POSITIVE}),
    ("AAN < 1/80", {"ana": NEGATIVE}),
    ("AAN 1/1280 moucheté, SSA +", {"ana": POSITIVE, "ro_any": POSITIVE}),
    ("HMGCR : 152 UA/mL (N<20)", {"hmgcr": POSITIVE}),
    ("HMGCR : 12 UA/mL (N<20)", {"hmgcr": NEGATIVE}),
    ("HMGCR <20 U/mL", {"hmgcr": NEGATIVE}),
    ("SAE -ve", {"sae": NEGATIVE}),
    ("Jo-1 - negative", {"jo1": NEGATIVE}),
    ("Jo-1 – +", {"jo1": POSITIVE}),
    ("Ro-52 3+", {"ro52": POSITIVE}),
    ("MSA+", {"msa_any": POSITIVE}),
    ("ENA+", {"ena_any": POSITIVE}),
    ("ANA negative", {"ana": NEGATIVE}),
    ("Jo-1\tpositive\nPL-7\tnegative", {"jo1": POSITIVE, "pl7": NEGATIVE}),
    ("SRP: NEGATIF | HMGCR: POSITIF", {"srp": NEGATIVE, "hmgcr": POSITIVE}),
    ("- Jo-1 +\n- SRP neg", {"jo1": POSITIVE, "srp": NEGATIVE}),
    ("Jo1 Ro52", {"jo1": POSITIVE, "ro52": POSITIVE}),
    ("Jo-1 + Ro52 ++ SRP neg", {"jo1": POSITIVE, "ro52": POSITIVE, "srp": NEGATIVE}),
    ("anti Jo1 et anti-Ro52 positifs", {"jo1": POSITIVE, "ro52": POSITIVE}),
    ("antisynthetase (PL-7) +", {"pl7": POSITIVE}),
    ("HMGCR neg?", {"hmgcr": BORDERLINE}),
    ("NXP2 + ?", {"nxp2": BORDERLINE}),
    ("AAN positifs 1/640, mouchetés", {"ana": POSITIVE}),
    ("anti-PL7 et PL12 négatifs", {"pl7": NEGATIVE, "pl12": NEGATIVE}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "results"), LINES)
def test_a_line(line: str, results: dict[str, str]) -> None:
    read = read_results(line)
    assert {one.id: one.result for one in read.results} == results
    assert read.problems == ()


@pytest.mark.parametrize(
    "line", ["panel negative", "dot myosite : négatif", "séronégatif", "negative", "myositis panel negative"]
)
def test_a_negative_panel_says_what_it_covers_and_never_hmgcr_nor_cn1a(line: str) -> None:
    read = read_results(line)
    assert {one.id: one.result for one in read.results} == dict.fromkeys(PANEL, NEGATIVE)
    assert "not for anti-HMGCR nor anti-cN1A" in read.notes[0]
    assert "anti-PL-12" in read.notes[0]


def test_msa_negative_covers_the_specific_ones_only() -> None:
    assert [one.id for one in read_results("MSA neg").results] == list(PANEL_SPECIFIC)


@pytest.mark.parametrize("line", ["pending", "?", "en attente", "non fait", "unknown"])
def test_a_pending_panel_gives_no_result(line: str) -> None:
    read = read_results(line)
    assert (read.results, read.problems) == ((), ())
    assert "never negative" in read.notes[0]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("anti-PL-17 +", "unknown"),
        ("HMGCR 12 U/ml", "ambiguous"),
        ("Jo-1 - Ro52", "ambiguous"),
        ("p140 +", "ambiguous"),
        ("panel positive", "ambiguous"),
    ],
)
def test_what_cannot_be_read_is_handed_back(line: str, outcome: str) -> None:
    read = read_results(line)
    assert read.results == ()
    assert [one.outcome for one in read.problems] == [outcome]
    assert read.problems[0].why


def test_two_results_of_one_antibody_are_a_problem() -> None:
    read = read_results("Jo1 neg, jo1 pos")
    assert read.results == ()
    assert read.problems[0].why == "anti-Jo-1 is given as negative and as positive"


def test_the_others_are_not_guessed() -> None:
    read = read_results("Myositis panel: Jo-1 positive, others negative")
    assert [(one.id, one.result) for one in read.results] == [("jo1", POSITIVE)]
    assert read.notes == ("not read: `others` negative: it names no antibody",)


def test_a_remark_in_brackets_is_kept_as_a_note() -> None:
    assert read_results("HMGCR pos (was on statin)").notes == ("not read: (was on statin)",)


@given(st.text(alphabet="Jo1-+/ ,;:()SRPnegpos?\n\t.=àé<", max_size=40))
def test_any_line_gets_an_answer(line: str) -> None:
    read = read_results(line)
    assert all(one.result in (POSITIVE, NEGATIVE, BORDERLINE, NOT_TESTED) for one in read.results)
    assert len({one.id for one in read.results}) == len(read.results)


@given(
    st.sampled_from(["jo1", "srp", "hmgcr", "mda5"]),
    st.sampled_from(["pending", "?", "en attente", "non fait", "nd", "not done"]),
)
def test_not_tested_is_never_negative(id: str, word: str) -> None:
    assert [one.result for one in read_results(f"{id} {word}").results] == [NOT_TESTED]
