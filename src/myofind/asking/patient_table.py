"""A table of patients, csv or JSON lines, read row by row: an id of the user's choosing and the facts of a profile.

Columns that identify a person are refused by their name, and so are columns that say nothing a trial asks about:
what would be passed over in silence is no answer. A row that cannot be read is told with its line and is no reason to
stop.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from myofind.asking.cohort_columns import Raw, add_fact, cell_value, check_choosable, field_of, says_nothing
from myofind.asking.cohort_json import check_lines, json_rows
from myofind.asking.profile import understand, with_facts
from myofind.asking.typed import Profile, Typed, check_readable
from myofind.asking.typed_person import read_ages, read_onset, sex_of
from myofind.diagnostics import InputError, shown
from myofind.domain.ages import Age
from myofind.domain.patient import Birth, Patient, Result
from myofind.language import Pair
from myofind.records import NamedTuple
from myofind.words.reading_notes import in_words
from myofind.words.wording import Lang, pick

_KEPT = 2_000
_OF_ANOTHER_ENCODING = re.compile("[\ud800-\udfff\0]")
"""What a byte that is not UTF-8 was read as, and what stands between the letters of UTF-16."""


class Line(NamedTuple):
    """A row: its line in the file, its id, and the patient, or what is wrong; the age in years and months, as it is shown."""

    line: int
    id: str
    patient: Patient | None
    notes: tuple[str, ...] = ()
    problem: InputError | None = None
    age: tuple[int | None, int | None] | None = None


def read_cohort(
    lines: Iterable[str],
    file: str,
    day: date,
    *,
    id_column: str | None = None,
    exact: bool = False,
    lang: Lang = "en",
) -> Iterator[Line]:
    """The patients of a file, one by one; raises InputError where the columns themselves cannot be accepted."""
    stream: Iterator[str] = iter(lines)
    first = next((line for line in stream if line.strip("\ufeff \r\n\t")), "")
    first = first.removeprefix("\ufeff")
    if not first:
        raise InputError(
            (f"{file}: no patient in it", f"{file} : aucun patient"),
            (
                "the first line names the columns: for example id,subtype,age,country,cancer",
                "la première ligne nomme les colonnes : par exemple id,sous_type,âge,pays,cancer",
            ),
        )
    if _OF_ANOTHER_ENCODING.search(first):
        raise InputError(
            (f"{file}: its first line is not UTF-8", f"{file} : la première ligne n'est pas en UTF-8"),
            ("save it as UTF-8, in a spreadsheet as “CSV UTF-8”", "l'enregistrer en UTF-8, dans un tableur comme « CSV UTF-8 »"),
        )  # fmt: skip
    second = next(stream, "")
    check_lines(first, second, file)
    stream = chain((second,) if second else (), stream)
    reader = Reader(day, exact, lang)
    rows = json_rows if first.lstrip().startswith("{") else _csv_rows
    met: dict[str, int] = {}
    for number, (line, name, typed) in enumerate(rows(first, stream, file, id_column), start=1):
        label = name if name else str(number)
        twice = _given_before(name, line, met)
        if isinstance(typed, InputError):
            yield Line(line, label, None, (), typed)
            continue
        try:
            patient, notes, age = reader.read(typed)
        except InputError as error:
            yield Line(line, label, None, (), error)
        else:
            yield Line(line, label, patient, (*notes, *(pick(lang, *each) for each in twice)), None, age)


def _given_before(name: str, line: int, met: dict[str, int]) -> tuple[Pair, ...]:
    """That an id was given before, and on which line; of a long table the first ids are remembered."""
    before = met.get(name)
    if before is None and name and len(met) < MOST_IDS:
        met[name] = line
    if before is None:
        return ()
    id = shown(name, 30)
    return ((f"the id `{id}` stands on line {before} too", f"l'identifiant `{id}` figure aussi à la ligne {before}"),)


MOST_IDS = 20_000
"""Most ids that are remembered, so that memory does not grow with the table."""


# csv -------------------------------------------------------------------------------------------------------------------


def _csv_rows(first: str, rest: Iterator[str], file: str, id_column: str | None) -> Iterator[Raw]:
    told = _SEPARATOR.fullmatch(first.strip("\r\n"))
    first = next(rest, "") if told else first
    reader = csv.reader(chain((first,), rest), delimiter=told[1] if told else _mark(first))
    names = [name.strip() for name in next(reader)]
    fields, place = _columns(names, file, id_column)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, "", InputError((f"not readable as csv: {error}", f"illisible comme CSV : {error}"))
            continue
        if not any(cells):
            continue
        name = cells[place].strip() if place is not None and place < len(cells) else ""
        if place is not None and not name:
            name = f"line {reader.line_num}"  # a number could be another patient's id
        yield reader.line_num, name, _typed_cells(cells, fields, len(names))


_SEPARATOR = re.compile(r'"?sep=([;,|\t])"?', re.IGNORECASE)
"""The first line by which spreadsheets tell the separator."""


def _mark(heading: str) -> str:
    """The separator of a table: of the usual ones that which parts its heading most often, outside quotes."""
    plain = re.sub(r'"[^"]*"', "", heading)
    if "\t" in plain:
        return "\t"
    return max(",;|", key=lambda mark: (plain.count(mark), mark == ","))


def _columns(names: Sequence[str], file: str, id_column: str | None) -> tuple[list[str | None], int | None]:
    """The fact of every column, and the place of the id."""
    wanted = "id" if id_column is None else id_column.strip()
    if id_column is not None:
        check_choosable(wanted, file)
        if wanted not in names:
            listed = ", ".join(shown(one, 30) for one in names)
            raise InputError(
                (
                    f"{file}: there is no column `{shown(wanted, 30)}`",
                    f"{file} : pas de colonne `{shown(wanted, 30)}`",
                ),
                (f"columns: {listed}", f"colonnes : {listed}"),
            )
    place = names.index(wanted) if wanted in names else None
    fields: list[str | None] = []
    for number, name in enumerate(names):
        field = None if number == place else field_of(name, file) if name else UNNAMED
        if field and _same(field, fields):
            raise InputError(
                (
                    f"{file}: the column `{shown(name, 30)}` says again what an earlier one said",
                    f"{file} : la colonne `{shown(name, 30)}` répète une colonne précédente",
                ),
                ("keep one", "n'en garder qu'une"),
            )
        fields.append(field)
    return fields, place


UNNAMED = ""
"""The field of a column without a name, as empty ones at the end of a table are."""


def _same(field: str, fields: Sequence[str | None]) -> bool:
    """Does a column give what an earlier one gives, be it in another unit?"""
    person = field.partition(" [")[0]
    return field in fields or (
        person in ("age", "onset") and any(one and one.partition(" [")[0] == person for one in fields)
    )


def _typed_cells(cells: Sequence[str], fields: Sequence[str | None], width: int) -> Typed | InputError:
    if any(cell.strip() for cell in cells[width:]):
        return InputError(
            (f"{len(cells)} cells under {width} columns", f"{len(cells)} cellules sous {width} colonnes"),
            (
                "quote a cell that holds the separator",
                "mettre entre guillemets une cellule qui contient le séparateur",
            ),
        )
    facts: dict[str, Any] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field is None or not cell:
            continue
        text = cell.strip()
        if not text or says_nothing(field, text):
            continue
        if field == UNNAMED:
            return InputError(
                (f"`{shown(text, 30)}` stands in a column without a name", f"`{shown(text, 30)}` figure dans une colonne sans nom"),
                ("name the column, or leave its cells empty", "nommer la colonne, ou laisser ses cellules vides"),
            )  # fmt: skip
        try:
            add_fact(facts, field, cell_value(field, text))
        except InputError as error:
            return error
    return Typed(**facts)


# Facts to patients -----------------------------------------------------------------------------------------------------


class Reader:
    """Typed facts to patients, as `profile.understand` reads them; names that recur are read once."""

    def __init__(self, day: date, exact: bool = False, lang: Lang = "en") -> None:
        self.day = day
        self.exact = exact
        self.lang = lang
        self._named: dict[Any, Profile] = {}
        self._placed: dict[Any, Profile] = {}
        self._ages: dict[Any, Age | None] = {}

    def read(self, typed: Typed) -> tuple[Patient, tuple[str, ...], tuple[int | None, int | None] | None]:
        """The patient, what was noticed in reading the names, and the age; raises InputError as `understand` does."""
        check_readable(typed)
        if typed == Typed():
            raise InputError(("nothing is known of this patient", "rien n'est connu de ce patient"))
        key = (typed.subtypes, typed.antibodies)
        named = self._named.get(key)
        if named is None:
            named = self._keep(self._named, key, Typed(subtypes=typed.subtypes, antibodies=typed.antibodies))
        where = (typed.countries, typed.country_codes)
        placed = self._placed.get(where)
        if placed is None:
            stated = Typed(countries=typed.countries, country_codes=typed.country_codes)
            placed = self._keep(self._placed, where, stated)
        age = self._age(typed)
        birth = Birth(age.earliest_birth, age.latest_birth) if age else None
        results: tuple[tuple[str, Result], ...] = named.patient.antibodies
        patient = Patient(
            named.patient.subtypes,
            birth,
            results,
            placed.patient.countries,
            sex_of(typed, age),
            typed.ild,
            typed.refractory,
            read_onset(typed.onset, self.day, birth) if typed.onset else None,
            beside=named.patient.beside,
        )
        patient, told = with_facts(patient, typed, named.patient, self.day)
        # What the field knows about a diagnosis is said to one patient's clinician, not on every row of a table.
        shown_age = (age.years, age.months) if age else None
        return patient, (*named.readings, *placed.readings, *in_words(told, self.lang)), shown_age

    def _keep(self, kept: dict[Any, Profile], key: Any, typed: Typed) -> Profile:
        found = understand(typed, self.day, exact=self.exact, lang=self.lang)
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = found
        return found

    def _age(self, typed: Typed) -> Age | None:
        key = (typed.age, typed.birth_date, typed.age_days)
        if not any(key):
            return None
        if key not in self._ages:
            if len(self._ages) >= _KEPT:
                self._ages.clear()
            self._ages[key] = read_ages(typed, self.day)
        return self._ages[key]
