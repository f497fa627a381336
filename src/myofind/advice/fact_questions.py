"""The full answers to a question on a fact of the table or on a treatment, one for every stretch that the rules tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any

from myofind.domain.dates import add_age
from myofind.domain.known_facts import known_facts, reach
from myofind.domain.patient import Amount, Chosen, FactValue, Patient, Treatment, When, YesNo
from myofind.domain.patient_facts import implying, relatives, triggers
from myofind.domain.rules import AgeRule, AntibodyRule, Span, SpanRule, TreatmentRule, Window, bounds_in, spans_in
from myofind.domain.treatment_facts import BEARING
from myofind.domain.treatments import concerns
from myofind.domain.trial import AtLeast, named_rules
from myofind.domain.turning_points import OLDEST, starts
from myofind.matching.trial_sets import Index
from myofind.names.facts import FACTS, FactId, Row
from myofind.records import NamedTuple

ALTERNATIVES = ("any_of", "at_least")

DIAGNOSIS = "diagnosis"
"""What a condition on subtypes looks at: the diagnosis alone, where the criterion `subtype` also looks at the onset."""


class Answer(NamedTuple):
    """A value, or every value up to another, and the patient who has it."""

    value: str
    until: str | None
    patient: Patient


def parts(name: str, rule: Any) -> Iterator[tuple[str, Any]]:
    """What a criterion looks at: itself, the rules of its branches, and the conditions of the table behind a fact."""
    yield name, rule
    if isinstance(rule, AtLeast):
        for branch in rule.of:
            for inner, own in named_rules(branch):
                yield from parts(inner, own)
    elif name in FACTS and name != "sex":
        yield from _behind(name)


@cache
def _behind(id: FactId) -> tuple[tuple[str, Any], ...]:
    """What the conditions of the table behind a fact look at."""
    every: list[tuple[str, Any]] = []
    for one in sorted(reach(id).facts):
        for condition in (*implying(one), *(triggers(one) if one == id else ())):
            every += condition.facts
            low, high = condition.youngest, condition.oldest
            if low is not None or high is not None:
                bounds = [None if age is None else Span(age, "years") for age in (low, high)]
                every.append(("age", AgeRule(*bounds)))
            every += [(DIAGNOSIS, None)] if condition.subtypes else []
            every += [("sex", None)] if condition.sex else []
            every += [(name, None) for one in condition.antibodies for name in _bearing_on(one)]
    return tuple(every)


class Looks:
    """What every rule of a registry on facts, alternatives and treatments looks at, worked out once."""

    def __init__(self, table: Index) -> None:
        self.rules: dict[str, list[tuple[Any, tuple[tuple[str, Any], ...]]]] = {
            name: [(rule, tuple(parts(name, rule))) for rule, _ in rules]
            for name, rules in table.rules.items()
            if (name in FACTS and name != "sex") or name in ALTERNATIVES
        }
        self.antibodies: tuple[AntibodyRule, ...] = tuple(rule for rule, _ in table.rules.get("autoantibodies", ()))
        self.treatments: tuple[TreatmentRule, ...] = tuple(rule for rule, _ in table.rules.get("treatments", ()))
        self.parts: dict[str, frozenset[str]] = {
            name: frozenset[str]().union(*self.inside(name)) if name in ALTERNATIVES else looked_at(name)
            for name in self.rules
        }

    def names_on(self, *wanted: str) -> tuple[str, ...]:
        """The criteria on facts and alternatives that look at one of some names."""
        names = {name for one in wanted for name in self._looking.get(one, ())}
        return tuple(name for name in self.parts if name in names) if names else ()

    @cached_property
    def _looking(self) -> dict[str, list[str]]:
        """The criteria on facts and alternatives by what they look at."""
        return _by_part(self.parts.items())

    def bearing(self, id: FactId) -> tuple[str, ...]:
        """The criteria that a fact bears on."""
        names = tuple(self._bearing.get(id, ()))
        return (*names, "treatments") if self.treatments and id in BEARING else names

    @cached_property
    def _bearing(self) -> dict[str, list[str]]:
        """The criteria on facts and alternatives by what bears on them."""
        return _by_part((name, reached(inside)) for name, inside in self.parts.items())

    def inside(self, name: str) -> tuple[frozenset[str], ...]:
        """The names of what each rule of a criterion looks at, in the order of the registry's rules."""
        if name == "treatments":
            bearing = (
                (id for id, drugs in BEARING.items() if any(concerns(rule, one) for one in drugs))
                for rule in self.treatments
            )
            return tuple(frozenset(("autoantibodies", *facts)) for facts in bearing)
        if name == "autoantibodies":
            named = ((one for part in rule for one in part) for rule in self.antibodies)
            return tuple(frozenset(name for one in ones for name in _bearing_on(one)) for ones in named)
        rules = self.rules.get(name, ())
        if name in ALTERNATIVES:
            return tuple(frozenset(part for part, _ in inside) for _, inside in rules)
        return (looked_at(name),) * len(rules)

    @cached_property
    def named_antibodies(self) -> frozenset[str]:
        """The antibodies and classes that rules name, those of branches too."""
        inside = (own for rules in self.rules.values() for _, parts in rules for _, own in parts)
        every = (*self.antibodies, *(own for own in inside if isinstance(own, AntibodyRule)))
        return frozenset(one for rule in every for part in rule for one in part)

    def rules_on(self, id: FactId) -> Iterator[Any]:
        """Every rule on a fact: its own, those in branches, and the conditions of the table."""
        yield from self._own_rules.get(id, ())
        for rule in self.treatments:
            if id == "steroid_dose" and rule.dose:
                yield rule.dose
            if id == "steroid_stable" and rule.unchanged:
                yield SpanRule(rule.unchanged)

    @cached_property
    def _own_rules(self) -> dict[FactId, list[Any]]:
        own_rules: dict[FactId, list[Any]] = {}
        for part, own in (each for rules in self.rules.values() for _, inside in rules for each in inside):
            if part in FACTS:
                for id in filter(None, (part, FACTS[part].at_least)):
                    own_rules.setdefault(id, []).append(own)
        return own_rules


@cache
def looked_at(name: str) -> frozenset[str]:
    """What every rule of a criterion on a fact looks at."""
    return frozenset(part for part, _ in parts(name, None))


@cache
def reached(inside: frozenset[str]) -> frozenset[str]:
    """Some names of criteria, and the facts on which those depend."""
    return inside.union(*(reach(name).facts for name in inside if name in FACTS))


def _by_part(every: Iterable[tuple[str, frozenset[str]]]) -> dict[str, list[str]]:
    """Some names by the parts of each."""
    names: dict[str, list[str]] = {}
    for name, inside in every:
        for part in inside:
            names.setdefault(part, []).append(name)
    return names


def _bearing_on(antibody: str) -> Iterator[str]:
    """The results that bear on an antibody or a class, as questions name them."""
    return (f"autoantibodies.{one}" for one in relatives(antibody))


def open_facts(looks: Looks, patient: Patient, day: date) -> tuple[FactId, ...]:
    """The facts that rules look at and that are not fully known."""
    values = known_facts(patient, day)
    named = {name for name in looks.rules if name in FACTS}.union(
        *(looks.parts[name] for name in ALTERNATIVES if name in looks.parts)
    )
    asked = [id for id in FACTS if id in named and id not in ("sex", "onset")]
    return tuple(id for id in asked if not _settled(FACTS[id], values.get(id)))


def _settled(row: Row, value: FactValue | None) -> bool:
    if isinstance(value, Chosen) and row.several:
        return "none" in value.values or {*value.values, *value.without} >= {one.id for one in row.values} - {"none"}
    if isinstance(value, Amount):
        return value.low is not None and value.low == value.high
    return value is not None


def answers_on(looks: Looks, id: FactId, patient: Patient, day: date) -> Iterator[Answer]:
    """The full answers to a question on a fact."""
    return (
        Answer(text, until, patient.with_fact(id, value)) for text, until, value in _values(looks, id, patient, day)
    )


def _values(looks: Looks, id: FactId, patient: Patient, day: date) -> Iterator[tuple[str, str | None, FactValue]]:
    """The values of a fact that the rules tell apart: the text of the first, of the last, and the first itself."""
    row, rules = FACTS[id], tuple(looks.rules_on(id))
    match row.kind:
        case "yes_no":
            yield "yes", None, YesNo(True)
            yield "no", None, YesNo(False)
            if row.dated and any(isinstance(rule, Window) for rule in rules):
                for first, last in _days(rules, day):
                    yield first.isoformat(), last.isoformat(), YesNo(True, True, first, first)
        case "choice":
            others = [one.id for one in row.values if one.id != "none"]
            for one in row.values:
                rest = tuple(other for other in others if other != one.id) if row.several and one.id != "none" else ()
                seen = day if row.dated else None
                yield one.id, None, Chosen((one.id,), rest, seen, seen)
        case "number":
            scale = _scale(row, patient, day)
            for low, high in _numbers(row, rules, scale):
                yield f"{low:g}", f"{high:g}", Amount(low, low, scale)
        case "span" | "day":
            if row.never:
                yield "never", None, When()
            for first, last in _days(rules, day):
                yield first.isoformat(), last.isoformat(), When(first, first)


def _scale(row: Row, patient: Patient, day: date) -> int | None:
    """The scale a number would be given on: the children's one for a child."""
    if not row.scale:
        return None
    child = patient.birth is not None and add_age(patient.birth.earliest, 18, "years") > day
    return row.scale[-1] if child else row.scale[0]


def _numbers(row: Row, rules: Iterable[Any], scale: int | None) -> Iterator[tuple[float, float]]:
    """Numbers of which each stands for all up to another: every bound, and the stretches between bounds."""
    low, high = row.range[0], min(row.range[1], scale or row.range[1])
    bounds = sorted({bound for rule in rules for bound in bounds_in(rule) if low <= bound <= high})
    step = 1.0 if row.whole else 0.001
    at = low
    for bound in bounds:
        if at < bound:
            yield at, bound - step
        yield bound, bound
        at = bound + step
    if at <= high:
        yield at, high


def _days(rules: Iterable[Any], day: date) -> Iterator[tuple[date, date]]:
    """Days of which each stands for all up to another."""
    low, high = date(day.year - OLDEST, day.month, 1).toordinal(), day.toordinal()
    turning = (start for rule in rules for start in starts(spans_in(rule), day))
    ordered = sorted({low, *(start for start in turning if low < start <= high)})
    for start, following in zip(ordered, (*ordered[1:], high + 1), strict=True):
        yield date.fromordinal(start), date.fromordinal(following - 1)


def treatment_answers(looks: Looks, drug: str, patient: Patient, day: date) -> tuple[Answer, ...]:
    """The full answers to when a drug was taken: never, now and since when, or until when."""
    rules = [rule for rule in looks.treatments if drug in rule.any]
    others = tuple(one for one in patient.treatments if one.drug != drug)

    def taking(treatment: Treatment) -> Patient:
        return patient._replace(treatments=tuple(sorted((*others, treatment), key=lambda one: (one.drug, one.status))))

    found = [Answer("never", None, taking(Treatment(drug, "never")))]
    unchanged = [SpanRule(rule.unchanged) for rule in rules if rule.unchanged]
    stopped = [SpanRule(rule.excluded) for rule in rules if isinstance(rule.excluded, Span)]
    for word, status, bounds in (("since", "now", unchanged), ("until", "past", stopped)):
        for first, last in _days(bounds, day):
            when = When(first, first)
            treatment = Treatment(drug, "now", when) if status == "now" else Treatment(drug, "past", until=when)
            found.append(Answer(f"{word} {first.isoformat()}", last.isoformat(), taking(treatment)))
    return tuple(found)
