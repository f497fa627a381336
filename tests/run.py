"""Running the program as its users do: here in this process, or, where a test is about that, in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from myofind.cli import run
from myofind.writers.columns import Cell


class Ran(NamedTuple):
    """How a run ended and what it wrote."""

    code: int
    out: str
    err: str


def myofind(
    *arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None, cwd: Path | None = None
) -> Ran:
    """Run `myofind` with arguments in this process, with streams of its own; no terminal is attached."""
    ran = bytes_of(*arguments, stdin=stdin, env=env, cwd=cwd)
    return Ran(ran[0], ran[1].decode("utf-8"), ran[2].decode("utf-8"))


def bytes_of(
    *arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None, cwd: Path | None = None
) -> tuple[int, bytes, bytes]:
    """The same with what was written as bytes, in the encoding that PYTHONIOENCODING names (else UTF-8)."""
    data = stdin.encode() if isinstance(stdin, str) else stdin or b""
    encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
    out, err = io.BytesIO(), io.BytesIO()
    streams = (
        io.TextIOWrapper(io.BytesIO(data), encoding),
        io.TextIOWrapper(out, encoding, write_through=True),
        io.TextIOWrapper(err, encoding, "backslashreplace", write_through=True),
    )
    with mock.patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]), _outside(env or {}, cwd):
        try:
            run(list(arguments))
        except SystemExit as leave:
            code = leave.code
        for stream in streams[1:]:
            stream.flush()
    assert code is None or isinstance(code, int), code
    return code or 0, out.getvalue(), err.getvalue()


@contextmanager
def _outside(env: dict[str, str], cwd: Path | None) -> Iterator[None]:
    """The environment and folder of a run; no terminal tells its size, wherever the tests themselves are run."""
    before = Path.cwd()
    with mock.patch.dict(os.environ, env), mock.patch.object(os, "get_terminal_size", side_effect=OSError):
        os.chdir(cwd or before)
        try:
            yield
        finally:
            os.chdir(before)


def process(
    *arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None, cwd: Path | None = None
) -> Ran:
    """Run `python -m myofind` as a process; no terminal is attached."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "myofind", *arguments],
        input=data if data is not None else b"",
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        cwd=cwd,
        timeout=180,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def text_of(lines: Sequence[Sequence[Cell]]) -> str:
    """Lines of cells as plain text."""
    return "".join("".join(cell.text for cell in cells).rstrip() + "\n" for cells in lines)
