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

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml
from naive_facts import all_of, any_of, enough, escapes, from_treatments, judged, over, treatment, with_steroid
from naive_times import MONTHS_IN, ONE_DAY, aged, completed, day_completing, keeps, lasts, length, walk

import myofind

Plain = dict[str, Any]
Outcomes = dict[str, str]

NAMES = Path(myofind.__file__).parent / "names" / "data"
CHILD_FORMS = {"dm": "jdm", "pm": "jpm", "imnm": "jimnm", "overlap": "joverlap", "iim": "jiim"}
APART = ({"cadm", "adm", "hdm"}, {"dmsd"}, {"jiim", "jdm", "jpm", "jimnm", "joverlap"}, {"ibm"})
"""Forms that trials treat apart: where a patient has one, the trial must name one of the same group."""
IMPLIED_ANTIBODIES = {"dm_mda5": "mda5", "mda5_ild": "mda5", "imnm_srp": "srp", "imnm_hmgcr": "hmgcr"}
QUALIFIERS = {"cam", "jiim"}
"""Words that qualify: beside a diagnosis they hold for each of them."""
CHILDHOOD = 18 * 12


def data_in(file: str) -> Plain:
    """A vocabulary, every scalar as text."""
    return cast("Plain", yaml.load((NAMES / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def parents_in(file: str) -> dict[str, set[str]]:
    """Every id of a vocabulary and its parents; a drug's class stands for one or more of them."""
    data = data_in(file)
    classes = data.get("classes", {})
    return {
        term["id"]: {*term.get("parents", ()), *classes.get(term.get("class"), ())} - {term["id"]}
        for term in data["terms"]
    }


def facts_table() -> dict[str, Plain]:
    """The rows of the table of facts; before there was one, lung disease and refractory disease."""
    if (NAMES / "facts.yaml").exists():
        return {row["id"]: row for row in data_in("facts.yaml")["terms"]}
    implied = [{"value": "yes", "subtypes": ["asys_ild", "mda5_ild"]}]
    return {
        "ild": {"id": "ild", "kind": "yes_no", "implied_by": implied},
        "refractory": {"id": "refractory", "kind": "yes_no"},
    }


SUBTYPES = parents_in("subtypes.yaml")
ANTIBODIES = parents_in("antibodies.yaml")
DRUGS = parents_in("drugs.yaml")
FACTS = facts_table()


def line(tree: dict[str, set[str]], id: str) -> set[str]:
    """An id and everything above it."""
    above = {id}
    for parent in tree[id]:
        above |= line(tree, parent)
    return above


SUBTYPE_LINES = {id: line(SUBTYPES, id) for id in SUBTYPES}
ANTIBODY_LINES = {id: line(ANTIBODIES, id) for id in ANTIBODIES}
DRUG_LINES = {id: line(DRUGS, id) for id in DRUGS}


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
        self.treatments = with_steroid(patient.get("treatments", []), patient.get("facts", {}), DRUG_LINES)
        self.facts = from_treatments(patient.get("treatments", []), DRUG_LINES) | dict(patient.get("facts", {}))
        self.facts |= {name: {"yes": patient[name]} for name in ("ild", "refractory") if name in patient}
        if self.onset_days:
            self.facts["onset"] = {"days": [self.onset_days[0], self.onset_days[-1]]}
        while self.add_implied(day):
            pass

    def unsafe_drugs(self) -> set[str]:
        """Drugs that are not presumed untaken: statins with anti-HMGCR, cell therapies where one was given."""
        unsafe = {"statin"} if has_antibody("hmgcr", self.antibodies) == "met" else set()
        return unsafe | ({"cell_therapy"} if self.facts.get("cell_therapy", {}).get("yes") else set())

    def add_implied(self, day: date) -> bool:
        """Add one fact that others give away; False when there is none left."""
        for name, row in FACTS.items():
            for condition in row.get("implied_by", ()) if name not in self.facts else ():
                if holds(condition, self, day):
                    self.facts[name] = implied_value(row["kind"], condition["value"])
                    return True
        ck, enzyme = self.facts.get("ck_uln"), self.facts.get("enzyme_uln")
        if ck and not enzyme and "enzyme_uln" in FACTS:  # the highest of the enzymes is at least this one
            self.facts["enzyme_uln"] = {"low": ck["low"], "high": float(FACTS["enzyme_uln"]["range"][1])}
            return True
        return False


def implied_value(kind: str, text: str) -> Plain:
    if kind == "yes_no":
        return {"yes": text in ("yes", "true")}
    return {"values": [text]} if kind == "choice" else {"low": float(text), "high": float(text)}


def holds(condition: Plain, reading: Reading, day: date, *also: str) -> bool:
    """Whether everything a row of the table names as a condition is known to hold, or, `also` where it may, from facts that are given."""
    kinds = SUBTYPE_LINES[reading.id] if reading.id else set()
    for qualifier in reading.qualifiers:
        kinds = kinds | SUBTYPE_LINES[qualifier]
    good = {"met", *also}
    parts: dict[str, Callable[[Any], bool]] = {
        "subtypes": lambda ids: bool(kinds & set(ids)),
        "antibodies": lambda ids: any(has_antibody(id, reading.antibodies) == "met" for id in ids),
        "age": lambda bounds: age(bounds, reading, day) in good,
        "sex": lambda wanted: reading.patient.get("sex") == wanted,
        "facts": lambda rules: all(
            id in reading.facts and fact_or_onset(id, rule, reading, day) in good for id, rule in rules.items()
        ),
        "without": lambda ids: not set(ids) & set(reading.facts),
    }
    return all(parts[name](given) for name, given in condition.items() if name != "value")


def fact_or_onset(id: str, rule: Any, reading: Reading, day: date) -> str:
    return duration(rule["since"], reading, day) if id == "onset" else known(id, rule, reading, day)


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
    adult_kind = next((adult for adult, form in CHILD_FORMS.items() if form == id), id)
    if named & admits:
        silent = [forms for forms in APART if named & forms and not named & forms & admits]
        usual = {form for forms in APART if not named & forms for form in forms} if adult_kind != "iim" else set()
        coarse = [kind for kind in excludes - usual if adult_kind in SUBTYPE_LINES[kind]]
        return "unknown" if silent or coarse else "met"
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


def known(id: str, rule: Any, reading: Reading, day: date) -> str:
    """One fact against a rule, nothing presumed."""
    return judged(FACTS[id], rule, reading.facts.get(id), reading.births, day)


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


def fact_rules(rules: Plain) -> Plain:
    """Rules on facts, also those that once had keys of their own."""
    alone = {name: rules[name] for name in ("ild", "refractory") if name in rules}
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
        outcomes[f"treatments {number}"] = treatment(rule, reading.treatments, DRUG_LINES, reading.unsafe_drugs(), day)
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
