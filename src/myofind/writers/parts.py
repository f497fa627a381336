"""Parts of a screen in ever shorter forms: what gives way, and in which order, where an answer is longer than it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from myofind.records import NamedTuple
from myofind.writers.columns import Cell
from myofind.writers.layout import Lines

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
