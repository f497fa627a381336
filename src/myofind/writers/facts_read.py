"""The first lines of a screen about a patient: an emergency, the facts as read, and what puts them in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.report.values import Note, PatientFacts, Stamp
from myofind.words.wording import pick
from myofind.writers.columns import Cell, cell_len
from myofind.writers.layout import Layout
from myofind.writers.phrases import note, read_line
from myofind.writers.styles import line, paragraph

Lines = Iterator[Sequence[Cell]]


def facts_read(asked: PatientFacts, notes: Sequence[Note], stamp: Stamp, layout: Layout) -> Lines:
    """An emergency before anything else, then the facts as understood, and what puts them in doubt or was not used."""
    lang, width = layout.lang, layout.columns
    for one in notes:
        if one.safety:
            yield from paragraph(f"! {note(one, lang)}", width, "bold red")
    text = read_line(asked, stamp, lang, brief=not layout.explain)
    dated = f"{text}  [{stamp.day.isoformat()}]"
    yield from paragraph(dated if cell_len(dated) <= width else text, width, "bold")
    for one in notes:
        if one.doubt and not one.safety:
            yield from paragraph(pick(lang, "Note: ", "Note : ") + note(one, lang), width, "yellow")
    yield line()
