"""The first lines of a screen about a patient: an emergency, the facts as read, and what puts them in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from myofind.report.values import Note, PatientFacts, Stamp
from myofind.words.wording import pick
from myofind.writers.columns import cell_len
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import note, read, read_line
from myofind.writers.styles import line, paragraph

IN_BRIEF = 3
"""Lines of the facts as read where there is little room."""


class Read(Protocol):
    """A report about a patient."""

    @property
    def asked(self) -> PatientFacts:
        """The patient as understood."""

    @property
    def notes(self) -> Sequence[Note]:
        """What is to be said beside."""

    @property
    def stamp(self) -> Stamp:
        """Which registry answered, and for which day."""


def facts_read(whole: Read, layout: Layout, in_brief: bool = False) -> Lines:
    """An emergency before anything else, then the facts as understood, and what puts them in doubt or was not used.

    In brief the facts take a few lines, the rest of them counted.
    """
    lang, width = layout.lang, layout.columns
    for one in whole.notes:
        if one.safety:
            yield from paragraph(f"! {note(one, lang)}", width, "bold red")
    yield from paragraph(_line(whole, layout, IN_BRIEF if in_brief else None), width, "bold")
    for one in whole.notes:
        if one.doubt and not one.safety:
            yield from paragraph(pick(lang, "Note: ", "Note : ") + note(one, lang), width, "yellow")
    yield line()


def _line(whole: Read, layout: Layout, most: int | None) -> str:
    """The facts, with the day where all of it fits on one line; those before the last that there is no room for are counted."""
    told = read(whole.asked, whole.stamp, layout.lang, brief=not layout.explain)
    text = read_line(told, layout.lang)
    dated = f"{text}  [{whole.stamp.day.isoformat()}]"
    if cell_len(dated) <= layout.columns:
        return dated
    left = 1
    while most is not None and len(paragraph(text, layout.columns)) > most and left < len(told) - 1:
        more = pick(layout.lang, f"{left} more (--limit 0)", f"{left} de plus (--limit 0)")
        text = read_line((*told[: -left - 1], more, told[-1]), layout.lang)
        left += 1
    return text
