"""What the system refuses is said in the language of the run, on every command that reads or writes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from myofind import diagnostics
from myofind.diagnostics import reason_of
from tests.run import myofind

NAMED = sorted(diagnostics._REASONS)


@pytest.mark.parametrize("code", NAMED, ids=errno.errorcode.__getitem__)
def test_a_reason_is_whole_in_both_languages(code: int) -> None:
    en, fr = reason_of(OSError(code, os.strerror(code)))
    assert en == os.strerror(code)
    assert fr != en
    assert fr[0].islower()


def test_a_rare_reason_is_in_the_words_of_the_system() -> None:
    assert reason_of(OSError(errno.EXDEV, "far away")) == ("far away", "far away")
    assert reason_of(OSError("odd")) == ("odd", "odd")
    assert reason_of(OSError()) == ("OSError", "OSError")


@pytest.mark.parametrize("name", ["missing.yaml", "x" * 300 + ".yaml", "file/below.yaml"])
@pytest.mark.parametrize("command", [["validate"], ["list", "--registry"], ["refresh", "--from"], ["diff", "file"]])
def test_a_file_that_cannot_be_read_is_refused_in_french_without_english(
    tmp_path: Path, command: list[str], name: str
) -> None:
    (tmp_path / "file").write_text("registry: {}\n", encoding="utf-8")
    ran = myofind(*command, name, "--lang", "fr", cwd=tmp_path)
    assert ran.code == 2
    assert not any(word in ran.err for word in ("No such", "Not a", "too long", "cannot", "File"))
