"""README.md and docs/match.md say what the program prints, example by example."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", ["README.md", "docs/match.md"])
def test_the_examples_of_a_page_are_what_the_program_prints(name: str) -> None:
    spec = spec_from_file_location("examples", ROOT / "tools" / "examples.py")
    assert spec
    assert spec.loader
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert ROOT / name in tool.PAGES
    page = (ROOT / name).read_text(encoding="utf-8")
    assert len(re.findall(r"^\$ ", page, re.MULTILINE)) >= 10
    assert tool.refreshed(page) == page, "run tools/examples.py"


def test_the_readme_says_every_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", readme, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]
