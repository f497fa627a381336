"""Reports as markdown, for documents: a table for each part, numbers linked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from myofind.report.values import Answer
from myofind.writers import sheets
from myofind.writers.layout import CohortLines, Layout
from myofind.writers.markdown_text import md, written
from myofind.writers.phrases import notes, read_line, stamp_cell

if TYPE_CHECKING:
    from myofind.report.cohort import Cohort
    from myofind.report.comparison import Comparison
    from myofind.report.refresh import RefreshReport
    from myofind.report.side_by_side import SideBySide
    from myofind.report.trial_page import Explanation, Listing


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`."""
    return _facts_read(whole, layout) + written(sheets.answer(whole, layout.lang))


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    return _facts_read(whole, layout) + written([sheets.explanation(whole, layout.lang)], stamp_cell(whole.stamp))


def _facts_read(whole: Answer | Explanation | SideBySide, layout: Layout) -> str:
    """What comes before any trial, the facts as understood, and what else is to be said of them."""
    lang = layout.lang
    several = [one for one in whole.notes if not one.slip]
    safety = "".join(f"**{md(text)}**\n\n" for text in notes([one for one in several if one.safety], lang))
    others = "".join(f"- {md(text)}\n" for text in notes([one for one in several if not one.safety], lang))
    return f"{safety}{md(read_line(whole.asked, whole.stamp, lang))}\n\n{others}" + ("\n" if others else "")


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    return written([sheets.listing(whole, layout.lang)], stamp_cell(whole.stamp))


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: a table each."""
    parts = [sheets.card(study, layout.lang) for study in whole.studies]
    tables = "".join(f"## {md(part.section)}\n\n{written([part])}\n" for part in parts)
    return f"{tables}{md(stamp_cell(whole.stamp))}\n"


def side_by_side(whole: SideBySide, layout: Layout) -> str:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import sheet

    return _facts_read(whole, layout) + written([sheet(whole, layout.lang)])


def cohort(shared: Cohort, layout: Layout) -> CohortLines:
    """The lines of a cohort, written one after the other."""
    from myofind.writers.cohort import MarkdownRows

    return MarkdownRows(shared, layout.lang)


def comparison(whole: Comparison, layout: Layout) -> str:
    """What changed between two versions of the registry."""
    from myofind.writers.changes import markdown

    return markdown(whole)


def refresh(outcome: RefreshReport, layout: Layout) -> str:
    """What changed at a public register."""
    from myofind.writers.refresh import as_text

    return as_text(outcome, markdown=True)
