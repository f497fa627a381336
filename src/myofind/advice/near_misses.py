"""Trials that fail exactly one criterion, by what can be done about it; and how the trials dwindle to none.

`wait`: time alone opens the trial, on days that are known. `test`: one result keeps the patient out, and may be
repeated. `change`: another dose, a drug stopped, the failure of usual treatment would open it, on no day that is known.
`country`: the trial runs elsewhere. `never`: nothing within reach changes it (too old, another diagnosis, a participant
of another trial only …), the wait is longer than two years, or the trial ends before it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from myofind.domain.dates import add_age
from myofind.domain.eligibility import CRITERIA, Criterion
from myofind.domain.known_facts import readings
from myofind.domain.patient import Patient
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

Remedy = Literal["wait", "test", "change", "country", "never"]
REMEDIES: tuple[Remedy, ...] = ("wait", "test", "change", "country", "never")
"""What can be done, the most doable first."""
LONGEST_WAIT = 2
"""Years; nobody waits longer for a trial."""
Barred = Literal["", "ended", "fails", "far"]
"""Why waiting is no use all the same: the trial has `ended` by then, another criterion `fails`, or it is too `far`."""


class Near(NamedTuple):
    """A trial that fails one criterion: which, and what can be done.

    `opens` are the first and the last day on which a wait may end; `barred` says why waiting is no use all the same.
    """

    place: int
    criterion: Criterion
    remedy: Remedy
    opens: tuple[date, date] | None = None
    barred: Barred = ""


class Step(NamedTuple):
    """How many trials are left when one more criterion counts."""

    name: str
    left: int


def near_misses(table: Index, patient: Patient, day: date, judged: Judged, chosen: Bits) -> tuple[Near, ...]:
    """The chosen trials that fail exactly one criterion, in the order of the criteria, each once.

    Where cohorts or diagnoses fail different criteria, the one that counts is the most doable.
    """
    people = readings(patient)
    every = [(one, sets.judged_alone(table, one, day) if len(people) > 1 else judged) for one in people]
    excluded = chosen & sets.combine(table, *sets.total(judged)).excluded
    misses = [
        _remedy(place, criterion, patient)
        for name in judged
        if name != "enrolment"
        for one, own in every
        for place, criterion in _failing(table, name, sets.only_failing(table, name, own, excluded), one, day, own)
    ]
    return _most_doable(_in_time(table, misses, patient, day))


def _most_doable(misses: Iterable[Near]) -> tuple[Near, ...]:
    """Of each trial the first that can be mended best."""
    best: dict[int, Near] = {}
    for miss in misses:
        if miss.place not in best or REMEDIES.index(miss.remedy) < REMEDIES.index(best[miss.place].remedy):
            best[miss.place] = miss
    return tuple(sorted(best.values(), key=lambda miss: (list(CRITERIA).index(miss.criterion.name), miss.place)))


def _failing(
    table: Index, name: str, missed: Bits, patient: Patient, day: date, judged: Judged
) -> Iterator[tuple[int, Criterion]]:
    """Each trial with the criterion it fails: its own, else those of the cohorts in which nothing else fails."""
    if not missed:
        return
    others = sets.total(judged, name)[0]
    owner = {unit: place for place, units in table.cohorts for unit in units if not others >> unit & 1}
    own: dict[int, Criterion] = {}
    of_cohorts: list[tuple[int, Criterion]] = []
    for rule, bits in [*table.rules.get(name, ()), (None, missed)]:
        criterion = CRITERIA[name](rule, patient, day) if rule is not None or name == "subtype" else None
        if criterion is None or criterion.outcome != "not_met":
            continue
        for place in sets.places(bits & table.all & missed):
            own.setdefault(place, criterion)
        for unit in sets.places(bits >> len(table.ids)):
            place = owner.get(unit + len(table.ids), -1)
            if place >= 0 and missed >> place & 1:
                of_cohorts.append((place, criterion))
    yield from own.items()
    yield from ((place, criterion) for place, criterion in of_cohorts if place not in own)


def _remedy(place: int, criterion: Criterion, patient: Patient) -> Near:
    name, code, rule = criterion.name, criterion.code, criterion.rule
    if name == "country":
        return Near(place, criterion, "country")
    if name == "age" and code == "too_young" and patient.birth:
        first, last = (add_age(born, int(rule.min.number), rule.min.unit) for born in patient.birth)
        return Near(place, criterion, "wait", (first, last))
    if criterion.holds_from:
        return Near(place, criterion, "wait", criterion.holds_from)
    if (name == "autoantibodies" and code == "required_negative") or (name == "ild" and rule == "required"):
        return Near(place, criterion, "test")
    drug_mends = name == "treatments" and code in _MENDED and rule.excluded != "ever"
    mends = drug_mends or (name == "refractory" and rule == "required") or (name in FACTS and FACTS[name].fixable)
    return Near(place, criterion, "change" if mends else "never")


_MENDED = ("taken_now", "dose_too_high", "dose_too_low")
"""What a change of treatment mends, on no day that is known."""


def _in_time(table: Index, found: list[Near], patient: Patient, day: date) -> tuple[Near, ...]:
    """A wait that ends after the trial, when something else fails by then, or after two years, is no remedy."""
    known: dict[date, tuple[Bits, Bits]] = {}
    far = add_age(day, LONGEST_WAIT, "years")
    checked = []
    for one in found:
        if one.remedy == "wait" and one.opens:
            first, when = one.opens
            if when not in known:
                from myofind.advice.timing import ended, verdicts_on

                known[when] = ended(table, when), verdicts_on(table, patient, day, when).excluded
            over, excluded = known[when]
            fails, late = excluded >> one.place & 1, first > far
            barred: Barred = "ended" if over >> one.place & 1 else "fails" if fails else "far" if late else ""
            one = one._replace(remedy="never", barred=barred) if barred else one
        checked.append(one)
    return tuple(checked)


def funnel(table: Index, judged: Judged, taking: Bits) -> tuple[Step, ...]:
    """How many trials are left: all, those that may take patients, then after each criterion that removes some."""
    steps = [Step("registry", sets.size(table.all)), Step("recruitment", sets.size(taking))]
    failed = 0
    for name in judged:
        failed |= judged[name][0]
        left = sets.size(taking & ~sets.combine(table, failed, 0).excluded)
        if left != steps[-1].left:
            steps.append(Step(name, left))
    return tuple(steps)
