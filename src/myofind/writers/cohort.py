"""A cohort's answers as lines: JSON lines, a csv matrix, a markdown table or a table for the eye."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from myofind.asking.patient_table import Line
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Verdicts
from myofind.registry.compiled import Store
from myofind.words.wording import VERDICTS, Lang, pick
from myofind.writers.csv_markdown import cell, md

KEPT = 500
"""Most sets of trials kept as text."""
NAMED = 3
"""Open trials named in the table."""


class Writer:
    """Answers as lines of one of the forms; sets of trials that recur are written out once."""

    def __init__(self, store: Store, day: date, form: str, lang: Lang) -> None:
        self.table = store.index
        self.lang = lang
        self.open = sets.states(store.index, day)["open"]
        self.row: Callable[[Line, Verdicts], str] = {
            "json": self._json, "csv": self._csv, "markdown": self._markdown, "table": self._table,
        }[form]  # fmt: skip
        self.form = form
        self.tail = f',"registry":{json.dumps(store.meta.version)},"evaluated_on":"{day.isoformat()}"}}\n'
        self._lists: dict[Bits, str] = {}
        self._cells: dict[Verdicts, str] = {}

    def head(self) -> str:
        """The lines before the first patient."""
        if self.form == "csv":
            return "id," + ",".join(cell(one) for one in self.table.ids) + "\n"
        if self.form == "markdown":
            return "| id | match | possible | excluded | open |\n| --- | --- | --- | --- | --- |\n"
        if self.form == "table":
            told = pick(self.lang, "open trials that fit or may fit", "essais ouverts qui conviennent ou pourraient")
            match, possible, excluded = (pick(self.lang, *VERDICTS[name]) for name in Verdicts._fields)
            return f"{'id':<14}  {match:>8}  {possible:>8}  {excluded:>8}  {told}\n"
        return ""

    def bad(self, row: Line) -> str:
        """A row that could not be read: told in JSON lines, so that no row is lost; elsewhere only on stderr."""
        if self.form != "json" or row.problem is None:
            return ""
        problem = {"id": row.id, "line": row.line, "error": row.problem.message, "hint": row.problem.hint or None}
        return json.dumps(problem, ensure_ascii=True, separators=(",", ":")) + "\n"

    def _json(self, row: Line, found: Verdicts) -> str:
        fitting = found.match | found.possible
        notes = f',"notes":{json.dumps(row.notes, ensure_ascii=False)}' if row.notes else ""
        return (
            f'{{"id":{json.dumps(row.id)},"match":{self._ids(found.match)},"possible":{self._ids(found.possible)},'
            f'"excluded":{found.excluded.bit_count()},"open":{self._ids(fitting & self.open)}{notes}{self.tail}'
        )

    def _ids(self, bits: Bits) -> str:
        """The numbers of a set as a JSON list, in the order of the numbers."""
        text = self._lists.get(bits)
        if text is None:
            if len(self._lists) >= KEPT:
                self._lists.clear()
            ids = sorted(self.table.ids[place] for place in sets.places(bits))
            text = self._lists[bits] = json.dumps(ids, ensure_ascii=True, separators=(",", ":"))
        return text

    def _csv(self, row: Line, found: Verdicts) -> str:
        text = self._cells.get(found)
        if text is None:
            if len(self._cells) >= KEPT:
                self._cells.clear()
            text = self._cells[found] = ",".join(
                "match" if found.match >> place & 1 else "possible" if found.possible >> place & 1 else "excluded"
                for place in range(len(self.table.ids))
            )
        name = cell(row.id)
        if any(mark in name for mark in ',"\n\r'):
            name = '"' + name.replace('"', '""') + '"'
        return f"{name},{text}\n"

    def _named(self, found: Verdicts) -> str:
        """The first open trials, matches first, and how many more."""
        order = [
            self.table.ids[place] for bits in (found.match, found.possible) for place in sets.places(bits & self.open)
        ]
        more = len(order) - NAMED
        return " ".join(order[:NAMED]) + (f" +{more}" if more > 0 else "")

    def _markdown(self, row: Line, found: Verdicts) -> str:
        counts = " | ".join(str(bits.bit_count()) for bits in found)
        return f"| {md(row.id)} | {counts} | {self._named(found)} |\n"

    def _table(self, row: Line, found: Verdicts) -> str:
        match, possible, excluded = (bits.bit_count() for bits in found)
        return f"{cell(row.id):<14}  {match:>8}  {possible:>8}  {excluded:>8}  {self._named(found)}\n"
