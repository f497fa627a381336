"""A typed list as its clauses: `pas de cancer ni PID`, `jamais de rituximab, MTX depuis 2024`, `DM (sans PID)`.

A negation reaches over `nor` and `or` to what follows; whether it reaches over a comma or an `and` is asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from myofind.asking.small_words import DOUBT, JOINTS, NO, NOW, OVER, PAST, SINCE, STILL_OPEN, YES
from myofind.asking.tokens import Hit, Text, Token, refusal, write_one_of
from myofind.diagnostics import InputError, shown
from myofind.records import NamedTuple

__all__ = ["Clause", "clauses", "negator", "parts_of", "unclear"]

_DENIALS = frozenset(
    ("no", "not", "pas", "aucun", "aucune", "never", "jamais", "kein", "keine", "keinen", "nicht", "nie")
)
_ENDS = frozenset((",", ";", ")", "]"))
_SIGNED = NO | YES | PAST | NOW | SINCE | OVER | DOUBT | {"sous"}


class Clause(NamedTuple):
    """One clause: its tokens, and how it is joined to what stands before it (empty at the beginning)."""

    join: str
    tokens: tuple[Token, ...]

    @property
    def signed(self) -> bool:
        """Does it say by itself whether it holds, or when?"""
        return any(token.text in _SIGNED or token.text[0].isdigit() for token in self.tokens)


def clauses(
    text: Text, name_at: Callable[[Sequence[Token], int], Hit | None], *, denials: bool = False
) -> Iterator[Clause]:
    """The clauses of a text; a word that joins inside a name is part of the name.

    With `denials`, a word such as `no` or `pas` begins a clause where none of the names stands before it: `DM pas de cancer`.
    """
    join, held = "", list[Token]()
    named = False
    at = 0
    while at < len(text.tokens):
        token = text.tokens[at]
        hit = name_at(text.tokens, at)
        if hit is not None:
            held += text.tokens[at : hit.end]
            at = hit.end
            named = True
            continue
        at += 1
        ends = at == len(text.tokens) or text.tokens[at].text in _ENDS
        sign = token.text == "+" and named and ends  # `VIH +` at the end of its part
        kind = "without" if denials and not named and token.text in _DENIALS else JOINTS.get(token.text)
        kind = None if sign else kind
        if kind is None:
            held.append(token)
            continue
        if held and not (kind == "without" and all(each.text in NO for each in held)):
            if named and token.text.isalpha():
                _check_dash(text, held[-1])
            yield Clause(join, tuple(held))
            join, held, named = kind, [], False
        elif not held:
            join = kind if join in ("", ",", "and", "bracket") or kind in ("nor", "without") else join
        if kind == "without":
            held.append(token)
    if held:
        yield Clause(join, tuple(held))


def _check_dash(text: Text, last: Token) -> None:
    """Raise InputError for a dash between a name and a word that joins: `lupus - sans cancer` denies the lupus, or joins the two."""
    around = text.folded[last.start - 1 : last.start].isspace(), text.folded[last.end : last.end + 1].isspace()
    if last.text in "-–—−" and around[0] == around[1]:
        raise refusal(
            f"`{shown(text.typed)}`: is `{last.text}` a sign of what stands before it, or does it join?",
            f"`{shown(text.typed)}` : `{last.text}` est-il un signe de ce qui précède, ou joint-il ?",
            ("part the two by a comma: `lupus, no cancer`", "les séparer par une virgule : `lupus, pas de cancer`"),
        )


def negator(tokens: Sequence[Token]) -> str:
    """The word that denies a clause, or nothing."""
    return next((token.text for token in tokens if token.text in NO), "")


def parts_of(text: Text, name_at: Callable[[Sequence[Token], int], Hit | None]) -> tuple[str, ...]:
    """The texts of a list, each complete by itself; one text where it is no list.

    Raises InputError where it is not plain whether a negation also holds for what follows it.
    """
    listed = list(clauses(text, name_at))
    if len(listed) < 2 and not (listed and listed[0].join == "nor"):
        return (text.typed,)
    texts: list[str] = []
    denied = ""
    for clause in listed:
        words, own = text.part(clause.tokens), negator(clause.tokens)
        if clause.join == "nor" and not own:
            if texts and not denied:
                return (text.typed,)
            denied = denied or "no"
            texts.append(f"{denied} {words}")
            continue
        if clause.join == "or" and not own:
            if not denied:
                return (text.typed,)
            texts.append(f"{denied} {words}")
            continue
        if denied and clause.join in (",", "and", "bracket") and not clause.signed:
            raise unclear(text, denied, words, tuple(texts), text.folded[clause.tokens[0].start :].strip())
        denied = own
        texts.append(words)
    return tuple(texts)


def unclear(text: Text, denied: str, words: str, before: Sequence[str] = (), rest: str = "") -> InputError:
    """That it is not plain whether a negation reaches over a comma or an `and` from the clauses `before` to some words, which begin the `rest`."""
    hint: tuple[str, str]
    if before:
        hint = write_one_of([", ".join([*before, f"{denied} {rest}"]), "; ".join([*before, rest])])
    else:
        no, non = ("possible", "possible") if denied in STILL_OPEN else ("no", "pas de")
        hint = (
            f"say it of each: `{no} cancer, {no} ILD`, or part them by `;`",
            f"le dire de chacun : `{non} cancer, {non} PID`, ou séparer par `;`",
        )
    return refusal(
        f"`{shown(text.typed)}`: does `{denied}` also hold for `{shown(words, 30)}`?",
        f"`{shown(text.typed)}` : `{denied}` vaut-il aussi pour `{shown(words, 30)}` ?",
        hint,
    )
