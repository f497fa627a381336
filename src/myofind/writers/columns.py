"""Columns: rich's own tables on a terminal, aligned text elsewhere; nothing is ever cut, numbers and addresses never wrap.

Cells are plain text with one style and perhaps a link; text is never read as markup. A row may carry further lines
below it that use the whole width. Where a text is broken is decided here, for rich breaks before French punctuation and
within words: its tables are given lines that fit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from myofind.records import NamedTuple
from myofind.writers.terminal import pager, turn_pages

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment
    from rich.style import Style
    from rich.table import Table

GAP = 2


class Cell(NamedTuple):
    """A text with a style and perhaps an address; `whole` text is never broken."""

    text: str
    style: str | Style = ""
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
        return _stacked(columns, rows, width)
    found = []
    for row in [*_headings(columns), *rows]:
        found.extend(_row(row, widths, width))
        found.extend(_below(row, width, indent))
    return found


def _headings(columns: Sequence[Column]) -> list[Row]:
    has = any(column.heading for column in columns)
    return [Row([Cell(column.heading, "bold") for column in columns])] if has else []


def _below(row: Row, width: int | None, indent: int) -> Iterator[list[Cell]]:
    room = None if width is None else max(20, width - indent)
    for cell in row.below:
        yield from ([Cell(" " * indent), cell._replace(text=part)] for part in broken(cell, room))


def table(columns: Sequence[Column], rows: Sequence[Row], width: int, styled: bool) -> list[list[Cell]]:
    """A table as lines of cells, the lines below a row beside the first column: rich's own where styles are shown.

    Where the columns cannot stand side by side, a cell a line.
    """
    widths = _widths(columns, rows, width)
    indent = widths[0] + GAP
    if not styled or sum(widths) + GAP * (len(widths) - 1) > width:
        return lines(columns, rows, width, indent)
    heads = _headings(columns)
    parts = [[_fitted(*sized) for sized in zip(row.cells, widths, strict=True)] for row in (*heads, *rows)]
    if any(cell_len(line) > room for row in parts for cell, room in zip(row, widths, strict=True) for line in cell):
        return lines(columns, rows, width, indent)  # rich would cut an address
    laid = iter(_rendered(_rich_table(heads, rows, parts, widths, width), width))
    found = list(islice(laid, max(map(len, parts[0])) + 1)) if heads else []
    for row, texts in zip(rows, parts[len(heads) :], strict=True):
        found.extend(islice(laid, max(map(len, texts))))
        found.extend(_below(row, width, indent))
    return found


def heights(columns: Sequence[Column], rows: Sequence[Sequence[Row]], width: int) -> list[list[int]]:
    """The lines that each form of every row takes beside the other rows; the forms of a row have the same cells."""
    widths = _widths(columns, [forms[0] for forms in rows], width)
    if sum(widths) + GAP * (len(widths) - 1) > width:
        return [[len(_stacked(columns, [form], width)) for form in forms] for forms in rows]
    tall = [max(len(_fitted(cell, room)) for cell, room in zip(forms[0].cells, widths, strict=True)) for forms in rows]
    return [
        [height + sum(1 for _ in _below(form, width, widths[0] + GAP)) for form in forms]
        for height, forms in zip(tall, rows, strict=True)
    ]


class _Lines(NamedTuple):
    """A cell as rich shows it: the lines it is broken into, each as it is."""

    cell: Cell
    broken: Sequence[str]

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for line in self.broken:
            yield Segment(line, _style(console, self.cell))
            yield Segment.line()


def _rich_table(
    heads: Sequence[Row],
    rows: Sequence[Row],
    parts: Sequence[Sequence[Sequence[str]]],
    widths: Sequence[int],
    width: int,
) -> Table:
    """The headings, if any, and the cells of each row, already broken into lines; what parts two columns is in the first."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    texts = [list(map(_Lines, row.cells, lines)) for row, lines in zip((*heads, *rows), parts, strict=True)]
    whole = Table(box=SIMPLE_HEAD, show_edge=False, padding=0, show_header=bool(heads))
    rooms = [room + GAP - 1 for room in widths[:-1]]
    for place, room in enumerate((*rooms, width - sum(widths[:-1]) - GAP * len(rooms))):
        whole.add_column(texts[0][place] if heads else "", width=room)
    for row in texts[len(heads) :]:
        whole.add_row(*row)
    return whole


def _rendered(whole: Table, width: int) -> list[list[Cell]]:
    """What rich lays out, as lines of cells."""
    from rich.console import Console

    page = Console(width=width, legacy_windows=False)
    laid = page.render_lines(whole, page.options.update(max_width=width))
    return [[Cell(text, style or "") for text, style, _ in line] for line in laid]


def _stacked(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[list[Cell]]:
    """One cell a line, where the columns cannot stand side by side: a bare number after its heading, a dash not at all."""
    found: list[list[Cell]] = []
    for row in rows:
        cells = [_told(column.heading, cell) for column, cell in zip(columns, row.cells, strict=True)]
        said = [cell for cell in (*cells, *row.below) if cell.text.strip(" –")]
        for place, cell in enumerate(said):
            pad = "  " if place else ""
            found.extend([Cell(pad), cell._replace(text=part)] for part in broken(cell, width - len(pad)))
    return found


def _told(heading: str, cell: Cell) -> Cell:
    """A cell that stands alone: a number says nothing without the heading of its column."""
    bare = not any(map(str.isalpha, cell.text))
    return cell._replace(text=f"{heading} {cell.text}".strip()) if bare and cell.text.strip(" –") else cell


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
    worded = [min(max(a, _longest_word(rows, i)), natural[i]) for i, a in enumerate(least)]
    if sum(worded) + GAP * (len(columns) - 1) <= width:
        least = worded
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
    parts = [_fitted(cell, None if width is None else room) for cell, room in zip(row.cells, widths, strict=True)]
    found = []
    for number in range(max(len(part) for part in parts)):
        line: list[Cell] = []
        for place, (cell, part, room) in enumerate(zip(row.cells, parts, widths, strict=True)):
            text = part[number] if number < len(part) else ""
            line.append(cell._replace(text=text))
            if place < len(widths) - 1:
                line.append(Cell(" " * max(1, room - cell_len(text) + GAP)))
        found.append(line)
    return found


def broken(cell: Cell, room: int | None) -> list[str]:
    """Break at spaces, but not before French punctuation nor after an option; a word longer than the room stands on a line of its own and is not cut."""
    if room is None or cell.whole or cell_len(cell.text) <= room:
        return [cell.text]
    found, taken = [""], 0
    for word in _unbroken(cell.text):
        columns = cell_len(word)
        if not found[-1]:
            found[-1], taken = word, columns
        elif taken + 1 + columns <= room:
            found[-1], taken = f"{found[-1]} {word}", taken + 1 + columns
        else:
            found.append(word)
            taken = columns
    return found


def _fitted(cell: Cell, room: int | None) -> list[str]:
    """A cell of a column as lines: a word that is longer than the column goes on below, behind a hyphen if it has one; an address stays whole."""
    found = []
    for line in broken(cell, room):
        while room is not None and cell_len(line) > room and "://" not in line:
            fits = max(1, next(at for at in range(len(line)) if cell_len(line[: at + 1]) > room))
            fits = line.rfind("-", 0, fits) + 1 or fits
            found.append(line[:fits])
            line = line[fits:]
        found.append(line)
    return found


def hung(head: str, text: str, room: int | None) -> list[str]:
    """A text behind its head, broken where the screen has less room; what goes on stands below its beginning."""
    first, *rest = broken(Cell(text), None if room is None else max(20, room - cell_len(head)))
    return [head + first, *(" " * cell_len(head) + part for part in rest)]


def _unbroken(text: str) -> list[str]:
    """The words of a text, with punctuation and values that stay on the line of the word before them."""
    found: list[str] = []
    for word in text.split(" "):
        if found and (word.startswith(_AFTER_A_SPACE) or found[-1].endswith(_BEFORE_A_SPACE)):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


_AFTER_A_SPACE = (":", ";", "?", "!", "»")
_BEFORE_A_SPACE = ("«", "--limit", "--status")


def segments(console: Console, found: Iterable[Sequence[Cell]]) -> Iterator[Segment]:
    """Lines of cells as styled segments."""
    from rich.segment import Segment

    styles: dict[tuple[str | Style, str | None], Style] = {}
    for line in found:
        cells = list(line)
        while cells and not cells[-1].text.strip():
            cells.pop()
        for place, cell in enumerate(cells):
            text = cell.text.rstrip() if place == len(cells) - 1 else cell.text
            key = (cell.style, cell.link)
            if key not in styles:
                styles[key] = _style(console, cell)
            yield Segment(text, styles[key])
        yield Segment.line()


def _style(console: Console, cell: Cell) -> Style:
    from rich.style import Style

    style = console.get_style(cell.style) if cell.style else Style.null()
    return style + Style(link=cell.link) if cell.link else style


def show(target: Console | None, found: Iterable[Sequence[Cell]]) -> None:
    """Print lines of cells as they are; on a terminal they do not fit on, through a pager."""
    if target is None:
        sys.stdout.write("".join("".join(cell.text for cell in line).rstrip() + "\n" for line in found))
        return
    from rich.segment import Segments

    laid = list(found)
    styled, command = Segments([*segments(target, laid)]), pager(len(laid))
    if command is not None:
        with target.capture() as caught:
            target.print(styled, end="", soft_wrap=True)
        if turn_pages(command, caught.get()):
            return
    target.print(styled, end="", soft_wrap=True)


def printable(text: str) -> str:
    """A text of one line, as wide as before, without control characters and marks that turn the direction of a line."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " * _columns(c) for c in text)


def plain(value: Any) -> str:
    """A value as text of one line without control characters."""
    return printable("" if value is None else "yes" if value is True else "no" if value is False else str(value))


def cell_len(text: str) -> int:
    """The columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if any(first <= character <= last for first, last in _ONE_COLUMN) and character != "\u00ad":
        return 1
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_ONE_COLUMN = (("\u0000", "\u02ff"), ("\u0391", "\u03ff"), ("\u2010", "\u2027"), ("\u2190", "\u2319"))
"""Letters of Latin and Greek, dashes, quotes and dots, arrows and signs of mathematics: what needs no table of characters."""
