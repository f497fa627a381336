"""A registry arranged by rule: what a fact decides for one trial it decides at once for all trials with that rule.

Trials are bits of whole numbers. Bit `i` is trial `i`; a cohort has a bit of its own above them. For each criterion
the index holds the distinct rules and, for each, the set of trials and cohorts under it; a patient's verdicts are then
a few unions. The answers equal `eligibility.assess` trial by trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any

from myofind.domain.eligibility import CRITERIA, coverage_of
from myofind.domain.known_facts import readings
from myofind.domain.patient import Patient
from myofind.domain.recruitment import STATES, State, recruitment
from myofind.domain.trial import FIRM, PHASES, Observation, Trial, named_rules
from myofind.records import NamedTuple

Bits = int


class Index(NamedTuple):
    """The registry by rule; `rules` maps a criterion to its distinct rules with their trials and cohorts."""

    ids: tuple[str, ...]
    kinds: dict[str, Bits]
    phases: tuple[int, ...]
    rules: dict[str, list[tuple[Any, Bits]]]
    cohorts: tuple[tuple[int, tuple[int, ...]], ...]
    statuses: list[tuple[tuple[Observation, ...], str | None, Bits]]
    """What was seen of the recruitment and when, without by whom."""
    coverages: dict[str, Bits]
    """Trials and cohorts by how much of their criteria was read; `""` where nobody said."""

    @property
    def all(self) -> Bits:
        """Every trial."""
        return (1 << len(self.ids)) - 1


Pair = tuple[Bits, Bits]
"""The trials and cohorts that fail, and those where nobody can tell."""

Judged = dict[str, Pair]
"""The same by criterion."""


class Verdicts(NamedTuple):
    """Three disjoint sets that together are the registry."""

    match: Bits
    possible: Bits
    excluded: Bits


def build(trials: Iterable[Trial]) -> Index:
    """Arrange trials by rule."""
    listed = tuple(trials)
    rules: dict[str, dict[Any, Bits]] = {name: {} for name in CRITERIA}
    kinds: dict[str, Bits] = {}
    coverages: dict[str, Bits] = {}
    statuses: dict[tuple[tuple[Observation, ...], str | None], Bits] = {}
    cohorts = []
    unit = len(listed)
    for place, trial in enumerate(listed):
        bit = 1 << place
        kinds[trial.kind] = kinds.get(trial.kind, 0) | bit
        key = (tuple(Observation(seen.value, seen.as_of, "") for seen in trial.status), trial.end)
        statuses[key] = statuses.get(key, 0) | bit
        beside = (("country", trial.countries), ("enrolment", trial.enrolment))
        _file(rules, (*named_rules(trial.eligibility), *beside), bit)
        coverages[trial.eligibility.coverage or ""] = coverages.get(trial.eligibility.coverage or "", 0) | bit
        if trial.cohorts:
            units = tuple(range(unit, unit + len(trial.cohorts)))
            unit += len(units)
            cohorts.append((place, units))
            for number, cohort in zip(units, trial.cohorts, strict=True):
                _file(rules, named_rules(cohort.eligibility), 1 << number)
                read = coverage_of(trial.eligibility, cohort.eligibility) or ""
                coverages[read] = coverages.get(read, 0) | 1 << number
    return Index(
        tuple(trial.id for trial in listed),
        kinds,
        tuple(max((PHASES.index(one) + 1 for one in trial.phase), default=0) for trial in listed),
        {name: list(found.items()) for name, found in rules.items() if found},
        tuple(cohorts),
        [(observations, end, bits) for (observations, end), bits in statuses.items()],
        coverages,
    )


def _file(rules: dict[str, dict[Any, Bits]], own: Iterable[tuple[str, Any]], bits: Bits) -> None:
    for name, rule in own:
        if rule is not None:
            rules[name][rule] = rules[name].get(rule, 0) | bits


def as_bits(outcome: str, bits: Bits) -> Pair:
    """The trials of a rule as those it fails and those where it cannot tell."""
    return bits if outcome == "not_met" else 0, bits if outcome == "unknown" else 0


def together(pairs: Iterable[Pair]) -> Pair:
    """All that any of some rules or criteria fails, and all that one leaves open."""
    failed = unsure = 0
    for no, maybe in pairs:
        failed |= no
        unsure |= maybe
    return failed, unsure


def outcomes(index: Index, name: str, patient: Patient, day: date) -> Pair:
    """The trials and cohorts that one criterion fails under one diagnosis, and those where it cannot tell."""
    judge = CRITERIA[name]
    failed = unsure = 0
    for rule, bits in index.rules.get(name, ()):
        outcome = judge(rule, patient, day).outcome
        if outcome == "not_met":
            failed |= bits
        elif outcome == "unknown":
            unsure |= bits
    if name == "subtype" and judge(None, patient, day).outcome == "not_met":
        failed |= index.all  # not an inflammatory myopathy: no trial here, recorded or not
    return failed, unsure


def combine(index: Index, failed: Bits, unsure: Bits) -> Verdicts:
    """Strong Kleene logic on sets; a trial with cohorts takes its best cohort's verdict."""
    excluded = failed & index.all
    possible = unsure & index.all & ~excluded
    for place, units in index.cohorts:
        bit = 1 << place
        if excluded & bit:
            continue
        open_units = [unit for unit in units if not failed >> unit & 1]
        if not open_units:
            excluded |= bit
            possible &= ~bit
        elif all(unsure >> unit & 1 for unit in open_units):
            possible |= bit
    return Verdicts(index.all & ~excluded & ~possible, possible, excluded)


def judged(index: Index, patient: Patient, day: date) -> Judged:
    """What every criterion of the registry fails and leaves open; of several diagnoses each trial has its best."""
    every = [judged_alone(index, one, day) for one in readings(patient)]
    return every[0] if len(every) == 1 else _best_judged(index, every)


def judged_alone(index: Index, patient: Patient, day: date) -> Judged:
    """What every criterion fails and leaves open under one diagnosis."""
    return {name: outcomes(index, name, patient, day) for name in CRITERIA if name in index.rules or name == "subtype"}


def _best_judged(index: Index, every: list[Judged]) -> Judged:
    """Each trial as judged under the diagnosis that does best: firmly matching, matching, possible, or failing least."""
    verdicts = [combine(index, *total(each)) for each in every]
    failing = [_failing(index, each) for each in every]
    ranks = (
        [firm(index, *total(each)) for each in every],
        [one.match for one in verdicts],
        [one.possible for one in verdicts],
        *([~more for more in level] for level in zip_longest(*failing, fillvalue=0)),
    )
    merged: Judged = dict.fromkeys(every[0], (0, 0))
    left = index.all
    for rank in ranks:
        for each, fitting in zip(every, rank, strict=True):
            reach = with_cohorts(index, fitting & left)
            left &= ~fitting
            for name, (no, maybe) in each.items() if reach else ():
                merged[name] = together((merged[name], (no & reach, maybe & reach)))
    return merged


def _failing(index: Index, found: Judged) -> list[Bits]:
    """At place n, the trials and cohorts that fail more than n criteria; a trial fails as few as its best cohort."""
    more = [0]
    for missed in (with_cohorts(index, no) for no, _ in found.values() if no):
        more.append(0)
        for number in range(len(more) - 1, 0, -1):
            more[number] |= more[number - 1] & missed
        more[0] |= missed
    for place, units in index.cohorts:
        for number, bits in enumerate(more):
            bit = 1 << place
            more[number] = bits | bit if all(bits >> unit & 1 for unit in units) else bits & ~bit
    return more


def best(every: Iterable[Verdicts]) -> Verdicts:
    """The best verdict of each trial under several diagnoses."""
    told = list(every)
    match, excluded, possible = told[0].match, told[0].excluded, told[0].possible
    for one in told[1:]:
        match, excluded, possible = match | one.match, excluded & one.excluded, possible | one.possible
    return Verdicts(match, possible & ~match, excluded)


def total(found: Judged, *without: str) -> Pair:
    """All that fails and all that is unsure, some criteria left out."""
    left_out = frozenset(without)
    return together(pair for name, pair in found.items() if name not in left_out)


def verdicts(index: Index, patient: Patient, day: date) -> Verdicts:
    """The verdict of every trial for a patient; of several diagnoses the best."""
    return best(combine(index, *total(judged_alone(index, one, day))) for one in readings(patient))


def only_failing(index: Index, name: str, found: Judged, excluded: Bits | None = None) -> Bits:
    """Trials that fail one criterion and no other: near misses; of those that are `excluded`, where they are known."""
    if name not in found or not found[name][0]:
        return 0
    if excluded is None:
        excluded = combine(index, total(found)[0], 0).excluded
    return excluded & ~combine(index, total(found, name)[0], 0).excluded


def firm(index: Index, failed: Bits, unsure: Bits) -> Bits:
    """The trials that match on criteria that were read; of a trial with cohorts, one that matches firmly is enough."""
    read = union(index.coverages.get(coverage, 0) for coverage in FIRM)
    fitting = ~(failed | unsure)
    sure = read & fitting & index.all
    for place, units in index.cohorts:
        bit = 1 << place
        sure &= ~bit
        if fitting & bit and any((fitting & read) >> unit & 1 for unit in units):
            sure |= bit
    return sure


def with_cohorts(index: Index, kept: Bits) -> Bits:
    """Some trials together with their cohorts."""
    for place, units in index.cohorts:
        if kept >> place & 1:
            for unit in units:
                kept |= 1 << unit
    return kept


def with_trials(index: Index, kept: Bits) -> Bits:
    """Some trials and cohorts together with the trials of those cohorts."""
    for place, units in index.cohorts:
        if any(kept >> unit & 1 for unit in units):
            kept |= 1 << place
    return kept


def within(index: Index, kept: Bits) -> Index:
    """The index with only the rules that bear on some trials; verdicts of other trials mean nothing there."""
    cohorts = tuple((place, units) for place, units in index.cohorts if kept >> place & 1)
    reach = with_cohorts(index, kept)
    rules = {
        name: [(rule, bits & reach) for rule, bits in found if bits & reach] for name, found in index.rules.items()
    }
    return index._replace(rules={name: found for name, found in rules.items() if found}, cohorts=cohorts)


def states(index: Index, day: date) -> dict[State, Bits]:
    """The trials by state of recruitment on a day."""
    found: dict[State, Bits] = dict.fromkeys(STATES, 0)
    for observations, end, bits in index.statuses:
        found[recruitment(observations, end, day).state] |= bits
    return found


def union(parts: Iterable[Bits]) -> Bits:
    """All that any of some sets holds."""
    whole = 0
    for part in parts:
        whole |= part
    return whole


def places(bits: Bits) -> Iterator[int]:
    """The trials of a set, lowest first."""
    written = bin(bits)[:1:-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)


def size(bits: Bits) -> int:
    """How many trials a set holds."""
    return bits.bit_count()
