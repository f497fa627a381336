"""What may stand beside a yes and changes nothing of it: its degree, how it was seen or treated, how far it has gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from myofind.asking.small_words import DONE, GRADES, HARMLESS, NO
from myofind.asking.tokens import Token
from myofind.names.facts import Row
from myofind.names.normal import word_set

__all__ = ["ENDED_BY", "EXAMINED", "after_leads", "is_length", "of_examination", "treated_now", "without_degree"]

EXAMINED = word_set("scanner ct hrct tdm")
"""An examination that shows the fact: a day beside it is its own."""
_TREATMENT = word_set(
    "traitement traitements treatment therapy chimiotherapie chimio chemotherapy chemo radiotherapie radiotherapy immunotherapie immunotherapy hormonotherapie therapie"
)
_UNDER = word_set("sous de under on receiving unter in")
_LAST_SIGNS = frozenset((":", ";", ","))


def of_examination(times: list[Token]) -> list[Token]:
    """The words of the time of an examination, without the signs behind them."""
    while times and times[-1].text in _LAST_SIGNS:
        times.pop()
    return times


def treated_now(rest: Sequence[Token]) -> list[Token]:
    """The tokens without `sous traitement`, `on chemotherapy`, `en cours de traitement`, which say no more than now."""
    words = [token.text for token in rest]
    if not any(word in _TREATMENT for word in words):
        return list(rest)
    at = next(spot for spot, word in enumerate(words) if word in _TREATMENT)
    if not at or words[at - 1] not in _UNDER or not NO.isdisjoint(words):
        return list(rest)
    return [*rest[: at - 1], *rest[at + 1 :]]


ENDED_BY = word_set("opere operee operated resected reseque resequee treated traite traitee removed operiert")
"""Before a year: how a disease was treated then."""


def after_leads(times: Sequence[Token]) -> list[Token]:
    return [*dropwhile(lambda token: token.text in HARMLESS, times)]


def without_degree(row: Row, rest: Sequence[Token]) -> tuple[list[Token], str]:
    """The tokens without the degree of a fact that holds whatever it is, or that it is done, and those words where a remark tells them."""
    if not (row.graded or row.ever) or any(token.text in NO for token in rest):
        return list(rest), ""
    words = GRADES if row.graded else DONE
    told = [token.text for token in rest if token.text in words]
    return [token for token in rest if token.text not in words], " ".join(told) if row.graded else ""


_LENGTH = re.compile(
    r"(?:[0-9]+|[0-9]+[.,][0-9])\s*(?:sa|wg|weeks?|wks?|semaines?|sem|months?|mois|trimest\w+)(?:\s+(?:d'amenorrhee|de grossesse|of gestation|gestation))?(?:\s*(?:\+|et|and)\s*[0-9]\s*(?:d|j|days?|jours?))?"
)


def is_length(said: str) -> bool:
    """Is it how far a pregnancy has gone: `12 SA`, `20 weeks`?"""
    return _LENGTH.fullmatch(said.strip(" ,;:)")) is not None
