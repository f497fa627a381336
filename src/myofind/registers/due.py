"""Which entries to look up again, and why: the most needed first.

What can mislead a patient today stands before what is merely old: a trial shown as open whose end is past or that nobody looked at for
a year, then one whose recruitment nobody knows, then what grows old, then criteria that nobody read. Trials known to be closed are not due.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from myofind.domain.dates import add_age, first_day, last_day
from myofind.domain.recruitment import Recruitment, recruitment
from myofind.domain.register_numbers import link
from myofind.domain.trial import Trial
from myofind.records import NamedTuple
from myofind.registers.status import SOON

Reason = Literal[
    "draft", "past_end", "stale", "no_status", "status_unknown", "start_passed", "two_years", "ageing", "unread", "no_contact"
]  # fmt: skip
REASONS: tuple[Reason, ...] = get_args(Reason)
"""Why an entry is due, most pressing first."""

UNREAD = (None, "summary", "fields")
"""Coverages of a trial of whose list of criteria nothing was read."""


class Due(NamedTuple):
    """A trial to look up: why, what is known of its recruitment, and the page to open."""

    trial: Trial
    reasons: tuple[Reason, ...]
    recruitment: Recruitment
    address: str | None
    register: bool
    """Whether the address is a page of a register that `refresh` can ask."""


def due(trials: Iterable[Trial], day: date) -> tuple[Due, ...]:
    """The trials to look up on a day, most needed first; the order never depends on the file's."""
    waiting = []
    for trial in trials:
        state = recruitment(trial.status, trial.end, day)
        reasons = tuple(_reasons(trial, state, day))
        if reasons:
            waiting.append(Due(trial, reasons, state, *_address(trial)))
    waiting.sort(key=lambda one: (REASONS.index(one.reasons[0]), -(one.recruitment.age_days or 0), one.trial.id))
    return tuple(waiting)


def _reasons(trial: Trial, state: Recruitment, day: date) -> Iterable[Reason]:
    if state.state == "closed":
        return
    if trial.draft:
        yield "draft"
    if state.overdue or (state.state != "open" and trial.end is not None and last_day(trial.end) < day):
        yield "past_end"
    if state.freshness == "stale":
        yield "stale"
    if state.status is None:
        yield "no_status"
    elif state.status == "unknown":
        yield "status_unknown"
    if state.state == "upcoming" and trial.start is not None and last_day(trial.start) < day:
        yield "start_passed"
    updated = trial.record.updated if trial.record else None
    if updated and state.state in ("open", "upcoming") and add_age(first_day(updated), SOON, "months") <= day:
        yield "two_years"
    if state.freshness == "ageing":
        yield "ageing"
    if trial.kind == "interventional":
        if trial.eligibility.coverage in UNREAD:
            yield "unread"
        if not getattr(trial, "contacts", ()):
            yield "no_contact"


def _address(trial: Trial) -> tuple[str | None, bool]:
    """The register's page; else the page of another register, else of a source."""
    others = [number for _, numbers in trial.ids for number in numbers]
    for number in (trial.id, *others):
        page = link(number)
        if page:
            return page, number.startswith("NCT")
    pages = (source.at for source in trial.sources if source.at and source.at.startswith(("http://", "https://")))
    return next(pages, None), False
