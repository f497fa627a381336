"""README.md and docs/match.md say what the program prints, example by example."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from registry_report import as_released

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", ["README.md", "docs/match.md"])
def test_the_examples_of_a_page_are_what_the_program_prints(name: str) -> None:
    spec = spec_from_file_location("examples", ROOT / "tools" / "examples.py")
    assert spec
    assert spec.loader
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert ROOT / name in tool.PAGES
    if not as_released():
        pytest.skip("the registry changed since its pages were made: tools/release.py makes them")
    page = (ROOT / name).read_text(encoding="utf-8")
    assert len(re.findall(r"^\$ ", page, re.MULTILINE)) >= 10
    assert tool.refreshed(page) == page, "run tools/release.py --pages"


def test_the_readme_says_every_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", readme, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_no_page_names_a_line_of_the_registry() -> None:
    """Two editors who insert trials would otherwise both change every page."""
    for name in ("README.md", "docs/match.md", "docs/editing.md", "docs/refresh.md"):
        page = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"data/trials\.yaml:\d+", page) == [], name
