"""Texts of records made safe, short and comparable; numbers of other registers found in them."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape

from myofind.domain.register_numbers import REGISTERS

_ELSEWHERE = tuple(key for key in REGISTERS if key not in ("nct", "nl"))
_PREFIXES = {"jrct": "jRCT", "chictr": "ChiCTR"}
"""How numbers begin whose letters are not all capitals."""

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~=&^$])")


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits that change when the words do; blind to white space."""
    return sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:12]


def clean(text: str) -> str:
    """One line without control, bidirectional or unassigned characters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def clip(text: str, longest: int) -> str:
    """At most so many characters, cut between words where it must be."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut).rstrip() + "…"


def unmarked(text: str) -> str:
    r"""The register's Markdown as it reads: `\>` is `>`, `&lt;` is `<`."""
    return unescape(_ESCAPED.sub(r"\1", text))


def numbers_in(texts: list[str]) -> dict[str, tuple[str, ...]]:
    """Numbers of other registers hidden in texts, by register, each once."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for key in _ELSEWHERE:
            pattern = REGISTERS[key].pattern.pattern
            for hit in re.finditer(rf"(?<![A-Za-z0-9./-]){pattern}(?![0-9/])", text, re.ASCII | re.IGNORECASE):
                number = _in_form(key, hit[0])
                if number and number not in found.setdefault(key, []):
                    found[key].append(number)
    return {key: tuple(found[key]) for key in _ELSEWHERE if found.get(key)}


def _in_form(key: str, number: str) -> str | None:
    """A number in the case its register writes it in."""
    register = REGISTERS[key]
    if register.pattern.fullmatch(number):
        return number
    prefix = _PREFIXES.get(key, "")
    fixed = prefix + number[len(prefix) :].lower() if key == "jrct" else prefix + number[len(prefix) :].upper()
    return fixed if register.pattern.fullmatch(fixed) else None
