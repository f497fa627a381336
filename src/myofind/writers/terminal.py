"""Where output goes: results to stdout, remarks to stderr; colour and links only on a terminal."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from myofind.language import Words, worded

if TYPE_CHECKING:
    from typing import Literal

    from rich.console import Console


LEAST_WIDTH = 20
"""Nothing is laid out for less; a width of nothing is no width."""


def _asks(variable: str) -> bool | None:
    """What a variable says that may be on, off, or not set."""
    value = os.environ.get(variable, "").strip().lower()
    return None if not value else value not in ("0", "false", "no", "off")


def shows_styles() -> bool:
    """Whether results go to a terminal, or to something that is to be written to as to one."""
    return sys.stdout.isatty() or any(_asks(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def coloured() -> bool:
    """Whether results may have colours."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and _asks("FORCE_COLOR") is not False
    return shows_styles() and wanted


def console() -> Console | None:
    """Where results go: rich knows the terminal, and is told what the variables of the environment ask for.

    None is a pipe or a file: text without colour and links, for which rich need not be loaded.
    """
    if not shows_styles():
        return None
    from rich.console import Console

    system: Literal["auto"] | None = "auto" if os.environ.get("TERM") != "dumb" else None
    return Console(
        file=sys.stdout, highlight=False, markup=False, emoji=False, force_terminal=True, width=_terminal_width(),
        no_color=not coloured(), color_system=system,
    )  # fmt: skip


def _columns() -> int | None:
    """The width that COLUMNS asks for; none where it asks for no usable one."""
    asked = os.environ.get("COLUMNS", "")
    return max(LEAST_WIDTH, int(asked)) if asked.isdecimal() and len(asked) < 6 and int(asked) else None


def _terminal_size() -> os.terminal_size:
    with suppress(OSError, ValueError, AttributeError):
        size = os.get_terminal_size(sys.stdout.fileno())
        if size.columns and size.lines:
            return size
    return os.terminal_size((80, 24))


def _terminal_width() -> int:
    return _columns() or max(LEAST_WIDTH, _terminal_size().columns)


def screen_room() -> int | None:
    """The columns of the screen; none in a pipe, where no line is broken."""
    return width() if sys.stdout.isatty() else None


def width() -> int | None:
    """The width to lay out for: the terminal's, or COLUMNS; none in a pipe, where lines are whole."""
    return _terminal_width() if shows_styles() else _columns()


# The pager -------------------------------------------------------------------------------------------------------------


def pager(lines: int) -> str | None:
    """The command that so many lines go through: where results fill more than the terminal, and somebody can turn pages."""
    if not (sys.stdout.isatty() and sys.stdin.isatty()) or os.environ.get("TERM") in (None, "", "dumb"):
        return None
    if lines < _terminal_size().lines:
        return None
    for name in ("MYOFIND_PAGER", "PAGER"):
        if name in os.environ:
            chosen = os.environ[name].strip()
            return chosen if chosen not in ("", "cat") else None
    return "less"


def turn_pages(command: str, text: str) -> bool:
    """Show a text through a pager, and wait until its reader leaves; False where there is no such pager."""
    import shlex
    import signal
    import subprocess

    environment = {**os.environ, "LESS": os.environ.get("LESS", "FRX"), "LV": os.environ.get("LV", "-c")}
    try:
        process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, env=environment)
    except (OSError, ValueError):
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-c belongs to the pager
    try:
        with suppress(BrokenPipeError):
            process.communicate(text.encode(sys.stdout.encoding or "utf-8", "myofind.escaped"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def remark(words: Words) -> None:
    """A line for the reader that is not part of the result; broken between words on a terminal."""
    text = worded(words)
    sys.stderr.write((hanging(text, _terminal_width(), 2) if sys.stderr.isatty() else text) + "\n")


def hanging(text: str, width: int, further: int) -> str:
    """A text broken between words, what goes on set further in; no narrower than 40 columns."""
    from textwrap import fill

    indent = " " * (len(text) - len(text.lstrip()) + further)
    return fill(text, max(40, width), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Letters that an encoding lacks, as JSON escapes them: what is JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


codecs.register_error("myofind.escaped", _escaped)


def machine_readable(errors: str = "myofind.escaped") -> None:
    """Make what is printed next UTF-8, or ASCII with JSON's escapes, whatever the encoding of the terminal is.

    With `xmlcharrefreplace` it is UTF-8, or ASCII with HTML's character references, as a page says of itself.
    """
    if hasattr(sys.stdout, "reconfigure") and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.reconfigure(encoding="ascii", errors=errors)


def tame_streams() -> None:
    """Make closed streams silent, and text that the terminal's encoding lacks harmless."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # it lives as long as we do
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="myofind.escaped")
