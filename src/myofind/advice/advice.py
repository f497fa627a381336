"""What an answer adds to its verdicts: what to ask, what is near, what time or another diagnosis would open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from myofind.advice.asked import Question
from myofind.advice.near_misses import Near, Step, funnel, near_misses
from myofind.advice.questions import ranked
from myofind.asking.typed import Profile, Typed
from myofind.domain.patient import Patient
from myofind.matching.answer import Matched, first_kinds
from myofind.matching.trial_sets import Bits, Index
from myofind.records import NamedTuple

if TYPE_CHECKING:
    from myofind.advice.relaxed_searches import Relaxed
    from myofind.advice.timing import Adulthood
    from myofind.advice.what_if import Other

BY_ITSELF = {"pm": "asys"}
"""Subtypes that are so often another one that the other is always looked at: polymyositis with an antisynthetase
antibody is antisynthetase syndrome."""


class Pool(NamedTuple):
    """The possible trials that questions are about: those open now, and all that are not closed."""

    open: Bits
    all: Bits

    @property
    def first(self) -> Bits:
        """The open ones; where there are none, all."""
        return self.open or self.all


class Also(NamedTuple):
    """The answer under another subtype; `by_itself` where nobody asked."""

    subtype: str
    by_itself: bool
    other: Other


class Advice(NamedTuple):
    """Everything beside the verdicts; `steps` and `relaxed` only where no trial known to take patients fits."""

    pool: Pool
    questions: tuple[Question, ...]
    reach: Bits
    """The possible trials that some answer decides."""
    near: tuple[Near, ...]
    also: tuple[Also, ...]
    adult: Adulthood | None
    steps: tuple[Step, ...]
    relaxed: tuple[Relaxed, ...]

    @property
    def unasked(self) -> Bits:
        """Possible trials that no answer changes: the registry, not the patient, leaves them open."""
        return self.pool.all & ~self.reach


def advise(
    table: Index,
    asked: Profile,
    typed: Typed,
    found: Matched,
    day: date,
    also_as: tuple[str, ...] = (),
    most: int | None = None,
) -> Advice:
    """Look at what an answer leaves open; of the questions the first `most`, or all."""
    patient = asked.patient
    possible = found.verdicts.possible & found.taking
    pool = Pool(possible & found.states["open"], possible)
    others = under_discussion(patient, also_as)
    also: tuple[Also, ...] = ()
    if others:
        from myofind.advice.what_if import as_other

        also = tuple(
            Also(one, by_itself, as_other(table, patient._replace(subtypes=(one,)), day, found.verdicts))
            for one, by_itself in others
        )
    adult = None
    if patient.birth_date:
        from myofind.advice.timing import adulthood

        adult = adulthood(table, patient, day, found.verdicts)
    known = found.taking & ~found.states["unknown"] & first_kinds(table)
    nothing = not found.fitting & known
    steps: tuple[Step, ...] = ()
    options: tuple[Relaxed, ...] = ()
    if nothing:
        from myofind.advice.relaxed_searches import relaxed

        steps = funnel(table, found.judged, known)
        options = relaxed(table, asked, typed, found, day, others)
    asking = ranked(table, patient, day, found.judged, possible, pool.first, most)
    return Advice(
        pool, *asking, near_misses(table, patient, day, found.judged, found.taking), also, adult, steps, options
    )


def under_discussion(patient: Patient, asked: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The other subtypes to look at, each with whether nobody asked for it."""
    wanted = [(one, False) for one in asked if one not in patient.subtypes]
    for stated, other in BY_ITSELF.items():
        if stated in patient.subtypes and other not in patient.subtypes and other not in asked:
            wanted.append((other, True))
    return tuple(dict.fromkeys(wanted))
