"""Reports on a screen or in a pipe: lines of cells, laid out for a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from myofind.writers.layout import CohortLines, Layout, Printable

if TYPE_CHECKING:
    from myofind.report.cohort import Cohort
    from myofind.report.comparison import Comparison
    from myofind.report.refresh import RefreshReport
    from myofind.report.side_by_side import SideBySide
    from myofind.report.trial_page import Explanation, Listing
    from myofind.report.values import Answer


def answer(whole: Answer, layout: Layout) -> Printable:
    """The answer of `match`, or what `--what-if` changes."""
    from myofind.writers.answer_screen import page

    return page(whole, layout)


def explanation(whole: Explanation, layout: Layout) -> Printable:
    """One trial in full for a patient."""
    from myofind.writers.trial_page_screen import page

    return page(whole, layout)


def listing(whole: Listing, layout: Layout) -> Printable:
    """A list of trials."""
    from myofind.writers.trials_screen import listing

    return listing(whole, layout)


def cards(whole: Listing, layout: Layout) -> Printable:
    """Every fact of some trials."""
    from myofind.writers.card_screen import page

    return page(whole, layout)


def side_by_side(whole: SideBySide, layout: Layout) -> Printable:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import page

    return page(whole, layout)


def cohort(shared: Cohort, layout: Layout) -> CohortLines:
    """The lines of a cohort, written one after the other."""
    from myofind.writers.cohort import ScreenRows

    return ScreenRows(shared, layout.lang, layout.width)


def comparison(whole: Comparison, layout: Layout) -> str:
    """What changed between two versions of the registry."""
    from myofind.writers.changes import text

    return text(whole, layout.lang, layout.width)


def refresh(outcome: RefreshReport, layout: Layout) -> str:
    """What changed at a public register."""
    from myofind.writers.refresh import as_text

    return as_text(outcome, layout.lang, room=layout.width if layout.styled else None)
