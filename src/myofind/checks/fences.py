"""Patients made to just fail one bound of one criterion: where the engine admits one all the same, the bound is idle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from myofind.checks.sample_patients import born
from myofind.domain.eligibility import CRITERIA, Criterion
from myofind.domain.lengths import complete_on, passed, reached
from myofind.domain.patient import Birth, Onset, Patient
from myofind.domain.trial import Span
from myofind.names.vocabulary import ids
from myofind.records import NamedTuple


class Fence(NamedTuple):
    """One bound of one criterion, with the patient just beyond it; none where nobody is beyond it."""

    bound: str
    patient: Patient | None


@lru_cache(maxsize=16384)
def idle(name: str, rule: Any, day: date) -> tuple[str, ...]:
    """The bounds of a rule that exclude nobody: the patient made to fail just there is not excluded by the engine."""
    found = []
    for fence in _fences(name, rule, day):
        outcome = CRITERIA[name](rule, fence.patient, day) if fence.patient else Criterion(name, "met", "")
        if outcome.outcome != "not_met":
            found.append(fence.bound)
    return tuple(found)


def _fences(name: str, rule: Any, day: date) -> Iterator[Fence]:
    if name == "age":
        if rule.min is not None:
            birth = born(rule.min, day) + timedelta(days=1)
            while birth <= day and CRITERIA["age"](rule, Patient(birth=Birth(birth, birth)), day).outcome != "not_met":
                birth += timedelta(days=1)  # 29 February
                if (birth - born(rule.min, day)).days > 3:
                    break
            yield Fence("min", Patient(birth=Birth(birth, birth)) if birth <= day else None)
        if isinstance(rule.max, Span):
            birth = born(rule.max._replace(number=int(rule.max.number) + 1), day)
            yield Fence("max", Patient(birth=Birth(birth, birth)))
    elif name == "subtype":
        for one in rule.excludes:
            yield Fence(f"excludes {one}", Patient((one,)))
        yield Fence("admits", Patient(("not_iim",)))
    elif name == "autoantibodies":
        wanted = {*rule.required_any, *rule.required_all}
        if wanted:
            yield Fence("required", Patient(antibodies=tuple(sorted((one, "negative") for one in wanted))))
        for one in rule.excluded:
            yield Fence(f"excluded {one}", Patient(antibodies=((one, "positive"),)))
    elif name in ("ild", "refractory"):
        if rule in ("required", "excluded"):
            yield Fence(rule, Patient(**{name: rule == "excluded"}))
    elif name == "onset_age":
        if rule.min is not None:
            below = reached(rule.min).never - 1
            yield Fence("min", Patient(onset=Onset(youngest_months=below, oldest_months=below)) if below >= 0 else None)
        if rule.max is not None:
            above = passed(rule.max).surely
            yield Fence("max", Patient(onset=Onset(youngest_months=above, oldest_months=above)))
    elif name == "duration":
        if rule.min is not None:
            yield Fence("min", Patient(onset=Onset(day, day)) if rule.min.number > 0 else None)
        if rule.max is not None:
            start = born(rule.max, day) - timedelta(days=1)
            while complete_on(start, rule.max) >= day and start > date(1000, 1, 1):
                start -= timedelta(days=1)
            yield Fence("max", Patient(onset=Onset(start, start)))
    elif name == "sex" and rule != "all":
        yield Fence(rule, Patient(sex="male" if rule == "female" else "female"))
    elif name == "country":
        for one in rule.not_in:
            yield Fence(f"not_in {one}", Patient(countries=(one,)))
        if rule.complete and rule.listed:
            other = next(one for one in sorted(ids("countries")) if one not in rule.listed)
            yield Fence("listed", Patient(countries=(other,)))
