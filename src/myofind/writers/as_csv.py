"""Reports as csv, for spreadsheets: one table; a cell never starts a formula, and no control character is written.

Where a report has several parts, every row says in its first column, `section`, which part it belongs to; in its last ones it
says of which patient, with which safety remarks, and by which registry.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from myofind.report.values import Answer, Stamp
from myofind.words.wording import Lang
from myofind.writers import sheets
from myofind.writers.layout import Layout
from myofind.writers.phrases import notes, read, stamp_cell
from myofind.writers.sheets import Sheet, cell

if TYPE_CHECKING:
    from myofind.report.side_by_side import SideBySide
    from myofind.report.trial_page import Explanation, Listing


def written(parts: Sequence[Sheet], common: Mapping[str, str] = MappingProxyType({})) -> str:
    """Sheets as one table; the `common` cells stand in the last columns of every row."""
    heads = list(dict.fromkeys(head for sheet in parts for head in sheet.head))
    several = len(parts) > 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(["section"] if several else []), *heads, *common])
    last = [cell(text) for text in common.values()]
    for sheet in parts:
        place = {head: number for number, head in enumerate(sheet.head)}
        for row in sheet.rows:
            values = [cell(row[place[head]]) if head in place else "" for head in heads]
            writer.writerow([*([sheet.section] if several else []), *values, *last])
    return out.getvalue()


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`."""
    parts = sheets.answer(whole, layout.lang)
    if not any(sheet.rows for sheet in parts):
        parts = [*parts, Sheet("patient", [], [[]])]  # what was read is told, whatever was left out
    return written(parts, _of_patient(whole, layout.lang))


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    return written([sheets.explanation(whole, layout.lang)], _of_patient(whole, layout.lang))


def _of_patient(whole: Answer | Explanation | SideBySide, lang: Lang) -> dict[str, str]:
    """What a row, copied out of its table, must not lose: the facts as read, what comes before any trial, what was not used."""
    rest = [note for note in whole.notes if not note.safety and not note.slip]
    return {
        "read": "; ".join(read(whole.asked, whole.stamp, lang)),
        "safety": "; ".join(notes([note for note in whole.notes if note.safety], lang)),
        "notes": "; ".join(notes(rest, lang)),
        **_of_registry(whole.stamp),
    }


def _of_registry(stamp: Stamp) -> dict[str, str]:
    """Which registry answered, and for which day."""
    return {"registry": stamp_cell(stamp)}


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    return written([sheets.listing(whole, layout.lang)], _of_registry(whole.stamp))


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: one line a fact."""
    rows = [[study.trial.id, *row] for study in whole.studies for row in sheets.card(study, layout.lang).rows]
    return written([Sheet("facts", ["id", "field", "value"], rows)], _of_registry(whole.stamp))


def side_by_side(whole: SideBySide, layout: Layout) -> str:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import sheet

    return written([sheet(whole, layout.lang)], _of_patient(whole, layout.lang))
