"""Near misses fail one criterion and no other; waits are dated, and dropped where they are no use."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from myofind.advice.fact_questions import Looks, answers_on
from myofind.advice.near_misses import Near, _remedy, funnel, near_misses
from myofind.advice.timing import later
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.domain.eligibility import CRITERIA, Criterion, assess
from myofind.domain.patient import Amount, Birth, Onset, Patient
from myofind.domain.rules import (
    AgeRule,
    AntibodyRule,
    Bounds,
    CountryRule,
    DayRule,
    Span,
    SpanRule,
    SubtypeRule,
    TreatmentRule,
    Window,
)
from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.domain.trial import Cohort, Eligibility, Trial, named_rules
from myofind.matching import trial_sets as sets
from myofind.names.facts import FACTS
from myofind.names.regions import distance
from myofind.names.subtypes import is_inflammatory
from myofind.report.answer import Wanted, answer
from myofind.report.beside import by_remedy
from tests.example_counts import examples
from tests.strategies import DAY, patients, registries
from tests.test_screens import answered, shipped
from tests.together import together


def near_of(registry: tuple[Trial, ...], patient: Patient) -> tuple[Near, ...]:
    table = sets.build(registry)
    return near_misses(table, patient, DAY, sets.judged(table, patient, DAY), table.all)


def trial(**rules: Any) -> Trial:
    countries = rules.pop("countries", None)
    end = rules.pop("end", None)
    eligibility = Eligibility(**rules)
    return Trial("NCT00000001", "interventional", eligibility=eligibility, countries=countries, end=end)


def without(one: Trial, name: str) -> Trial:
    """The trial as if a criterion had not been recorded."""
    field = {"subtype": "subtypes"}.get(name, name)
    if name == "country":
        return one._replace(countries=None)
    if name == "enrolment":
        return one._replace(kind="interventional", draft=False, takes_nobody=None)
    cohorts = tuple(c._replace(eligibility=silent(c.eligibility, field)) for c in one.cohorts)
    return one._replace(eligibility=silent(one.eligibility, field), cohorts=cohorts)


def silent(rules: Eligibility, field: str) -> Eligibility:
    if field in ("duration", "onset_age"):
        part = {"duration": "since", "onset_age": "age"}[field]
        facts = ((id, rule._replace(**{part: None}) if isinstance(rule, DayRule) else rule) for id, rule in rules.facts)
        return rules._replace(facts=tuple(facts))
    if field in ("any_of", "at_least", "treatments"):
        none: dict[str, Any] = {field: ()}
        return rules._replace(**none)
    if field in FACTS and field != "sex":
        return rules._replace(facts=tuple(one for one in rules.facts if one[0] != field))
    nothing: dict[str, Any] = {field: None}
    return rules._replace(**nothing)


@given(registries, patients)
@examples(20)
def test_exactly_one_criterion_fails(registry: tuple[Trial, ...], patient: Patient) -> None:
    """A trial is near once, by a criterion without which it would not exclude the patient, where there is any."""
    near = {one.place: one.criterion for one in near_of(registry, patient)}
    assert len(near) == len(near_of(registry, patient))
    foreign = not all(map(is_inflammatory, patient.subtypes))
    for place, one in enumerate(registry):
        excluded = assess(patient, one, DAY).verdict == "excluded"
        opening = {name for name in CRITERIA if opens_alone(one, patient, name)} if excluded else set()
        if foreign and place in near and near[place].name == "subtype":
            continue  # a diagnosis of another disease fails on the subtype everywhere, recorded or not
        assert (near[place].name in opening) if place in near else not opening, (place, opening)
    assert all(criterion.outcome == "not_met" for criterion in near.values())


def opens_alone(one: Trial, patient: Patient, name: str) -> bool:
    """Whether a trial would not exclude a patient if it did not have a criterion."""
    if name in ("enrolment", "onset"):
        return False  # nobody is offered what nobody can enter; the rule on onset speaks as `duration` and `onset_age`
    return assess(patient, without(one, name), DAY).verdict != "excluded"


def cohorts_of(*rules: Eligibility) -> Trial:
    cohorts = tuple(Cohort(f"cohort {number}", one) for number, one in enumerate(rules))
    return Trial("NCT00000001", "interventional", eligibility=Eligibility(), cohorts=cohorts)


@pytest.mark.parametrize("turned", [False, True])
def test_of_cohorts_that_fail_differently_the_most_doable_counts(turned: bool) -> None:
    """Whichever cohort stands first, and whether they fail one criterion or two."""
    patient = Patient(("jdm",), Birth(date(2009, 3, 12), date(2009, 3, 12)), sex="male")
    adults, children = Eligibility(age=AgeRule(Span(18, "years"))), Eligibility(age=AgeRule(None, Span(12, "years")))
    women = Eligibility(sex="female")
    for hopeless in (children, women):
        both = (hopeless, adults) if turned else (adults, hopeless)
        (near,) = near_of((cohorts_of(*both),), patient)
        assert (near.criterion.name, near.remedy) == ("age", "wait")
        assert near.opens == (date(2027, 3, 12), date(2027, 3, 12))


def test_a_trial_that_fails_a_criterion_of_its_own_is_not_opened_by_a_cohort() -> None:
    patient = Patient(("jdm",), Birth(date(2009, 3, 12), date(2009, 3, 12)))
    adults = Eligibility(age=AgeRule(Span(18, "years")))
    young = cohorts_of(adults)._replace(eligibility=Eligibility(age=AgeRule(None, Span(12, "years"))))
    (near,) = near_of((young,), patient)
    assert (near.criterion.code, near.remedy) == ("too_old", "never")


@given(registries, patients)
@examples(20)
def test_a_wait_that_is_promised_is_kept(registry: tuple[Trial, ...], patient: Patient) -> None:
    """On the last day a wait may end, the patient is not excluded, the trial has not ended, and not earlier than said."""
    for one in near_of(registry, patient):
        assert (one.remedy != "wait") or one.opens  # what has no day is a change
        if one.remedy == "wait" and one.opens:
            first, last = one.opens
            assert last > DAY
            assert first <= last
            assert first <= DAY.replace(year=DAY.year + 2)
            waited = later(patient, DAY)
            assert assess(waited, registry[one.place], last).verdict != "excluded"
            if first > DAY:
                assert assess(waited, registry[one.place], first - timedelta(days=1)).verdict == "excluded"


def test_too_young_waits_for_the_birthday() -> None:
    patient = Patient(("jdm",), Birth(date(2009, 3, 12), date(2009, 3, 12)))
    (one,) = near_of((trial(age=AgeRule(Span(18, "years"))),), patient)
    assert (one.remedy, one.opens) == ("wait", (date(2027, 3, 12), date(2027, 3, 12)))


def test_a_wait_of_more_than_two_years_is_never() -> None:
    born, limit = DAY.replace(year=DAY.year - 16), DAY.replace(year=DAY.year + 2)
    (near,) = near_of((trial(age=AgeRule(Span(18, "years"))),), Patient(("jdm",), Birth(born, born)))
    assert (near.remedy, near.barred, near.opens) == ("wait", "", (limit, limit))
    born += timedelta(days=1)
    (near,) = near_of((trial(age=AgeRule(Span(18, "years"))),), Patient(("jdm",), Birth(born, born)))
    assert (near.remedy, near.barred) == ("never", "far")


def test_a_trial_that_ends_before_is_never_and_says_so() -> None:
    patient = Patient(("jdm",), Birth(date(2009, 3, 12), date(2009, 3, 12)))
    (one,) = near_of((trial(age=AgeRule(Span(18, "years")), end="2027-02"),), patient)
    assert (one.remedy, one.barred) == ("never", "ended")


def test_a_wait_during_which_another_bound_is_passed_is_never() -> None:
    """Disease that has lasted too short a time for one rule will have lasted too long for another."""
    patient = Patient(("dm",), None, onset=Onset(date(2026, 9, 1), date(2026, 9, 1)))
    early = Eligibility(facts=(("onset", DayRule(since=SpanRule(None, Span(4, "months")))),))
    one_trial = Trial(
        "NCT00000001", "interventional", eligibility=Eligibility(facts=(("onset", DayRule(since=SpanRule(Span(6, "months")))),)),
        cohorts=(Cohort("early", early),),
    )  # fmt: skip
    (one,) = near_of((one_trial,), patient)
    assert (one.remedy, one.barred) == ("never", "fails")


def test_disease_too_short_waits_for_its_day() -> None:
    patient = Patient(("dm",), None, onset=Onset(date(2026, 9, 1), date(2026, 9, 30)))
    (one,) = near_of((trial(facts=(("onset", DayRule(since=SpanRule(Span(3, "months")))),)),), patient)
    assert one.remedy == "wait"
    assert one.opens == (date(2026, 12, 1), date(2026, 12, 30))


def test_a_negative_result_may_be_repeated_and_another_country_sought() -> None:
    patient = Patient(("imnm",), None, (("hmgcr", "negative"),), ("FR",), refractory=False, ild=False)
    remedies = {
        "test": trial(autoantibodies=AntibodyRule(("hmgcr",))),
        "country": trial(countries=CountryRule(("DE",), True)),
        "change": trial(facts=(("refractory", "required"),)),
        "never": trial(subtypes=SubtypeRule(("ibm",))),
    }
    for remedy, one in remedies.items():
        assert [near.remedy for near in near_of((one,), patient)] == [remedy]
    assert [near.remedy for near in near_of((trial(facts=(("ild", "required"),)),), patient)] == ["test"]


@given(registries, patients)
@examples(20)
def test_the_funnel_only_narrows_and_ends_at_what_fits(registry: tuple[Trial, ...], patient: Patient) -> None:
    table = sets.build(registry)
    judged = sets.judged(table, patient, DAY)
    taking = table.all & ~sets.states(table, DAY)["closed"]
    steps = funnel(table, judged, taking)
    left = [one.left for one in steps]
    assert left[0] == len(registry)
    assert left == sorted(left, reverse=True)
    excluded = sets.combine(table, *sets.total(judged)).excluded
    assert left[-1] == sets.size(taking & ~excluded)


def test_what_runs_in_a_neighbouring_part_of_the_world_comes_first() -> None:
    assert [distance(("FR",), there) for there in (("FR",), ("DE",), ("IT",), ("CN",), ("CN", "BE"), ())] == [
        0,
        1,
        2,
        3,
        1,
        3,
    ]
    assert [distance(("US", "JP"), (there,)) for there in ("CA", "KR", "BR", "FR")] == [1, 1, 2, 3]
    whole = answered("dm", "en")
    elsewhere = by_remedy(whole.within_reach)["country"]
    far = [distance(("FR",), miss.countries) for miss in elsewhere]
    assert far == sorted(far)
    assert len(set(far)) > 2
    every = [distance(("FR",), miss.countries) for miss in by_remedy(whole.near_misses)["country"]]
    assert every == sorted(every)


@pytest.mark.parametrize("here", ["BE", "CA", "JP"])
def test_what_perhaps_runs_in_the_country_stands_by_how_near_it_certainly_runs(here: str) -> None:
    typed = Typed(subtypes=("dm",), age="45", countries=(here,))
    whole = answer(shipped(), understand(typed, DAY), typed, DAY, Wanted(everything=True))
    far: dict[tuple[bool, str, bool, bool], list[int]] = {}
    for row in whole.rows:
        countries = row.trial.countries.listed if row.trial.countries else ()
        children = any(one.code == PRESUMED_AGAINST for one in row.criteria)
        group = (
            row.runs_here,
            "excluded" * (row.verdict == "excluded"),
            row.assessment.firm and row.verdict == "match",
            children,
        )
        far.setdefault(group, []).append(distance((here,), countries))
    assert all(several == sorted(several) for several in far.values())
    assert len({one for group, several in far.items() if not group[0] for one in several}) > 1


@pytest.mark.parametrize("before", [-40, -31, -30, -1, 0, 1, 40])
@pytest.mark.parametrize("wider", [0, 30])
def test_a_wait_is_too_long_where_even_its_first_day_lies_beyond_two_years(before: int, wider: int) -> None:
    youngest = DAY.replace(year=DAY.year + 2 - 18) - timedelta(days=before)
    birth = Birth(youngest, youngest + timedelta(days=wider))
    (near,) = near_of((trial(age=AgeRule(Span(18, "years"))),), Patient(birth=birth))
    opens = tuple(born.replace(year=born.year + 18) for born in birth)
    assert near.opens == opens
    assert (near.remedy, near.barred) == (
        ("never", "far") if opens[0] > DAY.replace(year=DAY.year + 2) else ("wait", "")
    )


@pytest.mark.parametrize("years", [17, 18, 19])
@pytest.mark.parametrize("given", [False, True])
def test_a_child_seen_later_keeps_a_disease_of_childhood(years: int, given: bool) -> None:
    born = DAY.replace(year=DAY.year - years)
    onset = Onset(born, born) if given else None
    patient = Patient(birth=Birth(born, born), onset=onset)
    assert later(patient, DAY).onset == (Onset(born, DAY) if years < 18 and not given else onset)
    assert later(Patient(onset=onset), DAY).onset == onset


def test_a_cohort_that_fails_something_else_as_well_names_no_remedy() -> None:
    """Only the cohort that would admit the patient but for one criterion says what can be done about it."""
    child = Patient(birth=Birth(DAY.replace(year=DAY.year - 17), DAY.replace(year=DAY.year - 17)), refractory=False)
    soon, late = (AgeRule(Span(age, "years")) for age in (18, 50))
    alone = Cohort("alone", Eligibility(age=late))
    for other in (Eligibility(age=soon, facts=(("refractory", "required"),)), Eligibility(age=soon)):
        for cohorts in ((alone, Cohort("other", other)), (Cohort("other", other), alone)):
            registry = (Trial("NCT00000001", "interventional", cohorts=cohorts),)
            (near,) = near_of(registry, child)
            assert near.remedy == ("never" if other.facts else "wait")
            assert near.criterion.rule == (late if other.facts else soon)


RULED = {"autoantibodies": ("required_negative", "excluded_positive"), "treatments": ("taken_now", "dose_too_high", "dose_too_low", "ever_taken")}  # fmt: skip


@together(
    (name, code, rule)
    for name in CRITERIA
    for code in RULED.get(name, ("required", "too_old"))
    for rule in (("ever", "now") if name == "treatments" else ("required", "excluded"))
)
def test_what_can_be_done_about_each_criterion(name: str, code: str, rule: str) -> None:
    """Nothing that is never mended is called doable, nor the other way round."""
    asked = TreatmentRule(("rituximab",), excluded=rule) if name == "treatments" else rule
    fixable = name in FACTS and FACTS[name].fixable
    told = {
        "country": "country",
        "autoantibodies": "test" if code == "required_negative" else "never",
        "ild": "test" if rule == "required" else "never",
        "refractory": "change" if rule == "required" or fixable else "never",
        "treatments": "change" if rule == "now" and code != "ever_taken" else "never",
    }.get(name, "change" if fixable else "never")
    criterion = Criterion(name, "not_met", code, asked)
    assert _remedy(3, criterion, Patient()) == Near(3, criterion, told)  # type: ignore[arg-type]
    waits = (DAY, DAY)
    if name not in ("country", "age"):
        later = criterion._replace(holds_from=waits)
        assert _remedy(3, later, Patient()) == Near(3, later, "wait", waits)


@together(itertools.product((None, (), ("cam",), ("dm", "cam")), (None, "allowed", "required"), ((), ("cam",))))
def test_who_excludes_myositis_with_cancer_excludes_cancer(
    excludes: tuple[str, ...] | None, cancer: str | None, admits: tuple[str, ...]
) -> None:
    """Unless a rule on cancer says something else."""
    own = Eligibility(
        subtypes=None if excludes is None else SubtypeRule(admits, excludes),
        facts=(("cancer", cancer),) if cancer else (),
    )
    rules = [rule for name, rule in named_rules(own) if name == "cancer"]
    assert rules == ([cancer] if cancer else [Window()] if excludes and "cam" in excludes else [])


@together(
    (id, years) for id, row in FACTS.items() if row.kind == "number" and row.scale for years in (None, 10, 17, 18, 40)
)
def test_a_number_is_asked_on_the_scale_of_children_or_of_adults(id: str, years: int | None) -> None:
    row = FACTS[id]
    birth = None if years is None else Birth(DAY.replace(year=DAY.year - years), DAY.replace(year=DAY.year - years))
    table = sets.build((trial(facts=((id, Bounds(min=1.0)),)),))
    answers = list(answers_on(Looks(table), id, Patient(("dm",), birth), DAY))
    child = years is not None and years < 18
    assert answers
    for one in answers:
        value = one.patient.fact(id)
        assert isinstance(value, Amount)
        assert value.scale == (row.scale[-1] if child else row.scale[0])
