"""An age or a birth date as typed becomes the first and last possible day of birth; nothing is guessed.

Ages are completed years (and months for children). A birthday on 29 February falls on 1 March in common years, as in civil-status practice in
France and the United Kingdom. A year of birth alone leaves two possible ages. Pure functions: the day of evaluation is an argument.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from myofind.diagnostics import shown
from myofind.domain.dates import Days, Unread, age_on, too_young
from myofind.records import NamedTuple

if TYPE_CHECKING:
    from myofind.domain.typed_times import Quantity

OLDEST = 125
"""Years nobody is known to have passed: more is a slip of the keyboard."""


class Age(NamedTuple):
    """What is known of somebody's birth."""

    typed: str
    earliest_birth: date
    latest_birth: date
    years: int | None
    """Completed years on the day of evaluation, when all possible births agree."""
    months: int | None
    """Completed months beyond the years, when all possible births agree."""
    sex: Literal["female", "male"] | None = None
    """The sex, where it was typed with the age (`45F`, `femme de 45 ans`)."""


def _age(typed: str, earliest: date, latest: date, today: date) -> Age:
    old, young = age_on(earliest, today), age_on(latest, today)
    years = old[0] if old[0] == young[0] else None
    return Age(typed, earliest, latest, years, old[1] if old == young else None)


def both(stated: Age, born: Age, today: date) -> Age:
    """An age and a birth that agree: the births that both leave possible."""
    first, last = max(stated.earliest_birth, born.earliest_birth), min(stated.latest_birth, born.latest_birth)
    return _age(born.typed, first, last, today)._replace(sex=stated.sex or born.sex)


def begun(today: date, n: int, unit: str) -> Days:
    """The days on which something began of which `n` units are completed today and `n + 1` are not.

    >>> begun(date(2026, 11, 25), 2, "years")
    Days(first=datetime.date(2023, 11, 26), last=datetime.date(2024, 11, 25))
    """
    return Days(date.fromordinal(too_young(n + 1, unit, today)), date.fromordinal(too_young(n, unit, today) - 1))


_SEX_WORDS: dict[Literal["female", "male"], str] = {
    "female": "f female woman femme girl fille fem patiente w weiblich frau madchen patientin mme madame ♀",
    "male": "m h male man homme boy garcon masc mannlich mann junge monsieur mr herr ♂",
}
_SEXES = {word: sex for sex, words in _SEX_WORDS.items() for word in words.split()}
_LEADS = frozenset(["age", "aged", "agee", "patient", "alter"])
_LINKS = frozenset(["de", "of", ":", "is", "von"])
"""What may stand between a leading word and the number."""
_TRAILS = frozenset(["old", "age", "ages", "revolus", "revolu", "of", "d", "alt"])
_ACCEPTED = (
    "an age is completed years (`45`, `45 ans`, `45y`), months (`6 mois`, `6 months`) or both (`17y 8m`, `17 ans et 8 mois`)",
    "un âge est en années révolues (`45`, `45 ans`), en mois (`6 mois`) ou les deux (`17 ans et 8 mois`)",
)


def read_age(text: str, today: date) -> Age:
    """An age as people write it, in English, French or German; raises Unread saying what was found and what is accepted.

    A year alone (`1971`) is a year of birth, as is one after `born` or `né en`; `45.0` is what tables make of 45.
    """
    typed = text.strip()
    whole = typed[:-2] if typed.endswith((".0", ",0")) else typed
    if len(whole) <= 3 and whole.isascii() and whole.isdigit():
        return _checked(typed, today, int(whole), "years")
    if re.match(_BIRTH, typed, re.IGNORECASE):
        return read_birth_date(typed, today)
    if not typed:
        raise _no_age("the age is empty", "l'âge est vide")
    from myofind.domain.typed_times import pieces

    _refuse_usual(typed)
    split = pieces(typed)
    amounts, sex = _amounts(typed, split)
    return _aged(typed, split, amounts, today)._replace(sex=sex)


def _refuse_usual(typed: str) -> None:
    """The usual writings that are no age, each with its own words."""
    name = shown(typed)
    if re.match(r"[-−–]\s*\d", typed):
        raise _no_age(f"`{name}` is below zero", f"`{name}` est négatif")
    if vague := re.match(
        r"[<>≤≥~≈±]|(?i:about|around|approx(?:imately|\.)?|environ|env\.|vers|ca\.?|circa|etwa|ungefähr)(?=\s)", typed
    ):
        raise Unread(
            f"`{name}` is not an age: `{vague[0]}` is no exact age; write completed years (`45`), or the year of birth alone (`1981`)",
            f"`{name}` n'est pas un âge : `{vague[0]}` n'est pas un âge exact ; écrire les années révolues (`45`), ou la seule année de naissance (`1981`)",
        )
    if re.search(
        r"\d\s?[.,]\s?\d|½|\bet demie?\b|\band a half\b|[¼¾]|(?:ans?|years?|y) (?:et )?(?:[1-3]/[2-4]|(?:trois |un )?quarts?)\b",
        typed[:200],
    ):
        raise Unread(
            f"`{name}` is not in whole units: write years and months (`17y 6m`, `17 ans et 6 mois`)",
            f"`{name}` : unités non entières ; écrire années et mois (`17 ans et 6 mois`)",
        )
    if re.search(r"\d\s?[-–/]\s?\d", typed[:200]):
        raise _no_age(
            f"`{name}` looks like a range or a date; a date of birth goes into the birth date (`--birth-date`)",
            f"`{name}` ressemble à un intervalle ou à une date ; une date de naissance va dans la date de naissance (`--birth-date`)",
        )


def _amounts(typed: str, split: list[str]) -> tuple[tuple[Quantity, ...], Literal["female", "male"] | None]:
    """The numbers of an age with their units, and the sex named beside them; every other piece is harmless or refused."""
    from myofind.domain.typed_times import quantities

    amounts: tuple[Quantity, ...] = ()
    sex: Literal["female", "male"] | None = None
    seen: set[str] = set()
    at = 0
    while at < len(split):
        piece = split[at]
        if piece.isdigit() and not amounts:
            amounts, at = quantities(split, at, typed)
            continue
        before, after = split[at - 1] if at else "", split[at + 1] if at + 1 < len(split) else ""
        if piece in _SEXES and sex is None:
            sex = _SEXES[piece]
        elif not _harmless(piece, before, after, bool(amounts)) or (
            piece in seen and piece.isalpha() and piece not in ("of", "de")
        ):
            raise _no_age(
                f"`{shown(typed)}` is not an age: `{shown(piece, 20)}` is not understood",
                f"`{shown(typed)}` n'est pas un âge : `{shown(piece, 20)}` n'est pas compris",
            )
        seen.add(piece)
        at += 1
    if not amounts:
        raise _no_age(f"`{shown(typed)}` is not an age", f"`{shown(typed)}` n'est pas un âge")
    return amounts, sex


def _harmless(piece: str, before: str, after: str, counted: bool) -> bool:
    """Is a piece one of those an age may carry, in its place?"""
    if not counted:
        return (
            piece in _LEADS
            or (piece == "," and before in _SEXES)
            or (piece in _LINKS and before in (_LEADS | _SEXES.keys() | {"the"}))
        )
    if piece in ("-", "'", "’"):
        return after in ("old", "age")
    if piece in (",", "/", "("):
        return after in _SEXES
    if piece == ")":
        return before in _SEXES
    return piece in _TRAILS


def _aged(typed: str, split: list[str], amounts: tuple[Quantity, ...], today: date) -> Age:
    """The births that the numbers of an age leave possible."""
    units = tuple(amount.unit for amount in amounts)
    number = amounts[0].number
    if units == ("",):
        if number >= 1880:
            return _born(typed, Days(date(number, 1, 1), date(number, 12, 31)) if number <= 9999 else None, today)
        return _checked(typed, today, number, "years")
    if units == ("months",) and split[-1] == "m" and (typed.endswith("M") or number > 36):
        raise Unread(
            f"`{shown(typed)}`: months or a man? write `{number} months` or `{number}`",
            f"`{shown(typed)}` : des mois ou un homme ? écrire `{number} mois` ou `{number}`",
        )
    if units == ("weeks",) and split[-1] == "s":
        raise _no_age(
            f"`{shown(typed)}`: weeks or years? write `{number} weeks` or `{number} years`",
            f"`{shown(typed)}` : des semaines ou des années ? écrire `{number} semaines` ou `{number} ans`",
        )
    if units == ("weeks",) and split[-1] == "w":
        raise Unread(
            f"`{shown(typed)}`: weeks or a woman? write `{number} weeks`, or `{number}F`",
            f"`{shown(typed)}` : des semaines ou une femme ? écrire `{number} semaines` ou `{number}F`",
        )
    if len(units) == 1:
        return _checked(typed, today, number, units[0])
    if units == ("years", "months"):
        months = amounts[1].number
        if months > 11:
            raise Unread(
                f"`{shown(typed)}`: {months} months beside years; at most 11",
                f"`{shown(typed)}` : {months} mois en plus des années ; au plus 11",
            )
        return _checked(typed, today, number * 12 + months, "months")
    raise _no_age(f"`{shown(typed)}` is not an age", f"`{shown(typed)}` n'est pas un âge")


def _no_age(en: str, fr: str) -> Unread:
    return Unread(f"{en}; {_ACCEPTED[0]}", f"{fr} ; {_ACCEPTED[1]}")


def _checked(typed: str, today: date, n: int, unit: str) -> Age:
    if n > {"years": 1, "months": 12, "weeks": 53, "days": 366}[unit] * OLDEST:
        raise _no_age(f"`{shown(typed)}` is more than {OLDEST} years", f"`{shown(typed)}` dépasse {OLDEST} ans")
    return _age(typed, *begun(today, n, unit), today)


# --- dates of birth ----------------------------------------------------------------------------------------------------------------------

_BIRTH = r"(?:n[ée]e?|n[ée]\(e\)|born|geb(?:oren|\.)?)(?:\s+(?:le|en|on|in|am))?\s*:?\s+(?=\d|[^\W\d]{3,9}\.?\s+(?:19|20)\d\d)|\*\s*(?=\d)"
_BORN = rf"(?i){_BIRTH}|(?:(?:n[ée]e?|born)(?:\s+(?:le|en|on|in))?|dob|ddn|date de naissance|date of birth|geburtsdatum|le|en|in|on|am)\s*:?\s+(?=\S)"


def read_birth_date(text: str, today: date) -> Age:
    """A date, month or year of birth; day first only where it can only be read so. Raises Unread with what to type instead."""
    typed = text.strip()
    if not typed:
        raise Unread(
            "the birth date is empty; a birth date is written 1971-03-12, 12 Mar 1971, 1971-03 or 1971",
            "la date de naissance est vide ; elle s'écrit 1971-03-12, 12 mars 1971, 1971-03 ou 1971",
        )
    from myofind.domain.typed_times import read_days

    lead = re.match(_BORN, typed)
    days = read_days(typed[lead.end() :] if lead else typed, ("a birth date", "une date de naissance"))
    return _born(typed, days, today)


def read_days_lived(text: str, today: date) -> Age:
    """Completed days of age, as JSON gives them where years and months say too little: `16500`, or `20054-20418`. Raises Unread."""
    typed = text.strip()
    read = re.fullmatch(r"([0-9]{1,6})(?:\s*-\s*([0-9]{1,6}))?", typed)
    least, most = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
    if least > most or most > (OLDEST + 1) * 366:
        name = shown(typed)
        raise Unread(
            f"`{name}` is no age in days; it is written 16500 or 20054-20418",
            f"`{name}` n'est pas un âge en jours ; il s'écrit 16500 ou 20054-20418",
        )
    return _age(typed, today - timedelta(days=most), today - timedelta(days=least), today)


def _born(typed: str, days: Days | None, today: date) -> Age:
    """The births a date, month or year leaves possible, none of them after the day of evaluation."""
    name = shown(typed)
    if days is None or days.first > today:
        raise Unread(
            f"`{name}` is after {today.isoformat()}, the day of evaluation",
            f"`{name}` est après le {today.isoformat()}, jour de l'évaluation",
        )
    if days.first.year < today.year - OLDEST:
        raise Unread(f"`{name}` makes more than {OLDEST} years of age", f"`{name}` donne plus de {OLDEST} ans")
    return _age(typed, days.first, min(days.last, today), today)
