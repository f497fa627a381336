"""A cohort's rows as lines: JSON lines, a csv matrix, a markdown table or a table for the eye; how far a long run is."""

from __future__ import annotations

import json
import os
import sys
import time
from functools import lru_cache, partial
from textwrap import fill
from typing import TYPE_CHECKING, TextIO

from myofind.diagnostics import InputError
from myofind.report.cohort import KEPT, Cohort, CohortRow
from myofind.words.wording import VERDICTS, Lang, pick
from myofind.writers.as_csv import cell
from myofind.writers.as_markdown import md
from myofind.writers.layout import PIPED, Layout
from myofind.writers.phrases import notes, read

if TYPE_CHECKING:
    from rich.progress import Progress


NAMED = 3
"""Open trials named in a table."""

Ids = tuple[str, ...]


class CohortLines:
    """A cohort as text, written one patient after the other."""

    head = tail = ""
    """The lines before the first patient, and those after the last."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        self.cohort, self.lang = cohort, layout.lang
        self.room = None if layout.width is None else layout.width - COUNTED

    def row(self, row: CohortRow) -> str:
        """One patient."""
        raise NotImplementedError

    def problem(self, id: str, line: int, error: InputError) -> str:
        """A row that could not be read; nothing where the format does not tell of it, since progress does."""
        return ""


class JsonLines(CohortLines):
    """A JSON value a line; rows that could not be read are told too, so that none is lost."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        super().__init__(cohort, layout)
        stamp = cohort.stamp
        self._tail = f',"registry":{json.dumps(stamp.version)},"evaluated_on":"{stamp.day.isoformat()}"}}\n'
        self._list = lru_cache(KEPT)(partial(json.dumps, ensure_ascii=True, separators=(",", ":")))

    def row(self, row: CohortRow) -> str:
        """One patient."""
        told = {
            "read": read(row.asked, self.cohort.stamp, self.lang),
            "safety": notes(row.safety, self.lang),
            "notes": (*notes(row.doubts, self.lang), *row.notes),
        }
        more = "".join(f',"{key}":{json.dumps(texts, ensure_ascii=False)}' for key, texts in told.items() if texts)
        return (
            f'{{"id":{json.dumps(row.id)},"match":{self._list(row.match)},"possible":{self._list(row.possible)},'
            f'"excluded":{row.counts.excluded},"open":{self._list(row.open)}{more}{self._tail}'
        )

    def problem(self, id: str, line: int, error: InputError) -> str:
        """A row that could not be read."""
        value = {"id": id, "line": line, "error": error.message, "hint": error.hint or None}
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n"


class Matrix(CohortLines):
    """A line a patient, a column a trial, a verdict in each cell; what else is told of a row stands where progress is."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        super().__init__(cohort, layout)
        self._verdicts = lru_cache(KEPT)(self._laid)
        self.head = ",".join(["id", *map(cell, cohort.ids)]) + "\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        return f"{_quoted(row.id)},{self._verdicts(row.match, row.possible)}\n"

    def _laid(self, match: Ids, possible: Ids) -> str:
        verdicts = {**dict.fromkeys(match, "match"), **dict.fromkeys(possible, "possible")}
        return ",".join(verdicts.get(id, "excluded") for id in self.cohort.ids)


def _quoted(text: str) -> str:
    """A cell, in quotes where it holds a sign of csv."""
    text = cell(text)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


class MarkdownRows(CohortLines):
    """A markdown table with counts, and the first open trials by number."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        super().__init__(cohort, layout)
        verdicts = [pick(self.lang, *words) for words in VERDICTS.values()]
        self.head = f"| id | {' | '.join(verdicts)} | {pick(self.lang, 'open', 'ouverts')} |\n|{' --- |' * 5}\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        counts = " | ".join(str(count) for count in row.counts)
        safety = "".join(f"<br>**{md(text)}**" for text in _emergencies(row, self.lang))
        return f"| {md(row.id)} | {counts} | {_named(row)}{safety} |\n"

    def problem(self, id: str, line: int, error: InputError) -> str:
        """A row that could not be read."""
        return f"| {md(id)} | – | – | – | {md(error.message)} |\n"


class ScreenRows(CohortLines):
    """Aligned columns with counts, and the first open trials by number, as many as fit beside them."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        super().__init__(cohort, layout)
        named = pick(self.lang, "open trials that may fit", "essais ouverts qui peuvent convenir")
        match, possible, excluded = (pick(self.lang, *words) for words in VERDICTS.values())
        self.head = f"{'id':<14}  {match:>8}  {possible:>8}  {excluded:>8}  {named}\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        match, possible, excluded = row.counts
        line = f"{cell(row.id):<14}  {match:>8}  {possible:>8}  {excluded:>8}  {_named(row, self.room)}\n"
        width = PIPED if self.room is None else max(self.room + COUNTED, LEAST)
        below = (
            fill(one, width, initial_indent="  ! ", subsequent_indent="    ") for one in _emergencies(row, self.lang)
        )
        return line + "".join(f"{remark}\n" for remark in below)


LEAST = 40
"""The least width that remarks need."""

COUNTED = 46
"""The width of the columns before the trials."""


def _emergencies(row: CohortRow, lang: Lang) -> list[str]:
    """What cannot wait, said with the row; what would be an emergency is left to the answer of one patient."""
    return notes([note for note in row.safety if note.remark and note.remark.code == "emergency"], lang)


def _named(row: CohortRow, room: int | None = None) -> str:
    """The first open trials, matches first, and how many more; in the room there is a number is whole or counted."""
    text = ""
    for count in range(min(NAMED, len(row.open_first)), -1, -1):
        more = len(row.open_first) - count
        text = " ".join([*row.open_first[:count], *([f"+{more}"] if more else [])])
        if room is None or len(text) <= room:
            break
    return text


class Bar:
    """How far a long run is: a bar on stderr, where that is a terminal and the answers go elsewhere."""

    def __init__(self, lines: TextIO) -> None:
        self.lines = lines
        self.on = sys.stderr.isatty() and not sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.due = time.monotonic() + 0.5
        self.bar: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def tell(self, count: int) -> None:
        """Show the count, if it is time to; a run of half a second shows nothing."""
        if not self.on or count & 255 or time.monotonic() < self.due:
            return
        self.due = time.monotonic() + 0.2
        if self.bar is None:
            self.bar = self._started(count)
        read = self.lines.buffer.tell() if self.bar.tasks[0].total else None
        self.bar.update(self.bar.task_ids[0], completed=read, count=count)
        self.bar.refresh()

    def _started(self, count: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        # What comes through a pipe has no end that is known.
        size = os.fstat(self.lines.fileno()).st_size if self.lines.buffer.seekable() else None
        bar = Progress(
            TextColumn("{task.fields[count]:,} {task.description}"),
            BarColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
        )
        bar.add_task("patients", total=size, count=count)
        bar.start()
        return bar
