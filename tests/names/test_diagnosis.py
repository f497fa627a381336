"""A diagnosis typed with its antibody gives both."""

from __future__ import annotations

import pytest
from tests.together import together

from myofind.names.diagnosis import read_diagnosis
from myofind.words.reading_notes import worded


@together(
    [
        ("anti-Jo1 polymyositis", "pm", {"jo1": "positive"}),
        ("PM anti-Jo1", "pm", {"jo1": "positive"}),
        ("DM anti-TIF1γ", "dm", {"tif1g": "positive"}),
        ("dermatomyositis (TIF1-gamma)", "dm", {"tif1g": "positive"}),
        ("JDM NXP2+", "jdm", {"nxp2": "positive"}),
        ("SAS à PL7", "asys", {"pl7": "positive"}),
        ("MNAI anti-HMGCR", "imnm_hmgcr", {"hmgcr": "positive"}),
        ("SRP+ IMNM", "imnm_srp", {"srp": "positive"}),
        ("PM-Scl overlap myositis", "overlap", {"pmscl": "positive"}),
        ("IBM cN1A+", "ibm", {"cn1a": "positive"}),
        ("anti-MDA5+ dermatomyositis", "dm_mda5", {"mda5": "positive"}),
        ("MDA5-negative DM", "dm", {"mda5": "negative"}),
        ("dermatomyosite sans anti-MDA5", "dm", {"mda5": "negative"}),
        ("IMNM, HMGCR pending", "imnm", {"hmgcr": "not_tested"}),
        ("syndrome des antisynthétases", "asys", {}),
        ("DM MDA5-", "dm", {"mda5": "negative"}),
        ("DM MDA5 –", "dm", {"mda5": "negative"}),
        ("DM, MDA5 (-)", "dm", {"mda5": "negative"}),
        ("DM MDA5 ?", "dm", {"mda5": "not_tested"}),
        ("DM MDA5+/-", "dm", {"mda5": "borderline"}),
        ("DM MDA5 not detected", "dm", {"mda5": "negative"}),
        ("DM non MDA5", "dm", {"mda5": "negative"}),
        ("anti-MDA5 negative dermatomyositis", "dm", {"mda5": "negative"}),
        ("dermatomyosite sans anticorps anti-MDA5", "dm", {"mda5": "negative"}),
        ("DM ni MDA5 ni SRP", "dm", {"mda5": "negative", "srp": "negative"}),
        ("IMNM SRP- HMGCR-", "imnm", {"srp": "negative", "hmgcr": "negative"}),
        ("IMNM SRP/HMGCR négatifs", "imnm", {"srp": "negative", "hmgcr": "negative"}),
        ("SRP-negative, HMGCR-negative IMNM", "imnm", {"srp": "negative", "hmgcr": "negative"}),
        ("ASyS Jo1-", "asys", {"jo1": "negative"}),
        ("DM Mi2+ MDA5-", "dm", {"mi2": "positive", "mda5": "negative"}),
        ("DM (MDA5-, TIF1γ+)", "dm", {"mda5": "negative", "tif1g": "positive"}),
        ("dermatomyosite", "dm", {}),
        ("anti synthethase syndrom (PL-7)", "asys", {"pl7": "positive"}),
    ]
)
def test_subtype_and_antibodies(typed: str, subtype: str, results: dict[str, str]) -> None:
    read = read_diagnosis(typed)
    assert read.subtype.id == subtype
    assert {one.id: one.result for one in read.results} == results


@pytest.mark.parametrize(
    "typed",
    ["DM MDA5 not negative", "DM MDA5, SRP neg", "DM MDA5 - Ro52", "IMNM HMGCR 12 U/mL", "DM sans MDA5 positif"],
)
def test_antibodies_that_cannot_be_read_refuse_the_diagnosis(typed: str) -> None:
    read = read_diagnosis(typed)
    assert read.problems
    assert read.results == ()


def test_a_cancer_is_a_remark() -> None:
    read = read_diagnosis("paraneoplastic DM (TIF1-gamma)")
    assert (read.subtype.id, [one.id for one in read.results]) == ("dm", ["tif1g"])
    assert [one.code for one in read.remarks] == ["cancer_associated"]
    assert read_diagnosis("cancer-associated myositis").subtype.id == "cam"


def test_a_second_disease_is_a_note() -> None:
    read = read_diagnosis("DM et diabète de type 2")
    assert (read.subtype.id, [worded(*one) for one in read.remarks]) == ("dm", ["also mentioned: diabetes mellitus"])


def test_two_myositides_are_asked_about() -> None:
    read = read_diagnosis("DM and IBM")
    assert (read.subtype.outcome, read.subtype.candidates) == ("ambiguous", ("dm", "ibm"))


def test_a_slip_is_said_and_exact_turns_it_off() -> None:
    read = read_diagnosis("dermatomyosits")
    assert (read.subtype.outcome, read.subtype.why, read.subtype.details) == ("accepted", "letters", ("1",))
    assert read_diagnosis("dermatomyosits", exact=True).subtype.outcome == "unknown"
