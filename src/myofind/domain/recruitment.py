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
    newest: Observation | None = None
    newest_day = date.min
    for observation in observations:
        seen = first_day(observation.as_of)
        if newest_day < seen <= day:
            newest, newest_day = observation, seen
    if newest is None:
        return Recruitment("unknown")
    age = (day - newest_day).days
    state = STATE_OF[newest.value]
    return Recruitment(
        state,
        newest.value,
        newest.as_of,
        age,
        "fresh" if age <= FRESH_DAYS else "ageing" if age <= AGEING_DAYS else "stale",
        state == "open" and end is not None and day > last_day(end),
        newest.source,
    )
