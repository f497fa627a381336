"""Several facts in one text: each with its own signs, and a sign that may reach over its neighbours is asked about, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from myofind.asking.clauses import Clause, clauses, parts_of
from myofind.asking.small_words import DOUBT, HARMLESS, HISTORY, NO, OF_ALL, PAST, YES
from myofind.asking.tokens import Hit, Text, Token, read_text, which_of
from myofind.diagnostics import shown
from myofind.language import Words

__all__ = ["each_hepatitis", "listed"]

_B_AND_C = re.compile(
    r"(?i)\b(hepatitis|h[eé]patite|h[eé]p)\s+b\s*(,|/|\b(?:and|et|or|ou|nor|ni|und|oder|noch)\b|&)\s*(?:de\s+)?c\b"
)


def each_hepatitis(typed: str) -> str:
    """A text with hepatitis said of each of its letters: `no hepatitis B or hepatitis C`."""
    return _B_AND_C.sub(r"\1 b \2 \1 c", typed)


NameAt = Callable[[Sequence[Token], int], "Hit | None"]

_JOINED = frozenset((",", "and", "or"))


def listed(text: Text, name_at: NameAt) -> tuple[str, ...]:
    """The texts of a list, each complete by itself; one text where it is no list.

    Raises InputError where it is not plain whether a sign also holds for what stands before or after it.
    """
    plain = _parted(text, name_at)
    parts = list(clauses(plain, name_at))
    for at, clause in enumerate(parts):
        hit = _name_of(clause, name_at)
        if hit is None:
            continue
        before, after = clause.tokens[: hit.start], clause.tokens[hit.end :]
        if (sign := _first(after, NO | DOUBT)) and not _signs(before):
            first = at
            while first and parts[first].join in _JOINED and _unsigned(parts[first - 1], name_at):
                first -= 1
            if first < at:
                return _reaching(plain, parts, range(first, at), sign)
        if sign := _first(before, PAST | HISTORY | DOUBT):
            last = at
            while last + 1 < len(parts) and parts[last + 1].join in _JOINED and _unsigned(parts[last + 1], name_at):
                last += 1
            if last > at and not _signs(before):
                return _reaching(plain, parts, range(at + 1, last + 1), sign)
    return parts_of(plain, name_at)


def _first(tokens: Sequence[Token], words: frozenset[str]) -> str:
    return next((token.text for token in tokens if token.text in words), "")


def _reaching(text: Text, parts: Sequence[Clause], over: range, sign: str) -> tuple[str, ...]:
    """The texts where a plural says it of all; else raises Ambiguous with both readings: said of those it may reach, or not."""
    said = ("no", "pas de") if sign in NO else ("possible", "possible") if sign in DOUBT else ("past", "ancien")
    words = [text.part(clause.tokens) for clause in parts]
    of_all = [[f"{word} {each}" if at in over else each for at, each in enumerate(words)] for word in said]
    if sign in OF_ALL:
        return tuple(of_all[0])
    readings: list[Words] = [("; ".join(of_all[0]), "; ".join(of_all[1])), "; ".join(words)]
    name = shown(words[over[0]], 30)
    question = (
        f"`{shown(text.typed)}`: does `{sign}` also hold for `{name}`?",
        f"`{shown(text.typed)}` : `{sign}` vaut-il aussi pour `{name}` ?",
    )
    raise which_of(text, question, readings)


def _signs(tokens: Sequence[Token]) -> bool:
    return any(token.text in NO for token in tokens)


def _name_of(clause: Clause, name_at: NameAt) -> Hit | None:
    """The first name of a clause."""
    hits = (name_at(clause.tokens, at) for at in range(len(clause.tokens)))
    return next((hit for hit in hits if hit), None)


def _unsigned(clause: Clause, name_at: NameAt) -> bool:
    """Does a clause hold a name, or several such as `serologies HIV`, and nothing that says whether it holds?"""
    named, at = False, 0
    while at < len(clause.tokens):
        hit = name_at(clause.tokens, at)
        if hit is None and clause.tokens[at].text not in HARMLESS:
            return False
        named = named or hit is not None
        at = hit.end if hit else at + 1
    return named


def _says(after: Sequence[Token]) -> bool:
    """Does a number or a sign stand right behind a name? A name alone behind a number may belong to it: `SpO2 94 % RA`."""
    return bool(after) and (after[0].text[0].isdigit() or after[0].text in NO | YES | {":", "="})


def _parted(text: Text, name_at: NameAt) -> Text:
    """`HBV/HCV/HIV negative`, `FVC 65 % DLCO 48 %` as lists: a slash, or the end of a percentage, before a name parts it from another."""
    places, ends, at = set[int](), set[int](), 0
    while at < len(text.tokens):
        hit = name_at(text.tokens, at)
        if hit is not None and ends:
            before = text.tokens[at - 1]
            if before.text == "/" and (at - 1 in ends or _says(text.tokens[hit.end :])):
                places.add(before.start)
            elif before.text == "%" and before.end < text.tokens[at].start and _says(text.tokens[hit.end :]):
                places.add(before.end)
        at = hit.end if hit else at + 1
        ends |= {at} if hit else set()
    if not places:
        return text
    folded = "".join("," if place in places else char for place, char in enumerate(text.folded))
    return read_text(folded)._replace(typed=text.typed)
