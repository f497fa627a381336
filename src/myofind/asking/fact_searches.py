"""A search that found nothing, as the report has it: `PET-CT 03/2026: no malignancy` is a negative search for cancer in 2026-03.

The examination and what it did not find may stand in either order, the day anywhere beside them; all other words stay and are read as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from myofind.asking.small_words import HARMLESS, NO
from myofind.asking.tokens import GLUE, Phrases, Text, Token, hit_at, phrase_table, read_text
from myofind.names.facts import FactId, searches

__all__ = ["with_searches"]

_APART = frozenset((";", ",", "\n"))
"""What parts a search from what stands before or behind it."""
_FOUND = (
    "found", "seen", "detected", "identified", "visible", "trouvé", "trouvée", "retrouvé", "retrouvée", "décelé", "décelée", "mis en évidence", "mise en évidence", "gefunden",
)  # fmt: skip
"""What may stand behind what was not there: `no malignancy found`."""
_FARTHEST = 12
"""Words and signs between an examination and what it did not find."""


@cache
def _tables() -> tuple[Phrases, Phrases]:
    """The examinations, and what says that they found nothing, each with the fact."""
    by = phrase_table((name, id) for id, names, _ in searches() for name in names)
    return by, phrase_table((name, id) for id, _, names in searches() for name in names)


@cache
def _found() -> Phrases:
    return phrase_table((name, "") for name in _FOUND)


def with_searches(text: Text) -> Text:
    """The text with the name of the fact in the place of an examination and of what it did not find."""
    by, clear = _tables()
    out, copied, at = "", 0, 0
    while at < len(text.tokens):
        found = None if _denied(text.tokens, at) else _search(text.tokens, at, by, clear)
        found = found or _search(text.tokens, at, clear, by, _APART | {"("})
        if found is not None:
            id, between, last = found
            out += f"{text.folded[copied : text.tokens[at].start]}{id} {text.part(between)} "
            copied = text.tokens[last - 1].end
        at = found[2] if found else at + 1
    return text if not copied else read_text(out + text.folded[copied:])._replace(typed=text.typed)


def _behind(tokens: Sequence[Token], start: int, end: int) -> int:
    """The end of a name, with the word behind a denial that it was not found: `pas de néoplasie mise en évidence`."""
    denied = end < len(tokens) and tokens[start].text in NO
    found = hit_at(tokens, end, _found()) if denied else None
    return found.end if found else end


def _denied(tokens: Sequence[Token], at: int) -> bool:
    """Does a word before an examination say that it was not done, so that what it did not find is said of the patient?"""
    before = next((token.text for token in reversed(tokens[:at]) if token.text not in HARMLESS - {"(", ")", ","}), "")
    return before in NO


def _search(
    tokens: Sequence[Token], at: int, first: Phrases, second: Phrases, apart: frozenset[str] = _APART
) -> tuple[FactId, Sequence[Token], int] | None:
    """The fact that a name of one table says with the next one of the other, the words of the time between them, and where the second ends."""
    head = hit_at(tokens, at, first)
    if head is None:
        return None
    behind = _behind(tokens, at, head.end)
    tail = _next(tokens, behind, second, apart)
    return (head.meaning, _time(tokens[behind : tail[0]]), _behind(tokens, *tail)) if tail else None


def _next(tokens: Sequence[Token], start: int, table: Phrases, apart: frozenset[str]) -> tuple[int, int] | None:
    """The first name of a table behind a place, with nothing but a time between."""
    for at in range(start, min(len(tokens), start + _FARTHEST)):
        if tokens[at].text in apart:
            return None
        if (hit := hit_at(tokens, at, table)) is not None:
            between = _time(tokens[start:at])
            return (at, hit.end) if not between or any(token.text[0].isdigit() for token in between) else None
    return None


def _time(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words between without the signs and small words around a time."""
    plain = list(tokens)
    while plain and (
        plain[0].text in HARMLESS | GLUE | {"(", "["}
        or plain[0].text in ("dated", "done", "fait", "faite", "realise", "realisee")
    ):
        plain.pop(0)
    while plain and plain[-1].text in HARMLESS | GLUE | {")", "]"}:
        plain.pop()
    return plain
