"""How a report is laid out, and where the text goes: what every writer is told, and what it gives back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from myofind.records import NamedTuple
from myofind.words.wording import Lang
from myofind.writers.columns import Cell, printable, show
from myofind.writers.terminal import console, shows_styles, width

if TYPE_CHECKING:
    from myofind.report.cohort import CohortProblem, CohortRow

Printable = str | Iterable[Sequence[Cell]]
"""Text, or lines of cells that a terminal may show with styles and links."""

Lines = Iterator[Sequence[Cell]]
"""The lines of a screen."""

WIDE = 110
PIPED = 100
"""The width of running text where nobody says how wide it may be."""


class Layout(NamedTuple):
    """The language, and for a screen: its width (None is a pipe), and how much is laid out.

    `styled` is a screen with colours and links; `most` is how many lines an answer may take, None any number. `calm`
    gathers what matters less on single lines; `explain` shows every criterion, `near` every near miss, `studies` every
    registry and observational study.
    """

    lang: Lang = "en"
    width: int | None = None
    styled: bool = False
    most: int | None = None
    explain: bool = False
    calm: bool = True
    near: bool = False
    studies: bool = False

    @property
    def columns(self) -> int:
        """The width an answer is laid out for."""
        return PIPED if self.width is None else self.width

    @property
    def wide(self) -> bool:
        """Whether the columns of a large screen fit."""
        return self.width is None or self.width >= WIDE


class CohortLines(Protocol):
    """A cohort as text, written one patient after the other."""

    def head(self) -> str:
        """The lines before the first patient."""

    def row(self, row: CohortRow) -> str:
        """One patient."""

    def problem(self, problem: CohortProblem) -> str:
        """A row that could not be read, where the format tells of it."""

    def tail(self) -> str:
        """The lines after the last patient."""


def on_screen(layout: Layout, form: str) -> Layout:
    """The layout for where a table goes: the screen and its width, or a pipe; as it is for the other formats."""
    if form != "table":
        return layout
    return layout._replace(width=width(), styled=shows_styles())


def tamed(lines: Iterable[Sequence[Cell]]) -> Iterator[list[Cell]]:
    """Lines of cells in which nothing steers a terminal, whatever the registry or a profile holds."""
    for line in lines:
        yield [
            cell
            if cell.text.isprintable() and (cell.link is None or cell.link.isprintable())
            else cell._replace(text=printable(cell.text), link=None)
            for cell in line
        ]


def put(written: Printable) -> None:
    """Print what a writer gives back."""
    if isinstance(written, str):
        sys.stdout.write(written)
    else:
        show(console(), tamed(written))
