"""An age or a birth date as typed becomes the first and last possible day of birth; nothing is guessed.

Ages are completed years (and months for children). A birthday on 29 February falls on 1 March in common years, as in civil-status practice in
France and the United Kingdom. A year of birth alone leaves two possible ages. Pure functions: the day of evaluation is an argument.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from myofind.names.normal import normal_form

__all__ = ["Age", "add_age", "age_on", "read_age", "read_birth_date"]

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


def add_age(birth: date, n: int, unit: str) -> date:
    """The day on which an age is reached; unit is years, months, weeks or days.

    >>> add_age(date(2008, 2, 29), 18, "years")
    datetime.date(2026, 3, 1)
    """
    if unit in ("days", "weeks"):
        return birth + timedelta(days=n * (7 if unit == "weeks" else 1))
    if unit not in ("years", "months"):
        raise ValueError(f"unknown unit of age `{unit}`: years, months, weeks or days")
    year, month = divmod(birth.year * 12 + birth.month - 1 + n * (12 if unit == "years" else 1), 12)
    month += 1
    if birth.day > calendar.monthrange(year, month)[1]:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, birth.day)


def age_on(birth: date, day: date) -> tuple[int, int]:
    """Completed years, and completed months beyond them."""
    months = (day.year - birth.year) * 12 + day.month - birth.month
    if add_age(birth, months, "months") > day:
        months -= 1
    return divmod(months, 12)


def _age(typed: str, earliest: date, latest: date, today: date) -> Age:
    old, young = age_on(earliest, today), age_on(latest, today)
    years = old[0] if old[0] == young[0] else None
    return Age(typed, earliest, latest, years, old[1] if old == young else None)


def _earliest_not_reached(today: date, n: int, unit: str) -> date:
    """The first day of birth at which the age has not been reached on the day."""
    if unit in ("days", "weeks"):
        return today - timedelta(days=n * (7 if unit == "weeks" else 1) - 1)
    months = n * (12 if unit == "years" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = date(year, month + 1, 1)
    while add_age(day, n, unit) <= today:
        day += timedelta(days=1)
    return day


def _between(typed: str, today: date, n: int, unit: str) -> Age:
    """Born so that `n` units are completed and `n + 1` are not."""
    latest = today if n == 0 else _earliest_not_reached(today, n, unit) - timedelta(days=1)
    earliest = _earliest_not_reached(today, n + 1, unit)
    return _age(typed, earliest, latest, today)


_YEARS = r"(?:years?|yrs?|ys?|yo|ans?|annees?|a)"
_MONTHS = r"(?:months?|mths?|mos?|mois|m)"
_WEEKS = r"(?:weeks?|wks?|w|semaines?|sem|s)"
_DAYS = r"(?:days?|d|jours?|j)"
_SEX = r"(?:f|m|h|male|female|man|woman|homme|femme|boy|girl|garcon|fille|fem|masc)"
_OLD = r"(?: ?(?:old|o|of age|d age|revolus?|of|age))?"
_LEAD = r"(?:age|aged|agee?|patient|patiente|" + _SEX + r"|environ|de|of)"
_AGE = rf"(?:{_LEAD} )*(?:(?P<years>\d{{1,4}}) ?(?:{_YEARS})?{_OLD})(?: (?:and|et))?(?: (?P<and_months>\d{{1,2}}) ?{_MONTHS}{_OLD})?(?: {_SEX})?\Z"
_YEARS_MARKED = rf"\d ?{_YEARS}\b"
_SMALL = rf"(?:{_LEAD} )*(?:(?P<months>\d{{1,4}}) ?{_MONTHS}|(?P<weeks>\d{{1,4}}) ?{_WEEKS}|(?P<days>\d{{1,5}}) ?{_DAYS}){_OLD}(?: {_SEX})?\Z"
_ACCEPTED = "an age is completed years (`45`, `45 ans`, `45y`), months (`6 mois`, `6 months`) or both (`17y 8m`, `17 ans et 8 mois`)"


def _split_units(form: str) -> str:
    """`17y8m` and `17a8m` are `17 y 8 m`."""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"(?<=\d)(?=[a-z])", " ", form))


def read_age(text: str, today: date) -> Age:
    """An age as people write it, in English or French; raises ValueError saying what was found and what is accepted."""
    typed = text.strip()
    if not typed:
        raise ValueError(f"the age is empty; {_ACCEPTED}")
    if typed.isascii() and typed.isdigit() and len(typed) < 4:
        return _checked(typed, today, int(typed), "years")
    if re.match(r"[-−–]\s*\d", typed):
        raise ValueError(f"`{typed}` is below zero; {_ACCEPTED}")
    half = re.search(r"\d\s*[.,]\s*\d|½|\bet demi|\band a half", typed)
    if half:
        raise ValueError(f"`{typed}` is not in whole units: write years and months (`17y 6m`, `17 ans et 6 mois`)")
    if re.search(r"\d\s*[-–/]\s*\d", typed):
        raise ValueError(
            f"`{typed}` looks like a range or a date; {_ACCEPTED}; a date of birth goes into the birth date"
        )
    form = _split_units(normal_form(typed))
    small = re.match(_SMALL, form)
    if small and small["months"] and form.endswith(" m") and (typed.endswith("M") or int(small["months"]) > 36):
        raise ValueError(f"`{typed}`: months or a man? write `{small['months']} months` or `{small['months']}`")
    if small:
        for unit in ("months", "weeks", "days"):
            if small[unit] is not None:
                return _checked(typed, today, int(small[unit]), unit)
    found = re.match(_AGE, form)
    if not found:
        raise ValueError(f"`{typed}` is not an age; {_ACCEPTED}")
    years = int(found["years"])
    if found["and_months"] is not None:
        months = int(found["and_months"])
        if months > 11:
            raise ValueError(f"`{typed}`: {months} months beside years; at most 11")
        return _checked(typed, today, years * 12 + months, "months")
    if years >= 1880 and not re.search(_YEARS_MARKED, form):
        raise ValueError(f"`{typed}` looks like a year of birth: give it as the birth date, or write the age in years")
    return _checked(typed, today, years, "years")


def _checked(typed: str, today: date, n: int, unit: str) -> Age:
    per_year = {"years": 1, "months": 12, "weeks": 52.1775, "days": 365.25}[unit]
    if n / per_year > OLDEST:
        raise ValueError(f"`{typed}` is more than {OLDEST} years; {_ACCEPTED}")
    return _between(typed, today, n, unit)


# --- dates of birth ----------------------------------------------------------------------------------------------------------------------

_MONTH_NAMES = {
    1: "january jan janvier janv", 2: "february feb fevrier fevr fev", 3: "march mar mars", 4: "april apr avril avr", 5: "may mai",
    6: "june jun juin", 7: "july jul juillet juil", 8: "august aug aout", 9: "september sept sep septembre", 10: "october oct octobre",
    11: "november nov novembre", 12: "december dec decembre",
}  # fmt: skip
_MONTH = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_ACCEPTED_BIRTH = "a birth date is written 1971-03-12, 12 mars 1971, 12 Mar 1971, 1971-03 or 1971"
_ISO = r"(\d{4}) (\d{1,2}) (\d{1,2})\Z"
_NUMERIC = r"(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})\Z"
_COMPACT_ISO = r"(\d{4})(\d{2})(\d{2})\Z"
_NAMED = r"(?:(\d{1,2})(?:er|st|nd|rd|th)? (?:of |de )?)?([a-z]+)(?: (\d{1,2})(?:st|nd|rd|th)?)? (\d{4}|\d{2})\Z"
_NAMED_ISO = r"(\d{4}) ([a-z]+)(?: (\d{1,2}))?\Z"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day |(?:lun|mar|mercre|jeu|vendre|same)di |dimanche |(?:mon|tue|wed|thu|fri|sat|sun) "
_BORN = r"(?:born(?: on| in)?|nee?(?: le| en)?|dob|ddn|date de naissance|date of birth|le|en|in|on) "


def read_birth_date(text: str, today: date) -> Age:
    """A date, month or year of birth; day first only where it can only be read so. Raises ValueError with what to type instead."""
    typed = text.strip()
    form = re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"(?<=\d)(?=(?!er|st|nd|rd|th)[a-z])", " ", normal_form(typed)))
    form = re.sub(r"t 00 00(?: 00)?(?: 000)?(?: z)?\Z", "", form).strip()
    while match := re.match(_BORN, form) or re.match(_WEEKDAY, form):
        form = form[match.end() :]
    if not form:
        raise ValueError(f"the birth date is empty; {_ACCEPTED_BIRTH}")
    if re.fullmatch(r"\d{4}", form):
        return _born(typed, today, int(form))
    if found := re.fullmatch(r"(\d{4}) (\d{1,2})", form):
        return _born(typed, today, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2}) (\d{4})", form):
        return _born(typed, today, int(found[2]), int(found[1]))
    if found := re.match(_ISO, form) or re.match(_COMPACT_ISO, form):
        return _born(typed, today, int(found[1]), int(found[2]), int(found[3]))
    if found := re.match(_NUMERIC, form):
        return _day_first(typed, today, found[1], found[2], found[3])
    if (found := re.match(_NAMED, form)) and found[2] in _MONTH and not (found[1] and found[3]):
        year = _whole_year(typed, found[4])
        day = found[1] or found[3]
        return _born(typed, today, year, _MONTH[found[2]], int(day) if day else None)
    if (found := re.match(_NAMED_ISO, form)) and found[2] in _MONTH:
        return _born(typed, today, int(found[1]), _MONTH[found[2]], int(found[3]) if found[3] else None)
    raise ValueError(f"`{typed}` is not a birth date; {_ACCEPTED_BIRTH}")


def _whole_year(typed: str, year: str) -> int:
    if len(year) != 4:
        raise ValueError(f"`{typed}`: write the year in four digits; {_ACCEPTED_BIRTH}")
    return int(year)


def _day_first(typed: str, today: date, first: str, second: str, year_text: str) -> Age:
    """`25/12/1962` can only be a day and a month; `03/04/1962` is two dates and is asked about."""
    year, a, b = _whole_year(typed, year_text), int(first), int(second)
    if a != b and 1 <= a <= 12 and 1 <= b <= 12:
        raise ValueError(
            f"`{typed}` is {year}-{b:02}-{a:02} or {year}-{a:02}-{b:02}: write the one you mean that way (year, month, day)"
        )
    if b > 12 >= a >= 1:
        raise ValueError(f"`{typed}` reads month first; write {year}-{a:02}-{b:02} if that is the day you mean")
    return _born(typed, today, year, b, a)


def _born(typed: str, today: date, year: int, month: int | None = None, day: int | None = None) -> Age:
    """The births a date, month or year leaves possible, none of them after the day of evaluation."""
    if not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"`{typed}` is no date of the calendar; {_ACCEPTED_BIRTH}")
    first, last = month or 1, month or 12
    length = calendar.monthrange(year, last)[1]
    if day is not None and not 1 <= day <= length:
        raise ValueError(f"`{typed}` is no date of the calendar: {year}-{last:02} has {length} days")
    earliest, latest = date(year, first, day or 1), date(year, last, day or length)
    if earliest > today:
        raise ValueError(f"`{typed}` is after {today.isoformat()}, the day of evaluation")
    if year < today.year - OLDEST:
        raise ValueError(f"`{typed}` makes more than {OLDEST} years of age; {_ACCEPTED_BIRTH}")
    return _age(typed, earliest, min(latest, today), today)
