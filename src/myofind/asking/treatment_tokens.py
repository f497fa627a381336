"""The words beside a drug: which of them belong together, as those of a period, of a course and of its end."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.asking.fact_times import part_of_period
from myofind.asking.tokens import Token
from myofind.asking.treatment_words import AGAIN, HARMLESS, THEN, WHEN
from myofind.names.normal import word_set

__all__ = [
    "AND_THEN",
    "course_start",
    "lately",
    "of_beginning",
    "of_period",
    "trim",
    "year_before",
]

_RESTARTS = AGAIN & word_set("restart reprise")
"""Names of taking a drug again, of which a word right before them is said."""
_LEADING = (HARMLESS - frozenset(",().:=")) | word_set("to a lors nach")
AND_THEN = frozenset((",", ";", "-", "and", "et", "und", "but", "mais", "aber"))

_PERIODS = word_set("week month year semaine mois an annee")
_LATEST = ("dernier", "derniere", "passe", "passee")


def year_before(rest: Sequence[Token], at: int) -> bool:
    """Is it the year of `l'an dernier`, and not an article?"""
    return rest[at].text == "an" and any(token.text in _LATEST for token in rest[at + 1 : at + 2])


def lately(rest: Sequence[Token], at: int, name: int) -> bool:
    """Is it a word of a time that ends now, as in `in the last 6 months`, `les 6 derniers mois`? The drug, named at a place of the text, may stand between no two words of it."""
    near = rest[max(at - 1, 0) : at] if rest[at].text.startswith("dernier") else rest[at + 1 : at + 2]
    near = [token for token in near if (token.start < name) == (rest[at].start < name)]
    return (
        rest[at].text in ("last", "dernier", "derniers", "derniere", "dernieres")
        and any(
            (token.text.isdigit() and len(token.text) < 3)
            or (token.text in _PERIODS and not (at and rest[at - 1].text == "the"))  # which ends today
            for token in near
        )
        and not any(token.text in "/.-" for token in rest[at + 2 : at + 3])
    )


def of_beginning(rest: Sequence[Token], at: int) -> bool:
    """Is a reason said of taking the drug again and not of its end, as in `restart refused`, `échec de la reprise`?"""
    kinds = [WHEN[token.text] for token in rest[:at] if token.text in WHEN]
    following = next((token.text for token in rest[at + 1 :] if token.text not in _LEADING), "")
    return kinds[-1:] == ["since"] or following in _RESTARTS


def course_start(rest: Sequence[Token], at: int) -> int:
    """Where the words of a new course begin: behind the last sign or word between the course before and the one that begins it."""
    ended = next((spot for spot in range(at - 1, -1, -1) if rest[spot].text in WHEN), at)
    parted = (token.end for token in reversed(rest[ended:at]) if token.text in (THEN | AND_THEN) - {"-"})
    return next(parted, rest[at].start)


def trim(tokens: list[Token]) -> None:
    """Leave out the small words after a time; `an` after a number is a year."""
    while (
        tokens
        and tokens[-1].text in HARMLESS
        and not (tokens[-1].text == "an" and tokens[-2:-1] and tokens[-2].text.isdigit())
    ):
        tokens.pop()


def of_period(folded: str, rest: Sequence[Token], at: int, current: Sequence[Token] | None) -> bool:
    """Is it the word for a part of the month or year behind it, as in `depuis fin 2020`, and not for a beginning or an end?

    Where no other word says which time it is, as in `MTX fin 2020`, it is not plain, and asked.
    """
    if not part_of_period(folded[rest[at].start :]):
        return False
    return current == [] or sum(token.text in WHEN for token in rest) == 1
