"""A cohort's rows as lines: JSON lines, a csv matrix, a markdown table or a table for the eye."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from textwrap import fill

from myofind.report.cohort import KEPT, Cohort, CohortProblem, CohortRow
from myofind.words.wording import VERDICTS, Lang, pick
from myofind.writers.as_csv import cell
from myofind.writers.layout import Layout
from myofind.writers.markdown_text import md
from myofind.writers.phrases import notes, read

NAMED = 3
"""Open trials named in a table."""

Ids = tuple[str, ...]


class _Lines:
    """Lines with nothing after the last patient."""

    def tail(self) -> str:
        """The lines after the last patient: none."""
        return ""


class JsonLines(_Lines):
    """A JSON value a line; rows that could not be read are told too, so that none is lost."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        stamp = cohort.stamp
        self._stamp, self._lang = stamp, layout.lang
        self._tail = f',"registry":{json.dumps(stamp.version)},"evaluated_on":"{stamp.day.isoformat()}"}}\n'
        self._list = lru_cache(KEPT)(partial(json.dumps, ensure_ascii=True, separators=(",", ":")))

    def head(self) -> str:
        """The lines before the first patient: none."""
        return ""

    def row(self, row: CohortRow) -> str:
        """One patient."""
        told = {
            "read": read(row.asked, self._stamp, self._lang),
            "safety": notes(row.safety, self._lang),
            "notes": (*notes(row.doubts, self._lang), *row.notes),
        }
        more = "".join(f',"{key}":{json.dumps(texts, ensure_ascii=False)}' for key, texts in told.items() if texts)
        return (
            f'{{"id":{json.dumps(row.id)},"match":{self._list(row.match)},"possible":{self._list(row.possible)},'
            f'"excluded":{row.counts.excluded},"open":{self._list(row.open)}{more}{self._tail}'
        )

    def problem(self, problem: CohortProblem) -> str:
        """A row that could not be read."""
        value = {"id": problem.id, "line": problem.line, "error": problem.message, "hint": problem.hint or None}
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n"


class Matrix(_Lines):
    """A line a patient, a column a trial, a verdict in each cell; what else is told of a row stands where progress is."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        self._ids = cohort.ids
        self._verdicts = lru_cache(KEPT)(self._laid)

    def head(self) -> str:
        """The trials."""
        return ",".join(["id", *map(cell, self._ids)]) + "\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        return f"{_quoted(row.id)},{self._verdicts(row.match, row.possible)}\n"

    def _laid(self, match: Ids, possible: Ids) -> str:
        verdicts = {**dict.fromkeys(match, "match"), **dict.fromkeys(possible, "possible")}
        return ",".join(verdicts.get(id, "excluded") for id in self._ids)

    def problem(self, problem: CohortProblem) -> str:
        """A matrix has no line for a row that could not be read."""
        return ""


def _quoted(text: str) -> str:
    """A cell, in quotes where it holds a sign of csv."""
    text = cell(text)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


class MarkdownRows(_Lines):
    """A markdown table with counts, and the first open trials by number."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        self.lang, self.room = layout.lang, None if layout.width is None else layout.width - COUNTED

    def head(self) -> str:
        """The heads of the columns."""
        verdicts = [pick(self.lang, *words) for words in VERDICTS.values()]
        return f"| id | {' | '.join(verdicts)} | {pick(self.lang, 'open', 'ouverts')} |\n|{' --- |' * 5}\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        counts = " | ".join(str(count) for count in row.counts)
        safety = "".join(f"<br>**{md(text)}**" for text in _emergencies(row, self.lang))
        return f"| {md(row.id)} | {counts} | {_named(row)}{safety} |\n"

    def problem(self, problem: CohortProblem) -> str:
        """A row that could not be read."""
        return f"| {md(problem.id)} | – | – | – | {md(problem.message)} |\n"


class ScreenRows(MarkdownRows):
    """Aligned columns with counts, and the first open trials by number, as many as fit beside them."""

    def head(self) -> str:
        """The heads of the columns."""
        named = pick(self.lang, "open trials that may fit", "essais ouverts qui peuvent convenir")
        match, possible, excluded = (pick(self.lang, *words) for words in VERDICTS.values())
        return f"{'id':<14}  {match:>8}  {possible:>8}  {excluded:>8}  {named}\n"

    def row(self, row: CohortRow) -> str:
        """One patient."""
        match, possible, excluded = row.counts
        line = f"{cell(row.id):<14}  {match:>8}  {possible:>8}  {excluded:>8}  {_named(row, self.room)}\n"
        return line + "".join(self._below(text) for text in _emergencies(row, self.lang))

    def _below(self, text: str) -> str:
        """A remark in lines below the row."""
        width = PIPED if self.room is None else max(self.room + COUNTED, LEAST)
        return fill(text, width, initial_indent="  ! ", subsequent_indent="    ") + "\n"

    def problem(self, problem: CohortProblem) -> str:
        """A row that could not be read is told where progress is."""
        return ""


PIPED, LEAST = 100, 40
"""The width of remarks where there is no terminal, and the least they need."""

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
