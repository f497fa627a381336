"""The program on a terminal and in a pipe: variables of the environment, links, pager, and what is loaded."""

from __future__ import annotations

import io
import itertools
import os
import re
import signal
import subprocess
import sys
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from myofind.writers import terminal
from myofind.writers.terminal import pager, remark, turn_pages
from tests import terminals
from tests.run import Ran, myofind
from tests.together import together

ASKED = ("match", "-s", "dm", "-a", "45", "-c", "FR", "--on", "2026-11-25")
ESCAPE = "\x1b"


@cache
def on_terminal(*arguments: str, columns: int = 100, lines: int = 200, **variables: str) -> Ran:
    """Run the program on a terminal, remarks apart; once for a question, as nothing in its answer changes from run to run."""
    return terminals.on_terminal(*arguments, columns=columns, lines=lines, apart=True, env=variables)


def plain(text: str) -> str:
    """A text without colours and links."""
    return re.sub(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", text)


def test_a_terminal_has_rich_tables_with_linked_numbers() -> None:
    ran = on_terminal(*ASKED)
    assert ran.code == 0
    assert re.search(r"\x1b\]8;[^;]*;https://clinicaltrials\.gov/study/NCT\d{8}\x1b\\", ran.out)
    assert re.search("^─{100}$", plain(ran.out), re.MULTILINE)
    assert max(map(len, plain(ran.out).splitlines())) <= 100


@pytest.mark.parametrize("width", ["0", "-1", "x", "99999999"])
def test_an_unusable_width_is_no_width(width: str) -> None:
    ran = on_terminal(*ASKED, columns=90, COLUMNS=width)
    assert ran.code == 0
    assert plain(ran.out) == plain(on_terminal(*ASKED, columns=90).out)


@pytest.mark.parametrize("width", ["1", "40"])
def test_nothing_is_lost_on_a_narrow_screen(width: str) -> None:
    ran = on_terminal(*ASKED, COLUMNS=width)
    words = plain(ran.out).split()
    assert ran.code == 0
    assert "NCT06455449" in words
    assert "JASMINE" in words


@pytest.mark.parametrize("value", ["0", "false", ""])
def test_a_pipe_is_plain_where_colour_is_not_forced(value: str) -> None:
    assert ESCAPE not in myofind(*ASKED, env={"FORCE_COLOR": value}).out


def test_a_pipe_has_colours_where_they_are_forced() -> None:
    assert ESCAPE in myofind(*ASKED, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out


def test_no_color_and_a_forced_no_are_without_colours() -> None:
    for variables in ({"NO_COLOR": "1"}, {"FORCE_COLOR": "0"}, {"FORCE_COLOR": "false"}):
        ran = on_terminal(*ASKED, **variables)
        assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|9[0-7]|38)[;m]", ran.out), variables


def test_a_dumb_terminal_gets_plain_text_and_no_pager() -> None:
    ran = on_terminal(*ASKED, lines=10, TERM="dumb", PAGER="sh -c 'echo paged'")
    assert ESCAPE not in ran.out
    assert "paged" not in ran.out
    assert "JASMINE" in ran.out


def test_a_long_answer_goes_through_the_pager_and_a_short_one_does_not() -> None:
    pager = "sed s/^/paged:/"
    assert on_terminal(*ASKED, lines=24, PAGER=pager).out.startswith("paged:")
    assert "paged:" not in on_terminal(*ASKED, lines=200, PAGER=pager).out
    assert "paged:" not in on_terminal(*ASKED, "--no-pager", lines=24, PAGER=pager).out
    assert "paged:" not in on_terminal(*ASKED, lines=24, PAGER=pager, MYOFIND_PAGER="cat").out
    assert on_terminal(*ASKED, lines=24, PAGER="cat", MYOFIND_PAGER=pager).out.startswith("paged:")


def test_a_pager_that_leaves_early_is_quiet_and_a_missing_one_is_done_without() -> None:
    early = on_terminal("match", "-s", "dm", "--all", "--on", "2026-11-25", lines=24, PAGER="head -n 1")
    assert (early.code, early.err, early.out.count("\n")) == (0, "", 1)
    missing = on_terminal(*ASKED, lines=24, PAGER="/no/such/pager")
    assert (missing.code, missing.err) == (0, "")
    assert "JASMINE" in missing.out


@pytest.mark.parametrize("value", ["yesterday", "-5", "1.5", "999999999999"])
def test_an_unreadable_source_date_epoch_is_refused(value: str) -> None:
    ran = myofind(*ASKED[:-2], env={"SOURCE_DATE_EPOCH": value})
    assert (ran.code, ran.out) == (2, "")
    assert f"SOURCE_DATE_EPOCH is `{value}`" in ran.err


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_pipe_loads_no_rich(lang: str) -> None:
    program = (
        "import sys\nfrom myofind.cli import run\n"
        "try:\n    run(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "sys.exit('rich' in sys.modules)"
    )
    command = [sys.executable, "-c", program, *ASKED, "--lang", lang]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) <= 45


def test_slips_are_told_on_stderr_and_what_belongs_to_the_answer_on_stdout() -> None:
    facts = ("match", "-s", "dermatomyosits", "-A", "tif1g", "-a", "63", "-c", "FR", "--on", "2026-11-25")
    for form in ("table", "json", "markdown", "csv", "html"):
        ran = myofind(*facts, "--format", form)
        assert "search for a cancer" in ran.out, form
        assert "search for a cancer" not in ran.err, form
        assert "63 years" in ran.out, form
    assert "read `dermatomyosits` as dermatomyositis" in myofind(*facts).err
    assert myofind(*facts, "--format", "csv").err == myofind(*facts).err


@pytest.mark.parametrize("width", [30, 40, 41, 80])
def test_a_remark_is_broken_between_words_on_a_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never at a hyphen and never within a word, on lines of 40 columns at least, what goes on two columns further in."""
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", str(width))
    words = f"  myofind: {'anti-PL-7 anti-TIF1-gamma ' * 6}https://clinicaltrials.gov/study/NCT00000001?a-b-c-d".split(
        " "
    )
    remark(" ".join(words))
    lines = screen.getvalue().splitlines()
    assert " ".join(lines).split() == " ".join(words).split()
    assert [len(line) - len(line.lstrip()) for line in lines] == [2] + [4] * (len(lines) - 1)
    room = max(40, width)
    for line, following in itertools.pairwise(lines):
        assert len(line) <= room or " " not in line.strip()
        assert len(line) + 1 + len(following.split()[0]) > room
    monkeypatch.setattr(screen, "isatty", lambda: False)
    screen.truncate(screen.seek(0))
    remark(" ".join(words))
    assert screen.getvalue() == " ".join(words) + "\n"


def test_a_text_goes_through_the_pager_and_ctrl_c_is_its_own_meanwhile(tmp_path: Path) -> None:
    page, before = tmp_path / "page", signal.getsignal(signal.SIGINT)
    assert turn_pages(f"sh -c 'cat > {page}'", "à lire\n")
    assert page.read_text(encoding="utf-8") == "à lire\n"
    assert signal.getsignal(signal.SIGINT) == before
    assert not turn_pages(str(tmp_path / "no such pager"), "text")
    assert not turn_pages("'", "text")


@together(
    (out, typed, term, lines, own, general)
    for out in (True, False) for typed in (True, False) for term in (None, "", "dumb", "xterm")
    for lines in (39, 40, 41) for own in (None, "", " most ", "cat") for general in (None, "more", "cat")
)  # fmt: skip
def test_pages_are_turned_where_a_text_fills_a_terminal_and_somebody_can_turn_them(
    out: bool, typed: bool, term: str | None, lines: int, own: str | None, general: str | None
) -> None:
    streams = (SimpleNamespace(isatty=partial(bool, shown)) for shown in (out, typed))
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in zip(("stdout", "stdin"), streams, strict=True):
            patch.setattr(sys, name, stream)
        patch.setattr(terminal, "_terminal_size", lambda: os.terminal_size((80, 40)))
        for variable, value in (("TERM", term), ("MYOFIND_PAGER", own), ("PAGER", general)):
            patch.delenv(variable, raising=False)
            if value is not None:
                patch.setenv(variable, value)
        told = pager(lines)
    chosen = own if own is not None else general if general is not None else "less"
    turned = out and typed and term == "xterm" and lines >= 40 and chosen not in ("", "cat")
    assert told == (chosen.strip() if turned else None)
