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
from typing import Any, NamedTuple

from myofind.diagnostics import InputError, shown

LONGEST_NUMBER = 30
"""Digits of the longest whole number that is read: the register's numbers have nine at most."""

MAX_TOTAL = 1024 * 1024 * 1024
"""Most bytes read in all, after unpacking."""

_DOWNLOAD = (
    "download the study as JSON from https://clinicaltrials.gov, or save https://clinicaltrials.gov/api/v2/studies/NCT…"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Problem(NamedTuple):
    """Something in the input that is no record: where, and what was found."""

    where: str
    what: str


class Saved(NamedTuple):
    """Studies with the place each was found in, the day the input gives for its data, if any, and the problems."""

    studies: tuple[tuple[str, dict[str, Any]], ...]
    day: str | None = None
    problems: tuple[Problem, ...] = ()
    partial: bool = False
    """Whether the input says that more pages follow."""


def read_saved(data: bytes, name: str) -> Saved:
    """The studies of one saved file; raises InputError for a file that holds none, saying what it is."""
    data = _unpacked(data, name)
    if data[:4] == b"PK\x03\x04":
        return _zipped(data, name)
    return _text(data, name)


def _unpacked(data: bytes, name: str) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    out = []
    size = 0
    rest = data
    while rest[:2] == b"\x1f\x8b":
        worker = zlib.decompressobj(31)
        try:
            piece = worker.decompress(rest, MAX_TOTAL - size)
        except zlib.error as error:
            raise InputError(f"{shown(name, 200)}: not a readable gzip file ({error})", "save it again") from error
        if worker.unconsumed_tail:
            raise InputError(f"{shown(name, 200)}: unpacks to more than {MAX_TOTAL >> 20} MB", "split it")
        if not worker.eof:
            raise InputError(f"{shown(name, 200)}: the gzip file is cut off", "save it again")
        out.append(piece)
        size += len(piece)
        rest = worker.unused_data
    return b"".join(out)


def _zipped(data: bytes, name: str) -> Saved:
    studies: list[tuple[str, dict[str, Any]]] = []
    problems: list[Problem] = []
    day, partial = None, False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = sorted(
                (one for one in archive.infolist() if not one.is_dir() and one.filename.lower().endswith(".json")),
                key=lambda one: one.filename,
            )
            if sum(one.file_size for one in members) > MAX_TOTAL:
                raise InputError(f"{shown(name, 200)}: unpacks to more than {MAX_TOTAL >> 20} MB", "split it")
            for member in members:
                where = f"{name}: {member.filename}"
                try:
                    with archive.open(member) as stream:
                        found = _text(stream.read(MAX_TOTAL), where)
                except InputError as error:
                    problems.append(Problem(where, error.message.removeprefix(f"{shown(where, 200)}: ")))
                except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
                    problems.append(Problem(where, f"cannot be unpacked ({shown(str(error))})"))
                else:
                    studies += found.studies
                    problems += found.problems
                    day, partial = day or found.day, partial or found.partial
    except zipfile.BadZipFile as error:
        raise InputError(
            f"{shown(name, 200)}: not a readable zip file ({shown(str(error))})", "save it again"
        ) from error
    if not studies:
        first = f": {problems[0].where}: {problems[0].what}" if problems else " (no .json inside)"
        raise InputError(f"{shown(name, 200)}: no study record in this zip file{shown(first, 300)}", _DOWNLOAD)
    return Saved(tuple(studies), day, tuple(problems), partial)


def _text(data: bytes, name: str) -> Saved:
    label = shown(name, 200)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{label}: byte {error.start + 1} is not UTF-8", "save it as UTF-8 JSON") from error
    start = text.lstrip()[:400]
    if not start:
        raise InputError(f"{label}: the file is empty", _DOWNLOAD)
    _refuse_other_formats(start, label)
    try:
        return _shaped(_parsed(text), name)
    except json.JSONDecodeError as error:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > 1 and _is_object(lines[0][1]):
            return _lines(lines, name)
        raise InputError(
            f"{label}: {_json_problem(text, error)}", "save it again: an answer cut short is not JSON"
        ) from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_whole)
    except RecursionError:
        raise InputError("JSON nested too deeply", _DOWNLOAD) from None


def _whole(digits: str) -> int:
    """A whole number; one that is longer than any in a record stands for "too large", at no cost."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else 10**LONGEST_NUMBER


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, parse_int=_whole), dict)
    except (ValueError, RecursionError):
        return False


def _json_problem(text: str, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
        return f"cut off in line {error.lineno}, column {error.colno}"
    return f"not JSON: {error.msg} in line {error.lineno}, column {error.colno}"


def _refuse_other_formats(start: str, label: str) -> None:
    low = start.lower()
    if low.startswith("<") and "html" in low:
        raise InputError(f"{label}: a web page, not a record", _DOWNLOAD)
    if low.startswith("<"):
        raise InputError(
            f"{label}: XML; the register retired this format in June 2024", f"{_DOWNLOAD}; XML is no longer read"
        )
    head = start.split("\n", 1)[0]
    if "NCT Number" in head and ("," in head or "\t" in head):
        raise InputError(
            f"{label}: the web site's CSV table, which joins sites and ages into text and loses facts",
            "download the same search as JSON instead",
        )


def _lines(lines: list[tuple[int, str]], name: str) -> Saved:
    studies: list[tuple[str, dict[str, Any]]] = []
    problems: list[Problem] = []
    day = None
    for number, line in lines:
        where = f"{name}, line {number}"
        try:
            found = _shaped(_parsed(line), where)
        except json.JSONDecodeError as error:
            problems.append(Problem(where, _json_problem(line, error)))
        except InputError as error:
            problems.append(Problem(where, error.message.removeprefix(f"{shown(where, 200)}: ")))
        else:
            studies += found.studies
            problems += found.problems
            day = day or found.day
    if not studies:
        raise InputError(f"{shown(name, 200)}: no study record in its {len(lines)} lines", _DOWNLOAD)
    return Saved(tuple(studies), day, tuple(problems))


def _shaped(value: Any, name: str) -> Saved:
    label = shown(name, 200)
    if isinstance(value, dict):
        if "protocolSection" in value:
            return Saved(((name, value),))
        if "FullStudiesResponse" in value or "StudyFieldsResponse" in value or "FullStudy" in value:
            raise InputError(f"{label}: the shape of the old API, retired in June 2024", _DOWNLOAD)
        if "ProtocolSection" in value or (isinstance(value.get("Study"), dict)):
            raise InputError(f"{label}: a record of the old API (`ProtocolSection`), retired in June 2024", _DOWNLOAD)
        if isinstance(value.get("studies"), list):
            stamp = value.get("dataTimestamp")
            day = stamp[:10] if isinstance(stamp, str) and _DAY.match(stamp) else None
            found = _array(value["studies"], name)
            return found._replace(day=day, partial=bool(value.get("nextPageToken")))
        keys = ", ".join(f"`{shown(str(key), 30)}`" for key in list(value)[:5])
        raise InputError(f"{label}: no study record: it has {keys or 'no keys'}, not `protocolSection`", _DOWNLOAD)
    if isinstance(value, list):
        return _array(value, name)
    raise InputError(f"{label}: no study record, only `{shown(str(value), 40)}`", _DOWNLOAD)


def _array(values: list[Any], name: str) -> Saved:
    studies: list[tuple[str, dict[str, Any]]] = []
    problems: list[Problem] = []
    for place, one in enumerate(values, 1):
        where = f"{name}, study {place}"
        try:
            if isinstance(one, list):
                raise InputError("a list stands where a study is expected")
            studies += _shaped(one, where).studies
        except InputError as error:
            problems.append(Problem(where, error.message.removeprefix(f"{shown(where, 200)}: ")))
    if problems and not studies:
        raise InputError(f"{shown(name, 200)}: {problems[0].what}", _DOWNLOAD)
    return Saved(tuple(studies), None, tuple(problems))
