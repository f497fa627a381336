"""Searching text finds a trial under any of its names, in either language, with or without accents."""

import pytest

from myofind.diagnostics import InputError
from myofind.domain.trial import Trial
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path
from myofind.registry.search import find, fold, search


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    return list(open_store(registry_path()).trials())


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
def test_a_trial_is_found_under_any_name(trials: list[Trial], query: str, wanted: str) -> None:
    assert wanted in [hit.trial.id for hit in search(trials, query)][:12]


def test_an_exact_acronym_comes_first(trials: list[Trial]) -> None:
    assert search(trials, "alkivia")[0].trial.acronym == "ALKIVIA"


def test_every_word_must_be_found(trials: list[Trial]) -> None:
    assert search(trials, "efgartigimod baricitinib") == []
    assert search(trials, "  ") == []
    assert search(trials, "xyzzyx") == []


def test_an_acronym_within_a_phrase_is_enough(trials: list[Trial]) -> None:
    assert [hit.trial.acronym for hit in search(trials, "registre des myosites MASC2")] == ["Masc2"]
    assert [hit.trial.acronym for hit in search(trials, "Étude Jade à Strasbourg ?")] == ["JADE"]
    assert search(trials, "jadeite") == []


def test_folding_forgets_case_accents_and_punctuation() -> None:
    assert fold("Bêta-Étude (N°1)") == "beta etude n 1"


@pytest.mark.parametrize("name", ["NCT05523167", "nct05523167", "Alkivia"])
def test_a_number_or_an_acronym_names_one_trial(trials: list[Trial], name: str) -> None:
    assert [trial.id for trial in find(iter(trials), name)] == ["NCT05523167"]


def test_a_drug_names_every_trial_that_tests_it(trials: list[Trial]) -> None:
    found = find(iter(trials), "Vyvgart")
    assert [trial.id for trial in found] == sorted(
        trial.id for trial in trials if any("efgartigimod" in one.name.lower() for one in trial.interventions)
    )
    assert len(found) > 1


@pytest.mark.parametrize(
    ("name", "hint"),
    [("efgartigimodd", "did you mean"), ("xyzzyx", "looks everywhere"), (" ", "looks everywhere"), ("", "looks")],
)
def test_a_name_of_nothing_is_refused_with_what_to_do(trials: list[Trial], name: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        find(iter(trials), name)
    assert f"`{name}`" in caught.value.message
    assert hint in caught.value.hint
