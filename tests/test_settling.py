"""Next questions are exact: by brute force over every value of every missing fact."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from myofind.advice.asked import ELSEWHERE, Inquiry, OpenQuestion, Question, Value
from myofind.advice.fact_questions import DIAGNOSIS, Looks, answers_on, parts, treatment_answers
from myofind.advice.questions import _every, _under_each, kinds, ranked
from myofind.advice.standing import Standings
from myofind.domain.dates import add_age
from myofind.domain.eligibility import CRITERIA, antibody_state, assess, autoantibodies, juvenile
from myofind.domain.known_facts import reach, readings
from myofind.domain.patient import OTHER, Birth, Onset, Patient, Treatment, YesNo
from myofind.domain.plain_trial import eligibility
from myofind.domain.rules import AgeRule, AntibodyRule, CountryRule, DayRule, Span, SpanRule, SubtypeRule, fact_rule
from myofind.domain.trial import Cohort, Eligibility, Trial, named_rules
from myofind.domain.turning_points import OLDEST
from myofind.matching import trial_sets as sets
from myofind.matching.trial_sets import Index
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS
from tests import worlds
from tests.example_counts import examples
from tests.together import together
from tests.worlds import DAY


def ask(registry: tuple[Trial, ...], patient: Patient) -> tuple[Index, int, tuple[Question, ...]]:
    table = sets.build(registry)
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    return table, possible, ranked(table, patient, DAY, judged, possible).questions


def brute(registry: tuple[Trial, ...], possible: int, people: Iterator[Patient]) -> tuple[int, int]:
    """Trial by trial, value by value: those decided by every value, and those decided by one."""
    settles, may, one = possible, 0, False
    for person in people:
        one = True
        decided = 0
        for place, trial in enumerate(registry):
            if possible >> place & 1 and assess(person, trial, DAY).verdict != "possible":
                decided |= 1 << place
        settles &= decided
        may |= decided
    return (settles, may) if one else (0, 0)


def spread(low: int, high: int, at: list[int]) -> list[int]:
    """Values between two, every one where they are few; else a grid, and all values around the places named."""
    if high - low < 60:
        return list(range(low, high + 1))
    step = max(1, (high - low) // 12)
    near = {value + off for value in at for off in range(-1, 2)}
    return sorted({low, high, *range(low, high + 1, step), *(value for value in near if low <= value <= high)})


def bounds(registry: tuple[Trial, ...]) -> list[Span]:
    found = [Span(18, "years")]
    for trial in registry:
        for rule in (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)):
            for span in (*(rule.age or ()), *(rule.onset.since or ()), *(rule.onset.age or ())):
                if isinstance(span, Span):
                    found += [span, Span(span.number + 1, span.unit)]
    return found


def near(registry: tuple[Trial, ...], days: list[date], sign: int) -> list[int]:
    """Days around which an outcome may change: every bound before or after every day."""
    found = []
    for day in days:
        for span in bounds(registry):
            months = span.number * (12 if span.unit == "years" else 1)
            found.append(day.toordinal() + sign * round(months * 30.4375))
            whole = add_age(day, sign * int(months), "months").toordinal()
            found += [whole, whole + sign * 31]
    return found


def people(fact: str, registry: tuple[Trial, ...], patient: Patient) -> Iterator[Patient]:
    """The patient with every value the fact may take, as the module defines it."""
    birth, onset = patient.birth, patient.onset or Onset()
    if fact == "sex":
        yield patient._replace(sex="female")
        yield patient._replace(sex="male")
    elif fact == "ild":
        yield patient._replace(ild=True)
        yield patient._replace(ild=False)
    elif fact == "refractory":
        yield patient._replace(refractory=True)
        yield patient._replace(refractory=False)
    elif fact == "countries":
        for code in (*worlds.COUNTRIES, "IT", "JP"):
            yield patient._replace(countries=(code,))
    elif fact.startswith("autoantibodies."):
        one = fact.partition(".")[2]
        for result in ("positive", "negative"):
            yield patient._replace(antibodies=tuple(sorted({**dict(patient.antibodies), one: result}.items())))
    elif fact == "subtypes":
        diagnoses = readings(patient)  # `juvenile` beside a juvenile disease is a word of it and no other diagnosis
        for one in kinds(diagnoses[0] if len(diagnoses) == 1 else patient, DAY):
            yield patient._replace(subtypes=(one,))
    elif fact == "age":
        low, high = date(DAY.year - OLDEST, DAY.month, 1), DAY
        if birth:
            low, high = birth
        if onset.latest:
            high = min(high, onset.latest)
        around = near(registry, [DAY, *(day for day in (onset.earliest, onset.latest) if day)], -1)
        if onset.oldest_months:
            around += [at - round(onset.oldest_months * 30.4375) for at in around]
        for ordinal in spread(low.toordinal(), high.toordinal(), around):
            born = date.fromordinal(ordinal)
            if onset.youngest_months is None or add_age(born, onset.youngest_months, "months") <= DAY:
                yield patient._replace(birth=Birth(born, born))
    elif fact == "onset_age":
        low_months, high_months = 0, OLDEST * 12
        if onset.youngest_months is not None and onset.oldest_months is not None:
            low_months, high_months = onset.youngest_months, onset.oldest_months
        elif onset.earliest and onset.latest and birth:
            low_months = months(birth.latest, onset.earliest)
            high_months = months(birth.earliest, onset.latest)
        around = [round(span.number * (12 if span.unit == "years" else 1)) for span in bounds(registry)]
        for since in (birth.earliest, birth.latest) if birth else ():
            age = months(since, DAY)
            around += [age - one for one in around]
        for value in spread(max(0, low_months), high_months, around):
            if birth is None or add_age(birth.earliest, value, "months") <= DAY:
                yield patient._replace(onset=onset._replace(youngest_months=value, oldest_months=value))
    elif fact == "onset":
        low, high = birth.earliest if birth else date(DAY.year - OLDEST, DAY.month, 1), DAY
        if onset.earliest and onset.latest:
            low, high = onset.earliest, onset.latest
        elif birth and onset.youngest_months is not None and onset.oldest_months is not None:
            low = add_age(birth.earliest, onset.youngest_months, "months")
            high = min(high, add_age(birth.latest, onset.oldest_months + 1, "months") - timedelta(days=1))
        around = near(registry, [DAY], -1) + (near(registry, [birth.earliest, birth.latest], 1) if birth else [])
        for ordinal in spread(low.toordinal(), high.toordinal(), around):
            began = date.fromordinal(ordinal)
            yield patient._replace(onset=onset._replace(earliest=began, latest=began))


def months(birth: date, day: date) -> int:
    found = (day.year - birth.year) * 12 + day.month - birth.month
    return found if add_age(birth, found, "months") <= day else found - 1


def missing(registry: tuple[Trial, ...], patient: Patient) -> Iterator[str]:
    """Every fact that is not known."""
    yield from (name for name in ("sex", "ild", "refractory") if getattr(patient, name) is None)
    if not patient.countries:
        yield "countries"
    if patient.birth is None or patient.birth.earliest != patient.birth.latest:
        yield "age"
    yield "subtypes"
    named: set[str] = set()
    for trial in registry:
        if assess(patient, trial, DAY).verdict == "possible":
            for own in (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)):
                found = autoantibodies(own.autoantibodies, patient, DAY)
                named.update(found.facts if found.outcome == "unknown" else ())
    for one in sorted(named.union(*(ab.members(group) for group in named))):
        if antibody_state(one, patient.antibodies) not in ("positive", "negative"):
            yield f"autoantibodies.{one}"
    onset = patient.onset
    if onset is None or onset.youngest_months is None or onset.youngest_months != onset.oldest_months:
        yield "onset_age"
    if onset is None or onset.earliest is None or onset.earliest != onset.latest:
        yield "onset"


def leaves_open(registry: tuple[Trial, ...], patient: Patient, fact: str) -> bool:
    """Whether a criterion on the fact is unknown in some trial, or in some cohort; of other facts always."""
    if fact not in FACTS or fact in ("sex", "onset"):
        return True
    rules = [one for trial in registry for one in (trial.eligibility, *(part.eligibility for part in trial.cohorts))]
    told = [CRITERIA[fact](rule, patient, DAY) for own in rules for name, rule in named_rules(own) if name == fact]
    return any(one.outcome == "unknown" for one in told)


@examples(20)
@given(
    worlds.trials() | worlds.trials(1, 6, worlds.few_rules()) | worlds.trials(1, 6, worlds.few_rules()),
    worlds.patients() | worlds.patients(0.6),
)
@example(
    tuple(
        Trial(f"NCT{number:08}", "interventional", countries=rule)
        for number, rule in enumerate(
            [CountryRule(("FR",), True), CountryRule(("FR",)), CountryRule(("FR",), False, ("DE",))]
        )
    ),
    Patient(),
)
@example(
    (
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(
                age=AgeRule(None, Span(75, "years")),
                facts=(("onset", DayRule(since=SpanRule(None, Span(6, "months")))),),
            ),
        ),
        Trial(
            "NCT00000002",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(age=SpanRule(Span(2, "years"), Span(17, "years")))),)),
        ),
        Trial(
            "NCT00000003",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(since=SpanRule(Span(3, "months"), Span(5, "years")))),)),
        ),
    ),
    Patient(),
)
@example(
    (Trial("NCT00000001", "interventional", eligibility=Eligibility(autoantibodies=AntibodyRule(("imnm_ab_any",)))),),
    Patient(antibodies=(("srp", "negative"),)),
)
@example(
    (
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(autoantibodies=AntibodyRule(("hmgcr",), (), ("imnm_ab_any",))),
        ),
    ),
    Patient(antibodies=(("srp", "negative"),)),
)
@example(
    (
        Trial(
            "NCT00000002",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(age=SpanRule(Span(2, "years"), Span(17, "years")))),)),
        ),
    ),
    Patient(birth=Birth(date(2000, 3, 1), date(2001, 2, 28))),
)
@example(
    (
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(age=SpanRule(Span(18, "years")))),)),
        ),
    ),
    Patient(("pm",), Birth(date(1973, 11, 21), date(1974, 11, 20))),
)
@example(
    (Trial("NCT00000001", "interventional", eligibility=Eligibility(subtypes=SubtypeRule(("adm",)))),),
    Patient(("jiim", "jdm")),
)
@example(
    (
        Trial(
            "NCT00000001", "interventional", eligibility=Eligibility(age=AgeRule(Span(18, "years"), Span(75, "years")))
        ),
    ),
    Patient(("dm",)),
)
def test_every_value_of_every_missing_fact(registry: tuple[Trial, ...], patient: Patient) -> None:
    """A question settles exactly the trials that no value leaves possible, and may settle those that some value decides."""
    _, possible, found = ask(registry, patient)
    asked = {question.fact: question for question in found}
    for fact in missing(registry, patient):
        settles, may = brute(registry, possible, people(fact, registry, patient))
        question = asked.get(fact)
        if question is None:
            if fact.startswith("autoantibodies.") and may:
                # a member is left out only where a class asked about decides as much, and more
                above = 0
                for group in ab.groups(fact.partition(".")[2]):
                    if f"autoantibodies.{group}" in asked:
                        above |= asked[f"autoantibodies.{group}"].may
                assert settles == 0, fact
                assert not may & ~above, fact
            else:
                open_trials = tuple(trial for place, trial in enumerate(registry) if possible >> place & 1)
                assert may == 0 or not leaves_open(open_trials, patient, fact), fact  # what is presumed is not asked
        else:
            assert (question.settles, question.may) == (settles, may), fact


@together(
    (group, inner)
    for group in ("msa_any", "maa_any", "ars_any", "imnm_ab_any", "mi2")
    for inner in ("", *(one for one in sorted(ab.members(group)) if ab.members(one)))
)
def test_where_all_but_a_part_of_a_class_is_negative_each_member_decides_for_itself(group: str, inner: str) -> None:
    """A class within the class, left alone to be positive, would empty it; one of its members would not."""
    left = {inner, *(ab.members(inner) if inner else ())}
    leaves = [one for one in ab.members(group) if not ab.members(one) and one not in left]
    for rule in (AntibodyRule((group,)), AntibodyRule((), (), (group,)), AntibodyRule((group,), (), ("ro52",))):
        registry = (Trial("NCT00000001", "interventional", eligibility=Eligibility(autoantibodies=rule)),)
        known = leaves if inner else leaves[1:]
        patient = Patient(antibodies=tuple((one, "negative") for one in sorted(known)))
        _, possible, found = ask(registry, patient)
        assert possible
        told = {one.fact: (one.settles, one.may) for one in found if one.fact.startswith("autoantibodies.")}
        assert told
        for fact in told:
            assert told[fact] == brute(registry, possible, people(fact, registry, patient)), (fact, rule)


def test_a_member_of_a_class_is_asked_about_where_it_may_settle_what_its_class_may_not() -> None:
    """Anti-Jo-1 opens the second trial by a branch, which neither result of its class does while lung disease is not known."""
    by_class = worlds.recorded(autoantibodies=AntibodyRule(("ars_any",)))
    by_member = worlds.recorded(
        any_of=(Eligibility(autoantibodies=AntibodyRule(("jo1",))), Eligibility(facts=(("ild", "required"),)))
    )
    only_class = (Trial("NCT00000000", "interventional", eligibility=by_class),)
    both_trials = (*only_class, Trial("NCT00000001", "interventional", eligibility=by_member))
    for registry, expected in ((only_class, None), (both_trials, (0, 0b11))):
        _, possible, found = ask(registry, Patient())
        told = {one.fact: (one.settles, one.may) for one in found}
        assert told.get("autoantibodies.jo1") == expected
        assert told["autoantibodies.ars_any"] == brute(
            registry, possible, people("autoantibodies.ars_any", registry, Patient())
        )


def test_which_kind_it_is_says_when_it_began() -> None:
    """A juvenile form began before 18: as an answer it fails a rule on the age at onset."""
    own = worlds.recorded(
        subtypes=SubtypeRule(admits=("dm", "jdm"), excludes=()), onset_age=SpanRule(Span(18, "years"))
    )
    _, _, found = ask((Trial("NCT00000000", "interventional", eligibility=own),), Patient())
    (question,) = [one for one in found if one.fact == "subtypes"]
    told = {value.value: (value.match, value.excluded) for value in question.values}
    assert told["jdm"] == (0, 1)
    assert told["dm_classic"] == (0, 0)


NO_SUBTYPE_RULE = (
    Trial("NCT00000000", "interventional", eligibility=worlds.recorded(refractory="required")),
    Trial(
        "NCT00000001",
        "interventional",
        eligibility=worlds.recorded(autoantibodies=AntibodyRule((), (), ("jo1", "pl7"))),
    ),
)
"""A diagnosis that is no inflammatory myopathy excludes these all the same."""

REQUIRED_OF_WHAT_IS_EXCLUDED = (
    Trial(
        "NCT00000000",
        "interventional",
        eligibility=worlds.recorded(autoantibodies=AntibodyRule(("jo1",), (), ("msa_any", "imnm_ab_any"))),
    ),
)
"""A negative result of the class fails what is required, though another class stays open."""


@examples(40)
@given(worlds.trials(), worlds.patients())
@example(NO_SUBTYPE_RULE, Patient())
@example(REQUIRED_OF_WHAT_IS_EXCLUDED, Patient())
def test_the_ranking_never_asks_the_less_deciding_first(registry: tuple[Trial, ...], patient: Patient) -> None:
    _, _, found = ask(registry, patient)
    ranks = [(-one.settles.bit_count(), -one.may.bit_count()) for one in found]
    assert ranks == sorted(ranks)


def with_value(patient: Patient, fact: str, value: str) -> Patient:
    """The patient with one value, as the value is written."""
    if fact.startswith("autoantibodies."):
        then = {**dict(patient.antibodies), fact.partition(".")[2]: value}
        return patient._replace(antibodies=tuple(sorted(then.items())))
    if fact in ("subtypes", "countries"):
        return patient._replace(**{fact: ("JP" if value == ELSEWHERE else value,)})
    if fact in ("ild", "refractory"):
        return patient._replace(**{fact: value == "yes"})
    if fact == "sex":
        return patient._replace(sex=value)
    onset = patient.onset or Onset()
    if fact == "onset_age":
        return patient._replace(onset=onset._replace(youngest_months=int(value), oldest_months=int(value)))
    day = date.fromisoformat(value)
    if fact == "age":
        return patient._replace(birth=Birth(day, day))
    return patient._replace(onset=onset._replace(earliest=day, latest=day))


def between(value: Value, fact: str) -> list[str]:
    """The value; of a range its two ends and its middle."""
    if value.until is None:
        return [value.value]
    if fact == "onset_age":
        return [value.value, str((int(value.value) + int(value.until)) // 2), value.until]
    low, high = (date.fromisoformat(end).toordinal() for end in (value.value, value.until))
    return [value.value, date.fromordinal((low + high) // 2).isoformat(), value.until]


@examples(25)
@given(
    worlds.trials() | worlds.trials(1, 6, worlds.few_rules()) | worlds.trials(1, 6, worlds.few_rules()),
    worlds.patients() | worlds.patients(0.6),
)
@example(
    tuple(
        Trial(f"NCT{number:08}", "interventional", eligibility=rule)
        for number, rule in enumerate(
            [
                Eligibility(age=AgeRule(Span(18, "years"), Span(75, "years"))),
                Eligibility(facts=(("onset", DayRule(since=SpanRule(Span(3, "months"), Span(5, "years")))),)),
                Eligibility(facts=(("onset", DayRule(age=SpanRule(Span(2, "years"), Span(17, "years")))),)),
                Eligibility(subtypes=SubtypeRule(("jdm",))),
            ]
        )
    ),
    Patient(("dm",)),
)
@example(
    (
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(age=SpanRule(Span(2, "years"), Span(17, "years")))),)),
        ),
    ),
    Patient(("dm",), Birth(date(1980, 3, 1), date(1981, 2, 28))),
)
@example(
    (
        Trial(
            "NCT00000001",
            "interventional",
            eligibility=Eligibility(facts=(("onset", DayRule(since=SpanRule(Span(3, "months"), Span(5, "years")))),)),
        ),
    ),
    Patient(("dm",), None, onset=Onset(youngest_months=480, oldest_months=491)),
)
def test_each_answer_does_what_it_says(registry: tuple[Trial, ...], patient: Patient) -> None:
    """The effect listed for a value, and for every value of a range to its last day, is the verdict with that value."""
    _, possible, found = ask(registry, patient)
    for question in found:
        for value in question.values:
            for one in between(value, question.fact):
                person = with_value(patient, question.fact, one)
                for place, trial in enumerate(registry):
                    if possible >> place & 1:
                        verdict = assess(person, trial, DAY).verdict
                        said = (value.match >> place & 1, value.excluded >> place & 1)
                        assert said == (verdict == "match", verdict == "excluded"), (question.fact, one)


SUSPICIOUS = [
    (id, antibody)
    for id, row in FACTS.items()
    for condition in (*row.unless, *row.implied_by)
    for antibody in condition.get("antibodies", ())
]
"""Facts whose usual answer a positive antibody makes unsafe to presume, or gives away."""


@pytest.mark.parametrize(("id", "antibody"), SUSPICIOUS)
def test_a_positive_antibody_takes_away_what_was_presumed_beside_it(id: str, antibody: str) -> None:
    row = FACTS[id]
    barred = "excluded" if row.kind == "yes_no" else {"excluded": [row.values[-1].id]}
    required = Eligibility(
        autoantibodies=AntibodyRule((antibody,), (), ()), facts=((id, fact_rule(id, barred)),), coverage="full"
    )
    trial = Trial("NCT00000001", "interventional", eligibility=required)
    patient = Patient(("iim",), Birth(date(1980, 3, 1), date(1980, 3, 1)))
    _, _, found = ask((trial,), patient)
    asked = next(one for one in found if one.fact == f"autoantibodies.{antibody}")
    assert assess(with_value(patient, asked.fact, "positive"), trial, DAY).verdict == "possible"
    assert [(one.value, one.match, one.excluded) for one in asked.values] == [("positive", 0, 0), ("negative", 0, 1)]


def test_nothing_is_asked_when_nothing_can_change() -> None:
    trial = Trial("NCT00000001", "interventional", countries=CountryRule(("FR",), False))
    assert ask((trial,), Patient(("dm",), None, (), ("DE",)))[1:] == (1, ())


def test_a_juvenile_form_is_not_an_answer_to_which_kind() -> None:
    """Dermatomyositis is juvenile by its onset: that is another question."""
    patient = Patient(("dm",))
    assert juvenile(patient, DAY) is None
    assert not set(kinds(patient, DAY)) & tree.APART["juvenile"]
    assert set(kinds(Patient(("jiim",)), DAY)) == {"jdm", "jpm", "jimnm", "joverlap"}
    assert "dm" not in kinds(patient, DAY)


def test_no_kind_is_offered_that_a_fact_given_rules_out() -> None:
    """`no cancer` rules out cancer-associated myositis, `no ILD` the lung diseases; of what is only unusual nothing is."""
    without = {"cancer": {"cam"}, "ild": {"asys_ild", "mda5_ild"}, "drug_induced": set()}
    for subtypes in ((), ("iim",)):
        open_to_all = set(kinds(Patient(subtypes), DAY))
        for fact, ruled_out in without.items():
            given = Patient(subtypes, facts=((fact, YesNo(False)),))
            assert open_to_all - set(kinds(given, DAY)) >= ruled_out, fact
            assert set(kinds(given, DAY)) <= open_to_all
            assert kinds(given._replace(facts=((fact, YesNo(True)),)), DAY) == kinds(Patient(subtypes), DAY), fact


def test_which_kind_is_asked_where_a_rule_names_kinds() -> None:
    trial = Trial("NCT00000001", "interventional", eligibility=Eligibility(subtypes=SubtypeRule(("imnm_srp",))))
    question = next(
        one
        for one in ask((trial,), Patient(("imnm",), Birth(date(1970, 1, 1), date(1970, 1, 1))))[2]
        if one.fact == "subtypes"
    )
    assert {one.value: bool(one.match) for one in question.values} == {
        "imnm_hmgcr": False, "imnm_seroneg": False, "imnm_srp": True,
    }  # fmt: skip


@examples(60)
@given(worlds.trials(), worlds.patients(), st.integers(1, 4))
def test_the_first_questions_are_the_first_of_all(registry: tuple[Trial, ...], patient: Patient, most: int) -> None:
    table = sets.build(registry)
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    every = ranked(table, patient, DAY, judged, possible)
    for first in (possible, possible & 0b0101):
        whole = ranked(table, patient, DAY, judged, possible, first)
        few = ranked(table, patient, DAY, judged, possible, first, most)
        assert few.questions == whole.questions[: len(few.questions)]
        about = first if first & whole.reach else possible
        assert few.reach & about == whole.reach & about == every.reach & about
        assert sum(bool(one.may & about) for one in few.questions) == min(
            most, sum(bool(one.may & about) for one in whole.questions)
        )


def test_alternatives_that_no_answer_meets_are_settled_by_every_answer() -> None:
    """Both of two measures are wanted that exclude each other: the fact settles the trial, whatever else is open."""
    own = eligibility({"at_least": [{"count": 2, "of": [{"calcinosis": "required"}, {"calcinosis": "excluded"}]}]})
    trial = Trial("NCT00000001", "interventional", eligibility=own._replace(facts=(("tablets", "required"),)))
    table = sets.build((trial,))
    judged = sets.judged(table, Patient(), DAY)
    (first,) = ranked(table, Patient(), DAY, judged, 1, 1, 1).questions
    assert (first.fact, first.settles) == ("calcinosis", 1)


def test_what_only_the_centre_can_tell_no_answer_reaches() -> None:
    """Of amyopathic disease the trial says nothing: no answer changes that, under one diagnosis or several."""
    own = worlds.recorded(subtypes=SubtypeRule(admits=("dm",), excludes=()))
    table = sets.build((Trial("NCT00000001", "interventional", eligibility=own),))
    for subtypes in (("adm",), ("adm", "hdm")):
        patient = Patient(subtypes)
        judged = sets.judged(table, patient, DAY)
        assert sets.combine(table, *sets.total(judged)).possible == 1
        for most in (None, 1, 3):
            assert ranked(table, patient, DAY, judged, 1, 1, most) == ((), 0)


def test_a_criterion_looks_at_what_makes_a_fact_certain_or_its_usual_answer_unsafe() -> None:
    """The age, the sex, the diagnosis and the antibodies of the conditions behind a fact, and no others."""
    for id, row in FACTS.items():
        if id == "sex":
            continue
        looked_at = {name.partition(".")[0] for name, _ in parts(id, "required")}
        behind = [*row.unless, *(each for one in reach(id).facts for each in FACTS[one].implied_by)]
        for key, name in (("age", "age"), ("sex", "sex"), ("subtypes", DIAGNOSIS), ("antibodies", "autoantibodies")):
            assert (name in looked_at) == any(key in condition for condition in behind), (id, key)
        assert looked_at >= {fact for condition in behind for fact in condition.get("facts", ())}


ANSWERED = eligibility(
    {
        "treatments": [{"any": ["rituximab"], "excluded": {"within": {"number": 6, "unit": "months"}}}],
        "refractory": "required",
    }
)
"""What asks for a drug and for facts."""
ALTERNATIVES: list[dict[str, Any]] = [
    {"any_of": [{"treatment_naive": "required"}, {"fvc": {"min": 70}}]},
    {"any_of": [{"fvc": {"below": 60}, "treatment_naive": "excluded"}, {"refractory": "required"}]},
    {"at_least": [{"count": 2, "of": [{"cell_therapy": "excluded"}, {"refractory": "required"}, {"cancer": "excluded"}]}]},
    {"treatments": [{"any": ["biologic"], "excluded": "ever"}], "facts": {"treatment_naive": "excluded"}},
    {"facts": {"fvc": {"min": 45, "below": 80}, "cancer": "excluded", "cell_therapy": "excluded"}},
    {"facts": {"steroid_dose": {"max": 15}}, "treatments": [{"any": ["methotrexate"], "unchanged": {"number": 12, "unit": "weeks"}}]},
    {"treatments": [{"any": ["rituximab", "ivig"], "required": "ever"}, {"any": ["prednisone"], "dose": {"max": 10}}]},
]  # fmt: skip


@together(
    (ild, treatments, antibodies)
    for ild in (None, True)
    for treatments in ((), (Treatment("methotrexate", "now"),), (Treatment("ivig", "past"), Treatment(OTHER, "never")))
    for antibodies in ((), (("mda5", "positive"),))
)
def test_every_answer_on_a_fact_or_a_drug_does_what_it_says(
    ild: bool | None, treatments: tuple[Treatment, ...], antibodies: tuple[tuple[str, Any], ...]
) -> None:
    """Alternatives and treatments among them: the trials listed for an answer are those of the patient who gives it."""
    registry = tuple(
        Trial(f"NCT{number:08}", "interventional", eligibility=rules)
        for number, rules in enumerate((ANSWERED, *map(eligibility, ALTERNATIVES)))
    )
    patient = Patient(("dm",), Birth(date(1980, 3, 1), date(1980, 3, 1)), antibodies, ild=ild, treatments=treatments)
    table, possible, found = ask(registry, patient)
    looks, tried = Looks(sets.within(table, possible)), 0
    for question in found:
        kind, _, drug = question.fact.partition(".")
        if kind == "treatments":
            answers = tuple(treatment_answers(looks, drug, patient, DAY))
        elif kind in FACTS and kind not in ("sex", "onset"):
            answers = tuple(answers_on(looks, kind, patient, DAY))
        else:
            continue
        tried += 1
        assert [(one.value, one.until) for one in question.values] == [(one.value, one.until) for one in answers]
        for value, answer in zip(question.values, answers, strict=True):
            then = sets.verdicts(table, answer.patient, DAY)
            assert (value.match, value.excluded) == (then.match & possible, then.excluded & possible), question.fact
    assert tried >= 3


PARTS: list[dict[str, Any]] = [
    {"autoantibodies": {"required_any": ["msa_any"]}}, {"autoantibodies": {"required_any": ["jo1", "pl7"]}}, {"autoantibodies": {"required_all": ["hmgcr", "ro52"]}},
    {"autoantibodies": {"excluded": ["imnm_ab_any"]}}, {"autoantibodies": {"required_any": ["ars_any"], "excluded": ["mda5"]}},
    {"any_of": [{"autoantibodies": {"required_any": ["srp"]}}, {"fvc": {"min": 70}}]}, {"any_of": [{"subtypes": {"admits": ["ibm"]}}, {"cancer": "required"}]},
    {"at_least": [{"count": 2, "of": [{"autoantibodies": {"required_any": ["mda5"]}}, {"refractory": "required"}, {"cancer": "excluded"}]}]},
    {"facts": {"rpild": "excluded"}}, {"facts": {"cancer": "excluded"}}, {"age": {"min": 18}}, {"sex": "female"}, {"subtypes": {"admits": ["dm"], "excludes": ["jdm"]}},
    {"facts": {"onset": {"since": {"max": 5}, "age": {"min": 18}}}}, {"refractory": "required"}, {"treatments": [{"any": ["rituximab"], "excluded": "ever"}]},
]  # fmt: skip
"""Rules that bear on each other through antibodies, and others beside them."""


def both(one: Eligibility, other: Eligibility) -> Eligibility:
    """The rules of two; where both have one, that of the second."""
    more: dict[str, Any] = {key: value for key, value in other._asdict().items() if value not in (None, ())}
    return one._replace(**more)


@together(
    (subtypes, birth, antibodies)
    for subtypes in ((), ("dm",), ("pm", "asys"))
    for birth in (None, Birth(date(1980, 3, 1), date(1981, 2, 28)))
    for antibodies in ((), (("mda5", "negative"), ("ro52", "positive")), (("ars_any", "positive"), ("imnm_ab_any", "negative")))
)  # fmt: skip
def test_no_question_settles_more_than_was_thought_possible_before_it_was_worked_out(
    subtypes: tuple[str, ...], birth: Birth | None, antibodies: tuple[tuple[str, Any], ...]
) -> None:
    """Every two rules in one trial, and each in a cohort beside the other: the order of the questions rests on these bounds."""
    patient = Patient(subtypes, birth, antibodies)
    pairs = list(itertools.combinations_with_replacement(map(eligibility, PARTS), 2))
    trials = [
        Trial(f"NCT{number:08}", "interventional", eligibility=rules)
        for number, rules in enumerate(both(*pair) for pair in pairs)
    ]
    trials += [
        Trial(f"NCT1{number:07}", "interventional", cohorts=tuple(Cohort(f"cohort {at}", own) for at, own in enumerate(pair)))
        for number, pair in enumerate(pairs)
    ]  # fmt: skip
    table = sets.build(trials)
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    table, looks = sets.within(table, possible), Looks(sets.within(table, possible))
    standings = Standings(table, looks, patient, DAY)
    inquiry = Inquiry(
        table, patient, DAY, possible, judged, sets.with_cohorts(table, possible), looks, standings, {}, {}
    )
    asked = list(_every(_under_each(inquiry)))
    assert len(asked) > 5
    for question in asked:
        at_most, may = question.at_most, question.may
        question.worked_out()
        assert not question.settles & ~at_most, question.fact
        assert not question.may & ~may, question.fact


@together([("",), ("jo1",), ("pl7",), ("msa_any",)])
def test_a_bound_on_an_antibody_holds_under_every_rule(negative: str) -> None:
    """Five antibodies and classes of them, each required, needed, excluded or not named, in every combination."""
    named = ("jo1", "ars_any", "msa_any", "imnm_ab_any", "ro52")
    rules = [
        AntibodyRule(
            *(tuple(one for one, part in zip(named, parts, strict=True) if part == place) for place in range(3))
        )
        for parts in itertools.product(range(4), repeat=len(named))
    ]
    trials = [
        Trial(f"NCT{number:08}", "interventional", eligibility=worlds.recorded(autoantibodies=rule))
        for number, rule in enumerate(rules)
        if any(rule)
    ]
    bounds_hold(trials, Patient(antibodies=((negative, "negative"),) if negative else ()))


def test_a_bound_on_a_fact_holds_where_every_answer_meets_one_of_several_branches() -> None:
    """At most 100 or above 100: no answer fails both, whatever else is open."""
    either = [{"mmt8": {"max": 100}}, {"mmt8": {"above": 100}}]
    for branches in (either, [*either, {"ild": "required"}], [*either, {"ild": "required", "calcinosis": "required"}]):
        bounds_hold([Trial("NCT00000001", "interventional", eligibility=eligibility({"any_of": branches}))], Patient())


def test_what_a_negative_result_leaves_open_is_known_before_it_is_worked_out() -> None:
    """A trial that requires one of two unrelated antibodies is settled by neither alone, unless a cohort asks for one."""
    apart, alike, single = AntibodyRule(("jo1", "ro52")), AntibodyRule(("jo1", "ars_any")), AntibodyRule(("jo1",))
    trials = [
        Trial("NCT00000000", "interventional", eligibility=worlds.recorded(autoantibodies=apart)),
        Trial("NCT00000001", "interventional", eligibility=worlds.recorded(autoantibodies=single)),
        Trial("NCT00000002", "interventional", eligibility=worlds.recorded(autoantibodies=alike)),
        Trial("NCT00000003", "interventional", eligibility=worlds.recorded(), cohorts=(
            Cohort("a", worlds.recorded(autoantibodies=apart)), Cohort("b", worlds.recorded(autoantibodies=single)),
        )),
        Trial("NCT00000004", "interventional", eligibility=worlds.recorded(autoantibodies=apart), cohorts=(
            Cohort("a", worlds.recorded(autoantibodies=single)),
        )),
    ]  # fmt: skip
    bounds = {question.fact: question.at_most for question in questions_on(trials, Patient())}
    assert [bounds["autoantibodies.jo1"] >> place & 1 for place in range(5)] == [0, 1, 1, 1, 1]
    assert [bounds["autoantibodies.ro52"] >> place & 1 for place in range(5)] == [0, 0, 0, 1, 0]


def test_a_question_without_answers_settles_nothing() -> None:
    rule = AntibodyRule(("jo1",))
    trials = [Trial("NCT00000000", "interventional", eligibility=worlds.recorded(autoantibodies=rule))]
    asked = questions_on(trials, Patient())[0]._asked
    question = OpenQuestion(asked, "age", lambda one: iter(())).worked_out()
    assert (question.finished, question.settles, question.may, question.at_most) == (True, 0, 0, 0)
    assert question.question() == Question("age", 0, 0, ())


def questions_on(trials: list[Trial], patient: Patient) -> list[OpenQuestion]:
    """The questions that may be asked, none worked out."""
    table = sets.build(trials)
    judged = sets.judged(table, patient, DAY)
    possible = sets.combine(table, *sets.total(judged)).possible
    looks = Looks(table)
    standings = Standings(table, looks, patient, DAY)
    reach = sets.with_cohorts(table, possible)
    return list(_every(_under_each(Inquiry(table, patient, DAY, possible, judged, reach, looks, standings, {}, {}))))


def bounds_hold(trials: list[Trial], patient: Patient) -> None:
    """No question settles or may settle more than was thought possible before it was worked out."""
    for question in questions_on(trials, patient):
        at_most, may = question.at_most, question.may
        question.worked_out()
        assert not question.settles & ~at_most, question.fact
        assert not question.may & ~may, question.fact
