"""One patient, one trial, one day: a verdict and its reasons.

Strong Kleene logic: any criterion `not_met` excludes; else any `unknown` (the patient's fact is missing, borderline or
too coarse) leaves the trial possible; else it matches. `not_recorded` (the registry says nothing) neither excludes nor
blocks. Each criterion is a function of one rule and the patient, so what it answers for one trial holds for every
trial with the same rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache, partial
from typing import Any

from myofind.domain.criterion import VERDICTS, Criterion, Outcome, Verdict, judge_alternatives, verdict_of
from myofind.domain.fact_rules import age_at, elapsed
from myofind.domain.known_facts import judge_fact, readings
from myofind.domain.lengths import too_young
from myofind.domain.patient import Birth, Patient
from myofind.domain.patient_facts import antibody_state, juvenile, onset_ages, onset_days, onset_months
from myofind.domain.rules import (
    AgeRule,
    AntibodyRule,
    CountryRule,
    Enrolment,
    Span,
    SpanRule,
)
from myofind.domain.subtype_rule import subtype
from myofind.domain.treatments import judge_treatments
from myofind.domain.trial import COVERAGES, FIRM, Eligibility, Trial, named_rules
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

__all__ = [
    "CRITERIA", "VERDICTS", "Assessment", "Criterion", "Outcome", "Verdict", "antibody_state", "assess", "coverage_of", "juvenile", "onset_days",
    "onset_months", "own_criteria", "subtype", "trial_criteria", "verdict_of",
]  # fmt: skip


class Assessment(NamedTuple):
    """A trial's verdict for a patient; `cohort` names the cohort that gave it, where the trial has several.

    `coverage` is how much of the criteria behind it was read: the least of the trial's and the cohort's.
    """

    verdict: Verdict
    criteria: tuple[Criterion, ...]
    cohort: str | None = None
    coverage: str | None = None

    @property
    def firm(self) -> bool:
        """Whether a match rests on criteria that were read."""
        return self.verdict == "match" and self.coverage in FIRM

    @property
    def presumed(self) -> tuple[Criterion, ...]:
        """What is presumed, to be said with the verdict."""
        return tuple(one for one in self.criteria if one.outcome == "presumed")


def assess(patient: Patient, trial: Trial, day: date) -> Assessment:
    """What the recorded criteria of a trial say of a patient on a day; the best diagnosis in the best cohort counts."""
    found = [assessment for one in readings(patient) for assessment in _in_cohorts(one, trial, day)]
    return found[0] if len(found) == 1 else min(found, key=_rank)


def _in_cohorts(patient: Patient, trial: Trial, day: date) -> Iterator[Assessment]:
    """One diagnosis in every cohort of a trial."""
    shared = trial_criteria(patient, trial, day)
    if not trial.cohorts:
        yield Assessment(verdict_of(shared), shared, None, trial.eligibility.coverage)
    for cohort in trial.cohorts:
        criteria = _merged(shared, tuple(own_criteria(patient, cohort.eligibility, day)))
        coverage = coverage_of(trial.eligibility, cohort.eligibility)
        yield Assessment(verdict_of(criteria), criteria, cohort.name, coverage)


def coverage_of(whole: Eligibility, part: Eligibility) -> str | None:
    """How much was read of the criteria of a cohort and of its trial: what was read least counts."""
    told = [one.coverage for one in (whole, part) if one.coverage is not None]
    return max(told, key=COVERAGES.index, default=None)


def _rank(assessment: Assessment) -> tuple[int, bool, int]:
    failing = {c.name for c in assessment.criteria if c.outcome == "not_met"}
    return (VERDICTS.index(assessment.verdict), not assessment.firm, len(failing))


def _merged(shared: tuple[Criterion, ...], own: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """A cohort's criteria stand beside the trial's; a silent one gives way to one that speaks."""
    spoken = {c.name for c in own if c.outcome != "not_recorded"}
    beside = [c for c in shared if c.outcome != "not_recorded" or c.name not in spoken]
    named = {c.name for c in beside}
    beside += [c for c in own if c.outcome != "not_recorded" or c.name not in named]
    return tuple(sorted(beside, key=lambda c: _ORDER[c.name]))


def trial_criteria(patient: Patient, trial: Trial, day: date) -> tuple[Criterion, ...]:
    """The criteria recorded for the whole trial."""
    told = [*own_criteria(patient, trial.eligibility, day), country(trial.countries, patient, day)]
    if trial.enrolment:
        told.append(enrolment(trial.enrolment, patient, day))
    return tuple(sorted(told, key=lambda c: _ORDER[c.name]))


def own_criteria(patient: Patient, rules: Eligibility, day: date) -> Iterator[Criterion]:
    """The criteria of one set of rules, of a trial or of a cohort.

    Subtype, age and antibodies are always said, even when not recorded; the rarer facts only where there is a rule.
    """
    yield subtype(rules.subtypes, patient, day)
    yield age(rules.age, patient, day)
    if rules.autoantibodies is not None or rules.coverage != "full":
        yield autoantibodies(rules.autoantibodies, patient, day)
    for name, rule in named_rules(rules):
        if name not in _ALWAYS:
            yield CRITERIA[name](rule, patient, day)


_ALWAYS = ("subtype", "age", "autoantibodies")


# Age, duration, age at onset ------------------------------------------------------------------------------------------


def age(rule: AgeRule | None, patient: Patient, day: date) -> Criterion:
    """Whether the age in completed units lies within the bounds on that day."""
    if rule is None or rule == AgeRule():
        return Criterion("age", "not_recorded", "not_recorded")
    if rule.min is None and rule.max == "none":
        return Criterion("age", "met", "any_age", rule)
    if patient.birth is None:
        return Criterion("age", "unknown", "missing", rule)
    low = _reached(rule.min, patient.birth, day) if rule.min else True
    high = _passed(rule.max, patient.birth, day) if isinstance(rule.max, Span) else False
    if low is False:
        return Criterion("age", "not_met", "too_young", rule)
    if high is True:
        return Criterion("age", "not_met", "too_old", rule)
    if low is None or high is None:
        return Criterion("age", "unknown", "near_bound", rule)
    return Criterion("age", "met", "within", rule)


def _reached(bound: Span, birth: Birth, day: date) -> bool | None:
    not_yet = too_young(int(bound.number), bound.unit, day)
    first, last = birth.earliest.toordinal() < not_yet, birth.latest.toordinal() < not_yet
    return first if first == last else None


def _passed(bound: Span, birth: Birth, day: date) -> bool | None:
    """`max: 75` admits until the day before the 76th birthday; `max: 6 months` until seven months."""
    return _reached(Span(int(bound.number) + 1, bound.unit), birth, day)


def duration(rule: SpanRule, patient: Patient, day: date) -> Criterion:
    """Whether the time since onset lies within the bounds."""
    if rule == SpanRule():
        return Criterion("duration", "not_recorded", "not_recorded")
    began = onset_days(patient)
    if began is None:
        return Criterion("duration", "unknown", "missing", rule)
    told = elapsed(rule, *began, day)
    return Criterion("duration", told.outcome, told.code, rule, (), told.holds_from)


def onset_age(rule: SpanRule, patient: Patient, day: date) -> Criterion:
    """Whether the age at onset lies within the bounds, in completed units of the rule."""
    if rule == SpanRule():
        return Criterion("onset_age", "not_recorded", "not_recorded")
    months = onset_ages(patient, day)
    if months is None:
        return Criterion("onset_age", "unknown", "missing", rule)
    told = age_at(rule, months)
    return Criterion("onset_age", told.outcome, told.code, rule)


# Autoantibodies -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def autoantibodies(rule: AntibodyRule | None, patient: Patient, day: date) -> Criterion:
    """Whether the antibodies required are positive and those excluded negative."""
    if rule is None:
        return Criterion("autoantibodies", "not_recorded", "not_recorded")
    if not any(rule):
        return Criterion("autoantibodies", "met", "none_required", rule)
    state = {one: antibody_state(one, patient.antibodies) for part in rule for one in part}
    present = tuple(one for one in rule.excluded if state[one] == "positive")
    if present:
        return Criterion("autoantibodies", "not_met", "excluded_positive", rule, present)
    absent = tuple(one for one in rule.required_all if state[one] == "negative")
    if absent:
        return Criterion("autoantibodies", "not_met", "required_negative", rule, absent)
    if rule.required_any and all(state[one] == "negative" for one in rule.required_any):
        return Criterion("autoantibodies", "not_met", "required_negative", rule, rule.required_any)
    hits = tuple(one for one in rule.required_any if state[one] == "positive")
    open_ones = tuple(
        one
        for one in (*rule.required_all, *(() if hits else rule.required_any))
        if state[one] not in ("positive", "negative")
    )
    open_exclusions = tuple(one for one in rule.excluded if state[one] != "negative")
    unsettled = open_ones + open_exclusions
    if unsettled:
        states = {state[one] for one in unsettled}
        code = "borderline" if "borderline" in states else "coarse" if "coarse" in states else "missing"
        return Criterion("autoantibodies", "unknown", code, rule, unsettled)
    return Criterion("autoantibodies", "met", "as_required", rule, hits + rule.required_all)


# Country and the rest -------------------------------------------------------------------------------------------------


def country(rule: CountryRule | None, patient: Patient, day: date) -> Criterion:
    """Whether the trial runs in one of the patient's countries."""
    if rule is None or not (rule.listed or rule.not_in):
        return Criterion("country", "not_recorded", "not_recorded")
    if not patient.countries:
        return Criterion("country", "unknown", "missing", rule)
    here = tuple(one for one in patient.countries if one in rule.listed)
    if here:
        return Criterion("country", "met", "listed", rule, here)
    unsure = tuple(one for one in patient.countries if one not in rule.not_in and not rule.complete)
    if unsure:
        return Criterion("country", "unknown", "incomplete", rule, unsure)
    return Criterion("country", "not_met", "elsewhere", rule, patient.countries)


def sex(rule: str, patient: Patient, day: date) -> Criterion:
    """Whether the patient's sex is admitted."""
    if rule == "all":
        return Criterion("sex", "met", "any", rule)
    if patient.sex is None:
        return Criterion("sex", "unknown", "missing", rule)
    return Criterion("sex", "met" if patient.sex == rule else "not_met", "stated", rule)


def enrolment(rule: Enrolment, patient: Patient, day: date) -> Criterion:
    """Nobody new can enter: a draft, an extension, or a study that takes nobody."""
    return Criterion("enrolment", "not_met", rule.reason, rule)


@lru_cache(maxsize=4096)
def _alternatives(name: str, rule: Any, patient: Patient, day: date) -> Criterion:
    return judge_alternatives(name, rule, patient, day, lambda inner, own, *who: CRITERIA[inner](own, *who))


CRITERIA: dict[str, Callable[[Any, Patient, date], Criterion]] = {
    "subtype": subtype,
    "age": age,
    "autoantibodies": autoantibodies,
    "country": country,
    "sex": sex,
    "ild": partial(judge_fact, "ild"),
    "refractory": partial(judge_fact, "refractory"),
    "duration": duration,
    "onset_age": onset_age,
    **{id: partial(judge_fact, id) for id in FACTS if id not in ("sex", "ild", "refractory")},
    "any_of": partial(_alternatives, "any_of"),
    "at_least": partial(_alternatives, "at_least"),
    "treatments": judge_treatments,
    "enrolment": enrolment,
}
"""Every criterion, in the order answers list them."""

_ORDER = {name: place for place, name in enumerate(CRITERIA)}
