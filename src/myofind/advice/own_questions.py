"""Questions with answers of their own: a day or an age (the birth, the onset), and the results of antibodies.

Of days and ages one value between two neighbouring bounds stands for all. Of antibodies those are asked about that open
rules name, and the members of the classes they name that decide more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from myofind.advice.asked import EVERY, Borne, Effect, Fact, Inquiry, OpenQuestion, borne, drugs_listed
from myofind.advice.fact_questions import parts
from myofind.advice.standing import Standing, Standings
from myofind.domain.dates import completed_months, too_young
from myofind.domain.eligibility import CRITERIA, antibody_state, onset_days, onset_months
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import Birth, Onset, Patient, When
from myofind.domain.patient_facts import childhood, emptied, relatives
from myofind.domain.rules import AntibodyRule, DayRule, SpanRule
from myofind.domain.turning_points import OLDEST, birth_breaks, onset_age_breaks, onset_breaks
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Pair, as_bits
from myofind.names import autoantibodies as ab
from myofind.records import NamedTuple

# Days and months -------------------------------------------------------------------------------------------------------

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
        rest = sets.together((sets.total(one.base, *names), *_apart(one.standings, names, looking)))
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
            end = found[place + 1] - 1 if place + 1 < len(found) else high
            yield words(start), words(end), *sets.together((rest, *zip(no.values(), maybe.values(), strict=True)))

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
            *(at for part, own in _parts(name, rule) for at in birth_breaks(part, own, onset, day)),
            *_ages_then(asked, name, rule),
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


def _ages_then(asked: Inquiry, name: str, rule: Any) -> Iterator[int]:
    for part, bounds in _age_rules(parts(name, rule)):
        then = known_facts(asked.patient, asked.day).get(part)
        if isinstance(then, When):
            yield from birth_breaks("onset_age", bounds, Onset(then.first, then.last), asked.day)


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


# Antibodies ------------------------------------------------------------------------------------------------------------


class Alike(NamedTuple):
    """What antibodies have in common that decide alike: the criteria and trials they bear on, and what was worked out."""

    names: tuple[str, ...]
    borne: Borne
    decided: dict[tuple[int, str], tuple[Bits, Bits]]
    """What fails and is left open with a result, by diagnosis and result."""


def antibodies(asked: Inquiry) -> Iterator[OpenQuestion]:
    """Questions about antibodies and classes of them."""
    rules = asked.table.rules.get("autoantibodies", ())
    outcomes = (CRITERIA["autoantibodies"](rule, asked.patient, asked.day) for rule, _ in rules)
    wanted = {one for criterion in outcomes if criterion.outcome == "unknown" for one in criterion.facts}
    classes = {one: _question(asked, one, _alike(asked, one)) for one in sorted(wanted)}
    yield from classes.values()
    # Members that stand alike towards the classes asked about, and tell the same of other facts, decide alike.
    named = asked.looks.named_antibodies
    groups: dict[Any, Alike] = {}
    for one in sorted({member for group in wanted for member in ab.members(group)} - wanted):
        if antibody_state(one, asked.patient.antibodies) in ("positive", "negative"):
            continue
        inside, telling = ab.members(one) | {one}, asked.looks.names_on(f"autoantibodies.{one}")
        key = (ab.groups(one) & named, inside & named, emptied(one, asked.patient, named), telling)
        if key not in groups:
            groups[key] = _alike(asked, one)
        yield _question(asked, one, groups[key], tuple(classes[each] for each in sorted(ab.groups(one) & wanted)))


def _alike(asked: Inquiry, one: str) -> Alike:
    """What an antibody bears on: rules on antibodies, alternatives, and rules on what a result tells."""
    fact = f"autoantibodies.{one}"
    names = ("autoantibodies", *asked.looks.names_on("autoantibodies", fact), *drugs_listed(asked))
    bearing = frozenset(("autoantibodies", fact))
    # The other results may leave none that a rule admits: any specific antibody but Jo-1, all others negative.
    bears_on = borne(asked, lambda standings: standings.undecided(names, bearing))
    if len(asked.diagnoses) == 1:
        bears_on = bears_on._replace(settles=~_left_open(asked, one, asked.standings.undecided(names, bearing)))
    return Alike(names, bears_on, {})


def _left_open(asked: Inquiry, one: str, bearing: Iterable[Standing]) -> Bits:
    """The trials that a negative result leaves possible: a rule stays open, and none that it may decide is open.

    What antibodies tell of facts only a positive result tells: a negative one leaves every rule on facts as it is.
    """
    waiting = settled = 0
    for rule, bits, looks_at, now in bearing:
        if now.outcome == "unknown":
            if isinstance(rule, AntibodyRule):
                able = set(rule.required_any or now.facts)  # where some are required, one of them must stay open
                stays = not rule.required_all and any(
                    one not in relatives(other) for other in now.facts if other in able
                )
            else:
                stays = "autoantibodies" not in looks_at
            waiting, settled = (waiting | bits, settled) if stays else (waiting, settled | bits)
    return waiting & asked.table.all & ~sets.with_trials(asked.table, settled)


def _question(asked: Inquiry, one: str, alike: Alike, above: tuple[OpenQuestion, ...] = ()) -> OpenQuestion:
    """What a positive and a negative result decide.

    A member of a class is a question of its own only where it decides something that the classes `above` it do not.
    """
    results, fact = dict(asked.patient.antibodies), f"autoantibodies.{one}"

    def effects(diagnosis: Inquiry) -> Iterator[Effect]:
        for result in ("positive", "negative"):
            place = (diagnosis.under, result)
            if place not in alike.decided:
                given = tuple(sorted({**results, one: result}.items()))
                then = diagnosis.person(asked.patient._replace(antibodies=given))
                changed = diagnosis.standings.changed(then) | {"autoantibodies", fact}
                rest = sets.total(diagnosis.base, *alike.names)
                alike.decided[place] = sets.together((rest, diagnosis.standings.then(alike.names, then, changed)))
            yield result, None, *alike.decided[place]

    return OpenQuestion(asked, fact, effects, alike.borne, above)
