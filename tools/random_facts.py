"""Random rules on facts and treatments, and patients at the bounds of such rules; the product's value of a fact beside the naive one."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from naive_facts import FACT_OF, from_treatments
from naive_patient import DRUG_LEAVES, DRUG_LINES, FACTS, Plain
from naive_times import day_completing, days_before, length

SPANS = ("2 weeks", "4 weeks", "30 days", "12 weeks", "3 months", "6 months", "12 months", "3 years", "5 years")
DRUGS = (
    "rituximab", "anti_cd20", "b_cell_depletion", "biologic", "tofacitinib", "jak_inhibitor", "ivig", "immunoglobulin", "methotrexate",
    "immunosuppressant", "tacrolimus", "calcineurin_inhibitor", "prednisone", "glucocorticoid", "kyv101", "car_t", "cell_therapy", "statin", "atorvastatin", "auto_hsct",
    "stem_cell_transplant", "anticoagulant", "warfarin",
)  # fmt: skip
ALONE = {"sex", "onset", "ild", "refractory", "background_count", "treatment_naive"}
"""Asked by rules of their own, or worked out from the treatments in ways the description leaves open."""
WHOLE = bool(set(FACTS) - {"ild", "refractory"})
"""Whether this version of the product has a table of facts."""
STEROID_DOSES: tuple[Plain, ...] = (
    {"low": 0.0, "high": 0.0}, {"low": 0.0, "high": 15.0}, {"low": 0.0, "high": 25.0}, {"low": 15.0, "high": 15.0}, {"low": 20.0, "high": 20.0},
    {"low": 18.0, "high": 20.0}, {"low": 19.0, "high": 21.0}, {"low": 20.0, "high": 25.0}, {"low": 21.0, "high": 30.0},
)  # fmt: skip
MOST_ASKED = (
    "cancer",
    "pregnancy",
    "mmt8",
    "cdasi_a",
    "egfr",
    "chronic_infection",
    "cv_event",
    "steroid_stable",
    "diagnosed_on",
    "oxygen",
    "walking",
    "dysphagia",
    "cell_therapy",
    "transplant",
    "anticoagulant",
)


def some_ids(rng: random.Random, most: int) -> list[str]:
    return list(
        dict.fromkeys(
            rng.choice(MOST_ASKED if rng.random() < 0.5 else sorted(set(FACTS) - ALONE))
            for _ in range(rng.randint(0, most))
        )
    )


def add_rules(rng: random.Random, rules: Plain) -> None:
    """Facts, alternatives and treatments for one `eligibility`."""
    if facts := {id: fact_rule(rng, id) for id in some_ids(rng, 2)}:
        rules["facts"] = facts
    if rng.random() < 0.15:
        rules["any_of"] = [a_branch(rng) for _ in range(rng.randint(2, 3))]
    if rng.random() < 0.15:
        branches = [a_branch(rng) for _ in range(rng.randint(2, 4))]
        rules["at_least"] = [{"count": str(rng.randint(1, len(branches))), "of": branches}]
    if rng.random() < 0.4:
        rules["treatments"] = [treatment_rule(rng) for _ in range(rng.randint(1, 2))]


def a_branch(rng: random.Random) -> Plain:
    ids = some_ids(rng, 2) or ["mmt8"]
    branch: Plain = {id: fact_rule(rng, id) for id in ids}
    if rng.random() < 0.2:
        branch["subtypes"] = {"admits": [rng.choice(("dm", "pm", "imnm", "asys"))]}
    return branch


def fact_rule(rng: random.Random, id: str) -> Any:
    """A rule of the form its kind allows."""
    row = FACTS[id]
    kind = row["kind"]
    if kind == "yes_no":
        if row.get("dated") and rng.random() < 0.5:
            return {"excluded": rng.choice(("now", {"within": rng.choice(SPANS)}))}
        return rng.choice(("required", "excluded", "excluded"))
    if kind == "choice":
        keys = ("required", "excluded") if rng.random() < 0.1 else (rng.choice(("required", "excluded")),)
        rule: Plain = {
            key: rng.sample(sorted(row["values"]), rng.randint(1, min(2, len(row["values"])))) for key in keys
        }
        return (
            {**rule, "within": "3 months"} if row.get("dated") and "required" in rule and rng.random() < 0.5 else rule
        )
    if kind == "number":
        return number_rule(rng, row)
    if kind == "span":
        return {"min": rng.choice(SPANS)}
    if row.get("never"):
        return (
            {"excluded": {"within": rng.choice(SPANS)}} if row.get("usual") else {"since": {"max": rng.choice(SPANS)}}
        )
    bound = rng.choice(("min", "max", "above", "below"))
    return (
        {"since": {bound: rng.choice(SPANS)}}
        if rng.random() < 0.7
        else {"age": {rng.choice(("min", "max")): rng.choice(("18 years", "6 years"))}}
    )


def middle(row: Plain) -> int:
    low, high = (float(end) for end in row["range"])
    return round((low + high) / 2) if high <= 10 else round(low + (high - low) * 0.3)


def number_rule(rng: random.Random, row: Plain) -> Plain:
    bound = (20 if row["id"] == "steroid_dose" else middle(row)) + rng.choice((-1, 0, 0, 1))
    rule: Plain = {rng.choice(("min", "max", "above", "below")): str(bound)}
    if len(row.get("scale", ())) > 1 and rng.random() < 0.3:
        rule["scale"] = row["scale"][1]
    return rule


def treatment_rule(rng: random.Random) -> Plain:
    rule: Plain = {"any": list(dict.fromkeys(rng.choices(DRUGS, k=rng.choice((1, 1, 2)))))}
    shape = rng.randrange(6)
    if shape < 4:
        rule |= (
            {"excluded": "ever"},
            {"excluded": "now"},
            {"excluded": {"within": rng.choice(SPANS)}},
            {"required": rng.choice(("ever", "now"))},
        )[shape]
    else:
        rule["unchanged"] = rng.choice(SPANS)
        if rng.random() < 0.4:
            rule |= {"any": ["glucocorticoid"], "dose": {rng.choice(("max", "below", "min", "above")): "20"}}
    return rule


def spans_in(rules: Any) -> Iterator[str]:
    """Every length of time a rule names."""
    if isinstance(rules, dict):
        for key, value in rules.items():
            if (
                key in ("since", "unchanged", "within", "min", "max", "above", "below")
                and isinstance(value, str)
                and value.split()[-1] in length_units()
            ):
                yield value
            else:
                yield from spans_in(value)
    elif isinstance(rules, list):
        for each in rules:
            yield from spans_in(each)


def length_units() -> tuple[str, ...]:
    return ("days", "weeks", "months", "years")


def add_facts(rng: random.Random, meant: Plain, trials: list[Plain], day: date) -> None:
    """Facts and treatments that these trials ask about, at their bounds."""
    asked = [id for trial in trials for id in trial.get("eligibility", {}).get("facts", {}) if id not in ALONE]
    spans = list(spans_in([trial.get("eligibility") for trial in trials])) or list(SPANS)
    ids = [rng.choice(asked or list(MOST_ASKED)) for _ in range(rng.randint(0, 4))] + some_ids(rng, 2)
    if facts := {id: fact_value(rng, FACTS[id], spans, day) for id in ids}:
        meant["facts"] = facts
    if rng.random() < 0.6:
        drugs = list(dict.fromkeys(rng.choices(DRUGS, k=rng.randint(1, 3))))
        meant["treatments"] = [taken(rng, drug, spans, day) for drug in drugs]
        if rng.random() < 0.3:
            meant["treatments"].append({"drug": "other", "status": rng.choice(("never", "not_now"))})


def some_days(rng: random.Random, spans: list[str], day: date) -> list[date]:
    """A day, a month or a time ago, at the bound of a rule."""
    possible = days_before(day, *length(rng.choice(spans)))
    start = possible[-1] + timedelta(days=rng.choice((-1, 0, 0, 1)))
    way = rng.randrange(4)
    if way == 0:
        return [possible[0], possible[-1]]
    if way == 1:
        last = day_completing(start.replace(day=1), 1, "months") - timedelta(days=1)
        return [start.replace(day=1), min(last, day)] if start <= day else [day, day]
    return [min(start, day), min(start, day)]


def fact_value(rng: random.Random, row: Plain, spans: list[str], day: date) -> Plain:
    kind = row["kind"]
    if kind == "yes_no":
        if rng.random() < 0.5:
            dated = row.get("dated") and rng.random() < 0.5
            return {"yes": False, "days": some_days(rng, spans, day)} if dated else {"yes": False}
        ways: list[Plain] = [{"yes": True}]
        if row.get("dated"):
            ways += [{"yes": True, "past": True}, {"yes": True, "past": True, "days": some_days(rng, spans, day)}]
        return rng.choice(ways)
    if kind == "choice":
        return choice_value(rng, row, spans, day)
    if kind == "number":
        number = middle(row) + rng.choice((-2, -1, 0, 0, 1, 2))
        low = max(number, float(row["range"][0]))
        value: Plain = {"low": float(low), "high": float(low + rng.choice((0, 0, 0, 1, 2)))}
        if row["id"] == "steroid_dose":
            value = rng.choice(STEROID_DOSES)
        if len(row.get("scale", ())) > 1:
            value["scale"] = rng.choice(row["scale"])
        return value
    if row.get("never") and rng.random() < 0.3:
        return {"never": True}
    return {"days": some_days(rng, spans, day)}


def choice_value(rng: random.Random, row: Plain, spans: list[str], day: date) -> Plain:
    answers = sorted(row["values"])
    if not row.get("several"):
        return {"values": [rng.choice(answers)]}
    real = [answer for answer in answers if answer != "none"]
    if rng.random() < 0.3:
        return {"values": ["none"]}
    value: Plain = {"values": rng.sample(real, rng.randint(0, 2))}
    without = [answer for answer in real if answer not in value["values"] and rng.random() < 0.4]
    if without or not value["values"]:
        value["without"] = without or [real[0]]
    if row.get("dated") and value["values"] and rng.random() < 0.5:
        value["days"] = some_days(rng, spans, day)
    return value


def taken(rng: random.Random, drug: str, spans: list[str], day: date) -> Plain:
    status = rng.choice(("now", "now", "past", "past", "never", "not_now"))
    each: Plain = {"drug": drug, "status": status}
    if status == "past" and rng.random() < 0.8:
        each["until"] = some_days(rng, spans, day)
    if status == "now":
        if rng.random() < 0.7:
            each[rng.choice(("changed", "since"))] = some_days(rng, spans, day)
        if "glucocorticoid" in DRUG_LINES[drug] and rng.random() < 0.7:
            each["dose"] = float(rng.choice((19, 20, 21)))
    return each


def contradictory(meant: Plain) -> bool:
    """Whether what is given cannot all be true: something before birth, a drug taken and not taken, or facts that treatments rule out."""
    if born := meant.get("born"):
        happened = [value["days"][0] for value in meant.get("facts", {}).values() if "days" in value]
        if any(first < born[1] for first in happened):
            return True
    treatments = [each for each in meant.get("treatments", []) if each["drug"] != "other"]
    never = {each["drug"] for each in treatments if each["status"] == "never"}
    not_now = {each["drug"] for each in treatments if each["status"] == "not_now"}
    if any(DRUG_LINES[each["drug"]] & never for each in treatments if each["status"] in ("now", "past")):
        return True
    if any(DRUG_LINES[each["drug"]] & not_now for each in treatments if each["status"] == "now"):
        return True
    facts = meant.get("facts", {})
    if facts.get("steroid_dose") and any("glucocorticoid" in DRUG_LINES[each["drug"]] for each in treatments):
        return True
    told = from_treatments(treatments, DRUG_LINES, DRUG_LEAVES, FACT_OF)
    return any(id in facts for id in told) or bool(told and facts.get("treatment_naive"))


def given(patient: Any, meant: Plain) -> Any:
    """The product's patient with the facts and treatments; only where the product has a table of facts."""
    known = importlib.import_module("myofind.domain.patient")
    for id, value in meant.get("facts", {}).items():
        patient = patient.with_fact(id, product_value(known, FACTS[id]["kind"], value))
    treatments = tuple(
        known.Treatment(
            each["drug"],
            each["status"],
            *(known.When(*each[key]) if key in each else None for key in ("since", "changed", "until")),
            known.Amount(each["dose"], each["dose"]) if "dose" in each else None,
        )
        for each in meant.get("treatments", [])
    )
    return patient._replace(treatments=treatments)


def product_value(known: Any, kind: str, value: Plain) -> Any:
    first, last = value.get("days", (None, None))
    if kind == "yes_no":
        return known.YesNo(value["yes"], value.get("past", False), first, last)
    if kind == "choice":
        return known.Chosen(tuple(value["values"]), tuple(value.get("without", ())), first, last)
    if kind == "number":
        scale = value.get("scale")
        return known.Amount(value["low"], value["high"], int(scale) if scale else None)
    return known.When(first, last)
