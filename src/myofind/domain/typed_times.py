"""Lengths of time and calendar days as people type them, in English, French or German: every character is read, or the text is refused naming the piece.

One pass over the pieces of a text (numbers, words, signs), so the time it takes grows with its length and no faster. Nothing is rounded
and nothing is passed over: `<18`, `-45`, `~45` and `45?` are refused, and what has two readings is asked about.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from myofind.diagnostics import shown
from myofind.domain.dates import Days, Unread, month_end
from myofind.records import NamedTuple

LONGEST = 120
"""Characters of the longest time anybody types."""


class Quantity(NamedTuple):
    """A number of years, months, weeks or days; `unit` is empty where none was typed."""

    number: int
    unit: str


_PIECE = r"[0-9]+|[a-z]+|[^\sa-z0-9]"


def refuse_endless(text: str) -> None:
    """Raise Unread for a text longer than any date or age."""
    if len(text) > LONGEST:
        begin = shown(text, 30)
        raise Unread(
            f"`{begin}` has {len(text):,} characters: longer than any date or age",
            f"`{begin}` a {len(text):,} caractères : plus long que toute date ou tout âge",
        )


def pieces(text: str) -> list[str]:
    """Numbers, words without case and accents, and single signs; raises Unread for numerals other than 0 to 9 and for endless texts."""
    refuse_endless(text)
    for char in text:
        if char.isnumeric() and not ("0" <= char <= "9" or "０" <= char <= "９"):
            raise Unread(
                f"`{shown(text)}`: `{shown(char)}` is not read: not in whole units, or not in the digits 0 to 9",
                f"`{shown(text)}` : `{shown(char)}` n'est pas lu : unités entières, en chiffres de 0 à 9",
            )
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(_PIECE, "".join(char for char in plain if not unicodedata.combining(char)))


_UNITS: Mapping[str, str] = {
    word: unit
    for unit, words in {
        "years": "year years yr yrs y ys yo an ans annee annees a jahr jahre jahren jahrig jahrige jahrigen jahriger jahriges jaehrig jaehrige jaehriger",
        "months": "month months mth mths mo mos mois m monat monate monaten",
        "weeks": "week weeks wk wks w semaine semaines sem s woche wochen",
        "days": "day days d jour jours tag tage tagen",
    }.items()
    for word in words.split()
}
_JOINING = frozenset(("and", "et", ",", "&"))


def quantities(typed: list[str], at: int, text: str) -> tuple[tuple[Quantity, ...], int]:
    """The numbers with their units that begin at a piece, and where they end; nothing where no number stands there.

    `17y 8m` is two. A hyphen may stand between a number and its unit, a stop after a unit, `and` or a comma between two.
    """
    found: list[Quantity] = []
    while at < len(typed) and typed[at].isdigit():
        if len(typed[at]) > 5:
            raise _not_read(text, typed[at])
        number, at = int(typed[at]), at + 1
        spot = at + 1 if at + 1 < len(typed) and typed[at] in ("-", "‐", "‑") and typed[at + 1] in _UNITS else at
        if spot < len(typed) and typed[spot] == "j":
            raise Unread(
                f"`{shown(text)}`: `j` is days (jours) or years (Jahre): write `{number} days` or `{number} years`",
                f"`{shown(text)}` : `j` vaut jours ou années (Jahre) : écrire `{number} jours` ou `{number} ans`",
            )
        unit = _UNITS.get(typed[spot], "") if spot < len(typed) else ""
        if unit:
            at = _past_unit(typed, spot)
        found.append(Quantity(number, unit))
        joined = at + 1 if at < len(typed) and typed[at] in _JOINING else at
        if not (unit and joined < len(typed) and typed[joined].isdigit()):
            break
        at = joined
    return tuple(found), at


def _past_unit(typed: list[str], at: int) -> int:
    """The place after a unit at `at`: its stop, and the `o` of `y.o.`, `y/o` and `y o` belong to it."""
    short = typed[at] in ("y", "a", "yr", "yrs")
    at += 1
    for marks in ((".", "/"), ()):
        spot = at + 1 if marks and at < len(typed) and typed[at] in marks else at
        if short and spot < len(typed) and typed[spot] == "o":
            at = spot + 1
            break
    return at + 1 if at < len(typed) and typed[at] == "." else at


def _not_read(text: str, piece: str) -> Unread:
    return Unread(
        f"`{shown(text)}`: `{shown(piece, 20)}` is not understood",
        f"`{shown(text)}` : `{shown(piece, 20)}` n'est pas compris",
    )


# Calendar days ---------------------------------------------------------------------------------------------------------

_MONTH_NAMES = {
    1: "january jan janvier janv januar", 2: "february feb fevrier fevr fev februar", 3: "march mar mars marz", 4: "april apr avril avr", 5: "may mai",
    6: "june jun juin juni", 7: "july jul juillet juil juli", 8: "august aug aout", 9: "september sept sep septembre", 10: "october oct octobre oktober okt",
    11: "november nov novembre", 12: "december dec decembre dezember dez",
}  # fmt: skip
MONTHS: Mapping[str, int] = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_WEEKDAYS = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
))  # fmt: skip
_ORDINALS = frozenset(("er", "st", "nd", "rd", "th"))
_FORMS = ("1971-03-12, 12 mars 1971, 12 Mar 1971, 1971-03 or 1971", "1971-03-12, 12 mars 1971, 1971-03 ou 1971")

DATE = ("a date", "une date")


_AROUND = frozenset(
    word
    for words in (
        "since until depuis jusque jusqu seit for pendant from to in im en on am le la les l the of de du d des a au aux und et and between entre zwischen bis ago vor il y last past dernier derniere",
        "derniers dernieres more than over plus less moins mehr als age aged at fin end debut mid early late beginning begin ende anfang mitte",
    )
    for word in words.split()
)
"""Words that may stand around a time."""


def foreign_word(text: str) -> str:
    """The first word of a text that is no part of any date or length of time; empty where there is none."""
    known = _UNITS.keys() | MONTHS.keys() | _WEEKDAYS | _ORDINALS | _AROUND
    try:
        return next((piece for piece in pieces(text) if piece.isalpha() and piece not in known), "")
    except Unread:
        return ""


def read_days(text: str, what: tuple[str, str] = DATE) -> Days:
    """A day, a month or a year of the calendar; raises Unread with what to type instead, calling the text what it should be.

    Day and month in figures are read day first, and only where they can only be read so; `03/04/1962` is asked about.
    """
    typed = pieces(text)
    if typed[:1] and typed[0] in _WEEKDAYS:
        typed = typed[2:] if typed[1:2] in ([","], ["."]) else typed[1:]
    typed = _without_midnight(typed)
    numbers = _numeric(typed)
    if numbers is not None:
        return _from_figures(text, numbers, what)
    return _from_words(text, typed, what)


def _without_midnight(typed: list[str]) -> list[str]:
    """The pieces before `T00:00:00Z` or `00:00`, as tables write a day."""
    clock = "".join(typed[5:]).removeprefix("t")
    return typed[:5] if re.fullmatch(r"00:00(:00(\.0{1,6})?)?z?", clock) else typed


def _numeric(typed: list[str]) -> list[str] | None:
    """The figures of a date with one kind of separator between them; None for anything else."""
    figures, marks = typed[::2], typed[1::2]
    if not figures or len(figures) > 3 or len(typed) % 2 == 0 or not all(piece.isdigit() for piece in figures):
        return None
    if len(set(marks)) > 1 or set(marks) - set("-/.‐‑–−"):
        return None
    return figures


_SPREADSHEET = date(1899, 12, 30)
"""The day that spreadsheets count days from."""


def _from_figures(text: str, figures: list[str], what: tuple[str, str]) -> Days:
    if len(figures) == 1 and len(figures[0]) == 8:
        whole = figures[0]
        figures = [whole[:4], whole[4:6], whole[6:]]
    lengths = [len(piece) for piece in figures]
    numbers = [int(piece) for piece in figures]
    if lengths == [5]:
        day = (_SPREADSHEET + timedelta(numbers[0])).isoformat()
        raise Unread(
            f"`{shown(text)}` may be how a spreadsheet counts days; write {day} if that is the day you mean",
            f"`{shown(text)}` est peut-être le compte des jours d'un tableur ; écrire {day} si c'est le jour voulu",
        )
    if lengths[0] == 4 and all(length <= 2 for length in lengths[1:]):
        return _days(text, *numbers)
    if len(figures) == 2 and lengths[0] <= 2 and lengths[1] == 4:
        return _days(text, numbers[1], numbers[0])
    if len(figures) == 2 and max(lengths) <= 2:
        _whole_year(text, figures[1])
    if len(figures) == 3 and lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] in (2, 4):
        return _day_first(text, numbers[0], numbers[1], figures[2])
    raise _no_date(text, what)


def _day_first(text: str, a: int, b: int, year_text: str) -> Days:
    """`25/12/1962` can only be a day and a month; `03/04/1962` is two dates and is asked about."""
    year = _whole_year(text, year_text)
    if a != b and 1 <= a <= 12 and 1 <= b <= 12:
        first, second = f"{year}-{b:02}-{a:02}", f"{year}-{a:02}-{b:02}"
        raise Unread(
            f"`{shown(text)}` is {first} or {second}: write the one you mean that way (year, month, day)",
            f"`{shown(text)}` est {first} ou {second} : écrire la date voulue ainsi (année, mois, jour)",
            ((first, (first, first)), (second, (second, second))),
        )
    if b > 12 >= a >= 1:
        meant = f"{year}-{a:02}-{b:02}"
        raise Unread(
            f"`{shown(text)}` reads month first; write {meant} if that is the day you mean",
            f"`{shown(text)}` se lit mois d'abord ; écrire {meant} si c'est le jour voulu",
        )
    return _days(text, year, b, a)


def _from_words(text: str, typed: list[str], what: tuple[str, str]) -> Days:
    """`12 mars 1971`, `March 12, 1971`, `12-Mar-1971`, `mars 1971`, `1971 mars 12`: one month in letters, a year, perhaps a day."""
    month = day = None
    year_text = ""
    for at, piece in enumerate(typed):
        before, after = typed[at - 1] if at else "", typed[at + 1] if at + 1 < len(typed) else ""
        if piece in MONTHS and month is None:
            month = MONTHS[piece]
        elif piece.isdigit() and len(piece) == 4 and not year_text:
            year_text = piece
        elif piece.isdigit() and len(piece) <= 2 and day is None and not (month and not year_text and not after):
            day = int(piece)
        elif piece.isdigit() and len(piece) == 2 and not year_text and not after:
            year_text = piece
        elif not (
            (piece in _ORDINALS and before.isdigit())
            or (piece in ("of", "de") and before and after in MONTHS)
            or (piece in (",", "-", ".", "/") and (before.isalnum() and after.isalnum()))
            or (piece == "." and before in MONTHS)
        ):
            raise _no_date(text, what, piece)
    if month is None or not year_text:
        raise _no_date(text, what)
    year = _whole_year(text, year_text)
    return _days(text, year, month, day) if day is not None else _days(text, year, month)


def _whole_year(text: str, year: str) -> int:
    if len(year) != 4:
        raise Unread(
            f"`{shown(text)}`: write the year in four digits; for example {_FORMS[0]}",
            f"`{shown(text)}` : écrire l'année en quatre chiffres ; par exemple {_FORMS[1]}",
        )
    return int(year)


def _days(text: str, year: int, month: int | None = None, day: int | None = None) -> Days:
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        raise Unread(
            f"`{shown(text)}` is no date of the calendar; a date is written {_FORMS[0]}",
            f"`{shown(text)}` n'est pas une date du calendrier ; une date s'écrit {_FORMS[1]}",
        )
    last = month or 12
    length = month_end(year, last).day
    if day is not None and not 1 <= day <= length:
        raise Unread(
            f"`{shown(text)}` is no date of the calendar: {year}-{last:02} has {length} days",
            f"`{shown(text)}` n'est pas une date du calendrier : {year}-{last:02} a {length} jours",
        )
    return Days(date(year, month or 1, day or 1), date(year, last, day or length))


def _no_date(text: str, what: tuple[str, str], piece: str = "") -> Unread:
    en = f": `{shown(piece, 20)}` is not understood" if piece else ""
    fr = f" : `{shown(piece, 20)}` n'est pas compris" if piece else ""
    return Unread(
        f"`{shown(text)}` is not {what[0]}{en}; a date is written {_FORMS[0]}",
        f"`{shown(text)}` n'est pas {what[1]}{fr} ; une date s'écrit {_FORMS[1]}",
    )


_PERIOD = re.compile(
    r"(?:(?:since|until|depuis|seit)\s+)?(?:last\s+(?P<en>week|month|year)|(?:(?:le|la|des|de|du|de la)\s+)?(?:l')?(?P<fr>semaine|mois|an|annee)\s+(?:derniere?|passee?))\Z"
)
"""`last month`, `la semaine dernière`: the one before the present one; not `the last month`, which ends today."""


def is_period(text: str) -> bool:
    """Is it `last month`, `la semaine dernière`?"""
    return _PERIOD.fullmatch(text.strip()) is not None


def last_period(text: str, day: date) -> Days | None:
    """The days of the week, month or year before the present one; None for any other text."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        return None
    match found["en"] or found["fr"]:
        case "week" | "semaine":
            monday = day - timedelta(days=day.weekday() + 7)
            return Days(monday, monday + timedelta(days=6))
        case "month" | "mois":
            last = day.replace(day=1) - timedelta(days=1)
            return Days(last.replace(day=1), last)
    return Days(date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))
