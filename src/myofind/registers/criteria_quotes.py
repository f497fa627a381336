"""The words of a record's criteria that a curator must judge: found and quoted, never decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from myofind.names.mentions import mentions
from myofind.names.normal import words
from myofind.names.vocabulary import resolve, span_index

MOST = 8
"""Most lines quoted about one topic."""

WIDTH = 150
"""Longest quotation, in characters."""

_HEADING = re.compile(r"\W*(?:\w+ ){0,3}?(inclusion|exclusion)(?:\s+criteri\w+\b.{0,80})?\W*$", re.IGNORECASE)
_DISEASE = re.compile(
    r"myosit|(?<!cardio)myopath|synthetase|\b(?:IBM|sIBM|IIM|JIIM|IMNM|CADM|JDM|DM|PM|ASyS|ASSD)\b", re.IGNORECASE
)
_SPOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DIABETES = frozenset({"dm", "pm"})


class Quote(NamedTuple):
    """A line of the criteria: under which heading, its words around the find, and the ids it may mean."""

    section: str
    text: str
    ids: tuple[str, ...] = ()


class Topic(NamedTuple):
    """A decision left to a curator: the key of the registry, and the lines that bear on it."""

    key: str
    what: str
    quotes: tuple[Quote, ...]
    more: int = 0
    """Lines that were found too, and not quoted."""


def topics(criteria: str) -> tuple[Topic, ...]:
    """Every decision the criteria ask for, in the order of the registry's keys; only those with words to quote."""
    lines = list(sections(criteria))
    found = []
    for key, what, finder in _FINDERS:
        quotes = []
        for section, line in lines:
            hit = finder(line)
            if hit is not None:
                at, ids = hit
                quotes.append(Quote(section, excerpt(line.lstrip("*- "), max(0, at - 2)), ids))
        quotes = list(dict.fromkeys(quotes))
        if quotes:
            found.append(Topic(key, what, tuple(quotes[:MOST]), max(0, len(quotes) - MOST)))
    return tuple(found)


def sections(criteria: str) -> Iterator[tuple[str, str]]:
    """Each line with the heading it stands under: `inclusion`, `exclusion` or `criteria`."""
    section = "criteria"
    for line in criteria.splitlines():
        heading = _HEADING.match(line)
        if heading:
            section = heading[1].lower()
        elif line.strip():
            yield section, line


def excerpt(line: str, at: int) -> str:
    """The words around a place."""
    if len(line) <= WIDTH:
        return line
    start = max(0, min(at - WIDTH // 3, len(line) - WIDTH))
    cut = line[start : start + WIDTH]
    return ("…" if start else "") + cut.strip() + ("…" if start + WIDTH < len(line) else "")


Hit = tuple[int, tuple[str, ...]]


def _by_words(pattern: re.Pattern[str], line: str) -> Hit | None:
    found = pattern.search(line)
    return (found.start(), ()) if found else None


_ANTIBODY = re.compile(r"(?:auto)?-?antibod|\bMSA\b|\bMAA\b|\banti-?(?:synthetase|Jo)", re.IGNORECASE)


def antibodies(line: str) -> Hit | None:
    """Antibodies named in a line, or the word itself."""
    ids = tuple(dict.fromkeys(one.id for one in mentions(words(line), span_index()))) if _might_name(line) else ()
    found = _ANTIBODY.search(line)
    return (found.start() if found else 0, ids) if ids or found else None


def _might_name(line: str) -> bool:
    return len(line) < 4000 and bool(
        re.search(r"anti|\bJo|\bMi-?2|MDA|TIF|NXP|SRP|HMG|PL-|\bRo\b|Ro-?52|SSA|Ku\b|RNP|Scl", line)
    )


def subtypes(line: str) -> Hit | None:
    """Kinds of myositis named in a line."""
    first = _DISEASE.search(line)
    if not first:
        return None
    spoken = [(one.start(), one[0]) for one in _SPOKEN.finditer(line[:4000])]
    ids: dict[str, None] = {}
    at = 0
    while at < len(spoken):
        for size in range(min(5, len(spoken) - at), 0, -1):
            phrase = " ".join(word for _, word in spoken[at : at + size])
            if size == 1 and (len(phrase) < 3 and phrase.lower() not in _DIABETES):
                continue
            if phrase.lower() in _DIABETES and not re.search("myosit", line, re.IGNORECASE):
                continue
            if not _DISEASE.search(phrase):
                continue
            known = resolve("subtypes", phrase, exact=True)
            if known.outcome == "exact" and known.id:
                ids[known.id] = None
                at += size
                break
        else:
            at += 1
    return first.start(), tuple(ids)


_FINDERS: tuple[tuple[str, str, Callable[[str], Hit | None]], ...] = (
    ("subtypes", "kinds of myositis admitted and excluded", subtypes),
    ("age", "ages in words; the register's bounds are filled in",
     partial(_by_words, re.compile(r"\b(?:aged?|ages|years? old|years? of age)\b", re.IGNORECASE))),
    ("autoantibodies", "antibodies required or excluded", antibodies),
    ("ild", "interstitial lung disease: required, excluded or allowed",
     partial(_by_words, re.compile(r"interstitial lung|\bILD\b|pulmonary fibrosis|\bFVC\b|\bDLCO\b", re.IGNORECASE))),
    ("refractory", "failure of usual treatment: required, excluded or allowed",
     partial(_by_words, re.compile(
         r"refractory|inadequate(?:ly)? (?:respon|control)|insufficient(?:ly)? respon|intoleran|fail(?:ed|ure)\b.{0,60}"
         r"(?:treat|therap|drug|immunosuppress|steroid|glucocort)|resistant", re.IGNORECASE))),
    ("duration", "time since diagnosis or onset",
     partial(_by_words, re.compile(
         r"(?:duration|diagnos\w+|onset|symptom)\b.{0,80}\b\d+\s*(?:month|year|week)|"
         r"\b\d+\s*(?:month|year|week)s?\b.{0,60}(?:duration|diagnos|onset)", re.IGNORECASE))),
)  # fmt: skip
