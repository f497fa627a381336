"""Trials side by side on a screen, as JSON and as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from myofind.domain.eligibility import Criterion
from myofind.report.side_by_side import Criteria, SideBySide
from myofind.words.wording import NAMES, Lang, joined, pick
from myofind.writers import columns as grid
from myofind.writers import json_values as values
from myofind.writers.as_csv import Sheet, of_patient, written
from myofind.writers.as_json import dump
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import Shown, brief, notes
from myofind.writers.side_by_side_lines import Line, Section, agreement, sections, words_of
from myofind.writers.styles import VERDICT_STYLE, ending, facts_read, id_cell, line, paragraph

SILENT = "–"
"""Where a trial's record says nothing."""
NAME_WIDTH = 24
TRIAL_WIDTH = 24
"""The least width of a trial's column; where they do not fit, each line of the comparison is a small list."""


def page(whole: SideBySide, layout: Layout) -> Lines:
    """The comparison as lines: columns where they fit, small lists where they do not, and in a pipe."""
    lang, width = layout.lang, layout.width
    if whole.known:
        yield from facts_read(whole, layout._replace(width=layout.columns))
    parts = sections(whole, lang)
    across = width is not None and width >= NAME_WIDTH + (TRIAL_WIDTH + grid.GAP) * len(whole.rows)
    yield from (_columns if across else _lists)(whole, parts, layout)
    shared = agreement(whole, lang)
    if shared:
        yield line()
        yield from paragraph(shared, width)
    yield line()
    if whole.known:
        yield from paragraph(_legend(lang), width, "dim")
    yield from ending(whole.stamp, layout)


def _legend(lang: Lang) -> str:
    return pick(
        lang,
        "✓ met, ✗ not met, ? unknown, ≈ presumed, – not recorded.",
        "✓ rempli, ✗ non rempli, ? inconnu, ≈ présumé, – non renseigné.",
    )


def _columns(whole: SideBySide, parts: Sequence[Section], layout: Layout) -> Lines:
    """A column a trial; what has addresses stands below at the whole width."""
    lang = layout.lang
    columns = [Column("", NAME_WIDTH, NAME_WIDTH), *(Column(brief(row.study, lang), TRIAL_WIDTH) for row in whole.rows)]
    blank = [Cell("") for _ in whole.rows]
    rows = [grid.Row([Cell(pick(lang, "number", "numéro"), "dim"), *(id_cell(row.study) for row in whole.rows)])]
    for part in parts:
        lines = [one for one in part.lines if not one.wide]
        if lines:
            rows += [grid.Row([Cell(""), *blank]), grid.Row([Cell(part.title, "bold", whole=True), *blank])]
            rows += [grid.Row([Cell(one.name, "dim"), *_cells(one, whole, lang)]) for one in lines]
    yield from grid.lines(columns, rows, layout.width)
    for part in parts:
        if any(one.wide for one in part.lines):
            yield line()
            yield from _list(part, whole, layout)


def _lists(whole: SideBySide, parts: Sequence[Section], layout: Layout) -> Lines:
    """Every line as a name and, below it, what each trial says."""
    for row in whole.rows:
        yield [Cell(brief(row.study, layout.lang), "bold"), Cell("  "), id_cell(row.study)]
    for part in parts:
        yield line()
        yield from _list(part, whole, layout)


def _list(part: Section, whole: SideBySide, layout: Layout) -> Lines:
    """A part as small lists; what all trials say alike is said once."""
    lang, width = layout.lang, layout.width
    labels = [brief(row.study, lang) for row in whole.rows]
    least = min(max(map(len, labels)), NAME_WIDTH)
    columns = [Column(""), Column("", least, NAME_WIDTH), Column("", 20)]
    yield line(part.title, "bold")
    for one in part.lines:
        said_by: dict[tuple[str, ...], list[int]] = {}
        for at, said in enumerate(one.said):
            said_by.setdefault(said or (SILENT,), []).append(at)
        if len(said_by) == 1 and len(one.said[0]) == 1 and one.name:
            yield from paragraph(f"{one.name}{pick(lang, ': ', ' : ')}{one.said[0][0]}", width)
            continue
        yield from paragraph(one.name, width, "dim") if one.name else []
        rows = []
        for said, sayers in said_by.items():
            called = ", ".join(labels[at] for at in sayers)
            rows += [
                grid.Row([Cell(""), Cell("" if place else called), _cell(text, one, whole, sayers[0])])
                for place, text in enumerate(said)
            ]
        yield from grid.lines(columns, rows, width)


def _cells(one: Line, whole: SideBySide, lang: Lang) -> list[Cell]:
    return [_cell(joined(said, lang) or SILENT, one, whole, at) for at, said in enumerate(one.said)]


def _cell(text: str, one: Line, whole: SideBySide, at: int) -> Cell:
    """What a trial says, coloured by the verdict or the outcome."""
    if one.verdicts:
        return Cell(text, VERDICT_STYLE[whole.rows[at].verdict])
    return Cell(text, {"✗": "red", "?": "yellow", "≈": "cyan"}.get(text[:1], "dim" if text == SILENT else ""))


# JSON and sheets -------------------------------------------------------------------------------------------------------


def as_json(whole: SideBySide, layout: Layout) -> str:
    """The comparison with stable keys; verdicts and outcomes only where something is known of the patient."""
    lang = layout.lang
    shown = Shown(whole.asked, lang)
    value = {
        **values.heading(whole.stamp),
        "profile": values.profile(whole.asked, whole.stamp.day) if whole.known else None,
        "notes": notes(whole.notes, lang),
        "trials": [
            {
                **values.record(row.study),
                "days_left": left,
                **(values.judged(row.assessment, (), lang, shown) if whole.known else {}),
            }
            for row, left in zip(whole.rows, whole.days_left, strict=True)
        ],
        "criteria": [_json_criteria(one, whole, lang) for one in (*whole.differing, *whole.agreeing)],
        "treatments": [{"drugs": list(one.drugs), **_json_criteria(one, whole, lang)} for one in whole.treatments],
    }
    return dump(value)


def _json_criteria(one: Criteria, whole: SideBySide, lang: Lang) -> dict[str, Any]:
    def of_one(several: Sequence[Criterion]) -> dict[str, Any] | None:
        outcomes = {"outcomes": [each.outcome for each in several]} if whole.known else {}
        return {"required": words_of(one, several, lang), **outcomes} if several else None

    of_each = {row.trial.id: of_one(several) for row, several in zip(whole.rows, one.of_each, strict=True)}
    return {"name": one.name, "agree": one.agree, "of_each": of_each}


def as_csv(whole: SideBySide, layout: Layout) -> str:
    """The comparison as one table."""
    return written([sheet(whole, layout.lang)], of_patient(whole, layout.lang))


def sheet(whole: SideBySide, lang: Lang) -> Sheet:
    """The comparison as one table, a column a trial."""
    numbers = [pick(lang, "number", "numéro"), *(row.trial.id for row in whole.rows)]
    lines = [
        [one.name or part.title, *(joined(said, lang) for said in one.said)]
        for part in sections(whole, lang, marks=False)
        for one in part.lines
    ]
    alike = [
        [pick(lang, *NAMES[one.name]), *(words_of(one, several, lang) for several in one.of_each)]
        for one in whole.agreeing
    ]
    head = [pick(lang, "fact", "fait"), *(brief(row.study, lang) for row in whole.rows)]
    return Sheet("comparison", head, [numbers, *lines, *alike])
