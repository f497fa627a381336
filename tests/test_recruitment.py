"""Recruitment is apart from eligibility, dated, and never better than what was observed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.domain.recruitment import STATE_OF, recruitment
from myofind.domain.trial import Observation
from myofind.words.wording import STATUSES
from tests.strategies import observations

SEEN = (
    Observation("active_not_recruiting", "2026-01-10", "register"),
    Observation("recruiting", "2025-05-17", "brochure"),
)


@pytest.mark.parametrize(
    ("on", "status", "age", "freshness"),
    [
        ("2025-05-16", None, None, None),
        ("2025-05-17", "recruiting", 0, "fresh"),
        ("2025-08-15", "recruiting", 90, "fresh"),
        ("2025-08-16", "recruiting", 91, "ageing"),
        ("2026-01-09", "recruiting", 237, "ageing"),
        ("2026-01-10", "active_not_recruiting", 0, "fresh"),
        ("2027-01-10", "active_not_recruiting", 365, "ageing"),
        ("2027-01-11", "active_not_recruiting", 366, "stale"),
    ],
)
def test_the_newest_observation_not_later_than_the_day_counts(
    on: str, status: str | None, age: int | None, freshness: str | None
) -> None:
    found = recruitment(SEEN, None, date.fromisoformat(on))
    assert (found.status, found.age_days, found.freshness) == (status, age, freshness)


def test_every_status_has_a_state_and_no_status_is_never_open() -> None:
    assert STATE_OF.keys() == STATUSES.keys()
    assert [status for status, state in STATE_OF.items() if state == "open"] == ["recruiting"]
    assert recruitment((), None, date(2026, 1, 1)).state == "unknown"


@pytest.mark.parametrize(
    ("end", "on", "overdue"),
    [
        ("2026-02", "2026-02-28", False),
        ("2026-02", "2026-03-01", True),
        ("2026", "2026-12-31", False),
        ("2026", "2027-01-01", True),
        ("2026-02-27", "2026-02-28", True),
        (None, "2036-01-01", False),
    ],
)
def test_recruiting_past_the_recorded_end_is_overdue(end: str | None, on: str, overdue: bool) -> None:
    found = recruitment((Observation("recruiting", "2025-05-17", "brochure"),), end, date.fromisoformat(on))
    assert found.overdue is overdue


def test_only_recruiting_can_be_overdue() -> None:
    for status in STATUSES.keys() - {"recruiting"}:
        assert not recruitment((Observation(status, "2025-05-17", "brochure"),), "2025-06", date(2026, 1, 1)).overdue


@given(
    st.lists(observations, max_size=5), st.dates(date(2021, 1, 1), date(2028, 1, 1)), st.randoms(use_true_random=False)
)
def test_a_later_observation_never_changes_an_earlier_day(seen: list[Observation], day: date, chance: object) -> None:
    later = Observation("completed", (day + timedelta(days=1)).isoformat(), "register")
    assert recruitment((later, *seen), None, day) == recruitment(tuple(seen), None, day)
