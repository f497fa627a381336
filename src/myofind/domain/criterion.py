"""What a criterion answers: an outcome, the code of its reason, and what decided.

Of `any_of` and `at_least` enough of several branches; the rules inside a branch hold together. Met when enough branches are
met, not met when those met and those unknown are together too few, else unknown. Only inclusions stand in branches, so
nothing is presumed there: what would be is unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from myofind.domain.patient import Patient
from myofind.domain.trial import AtLeast, Eligibility, named_rules
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


Judge = Callable[[str, Any, Patient, date], Criterion]


def judge_alternatives(name: str, rule: AtLeast, patient: Patient, day: date, judge: Judge) -> Criterion:
    """Whether enough branches are met; the facts of the criterion are those of every branch, each with its outcome."""
    branches = tuple(_branch(branch, patient, day, judge) for branch in rule.of)
    outcomes = [branch_outcome(criteria) for criteria in branches]
    met, unknown = outcomes.count("met"), outcomes.count("unknown")
    if met >= rule.needed:
        return Criterion(name, "met", "enough", rule, branches)
    if met + unknown < rule.needed:
        return Criterion(name, "not_met", "too_few", rule, branches)
    return Criterion(name, "unknown", "open", rule, branches)


def _branch(branch: Eligibility, patient: Patient, day: date, judge: Judge) -> tuple[Criterion, ...]:
    return tuple(judge(name, rule, patient, day) for name, rule in named_rules(branch))


def branch_outcome(criteria: tuple[Criterion, ...]) -> Outcome:
    """What the rules of one branch say together."""
    outcomes = {criterion.outcome for criterion in criteria}
    return "not_met" if "not_met" in outcomes else "unknown" if outcomes != {"met"} else "met"
