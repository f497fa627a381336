"""Values to the YAML an editor would write: plain words where they stay words, double quotes elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Union

from myofind.domain.dates import first_day
from myofind.domain.rules import Span
from myofind.domain.trial import Site, Source

Value = Union[str, int, float, bool, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007  # a recursive name needs it
"""What can be written: texts, numbers, true and false, and lists and mappings of them."""

_PLAIN = re.compile(r"[^\W_][\w ./()+°%'’–-]*", re.UNICODE)
_NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F_]+|[0-9:]+(\.[0-9]*)?")
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?", re.ASCII)
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def scalar(value: str | float | bool) -> str:
    """One value on one line; two-letter country codes stay plain, as the whole file writes them (`NO` is Norway)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value) if isinstance(value, int) else f"{value:g}"
    if _is_date(value) or re.fullmatch(r"[A-Z]{2}", value, re.ASCII):
        return value
    plain = (
        _PLAIN.fullmatch(value)
        and not value.endswith(" ")
        and value.lower() not in _WORDS
        and not _NUMBER_LIKE.fullmatch(value)
        and not re.match(r"\d{4}-\d", value)
        and value.isprintable()
    )
    return value if plain else quoted(value)


def _is_date(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value)) and bool(first_day(value))
    except ValueError:
        return False


def quoted(value: str) -> str:
    """A double-quoted text; whatever is not printable is escaped."""
    body = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(c) for c in body)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def flow(value: Value) -> str:
    """Any value on one line: `{min: 18, max: none}`, `[FR, DE]`."""
    if isinstance(value, (str, int, float)):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(flow(one) for one in value) + "]"


def entry(key: str, value: Value, *, nested: bool = False) -> list[str]:
    """A key and its value as lines without indentation: a list of mappings takes a line each.

    `nested` writes a mapping with a line a key.
    """
    if isinstance(value, Mapping):
        if nested:
            return [f"{key}:", *(f"  {line}" for inner, one in value.items() for line in entry(inner, one))]
    elif isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(one, Mapping) for one in value):
        return [f"{key}:", *(f"  - {flow(one)}" for one in value)]
    return [f"{key}: {flow(value)}"]


# Facts as an editor writes them -----------------------------------------------------------------------------------------


def span_value(span: Span) -> Value:
    """A length of time as an editor writes it: `18`, `6 months`, `1 month`."""
    if span.unit == "years":
        return int(span.number)
    return f"{span.number:g} {span.unit if span.number != 1 else span.unit[:-1]}"


def site_value(site: Site) -> dict[str, Value]:
    """A site as an editor writes it."""
    return {key: value for key, value in site._asdict().items() if value}


def source_value(source: Source) -> dict[str, Value]:
    """A source as it is declared in the header."""
    return {key: value for key, value in source._asdict().items() if key != "id" and value}


def phase_value(phase: tuple[str, ...]) -> list[Value]:
    """Phases as an editor writes them: `[1, 2]`, `[early_1]`."""
    return [int(one) if one.isdigit() else one for one in phase]
