"""Whether a trial takes patients, and how old that knowledge is: apart from whether this patient fits.

Statuses are ClinicalTrials.gov's `OverallStatus`. The status on a day is the newest observation not later than it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from myofind.domain.dates import first_day, last_day
from myofind.domain.trial import Observation
from myofind.records import NamedTuple

State = Literal["open", "upcoming", "by_invitation", "closed", "unknown"]
Freshness = Literal["fresh", "ageing", "stale"]

STATES: tuple[State, ...] = ("open", "upcoming", "by_invitation", "unknown", "closed")
"""Best first: the order in which answers list trials of the same verdict."""

STATE_OF: dict[str, State] = {
    "recruiting": "open",
    "not_yet_recruiting": "upcoming",
    "enrolling_by_invitation": "by_invitation",
    "active_not_recruiting": "closed",
    "completed": "closed",
    "suspended": "closed",
    "terminated": "closed",
    "withdrawn": "closed",
    "unknown": "unknown",
}
"""By `OverallStatus` in snake case."""

FRESH_DAYS = 90
AGEING_DAYS = 365


class Recruitment(NamedTuple):
    """The state on a day; `status` and the age of the knowledge (days) are None where nothing was observed by then."""

    state: State
    status: str | None = None
    as_of: str | None = None
    age_days: int | None = None
    freshness: Freshness | None = None
    overdue: bool = False
    source: str | None = None


def recruitment(observations: tuple[Observation, ...], end: str | None, day: date) -> Recruitment:
    """The recruitment of a trial on a day, from its observations and its recorded end."""
    seen = newest(observations, day)
    if seen is None:
        return Recruitment("unknown")
    age = (day - first_day(seen.as_of)).days
    state = STATE_OF[seen.value]
    freshness: Freshness = "fresh" if age <= FRESH_DAYS else "ageing" if age <= AGEING_DAYS else "stale"
    overdue = state == "open" and end is not None and day > last_day(end)
    return Recruitment(state, seen.value, seen.as_of, age, freshness, overdue, seen.source)


def newest(observations: tuple[Observation, ...], day: date = date.max) -> Observation | None:
    """The newest observation not later than a day; of equal days, the first."""
    found: Observation | None = None
    latest = date.min
    for one in observations:
        seen = first_day(one.as_of)
        if latest < seen <= day:
            found, latest = one, seen
    return found
