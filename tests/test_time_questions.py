"""Questions that a day or an age answers: their stretches cover every possible value, and each value of a stretch does what it says."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from myofind.advice.questions import ranked
from myofind.domain.dates import add_age
from myofind.domain.patient import Birth, FactValue, Onset, Patient, When
from myofind.domain.rules import AgeRule, DayRule, Span, SpanRule, SubtypeRule
from myofind.domain.trial import AtLeast, Cohort, Eligibility, Trial
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Index
from tests.together import together
from tests.worlds import DAY

OLDEST = date(1901, 11, 1)
"""Nobody is looked for who was born 125 years ago or earlier."""
YEARS = {number: Span(number, "years") for number in (1, 2, 5, 16, 17, 18, 40, 75)}
MONTHS = {number: Span(number, "months") for number in (6, 18.5, 210)}


def on_onset(since: SpanRule | None = None, age: SpanRule | None = None) -> Eligibility:
    return Eligibility(facts=(("onset", DayRule(since, age)),))


def on_diagnosis(age: SpanRule) -> Eligibility:
    return Eligibility(facts=(("diagnosed_on", DayRule(age=age)),))


RULES = (
    Eligibility(age=AgeRule(YEARS[18], YEARS[75])),
    Eligibility(age=AgeRule(YEARS[2], YEARS[17])),
    Eligibility(age=AgeRule(MONTHS[210], "none")),
    Eligibility(subtypes=SubtypeRule(("jdm",))),
    Eligibility(subtypes=SubtypeRule(("dm",), ("jdm",))),
    on_onset(SpanRule(None, MONTHS[6])),
    on_onset(SpanRule(YEARS[1], YEARS[5])),
    on_onset(SpanRule(None, None, MONTHS[18.5], YEARS[40])),
    on_onset(None, SpanRule(YEARS[18])),
    on_onset(None, SpanRule(YEARS[2], YEARS[17])),
    on_onset(None, SpanRule(None, None, YEARS[16], MONTHS[210])),
    on_onset(SpanRule(YEARS[1]), SpanRule(YEARS[16])),
    on_diagnosis(SpanRule(YEARS[18])),
    Eligibility(any_of=(Eligibility(sex="female"), Eligibility(facts=(("cancer", "excluded"),)))),
    Eligibility(at_least=(AtLeast(2, (Eligibility(subtypes=SubtypeRule(("ibm",))), Eligibility(age=AgeRule(YEARS[75])))),)),
    Eligibility(age=AgeRule(YEARS[18]), at_least=(AtLeast(2, (Eligibility(subtypes=SubtypeRule(("ibm",))), Eligibility(subtypes=SubtypeRule(("jdm",))))),)),
    Eligibility(age=AgeRule(YEARS[18]), any_of=(Eligibility(sex="female"), Eligibility(facts=(("cancer", "required"),)))),
    Eligibility(any_of=(on_onset(None, SpanRule(YEARS[40])), on_diagnosis(SpanRule(None, YEARS[40])))),
    Eligibility(at_least=(AtLeast(2, (on_onset(SpanRule(YEARS[2])), Eligibility(age=AgeRule(YEARS[16])), on_onset(None, SpanRule(YEARS[5])))),)),
)  # fmt: skip
REGISTRY = (
    *(Trial(f"NCT{number:08}", "interventional", eligibility=rules) for number, rules in enumerate(RULES, 1)),
    Trial("NCT00000099", "interventional", cohorts=(Cohort("young", RULES[1]), Cohort("late", RULES[8]))),
)
TABLES = (sets.build(REGISTRY), sets.build(trial for trial in REGISTRY if trial.eligibility.subtypes))
"""The whole registry, and the trials of which only the diagnosis is asked."""

BIRTHS = (
    None,
    Birth(date(1980, 5, 31), date(1980, 5, 31)),
    Birth(date(2012, 2, 29), date(2012, 2, 29)),
    Birth(date(1980, 11, 21), date(1981, 11, 20)),
    Birth(date(2008, 6, 1), date(2009, 5, 31)),
)
ONSETS = (
    None,
    Onset(date(2024, 6, 15), date(2024, 6, 15)),
    Onset(date(2019, 1, 1), date(2019, 12, 31)),
    Onset(youngest_months=192, oldest_months=192),
    Onset(youngest_months=192, oldest_months=203),
    Onset(youngest_months=0, oldest_months=11),
    Onset(youngest_months=456, oldest_months=467),
)
DIAGNOSED: tuple[FactValue | None, ...] = (None, When(date(2020, 3, 1), date(2020, 3, 31)))


def consistent(began: tuple[Birth | None, Onset | None]) -> bool:
    """Whether a disease may have begun then: what is asked of anything else is refused before."""
    birth, onset = began
    if not birth or not onset:
        return True
    if onset.earliest:
        return birth.earliest <= onset.earliest
    return add_age(birth.earliest, onset.youngest_months or 0, "months") <= DAY


SEEN = itertools.cycle(itertools.product((("dm",), (), ("jdm", "pm")), DIAGNOSED))
PATIENTS = [
    Patient(subtypes, birth, onset=onset).with_fact("diagnosed_on", diagnosed)
    for (birth, onset), (subtypes, diagnosed) in zip(
        filter(consistent, itertools.product(BIRTHS, ONSETS)), SEEN, strict=False
    )
]
"""Every birth with every onset, and by turns the rest."""


class Values(NamedTuple):
    """The possible values of a fact, as numbers: the first, the last, and for each the word of it and the patient who has it."""

    first: int
    last: int
    word: Callable[[int], str]
    patient: Callable[[int], Patient]


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def births(patient: Patient) -> Values:
    """Births that leave time for the onset."""
    onset = patient.onset or Onset()
    first, last = patient.birth or (OLDEST, DAY)
    last = min(last, onset.latest or last)
    while onset.youngest_months is not None and add_age(last, onset.youngest_months, "months") > DAY:
        last -= timedelta(days=1)

    def born(ordinal: int) -> Patient:
        on = date.fromordinal(ordinal)
        return patient._replace(birth=Birth(on, on))

    return Values(first.toordinal(), last.toordinal(), _iso, born)


def ages_at_onset(patient: Patient) -> Values:
    """Completed months from birth to onset."""
    birth, onset = patient.birth, patient.onset or Onset()
    first, last = 0, 125 * 12
    if onset.youngest_months is not None and onset.oldest_months is not None:
        first, last = onset.youngest_months, onset.oldest_months
    elif birth and onset.earliest and onset.latest:
        while add_age(birth.latest, first + 1, "months") <= onset.earliest:
            first += 1
        last = first
        while add_age(birth.earliest, last + 1, "months") <= onset.latest:
            last += 1
    while birth and add_age(birth.earliest, last, "months") > DAY:
        last -= 1
    return Values(first, last, str, lambda months: patient._replace(onset=onset._replace(youngest_months=months, oldest_months=months)))  # fmt: skip


def days_of_onset(patient: Patient) -> Values:
    """Days from birth to today."""
    birth, onset = patient.birth, patient.onset or Onset()
    first, last = birth.earliest if birth else OLDEST, DAY
    if onset.earliest and onset.latest:
        first, last = onset.earliest, onset.latest
    elif birth and onset.youngest_months is not None and onset.oldest_months is not None:
        first = add_age(birth.earliest, onset.youngest_months, "months")
        last = min(DAY, add_age(birth.latest, onset.oldest_months + 1, "months") - timedelta(days=1))

    def began(ordinal: int) -> Patient:
        on = date.fromordinal(ordinal)
        return patient._replace(onset=onset._replace(earliest=on, latest=on))

    return Values(first.toordinal(), last.toordinal(), _iso, began)


ASKED = {"age": births, "onset_age": ages_at_onset, "onset": days_of_onset}


def known(patient: Patient, fact: str) -> bool:
    birth, onset = patient.birth, patient.onset
    if fact == "age":
        return birth is not None and birth.earliest == birth.latest
    if fact == "onset":
        return onset is not None and onset.earliest is not None and onset.earliest == onset.latest
    return onset is not None and onset.youngest_months is not None and onset.youngest_months == onset.oldest_months


def decided(table: Index, patient: Patient, possible: int) -> tuple[int, int]:
    """The trials that match and that are excluded, of those that were possible."""
    then = sets.verdicts(table, patient, DAY)
    return then.match & possible, then.excluded & possible


def number(word: str) -> int:
    """The value that a question names: a number, or a day by its place in the calendar."""
    return int(word) if word.isdecimal() else date.fromisoformat(word).toordinal()


def probes(first: int, last: int) -> Iterator[int]:
    yield from sorted({first, (first + last) // 2, last})


@together(
    (table, patient, fact)
    for table, patient, fact in itertools.product(TABLES, PATIENTS, ASKED)
    if table is TABLES[0] or (patient.birth and patient.birth.earliest != patient.birth.latest)
)
def test_every_value_of_a_stretch_does_what_the_stretch_says(table: Index, patient: Patient, fact: str) -> None:
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    question = {one.fact: one for one in ranked(table, patient, DAY, judged, possible).questions}.get(fact)
    values = ASKED[fact](patient)
    if known(patient, fact):
        assert question is None
    elif question is None:
        step = max(1, (values.last - values.first) // 40)
        for value in (*range(values.first, values.last, step), values.last):
            assert decided(table, values.patient(value), possible) == (0, 0), values.word(value)
    else:
        at = values.first
        settles, may = possible, 0
        for told in question.values:
            assert told.value == values.word(at)
            end = number(told.until or told.value)
            assert values.word(end) == (told.until or told.value)
            for value in probes(at, end):
                assert decided(table, values.patient(value), possible) == (told.match, told.excluded), values.word(
                    value
                )
            settles &= told.match | told.excluded
            may |= told.match | told.excluded
            at = end + 1
        assert at == values.last + 1
        assert (question.settles, question.may) == (settles, may)
        assert may
