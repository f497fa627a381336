"""Ages as people write them, and exact calendar arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.domain.ages import read_age, read_birth_date
from myofind.domain.dates import Unread, add_age, age_on
from tests.together import together

TODAY = date(2026, 11, 20)

AGES = {
    (45, None): "45|45y|45 y|45 ans|45 ans.|45yo|45 y.o.|45 years old|45 yrs|45-year-old|âge : 45 ans|45 ans révolus|aged 45|45 a|F 45|45F|45 yo F|femme de 45 ans|45 yr old man|45 years",
    (58, None): "58 yo F|58 ans|58",
    (17, 8): "17y 8m|17y8m|17 ans et 8 mois|17 ans 8 mois|17 years 8 months|17 yrs 8 mos|17 years and 8 months|212 mois",
    (0, 6): "6 mois|6 months|6 mo|6mo|6m|6 month old",
    (1, 6): "18 mois|18 months|1 an 6 mois",
    (9, None): "9 years|9|9 ans|9 yr",
    (0, None): "0|0 ans|4 weeks",
    (0, 0): "10 jours|3 days|3 semaines",
}  # fmt: skip


@together([(typed, age) for age, names in AGES.items() for typed in names.split("|")])
def test_an_age(typed: str, expected: tuple[int, int | None]) -> None:
    read = read_age(typed, TODAY)
    assert (read.years, read.months) == expected
    for birth in (read.earliest_birth, read.latest_birth):
        assert age_on(birth, TODAY)[0] == expected[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "empty"), ("abc", "not an age"), ("-3", "below zero"), ("17.5", "whole units"), ("17,5 ans", "whole units"), ("45 M", "a man"), ("45m", "a man"), ("6M", "a man"),
        ("130", "more than 125"), ("18-65", "range"), ("17y 14m", "at most 11"), ("12/03/1971", "birth date"),
        ("45 45", "not an age"), ("?", "not an age"),
    ],
)  # fmt: skip
def test_an_age_refused_says_what_and_what_is_accepted(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_age(typed, TODAY)


def test_the_births_an_age_leaves_possible() -> None:
    read = read_age("45", TODAY)
    assert (read.earliest_birth, read.latest_birth) == (date(1980, 11, 21), date(1981, 11, 20))


BIRTHS = {
    (date(1971, 3, 12), date(1971, 3, 12)): "1971-03-12|12 mars 1971|12 March 1971|12 Mar 1971|March 12, 1971|née le 12 mars 1971|1971/03/12|19710312|12-Mar-1971|born 12 March 1971",
    (date(1962, 12, 25), date(1962, 12, 25)): "25/12/1962|25.12.1962|25-12-1962|25 décembre 1962|25 Dec 1962",
    (date(1978, 11, 30), date(1978, 11, 30)): "30 Nov 1978|30 nov. 1978|Nov 30 1978",
    (date(1980, 2, 29), date(1980, 2, 29)): "29/02/1980|1980-02-29",
    (date(1971, 3, 3), date(1971, 3, 3)): "03/03/1971",
    (date(1980, 1, 1), date(1980, 1, 1)): "1er janvier 1980|1st January 1980",
    (date(1971, 1, 1), date(1971, 12, 31)): "1971|born in 1971",
    (date(1971, 3, 1), date(1971, 3, 31)): "1971-03|mars 1971|March 1971|03/1971",
    (date(2026, 1, 1), TODAY): "2026",
    (date(2026, 11, 1), TODAY): "2026-11",
    (TODAY, TODAY): "2026-11-20",
}  # fmt: skip


@together([(typed, births) for births, names in BIRTHS.items() for typed in names.split("|")])
def test_a_birth_date(typed: str, births: tuple[date, date]) -> None:
    read = read_birth_date(typed, TODAY)
    assert (read.earliest_birth, read.latest_birth) == births


def test_a_year_of_birth_leaves_two_ages() -> None:
    read = read_birth_date("1971", TODAY)
    assert read.years is None
    assert {age_on(birth, TODAY)[0] for birth in (read.earliest_birth, read.latest_birth)} == {54, 55}
    assert read_birth_date("30 Nov 1978", TODAY).years == 47


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("03/04/1962", "1962-04-03 or 1962-03-04"), ("12/03/1971", "1971-03-12 or 1971-12-03"), ("29/02/1981", "28 days"), ("12/25/1962", "month first"),
        ("2027-01-01", "after 2026-11-20"), ("2027", "after"), ("12.03.71", "four digits"), ("31/04/1980", "30 days"), ("1971-13", "no date"),
        ("1800", "more than 125"), ("", "empty"), ("hier", "not a birth date"), ("45", "not a birth date"), ("00/00/1980", "no date"), ("0000", "no date"),
    ],
)  # fmt: skip
def test_a_birth_date_refused_says_why(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_birth_date(typed, TODAY)


def test_a_birthday_on_29_february_is_1_march_in_common_years() -> None:
    leap = date(2008, 2, 29)
    assert add_age(leap, 18, "years") == date(2026, 3, 1)
    assert add_age(leap, 20, "years") == date(2028, 2, 29)
    assert age_on(leap, date(2026, 2, 28)) == (17, 11)
    assert age_on(leap, date(2026, 3, 1)) == (18, 0)
    assert add_age(date(2026, 1, 31), 1, "months") == date(2026, 3, 1)
    assert add_age(date(2026, 1, 31), 2, "weeks") == date(2026, 2, 14)
    with pytest.raises(ValueError, match="unit"):
        add_age(leap, 1, "centuries")


BIRTH = st.dates(date(1905, 1, 1), TODAY)


@given(BIRTH)
def test_the_age_of_a_birth_admits_that_birth(birth: date) -> None:
    years, months = age_on(birth, TODAY)
    for typed in (f"{years} ans", f"{years}y {months}m"):
        read = read_age(typed, TODAY)
        assert read.earliest_birth <= birth <= read.latest_birth
        assert read.years == years


@given(BIRTH, st.integers(0, 120))
def test_an_age_is_reached_on_its_birthday_and_not_the_day_before(birth: date, years: int) -> None:
    day = add_age(birth, years, "years")
    assert age_on(birth, day) == (years, 0)
    if years:
        assert age_on(birth, day - timedelta(days=1)) == (years - 1, 11)


@given(st.integers(0, 124), st.dates(date(2025, 1, 1), date(2029, 12, 31)))
def test_the_interval_of_an_age_is_exact(years: int, today: date) -> None:
    read = read_age(str(years), today)
    assert age_on(read.earliest_birth, today)[0] == years == age_on(read.latest_birth, today)[0]
    assert age_on(read.earliest_birth - timedelta(days=1), today)[0] == years + 1
    assert read.latest_birth == today or age_on(read.latest_birth + timedelta(days=1), today)[0] == years - 1


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for reader in (read_age, read_birth_date):
        try:
            read = reader(text, TODAY)
        except ValueError:
            continue
        assert read.earliest_birth <= read.latest_birth <= TODAY


@pytest.mark.parametrize("typed", ["45w", "45 W", "70s", "12 s", "24M"])
def test_a_letter_that_may_be_weeks_or_something_else_is_asked_about(typed: str) -> None:
    with pytest.raises(Unread):
        read_age(typed, date(2026, 11, 26))


@pytest.mark.parametrize("typed", ["1971-03-00", "1971-02-29", "1971-04-31", "1971-00-10", "1971-13-01", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(Unread):
        read_birth_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("1971-03-01", date(1971, 3, 1), date(1971, 3, 1)),
        ("1971-03-31", date(1971, 3, 31), date(1971, 3, 31)),
        ("1971-02", date(1971, 2, 1), date(1971, 2, 28)),
        ("1971", date(1971, 1, 1), date(1971, 12, 31)),
    ],
)
def test_the_first_and_the_last_day_that_a_birth_date_leaves_possible(typed: str, first: date, last: date) -> None:
    born = read_birth_date(typed, TODAY)
    assert (born.earliest_birth, born.latest_birth) == (first, last)


@pytest.mark.parametrize("year", [1926, 1971, 2026])
def test_a_year_typed_as_an_age_is_a_year_of_birth(year: int) -> None:
    aged = read_age(str(year), TODAY)
    assert (aged.earliest_birth, aged.latest_birth) == (date(year, 1, 1), min(TODAY, date(year, 12, 31)))
