"""The status a register gives on a day, as an observation among those the registry has: new, confirmed, or of the past."""

from __future__ import annotations

from collections.abc import Callable

from myofind.domain.dates import first_day
from myofind.domain.trial import Observation, Trial
from myofind.editing.edits import Edit
from myofind.registers.ctgov import Record
from myofind.registers.proposals import Change, Kind, Remark, Seen

LAPSING = ("recruiting", "not_yet_recruiting", "active_not_recruiting")
"""Statuses the register itself replaces by `unknown` two years after they were last verified."""

SOON = 21
"""Months after which a status about to lapse is said, as its record nears the two years."""


def observe(trial: Trial, record: Record, seen: Seen, of_register: Callable[[str | None], bool]) -> list[Change]:
    """What the register's status changes: nothing, or one change.

    `of_register` tells whether a source is the register that was read.
    """
    value, day = record.status, seen.day
    if value is None:
        return []
    known = sorted(trial.status, key=lambda one: first_day(one.as_of), reverse=True)
    before = next((one for one in known if _day(one) <= day), None)
    later = any(_day(one) > day for one in known)
    if before is None or before.value != value:
        if before is not None and before.as_of == day:
            remark = Remark("same_day", (before.source,))
            return [Change("status", "flag", before.value, value, before.source, before.as_of, (remark,))]
        last_known = record.last_known if value == "unknown" else None
        was = (Remark("last_known", (last_known, record.verified or "")),) if last_known else ()
        return [_observation("past" if later else "change", trial, record, seen, before, was)]
    if not later and _day(before) < day:
        return [_observation("confirm", trial, record, seen, before, lapsing(record, day))]
    if before.as_of == day and record.why and not before.why and of_register(before.source):
        edit = Edit("set", ("status", trial.status.index(before), "why"), record.why)
        return [Change("status.why", "change", None, record.why, before.source, before.as_of, (), (edit,))]
    return []


def lapsing(record: Record, day: str) -> tuple[Remark, ...]:
    """A remark where the register is about to call a status `unknown` because nobody verified it."""
    if not record.verified or record.status not in LAPSING:
        return ()
    verified, seen = first_day(record.verified), first_day(day)
    if (seen.year - verified.year) * 12 + seen.month - verified.month < SOON:
        return ()
    return (Remark("lapsing", (record.verified,)),)


def _day(one: Observation) -> str:
    return first_day(one.as_of).isoformat()


def _observation(
    kind: Kind, trial: Trial, record: Record, seen: Seen, before: Observation | None, remarks: tuple[Remark, ...]
) -> Change:
    """A new observation in its place by day; of a run of three alike from one source, the newest is moved on instead."""
    own_words = before.why if before and before.value == record.status else None
    why = own_words or record.why
    new = seen.observation(record.status or "")
    if why:
        new["why"] = why
    edits: tuple[Edit, ...]
    if not trial.status:
        edits = (Edit("set", ("status",), [new]),)
    elif kind == "confirm" and before is not None and _runs(trial, before, seen.source) and why == before.why:
        edits = (Edit("set", ("status", 0, "as_of"), seen.day), Edit("set", ("status", 0, "at"), seen.at))
    else:
        edits = (Edit("insert", ("status", sum(_day(one) > seen.day for one in trial.status)), new),)
    value, source, day = (before.value, before.source, before.as_of) if before else (None, None, None)
    return Change("status", kind, value, record.status, source, day, remarks, edits)


def _runs(trial: Trial, newest: Observation, source: str) -> bool:
    """Whether the two newest observations say the same, both from the source that is being read."""
    if len(trial.status) < 2 or trial.status[0] != newest:
        return False
    below = trial.status[1]
    return newest.source == below.source == source and (newest.value, newest.why) == (below.value, below.why)
