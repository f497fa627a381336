"""Studies a register holds: what tells whether one concerns myositis, in the register's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from myofind.records import NamedTuple
from myofind.registers.criteria_quotes import sections
from myofind.registers.ctgov import Record
from myofind.registers.texts import clip

Field = Literal["conditions", "title", "keywords", "summary", "criteria", "label", "basket"]
"""Where myositis is named; `label` is a table's own classification, `basket` an autoimmune basket that names no disease."""

_MYOSITIS = re.compile(
    r"(?<!pyo)(?<!fasci)(?<!ophthalmo)\b\w*myosit(?:is|es|ides|ic)\b(?! ossificans)"
    r"|\b(?:inflammatory|autoimmune|immune[- ]mediated|necroti[sz]ing) (?:and \w+ )?myopath(?:y|ies)"
    r"|\banti-?\s?synthetase|\bIIMs?\b|\bJIIM\b|\bIMNM\b|\bsIBM\b|\bASyS\b|\bASSD\b|\bJDM\b|\bPM/DM\b|\bDM/PM\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z/]{2,6}")
_OTHER = re.compile(
    r"pyomyositis|myositis ossificans|fasciomyositis|infectious myositis|orbital myositis", re.IGNORECASE
)
_BASKET = re.compile(
    r"\b(?:autoimmune|auto-immune|immune[- ]mediated|rheumat(?:ic|ologic(?:al)?)|connective[- ]tissue)\b.{0,20}"
    r"\b(?:diseases?|disorders?|conditions?)\b",
    re.IGNORECASE,
)
AROUND = 60
"""Characters of the text shown on either side of the words found."""


class Candidate(NamedTuple):
    """A study of a register: what it says of itself, the day its data were true, and its record where there is one."""

    number: str
    title: str | None = None
    status: str | None = None
    updated: str | None = None
    day: str | None = None
    countries: tuple[str, ...] = ()
    """Names as the register prints them."""
    texts: tuple[tuple[Field, str], ...] = ()
    record: Record | None = None
    aliases: tuple[str, ...] = ()


class Reason(NamedTuple):
    """Why a study was found: the field that names myositis, and the words around."""

    field: Field
    words: str


def of_record(record: Record, day: str | None) -> Candidate:
    """The candidate a record is."""
    inclusion = "\n".join(line for section, line in sections(record.criteria or "") if section != "exclusion")
    texts: list[tuple[Field, str | None]] = [
        ("conditions", "; ".join(record.conditions)),
        ("title", "; ".join(text for text in (record.title, record.official_title) if text)),
        ("keywords", "; ".join(record.keywords)),
        ("summary", record.summary),
        ("criteria", inclusion),
    ]
    return Candidate(
        record.nct, record.title, record.status, record.updated, day, record.countries,
        tuple((field, text) for field, text in texts if text), record, record.aliases,
    )  # fmt: skip


def reasons(candidate: Candidate) -> tuple[Reason, ...]:
    """Every field that names myositis; for a basket that names no disease of ours, that it is one; else nothing.

    Myositis that stands among the exclusion criteria only is no reason.
    """
    named = tuple(Reason(field, words) for field, text in candidate.texts for words in _first(text))
    if named:
        return named
    for field, text in candidate.texts:
        if field in ("conditions", "title"):
            basket = _BASKET.search(text)
            if basket:
                return (Reason("basket", _around(text, basket)),)
    return ()


def _first(text: str) -> Iterator[str]:
    """The words around the first place that names myositis, if any; abbreviations count only in their own letters."""
    for hit in _MYOSITIS.finditer(text):
        short = _LETTERS.fullmatch(hit[0]) and len(hit[0]) <= 6 and hit[0].lower() not in ("myosit",)
        if short and hit[0].lower() == hit[0]:
            continue
        if not _OTHER.search(text[max(0, hit.start() - 12) : hit.end() + 12]):
            yield _around(text, hit)
            return


def _around(text: str, hit: re.Match[str]) -> str:
    start, end = max(0, hit.start() - AROUND), min(len(text), hit.end() + AROUND)
    before = "…" if start else ""
    return clip(before + " ".join(text[start:end].split()) + ("…" if end < len(text) else ""), 3 * AROUND)
