"""A fact as read, and what the name it goes by may say of it."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.asking.small_words import HARMLESS
from myofind.asking.tokens import Token
from myofind.domain.patient import FactValue, Treatment
from myofind.domain.typed_times import is_period
from myofind.names.facts import FactId
from myofind.names.laboratory_values import Remark
from myofind.records import NamedTuple

__all__ = ["DENIED", "PART", "WIDER", "TypedFact", "timed", "without_small_end"]

PART = "part"
"""Said of a name that means only a part of the fact: it may affirm the fact, and never deny it."""
WIDER = "wider"
"""Said of a name that means more than the fact: it may deny the fact, and is asked about where it affirms it."""
DENIED = "denied"
"""Said of a name that denies the fact by itself: `déjà traité`."""


class TypedFact(NamedTuple):
    """A fact as read, and what should be told of how it was."""

    id: FactId
    value: FactValue | None
    """None where what was said decides nothing of the fact, which a remark then tells."""
    remarks: tuple[Remark, ...] = ()
    began: tuple[FactId, FactValue] | None = None
    """The fact that is the day since when it holds."""
    treatment: Treatment | None = None
    """The treatment that the name says, where the fact stands for a class of them."""
    failed: tuple[str, ...] = ()
    """The drugs beside steroids that are said to have failed, so that they were taken."""


def timed(times: Sequence[Token]) -> bool:
    """May the words be a time? Words without a figure are none, apart from those of the period before."""
    return any(token.text[0].isdigit() for token in times) or is_period(" ".join(token.text for token in times))


def without_small_end(times: list[Token]) -> None:
    """Take the small words from the end of what may be a time; the year of `depuis 1 an` is none of them."""
    while times and times[-1].text in HARMLESS and not (times[-1].text == "an" and times[-2:][0].text[0].isdigit()):
        times.pop()
