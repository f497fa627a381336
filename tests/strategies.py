"""Random patients and trials, built from the whole vocabulary, for properties of meaning.

A strategy is made once: to make one costs more than to draw from it. Hypothesis takes as long for every choice as the
program for a rule: where there are few values, one choice is among all of them.
"""

import itertools
from collections.abc import Callable, Iterable
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
from myofind.domain.recruitment import STATE_OF
from myofind.domain.rules import (
    STANCES,
    AgeRule,
    AntibodyRule,
    Bounds,
    CountryRule,
    DayRule,
    FactRule,
    Span,
    SpanRule,
    SubtypeRule,
    TreatmentRule,
    Unit,
    Values,
    Window,
)
from myofind.domain.trial import KINDS, PHASES, AtLeast, Cohort, Eligibility, Observation, Trial
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
UNITS: tuple[Unit, ...] = ("years", "years", "months")

T = TypeVar("T")


def made(kind: Callable[..., T], *fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Records of which the first fields are drawn; `builds` would invent texts for the others."""
    return st.tuples(*fields).map(lambda values: kind(*values))


def maybe(values: Iterable[T]) -> st.SearchStrategy[T | None]:
    """One of some values, or as often none."""
    listed = list(values)
    return st.sampled_from([*([None] * len(listed)), *listed])


def dates(first: date, last: date) -> st.SearchStrategy[date]:
    """A day from one to another."""
    return st.integers(first.toordinal(), last.toordinal()).map(date.fromordinal)


days = dates(date(1926, 1, 1), DAY)
SPANS = [Span(number, unit) for number in range(91) for unit in UNITS]
spans = st.sampled_from(SPANS)


@cache
def several(values: tuple[T, ...], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    """A few different values, all told by one number."""
    sizes = range(least, min(most, len(values)) + 1)

    def chosen(number: int) -> tuple[T, ...]:
        number, size = divmod(number, len(sizes))
        left, picked = list(values), list[T]()
        for _ in range(sizes[size]):
            number, place = divmod(number, len(left))
            picked.append(left.pop(place))
        return tuple(picked)

    return st.integers(0, len(sizes) * len(values) ** sizes[-1] - 1).map(chosen)


def consistent(results: dict[str, Result]) -> bool:
    """No class is negative while a member is positive: such input is refused before it gets here."""
    return not any(
        result == "positive" and any(results.get(group) == "negative" for group in ab.groups(one))
        for one, result in results.items()
    )


antibody_results = (
    st.tuples(several(ANTIBODIES, 4), st.sampled_from(list(itertools.product(RESULTS, repeat=4))))
    .map(lambda both: dict(zip(*both, strict=False)))
    .filter(consistent)
    .map(lambda found: tuple(sorted(found.items())))
)


births = made(
    lambda latest, before: Birth(latest - timedelta(days=before), latest), days, st.sampled_from([0, 0, 30, 364])
)
"""A birth date, or the month or year in which it lies."""


onsets = st.one_of(
    made(
        lambda first, more: Onset(first, min(DAY, first + timedelta(days=more))),
        dates(date(2000, 1, 1), DAY),
        st.sampled_from([0, 30, 365]),
    ),
    st.integers(0, 60).map(lambda years: Onset(youngest_months=years * 12, oldest_months=years * 12 + 11)),
)

SHORT_UNITS: tuple[Unit, ...] = ("weeks", "months", "days")
SHORT = [
    *(Span(number, unit) for number in (2, 4, 6, 12, 18.5) for unit in SHORT_UNITS),
    *(Span(number, "years") for number in (1, 3, 5)),
]
short = st.sampled_from(SHORT)
perhaps_short = maybe(SHORT)
length_rules = made(SpanRule, perhaps_short, perhaps_short, perhaps_short, perhaps_short)
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


times = made(
    lambda first, more: When(first, min(DAY, first + timedelta(days=more))),
    dates(date(2019, 1, 1), DAY),
    st.sampled_from([0, 0, 30, 365]),
)
"""A day of the last years, or the month or year in which it lies."""


def numbers(row: Row) -> list[float]:
    """Numbers near those that rules name."""
    low, high = row.range
    return [float(one) for one in (low, high, 1, 2, 30, 45, 60, 70, 125, 142, 150) if low <= one <= high]


@cache
def values(id: str) -> st.SearchStrategy[FactValue]:
    """Values of a fact, and a doubt."""
    row = FACTS[id]
    told: list[FactValue] = [*_undated(row), InDoubt()]
    dated = row.dated or row.kind in ("span", "day")
    return st.sampled_from(told) | times.flatmap(_on(row)) if dated else st.sampled_from(told)


def _undated(row: Row) -> list[FactValue]:
    match row.kind:
        case "yes_no":
            return [YesNo(True), YesNo(False), *([YesNo(True, True)] if row.dated else [])]
        case "choice":
            every = [one.id for one in row.values]
            return [*(Chosen((one,)) for one in every), *(Chosen((), (one,)) for one in every if one != "none")]
        case "number":
            scale = row.scale[0] if len(row.scale) > 1 else None
            return [Amount(one, high, scale) for one in numbers(row) for high in (one, None)]
        case "span" | "day":
            return [When()] if row.never else []


def _on(row: Row) -> Callable[[When], st.SearchStrategy[FactValue]]:
    """What held of a fact on the days of a time."""

    def dated(when: When) -> st.SearchStrategy[FactValue]:
        if row.kind == "yes_no":
            return st.just(YesNo(True, True, when.first, when.last))
        if row.kind == "choice":
            return st.sampled_from([Chosen((one.id,), (), *when) for one in row.values if one.id != "none"])
        return st.just(when)

    return dated


@cache
def fact_rules(id: str) -> st.SearchStrategy[FactRule]:
    """Rules on a fact, of every shape the file accepts."""
    row = FACTS[id]
    match row.kind:
        case "yes_no":
            return st.sampled_from(STANCES) | perhaps_short.map(Window)
        case "choice":
            some = several(tuple(one.id for one in row.values if one.id != "none"), 2, 1)
            within = perhaps_short if row.dated else st.none()
            return made(lambda ids, age: Values(ids, (), age), some, within) | some.map(lambda ids: Values((), ids))
        case "number":
            number = maybe(numbers(row))
            return made(Bounds, number, number, number, number, maybe(row.scale) if row.scale else st.none()).filter(
                lambda rule: any(bound is not None for bound in rule[:4])
            )
        case "span":
            return length_rules
        case "day":
            window = short.map(Window) | st.sampled_from(["required", "excluded"])
            plain = length_rules.map(DayRule)
            return plain | window if row.never else plain


fact_ids = several(FACT_IDS, 5)


@st.composite
def given_facts(draw: st.DrawFn) -> tuple[tuple[str, FactValue], ...]:
    """A few facts with values."""
    return tuple((id, draw(values(id))) for id in draw(fact_ids))


STATUS: tuple[Status, ...] = ("now", "past", "never", "not_now")


def _treatment(drug: str, status: Status, when: When | None, dose: Amount | None) -> Treatment:
    since, until = (when, None) if status == "now" else (None, when if status == "past" else None)
    measured = drug in ("prednisone", "glucocorticoid") and status == "now"
    return Treatment(drug, status, since, None, until, dose if measured else None)


DOSES = (None, Amount(5, 5), Amount(10, 20), Amount(20, 20))
_taken = st.tuples(st.sampled_from(list(itertools.product(STATUS, DOSES, (False, True)))), times)
_no_other = st.sampled_from([(), (), (Treatment(OTHER, "not_now"),), (Treatment(OTHER, "never"),)])


@st.composite
def _treatments(draw: st.DrawFn) -> tuple[Treatment, ...]:
    found = []
    for drug in draw(several(DRUGS)):
        (status, dose, dated), when = draw(_taken)
        found.append(_treatment(drug, status, when if dated else None, dose))
    return (*found, *draw(_no_other))


treatments = _treatments()
"""A few treatments, and perhaps nothing else."""


drug_lists = several(DRUGS, 2, 1)
treatment_rules = st.one_of(
    made(lambda drugs, stop: TreatmentRule(drugs, excluded=stop), drug_lists, st.sampled_from(["ever", "ever", "now", "now", *SHORT[::4]])),
    made(lambda drugs, need: TreatmentRule(drugs, required=need), drug_lists, st.sampled_from(["ever", "now"])),
    made(
        lambda drugs, span, dose: TreatmentRule(drugs, unchanged=span, dose=dose),
        drug_lists, short, st.sampled_from([None, Bounds(max=15.0)]),
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


perhaps_span = maybe(SPANS)
onset_bounds = st.none() | made(SpanRule, perhaps_span, perhaps_span, perhaps_short, perhaps_short).filter(any)
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

_first_rules = (
    st.sampled_from(["summary", "full", "inclusion", None]),
    st.none() | made(SubtypeRule, several(SUBTYPES), several(SUBTYPES, 2)),
    st.none() | made(AgeRule, perhaps_span, st.sampled_from([*([None] * 90), *(["none"] * 90), *SPANS])),
    st.sampled_from([None, "all", "female", "male"]),
    st.none() | made(AntibodyRule, several(ANTIBODIES), several(ANTIBODIES, 2), several(ANTIBODIES, 2)),
)
plain_eligibilities = made(Eligibility, *_first_rules, onset_rules)
"""Criteria without facts of the table, alternatives and treatments."""
eligibilities = made(
    Eligibility,
    *_first_rules,
    made(lambda facts, onset: tuple(sorted((*facts, *onset), key=lambda rule: rule[0])), many_facts(), onset_rules),
    st.just(()) | st.lists(branches, min_size=2, max_size=2).map(tuple),
    st.just(())
    | made(AtLeast, st.integers(1, 2), st.lists(branches, min_size=2, max_size=3).map(tuple)).map(lambda rule: (rule,)),
    st.lists(treatment_rules, max_size=2).map(tuple),
)

observations = made(
    Observation,
    st.sampled_from(tuple(STATE_OF)),
    dates(date(2022, 1, 1), date(2027, 1, 1)).map(str),
    st.just("register"),
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
    st.none() | dates(date(2022, 1, 1), date(2030, 1, 1)).map(str),
)
"""A trial with any rules."""


registries = st.lists(trials, max_size=4).map(
    lambda drawn: tuple(trial._replace(id=f"NCT{number:08d}") for number, trial in enumerate(drawn, 1))
)
"""A few trials with different numbers."""


assert set(SUBTYPES) >= set(tree.JUVENILE_OF)
