"""Which antibody to ask about: those that open rules name, and members of the classes they name that decide more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from myofind.advice.asked import Borne, Effect, Inquiry, OpenQuestion, borne, drugs_listed
from myofind.advice.standing import Standing
from myofind.domain.eligibility import CRITERIA, antibody_state
from myofind.domain.patient_facts import emptied, relatives
from myofind.domain.rules import AntibodyRule
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits
from myofind.names import autoantibodies as ab
from myofind.records import NamedTuple


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
                failed, unsure = sets.total(diagnosis.base, *alike.names)
                no, maybe = diagnosis.standings.then(alike.names, then, changed)
                alike.decided[place] = (failed | no, unsure | maybe)
            yield result, None, *alike.decided[place]

    return OpenQuestion(asked, fact, effects, alike.borne, above)
