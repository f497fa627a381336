"""Aligned columns on a terminal, whole lines in a pipe: nothing is ever cut, numbers and addresses never wrap.

Cells are plain text with one style and perhaps a link; text is never read as markup. A row may carry further lines
below it that use the whole width.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from myofind.writers.terminal import Plain, Target

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment

GAP = 2


class Cell(NamedTuple):
    """A text with a style and perhaps an address; `whole` text is never broken."""

    text: str
    style: str = ""
    link: str | None = None
    whole: bool = False


class Row(NamedTuple):
    """The cells of a row and the lines below it."""

    cells: Sequence[Cell]
    below: Sequence[Cell] = ()


class Column(NamedTuple):
    """A column: its heading, the least width it may shrink to (0: it never shrinks), and the most it takes (0: any).

    A single word is never broken: it may take more.
    """

    heading: str
    least: int = 0
    most: int = 0


def lines(columns: Sequence[Column], rows: Sequence[Row], width: int | None, indent: int = 0) -> list[list[Cell]]:
    """The grid as lines of cells, padded; `width` None sets no bound."""
    widths = _widths(columns, rows, width)
    if width is not None and sum(widths) + GAP * (len(widths) - 1) > width:
        return _stacked(rows, width)
    found = []
    headings = Row([Cell(column.heading, "bold") for column in columns])
    for row in [headings, *rows] if any(column.heading for column in columns) else rows:
        found.extend(_row(row, widths, width))
        for cell in row.below:
            room = None if width is None else max(20, width - indent)
            found.extend([Cell(" " * indent), cell._replace(text=part)] for part in _wrap(cell, room))
    return found


def _stacked(rows: Sequence[Row], width: int) -> list[list[Cell]]:
    """One cell a line, where the columns cannot stand side by side."""
    found: list[list[Cell]] = []
    for row in rows:
        for place, cell in enumerate([*row.cells, *row.below]):
            pad = "  " if place else ""
            found.extend(
                [Cell(pad), cell._replace(text=part)] for part in _wrap(cell, width - len(pad)) if part.strip()
            )
    return found


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> list[int]:
    natural = [
        max([cell_len(column.heading), *(cell_len(row.cells[place].text) for row in rows)])
        for place, column in enumerate(columns)
    ]
    if width is None:
        return natural
    natural = [
        min(all_of_it, max(column.most, _longest_word(rows, place))) if column.most else all_of_it
        for place, (column, all_of_it) in enumerate(zip(columns, natural, strict=True))
    ]
    least = [
        max([cell_len(column.heading), column.least, *(cell_len(r.cells[i].text) for r in rows if r.cells[i].whole)])
        if column.least
        else natural[i]
        for i, column in enumerate(columns)
    ]
    least = [min(a, b) for a, b in zip(least, natural, strict=True)]
    room = width - GAP * (len(columns) - 1) - sum(least)
    widths = least
    while room > 0 and widths != natural:
        hungry = [i for i in range(len(columns)) if widths[i] < natural[i]]
        share = max(1, room // len(hungry))
        for i in hungry:
            more = min(share, natural[i] - widths[i], room)
            widths[i] += more
            room -= more
    return widths


def _longest_word(rows: Sequence[Row], place: int) -> int:
    return max((cell_len(word) for row in rows for word in row.cells[place].text.split(" ")), default=0)


def _row(row: Row, widths: Sequence[int], width: int | None) -> list[list[Cell]]:
    parts = [_wrap(cell, None if width is None else room) for cell, room in zip(row.cells, widths, strict=True)]
    found = []
    for number in range(max(len(part) for part in parts)):
        line: list[Cell] = []
        for place, (cell, part, room) in enumerate(zip(row.cells, parts, widths, strict=True)):
            text = part[number] if number < len(part) else ""
            line.append(cell._replace(text=text))
            if place < len(widths) - 1:
                line.append(Cell(" " * (room - cell_len(text) + GAP)))
        found.append(line)
    return found


def _wrap(cell: Cell, room: int | None) -> list[str]:
    """Break at spaces, but not before French punctuation; a word longer than the room stands on a line of its own and is not cut."""
    if room is None or cell.whole or cell_len(cell.text) <= room:
        return [cell.text]
    found = [""]
    for word in re.split(r"(?<!«) (?![:;?!»])", cell.text):
        longer = f"{found[-1]} {word}" if found[-1] else word
        if cell_len(longer) <= room or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    return found


def segments(console: Console, found: Iterable[Sequence[Cell]]) -> Iterable[Segment]:
    """Lines of cells as styled segments."""
    from rich.segment import Segment
    from rich.style import Style

    styles: dict[tuple[str, str | None], Style] = {}
    for line in found:
        cells = list(line)
        while cells and not cells[-1].text.strip():
            cells.pop()
        for place, cell in enumerate(cells):
            text = cell.text.rstrip() if place == len(cells) - 1 else cell.text
            key = (cell.style, cell.link)
            if key not in styles:
                style = console.get_style(cell.style) if cell.style else Style.null()
                styles[key] = style + Style(link=cell.link) if cell.link else style
            yield Segment(text, styles[key])
        yield Segment.line()


def show(target: Target, found: Iterable[Sequence[Cell]]) -> None:
    """Print lines of cells as they are."""
    if isinstance(target, Plain):
        sys.stdout.write("".join("".join(cell.text for cell in line).rstrip() + "\n" for line in found))
        return
    from rich.segment import Segments

    target.print(Segments(segments(target, found)), end="", soft_wrap=True)


def printable(text: str) -> str:
    """A text of one line without control characters and marks that turn the direction of a line."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def cell_len(text: str) -> int:
    """The columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measure

    return measure(text)
