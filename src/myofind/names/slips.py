"""How far a typed name is from the names we know: suggestions, and the only slips that may be accepted.

The distance counts letters changed, left out, added, or swapped with their neighbour. A slip in a diagnosis or a country is accepted only
if it is small for the length of the name, one concept is that near and every other name we know, ambiguous and unrelated ones included, is
clearly farther. rapidfuzz is imported when the first slip is met, never at start-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from myofind.names.compiled_files import read
from myofind.names.letter_counts import Names
from myofind.names.result_words import NEGATIONS
from myofind.records import NamedTuple

__all__ = ["Near", "corrected", "nearest", "slip", "suggestions"]

MARGIN = 2
"""How much farther every other concept must be than the one accepted."""
SHORTEST = 5
"""Names typed with fewer letters are never corrected."""


_DENYING = ("a", "an", "non", "un", "in", "im", "sero")


class Near(NamedTuple):
    """A known name near a typed one; `owner` is a concept, `?n` an ambiguous name, or `` for something unrelated."""

    name: str
    owner: str
    distance: int


def allowed(length: int) -> int:
    """How many slips a name of this length may hold."""
    return 0 if length < SHORTEST else 1 if length < 9 else 2 if length < 16 else 3


@lru_cache(maxsize=8)
def _choices(kind: str) -> tuple[Names, Mapping[str, str]]:
    """Every known name of a kind, and its owner."""
    index = read(f"near_{kind}")
    owners = dict(index["near"])
    for decoy in index.get("decoys", ()):
        owners.setdefault(decoy, "")
    return Names(owners), owners


def nearest(kind: str, typed: str, reach: int) -> list[Near]:
    """Every known name within the reach, nearest first."""
    from rapidfuzz.distance import OSA

    names, owners = _choices(kind)
    near = ((name, OSA.distance(typed, name, score_cutoff=reach)) for name in names.within(typed, reach, reach))
    found = [Near(name, owners[name], distance) for name, distance in near if distance <= reach]
    return sorted(found, key=lambda near: (near.distance, near.name))


def slip(kind: str, typed_words: list[str], typed: str) -> tuple[Near | None, bool]:
    """The one name a typed one is a slip of, or None; and whether anything at all was within reach.

    A number is never corrected, nor a word that we know for another: `infectious myelitis` is no slip of `infectious myositis`.
    Nor does a correction add, drop or change a word that turns a sentence round.
    """
    reach = allowed(len(typed))
    if not reach or not nearest(kind, typed, reach):
        return None, False
    found = nearest(kind, typed, reach + MARGIN)
    best = found[0]
    rivals = [near for near in found if near.owner != best.owner and near.distance < best.distance + MARGIN]
    spelt = read(f"near_{kind}")["spelt"]
    target = next(
        (near for near in found if near.owner == best.owner and near.distance == best.distance and near.name in spelt),
        None,
    )
    if (
        rivals
        or not best.owner
        or best.owner.startswith("?")
        or target is None
        or best.distance > allowed(len(target.name))
        or _numbers(typed_words) != _numbers(spelt[target.name].split())
        or _other_word(kind, typed_words, spelt[target.name])
        or turned_round(typed_words, spelt[target.name].split())
        or _swallowed(typed_words, target)
        or _short_word_changed(kind, typed_words, spelt[target.name].split())
    ):
        return None, True
    return target, True


def _numbers(typed: list[str]) -> list[str]:
    """The numbers a name holds or its words end with; a digit inside a word is only a slip."""
    return [word.lstrip("abcdefghijklmnopqrstuvwxyz") for word in typed if word[-1:].isdigit()]


def turned_round(typed: list[str], name: list[str]) -> bool:
    """Do two writings differ in a negation: a word (`sauf`, `not`) that only one of them has, or `a-`, `non-`, `un-` before a word of the other?"""
    if [word for word in typed if word in NEGATIONS] != [word for word in name if word in NEGATIONS]:
        return True
    return any(
        long.removeprefix(prefix) == short
        for one, other in ((typed, name), (name, typed))
        for long in set(one) - set(other)
        for short in set(other) - set(one)
        for prefix in _DENYING
        if long.startswith(prefix)
    )


_SMALL = frozenset(
    ("de", "du", "des", "la", "le", "les", "d", "l", "of", "the", "a", "an", "et", "and", "with", "avec", "en", "in")
)


def _swallowed(typed: list[str], target: Near) -> bool:
    """Would a whole word be passed over, such as `ex` or `nein`, beyond those that say nothing?"""
    from rapidfuzz.distance import OSA

    plain = [word for word in typed if not word.startswith("+")]
    return len(plain) > 1 and any(
        word not in _SMALL
        and OSA.distance("".join([*plain[:at], *plain[at + 1 :]]), target.name) <= target.distance - len(word)
        for at, word in enumerate(plain)
    )


def _short_word_changed(kind: str, typed: list[str], name: list[str]) -> bool:
    """Would a short word become another one or vanish, as `PID` becoming `peau`, or a name that we know another, as `DMD` becoming `DM`?

    A part of a word that was torn is none.
    """
    from rapidfuzz.distance import OSA

    whole, owners = "".join(name), _choices(kind)[1]
    others = [word for word in name if word not in typed]  # a word that is there by itself is no slip of another
    return any(
        (word in owners and word not in name and len(typed) > 1)
        or (word not in whole and all(OSA.distance(word, other, score_cutoff=1) > 1 for other in others))
        for word in typed
        if len(word) < SHORTEST and word not in _SMALL and not word.startswith("+")
    )


def _other_word(kind: str, typed: list[str], name: str) -> bool:
    """Does what was typed hold a word we know that the name does not?"""
    wanted = set(name.split())
    strange = [word for word in typed if len(word) >= 5 and word not in wanted and word in _lexicon(kind)[1]]
    if strange and kind == "subtypes":
        from myofind.names.diagnosis_words import diagnosis_words

        meant = set(diagnosis_words(name.split()))
        strange = [word for word in strange if not set(diagnosis_words([word])) <= meant]
    return bool(strange)


@lru_cache(maxsize=4)
def _lexicon(kind: str) -> tuple[Names, frozenset[str]]:
    """The longer words of the names of a kind."""
    held = read(f"near_{kind}")["lexicon"]
    return Names(held), frozenset(held)


@lru_cache(maxsize=4096)
def _correct(kind: str, word: str) -> str | None:
    """The one word of the vocabulary this word is a slip of; the word itself if it is known or too short to tell."""
    if len(word) < 5 or not word.isalpha():
        return word
    names, lexicon = _lexicon(kind)
    if word in lexicon:
        return word
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    reach = 1 if len(word) < 9 else 2
    choices = names.within(word, reach + 1, reach + 1)
    found = extract(word, choices, scorer=OSA.distance, score_cutoff=reach + 1, limit=6)
    near = [known for known, score, _ in found if score <= reach]
    return near[0] if len(near) == 1 or (near and found[0][1] < found[1][1]) else None


def corrected(kind: str, typed: list[str]) -> tuple[list[str], list[tuple[str, str]]] | None:
    """The words with each slip corrected, and the corrections; None when a word cannot be told."""
    out, changes = [], []
    for word in typed:
        known = _correct(kind, word)
        if known is None:
            return None
        if known != word and turned_round([word], [known]):
            return None
        if known != word:
            changes.append((word, known))
        out.append(known)
    return (out, changes) if changes and len(changes) <= 3 else None


def suggestions(kind: str, typed: str, limit: int = 3) -> tuple[str, ...]:
    """Up to three concepts whose names look most like what was typed: at most a third of its letters differ."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(typed) < 2:
        return ()
    names, owners = _choices(kind)
    if owners.get(typed) == "":
        return ()  # a word of its own, whatever looks like it
    reach = max(1, len(typed) // 3)
    choices = [name for name in names.within(typed, max(2, reach), reach) if owners[name]]
    sure: list[str] = []
    unsure: list[str] = []
    for name, _, _ in extract(typed, choices, scorer=OSA.distance, score_cutoff=reach, limit=12):
        owner = owners[name]
        if owner.startswith("?"):
            unsure += read(f"ambiguous_{kind}")[int(owner[1:])]["candidates"]
        else:
            sure.append(owner)
    return tuple(dict.fromkeys([*sure, *unsure]))[:limit]
