"""What a denial denies: `not … detected` is a negative result, `pas … fait` not tested, and what denies twice or says neither yes nor no is unread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from myofind.names.laboratory_items import Item, item_at
from myofind.names.laboratory_tokens import pieces
from myofind.names.laboratory_values import Refusal, Refused
from myofind.names.normal import word_set, words

if TYPE_CHECKING:
    from myofind.names.laboratory_groups import Group

__all__ = ["check_examination", "combined", "items"]

_LIKE_NOT = word_set("par on ont dans das in to sang von or")
"""Small words one letter from a negation: right before "detected" they may be its slip (`par détecté`)."""
_MAY_BE = frozenset(
    (
        "could be",
        "may be",
        "might be",
        "peut être",
        "peut etre",
        "pourrait être",
        "pourrait etre",
        "semble",
        "kann",
        "könnte",
        "konnte",
    )
)
"""What makes of a result a guess, unless a denial stands before it."""


def items(text: str) -> list[Item]:
    """Every item of a plain text, in order."""
    line = list(pieces(text))
    found: list[Item] = []
    at = 0
    while at < len(line):
        item = item_at(text, line, at, found)
        found.append(item)
        at = item.end
    return combined(found)


def combined(found: list[Item]) -> list[Item]:
    """Negations joined with what they deny: `not … detected` is a negative result, `pas … fait` not tested, `not negative` is unread."""
    out: list[Item] = []
    at = 0
    while at < len(found):
        item = found[at]
        if item.kind not in ("negation", "ne"):
            if item.kind == "participle" and out and out[-1].text.lower() in _LIKE_NOT:
                item = item._replace(kind="unread", value="unclear_sign", text=f"{out[-1].text} {item.text}")
            if item.kind == "copula" and item.text.lower().replace("-", " ") in _MAY_BE and not _denied_before(out):
                item = item._replace(kind="unread")
            if item.kind in ("result", "participle") and not item.sign and out and out[-1].text.lower() == "plus":
                out[-1] = out[-1]._replace(kind="unread", value="unclear_sign", text=f"plus {item.text}")
            if item.kind == "result" and words(item.text)[:1] == ["presence"] and _before_name(found, at):
                item = item._replace(kind="head")
            if item.kind != "glue":
                out.append(item)
            at += 1
            continue
        count, end = (1 if item.kind == "negation" else 0), at + 1
        while end < len(found) and found[end].kind in ("copula", "glue", "negation", "ne"):
            count += found[end].kind == "negation"
            end += 1
        joined = _denied(item, found, end, count)
        if out[-2:] and out[-1].kind in ("or", "slash", "and") and out[-2:][0].text.lower() in _WITH:
            joined = item._replace(kind="unread", value="unclear_sign")
        out.append(joined)
        at = _next(found, at + 1, joined)
    return out


_DEGREES = word_set(
    "clearly nettement eindeutig deutlich strongly strong highly high fortement fort stark hoch hochpositiv moderately moderate medium moderement franchement tres massig intensement"
)
"""What is denied with them is the degree, not the result: `not clearly positive` is doubt."""
_WITH = frozenset(("with", "avec", "mit"))
"""Before `or without`: neither yes nor no."""
_AFTER_RESULT = frozenset(("open", "close", "comma", "hard", "line"))


def _before_name(found: Sequence[Item], at: int) -> bool:
    """Does a name, perhaps after a word for antibodies, stand right after an item?"""
    return next(
        (held.kind == "name" for held in found[at + 1 :] if held.kind not in ("antibody", "glue", "minus")), False
    )


def _denied_before(out: Sequence[Item]) -> bool:
    """Does a denial stand in the same part of the line, as in `no Jo-1 could be detected`?"""
    for held in reversed(out):
        if held.kind in ("line", "hard", "comma"):
            return False
        if held.kind == "negation":
            return True
    return False


def _next(found: list[Item], at: int, joined: Item) -> int:
    """The item after the last one that a joined item covers."""
    while at < len(found) and found[at].start < joined.end:
        at += 1
    return at


def _denied(item: Item, found: list[Item], end: int, count: int) -> Item:
    """What a negation and the words after it say together."""
    following = found[end] if end < len(found) else None
    text = item.text
    if count == 0:
        return item._replace(kind="unread")
    if following is not None and following.kind == "or":
        return item._replace(kind="unread", value="unclear_sign")
    if item.text.lower() == "absence" and (following is None or following.kind in _AFTER_RESULT):
        return item._replace(kind="result", value="negative")
    if following is not None and following.kind == "open":
        return item._replace(kind="unread", value="unclear_sign")
    if count > 1:
        return item._replace(kind="unread", value="double_negation", end=found[end - 1].end)
    if following is None or following.kind not in ("participle", "tested", "result"):
        return item._replace(kind="negation", end=found[end - 1].end if found[end - 1].kind != "glue" else item.end)
    whole = item._replace(text=f"{text} {following.text}", end=following.end, sign=False)
    between = [word for held in found[:end] if held.start >= item.end for word in words(held.text)]
    if following.kind == "result" and not _DEGREES.isdisjoint([*between, *words(following.text)[:1]]):
        return whole._replace(kind="unread", value="unclear_sign")
    if following.kind == "tested":
        return whole._replace(kind="result", value="not_tested")
    if following.kind == "participle" or (following.value == "positive" and not following.sign):
        return whole._replace(kind="result", value="negative")
    return whole._replace(kind="unread", value="double_negation")


_EXAMINATIONS = word_set(
    "recherche recherches recherchee recherchees dosage dosages dose doses test tests testing tested teste testes result results resultat resultats ergebnis ergebnisse befund befunde"
    " analyse analyses analysis examen examens bestimmung untersuchung determination search"
)


def check_examination(group: Group) -> None:
    """Raise Refused for words that deny an examination and not its finding, as `no MDA5 testing`, `pas de résultat MDA5`."""
    at = next(at for at, item in enumerate(group.lead) if item.kind == "negation")
    before = [item for item in group.lead[at + 1 :] if item.kind != "antibody"][:1]
    after = [item for item in group.evidence if item.kind != "antibody"][:1]
    if group.names and any(not _EXAMINATIONS.isdisjoint(words(item.text)) for item in (*before, *after)):
        said = " ".join(item.text for item in [*group.lead[at:], *group.names, *after])
        raise Refused(Refusal("denied_test", (said,)))
