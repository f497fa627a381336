"""Random patients and trials, built from the whole vocabulary, for properties of meaning.

A strategy is made once: to make one costs more than to draw from it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from myofind.domain.patient import (
    OTHER,
    RESULTS,
    Amount,
    Birth,
    Chosen,
    FactValue,
    InDoubt,
    Onset,
    Patient,
    Result,
    Status,
    Treatment,
    When,
    YesNo,
)
from myofind.domain.rules import Bounds, DayRule, FactRule, TreatmentRule, Values, Window
from myofind.domain.trial import (
    KINDS,
    PHASES,
    STANCES,
    STATUSES,
    AgeRule,
    AntibodyRule,
    AtLeast,
    Cohort,
    CountryRule,
    Eligibility,
    Observation,
    Span,
    SpanRule,
    SubtypeRule,
    Trial,
)
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree
from myofind.names.facts import FACTS, Row

DAY = date(2026, 11, 20)
SUBTYPES = (
    "iim", "dm", "dm_classic", "cadm", "adm", "hdm", "dm_mda5", "dmsd", "pm", "imnm", "imnm_srp", "imnm_hmgcr", "asys", "ibm",
    "overlap", "scleromyo", "jiim", "jdm", "jpm", "jimnm", "joverlap", "ici_myositis", "gne",
)  # fmt: skip
ANTIBODIES = (
    "jo1",
    "pl7",
    "ars_any",
    "mi2",
    "mi2a",
    "mda5",
    "srp",
    "hmgcr",
    "msa_any",
    "maa_any",
    "ro52",
    "ro60",
    "ro_any",
    "cn1a",
    "tif1g",
    "tif1_any",
)
COUNTRIES = ("FR", "DE", "US", "GB", "CN")

T = TypeVar("T")


def made(kind: Callable[..., T], *fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Records of which the first fields are drawn; `builds` would invent texts for the others."""
    return st.tuples(*fields).map(lambda values: kind(*values))


days = st.dates(min_value=date(1926, 1, 1), max_value=DAY)
spans = made(Span, st.integers(0, 90), st.sampled_from(["years", "years", "months"]))


@cache
def several(values: tuple[str, ...], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different values."""
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True).map(tuple)


def consistent(results: dict[str, Result]) -> bool:
    """No class is negative while a member is positive: such input is refused before it gets here."""
    return not any(
        result == "positive" and any(results.get(group) == "negative" for group in ab.groups(one))
        for one, result in results.items()
    )


antibody_results = (
    st.dictionaries(st.sampled_from(ANTIBODIES), st.sampled_from(RESULTS), max_size=4)
    .filter(consistent)
    .map(lambda found: tuple(sorted(found.items())))
)


births = st.builds(
    lambda latest, before: Birth(latest - timedelta(days=before), latest), days, st.sampled_from([0, 0, 30, 364])
)
"""A birth date, or the month or year in which it lies."""


onsets = st.one_of(
    st.builds(
        lambda first, more: Onset(first, min(DAY, first + timedelta(days=more))),
        st.dates(date(2000, 1, 1), DAY),
        st.sampled_from([0, 30, 365]),
    ),
    st.integers(0, 60).map(lambda years: Onset(youngest_months=years * 12, oldest_months=years * 12 + 11)),
)

short = made(Span, st.sampled_from([2, 4, 6, 12, 18.5]), st.sampled_from(["weeks", "months", "days"])) | made(
    Span, st.sampled_from([1, 3, 5]), st.just("years")
)
length_rules = made(SpanRule, st.none() | short, st.none() | short, st.none() | short, st.none() | short)
FACT_IDS = (
    "cancer", "cancer_screening", "pregnancy", "menopause", "chronic_infection", "ild", "rpild", "fvc", "oxygen", "refractory", "treatment_naive",
    "failed_drugs", "mmt8", "muscle_weakness", "enzyme_uln", "ck_uln", "activity_proof", "rash", "walking", "steroid_stable", "steroid_dose",
    "background_count", "diagnosed_on", "cv_event", "egfr", "cell_therapy", "drug_induced", "severe_muscle_damage",
)  # fmt: skip
"""Facts of every kind, with and without a usual answer, triggers and implications."""
DRUGS = (
    "rituximab",
    "anti_cd20",
    "biologic",
    "methotrexate",
    "immunosuppressant",
    "prednisone",
    "glucocorticoid",
    "ivig",
    "statin",
    "car_t",
)


times = st.builds(
    lambda first, more: When(first, min(DAY, first + timedelta(days=more))),
    st.dates(date(2019, 1, 1), DAY),
    st.sampled_from([0, 0, 30, 365]),
)
"""A day of the last years, or the month or year in which it lies."""


def numbers(row: Row) -> st.SearchStrategy[float]:
    """Numbers near those that rules name."""
    low, high = row.range
    whole = st.sampled_from([low, high, *(one for one in (1, 2, 30, 45, 60, 70, 125, 142, 150) if low <= one <= high)])
    return whole.map(float)


@cache
def values(id: str) -> st.SearchStrategy[FactValue]:
    """Values of a fact, and a doubt."""
    return _known(FACTS[id]) | st.just(InDoubt())


def _known(row: Row) -> st.SearchStrategy[FactValue]:
    match row.kind:
        case "yes_no":
            plain = st.booleans().map(YesNo)
            past = times.map(lambda when: YesNo(True, True, when.first, when.last))
            return plain | st.just(YesNo(True, True)) | past if row.dated else plain
        case "choice":
            ids = [one.id for one in row.values if one.id != "none"]
            one = st.sampled_from([value.id for value in row.values]).map(lambda value: Chosen((value,)))
            dated = st.tuples(st.sampled_from(ids), times).map(lambda both: Chosen((both[0],), (), *both[1]))
            return one | st.sampled_from(ids).map(lambda value: Chosen((), (value,))) | (dated if row.dated else one)
        case "number":
            exact = numbers(row).map(
                lambda number: Amount(number, number, row.scale[0] if len(row.scale) > 1 else None)
            )
            bound = numbers(row).map(lambda number: Amount(number, None, row.scale[0] if len(row.scale) > 1 else None))
            return exact | bound
        case "span" | "day":
            return times | st.just(When()) if row.never else times


@cache
def fact_rules(id: str) -> st.SearchStrategy[FactRule]:
    """Rules on a fact, of every shape the file accepts."""
    row = FACTS[id]
    match row.kind:
        case "yes_no":
            return st.sampled_from(STANCES) | made(Window, st.none() | short)
        case "choice":
            some = st.lists(
                st.sampled_from([one.id for one in row.values if one.id != "none"]), min_size=1, max_size=2, unique=True
            )
            within = st.none() | short if row.dated else st.none()
            return st.builds(lambda ids, age: Values(tuple(ids), (), age), some, within) | some.map(
                lambda ids: Values((), tuple(ids))
            )
        case "number":
            number = st.none() | numbers(row)
            return made(
                Bounds,
                number,
                number,
                number,
                number,
                st.none() | st.sampled_from(row.scale) if row.scale else st.none(),
            ).filter(lambda rule: any(bound is not None for bound in rule[:4]))
        case "span":
            return length_rules
        case "day":
            window = made(Window, short) | st.sampled_from(["required", "excluded"])
            plain = length_rules.map(DayRule)
            return plain | window if row.never else plain


fact_ids = st.lists(st.sampled_from(FACT_IDS), max_size=5, unique=True)


@st.composite
def given_facts(draw: st.DrawFn) -> tuple[tuple[str, FactValue], ...]:
    """A few facts with values."""
    return tuple((id, draw(values(id))) for id in draw(fact_ids))


STATUS: tuple[Status, ...] = ("now", "past", "never", "not_now")


def _treatment(drug: str, status: Status, when: When | None, dose: Amount | None) -> Treatment:
    since, until = (when, None) if status == "now" else (None, when if status == "past" else None)
    measured = drug in ("prednisone", "glucocorticoid") and status == "now"
    return Treatment(drug, status, since, None, until, dose if measured else None)


_treatments = st.lists(
    made(
        _treatment,
        st.sampled_from(DRUGS),
        st.sampled_from(STATUS),
        st.none() | times,
        st.sampled_from([None, Amount(5, 5), Amount(10, 20), Amount(20, 20)]),
    ),
    max_size=3,
    unique_by=lambda treatment: treatment.drug,
)
_no_other = st.sampled_from([(), (), (Treatment(OTHER, "not_now"),), (Treatment(OTHER, "never"),)])
treatments = st.tuples(_treatments, _no_other).map(lambda both: (*both[0], *both[1]))
"""A few treatments, and perhaps nothing else."""


drug_lists = st.lists(st.sampled_from(DRUGS), min_size=1, max_size=2, unique=True).map(tuple)
treatment_rules = st.one_of(
    st.builds(lambda drugs, stop: TreatmentRule(drugs, excluded=stop), drug_lists, st.sampled_from(["ever", "now"]) | short),
    st.builds(lambda drugs, need: TreatmentRule(drugs, required=need), drug_lists, st.sampled_from(["ever", "now"])),
    st.builds(
        lambda drugs, span, dose: TreatmentRule(drugs, unchanged=span, dose=dose),
        drug_lists, short, st.none() | st.just(Bounds(max=15.0)),
    ),
)  # fmt: skip

patients = made(
    Patient,
    several(SUBTYPES, 2),
    st.none() | births,
    antibody_results,
    several(COUNTRIES, 2),
    st.sampled_from([None, "female", "male"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
    st.none() | onsets,
    given_facts(),
    treatments,
)


few_fact_ids = several(FACT_IDS, 3).map(sorted)


@st.composite
def many_facts(draw: st.DrawFn) -> tuple[tuple[str, FactRule], ...]:
    """Rules on a few facts, in the order of their ids, as a trial that was read has them."""
    return tuple((id, draw(fact_rules(id))) for id in draw(few_fact_ids))


onset_bounds = st.none() | made(
    SpanRule, st.none() | spans, st.none() | spans, st.none() | short, st.none() | short
).filter(any)
onset_rules = st.just(()) | made(DayRule, onset_bounds, onset_bounds).map(lambda rule: (("onset", rule),))
"""Rules on the onset, its time since and its age."""


def _branch(
    subtypes: SubtypeRule | None,
    age: AgeRule | None,
    antibodies: AntibodyRule | None,
    facts: tuple[tuple[str, FactRule], ...],
) -> Eligibility:
    return Eligibility(subtypes=subtypes, age=age, autoantibodies=antibodies, facts=facts)


branches = made(
    _branch,
    st.none() | several(SUBTYPES, 2, 1).map(SubtypeRule),
    st.none() | spans.map(AgeRule),
    st.none() | several(ANTIBODIES, 2, 1).map(AntibodyRule),
    many_facts(),
).filter(any)

eligibilities = made(
    Eligibility,
    st.sampled_from(["summary", "full", "inclusion", None]),
    st.none() | made(SubtypeRule, several(SUBTYPES), several(SUBTYPES, 2)),
    st.none() | made(AgeRule, st.none() | spans, st.none() | st.just("none") | spans),
    st.sampled_from([None, "all", "female", "male"]),
    st.none() | made(AntibodyRule, several(ANTIBODIES), several(ANTIBODIES, 2), several(ANTIBODIES, 2)),
    st.builds(
        lambda facts, onset: tuple(sorted((*facts, *onset), key=lambda rule: rule[0])), many_facts(), onset_rules
    ),
    st.just(()) | st.lists(branches, min_size=2, max_size=2).map(tuple),
    st.just(())
    | made(AtLeast, st.integers(1, 2), st.lists(branches, min_size=2, max_size=3).map(tuple)).map(lambda rule: (rule,)),
    st.lists(treatment_rules, max_size=2).map(tuple),
)

observations = made(
    Observation, st.sampled_from(STATUSES), st.dates(date(2022, 1, 1), date(2027, 1, 1)).map(str), st.just("register")
)


def _trial(
    kind: str,
    phase: tuple[str, ...],
    status: list[Observation],
    eligibility: Eligibility,
    cohorts: list[Eligibility],
    countries: CountryRule | None,
    end: str | None,
) -> Trial:
    return Trial(
        id="NCT00000001",
        kind=kind,
        extends=("NCT00000000",) if kind == "extension" else (),
        phase=phase,
        status=tuple(status),
        eligibility=eligibility,
        cohorts=tuple(Cohort(f"cohort {place}", rules) for place, rules in enumerate(cohorts)),
        countries=countries,
        end=end,
    )


trials = made(
    _trial,
    st.sampled_from(KINDS),
    several(PHASES, 2),
    st.lists(observations, max_size=3),
    eligibilities,
    st.just([]) | st.just([]) | st.lists(eligibilities, max_size=2),
    st.none() | made(CountryRule, several(COUNTRIES), st.booleans(), several(COUNTRIES, 2)),
    st.none() | st.dates(date(2022, 1, 1), date(2030, 1, 1)).map(str),
)
"""A trial with any rules."""


registries = st.lists(trials, max_size=4).map(
    lambda drawn: tuple(trial._replace(id=f"NCT{number:08d}") for number, trial in enumerate(drawn, 1))
)
"""A few trials with different numbers."""


assert set(SUBTYPES) >= set(tree.JUVENILE_OF)
