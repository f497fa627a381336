"""The product's verdicts are those of an evaluation written apart from it; `tools/compare_verdicts.py` compares as many as one likes."""

import itertools
import random
from datetime import date, timedelta

import pytest
from compare_verdicts import batches, run, understood
from naive_patient import readings
from naive_times import completed, day_completing, days_before
from naive_verdicts import attempts, best
from random_cases import random_case

from myofind.domain.eligibility import assess
from myofind.matching import trial_sets as sets
from myofind.matching.many_patients import Judge

DAY = date(2026, 11, 25)


@pytest.mark.parametrize("only_shipped", [False, True])
def test_a_seeded_share_agrees(only_shipped: bool) -> None:
    counts, first = run(500, seed=11, only_shipped=only_shipped)
    assert counts["at bounds, several diagnoses or implied facts"] > counts["verdicts"] / 2
    assert not {kind: (case.trial, case.case, case.day) for kind, case in first.items()}


def test_many_patients_are_judged_as_one_by_one() -> None:
    """What is kept from patient to patient changes no verdict, nor does a registry arranged by rule."""
    rng = random.Random(23)
    judged = 0
    for trials, records, day in itertools.islice(batches(rng, only_shipped=False), 5):
        table = sets.build(records)
        judge = Judge(table, day)
        for _ in range(40):
            patient = understood(random_case(rng, trials, day), day)
            if patient is None:
                continue
            found, alone = judge.verdicts(patient), sets.verdicts(table, patient, day)
            assert found == alone, (patient, day)
            for place, trial in enumerate(records):
                assert getattr(found, assess(patient, trial, day).verdict) >> place & 1, (patient, trial, day)
                judged += 1
    assert judged > 1_000


@pytest.mark.parametrize("start", [date(2008, 2, 29), date(2026, 1, 31), date(2026, 8, 30), date(2027, 2, 28)])
@pytest.mark.parametrize(("number", "unit"), [(1, "months"), (6, "months"), (18, "years"), (3, "weeks")])
def test_months_counted_are_months_walked(start: date, number: int, unit: str) -> None:
    walked = start
    while completed(start, walked, unit) < number:
        walked += timedelta(days=1)
    assert day_completing(start, number, unit) == walked
    assert start in days_before(walked, number, unit)


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2026-11-25", "excluded"),
        ("2027-02-28", "excluded"),
        ("2027-03-01", "possible"),
        ("2027-03-29", "possible"),
        ("2027-03-30", "match"),
    ],
)
def test_a_wash_out_ends_when_its_months_are_complete(day: str, verdict: str) -> None:
    trial = {
        "kind": "interventional",
        "eligibility": {"treatments": [{"any": ["rituximab"], "excluded": {"within": "6 months"}}]},
    }
    until = [date(2026, 9, 1), date(2026, 9, 30)]
    patient = {"treatments": [{"drug": "rituximab", "status": "past", "until": until}]}
    on = date.fromisoformat(day)
    assert best(attempts(trial, patient, readings(patient, on), on)) == verdict


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, "possible"),
        ({"mmt8": 141}, "match"),
        ({"mmt8": 142}, "possible"),
        ({"mmt8": 142, "cdasi_a": 18}, "excluded"),
        ({"cdasi_a": 19}, "match"),
    ],
)
def test_half_a_patient_fails_no_alternative(facts: dict[str, float], verdict: str) -> None:
    trial = {
        "kind": "interventional",
        "eligibility": {"any_of": [{"mmt8": {"below": "142"}}, {"cdasi_a": {"min": "19"}}]},
    }
    patient = {"facts": {id: {"low": value, "high": value} for id, value in facts.items()}}
    assert best(attempts(trial, patient, readings(patient, DAY), DAY)) == verdict
