"""A patient asked of the whole registry: verdicts that add up, in an order that never depends on the file.

Order: verdict, then recruitment, then how closely the trial names this patient (an antibody the patient has, then the
subtype, then any myositis), then phase (later first), then id.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from myofind.domain.eligibility import antibody_state
from myofind.domain.patient import Patient
from myofind.domain.recruitment import STATES, State, recruitment
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits, Index, Judged, Verdicts

SHOWN_STATES: tuple[State, ...] = ("open", "upcoming", "by_invitation", "unknown")
"""What an answer lists unless asked for more: closed trials are counted only."""

FIRST_KINDS = ("interventional", "extension")
"""What an answer lists first; observational studies and registries follow on their own."""


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
        chosen = _union(by_state[state] for state in states) | _with_status(table, tuple(statuses), day)
        chosen &= found.match | found.possible
    order = ranked(table, found, by_state, patient, chosen)
    return Matched(found, by_state, judged, chosen, tuple(order if limit is None else order[:limit]))


def _union(parts: Iterable[Bits]) -> Bits:
    found = 0
    for part in parts:
        found |= part
    return found


def _with_status(table: Index, statuses: tuple[str, ...], day: date) -> Bits:
    if not statuses:
        return 0
    return _union(bits for seen, end, bits in table.statuses if recruitment(seen, end, day).status in statuses)


def ranked(table: Index, found: Verdicts, by_state: dict[State, Bits], patient: Patient, chosen: Bits) -> list[int]:
    """The chosen trials, best first; observational studies and registries after the trials."""
    named, kind = closeness(table, patient)
    first = _union(table.kinds.get(kind_name, 0) for kind_name in FIRST_KINDS)

    def key(place: int) -> tuple[int, int, int, int, int, str]:
        bit = 1 << place
        return (
            0 if first & bit else 1,
            0 if found.match & bit else 1 if found.possible & bit else 2,
            next(rank for rank, state in enumerate(STATES) if by_state[state] & bit),
            0 if named & bit else 1 if kind & bit else 2,
            -table.phases[place],
            table.ids[place],
        )

    return sorted(sets.places(chosen), key=key)


def closeness(table: Index, patient: Patient) -> tuple[Bits, Bits]:
    """The trials that require an antibody the patient has, and those that name a kind of myositis."""
    named = kind = 0
    for rule, bits in table.rules.get("autoantibodies", ()):
        if any(
            antibody_state(one, patient.antibodies) == "positive" for one in (*rule.required_any, *rule.required_all)
        ):
            named |= bits
    for rule, bits in table.rules.get("subtype", ()):
        if any(one not in ("iim", "jiim") for one in rule.admits):
            kind |= bits
    return _with_cohorts(table, named), _with_cohorts(table, kind)


def _with_cohorts(table: Index, bits: Bits) -> Bits:
    for place, units in table.cohorts:
        if any(bits >> unit & 1 for unit in units):
            bits |= 1 << place
    return bits & table.all
