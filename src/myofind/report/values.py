"""What an answer of `match` is made of: frozen records of ids, codes, numbers and days; no language and no sets of bits.

Trials are named by their ids; `Answer.studies` holds the facts of every trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from myofind.advice.near_misses import LONGEST_WAIT, Barred, Remedy, Step
from myofind.domain.dates import add_age
from myofind.domain.eligibility import Assessment, Criterion, Verdict
from myofind.domain.patient import Patient
from myofind.domain.recruitment import Recruitment, State
from myofind.domain.remarks import DOUBTS, SAFETY, Remark
from myofind.domain.trial import Intervention, Trial
from myofind.records import NamedTuple

if TYPE_CHECKING:
    from myofind.advice.relaxed_searches import Relaxed
    from myofind.advice.timing import Window
    from myofind.registry.provenance import Origin


class Stamp(NamedTuple):
    """Which registry answered, and for which day."""

    name: str
    version: str
    as_of: str
    sha256: str
    day: date


class PatientFacts(NamedTuple):
    """The patient as understood; `age` in years and months, as it is shown."""

    patient: Patient
    age: tuple[int | None, int | None] | None


class Note(NamedTuple):
    """Something to say beside the trials: a remark by its code, or `text`, ready in the language of the answer.

    `slip` is a name that was read although it was not typed quite so: said where progress is told, not in the answer.
    """

    remark: Remark | None = None
    text: str = ""
    slip: bool = False

    @property
    def safety(self) -> bool:
        """Whether it comes before any trial."""
        return self.remark is not None and self.remark.code in SAFETY

    @property
    def doubt(self) -> bool:
        """Whether it puts what was typed in doubt, or says what of it was not used: it belongs beside the facts as read."""
        return not self.slip and (self.remark is None or self.remark.code in DOUBTS)


class Drug(NamedTuple):
    """A drug as the registry writes it, with its id in the vocabulary of drugs; the class is the vocabulary's if need be."""

    id: str | None
    written: Intervention
    drug_class: str | None


class Study(NamedTuple):
    """A trial of the registry on a day; `number` and `url` where its id is a register's, `place` in the file.

    `tag` follows its label where another trial has the same.
    """

    trial: Trial
    place: int
    number: str | None
    url: str | None
    recruitment: Recruitment
    drugs: tuple[Drug, ...]
    tag: str = ""


Sources = tuple["tuple[Origin, ...] | None", ...]
"""For each criterion the sources of its rule; None where there is no rule."""


class TrialRow(NamedTuple):
    """A trial of an answer, judged.

    `sources` stand beside the criteria where they were asked for; `soon` names what is near: the age limit, or the end.
    """

    study: Study
    assessment: Assessment
    age_window: Window | None = None
    soon: tuple[Literal["age", "end"], ...] = ()
    sources: Sources = ()

    @property
    def trial(self) -> Trial:
        """The trial."""
        return self.study.trial

    @property
    def verdict(self) -> Verdict:
        """The trial's verdict."""
        return self.assessment.verdict

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion that was judged."""
        return self.assessment.criteria

    @property
    def runs_here(self) -> bool:
        """Whether it certainly runs in one of the patient's countries."""
        return any(one.name == "country" and one.outcome == "met" for one in self.criteria)


class VerdictCounts(NamedTuple):
    """How many trials have each verdict; together they are the registry."""

    match: int
    possible: int
    excluded: int


class MatchesBeside(NamedTuple):
    """Of the matches, those that are no trial one could join now: registries and other studies, and what is closed."""

    studies: int
    closed: int


class LeftOut(NamedTuple):
    """Trials that are not among the rows, each counted once: by the limit, as closed, excluded, or in another state."""

    held_back: int
    closed: int
    excluded: int
    other_states: int


class FactValue(NamedTuple):
    """An answer to a question, or every value up to `until`: the trials it makes a match, and those it excludes."""

    value: str
    until: str | None
    match: tuple[str, ...]
    excluded: tuple[str, ...]


class MissingFact(NamedTuple):
    """A missing fact and the possible trials that it settles whatever the answer, or may settle.

    `settles` and `may_settle` are trials open now (all that are not closed, where none is open); `not_yet_open` are
    others it settles.
    """

    fact: str
    settles: tuple[str, ...]
    may_settle: tuple[str, ...]
    not_yet_open: tuple[str, ...]
    values: tuple[FactValue, ...]


class FactEffect(NamedTuple):
    """A missing fact worth asking, and how many of the trials in question it settles or may settle."""

    fact: str
    settles: int
    may_settle: int


QUESTIONS = 3
"""Questions of a short answer."""


class AskNext(NamedTuple):
    """The short form of the questions: about `of` possible trials that are open, or not closed where none is open.

    `unasked` of them wait on what the registry does not say, whatever the patient answers.
    """

    about: Literal["open", "not_closed"]
    of: int
    effects: tuple[FactEffect, ...]
    unasked: int

    @property
    def first(self) -> tuple[FactEffect, ...]:
        """The questions of a short answer."""
        return self.effects[:QUESTIONS]


class NearMiss(NamedTuple):
    """A trial that fails one criterion, and what can be done about it.

    `opens` are the first and the last day on which a wait may end; `barred` says why waiting is no use all the same:
    the trial has `ended` by then, another criterion `fails`, or the wait is too `far`.
    """

    id: str
    criterion: Criterion
    remedy: Remedy
    opens: tuple[date, date] | None
    barred: Barred
    recruitment: State
    countries: tuple[str, ...]


class Opening(NamedTuple):
    """A trial that another subtype would open, with its verdict then; `firm` where a match rests on criteria that were read."""

    id: str
    verdict: Verdict
    firm: bool = True


class OtherSubtype(NamedTuple):
    """What another subtype would open and close; `by_itself` where nobody asked. Best trials first.

    `to_tell` counts and names those worth telling: where nobody asked, only trials known to take patients, or that will.
    """

    subtype: str
    by_itself: bool
    opens: tuple[Opening, ...]
    closes: tuple[str, ...]
    to_tell: tuple[str, ...]


class Turns18(NamedTuple):
    """What the 18th birthday opens and closes, best trials first; `to_tell_…` are known to take patients, or will."""

    on: date
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    to_tell_opens: tuple[str, ...]
    to_tell_closes: tuple[str, ...]

    def soon(self, day: date) -> bool:
        """Whether it is near enough for its trials to be named: those of a longer wait are counted."""
        return self.on <= add_age(day, LONGEST_WAIT, "years")


class SupposedFlip(NamedTuple):
    """A verdict that what is supposed changes, and the criteria that make it, as they come out then.

    `firm` says of both verdicts whether a match rests on criteria that were read.
    """

    id: str
    before: Verdict
    after: Verdict
    recruitment: State
    changed: tuple[Criterion, ...]
    firm: tuple[bool, bool] = (True, True)


class WhatIf(NamedTuple):
    """What was supposed, as typed; the patient then, the verdicts then, and every verdict that changes."""

    supposing: tuple[str, ...]
    asked: PatientFacts
    counts: VerdictCounts
    flips: tuple[SupposedFlip, ...]


class Answer(NamedTuple):
    """The whole answer of `match`.

    `rows` are trials, `studies_rows` registries and observational studies a patient may join, both best first. `funnel`
    and `relaxed` are there only where no trial known to take patients fits.
    """

    stamp: Stamp
    asked: PatientFacts
    notes: tuple[Note, ...]
    counts: VerdictCounts
    matches_beside: MatchesBeside
    closed: int
    """Trials that fit or may fit and are closed."""
    left_out: LeftOut
    rows: tuple[TrialRow, ...]
    study_rows: tuple[TrialRow, ...]
    questions: tuple[MissingFact, ...]
    questions_of: int
    """How many trials the questions are about."""
    ask_next: AskNext
    near_misses: tuple[NearMiss, ...]
    within_reach: tuple[NearMiss, ...]
    """Near misses among trials known to take patients, or that will; best first."""
    other_subtypes: tuple[OtherSubtype, ...]
    turns_18: Turns18 | None
    funnel: tuple[Step, ...]
    relaxed: tuple[Relaxed, ...]
    what_if: WhatIf | None
    studies: Mapping[str, Study]
    """Facts of every trial, by id."""

    @property
    def every_row(self) -> tuple[TrialRow, ...]:
        """Trials, then studies."""
        return self.rows + self.study_rows

    @property
    def shown(self) -> int:
        """How many trials and studies are listed."""
        return len(self.rows) + len(self.study_rows)
