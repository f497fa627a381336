"""The formats of reports: each is one module with one function a report, and one line in `WRITERS`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

from myofind.records import NamedTuple
from myofind.report.values import QUESTIONS

if TYPE_CHECKING:
    from myofind.report.answer import Facts
    from myofind.report.cohort import Cohort
    from myofind.report.side_by_side import SideBySide
    from myofind.report.trial_page import Explanation, Listing
    from myofind.report.values import Answer, Note
    from myofind.writers.layout import CohortLines, Layout, Printable


class Writer(Protocol):
    """What a format lays out."""

    def answer(self, whole: Answer, layout: Layout) -> Printable:
        """The answer of `match`."""

    def explanation(self, whole: Explanation, layout: Layout) -> Printable:
        """One trial in full for a patient."""

    def listing(self, whole: Listing, layout: Layout) -> Printable:
        """A list of trials."""

    def cards(self, whole: Listing, layout: Layout) -> Printable:
        """Every fact of some trials."""

    def side_by_side(self, whole: SideBySide, layout: Layout) -> Printable:
        """Trials side by side for one patient."""

    def cohort(self, shared: Cohort, layout: Layout) -> CohortLines:
        """The lines of a cohort, written one after the other."""


class Format(NamedTuple):
    """A format: its module, whose facts beside those of the rows it writes, how many questions, and where the notes go.

    `carries` says what the format itself tells beside the trials: all notes; or what belongs to the answer, so that only
    slips that were corrected go to stderr.
    """

    module: str
    facts: Facts
    carries: Literal["all", "answer"]
    questions: int | None = None


WRITERS: dict[str, Format] = {
    "table": Format("as_screen", "first", "answer", QUESTIONS),
    "json": Format("as_json", "rows", "all"),
    "csv": Format("as_csv", "all", "answer"),
    "markdown": Format("as_markdown", "all", "answer"),
    "html": Format("as_html", "all", "answer", QUESTIONS),
}
"""Every format by the name that `--format` takes."""


def writer(form: str) -> Writer:
    """The writer of a format; only its own module is loaded."""
    return cast("Writer", import_module(f"myofind.writers.{WRITERS[form].module}"))


def notes_apart(form: str, notes: Sequence[Note]) -> list[Note]:
    """The notes a format does not carry."""
    return [note for note in notes if note.slip and WRITERS[form].carries == "answer"]


def facts_of(form: str, near: bool) -> Facts:
    """Whose facts a format writes; with every near miss on a screen those of all."""
    facts = WRITERS[form].facts
    return "all" if near and facts == "first" else facts


def questions_of(form: str) -> int | None:
    """How many questions a format writes; None for all."""
    return WRITERS[form].questions
