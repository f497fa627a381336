"""From pieces to items: every piece of a laboratory line becomes a name, a result, a number, a word of a closed list, or is unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from myofind.names.laboratory_names import apart, name_at
from myofind.names.laboratory_tokens import Piece
from myofind.names.laboratory_words import LONGEST, PHRASES, UNITS
from myofind.names.normal import word_set, words
from myofind.names.vocabulary import ids
from myofind.records import NamedTuple

__all__ = ["NOT_FOLLOWED", "YEAR", "Item", "before_year", "followed", "item_at"]

_ABBREVIATED = frozenset(("limit", "result", "antibody", "harmless", "negation"))
_FLAGGED = frozenset(("number", "unit", "titre", "close", "comma", "result"))
"""What a flag such as H may stand after."""
_BEFORE_LA = frozenset(
    (
        "comma",
        "hard",
        "line",
        "slash",
        "and",
        "or",
        "but",
        "open",
        "close",
        "colon",
        "antibody",
        "name",
        "plus",
        "minus",
        "result",
        "except",
        "limit",
    )
)
"""What anti-La may stand after; after any other word `la` is the article."""
_OF_A_YEAR = word_set("in en since depuis seit im annee year jahr")
YEAR = re.compile(r"19[5-9]\d|20[0-4]\d")
"""A number that is a year where no unit and no limit stands beside it."""
NOT_FOLLOWED = "~"
"""The value of a name that laboratories print and this vocabulary does not hold, such as nucleosomes: its result is not used, and that is said."""


def before_year(text: str) -> bool:
    """Does the text end in a word that announces a year, such as `in` or `depuis`?"""
    return bool(_OF_A_YEAR.intersection(words(text)[-1:]))


def followed(value: str) -> bool:
    """Is it the id of one antibody or class of the vocabulary?"""
    return value[:1] not in ("", NOT_FOLLOWED, "?", "|")


_PANEL_NAMES = {"msa": "msa_any", "msas": "msa_any", "maa": "maa_any", "maas": "maa_any"}


class Item(NamedTuple):
    """One reading of one or more pieces.

    `kind`: `name`, `result`, `negation`, `number`, `unit`, a kind of the closed lists, a separator (`line`, `hard`, `comma`, `slash`, `colon`,
    `and`, `or`), `open`, `close`, `minus`, `plus`, `question`, or `unread`.
    """

    kind: str
    text: str
    value: str = ""
    """The id of a name, `?n` for an ambiguous one; the result of a result; the sign of a comparison."""
    start: int = 0
    """The first piece, and the place after the last."""
    end: int = 0
    sign: bool = False
    """Was a result written as a sign, not as a word?"""
    spaced: bool = True
    tied: bool = False
    """Does a result only name the band beside it, as in `(négatif < 20)` or `positive if > 20`?"""


def _phrase_at(line: Sequence[Piece], at: int) -> tuple[str, str, int] | None:
    """The longest phrase of the closed lists that begins at a piece: its kind, its value, and the piece after it."""
    typed: list[str] = []
    best = None
    end = at
    while end < len(line) and len(typed) < LONGEST:
        piece = line[end]
        if piece.kind in ("word", "number"):
            typed += words(piece.text)
            found = PHRASES.get(tuple(typed))
            if found:
                best = (found.kind, found.value, end + 1)
        elif not (end > at and (piece.kind == "glue" or (piece.kind in ("minus", "slash") and not apart(line, end)))):
            break
        end += 1
    return best


def item_at(text: str, line: list[Piece], at: int, before: list[Item]) -> Item:
    piece = line[at]

    def made(kind: str, value: str = "", end: int = at + 1, *, sign: bool = False) -> Item:
        return Item(kind, text[piece.start : line[end - 1].end], value, at, end, sign, piece.spaced)

    if piece.kind in ("word", "number"):
        return _worded(line, at, before, made)
    if piece.kind == "ve":
        return made("result", "positive" if piece.text[0] == "+" else "negative", sign=True)
    if piece.kind in ("doubtful", "absent", "present"):
        value = {"doubtful": "borderline", "absent": "negative", "present": "positive"}[piece.kind]
        return made("result", value, sign=True)
    if piece.kind in ("date", "rule", "star"):
        return made("harmless", "date" if piece.kind == "date" else "")
    if piece.kind == "pipe":
        return made("comma")
    if piece.text == "." and before and not piece.spaced and before[-1].kind in _ABBREVIATED:
        after = line[at + 1].kind if at + 1 < len(line) else ""
        if after in ("colon", "compare"):
            return made("harmless")
        if piece.kind == "hard":
            return made("comma" if len(before[-1].text) < 5 else "hard")
    if piece.kind == "leader":
        return made("colon")
    if piece.kind == "ampersand":
        return made("and")
    if piece.kind == "glue":
        return made("glue" if piece.text in "'’ʼ´`\"“”«»" else "hard" if piece.text == "." else "unread")
    if piece.kind == "compare":
        return made("compare", {"≤": "<=", "≥": ">=", "=<": "<="}.get(piece.text, piece.text))
    if piece.kind == "other" and piece.text == "↑" and _is_flag(before):
        return made("result", "positive")
    if piece.kind in ("other", "naked"):
        return made("unread")
    return made(piece.kind)


def _worded(line: list[Piece], at: int, before: list[Item], made: Callable[..., Item]) -> Item:
    """A word or number: the longest of a name and a phrase; an unknown word is unread together with what is tied to it."""
    piece = line[at]
    if end := _id_at(line, at, before):
        return made("name", "".join(held.text for held in line[at:end]), end)
    name = name_at(line, at)
    if name and name[1] == at + 1 and piece.kind == "number":
        name = None
    phrase = _phrase_at(line, at)
    typed = words(piece.text)
    after = line[at + 1] if at + 1 < len(line) else None
    if typed and typed[0] in _PANEL_NAMES and not (name and name[1] > at + 1):
        return made("name", _PANEL_NAMES[typed[0]])
    if name and (not phrase or name[1] > phrase[2]):
        return _named(made, name)
    if name and phrase and phrase[2] == name[1] and typed == ["la"] and _is_name_alone(line, at, before):
        return _named(made, name)
    numeric = piece.kind == "number" and (not phrase or phrase[2] == at + 1)
    if numeric and YEAR.fullmatch(piece.text) and before and before_year(before[-1].text):
        return made("harmless", "date")
    if numeric:
        sign = after is not None and after.kind == "plus" and not after.spaced and piece.text in "1234"
        return made("result", "positive", at + 2, sign=True) if sign else made("number")
    last = before[-1] if before else None
    number = last is not None and (
        last.kind in ("number", "unit") or (last.kind == "result" and len(before) > 1 and before[-2].kind == "number")
    )
    measured = number and (after is None or after.kind != "minus" or after.spaced)
    if typed and typed[0] in UNITS and measured:
        return made("unit")
    if piece.text in ("H", "L") and _is_flag(before):
        return made("result", "positive") if piece.text == "H" else made("unread")
    if typed == ["ai"] or (typed == ["si"] and last is not None and last.kind == "result"):
        return made("unit") if typed == ["ai"] else made("if")
    if phrase:
        if typed[0] == "n" and after is not None and after.kind == "glue":
            return made("ne")
        kind, value, end = phrase
        return made("name", NOT_FOLLOWED, end) if kind == "analyte" else made(kind, value, end)
    if typed in (["ne"], ["n"]):
        return made("ne")
    if (
        piece.text in ("o", "O")
        and last is not None
        and last.kind in ("name", "colon", "close", "harmless", "antibody")
    ):
        return made("result", "negative", sign=True)
    if piece.text in ids("antibodies") and (
        after is None or after.kind not in ("word", "number") or _result_next(line, at + 1)
    ):
        return made("name", piece.text)
    return made("unread", "", _tied_end(line, at))


def _is_flag(before: list[Item]) -> bool:
    """Is this the place of a flag such as H or an arrow: after a value or its limit, also in brackets or in the next column?"""
    if not before:
        return False
    ahead = before[-2] if before[-1].kind in ("open", "minus", "colon") and len(before) > 1 else before[-1]
    return ahead.kind in _FLAGGED


def _id_at(line: list[Piece], at: int, before: list[Item]) -> int:
    """The piece after an id of the vocabulary written as it is and followed by an equals sign or nothing, as programs write it; 0 for none."""
    if before and before[-1].kind not in ("comma", "hard", "line"):
        return 0
    end = at + 1
    while (
        end < len(line)
        and end - at < 8
        and not line[end].spaced
        and (line[end].text == "_" or line[end].kind in ("word", "number"))
    ):
        end += 1
    ends = end == len(line) or line[end].text in ("=", ":")
    return end if ends and "".join(held.text for held in line[at:end]) in ids("antibodies") else 0


def _named(made: Callable[..., Item], name: tuple[str, int]) -> Item:
    return made("name", name[0], name[1])


def _is_name_alone(line: list[Piece], at: int, before: list[Item]) -> bool:
    """`La` is anti-La at the head of its part of the line and before a result or a separator; else it is the French article (`à la limite`)."""
    if before and before[-1].kind not in _BEFORE_LA:
        return False
    after = line[at + 1] if at + 1 < len(line) else None
    if after is not None and words(after.text) in (["limite"], ["limites"]):
        return False
    return after is None or after.kind not in ("word", "number", "glue") or _result_next(line, at + 1)


def _result_next(line: list[Piece], at: int) -> bool:
    phrase = _phrase_at(line, at)
    return phrase is not None and phrase[0] in ("result", "negation", "participle", "copula", "and")


def _tied_end(line: list[Piece], at: int) -> int:
    """The piece after everything written together with this one, without a space; a word that denies what follows is no part of it."""
    end = at + 1
    while end < len(line) and not line[end].spaced and line[end].kind in ("word", "number", "minus", "slash", "glue"):
        if line[end].kind in ("minus", "slash") and end + 1 < len(line) and _denies(line, end + 1):
            break
        end += 1
    return end


def _denies(line: list[Piece], at: int) -> bool:
    """Does a word that denies stand at a piece, with another behind it: `IMNM/pas de SRP`?"""
    phrase = _phrase_at(line, at) if line[at].kind == "word" else None
    return phrase is not None and phrase[0] == "negation" and phrase[2] < len(line) and line[phrase[2]].spaced
