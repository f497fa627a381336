"""Rules on treatments: ever, now, not within a time, unchanged for a time; and the facts a list of treatments gives away.

A drug that is not named is unknown, except under "not now", where a typed list presumes that it is not taken. A class
that was typed leaves its members unknown; a member meets its class. A wash-out of some months ends when they are
complete on the calendar, that day admitted; a coarse date gives it two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from myofind.domain.fact_rules import Tested, waited, within_bounds
from myofind.domain.patient import OTHER, Amount, Patient, Treatment, When, YesNo
from myofind.domain.patient_facts import antibody_state, line_of
from myofind.domain.rules import Bounds, Criterion, Span, TreatmentRule
from myofind.domain.treatment_facts import NAIVE, STANDS_FOR, STEROID, derived_facts, of_class, stand_ins
from myofind.names.compiled_files import above, read
from myofind.names.facts import FactId
from myofind.records import NamedTuple


class Known(NamedTuple):
    """What was typed of one drug or class."""

    taken: tuple[Treatment, ...]
    """It and its members, now or before."""
    itself: bool
    """Whether it was named itself, so that what was said covers all of it."""
    never: bool
    not_now: bool
    rest_never: bool = False
    """Whether what was not named of it was surely never taken."""
    rest_not_now: bool = False
    class_now: bool = False
    """Whether a broader class is taken, which may be this one."""
    class_ever: bool = False


@cache
def concerns(rule: TreatmentRule, drug: str) -> bool:
    """Whether a rule names a drug, a class of it or one of its kind: what is said of any other changes nothing for it.

    One thing apart: a rule on what is not taken now presumes more of a patient for whom any treatment is listed.
    """
    return any(of_class(drug, wanted) or of_class(wanted, drug) for wanted in rule.any)


@lru_cache(maxsize=4096)
def judge_treatments(rule: TreatmentRule, patient: Patient, day: date) -> Criterion:
    """Whether the treatments are as a rule asks."""
    parts = [_judged(rule, listed, patient, day) for listed in _listed(patient)]
    told = parts[0]
    if len({part.outcome for part in parts}) > 1:
        neutral = all(part.outcome in ("met", "presumed") for part in parts)
        told = _none_of(parts) if neutral else Tested("unknown", "dose", (STEROID,))
    return Criterion("treatments", told.outcome, told.code, rule, told.drugs, told.holds_from)


def _judged(rule: TreatmentRule, listed: tuple[Treatment, ...], patient: Patient, day: date) -> Tested:
    parts = [_part(rule, wanted, _known(wanted, listed, patient), patient, day) for wanted in rule.any]
    told = _one_of(parts) if rule.required else _none_of(parts)
    drugs = tuple(dict.fromkeys(drug for part in parts if part.outcome == told.outcome for drug in part.drugs))
    return told._replace(drugs=drugs)


def _none_of(parts: list[Tested]) -> Tested:
    """Every drug must be as asked: the worst counts, and of several waits the longest."""
    if len(parts) == 1:  # most rules name one drug, and every answer judges hundreds of them
        return parts[0]
    for outcome in ("not_met", "unknown", "presumed"):
        worst = [part for part in parts if part.outcome == outcome]
        if worst:
            waits = [part.holds_from for part in parts if part.holds_from]
            mended = all(part.holds_from for part in worst) and outcome != "presumed"
            both = (max(wait[0] for wait in waits), max(wait[1] for wait in waits)) if mended else None
            return worst[0]._replace(holds_from=both)
    return parts[0]


def _one_of(parts: list[Tested]) -> Tested:
    """One drug is enough."""
    for outcome in ("met", "unknown"):
        for part in parts:
            if part.outcome == outcome:
                return part
    return parts[0]


@cache
def _never_when_naive(wanted: str) -> bool:
    return any(of_class(wanted, each) for each in NAIVE)


@cache
def _facts_for(wanted: str) -> tuple[FactId, ...]:
    """The facts that speak of a drug or class."""
    return tuple(id for drug, id in STANDS_FOR.items() if of_class(wanted, drug))


def _known(wanted: str, listed: tuple[Treatment, ...], patient: Patient) -> Known:
    """What a list says of one drug or class; what is said of the drug itself counts before what is said of its class."""
    told_never = _never_when_naive(wanted) and patient.fact("treatment_naive") == YesNo(True)
    if not listed:
        return Known((), itself=False, never=told_never, not_now=told_never)
    classes = above("drugs", wanted)
    itself = {one.status for one in listed if one.drug == wanted}
    broader = {one.status for one in listed if one.drug in classes}
    others = {one.status for one in listed if one.drug == OTHER}
    class_now = "now" in broader
    class_ever = class_now or "past" in broader
    never = told_never or "never" in itself or "never" in broader
    return Known(
        taken=tuple(
            one for one in listed if one.status in ("now", "past") and one.drug != OTHER and of_class(one.drug, wanted)
        ),
        itself="now" in itself or "past" in itself,
        never=never,
        not_now=never or bool(itself - {"now"}) or "not_now" in broader,
        rest_never=not class_ever and "never" in others,
        rest_not_now=bool(others) and not class_now,
        class_now=class_now,
        class_ever=class_ever,
    )


@lru_cache(maxsize=1024)
def _listed(patient: Patient) -> tuple[tuple[Treatment, ...], ...]:
    """The treatments typed, with what facts say of classes, and the steroid that those on its dose give: two lists where it may not be taken."""
    listed = (*patient.treatments, *stand_ins(patient))
    dose, stable = patient.fact("steroid_dose"), patient.fact("steroid_stable")
    changed = stable if isinstance(stable, When) and stable.last else None
    named = [one for one in listed if one.drug != OTHER and of_class(one.drug, STEROID)]
    if named:
        if len(named) == 1 and named[0].status == "now" and isinstance(dose, Amount):
            fuller = named[0]._replace(dose=named[0].dose or dose, changed=named[0].changed or changed)
            return (tuple(fuller if one is named[0] else one for one in listed),)
        return (listed,)
    if not isinstance(dose, Amount):
        return (listed,)
    none, some = Treatment(STEROID, "not_now"), Treatment(STEROID, "now", changed=changed, dose=dose)
    if dose.high == 0:
        return ((*listed, none),)
    if dose.low is not None and (dose.low > 0 or dose.open_low):
        return ((*listed, some),)
    return ((*listed, none), (*listed, some))


def _part(rule: TreatmentRule, wanted: str, known: Known, patient: Patient, day: date) -> Tested:
    """What a rule says of one of its drugs: of those taken, and of what was not named of it."""
    if rule.required is not None:
        return _required(rule.required, wanted, known)
    if rule.excluded == "ever":
        if known.taken:
            return Tested("not_met", "taken", _drugs(known.taken))
        return Tested("met", "never") if known.never or known.rest_never else _never_presumed(wanted, known, patient)
    if isinstance(rule.excluded, Span):
        return _washed_out(rule.excluded, wanted, known, patient, day)
    now = tuple(one for one in known.taken if one.status == "now")
    if rule.excluded == "now":
        return Tested("not_met", "taken_now", _drugs(now)) if now else _not_now(wanted, known, patient)
    parts = [_unchanged(rule, one, day) for one in now]
    if not known.itself and not (now and wanted == STEROID):
        parts.append(_not_now(wanted, known, patient, "listed_other" if now else "listed"))
    return _none_of(parts) if parts else Tested("met", "not_now")


def _never_presumed(wanted: str, known: Known, patient: Patient) -> Tested:
    """A drug that nobody says was ever taken: unknown, but presumed never taken where a fact has that usual answer."""
    standing = _facts_for(wanted)
    given = {id for id, _ in patient.facts} | derived_facts(patient.treatments).keys()
    presumed = bool(standing) and given.isdisjoint(standing) and not known.class_ever
    return Tested("presumed", "usual", (wanted,)) if presumed else _missing(wanted, known.class_ever)


def _required(when: str, wanted: str, known: Known) -> Tested:
    taken = [one for one in known.taken if when == "ever" or one.status == "now"]
    if taken:
        return Tested("met", "taken", _drugs(taken))
    if when == "ever":
        absent, coarse = known.never or known.rest_never, known.class_ever
    else:
        absent, coarse = known.not_now or known.rest_not_now, known.class_now or known.class_ever
    return Tested("not_met", "not_taken", (wanted,)) if absent else _missing(wanted, coarse)


def _not_now(wanted: str, known: Known, patient: Patient, code: str = "listed") -> Tested:
    """A drug that nobody says is taken: known not to be, presumed where a list was typed, else unknown."""
    if known.not_now or known.rest_not_now:
        return Tested("met", "not_now")
    if known.class_now:
        return _missing(wanted, True)
    if not patient.treatments:
        usual = _never_presumed(wanted, known, patient)
        return usual if usual.outcome == "presumed" else _missing(wanted, False)
    unsafe = _unsafe(wanted, patient)
    return Tested("unknown", "not_presumed", (wanted,)) if unsafe else Tested("presumed", code, (wanted,))


def _unsafe(wanted: str, patient: Patient) -> bool:
    """Whether something known makes it unsafe to presume that a drug which is not named is not taken."""
    return any(
        any(antibody_state(one, patient.antibodies) == "positive" for one in condition.get("antibodies", ()))
        or any(line_of(one) & set(condition.get("subtypes", ())) for one in patient.subtypes)
        for drug in (wanted, *above("drugs", wanted))
        for condition in _by_drug().get(drug, ())
    )


def _by_drug() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    conditions: Mapping[str, tuple[Mapping[str, Any], ...]] = read("unless_drugs")
    return conditions


def drug_conditions() -> tuple[Mapping[str, Any], ...]:
    """Every condition under which a drug that is not named may be taken all the same."""
    return tuple(condition for conditions in _by_drug().values() for condition in conditions)


def _missing(wanted: str, coarse: bool) -> Tested:
    return Tested("unknown", "which_drug" if coarse else "missing", (wanted,))


def _drugs(treatments: Iterable[Treatment]) -> tuple[str, ...]:
    return tuple(one.drug for one in treatments)


def _washed_out(length: Span, wanted: str, known: Known, patient: Patient, day: date) -> Tested:
    """Whether every drug of the kind was stopped long enough ago; what was not named is not known."""
    if known.never:
        return Tested("met", "never")
    parts = [_stopped(length, one, day) for one in known.taken]
    if not known.itself and not known.rest_never:
        parts.append(_never_presumed(wanted, known, patient))
    return _none_of(parts) if parts else Tested("met", "never")


def _stopped(length: Span, treatment: Treatment, day: date) -> Tested:
    """Whether a drug has been stopped for long enough."""
    if treatment.status == "now":
        return Tested("not_met", "taken_now", (treatment.drug,))
    until = treatment.until
    if until is None or until.first is None or until.last is None:
        return Tested("unknown", "stopped_when", (treatment.drug,))
    return _of_drug(waited(length, until.first, until.last, day), treatment, {})


def _unchanged(rule: TreatmentRule, treatment: Treatment, day: date) -> Tested:
    """Whether a drug that is taken has been the same for long enough, and its dose is within bounds."""
    parts = [_within_dose(rule.dose, treatment)] if rule.dose else []
    if rule.unchanged:
        parts.append(_same(rule.unchanged, treatment, day))
    return _none_of(parts)


def _same(length: Span, treatment: Treatment, day: date) -> Tested:
    changed = treatment.changed or treatment.since
    if changed is None or changed.first is None or changed.last is None:
        return Tested("unknown", "changed_when", (treatment.drug,))
    return _of_drug(waited(length, changed.first, changed.last, day), treatment, _UNCHANGED)


_UNCHANGED = {"too_recent": "changed_recently", "long_ago": "unchanged"}


def _within_dose(bounds: Bounds, treatment: Treatment) -> Tested:
    if treatment.dose is None:
        return Tested("unknown", "dose", (treatment.drug,))
    return _of_drug(within_bounds(bounds, treatment.dose), treatment, _DOSES)


_DOSES = {"too_high": "dose_too_high", "too_low": "dose_too_low", "within": "dose_within", "near_bound": "dose"}


def _of_drug(told: Tested, treatment: Treatment, codes: Mapping[str, str]) -> Tested:
    """What a rule says of a drug, named unless all is well with it; the reason by a code of its own, where it has one."""
    drugs = () if told.outcome == "met" else (treatment.drug,)
    return told._replace(code=codes.get(told.code, told.code), drugs=drugs)
