"""What a criterion answers: an outcome, the code of its reason, and what decided."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from myofind.records import NamedTuple

Outcome = Literal["met", "not_met", "unknown", "presumed", "not_recorded"]
OUTCOMES: tuple[Outcome, ...] = ("met", "not_met", "unknown", "presumed", "not_recorded")
Verdict = Literal["match", "possible", "excluded"]
VERDICTS: tuple[Verdict, ...] = ("match", "possible", "excluded")


class Criterion(NamedTuple):
    """The outcome of one criterion: `code` names the reason, `rule` what was required, `facts` what decided."""

    name: str
    outcome: Outcome
    code: str
    rule: Any = None
    facts: tuple[Any, ...] = ()
    holds_from: tuple[date, date] | None = None
    """The first day on which it may be met and the day from which it surely is, where time alone mends it."""


def verdict_of(criteria: tuple[Criterion, ...]) -> Verdict:
    """Strong Kleene conjunction of the outcomes; what is presumed or not recorded neither excludes nor blocks."""
    outcomes = {criterion.outcome for criterion in criteria}
    return "excluded" if "not_met" in outcomes else "possible" if "unknown" in outcomes else "match"
