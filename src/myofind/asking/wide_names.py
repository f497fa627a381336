"""A name that says a part of a fact, or more than it: what it affirms, what it denies, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.asking.fact_refusals import refused
from myofind.asking.small_words import HARMLESS, HISTORY, NO, PAST
from myofind.asking.tokens import Text, Token, fold, which_of
from myofind.asking.typed_fact import TypedFact
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Amount, Chosen, When, YesNo
from myofind.names.facts import Row
from myofind.names.laboratory_values import Remark
from myofind.names.normal import word_set

__all__ = ["narrowed", "of_part", "once", "wider"]


def narrowed(row: Row, rest: Sequence[Token]) -> list[Token] | None:
    """The words beside a wider name without those that narrow it to the fact; None where none does, or something is denied."""
    words = word_set(fold(" ".join(row.narrowed)))
    left = [token for token in rest if token.text not in words]
    told = {token.text for token in rest if token.text in words - HARMLESS}
    if not told - _LEADS or any(token.text in NO for token in rest):
        return None
    return [token for token in left if token.text not in _JOINED]


_LEADS = word_set("on with mit unter by under")
_JOINED = word_set("et and und + &")


def of_part(row: Row, text: Text, told: TypedFact) -> TypedFact:
    """What a name that says a part of the fact tells of all of it: one enzyme says at least how high the highest is."""
    value = told.value
    denied = Remark("part_denied", (f"@{row.id}", text.folded.strip()))
    if isinstance(value, Amount):
        if value.low is None or value.low == row.range[0]:
            return TypedFact(row.id, None, (denied,))
        return TypedFact(row.id, Amount(value.low, None, value.scale, open_low=value.open_low), told.remarks)
    never = isinstance(value, Chosen) and any(
        one.id in value.values and one.id in ("never", "none") for one in row.values
    )
    if never or value in (When(), YesNo(False)):
        return TypedFact(row.id, None, (denied,))
    if isinstance(value, YesNo) and not value.yes:
        raise refused(row, text)
    return told


def once(row: Row, text: Text, told: TypedFact, rest: Sequence[Token]) -> TypedFact:
    """What having had something says of a fact that then holds for ever: chickenpox, of immunity. Not having had it says nothing."""
    if told.value == YesNo(False):
        return TypedFact(row.id, None, (Remark("part_denied", (f"@{row.id}", text.folded.strip())),))
    if not any(token.text in PAST | HISTORY or token.text[0].isdigit() for token in rest):
        raise wider(row, text)
    return told


def wider(row: Row, text: Text) -> InputError:
    """A question where a name means more than the fact: which of it is meant?"""
    texts = ((row.en, row.fr), row.denied or (f"no {row.en}", f"pas de {row.fr}"))
    question = (f"`{shown(text.typed)}`: is it {row.en}?", f"`{shown(text.typed)}` : est-ce {row.fr} ?")
    return which_of(text, question, texts)
