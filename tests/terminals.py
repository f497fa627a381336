"""The program on a terminal of its own: in a child of the process of the tests, which has all it needs loaded already."""

from __future__ import annotations

import gc
import os
import pty
import select
import signal
import struct
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from fcntl import ioctl
from functools import cache
from tempfile import TemporaryFile
from termios import TIOCSCTTY, TIOCSWINSZ
from typing import NoReturn

from myofind.cli import run
from tests.run import Ran, myofind

UNSET = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "PAGER", "MYOFIND_PAGER", "LESS", "TERM")
"""Variables that only have the values a test gives them."""
SECONDS = 120
"""Who has not ended by then is ended; a machine that stands still for a minute is no finding."""

Reply = Callable[[str], "str | None"]
"""What to type after all that was shown so far; nothing while there is nothing to answer."""


def on_terminal(
    *arguments: str,
    reply: Reply = lambda shown: None,
    columns: int = 100,
    lines: int = 200,
    apart: bool = False,
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run the program with a terminal of a size for input, output and remarks; `apart` keeps remarks away from it.

    What it printed comes without the terminal's own line ends.
    """
    _load()
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with TemporaryFile() as remarks:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads: those of pytest-xdist only wait
            child = os.fork()
        if child == 0:
            os.close(ours)
            _run(arguments, theirs, remarks.fileno() if apart else theirs, env or {})
        os.close(theirs)
        shown = _conversation(ours, child, reply)
        os.close(ours)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        remarks.seek(0)
        return Ran(code, shown.replace("\r\n", "\n"), remarks.read().decode())


@cache
def _load() -> None:
    """What an answer on a terminal needs is loaded once, and not by each child."""
    assert myofind("match", "-s", "dm", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).code == 0


def _run(arguments: tuple[str, ...], terminal: int, remarks: int, env: Mapping[str, str]) -> NoReturn:
    """The child: a session of its own on the terminal."""
    code: object = 3
    gc.disable()
    try:
        os.setsid()
        ioctl(terminal, TIOCSCTTY, 0)
        for ours, theirs in ((0, terminal), (1, terminal), (2, remarks)):
            os.dup2(theirs, ours)
        for name in UNSET:
            os.environ.pop(name, None)
        os.environ.update({"TERM": "xterm-256color", **env})
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        run(list(arguments))
        code = 0
    except SystemExit as leave:
        code = leave.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 3)


def _conversation(terminal: int, child: int, reply: Reply) -> str:
    """All that was shown, each question answered."""
    shown, until = b"", time.monotonic() + SECONDS
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if not ready:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the terminal is closed when the last that writes to it ends
            break
        if not part:
            break
        shown += part
        typed = reply(shown.decode(errors="replace"))
        if typed is not None:
            os.write(terminal, typed.encode() + b"\n")
    else:
        os.kill(child, signal.SIGKILL)
    return shown.decode(errors="replace")
