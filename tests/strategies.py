"""Random patients and trials, built from the whole vocabulary, for properties of meaning."""

from datetime import date, timedelta

from hypothesis import strategies as st

from myofind.domain.patient import (
    OTHER,
    RESULTS,
    Amount,
    Birth,
    Chosen,
    FactValue,
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

days = st.dates(min_value=date(1926, 1, 1), max_value=DAY)
spans = st.builds(Span, st.integers(0, 90), st.sampled_from(["years", "years", "months"]))


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

short = st.builds(Span, st.sampled_from([2, 4, 6, 12, 18.5]), st.sampled_from(["weeks", "months", "days"])) | st.builds(
    Span, st.sampled_from([1, 3, 5]), st.just("years")
)
length_rules = st.builds(SpanRule, st.none() | short, st.none() | short, st.none() | short, st.none() | short)
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


@st.composite
def times(draw: st.DrawFn) -> When:
    """A day of the last years, or the month or year in which it lies."""
    first = draw(st.dates(date(2019, 1, 1), DAY))
    return When(first, min(DAY, first + timedelta(days=draw(st.sampled_from([0, 0, 30, 365])))))


def numbers(row: Row) -> st.SearchStrategy[float]:
    """Numbers near those that rules name."""
    low, high = row.range
    whole = st.sampled_from([low, high, *(one for one in (1, 2, 30, 45, 60, 70, 125, 142, 150) if low <= one <= high)])
    return whole.map(float)


def values(id: str) -> st.SearchStrategy[FactValue]:
    """Values of a fact."""
    row = FACTS[id]
    match row.kind:
        case "yes_no":
            plain = st.booleans().map(YesNo)
            past = times().map(lambda when: YesNo(True, True, when.first, when.last))
            return plain | st.just(YesNo(True, True)) | past if row.dated else plain
        case "choice":
            ids = [one.id for one in row.values if one.id != "none"]
            one = st.sampled_from([value.id for value in row.values]).map(lambda value: Chosen((value,)))
            dated = st.tuples(st.sampled_from(ids), times()).map(lambda both: Chosen((both[0],), (), *both[1]))
            return one | st.sampled_from(ids).map(lambda value: Chosen((), (value,))) | (dated if row.dated else one)
        case "number":
            exact = numbers(row).map(
                lambda number: Amount(number, number, row.scale[0] if len(row.scale) > 1 else None)
            )
            bound = numbers(row).map(lambda number: Amount(number, None, row.scale[0] if len(row.scale) > 1 else None))
            return exact | bound
        case "span" | "day":
            return times() | st.just(When()) if row.never else times()


def fact_rules(id: str) -> st.SearchStrategy[FactRule]:
    """Rules on a fact, of every shape the file accepts."""
    row = FACTS[id]
    match row.kind:
        case "yes_no":
            return st.sampled_from(STANCES) | st.builds(Window, st.none() | short)
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
            return st.builds(
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
            window = st.builds(Window, short) | st.sampled_from(["required", "excluded"])
            plain = length_rules.map(DayRule)
            return plain | window if row.never else plain


@st.composite
def given_facts(draw: st.DrawFn, most: int = 5) -> tuple[tuple[str, FactValue], ...]:
    """A few facts with values."""
    ids = draw(st.lists(st.sampled_from(FACT_IDS), max_size=most, unique=True))
    return tuple((id, draw(values(id))) for id in ids)


STATUS: tuple[Status, ...] = ("now", "past", "never", "not_now")


@st.composite
def treatments(draw: st.DrawFn) -> tuple[Treatment, ...]:
    """A few treatments, or nothing else."""
    drugs = draw(st.lists(st.sampled_from(DRUGS), max_size=3, unique=True))
    listed = []
    for drug in drugs:
        status: Status = draw(st.sampled_from(STATUS))
        when = draw(st.none() | times()) if status in ("now", "past") else None
        dose = (
            draw(st.sampled_from([None, Amount(5, 5), Amount(10, 20), Amount(20, 20)]))
            if drug in ("prednisone", "glucocorticoid") and status == "now"
            else None
        )
        since, until = (when, None) if status == "now" else (None, when)
        listed.append(Treatment(drug, status, since, None, until, dose))
    if draw(st.booleans()):
        listed.append(Treatment(OTHER, draw(st.sampled_from(["not_now", "never"]))))
    return tuple(listed)


drug_lists = st.lists(st.sampled_from(DRUGS), min_size=1, max_size=2, unique=True).map(tuple)
treatment_rules = st.one_of(
    st.builds(lambda drugs, stop: TreatmentRule(drugs, excluded=stop), drug_lists, st.sampled_from(["ever", "now"]) | short),
    st.builds(lambda drugs, need: TreatmentRule(drugs, required=need), drug_lists, st.sampled_from(["ever", "now"])),
    st.builds(
        lambda drugs, span, dose: TreatmentRule(drugs, unchanged=span, dose=dose),
        drug_lists, short, st.none() | st.just(Bounds(max=15.0)),
    ),
)  # fmt: skip

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
    given_facts(),
    treatments(),
)


@st.composite
def many_facts(draw: st.DrawFn, most: int = 3) -> tuple[tuple[str, FactRule], ...]:
    """Rules on a few facts, in the order of their ids, as a trial that was read has them."""
    ids = draw(st.lists(st.sampled_from(FACT_IDS), max_size=most, unique=True))
    return tuple((id, draw(fact_rules(id))) for id in sorted(ids))


@st.composite
def onset_rules(draw: st.DrawFn) -> tuple[tuple[str, FactRule], ...]:
    """Rules on the onset, its time since and its age."""
    bounds = st.none() | st.builds(
        SpanRule, st.none() | spans, st.none() | spans, st.none() | short, st.none() | short
    ).filter(any)
    return draw(st.just(()) | st.builds(DayRule, bounds, bounds).map(lambda rule: (("onset", rule),)))


def _branch(
    subtypes: SubtypeRule | None,
    age: AgeRule | None,
    antibodies: AntibodyRule | None,
    facts: tuple[tuple[str, FactRule], ...],
) -> Eligibility:
    return Eligibility(subtypes=subtypes, age=age, autoantibodies=antibodies, facts=facts)


branches = st.builds(
    _branch,
    st.none() | several(SUBTYPES, 2, 1).map(SubtypeRule),
    st.none() | spans.map(AgeRule),
    st.none() | several(ANTIBODIES, 2, 1).map(AntibodyRule),
    many_facts(2),
).filter(any)

eligibilities = st.builds(
    Eligibility,
    st.sampled_from(["summary", "full", "inclusion", None]),
    st.none() | st.builds(SubtypeRule, several(SUBTYPES), several(SUBTYPES, 2)),
    st.none() | st.builds(AgeRule, st.none() | spans, st.none() | st.just("none") | spans),
    st.sampled_from([None, "all", "female", "male"]),
    st.none() | st.builds(AntibodyRule, several(ANTIBODIES), several(ANTIBODIES, 2), several(ANTIBODIES, 2)),
    st.builds(
        lambda facts, onset: tuple(sorted((*facts, *onset), key=lambda rule: rule[0])), many_facts(), onset_rules()
    ),
    st.just(()) | st.lists(branches, min_size=2, max_size=2).map(tuple),
    st.just(())
    | st.builds(AtLeast, st.integers(1, 2), st.lists(branches, min_size=2, max_size=3).map(tuple)).map(
        lambda rule: (rule,)
    ),
    st.lists(treatment_rules, max_size=2).map(tuple),
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
