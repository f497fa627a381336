"""The verdict of one patient for one trial, written apart from the product, from its description of meaning alone.

A trial is the plain mapping its YAML gives, every scalar as text. A patient is a mapping, every key optional:

    subtypes    diagnoses under discussion, by id
    born        first and last day on which the patient may have been born
    antibodies  results by id: positive, negative, borderline or not_tested
    countries   country codes
    sex         female or male
    onset       {days: [first, last]} between which the disease began, or {months: [least, most]}, the age at which it did
    ild, refractory   True or False

A fact that is a range is tried day by day: a criterion is met if it is on all of them, not met if on none, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from naive_times import MONTHS_IN, ONE_DAY, aged, completed, day_completing, keeps, lasts, length, walk

Plain = dict[str, Any]
Outcomes = dict[str, str]

NAMES = Path(__file__).resolve().parents[1] / "src" / "myofind" / "names" / "data"
CHILD_FORMS = {"dm": "jdm", "pm": "jpm", "imnm": "jimnm", "overlap": "joverlap", "iim": "jiim"}
APART = ({"cadm", "adm", "hdm"}, {"dmsd"}, {"jiim", "jdm", "jpm", "jimnm", "joverlap"}, {"ibm"})
"""Forms that trials treat apart: where a patient has one, the trial must name one of the same group."""
IMPLIED_ANTIBODIES = {"dm_mda5": "mda5", "mda5_ild": "mda5", "imnm_srp": "srp", "imnm_hmgcr": "hmgcr"}
IMPLIED_ILD = {"asys_ild", "mda5_ild"}
QUALIFIERS = {"cam", "jiim"}
"""Words that qualify: beside a diagnosis they hold for each of them."""
CHILDHOOD = 18 * 12


def parents_in(file: str) -> dict[str, set[str]]:
    """Every id of a vocabulary and its parents."""
    terms = yaml.safe_load((NAMES / file).read_text(encoding="utf-8"))["terms"]
    return {term["id"]: set(term.get("parents", ())) for term in terms}


SUBTYPES = parents_in("subtypes.yaml")
ANTIBODIES = parents_in("antibodies.yaml")


def line(tree: dict[str, set[str]], id: str) -> set[str]:
    """An id and everything above it."""
    above = {id}
    for parent in tree[id]:
        above |= line(tree, parent)
    return above


SUBTYPE_LINES = {id: line(SUBTYPES, id) for id in SUBTYPES}
ANTIBODY_LINES = {id: line(ANTIBODIES, id) for id in ANTIBODIES}


def over(answers: Iterable[bool]) -> str:
    """Met if true of everything possible, not met if of nothing, else unknown."""
    seen = set(answers)
    return "unknown" if seen != {True} and seen != {False} else "met" if seen == {True} else "not_met"


def all_of(outcomes: Iterable[str]) -> str:
    """Strong Kleene "and"."""
    seen = set(outcomes)
    return "not_met" if "not_met" in seen else "unknown" if "unknown" in seen else "met"


def any_of(outcomes: Iterable[str]) -> str:
    """Strong Kleene "or"."""
    seen = set(outcomes)
    return "met" if "met" in seen else "unknown" if "unknown" in seen else "not_met"


def agreed(outcomes: Iterable[str]) -> str:
    """What every possible patient shares, else unknown."""
    seen = set(outcomes)
    return seen.pop() if len(seen) == 1 else "unknown"


# What is known of the patient, as everything that is possible


def birth_days(patient: Plain) -> list[date] | None:
    """Every day on which the patient may have been born."""
    return list(walk(*patient["born"])) if patient.get("born") else None


def onset_days(patient: Plain, births: list[date] | None, day: date) -> list[date] | None:
    """Every day on which the disease may have begun."""
    onset = patient.get("onset")
    if not onset:
        return None
    if "days" in onset:
        first, last = onset["days"]
        return list(walk(max(first, births[0]) if births else first, min(last, day)))
    if births is None:
        return None
    least, most = onset["months"]
    possible: set[date] = set()
    for birth in births:
        last = min(day, day_completing(birth, most + 1, "months") - ONE_DAY)
        possible.update(walk(day_completing(birth, least, "months"), last))
    return sorted(possible)


def onset_ages(patient: Plain, births: list[date] | None, day: date) -> list[int] | None:
    """Every age in completed months at which the disease may have begun, if anything was said of its beginning."""
    onset = patient.get("onset")
    if not onset:
        return None
    if "months" in onset:
        least, most = onset["months"]
        most = min(most, completed(births[0], day, "months")) if births else most
        return list(range(least, most + 1))
    if births is None:
        return None
    first, last = onset["days"]
    days = [first, last] if len(births) > 1 else list(walk(first, last))
    return sorted({completed(birth, start, "months") for birth in births for start in days if birth <= start <= day})


def childhood(patient: Plain, births: list[date] | None, ages: list[int] | None, day: date) -> set[bool]:
    """Whether the disease began before 18, as far as the reading of the subtype goes; both where it may and may not."""
    if ages is not None:
        return {age < CHILDHOOD for age in ages}
    if births is None:
        return {True, False}
    return {completed(birth, day, "months") < CHILDHOOD for birth in births}


class Reading:
    """One diagnosis under discussion, with what it implies and what holds of the patient under any diagnosis."""

    def __init__(self, patient: Plain, id: str | None, qualifiers: set[str], day: date) -> None:
        self.id = id
        self.patient = patient
        self.births = birth_days(patient)
        self.onset_days = onset_days(patient, self.births, day)
        self.onset_ages = onset_ages(patient, self.births, day)
        self.children = childhood(patient, self.births, self.onset_ages, day)
        self.adulthood_presumed = self.onset_ages is None and self.children == {False}
        self.qualifiers = qualifiers
        if id is not None and ("jiim" in SUBTYPE_LINES[id] or "jiim" in qualifiers):
            self.children, self.adulthood_presumed = {True}, False
            self.onset_ages = self.onset_ages or list(range(CHILDHOOD))
        self.antibodies = dict(patient.get("antibodies", {}))
        if id in IMPLIED_ANTIBODIES:
            self.antibodies[IMPLIED_ANTIBODIES[id]] = "positive"
        self.ild = True if id in IMPLIED_ILD else patient.get("ild")


def readings(patient: Plain, day: date) -> list[Reading]:
    """The diagnoses under discussion, one by one; words that qualify go to each of them."""
    ids = patient.get("subtypes", [])
    qualified = [id for id in ids if id not in QUALIFIERS and "iim" in SUBTYPE_LINES[id]]
    qualifiers = {id for id in ids if id in QUALIFIERS} if qualified else set()
    diagnoses: list[str | None] = [id for id in ids if id not in qualifiers]
    return [Reading(patient, id, qualifiers, day) for id in diagnoses or [None]]


# Criteria


def subtype(rule: Plain | None, reading: Reading) -> str:
    """The diagnosis, in childhood and in adulthood where either is possible.

    Onset in adulthood is presumed of who is 18 or over and gave no onset; a presumption admits and never excludes.
    """
    if reading.id is not None and "not_iim" in SUBTYPE_LINES[reading.id]:
        return "not_met"
    if rule is None:
        return "not_recorded"
    if reading.id is None:
        return "unknown"
    admits, excludes = set(rule.get("admits", ())), set(rule.get("excludes", ()))
    child, adult = (subtype_of(admits, excludes, reading.id, reading.qualifiers, young) for young in (True, False))
    if reading.adulthood_presumed and adult == "met":
        return "met"
    possible = {True, False} if reading.adulthood_presumed else reading.children
    return agreed(child if young else adult for young in possible)


def labels(id: str, qualifiers: set[str], child: bool) -> set[str]:
    """Everything a diagnosis is: itself, what lies above it, what qualifies it, and its childhood form."""
    named = set(SUBTYPE_LINES[id]).union(*(SUBTYPE_LINES[each] for each in qualifiers))
    return named | {form for adult, form in CHILD_FORMS.items() if child and adult in named}


def subtype_of(admits: set[str], excludes: set[str], id: str, qualifiers: set[str], child: bool) -> str:
    named = labels(id, qualifiers, child)
    if named & excludes:
        return "not_met"
    if not admits:
        return "met"
    if named & admits:
        silent = [forms for forms in APART if named & forms and not named & forms & admits]
        return "unknown" if silent else "met"
    adult_kind = next((adult for adult, form in CHILD_FORMS.items() if form == id), id)
    for finer, above in SUBTYPE_LINES.items():
        grown_up_only = not child and "jiim" in above
        if adult_kind in above and not grown_up_only and labels(finer, qualifiers, child) & admits:
            return "unknown"
    return "not_met"


def age(rule: Plain | None, reading: Reading, day: date) -> str:
    """Completed years or months, on every possible birth day."""
    if rule is None:
        return "not_recorded"
    if set(rule.values()) == {"none"}:
        return "met"
    if reading.births is None:
        return "unknown"
    return over(aged(rule, birth, day) for birth in reading.births)


def has_antibody(wanted: str, results: Plain) -> str:
    """Whether an antibody, or a class of them, was found."""
    found = {id for id, result in results.items() if result == "positive"}
    absent = {id for id, result in results.items() if result == "negative"}
    if any(wanted in ANTIBODY_LINES[id] for id in found):
        return "met"
    members = [id for id in ANTIBODIES if wanted in ANTIBODY_LINES[id] and id != wanted]
    if ANTIBODY_LINES[wanted] & absent:
        return "not_met"
    if members and all(has_antibody(id, results) == "not_met" for id in members):
        return "not_met"
    return "unknown"


def autoantibodies(rule: Plain | None, results: Plain) -> str:
    """At least one of those required, all of those required, none of those excluded."""
    if rule is None:
        return "not_recorded"
    parts = [has_antibody(id, results) for id in rule.get("required_all", ())]
    if rule.get("required_any"):
        parts.append(any_of(has_antibody(id, results) for id in rule["required_any"]))
    parts += [opposite(has_antibody(id, results)) for id in rule.get("excluded", ())]
    return all_of(parts)


def opposite(outcome: str) -> str:
    return {"met": "not_met", "not_met": "met"}.get(outcome, outcome)


def country(rule: Plain | None, countries: list[str]) -> str:
    """The best of the patient's countries."""
    if rule is None:
        return "not_recorded"
    if not countries:
        return "unknown"
    return any_of(one_country(rule, each) for each in countries)


def one_country(rule: Plain, code: str) -> str:
    if code in rule.get("listed", ()):
        return "met"
    if code in rule.get("not_in", ()) or rule.get("complete") == "true":
        return "not_met"
    return "unknown"


def sex(rule: str | None, patient: Plain) -> str:
    if rule is None:
        return "not_recorded"
    if rule == "all":
        return "met"
    given = patient.get("sex")
    return "unknown" if given is None else "met" if given == rule else "not_met"


def stance(rule: str | None, fact: bool | None) -> str:
    """A yes or no that is required, excluded or allowed."""
    if rule is None:
        return "not_recorded"
    if rule == "allowed":
        return "met"
    return "unknown" if fact is None else "met" if fact is (rule == "required") else "not_met"


def duration(rule: Plain | None, reading: Reading, day: date) -> str:
    """The time since the disease began, on every day on which it may have."""
    if rule is None:
        return "not_recorded"
    if reading.onset_days is None:
        return "unknown"
    return over(lasts(rule, start, day) for start in reading.onset_days)


def onset_age(rule: Plain | None, reading: Reading) -> str:
    """The age at which the disease began."""
    if rule is None:
        return "not_recorded"
    if reading.onset_ages is None:
        return "unknown"
    return over(age_within(rule, months) for months in reading.onset_ages)


def age_within(rule: Plain, months: int) -> bool:
    """Whether an age in completed months keeps its bounds, each in its own unit."""
    for name, text in rule.items():
        number, unit = length(text)
        if not keeps(name, months // MONTHS_IN[unit], number):
            return False
    return True


def own_criteria(rules: Plain, reading: Reading, day: date) -> Outcomes:
    """The outcomes of the criteria in one `eligibility`."""
    return {
        "subtype": subtype(rules.get("subtypes"), reading),
        "age": age(rules.get("age"), reading, day),
        "autoantibodies": autoantibodies(rules.get("autoantibodies"), reading.antibodies),
        "sex": sex(rules.get("sex"), reading.patient),
        "ild": stance(rules.get("ild"), reading.ild),
        "refractory": stance(rules.get("refractory"), reading.patient.get("refractory")),
        "duration": duration(rules.get("duration"), reading, day),
        "onset_age": onset_age(rules.get("onset_age"), reading),
    }


def verdict_of(outcomes: Iterable[str]) -> str:
    """Any not met excludes; else any unknown leaves it possible; else it is a match."""
    return {"not_met": "excluded", "unknown": "possible", "met": "match"}[all_of(outcomes)]


RANKS = ("excluded", "possible", "match")


class Attempt(NamedTuple):
    """What one diagnosis gives in one cohort of a trial (None: it has none); `outcomes` of the trial, then of the cohort."""

    verdict: str
    subtype: str | None
    cohort: str | None
    outcomes: list[Outcomes]


def attempts(trial: Plain, patient: Plain, diagnoses: list[Reading], day: date) -> list[Attempt]:
    """Every diagnosis under discussion in every cohort."""
    tried = []
    for reading in diagnoses:
        shared = own_criteria(trial.get("eligibility", {}), reading, day)
        shared["country"] = country(trial.get("countries"), patient.get("countries", []))
        shared["roll_over"] = "not_met" if trial["kind"] == "extension" else "not_recorded"
        for cohort in trial.get("cohorts") or [{}]:
            sets = [shared, own_criteria(cohort["eligibility"], reading, day)] if cohort else [shared]
            verdict = verdict_of(outcome for outcomes in sets for outcome in outcomes.values())
            tried.append(Attempt(verdict, reading.id, cohort.get("name"), sets))
    return tried


def best(tried: Iterable[Attempt]) -> str:
    """The verdict of a trial: that of its best cohort under the best diagnosis."""
    return max((attempt.verdict for attempt in tried), key=RANKS.index)
