"""The registry by rule answers as the trials do one by one."""

import itertools
import marshal
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from myofind.advice.relaxed_searches import _countries
from myofind.domain.eligibility import assess
from myofind.domain.patient import Birth, Patient
from myofind.domain.recruitment import recruitment
from myofind.domain.rules import AgeRule, AntibodyRule, Bounds, CountryRule, Span, SubtypeRule
from myofind.domain.trial import COVERAGES, Cohort, Eligibility, Observation, Trial
from myofind.matching import trial_sets as sets
from myofind.matching.answer import _unsettled, answer, closeness, ranked
from myofind.matching.plain_form import index_of, plain_index
from myofind.matching.trial_sets import Index
from myofind.names.regions import distance
from tests.example_counts import examples
from tests.strategies import DAY, patients, registries


class Held:
    """Trials in memory."""

    def __init__(self, trials: tuple[Trial, ...]) -> None:
        self.trials = trials
        self.index = sets.build(trials)

    def trial(self, place: int) -> Trial:
        return self.trials[place]


def one_by_one(trials: tuple[Trial, ...], patient: Patient) -> list[str]:
    return [assess(patient, trial, DAY).verdict for trial in trials]


def at_once(table: Index, patient: Patient) -> list[str]:
    found = sets.verdicts(table, patient, DAY)
    return [
        next(name for name in ("match", "possible", "excluded") if getattr(found, name) >> place & 1)
        for place in range(len(table.ids))
    ]


@given(registries, patients)
@examples(40)
def test_verdicts_at_once_equal_verdicts_one_by_one(trials: tuple[Trial, ...], patient: Patient) -> None:
    assert at_once(sets.build(trials), patient) == one_by_one(trials, patient)


@given(registries, patients)
@examples(15)
def test_match_possible_and_excluded_together_are_the_registry(trials: tuple[Trial, ...], patient: Patient) -> None:
    table = sets.build(trials)
    found = sets.verdicts(table, patient, DAY)
    assert found.match | found.possible | found.excluded == table.all
    assert sum(sets.size(part) for part in found) == len(trials)


@given(registries)
@examples(20)
def test_the_kept_form_gives_the_same_index(trials: tuple[Trial, ...]) -> None:
    table = sets.build(trials)
    assert index_of(marshal.loads(marshal.dumps(plain_index(table)))) == table


@given(registries, patients, st.randoms(use_true_random=False))
@examples(15)
def test_the_order_of_the_file_never_changes_the_answer(
    trials: tuple[Trial, ...], patient: Patient, chance: random.Random
) -> None:
    shuffled = list(trials)
    chance.shuffle(shuffled)
    tables = [sets.build(some) for some in (trials, shuffled)]
    places = [answer(table, patient, DAY, everything=True).places for table in tables]
    first, second = ([table.ids[place] for place in order] for table, order in zip(tables, places, strict=True))
    assert first == second


@given(registries, patients)
@examples(20)
def test_near_misses_fail_on_the_country_and_nothing_else(trials: tuple[Trial, ...], patient: Patient) -> None:
    table = sets.build(trials)
    judged = sets.judged(table, patient, DAY)
    near = sets.only_failing(table, "country", judged, sets.combine(table, *sets.total(judged)).excluded)
    for place, trial in enumerate(trials):
        excluded = assess(patient, trial, DAY).verdict == "excluded"
        elsewhere = assess(patient, trial._replace(countries=None), DAY).verdict != "excluded"
        assert bool(near >> place & 1) == (excluded and elsewhere)


@given(registries, st.dates(date(2021, 1, 1), date(2028, 1, 1)))
@examples(15)
def test_states_at_once_equal_states_one_by_one(trials: tuple[Trial, ...], day: date) -> None:
    found = sets.states(sets.build(trials), day)
    for place, trial in enumerate(trials):
        state = recruitment(trial.status, trial.end, day).state
        assert [name for name, bits in found.items() if bits >> place & 1] == [state]


def _nearness(patient: Patient, trial: Trial) -> tuple[int, int, bool]:
    """Certainly there; else, where a country was given, how far away it runs, then how well recruitment and places are known."""
    listed = trial.countries.listed if trial.countries else ()
    state = recruitment(trial.status, trial.end, DAY).state
    if not patient.countries or set(listed) & set(patient.countries):
        return (0 if patient.countries else 1, 0, False)
    known = 0 if state in ("open", "upcoming") else 2 if state == "unknown" else 1
    return (distance(patient.countries, listed), known, not listed)


def _place(patient: Patient, trial: Trial) -> tuple[int, tuple[int, int, bool], int, int, int]:
    """What the order goes by, from the answer for one trial alone."""
    assessment = assess(patient, trial, DAY)
    state = recruitment(trial.status, trial.end, DAY).state
    return (
        0 if assessment.firm else 2 if assessment.verdict == "excluded" else 1,
        _nearness(patient, trial),
        COVERAGES.index(assessment.coverage) if assessment.coverage else len(COVERAGES),
        len({one.name for one in assessment.criteria if one.outcome == "unknown"}),
        ("open", "upcoming", "by_invitation", "unknown", "closed").index(state),
    )


@given(registries, patients)
@examples(20)
def test_the_order_is_what_was_read_then_country_then_what_is_open(trials: tuple[Trial, ...], patient: Patient) -> None:
    trials = tuple(trial._replace(cohorts=()) for trial in trials)
    held = Held(trials)
    judged = sets.judged(held.index, patient, DAY)
    found = sets.combine(held.index, *sets.total(judged))
    states = sets.states(held.index, DAY)
    order = ranked(held.index, found, states, patient, held.index.all, judged)
    for kinds in (("interventional", "extension"), ("observational", "registry")):
        keys = [_place(patient, trials[place]) for place in order if trials[place].kind in kinds]
        assert keys == sorted(keys)


@pytest.mark.parametrize("turned", [False, True])
def test_a_trial_counts_as_unsettled_what_its_best_cohort_leaves_open(turned: bool) -> None:
    """Fewer open facts come first, whether a trial asks them of everybody or of a cohort; of equals the lower number."""
    first, second, third = (Eligibility(facts=((id, "required"),)) for id in ("calcinosis", "tablets", "rash"))
    both = Eligibility(facts=(*first.facts, *second.facts))
    patient = Patient(("dm",))

    def order(*rules: tuple[Eligibility, tuple[Eligibility, ...]]) -> list[int]:
        trials = tuple(
            Trial(
                f"NCT0000000{place}",
                "interventional",
                eligibility=own,
                cohorts=tuple(Cohort("a", one) for one in parts),
            )
            for place, (own, parts) in enumerate(reversed(rules) if turned else rules)
        )
        held = Held(trials)
        judged = sets.judged(held.index, patient, DAY)
        found = sets.combine(held.index, *sets.total(judged))
        ranks = ranked(held.index, found, sets.states(held.index, DAY), patient, held.index.all, judged)
        return [1 - place if turned else place for place in ranks]

    everybody = Eligibility()
    assert order((everybody, (both,)), (third, ())) == [1, 0]
    assert order((everybody, (both, first)), (both, ())) == [0, 1]
    assert order((both, ()), (third, (first, both))) == ([1, 0] if turned else [0, 1])


def test_of_several_diagnoses_the_one_that_fails_least_is_shown_and_ranked_by() -> None:
    """Excluded under both: polymyositis fails three criteria and leaves one open, dermatomyositis fails two and leaves two."""
    dm_only = Eligibility(subtypes=SubtypeRule(("dm",)))
    rules = Eligibility(
        coverage="full",
        age=AgeRule(Span(18, "years")),
        facts=(("cancer", "required"), ("ild", "required"), ("refractory", "excluded")),
        any_of=(
            dm_only._replace(facts=(("ck_uln", Bounds(min=2.0)),)),
            dm_only._replace(age=AgeRule(Span(5, "years"))),
        ),
    )
    whole = Trial("NCT00000001", "interventional", eligibility=rules, countries=None)
    other = rules._replace(any_of=(), sex="male", subtypes=SubtypeRule(("pm",), ("dm",)))
    parted = whole._replace(eligibility=Eligibility(), cohorts=(Cohort("one", rules), Cohort("two", other)))
    young = Birth(DAY.replace(year=2023), DAY.replace(year=2023))
    patient = Patient(("pm", "dm"), young, sex="female", refractory=True)
    for trial in (whole, parted):
        table = sets.build((trial,))
        seen = assess(patient, trial, DAY)
        failed, unsure = (
            {
                name
                for name, both in sets.judged(table, patient, DAY).items()
                if any(both[n] >> unit & 1 for unit in (0, 1))
            }
            for n in (0, 1)
        )
        assert failed == {c.name for c in seen.criteria if c.outcome == "not_met"} == {"age", "refractory"}
        assert unsure == {c.name for c in seen.criteria if c.outcome == "unknown"} == {"cancer", "ild", "any_of"}


@pytest.mark.parametrize(("other", "last"), [("jdm", True), ("young", True), ("dm", False)])
def test_a_trial_stands_last_where_every_cohort_is_for_disease_of_childhood_or_fails(other: str, last: bool) -> None:
    """Of an adult who gave no onset it is presumed that the disease began in adulthood."""
    childhood = Cohort("children", Eligibility(subtypes=SubtypeRule(("jdm",))))
    second = (
        Eligibility(age=AgeRule(None, Span(17, "years")))
        if other == "young"
        else Eligibility(subtypes=SubtypeRule((other,)))
    )
    status = (Observation("recruiting", DAY.isoformat(), "one"),)
    patient = Patient(("dm",), Birth(date(1980, 1, 1), date(1980, 1, 1)))
    plain = Eligibility(subtypes=SubtypeRule(("dm",)), sex="female")
    for cohorts in ((childhood, Cohort("other", second)), (Cohort("other", second), childhood)):
        registry = (
            Trial("NCT00000001", "interventional", status=status, cohorts=cohorts),
            Trial("NCT00000002", "interventional", status=status, eligibility=plain),
        )
        order = answer(sets.build(registry), patient, DAY, everything=True).places
        assert order == ((1, 0) if last else (0, 1))


READ = (None, *COVERAGES)


def test_a_match_at_once_is_firm_as_one_by_one() -> None:
    """Whatever was read of a trial and of each of its cohorts, and whichever cohort the patient fits."""
    patient = Patient(("dm",))
    kinds = ((("dm",), ("pm",)), (("pm",), ("dm",)), (("dm",), ("dm",)), (("pm",), ("pm",)))
    trials = [
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(coverage=whole),
            cohorts=tuple(
                Cohort(f"cohort {place}", Eligibility(coverage=read, subtypes=SubtypeRule(admits)))
                for place, (read, admits) in enumerate(zip(parts, both, strict=True))
            ),
        )
        for whole, *parts in itertools.product(READ, READ, READ)
        for both in kinds
    ]
    trials += [Trial("NCT00000001", "interventional", eligibility=Eligibility(coverage=read)) for read in READ]
    table = sets.build(trials)
    firm = sets.firm(table, *sets.total(sets.judged(table, patient, DAY)))
    assessed = [assess(patient, trial, DAY) for trial in trials]
    assert [bool(firm >> place & 1) for place in range(len(trials))] == [one.firm for one in assessed]


def test_the_order_by_country_recruitment_and_what_was_read_over_all_of_them() -> None:
    places: tuple[tuple[str, ...], ...] = ((), ("CN",), ("US",), ("DE",), ("DE", "US"), ("FR",))
    seen = ("unknown", "completed", "enrolling_by_invitation", "not_yet_recruiting", "recruiting")
    trials = [
        Trial(
            f"NCT{number:08}",
            "interventional",
            status=(Observation(value, DAY.isoformat(), "one"),) if value != "unknown" else (),
            eligibility=Eligibility(coverage=coverage, subtypes=SubtypeRule(("dm",))),
            countries=CountryRule(listed) if listed else None,
        )
        for number, (coverage, value, listed) in enumerate(itertools.product((None, "summary", "full"), seen, places))
    ]
    for here in ((), ("FR",), ("US",), ("CN", "FR")):
        patient = Patient(("dm",), countries=here)
        order = answer(sets.build(trials), patient, DAY, everything=True).places
        assert [_place(patient, trials[place]) for place in order] == sorted(_place(patient, one) for one in trials)


def test_countries_that_alone_keep_trials_out_by_how_many_over_all_rules() -> None:
    """Each rule on the country once: its trials are counted together with those of the other rules that list a country."""
    rules = (("US",), ("US", "DE"), ("US", "JP"), ("DE", "JP"), ("JP", "BE"), ("JP",), ("FR",))
    dm = Eligibility(subtypes=SubtypeRule(("dm",)))
    trials = [
        Trial(
            f"NCT{number:08}",
            "interventional",
            status=(Observation("recruiting", DAY.isoformat(), "one"),),
            eligibility=dm._replace(sex="male") if number == 7 else dm,
            countries=CountryRule(listed, True),
        )
        for number, listed in enumerate((*rules, ("US",)))
    ]
    table = sets.build(trials)
    found = answer(table, Patient(("dm",), countries=("FR",), sex="female"), DAY)
    missed = {
        code: sum(1 << place for place, listed in enumerate(rules) if code in listed)
        for code in ("US", "DE", "JP", "BE")
    }
    assert _countries(table, found) == [(code, missed[code]) for code in ("JP", "US", "DE", "BE")]


def test_trials_with_their_cohorts_and_cohorts_with_their_trials() -> None:
    cohorts = tuple(Cohort(name, Eligibility()) for name in "ab")
    trials = [Trial("NCT00000001", "interventional", cohorts=cohorts[:number]) for number in (2, 0, 1)]
    table = sets.build(trials)
    units = {0: (3, 4), 1: (), 2: (5,)}
    for kept in range(1 << 6):
        held = {place for place in range(6) if kept >> place & 1}
        below = held | {unit for place in held & units.keys() for unit in units[place]}
        above = held | {place for place, own in units.items() if held & set(own)}
        assert sets.with_cohorts(table, kept) == sum(1 << place for place in below)
        assert sets.with_trials(table, kept) == sum(1 << place for place in above)


@pytest.mark.parametrize("own", [0, 1])
def test_a_trial_leaves_open_what_it_and_its_least_open_cohort_that_does_not_fail_leave(own: int) -> None:
    """Three cohorts, each failing or not and leaving up to two criteria open, in every combination."""
    kinds = list(itertools.product((True, False), range(3)))
    for cohorts in itertools.product(kinds, repeat=3):
        trial = Trial("NCT00000001", "interventional", cohorts=tuple(Cohort(name, Eligibility()) for name in "abc"))
        table = sets.build((Trial("NCT00000000", "interventional"), trial))
        ((place, units),) = table.cohorts
        fails = sum(1 << unit for unit, (failing, _) in zip(units, cohorts, strict=True) if failing)
        judged = {
            str(number): (
                fails,
                sum(1 << unit for unit, (_, count) in zip(units, cohorts, strict=True) if count > number),
            )
            for number in range(2)
        }
        judged["own"] = (0, own << place)
        left = [count for failing, count in cohorts if not failing]
        assert _unsettled(table, judged, 0b11)[place] == own + min(left, default=0)
        assert place not in _unsettled(table, judged, 0b01)


def test_a_trial_is_the_closer_where_it_names_an_antibody_the_patient_has_and_a_kind_of_myositis() -> None:
    """The trial itself or one of its cohorts: an antibody that is required counts, not one that is excluded."""
    rules = [
        AntibodyRule(("jo1", "srp")),
        AntibodyRule((), ("jo1",)),
        AntibodyRule((), (), ("jo1",)),
        AntibodyRule(("ars_any",)),
        None,
    ]
    admitted: list[tuple[str, ...]] = [("iim",), ("iim", "jiim"), ("dm",), ("iim", "imnm"), ()]
    cases = list(itertools.product(rules, admitted, (False, True)))
    trials = []
    for number, (rule, admits, inside) in enumerate(cases):
        own = Eligibility(autoantibodies=rule, subtypes=SubtypeRule(admits) if admits else None)
        parts = (Cohort("a", Eligibility()), Cohort("b", own)) if inside else ()
        trials.append(
            Trial(f"NCT{number:08}", "interventional", eligibility=Eligibility() if inside else own, cohorts=parts)
        )
    table = sets.build(tuple(trials))
    kinds = sum(1 << place for place, (_, admits, _) in enumerate(cases) if set(admits) - {"iim", "jiim"})
    for results, having in (
        ({"jo1": "positive"}, (0, 1, 3)),
        ({"srp": "positive"}, (0,)),
        ({"jo1": "negative"}, ()),
        ({}, ()),
    ):
        patient = Patient(("dm",), antibodies=tuple(results.items()))  # type: ignore[arg-type]
        named = sum(1 << place for place, (rule, _, _) in enumerate(cases) if rule and rules.index(rule) in having)
        assert closeness(table, patient) == (named, kinds)
