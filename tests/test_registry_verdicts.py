"""What the shipped registry answers to a few facts typed: no verdict moves but those whose record looks at the fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from myofind.advice.questions import ranked
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.eligibility import Assessment, assess
from myofind.domain.patient import Patient
from myofind.domain.rules import Span, Window
from myofind.domain.trial import Eligibility, Trial
from myofind.matching import trial_sets as sets
from myofind.matching.answer import answer
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path

DAY = date(2026, 11, 25)


@cache
def registry() -> tuple[Trial, ...]:
    return tuple(open_store(registry_path()).trials())


def person(subtype: str = "dm", age: str = "45", **more: Any) -> Patient:
    return understand(Typed(subtypes=(subtype,), age=age, countries=("FR",), **more), DAY).patient


def assessed(patient: Patient) -> dict[str, Assessment]:
    return {trial.id: assess(patient, trial, DAY) for trial in registry()}


def verdicts(patient: Patient) -> dict[str, str]:
    return {id: one.verdict for id, one in assessed(patient).items()}


def every_rule(trial: Trial) -> Iterator[Eligibility]:
    yield trial.eligibility
    yield from (cohort.eligibility for cohort in trial.cohorts)


def bars_cancer(own: Eligibility) -> bool:
    """Whether present cancer is excluded: now, within any time, or as cancer-associated myositis."""
    rule = own.fact("cancer")
    return (
        rule == "excluded" or isinstance(rule, Window) or (own.subtypes is not None and "cam" in own.subtypes.excludes)
    )


BARRING = {
    trial.id: trial.acronym
    for trial in registry()
    if bars_cancer(trial.eligibility) or (trial.cohorts and all(bars_cancer(one.eligibility) for one in trial.cohorts))
}


@pytest.mark.parametrize("antibodies", [(), ("TIF1g +",)])
def test_present_cancer_excludes_every_trial_that_bars_it_and_no_other(antibodies: tuple[str, ...]) -> None:
    before = verdicts(person(antibodies=antibodies))
    after = verdicts(person(antibodies=antibodies, facts=("cancer",)))
    assert {"JASMINE", "TITAN"} <= set(BARRING.values())
    assert {id for id, verdict in after.items() if verdict == "excluded"} == BARRING.keys() | {
        id for id, verdict in before.items() if verdict == "excluded"
    }
    assert all(after[id] == before[id] for id in after.keys() - BARRING.keys())


def test_no_cancer_changes_no_verdict() -> None:
    assert verdicts(person(facts=("no cancer",))) == verdicts(person())


def test_cancer_is_asked_and_not_presumed_with_anti_tif1_gamma() -> None:
    patient = person(antibodies=("TIF1g +",))
    told = [one for each in assessed(patient).values() for one in each.criteria if one.name == "cancer"]
    assert told
    assert {(one.outcome, one.code) for one in told} == {("unknown", "not_presumed")}
    table = sets.build(registry())
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    assert "cancer" in {one.fact for one in ranked(table, patient, DAY, judged, possible).questions}


def test_a_child_is_offered_the_calcinosis_trial_only_once_calcinosis_is_known() -> None:
    """What ITS-PILOT waits on is whether there are calcifications."""
    its_pilot = "NCT03582800"
    child = assessed(person("jdm", "12"))[its_pilot]
    assert child.verdict == "possible"
    assert "calcinosis" in {one.name for one in child.criteria if one.outcome == "unknown"}
    assert verdicts(person("jdm", "12", facts=("no calcinosis",)))[its_pilot] == "excluded"
    settled = assessed(person("jdm", "12", facts=("calcinosis",)))[its_pilot]
    assert "calcinosis" not in {one.name for one in settled.criteria if one.outcome == "unknown"}


SIX_MONTHS = Span(6, "months")


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2026-11-25", "not_met"), ("2027-02-28", "not_met"), ("2027-03-01", "unknown"), ("2027-03-29", "unknown"), ("2027-03-30", "met")],
)  # fmt: skip
def test_a_wash_out_of_six_months_from_september(day: str, outcome: str) -> None:
    """Rituximab until September 2026: perhaps from 1 March 2027, surely from 30 March."""
    patient, on = person(treatments=("rituximab until 2026-09",)), date.fromisoformat(day)
    asking = [
        (trial, rule)
        for trial in registry()
        for own in every_rule(trial)
        for rule in own.treatments
        if "rituximab" in rule.any and rule.excluded == SIX_MONTHS
    ]
    assert asking
    for trial, rule in asking:
        told = [one for one in assess(patient, trial, on).criteria if one.name == "treatments" and one.rule == rule]
        assert {one.outcome for one in told} <= ({outcome} if rule.any == ("rituximab",) else {outcome, "unknown"})
        if outcome != "met" and rule.any == ("rituximab",):
            assert {one.holds_from for one in told} == {(date(2027, 3, 1), date(2027, 3, 30))}


READ = [trial for trial in registry() if trial.eligibility.coverage == "full" and trial.enrolment is None][:12]


@pytest.mark.parametrize("trial", READ, ids=lambda trial: str(trial.id))
def test_a_trial_read_in_full_never_stands_below_itself_unread(trial: Trial) -> None:
    """Whoever is not excluded by what was read is offered the trial before the same trial of which nobody read the criteria."""
    own = trial.eligibility
    unread = trial._replace(id="unread", cohorts=(), eligibility=Eligibility("fields", own.subtypes, own.age, own.sex))
    table = sets.build((unread, trial._replace(id="z-read")))
    offered = 0
    for subtype in ("dm", "pm", "imnm", "asys", "ibm", "jdm", "overlap"):
        for age in ("12", "17", "30", "45", "70"):
            found = answer(table, person(subtype, age)._replace(countries=()), DAY, everything=True)
            if not found.verdicts.excluded & 2:
                offered += 1
                assert found.places.index(1) < found.places.index(0), (subtype, age)
    assert offered


def test_enough_trials_were_read_in_full() -> None:
    assert len(READ) >= 5
