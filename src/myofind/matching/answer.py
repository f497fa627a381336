"""A patient asked of the whole registry: verdicts that add up, in an order that never depends on the file.

Order: first what matches on criteria that were read, then what may fit (possible, or a match on criteria that were not),
then the excluded. Inside each: certainly in the patient's country before perhaps, and of these first what runs nearest the
patient, then what takes patients; how much was read, fewest facts to settle, recruitment, how closely the trial names this
patient (an antibody the patient has, then the subtype, then any myositis), phase (later first), id. A trial of childhood
disease stands last in its group for who is presumed to have fallen ill as an adult.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from myofind.domain.eligibility import antibody_state
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import childhood
from myofind.domain.recruitment import STATES, State, recruitment
from myofind.domain.subtype_rule import PRESUMED_AGAINST, subtype
from myofind.domain.trial import COVERAGES, FIRM
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged, Verdicts, union
from myofind.names.regions import ELSEWHERE, distance
from myofind.records import NamedTuple

SHOWN_STATES: tuple[State, ...] = ("open", "upcoming", "by_invitation", "unknown")
"""What an answer lists unless asked for more: closed trials are counted only."""

FIRST_KINDS = ("interventional", "extension")
"""What an answer lists first; observational studies and registries follow on their own."""


def first_kinds(table: Index) -> Bits:
    """Trials proper: neither registries nor observational studies."""
    return union(table.kinds.get(kind, 0) for kind in FIRST_KINDS)


class Matched(NamedTuple):
    """Verdicts for the whole registry as sets, the recruitment states, and the places of the trials shown, best first."""

    verdicts: Verdicts
    states: dict[State, Bits]
    judged: Judged
    chosen: Bits
    """The trials asked for: those shown, and those a limit holds back."""
    places: tuple[int, ...]

    @property
    def held_back(self) -> int:
        """How many of the chosen a limit holds back."""
        return sets.size(self.chosen) - len(self.places)

    @property
    def taking(self) -> Bits:
        """Trials that take patients, will, or may: every state but closed."""
        return (self.verdicts.match | self.verdicts.possible | self.verdicts.excluded) & ~self.states["closed"]

    @property
    def fitting(self) -> Bits:
        """Match or possible."""
        return self.verdicts.match | self.verdicts.possible


def answer(
    table: Index,
    patient: Patient,
    day: date,
    *,
    everything: bool = False,
    wanted: Iterable[State] | None = None,
    statuses: Iterable[str] = (),
    limit: int | None = None,
) -> Matched:
    """Ask for a patient on a day.

    Shown are the trials that fit or may fit and are not closed; `wanted` and `statuses` choose other states or register
    statuses, `everything` shows all. `limit` bounds what is shown, never the counts.
    """
    judged = sets.judged(table, patient, day)
    found = sets.combine(table, *sets.total(judged))
    by_state = sets.states(table, day)
    if everything:
        chosen = table.all
    else:
        states = tuple(wanted) if wanted is not None else () if statuses else SHOWN_STATES
        chosen = union(by_state[state] for state in states) | _with_status(table, tuple(statuses), day)
        chosen &= found.match | found.possible
    order = ranked(table, found, by_state, patient, chosen, judged, _for_children(table, patient, day, judged))
    return Matched(found, by_state, judged, chosen, tuple(order if limit is None else order[:limit]))


def _with_status(table: Index, statuses: tuple[str, ...], day: date) -> Bits:
    if not statuses:
        return 0
    return union(bits for seen, end, bits in table.statuses if recruitment(seen, end, day).status in statuses)


def ranked(
    table: Index,
    found: Verdicts,
    by_state: dict[State, Bits],
    patient: Patient,
    chosen: Bits,
    judged: Judged | None = None,
    last: Bits = 0,
) -> list[int]:
    """The chosen trials, best first; observational studies and registries after the trials, `last` at the end of a group.

    Without `judged` a match counts as firm by what was read of the trial, and nothing is counted as unsettled.
    """
    named, kind = closeness(table, patient)
    firm = sets.firm(table, *sets.total(judged)) if judged else found.match & union(map(_read(table), FIRM))
    here = union(bits for rule, bits in table.rules.get("country", ()) if set(patient.countries) & set(rule.listed))
    perhaps = _perhaps_here(table, by_state, patient.countries) if patient.countries else (table.all,)
    unsettled = _unsettled(table, judged, chosen) if judged else {}
    before = [
        _ranks(chosen, levels)
        for levels in (
            (first_kinds(table),), (firm, ~found.excluded), (~last,), (here, *perhaps), tuple(map(_read(table), COVERAGES)),
        )
    ]  # fmt: skip
    after = [_ranks(chosen, levels) for levels in (tuple(by_state[state] for state in STATES), (named, kind))]

    def key(place: int) -> tuple[int | str, ...]:
        return (
            *[ranks[place] for ranks in before], unsettled.get(place, 0), *[ranks[place] for ranks in after],
            -table.phases[place], table.ids[place],
        )  # fmt: skip

    return sorted(sets.places(chosen), key=key)


def _ranks(chosen: Bits, levels: Iterable[Bits]) -> dict[int, int]:
    """Of each chosen trial, the first level that holds it; behind the last where none does."""
    ranks: dict[int, int] = {}
    for rank, bits in enumerate((*levels, chosen)):
        if here := bits & chosen:
            ranks.update(dict.fromkeys(sets.places(here), rank))
            chosen &= ~here
    return ranks


def _read(table: Index) -> Callable[[str], Bits]:
    """The trials of which so much was read."""
    return lambda coverage: table.coverages.get(coverage, 0)


def _for_children(table: Index, patient: Patient, day: date, judged: Judged) -> Bits:
    """The trials that admit only disease begun in childhood, of a patient of whom onset in adulthood is presumed."""
    if childhood(patient, day) != "presumed":
        return 0
    against = union(
        bits for rule, bits in table.rules.get("subtype", ()) if subtype(rule, patient, day).code == PRESUMED_AGAINST
    )
    failed = sets.total(judged)[0] | against
    return union(
        [against, *(1 << place for place, units in table.cohorts if all(failed >> unit & 1 for unit in units))]
    )


def _perhaps_here(table: Index, by_state: dict[State, Bits], here: tuple[str, ...]) -> tuple[Bits, ...]:
    """All trials, those that run nearest the patient first; each counts where it first stands.

    At one distance those that take patients stand before those that may; of no known place is as far as can be, and last.
    """
    by_distance = [0] * (ELSEWHERE + 1)
    for rule, bits in table.rules.get("country", ()):
        if rule.listed:
            by_distance[distance(here, rule.listed)] |= bits
    known = (by_state["open"] | by_state["upcoming"], table.all & ~by_state["unknown"], table.all)
    near = [group & placed for placed in by_distance[:-1] for group in known]
    return *near, *(group & placed for group in known for placed in (by_distance[-1], table.all))


def _unsettled(table: Index, judged: Judged, chosen: Bits) -> dict[int, int]:
    """How many criteria a trial leaves open; of its cohorts the one that leaves the fewest."""
    counts: dict[int, int] = {}
    owners = {unit: place for place, units in table.cohorts if chosen >> place & 1 for unit in units}
    failed = sets.total(judged)[0]
    for _, unsure in judged.values():
        for place in sets.places(unsure & chosen):
            counts[place] = counts.get(place, 0) + 1
        for unit in owners if unsure >> len(table.ids) else ():
            if unsure >> unit & 1:
                counts[unit] = counts.get(unit, 0) + 1
    for place, units in table.cohorts:
        if chosen >> place & 1:
            left = [counts.get(unit, 0) for unit in units if not failed >> unit & 1]
            counts[place] = counts.get(place, 0) + min(left, default=0)
    return counts


def closeness(table: Index, patient: Patient) -> tuple[Bits, Bits]:
    """The trials that require an antibody the patient has, and those that name a kind of myositis."""

    def has(antibody: str) -> bool:
        return antibody_state(antibody, patient.antibodies) == "positive"

    named = union(
        bits
        for rule, bits in table.rules.get("autoantibodies", ())
        if any(map(has, (*rule.required_any, *rule.required_all)))
    )
    kind = union(bits for rule, bits in table.rules.get("subtype", ()) if set(rule.admits) - {"iim", "jiim"})
    return sets.with_trials(table, named) & table.all, sets.with_trials(table, kind) & table.all
