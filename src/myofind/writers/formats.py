"""The formats of reports: each is one module with one function a report, and one line in `WRITERS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from myofind.records import NamedTuple
from myofind.report.values import QUESTIONS

if TYPE_CHECKING:
    from myofind.report.values import Note

# A function is given a report and a `Layout`, and gives back something printable; that of a cohort its `CohortLines`.
SCREEN = {
    "answer": "answer_screen.page", "explanation": "trial_page_screen.page", "listing": "card_screen.listing", "cards": "card_screen.page",
    "side_by_side": "side_by_side.page", "cohort": "cohort.ScreenRows", "comparison": "changes.text", "refresh": "refresh.text",
}  # fmt: skip
JSON = {
    "side_by_side": "side_by_side.as_json", "cohort": "cohort.JsonLines", "comparison": "changes.as_json", "refresh": "refresh.as_json",
}  # fmt: skip
CSV = {"side_by_side": "side_by_side.as_csv", "cohort": "cohort.Matrix"}
MARKDOWN = {"cohort": "cohort.MarkdownRows", "comparison": "changes.markdown", "refresh": "refresh.markdown"}


class Format(NamedTuple):
    """A format: its module, where the notes go, and how many questions it writes.

    `carries` says what the format itself tells beside the trials: all notes; or what belongs to the answer, so that only
    slips that were corrected go to stderr. `elsewhere` names the functions of reports that its module does not lay out.
    """

    module: str
    carries: Literal["all", "answer"]
    questions: int | None
    elsewhere: dict[str, str]


WRITERS: dict[str, Format] = {
    "table": Format("", "answer", QUESTIONS, SCREEN),
    "json": Format("as_json", "all", None, JSON),
    "csv": Format("as_csv", "answer", None, CSV),
    "markdown": Format("as_markdown", "answer", None, MARKDOWN),
    "html": Format("as_html", "answer", QUESTIONS, {"cohort": "as_html.HtmlRows"}),
}
"""Every format by the name that `--format` takes."""


def writer(form: str, report: str) -> Callable[..., Any]:
    """What lays out a report in a format; only the module it is in is loaded."""
    module, _, function = WRITERS[form].elsewhere.get(report, f"{WRITERS[form].module}.{report}").partition(".")
    laid: Callable[..., Any] = getattr(import_module(f"myofind.writers.{module}"), function)
    return laid


def notes_apart(form: str, notes: Sequence[Note]) -> list[Note]:
    """The notes a format does not carry."""
    return [note for note in notes if note.slip and WRITERS[form].carries == "answer"]
