"""The days of a trial and of a patient, what of them is drawn where, and what is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.advice.timing import Window
from myofind.asking.typed import Typed
from myofind.domain.criterion import Criterion
from myofind.domain.eligibility import Assessment
from myofind.domain.patient import Birth, Patient
from myofind.domain.recruitment import Recruitment
from myofind.domain.trial import Observation, Trial
from myofind.report.beside import first_trials, worth_a_call
from myofind.report.days import Axis, OwnDay, Recorded, Seen, TrialDays, common_axis, trial_days
from myofind.report.values import PatientFacts, Study, TrialRow
from myofind.writers.timeline import EDGE, WIDTH, drawing
from tests.report.small import ADULT, CHILD, DAY, asked, explained

AXIS = Axis(date(2024, 1, 1), date(2027, 12, 31))
TODAY = date(2026, 6, 10)


def row(trial: Trial, *criteria: Criterion, window: Window | None = None) -> TrialRow:
    study = Study(trial, 0, None, None, Recruitment("unknown"), ())
    return TrialRow(study, Assessment("possible", criteria), window)


def born(day: date) -> PatientFacts:
    return PatientFacts(Patient(birth=Birth(day, day)), None)


def test_a_status_seen_after_the_day_is_not_known_on_it() -> None:
    seen = (
        Observation("completed", "2026-07", "x"),
        Observation("recruiting", "2026-06-10", "x"),
        Observation("recruiting", "2025", "y"),
    )
    days = trial_days(
        row(Trial("a", "interventional", status=seen, start="2025-02", end="2026")), born(date(1980, 1, 1)), TODAY
    )
    assert days.seen == (
        Seen(Recorded("2025", date(2025, 1, 1)), "recruiting"),
        Seen(Recorded("2026-06-10", TODAY), "recruiting"),
    )
    assert days.start == Recorded("2025-02", date(2025, 2, 1))
    assert days.end == Recorded("2026", date(2026, 12, 31))


def test_the_own_days_are_those_to_come_within_six_years() -> None:
    waits = (date(2026, 9, 1), date(2026, 9, 30))
    washed = Criterion("treatments", "not_met", "too_recent", None, ("rituximab",), waits)
    over = Criterion("cancer", "unknown", "near_bound", None, (), (date(2026, 1, 1), TODAY))
    met = Criterion("duration", "met", "enough", None, (), waits)
    window = Window(date(2026, 8, 1), date(2030, 8, 1))
    days = trial_days(
        row(Trial("a", "interventional"), washed, over, met, window=window), born(date(2009, 8, 1)), TODAY
    )
    assert days.own == (
        OwnDay("opens", date(2026, 8, 1), date(2026, 8, 1)),
        OwnDay("holds", *waits, washed),
        OwnDay("adult", date(2027, 8, 1), date(2027, 8, 1)),
        OwnDay("closes", date(2030, 8, 1), date(2030, 8, 1)),
    )
    far = Window(None, date(2033, 1, 1))
    assert trial_days(row(Trial("a", "interventional"), window=far), born(date(1980, 1, 1)), TODAY).own == ()
    assert trial_days(
        row(Trial("a", "interventional"), window=Window(date(2027, 8, 1), None)), born(date(2009, 8, 1)), TODAY
    ).own == (OwnDay("adult", date(2027, 8, 1), date(2027, 8, 1)),)


def test_the_axis_holds_whole_years_and_reaches_no_further_than_three_back_and_six_ahead() -> None:
    old = TrialDays(Recorded("2010", date(2010, 1, 1)), Recorded("2042-01", date(2042, 1, 31)), (), ())
    assert common_axis([old], TODAY) == (date(2023, 1, 1), date(2032, 12, 31))
    new = TrialDays(
        Recorded("2025-05", date(2025, 5, 1)), None, (Seen(Recorded("2024", date(2024, 1, 1)), "recruiting"),), ()
    )
    assert common_axis([new], TODAY) == (date(2024, 1, 1), date(2027, 12, 31))
    assert common_axis([], TODAY) == (date(2026, 1, 1), date(2027, 12, 31))
    own = TrialDays(None, None, (), (OwnDay("adult", date(2029, 1, 1), date(2029, 1, 1)),))
    assert common_axis([own, new], TODAY).last == date(2029, 12, 31)


def test_a_bar_has_arrows_where_its_ends_are_not_on_the_axis() -> None:
    def kind(start: str | None, end: str | None) -> str | None:
        first = Recorded(start, date(int(start), 1, 1)) if start else None
        last = Recorded(end, date(int(end), 12, 31)) if end else None
        bar = drawing(TrialDays(first, last, (), ()), AXIS, TODAY, "en").bar
        return None if bar is None else bar.kind

    assert kind("2025", "2026") == ""
    assert kind("2023", "2026") == "from-before"
    assert kind("2025", "2030") == "goes-on"
    assert kind(None, "2026") == "from-before"
    assert kind("2025", None) == "goes-on"
    assert kind(None, None) is None
    assert kind("2018", "2020") is None
    assert kind("2030", "2031") is None


days = st.dates(date(2015, 1, 1), date(2040, 1, 1))


@given(st.none() | days, st.none() | days, st.lists(days, max_size=3), st.lists(st.tuples(days, days), max_size=2))
@settings(max_examples=200, deadline=None)
def test_what_is_drawn_lies_on_the_paper_in_the_order_of_time_and_everything_is_said(
    start: date | None, end: date | None, seen: list[date], own: list[tuple[date, date]]
) -> None:
    def recorded(day: date) -> Recorded:
        return Recorded(day.isoformat(), day)

    whole = TrialDays(
        recorded(start) if start else None,
        recorded(end) if end else None,
        tuple(Seen(recorded(day), "recruiting") for day in sorted(seen)),
        tuple(OwnDay("holds", min(pair), max(pair), Criterion("cancer", "not_met", "x")) for pair in own),
    )
    axis = common_axis([whole], TODAY)
    drawn = drawing(whole, axis, TODAY, "fr")
    xs = [mark.x for mark in drawn.seen]
    assert xs == sorted(xs)
    for mark in (*drawn.seen, *drawn.own, *([drawn.bar] if drawn.bar else [])):
        assert EDGE <= mark.x <= WIDTH - EDGE
        assert mark.x + mark.width <= WIDTH - EDGE + 2
    assert EDGE <= drawn.today <= WIDTH - EDGE
    words = " ; ".join(drawn.words)
    for day in (start, end, *seen, *(one for pair in own for one in pair)):
        assert day is None or day.isoformat() in words


def test_a_coarse_date_is_said_as_coarse_as_it_is() -> None:
    whole = TrialDays(Recorded("2024-06", date(2024, 6, 1)), Recorded("2027", date(2027, 12, 31)), (), ())
    assert drawing(whole, AXIS, TODAY, "en").words[0] == "From 2024-06 to 2027"
    assert drawing(whole, AXIS, TODAY, "fr").words[0] == "Du 2024-06 au 2027"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "end of the wait (rituximab): between 2026-09-01 and 2026-09-30"),
        ("fr", "fin du délai (rituximab) : entre le 2026-09-01 et le 2026-09-30"),
    ],
)
def test_the_end_of_a_wash_out_names_its_drug_and_both_days(lang: str, said: str) -> None:
    wait = Criterion("treatments", "not_met", "too_recent", None, ("rituximab",), (date(2026, 9, 1), date(2026, 9, 30)))
    whole = TrialDays(None, None, (), (OwnDay("holds", date(2026, 9, 1), date(2026, 9, 30), wait),))
    assert drawing(whole, AXIS, TODAY, lang).words[-1] == said  # type: ignore[arg-type]


def test_a_child_has_the_18th_birthday_on_every_trial() -> None:
    for page in explained(CHILD, "NCT00000001", "NCT00000002").pages:
        own = trial_days(page.row, explained(CHILD, "NCT00000001").asked, DAY).own
        assert ("adult", date(2026, 9, 10)) in {(one.kind, one.first) for one in own}


def test_worth_a_call_is_in_the_country_and_takes_patients() -> None:
    whole = asked(ADULT)
    chosen = worth_a_call(whole)
    assert chosen
    assert all(one.runs_here and one.study.recruitment.state in ("open", "upcoming") for one in chosen)
    assert list(chosen) == [one for one in whole.rows if one in chosen]
    nowhere = asked(Typed(subtypes=("dm",), age="45"))
    assert worth_a_call(nowhere) == ()
    assert first_trials(nowhere)
    excluded = asked(ADULT._replace(age="99"), everything=True)
    assert all(one.verdict != "excluded" for one in first_trials(excluded))
