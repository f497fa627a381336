"""RecordValues out of a register's record, which may hold anything: of the wrong kind they are left out, and that is said."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape
from typing import Any

from myofind.domain.dates import first_day
from myofind.domain.register_numbers import REGISTERS
from myofind.language import Pair

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
    found: dict[str, tuple[str, ...]] = {}
    for key in _ELSEWHERE:
        shape = rf"(?<![A-Za-z0-9./-]){REGISTERS[key].pattern.pattern}(?![0-9/])"
        hits = [hit[0] for text in texts for hit in re.finditer(shape, text, re.ASCII | re.IGNORECASE)]
        if numbers := dict.fromkeys(number for hit in hits if (number := _in_form(key, hit))):
            found[key] = tuple(numbers)
    return found


def _in_form(key: str, number: str) -> str | None:
    """A number in the case its register writes it in."""
    register = REGISTERS[key]
    if register.pattern.fullmatch(number):
        return number
    prefix = _PREFIXES.get(key, "")
    fixed = prefix + number[len(prefix) :].lower() if key == "jrct" else prefix + number[len(prefix) :].upper()
    return fixed if register.pattern.fullmatch(fixed) else None


def whole_day(text: str | None) -> str | None:
    """A day of the calendar written in full, `2026-11-25`; None for any other text."""
    try:
        return text if text and len(text) == 10 and first_day(text) else None
    except ValueError:
        return None


class NotARecord(ValueError):
    """The value is no study record: it has no NCT number."""

    def __init__(self, words: Pair) -> None:
        super().__init__(words[0])
        self.words = words


class RecordValues:
    """Reads values of mappings, collecting warnings."""

    def __init__(self) -> None:
        self.warnings: list[Pair] = []

    def warn(self, en: str, fr: str) -> None:
        """Remember once that something could not be taken over."""
        if (en, fr) not in self.warnings:
            self.warnings.append((en, fr))

    def left_out(self, en: str, fr: str) -> None:
        """Remember that something was left out, and why."""
        self.warn(f"{en}; it was left out", f"{fr} ; laissé de côté")

    def mapping(self, value: object, *path: str) -> dict[str, Any]:
        """The mapping below some keys; empty where there is none."""
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
            if value is not None and not isinstance(value, dict):
                self.left_out(f"`{key}` is not a mapping", f"`{key}` n'est pas une suite de clés")
        return value if isinstance(value, dict) else {}

    def listed(self, module: dict[str, Any], key: str) -> list[Any]:
        """A list; empty where there is none."""
        value = module.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.left_out(f"`{key}` is not a list", f"`{key}` n'est pas une liste")
            return []
        return value

    def items(self, module: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """The mappings of a list; an empty one for what is none."""
        return [one if isinstance(one, dict) else {} for one in self.listed(module, key)]

    def raw(self, module: dict[str, Any], key: str) -> str | None:
        """A text, or a number as one, as it stands."""
        value = module.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = f"{value:g}" if isinstance(value, float) else str(value)
        if value is not None and not isinstance(value, str):
            self.left_out(f"`{key}` is not a text", f"`{key}` n'est pas un texte")
            return None
        return value

    def text(self, module: dict[str, Any], key: str, longest: int = 2000) -> str | None:
        """A text in one line, bounded."""
        value = self.raw(module, key)
        return clip(clean(value), longest) or None if value is not None else None

    def texts(self, module: dict[str, Any], key: str) -> tuple[str, ...]:
        """The texts of a list, each once."""
        found = [clip(clean(one), 2000) for one in self.listed(module, key) if isinstance(one, str)]
        return tuple(dict.fromkeys(one for one in found if one))

    def word(self, module: dict[str, Any], key: str, accepted: dict[str, str], what: Pair) -> str | None:
        """One of some words, as the registry has it."""
        value = self.text(module, key, 80)
        if value is None:
            return None
        if value not in accepted:
            self.left_out(f"{what[0]} `{value}` is not known here", f"{what[1]} `{value}` n'est pas connu ici")
        return accepted.get(value)

    def day(self, module: dict[str, Any], key: str) -> str | None:
        """A date, as precise as it is."""
        struct = module.get(key)
        value = self.text(struct, "date", 40) if isinstance(struct, dict) else self.text(module, key, 40)
        if value is None:
            return None
        try:
            if 1900 <= first_day(value).year <= 2100:
                return value
        except ValueError:
            pass
        self.left_out(f"`{key}` has `{value}`, which is no date", f"`{key}` a `{value}`, qui n'est pas une date")
        return None

    def full_day(self, module: dict[str, Any], key: str) -> str | None:
        """A date, where it is a day."""
        value = self.day(module, key)
        return value if value and len(value) == 10 else None
