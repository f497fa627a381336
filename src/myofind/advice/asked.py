"""One question about a missing fact: its answers, and what each makes of the trials that are possible now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from myofind.advice.fact_questions import Looks
from myofind.advice.standing import Standings
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import Childhood
from myofind.domain.readings import readings
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged

Fact = str
"""What can be asked, by the keys of a profile: `age`, `refractory` …; antibodies are `autoantibodies.` and the id."""

ELSEWHERE = "elsewhere"
"""The value of a country that no rule names."""


EVERY: Bits = -1
"""Every trial: as a set of bits, minus one holds all places."""


class Value(NamedTuple):
    """A value, or every value between two, and what it makes of the trials that are possible now."""

    value: str
    match: Bits
    excluded: Bits
    until: str | None = None


class Question(NamedTuple):
    """A missing fact: the trials it settles whatever the answer, those it may settle, and each answer's effect."""

    fact: Fact
    settles: Bits
    may: Bits
    values: tuple[Value, ...]

    @property
    def kind(self) -> str:
        """The fact, antibodies together."""
        return self.fact.partition(".")[0]


class Inquiry(NamedTuple):
    """What is common to all questions: the rules that matter, the patient, and what is known now."""

    table: Index
    patient: Patient
    day: date
    possible: Bits
    base: Judged
    reach: Bits
    """The possible trials and their cohorts."""
    looks: Looks
    standings: Standings
    """How every rule stands for the patient."""
    by_onset: dict[Childhood, tuple[Bits, Bits]]
    """What the subtype fails and leaves open, by whether the disease began before 18."""
    under: int = 0
    """Which of several diagnoses is asked about."""
    diagnoses: tuple[Inquiry, ...] = ()
    """The same for each of several diagnoses, where `patient` is the whole patient."""

    def person(self, whole: Patient) -> Patient:
        """A patient of another answer, under the same diagnosis."""
        return readings(whole)[self.under]


Effect = tuple[str, str | None, Bits, Bits]
"""A value, the last value of a range, and what then fails and stays unsure."""


def question_of(asked: Inquiry, fact: Fact, effects: Callable[[Inquiry], Iterable[Effect]]) -> Question:
    """A question from the effects of its answers under each diagnosis; a trial has its best verdict of them."""
    settles, may, values = asked.possible, 0, []
    known: dict[tuple[tuple[Bits, Bits], ...], tuple[Bits, Bits]] = {}
    for answer in zip(*map(effects, asked.diagnoses), strict=True):
        key = tuple((failed, unsure) for _, _, failed, unsure in answer)
        if key not in known:
            then = sets.best(sets.combine(asked.table, *outcome) for outcome in key)
            known[key] = (then.match & asked.possible, then.excluded & asked.possible)
        match, excluded = known[key]
        settles &= match | excluded
        may |= match | excluded
        values.append(Value(answer[0][0], match, excluded, answer[0][1]))
    return Question(fact, settles if values else 0, may, tuple(values))


def choices(asked: Inquiry, fact: Fact, names: tuple[str, ...], options: Iterable[tuple[str, Patient]]) -> Question:
    """A fact with a few values, each judged."""
    listed = tuple(options)

    def effects(one: Inquiry) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, *names)
        for value, patient in listed:
            person = one.person(patient)
            no, maybe = failed, unsure
            for name in names:
                more_no, more_maybe = sets.outcomes(one.table, name, person, one.day)
                no |= more_no
                maybe |= more_maybe
            yield value, None, no, maybe

    return question_of(asked, fact, effects)
