"""What the facts of the table, alternatives and treatments decide for many patients: judged once for all who are alike.

Two patients are alike for a criterion when they agree in every fact it depends on, its presumption and what implies it
included, and in what of the diagnosis, the antibodies and the age a condition of the table looks at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from myofind.domain.antibody_relatives import relatives
from myofind.domain.known_facts import FACTS, reach, telling_ages, telling_antibodies
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import childhood
from myofind.domain.rules import DayRule
from myofind.domain.trial import named_rules
from myofind.domain.turning_points import not_yet
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index

__all__ = ["FactOutcomes"]

MOST = 2_000
"""Most keys remembered for a criterion; beyond, all are forgotten."""

_YEARS = 200
_DERIVED = frozenset({"background_count", "cell_therapy", "steroid_dose", "steroid_stable", "transplant"})
"""Facts that a list of treatments may give away."""

Pair = tuple[Bits, Bits]


class _Part(NamedTuple):
    """A criterion and what it depends on."""

    name: str
    facts: frozenset[str]
    treatments: bool
    whole: bool
    """Whether it looks at the whole patient: every antibody and the birth."""


class FactOutcomes:
    """Outcomes of the criteria on facts, alternatives and treatments, patient after patient, on one day."""

    def __init__(self, table: Index, day: date) -> None:
        self.table = table
        self.day = day
        self._parts = tuple(_parts(table))
        self._by_part: dict[str, dict[Hashable, Pair]] = {part.name: {} for part in self._parts}
        self._together: dict[Hashable, Pair] = {}
        high = day.toordinal()
        low = max(1, high - _YEARS * 366)
        self._births = sorted({not_yet(int(age.number), age.unit, day, low, high) for age in telling_ages()})

    def outcomes(self, patient: Patient) -> Pair:
        """The trials and cohorts that these criteria fail, and those where they cannot tell."""
        context = self._context(patient)
        own = tuple(each for each in patient.facts if each[0] not in ("sex", "onset"))
        plain = not own and not patient.treatments and not self._looks_whole
        key = (context, patient.facts) if plain else None
        if key is not None and key in self._together:
            return self._together[key]
        failed = unsure = 0
        for part in self._parts:
            no, maybe = self._part(part, patient, context)
            failed |= no
            unsure |= maybe
        if key is not None:
            _remember(self._together, key, (failed, unsure))
        return failed, unsure

    @property
    def _looks_whole(self) -> bool:
        return any(part.whole for part in self._parts)

    def _context(self, patient: Patient) -> Hashable:
        birth = patient.birth
        return (
            patient.subtypes,
            tuple(each for each in patient.antibodies if each[0] in _bearing()),
            birth and tuple(bisect_right(self._births, born.toordinal()) for born in birth),
        )

    def _part(self, part: _Part, patient: Patient, context: Hashable) -> Pair:
        facts = tuple(each for each in patient.facts if each[0] in part.facts)
        taken = patient.treatments if part.treatments else ()
        more: Hashable = None
        if part.whole or any(id == "onset" for id, _ in facts):
            more = (patient.birth, childhood(patient, self.day), patient.antibodies if part.whole else ())
        key = (context, facts, taken, more)
        told = self._by_part[part.name].get(key)
        if told is None:
            told = sets.outcomes(self.table, part.name, patient, self.day)
            _remember(self._by_part[part.name], key, told)
        return told


def _remember(known: dict[Hashable, Pair], key: Hashable, pair: Pair) -> None:
    if len(known) >= MOST:
        known.clear()
    known[key] = pair


@cache
def _bearing() -> frozenset[str]:
    """The antibodies whose results bear on those a condition names."""
    return frozenset[str]().union(*(relatives(one) for one in telling_antibodies()))


def _parts(table: Index) -> Iterator[_Part]:
    for name, rules in table.rules.items():
        if name in FACTS and name != "sex":
            facts = reach(name)
            whole = any(isinstance(rule, DayRule) and rule.age for rule, _ in rules)
            yield _Part(name, facts, bool(facts & _DERIVED), whole)
        elif name == "treatments":
            facts = frozenset({"treatment_naive", "steroid_dose", "steroid_stable", "cell_therapy", "transplant"})
            yield _Part(name, facts, True, False)
        elif name in ("any_of", "at_least"):
            inner = [named for rule, _ in rules for branch in rule.of for named in named_rules(branch)]
            facts = frozenset[str]().union(*(_reach(one) for one, _ in inner))
            yield _Part(name, facts, bool(facts & _DERIVED), any(_whole(*one) for one in inner))


def _reach(name: str) -> frozenset[str]:
    return reach(name) if name in FACTS else frozenset({"onset", "sex"})


def _whole(name: str, rule: Any) -> bool:
    return name not in FACTS or (isinstance(rule, DayRule) and rule.age is not None)
