"""Several diagnoses under discussion: a word that qualifies holds for all of them, what one of them implies for itself only."""

from __future__ import annotations

import shlex
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.eligibility import assess, subtype
from myofind.domain.patient import Birth, Onset, Patient, YesNo
from myofind.domain.rules import AntibodyRule, SubtypeRule
from myofind.domain.trial import Eligibility, Trial
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path

DAY = date(2026, 11, 25)
ADULT = Patient(birth=Birth(date(1970, 1, 1), date(1970, 1, 1)), onset=Onset(date(2020, 1, 1), date(2020, 1, 1)))
DISEASES = ("dm", "pm", "imnm", "imnm_srp", "asys", "dm_mda5", "ibm", "cadm")
rules = st.builds(
    SubtypeRule,
    st.lists(st.sampled_from((*DISEASES, "iim", "cam")), max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from((*DISEASES, "cam")), max_size=2, unique=True).map(tuple),
)
diseases = st.lists(st.sampled_from(DISEASES), min_size=1, max_size=3, unique=True).map(tuple)


@given(diseases, rules)
def test_an_excluded_qualifier_excludes_every_reading(subtypes: tuple[str, ...], rule: SubtypeRule) -> None:
    """DESIGN: alternatives are diagnoses; words that qualify (cancer-associated …) hold for every reading."""
    outcome = subtype(rule, Patient(subtypes=(*subtypes, "cam")), DAY).outcome
    if "cam" in rule.excludes:
        assert outcome == "not_met"
    elif "cam" not in rule.admits:
        assert outcome == subtype(rule, Patient(subtypes=subtypes), DAY).outcome


def test_a_qualifier_that_is_admitted_may_admit() -> None:
    rule = SubtypeRule(admits=("cam",))
    assert subtype(rule, ADULT._replace(subtypes=("dm", "cam")), DAY).outcome == "met"
    assert subtype(rule, ADULT._replace(subtypes=("dm",)), DAY).outcome == "not_met"


@pytest.mark.parametrize(
    "asked",
    ['-s "DM paranéoplasique"', "-s dm -s cam", '-s "dermatomyosite associée à un cancer"', '-s "paraneoplastic dermatomyositis"'],
)  # fmt: skip
def test_cancer_named_with_a_diagnosis_excludes_where_the_trial_does(asked: str) -> None:
    names = tuple(word for word in shlex.split(asked) if word != "-s")
    patient = understand(Typed(subtypes=names, age="45", countries=("FR",)), DAY).patient
    assert patient.subtypes == ("dm", "cam")
    barring = [
        trial
        for trial in open_store(registry_path()).trials()
        if trial.eligibility.subtypes and "cam" in trial.eligibility.subtypes.excludes
    ]
    assert "NCT06455449" in {trial.id for trial in barring}
    assert {assess(patient, trial, DAY).verdict for trial in barring} == {"excluded"}


@pytest.mark.parametrize("text", ["DM sans cancer", "DM without cancer", "DM pas de cancer", "DM ohne Krebs"])
def test_a_cancer_denied_is_never_one(text: str) -> None:
    patient = understand(Typed(subtypes=(text,)), DAY).patient
    assert patient.subtypes == ("dm",)
    assert patient.fact("cancer") == YesNo(False)


def test_a_diagnosis_denied_is_refused_and_nothing_like_it_is_suggested() -> None:
    for text in (
        "DM non paranéoplasique",
        "myosite à inclusions exclue",
        "pas de polymyosite",
        "IBM ruled out",
        "Polymyositis ausgeschlossen",
    ):
        with pytest.raises(InputError) as refused:
            understand(Typed(subtypes=(text,)), DAY)
        assert "did you mean" not in refused.value.hint
        assert "which is meant" not in refused.value.hint


# What a reading implies -------------------------------------------------------------------------------------------------


def patient(*names: str, antibodies: tuple[str, ...] = ()) -> Patient:
    return understand(Typed(subtypes=names, age="50", antibodies=antibodies), DAY).patient


def test_the_antibody_of_one_reading_is_no_fact_of_the_others() -> None:
    assert patient("imnm_srp").antibodies == (("srp", "positive"),)
    assert patient("imnm_srp", "cam").antibodies == (("srp", "positive"),), "a qualifier is no other reading"
    assert patient("pm", "imnm_srp").antibodies == ()
    assert patient("pm", "imnm_srp", antibodies=("srp",)).antibodies == (("srp", "positive"),)
    assert patient("pm", "dm_mda5", antibodies=("mda5=negative",)).antibodies == (("mda5", "negative"),)
    assert patient("pm", "DM MDA5-").antibodies == (("mda5", "negative"),), "a result that was typed stays"


def test_what_was_not_taken_is_said_in_both_languages() -> None:
    typed = Typed(subtypes=("pm", "imnm_srp"), age="50")
    assert any("anti-SRP: said with one of several diagnoses" in note for note in understand(typed, DAY).notes)
    assert any("anti-SRP : dit avec un seul" in note for note in understand(typed, DAY, lang="fr").notes)


@pytest.mark.parametrize("antibody", ["srp", "mda5"])
def test_several_readings_never_match_where_each_alone_does_not(antibody: str) -> None:
    one = {"srp": "imnm_srp", "mda5": "dm_mda5"}[antibody]
    trial = Trial(
        "NCT00000001", "interventional",
        eligibility=Eligibility(subtypes=SubtypeRule(("pm",)), autoantibodies=AntibodyRule(required_any=(antibody,))),
    )  # fmt: skip
    alone = {name: assess(patient(name), trial, DAY).verdict for name in ("pm", one)}
    assert alone == {"pm": "possible", one: "excluded"}
    assert assess(patient("pm", one), trial, DAY).verdict == "possible"
