"""A list of trials on a screen."""

from __future__ import annotations

from myofind.report.trial_page import Listing
from myofind.report.values import Study
from myofind.words import summary
from myofind.words.wording import KINDS, pick
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import brief, drugs, name, origin
from myofind.writers.styles import id_cell, known, paragraph, phase

LONGEST_NUMBER = 14
"""Longer numbers stand on a line of their own on a screen."""
COUNTRIES_NAMED = 4


def page(whole: Listing, layout: Layout) -> Lines:
    """A list of trials."""
    lang, wide = layout.lang, layout.wide
    columns = [
        Column(pick(lang, "Number", "Numéro")),
        Column(pick(lang, "Trial", "Essai"), 14),
        *([Column(pick(lang, "Tests", "Évalue"), 14)] if wide else []),
        *([Column(pick(lang, "Kind", "Type"), 12)] if wide else []),
        Column("Phase"),
        Column(pick(lang, "Recruitment", "Recrutement"), 16),
        Column(pick(lang, "Countries", "Pays"), 7),
    ]
    if whole.studies:
        yield from grid.lines(columns, [_row(study, layout) for study in whole.studies], layout.width)
    count = summary.listed(len(whole.studies), whole.total, lang)
    yield from paragraph(f"{count} {origin(whole.stamp, lang)}", layout.width, "dim")


def _row(study: Study, layout: Layout) -> grid.Row:
    trial, lang, wide = study.trial, layout.lang, layout.wide
    apart = len(trial.id) > LONGEST_NUMBER and layout.width is not None
    listed = trial.countries.listed if trial.countries else ()
    more = f" +{len(listed) - COUNTRIES_NAMED}" if len(listed) > COUNTRIES_NAMED else ""
    cells = [
        Cell("") if apart else id_cell(study),
        Cell(name(trial, lang) if wide or apart else brief(study, lang), "bold"),
        *([Cell(drugs(study, lang))] if wide else []),
        *([Cell(pick(lang, *KINDS[trial.kind]))] if wide else []),
        Cell(phase(study)),
        known(study.recruitment, lang),
        Cell(" ".join(listed[:COUNTRIES_NAMED]) + more or "–"),
    ]
    return grid.Row(cells, [id_cell(study)] if apart else [])
