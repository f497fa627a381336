"""One patient, one trial, one day: a verdict and its reasons.

Strong Kleene logic: any criterion `not_met` excludes; else any `unknown` (the patient's fact is missing, borderline or
too coarse) leaves the trial possible; else it matches. `not_recorded` (the registry says nothing) neither excludes nor
blocks. Each criterion is a function of one rule and the patient, so what it answers for one trial holds for every
trial with the same rule.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from myofind.domain.ages import add_age
from myofind.domain.lengths import Reach, complete_on, completed_months, passed, reached
from myofind.domain.patient import Birth, Patient
from myofind.domain.trial import AgeRule, AntibodyRule, CountryRule, Eligibility, Span, SpanRule, SubtypeRule, Trial
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree

Outcome = Literal["met", "not_met", "unknown", "not_recorded"]
Verdict = Literal["match", "possible", "excluded"]
VERDICTS: tuple[Verdict, ...] = ("match", "possible", "excluded")


class Criterion(NamedTuple):
    """The outcome of one criterion: `code` names the reason, `rule` what was required, `facts` what decided."""

    name: str
    outcome: Outcome
    code: str
    rule: Any = None
    facts: tuple[Any, ...] = ()


class Assessment(NamedTuple):
    """A trial's verdict for a patient; `cohort` names the cohort that gave it, where the trial has several."""

    verdict: Verdict
    criteria: tuple[Criterion, ...]
    cohort: str | None = None


def verdict_of(criteria: tuple[Criterion, ...]) -> Verdict:
    """Strong Kleene conjunction of the outcomes."""
    outcomes = {criterion.outcome for criterion in criteria}
    return "excluded" if "not_met" in outcomes else "possible" if "unknown" in outcomes else "match"


def assess(patient: Patient, trial: Trial, day: date) -> Assessment:
    """What the recorded criteria of a trial say of a patient on a day; the best cohort counts."""
    shared = trial_criteria(patient, trial, day)
    if not trial.cohorts:
        return Assessment(verdict_of(shared), shared)
    best: Assessment | None = None
    for cohort in trial.cohorts:
        criteria = _merged(shared, tuple(own_criteria(patient, cohort.eligibility, day)))
        found = Assessment(verdict_of(criteria), criteria, cohort.name)
        if best is None or _rank(found) < _rank(best):
            best = found
    assert best is not None
    return best


def _rank(assessment: Assessment) -> tuple[int, int]:
    failing = sum(c.outcome == "not_met" for c in assessment.criteria)
    return (VERDICTS.index(assessment.verdict), failing)


def _merged(shared: tuple[Criterion, ...], own: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """A cohort's criteria stand beside the trial's; a silent one gives way to one that speaks."""
    spoken = {c.name for c in own if c.outcome != "not_recorded"}
    kept = [c for c in shared if c.outcome != "not_recorded" or c.name not in spoken]
    said = {c.name for c in kept}
    kept += [c for c in own if c.outcome != "not_recorded" or c.name not in said]
    return tuple(sorted(kept, key=lambda c: _ORDER[c.name]))


def trial_criteria(patient: Patient, trial: Trial, day: date) -> tuple[Criterion, ...]:
    """The criteria recorded for the whole trial."""
    found = [*own_criteria(patient, trial.eligibility, day), country(trial.countries, patient, day)]
    if trial.kind == "extension":
        found.append(_roll_over(trial.extends, patient, day))
    return tuple(sorted(found, key=lambda c: _ORDER[c.name]))


def own_criteria(patient: Patient, rules: Eligibility, day: date) -> Iterator[Criterion]:
    """The criteria of one set of rules, of a trial or of a cohort.

    Subtype, age and antibodies are always said, even when not recorded; the rarer facts only where there is a rule.
    """
    yield subtype(rules.subtypes, patient, day)
    yield age(rules.age, patient, day)
    if rules.autoantibodies is not None or rules.coverage != "full":
        yield autoantibodies(rules.autoantibodies, patient, day)
    for name in ("sex", "ild", "refractory", "duration", "onset_age"):
        rule = getattr(rules, name)
        if rule is not None:
            yield CRITERIA[name](rule, patient, day)


# Subtype -------------------------------------------------------------------------------------------------------------


def juvenile(patient: Patient, day: date) -> bool | None:
    """Whether the disease began before 18: from the present age, the onset, or the age at onset; None if not known.

    Juvenile forms are defined by onset before 18; a patient under 18 today has one.
    """
    if patient.birth and add_age(patient.birth.earliest, 18, "years") > day:
        return True
    months = onset_months(patient)
    if months is None:
        return None
    youngest, oldest = months
    return True if oldest < 18 * 12 else False if youngest >= 18 * 12 else None


def onset_months(patient: Patient) -> tuple[int, int] | None:
    """Completed months of age at onset, at least and at most."""
    onset = patient.onset
    if onset is None:
        return None
    if onset.youngest_months is not None and onset.oldest_months is not None:
        return onset.youngest_months, onset.oldest_months
    if onset.earliest and onset.latest and patient.birth:
        return (
            max(0, completed_months(patient.birth.latest, onset.earliest)),
            max(0, completed_months(patient.birth.earliest, onset.latest)),
        )
    return None


def readings(patient: Patient, day: date) -> tuple[tuple[str, bool], ...]:
    """The subtypes to test, each with whether it is a juvenile form the name does not say.

    Dermatomyositis that began before 18 is juvenile dermatomyositis, and so on; a form without a juvenile twin
    (anti-MDA5 dermatomyositis) keeps its name and is juvenile besides.
    """
    young = juvenile(patient, day)
    found = []
    for one in patient.subtypes:
        if young and one in tree.JUVENILE_OF:
            found.append((tree.JUVENILE_OF[one], False))
        else:
            found.append((one, bool(young) and not _apart(one) & {"juvenile"} and tree.is_inflammatory(one)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _known(patient: Patient, day: date) -> tuple[tuple[tuple[str, bool], ...], bool]:
    """The subtypes to test, and whether the disease surely began in adulthood."""
    return readings(patient, day), juvenile(patient, day) is False


@cache
def _line(one: str) -> frozenset[str]:
    return tree.ancestors(one) | {one}


@cache
def _apart(one: str) -> frozenset[str]:
    """The groups that trials treat apart (amyopathic, juvenile …) to which a subtype belongs."""
    return frozenset(name for name, forms in tree.APART.items() if _line(one) & forms)


def subtype(rule: SubtypeRule | None, patient: Patient, day: date) -> Criterion:
    """Whether a subtype of the patient is admitted; of several under discussion the best reading counts.

    A qualifier (cancer-associated) is no alternative: excluded, it excludes every reading; admitted, it may admit.
    """
    known, grown = _known(patient, day)
    diseases = [(one, young) for one, young in known if tree.is_inflammatory(one)]
    qualifying = [one for one, _ in diseases if one in tree.QUALIFIERS]
    if rule is not None and len(qualifying) < len(diseases):
        for one in qualifying:
            if one in rule.excludes:
                return Criterion("subtype", "not_met", "excluded", rule, (one, one))
        diseases = [(one, young) for one, young in diseases if one not in qualifying or one in rule.admits]
    if known and not diseases:
        return Criterion("subtype", "not_met", "not_inflammatory", rule, (known[0][0],))
    if rule is None or rule == SubtypeRule():
        return Criterion("subtype", "not_recorded", "not_recorded")
    if not known:
        return Criterion("subtype", "unknown", "missing", rule)
    found = [_one_subtype(rule, one, young, grown) for one, young in diseases]
    return min(found, key=lambda criterion: _BEST.index(criterion.outcome))


_BEST: tuple[Outcome, ...] = ("met", "not_recorded", "unknown", "not_met")


@lru_cache(maxsize=8192)
def _one_subtype(rule: SubtypeRule, one: str, young: bool, grown: bool) -> Criterion:
    def said(outcome: Outcome, code: str, *facts: Any) -> Criterion:
        return Criterion("subtype", outcome, code, rule, (one, *facts))

    line = _line(one)
    juvenile_forms = {tree.JUVENILE_OF[a] for a in line if a in tree.JUVENILE_OF} | {"jiim"}
    twins = juvenile_forms if young else set()
    for excluded in rule.excludes:
        if excluded in line or excluded in twins:
            return said("not_met", "excluded", excluded)
    groups = _apart(one) | ({"juvenile"} if young else frozenset())
    admitting = [a for a in rule.admits if a in line]
    if admitting:
        covered = frozenset[str]().union(*(_apart(a) for a in rule.admits if a in line or a in twins))
        silent = groups - covered
        if silent:
            return said("unknown", "not_said", min(silent))
        finer = [e for e in rule.excludes if one in tree.ancestors(e) and (one in _GENERAL or not _apart(e) - groups)]
        if finer:
            return said("unknown", "which", *finer)
        return said("met", "admitted", max(admitting, key=lambda a: len(_line(a))))
    below = [a for a in rule.admits if one in tree.ancestors(a) and not (grown and "juvenile" in _apart(a) - groups)]
    if below:
        return said("unknown", "which", *below)
    if not rule.admits:
        return said("not_recorded", "not_recorded")
    if not grown and any(a in juvenile_forms for a in rule.admits):
        return said("unknown", "not_said", "juvenile")
    return said("not_met", "not_admitted")


_GENERAL = frozenset({"iim", "jiim"})
"""Words for the whole group: the kind of myositis is not stated."""


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
    first, last = (add_age(born, int(bound.number), bound.unit) <= day for born in (birth.earliest, birth.latest))
    return first if first == last else None


def _passed(bound: Span, birth: Birth, day: date) -> bool | None:
    """`max: 75` admits until the day before the 76th birthday; `max: 6 months` until seven months."""
    return _reached(Span(int(bound.number) + 1, bound.unit), birth, day)


def onset_days(patient: Patient) -> tuple[date, date] | None:
    """The days between which the disease began: from the onset, or from the age at onset and the birth."""
    onset = patient.onset
    if onset is None:
        return None
    if onset.earliest and onset.latest:
        return onset.earliest, onset.latest
    if onset.youngest_months is None or onset.oldest_months is None or patient.birth is None:
        return None
    return (
        add_age(patient.birth.earliest, onset.youngest_months, "months"),
        add_age(patient.birth.latest, onset.oldest_months + 1, "months") - timedelta(days=1),
    )


def duration(rule: SpanRule, patient: Patient, day: date) -> Criterion:
    """Whether the time since onset lies within the bounds."""
    if rule == SpanRule():
        return Criterion("duration", "not_recorded", "not_recorded")
    began = onset_days(patient)
    if began is None:
        return Criterion("duration", "unknown", "missing", rule)
    low = _agree(complete_on(start, rule.min) <= day for start in began) if rule.min else True
    high = _agree(complete_on(start, rule.max) < day for start in began) if rule.max else False
    return _within("duration", rule, low, high)


def onset_age(rule: SpanRule, patient: Patient, day: date) -> Criterion:
    """Whether the age at onset lies within the bounds, in completed units of the rule."""
    if rule == SpanRule():
        return Criterion("onset_age", "not_recorded", "not_recorded")
    months = onset_months(patient)
    if months is None:
        return Criterion("onset_age", "unknown", "missing", rule)
    low = _agree(_at(reached(rule.min), each) for each in months) if rule.min else True
    high = _agree(_at(passed(rule.max), each) for each in months) if rule.max else False
    return _within("onset_age", rule, low, high)


def _at(reach: Reach, months: int) -> bool | None:
    return True if months >= reach.surely else False if months < reach.never else None


def _agree(ends: Iterable[bool | None]) -> bool | None:
    """What both ends of an uncertain time say, if they say the same."""
    found = set(ends)
    return found.pop() if len(found) == 1 else None


def _within(name: str, rule: SpanRule, low: bool | None, high: bool | None) -> Criterion:
    """A length that has reached its least (`low`) and has not passed its most (`high`)."""
    if low is False:
        return Criterion(name, "not_met", "too_short", rule)
    if high is True:
        return Criterion(name, "not_met", "too_long", rule)
    if low is None or high is None:
        return Criterion(name, "unknown", "near_bound", rule)
    return Criterion(name, "met", "within", rule)


# Autoantibodies -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def antibody_state(wanted: str, results: tuple[tuple[str, str], ...]) -> str:
    """What is known of an antibody or a class: positive, negative, borderline, coarse (only its class known) or missing.

    A positive member makes its classes positive; a negative class makes its members negative; a class is negative only
    when it, or every member, is. Not tested is never negative.
    """
    known = dict(results)
    below = ab.members(wanted)
    if known.get(wanted) == "positive" or any(known.get(one) == "positive" for one in below):
        return "positive"
    above = ab.groups(wanted)
    if known.get(wanted) == "negative" or any(known.get(group) == "negative" for group in above):
        return "negative"
    leaves = [one for one in below if not ab.members(one)]
    if leaves and all(antibody_state(one, results) == "negative" for one in leaves):
        return "negative"
    if known.get(wanted) == "borderline" or any(known.get(one) == "borderline" for one in below):
        return "borderline"
    if any(known.get(group) == "positive" for group in above):
        return "coarse"
    return "missing"


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


def ild(rule: str, patient: Patient, day: date) -> Criterion:
    """Whether interstitial lung disease is as required."""
    return _stance("ild", rule, patient.ild)


def refractory(rule: str, patient: Patient, day: date) -> Criterion:
    """Whether the disease is refractory as required: failure, intolerance or contra-indication of usual treatment."""
    return _stance("refractory", rule, patient.refractory)


def _stance(name: str, rule: str, fact: bool | None) -> Criterion:
    if rule == "allowed":
        return Criterion(name, "met", "allowed", rule)
    if fact is None:
        return Criterion(name, "unknown", "missing", rule)
    return Criterion(name, "met" if fact == (rule == "required") else "not_met", "stated", rule)


def _roll_over(rule: Any, patient: Patient, day: date) -> Criterion:
    return Criterion("roll_over", "not_met", "extension", rule)


CRITERIA: dict[str, Callable[[Any, Patient, date], Criterion]] = {
    "subtype": subtype,
    "age": age,
    "autoantibodies": autoantibodies,
    "country": country,
    "sex": sex,
    "ild": ild,
    "refractory": refractory,
    "duration": duration,
    "onset_age": onset_age,
    "roll_over": _roll_over,
}
"""Every criterion, in the order answers list them."""

_ORDER = {name: place for place, name in enumerate(CRITERIA)}
