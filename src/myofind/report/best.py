"""The few trials of an answer that are worth a call first."""

from __future__ import annotations

from myofind.report.values import Answer, TrialRow

FEW = 3


def worth_a_call(whole: Answer) -> tuple[TrialRow, ...]:
    """The first trials, in the order of the answer, that are certainly in the patient's country and open or upcoming."""
    fitting = [row for row in whole.rows if row.verdict != "excluded" and row.study.recruitment.state in TAKING]
    return tuple([row for row in fitting if _certainly_near(row)][:FEW])


TAKING = ("open", "upcoming")


def _certainly_near(row: TrialRow) -> bool:
    return any(one.name == "country" and one.outcome == "met" for one in row.criteria)


def first_trials(whole: Answer) -> tuple[TrialRow, ...]:
    """Those worth a call; where there is none, the first that fit or may fit."""
    fitting = [row for row in whole.rows if row.verdict != "excluded"]
    return worth_a_call(whole) or tuple(fitting[:FEW])
