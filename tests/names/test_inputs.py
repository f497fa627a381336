"""What is typed and what must come of it: the laboratory and diagnosis entries of `tests/cases/inputs.yaml`."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from data_files import yaml_of
from tests.together import together

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError

CASES: dict[str, list[dict[str, Any]]] = yaml_of(Path(__file__).resolve().parents[1] / "cases" / "inputs.yaml")
BLOCKS = (
    "a_result_not_understood_never_becomes_positive",
    "a_number_is_read_against_one_limit_or_not_at_all",
    "a_diagnosis_keeps_the_sign_of_its_antibody",
    "no_slip_adds_or_swallows_a_negation",
)
LINES = [case for block in BLOCKS for case in CASES[block]]
LINES += [case for case in CASES["codes_and_record_strings"] if "-A" in case["ask"]]


def typed(ask: str) -> Typed:
    """The facts of a command's words."""
    words = shlex.split(ask)
    given: dict[str, list[str]] = {}
    for option, value in zip(words[::2], words[1::2], strict=True):
        given.setdefault(option, []).append(value)
    return Typed(subtypes=tuple(given["-s"]), age=given["-a"][0], antibodies=tuple(given.get("-A", ())))


@together((case, lang) for case in LINES for lang in ["en", "fr"])
def test_an_input_is_read_rightly_or_refused(case: dict[str, Any], lang: Any) -> None:
    try:
        profile = understand(typed(case["ask"]), date(2026, 11, 25), lang=lang)
    except InputError:
        profile = None
    if profile is None:
        assert case.get("refused") or case.get("or_refused")
        return
    assert not case.get("refused")
    results = dict(profile.patient.antibodies)
    facts = {f"autoantibodies.{id}": result for id, result in results.items()}
    for fact, wanted in case.get("facts", {}).items():
        assert facts[fact] == wanted if fact.startswith("autoantibodies") else wanted in profile.patient.subtypes
    for fact, wrong in case.get("not", {}).items():
        assert facts.get(fact) != wrong
        assert fact != "subtypes" or wrong not in profile.patient.subtypes
    if "says" in case:
        assert any("PL-7" in note for note in profile.readings)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("myosite sauf inclusions", "subtypes"), ("DM non amyopathique", "subtypes"), ("clinically myopathic dermatomyositis", "subtypes"),
        ("dermatomyositis not amyopathic", "subtypes"), ("dermatomyosite san dermatite", "subtypes"), ("Guinée sauf Bissau", "countries"),
    ],
)  # fmt: skip
def test_no_slip_adds_or_swallows_a_negation(name: str, kind: str) -> None:
    from myofind.names.vocabulary import resolve

    assert resolve(kind, name).outcome != "accepted"


@together(
    (name, word)
    for word in ["non", "sans", "sauf", "pas", "no", "not", "without", "except", "hors", "kein", "ohne"]
    for name in [
        "dermatomyosite amyopathique",
        "myosite à inclusions",
        "immune-mediated necrotizing myopathy",
        "antisynthetase syndrome",
    ]
)
def test_a_negation_inside_a_diagnosis_never_leaves_it_what_it_was(name: str, word: str) -> None:
    from myofind.names.vocabulary import resolve

    right = resolve("subtypes", name).id
    parts = name.split()
    for at in range(1, len(parts)):
        assert resolve("subtypes", " ".join([*parts[:at], word, *parts[at:]])).id != right
