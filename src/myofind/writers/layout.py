"""How a report is laid out, and where the text goes: what every writer is told, and what it gives back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from myofind.records import NamedTuple
from myofind.words.wording import Lang
from myofind.writers.columns import Cell, printable, show
from myofind.writers.terminal import console, shows_styles, width

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


Name = Literal[
    "read", "perhaps", "excluded", "studies", "asked", "funnel", "questions", "others", "birthday", "near", "relaxed", "remarks", "calls", "common"
]  # fmt: skip
Left = Literal["trials", "questions", "remarks"]
"""What a shorter form may leave out, of which the end of the answer says how much there is."""

GIVES_WAY: tuple[Name, ...] = (
    "remarks", "relaxed", "near", "perhaps", "others", "near", "birthday", "questions", "common", "others", "questions", "calls",
    "near", "read", "common",
)  # fmt: skip
"""The parts that take a shorter form, one step after the other, until the answer fits; a part named so many times has as many such forms.

Emergencies, what contradicts itself, the trials worth a call and the totals are in no shorter form.
"""


class PartLines(NamedTuple):
    """A part laid out, and how much of what it leaves out."""

    lines: Sequence[Sequence[Cell]]
    left: Mapping[Left, int] = {}


def form(lines: Callable[..., Lines], *arguments: object) -> Callable[[], PartLines]:
    """A form that leaves out nothing that has to be counted; it is laid out when it is taken."""
    return lambda: PartLines(list(lines(*arguments)))


class Part:
    """A part of an answer: the form it has now, and those it may still take, each shorter than the one before."""

    def __init__(self, name: Name, *forms: Callable[[], PartLines]) -> None:
        self.name, self.form, self._shorter = name, forms[0](), list(forms[1:])

    def shorten(self) -> bool:
        """Take the next form; False where there is none."""
        if not self._shorter:
            return False
        self.form = self._shorter.pop(0)()
        return True


def shortened(parts: Sequence[Part]) -> Iterator[None]:
    """One step after the other in which a part took a shorter form."""
    by_name = {part.name: part for part in parts}
    for name in GIVES_WAY:
        if name in by_name and by_name[name].shorten():
            yield


def left_out(parts: Sequence[Part], kind: Left) -> int:
    """How many of a kind the parts leave out together."""
    return sum(part.form.left.get(kind, 0) for part in parts)


def single_spaced(lines: Sequence[Sequence[Cell]]) -> Lines:
    """Lines with never more than one empty line between parts."""
    empty = True
    for cells in lines:
        blank = not any(cell.text.strip() for cell in cells)
        if not (blank and empty):
            yield cells
        empty = blank
