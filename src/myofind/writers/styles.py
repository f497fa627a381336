"""Marks and styles of a screen, each in one place, and the cells that several screens share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from myofind.domain.recruitment import Recruitment
from myofind.report.values import Stamp, Study
from myofind.words import summary
from myofind.words.wording import Lang, doubted, pick
from myofind.writers import columns as grid
from myofind.writers.columns import Cell
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import knowledge, note, origin, read, read_line

if TYPE_CHECKING:
    from myofind.report.trial_page import Explanation, SideBySide
    from myofind.report.values import Answer

    AboutPatient = Answer | Explanation | SideBySide

VERDICT_STYLE = {"match": "bold green", "possible": "bold yellow", "excluded": "red"}
STATE_STYLE = {"open": "green", "upcoming": "cyan", "by_invitation": "cyan", "closed": "dim", "unknown": "dim"}
OUTCOME_STYLE = {"met": "green", "not_met": "red", "unknown": "yellow", "presumed": "cyan", "not_recorded": "dim"}
OUTCOME_MARK = {"met": "✓", "not_met": "✗", "unknown": "?", "presumed": "≈", "not_recorded": "·"}

NUMBER_WIDTH = 11
"""Longer numbers than `NCT` and 8 digits stand on a line of their own."""


def paragraph(text: str, width: int | None, style: str = "") -> list[list[Cell]]:
    """A text over the whole width."""
    cell = Cell(text, style)
    return [[cell._replace(text=part)] for part in grid.broken(cell, width)]


def flowing(cells: Sequence[Cell], width: int | None) -> Iterator[list[Cell]]:
    """Cells one after the other over the width, broken between words; what is linked or whole is not broken."""
    line: list[Cell] = []
    taken = 0
    for cell in cells:
        words = [cell.text] if cell.link or cell.whole else _WORDS.findall(cell.text)
        for word in words:
            if width is not None and taken + grid.cell_len(word.rstrip()) > width and taken > len(FURTHER):
                yield line
                line, taken, word = [Cell(FURTHER)], len(FURTHER), word.lstrip()
            line.append(cell._replace(text=word))
            taken += grid.cell_len(word)
    yield line


FURTHER = " " * 4
"""What stands before the further lines of cells that flow."""
_WORDS = re.compile(r" *[^ ]+(?: [:;?!](?= |$))*| +")


def on_shared_lines(
    lead: str, names: Sequence[str], more_by: str, layout: Layout, most: int
) -> tuple[list[list[Cell]], int]:
    """Names after one another on at most so many lines, and how many are left out, where an answer may not take any number."""

    def text(named: int) -> str:
        left = len(names) - named
        counted = (f"{left} more", f"{left} de plus") if named else (str(left), str(left))
        more = [f"{pick(layout.lang, *counted)} ({more_by})"] if left else []
        return lead + " · ".join([*names[:named], *more])

    fewest = 0 if layout.most is not None else len(names)
    for named in range(len(names), fewest, -1):
        if grid.cell_len(text(named)) < most * (layout.columns + 1):  # where a line ends no space is needed
            lines = paragraph(text(named), layout.columns)
            if len(lines) <= most:
                return lines, len(names) - named
    return paragraph(text(fewest), layout.columns), len(names) - fewest


def indented(text: str, width: int | None, style: str = "") -> list[list[Cell]]:
    """A text below another, two columns in."""
    return [[Cell("  "), *cells] for cells in paragraph(text, None if width is None else width - 2, style)]


def ending(stamp: Stamp, layout: Layout, marks: str = "") -> Iterator[list[Cell]]:
    """What question marks say, where there are some; which registry answered, for which day, and what an answer means."""
    for text in (*filter(None, [marks]), origin(stamp, layout.lang), pick(layout.lang, *summary.DISCLAIMER)):
        yield from paragraph(text, layout.width, "dim")


def line(text: str = "", style: str = "") -> list[Cell]:
    """One line."""
    return [Cell(text, style)]


def number(study: Study) -> Cell:
    """The register number, linked; a dash for a slug, which is no number."""
    return Cell(study.number or "–", "cyan" if study.number else "dim", study.url, whole=True)


def id_cell(study: Study) -> Cell:
    """The id, linked where it is a register's number."""
    return number(study)._replace(text=study.trial.id)


def phase(study: Study) -> str:
    """`2/3`, `0/1`, or a dash."""
    return "/".join(one.replace("early_1", "0/1") for one in study.trial.phase) or "–"


def known(found: Recruitment, lang: Lang, *, headed: bool = False) -> Cell:
    """The recruitment and how old that knowledge is; `headed` where a heading says what the time is."""
    return Cell(knowledge(found, lang, headed=headed), "yellow" if doubted(found) else STATE_STYLE[found.state])


# The first lines of a screen about a patient -------------------------------------------------------------------------

IN_BRIEF = 3
"""Lines of the facts as read where there is little room."""


def facts_read(whole: AboutPatient, layout: Layout, in_brief: bool = False) -> Lines:
    """An emergency before anything else, then the facts as understood, and what puts them in doubt or was not used.

    In brief the facts take a few lines, the rest of them counted.
    """
    lang, width = layout.lang, layout.columns
    for one in whole.notes:
        if one.safety:
            yield from paragraph(f"! {note(one, lang)}", width, "bold red")
    yield from paragraph(_facts_line(whole, layout, IN_BRIEF if in_brief else None), width, "bold")
    for one in whole.notes:
        if one.doubt and not one.safety:
            yield from paragraph(pick(lang, "Note: ", "Note : ") + note(one, lang), width, "yellow")
    yield line()


def _facts_line(whole: AboutPatient, layout: Layout, most: int | None) -> str:
    """The facts, with the day where all of it fits on one line; those before the last that there is no room for are counted."""
    told = read(whole.asked, whole.stamp, layout.lang, brief=not layout.explain)
    text = read_line(told, layout.lang)
    dated = f"{text}  [{whole.stamp.day.isoformat()}]"
    if grid.cell_len(dated) <= layout.columns:
        return dated
    left = 1
    while most is not None and len(paragraph(text, layout.columns)) > most and left < len(told) - 1:
        more = pick(layout.lang, f"{left} more (--limit 0)", f"{left} de plus (--limit 0)")
        text = read_line((*told[: -left - 1], more, told[-1]), layout.lang)
        left += 1
    return text
