"""Reports as markdown, for documents: a table for each part, numbers linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from myofind.report.values import Answer
from myofind.writers import sheets
from myofind.writers.layout import CohortLines, Layout
from myofind.writers.markdown_text import md, written
from myofind.writers.phrases import stamp_cell

if TYPE_CHECKING:
    from myofind.report.cohort import Cohort
    from myofind.report.comparison import Comparison
    from myofind.report.refresh import RefreshReport
    from myofind.report.trial_page import Explanation, Listing


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`."""
    return written(sheets.answer(whole, layout.lang))


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    return written([sheets.explanation(whole, layout.lang)], stamp_cell(whole.stamp))


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    return written([sheets.listing(whole, layout.lang)], stamp_cell(whole.stamp))


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: a table each."""
    parts = [sheets.card(study, layout.lang) for study in whole.studies]
    tables = "".join(f"## {md(part.section)}\n\n{written([part])}\n" for part in parts)
    return f"{tables}{md(stamp_cell(whole.stamp))}\n"


def cohort(shared: Cohort, layout: Layout) -> CohortLines:
    """The lines of a cohort, written one after the other."""
    from myofind.writers.cohort import MarkdownRows

    return MarkdownRows(shared, layout.lang)


def comparison(whole: Comparison, layout: Layout) -> str:
    """What changed between two versions of the registry."""
    from myofind.writers.changes import markdown

    return markdown(whole, layout.lang)


def refresh(outcome: RefreshReport, layout: Layout) -> str:
    """What changed at a public register."""
    from myofind.writers.refresh import as_text

    return as_text(outcome, markdown=True)
