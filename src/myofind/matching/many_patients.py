"""Verdicts for many patients: what a fact decides is kept, since the same facts recur from patient to patient.

Each criterion has a key: what of a patient decides it under every rule of the registry. Patients with the same key have
the same outcomes, so a criterion is judged once a key. Days (birth, onset) are placed between the bounds of the rules.
What is kept is bounded; memory does not grow with the number of patients.

For criteria on facts of the table, alternatives and treatments two patients are alike when they agree in every fact these
depend on, presumptions and what implies them included, and in what of the diagnosis, the antibodies and the age the
conditions behind them look at. Rules of which a patient gives no fact are judged together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from myofind.domain.dates import too_young
from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import reach, readings, telling_ages, telling_onsets
from myofind.domain.patient import FactValue, Patient
from myofind.domain.patient_facts import Childhood, antibody_state, childhood, onset_ages, onset_days, relatives
from myofind.domain.rules import AntibodyRule, DayRule
from myofind.domain.treatment_facts import BEARING, DERIVED
from myofind.domain.treatments import drug_conditions
from myofind.domain.trial import named_rules
from myofind.domain.turning_points import age_bounds, month_bounds, starts
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Pair, Verdicts, as_bits, together
from myofind.names.facts import FACTS
from myofind.records import NamedTuple


class Judge:
    """Verdicts on one day, patient after patient; equal to `index.verdicts`."""

    def __init__(self, table: Index, day: date) -> None:
        self.table = table
        self.day = day
        self._kept: dict[str, dict[Hashable, Pair]] = {name: {} for name in CRITERIA}
        self._verdicts: dict[Pair, Verdicts] = {}
        self._facts = FactOutcomes(table, day)
        ages = {bound for rule, _ in table.rules.get("age", ()) for bound in age_bounds(rule)}
        self._births = sorted({too_young(number, unit, day) for number, unit in ages})
        self._durations = sorted({start for rule, _ in table.rules.get("duration", ()) for start in starts(rule, day)})
        self._onset_ages = sorted(
            {months for rule, _ in table.rules.get("onset_age", ()) for months in month_bounds(rule)}
        )
        self._antibodies: list[tuple[AntibodyRule, Bits, frozenset[str], dict[Hashable, str]]] = [
            (rule, bits, frozenset().union(*(relatives(one) for part in rule for one in part)), {})
            for rule, bits in table.rules.get("autoantibodies", ())
        ]

    def verdicts(self, patient: Patient) -> Verdicts:
        """The verdict of every trial; of several diagnoses the best."""
        return sets.best(map(self._verdicts_of, readings(patient)))

    def _verdicts_of(self, patient: Patient) -> Verdicts:
        """The verdict of every trial under one diagnosis."""
        began, months = childhood(patient, self.day), onset_ages(patient, self.day)
        keys: tuple[tuple[str, Hashable], ...] = (
            ("subtype", (patient.subtypes, began)),
            ("age", _placed(patient.birth, self._births)),
            ("autoantibodies", patient.antibodies),
            ("country", patient.countries),
            ("sex", patient.sex),
            ("duration", _placed(onset_days(patient), self._durations)),
            ("onset_age", months and tuple(bisect_right(self._onset_ages, each) for each in months)),
            ("enrolment", None),
        )
        told = [self._facts.outcomes(patient, began)]
        for name, key in keys:
            kept = self._kept[name]
            told.append(kept.get(key) or remember(kept, key, self._outcomes(name, patient)))
        both = together(told)
        return self._verdicts.get(both) or remember(self._verdicts, both, sets.combine(self.table, *both))

    def _outcomes(self, name: str, patient: Patient) -> Pair:
        if name == "autoantibodies":
            return together(self._antibody_outcomes(patient))
        return sets.outcomes(self.table, name, patient, self.day)

    def _antibody_outcomes(self, patient: Patient) -> Iterator[Pair]:
        """Results are many and rules few: each rule keeps what it says to the results that bear on it."""
        judge = CRITERIA["autoantibodies"]
        for rule, bits, bearing, kept in self._antibodies:
            key = tuple(result for result in patient.antibodies if result[0] in bearing)
            yield as_bits(kept.get(key) or remember(kept, key, judge(rule, patient, self.day).outcome), bits)


def _placed(ends: tuple[date, ...] | None, bounds: list[int]) -> tuple[int, ...] | None:
    """Where the ends of an uncertain day lie between the days (ordinals) at which rules change their answer."""
    return None if ends is None else tuple(bisect_right(bounds, day.toordinal()) for day in ends)


# Facts, alternatives and treatments --------------------------------------------------------------------------------------

MOST = 4_000
"""Most keys remembered of one kind; beyond, all are forgotten."""

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class _Needs(NamedTuple):
    """What some rules look at of a patient."""

    facts: tuple[str, ...]
    treatments: bool
    subtypes: bool
    """Whether a condition behind them names kinds of myositis."""
    antibodies: frozenset[str]
    """The antibodies of which a condition asks whether they are positive."""
    ages: bool
    diagnosis: bool
    """Whether a branch looks at the diagnosis itself."""
    born: bool
    """Whether they look at the birth to the day."""
    results: tuple[str, ...]
    """The antibodies and classes that a branch names."""


class _Part(NamedTuple):
    """Rules that look at the same of a patient, each with the name of its criterion and its trials."""

    needs: _Needs
    rules: tuple[tuple[str, Any, Bits], ...]
    known: dict[Hashable, Pair]
    more: bool
    """Whether they look at anything but facts."""


class _Context(NamedTuple):
    """What conditions and branches may see of a patient beside the facts."""

    subtypes: tuple[str, ...]
    positive: frozenset[str]
    """The antibodies of conditions that are positive."""
    births: tuple[int, ...] | None
    began: Childhood
    onset: tuple[int, ...] | None
    """The days of onset, between the days at which a condition changes."""


class FactOutcomes:
    """Outcomes of the criteria on facts, alternatives and treatments, patient after patient, on one day."""

    def __init__(self, table: Index, day: date) -> None:
        self.table = table
        self.day = day
        every = tuple(_parts(table))
        self._parts = tuple(part for part in every if not _looks_close(part.needs))
        self._close = tuple(part for part in every if _looks_close(part.needs))
        self._asked = frozenset[str]().union(*(part.needs.antibodies for part in every))
        self._silent: dict[Hashable, Pair] = {}
        self._split: dict[Hashable, tuple[tuple[_Part, ...], tuple[_Part, ...]]] = {}
        self._positive: dict[Hashable, frozenset[str]] = {}
        self._births = sorted({too_young(int(age.number), age.unit, day) for age in telling_ages()})
        self._onsets = sorted({start for rule in telling_onsets() for start in starts(rule, day)})

    def outcomes(self, patient: Patient, began: Childhood) -> Pair:
        """The trials and cohorts that these criteria fail, and those where they cannot tell."""
        context = self._context(patient, began)
        every = dict(patient.facts)
        facts = {id: value for id, value in patient.facts if id != "onset"}
        given = (*facts, "treatments") if patient.treatments else tuple(facts)
        touched, untouched = self._touched(given)
        key = (context, given)
        silent = self._silent.get(key) or remember(
            self._silent, key, together(self._each(untouched, patient, facts, context))
        )  # rules that look at nothing given are judged together
        told = (self._each(touched, patient, facts, context), self._each(self._close, patient, every, context))
        return together((silent, *chain.from_iterable(told)))

    def _touched(self, given: tuple[str, ...]) -> tuple[tuple[_Part, ...], tuple[_Part, ...]]:
        """The rules that look at something given, and all others."""
        told = self._split.get(given)
        if told is None:
            touched = [part for part in self._parts if _looks_at(part.needs, given)]
            rest = [part for part in self._parts if not _looks_at(part.needs, given)]
            told = self._split[given] = tuple(touched), tuple(rest)
        return told

    def _context(self, patient: Patient, began: Childhood) -> _Context:
        results = patient.antibodies
        positive = self._positive.get(results)
        if positive is None:
            positive = frozenset(one for one in self._asked if antibody_state(one, results) == "positive")
            remember(self._positive, results, positive)
        births, onset = _placed(patient.birth, self._births), _placed(onset_days(patient), self._onsets)
        return _Context(patient.subtypes, positive, births, began, onset)

    def _each(
        self, parts: Iterable[_Part], patient: Patient, facts: dict[str, FactValue], context: _Context
    ) -> Iterator[Pair]:
        value = facts.get
        for part in parts:
            key: Hashable = tuple(map(value, part.needs.facts))
            if part.more:
                key = (key, *_seen(part.needs, patient, context))
            yield part.known.get(key) or remember(part.known, key, self._judged(part, patient))

    def _judged(self, part: _Part, patient: Patient) -> Pair:
        return together(
            as_bits(CRITERIA[name](rule, patient, self.day).outcome, bits) for name, rule, bits in part.rules
        )


def _looks_close(needs: _Needs) -> bool:
    """Whether rules look at what no context holds: the birth to the day, results of antibodies."""
    return needs.born or bool(needs.results)


def _looks_at(needs: _Needs, given: tuple[str, ...]) -> bool:
    return (needs.treatments and "treatments" in given) or not set(needs.facts).isdisjoint(given)


def _seen(needs: _Needs, patient: Patient, context: _Context) -> tuple[Hashable, ...]:
    """What some rules see of a patient beside facts."""
    return (
        patient.treatments if needs.treatments else None,
        context.subtypes if needs.subtypes or needs.diagnosis else None,
        context.positive & needs.antibodies,
        context.births if needs.ages else None,
        context.began if needs.diagnosis else None,
        context.onset if "onset" in needs.facts else None,
        patient.birth if needs.born else None,
        tuple(antibody_state(one, patient.antibodies) for one in needs.results),
    )


def remember(known: dict[Key, Kept], key: Key, value: Kept) -> Kept:
    """Keep a value under its key, and give it back; all others are forgotten where there are too many."""
    if len(known) >= MOST:
        known.clear()
    known[key] = value
    return value


def _parts(table: Index) -> Iterator[_Part]:
    """The rules on facts, alternatives and treatments, those together that look at the same."""
    alike: dict[_Needs, list[tuple[str, Any, Bits]]] = {}
    for name, rules in table.rules.items():
        for rule, bits in rules:
            if name in FACTS and name != "sex":
                inner = {name: [rule]}
            elif name == "treatments":
                inner = {name: []}
            elif name in ("any_of", "at_least"):
                inner = {}
                for part, own in (named for branch in rule.of for named in named_rules(branch)):
                    inner.setdefault(part, []).append(own)
            else:
                continue
            alike.setdefault(_needs(inner), []).append((name, rule, bits))
    for needs, judged in alike.items():
        yield _Part(needs, tuple(judged), {}, any(needs[1:]) or "onset" in needs.facts)


def _needs(inner: dict[str, list[Any]]) -> _Needs:
    """What rules look at, by the names of their criteria."""
    reached = [reach(each) for each in inner if each in FACTS]
    facts = frozenset[str]().union(*(one.facts for one in reached), *(_FACTS_OF.get(each, ()) for each in inner))
    conditions = [condition for one in reached for condition in one.conditions]
    drugs = drug_conditions() if "treatments" in inner else ()
    named = [rule for rule in inner.get("autoantibodies", ()) if isinstance(rule, AntibodyRule)]
    days = [rule for rules in inner.values() for rule in rules if isinstance(rule, DayRule) and rule.age]
    antibodies = [one.antibodies for one in conditions] + [one.get("antibodies", ()) for one in drugs]
    return _Needs(
        tuple(sorted(facts)),
        treatments="treatments" in inner or not facts.isdisjoint(DERIVED),
        subtypes=any(one.subtypes for one in conditions) or any("subtypes" in one for one in drugs),
        antibodies=frozenset[str]().union(*antibodies),
        ages=any(one.youngest is not None or one.oldest is not None for one in conditions),
        diagnosis=bool({"subtype", "onset_age"} & inner.keys()),
        born=bool({"age", "duration", "onset_age"} & inner.keys()) or bool(days),
        results=tuple(sorted({one for rule in named for group in rule for one in group})),
    )


_FACTS_OF = {"treatments": tuple(BEARING), "duration": ("onset",), "onset_age": ("onset",)}
"""What criteria look at that are no facts themselves."""
