"""Tables of studies (CSV) with a column of NCT numbers: each row a candidate, in the words of its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from myofind.diagnostics import InputError, shown
from myofind.registers.ctgov import NCT, STATUS_WORDS
from myofind.registers.discovery import Candidate, Field
from myofind.registers.record_values import clean, whole_day
from myofind.registers.saved_records import Unreadable, decoded

_FIELDS: tuple[tuple[Field, str], ...] = (
    ("conditions", r"conditions?"),
    ("title", r"brief_?title|official_?title|(?:study_?)?title"),
    ("keywords", r"keywords?"),
    ("summary", r"(?:brief_?)?summary|(?:brief_|detailed_)?description"),
    ("criteria", r"eligibility_?criteria|inclusion(?:_?criteria)?"),
    ("label", r"disease_?(?:entit(?:y|ies))|diseases?|indications?"),
)
_NUMBER = re.compile(r"nct_?(?:id|number)?", re.IGNORECASE)
LONGEST_CELL = 4_000_000


def is_table(data: bytes) -> bool:
    """Whether bytes look like a table of studies: a first line of columns, one of them the NCT number."""
    head = data[:4000].decode("utf-8-sig", "replace").split("\n", 1)[0]
    cells = re.split(r"[,;\t]", head)
    return len(cells) > 1 and any(_NUMBER.fullmatch(cell.strip().strip('"').replace(" ", "_")) for cell in cells)


def read_table(data: bytes, name: str) -> Iterator[Candidate]:
    """The rows of a table; raises InputError where it is not UTF-8 or cannot be read as CSV. Rows without a number are passed over."""
    text = decoded(data, name)
    csv.field_size_limit(LONGEST_CELL)
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    columns = {column: re.sub(r"\W+", "_", column.strip()).lower() for column in rows.fieldnames or () if column}
    number = next((column for column, plain in columns.items() if _NUMBER.fullmatch(plain)), None)
    if number is None:
        none = ("no column of NCT numbers", "aucune colonne de numéros NCT")
        raise Unreadable(name, none, ("name it NCTId", "la nommer NCTId"))
    fields = [
        (field, column) for field, shape in _FIELDS for column, plain in columns.items() if re.fullmatch(shape, plain)
    ]
    named = {plain.replace("_", ""): column for column, plain in columns.items()}
    try:
        for row in rows:
            known = (row.get(number) or "").strip().upper()
            if NCT.fullmatch(known):
                yield _candidate(known, row, fields, named)
    except csv.Error as error:
        line, label = rows.line_num, shown(name, 200)
        raise InputError(
            (f"{label}, line {line}: not CSV ({error})", f"{label}, ligne {line} : ce n'est pas du CSV"),
            ("save it again", "l'enregistrer de nouveau"),
        ) from error


def _candidate(number: str, row: dict[str, str], fields: list[tuple[Field, str]], named: dict[str, str]) -> Candidate:
    def cell(*columns: str) -> str | None:
        value = next((row.get(named[column]) for column in columns if column in named), None)
        return clean(value) or None if value else None

    texts = tuple((field, clean(row[column])) for field, column in fields if row.get(column))
    status = (cell("overallstatus", "status") or "").upper().replace(" ", "_").replace(",", "")
    countries = cell("countries", "country") or ""
    return Candidate(
        number,
        cell("brieftitle", "studytitle", "title"),
        STATUS_WORDS.get(status),
        whole_day(cell("lastupdatepostdate", "lastupdate", "updated")),
        whole_day(cell("snapshotdate", "datadate", "asof")),
        tuple(country.strip() for country in countries.split("|") if country.strip()),
        texts,
    )
