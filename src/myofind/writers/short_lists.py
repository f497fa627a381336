"""The short lists of an answer: trials that may run in the country, and studies, a few words each on shared lines."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.report.values import Answer, TrialRow
from myofind.words.wording import pick, verdict
from myofind.writers.layout import Layout
from myofind.writers.parts import PartLines
from myofind.writers.phrases import row_label
from myofind.writers.places import cities_of, nearest_first
from myofind.writers.styles import on_shared_lines

FEW, MANY = 3, 7
"""Trials that certainly run in the country: with few there is room for those that perhaps do."""
STUDY_LINES = 1


def shared_lines(certain: int) -> int:
    """The lines for trials that perhaps run in the country, beside so many that certainly do; what does not fit is counted."""
    return 3 if certain <= FEW else 2 if certain < MANY else 1


def perhaps_there(whole: Answer, rows: Sequence[TrialRow], layout: Layout, lines: int) -> PartLines:
    """Trials of which it is not certain that they run in the country, with the countries known, on so many lines."""
    lang, here, names = layout.lang, whole.asked.patient.countries, []
    for row in rows:
        listed = nearest_first(row.trial, here)
        known = " ".join(listed[:2]) + " +" * (len(listed) > 2)
        fits = verdict(row.verdict, lang, row.assessment.firm) if row.verdict == "match" else ""
        names.append(_named(row, layout, f"{row_label(row.study, lang)} {known}".strip(), fits))
    lead = pick(lang, "Perhaps there (countries incomplete): ", "Peut-être là (pays incomplets) : ")
    return _shared(lead, names, layout, lines, "--limit 0")


def studies(whole: Answer, layout: Layout) -> PartLines:
    """Registries, cohorts and other studies a patient may join, with the place."""
    here, names = whole.asked.patient.countries, []
    for row in sorted(whole.study_rows, key=lambda row: not row.runs_here):
        places = [city for country in here for city in cities_of(row.trial, country)[:1]]
        names.append(_named(row, layout, row_label(row.study, layout.lang), *places))
    lead = pick(layout.lang, "Registries and studies: ", "Registres et études : ")
    return _shared(lead, names, layout, STUDY_LINES, "--studies")


def _named(row: TrialRow, layout: Layout, *about: str) -> str:
    """A trial in a few words, and that nobody knows whether it takes patients where that is so."""
    known = row.study.recruitment.state != "unknown"
    doubt = "" if known else pick(layout.lang, "status unknown", "statut inconnu")
    return ", ".join(filter(None, (*about, doubt)))


def _shared(lead: str, names: Sequence[str], layout: Layout, lines: int, more_by: str) -> PartLines:
    shared = on_shared_lines(lead, names, more_by, layout, lines)
    return PartLines(shared.lines, {"trials": shared.left})
