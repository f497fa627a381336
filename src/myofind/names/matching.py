"""Antibodies inside longer text, and the set of words a diagnosis is known by.

A diagnosis is looked up by the set of its telling words whatever their order or language, with every antibody in it replaced by its id,
so that `dermatomyosite à anticorps anti-MDA5`, `MDA5+ DM` and `anti-MDA5 dermatomyositis` are one name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from myofind.names import canon

__all__ = ["Mention", "diagnosis_bag", "mentions", "replaced"]

_LONGEST = 8
_MARKS = frozenset(["anti", "ac", "acs", "anticorps", "antibody", "antibodies", "ab", "abs", "autoanticorps"])
_SHORT = frozenset(["ku", "ej", "oj", "ks", "mj", "zo"])
"""Names of two letters that no French or English word and no diagnosis is written with."""
_NOT_ALONE = frozenset(["ars", "ama", "ana", "ena", "mas", "pm1", "rnp", "ssa", "ssb", "fan", "anf", "ect"]) - {
    "ama",
    "ana",
    "rnp",
    "ssa",
    "ssb",
}


class Mention(NamedTuple):
    """An antibody named in a longer text: words `start` to `end`, its id."""

    start: int
    end: int
    id: str


def mentions(typed: Sequence[str], index: Mapping[str, Any]) -> list[Mention]:
    """Every antibody a text names by an exact name, longest names first from the left; classes are not mentions."""
    if not index:
        return []
    keys, starts, groups = index["keys"], index["starts"], index["groups"]
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
                base, marked = canon.antibody_key(typed[at:end])
                marked = (
                    marked or (end < len(typed) and typed[end].startswith("+")) or (at > 0 and typed[at - 1] in _MARKS)
                )
                if not base or (base[:1].isdigit() and not marked):
                    continue
                id = (keys.get("!" + base) if marked else None) or keys.get(base)
                if id is None or id.startswith("?") or id in groups:
                    continue
                if not marked and ((len(base) < 3 and base not in _SHORT) or base in _NOT_ALONE):
                    continue
                hit = Mention(at, end, id)
                break
        if hit:
            found.append(hit)
            at = hit.end
        else:
            at += 1
    return found


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
    """The set of telling words a diagnosis is looked up by."""
    return " ".join(sorted(set(canon.diagnosis_words(replaced(typed, mentions(typed, index))))))
