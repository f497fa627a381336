"""Which antibody to ask about: those that open rules name, and members of the classes they name that decide more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.advice.asked import Effect, Inquiry, OpenQuestion, drugs_listed
from myofind.domain.antibody_relatives import emptied
from myofind.domain.eligibility import CRITERIA, antibody_state
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits
from myofind.names import autoantibodies as ab


def antibodies(asked: Inquiry) -> Iterator[OpenQuestion]:
    """Questions about antibodies and classes of them, each worked out."""
    rules = asked.table.rules.get("autoantibodies", ())
    outcomes = (CRITERIA["autoantibodies"](rule, asked.patient, asked.day) for rule, _ in rules)
    wanted = {one for criterion in outcomes if criterion.outcome == "unknown" for one in criterion.facts}
    reach: dict[str, Bits] = {}
    for one in sorted(wanted):
        found = _question(asked, one)
        reach[one] = found.may
        yield found
    # A member of a class is a question of its own only where its answer decides something the class's does not; members
    # that stand alike towards the classes asked about decide alike.
    named = {one for rule, _ in rules for part in rule for one in part}
    alike: dict[Any, OpenQuestion] = {}
    for one in sorted({member for group in wanted for member in ab.members(group)} - wanted):
        if antibody_state(one, asked.patient.antibodies) in ("positive", "negative"):
            continue
        key = (ab.groups(one) & named, (ab.members(one) | {one}) & named, emptied(one, asked.patient, named))
        if key not in alike:
            alike[key] = _question(asked, one)
        found = alike[key]
        above = 0
        for each in ab.groups(one) & wanted:
            above |= reach[each]
        if found.settles or found.may & ~above:
            yield found.about(f"autoantibodies.{one}")


def _question(asked: Inquiry, one: str) -> OpenQuestion:
    """What a positive and a negative result decide: by rules on antibodies, by alternatives, and by what a result tells."""
    results, fact = dict(asked.patient.antibodies), f"autoantibodies.{one}"
    names = ("autoantibodies", *asked.looks.names_on("autoantibodies", fact), *drugs_listed(asked))

    def effects(diagnosis: Inquiry) -> Iterator[Effect]:
        failed, unsure = sets.total(diagnosis.base, *names)
        for result in ("positive", "negative"):
            given = tuple(sorted({**results, one: result}.items()))
            then = diagnosis.person(asked.patient._replace(antibodies=given))
            changed = diagnosis.standings.changed(then) | {"autoantibodies", fact}
            no, maybe = diagnosis.standings.then(names, then, changed)
            yield result, None, failed | no, unsure | maybe

    return OpenQuestion(asked, fact, effects).worked_out()
