"""Questions answered by a day or an age: the birth, the onset. One value between two neighbouring bounds stands for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from myofind.advice.asked import EVERY, Effect, Fact, Inquiry, OpenQuestion, borne
from myofind.advice.fact_questions import parts
from myofind.advice.standing import Pair, Standings, as_bits
from myofind.domain.dates import completed_months, too_young
from myofind.domain.eligibility import CRITERIA, onset_days, onset_months
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import Birth, Onset, Patient, When
from myofind.domain.patient_facts import childhood
from myofind.domain.rules import DayRule, SpanRule
from myofind.domain.turning_points import OLDEST, birth_breaks, onset_age_breaks, onset_breaks
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits

# Days and months: one value between two neighbouring bounds -----------------------------------------------------------

Breaks = Callable[[str, Any], Iterable[int]]
"""The values at which a criterion's rule may change its answer; values that are not possible may be among them."""


def _sweep(
    asked: Inquiry,
    fact: Fact,
    names: tuple[str, ...],
    looked_at: tuple[str, ...],
    low: int,
    high: int,
    patient_at: Callable[[int], Patient],
    breaks: Breaks,
    words: Callable[[int], str],
) -> OpenQuestion:
    """A fact with ordered values: every rule that looks at it is judged once between two of its own bounds."""
    people: dict[int, Patient] = {}
    looking = frozenset(looked_at)

    def person_at(one: Inquiry, start: int) -> Patient:
        if start not in people:
            people[start] = patient_at(start)
        return one.person(people[start])

    def judged(one: Inquiry, name: str, rule: Any, bits: Bits, start: int) -> Pair:
        person = person_at(one, start)
        if name == "subtype":
            return _by_onset(one, person)
        return as_bits(CRITERIA[name](rule, person, one.day).outcome, bits)

    def effects(one: Inquiry) -> Iterator[Effect]:
        failed, unsure = sets.total(one.base, *names)
        for more_no, more_maybe in _apart(one.standings, names, looking):
            failed, unsure = failed | more_no, unsure | more_maybe
        at: dict[int, list[tuple[str, Any, Bits]]] = {low: []}
        for name, rule, bits in _looking(one.standings, names, looking):
            for start in {low, *(at for at in breaks(name, rule) if low < at <= high)}:
                at.setdefault(start, []).append((name, rule, bits))
        no, maybe = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        found = sorted(at)
        for place, start in enumerate(found):
            for name, rule, bits in at[start]:
                more_no, more_maybe = judged(one, name, rule, bits, start)
                no[name] = no[name] & ~bits | more_no
                maybe[name] = maybe[name] & ~bits | more_maybe
            all_no, all_maybe = failed, unsure
            for name in names:
                all_no |= no[name]
                all_maybe |= maybe[name]
            end = found[place + 1] - 1 if place + 1 < len(found) else high
            yield words(start), words(end), all_no, all_maybe

    # What else is known may leave no value that a rule admits: an onset in 1986 no age of two.
    bearing = borne(asked, lambda standings: standings.undecided(names, looking))
    return OpenQuestion(asked, fact, effects, bearing)


def _looking(standings: Standings, names: tuple[str, ...], at: frozenset[str]) -> Iterator[tuple[str, Any, Bits]]:
    """The rules of some criteria that look at some facts with their trials, by name; those on the subtype as one."""
    for name in names:
        if name == "subtype":
            yield name, None, EVERY
        else:
            every = (each for each in standings.of(name) if not at.isdisjoint(each.looks_at))
            yield from ((name, each.rule, each.bits) for each in every)


def _apart(standings: Standings, names: tuple[str, ...], at: frozenset[str]) -> Iterator[Pair]:
    """What the other rules of these criteria fail and leave open, whatever the facts are."""
    every = (each for name in names for each in standings.of(name))
    return (as_bits(each.now.outcome, each.bits) for each in every if at.isdisjoint(each.looks_at))


def _by_onset(asked: Inquiry, patient: Patient) -> Pair:
    """The subtype's outcomes; birth and onset bear on them only through "before 18"."""
    young = childhood(patient, asked.day)
    if young not in asked.by_onset:
        asked.by_onset[young] = sets.outcomes(asked.table, "subtype", patient, asked.day)
    return asked.by_onset[young]


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _oldest(day: date) -> date:
    return date(day.year - OLDEST, day.month, 1)


def birth(asked: Inquiry) -> Iterator[OpenQuestion]:
    patient, day = asked.patient, asked.day
    onset = patient.onset
    looked_at = ("subtype", "age", "duration", "onset", "onset_age", *_aged(asked))
    others = ("age", "duration", "onset_age", *asked.looks.names_on(*looked_at))
    low, high = (bound.toordinal() for bound in patient.birth or (_oldest(day), day))
    if patient.birth:
        ends = {childhood(patient._replace(birth=Birth(born, born)), day) for born in patient.birth}
        if len(ends) == 1 and not any(asked.base[name][1] for name in others if name in asked.base):
            return  # what is decided for all possible births is decided alike for each of them
    if onset and onset.latest:
        high = min(high, onset.latest.toordinal())
    if onset and onset.youngest_months is not None:
        high = min(high, too_young(onset.youngest_months, "months", day) - 1)
    yield _sweep(
        asked, "age", ("subtype", *others), looked_at, low, high,
        lambda born: patient._replace(birth=Birth(date.fromordinal(born), date.fromordinal(born))),
        lambda name, rule: [
            *(at for part, own in _parts(name, rule) for at in birth_breaks(part, own, onset, day, low, high)),
            *_ages_then(asked, name, rule, low, high),
        ],
        _iso,
    )  # fmt: skip


def _parts(name: str, rule: Any) -> Iterator[tuple[str, Any]]:
    """What a criterion looks at, an onset by the names of its two criteria."""
    for part, own in parts(name, rule):
        if part == "onset":
            if own.since:
                yield "duration", own.since
            if own.age:
                yield "onset_age", own.age
        else:
            yield part, own


def _aged(asked: Inquiry) -> tuple[str, ...]:
    """Criteria on the age on a day that is a fact of its own."""
    rules = asked.looks.rules.items()
    return tuple(name for name, every in rules if any(next(_age_rules(inside), None) for _, inside in every))


def _age_rules(inside: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, SpanRule]]:
    return ((part, own.age) for part, own in inside if isinstance(own, DayRule) and own.age and part != "onset")


def _ages_then(asked: Inquiry, name: str, rule: Any, low: int, high: int) -> Iterator[int]:
    for part, bounds in _age_rules(parts(name, rule)):
        then = known_facts(asked.patient, asked.day).get(part)
        if isinstance(then, When):
            yield from birth_breaks("onset_age", bounds, Onset(then.first, then.last), asked.day, low, high)


def onset(asked: Inquiry) -> Iterator[OpenQuestion]:
    """When the disease began, as a day, and as an age: each settles what the other may leave open."""
    looked_at = ("subtype", "duration", "onset", "onset_age")
    names = ("subtype", "duration", "onset_age", *asked.looks.names_on(*looked_at))
    patient, day = asked.patient, asked.day
    onset, birth = patient.onset or Onset(), patient.birth
    if onset.youngest_months is None or onset.oldest_months != onset.youngest_months:
        low, high = onset_months(patient) or (0, OLDEST * 12)
        if birth:
            high = min(high, completed_months(birth.earliest, day))
        yield _sweep(
            asked, "onset_age", names, looked_at, low, high,
            lambda months: patient._replace(onset=onset._replace(youngest_months=months, oldest_months=months)),
            lambda name, rule: [
                at for part, own in _parts(name, rule) for at in onset_age_breaks(part, own, patient, day)
            ],
            str,
        )  # fmt: skip
    if onset.earliest is None or onset.earliest != onset.latest:
        first, last = onset_days(patient) or (birth.earliest if birth else _oldest(day), day)
        yield _sweep(
            asked, "onset", names, looked_at, first.toordinal(), min(last, day).toordinal(),
            lambda began: patient._replace(
                onset=onset._replace(earliest=date.fromordinal(began), latest=date.fromordinal(began))
            ),
            lambda name, rule: [
                at for part, own in _parts(name, rule) for at in onset_breaks(part, own, patient, day)
            ],
            _iso,
        )  # fmt: skip
