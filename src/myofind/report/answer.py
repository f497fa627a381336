"""The answer of `match`, built once: everything that any writer lays out is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from myofind.advice.advice import advise
from myofind.asking.typed import Profile, Typed
from myofind.domain.known_facts import lung_disease
from myofind.domain.recruitment import State
from myofind.domain.remarks import remarks
from myofind.matching import trial_sets as sets
from myofind.matching.answer import FIRST_KINDS, Matched, first_kinds
from myofind.matching.answer import answer as match
from myofind.records import NamedTuple
from myofind.report import beside
from myofind.report.study import Studies, patient_facts, row, stamp
from myofind.report.values import Answer, LeftOut, MatchesBeside, Note, VerdictCounts

if TYPE_CHECKING:
    from myofind.advice.what_if import Supposed
    from myofind.registry.compiled import Store


class Wanted(NamedTuple):
    """What is asked for: which trials, at most how many, under which other facts, and whether with sources.

    Of the questions the first so many are worked out, or all.

    Without `everything`, `states` or `statuses`, the trials that fit or may fit and are not closed are listed.
    """

    everything: bool = False
    states: tuple[State, ...] | None = None
    statuses: tuple[str, ...] = ()
    limit: int | None = None
    also_as: tuple[str, ...] = ()
    sources: bool = False
    questions: int | None = None


def answer(
    store: Store,
    profile: Profile,
    typed: Typed,
    day: date,
    wanted: Wanted,
    *,
    supposed: Supposed | None = None,
    others: Profile | None = None,
) -> Answer:
    """Ask for a patient on a day.

    `typed` are the facts as typed, which relaxed searches repeat; `supposed` is the patient of `--what-if`; `others`
    are further names as they were read.
    """
    table, patient, asked = store.index, profile.patient, patient_facts(profile)
    matched = match(
        table, patient, day, everything=wanted.everything, wanted=wanted.states, statuses=wanted.statuses,
        limit=wanted.limit,
    )  # fmt: skip
    advice = advise(table, profile, typed, matched, day, wanted.also_as, wanted.questions)
    studies = Studies(store, day)
    rows = [row(studies.at(place), patient, day, store, sourced=wanted.sources) for place in matched.places]
    misses = beside.near_misses(table, advice, matched, asked)
    fitting, closed = matched.verdicts.match, matched.states["closed"]
    return Answer(
        stamp=stamp(store.meta, day),
        asked=asked,
        notes=notes(profile, typed, day, (supposed.profile if supposed else None, others)),
        counts=VerdictCounts(*map(sets.size, matched.verdicts)),
        matches_beside=MatchesBeside(sets.size(fitting & ~closed & ~first_kinds(table)), sets.size(fitting & closed)),
        closed=sets.size(matched.fitting & closed),
        left_out=_left_out(matched),
        rows=tuple(one for one in rows if one.trial.kind in FIRST_KINDS),
        study_rows=tuple(one for one in rows if one.trial.kind not in FIRST_KINDS),
        questions=beside.questions(table, advice),
        questions_of=sets.size(advice.pool.first),
        ask_next=beside.ask_next(advice),
        near_misses=misses,
        within_reach=beside.within_reach(table, advice, matched, asked, misses),
        other_subtypes=tuple(beside.other_subtype(studies, one, matched, day) for one in advice.also),
        turns_18=beside.turns_18(table, advice, matched, asked),
        funnel=advice.steps,
        relaxed=advice.relaxed,
        what_if=beside.what_if(studies, matched, asked, supposed, day) if supposed else None,
        studies=studies,
    )


def notes(profile: Profile, typed: Typed, day: date, further: Iterable[Profile | None] = ()) -> tuple[Note, ...]:
    """How names were read, then what the field knows of such a patient, then how further names were read."""
    patient = profile.patient
    known = remarks(
        patient.subtypes, dict(patient.antibodies), typed.subtypes, patient.countries, lung_disease(patient, day)
    )
    notes = (
        *(Note(text=text, slip=text in profile.slips) for text in profile.readings),
        *(Note(remark) for remark in known),
        *(Note(text=text, slip=text in other.slips) for other in further if other for text in other.readings),
    )
    return tuple(dict.fromkeys(notes))


def _left_out(matched: Matched) -> LeftOut:
    rest, closed = ~matched.chosen, matched.states["closed"]
    return LeftOut(
        held_back=matched.held_back,
        closed=sets.size(matched.fitting & closed & rest),
        excluded=sets.size(matched.verdicts.excluded & rest),
        other_states=sets.size(matched.fitting & ~closed & rest),
    )
