"""Another patient in thought: what flips, and nothing else."""

from datetime import date

import pytest
from hypothesis import given

from myofind.advice.advice import under_discussion
from myofind.advice.what_if import as_other, flips, suppose
from myofind.asking.profile import understand
from myofind.asking.typed import Profile, Typed
from myofind.diagnostics import Ambiguous, InputError
from myofind.domain.eligibility import assess
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.matching import trial_sets as sets
from tests.example_counts import examples
from tests.strategies import DAY, patients, registries


def supposed(typed: Typed, *wanted: str) -> Patient:
    asked = understand(typed, DAY)
    return suppose(asked, typed, wanted, DAY).patient


@given(registries, patients, patients)
@examples(25)
def test_flips_are_the_verdicts_that_differ(registry: tuple[Trial, ...], before: Patient, after: Patient) -> None:
    table = sets.build(registry)
    now = sets.verdicts(table, before, DAY)
    other = as_other(table, after, DAY, now)
    changed = list(flips(now, other.verdicts))
    for place, trial in enumerate(registry):
        pair = (assess(before, trial, DAY).verdict, assess(after, trial, DAY).verdict)
        assert changed.count(place) == (pair[0] != pair[1])
        assert bool(other.opens >> place & 1) == (pair[0] == "excluded" != pair[1])
        assert bool(other.closes >> place & 1) == (pair[1] == "excluded" != pair[0])


def test_a_fact_is_replaced_and_the_rest_stays() -> None:
    typed = Typed(("dm",), "45", None, ("jo1=negative",), ("FR",))
    then = supposed(typed, "mda5=positive")
    assert then.antibodies == (("jo1", "negative"), ("mda5", "positive"))
    assert then.subtypes == ("dm",)
    assert supposed(typed, "jo1=positive").antibodies == (("jo1", "positive"),)
    assert supposed(typed, "country=DE").countries == ("DE",)
    other = supposed(typed, "refractory=oui", "ild=no")
    assert (other.ild, other.refractory) == (False, True)
    assert supposed(typed, "subtype=asys", "sex=f").subtypes == ("asys",)
    assert supposed(typed, "onset=2024-03").onset is not None


def test_an_age_replaces_a_birth_date_and_the_other_way_round() -> None:
    by_age = supposed(Typed(birth_date="1971-03-12"), "age=18")
    assert by_age.birth == understand(Typed(age="18"), DAY).patient.birth
    by_birth = supposed(Typed(age="18"), "birth_date=1971-03-12")
    assert by_birth.birth
    assert by_birth.birth.earliest == date(1971, 3, 12)


def test_a_supposed_result_stands_against_an_older_one_of_its_class() -> None:
    assert supposed(Typed(antibodies=("ars_any=negative",)), "jo1=positive").antibodies == (("jo1", "positive"),)
    assert supposed(Typed(antibodies=("jo1=positive",)), "ars_any=negative").antibodies == (("ars_any", "negative"),)


@pytest.mark.parametrize(
    "text", ["mda5", "=positive", "age=", "age=soon", "nothing=positive", "PL-17=positive", "ild=zorglub"]
)
def test_what_cannot_be_supposed_is_said(text: str) -> None:
    with pytest.raises(InputError):
        supposed(Typed(("dm",)), text)


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        (("jo1=positive", "p140=positive"), "nxp2=positive"),
        (("antibody=Jo-1 +", "antibody=p140 +"), "antibody=nxp2 +"),
        (("p140=+", "jo1=+"), "nxp2=+"),
    ],
)
def test_a_name_that_leaves_open_what_is_meant_is_asked_about_in_its_own_text(
    wanted: tuple[str, ...], first: str
) -> None:
    """Whichever of several texts it is, each reading is that whole text, to be typed instead."""
    with pytest.raises(Ambiguous) as asked:
        supposed(Typed(("dm",)), *wanted)
    (typed,) = (text for text in wanted if "p140" in text)
    assert (asked.value.field, asked.value.typed, asked.value.readings[0][0]) == ("what_if", typed, first)


def test_polymyositis_is_looked_at_as_antisynthetase_syndrome_by_itself() -> None:
    assert under_discussion(Patient(("pm",)), ()) == (("asys", True),)
    assert under_discussion(Patient(("pm",)), ("asys", "imnm")) == (("asys", False), ("imnm", False))
    assert under_discussion(Patient(("pm", "asys")), ()) == ()
    assert under_discussion(Patient(("dm",)), ("dm",)) == ()


def test_a_profile_keeps_what_was_understood() -> None:
    typed = Typed(("dm",), "45")
    then = suppose(understand(typed, DAY), typed, ("age=18",), DAY)
    assert isinstance(then, Profile)
    assert then.age == (18, None)


def test_a_slip_in_what_is_supposed_is_said_once_and_refused_when_exact() -> None:
    typed = Typed(("dermatomyosits",))
    asked = understand(typed, DAY)
    then = suppose(asked, typed, ("subtype=polymyosits", "country=Frnace"), DAY)
    assert then.patient[0] == ("pm",)
    assert then.notes == ("read `polymyosits` as polymyositis", "read `Frnace` as France")
    assert suppose(asked, typed, ("age=45",), DAY).notes == ()
    assert suppose(asked, typed, ("subtype=polymyosits",), DAY, lang="fr").notes == (
        "`polymyosits` : lu comme polymyosite",
    )
    with pytest.raises(InputError, match="`polymyosits` is not a known subtype"):
        suppose(asked, typed, ("subtype=polymyosits",), DAY, exact=True)
