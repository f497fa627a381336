"""`myofind match --cohort`: many patients, one a row, answered one after the other as they are read."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from myofind import index as sets
from myofind.advice import first_kinds
from myofind.cohort import Judge
from myofind.cohort_file import Line, read_cohort
from myofind.commands.common import OK
from myofind.diagnostics import InputError, shown
from myofind.index import Bits, Verdicts
from myofind.registry.store import Store
from myofind.render.sheets import cell, md
from myofind.render.terminal import remark
from myofind.wording import Lang, pick

KEPT = 500
NAMED = 3
"""Open trials named in the table."""


def run(
    path: str, store: Store, day: date, form: str, lang: Lang, id_column: str | None, fail_fast: bool, exact: bool
) -> int:
    """Answer every row; a bad one is told with its line and skipped, or ends the run with `fail_fast`."""
    gc.enable()
    judge, writer = Judge(store.index, day), Writer(store, day, form, lang)
    file = "standard input" if path == "-" else path
    progress = Progress(lang)
    answered = skipped = 0
    out = sys.stdout
    with _opened(path) as lines:
        out.write(writer.head())
        for row in read_cohort(lines, file, day, id_column=id_column, exact=exact):
            if row.patient is None:
                assert row.problem
                skipped += 1
                progress.clear()
                where = f"{file}:{row.line}: {row.problem.message}"
                if fail_fast:
                    out.flush()
                    raise InputError(where, row.problem.hint)
                remark(where)
                out.write(writer.bad(row))
                continue
            out.write(writer.row(row, judge.verdicts(row.patient)))
            answered += 1
            progress.tell(answered)
    progress.clear()
    meta = store.meta
    rows = pick(lang, "row" if skipped == 1 else "rows", "ligne passée" if skipped == 1 else "lignes passées")
    remark(
        pick(
            lang,
            f"{answered} patients answered, {skipped} {rows} skipped. Registry {meta.name} {meta.version}, facts up to {meta.as_of}; evaluated on {day.isoformat()}.",
            f"{answered} patients, {skipped} {rows}. Registre {meta.name} {meta.version}, faits jusqu'au {meta.as_of} ; évalué au {day.isoformat()}.",
        )
    )
    return OK


@contextmanager
def _opened(path: str) -> Iterator[Iterator[str]]:
    """The lines of a file or of standard input; broken bytes are left for the row's reader to refuse."""
    if path == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="surrogateescape", newline="")
        return
    if not Path(path).is_file() and not Path(path).is_fifo():
        raise InputError(
            f"cannot read `{shown(path, 200)}`: no such file", "name a .csv or .jsonl file, or - for standard input"
        )
    try:
        with Path(path).open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
            yield stream
    except PermissionError as error:
        raise InputError(f"cannot read `{shown(path, 200)}`: {error.strerror}") from error


class Progress:
    """How many patients were answered, on a terminal only, a few times a second."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.due = time.monotonic() + 0.5
        self.shown = False

    def tell(self, count: int) -> None:
        """Say the count, if it is time to."""
        if self.on and not count & 255 and time.monotonic() > self.due:
            self.due = time.monotonic() + 0.2
            self.shown = True
            sys.stderr.write(f"\r{count:,} {pick(self.lang, 'patients', 'patients')} …")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line to what comes next."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            self.shown = False


class Writer:
    """Answers as lines of one of the forms; sets of trials that recur are written out once."""

    def __init__(self, store: Store, day: date, form: str, lang: Lang) -> None:
        self.table = store.index
        self.lang = lang
        self.first = first_kinds(store.index)
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
            match, possible, excluded = (
                pick(self.lang, *words)
                for words in (("match", "convient"), ("possible", "possible"), ("excluded", "exclu"))
            )
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
        """The first open trials, matches first, observational studies last, and how many more."""
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
