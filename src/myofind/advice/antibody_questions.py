"""Which antibody to ask about: those that open rules name, and members of the classes they name that decide more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from myofind.advice.asked import Effect, Inquiry, Question, question_of
from myofind.advice.standing import as_bits
from myofind.domain.antibody_relatives import emptied, relatives
from myofind.domain.eligibility import CRITERIA, antibody_state
from myofind.domain.known_facts import telling_antibodies
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits
from myofind.names import autoantibodies as ab
from myofind.names.facts import FACTS

# Antibodies -----------------------------------------------------------------------------------------------------------


@cache
def _suspicious() -> tuple[str, ...]:
    """The facts that a positive antibody makes unsafe to presume."""
    return tuple(id for id, row in FACTS.items() if any("antibodies" in one for one in (*row.unless, *row.implied_by)))


def antibodies(asked: Inquiry) -> Iterator[Question]:
    patient, judge = asked.patient, CRITERIA["autoantibodies"]
    rules = asked.table.rules.get("autoantibodies", ())
    wanted: set[str] = set()
    for rule, _ in rules:
        outcome = judge(rule, patient, asked.day)
        if outcome.outcome == "unknown":
            wanted.update(outcome.facts)
    if not wanted:
        return
    related = {rule: frozenset(each for part in rule for one in part for each in relatives(one)) for rule, _ in rules}
    named = {one for rule, _ in rules for part in rule for one in part}
    results = dict(patient.antibodies)
    branching = asked.looks.names_on("autoantibodies")
    suspicious = tuple(
        name for name in (*_suspicious(), "treatments") if name in asked.table.rules and name not in branching
    )
    looking = (*branching, *suspicious)
    kept: dict[str, Bits] = {}

    def question(one: str) -> Question:
        telling = bool({one, *ab.groups(one)} & set(telling_antibodies()))

        def effects(diagnosis: Inquiry) -> Iterator[Effect]:
            failed, unsure = sets.total(diagnosis.base, "autoantibodies", *looking)
            for result in ("positive", "negative"):
                then = diagnosis.person(patient._replace(antibodies=tuple(sorted({**results, one: result}.items()))))
                changed = diagnosis.standings.changed(then) | {"autoantibodies"}
                no, maybe = diagnosis.standings.then(branching, then, changed)
                more = diagnosis.standings.then(suspicious, then, changed if telling else frozenset())
                no, maybe = failed | no | more[0], unsure | maybe | more[1]
                for rule, bits, _, outcome in diagnosis.standings.of("autoantibodies"):
                    if one in related[rule]:
                        outcome = judge(rule, then, asked.day).outcome
                    more = as_bits(outcome, bits)
                    no |= more[0]
                    maybe |= more[1]
                yield result, None, no, maybe

        return question_of(asked, f"autoantibodies.{one}", effects)

    for one in sorted(wanted):
        found = question(one)
        kept[one] = found.may
        yield found
    # A member of a class is a question of its own only where its answer decides something the class's does not; members
    # that stand alike towards the classes asked about decide alike.
    alike: dict[Any, Question] = {}
    for one in sorted({member for group in wanted for member in ab.members(group)} - wanted):
        if antibody_state(one, patient.antibodies) in ("positive", "negative"):
            continue
        key = (ab.groups(one) & named, (ab.members(one) | {one}) & named, emptied(one, patient, named))
        if key not in alike:
            alike[key] = question(one)
        found = alike[key]
        above = 0
        for each in ab.groups(one) & wanted:
            above |= kept[each]
        if found.settles or found.may & ~above:
            yield found._replace(fact=f"autoantibodies.{one}")
