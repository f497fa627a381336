"""When the disease began, as typed: a day, a time ago or an age, and which of the three must be plain.

`6 months` alone may be six months ago or at six months of age: it is asked about and never read as a disease of childhood. A time keeps the
precision of its unit: "24 months ago" is 24 completed months, "2 years ago" two completed years.
"""

from __future__ import annotations

import re
from datetime import date

from myofind.diagnostics import shown
from myofind.domain.ages import begun
from myofind.domain.dates import Days, Unread, add_age, months_in
from myofind.domain.patient import Birth, Onset
from myofind.domain.typed_times import Quantity, last_period, pieces, quantities, read_days, refuse_endless
from myofind.records import NamedTuple

_FORMS = ("write `2024-03`, `6 months ago` or `at 12 years`", "écrire `2024-03`, `il y a 6 mois` ou `à 12 ans`")
_LEAD = r"(?:(?:onset|began|begun|started|(?:first )?symptoms?|debut|depart|(?:premiers? )?(?:symptomes?|signes?)|(?:symptom|krankheits)?beginn|erstsymptome?)\s*:?\s+)?"
_AGO = (
    re.compile(_LEAD + r"(?:il y a|depuis|for|since|evoluant depuis|vor|seit)\s+(?P<time>.*)\Z"),
    re.compile(_LEAD + r"(?P<time>.*?)\s+(?:ago|d['’]evolution)\Z"),
    re.compile(r"(?:duree d['’])?evolution\s*:?\s+(?:de |depuis )?(?P<time>.*)\Z"),
)
_AGE = (
    re.compile(
        _LEAD
        + r"(?:(?:since|depuis|from|des|seit)\s+)?(?:a l'age de|a l’age de|l'age de|l’age de|the age of|at the age of|at age of|at age|at an age of|a|at|age de|aged|age of|age|mit|im alter von)\s*:?\s+(?P<time>.*)\Z"
    ),
    re.compile(_LEAD + r"(?P<time>.*?)(?:\s+of age|\s+d'age|\s+d’age|[\s-]+old)\Z"),
)
_DATE = re.compile(_LEAD + r"(?:since|depuis|seit|in|en|on|le|from|des|im|am)\s+(?P<time>.*)\Z")
_BETWEEN = (
    re.compile(_LEAD + r"(?:between|entre|zwischen)\s+(?P<first>.*?)\s+(?:and|et|und)\s+(?P<last>.*)\Z"),
    re.compile(_LEAD + r"(?:from\s+|de\s+|du\s+|von\s+)?(?P<first>.*?)\s+(?:to|a|au|bis)\s+(?P<last>.*)\Z"),
    re.compile(_LEAD + r"(?P<first>[0-9]{4})\s?[-–/]\s?(?P<last>[0-9]{4})\Z"),
)
_BIRTH = frozenset(
    ("at birth", "a la naissance", "from birth", "des la naissance", "since birth", "depuis la naissance")
)

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a un une ein eine einem einer", "two deux zwei", "three trois drei", "four quatre vier", "five cinq funf", "six sechs", "seven sept sieben",
            "eight huit acht", "nine neuf neun", "ten dix zehn", "eleven onze elf", "twelve douze zwolf",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNTED = re.compile(
    rf"\b(?:{'|'.join(_NUMBERS)})\b(?=\s+(?:years?|months?|weeks?|days?|ans?|annees?|mois|semaines?|jours?|jahre?n?|monate?n?|wochen?|tage?n?)\b)"
)
"""Small numbers in letters before a unit of time: `a year ago`, `il y a un an`, `vor zwei Jahren`."""


class _Words(NamedTuple):
    """An onset as typed, and without case, accents and doubled spaces."""

    typed: str
    plain: str


def read_onset(text: str, day: date, birth: Birth | None) -> Onset:
    """The days between which the disease began, or the ages; raises Unread for anything that is not plainly one of them."""
    typed = text.strip()
    refuse_endless(typed)
    words = _Words(typed, _plain(typed))
    found = (
        _last_period(words, day)
        or _between_ages(words)
        or _dated(words, day)
        or _by_age(words)
        or _one_end(words, day)
        or _ago(words, day)
        or _bare(words)
    )
    if found is None:
        raise _unread(words)
    return _possible(typed, found, day, birth)


def _last_period(words: _Words, day: date) -> Onset | None:
    """An onset in the week, month or year before the present one: `last year`, `le mois dernier`."""
    days = last_period(words.plain, day)
    return Onset(days.first, days.last) if days else None


def _plain(text: str) -> str:
    import unicodedata

    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = " ".join("".join(char for char in folded if not unicodedata.combining(char)).split())
    return _COUNTED.sub(lambda word: str(_NUMBERS[word[0]]), plain)


_OFTEN = re.compile(r"(?:\b(?:once|twice|times|fois|m?g|ml|every|each|mal)\s+|/\s*)\Z")
"""Before a number in letters that says how often: `once a week`, `10 mg a day`."""


def in_figures(text: str) -> str:
    """A text with small numbers in letters before a unit of time as figures, apart from those that say how often: `a year ago`, `il y a dix ans`."""

    def figure(word: re.Match[str]) -> str:
        often = _OFTEN.search(text, 0, word.start()) if _NUMBERS[word[0].casefold()] == 1 else None
        return word[0] if often else str(_NUMBERS[word[0].casefold()])

    return _COUNTED.sub(figure, text)


def _unread(words: _Words, why: tuple[str, str] = ("", "")) -> Unread:
    name = shown(words.typed, 30)
    return Unread(
        f"the onset `{name}` is neither a date, a time ago nor an age{why[0]}; {_FORMS[0]}",
        f"le début `{name}` n'est ni une date, ni un délai, ni un âge{why[1]} ; {_FORMS[1]}",
    )


_AGES = re.compile(
    _LEAD
    + r"(?:a l'age de|at the age of|at age|at|a|age de|aged|age|mit|im alter von)\s*:?\s+(?P<first>[0-9]{1,4})\s*(?:-|–|to|a|and|et|und|bis)"
    r"\s*(?P<last>[0-9]{1,4})\s*(?P<unit>[a-z]*)(?:\s+of age|\s+d'age|[\s-]+old)?\Z"
)


def _between_ages(words: _Words) -> Onset | None:
    """An age at onset between two: `at 50 to 55 years`; figures alone may be days, and are left."""
    ages = _AGES.fullmatch(words.plain)
    last = _time(words, f"{ages['last']} {ages['unit']}") if ages and (ages["unit"] or "age" in words.plain) else None
    if ages is None or last is None or last.unit not in ("", "years", "months") or int(ages["first"]) > last.number:
        return None
    first = Quantity(int(ages["first"]), last.unit)
    return Onset(youngest_months=_at_age(first).youngest_months, oldest_months=_at_age(last).oldest_months)


def _dated(words: _Words, day: date) -> Onset | None:
    """An onset that is a day, a month, a year, or lies between two of them."""
    if not re.search(r"\d{4}(?!\s*(?:months?|mois|monate?n?)\b)|\d\s*[-/.]\s*\d", words.plain):
        return None
    for form in _BETWEEN:
        between = form.fullmatch(words.plain)
        if between and re.search(r"\d{4}", between["first"]):
            return Onset(
                _checked(words, between["first"], day).first, min(day, _checked(words, between["last"], day).last)
            )
    led = _DATE.fullmatch(words.plain)
    inner = led["time"] if led else re.sub(r"\A" + _LEAD, "", words.plain)
    days = _checked(words, inner, day)
    return Onset(days.first, min(day, days.last))


def _checked(words: _Words, text: str, day: date) -> Days:
    try:
        days = read_days(text, ("an onset", "un début"))
    except Unread as error:
        raise error if error.readings else _year_alone(words, text, error) from None
    if days.first > day:
        name = shown(words.typed, 30)
        raise Unread(
            f"the onset {name} lies after {day.isoformat()}", f"le début {name} est postérieur au {day.isoformat()}"
        )
    return days


def _year_alone(words: _Words, text: str, error: Unread) -> Unread:
    """What cannot be read of a date whose year is plain, with the year to write instead."""
    years = set(re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text))
    if len(years) != 1 or re.fullmatch(r"[0-9\s./-]+", text):
        return error
    name, year = shown(words.typed, 30), years.pop()
    if beyond := re.search(r"\b(?:(before|prior|until|avant|jusqu|vor)|after|apres|nach)\b", text):
        between = f"{int(year) - 10} to {int(year) - 1}" if beyond[1] else f"{int(year) + 1} to {int(year) + 2}"
        return Unread(
            f"the onset `{name}` has one end only; write the years or months it lies between: `{between}`",
            f"le début `{name}` n'a qu'une borne ; écrire les années ou les mois entre lesquels il se situe : `{between}`",
        )
    return Unread(
        f"the onset `{name}` is no date that can be read; write `{year}` for the year alone, or the months it lies between: `{year}-01 to {year}-06`",
        f"le début `{name}` n'est pas une date lisible ; écrire `{year}` pour l'année seule, ou les mois entre lesquels il se situe : `{year}-01 à {year}-06`",
    )


def _time(words: _Words, text: str) -> Quantity | None:
    """One length of time, years and months together as months; None where the text is no length of time."""
    typed = pieces(text)
    amounts, end = quantities(typed, 0, words.typed)
    if not amounts or end != len(typed):
        return None
    units = tuple(amount.unit for amount in amounts)
    if units == ("years", "months") and amounts[1].number < 12:
        return Quantity(amounts[0].number * 12 + amounts[1].number, "months")
    if len(amounts) > 1:
        return None
    if amounts[0].number > {"": 125, "years": 125, "months": 1500}.get(units[0], amounts[0].number):
        raise _unread(words, (": more than 125 years", " : plus de 125 ans"))
    return amounts[0]


def _ago(words: _Words, day: date) -> Onset | None:
    for form in _AGO:
        ago = form.fullmatch(words.plain)
        if ago and (time := _time(words, ago["time"])) is not None:
            if not time.unit:
                raise _unread(words, (": years, months, weeks or days?", " : années, mois, semaines ou jours ?"))
            days = begun(day, time.number, time.unit)
            return Onset(days.first, days.last)
    return None


_MORE = r"(?:>=?|≥|more than|over|at least|plus d[e']|au moins|mehr als|mindestens|after(?: the)?(?: age(?: of)?)?|apres(?: l'age de)?)\s*"
_LESS = r"(?:<=?|≤|less than|under|moins d[e']|au plus|at most|weniger als|hochstens|before(?: the)?(?: age(?: of)?)?|avant(?: l'age de)?)\s*"
_ONE_END = re.compile(
    _LEAD
    + rf"(?P<lead>(?:il y a|depuis|for|since|seit|vor)\s+)?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?P<time>.*?)(?P<ago>\s+ago|\s+d['’]evolution)?\Z"
)


def _one_end(words: _Words, day: date) -> Onset | None:
    """A time ago of which only one end is told: less than a time ago is until today; of all others the other end is asked for."""
    found = _ONE_END.fullmatch(words.plain)
    time = _time(words, found["time"]) if found else None
    if found is None or time is None or not time.unit or not time.number:
        return None
    ago = bool(found["lead"] or found["ago"])
    if ago and found["less"] and not re.match("au plus|at most|<=|≤|hochstens", found["less"]):
        return Onset(begun(day, time.number - 1, time.unit).first, day)
    last = begun(day, time.number, time.unit).last.isoformat()[:7]
    days = f"{int(last[:4]) - 5} to {last}" if found["more"] else f"{last} to {day.isoformat()[:7]}"
    age = f"; of age `at {time.number} to {time.number + 9} {time.unit}`" if not ago and found["more"] else ""
    age = age or (f"; of age `at 0 to {time.number - 1} {time.unit}`" if not ago else "")
    raise Unread(
        f"the onset `{shown(words.typed, 30)}` has one end only: write what it lies between, of time `{days}`{age}",
        f"le début `{shown(words.typed, 30)}` n'a qu'une borne : écrire entre quoi il se situe, en dates `{days}`{age.replace('of age', 'en âge')}",
    )


def _by_age(words: _Words) -> Onset | None:
    if words.plain in _BIRTH:
        return Onset(youngest_months=0, oldest_months=0)
    for form in _AGE:
        aged = form.fullmatch(words.plain)
        if aged is None:
            continue
        for between in (r"(?P<first>.+) (?:to|a) (?P<last>.+)", r"(?P<first>.+) (?:and|et) (?P<last>.+)"):
            ends = re.fullmatch(between, aged["time"])
            if ends and (last := _time(words, ends["last"])) is not None and last.unit == "months":
                first = _time(words, ends["first"])
                if first is not None and first.unit in ("", "months") and first.number <= last.number:
                    return Onset(youngest_months=first.number, oldest_months=last.number)
        time = _time(words, re.sub(r"(?:\s+of age|\s+d['’]age|[\s-]+old)\Z", "", aged["time"]))
        if time is not None:
            return _at_age(time)
    return None


def _at_age(time: Quantity) -> Onset:
    """An age at onset in completed months; of a number of weeks or days, the months they are from whichever birth."""
    if time.unit in ("", "years"):
        return Onset(youngest_months=time.number * 12, oldest_months=time.number * 12 + 11)
    if time.unit == "months":
        return Onset(youngest_months=time.number, oldest_months=time.number)
    first = time.number * (7 if time.unit == "weeks" else 1)
    least, most = months_in(first)[0], months_in(first + (6 if time.unit == "weeks" else 0))[1]
    return Onset(youngest_months=least, oldest_months=most)


def _bare(words: _Words) -> Onset | None:
    """A length of time and nothing else: ago, or at that age? It is asked."""
    inner = re.sub(r"\A" + _LEAD, "", words.plain)
    time = _time(words, inner)
    if time is None:
        return None
    unit = time.unit or "years"
    number = f"{time.number}"
    one = time.number == 1
    en = f"{number} {unit[:-1] if one else unit}"
    fr = f"{number} {({'years': 'an', 'months': 'mois', 'weeks': 'semaine', 'days': 'jour'} if one else _FRENCH)[unit]}"
    name = shown(words.typed, 30)
    raise Unread(
        f"the onset `{name}` is {en} ago, or at the age of {en}? write `{en} ago` or `at {en}`",
        f"le début `{name}` : il y a {fr}, ou à l'âge de {fr} ? écrire `il y a {fr}` ou `à {fr}`",
        ((f"{en} ago", (f"{en} ago", f"il y a {fr}")), (f"at {en}", (f"at the age of {en}", f"à l'âge de {fr}"))),
    )


_FRENCH = {"years": "ans", "months": "mois", "weeks": "semaines", "days": "jours"}


def _possible(typed: str, onset: Onset, day: date, birth: Birth | None) -> Onset:
    """The onset, where it lies between the birth and the day; raises Unread where it cannot."""
    name = shown(typed, 30)
    if birth and onset.latest and onset.latest < birth.earliest:
        raise Unread(f"the onset {name} lies before the birth", f"le début {name} est antérieur à la naissance")
    if birth and onset.youngest_months is not None and add_age(birth.earliest, onset.youngest_months, "months") > day:
        raise Unread(
            f"the onset {name} lies in the future of this patient", f"le début {name} est à venir pour ce patient"
        )
    return onset


def typed_onset(onset: Onset, day: date) -> str:
    """An onset as one can type it and have it read again: a day, a month, a year, two days, or an age."""
    if onset.earliest is None or onset.latest is None:
        least, most = onset.youngest_months or 0, onset.oldest_months or 0
        if least == most:
            return f"at {least} month{'' if least == 1 else 's'}"
        if least % 12 == 0 and most == least + 11:
            return f"at {least // 12} year{'' if least == 12 else 's'}"
        return f"at {least} to {most} months"
    first, last = onset.earliest.isoformat(), onset.latest.isoformat()
    for text in (first, first[:7], first[:4]):
        days = read_days(text)
        if (days.first, min(day, days.last)) == (onset.earliest, onset.latest):
            return text
    return f"{first} to {last}"
