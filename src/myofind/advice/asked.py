"""One question about a missing fact: its answers, and what each makes of the trials that are possible now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from myofind.advice.fact_questions import Looks
from myofind.advice.standing import Standing, Standings
from myofind.domain.known_facts import readings
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import Childhood
from myofind.domain.trial import AtLeast
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged
from myofind.records import NamedTuple

Fact = str
"""What can be asked, by the keys of a profile: `age`, `refractory` …; antibodies are `autoantibodies.` and the id."""

ELSEWHERE = "elsewhere"
"""The value of a country that no rule names."""


EVERY: Bits = -1
"""Every trial: as a set of bits, minus one holds all places."""


class Borne(NamedTuple):
    """The trials that a question bears on, and those of them that it may settle whatever the answer."""

    may: Bits
    settles: Bits


ANY = Borne(EVERY, EVERY)
"""Of a question that may bear on every trial."""


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
    decided: dict[tuple[tuple[Bits, Bits], ...], tuple[Bits, Bits]]
    """The possible trials that match and that are excluded, by what fails and stays unsure under each diagnosis."""
    several: Bits = 0
    """The trials that two criteria or more of their own leave open."""
    under: int = 0
    """Which of several diagnoses is asked about."""
    diagnoses: tuple[Inquiry, ...] = ()
    """The same for each of several diagnoses, where `patient` is the whole patient."""

    def person(self, whole: Patient) -> Patient:
        """A patient of another answer, under the same diagnosis."""
        return readings(whole)[self.under]


Effect = tuple[str, str | None, Bits, Bits]
"""A value, the last value of a range, and what then fails and stays unsure."""


class OpenQuestion:
    """A question worked out answer by answer, as far as somebody needs it.

    What it settles is among `at_most`, which only shrinks; what it may settle is among `may`, which holds at first
    every trial that its answers bear on (`borne`). Both are exact once `finished`. It may settle nothing of its own
    where it settles nothing and the questions `above` it may settle all the same trials.
    """

    def __init__(
        self,
        asked: Inquiry,
        fact: Fact,
        effects: Callable[[Inquiry], Iterable[Effect]],
        borne: Borne = ANY,
        above: tuple[OpenQuestion, ...] = (),
    ) -> None:
        self.fact, self.finished = fact, False
        self.may = self.settles = asked.possible & borne.may
        self._likely = borne.settles
        self.surely = 0
        """Those an answer worked out so far decides."""
        self._asked, self._values, self._above = asked, list[Value](), above
        self._answers = zip(*map(effects, asked.diagnoses), strict=True)

    def step(self) -> None:
        """Work out one more answer, if any is left; of several diagnoses a trial has its best verdict."""
        answer = next(self._answers, None)
        if answer is None:
            self.finished, self.may = True, self.surely
            self.settles = self.settles if self._values else 0
            if self._above and not self.settles and not self._decides_more():
                self.may = 0
            return
        asked, key = self._asked, tuple((failed, unsure) for _, _, failed, unsure in answer)
        if key not in asked.decided:
            then = sets.best(sets.combine(asked.table, *outcome) for outcome in key)
            asked.decided[key] = (then.match & asked.possible, then.excluded & asked.possible)
        match, excluded = asked.decided[key]
        self.settles &= match | excluded
        self.surely |= match | excluded
        self._values.append(Value(answer[0][0], match, excluded, answer[0][1]))

    def worked_out(self) -> OpenQuestion:
        """The question with every answer worked out."""
        while not self.finished:
            self.step()
        return self

    @property
    def at_most(self) -> Bits:
        """What it settles, once finished; until then all that it might."""
        return self.settles if self.finished else self.settles & self._likely

    def _decides_more(self) -> bool:
        """Whether it may settle a trial that none of the questions above it may."""
        left = self.surely
        for one in self._above:
            left &= ~one.worked_out().surely
        return left != 0

    @property
    def kind(self) -> str:
        """The fact, antibodies together."""
        return self.fact.partition(".")[0]

    def question(self) -> Question:
        """What is asked, every answer being worked out."""
        return Question(self.fact, self.settles, self.may, tuple(self._values))


def borne(
    asked: Inquiry,
    by: Callable[[Standings], Iterable[Standing]],
    beside: Bits = 0,
    left_open: Callable[[Standing], bool] | None = None,
) -> Borne:
    """The trials that a question bears on, by the rules it bears on under a diagnosis, and those it may settle.

    A trial where it bears on one open rule stays possible under some answer that `left_open` tells of; and, of those
    `beside`, that another rule leaves open, under an answer that does not fail that one rule. (Of other alternatives
    that could be otherwise: they may contradict each other.)
    """
    bits = several = stays = 0
    for one in asked.diagnoses:
        for standing in by(one.standings):
            open_still = left_open is not None and left_open(standing)
            stays |= standing.bits if open_still else 0
            alike = isinstance(standing.rule, AtLeast) and not open_still
            several |= standing.bits if alike else bits & standing.bits
            bits |= standing.bits
    every = asked.table.all
    alone = bits & every & ~several & ~sets.with_trials(asked.table, bits & ~every)
    return Borne(sets.with_trials(asked.table, bits), ~(alone & (stays | beside)))


def drugs_listed(asked: Inquiry) -> tuple[str, ...]:
    """The criterion on treatments, which looks at diagnosis and antibodies only where a list of treatments was typed."""
    return ("treatments",) if asked.patient.treatments else ()


def choices(asked: Inquiry, fact: Fact, names: tuple[str, ...], options: Iterable[tuple[str, Patient]]) -> OpenQuestion:
    """A fact with a few values, each judged."""
    listed = tuple(options)

    def effects(one: Inquiry) -> Iterator[Effect]:
        rest = sets.total(one.base, *names)
        for value, patient in listed:
            person = one.person(patient)
            then = (sets.outcomes(one.table, name, person, one.day) for name in names)
            yield value, None, *sets.together((rest, *then))

    if "subtype" in names:  # some diagnoses exclude every trial, whatever its rules
        return OpenQuestion(asked, fact, effects)
    return OpenQuestion(asked, fact, effects, borne(asked, lambda standings: standings.undecided(names), asked.several))
