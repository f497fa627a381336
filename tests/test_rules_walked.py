"""Rules on times, ages, numbers and choices against every exact value that an uncertain one may be."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from naive_times import completed, day_completing, walk

from myofind.domain.dates import LAST, add_age, complete_on
from myofind.domain.fact_rules import FAILED, MET, MISSING, age_at, elapsed, within_bounds
from myofind.domain.fact_rules import Tested as Said
from myofind.domain.fact_rules import test as judged
from myofind.domain.onsets import read_onset
from myofind.domain.patient import (
    OTHER,
    Amount,
    Birth,
    Chosen,
    FactValue,
    Onset,
    Patient,
    Status,
    Treatment,
    When,
    YesNo,
)
from myofind.domain.patient_facts import (
    _of_age,
    antibody_state,
    childhood,
    juvenile,
    line_of,
    onset_ages,
    onset_days,
    onset_months,
    split,
    triggers,
)
from myofind.domain.persons import person_at, person_in
from myofind.domain.rules import Bounds, DayRule, Span, SpanRule, SubtypeRule, Unit, Values, Window
from myofind.domain.subtype_rule import _in_one_life
from myofind.domain.treatment_facts import derived_facts
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS
from myofind.names.vocabulary import ids
from tests.together import together

DAY = date(2026, 11, 20)
CANCER, MMT, SEVERAL, ONE = FACTS["cancer"], FACTS["mmt8"], FACTS["other_autoimmune"], FACTS["dysphagia"]


def together_said(parts: Iterable[bool]) -> str:
    """What holds of all, of none, or is not known."""
    told = set(parts)
    return "unknown" if len(told) == 2 else "met" if told.pop() else "not_met"


# Times since a day -------------------------------------------------------------------------------------------------------


@cache
def complete(start: date, span: Span) -> date:
    return day_completing(start, int(span.number), span.unit)


def long_enough(rule: SpanRule, start: date) -> date:
    """The first day on which the lower bounds of a time are kept."""
    waits = [complete(start, rule.min)] if rule.min else []
    waits += [complete(start, rule.above) + timedelta(days=1)] if rule.above else []
    return max(waits, default=date.min)


def short_enough(rule: SpanRule, start: date, day: date) -> bool:
    return (rule.max is None or day <= complete(start, rule.max)) and (
        rule.below is None or day < complete(start, rule.below)
    )


MONTHS, WEEKS = (Span(6, "months"), Span(12, "months")), Span(30, "weeks")
TIMES = [
    SpanRule(*bounds)
    for bounds in itertools.product((None, *MONTHS), (None, Span(6, "months"), Span(12, "months"), Span(18, "months")), (None, WEEKS), (None, WEEKS, Span(14, "months")))
]  # fmt: skip
STARTS = [date(2024, 11, 1), date(2025, 5, 20), date(2025, 9, 20), date(2025, 11, 19), date(2025, 11, 20), date(2025, 11, 21), date(2026, 4, 24), date(2026, 5, 20), date(2026, 5, 21)]  # fmt: skip


@together(itertools.product(TIMES, STARTS, (0, 30, 200)))
def test_a_time_since_a_day_that_lies_between_two(rule: SpanRule, first: date, wider: int) -> None:
    last = min(DAY, first + timedelta(days=wider))
    starts = list(walk(first, last))
    late, soon = (
        [long_enough(rule, start) > DAY for start in starts],
        [short_enough(rule, start, DAY) for start in starts],
    )
    outcome = together_said(not long and short for long, short in zip(late, soon, strict=True))
    told = elapsed(rule, first, last, DAY)
    assert told.outcome == outcome
    if outcome == "met":
        assert told == Said("met", "within")
    elif outcome == "unknown":
        assert told.code == "near_bound"
    else:
        assert told.code == ("too_short" if any(soon) else "too_long")
    wait = (long_enough(rule, first), long_enough(rule, last)) if any(late) else None
    if outcome == "not_met" and not (any(soon) and all(late)):
        wait = None
    assert told.holds_from == wait


@together(
    [
        (date(2026, 6, 1), date(2026, 7, 10), date(2026, 7, 15), ("not_met", "too_short")),
        (date(2026, 2, 1), date(2026, 3, 10), date(2026, 3, 15), ("unknown", "near_bound")),
    ]
)
def test_a_month_and_yet_below_thirty_days_is_only_so_after_february(
    first: date, last: date, day: date, told: tuple[str, str]
) -> None:
    """Of the starts between two the last that keeps the lower bound is the only one that may keep the upper."""
    rule = SpanRule(min=Span(1, "months"), below=Span(30, "days"))
    assert elapsed(rule, first, last, day)[:2] == told


@together(
    itertools.product(
        (None, "ill", "free", "before", "day", "never"), (None, Span(6, "months")), (None, *STARTS[3:]), (0, 40)
    )
)
def test_what_may_not_have_been_within_a_time(
    kind: str | None, within: Span | None, first: date | None, wider: int
) -> None:
    last = min(DAY, first + timedelta(days=wider)) if first else None
    rule = Window(within)
    values: dict[str | None, FactValue | None] = {
        None: None, "ill": YesNo(True), "free": YesNo(False, False, first, last), "before": YesNo(True, True, first, last), "day": When(first, last), "never": When(),
    }  # fmt: skip
    told = judged(CANCER, rule, values[kind], None, DAY)
    dated = first is not None and last is not None
    if kind is None:
        assert told == MISSING
    elif kind == "ill":
        assert told == FAILED
    elif within is None or kind == "never" or (kind in ("free", "day") and not dated):
        assert told == MET
    elif not dated:
        assert told == Said("unknown", "when")
    elif kind == "free":
        assert last is not None
        assert told == (MET if complete(last, within) <= DAY else Said("unknown", "when"))
    else:
        assert first is not None
        assert last is not None
        ends = complete(first, within), complete(last, within)
        outcome = together_said(complete(start, within) <= DAY for start in walk(first, last))
        code = {"met": "long_ago", "not_met": "too_recent", "unknown": "near_bound"}[outcome]
        assert told == Said(outcome, code, holds_from=None if outcome == "met" else ends)  # type: ignore[arg-type]


@together(
    itertools.product(
        (None, Span(17, "years"), Span(6, "months")),
        (None, Span(18, "years"), Span(30, "months")),
        (None, Span(2, "years")),
        (None, Span(18, "years"), Span(40, "months")),
    )
)
def test_an_age_that_lies_between_two(
    low: Span | None, most: Span | None, above: Span | None, below: Span | None
) -> None:
    rule = SpanRule(low, most, above, below)

    def kept(months: int) -> bool:
        def units(span: Span) -> int:
            return months // 12 if span.unit == "years" else months

        return (
            (low is None or units(low) >= low.number) and (most is None or units(most) <= most.number)
            and (above is None or units(above) > above.number) and (below is None or units(below) < below.number)
        )  # fmt: skip

    edges = (0, 5, 6, 7, 30, 31, 35, 36, 40, 203, 204, 216, 227, 228, 229)
    for first, last in itertools.combinations_with_replacement(edges, 2):
        told = age_at(rule, (first, last))
        at_ends = together_said((kept(first), kept(last)))
        assert told.outcome == at_ends or (told.outcome == "unknown" and not any(kept(age) for age in (first, last)))
        if told.outcome != "unknown":
            assert told.outcome == together_said(kept(age) for age in range(first, last + 1))
        codes = {"met": {"within"}, "unknown": {"near_bound"}, "not_met": {"too_short", "too_long"}}
        assert told.code in codes[told.outcome]
        if told.code == "too_long":
            assert not kept(first)
            assert (most and first // (12 if most.unit == "years" else 1) > most.number) or below
    assert judged(FACTS["onset"], DayRule(None, rule), When(DAY, DAY), None, DAY) == Said("unknown", "missing")


@together(itertools.product(("required", "excluded", "allowed"), (True, False), (None, DAY)))
def test_a_stance_on_what_is_so_or_was_on_a_day(stance: str, yes: bool, last: date | None) -> None:
    told = judged(CANCER, stance, YesNo(yes, False, last, last), None, DAY)
    if stance == "allowed":
        assert told == Said("met", "allowed")
    elif not yes and last:
        assert told == Said("unknown", "when")
    else:
        assert told == (MET if yes == (stance == "required") else FAILED)
    assert judged(CANCER, stance, None, None, DAY) == (Said("met", "allowed") if stance == "allowed" else MISSING)
    if stance != "allowed":
        for value, happened in ((When(last, last), last is not None), (When(), False)):
            assert judged(FACTS["diagnosed_on"], stance, value, None, DAY) == (
                MET if happened == (stance == "required") else FAILED
            )
        assert judged(MMT, stance, Amount(1, 1), None, DAY) == MISSING


def test_a_day_with_bounds_on_the_time_since_and_on_the_age_then() -> None:
    born = Birth(date(2000, 1, 1), date(2000, 1, 31))
    since, age = SpanRule(min=Span(6, "months")), SpanRule(min=Span(18, "years"))
    row, rule = FACTS["onset"], DayRule(since, age)
    assert judged(row, rule, When(), born, DAY) == Said("not_met", "never")
    assert judged(row, since, When(), born, DAY) == Said("not_met", "never")
    for first, told in (
        (date(2018, 2, 1), "met"), (date(2018, 1, 31), "met"), (date(2018, 1, 30), "unknown"), (date(2017, 12, 31), "not_met"), (DAY, "not_met"),
    ):  # fmt: skip
        assert judged(row, rule, When(first, first), born, DAY).outcome == told, first
    assert judged(row, rule, When(DAY, DAY), None, DAY).outcome == "not_met"
    assert judged(row, rule, When(date(2018, 5, 1), date(2018, 5, 1)), None, DAY) == Said("unknown", "missing")
    assert judged(row, DayRule(since), When(DAY, DAY), None, DAY) == elapsed(since, DAY, DAY, DAY)
    assert judged(row, since, When(DAY, DAY), None, DAY) == elapsed(since, DAY, DAY, DAY)
    assert judged(row, Bounds(min=1), When(DAY, DAY), None, DAY) == MISSING
    young = judged(
        row, DayRule(None, SpanRule(max=Span(0, "months"))), When(date(1999, 1, 1), date(1999, 2, 1)), born, DAY
    )
    assert young == Said("met", "within")


# Numbers and choices ------------------------------------------------------------------------------------------------------

NUMBERS = [number / 2 for number in range(-2, 9)]


@together(itertools.product((None, 1, 2), (None, 2, 3), (None, 1, 2), (None, 2, 3)))
def test_a_number_that_lies_between_two(
    least: int | None, most: int | None, above: int | None, below: int | None
) -> None:
    rule = Bounds(least, most, above, below)

    def sides(number: float) -> tuple[bool, bool]:
        low = (least is None or number >= least) and (above is None or number > above)
        return low, (most is None or number <= most) and (below is None or number < below)

    ends = (None, 1, 2, 3)
    for low, high, open_low, open_high in itertools.product(ends, ends, (False, True), (False, True)):
        inside = [
            one for one in [number / 4 for number in range(-8, 25)]
            if (low is None or one > low or (one == low and not open_low)) and (high is None or one < high or (one == high and not open_high))
        ]  # fmt: skip
        if not inside or (low is None and open_low) or (high is None and open_high):
            continue
        told = within_bounds(rule, Amount(low, high, None, open_low, open_high))
        lows, highs = {sides(one)[0] for one in inside}, {sides(one)[1] for one in inside}
        if lows == {False}:
            assert told == Said("not_met", "too_low")
        elif highs == {False}:
            assert told == Said("not_met", "too_high")
        elif False in lows | highs:
            assert told == Said("unknown", "near_bound")
        else:
            assert told == Said("met", "within")


def test_numbers_of_two_scales_are_not_compared() -> None:
    for scale, of_value, same in (
        (80, 80, True),
        (150, 150, True),
        (None, None, True),
        (80, 150, False),
        (150, 80, False),
    ):
        told = judged(MMT, Bounds(min=10, scale=scale), Amount(20, 20, of_value), None, DAY)
        assert told == (Said("met", "within") if same else Said("unknown", "scale"))
    usual = MMT.scale[0]
    assert judged(MMT, Bounds(min=10, scale=usual), Amount(20, 20), None, DAY).outcome == "met"
    assert judged(MMT, Bounds(min=10), Amount(20, 20, usual), None, DAY).outcome == "met"


@together(
    itertools.product(
        (SEVERAL, ONE), ((), "a", "b", "ab"), ((), "a", "b", "ab"), ((), "a", "b", "c", "n", "ac"), ((), "a", "b", "ab")
    )
)
def test_a_choice_of_one_or_several(row: object, required: str, excluded: str, holding: str, without: str) -> None:
    several = row is SEVERAL
    if len(holding) > 1 and not several:
        return
    assert isinstance(row, type(SEVERAL))
    value = Chosen(tuple("none" if one == "n" else one for one in holding), tuple(without))
    told = judged(row, Values(tuple(required), tuple(excluded)), value, None, DAY)
    settled = "n" in holding or (bool(holding) and not several)
    parts = []
    if excluded:
        known = settled or set(excluded) <= set(without)
        parts.append("not_met" if set(holding) & set(excluded) else "met" if known else "unknown")
    if required:
        known = settled or set(required) <= set(without)
        parts.append("met" if set(holding) & set(required) else "not_met" if known else "unknown")
    outcome = next((one for one in ("not_met", "unknown") if one in parts), "met")
    assert told == {"not_met": FAILED, "unknown": MISSING, "met": MET}[outcome]


@together(itertools.product((None, *STARTS[3:]), (0, 40)))
def test_a_proof_that_must_be_recent(first: date | None, wider: int) -> None:
    last = min(DAY, first + timedelta(days=wider)) if first else None
    told = judged(ONE, Values(("a",), (), Span(6, "months")), Chosen(("a",), (), first, last), None, DAY)
    if first is None or last is None:
        assert told == Said("unknown", "when")
    else:
        recent = together_said(complete(seen, Span(6, "months")) >= DAY for seen in walk(first, last))
        codes = {"met": MET, "not_met": Said("unknown", "too_old"), "unknown": Said("unknown", "near_bound")}
        assert told == codes[recent]
    assert judged(ONE, Values(("a",)), Chosen(("a",), (), first, last), None, DAY) == MET


# Ages at onset ------------------------------------------------------------------------------------------------------------

BIRTHS = (None, Birth(date(2008, 11, 20), date(2008, 11, 20)), Birth(date(2008, 11, 21), date(2008, 11, 30)), Birth(date(2008, 2, 1), date(2009, 1, 31)), Birth(date(1980, 1, 1), date(1980, 12, 31)))  # fmt: skip
ONSETS = (None, *(Onset(first, min(DAY, first + timedelta(days=wider))) for first in (date(2009, 6, 1), date(2020, 2, 29), date(2026, 11, 1)) for wider in (0, 20, 364)))  # fmt: skip
AGED = (Onset(youngest_months=0, oldest_months=0), Onset(youngest_months=215, oldest_months=215), Onset(youngest_months=204, oldest_months=216), Onset(youngest_months=216, oldest_months=220))  # fmt: skip


def months_between(birth: Birth, first: date, last: date) -> tuple[int, int]:
    """The fewest and the most months of age on some day between two, never below zero."""
    ends = [completed(born, began, "months") for born in (birth.earliest, birth.latest) for began in (first, last)]
    return max(0, min(ends)), max(0, max(ends))


def test_a_disease_may_have_begun_in_the_first_month_of_life() -> None:
    born, began = Birth(date(2020, 1, 1), date(2020, 1, 31)), Onset(date(2020, 1, 10), date(2020, 2, 15))
    assert onset_months(Patient(birth=born, onset=began)) == (0, 1)


@together(itertools.product(BIRTHS, (*ONSETS, *AGED), ((), ("dm",), ("jdm",), ("dm", "jiim"))))
def test_the_age_at_which_a_disease_began(birth: Birth | None, onset: Onset | None, subtypes: tuple[str, ...]) -> None:
    patient = Patient(subtypes, birth, onset=onset)
    months = None
    if onset and onset.youngest_months is not None and onset.oldest_months is not None:
        months = onset.youngest_months, onset.oldest_months
    elif onset and birth and onset.earliest and onset.latest:
        months = months_between(birth, onset.earliest, onset.latest)
    assert onset_months(patient) == months
    kind = childhood(patient, DAY)
    if {"jdm", "jiim"} & set(subtypes) or (birth and completed(birth.earliest, DAY, "years") < 18):
        assert kind == "child"
    elif months:
        assert kind == ("child" if months[1] < 216 else "adult" if months[0] >= 216 else "either")
    else:
        assert kind == ("presumed" if birth and completed(birth.latest, DAY, "years") >= 18 else "either")
    assert juvenile(patient, DAY) == {"child": True, "adult": False}.get(kind)
    if months is None and kind == "child":
        months = 0, min(215, completed(birth.earliest, DAY, "months") if birth else 215)
    assert onset_ages(patient, DAY) == months


@together(itertools.product(BIRTHS, (*ONSETS, *AGED)))
def test_the_days_between_which_a_disease_began(birth: Birth | None, onset: Onset | None) -> None:
    days = None
    if onset and onset.earliest and onset.latest:
        days = onset.earliest, onset.latest
    elif onset and birth and onset.youngest_months is not None and onset.oldest_months is not None:
        last = next(
            day for day in walk(birth.latest, date.max) if completed(birth.latest, day, "months") > onset.oldest_months
        )
        days = day_completing(birth.earliest, onset.youngest_months, "months"), last - timedelta(days=1)
    assert onset_days(Patient(birth=birth, onset=onset)) == days


# What several words and results say together -------------------------------------------------------------------------------


@together(
    (typed.split(), diagnoses.split(), words.split())
    for typed, diagnoses, words in (
        ("", "", ""), ("dm", "dm", ""), ("dm pm", "dm pm", ""), ("dm cam", "dm", "cam"), ("cam", "cam", ""), ("jiim", "jiim", "jiim"), ("dm jiim", "dm", "jiim"),
        ("jdm", "jdm", "jiim"), ("jdm cam", "jdm", "jiim cam"), ("cam jiim", "jiim", "jiim cam"), ("gne cam", "gne cam", ""), ("gne", "gne", ""), ("gne dm cam", "gne dm", "cam"),
    )
)  # fmt: skip
def test_the_diagnoses_and_the_words_that_qualify_them(
    typed: list[str], diagnoses: list[str], words: list[str]
) -> None:
    found = split(tuple(typed))
    assert sorted(found[0]) == sorted(diagnoses)
    assert sorted(found[1]) == sorted(words)


STATES = ("positive", "negative", "borderline", "not_tested", None)
NAMES = ("jo1", "pl7", "ars_any", "msa_any", "mi2", "mi2a")


def state(wanted: str, known: dict[str, str]) -> str:
    """What results say of an antibody or a class, by the words of the rule."""
    below, above = ab.members(wanted), ab.groups(wanted)
    own = {known.get(one) for one in below | {wanted}}
    if "positive" in own:
        return "positive"
    negative = {one for one, result in known.items() if result == "negative"}
    leaves = [one for one in below if not ab.members(one)]
    if negative & ({wanted} | above) or (leaves and all(negative & ({one} | ab.groups(one)) for one in leaves)):
        return "negative"
    if "borderline" in own:
        return "borderline"
    return "coarse" if any(known.get(group) == "positive" for group in above) else "missing"


@together((wanted, first, second) for wanted in NAMES for first, second in itertools.combinations(NAMES, 2))
def test_what_two_results_say_of_an_antibody(wanted: str, first: str, second: str) -> None:
    for one, other in itertools.product(STATES, STATES):
        known = {name: result for name, result in ((first, one), (second, other)) if result}
        assert antibody_state(wanted, tuple(sorted(known.items()))) == state(wanted, known), known


@together(
    (group, left)
    for group in sorted(ids("antibodies"))
    if ab.members(group)
    for left in ("", *sorted(ab.members(group)))
)
def test_a_class_is_negative_where_every_member_is(group: str, left: str) -> None:
    known = {one: "negative" for one in ab.members(group) if not ab.members(one) and one != left}
    assert antibody_state(group, tuple(sorted(known.items()))) == state(group, known)


# The end of the calendar --------------------------------------------------------------------------------------------------

LONGEST: tuple[tuple[Unit, int], ...] = (
    ("years", 7972),
    ("months", 7972 * 12),
    ("weeks", 7972 * 365 // 7 + 1),
    ("days", 7972 * 365),
)


@together(
    (Span(number, unit), number >= most) for unit, most in LONGEST for number in (most - 1, most, most + 400, most * 50)
)
def test_what_lies_beyond_the_calendar_is_its_last_day(span: Span, beyond: bool) -> None:
    assert (complete_on(date(2026, 1, 1), span) == LAST) == beyond


def test_parts_of_years_and_months_are_months_and_days() -> None:
    start = date(2026, 1, 31)
    assert complete_on(start, Span(1.5, "years")) == add_age(start, 18, "months")
    assert complete_on(start, Span(2.5, "months")) == add_age(start, 2, "months") + timedelta(days=15)
    assert complete_on(start, Span(2, "weeks")) == start + timedelta(days=14)
    assert complete_on(start, Span(1.5, "weeks")) == start + timedelta(days=10)


@together(itertools.product((None, 8, 18), (None, 8, 17), (-400, -1, 0, 1, 400), (0, 1, 40, 364, 800), (True, False)))
def test_an_age_in_completed_years_behind_a_usual_answer(
    youngest: int | None, oldest: int | None, later: int, wider: int, surely: bool
) -> None:
    condition = triggers("cancer")[0]._replace(youngest=youngest, oldest=oldest)
    for years in {youngest, (oldest or 0) + 1, 9, 18} - {None}:
        first = day_completing(DAY, -int(years or 0), "years") + timedelta(days=later)
        last = min(DAY, first + timedelta(days=wider))
        ages = [completed(born, DAY, "years") for born in (first, last)]
        told = [(youngest is None or age >= youngest) and (oldest is None or age <= oldest) for age in ages]
        assert _of_age(condition, Birth(first, last), DAY, surely) == (all(told) if surely else any(told)), years
    assert _of_age(condition, None, DAY, surely) == (not surely or (youngest is None and oldest is None))


@together(
    (text, person)
    for texts, person in (
        (("Dr Anna Berg", "Pr. Martin", "Anna Berg", "Jean-Luc de Vries", "Anna B. Berg", "Mme Durand", " Anna Berg "), True),
        (("Myositis Center", "Neuromuscular Unit", "study line", "Clinical Trials", "Institut de Myologie", "Étude Alpha", ""), False),
    )
    for text in texts
)  # fmt: skip
def test_a_label_that_names_a_person(text: str, person: bool) -> None:
    assert person_in(text) is person


@together(
    (address, person)
    for addresses, person in (
        (("anna.berg@uni.example", "a.berg@uni.example", "study@gmail.com", "aberg99@yahoo.fr", "jean-luc.martin@x.org"), True),
        (("myositis.study@x.org", "contact@x.org", "clinical.trials@x.org", "info@x.org", "recherche_clinique@x.org"), False),
    )
    for address in addresses
)  # fmt: skip
def test_an_address_that_is_a_persons(address: str, person: bool) -> None:
    assert person_at(address) is person


@together(
    (number, unit)
    for number, unit in ((6.5, "months"), (10, "weeks"), (100, "days"), (1.04, "years"), (6, "months"), (2, "years"))
)
def test_an_age_in_the_month_in_which_a_length_is_reached_is_not_known(number: float, unit: Unit) -> None:
    """An age in completed months says of a part of a month neither that it was lived nor that it was not."""
    span = Span(number, unit)
    starts = list(walk(date(2023, 1, 1), date(2024, 12, 31)))
    months = (complete_on(DAY, span) - DAY).days * 12 // 365
    for age in {0, *range(max(0, months - 2), months + 3)}:
        ends = [
            (start, end)
            for start in starts
            for end in (
                day_completing(start, age, "months"),
                day_completing(start, age + 1, "months") - timedelta(days=1),
            )
        ]
        told = {complete_on(start, span) <= end for start, end in ends}
        outcome = together_said(told)
        assert age_at(SpanRule(span), (age, age)).outcome == outcome, age
        other = {"met": "not_met", "not_met": "met", "unknown": "unknown"}[outcome]
        assert age_at(SpanRule(below=span), (age, age)).outcome == other, age


@together(itertools.product((1, 4, 8, 13, 25, 26, 27, 30, 58), ("weeks", "days")))
def test_an_age_at_onset_in_weeks_or_days_is_the_months_it_may_be(number: int, unit: str) -> None:
    first = number * 7 if unit == "weeks" else number
    last = first + 6 if unit == "weeks" else first
    births = list(walk(date(2023, 1, 1), date(2024, 12, 31)))
    least = min(completed(born, born + timedelta(days=first), "months") for born in births)
    most = max(completed(born, born + timedelta(days=last), "months") for born in births)
    told = read_onset(f"at {number} {unit}", DAY, None)
    assert (told.youngest_months, told.oldest_months) == (least, most)


@together(itertools.product((None, "now", "past"), (None, "now", "past"), (None, "not_now", "never")))
def test_no_drug_failed_where_none_but_steroids_was_ever_taken(
    steroid: Status | None, drug: Status | None, other: Status | None
) -> None:
    listed = (("prednisone", steroid), ("methotrexate", drug), (OTHER, other))
    told = derived_facts(tuple(Treatment(name, status) for name, status in listed if status))
    never = drug is None and other == "never"
    assert told.get("failed_drugs") == (Amount(0, 0) if never else None)
    naive = YesNo(False) if drug else YesNo(True) if never and not steroid else None
    assert steroid or told.get("treatment_naive") == naive


@together((one, child) for one in sorted({*tree.JUVENILE_OF, "ibm", "iim"}) for child in (True, False))
def test_a_diagnosis_is_told_in_its_juvenile_form_where_it_began_in_childhood(one: str, child: bool) -> None:
    for rule in (SubtypeRule((one,)), SubtypeRule(("dm",)), SubtypeRule(("iim", "jiim"), ("pm",))):
        told = _in_one_life(rule, one, (), child)
        assert told.facts[0] == (tree.JUVENILE_OF.get(one, one) if child else one)


@together((one,) for one in ("dm", "dm_mda5", "imnm_srp", "ibm", "asys", "cadm"))
def test_of_several_kinds_that_are_admitted_the_finest_is_told(one: str) -> None:
    line = line_of(one)
    admitted = sorted(line, key=lambda kind: (len(line_of(kind)), kind))
    for rule in (SubtypeRule(tuple(admitted)), SubtypeRule(tuple(reversed(admitted)))):
        told = _in_one_life(rule, one, (), False)
        assert told.outcome == "met"
        assert len(line_of(told.facts[1])) == max(len(line_of(kind)) for kind in line)


ADULT_KINDS = sorted({*tree.descendants("iim")} - tree.APART["juvenile"])


@together((one,) for one in ADULT_KINDS)
def test_a_rule_that_only_excludes_says_nothing_of_other_kinds(one: str) -> None:
    """Nothing is recorded of who is not excluded; a coarse diagnosis may be a finer kind that is."""
    line = line_of(one)
    for excluded in ADULT_KINDS:
        told = _in_one_life(SubtypeRule((), (excluded,)), one, (), False)
        apart = any(excluded in forms and line.isdisjoint(forms) for forms in tree.APART.values())
        expected: tuple[str, str, tuple[str, ...]]
        if excluded in line:
            expected = ("not_met", "excluded", (one, excluded))
        elif one in line_of(excluded) and not apart:
            expected = ("unknown", "which", (one, excluded))
        else:
            expected = ("not_recorded", "not_recorded", (one,))
        assert (told.outcome, told.code, told.facts) == expected, excluded
