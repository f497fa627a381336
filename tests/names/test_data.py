"""The vocabulary is clean, and what is compiled or generated from it has not drifted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from data_files import yaml_of

from myofind.names.autoantibodies import PANEL, groups, members
from myofind.names.subtypes import APART, JUVENILE_OF, ancestors, descendants, is_inflammatory
from myofind.names.vocabulary import KINDS, ids, label, resolve, term, terms

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("tool", ["compile_names.py", "names_page.py"])
def test_nothing_has_drifted_and_the_checker_finds_nothing(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool), "--check"],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_of_every_term_resolves_to_it_or_is_declared_ambiguous(kind: str) -> None:
    wrong = []
    for one in terms(kind):
        for alias in (one.en, one.fr, *one.aliases):
            found = resolve(kind, alias.removeprefix("="))
            if found.id != one.id and not (found.outcome == "ambiguous" and one.id in found.candidates):
                wrong.append((one.id, alias, found))
    assert not wrong


@pytest.mark.parametrize("kind", ["antibodies", "subtypes"])
def test_every_id_is_a_name_of_itself(kind: str) -> None:
    read_only_after_anti = {"fer", "wa", "mas"}
    assert {id for id in ids(kind) if resolve(kind, id).id != id} <= read_only_after_anti


def test_the_tree_of_subtypes() -> None:
    assert ancestors("jdm") == {"jiim", "dm", "iim"}
    assert ancestors("hdm") == {"cadm", "dm", "iim"}
    assert descendants("imnm") == {"imnm_srp", "imnm_hmgcr", "imnm_seroneg", "jimnm"}
    assert is_inflammatory("ibm")
    assert not is_inflammatory("gne")
    assert not is_inflammatory("not_iim")
    assert all(juvenile in ids("subtypes") and adult in ancestors(juvenile) for adult, juvenile in JUVENILE_OF.items())
    assert all(group <= ids("subtypes") for group in APART.values())


def test_the_classes_of_antibodies() -> None:
    assert groups("jo1") == {"ars_any", "msa_any"}
    assert members("mi2") == {"mi2a", "mi2b"}
    assert "jo1" not in members("non_jo1_ars")
    assert "pl7" in members("non_jo1_ars") & members("ars_any") & members("msa_any")
    assert set(PANEL) <= ids("antibodies")
    assert not {"hmgcr", "cn1a"} & set(PANEL)


def test_countries_are_iso_and_french_overseas_is_france() -> None:
    assert len(ids("countries")) == 249 - 12 + 1
    assert "XK" in ids("countries")
    for overseas in "GP MQ GF RE YT PM BL MF WF PF NC TF".split():  # noqa: SIM905 - a list of codes reads best so
        assert resolve("countries", overseas).id == "FR"
        assert overseas not in ids("countries")


def test_labels_in_both_languages() -> None:
    assert label("subtypes", "ibm", "fr") == "myosite à inclusions (sporadique)"
    assert term("antibodies", "tif1g").suggests[0] == ("dm", "defining")
    assert all(one.en and one.fr for kind in KINDS for one in terms(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_term_says_where_it_is_from(kind: str) -> None:
    """A source is one of the keys explained at the top of the file, with a number or a page where it needs one."""
    data = yaml_of(ROOT / "src/myofind/names/data" / f"{kind}.yaml")
    explained: dict[str, str] = data["sources"]
    said = {one.id: [source.split()[0] for source in one.source.split("; ")] for one in terms(kind) if one.source}
    assert set(said) == ids(kind)
    assert {key for keys in said.values() for key in keys} == set(explained)
    assert all(len(text) > 20 for text in explained.values())


def test_the_interventions_of_the_registry_are_known_drugs() -> None:
    """All but what is no product: a treatment somebody chooses, a programme of talks."""
    described = {
        "treatment chosen by the investigator",
        "group psychoeducation programme",
        "collection of biological samples",
    }
    data = yaml_of(ROOT / "data" / "trials.yaml")
    names = {
        str(name)
        for trial in data["trials"]
        for part in (trial, *trial.get("cohorts", ()))
        for one in part.get("interventions", ())
        for name in (one["name"], *one.get("codes", ()), *([one["brand"]] if one.get("brand") else ()))
    }
    assert len(names) > 50
    assert {name for name in names if resolve("drugs", name).id is None} <= described


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="unknown kind"):
        resolve("antibody", "Jo-1")


def test_neither_rapidfuzz_nor_yaml_is_needed_to_read_a_declared_name() -> None:
    code = (
        "import sys; from myofind.names.vocabulary import resolve; import myofind.domain.ages, myofind.names.subtypes, myofind.names.laboratory;"
        "assert resolve('antibodies', 'anti-MJ').id == 'nxp2'; assert resolve('subtypes', 'DM').id == 'dm';"
        "assert not {'rapidfuzz', 'yaml', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT / "src")}, check=True)
