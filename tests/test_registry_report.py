"""The page that counts the registry says what the registry holds."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from myofind.registry.read import read_registry
from tests.snippets import whole

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "registry_report.py"
PAGE = ROOT / "docs" / "registry-contents.md"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(TOOL.stem, TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[TOOL.stem] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_does_not_drift(tool: ModuleType) -> None:
    if not tool.as_released():
        pytest.skip("the registry changed since its pages were made: tools/release.py makes them")
    done = subprocess.run([sys.executable, str(TOOL)], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout == PAGE.read_text(encoding="utf-8"), "run: python tools/release.py --pages"


def test_kinds_and_states_add_up(tool: ModuleType) -> None:
    registry = tool.read(ROOT / "data" / "trials.yaml")
    lines = tool.report(registry, "0").splitlines()
    rows = [line for line in lines if line.split(" ")[1:2] and line.split(" ")[1] in {t.kind for t in registry.trials}]
    total = 0
    for row in rows:
        numbers = [int(cell) for cell in row.strip("| ").split(" | ")[1:]]
        assert sum(numbers[:-1]) == numbers[-1], row
        total += numbers[-1]
    assert total == len(registry.trials)


def test_a_phase_2_3_trial_counts_in_both(tool: ModuleType) -> None:
    from myofind.domain.rules import SubtypeRule
    from myofind.domain.trial import Eligibility, Registry, Trial

    one = Trial(
        "NCT00000001", "interventional", phase=("2", "3"), eligibility=Eligibility(subtypes=SubtypeRule(("dm",)))
    )
    page = tool.report(Registry("r", "2026.1.0", "2026-01-01", (), (one,)), "0")
    assert "| 2 | 1 |\n| 3 | 1 |" in page
    assert "| not recorded | 1 |" in page
    assert "| an age rule | 0 (0 %) | 0 (0 %) | 0 (0 %) |" in page


def test_every_study_counts_once_in_the_table_of_what_was_read(tool: ModuleType) -> None:
    registry = tool.read(ROOT / "data" / "trials.yaml")
    rows = tool.coverage(registry.trials, date.fromisoformat(registry.as_of))[2:]
    every, joinable = (sum(int(row.strip("| ").split(" | ")[column]) for row in rows) for column in (1, 2))
    assert every == len(registry.trials)
    assert joinable == sum(tool.joinable(trial, date.fromisoformat(registry.as_of)) for trial in registry.trials)


def test_facts_inside_alternatives_and_cohorts_are_counted(tool: ModuleType) -> None:
    snippet = """\
eligibility:
  subtypes: {admits: [dm]}
  facts: {ild: required}
  any_of: [{mmt8: {below: 142}}, {cdasi_a: {min: 19}}]
cohorts:
  - {name: adults, eligibility: {facts: {pregnancy: excluded}}}
"""
    registry = read_registry(whole(snippet).encode(), "x").registry()
    assert tool.asked(registry.trials[0]) == {"ild", "mmt8", "cdasi_a", "pregnancy"}
