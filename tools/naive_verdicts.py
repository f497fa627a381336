"""The verdict of one patient for one trial, written apart from the product, from its description of meaning alone.

A trial is the plain mapping its YAML gives, every scalar as text. A patient is a mapping, every key optional:

    subtypes    diagnoses under discussion, by id
    born        first and last day on which the patient may have been born
    antibodies  results by id: positive, negative, borderline or not_tested
    countries   country codes
    sex         female or male
    onset       {days: [first, last]} between which the disease began, or {months: [least, most]}, the age at which it did
    ild, refractory   True or False
    facts, treatments   as naive_facts says

A fact that is a range is tried day by day: a criterion is met if it is on all of them, not met if on none, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from naive_facts import all_of, any_of, enough, escapes, over, treatment
from naive_patient import (
    APART,
    CHILD_FORMS,
    DRUG_LINES,
    FACTS,
    SUBTYPE_LINES,
    Outcomes,
    Plain,
    Reading,
    age,
    agreed,
    duration,
    has_antibody,
    holds,
    known,
)
from naive_times import MONTHS_IN, keeps, length


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
    """Everything a diagnosis is: itself, what lies above it, what qualifies it, and its childhood form (inclusion body myositis has none)."""
    named = set(SUBTYPE_LINES[id]).union(*(SUBTYPE_LINES[each] for each in qualifiers))
    young = child and "ibm" not in named
    return named | {form for adult, form in CHILD_FORMS.items() if young and adult in named}


def subtype_of(admits: set[str], excludes: set[str], id: str, qualifiers: set[str], child: bool) -> str:
    """One diagnosis that began in childhood, or did not.

    A form that is treated apart is named where it is meant, unless no kind is stated at all; an adult's disease is no juvenile
    form, and nobody has inclusion body myositis in childhood.
    """
    named = labels(id, qualifiers, child)
    if named & excludes:
        return "not_met"
    adult_kind = next((adult for adult, form in CHILD_FORMS.items() if form == id), id)
    usual = {form for forms in APART if not named & forms for form in forms} if adult_kind != "iim" else set()
    settled = {"ibm"} if child else {kind for kind, above in SUBTYPE_LINES.items() if "jiim" in above}
    coarse = any(adult_kind in SUBTYPE_LINES[kind] for kind in excludes - usual - settled)
    if not admits:
        return "unknown" if coarse else "not_recorded"
    if named & admits:
        silent = [forms for forms in APART if named & forms and not named & forms & admits]
        return "unknown" if silent or coarse else "met"
    for finer, above in SUBTYPE_LINES.items():
        if adult_kind in above and (child or "jiim" not in above):
            form = labels(finer, qualifiers, child)
            if form & admits and not form & excludes:
                return "unknown"
    return "not_met"


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


def fact(id: str, rule: Any, reading: Reading, day: date) -> str:
    """One fact against a rule; what is missing is presumed where the usual answer escapes and nothing speaks against it."""
    row, value = FACTS[id], reading.facts.get(id)
    outcome = known(id, rule, reading, day)
    partly = value is None or (row.get("several") and isinstance(rule, dict) and "excluded" in rule)
    if not partly or outcome != "unknown" or not escapes(row, rule):
        return outcome
    return (
        "unknown" if any(holds(trigger, reading, day, "unknown") for trigger in row.get("unless", ())) else "presumed"
    )


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


def fact_rules(rules: Plain) -> Plain:
    """Rules on facts, also those that once had keys of their own; who excludes cancer-associated myositis excludes present cancer."""
    alone: Plain = {name: rules[name] for name in ("ild", "refractory") if name in rules}
    if "cam" in rules.get("subtypes", {}).get("excludes", ()):
        alone["cancer"] = {"excluded": "now"}
    return alone | {id: rule for id, rule in rules.get("facts", {}).items() if id != "onset"}


def own_criteria(rules: Plain, reading: Reading, day: date) -> Outcomes:
    """The outcomes of the criteria in one `eligibility`."""
    onset = rules.get("facts", {}).get("onset", {})
    outcomes = {
        "subtype": subtype(rules.get("subtypes"), reading),
        "age": age(rules.get("age"), reading, day),
        "autoantibodies": autoantibodies(rules.get("autoantibodies"), reading.antibodies),
        "sex": sex(rules.get("sex"), reading.patient),
        "duration": duration(rules.get("duration") or onset.get("since"), reading, day),
        "onset_age": onset_age(rules.get("onset_age") or onset.get("age"), reading),
    }
    outcomes |= {id: fact(id, rule, reading, day) for id, rule in fact_rules(rules).items()}
    if branches := rules.get("any_of"):
        outcomes["any_of"] = enough(1, [branch(each, reading, day) for each in branches])
    for number, several in enumerate(rules.get("at_least", ())):
        parts = [branch(each, reading, day) for each in several["of"]]
        outcomes[f"at_least {number}"] = enough(int(several["count"]), parts)
    for number, rule in enumerate(rules.get("treatments", ())):
        outcomes[f"treatments {number}"] = treatment(
            rule, reading.treatments, DRUG_LINES, reading.stand_ins(), reading.unsafe_drugs(), day
        )
    return outcomes


def branch(rules: Plain, reading: Reading, day: date) -> str:
    """Facts of a branch hold together, and nothing is presumed."""
    stated = {"subtypes": "subtype", "age": "age", "autoantibodies": "autoantibodies"}
    whole = own_criteria({name: rules[name] for name in stated if name in rules}, reading, day)
    parts = {name: whole[stated[name]] for name in stated if name in rules}
    for id in set(rules) & set(FACTS):
        parts[id] = known(id, rules[id], reading, day)
    return all_of("unknown" if outcome == "presumed" else outcome for outcome in parts.values())


def verdict_of(outcomes: Iterable[str]) -> str:
    """Any not met excludes; else any unknown leaves it possible; else it is a match."""
    return {"not_met": "excluded", "unknown": "possible"}.get(all_of(outcomes), "match")


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
        shut = trial["kind"] == "extension" or trial.get("draft") == "true" or "takes_nobody" in trial
        shared["enrolment"] = "not_met" if shut else "not_recorded"
        for cohort in trial.get("cohorts") or [{}]:
            sets = [shared, own_criteria(cohort["eligibility"], reading, day)] if cohort else [shared]
            verdict = verdict_of(outcome for outcomes in sets for outcome in outcomes.values())
            tried.append(Attempt(verdict, reading.id, cohort.get("name"), sets))
    return tried


def best(tried: Iterable[Attempt]) -> str:
    """The verdict of a trial: that of its best cohort under the best diagnosis."""
    return max((attempt.verdict for attempt in tried), key=RANKS.index)
