"""What was given of a patient and cannot all be true: which of it rules out which, found from the tables alone.

Only what is impossible counts: of days that are not known exactly every possible one must be, and what is merely unusual is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from myofind.domain.dates import complete_on
from myofind.domain.known_facts import implied
from myofind.domain.patient import (
    OTHER,
    Amount,
    Birth,
    Chosen,
    FactValue,
    InDoubt,
    Onset,
    Patient,
    Result,
    Treatment,
    When,
    YesNo,
)
from myofind.domain.patient_facts import Condition, implying, line_of, onset_days, onset_months
from myofind.domain.rules import Span
from myofind.domain.treatment_facts import STEROID, TAKEN_NOW, derived_facts, not_taken, of_class
from myofind.names.facts import FACTS, FactId
from myofind.records import NamedTuple

STABLE = {"steroid_stable": STEROID, "immunosuppressant_stable": "immunosuppressant"}
"""Facts that say since when a class of drugs is unchanged, so that it is taken."""
CLASS_TAKEN = {
    **STABLE,
    "steroid_dose": STEROID,
    "background_count": "immunosuppressant",
    **{id: drug for drug, id in TAKEN_NOW.items()},
}
"""Facts that say that drugs of a class are taken now."""
_BY_THE_DISEASE = ("weakness_since", "diagnosed_on")
"""Facts that are days of the disease, none of which comes before its onset."""

Value: TypeAlias = FactValue | Treatment | Result | Birth | None


class Stated(NamedTuple):
    """One thing given of a patient: a fact, a treatment, a diagnosis, a result, or the birth."""

    kind: Literal["fact", "treatment", "subtype", "antibody", "birth"]
    id: str
    value: Value = None
    beside: bool = False
    """Of a treatment: are others listed with it?"""


class Contradiction(NamedTuple):
    """What cannot all be true: two things, or the fewest that do it together; the first is the one that the rest rules out."""

    code: Literal["clash", "twice", "before_birth", "before_onset", "too_late"]
    stated: tuple[Stated, ...]
    start: date | None = None
    """The first day that the onset leaves possible, where a day of the disease lies before it."""


def contradiction(patient: Patient, day: date) -> Contradiction | None:
    """The first contradiction in what was given; none where all may be true."""
    early = next(_too_early(patient), None) or _too_late(patient)
    if early is not None:
        return early
    id = contradicted(patient, day)
    return None if id is None else Contradiction("clash", _fewest(patient, id, day))


# Days ------------------------------------------------------------------------------------------------------------------


def _too_early(patient: Patient) -> Iterator[Contradiction]:
    """Days before the birth, or of the disease before its onset."""
    if patient.birth is not None:
        birth = Stated("birth", "birth", patient.birth)
        for given, last in _days(patient):
            if last < patient.birth.earliest:
                yield Contradiction("before_birth", (given, birth))
    began = onset_days(patient) if patient.onset else None
    if began is not None:
        onset = Stated("fact", "onset", patient.onset)
        for id in _BY_THE_DISEASE:
            value = patient.fact(id)
            if isinstance(value, When) and value.last is not None and value.last < began[0]:
                yield Contradiction("before_onset", (Stated("fact", id, value), onset), began[0])


def _days(patient: Patient) -> Iterator[tuple[Stated, date]]:
    """Everything that has a day, with the last day it can mean."""
    for id, value in patient.facts:
        if isinstance(value, YesNo) and not value.yes:
            continue  # of who was not yet born it is as true
        last = value.latest if isinstance(value, Onset) else getattr(value, "last", None)
        if last is not None:
            yield Stated("fact", id, value), last
    for treatment in patient.treatments:
        for when in (treatment.since, treatment.changed, treatment.until):
            if when is not None and when.last is not None:
                yield Stated("treatment", treatment.drug, treatment), when.last


def _too_late(patient: Patient) -> Contradiction | None:
    """A juvenile disease that began at 18 or later."""
    months = onset_months(patient)
    if months is None or months[0] < 18 * 12:
        return None
    juvenile = next((one for one in patient.subtypes if "jiim" in line_of(one)), None)
    if juvenile is None:
        return None
    return Contradiction("too_late", (Stated("subtype", juvenile), Stated("fact", "onset", patient.onset)))


# Values ----------------------------------------------------------------------------------------------------------------


def contradicted(patient: Patient, day: date) -> FactId | None:
    """A fact that was given and that what else was given rules out; none where all agree."""
    derived = derived_facts(patient.treatments)
    known = frozenset((*(id for id, _ in patient.facts), *derived))
    kinds = frozenset[str]().union(*map(line_of, patient.subtypes))
    for id, value in patient.facts:
        if (
            id in STABLE
            and isinstance(value, When)
            and value.last
            and _not_so(STABLE[id], value.last, patient.treatments)
        ):
            return id
        if id == "treatment_naive" and value == YesNo(True) and _steroids_longer(patient, day):
            return id
        told = derived.get(id)
        if told is None and any(
            (not one.subtypes or not one.subtypes.isdisjoint(kinds)) and (one.sex is None or one.sex == patient.sex)
            for one in _within_reach(id, known)
        ):
            told = implied(patient, day, id)
        if told is None and FACTS[id].at_least in known:
            told = implied(patient, day, id)
        if told is not None and not isinstance(value, InDoubt) and not _agree(value, told, several=FACTS[id].several):
            return id
    return None


def _not_so(drug: str, stable: date, treatments: tuple[Treatment, ...]) -> bool:
    """Is nothing of a class taken, or was some of it begun, changed or stopped after the last day since which it may be unchanged?"""
    if not_taken(drug, treatments):
        return True
    mine = [one for one in treatments if one.drug != OTHER and of_class(one.drug, drug)]
    ended = [one.until for one in mine if drug != STEROID]  # a pulse beside the daily dose changes nothing of it
    begun = [when for one in mine for when in (one.since, one.changed)]
    days = (when.first for when in (*begun, *ended) if when is not None)
    return any(day is not None and day > stable for day in days)


_SHORT = Span(1, "months")
"""For how long steroids may be taken by somebody who counts as untreated."""


def _steroids_longer(patient: Patient, day: date) -> bool:
    """Are or were steroids surely taken for longer than by somebody untreated?"""
    stable = patient.fact("steroid_stable")
    courses = [
        (one.since, one.until) for one in patient.treatments if one.drug != OTHER and of_class(one.drug, STEROID)
    ]
    courses += [(stable, None)] if isinstance(stable, When) else []
    return any(
        since is not None
        and since.last is not None
        and complete_on(since.last, _SHORT) < ((until and until.first) or day)
        for since, until in courses
    )


@lru_cache(maxsize=1024)
def _within_reach(id: FactId, known: frozenset[FactId]) -> tuple[Condition, ...]:
    """The conditions that give a fact away which may hold where these facts are known: the rest need facts that nothing gives away."""
    return tuple(one for one in implying(id) if all(_may_be_known(each, known, (id,)) for each in one.needs))


def _may_be_known(id: FactId, known: frozenset[FactId], without: tuple[FactId, ...]) -> bool:
    """Whether a fact is known, or may be given away by those known, other than by some facts."""
    if id in without:
        return False
    floor = FACTS[id].at_least
    return (
        id in known
        or (floor is not None and _may_be_known(floor, known, (*without, id)))
        or any(all(_may_be_known(each, known, (*without, id)) for each in one.needs) for one in implying(id))
    )


def _agree(given: FactValue, told: FactValue, *, several: bool) -> bool:
    """Whether a value given may be what else was given says; of a choice with one answer only there is no second one."""
    if isinstance(given, Amount) and isinstance(told, Amount):
        return (told.low is None or given.high is None or given.high >= told.low) and (
            told.high is None or given.low is None or given.low <= told.high
        )
    if isinstance(given, When) and isinstance(told, When):  # what changed since cannot be unchanged for longer
        return given.last is None or told.first is None or given.last >= told.first
    if isinstance(given, YesNo) and isinstance(told, YesNo):
        return given.yes == told.yes
    if not (isinstance(given, Chosen) and isinstance(told, Chosen)):
        return True
    if set(told.values) & set(given.without) or ("none" in given.values and "none" not in told.values):
        return False
    return several or not given.values or not told.values or not set(given.values).isdisjoint(told.values)


def _fewest(patient: Patient, id: FactId, day: date) -> tuple[Stated, ...]:
    """The fact that is ruled out, and as little of the rest as rules it out by itself."""
    fact = Stated("fact", id, patient.fact(id))
    rest = [each for each in _all(patient) if each != fact]
    left = patient
    for each in tuple(rest):
        less = _without(left, each)
        if contradicted(less, day) == id:
            left = less
            rest.remove(each)
    return fact, *rest


def _all(patient: Patient) -> Iterator[Stated]:
    yield from (Stated("subtype", one) for one in patient.subtypes)
    if patient.birth is not None:
        yield Stated("birth", "birth", patient.birth)
    yield from (Stated("antibody", one, result) for one, result in patient.antibodies)
    beside = len(patient.treatments) > 1
    yield from (Stated("treatment", one.drug, one, beside) for one in patient.treatments)
    yield from (Stated("fact", id, value) for id, value in patient.facts)


_LISTS = {"subtype": "subtypes", "antibody": "antibodies", "treatment": "treatments", "fact": "facts"}


def _without(patient: Patient, given: Stated) -> Patient:
    """The patient of whom one thing less is known."""
    if given.kind == "birth":
        return patient._replace(birth=None)
    same, field = (given.id, given.value, (given.id, given.value)), _LISTS[given.kind]
    return patient._replace(**{field: tuple(one for one in getattr(patient, field) if one not in same)})
