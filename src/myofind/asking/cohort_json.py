"""Patients as lines of JSON: one object a row, its keys those of a profile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from myofind.asking.cohort_columns import (
    ACCEPTED,
    MOST_TEXT,
    Raw,
    add_fact,
    cell_value,
    check_choosable,
    check_identifier,
    field_of,
    says_nothing,
)
from myofind.asking.profile_file import ONE_OF_TWO
from myofind.asking.profile_keys import FIELDS, fact_key, fold, unsigned_first
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError, shown


def check_lines(first: str, second: str, file: str) -> None:
    """Raises InputError for a document whose first lines show that it is not one object a line: an array, or an object over several.

    Such a document would have to be read whole before its first patient, and one wrong comma would lose all of them.
    """
    start = first.lstrip()
    if start.startswith("["):
        found = ("a JSON array", "un tableau JSON")
    elif start.startswith("{") and not second.lstrip().startswith("{") and _goes_on(start):
        found = ("a JSON object over several lines", "un objet JSON sur plusieurs lignes")
    else:
        return
    raise InputError(
        (
            f"{file}: {found[0]}; a table of patients in JSON has one object a line",
            f"{file} : {found[1]} ; une table de patients en JSON a un objet par ligne",
        ),
        (
            """write {"id": "p1", "subtype": "dm"} on a line for each patient: `jq -c '.[]' FILE` does it for an array, `jq -c . FILE` for objects over several lines; one patient is `--profile FILE`""",
            """écrire {"id": "p1", "subtype": "dm"} sur une ligne par patient : `jq -c '.[]' FICHIER` le fait d'un tableau, `jq -c . FICHIER` d'objets sur plusieurs lignes ; un seul patient : `--profile FICHIER`""",
        ),
    )


def _goes_on(text: str) -> bool:
    """Does a text that begins an object end before the object does?"""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
    except (ValueError, RecursionError):
        return False
    return False


def json_rows(first: str, rest: Iterator[str], file: str, id_column: str | None) -> Iterator[Raw]:
    key = "id" if id_column is None else id_column.strip()
    if id_column is not None:
        check_choosable(key, file)
    number = 0
    for text in chain((first,), rest):
        number += 1
        if not text.strip():
            continue
        if len(text) > 4 * MOST_TEXT:
            yield (
                number,
                "",
                InputError(
                    (
                        f"a line of {len(text):,} characters; at most {4 * MOST_TEXT:,} are read",
                        f"une ligne de {len(text)} caractères ; {4 * MOST_TEXT} au plus sont lus",
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
                check_identifier(other, f"{file}:{number}")
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
    if isinstance(answer, list):
        return ", ".join(unsigned_first(answer))
    return "yes" if answer is True else "no" if answer is False else str(answer)


def _texts(answer: Any) -> bool:
    """Is it a list of texts, as a fact with several answers has?"""
    return isinstance(answer, list) and all(isinstance(one, str) for one in answer)


def _typed_mapping(found: dict[str, Any]) -> Typed:
    facts: dict[str, Any] = {}
    for key, value in found.items():
        field = field_of(key, "row")
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
            add_fact(facts, field, read)
    return Typed(**facts)


def _json_value(field: str, key: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, bool):
        if field in ("ild", "refractory"):
            return value
        if field.startswith(("facts.", "antibodies.", "treatments.")):
            return cell_value(field, "yes" if value else "no")
    elif isinstance(value, (str, int, float)):
        text = str(value).strip()
        return cell_value(field, text) if text and not says_nothing(field, text) else None
    elif field.startswith("facts.") and _texts(value):
        return cell_value(field, _plain(value)) if value else None
    elif isinstance(value, list) and field in ("subtypes", "countries", "antibodies", "facts", "treatments"):
        if all(isinstance(one, str) for one in value):
            return tuple(one.strip() for one in value if one.strip())
    elif isinstance(value, dict) and field == "antibodies":
        if all(isinstance(one, str) for one in value.values()):
            return tuple(f"{name}={result}" for name, result in value.items())
    elif isinstance(value, dict) and field in ("facts", "treatments"):
        given = {name: answer for name, answer in value.items() if answer not in (None, "", [])}
        if all(isinstance(one, (str, int, float)) or _texts(one) for one in given.values()):
            mark = "=" if field == "facts" else " "
            return tuple(f"{name}{mark}{_plain(answer)}" for name, answer in given.items())
    elif isinstance(value, dict) and field == "age" and set(value) <= {"years", "months"}:
        years, months = value.get("years"), value.get("months")
        if _count(years) and (months is None or _count(months)):
            return f"{years}y" + (f" {months}m" if months else "")
        if "years" in value and years is None and (months is None or _count(months)):
            return None if months is None else f"{months} months"
    elif isinstance(value, list) and field == "age_days" and all(map(_count, value)):
        return "-".join(map(str, value))
    raise InputError(
        (f"`{shown(key, 30)}` cannot be read", f"`{shown(key, 30)}` : illisible"),
        (
            f"{ACCEPTED[0]}; texts, or lists of texts",
            f"{ACCEPTED[1]} ; des textes, ou des listes de textes",
        ),
    )


def _count(value: object) -> bool:
    """Is it a whole number from 0 on? True and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
