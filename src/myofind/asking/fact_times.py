"""Times beside a fact or a treatment: a day, a month, a time ago, a length of time that lasts until now."""

from __future__ import annotations

import re
from datetime import date

from myofind.asking.tokens import LONGEST, refusal
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain import onsets
from myofind.domain.ages import OLDEST
from myofind.domain.dates import Unread
from myofind.domain.patient import When
from myofind.domain.typed_times import foreign_word, last_period, read_days

__all__ = ["part_of_period", "read_span", "read_time"]

_SINCE = re.compile(r"(?:since|depuis|seit|for|pendant)\s+")
_MORE = re.compile(r"(?:>=?|≥|more than|over|at least|plus de|au moins|mehr als|mindestens)\s*(?P<time>.*)\Z")
_LAST = re.compile(
    r"(?:(?:in|within|over|during|for|dans|durant|pendant|ces|au cours|sur)\s+)?(?:the\s+|les\s+|des\s+|de\s+)?(?:last|past|within)\s+(?P<en>[0-9]+\s*[a-z]+)\Z"
    r"|(?:(?:dans|durant|pendant|ces|au cours|sur)\s+)?(?:les\s+|des\s+)?(?P<fr>[0-9]+)\s*(?:dernier[es]*|passe[es]*)\s+(?P<unit>[a-z]+)\Z"
    r"|(?:dans|durant|pendant|ces|au cours|sur)\s+(?:les\s+|des\s+)?(?P<plain>[0-9]+\s*[a-z]+)\s+(?:dernier[es]*|passe[es]*)\Z"
)
"""`in the last 5 years`, `dans les 5 dernières années`, `ces 5 ans passés`."""


_MONTH = r"(?:jan|f[ei][bv]|mar|a[vp]r|ma[iy]|jui|jun|jul|ao?u|sep|o[ck]t|nov|de[cz])[a-z]*\.?"
_PART_OF = re.compile(
    rf"\b(?:the\s+)?(?:(?:early|late|mid|end|debut|fin|mi|milieu|courant|anfang|mitte|ende)(?:\s+(?:of|de)|\s*-)?|(?:beginning|start)\s+of)\s+(?=(?:{_MONTH}\s+)?(?:19|20)[0-9]{{2}}(?![0-9/-]))"
    rf"|\b(?:mid|mi)-(?=(?:{_MONTH}\s+)?(?:19|20)[0-9]{{2}}(?![0-9/-]))"
)
"""Which part of a month or a year: all of it is read, which holds every part."""


def part_of_period(text: str) -> bool:
    """Does a text begin with the word for a part of the month or year behind it: `fin 2020`, `early March 2020`?"""
    return _PART_OF.match(text) is not None


def read_time(text: str, day: date, *, bare: bool = False) -> When:
    """The days between which something happened; a bare length of time is that time ago where `bare` allows it."""
    text = _PART_OF.sub("", text)
    if (period := last_period(text, day)) is not None:
        return When(*period)
    if (longer := _LONGER_AGO.fullmatch(text)) is not None:
        return When(date.min, read_time(f"for {longer['time']}", day).last)
    try:
        told = onsets.read_onset(text, day, None)
    except Unread as error:
        if error.readings and text in error.said[0] and _ISO.fullmatch(error.readings[0][0]):
            readings = tuple((typed, words[0]) for typed, words in error.readings if typed <= day.isoformat())
            if len(readings) == 1:
                return read_time(readings[0][0], day)
            raise Ambiguous(error.said, field="", typed=text, readings=readings) from None
        if bare and error.readings:
            return read_time(f"for {text}", day)
        raise _no_time(text, day) from None
    if told.earliest is None:
        raise refusal(f"`{shown(text, 30)}` is an age, not a day", f"`{shown(text, 30)}` est un âge, pas une date")
    if told.latest and told.latest.year < day.year - OLDEST:
        raise refusal(
            f"`{shown(text, 30)}` is more than {OLDEST} years ago",
            f"`{shown(text, 30)}` : il y a plus de {OLDEST} ans",
            ("correct the year", "corriger l'année"),
        )
    return When(told.earliest, told.latest)


_LONGER_AGO = re.compile(
    r"(?:(?:il y a|vor) (?:plus (?:de |d')|mehr als |> ?)|(?:more than |over |> ?)(?=.* ago\Z))(?P<time>[0-9]+ ?[a-z]+)(?: ago)?"
)
"""`more than 5 years ago`: the day is not known, but it is not later than that."""


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LED_DAY = re.compile(r"(?:since|until|depuis|seit|in|en|on|le|from|des|im|am|for)\s+")


def _no_time(text: str, day: date) -> InputError:
    """Why a text is no time: it is none of the calendar, lies after the day, or is no time at all."""
    name = shown(text, 30)
    hint = ("write `2024-03`, `2024-03-12` or `6 months ago`", "écrire `2024-03`, `2024-03-12` ou `il y a 6 mois`")
    plain = _LED_DAY.sub("", text, count=1)
    try:
        days = read_days(plain)
    except Unread as error:
        if re.fullmatch("[0-9]{5}|[0-9]{4}-[0-9]{2}.*", plain) or re.fullmatch(
            r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", plain
        ):
            return refusal(*error.said, hint)
        if (word := foreign_word(text)) and len(text) < LONGEST:
            return refusal(
                f"`{name}`{'' if word == text else f': `{shown(word, 20)}`'} is not understood",
                f"`{name}`{'' if word == text else f' : `{shown(word, 20)}`'} n'est pas compris",
                (
                    "a time is written `2024-03`, `2024-03-12` or `6 months ago`; give other facts apart, or leave out the rest",
                    "une date s'écrit `2024-03`, `2024-03-12` ou `il y a 6 mois` ; donner les autres faits à part, ou laisser le reste",
                ),
            )
        return refusal(f"`{name}` is no day and no time ago", f"`{name}` n'est ni une date ni une durée", hint)
    if days.first > day:
        after = day.isoformat()
        hint = ("what is only planned is not typed", "ce qui n'est que prévu ne se donne pas")
        return refusal(f"`{name}` lies after {after}", f"`{name}` est postérieur au {after}", hint)
    return refusal(f"`{name}` is no day and no time ago", f"`{name}` n'est ni une date ni une durée", hint)


_BETWEEN = re.compile(r"[0-9] (?:to|a|au|and|et|bis) [0-9]")


def read_span(text: str, day: date, *, bare: bool = True) -> When:
    """The days between which something began that has lasted since: `since 2019`, `for more than 5 years`, `in the last 5 years`."""
    if (last := _LAST.match(text)) is not None:
        length = last["en"] or last["plain"] or f"{last['fr']} {last['unit']}"
        ago = read_time(f"for {length}", day).last
        return When(ago, ago)
    inner = _SINCE.sub("", text, count=1) if _SINCE.match(text) else text
    if (more := _MORE.match(inner)) is not None:
        return When(date.min, read_time(more["time"], day, bare=True).last)
    return read_time(inner if _BETWEEN.search(inner) else text, day, bare=bare)
