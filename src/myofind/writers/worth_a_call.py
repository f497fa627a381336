"""The last word of an answer: which trials are worth a call, and whom to call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from myofind.report import best
from myofind.report.values import Answer, TrialRow
from myofind.words import summary
from myofind.words.wording import pick
from myofind.writers.columns import Cell, cell_len
from myofind.writers.layout import Layout
from myofind.writers.phrases import contacts, row_label
from myofind.writers.styles import number, paragraph

Lines = Iterator[Sequence[Cell]]


def worth_a_call(whole: Answer, layout: Layout, short: bool) -> Lines:
    """The first trials that certainly run in the country and take patients or will; else those that perhaps do.

    In short, how to reach somebody without who that is, and not how to see a trial in full.
    """
    certain, chosen = best.worth_a_call(whole), best.worth_asking(whole)
    lang = layout.lang
    if not chosen:
        return
    first = row_label(chosen[0].study, lang)
    known_as = f'"{first}"' if " " in first else first
    full = pick(lang, f"one in full: add --why-not {known_as}", f"un essai en entier : ajoutez --why-not {known_as}")
    text = summary.first_of_all(bool(certain), bool(whole.asked.patient.countries), lang)
    yield from paragraph(text if short else f"{text} ({full})", layout.columns, "bold")
    for rows, reached in _by_contact(chosen, whole, layout):
        names = [Cell(text, style, link) for row in rows for text, style, link in _named(row, layout)][:-1]
        both = pick(lang, ", both", ", les deux")
        each = (
            "" if len(rows) == 1 else both if len(rows) == 2 else pick(lang, f", all {len(rows)}", f", les {len(rows)}")
        )
        colon = Cell(each + pick(lang, ": ", " : "))
        way = reached.partition(" – ")[0] if short else reached
        yield from _wrapped([Cell("  "), *names, colon, Cell(way)], layout.columns)


def _by_contact(rows: Sequence[TrialRow], whole: Answer, layout: Layout) -> list[tuple[list[TrialRow], str]]:
    """The trials with whom to call about them; those of one contact together."""
    groups: dict[str, list[TrialRow]] = {}
    for row in rows:
        url = row.study.url
        nobody = url and not row.trial.contacts and pick(layout.lang, f"no contact; {url}", f"sans contact ; {url}")
        groups.setdefault(nobody or contacts(row.study, whole.asked, layout.lang, short=True)[0], []).append(row)
    return [(group, reached) for reached, group in groups.items()]


def _named(row: TrialRow, layout: Layout) -> list[tuple[str, str, str | None]]:
    """What a trial is called, its number linked unless its address follows, and what parts it from the next."""
    study = row.study
    called, linked = row_label(study, layout.lang), number(study).link
    if called == study.trial.id:
        return [(called, "bold cyan", linked), (" · ", "", None)]
    return [
        (called, "bold", None),
        *([(f" {study.trial.id}", "cyan", linked)] if linked and study.trial.contacts else []),
        (" · ", "", None),
    ]


def _wrapped(cells: Sequence[Cell], width: int) -> Lines:
    """Cells one after the other over the width, broken between words; what is linked is not broken."""
    line: list[Cell] = []
    taken = 0
    for cell in cells:
        for word in [cell.text] if cell.link else re.findall(r" *[^ ]+(?: [:;?!](?= |$))*| +", cell.text):
            if taken + cell_len(word.rstrip()) > width and taken > 4:
                yield line
                line, taken, word = [Cell("    ")], 4, word.lstrip()
            line.append(cell._replace(text=word))
            taken += cell_len(word)
    yield line
