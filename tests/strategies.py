"""Random patients and trials, built from the whole vocabulary, for properties of meaning."""

from datetime import date, timedelta

from hypothesis import strategies as st

from myofind.domain.patient import RESULTS, Birth, Onset, Patient, Result
from myofind.domain.trial import (
    KINDS,
    PHASES,
    STANCES,
    STATUSES,
    AgeRule,
    AntibodyRule,
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

days = st.dates(min_value=date(1926, 1, 1), max_value=DAY)
spans = st.builds(Span, st.integers(0, 90), st.sampled_from(["years", "years", "months"]))


def several(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different values."""
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


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


@st.composite
def births(draw: st.DrawFn) -> Birth:
    """A birth date, or the year in which it lies."""
    latest = draw(days)
    return Birth(latest - timedelta(days=draw(st.sampled_from([0, 0, 30, 364]))), latest)


onsets = st.one_of(
    st.builds(
        lambda first, more: Onset(first, min(DAY, first + timedelta(days=more))),
        st.dates(date(2000, 1, 1), DAY),
        st.sampled_from([0, 30, 365]),
    ),
    st.integers(0, 60).map(lambda years: Onset(youngest_months=years * 12, oldest_months=years * 12 + 11)),
)

patients = st.builds(
    Patient,
    several(SUBTYPES, 2),
    st.none() | births(),
    antibody_results,
    several(COUNTRIES, 2),
    st.sampled_from([None, "female", "male"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
    st.none() | onsets,
)

eligibilities = st.builds(
    Eligibility,
    st.sampled_from(["summary", "full"]),
    st.none() | st.builds(SubtypeRule, several(SUBTYPES), several(SUBTYPES, 2)),
    st.none() | st.builds(AgeRule, st.none() | spans, st.none() | st.just("none") | spans),
    st.sampled_from([None, "all", "female", "male"]),
    st.none() | st.builds(AntibodyRule, several(ANTIBODIES), several(ANTIBODIES, 2), several(ANTIBODIES, 2)),
    st.sampled_from([None, *STANCES]),
    st.sampled_from([None, *STANCES]),
    st.none() | st.builds(SpanRule, st.none() | spans, st.none() | spans),
    st.none() | st.builds(SpanRule, st.none() | spans, st.none() | spans),
)

observations = st.builds(
    Observation, st.sampled_from(STATUSES), st.dates(date(2022, 1, 1), date(2027, 1, 1)).map(str), st.just("register")
)


@st.composite
def trials(draw: st.DrawFn, number: int = 1) -> Trial:
    """A trial with any rules."""
    kind = draw(st.sampled_from(KINDS))
    return Trial(
        id=f"NCT{number:08d}",
        kind=kind,
        extends=("NCT00000000",) if kind == "extension" else (),
        phase=draw(several(PHASES, 2)),
        status=tuple(draw(st.lists(observations, max_size=3))),
        eligibility=draw(eligibilities),
        cohorts=tuple(
            Cohort(f"cohort {i}", draw(eligibilities)) for i in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
        ),
        countries=draw(st.none() | st.builds(CountryRule, several(COUNTRIES), st.booleans(), several(COUNTRIES, 2))),
        end=draw(st.none() | st.dates(date(2022, 1, 1), date(2030, 1, 1)).map(str)),
    )


@st.composite
def registries(draw: st.DrawFn, most: int = 4) -> tuple[Trial, ...]:
    """A few trials with different numbers."""
    return tuple(draw(trials(number)) for number in range(1, 1 + draw(st.integers(0, most))))


assert set(SUBTYPES) >= set(tree.JUVENILE_OF)
