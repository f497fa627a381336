"""README.md and docs/match.md say what the program prints, example by example."""

import re
import shlex
from pathlib import Path

import examples
import pytest
from registry_report import as_released

from tests.run import myofind

ROOT = Path(__file__).resolve().parent.parent


PLAIN = r"(?:'[^']*'|\"[^\"$`]*\"|[^|<>;&$`*'\"])+"
"""Words that mean to a shell what they mean to everybody."""
EXAMPLE = re.compile(rf"(?:(printf {PLAIN})\| )?myofind ({PLAIN}?)( 2>/dev/null)?(?: \|(.*))?", re.DOTALL)
"""A text for the program to read, its arguments, whether its remarks are left out, and what its results go through."""


def in_process(command: str, folder: Path) -> str:
    """What a command prints, remarks first; the program runs here, and what stands before and after it in a shell."""
    parts = EXAMPLE.fullmatch(command)
    if not parts:
        return examples.printed(command, folder)
    before, arguments, quiet, after = parts.groups()
    given = examples.printed(before, folder) if before else None
    ran = myofind(*shlex.split(arguments), stdin=given, env=examples.ENVIRONMENT, cwd=folder)
    shown = examples.printed(after, folder, ran.out) if after else ran.out
    return shown if quiet else ran.err + shown


@pytest.mark.parametrize("name", ["README.md", "docs/match.md"])
def test_the_examples_of_a_page_are_what_the_program_prints(name: str) -> None:
    assert ROOT / name in examples.PAGES
    if not as_released():
        pytest.skip("the registry changed since its pages were made: tools/release.py makes them")
    page = (ROOT / name).read_text(encoding="utf-8")
    assert len(re.findall(r"^\$ ", page, re.MULTILINE)) >= 10
    assert examples.refreshed(page, in_process) == page, "run tools/release.py --pages"


def test_the_readme_says_every_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", readme, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_no_page_names_a_line_of_the_registry() -> None:
    """Two editors who insert trials would otherwise both change every page."""
    for name in ("README.md", "docs/match.md", "docs/editing.md", "docs/refresh.md"):
        page = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"data/trials\.yaml:\d+", page) == [], name
