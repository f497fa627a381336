"""Several facts in one text: each with its own signs, and a sign that may reach over its neighbours is asked about, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from myofind.asking.clauses import Clause, clauses, parts_of
from myofind.asking.small_words import DOUBT, HARMLESS, HISTORY, JOINTS, KNOWN, NO, OF_ALL, PAST, STILL_OPEN, YES
from myofind.asking.tokens import Hit, Text, Token, read_text, which_of
from myofind.diagnostics import shown
from myofind.language import Words
from myofind.names.facts import FACTS, FactId
from myofind.names.normal import word_set

__all__ = ["each_hepatitis", "listed", "not_found", "not_known", "of_all"]

_B_AND_C = re.compile(
    r"(?i)\b(hepatitis|h[eé]patite|h[eé]p)\s+b\s*(,|/|\b(?:and|et|or|ou|nor|ni|und|oder|noch)\b|&)\s*(?:de\s+)?c\b"
)


def each_hepatitis(typed: str) -> str:
    """A text with hepatitis said of each of its letters: `no hepatitis B or hepatitis C`."""
    return _B_AND_C.sub(r"\1 b \2 \1 c", typed)


NameAt = Callable[[Sequence[Token], int], "Hit | None"]

_JOINED = frozenset((",", "and", "or"))
_UNDONE = word_set(
    "be data done known connu connue connus connues tested test teste testes testee testees fait faits faite faites recherche recherches recherchee recherchees realise realises realisee realisees"
    " dose doses precise precisee precisees renseigne renseignee renseignees available disponible disponibles performed assessed evaluated evalue evaluee checked determined getestet bestimmt"
    " untersucht durchgefuhrt"
)  # fmt: skip
"""What is denied with them is not the fact, but that anything is known of it: `not done`, `non recherché`, `to be excluded`."""


def listed(text: Text, name_at: NameAt) -> tuple[str, ...]:
    """The texts of a list, each complete by itself; one text where it is no list.

    Raises InputError where it is not plain whether a sign also holds for what stands before or after it.
    """
    plain = _parted(_in_turn(text, name_at), name_at)
    parts = list(clauses(plain, name_at))
    for at, clause in enumerate(parts):
        hit = _name_of(clause, name_at)
        if hit is None:
            continue
        before, after = clause.tokens[: hit.start], clause.tokens[hit.end :]
        if (sign := _first(after, NO | STILL_OPEN)) and not _signs(before) and not _own_answer(hit, after):
            first = at
            while first and parts[first].join in _JOINED and _unsigned(parts[first - 1], name_at):
                first -= 1
            if first < at and _still_open(after):
                parts[at] = clause._replace(tokens=(*before, *clause.tokens[hit.start : hit.end]))
                return _reaching(plain, parts, range(first, at), sign, name_at, last=at)
            if first < at:
                facts = [_fact(each, name_at) for each in parts[first : at + 1]]
                run = next((back for back in range(1, len(facts)) if facts[-1 - back] != facts[-1]), len(facts))
                sure = range(at + 1 - run, at) if sign in OF_ALL else range(0)
                whole = of_all(sign, facts, clause.join == "and")
                return _reaching(plain, parts, range(first, at), sign, name_at, whole=whole, sure=sure)
        if sign := _first(before, PAST | HISTORY | DOUBT):
            last = at
            while last + 1 < len(parts) and parts[last + 1].join in _JOINED and _unsigned(parts[last + 1], name_at):
                last += 1
            if last > at and not _signs(before):
                return _reaching(plain, parts, range(at + 1, last + 1), sign, name_at)
    return parts_of(plain, name_at)


_DENYING = word_set("no not pas sans without kein keine ohne aucun aucune")
_ONE_SIGN = {"-": "no", "–": "no", "+": "yes"}


def _in_turn(text: Text, name_at: NameAt) -> Text:
    """`HIV neg HBV neg`, `FVC 65 DLCO 45`, `no ILD no cancer` as lists: every name has its own value behind it, or its own denial before it.

    A minus belongs to the name it is written together with, and a denial such as `no` between two names to either.
    """
    hits, at = list[Hit](), 0
    while at < len(text.tokens):
        hit = name_at(text.tokens, at)
        hits += [hit] if hit else []
        at = hit.end if hit else at + 1
    if len(hits) < 2:
        return text
    behind = [text.tokens[one.end : other.start] for one, other in pairwise(hits)]
    lead, tail = text.tokens[: hits[0].start], text.tokens[hits[-1].end :]
    if any(token.text in JOINTS.keys() - _DENYING - {"+"} for gap in (lead, *behind, tail) for token in gap):
        return text
    apart = any(
        gap and (gap[0].text in _DENYING or (gap[0].text in "-–" and gap[0].start > text.tokens[hit.end - 1].end))
        for hit, gap in zip(hits, behind, strict=False)
    )
    if not tail and all(map(_denies, [lead, *behind])):
        ends = {gap[0].start for gap in behind}
    elif not lead and not apart and all(map(_is_value, [*behind, tail])):
        ends = {gap[-1].end for gap in behind if gap[-1].text != "/"}
    else:
        return text
    slashes = {gap[-1].start: "," for gap in behind if gap and gap[-1].text == "/"}
    signs = slashes | {
        gap[0].start: f" {_ONE_SIGN[gap[0].text]}" for gap in (*behind, tail) if gap and gap[0].text in _ONE_SIGN
    }
    folded = "".join(("," if at in ends else "") + signs.get(at, char) for at, char in enumerate(text.folded))
    return read_text(folded)._replace(typed=text.typed)


def _denies(gap: Sequence[Token]) -> bool:
    """Is it one denial before a name?"""
    words = [token.text for token in gap if token.text not in HARMLESS]
    return len(words) == 1 and words[0] in _DENYING and gap[0].text == words[0]


def _is_value(gap: Sequence[Token]) -> bool:
    """Is it one sign behind a name, or a number with its unit?"""
    words = [token for token in gap if token.text not in HARMLESS]
    if not words:
        return False
    if words[0].text[0].isdigit():
        return not any(token.text in NO | YES | STILL_OPEN for token in words)
    return len(words) == 1 and (words[0].text in NO | YES or (gap[0].text in _ONE_SIGN and len(gap) == 1))


def _first(tokens: Sequence[Token], words: frozenset[str]) -> str:
    return next((token.text for token in tokens if token.text in words), "")


def of_all(sign: str, facts: Sequence[FactId], joined: bool) -> bool:
    """Is a denial behind the last of several names plainly that of all? `facts` are those they name, `joined` whether `and` joins the last two.

    A plural is, unless the last names alone may be meant, as in `PID, VIH et VHC négatifs`; so is `HIV and HCV negative`, which is one answer.
    """
    if len(set(facts)) == 1:
        return sign in OF_ALL or (joined and sign in NO)
    return sign in OF_ALL and facts[-1] != facts[-2]


def _still_open(after: Sequence[Token]) -> bool:
    """Do the words behind a name say that it is not known whether it holds?"""
    said = {token.text for token in after}
    return not said.isdisjoint(STILL_OPEN) or (_signs(after) and not said.isdisjoint(_UNDONE))


def not_known(rest: Sequence[Token], end: int) -> bool:
    """Is it the knowledge that is denied behind a name, as in `cancer: not known`, and not the fact, as in `no known cancer`?"""
    said = [token.text for token in rest if token.text not in ("n", "ne")]
    return len(said) == 2 and rest[0].start >= end and said[0] in _NOT and said[1] in KNOWN


_NOT = frozenset(("not", "non", "pas", "nicht"))
_FOUND = word_set(
    "found detected seen identified retrouve retrouvee trouve trouvee detecte detectee decele decelee identifie identifiee gefunden"
)


def not_found(text: Text, at: Hit) -> Text:
    """A denied text without the word at its end that says it was not found: `no cancer found`, `PID non retrouvée`."""
    *_, last = text.tokens
    denied = not NO.isdisjoint(token.text for token in (*text.tokens[: at.start], *text.tokens[at.end :]))
    return text._replace(tokens=text.tokens[:-1]) if denied and last.text in _FOUND and last.start >= at.end else text


def _own_answer(hit: Hit, after: Sequence[Token]) -> bool:
    """Is `not done` an answer of the fact itself, as of a biopsy?"""
    return is_examination(hit.meaning.partition("=")[0]) and not {token.text for token in after}.isdisjoint(_UNDONE)


def _fact(clause: Clause, name_at: NameAt) -> str:
    """The fact that a clause names first."""
    hit = _name_of(clause, name_at)
    return hit.meaning.partition("=")[0] if hit else ""


_RESULT = {"no": "negative", "pas de": "négative"}
"""What `negative` says of an examination, behind its name: `no biopsy` is none at all."""


def is_examination(fact: str) -> bool:
    """Is it an examination, of which `not done` is an answer of its own?"""
    return fact in FACTS and any(value.id == "not_done" for value in FACTS[fact].values)


def _reaching(
    text: Text,
    parts: Sequence[Clause],
    over: range,
    sign: str,
    name_at: NameAt,
    *,
    whole: bool = False,
    sure: range = range(0),
    last: int | None = None,
) -> tuple[str, ...]:
    """The texts where a sign is that of all of them (`whole`).

    Else raises Ambiguous with both readings: said of all those it may reach, or only of those it surely does (`sure`). `last` is the clause of which a sign says that it is open.
    """
    past = ("past", "ancien") if sign in PAST | HISTORY else ("possible", "possible")
    said = past if last is not None or sign not in NO else ("no", "pas de")
    words = [text.part(clause.tokens) for clause in parts]
    of_examination = [is_examination(_fact(clause, name_at)) for clause in parts]

    def with_sign(word: str, at: int) -> str:
        result = word in _RESULT and of_examination[at] and sign.startswith("neg")
        return f"{words[at]} {_RESULT[word]}" if result else f"{word} {words[at]}"

    reaching = [
        [with_sign(word, at) if at in over or at == last else each for at, each in enumerate(words)] for word in said
    ]
    if whole:
        return tuple(reaching[0])
    alone = [
        [with_sign(word, at) if at == last or at in sure else each for at, each in enumerate(words)] for word in said
    ]
    readings: list[Words] = [("; ".join(each[0]), "; ".join(each[1])) for each in (reaching, alone)]
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
    folded = "".join(
        char if place not in places else "&" if char == "/" else "," for place, char in enumerate(text.folded)
    )
    return read_text(folded)._replace(typed=text.typed)
