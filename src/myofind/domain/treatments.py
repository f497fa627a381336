"""Rules on treatments: ever, now, not within a time, unchanged for a time; and the facts a list of treatments gives away.

A drug that is not named is unknown, except under "not now", where a typed list presumes that it is not taken. A class
that was typed leaves its members unknown; a member meets its class. A wash-out of some months ends when they are
complete on the calendar, that day admitted; a coarse date gives it two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from myofind.domain.criterion import Criterion, Outcome
from myofind.domain.lengths import complete_on
from myofind.domain.patient import OTHER, Amount, FactValue, Patient, Treatment, When, YesNo
from myofind.domain.patient_facts import antibody_state, line_of
from myofind.domain.rules import Bounds, Span, TreatmentRule
from myofind.names.compiled_files import read
from myofind.names.drugs import classes, members
from myofind.names.facts import FactId

__all__ = ["STANDS_FOR", "derived_facts", "judge_treatments", "of_class"]

STEROID = "glucocorticoid"
_NAIVE = (
    "biologic",
    "immunoglobulin",
    "immunosuppressant",
    "jak_inhibitor",
    "cell_therapy",
    "fcrn_blocker",
    "complement_inhibitor",
)
"""What somebody never treated for the myositis never had."""


STANDS_FOR = {"stem_cell_transplant": "transplant", "cell_therapy": "cell_therapy"}
"""Classes that a fact of the table stands for: its answer counts, and its usual answer is presumed."""


class Part(NamedTuple):
    """What one treatment, or the lack of one, says under a rule."""

    outcome: Outcome
    code: str
    drugs: tuple[str, ...] = ()
    holds_from: tuple[date, date] | None = None


class Known(NamedTuple):
    """What was typed of one drug or class: the treatments that are it, those of a broader class, and the rest."""

    hits: tuple[Treatment, ...]
    never: bool
    not_now: bool
    coarse_now: bool
    coarse_ever: bool


@cache
def of_class(drug: str, wanted: str) -> bool:
    """Whether a drug is what a rule names, itself or as a member of the class."""
    return drug == wanted or wanted in classes(drug)


def judge_treatments(rule: TreatmentRule, patient: Patient, day: date) -> Criterion:
    """Whether the treatments are as a rule asks."""
    parts = [_part(rule, wanted, _known(wanted, patient), patient, day) for wanted in rule.any]
    told = _one_of(parts) if rule.required else _none_of(parts)
    drugs = tuple(dict.fromkeys(drug for part in parts if part.outcome == told.outcome for drug in part.drugs))
    return Criterion("treatments", told.outcome, told.code, rule, drugs, told.holds_from)


def _none_of(parts: list[Part]) -> Part:
    """Every drug must be as asked: the worst counts, and of several waits the longest."""
    for outcome in ("not_met", "unknown", "presumed"):
        worst = [part for part in parts if part.outcome == outcome]
        if worst:
            waits = [part.holds_from for part in parts if part.holds_from]
            mended = all(part.holds_from for part in worst) and outcome != "presumed"
            both = (max(wait[0] for wait in waits), max(wait[1] for wait in waits)) if waits and mended else None
            return worst[0]._replace(holds_from=both)
    return parts[0]


def _one_of(parts: list[Part]) -> Part:
    """One drug is enough."""
    for outcome in ("met", "unknown"):
        for part in parts:
            if part.outcome == outcome:
                return part
    return parts[0]


def _known(wanted: str, patient: Patient) -> Known:
    hits = tuple(one for one in patient.treatments if one.drug != OTHER and of_class(one.drug, wanted))
    broader = [one for one in patient.treatments if one.drug in classes(wanted)]
    others = [one for one in patient.treatments if one.drug == OTHER]
    if not hits and wanted == STEROID:
        hits = tuple(_steroid(patient))
    exact = [one for one in (*hits, *broader) if one in broader or one.drug == wanted]
    naive = patient.fact("treatment_naive") == YesNo(True) and any(of_class(wanted, each) for each in _NAIVE)
    never = (
        naive
        or any(one.status == "never" for one in exact)
        or (not hits and any(one.status == "never" for one in others))
    )
    stopped = any(one.status != "now" for one in exact) or bool(others)
    return Known(
        tuple(one for one in hits if one.status in ("now", "past")), never, never or stopped,
        any(one.status == "now" for one in broader), any(one.status in ("now", "past") for one in broader),
    )  # fmt: skip


def _steroid(patient: Patient) -> Iterable[Treatment]:
    """Steroids as the facts on their dose and its stability give them."""
    dose, stable = patient.fact("steroid_dose"), patient.fact("steroid_stable")
    if isinstance(dose, Amount) and dose.low is not None and dose.low == dose.high:
        changed = stable if isinstance(stable, When) and stable.last else None
        yield Treatment(STEROID, "now" if dose.low else "past", changed=changed, dose=dose.low or None)


def _part(rule: TreatmentRule, wanted: str, known: Known, patient: Patient, day: date) -> Part:
    if rule.required is not None:
        return _required(rule.required, wanted, known)
    if rule.excluded == "ever":
        if known.hits:
            return Part("not_met", "taken", _drugs(known.hits))
        return Part("met", "never") if known.never else _never_presumed(wanted, known, patient)
    if isinstance(rule.excluded, Span):
        return _washed_out(rule.excluded, wanted, known, day)
    now = tuple(one for one in known.hits if one.status == "now")
    if rule.excluded == "now":
        return Part("not_met", "taken_now", _drugs(now)) if now else _not_now(wanted, known, patient)
    if now:
        return _none_of([_unchanged(rule, one, day) for one in now])
    return _not_now(wanted, known, patient)


def _never_presumed(wanted: str, known: Known, patient: Patient) -> Part:
    """A drug that nobody says was ever taken: unknown, but presumed never taken where a fact has that usual answer."""
    for drug, id in STANDS_FOR.items():
        if of_class(wanted, drug) and not known.coarse_ever:
            given = patient.fact(id)
            if given is None:
                return Part("presumed", "usual", (wanted,))
            return Part("met", "never") if given == YesNo(False) else _missing(wanted, True)
    return _missing(wanted, known.coarse_ever)


def _required(when: str, wanted: str, known: Known) -> Part:
    taken = [one for one in known.hits if when == "ever" or one.status == "now"]
    if taken:
        return Part("met", "taken", _drugs(taken))
    absent = known.never if when == "ever" else known.not_now
    coarse = known.coarse_ever if when == "ever" else known.coarse_now
    return Part("not_met", "not_taken", (wanted,)) if absent and not coarse else _missing(wanted, coarse)


def _not_now(wanted: str, known: Known, patient: Patient) -> Part:
    """A drug that nobody says is taken: known not to be, presumed where a list was typed, else unknown."""
    if known.coarse_now:
        return _missing(wanted, True)
    if known.not_now:
        return Part("met", "not_now")
    if not patient.treatments:
        return _missing(wanted, False)
    return (
        Part("unknown", "not_presumed", (wanted,))
        if _unsafe(wanted, patient)
        else Part("presumed", "listed", (wanted,))
    )


def _unsafe(wanted: str, patient: Patient) -> bool:
    """Whether something known makes it unsafe to presume that a drug which is not named is not taken."""
    conditions: Mapping[str, Any] = read("unless_drugs")
    for drug in (wanted, *classes(wanted)):
        for condition in conditions.get(drug, ()):
            if any(antibody_state(one, patient.antibodies) == "positive" for one in condition.get("antibodies", ())):
                return True
            if any(line_of(one) & set(condition.get("subtypes", ())) for one in patient.subtypes):
                return True
    return False


def _missing(wanted: str, coarse: bool) -> Part:
    return Part("unknown", "which_drug" if coarse else "missing", (wanted,))


def _drugs(treatments: Iterable[Treatment]) -> tuple[str, ...]:
    return tuple(one.drug for one in treatments)


def _washed_out(length: Span, wanted: str, known: Known, day: date) -> Part:
    """Whether every drug of the kind was stopped long enough ago; what was not named is not known."""
    parts = [_stopped(length, one, day) for one in known.hits]
    if not known.never and not any(one.drug == wanted for one in known.hits):
        parts.append(_missing(wanted, known.coarse_ever))
    return _none_of(parts) if parts else Part("met", "never")


def _stopped(length: Span, treatment: Treatment, day: date) -> Part:
    """Whether a drug has been stopped for long enough."""
    if treatment.status == "now":
        return Part("not_met", "taken_now", (treatment.drug,))
    until = treatment.until
    if until is None or until.first is None or until.last is None:
        return Part("unknown", "stopped_when", (treatment.drug,))
    ends = complete_on(until.first, length), complete_on(until.last, length)
    if day < ends[0]:
        return Part("not_met", "too_recent", (treatment.drug,), ends)
    return Part("unknown", "near_bound", (treatment.drug,), ends) if day < ends[1] else Part("met", "long_ago")


def _unchanged(rule: TreatmentRule, treatment: Treatment, day: date) -> Part:
    """Whether a drug that is taken has been the same for long enough, and its dose is within bounds."""
    parts = [_within_dose(rule.dose, treatment)] if rule.dose else []
    if rule.unchanged:
        parts.append(_same(rule.unchanged, treatment, day))
    return _none_of(parts)


def _same(length: Span, treatment: Treatment, day: date) -> Part:
    changed = treatment.changed or treatment.since
    if changed is None or changed.first is None or changed.last is None:
        return Part("unknown", "changed_when", (treatment.drug,))
    ends = complete_on(changed.first, length), complete_on(changed.last, length)
    if day < ends[0]:
        return Part("not_met", "changed_recently", (treatment.drug,), ends)
    return Part("unknown", "near_bound", (treatment.drug,), ends) if day < ends[1] else Part("met", "unchanged")


def _within_dose(bounds: Bounds, treatment: Treatment) -> Part:
    dose = treatment.dose
    if dose is None:
        return Part("unknown", "dose", (treatment.drug,))
    low = (bounds.min is None or dose >= bounds.min) and (bounds.above is None or dose > bounds.above)
    high = (bounds.max is None or dose <= bounds.max) and (bounds.below is None or dose < bounds.below)
    if low and high:
        return Part("met", "dose_within")
    return Part("not_met", "dose_too_high" if low else "dose_too_low", (treatment.drug,))


# Facts that a list of treatments gives away ----------------------------------------------------------------------------


def derived_facts(treatments: tuple[Treatment, ...]) -> dict[FactId, FactValue]:
    """The steroid dose and its stability, and how many immunosuppressants are taken, as far as the list says."""
    now = [one for one in treatments if one.status == "now"]
    steroids = [one for one in now if one.drug != OTHER and of_class(one.drug, STEROID)]
    values: dict[FactId, FactValue] = {}
    if len(steroids) == 1:
        dose, changed = steroids[0].dose, steroids[0].changed or steroids[0].since
        if dose is not None:
            values["steroid_dose"] = Amount(dose, dose)
        if changed is not None:
            values["steroid_stable"] = changed
    background = {one.drug for one in now if of_class(one.drug, "immunosuppressant")}
    named = {drug for drug in background if not members(drug)}
    for drug, id in STANDS_FOR.items():
        if any(one.status in ("now", "past") and one.drug != OTHER and of_class(one.drug, drug) for one in treatments):
            values[id] = YesNo(True)
    only = any(one.drug == OTHER for one in treatments)
    if named or only:
        least = float(len(named))
        values["background_count"] = Amount(least, least if only and named == background else None)
    return values
