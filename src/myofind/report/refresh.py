"""What a comparison with a public register gives, as one value: proposals, and what could not be read or written."""

from __future__ import annotations

from typing import Any

from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registers.proposals import Proposal


class RefreshReport(NamedTuple):
    """Everything a refresh has to say."""

    registry: dict[str, Any]
    source: str
    proposals: tuple[Proposal, ...]
    names: dict[str, str]
    """What people call each trial, by id."""
    read: int = 0
    """Trials whose record was read, also those of which nothing is proposed."""
    failed: tuple[tuple[str, Words], ...] = ()
    absent: int = 0
    """Trials of the registry the input says nothing of."""
    unlisted: tuple[str, ...] = ()
    """Numbers in the input that the registry lacks."""
    refused: tuple[tuple[str, Words], ...] = ()
    written: tuple[str, ...] | None = None
    """Trials written, or None where nothing was asked to be written."""
    complete: bool = True
    """Whether everything asked for was read."""


def counts(outcome: RefreshReport) -> dict[str, int]:
    """Numbers of trials and of changes, by kind."""
    kinds = [change.kind for one in outcome.proposals for change in one.changes]
    return {
        "read": outcome.read,
        "drifted": sum(bool(one.drift) for one in outcome.proposals),
        "changes": kinds.count("change"),
        "confirmed": kinds.count("confirm"),
        "past": kinds.count("past"),
        "to_judge": kinds.count("flag"),
        "held": kinds.count("held"),
        "older": kinds.count("older"),
        "failed": len(outcome.failed),
        "absent": outcome.absent,
        "unlisted": len(outcome.unlisted),
    }
