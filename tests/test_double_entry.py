"""The registry against its second entry: everything read twice, every difference settled at the source."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from excerpts import excerpt, parts
from registry_report import as_released

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "double_entry.py"
REGISTRY = ROOT / "data" / "trials.yaml"
SECOND = ROOT / "tests" / "data" / "second-entry.json"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load(TOOL)


@pytest.fixture(scope="module")
def second() -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(SECOND.read_text(encoding="utf-8"))
    return entry


@pytest.fixture(scope="module")
def read_twice(second: dict[str, Any]) -> str:
    """The registry without the trials that were read once."""
    text = REGISTRY.read_text(encoding="utf-8")
    return excerpt(text, (trial for trial in parts(text)[1] if trial.split()[2] in second["studies"]))


def test_no_difference_is_left(tool: ModuleType, second: dict[str, Any]) -> None:
    found = tool.compare(REGISTRY.read_bytes(), second)
    assert [f for f in found if f.result == "different"] == []
    assert tool.stale(found, second) == []
    assert len(found) > 1000


def test_every_settled_difference_says_which_was_wrong_and_why(second: dict[str, Any]) -> None:
    for entry in (*second["resolutions"], *second["corrected"]):
        assert entry["wrong"] in {"registry", "second", "neither", "both"}, entry
        assert entry["why"].endswith("."), entry


@pytest.mark.parametrize(
    ("kept", "changed", "field"),
    [
        (
            "age: {min: 45, max: 80}\n      sex: all\n      facts:\n        bmi: {min: 18}",
            "age: {min: 45, max: 70}\n      sex: all\n      facts:\n        bmi: {min: 18}",
            "age_max",
        ),
        (
            'value: recruiting, as_of: 2025-05-17, source: afm-2025, at: "l. 340, 978-979"',
            'value: completed, as_of: 2025-05-17, source: afm-2025, at: "l. 340, 978-979"',
            "status",
        ),
        ("subtypes: {admits: [jdm], excludes: [adm]}", "subtypes: {admits: [dm], excludes: [adm]}", "subtypes"),
    ],
)
def test_a_slip_in_the_registry_is_found(
    tool: ModuleType, second: dict[str, Any], read_twice: str, kept: str, changed: str, field: str
) -> None:
    assert read_twice.count(kept) == 1
    found = tool.compare(read_twice.replace(kept, changed).encode(), second)
    assert {f.field for f in found if f.result == "different"} == {field}


def test_a_resolution_holds_only_for_the_values_it_names(
    tool: ModuleType, second: dict[str, Any], read_twice: str
) -> None:
    log = [dict(entry) for entry in second["resolutions"]]
    log[0]["registry"] = "something else"
    found = tool.compare(read_twice.encode(), {**second, "resolutions": log})
    assert [f.field for f in found if f.result == "different"] == [log[0]["field"]]
    assert len(tool.stale(found, {**second, "resolutions": log})) == 1


def test_a_missing_study_is_a_difference(tool: ModuleType, second: dict[str, Any], read_twice: str) -> None:
    studies = {**second["studies"], "NCT00000000": {"document": {"acronym": "NONE"}}}
    found = tool.compare(read_twice.encode(), {**second, "studies": studies})
    assert [f.study for f in found if f.result == "different"] == ["NCT00000000"]


def test_the_tool_as_a_process() -> None:
    done = subprocess.run([sys.executable, str(TOOL)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "| different |" in done.stdout


def test_the_report_in_the_documentation_is_the_tools_own(tool: ModuleType, second: dict[str, Any]) -> None:
    if not as_released():
        pytest.skip("the registry changed since its pages were made: tools/release.py makes them")
    found = tool.compare(REGISTRY.read_bytes(), second)
    assert tool.report(found, second) in (ROOT / "docs" / "double-entry.md").read_text(encoding="utf-8")
