"""Reports as markdown, for documents: tables of at most five columns, numbers linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from myofind.words import summary
from myofind.words.rule_words import required
from myofind.words.verdicts import why
from myofind.words.wording import NAMES, OUTCOMES, pick, picks, verdict
from myofind.writers import sheets
from myofind.writers.layout import Layout
from myofind.writers.markdown_answer import named, patient
from myofind.writers.markdown_text import ending, md, numbered, section, table
from myofind.writers.page_words import disagreements, in_time, other_cohort, to_check, whom_to_call
from myofind.writers.phrases import Found, cohort_name, dated, drugs, name, origin
from myofind.writers.places import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from myofind.domain.eligibility import Criterion
    from myofind.report.side_by_side import SideBySide
    from myofind.report.trial_page import Explanation, Listing, TrialPage
    from myofind.report.values import Sources
    from myofind.words.wording import Lang

TRIALS_BESIDE = 4
"""Trials side by side in one table; more go on in a further one."""


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    lang, found = layout.lang, Found(whole.asked, whole.stamp.day, layout.lang)
    lines = [*patient(whole.asked, whole.notes, whole.stamp, lang)]
    for page in whole.pages:
        lines += section(named(page.row.study, lang), _page(whole, page, found, lang))
    return "\n".join([*lines, *ending(whole.stamp, lang)])


def _page(whole: Explanation, page: TrialPage, found: Found, lang: Lang) -> Iterator[str]:
    """A trial: its verdict, whether it takes patients, its criteria, and what else there is to know."""
    row = page.row
    yield f"**{md(verdict(row.verdict, lang, row.assessment.firm))}**: {md(why(row.criteria, lang))}"
    yield ""
    where = nearest(row.trial, whole.asked, lang)
    yield " · ".join(md(part) for part in (dated(row.study.recruitment, lang), drugs(row.study, lang), where) if part)
    if cohort := cohort_name(row.trial, row.assessment, lang):
        yield ""
        yield md(pick(lang, f"best cohort: {cohort}", f"meilleure cohorte : {cohort}"))
    yield ""
    yield from _criteria(row.criteria, row.sources, found, lang)
    for part in page.cohorts:
        yield f"**{md(other_cohort(row.trial, part, lang))}**"
        yield ""
        yield from _criteria(part.assessment.criteria, part.sources, found, lang)
    for texts in (
        to_check(row.trial, lang), disagreements(row.trial, lang), in_time(whole, page, lang), whom_to_call(whole, page, lang),
    ):  # fmt: skip
        yield from (f"- {md(text)}" for text in texts)
    yield ""


def _criteria(criteria: Sequence[Criterion], sources: Sources, found: Found, lang: Lang) -> Iterator[str]:
    heads = picks(
        lang,
        ("Criterion", "Critère"),
        ("Required", "Demandé"),
        ("Found", "Trouvé"),
        ("Outcome", "Résultat"),
        ("Source", "Source"),
    )
    rows = []
    for one, origins in zip(criteria, sources, strict=True):
        outcome, source = pick(lang, *OUTCOMES[one.outcome]), "; ".join(str(each) for each in origins or ())
        said = (pick(lang, *NAMES[one.name]), required(one, lang) or "–", found[one], outcome, source)
        rows.append([md(text) for text in said])
    yield from table(heads, rows)


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    lang = layout.lang
    heads = picks(
        lang,
        ("Number", "Numéro"),
        ("Trial", "Essai"),
        ("Tests", "Évalue"),
        ("Recruitment", "Recrutement"),
        ("Countries", "Pays"),
    )
    rows = []
    for study in whole.studies:
        trial, status = study.trial, dated(study.recruitment, lang)
        listed = " ".join(trial.countries.listed) if trial.countries else ""
        rows.append([numbered(study), *map(md, (name(trial, lang), drugs(study, lang), status, listed or "–"))])
    count = md(summary.listed(len(whole.studies), whole.total, lang))
    return "\n".join([*table(heads, rows), count, "", md(origin(whole.stamp, lang)), ""])


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: a table each."""
    lang, lines = layout.lang, list[str]()
    heads = [pick(lang, "Field", "Champ"), pick(lang, "Value", "Valeur")]
    for study in whole.studies:
        rows = (list(map(md, row)) for row in sheets.card(study, lang).rows)
        lines += section(named(study, lang), table(heads, rows))
    return "\n".join([*lines, md(origin(whole.stamp, lang)), ""])


def side_by_side(whole: SideBySide, layout: Layout) -> str:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import sheet

    lang, compared = layout.lang, sheet(whole, layout.lang)
    lines = [*patient(whole.asked, whole.notes, whole.stamp, lang)] if whole.known else []
    for first in range(1, len(compared.head), TRIALS_BESIDE):
        columns = (0, *range(first, min(first + TRIALS_BESIDE, len(compared.head))))
        rows = ([md(row[at]) for at in columns] for row in compared.rows)
        lines += table([md(compared.head[at]) for at in columns], rows)
    return "\n".join([*lines, *ending(whole.stamp, lang)])
