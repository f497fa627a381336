"""What an answer says beside its verdicts, as records: questions, near misses, other subtypes, the 18th birthday, flips;
and the few trials to look at first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from myofind.advice.advice import Advice, Also
from myofind.advice.asked import Question
from myofind.advice.near_misses import REMEDIES, Near, Remedy
from myofind.domain.eligibility import assess
from myofind.domain.recruitment import State
from myofind.domain.rules import CountryRule
from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Matched, first_kinds, ranked
from myofind.matching.trial_sets import Bits, Index
from myofind.names.regions import distance
from myofind.report.study import Studies, patient_facts
from myofind.report.values import (
    Answer,
    AskNext,
    FactEffect,
    FactValue,
    MissingFact,
    NearMiss,
    Opening,
    OtherSubtype,
    PatientFacts,
    SupposedFlip,
    TrialRow,
    Turns18,
    VerdictCounts,
    WhatIf,
)

if TYPE_CHECKING:
    from myofind.advice.what_if import Supposed


def ids(table: Index, bits: Bits) -> tuple[str, ...]:
    """The numbers of a set of trials, sorted."""
    return tuple(sorted(table.ids[place] for place in sets.places(bits)))


def in_order(table: Index, places: Sequence[int]) -> tuple[str, ...]:
    """The numbers of trials in the order given."""
    return tuple(table.ids[place] for place in places)


def state_of(matched: Matched, place: int) -> State:
    """The recruitment of a trial."""
    return next(state for state, bits in matched.states.items() if bits >> place & 1)


# Questions -------------------------------------------------------------------------------------------------------------


def questions(table: Index, advice: Advice) -> tuple[MissingFact, ...]:
    """The missing facts, most deciding first."""
    pool = advice.pool.first
    return tuple(
        MissingFact(
            one.fact,
            ids(table, one.settles & pool),
            ids(table, one.may & pool),
            ids(table, one.settles & ~pool),
            tuple(_values(table, one, pool)),
        )
        for one in advice.questions
    )


def _values(table: Index, question: Question, pool: Bits) -> list[FactValue]:
    """The answers; neighbouring ranges that do the same are one, from its first value to its last."""
    found: list[FactValue] = []
    for value in question.values:
        new = FactValue(value.value, value.until, ids(table, value.match & pool), ids(table, value.excluded & pool))
        if found and None not in (new.until, found[-1].until) and found[-1][2:] == new[2:]:
            new = found.pop()._replace(until=new.until)
        found.append(new)
    return found


def ask_next(advice: Advice) -> AskNext:
    """What to ask next about the trials open now; about all that are not closed where no answer bears on those."""
    opened = bool(advice.reach & advice.pool.open)
    pool = advice.pool.open if opened else advice.pool.all
    effects = tuple(
        FactEffect(one.fact, sets.size(one.settles & pool), sets.size(one.may & pool))
        for one in advice.questions
        if one.may & pool
    )
    return AskNext("open" if opened else "not_closed", sets.size(pool), effects, sets.size(advice.unasked & pool))


# Near misses -----------------------------------------------------------------------------------------------------------


def near_miss(table: Index, near: Near, state: State) -> NearMiss:
    """A trial that fails one criterion."""
    rule = near.criterion.rule
    countries = rule.listed if isinstance(rule, CountryRule) else ()
    return NearMiss(table.ids[near.place], near.criterion, near.remedy, near.opens, near.barred, state, countries)


def near_misses(table: Index, advice: Advice, matched: Matched, asked: PatientFacts) -> tuple[NearMiss, ...]:
    """Every trial that fails one criterion, the most doable first."""
    misses = [near_miss(table, near, state_of(matched, near.place)) for near in advice.near]
    return tuple(miss for group in by_remedy(_nearest_first(misses, asked)).values() for miss in group)


def _nearest_first(misses: Sequence[NearMiss], asked: PatientFacts) -> list[NearMiss]:
    """Near misses in the order given, but those that only run elsewhere by how far from the patient's countries."""
    here = asked.patient.countries
    return sorted(misses, key=lambda miss: distance(here, miss.countries) if miss.remedy == "country" else 0)


def within_reach(
    table: Index, advice: Advice, matched: Matched, asked: PatientFacts, misses: Sequence[NearMiss]
) -> tuple[NearMiss, ...]:
    """The near misses among trials known to take patients, or that will; best first."""
    taking = matched.taking & ~matched.states["unknown"] & first_kinds(table)
    by_id = {miss.id: miss for miss in misses}
    bits = sum(1 << near.place for near in advice.near) & taking
    order = ranked(table, matched.verdicts, matched.states, asked.patient, bits)
    return tuple(_nearest_first([by_id[table.ids[place]] for place in order], asked))


def by_remedy(misses: Sequence[NearMiss]) -> dict[Remedy, list[NearMiss]]:
    """Near misses by what can be done, the most doable first; waits that end soonest first, the others in the order given."""
    groups: dict[Remedy, list[NearMiss]] = {remedy: [] for remedy in REMEDIES}
    for miss in misses:
        groups[miss.remedy].append(miss)
    groups["wait"].sort(key=lambda miss: miss.opens or (date.max, date.max))
    return groups


def elsewhere(whole: Answer) -> dict[str, list[NearMiss]]:
    """What fails on the country alone, by country: those near the patient's first, of equally near ones where most run."""
    by_country: dict[str, list[NearMiss]] = {}
    for miss in by_remedy(whole.within_reach)["country"]:
        for code in miss.countries:
            by_country.setdefault(code, []).append(miss)
    here = whole.asked.patient.countries
    order = sorted(by_country, key=lambda code: (distance(here, (code,)), -len(by_country[code]), code))
    return {code: by_country[code] for code in order}


def later(whole: Answer) -> list[NearMiss]:
    """What a wait or a change opens, but for what an 18th birthday opens that is told of by itself."""
    groups, birthday = by_remedy(whole.within_reach), whole.turns_18
    told = birthday.to_tell_opens if birthday and birthday.soon(whole.stamp.day) else ()
    return [miss for miss in groups["wait"] + groups["change"] if miss.id not in told]


# Another subtype, another age, another fact ----------------------------------------------------------------------------


def other_subtype(studies: Studies, also: Also, matched: Matched, day: date) -> OtherSubtype:
    """What would open and close under another subtype."""
    table = studies.store.index
    other = also.other
    opens, closes = other.opens & matched.taking, other.closes & matched.taking
    order = ranked(table, other.verdicts, matched.states, other.patient, opens)
    unknown = matched.states["unknown"] if also.by_itself else 0

    def opening(place: int) -> Opening:
        if not other.verdicts.match >> place & 1:
            return Opening(table.ids[place], "possible")
        return Opening(table.ids[place], "match", assess(other.patient, studies.at(place).trial, day).firm)

    return OtherSubtype(
        also.subtype,
        also.by_itself,
        tuple(map(opening, order)),
        ids(table, closes),
        in_order(table, [place for place in order if not unknown >> place & 1]),
    )


def turns_18(table: Index, advice: Advice, matched: Matched, asked: PatientFacts) -> Turns18 | None:
    """What the 18th birthday changes."""
    adult = advice.adult
    if adult is None:
        return None
    opens, closes = adult.opens & matched.taking, adult.closes & matched.taking
    known = ~matched.states["unknown"]
    return Turns18(
        adult.day,
        ids(table, opens),
        ids(table, closes),
        in_order(table, ranked(table, adult.verdicts, matched.states, asked.patient, opens & known)),
        in_order(table, ranked(table, matched.verdicts, matched.states, asked.patient, closes & known)),
    )


def what_if(studies: Studies, matched: Matched, asked: PatientFacts, then: Supposed, day: date) -> WhatIf:
    """Every verdict that what is supposed changes, and why."""
    from myofind.advice.what_if import flips

    verdicts, changes = then.verdicts, []
    for place in flips(matched.verdicts, verdicts):
        trial = studies.at(place).trial
        before, after = assess(asked.patient, trial, day), assess(then.profile.patient, trial, day)
        earlier = [(one.name, one.outcome, one.rule) for one in before.criteria]
        changed = tuple(one for one in after.criteria if (one.name, one.outcome, one.rule) not in earlier)
        state, firm = state_of(matched, place), (before.firm, after.firm)
        changes.append(SupposedFlip(trial.id, before.verdict, after.verdict, state, changed, firm))
    return WhatIf(then.wanted, patient_facts(then.profile), VerdictCounts(*map(sets.size, verdicts)), tuple(changes))


FEW = 3
TAKING = ("open", "upcoming")
"""States of recruitment of trials that take patients, or will."""


def worth_a_call(whole: Answer) -> tuple[TrialRow, ...]:
    """The first trials, in the order of the answer, that are certainly in the patient's country and open or upcoming."""
    return _first(whole, lambda row: row.runs_here and row.study.recruitment.state in TAKING)


def worth_asking(whole: Answer) -> tuple[TrialRow, ...]:
    """Those worth a call; else the first that take patients or will, wherever they are."""
    return worth_a_call(whole) or _first(whole, lambda row: row.study.recruitment.state in TAKING)


def nearest_elsewhere(whole: Answer) -> tuple[str, tuple[str, ...]] | None:
    """The nearest country in which trials run that fail on the country alone, and the numbers of the first of these.

    Only where none is worth a call, and nearer than what perhaps runs in the patient's country: None otherwise.
    """
    here, perhaps = whole.asked.patient.countries, worth_asking(whole)
    if not here or worth_a_call(whole):
        return None
    country, misses = next(iter(elsewhere(whole).items()), ("", []))
    known = (row.trial.countries.listed if row.trial.countries else () for row in perhaps)
    if not misses or any(distance(here, listed) <= distance(here, (country,)) for listed in known):
        return None
    return country, tuple(miss.id for miss in misses[:FEW])


def first_trials(whole: Answer) -> tuple[TrialRow, ...]:
    """Those worth asking; else the first that fit or may fit."""
    return worth_asking(whole) or _first(whole, lambda _: True)


def _first(whole: Answer, chosen: Callable[[TrialRow], bool]) -> tuple[TrialRow, ...]:
    """The first that are not excluded, and not for disease begun in childhood alone where onset in adulthood is presumed."""
    suited = (row for row in whole.rows if chosen(row) and row.verdict != "excluded")
    return tuple(islice((row for row in suited if all(one.code != PRESUMED_AGAINST for one in row.criteria)), FEW))
