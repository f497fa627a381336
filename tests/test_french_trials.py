"""What the French brochure of May 2025 says is open in France is what `match` offers there three days later."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path
from myofind.registry.search import Finder
from tests.run import myofind

ALKIVIA, BREAKFREE, RAPCABTAGENE = "NCT05523167", "NCT05869955", "NCT06665256"
JASMINE, DAZUKIBART, TITAN, RAINBOW = "NCT06455449", "NCT05895786", "NCT06916806", "NCT06371417"
BIRD, MYOCIT, ITS_PILOT, CATR_PAT, ADSVF = "NCT04972760", "NCT05524311", "NCT03582800", "NCT03770663", "NCT05032131"
GALARISSO, SPIREA, ULVIPRUBART, BIGTIM = "NCT05695950", "NCT05379634", "NCT05721573", "NCT06536166"
MASC2, MAIA, KIDNEY = "NCT05454527", "NCT04792931", "NCT06904937"
SCLEROMYOMICS = "NCT04917705"
"""Not of the brochure: a cohort at Strasbourg by an older record that no later one closed."""
ANTI_ARS, FAT_CELLS = "UMIN000032022", "NCT06574581"
"""In Japan and in Taiwan, by lists of countries known to be incomplete: never more than possible in France."""
EXTENSIONS = {"NCT05979441", "NCT06450886", "NCT06698796"}

FINDER = Finder(open_store(registry_path()).trials())

OPEN_IN_FRANCE = [
    (
        "-s dm -a 45",
        {BIRD, ALKIVIA, JASMINE, ITS_PILOT, RAINBOW, DAZUKIBART, RAPCABTAGENE, BREAKFREE, TITAN},
    ),
    ("-s ibm -a 60", {ADSVF}),
    ("-s imnm -A hmgcr -a 50", {ALKIVIA, RAINBOW, BREAKFREE, RAPCABTAGENE}),
    ("-s asys -A jo1 -a 50", {ALKIVIA, CATR_PAT, BREAKFREE, RAPCABTAGENE}),
    ("-s jdm -a 9", {MYOCIT, ITS_PILOT}),
    ("-s pm -a 40", {ALKIVIA, JASMINE, DAZUKIBART, BREAKFREE, TITAN}),
]
ABROAD = {"-s dm -a 45": {ANTI_ARS, FAT_CELLS}, "-s jdm -a 9": {ANTI_ARS}, "-s pm -a 40": {ANTI_ARS, FAT_CELLS}}
"""Offered beside them because nobody knows that France is not among their countries."""
PRINTED_NAMES = [
    ("ABC008 (Ulviprubart)", ULVIPRUBART),
    ("Anifrolumab (essai Jasmine)", JASMINE),
    ("Baricitinib (essai Bird)", BIRD),
    ("Baricitinib (essai Myocit)", MYOCIT),
    ("Catr-Pat", CATR_PAT),
    ("CC-97540", BREAKFREE),
    ("Cellules souches (essai ADSVF-in-IBM)", ADSVF),
    ("Dazikubart", DAZUKIBART),
    ("Daxdilimab", "NCT05669014"),
    ("Efgartigimod (essai Alkivia)", ALKIVIA),
    ("Efgartigimod (essai Alkivia+)", "NCT05979441"),
    ("GLPG3667 (essai Galarisso)", GALARISSO),
    ("IgPro20 (essai Reclaiim)", "NCT04044690"),
    ("Nipocalimab (essai Spirea)", SPIREA),
    ("Thiosulfate de sodium", ITS_PILOT),
    ("Cohorte Maia", MAIA),
    ("Étude Cytildass", "NCT05984394"),
    ("Étude Jade", "NCT06004817"),
    ("Étude Mide", "mide-afm"),
    ("Étude Neutrosas2", "NCT05989399"),
    ("Scleromyotics", SCLEROMYOMICS),
    ("Registre Masc2", MASC2),
]
"""The names in the table of the association's page of studies in France, misprints included, and whom they mean."""
JOINABLE = [
    ("-s dm -a 45", {MASC2, MAIA, SCLEROMYOMICS}),
    ("-s ibm -a 60", {MASC2, MAIA, SCLEROMYOMICS}),
    ("-s imnm -A hmgcr -a 50", {MASC2, MAIA, SCLEROMYOMICS}),
    ("-s asys -A jo1 -a 50", {MASC2, MAIA, SCLEROMYOMICS}),
    ("-s jdm -a 9", {MASC2}),
    ("-s pm -a 40", {MASC2, MAIA, SCLEROMYOMICS}),
]


@cache
def match(patient: str, *more: str) -> list[dict[str, Any]]:
    """The trials of an answer; each question is put once, whatever is asked of its answer."""
    ran = myofind("match", *patient.split(), *more, "--format", "json", "--limit", "0")
    assert ran.code == 0, ran.err
    trials: list[dict[str, Any]] = json.loads(ran.out)["trials"]
    return trials


def offered(patient: str, kinds: set[str], *more: str) -> set[str]:
    return {
        t["id"]
        for t in match(patient, "-c", "FR", "--on", "2025-05-20", "--status", "open", *more)
        if t["kind"] in kinds and t["verdict"] in {"match", "possible"} and t["recruitment"]["state"] == "open"
    }


@pytest.mark.parametrize(("patient", "expected"), OPEN_IN_FRANCE)
def test_the_open_trials_and_no_others(patient: str, expected: set[str]) -> None:
    assert offered(patient, {"interventional", "extension"}) == expected | ABROAD.get(patient, set())


def test_a_trial_abroad_is_at_most_possible_in_france() -> None:
    found = {t["id"]: t for t in match("-s dm -a 45", "-c", "FR", "--on", "2025-05-20", "--all")}
    for trial in ABROAD["-s dm -a 45"]:
        outcomes = {c["name"]: c["outcome"] for c in found[trial]["criteria"]}
        assert (found[trial]["verdict"], outcomes["country"]) == ("possible", "unknown")


@pytest.mark.parametrize(("patient", "expected"), JOINABLE)
def test_the_registries_and_cohorts_a_patient_could_join(patient: str, expected: set[str]) -> None:
    assert offered(patient, {"registry", "observational"}) == expected


@pytest.mark.parametrize(("printed", "trial"), PRINTED_NAMES)
def test_a_study_is_found_by_the_name_the_association_prints(printed: str, trial: str) -> None:
    assert trial in [hit.trial.id for hit in FINDER.search(printed)][:3]


def test_a_study_of_old_records_is_offered_to_nobody() -> None:
    found = {t["id"]: t for t in match("-s dm -a 45", "-c", "FR", "--on", "2025-05-20", "--all")}
    assert found[KIDNEY]["verdict"] == "excluded"
    assert [c["name"] for c in found[KIDNEY]["criteria"] if c["outcome"] == "not_met"] == ["enrolment"]


@pytest.mark.parametrize(
    ("patient", "trial", "state"),
    [
        ("-s dm -a 45 --refractory", GALARISSO, "closed"),
        ("-s dm -a 45 -A mda5", SPIREA, "closed"),
        ("-s ibm -a 60", ULVIPRUBART, "closed"),
        ("-s ibm -a 60", BIGTIM, "upcoming"),
    ],
)
def test_closed_and_coming_trials_fit_but_are_not_open(patient: str, trial: str, state: str) -> None:
    found = {t["id"]: t for t in match(patient, "-c", "FR", "--on", "2025-05-20", "--all")}
    assert found[trial]["verdict"] in {"match", "possible"}
    assert found[trial]["recruitment"]["state"] == state


@pytest.mark.parametrize("patient", ["-s dm -a 45", "-s ibm -a 60", "-s imnm -a 50"])
def test_an_extension_is_never_offered(patient: str) -> None:
    found = {t["id"]: t["verdict"] for t in match(patient, "-c", "FR", "--on", "2025-05-20", "--all")}
    assert {found[trial] for trial in EXTENSIONS} == {"excluded"}


def test_a_seronegative_patient_is_not_sent_where_an_antibody_is_asked_for() -> None:
    patient = "-s pm -a 40 -A msa_any=negative -A maa_any=negative"
    assert offered(patient, {"interventional"}) == {ALKIVIA, JASMINE, DAZUKIBART, BREAKFREE, FAT_CELLS}


def test_a_lupus_trial_is_offered_to_nobody() -> None:
    for patient in ("-s dm -a 45", "-s jdm -a 17", "-s overlap -a 30"):
        found = {t["id"]: t["verdict"] for t in match(patient, "-c", "FR", "--all")}
        assert found["NCT05798117"] == "excluded"


def test_eighteen_months_later_the_same_knowledge_is_called_old() -> None:
    found = {t["id"]: t["recruitment"] for t in match("-s ibm -a 60", "-c", "FR", "--on", "2026-11-20", "--all")}
    assert found[ADSVF]["freshness"] == "stale"
    assert found[ADSVF]["overdue"]
