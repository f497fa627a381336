"""Dates are those of the calendar: the day before a bound is out, the day of the bound is in."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.advice.timing import adulthood, age_window, later, verdicts_on, window_of
from myofind.domain.eligibility import age, assess, duration
from myofind.domain.patient import Birth, Onset, Patient
from myofind.domain.rules import AgeRule, Span, SpanRule, SubtypeRule
from myofind.domain.trial import Eligibility, Trial
from myofind.matching import trial_sets as sets
from tests.strategies import DAY

births = st.dates(date(1940, 1, 1), date(2024, 12, 31))
bounds = st.builds(Span, st.integers(1, 80), st.sampled_from(["years", "months"]))


@given(births, bounds, bounds)
def test_a_window_opens_and_closes_on_the_day(birth: date, low: Span, high: Span) -> None:
    rule = AgeRule(low, high)
    window = age_window(rule, birth)
    assert window.opens
    assert window.closes
    patient = Patient(birth=Birth(birth, birth))
    only_min, only_max = AgeRule(low), AgeRule(None, high)
    day = timedelta(days=1)
    assert age(only_min, patient, window.opens).outcome == "met"
    assert age(only_min, patient, window.opens - day).outcome == "not_met"
    assert age(only_max, patient, window.closes).outcome == "not_met"
    assert age(only_max, patient, window.closes - day).outcome == "met"


def test_no_window_without_a_birth_date() -> None:
    assert Patient(birth=Birth(date(1980, 1, 1), date(1980, 12, 31))).birth_date is None
    assert Patient().birth_date is None


def test_no_window_without_a_rule_on_the_age() -> None:
    patient = Patient(birth=Birth(date(1980, 1, 1), date(1980, 1, 1)))
    assert patient.birth_date == date(1980, 1, 1)
    assert window_of(assess(patient, Trial("NCT00000001", "interventional"), DAY), patient.birth_date) is None


def test_forty_one_days() -> None:
    """`max: 75` closes on the 76th birthday."""
    window = age_window(AgeRule(None, Span(75, "years")), date(1950, 12, 31))
    assert window.closes == date(2026, 12, 31)
    assert (window.closes - DAY).days == 41


@given(st.dates(date(2000, 1, 1), DAY), st.sampled_from([3, 6, 12]))
def test_a_duration_holds_from_the_first_day(began: date, months: int) -> None:
    rule = SpanRule(Span(months, "months"))
    patient = Patient(onset=Onset(began, began))
    told = duration(rule, patient, began)
    assert told.holds_from
    (first, last) = told.holds_from
    assert first == last
    assert duration(rule, patient, first).outcome == "met"
    assert duration(rule, patient, first - timedelta(days=1)).outcome == "not_met"


REGISTRY = (
    Trial("NCT00000001", "interventional", eligibility=Eligibility(
        subtypes=SubtypeRule(("dm", "jdm")), age=AgeRule(Span(18, "years")))),
    Trial("NCT00000002", "interventional", eligibility=Eligibility(
        subtypes=SubtypeRule(("jdm",)), age=AgeRule(Span(2, "years"), Span(17, "years")))),
    Trial("NCT00000003", "interventional", end="2026-12", eligibility=Eligibility(
        subtypes=SubtypeRule(("dm", "jdm")), age=AgeRule(Span(18, "years")))),
    Trial("NCT00000004", "interventional", eligibility=Eligibility(
        subtypes=SubtypeRule(("dm",), ("jdm",)), age=AgeRule(Span(18, "years")))),
)  # fmt: skip


def test_the_move_to_adult_trials() -> None:
    """On the 18th birthday adult trials open, those for children close; a disease that began in childhood stays juvenile."""
    table = sets.build(REGISTRY)
    patient = Patient(("dm",), Birth(date(2009, 3, 12), date(2009, 3, 12)))
    found = adulthood(table, patient, DAY, sets.verdicts(table, patient, DAY))
    assert found
    assert found.day == date(2027, 3, 12)
    assert (found.opens, found.closes) == (0b0001, 0b0010)


def test_an_adult_does_not_turn_eighteen() -> None:
    table = sets.build(REGISTRY)
    patient = Patient(("dm",), Birth(date(1980, 1, 1), date(1980, 1, 1)))
    assert adulthood(table, patient, DAY, sets.verdicts(table, patient, DAY)) is None


@given(births, st.integers(0, 4000))
@settings(max_examples=60)
def test_a_later_day_never_makes_a_child_fall_ill_as_an_adult(birth: date, days: int) -> None:
    from myofind.domain.eligibility import juvenile

    patient = Patient(("dm",), Birth(birth, birth))
    if juvenile(patient, DAY):
        assert juvenile(later(patient, DAY), DAY + timedelta(days=days))


def test_today_is_today() -> None:
    table = sets.build(REGISTRY)
    patient = Patient(("dm",), Birth(date(2009, 3, 12), date(2009, 3, 12)))
    assert verdicts_on(table, patient, DAY, DAY) == sets.verdicts(table, patient, DAY)
