"""The short lists of an answer: trials that may run in the country, and studies, a few words each on shared lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.report.values import Answer, TrialRow
from myofind.words.wording import countries_in, pick
from myofind.writers.columns import Cell
from myofind.writers.layout import Layout
from myofind.writers.phrases import cities_of, row_label
from myofind.writers.shared_lines import fitting, on_shared_lines
from myofind.writers.styles import line
from myofind.writers.trial_table import TrialTable

Lines = Iterator[Sequence[Cell]]
FEW, MANY = 3, 7
"""Trials that certainly run in the country: with few there is room for those that perhaps do."""
STUDY_LINES = 1


def shared_lines(certain: int) -> int:
    """The lines for trials that perhaps run in the country, beside so many that certainly do; what does not fit is counted."""
    return 3 if certain <= FEW else 2 if certain < MANY else 1


def perhaps_there(whole: Answer, rows: Sequence[TrialRow], layout: Layout) -> Lines:
    """Trials of which it is not certain that they run in the country, with the countries known."""
    lang = layout.lang
    where = countries_in(whole.asked.patient.countries, lang)
    lead = pick(
        lang,
        f"Perhaps in {where} (country list incomplete): ",
        f"Peut-être : {where} (liste des pays incomplète) : ",
    )
    yield from _shared(lead, _perhaps(rows, layout), layout, shared_lines(_certain(whole)), "--limit 0")


def studies(whole: Answer, layout: Layout, table: TrialTable) -> Lines:
    """Registries, cohorts and other studies a patient may join, with the place; all of them as a table where asked."""
    lang = layout.lang
    if layout.studies:
        yield line(pick(lang, "Registries and observational studies", "Registres et études observationnelles"), "bold")
        yield from table.lay(whole.study_rows, None).lines
        yield line()
        return
    lead = pick(lang, "Studies that take people: ", "Études qui incluent : ")
    yield from _shared(lead, _studies(whole, layout), layout, STUDY_LINES, "--studies")


def unnamed(whole: Answer, perhaps: Sequence[TrialRow], layout: Layout) -> int:
    """How many trials and studies the short lists only count."""
    if not layout.calm:
        return 0
    left = _left(_perhaps(perhaps, layout), layout, shared_lines(_certain(whole)))
    return left + (0 if layout.studies else _left(_studies(whole, layout), layout, STUDY_LINES))


def _perhaps(rows: Sequence[TrialRow], layout: Layout) -> list[str]:
    """Name and countries; a question mark where nobody knows whether the trial takes patients."""
    names = []
    for row in rows:
        rule = row.trial.countries
        listed = " ".join(rule.listed[:2]) + (" +" if len(rule.listed) > 2 else "") if rule else ""
        doubt = pick(layout.lang, "?", " ?") if row.study.recruitment.state == "unknown" else ""
        names.append(f"{row_label(row.study, layout.lang)}{doubt} {listed}".strip())
    return names


def _certain(whole: Answer) -> int:
    return sum(row.runs_here and row.verdict != "excluded" for row in whole.rows)


def _studies(whole: Answer, layout: Layout) -> list[str]:
    names = []
    for row in sorted(whole.study_rows, key=lambda row: not row.runs_here):
        here = [city for country in whole.asked.patient.countries for city in cities_of(row.trial, country)[:1]]
        names.append(", ".join([row_label(row.study, layout.lang), *here]))
    return names


def _left(names: Sequence[str], layout: Layout, lines: int) -> int:
    return len(names) - fitting(names, layout, lines)


def _shared(lead: str, names: Sequence[str], layout: Layout, lines: int, more_by: str) -> Lines:
    yield from on_shared_lines(lead, names, _left(names, layout, lines), more_by, layout)
