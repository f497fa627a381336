"""Small registries and patients for properties: few values, so that every combination of rules meets.

A strategy is made once: to make one costs more than to draw from it.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from myofind.domain.dates import add_age
from myofind.domain.patient import RESULTS, Birth, Onset, Patient
from myofind.domain.rules import AgeRule, AntibodyRule, CountryRule, DayRule, FactRule, Span, SpanRule, SubtypeRule
from myofind.domain.trial import Cohort, Eligibility, Observation, Trial
from tests.strategies import made, maybe, several

DAY = date(2026, 11, 20)
SUBTYPES = ("iim", "dm", "pm", "jdm", "asys", "imnm", "imnm_srp", "ibm", "cadm", "adm", "jiim", "dm_mda5", "statin_tox")
RULE_SUBTYPES = SUBTYPES[:-1]
ANTIBODIES = ("jo1", "pl7", "ars_any", "non_jo1_ars", "msa_any", "srp", "hmgcr", "imnm_ab_any", "mi2", "mi2a")
COUNTRIES = ("FR", "DE", "US")
STANCES = ("required", "excluded", "allowed")


def some(values: tuple[str, ...], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """A few different values."""
    return several(values, most, least)


@cache
def optional(strategy: Any) -> Any:
    """A value, or nothing."""
    return st.none() | strategy


YEARS = [Span(number, "years") for number in (2, 5, 17, 18, 40, 75)]
MONTHS = [Span(number, "months") for number in (3, 6, 18, 18.5, 210)]
SPANS = [*YEARS, *MONTHS]
WHOLE = [span for span in SPANS if span.number == int(span.number)]
perhaps_span = maybe(SPANS)
span_rules = st.tuples(perhaps_span, perhaps_span, st.booleans()).map(
    lambda drawn: SpanRule(*drawn[:2]) if drawn[2] else SpanRule(None, None, *drawn[:2])
)


def recorded(
    *, coverage: str | None = None, ild: str | None = None, refractory: str | None = None, duration: SpanRule | None = None,
    onset_age: SpanRule | None = None, **others: Any,
) -> Eligibility:  # fmt: skip
    """Rules by the names of their criteria."""
    facts: list[tuple[str, FactRule]] = [
        (id, rule) for id, rule in (("ild", ild), ("refractory", refractory)) if rule is not None
    ]
    if duration is not None or onset_age is not None:
        facts.append(("onset", DayRule(duration, onset_age)))
    return Eligibility(coverage=coverage, facts=tuple(facts), **others)


RULES = {
    "coverage": st.sampled_from([None, "full"]),
    "subtypes": optional(made(SubtypeRule, some(RULE_SUBTYPES), some(RULE_SUBTYPES, 1))),
    "age": maybe(itertools.starmap(AgeRule, itertools.product((None, *WHOLE), (None, "none", *WHOLE)))),
    "sex": maybe(["female", "male", "all"]),
    "autoantibodies": optional(made(AntibodyRule, some(ANTIBODIES), some(ANTIBODIES, 2), some(ANTIBODIES, 2))),
    "ild": maybe(STANCES),
    "refractory": maybe(STANCES),
    "duration": optional(span_rules),
    "onset_age": optional(span_rules),
}
CRITERIA = tuple(RULES)
rules = st.fixed_dictionaries(RULES).map(lambda drawn: recorded(**drawn))


@st.composite
def few_rules(draw: Any) -> Eligibility:
    """One or two criteria recorded: most missing facts then decide something."""
    names = draw(some((*CRITERIA, "nothing"), 2, 1))
    return recorded(**{name: draw(RULES[name]) for name in CRITERIA if name in names})


countries = optional(made(CountryRule, some(COUNTRIES), st.booleans(), some(COUNTRIES, 1)))
statuses = st.just(()) | st.sampled_from(["recruiting", "not_yet_recruiting", "completed", "unknown"]).map(
    lambda value: (Observation(value, "2026-06-01", "one"),)
)


@st.composite
def trials(draw: Any, least: int = 1, most: int = 4, own: Any = rules) -> tuple[Trial, ...]:
    """A registry of a few trials, some with cohorts."""
    found = []
    for number in range(draw(st.integers(least, most))):
        found.append(
            Trial(
                f"NCT{number:08}",
                draw(st.sampled_from(["interventional", "interventional", "interventional", "extension", "registry"])),
                status=draw(statuses),
                eligibility=draw(own),
                cohorts=tuple(
                    Cohort(f"cohort {one}", draw(own)) for one in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
                ),
                countries=draw(countries),
                end=draw(st.sampled_from([None, "2026-12", "2028"])),
            )
        )
    return tuple(found)


births = made(
    lambda ago, more: Birth(DAY - timedelta(days=ago), DAY - timedelta(days=max(0, ago - more))),
    st.integers(0, 80 * 366),
    st.sampled_from([0, 0, 30, 364]),
)
"""A birth date, or one known to a month or a year."""


@st.composite
def patients(draw: Any, unknown: float = 0) -> Patient:
    """A patient of whom little or much is known, without contradiction; `unknown` hides facts that often."""
    birth = draw(optional(births))
    found = _known(draw, birth)
    hidden: dict[str, Any] = {
        name: empty
        for name, empty in zip(Patient._fields, Patient(), strict=True)
        if draw(st.integers(1, 100)) <= unknown * 100
    }
    return found._replace(**hidden)


ASKED = list(itertools.product((None, None, "female", "male"), (None, None, True, False), (None, None, True, False)))
"""Sex, lung disease, refractory."""


def _known(draw: Any, birth: Birth | None) -> Patient:
    sex, ild, refractory = draw(st.sampled_from(ASKED))
    diagnoses, told, here = draw(some(SUBTYPES, 2)), draw(results()), draw(some(COUNTRIES, 2))
    return Patient(diagnoses, birth, told, here, sex, ild, refractory, draw(onsets(birth)))


RESULTS_OF_THREE = list(itertools.product(RESULTS, repeat=3))


@st.composite
def results(draw: Any) -> tuple[tuple[str, str], ...]:
    """Results of antibodies in which no negative class has a positive member."""
    from myofind.names.autoantibodies import groups

    found = dict(zip(draw(some(ANTIBODIES)), draw(st.sampled_from(RESULTS_OF_THREE)), strict=False))
    for one, result in list(found.items()):
        if result == "positive":
            for group in groups(one):
                if found.get(group) == "negative":
                    del found[group]
    return tuple(sorted(found.items()))


@st.composite
def onsets(draw: Any, birth: Birth | None) -> Onset | None:
    """An onset between birth and today: a day, a year or an age."""
    kind = draw(st.sampled_from(["none", "none", "day", "year", "age"]))
    start = birth.earliest if birth else DAY - timedelta(days=40 * 366)
    if kind == "none" or start == DAY:
        return None
    if kind == "age":
        most = (DAY.year - start.year) * 12 + DAY.month - start.month
        months = draw(st.integers(0, max(0, most)))
        if birth and add_age(birth.earliest, months, "months") > DAY:
            months = max(0, months - 1)
        return Onset(youngest_months=months, oldest_months=months + draw(st.sampled_from([0, 11])))
    earliest = start + timedelta(days=draw(st.integers(0, (DAY - start).days)))
    return Onset(earliest, min(DAY, earliest + timedelta(days=0 if kind == "day" else 364)))
