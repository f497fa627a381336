"""Searching text finds a trial under any of its names, in either language, with or without accents."""

from pathlib import Path
from time import process_time
from typing import Any, get_args

import pytest
from data_files import yaml_of

from myofind.diagnostics import InputError
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path
from myofind.registry.search import Finder
from myofind.registry.search_words import fold
from myofind.report.study import study
from myofind.words.wording import Lang
from myofind.writers.phrases import brief, name
from tests.report.small import DAY
from tests.run import myofind

CASES: dict[str, dict[str, list[dict[str, Any]]]] = {
    file: yaml_of(Path(__file__).parent / "cases" / file) for file in ("search.yaml", "inputs.yaml")
}
TYPED = [case for block in CASES["search.yaml"].values() for case in block]
LISTED = [case for case in CASES["inputs.yaml"]["search_as_people_type"] if str(case["finds"]).startswith("NCT")]


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(open_store(registry_path()).trials())


def found(finder: Finder, query: str) -> set[str]:
    return {hit.trial.id for hit in finder.search(query)}


@pytest.mark.parametrize("case", TYPED, ids=lambda case: str(case["search"]))
def test_what_people_type_finds_the_trial(finder: Finder, case: dict[str, Any]) -> None:
    ids = found(finder, case["search"])
    assert set(case.get("finds", ())) <= ids
    if "only" in case:
        assert ids == set(case["only"])
    if "same_as" in case:
        assert ids == found(finder, case["same_as"])
    assert bool(ids) != case.get("none", False)


@pytest.mark.parametrize("case", LISTED, ids=lambda case: str(case.get("search") or case["show"]))
def test_the_listed_cases_are_found(finder: Finder, case: dict[str, Any]) -> None:
    if "show" in case:
        assert [trial.id for trial in finder.find(case["show"])] == [case["finds"]]
    else:
        assert case["finds"] in found(finder, case["search"])


def test_the_label_a_row_prints_leads_back_to_that_row_alone(finder: Finder) -> None:
    """Over the whole shipped registry: the label of rows, the name of wide tables, the number, in both languages."""
    store = open_store(registry_path())
    for place, trial in enumerate(finder.trials):
        whole = study(trial, place, DAY, store.drugs, store.tags.get(trial.id, ""))
        for lang in get_args(Lang):
            for printed in {brief(whole, lang), name(trial, lang), trial.id, *([whole.number] if whole.number else [])}:
                assert finder.find_one(printed) == trial, printed


def test_one_trial_is_meant_or_the_readings_are_named(finder: Finder) -> None:
    with pytest.raises(InputError, match=r"names \d+ trials") as caught:
        finder.find_one("CD19 CAR-T cells")
    label = caught.value.hint.removeprefix("name one of them: ").split(" = ")[0]
    assert label.startswith("CD19 CAR-T cells (")
    assert finder.find_one(label).id in caught.value.hint


def test_show_takes_what_people_type_and_prints_the_address_off_a_terminal() -> None:
    ran = myofind("show", "NCT", "06455449", "--web")
    assert ran == (0, "https://clinicaltrials.gov/study/NCT06455449\n", "")
    ran = myofind("show", "ebmt-autoimmune", "--web", "--lang", "fr")
    assert (ran.code, ran.out) == (0, "")
    assert "aucune page de registre connue" in ran.err


def test_show_lists_the_many_trials_of_a_class() -> None:
    lines = myofind("show", "inhibiteur de JAK").out.splitlines()
    assert lines[0].startswith("Number")
    assert any("BIRD" in line for line in lines)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("efgartigmod", "NCT05523167"),
        ("efgartigimod", "NCT05523167"),
        ("vyvgart", "NCT05523167"),
        ("ALKIVIA", "NCT05523167"),
        ("alkivia+", "NCT05979441"),
        ("baricitinib", "NCT04972760"),
        ("NCT06455449", "NCT06455449"),
        ("argenx", "NCT05523167"),
        ("thiosulfate de sodium", "NCT03582800"),
        ("myosite a inclusions", "NCT05032131"),
        ("myosite à inclusions", "NCT05032131"),
        ("PF-06823859", "NCT05895786"),
        ("pf06823859", "NCT05895786"),
        ("CC-97540", "NCT05869955"),
        ("bigtim", "NCT06536166"),
        ("anti-FcRn", "NCT05523167"),
    ],
)
def test_a_trial_is_found_under_any_name(finder: Finder, query: str, wanted: str) -> None:
    assert wanted in [hit.trial.id for hit in finder.search(query)][:12]


def test_an_exact_acronym_comes_first(finder: Finder) -> None:
    assert finder.search("alkivia")[0].trial.acronym == "ALKIVIA"


def test_every_word_must_be_found(finder: Finder) -> None:
    assert finder.search("efgartigimod baricitinib") == []
    assert finder.search("  ") == []
    assert finder.search("xyzzyx") == []


def test_an_acronym_within_a_phrase_is_enough(finder: Finder) -> None:
    assert [hit.trial.acronym for hit in finder.search("registre des myosites MASC2")] == ["Masc2"]
    assert [hit.trial.acronym for hit in finder.search("Étude Jade à Strasbourg ?")] == ["JADE"]
    assert finder.search("jadeite") == []


def test_folding_forgets_case_accents_and_punctuation() -> None:
    assert fold("Bêta-Étude (N°1)") == "beta etude n 1"


@pytest.mark.parametrize("name", ["NCT05523167", "nct05523167", "Alkivia"])
def test_a_number_or_an_acronym_names_one_trial(finder: Finder, name: str) -> None:
    assert [trial.id for trial in finder.find(name)] == ["NCT05523167"]


def test_a_drug_names_every_trial_that_tests_it(finder: Finder) -> None:
    found = finder.find("Vyvgart")
    assert [trial.id for trial in found] == sorted(
        trial.id for trial in finder.trials if any("efgartigimod" in one.name.lower() for one in trial.interventions)
    )
    assert len(found) > 1


@pytest.mark.parametrize(
    ("name", "hint"),
    [("efgartigimodd", "did you mean"), ("xyzzyx", "looks everywhere"), (" ", "looks everywhere"), ("", "looks")],
)
def test_a_name_of_nothing_is_refused_with_what_to_do(finder: Finder, name: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        finder.find(name)
    assert f"`{name}`" in caught.value.message
    assert hint in caught.value.hint


def test_a_word_longer_than_any_name_is_no_slip(finder: Finder) -> None:
    """It is not held against every word of the registry: that took a minute for a hundred thousand letters."""
    start = process_time()
    assert finder.search("efgartigimood"), "a slip of a name is read"
    assert finder.search("x" * 100_000) == []
    assert process_time() - start < 10, "an order of magnitude above what it takes"
