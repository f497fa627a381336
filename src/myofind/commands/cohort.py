"""`myofind match --cohort`: many patients, one a row, answered one after the other as they are read."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TextIO

from myofind.asking.patient_table import read_cohort
from myofind.commands.common import OK, bounded_lines, name_of
from myofind.diagnostics import InputError, shown, unreadable
from myofind.matching.many_patients import Judge
from myofind.registry.compiled import Store
from myofind.report.cohort import CohortRows
from myofind.report.values import PatientFacts
from myofind.words.wording import Lang, in_english, in_french, pick
from myofind.writers.cohort import Bar, CohortLines
from myofind.writers.formats import writer
from myofind.writers.layout import Layout, on_screen
from myofind.writers.phrases import notes, origin
from myofind.writers.terminal import remark

SAID = 1_000
"""Most different notes that are remembered as said."""


def run(
    path: str, store: Store, day: date, form: str, lang: Lang, id_column: str | None, fail_fast: bool, exact: bool
) -> int:
    """Answer every row; a bad one is told with its line and skipped, or ends the run with `fail_fast`."""
    gc.enable()
    judge, rows = Judge(store.index, day), CohortRows(store, day)
    written: CohortLines = writer(form, "cohort")(rows.cohort, on_screen(Layout(lang), form))
    file = name_of(path)
    answered = skipped = 0
    said: set[str] = set()
    out = sys.stdout
    with opened(path) as lines, Bar(lines) as bar:
        patients = read_cohort(bounded_lines(lines), file, day, id_column=id_column, exact=exact, lang=lang)
        first = next(patients, None)  # what cannot be a table of patients is refused before anything is written
        out.write(written.head)
        for row in chain(() if first is None else (first,), patients):
            if row.patient is None:
                assert row.problem
                skipped += 1
                where = f"{file}:{row.line}: {row.problem.message}"
                if fail_fast:
                    out.flush()
                    raise InputError(where, row.problem.hint)
                remark(f"{where}{pick(lang, ';', ' ;')} {row.problem.hint}" if row.problem.hint else where)
                out.write(written.problem(row.id, row.line, row.problem))
                continue
            told = rows.row(row.id, judge.verdicts(row.patient), row.notes, PatientFacts(row.patient, row.age))
            for note in (*told.notes, *notes(told.doubts, lang)) if form not in ("json", "html") else ():
                if note not in said and len(said) < SAID:
                    said.add(note)
                    remark(f"{file}:{row.line}: {note}")
            out.write(written.row(told))
            answered += 1
            bar.tell(answered)
        out.write(written.tail)
    counted = (
        f"{in_english(answered, 'patient')} answered, {in_english(skipped, 'row')} skipped.",
        f"{in_french(answered, 'patient')}, {in_french(skipped, 'ligne passée', 'lignes passées')}.",
    )
    remark(f"{pick(lang, *counted)} {origin(rows.cohort.stamp, lang)}")
    return OK


@contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """The lines of a file or of standard input; broken bytes are left for the row's reader to refuse."""
    if path == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, "utf-8", errors="surrogateescape", newline="")
        return
    if not Path(path).is_file() and not Path(path).is_fifo():
        hint = "name a .csv or .jsonl file, or - for standard input"
        raise InputError(
            (f"cannot read `{shown(path, 200)}`: no such file", f"`{shown(path, 200)}` : pas de tel fichier"),
            (hint, "nommer un fichier .csv ou .jsonl, ou - pour l'entrée standard"),
        )
    try:
        with Path(path).open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
            yield stream
    except PermissionError as error:
        raise InputError(unreadable(f"`{shown(path, 200)}`", f"`{shown(path, 200)}`", error)) from error
