"""What is known of a patient, as everything that is possible: the diagnoses, days, ages, antibodies and facts, for `naive_verdicts`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml
from naive_facts import FACT_OF, NOW_ALONE, from_treatments, judged, over, with_steroid
from naive_times import ONE_DAY, aged, completed, day_completing, lasts, walk

import myofind

Plain = dict[str, Any]
Outcomes = dict[str, str]

NAMES = Path(myofind.__file__).parent / "names" / "data"
CHILD_FORMS = {"dm": "jdm", "pm": "jpm", "imnm": "jimnm", "overlap": "joverlap", "iim": "jiim"}
APART = ({"cadm", "adm", "hdm"}, {"dmsd"}, {"jiim", "jdm", "jpm", "jimnm", "joverlap"}, {"ibm"}, {"ici_myositis"})
"""Forms that trials treat apart: where a patient has one, the trial must name one of the same group.

Checkpoint inhibitor myositis is one of them: it is no idiopathic disease, and trials of myositis rarely say whether they take it.
"""
IMPLIED_ANTIBODIES = {"dm_mda5": "mda5", "mda5_ild": "mda5", "imnm_srp": "srp", "imnm_hmgcr": "hmgcr"}
QUALIFIERS = ("jiim", "cam")
"""Words that qualify: beside a diagnosis they hold for each of them."""
WITH_LUNG_DISEASE = {"asys_ild", "mda5_ild"}
"""Diagnoses that say "with lung disease", which qualifies every other one too."""
CHILDHOOD = 18 * 12


def data_in(file: str) -> Plain:
    """A vocabulary, every scalar as text."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return cast("Plain", yaml.load((NAMES / file).read_bytes(), Loader=loader))


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
DRUG_LEAVES = {
    id: {drug for drug in DRUGS if id in DRUG_LINES[drug] and not any(drug in parents for parents in DRUGS.values())}
    for id in DRUGS
}
"""The single drugs a name may mean."""


def agreed(outcomes: Iterable[str]) -> str:
    """What every possible patient shares, else unknown."""
    seen = set(outcomes)
    return seen.pop() if len(seen) == 1 else "unknown"


# What is known of the patient, as everything that is possible


@lru_cache(maxsize=4096)
def every_day(first: date, last: date) -> list[date]:
    return list(walk(first, last))


def birth_days(patient: Plain) -> list[date] | None:
    """Every day on which the patient may have been born."""
    return every_day(*patient["born"]) if patient.get("born") else None


def onset_days(patient: Plain, births: list[date] | None, day: date) -> list[date] | None:
    """Every day on which the disease may have begun."""
    onset = patient.get("onset")
    if not onset:
        return None
    ends = (births[0], births[-1]) if births else None
    if "days" in onset:
        first, last = onset["days"]
        return every_day(max(first, births[0]) if births else first, min(last, day))
    return None if ends is None else onset_days_at(*onset["months"], *ends, day)


@lru_cache(maxsize=1024)
def onset_days_at(least: int, most: int, first: date, last: date, day: date) -> list[date]:
    """Every day on which somebody born between two days is between two ages in completed months."""
    possible: set[date] = set()
    for birth in every_day(first, last):
        end = min(day, day_completing(birth, most + 1, "months") - ONE_DAY)
        possible.update(walk(day_completing(birth, least, "months"), end))
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
    return None if births is None else ages_between(births[0], births[-1], *onset["days"], day)


@lru_cache(maxsize=1024)
def ages_between(born: date, born_last: date, first: date, last: date, day: date) -> list[int]:
    """Every age in completed months, of somebody born between two days, on the days between two others."""
    births, last = every_day(born, born_last), min(last, day)
    days = [first, last] if len(births) > 1 else every_day(first, last)
    return sorted({completed(birth, start, "months") for birth in births for start in days if birth <= start <= day})


def childhood(patient: Plain, births: list[date] | None, ages: list[int] | None, day: date) -> set[bool]:
    """Whether the disease began before 18, as far as the reading of the subtype goes; both where it may and may not."""
    if ages is not None:
        return {age < CHILDHOOD for age in ages}
    if births is None:
        return {True, False}
    return {completed(birth, day, "months") < CHILDHOOD for birth in (births[0], births[-1])}


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
        if self.children == {True} and self.onset_ages is None:  # known to have begun before 18, and not after today
            today = completed(self.births[0], day, "months") if self.births else CHILDHOOD
            self.onset_ages = list(range(min(CHILDHOOD, today + 1)))
        self.antibodies = dict(patient.get("antibodies", {}))
        if id in IMPLIED_ANTIBODIES:
            self.antibodies[IMPLIED_ANTIBODIES[id]] = "positive"
        listed = patient.get("treatments", [])
        self.treatments = with_steroid(listed, patient.get("facts", {}), DRUG_LINES)
        self.facts = from_treatments(listed, DRUG_LINES, DRUG_LEAVES, FACT_OF) | dict(patient.get("facts", {}))
        self.facts |= {name: {"yes": patient[name]} for name in ("ild", "refractory") if name in patient}
        if WITH_LUNG_DISEASE & set(patient.get("subtypes", ())) and "ild" not in self.facts:
            self.facts["ild"] = {"yes": True}
        if self.onset_days:
            self.facts["onset"] = {"days": [self.onset_days[0], self.onset_days[-1]]}
        while self.add_implied(day):
            pass

    def unsafe_drugs(self) -> set[str]:
        """Drugs that are not presumed untaken: statins with anti-HMGCR."""
        return {"statin"} if has_antibody("hmgcr", self.antibodies) == "met" else set()

    def stand_ins(self) -> dict[str, Plain | None]:
        """What is known of the facts that say whether a class of drugs was ever given, by class."""
        return {drug: self.facts.get(fact) for drug, fact in (FACT_OF | {drug: drug for drug in NOW_ALONE}).items()}

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
    return all(parts[name](given) for name, given in condition.items() if name in parts)


def fact_or_onset(id: str, rule: Any, reading: Reading, day: date) -> str:
    return duration(rule["since"], reading, day) if id == "onset" else known(id, rule, reading, day)


def readings(patient: Plain, day: date) -> list[Reading]:
    """The diagnoses under discussion, one by one; words that qualify go to each of them, "juvenile" in any of them too."""
    ids = patient.get("subtypes", [])
    diagnoses: list[str | None] = [id for id in ids if id not in QUALIFIERS]
    qualifiers = [id for id in QUALIFIERS if id in ids]
    if qualifiers and not any("iim" in SUBTYPE_LINES[id] for id in diagnoses if id):
        diagnoses.append(qualifiers.pop(0))
    juvenile = {"jiim"} if any("jiim" in SUBTYPE_LINES[id] for id in ids) else set()
    return [Reading(patient, id, {*qualifiers, *juvenile}, day) for id in diagnoses or [None]]


# Criteria that also decide what is implied or presumed


def age(rule: Plain | None, reading: Reading, day: date) -> str:
    """Completed years or months, on every possible birth day."""
    if rule is None:
        return "not_recorded"
    if set(rule.values()) == {"none"}:
        return "met"
    if reading.births is None:
        return "unknown"
    return age_of(tuple(rule.items()), reading.births[0], reading.births[-1], day)


@lru_cache(maxsize=4096)
def age_of(rule: tuple[tuple[str, str], ...], first: date, last: date, day: date) -> str:
    return over(aged(dict(rule), birth, day) for birth in every_day(first, last))


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


def known(id: str, rule: Any, reading: Reading, day: date) -> str:
    """One fact against a rule, nothing presumed."""
    return judged(FACTS[id], rule, reading.facts.get(id), reading.births, day)


def duration(rule: Plain | None, reading: Reading, day: date) -> str:
    """The time since the disease began, on every day on which it may have."""
    if rule is None:
        return "not_recorded"
    if reading.onset_days is None:
        return "unknown"
    return over(lasts(rule, start, day) for start in reading.onset_days)
