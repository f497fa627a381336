"""What is due, and in which order: a complete table of the reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from myofind.domain.plain_trial import from_plain
from myofind.domain.trial import Plain
from myofind.registers.due import REASONS, due
from tests.registers.conftest import Run

DAY = date(2026, 11, 25)


def plain(id: str = "NCT00000001", status: str | None = "recruiting", as_of: str = "2026-11-01", **more: Any) -> Plain:
    seen = [{"value": status, "as_of": as_of, "source": "s"}] if status else []
    return {
        "id": id, "kind": "observational", "status": seen, "eligibility": {"coverage": "full"},
        "sources": [{"ref": "s", "at": "https://x.example/p"}], **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("trial", "expected"),
    [
        (plain(), ()),
        (plain(draft=True), ("draft",)),
        (plain(end="2026-10"), ("past_end",)),
        (plain(end="2026-11"), ()),
        (plain(as_of="2025-11-24"), ("stale",)),
        (plain(as_of="2025-11-25"), ("ageing",)),
        (plain(as_of="2026-08-27"), ()),
        (plain(as_of="2026-08-26"), ("ageing",)),
        (plain(status=None), ("no_status",)),
        (plain(status=None, end="2020"), ("past_end", "no_status")),
        (plain(status="unknown"), ("status_unknown",)),
        (plain(status="not_yet_recruiting", start="2026-10"), ("start_passed",)),
        (plain(status="not_yet_recruiting", start="2026-11"), ()),
        (plain(record={"read": "2026-11-01", "updated": "2025-02-25"}), ("two_years",)),
        (plain(record={"read": "2026-11-01", "updated": "2025-02-26"}), ()),
        (plain(status="completed", as_of="2020-01-01", draft=True, end="2019"), ()),
        (plain(kind="interventional", eligibility={"coverage": "summary"}), ("unread", "no_contact")),
    ],
)
def test_why_an_entry_is_due(trial: Plain, expected: tuple[str, ...]) -> None:
    entries = due([from_plain(trial)], DAY)
    assert (entries[0].reasons if entries else ()) == expected


def test_the_most_needed_comes_first_whatever_the_order_of_the_file() -> None:
    trials = [
        from_plain(trial)
        for trial in (
            plain("NCT00000005", as_of="2026-07-01"),
            plain("NCT00000004", status=None),
            plain("NCT00000003", as_of="2025-01-01"),
            plain("NCT00000002", as_of="2024-01-01"),
            plain("NCT00000001", end="2026-01"),
        )
    ]
    expected = [f"NCT0000000{number}" for number in range(1, 6)]
    for order in (trials, trials[::-1]):
        assert [entry.trial.id for entry in due(order, DAY)] == expected
    ranks = [REASONS.index(entry.reasons[0]) for entry in due(trials, DAY)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("trial", "address", "register"),
    [
        (plain(status=None), "https://clinicaltrials.gov/study/NCT00000001", True),
        (plain("a-slug", status=None), "https://x.example/p", False),
        (
            plain("a-slug", status=None, ids={"drks": "DRKS00032279"}),
            "https://drks.de/search/en/trial/DRKS00032279",
            False,
        ),
        (plain("a-slug", status=None, sources=[{"ref": "s", "at": "p. 3"}]), None, False),
    ],
)
def test_the_page_to_open(trial: Plain, address: str | None, register: bool) -> None:
    (entry,) = due([from_plain(trial)], DAY)
    assert (entry.address, entry.register) == (address, register)


def test_the_shipped_registry_as_a_work_list(run: Run, registry: Path) -> None:
    ran = run("due", "--registry", str(registry), "--on", "2026-11-25", "--format", "markdown", "--lang", "fr")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("# À revoir, 2026-11-25\n\n- [ ] **")
    ran = run("due", "--registry", str(registry), "--on", "2026-11-25", "--limit", "1")
    assert "entries to look up; 2 more (--limit 0)." in ran.out
