"""Where output goes: results to stdout, remarks to stderr; colour and links only on a terminal."""

from __future__ import annotations

import codecs
import os
import sys
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from rich.console import Console


class Plain:
    """A pipe or a file: text without colour and links, for which rich need not be loaded."""

    is_terminal = False

    @property
    def width(self) -> int:
        """The width asked for by COLUMNS."""
        return int(os.environ["COLUMNS"])


Target = Union["Console", Plain]
"""What results are printed to."""


def console() -> Target:
    """Where results go; NO_COLOR, TERM and COLUMNS are rich's to honour, as are the variables that make it see a terminal."""
    if not sys.stdout.isatty() and not any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE")):
        return Plain()
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def width_of(target: Target) -> int | None:
    """The width to lay out for: the terminal's, or COLUMNS; none in a pipe, where lines are whole."""
    if target.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return max(20, target.width)
    return None


def remark(text: str) -> None:
    """A line for the reader that is not part of the result; broken between words on a terminal."""
    if sys.stderr.isatty():
        from shutil import get_terminal_size
        from textwrap import fill

        indent = " " * (len(text) - len(text.lstrip()) + 2)
        text = fill(
            text,
            max(40, get_terminal_size().columns),
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    sys.stderr.write(text + "\n")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Letters that an encoding lacks, as JSON escapes them: what is JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end


codecs.register_error("myofind.escaped", _escaped)


def machine_readable() -> None:
    """Make what is printed next UTF-8, or ASCII with JSON's escapes, whatever the encoding of the terminal is."""
    if hasattr(sys.stdout, "reconfigure") and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.reconfigure(encoding="ascii", errors="myofind.escaped")


def tame_streams() -> None:
    """Make closed streams silent, and text that the terminal's encoding lacks harmless."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # it lives as long as we do
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="myofind.escaped")
