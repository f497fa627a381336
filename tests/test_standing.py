"""How the rules of the shipped registry stand for a patient of another answer: as if every rule were judged anew."""

from __future__ import annotations

from datetime import date

import pytest

from myofind.advice.fact_questions import Looks, answers_on, open_facts, treatment_answers
from myofind.advice.standing import Standings
from myofind.domain.patient import Birth, Patient, Treatment, YesNo
from myofind.domain.treatment_facts import DERIVED
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Bits
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path

DAY = date(2026, 11, 20)
ADULT = Birth(date(1980, 5, 1), date(1980, 5, 1))
PATIENTS = {
    "adult": Patient(("dm",), ADULT, countries=("FR",)),
    "child": Patient(("jdm",), Birth(date(2016, 1, 1), date(2016, 12, 31)), (("nxp2", "positive"),)),
    "lungs": Patient(("asys",), ADULT, (("jo1", "positive"),), facts=(("ild", YesNo(True)),)),
    "treated": Patient(("imnm",), ADULT, treatments=(Treatment("methotrexate", "now"), Treatment("rituximab", "past"))),
}


@pytest.mark.parametrize("patient", PATIENTS.values(), ids=PATIENTS)
def test_only_what_an_answer_changes_is_judged_anew_and_nothing_else_differs(patient: Patient) -> None:
    table = open_store(registry_path()).index
    looks = Looks(table)
    standings = Standings(table, looks, patient, DAY)

    def anew(names: tuple[str, ...], other: Patient) -> tuple[Bits, Bits]:
        failed = unsure = 0
        for no, maybe in (sets.outcomes(table, name, other, DAY) for name in names):
            failed, unsure = failed | no, unsure | maybe
        return failed, unsure

    asked = 0
    for id in open_facts(looks, patient, DAY):
        names = looks.bearing(id)
        for answer in answers_on(looks, id, patient, DAY):
            other = answer.patient
            assert standings.then(names, other, standings.changed(other)) == anew(names, other), (id, answer.value)
            asked += 1
    names = ("treatments", *(id for id in DERIVED if id in table.rules), *looks.names_on(*DERIVED))
    for drug in sorted({drug for rule in looks.treatments for drug in rule.any}):
        for answer in treatment_answers(looks, drug, patient, DAY):
            other = answer.patient
            assert standings.then(names, other, standings.changed(other), drug) == anew(names, other), (drug, answer)
            asked += 1
    assert asked > 200
