"""A table of patients, csv or JSON lines, read row by row: an id of the user's choosing and the facts of a profile.

Columns that identify a person are refused by their name, and so are columns that say nothing a trial asks about:
what would be passed over in silence is no answer. A row that cannot be read is told with its line and is no reason to
stop.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from myofind.asking.profile import (
    FIELDS,
    IDENTIFYING,
    ONE_OF_TWO,
    Profile,
    Typed,
    check_readable,
    fact_key,
    fold,
    read_ages,
    read_onset,
    read_sex,
    understand,
    with_facts,
    yes_no,
)
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Birth, Patient, Result
from myofind.words.wording import Lang

ACCEPTED = "subtype, age, birth_date, autoantibodies, country, sex, onset, treatments, facts of `myofind vocab facts`"
_PSEUDONYM = r"(patient|record|case|study|subject|participant|row|line|cohort)?_?(id|code|no|number|pseudonym)"
"""Names an id column may have although they could hold an identifier: the user chooses what is in it."""

_EMPTY = r"(?i)#?n\s?/\s?a\.?"
"""`N/A`, as tables write a cell that says nothing."""

_MOST_TEXT = 10_000
"""Characters of a cell, or of a line of JSON, that are read."""
_KEPT = 2_000


class Line(NamedTuple):
    """A row: its line in the file, its id, and the patient, or what is wrong."""

    line: int
    id: str
    patient: Patient | None
    notes: tuple[str, ...] = ()
    problem: InputError | None = None


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
    stream = iter(lines)
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
    reader = Reader(day, exact, lang)
    rows = _json_rows if first.lstrip().startswith("{") else _csv_rows
    for number, (line, name, typed) in enumerate(rows(first, stream, file, id_column), start=1):
        label = name if name else str(number)
        if isinstance(typed, InputError):
            yield Line(line, label, None, (), typed)
            continue
        try:
            patient, notes = reader.read(typed)
        except InputError as error:
            yield Line(line, label, None, (), error)
        else:
            yield Line(line, label, patient, notes)


Raw = tuple[int, str, "Typed | InputError"]


# csv -------------------------------------------------------------------------------------------------------------------


def _csv_rows(first: str, rest: Iterator[str], file: str, id_column: str | None) -> Iterator[Raw]:
    mark = "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","
    reader = csv.reader(_chained(first, rest), delimiter=mark)
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


def _columns(names: Sequence[str], file: str, id_column: str | None) -> tuple[list[str | None], int | None]:
    """The fact of every column, and the place of the id."""
    wanted = "id" if id_column is None else id_column.strip()
    if id_column is not None:
        _choosable(wanted, file)
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
        field = None if number == place else _field(name, file)
        if field is not None and field in fields:
            raise InputError(
                (
                    f"{file}: the column `{shown(name, 30)}` says again what an earlier one said",
                    f"{file} : la colonne `{shown(name, 30)}` répète une colonne précédente",
                ),
                ("keep one", "n'en garder qu'une"),
            )
        fields.append(field)
    return fields, place


def _choosable(name: str, where: str) -> None:
    plain = fold(name)
    if re.search(IDENTIFYING, plain) and not re.fullmatch(_PSEUDONYM, plain):
        raise InputError(
            (
                f"{where}: the column `{shown(name, 30)}` identifies a person; it cannot name the rows",
                f"{where} : la colonne `{shown(name, 30)}` identifie une personne ; elle ne peut nommer les lignes",
            ),
            ("use a number or a pseudonym of your own", "utiliser un numéro ou un pseudonyme choisi par vous"),
        )


def _field(name: str, where: str) -> str:
    field = FIELDS.get(fold(name))
    if field is not None:
        return field
    if fact_key(name) is not None:
        return f"facts.{name}"
    if re.search(IDENTIFYING, fold(name)):
        hint = f"remove it; if it holds a pseudonym, say --id-column {shown(name, 30)}"
        raise InputError(
            (
                f"{where}: the column `{shown(name, 30)}` identifies a person; cohorts carry no identifiers",
                f"{where} : la colonne `{shown(name, 30)}` identifie une personne ; une cohorte n'en contient pas",
            ),
            hint,
        )
    raise InputError(
        (
            f"{where}: the column `{shown(name, 30)}` is not a fact of a patient",
            f"{where} : la colonne `{shown(name, 30)}` n'est pas une donnée d'un patient",
        ),
        (f"accepted: {ACCEPTED}", f"acceptés : {ACCEPTED}"),
    )


def _typed_cells(cells: Sequence[str], fields: Sequence[str | None], width: int) -> Typed | InputError:
    if len(cells) > width:
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
        if not text or re.fullmatch(_EMPTY, text):
            continue
        try:
            _add(facts, field, _value(field, text))
        except InputError as error:
            return error
    return Typed(**facts)


def _add(facts: dict[str, Any], field: str, value: Any) -> None:
    """A fact of a row among the others; those of the table of facts are together."""
    if field.startswith("facts."):
        facts["facts"] = (*facts.get("facts", ()), *value)
    else:
        facts[field] = (*facts.get(field, ()), *value) if field == "facts" else value


def _value(field: str, text: str) -> Any:
    if len(text) > _MOST_TEXT:
        raise InputError(
            (
                f"a cell of {len(text):,} characters; at most {_MOST_TEXT:,} are read",
                f"une cellule de {len(text)} caractères ; {_MOST_TEXT} au plus sont lus",
            )
        )
    if field == "countries" and text.upper() == "NA":
        raise InputError(
            (
                f"`{text}` in the column of countries: Namibia, or not available?",
                f"`{text}` dans la colonne des pays : Namibie, ou non renseigné ?",
            ),
            ("write `Namibia`, or leave the cell empty", "écrire `Namibie`, ou laisser la cellule vide"),
        )
    if field in ("subtypes", "countries"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field == "antibodies":
        return (text,)
    if field.startswith("facts."):
        return (f"{field.removeprefix('facts.')}={text}",)
    if field in ("facts", "treatments"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field in ("ild", "refractory"):
        return yes_no({"1": "yes", "0": "no"}.get(text, text), field, "row")
    return text


# JSON lines ------------------------------------------------------------------------------------------------------------


def _json_rows(first: str, rest: Iterator[str], file: str, id_column: str | None) -> Iterator[Raw]:
    key = "id" if id_column is None else id_column.strip()
    if id_column is not None:
        _choosable(key, file)
    number = 0
    for text in _chained(first, rest):
        number += 1
        if not text.strip():
            continue
        if len(text) > 4 * _MOST_TEXT:
            yield (
                number,
                "",
                InputError(
                    (
                        f"a line of {len(text):,} characters; at most {4 * _MOST_TEXT:,} are read",
                        f"une ligne de {len(text)} caractères ; {4 * _MOST_TEXT} au plus sont lus",
                    )
                ),
            )
            continue
        try:
            found = json.loads(text, object_pairs_hook=_unique)
        except InputError as error:
            yield number, "", error
            continue
        except (ValueError, RecursionError) as error:
            yield (
                number,
                "",
                InputError(
                    (f"not JSON: {shown(str(error).split(':')[0])}", "pas du JSON"),
                ),
            )
            continue
        if not isinstance(found, dict):
            yield (
                number,
                "",
                InputError(
                    ("a row is a JSON object", "une ligne est un objet JSON"),
                    (
                        'write for example {"id": "p1", "subtype": "dm"}',
                        'écrire par exemple {"id": "p1", "subtype": "dm"}',
                    ),
                ),
            )
            continue
        name = found.pop(key, None)
        for other in found:
            if fold(other) not in FIELDS and fact_key(other) is None:
                _identifier(other, f"{file}:{number}")
        try:
            yield number, "" if name is None else str(name), _typed_mapping(found)
        except InputError as error:
            yield number, "" if name is None else str(name), error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The keys and values of a JSON object; raises InputError for a key given twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise InputError(
            (f"the key `{shown(twice, 30)}` is given twice", f"la clé `{shown(twice, 30)}` est donnée deux fois"),
            ONE_OF_TWO,
        )
    return found


def _plain(answer: Any) -> str:
    return "yes" if answer is True else "no" if answer is False else str(answer)


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _identifier(name: str, where: str) -> None:
    """Stop at a key that identifies a person; any other unknown key is the row's own problem."""
    if re.search(IDENTIFYING, fold(name)):
        _field(name, where)


def _typed_mapping(found: dict[str, Any]) -> Typed:
    facts: dict[str, Any] = {}
    for key, value in found.items():
        field = _field(key, "row")
        if field in facts:
            raise InputError(
                (
                    f"`{shown(key, 30)}` says again what an earlier key said",
                    f"`{shown(key, 30)}` répète une clé précédente",
                ),
                ONE_OF_TWO,
            )
        read = _json_value(field, key, value)
        if read not in (None, ()):
            _add(facts, field, read)
    return Typed(**facts)


def _json_value(field: str, key: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool):
        if field in ("ild", "refractory"):
            return value
        if field.startswith("facts."):
            return _value(field, "yes" if value else "no")
    elif isinstance(value, (str, int, float)):
        text = str(value).strip()
        return _value(field, text) if text and not re.fullmatch(_EMPTY, text) else None
    elif isinstance(value, list) and field in ("subtypes", "countries", "antibodies", "facts", "treatments"):
        if all(isinstance(one, str) for one in value):
            return tuple(one.strip() for one in value if one.strip())
    elif isinstance(value, dict) and field == "antibodies":
        if all(isinstance(one, str) for one in value.values()):
            return tuple(f"{name}={result}" for name, result in value.items())
    elif isinstance(value, dict) and field in ("facts", "treatments"):
        if all(isinstance(one, (str, int, float)) for one in value.values()):
            mark = "=" if field == "facts" else " "
            return tuple(f"{name}{mark}{_plain(answer)}" for name, answer in value.items())
    elif isinstance(value, dict) and field == "age" and set(value) <= {"years", "months"}:
        years, months = value.get("years"), value.get("months")
        if _count(years) and (months is None or _count(months)):
            return f"{years}y" + (f" {months}m" if months else "")
    raise InputError(
        (f"`{shown(key, 30)}` cannot be read", f"`{shown(key, 30)}` : illisible"),
        (
            f"accepted: {ACCEPTED}; texts, or lists of texts",
            f"acceptés : {ACCEPTED} ; des textes, ou des listes de textes",
        ),
    )


def _count(value: object) -> bool:
    """Is it a whole number from 0 on? True and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


# Facts to patients -----------------------------------------------------------------------------------------------------


class Reader:
    """Typed facts to patients, as `profile.understand` reads them; names that recur are read once."""

    def __init__(self, day: date, exact: bool = False, lang: Lang = "en") -> None:
        self.day = day
        self.exact = exact
        self.lang = lang
        self._named: dict[Any, Profile] = {}
        self._placed: dict[Any, Profile] = {}
        self._ages: dict[Any, Birth | None] = {}

    def read(self, typed: Typed) -> tuple[Patient, tuple[str, ...]]:
        """The patient, and what was noticed in reading the names; raises InputError as `understand` does."""
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
        birth = self._birth(typed)
        results: tuple[tuple[str, Result], ...] = named.patient.antibodies
        patient = Patient(
            named.patient.subtypes,
            birth,
            results,
            placed.patient.countries,
            read_sex(typed.sex) if typed.sex else None,
            typed.ild,
            typed.refractory,
            read_onset(typed.onset, self.day, birth) if typed.onset else None,
            beside=named.patient.beside,
        )
        patient, _ = with_facts(patient, typed, dict(named.patient.facts), self.day, self.lang)
        # What the field knows about a diagnosis is said to one patient's clinician, not on every row of a table.
        return patient, (*named.readings, *placed.readings) if named.readings or placed.readings else ()

    def _keep(self, kept: dict[Any, Profile], key: Any, typed: Typed) -> Profile:
        found = understand(typed, self.day, exact=self.exact, lang=self.lang)
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = found
        return found

    def _birth(self, typed: Typed) -> Birth | None:
        if typed.age is None and typed.birth_date is None:
            return None
        key = (typed.age, typed.birth_date)
        if key in self._ages:
            return self._ages[key]
        if len(self._ages) >= _KEPT:
            self._ages.clear()
        age = read_ages(typed, self.day)
        found = self._ages[key] = Birth(age.earliest_birth, age.latest_birth) if age else None
        return found
