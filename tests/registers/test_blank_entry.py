"""An entry for a study that is known only from a page: every key is a ready line, and what is not taken goes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from myofind.checks.fix import fix
from myofind.checks.run import check
from myofind.checks.table import BY_NAME
from myofind.registers.drafting import blank_lines
from myofind.registers.proposals import Seen
from myofind.registry.file_format import TRIAL
from myofind.registry.read import read_registry
from tests.registers.world import REGISTRY
from tests.run import myofind

PAGE = Seen("2026-06-01", "example-org", "https://example.org/ibm")
ADDRESS = ("--page", PAGE.at, "--as-of", PAGE.day)
TAKEN = {
    "title": "Sirolimus in inclusion body myositis",
    "title_fr": "Sirolimus dans la myosite à inclusions",
    "subtypes": "ibm",
    "read": "ab",
}
"""What an editor writes at least, by the key whose line is taken."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "trials.yaml"
    file.write_text(REGISTRY, encoding="utf-8")
    return file


def entered(text: str) -> str:
    """The file after an editor took a few lines, and the mark of a draft away."""
    for key, value in TAKEN.items():
        line = next(line for line in text.splitlines() if re.match(rf" +# {key}: ", line))
        text = text.replace(line, line.replace("# ", "", 1).replace("…", value, 1))
    return re.sub(r"^ +draft: true\n", "", text, flags=re.MULTILINE)


def test_every_key_of_the_format_that_a_page_may_tell_has_its_line() -> None:
    lines = "\n".join(blank_lines("yale-ibm", PAGE))
    without = {"extends", "record", "takes_nobody", "design", "primary_completion", "follow_up"}
    order = [key for key in TRIAL.keys if re.search(rf"^ +(?:- )?(?:# )?{key}:", lines, re.MULTILINE)]
    assert set(TRIAL.keys) - set(order) == without
    places = [re.search(rf"^ +(?:- )?(?:# )?{key}:", lines, re.MULTILINE) for key in order]
    assert [place.start() for place in places if place] == sorted(place.start() for place in places if place)


def test_a_blank_entry_is_a_valid_draft_at_its_place(path: Path) -> None:
    ran = myofind("draft", "yale-ibm", *ADDRESS, "--registry", str(path), "--write")
    assert (ran.code, ran.err) == (0, f"{path}: 1 draft added: yale-ibm\n")
    read = read_registry(path.read_bytes(), "f")
    assert read.findings == ()
    assert read.header["sources"]["example-org"] == {"title": "example.org", "url": "https://example.org/"}
    found = [one.rule for one in check(read, date(2026, 6, 1)).findings if one.trial == "yale-ibm"]
    assert found == ["draft-entry"]


def test_lines_not_taken_go_and_the_entry_is_whole(path: Path) -> None:
    myofind("draft", "yale-ibm", *ADDRESS, "--registry", str(path), "--write")
    data = entered(path.read_text(encoding="utf-8")).encode()
    report = check(read_registry(data, "f"), date(2026, 6, 1))
    assert [one.rule for one in report.findings if one.trial == "yale-ibm"] == ["draft-comment"]
    fixed = fix(data, report, date(2026, 6, 1), names=BY_NAME)
    own = fixed.data.decode().split("  - id: yale-ibm\n")[1].replace("# the end", "")
    assert "#" not in own
    assert "…" not in own
    assert [one.rule for one in fixed.report.findings if one.trial == "yale-ibm"] == []


def test_an_extension_names_its_parent(path: Path) -> None:
    ran = myofind("draft", "open-label", *ADDRESS, "--extends", "NCT01234567", "--registry", str(path))
    assert "    kind: extension\n    extends: NCT01234567\n" in ran.out
    assert "subtypes" not in ran.out


def test_a_page_of_the_register_is_of_its_source(path: Path) -> None:
    page = "https://clinicaltrials.gov/study/NCT09999999"
    out = myofind("draft", "NCT09999999", "--page", page, "--registry", str(path)).out
    assert f'- {{ref: ctgov, at: "{page}"' in out
    assert "conflicts" not in out


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("yale-ibm", "--page", "example.org"), "cites a page"),
        (("yale-ibm", "--extends", "NCT01234567"), "cites a page"),
        (("Yale IBM", "--page", "https://example.org/x"), "takes one id"),
        (("--page", "https://example.org/x"), "takes one id"),
        (("a-b", "c-d", "--page", "https://example.org/x"), "takes one id"),
        (("a-b", "--page", "https://example.org/x", "--as-of", "2099-01-01"), "future"),
    ],
)
def test_what_cannot_begin_an_entry_is_refused(path: Path, asked: tuple[str, ...], words: str) -> None:
    ran = myofind("draft", *asked, "--registry", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_the_lines_to_take_are_explained_in_french(path: Path) -> None:
    out = myofind("draft", "yale-ibm", *ADDRESS, "--registry", str(path), "--lang", "fr").out
    assert "# ôter le `# ` d'une ligne" in out
