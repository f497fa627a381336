"""What changed between two versions of the registry: trials added and retired, statuses moved, facts and criteria.

A study that is found again under another id, by a number of a register, is renamed rather than retired and added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from myofind.domain.eligibility import Assessment, Verdict, assess
from myofind.domain.patient import Patient
from myofind.domain.recruitment import newest
from myofind.domain.register_numbers import register_of
from myofind.domain.trial import Eligibility, Plain, Trial
from myofind.records import NamedTuple


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


_CRITERIA = ("eligibility", "cohorts", "countries", "kind", "takes_nobody")
_PARTS = tuple(part for part in Eligibility._fields if part != "facts")


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


def _changes(old: Plain, new: Plain) -> Iterator[Change]:
    old, new = _in_newest_form(old), _in_newest_form(new)
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key == "eligibility":
            yield from _criteria(before or {}, after or {}, "eligibility.")
        elif key == "countries":
            yield from _mapping(before or {}, after or {}, "countries.")
        elif key == "cohorts":
            yield from _cohorts(before or [], after or [])
        else:
            yield Change(key, before, after)


def _criteria(old: Plain, new: Plain, start: str) -> Iterator[Change]:
    """The changes of criteria, each rule on a fact by itself."""
    for change in _mapping(old, new, start):
        if change.key == f"{start}facts":
            yield from _mapping(change.old or {}, change.new or {}, f"{start}facts.")
        else:
            yield change


def _cohorts(old: list[Plain], new: list[Plain]) -> Iterator[Change]:
    """Cohorts that came or went, by name, and the changed criteria of those that stayed."""
    before, after = ({one["name"]: one for one in several} for several in (old, new))
    if list(before) != list(after):
        yield Change("cohorts", list(before) or None, list(after) or None)
    for name in after:
        if name in before:
            rules = before[name].get("eligibility") or {}, after[name].get("eligibility") or {}
            yield from _criteria(*rules, f"cohorts.{name}.eligibility.")


_FIRST_FORM = ("ild", "refractory", "duration", "onset_age")


def _in_newest_form(plain: Plain) -> Plain:
    """A trial of either form of the file as the newer one writes it: only what it says can differ."""
    found = dict(plain)
    if "eligibility" in plain:
        found["eligibility"] = _newest_rules(plain["eligibility"])
    if "cohorts" in plain:
        found["cohorts"] = [
            {**one, "eligibility": _newest_rules(one.get("eligibility") or {})} for one in plain["cohorts"]
        ]
    if "conflicts" in plain:
        found["conflicts"] = [
            {("en" if key == "note" else key): text for key, text in one.items()} for one in plain["conflicts"]
        ]
    return found


def _newest_rules(rules: Plain) -> Plain:
    found = {key: rule for key, rule in rules.items() if key not in _FIRST_FORM}
    facts = {**(rules.get("facts") or {}), **{key: rules[key] for key in ("ild", "refractory") if key in rules}}
    onset = {new: _with_units(rules[old]) for old, new in (("duration", "since"), ("onset_age", "age")) if old in rules}
    if onset:
        facts["onset"] = onset
    if facts:
        found["facts"] = facts
    if "check_by_hand" in rules:
        found["check_by_hand"] = [one if isinstance(one, dict) else {"en": one} for one in rules["check_by_hand"]]
    return found


def _with_units(bounds: Plain) -> Plain:
    """Bounds of a length of time; a bare number is one of years."""
    return {key: one if isinstance(one, dict) else {"number": one, "unit": "years"} for key, one in bounds.items()}


def _mapping(old: Plain, new: Plain, start: str, skip: tuple[str, ...] = ()) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key) and key not in skip:
            yield Change(start + key, old.get(key), new.get(key))


# One patient ----------------------------------------------------------------------------------------------------------


def flips(old: Version, new: Version, patient: Patient, day: date) -> Iterator[Flip]:
    """The verdicts that are not the same for a patient, with the facts that made the difference."""
    for before, after in every_pair(old, new):
        told = flip(before, after, patient, day)
        if told.old != told.new:
            yield told


def every_pair(old: Version, new: Version) -> list[tuple[Trial | None, Trial | None]]:
    """Every trial in both versions: None in the one that lacks it."""
    pairs = sorted(paired(old, new), key=lambda pair: pair[1])
    kept = {one for pair in pairs for one in pair}
    every: list[tuple[Trial | None, Trial | None]] = [(old.trials[one], new.trials[two]) for one, two in pairs]
    every += [(None, new.trials[one]) for one in sorted(new.trials) if one not in kept]
    return every + [(old.trials[one], None) for one in sorted(old.trials) if one not in kept]


def flip(before: Trial | None, after: Trial | None, patient: Patient, day: date) -> Flip:
    """The verdicts of a trial in two versions, and what made the difference; None where a version lacks it."""
    first = assess(patient, before, day) if before is not None else None
    second = assess(patient, after, day) if after is not None else None
    fields: tuple[str, ...] = ()
    if before is not None and after is not None and first and second and first.verdict != second.verdict:
        fields = tuple(_because(before, after, patient, day, second))
    trial = after if after is not None else before
    assert trial is not None
    return Flip(trial, first.verdict if first else None, second.verdict if second else None, fields)


def _because(before: Trial, after: Trial, patient: Patient, day: date, second: Assessment) -> Iterator[str]:
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
    old_facts, new_facts = dict(before.eligibility.facts), dict(after.eligibility.facts)
    for id in sorted({*old_facts, *new_facts}):
        if old_facts.get(id) != new_facts.get(id):
            both = {**old_facts, id: new_facts.get(id)}
            facts = tuple((one, rule) for one, rule in sorted(both.items()) if rule is not None)
            yield f"eligibility.facts.{id}", before._replace(eligibility=before.eligibility._replace(facts=facts))
    for key in ("cohorts", "countries", "kind", "takes_nobody"):
        value = getattr(after, key)
        if value != getattr(before, key):
            yield key, before._replace(**{key: value})
