"""`any_of` and `at_least`: complete truth tables; half a patient never fails."""

from __future__ import annotations

from itertools import product

import pytest

from myofind.advice.fact_questions import Looks
from myofind.advice.standing import Standings
from myofind.domain.eligibility import CRITERIA, assess
from myofind.domain.patient import Amount, FactValue, Patient, YesNo
from myofind.domain.plain_trial import eligibility
from myofind.domain.rules import Criterion
from myofind.domain.trial import AtLeast, Trial, named_rules
from myofind.matching import trial_sets as sets
from tests.strategies import DAY
from tests.together import together

STATES: dict[str, FactValue | None] = {"met": YesNo(True), "not_met": YesNo(False), "unknown": None}
FACTS = ("calcinosis", "tablets", "anticoagulant", "diabetes_treated")


def judged(count: int, states: tuple[str, ...], size: int = 1) -> Criterion:
    """Branches of `size` facts each, every fact in a state."""
    names = [FACTS[place * size : place * size + size] for place in range(len(states) // size)]
    own = eligibility({"at_least": [{"count": count, "of": [dict.fromkeys(branch, "required") for branch in names]}]})
    patient = Patient()
    for id, state in zip([id for branch in names for id in branch], states, strict=True):
        patient = patient.with_fact(id, STATES[state])
    return CRITERIA["at_least"](own.at_least[0], patient, DAY)


@together(product([1, 2, 3], product(STATES, repeat=3)))
def test_the_whole_table_of_three_measures(count: int, states: tuple[str, ...]) -> None:
    met, unknown = states.count("met"), states.count("unknown")
    expected = "met" if met >= count else "not_met" if met + unknown < count else "unknown"
    assert judged(count, states).outcome == expected


@together((states,) for states in product(STATES, repeat=4))
def test_the_whole_table_of_two_branches_of_two_facts(states: tuple[str, ...]) -> None:
    """Facts inside a branch hold together; one branch is enough."""

    def both(pair: tuple[str, ...]) -> str:
        return "not_met" if "not_met" in pair else "unknown" if "unknown" in pair else "met"

    branches = [both(states[:2]), both(states[2:])]
    expected = "met" if "met" in branches else "unknown" if "unknown" in branches else "not_met"
    assert judged(1, states, 2).outcome == expected


MEASURES = [None, Amount(120, 120, 150), Amount(142, 142, 150), Amount(150, 150, 150)]
SKIN = [None, Amount(18, 18), Amount(19, 19), Amount(25, 25)]


@pytest.mark.parametrize(("mmt8", "cdasi"), list(product(MEASURES, SKIN)))
def test_half_a_patient_is_never_excluded(mmt8: FactValue | None, cdasi: FactValue | None) -> None:
    """MMT-8 below 142 or CDASI-A at least 19: excluded only where both are known and neither is enough."""
    own = eligibility({"coverage": "full", "any_of": [{"mmt8": {"below": 142}}, {"cdasi_a": {"min": 19}}]})
    trial = Trial("NCT00000001", "interventional", eligibility=own)
    verdict = assess(Patient().with_fact("mmt8", mmt8).with_fact("cdasi_a", cdasi), trial, DAY).verdict
    enough = mmt8 in MEASURES[1:2] or cdasi in SKIN[2:]
    known = mmt8 is not None and cdasi is not None
    assert verdict == ("match" if enough else "excluded" if known else "possible")


def test_nothing_is_presumed_inside_a_branch() -> None:
    own = eligibility({"any_of": [{"cancer": "excluded"}, {"calcinosis": "required"}]})
    rule = dict(named_rules(own))["any_of"]
    assert isinstance(rule, AtLeast)
    assert CRITERIA["cancer"]("excluded", Patient(), DAY).outcome == "presumed"
    assert CRITERIA["any_of"](rule, Patient(), DAY).outcome == "unknown"
    assert CRITERIA["any_of"](rule, Patient(facts=[("cancer", YesNo(False))]), DAY).outcome == "met"


@together(
    (count, states)
    for count in [1, 2, 3]
    for states in [states for states in product(STATES, repeat=3) if "unknown" in states]
)
def test_a_fact_bears_on_alternatives_where_one_of_its_answers_decides_them(
    count: int, states: tuple[str, ...]
) -> None:
    """What a question may leave aside before its answers are worked out: exact over the whole table."""
    if judged(count, states).outcome != "unknown":
        return
    branches = [{id: "required"} for id in FACTS[:3]]
    own = eligibility({"coverage": "full", "at_least": [{"count": count, "of": branches}]})
    table = sets.build((Trial("NCT00000001", "interventional", eligibility=own),))
    patient = Patient()
    for id, state in zip(FACTS, states, strict=False):
        patient = patient.with_fact(id, STATES[state])
    standings = Standings(table, Looks(table), patient, DAY)
    for place, state in enumerate(states):
        if state == "unknown":
            answers = ((*states[:place], answer, *states[place + 1 :]) for answer in ("met", "not_met"))
            decides = any(judged(count, answer).outcome != "unknown" for answer in answers)
            bearing = list(standings.touched(("at_least",), (FACTS[place],)))
            assert bool(bearing) == decides
