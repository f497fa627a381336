"""Saved register records in the shapes they are met in: a study, a page, an array, JSON lines, gzip, a zip of studies.

Retired shapes are refused by name with what to do instead. One bad record never hides the others: it is a problem
with its place.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from myofind.diagnostics import InputError, shown
from myofind.language import Words, both

LONGEST_NUMBER = 30
"""Digits of the longest whole number that is read: the register's numbers have nine at most."""

MAX_TOTAL = 1024 * 1024 * 1024
"""Most bytes read in all, after unpacking."""

_DOWNLOAD = (
    "download the study as JSON from https://clinicaltrials.gov, or save https://clinicaltrials.gov/api/v2/studies/NCT…",
    "télécharger l'étude en JSON depuis https://clinicaltrials.gov, ou enregistrer"
    " https://clinicaltrials.gov/api/v2/studies/NCT…",
)
_AGAIN = ("save it again", "l'enregistrer de nouveau")
_TOO_LARGE = (f"unpacks to more than {MAX_TOTAL >> 20} MB", f"dépasse {MAX_TOTAL >> 20} Mo une fois décompressé")
_SPLIT = ("split it", "le partager")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


Problem = tuple[str, Words]
"""Something in the input that is no record: where, and what was found."""


class Saved(NamedTuple):
    """Studies with the place each was found in, the day the input gives for its data, if any, and the problems."""

    studies: tuple[tuple[str, dict[str, Any]], ...]
    day: str | None = None
    problems: tuple[Problem, ...] = ()
    partial: bool = False
    """Whether the input says that more pages follow."""


class Unreadable(InputError):
    """A file that holds no record: `what` was found, without the name of the file."""

    def __init__(self, name: str, what: Words, hint: Words = _DOWNLOAD) -> None:
        (en, fr), label = both(what), shown(name, 200)
        super().__init__((f"{label}: {en}", f"{label} : {fr}"), hint)
        self.what = what


def read_saved(data: bytes, name: str) -> Saved:
    """The studies of one saved file; raises InputError for a file that holds none, saying what it is."""
    data = _unpacked(data, name)
    return _zipped(data, name) if data[:4] == b"PK\x03\x04" else _text(data, name)


def _unpacked(data: bytes, name: str) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    out, size, rest = [], 0, data
    while rest[:2] == b"\x1f\x8b":
        worker = zlib.decompressobj(31)
        try:
            piece = worker.decompress(rest, MAX_TOTAL - size)
        except zlib.error as error:
            what = (f"not a readable gzip file ({error})", f"fichier gzip illisible ({error})")
            raise Unreadable(name, what, _AGAIN) from error
        if worker.unconsumed_tail:
            raise Unreadable(name, _TOO_LARGE, _SPLIT)
        if not worker.eof:
            raise Unreadable(name, ("the gzip file is cut off", "le fichier gzip est coupé"), _AGAIN)
        out.append(piece)
        size += len(piece)
        rest = worker.unused_data
    return b"".join(out)


def _gathered(parts: Iterable[tuple[str, Callable[[str], Saved]]]) -> Saved:
    """The studies of several parts, each read at its place; a part that holds none is a problem."""
    studies: list[tuple[str, dict[str, Any]]] = []
    problems: list[Problem] = []
    day, more = None, False
    for where, read in parts:
        try:
            found = read(where)
        except Unreadable as error:
            problems.append((where, error.what))
        else:
            studies += found.studies
            problems += found.problems
            day, more = day or found.day, more or found.partial
    return Saved(tuple(studies), day, tuple(problems), more)


def _zipped(data: bytes, name: str) -> Saved:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sorted(
                (one for one in archive.infolist() if not one.is_dir() and one.filename.lower().endswith(".json")),
                key=lambda one: one.filename,
            )
            if sum(one.file_size for one in members) > MAX_TOTAL:
                raise Unreadable(name, _TOO_LARGE, _SPLIT)
            found = _gathered((f"{name}: {one.filename}", partial(_member, archive, one)) for one in members)
    except zipfile.BadZipFile as error:
        reason = shown(str(error))
        what = (f"not a readable zip file ({reason})", f"fichier zip illisible ({reason})")
        raise Unreadable(name, what, _AGAIN) from error
    if not found.studies:
        raise Unreadable(name, _none_in_zip(found.problems))
    return found


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> Saved:
    try:
        with archive.open(member) as stream:
            data = stream.read(MAX_TOTAL)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        reason = shown(str(error))
        raise Unreadable(where, (f"cannot be unpacked ({reason})", f"ne peut être décompressé ({reason})")) from error
    return _text(data, where)


def _none_in_zip(problems: tuple[Problem, ...]) -> Words:
    """That a zip file holds no record, and what the first of its files is instead."""
    if problems:
        where, (en, fr) = problems[0][0], both(problems[0][1])
        first = (f": {where}: {en}", f" : {where} : {fr}")
    else:
        first = (" (no .json inside)", " (aucun .json dedans)")
    return (
        f"no study record in this zip file{shown(first[0], 300)}",
        f"aucune fiche d'étude dans ce fichier zip{shown(first[1], 300)}",
    )


def _text(data: bytes, name: str) -> Saved:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = (f"byte {error.start + 1} is not UTF-8", f"l'octet {error.start + 1} n'est pas de l'UTF-8")
        raise Unreadable(name, what, ("save it as UTF-8 JSON", "l'enregistrer en JSON UTF-8")) from error
    start = text.lstrip()[:400]
    if not start:
        raise Unreadable(name, ("the file is empty", "le fichier est vide"))
    _refuse_other_formats(start, name)
    try:
        return _shaped(_parsed(text, name), name)
    except json.JSONDecodeError as error:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > 1 and _is_object(lines[0][1]):
            return _lines(lines, name)
        english = "save it again: an answer cut short is not JSON"
        hint = (english, "l'enregistrer de nouveau : une réponse coupée n'est pas du JSON")
        raise Unreadable(name, _json_problem(text, error), hint) from error


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text, parse_int=_whole)
    except RecursionError:
        raise Unreadable(name, ("JSON nested too deeply", "JSON imbriqué trop profondément")) from None


def _whole(digits: str) -> int:
    """A whole number; one that is longer than any in a record stands for "too large", at no cost."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else 10**LONGEST_NUMBER


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, parse_int=_whole), dict)
    except (ValueError, RecursionError):
        return False


def _json_problem(text: str, error: json.JSONDecodeError) -> Words:
    line, column = error.lineno, error.colno
    if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
        return f"cut off in line {line}, column {column}", f"coupé à la ligne {line}, colonne {column}"
    return (
        f"not JSON: {error.msg} in line {line}, column {column}",
        f"ce n'est pas du JSON, ligne {line}, colonne {column}",
    )


def _refuse_other_formats(start: str, name: str) -> None:
    low = start.lower()
    if low.startswith("<") and "html" in low:
        raise Unreadable(name, ("a web page, not a record", "une page, pas une fiche"))
    if low.startswith("<"):
        french = "du XML ; le registre public a retiré cette forme en juin 2024"
        hint = (f"{_DOWNLOAD[0]}; XML is no longer read", f"{_DOWNLOAD[1]} ; le XML n'est plus lu")
        raise Unreadable(name, ("XML; the register retired this format in June 2024", french), hint)
    head = start.split("\n", 1)[0]
    if "NCT Number" in head and ("," in head or "\t" in head):
        what = (
            "the web site's CSV table, which joins sites and ages into text and loses facts",
            "le tableau CSV du site, qui réunit sites et âges en un texte et perd des faits",
        )
        again = ("download the same search as JSON instead", "télécharger plutôt la même recherche en JSON")
        raise Unreadable(name, what, again)


def _lines(lines: list[tuple[int, str]], name: str) -> Saved:
    found = _gathered((f"{name}, line {number}", partial(_line, line)) for number, line in lines)
    if not found.studies:
        many = len(lines)
        what = (f"no study record in its {many} lines", f"aucune fiche d'étude dans ses {many} lignes")
        raise Unreadable(name, what)
    return found._replace(partial=False)


def _line(line: str, where: str) -> Saved:
    try:
        return _shaped(_parsed(line, where), where)
    except json.JSONDecodeError as error:
        raise Unreadable(where, _json_problem(line, error)) from error


def _shaped(value: Any, name: str) -> Saved:
    if isinstance(value, list):
        return _array(value, name)
    if not isinstance(value, dict):
        only = f"`{shown(str(value), 40)}`"
        raise Unreadable(name, (f"no study record, only {only}", f"aucune fiche d'étude, seulement {only}"))
    if "protocolSection" in value:
        return Saved(((name, value),))
    if "FullStudiesResponse" in value or "StudyFieldsResponse" in value or "FullStudy" in value:
        old = ("the shape of the old API, retired in June 2024", "la forme de l'ancienne API, retirée en juin 2024")
        raise Unreadable(name, old)
    if "ProtocolSection" in value or (isinstance(value.get("Study"), dict)):
        what = (
            "a record of the old API (`ProtocolSection`), retired in June 2024",
            "une fiche de l'ancienne API (`ProtocolSection`), retirée en juin 2024",
        )
        raise Unreadable(name, what)
    if isinstance(value.get("studies"), list):
        stamp = value.get("dataTimestamp")
        day = stamp[:10] if isinstance(stamp, str) and _DAY.match(stamp) else None
        return _array(value["studies"], name)._replace(day=day, partial=bool(value.get("nextPageToken")))
    keys = ", ".join(f"`{shown(str(key), 30)}`" for key in list(value)[:5])
    what = (
        f"no study record: it has {keys or 'no keys'}, not `protocolSection`",
        f"aucune fiche d'étude : {keys or 'aucune clé'} au lieu de `protocolSection`",
    )
    raise Unreadable(name, what)


def _array(values: list[Any], name: str) -> Saved:
    found = _gathered((f"{name}, study {place}", partial(_study, one)) for place, one in enumerate(values, 1))
    if found.problems and not found.studies:
        raise Unreadable(name, found.problems[0][1])
    return found._replace(day=None, partial=False)


def _study(value: Any, where: str) -> Saved:
    if isinstance(value, list):
        what = ("a list stands where a study is expected", "une liste se trouve à la place d'une étude")
        raise Unreadable(where, what)
    return _shaped(value, where)
