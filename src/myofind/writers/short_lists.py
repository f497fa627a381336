"""The short lists of an answer: trials that may run in the country, and studies, a few words each on shared lines."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.report.values import Answer, TrialRow
from myofind.words.wording import pick
from myofind.writers.layout import Layout
from myofind.writers.parts import PartLines
from myofind.writers.phrases import cities_of, row_label
from myofind.writers.shared_lines import on_shared_lines

FEW, MANY = 3, 7
"""Trials that certainly run in the country: with few there is room for those that perhaps do."""
STUDY_LINES = 1


def shared_lines(certain: int) -> int:
    """The lines for trials that perhaps run in the country, beside so many that certainly do; what does not fit is counted."""
    return 3 if certain <= FEW else 2 if certain < MANY else 1


def perhaps_there(rows: Sequence[TrialRow], layout: Layout, lines: int) -> PartLines:
    """Trials of which it is not certain that they run in the country, with the countries known, on so many lines."""
    lead = pick(
        layout.lang,
        "Perhaps there (countries incomplete): ",
        "Peut-être là (pays incomplets) : ",
    )
    return _shared(lead, _perhaps(rows, layout), layout, lines, "--limit 0")


def studies(whole: Answer, layout: Layout) -> PartLines:
    """Registries, cohorts and other studies a patient may join, with the place."""
    lead = pick(layout.lang, "Studies that take people: ", "Études qui incluent : ")
    return _shared(lead, _studies(whole, layout), layout, STUDY_LINES, "--studies")


def _perhaps(rows: Sequence[TrialRow], layout: Layout) -> list[str]:
    """Name and countries, and that nobody knows whether the trial takes patients where that is so."""
    names = []
    for row in rows:
        rule = row.trial.countries
        listed = " ".join(rule.listed[:2]) + (" +" if len(rule.listed) > 2 else "") if rule else ""
        known = row.study.recruitment.state != "unknown"
        doubt = "" if known else pick(layout.lang, "status unknown", "statut inconnu")
        called = f"{row_label(row.study, layout.lang)} {listed}".strip()
        names.append(", ".join(filter(None, (called, doubt))))
    return names


def _studies(whole: Answer, layout: Layout) -> list[str]:
    names = []
    for row in sorted(whole.study_rows, key=lambda row: not row.runs_here):
        here = [city for country in whole.asked.patient.countries for city in cities_of(row.trial, country)[:1]]
        names.append(", ".join([row_label(row.study, layout.lang), *here]))
    return names


def _shared(lead: str, names: Sequence[str], layout: Layout, lines: int, more_by: str) -> PartLines:
    shared = on_shared_lines(lead, names, more_by, layout, lines)
    return PartLines(shared.lines, {"trials": shared.left})
