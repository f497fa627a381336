"""How every open rule stands for a patient, and how it would for another who differs in a few facts.

A question has many answers, each of which bears on few rules: only the rules that look at what an answer changes are
judged anew, all others stand as they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from myofind.advice.fact_questions import ALTERNATIVES, Looks, reached
from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import childhood
from myofind.domain.rules import Criterion, TreatmentRule, branch_outcome
from myofind.domain.treatments import concerns
from myofind.domain.trial import AtLeast
from myofind.matching.trial_sets import Bits, Index, Pair, as_bits, together
from myofind.names.facts import FactId
from myofind.records import NamedTuple

DECIDED = ("met", "not_met")
"""Outcomes that stay what they are when more becomes known."""


class Standing(NamedTuple):
    """A rule, its trials and cohorts, the names of what it looks at, and how it stands now."""

    rule: Any
    bits: Bits
    looks_at: frozenset[str]
    now: Criterion


class Standings:
    """The rules of a registry as they stand for one patient on a day, each judged once and when first asked for."""

    def __init__(self, table: Index, looks: Looks, patient: Patient, day: date) -> None:
        self.table, self.patient, self.day = table, patient, day
        self._looks = looks
        self._of: dict[str, tuple[Standing, ...]] = {}
        self._now: dict[str, tuple[frozenset[str], Pair]] = {}
        self._listed: dict[TreatmentRule, str] = {}
        self._known = known_facts(patient, day)

    def of(self, name: str) -> tuple[Standing, ...]:
        """Every rule of a criterion."""
        if name not in self._of:
            judge, rules = CRITERIA[name], self.table.rules.get(name, ())
            inside = self._looks.inside(name) or (frozenset((name,)),) * len(rules)
            self._of[name] = tuple(
                Standing(rule, bits, looks_at, judge(rule, self.patient, self.day))
                for (rule, bits), looks_at in zip(rules, inside, strict=True)
            )
        return self._of[name]

    def touched(self, names: Iterable[str], facts: Iterable[FactId]) -> Iterator[Standing]:
        """The rules of some criteria that some facts may decide, and all those on treatments.

        Where nothing is known of these facts, a rule that is decided without them stays so: knowing more undoes nothing.
        """
        wanted = frozenset(facts)
        decided = DECIDED if wanted.isdisjoint(self._known) else ()
        for name in names:
            for standing in self.of(name):
                if name == "treatments" or (standing.now.outcome not in decided and _may_decide(standing, wanted)):
                    yield standing

    def undecided(self, names: Iterable[str], looking_at: frozenset[str] | None = None) -> Iterator[Standing]:
        """The rules of some criteria that more knowledge may decide: of what is named, or of anything.

        What is met because onset in adulthood is presumed, an onset in childhood undoes.
        """
        presumed = childhood(self.patient, self.day) == "presumed"
        for name in names:
            for standing in self.of(name):
                apart = looking_at is not None and looking_at.isdisjoint(standing.looks_at)
                decided = standing.now.outcome in DECIDED and not (presumed and "subtype" in standing.looks_at)
                if not decided and not apart:
                    yield standing

    def changed(self, other: Patient) -> frozenset[str]:
        """The facts that are known otherwise of another patient, given or implied."""
        now, then = self._known, known_facts(other, self.day)
        return frozenset(id for id in now.keys() | then.keys() if now.get(id) != then.get(id))

    def then(self, names: Iterable[str], other: Patient, changed: frozenset[str], drug: str | None = None) -> Pair:
        """What some criteria fail and leave open for another patient, who differs in what `changed` names.

        Treatments may differ in one drug, which `drug` names.
        """
        return together(self._then(name, other, changed, drug if name == "treatments" else None) for name in names)

    def _then(self, name: str, other: Patient, changed: frozenset[str], drug: str | None) -> Pair:
        """What one criterion fails and leaves open for another patient."""
        if name not in self._now:
            looks_at = frozenset[str]().union(*(standing.looks_at for standing in self.of(name)))
            self._now[name] = looks_at, together(as_bits(one.now.outcome, one.bits) for one in self.of(name))
        looks_at, now = self._now[name]
        if not drug and looks_at.isdisjoint(changed):
            return now
        return together(self._judged(name, other, changed, drug))

    def _judged(self, name: str, other: Patient, changed: frozenset[str], drug: str | None) -> Iterator[Pair]:
        """What each rule of a criterion fails and leaves open for another patient."""
        judge = CRITERIA[name]
        for rule, bits, looks_at, now in self.of(name):
            outcome: str = now.outcome
            if not looks_at.isdisjoint(changed) or (drug and concerns(rule, drug)):
                outcome = judge(rule, other, self.day).outcome
            elif drug:
                outcome = self._with_a_list(rule, other, outcome)
            yield as_bits(outcome, bits)

    def _with_a_list(self, rule: TreatmentRule, other: Patient, outcome: str) -> str:
        """How a rule stands once any treatment is typed that it does not concern."""
        if self.patient.treatments:
            return outcome
        if rule not in self._listed:
            self._listed[rule] = CRITERIA["treatments"](rule, other, self.day).outcome
        return self._listed[rule]


def _may_decide(standing: Standing, facts: frozenset[FactId]) -> bool:
    """Whether some facts alone may decide a rule; of alternatives, whether the branches they bear on are enough for that."""
    if reached(standing.looks_at).isdisjoint(facts):
        return False
    if not isinstance(standing.rule, AtLeast):
        return True
    borne, met, unknown = _branches(standing, facts)
    return met + borne >= standing.rule.needed or met + unknown < standing.rule.needed


def left_open_by(facts: frozenset[FactId]) -> Callable[[Standing], bool]:
    """Whether some answer on some facts leaves a rule open: of alternatives one that does not meet the only branch they bear on."""

    def left_open(standing: Standing) -> bool:
        if not isinstance(standing.rule, AtLeast):
            return False
        borne, met, unknown = _branches(standing, facts)
        return borne == 1 and met < standing.rule.needed <= met + unknown

    return left_open


def _branches(standing: Standing, facts: frozenset[FactId]) -> tuple[int, int, int]:
    """Of alternatives how many branches some facts bear on, and how many of the others are met and are unknown."""
    borne, rest = 0, []
    for branch in standing.now.facts:
        names = frozenset(criterion.name for criterion in branch)
        if names.isdisjoint(ALTERNATIVES) and reached(names).isdisjoint(facts):
            rest.append(branch_outcome(branch))
        else:
            borne += 1
    return borne, rest.count("met"), rest.count("unknown")
