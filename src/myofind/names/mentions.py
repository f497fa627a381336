"""Antibodies inside longer text, and the set of words a diagnosis is known by.

A diagnosis is looked up by the set of its telling words whatever their order or language, with every antibody in it replaced by its id,
so that `dermatomyosite à anticorps anti-MDA5`, `MDA5+ DM` and `anti-MDA5 dermatomyositis` are one name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from myofind.names import rewriting
from myofind.names.diagnosis_words import diagnosis_words
from myofind.names.normal import word_set
from myofind.records import NamedTuple

__all__ = ["Mention", "diagnosis_bag", "mentions", "replaced"]

_LONGEST = 8
_MARKS = word_set("anti ac acs anticorps antibody antibodies ab abs autoanticorps")
_SHORT = word_set("ku ej oj ks mj zo")
"""Names of two letters that no French or English word and no diagnosis is written with."""
_ALONE = word_set(
    "jo1 pl7 pl12 ej oj ks zo ha krs mi2 mi2a mi2b tif1_any tif1g tif1a tif1b nxp2 mda5 sae sae1 sae2 srp hmgcr cn1a pmscl pmscl75 pmscl100 ku ro52"
    " fhl1 ruvbl u1rnp"
)
"""Antibodies recognised in a diagnosis without a word such as "anti" before them or a sign after them."""
_DISEASES = word_set("polymyositis polymyosite ssc")
"""Words that make of an antibody's name two diseases, where no word such as "anti" is there."""
_NAMED_BY_TWO = word_set("overlap syndrome chevauchement")
"""After `PM-Scl`: polymyositis and scleroderma, unless the myositis is named beside it."""


_SHORT_TEXT = 3
"""Words of a text in which a name of two letters stands out."""


class Mention(NamedTuple):
    """An antibody named in a longer text: words `start` to `end`, its id."""

    start: int
    end: int
    id: str


def mentions(typed: Sequence[str], index: Mapping[str, Any]) -> list[Mention]:
    """Every antibody a text names by an exact name, longest names first from the left; classes are not mentions.

    A name of two letters counts in a short text, or where another antibody is named too.
    """
    if not index:
        return []
    found = _found(typed, index, short=len(typed) <= _SHORT_TEXT)
    return _found(typed, index, short=True) if found and len(typed) > _SHORT_TEXT else found


def _found(typed: Sequence[str], index: Mapping[str, Any], *, short: bool) -> list[Mention]:
    """The mentions of a text, with the names of two letters or without them."""
    keys, starts, classes = index["keys"], index["starts"], index["classes"]
    found: list[Mention] = []
    at = 0
    while at < len(typed):
        word = typed[at]
        begins = (
            word in _MARKS
            or word in starts
            or (word.startswith("anti") and len(word) > 5)
            or word in ("t", "arn", "auto")
        )
        hit = None
        if begins:
            for end in range(min(at + _LONGEST, len(typed)), at, -1):
                if typed[end - 1].startswith("+"):
                    continue
                if typed[end - 1] in _MARKS or typed[end - 1] in ("de", "du", "des", "d", "l", "of", "the"):
                    continue
                base, marked = rewriting.antibody_key(typed[at:end])
                marked = (
                    marked or (end < len(typed) and typed[end].startswith("+")) or (at > 0 and typed[at - 1] in _MARKS)
                )
                plus = next((place for place in range(at, end) if typed[place].startswith("+")), end)
                if plus < end and rewriting.antibody_key(typed[at:plus]).base == base:
                    continue  # `MDA5 (dot +, ELISA -)`: what stands behind the sign is no part of the name
                if base == "la" and end - at > 1 and typed[end - 2] not in _MARKS:
                    continue  # `anticorps de la myosite`
                if not base or base == "pm1" or (base[:1].isdigit() and not marked):
                    continue
                id = (keys.get("!" + base) if marked else None) or keys.get(base)
                if id is None or id.startswith("?") or (id in classes and id not in _ALONE):
                    continue
                if not marked and (id not in _ALONE or _two_diseases(typed, at, end)):
                    continue
                if (
                    len(base) < 3
                    and not (short and base in _SHORT)
                    and not ((at and typed[at - 1] in _MARKS) or typed[at] in _MARKS)
                ):
                    continue
                hit = Mention(at, end, id)
                break
        if hit:
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return found


def _two_diseases(typed: Sequence[str], start: int, end: int) -> bool:
    """Are the words of an antibody's name those of two diseases, as in `polymyositis-scleroderma overlap`?"""
    if not _DISEASES.isdisjoint(typed[start:end]):
        return True
    beyond = (*typed[:start], *typed[end:])
    overlap = typed[start] == "pm" and end < len(typed) and typed[end] in _NAMED_BY_TWO
    return overlap and not any("myos" in word for word in beyond)


def replaced(typed: Sequence[str], found: Sequence[Mention]) -> list[str]:
    """The words with each mention replaced by `@id`."""
    out: list[str] = []
    at = 0
    for mention in found:
        out.extend(typed[at : mention.start])
        out.append(f"@{mention.id}")
        at = mention.end
    out.extend(typed[at:])
    return out


def diagnosis_bag(typed: Sequence[str], index: Mapping[str, Any]) -> str:
    """The set of telling words a diagnosis is looked up by, in which a denial that stands twice is another word."""
    told = diagnosis_words(replaced(typed, mentions(typed, index)))
    twice = ["sine"] * (told.count("sine") > 1)
    return " ".join(sorted([*set(told), *twice]))
