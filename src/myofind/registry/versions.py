"""What changed between two versions of the registry: trials added and retired, statuses moved, facts and criteria.

A study that is found again under another id, by a number of a register, is renamed rather than retired and added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from myofind.domain.dates import first_day
from myofind.domain.eligibility import Assessment, Verdict, assess
from myofind.domain.patient import Patient
from myofind.domain.register_numbers import register_of
from myofind.domain.trial import Observation, Plain, Trial


class Version(NamedTuple):
    """One version of the registry: its header and its trials, as written and as records, by id."""

    header: Plain
    plain: dict[str, Plain]
    trials: dict[str, Trial]


class Change(NamedTuple):
    """One fact of a trial before and after; None where it is absent. `key` is a path such as `eligibility.age`."""

    key: str
    old: Any
    new: Any


class Moved(NamedTuple):
    """A trial in both versions that is not the same: its id before, whether its status moved, and the other changes."""

    trial: Trial
    old_id: str
    status: Change | None
    changes: tuple[Change, ...]

    @property
    def criteria(self) -> tuple[Change, ...]:
        """The changes that can change a verdict."""
        return tuple(one for one in self.changes if one.key.partition(".")[0] in _CRITERIA)


class Flip(NamedTuple):
    """A verdict that is no longer the same for a patient; None where the trial is not in that version.

    `fields` are the facts that changed it: each alone gives the new verdict, or else all of them together do; none where
    the trial is in one version only.
    """

    trial: Trial
    old: Verdict | None
    new: Verdict | None
    fields: tuple[str, ...] = ()


class Difference(NamedTuple):
    """Everything that differs."""

    added: tuple[Trial, ...]
    retired: tuple[Trial, ...]
    moved: tuple[Moved, ...]
    header: tuple[Change, ...]
    same: int


_CRITERIA = ("eligibility", "cohorts", "countries", "kind")
_PARTS = (
    "coverage",
    "subtypes",
    "age",
    "sex",
    "autoantibodies",
    "ild",
    "refractory",
    "duration",
    "onset_age",
    "check_by_hand",
)


def compare(old: Version, new: Version) -> Difference:
    """The difference of two versions; the order of trials does not matter."""
    pairs = paired(old, new)
    earlier = {new_id: old_id for old_id, new_id in pairs}
    moved = []
    same = 0
    for old_id, new_id in sorted(pairs, key=lambda pair: pair[1]):
        changes = tuple(_changes(old.plain[old_id], new.plain[new_id]))
        before, after = newest(old.trials[old_id].status), newest(new.trials[new_id].status)
        status = None
        if (before and before.value) != (after and after.value):
            status = Change("status", before and before.value, after and after.value)
        if changes or status:
            moved.append(Moved(new.trials[new_id], old_id, status, changes))
        else:
            same += 1
    kept = {old_id for old_id, _ in pairs}
    return Difference(
        tuple(new.trials[one] for one in sorted(new.trials) if one not in earlier),
        tuple(old.trials[one] for one in sorted(old.trials) if one not in kept),
        tuple(moved),
        tuple(_mapping(old.header, new.header, "", ("sources",))),
        same,
    )


def paired(old: Version, new: Version) -> list[tuple[str, str]]:
    """The trials of both versions: under the same id, or under the same number of a register."""
    pairs = [(one, one) for one in new.trials if one in old.trials]
    owners = {number: one for one in old.trials if one not in new.trials for number in _numbers(old.trials[one])}
    for one in new.trials:
        if one not in old.trials:
            before = next((owners[number] for number in _numbers(new.trials[one]) if number in owners), None)
            if before is not None and all(before != taken for taken, _ in pairs):
                pairs.append((before, one))
    return pairs


def _numbers(trial: Trial) -> set[str]:
    every = {trial.id, *(number for kind, several in trial.ids if kind != "sponsor" for number in several)}
    return {number for number in every if register_of(number)}


def newest(observations: tuple[Observation, ...]) -> Observation | None:
    """The newest observation; of equal days, the first."""
    return max(observations, key=lambda one: first_day(one.as_of), default=None)


def _changes(old: Plain, new: Plain) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in ("eligibility", "countries"):
            yield from _mapping(before or {}, after or {}, f"{key}.")
        else:
            yield Change(key, before, after)


def _mapping(old: Plain, new: Plain, start: str, skip: tuple[str, ...] = ()) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key) and key not in skip:
            yield Change(start + key, old.get(key), new.get(key))


# One patient ----------------------------------------------------------------------------------------------------------


def flips(old: Version, new: Version, patient: Patient, day: date) -> Iterator[Flip]:
    """The verdicts that are not the same for a patient, with the facts that made the difference."""
    pairs = paired(old, new)
    for old_id, new_id in sorted(pairs, key=lambda pair: pair[1]):
        before, after = old.trials[old_id], new.trials[new_id]
        first, second = assess(patient, before, day), assess(patient, after, day)
        if first.verdict != second.verdict:
            yield Flip(
                after, first.verdict, second.verdict, tuple(_because(before, after, patient, day, first, second))
            )
    kept = {one for pair in pairs for one in pair}
    for trial in (new.trials[one] for one in sorted(new.trials) if one not in kept):
        yield Flip(trial, None, assess(patient, trial, day).verdict)
    for trial in (old.trials[one] for one in sorted(old.trials) if one not in kept):
        yield Flip(trial, assess(patient, trial, day).verdict, None)


def _because(
    before: Trial, after: Trial, patient: Patient, day: date, first: Assessment, second: Assessment
) -> Iterator[str]:
    """The facts of which each alone, put into the old trial, gives the new verdict; else every one that changed."""
    steps = list(_steps(before, after))
    alone = [name for name, trial in steps if assess(patient, trial, day).verdict == second.verdict]
    if alone:
        yield from alone
        return
    # Several together: those without which the new verdict would not be reached.
    back = [name for name, trial in _steps(after, before) if assess(patient, trial, day).verdict != second.verdict]
    yield from back or [name for name, _ in steps]


def _steps(before: Trial, after: Trial) -> Iterator[tuple[str, Trial]]:
    """The old trial with one fact of the new one."""
    for part in _PARTS:
        value = getattr(after.eligibility, part)
        if value != getattr(before.eligibility, part):
            yield f"eligibility.{part}", before._replace(eligibility=before.eligibility._replace(**{part: value}))
    for key in ("cohorts", "countries", "kind"):
        value = getattr(after, key)
        if value != getattr(before, key):
            yield key, before._replace(**{key: value})
