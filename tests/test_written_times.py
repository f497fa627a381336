"""Days, ages and onsets in every form they are written in, against the calendar walked day by day."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from naive_times import completed, days_before

from myofind.diagnostics import shown
from myofind.domain.ages import begun, both, read_age, read_birth_date
from myofind.domain.dates import Days, Unread
from myofind.domain.onsets import read_onset, typed_onset
from myofind.domain.patient import Birth, Onset
from myofind.domain.typed_times import LONGEST, Quantity, pieces, quantities, read_days
from tests.together import together

TODAY = date(2026, 11, 25)
MARKS = "-/.‐‑–−"
DAYS = [date(1971, 3, 12), date(2000, 2, 29), date(1999, 12, 31), date(2026, 1, 1), date(1984, 8, 8), date(2012, 5, 4)]
MONTHS = {
    1: "january jan janvier januar janv", 2: "february feb février fevrier févr februar", 3: "march mar mars märz", 4: "april apr avril avr", 5: "may mai",
    6: "june jun juin juni", 7: "july jul juillet juil juli", 8: "august aug août aout", 9: "september sept sep septembre", 10: "october oct octobre oktober",
    11: "november nov novembre", 12: "december dec décembre dezember dez",
}  # fmt: skip
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun lundi mardi mercredi jeudi vendredi samedi dimanche"


def refused(text: str) -> Unread:
    with pytest.raises(Unread) as refusal:
        read_days(text)
    return in_both_languages(refusal.value)


def in_both_languages(refusal: Unread) -> Unread:
    """A refusal says in each language what to write, and nothing of it in the other."""
    english, french = (re.sub(r"`.*?`", "", words) for words in refusal.said)
    assert not re.search(r" ou | est |écrire|s'écrit|au plus", english), english
    assert not re.search(r" or | is |write|written|an age|at most", french), french
    return refusal


def forms(day: date) -> Iterator[str]:
    """A day as it is written where it can only be that day."""
    for mark in MARKS:
        yield mark.join((f"{day.year}", f"{day.month:02}", f"{day.day:02}"))
        yield mark.join((f"{day.year}", f"{day.month}", f"{day.day}"))
        if day.day > 12 or day.day == day.month:
            yield mark.join((f"{day.day:02}", f"{day.month:02}", f"{day.year}"))
    yield f"{day:%Y%m%d}"
    for clock in ("T00:00:00Z", "T00:00", " 00:00", " 00:00:00", " 00:00:00.0", "T00:00:00.000000"):
        yield f"{day.isoformat()}{clock}"
    for name in MONTHS[day.month].split():
        yield from (
            f"{day.day} {name} {day.year}",
            f"{name} {day.day}, {day.year}",
            f"{name.upper()} {day.day} {day.year}",
        )
        yield from (f"{day.day}-{name}-{day.year}", f"{day.day}/{name}/{day.year}", f"{day.day}. {name} {day.year}")
        yield from (
            f"{day.year} {name} {day.day}",
            f"{day.day}th of {name} {day.year}",
            f"{day.day} de {name} {day.year}",
        )
        yield from (
            f"{day.day:02} {name}. {day.year}",
            f"{name.title()} {day.day}th, {day.year}",
            f"{day.day}er {name} {day.year}",
        )
    for weekday in WEEKDAYS.split():
        yield from (f"{weekday} {day.isoformat()}", f"{weekday}, {day.isoformat()}", f"{weekday}. {day.isoformat()}")


@together((text, day) for day in DAYS for text in forms(day))
def test_a_day_is_read_in_every_form(text: str, day: date) -> None:
    assert read_days(text) == Days(day, day)


@together((year, month) for year in (1900, 1971, 2000, 2024) for month in range(1, 13))
def test_a_month_and_a_year_are_all_their_days(year: int, month: int) -> None:
    last = calendar.monthrange(year, month)[1]
    whole = Days(date(year, month, 1), date(year, month, last))
    names = MONTHS[month].split()
    for text in (f"{year}-{month:02}", f"{month:02}/{year}", f"{month}.{year}", *(f"{name} {year}" for name in names)):
        assert read_days(text) == whole, text
    assert read_days(f"{year}") == Days(date(year, 1, 1), date(year, 12, 31))
    assert read_days(f"{year}-{month}-{last}").first == whole.last
    for beyond in (0, last + 1):
        assert f"{year}-{month:02} has {last} days" in refused(f"{year}-{month:02}-{beyond:02}").said[0]
        assert f"{year}-{month:02} a {last} jours" in refused(f"{beyond} {names[0]} {year}").said[1]


@together(itertools.product(range(1, 13), range(1, 32), "-/."))
def test_figures_that_may_be_two_days_are_asked_about(first: int, second: int, mark: str) -> None:
    text = f"{first:02}{mark}{second:02}{mark}1962"
    if first == second:
        assert read_days(text).first == date(1962, first, first)
        return
    refusal = refused(text)
    readings = [meant for meant, _ in refusal.readings]
    if second <= 12:
        assert readings == [f"1962-{second:02}-{first:02}", f"1962-{first:02}-{second:02}"]
    else:
        assert readings == []
        assert f"reads month first; write 1962-{first:02}-{second:02}" in refusal.said[0]


@together(
    (text, said)
    for said, texts in {
        "four digits": ("12/03/71", "25.12.62", "mars 71", "12 mars 71", "March 12, 71", "3/71", "12-03"),
        "no date of the calendar": ("1971-13", "1971-00", "0000-01", "13/1971", "1971-13-01", "00/1971", "19711301"),
        "26000` may be how a spreadsheet counts days; write 1971-03-08": ("26000",),
        "is not understood": (
            *("mars avril 1971", "1971 mars 1972", "1971 mars 12 13", "mars 1971-", "-mars 1971", "th 12 mars 1971", "mars of 1971"),
            *("of mars 1971", "de mars 1971", "12 ; mars 1971", "x mars 1971", ". mars 1971", "th mars 1971", "mars , 1971 ,", "12 mars 1971 5"),
            *("mars 123 1971", "12 mars 13 1971", "1971 mars , ."),
        ),
        "is not a date": (
            *("", "12", "123", "1971-03/12", "1971_03_12", "1971:03:12", "1971-03-12-01", "1971-003-12", "197-03-12", "1971 03 12", "mars", "12 mars", "monday"),
            *("123-03-1971", "12-003-1971", "12-03-197", "12-03-19711", "123456", "1971031", "197103120", "1-1971-12", "1971-03-12T12:00", "1971-03-12 00:00:01"),
            *("1971-03-12 00:00:00.0000001", "monday monday 1971"),
        ),
    }.items()
    for text in texts
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_reason(text: str, said: str) -> None:
    refusal = refused(text)
    assert said in refusal.said[0]
    assert refusal.readings == ()


def test_a_text_that_is_no_date_is_called_what_it_should_be() -> None:
    with pytest.raises(Unread) as refusal:
        read_days("soon", ("a birth date", "une date de naissance"))
    assert "`soon` is not a birth date: `soon` is not understood; a date is written 1971-03-12" in refusal.value.said[0]
    assert "`soon` n'est pas une date de naissance : `soon` n'est pas compris ; une date" in refusal.value.said[1]
    assert "compris" not in refused("").said[1]


def test_only_the_digits_0_to_9_are_read_and_no_endless_text() -> None:
    assert pieces("１９７１") == ["1971"]
    assert pieces("É2a-ü") == ["e", "2", "a", "-", "u"]
    for digit in "½²٣Ⅳ":
        with pytest.raises(Unread, match="not in the digits 0 to 9"):
            pieces(f"4{digit}")
    assert pieces("1" * LONGEST) == ["1" * LONGEST]
    with pytest.raises(Unread, match=f"has {LONGEST + 1:,} characters"):
        pieces("1" * (LONGEST + 1))


# Lengths of time ---------------------------------------------------------------------------------------------------------

UNITS = {
    "years": ("years", "y", "yrs", "yo", "ans", "années", "jahre", "y.o.", "y/o", "y o", "yr.", "a", "ans."),
    "months": ("months", "mo", "mths", "mois", "m", "monate", "mo."),
    "weeks": ("weeks", "wks", "semaines", "sem", "wochen", "w"),
    "days": ("days", "d", "jours", "tage"),
}


@together((unit, word) for unit, words in UNITS.items() for word in words)
def test_a_number_with_a_unit_and_what_follows_it(unit: str, word: str) -> None:
    whole = Quantity(17, unit)
    for text in (f"17 {word}", f"17{word}", f"17-{word}", f"17‑{word}", f"17 {word.upper()}"):
        typed = pieces(text)
        assert quantities(typed, 0, text) == ((whole,), len(typed)), text
        assert quantities(["x", *typed, "z"], 1, text) == ((whole,), 1 + len(typed)), text
    for joint in ("", " and ", " et ", ", ", " & "):
        typed = pieces(f"17 {word}{joint}8 months x")
        assert quantities(typed, 0, "") == ((whole, Quantity(8, "months")), len(typed) - 1), typed
    typed = pieces(f"17 {word}, x")
    assert quantities(typed, 0, "") == ((whole,), len(typed) - 2)


def test_a_number_without_a_unit_ends_there() -> None:
    assert quantities(["17"], 0, "") == ((Quantity(17, ""),), 1)
    assert quantities(["17", "-", "18"], 0, "") == ((Quantity(17, ""),), 1)
    assert quantities(["17", "and", "8"], 0, "") == ((Quantity(17, ""),), 1)
    assert quantities(["17", "-"], 0, "") == ((Quantity(17, ""),), 1)
    assert quantities(["17", "m", "o"], 0, "") == ((Quantity(17, "months"),), 2)
    assert quantities(["17", "ans", ".", "o"], 0, "") == ((Quantity(17, "years"),), 3)
    assert quantities(["x"], 0, "") == ((), 0)
    assert quantities([], 0, "") == ((), 0)
    assert quantities(["99999"], 0, "")[0] == (Quantity(99999, ""),)
    with pytest.raises(Unread, match="`100000` is not understood"):
        quantities(["100000"], 0, "100000")
    with pytest.raises(Unread, match="`j` is days"):
        quantities(["45", "j"], 0, "45 j")


# Onsets ------------------------------------------------------------------------------------------------------------------


def onset_refused(text: str) -> Unread:
    with pytest.raises(Unread) as refusal:
        read_onset(text, TODAY, None)
    return in_both_languages(refusal.value)


def ages(least: int, most: int) -> Onset:
    return Onset(youngest_months=least, oldest_months=most)


@together(itertools.product((0, 1, 2, 11, 12, 13, 99, 100, 119, 120, 144, 240, 1001), (0, 1, 5, 11, 12, 30)))
def test_an_age_at_onset_as_typed_again_is_the_same(least: int, wider: int) -> None:
    onset = ages(least, least + wider)
    assert read_onset(typed_onset(onset, TODAY), TODAY, None) == onset


@together(
    (date(2024, month, 1), wider) for month in (1, 2, 6, 12) for wider in (0, 1, 27, 28, 29, 30, 58, 364, 365, 400)
)
def test_days_of_onset_as_typed_again_are_the_same(first: date, wider: int) -> None:
    onset = Onset(first, first + timedelta(days=wider))
    assert read_onset(typed_onset(onset, TODAY), TODAY, None) == onset


@together(
    (
        (0, 0, "at 0 months"),
        (1, 1, "at 1 month"),
        (2, 2, "at 2 months"),
        (0, 11, "at 0 years"),
        (12, 23, "at 1 year"),
        (24, 35, "at 2 years"),
        (12, 24, "at 12 to 24 months"),
        (1, 12, "at 1 to 12 months"),
    )
)
def test_how_an_age_at_onset_is_typed(least: int, most: int, text: str) -> None:
    assert typed_onset(ages(least, most), TODAY) == text


def test_the_current_month_and_year_as_typed_again_end_today() -> None:
    for first, text in ((date(2026, 11, 1), "2026-11"), (date(2026, 1, 1), "2026"), (TODAY, "2026-11-25")):
        assert typed_onset(Onset(first, TODAY), TODAY) == text
        assert read_onset(text, TODAY, None) == Onset(first, TODAY)


@together(itertools.product((0, 1, 8, 25, 52), ("weeks", "days")))
def test_an_age_in_weeks_or_days_is_the_months_they_are_from_whichever_birth(number: int, unit: str) -> None:
    lengths = range(number * 7, number * 7 + 7) if unit == "weeks" else [number]
    births = [date(2023, 1, 1) + timedelta(days=offset) for offset in range(3 * 366)]
    months = {completed(birth, birth + timedelta(days=length), "months") for birth in births for length in lengths}
    assert read_onset(f"at {number} {unit}", TODAY, None) == ages(min(months), max(months))


AT = (
    "at {}",
    "at age {}",
    "à {}",
    "à l'âge de {}",
    "aged {}",
    "at the age of {}",
    "mit {}",
    "im Alter von {}",
    "onset at {}",
    "début : à {}",
)


@together(itertools.product(AT, (1, 12, 50)))
def test_an_age_at_onset_in_years_and_months(form: str, number: int) -> None:
    assert read_onset(form.format(f"{number} years"), TODAY, None) == ages(number * 12, number * 12 + 11)
    assert read_onset(form.format(f"{number} months"), TODAY, None) == ages(number, number)
    assert read_onset(form.format(f"{number} years and 3 months"), TODAY, None) == ages(
        number * 12 + 3, number * 12 + 3
    )
    if "age" in form or "âge" in form or "Alter" in form:
        assert read_onset(form.format(number), TODAY, None) == ages(number * 12, number * 12 + 11)
    for joint in (" to ", "-", "–", " à ", " and "):
        span = f"{number}{joint}{number + 5}"
        assert read_onset(form.format(f"{span} years"), TODAY, None) == ages(number * 12, number * 12 + 71), span
        assert read_onset(form.format(f"{span} months"), TODAY, None) == ages(number, number + 5), span
        same = f"{number}{joint}{number} months"
        assert read_onset(form.format(same), TODAY, None) == ages(number, number)
    for wrong in (
        f"{number + 1} to {number} months",
        f"{number + 1} to {number} years",
        f"{number} to {number + 5} weeks",
    ):
        onset_refused(form.format(wrong))


@pytest.mark.parametrize(
    "text", ["at birth", "from birth", "since birth", "à la naissance", "depuis la naissance", "dès la naissance"]
)
def test_an_onset_at_birth_is_at_no_month(text: str) -> None:
    assert read_onset(text, TODAY, None) == ages(0, 0)


@together(
    (first, last)
    for first, last in itertools.product(("3 months", "3", "100 months"), ("6 months", "3 months", "100 months"))
)
def test_an_age_between_two_ages_that_are_written_out(first: str, last: str) -> None:
    least, most = int(first.split()[0]), int(last.split()[0])
    for joint in ("to", "and", "à", "et"):
        text = f"from the age of {first} {joint} {last}"
        if least <= most:
            assert read_onset(text, TODAY, None) == ages(least, most)
        else:
            onset_refused(text)


AGO = (
    "{} ago",
    "il y a {}",
    "depuis {}",
    "for {}",
    "since {}",
    "vor {}",
    "seit {}",
    "évolution : {}",
    "durée d'évolution {}",
    "{} d'évolution",
    "onset {} ago",
)


@together(itertools.product(AGO, (0, 1, 2, 18), ("years", "months", "weeks", "days")))
def test_a_time_ago_is_every_day_of_which_so_many_units_are_complete(form: str, number: int, unit: str) -> None:
    days = days_before(TODAY, number, unit)
    assert read_onset(form.format(f"{number} {unit}"), TODAY, None) == Onset(days[0], days[-1])
    assert begun(TODAY, number, unit) == Days(days[0], days[-1])


@pytest.mark.parametrize(
    ("text", "beyond"),
    [
        ("125 years ago", "126 years ago"),
        ("1500 months ago", "1501 mois ago"),
        ("at 125", "at 126"),
        ("at 1 to 1500 months", "at 1 to 1501 months"),
    ],
)
def test_more_than_anybody_lives_is_refused(text: str, beyond: str) -> None:
    read_onset(text, TODAY, None)
    assert "more than 125 years" in onset_refused(beyond).said[0]


def test_numbers_in_letters_are_read_before_a_unit_only() -> None:
    for word, number in (("a", 1), ("two", 2), ("trois", 3), ("zwölf", 12), ("douze", 12)):
        assert read_onset(f"{word} years ago", TODAY, None) == read_onset(f"{number} years ago", TODAY, None)
    assert "years, months, weeks or days?" in onset_refused("3 ago").said[0]
    onset_refused("two ago")


@together(itertools.product((2, 6, 18), ("years", "months", "weeks", "days")))
def test_a_time_with_one_end_is_until_today_or_asked_about(number: int, unit: str) -> None:
    for text in (f"less than {number} {unit} ago", f"depuis moins de {number} {unit}", f"for under {number} {unit}"):
        assert read_onset(text, TODAY, None) == Onset(days_before(TODAY, number - 1, unit)[0], TODAY), text
    last = days_before(TODAY, number, unit)[-1].isoformat()[:7]
    past = f"{int(last[:4]) - 5} to {last}"
    for text in (f"more than {number} {unit} ago", f"il y a plus de {number} {unit}", f"≥ {number} {unit} ago"):
        refusal = onset_refused(text)
        assert refusal.said[0].endswith(f"of time `{past}`"), text
    for text in (
        f"at most {number} {unit} ago",
        f"depuis au plus {number} {unit}",
        f"<= {number} {unit} ago",
        f"≤ {number} {unit} ago",
    ):
        assert onset_refused(text).said[0].endswith(f"of time `{last} to 2026-11`"), text
    assert (
        onset_refused(f"> {number} {unit}").said[0].endswith(f"`{past}`; of age `at {number} to {number + 9} {unit}`")
    )
    assert onset_refused(f"before the age of {number} {unit}").said[0].endswith(f"of age `at 0 to {number - 1} {unit}`")
    assert onset_refused(f"avant l'âge de {number} {unit}").said[1].endswith(f"en âge `at 0 to {number - 1} {unit}`")
    assert "one end only" not in onset_refused(f"less than {number}").said[0]
    assert "one end only" not in onset_refused(f"less than 0 {unit} ago").said[0]


@together(
    itertools.product(
        (1, 6),
        {
            "years": ("an", "ans"),
            "months": ("mois", "mois"),
            "weeks": ("semaine", "semaines"),
            "days": ("jour", "jours"),
        }.items(),
    )
)
def test_a_length_of_time_alone_is_ago_or_an_age(number: int, words: tuple[str, tuple[str, str]]) -> None:
    unit, french = words[0], words[1][number > 1]
    english = unit if number > 1 else unit[:-1]
    refusal = onset_refused(f"{number} {unit}")
    assert refusal.readings == (
        (f"{number} {english} ago", (f"{number} {english} ago", f"il y a {number} {french}")),
        (f"at {number} {english}", (f"at the age of {number} {english}", f"à l'âge de {number} {french}")),
    )
    assert onset_refused(f"{number}").readings[0][0] == f"{number} year{'s' * (number > 1)} ago"


def test_an_onset_between_two_dates_and_one_that_is_no_date() -> None:
    for text in (
        "2019 to 2021",
        "2019-2021",
        "2019/2021",
        "between 2019 and 2021",
        "de 2019 à 2021",
        "entre 2019 et 2021",
        "from 2019-01 to 2021-12",
    ):
        assert read_onset(text, TODAY, None) == Onset(date(2019, 1, 1), date(2021, 12, 31)), text
    for text in ("since 2019", "in 2019", "depuis 2019", "début en 2019", "seit 2019", "onset: 2019"):
        assert read_onset(text, TODAY, None) == Onset(date(2019, 1, 1), date(2019, 12, 31)), text
    assert read_onset("2024 to 2026", TODAY, None).latest == TODAY
    for lead, between in (
        ("before", "2009 to 2018"),
        ("avant", "2009 to 2018"),
        ("until", "2009 to 2018"),
        ("after", "2020 to 2021"),
        ("après", "2020 to 2021"),
    ):
        assert f"write the years or months it lies between: `{between}`" in onset_refused(f"{lead} 2019").said[0]
    assert (
        "write `2019` for the year alone, or the months it lies between: `2019-01 to 2019-06`"
        in onset_refused("spring 2019").said[0]
    )
    assert "2019" in onset_refused("spring 2019 or 2020").said[0]
    assert "year alone" not in onset_refused("spring 2019 or 2020").said[0]
    assert "year alone" not in onset_refused("2019-13-40").said[0]
    assert len(onset_refused("03/04/2019").readings) == 2
    assert "lies after 2026-11-25" in onset_refused("2026-11-26").said[0]
    assert "lies after" in onset_refused("2027").said[0]
    assert "neither a date, a time ago nor an age" in onset_refused("soon").said[0]


@pytest.mark.parametrize(
    "text",
    [
        "more than{}6 years ago",
        "> 6{}years",
        "before{}2019",
        "spring{}2019",
        "6{}months",
        "6{}ago",
        "126 years{}ago",
        "some{}time",
        "2027-01 to{}2027-02",
    ],
)
def test_a_long_text_is_quoted_by_its_beginning_in_both_languages(text: str) -> None:
    long = text.format(" " * 40)
    with pytest.raises(Unread) as refusal:
        read_onset(long, TODAY, None)
    for words in refusal.value.said:
        assert shown(long, 30) in words


def test_an_onset_lies_between_the_birth_and_today() -> None:
    born = Birth(date(1990, 5, 1), date(1990, 5, 31))
    for text, said in (
        ("1990-04-30", "before the birth"),
        ("at 37 years", "in the future"),
        ("at 439 months", "in the future"),
    ):
        with pytest.raises(Unread, match=said):
            read_onset(text, TODAY, born)
    for text in ("1990-05-01", "at 36 years", "at 438 months", "1990"):
        read_onset(text, TODAY, born)


# Ages --------------------------------------------------------------------------------------------------------------------


@together(
    itertools.product(
        (0, 1, 17, 45, 124),
        (
            "{}",
            "{} years",
            "{} ans",
            "{}.0",
            "{},0",
            "{} y.o.",
            "{}-year-old",
            "age: {}",
            "âge de {} ans",
        ),
    )
)
def test_an_age_in_years_leaves_the_births_of_that_age(number: int, form: str) -> None:
    days = days_before(TODAY, number, "years")
    age = read_age(form.format(number), TODAY)
    assert (age.earliest_birth, age.latest_birth) == (days[0], min(days[-1], TODAY))
    assert (age.years, age.sex) == (number, None)
    assert age.months is None


@together(itertools.product((0, 1, 11, 12, 17, 36), ("{} months", "{} mois", "{} mo", "{}m")))
def test_an_age_in_months_leaves_the_births_of_that_age(number: int, form: str) -> None:
    days = days_before(TODAY, number, "months")
    age = read_age(form.format(number), TODAY)
    assert (age.earliest_birth, age.latest_birth) == (days[0], min(days[-1], TODAY))
    assert (age.years, age.months) == divmod(number, 12)


@together(itertools.product(range(12), ("17y {}m", "17 ans et {} mois", "17 years, {} months")))
def test_an_age_in_years_and_months(months: int, form: str) -> None:
    days = days_before(TODAY, 17 * 12 + months, "months")
    age = read_age(form.format(months), TODAY)
    assert (age.earliest_birth, age.latest_birth, age.years, age.months) == (days[0], days[-1], 17, months)


@together(
    [
        ("17y 12m", "12 months beside years"),
        ("37m", "months or a man?"),
        ("6M", "months or a man?"),
        ("8s", "weeks or years?"),
        ("8w", "weeks or a woman?"),
        ("126", "more than 125 years"),
        ("1501 months", "more than 125 years"),
        ("6626 weeks", "more than 125 years"),
        ("45751 days", "more than 125 years"),
        ("", "the age is empty"),
        ("-45", "below zero"),
        ("~45", "no exact age"),
        ("about 45", "no exact age"),
        ("45.5", "not in whole units"),
        ("40-45", "looks like a range or a date"),
        ("45 46", "`46` is not understood"),
        ("years", "`years` is not understood"),
        ("1 day 2 weeks", "is not an age"),
        ("aged", "is not an age"),
        ("45 ans ans", "`ans` is not understood"),
        ("old 45", "`old` is not understood"),
        (": 45", "`:` is not understood"),
        ("45, x", "`,` is not understood"),
        ("45-x", "`-` is not understood"),
        ("45 F M", "`m` is not understood"),
        ("2027", "is after 2026-11-25"),
        ("1900", "more than 125 years"),
    ]
)
def test_what_is_no_age_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(Unread) as refusal:
        read_age(text, TODAY)
    assert said in in_both_languages(refusal.value).said[0]


@together(((125, "years"), (1500, "months"), (6625, "weeks"), (45750, "days")))
def test_the_oldest_age_that_is_read(number: int, unit: str) -> None:
    assert (TODAY - read_age(f"{number} {unit}", TODAY).latest_birth).days < 127 * 365.25


@together((text, sex) for sex, texts in {
    "female": ("45F", "45 f", "F45", "femme de 45 ans", "45, F", "45/F", "woman aged 45", "patiente 45", "45-year-old woman", "girl of 45", "45 ♀"),
    "male": ("45M.", "45 h", "H 45", "homme de 45 ans", "man, 45", "45/H", "45 years old man", "Herr 45", "45 ♂"),
}.items() for text in texts if text != "45M.")  # fmt: skip
def test_a_sex_beside_an_age(text: str, sex: str) -> None:
    age = read_age(text, TODAY)
    assert (age.years, age.sex) == (45, sex)


def test_an_age_and_a_birth_that_agree_leave_the_births_of_both() -> None:
    stated, born = read_age("45F", TODAY), read_birth_date("1981", TODAY)
    age = both(stated, born, TODAY)
    assert (age.earliest_birth, age.latest_birth) == (date(1981, 1, 1), date(1981, 11, 25))
    assert (age.typed, age.years, age.sex) == ("1981", 45, "female")
    assert both(stated._replace(sex=None), born._replace(sex="male"), TODAY).sex == "male"


def test_a_birth_leaves_the_ages_of_its_first_and_last_day() -> None:
    for text, first, last in (
        ("1971-03-12", date(1971, 3, 12), date(1971, 3, 12)), ("born 1971", date(1971, 1, 1), date(1971, 12, 31)), ("né le 12 mars 1971", date(1971, 3, 12), date(1971, 3, 12)),
        ("dob: 1971-03", date(1971, 3, 1), date(1971, 3, 31)), ("2026", date(2026, 1, 1), TODAY), ("2026-11-25", TODAY, TODAY),
    ):  # fmt: skip
        age = read_birth_date(text, TODAY)
        assert (age.earliest_birth, age.latest_birth) == (first, last)
        years = {completed(first, TODAY, "years"), completed(last, TODAY, "years")}
        assert age.years == (years.pop() if len(years) == 1 else None)
        months = {completed(first, TODAY, "months"), completed(last, TODAY, "months")}
        assert age.months == (months.pop() % 12 if len(months) == 1 else None)
    for text, said in (
        ("", "is empty"),
        ("2026-11-26", "is after"),
        ("1900-12-31", "more than 125"),
        ("12/03/71", "four digits"),
    ):
        with pytest.raises(Unread, match=said):
            read_birth_date(text, TODAY)
    assert read_birth_date("1901", TODAY).years is None
