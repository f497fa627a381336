"""Rules on facts and treatments, written apart from the product: what is known of a fact is tried value by value, day by day.

A patient's `facts` hold, by id of the table of facts:

    yes or no   {yes: True or False}, with `past: True` where it is over, or `days: [first, last]` where it is dated; a dated no holds
                since one of these days, and of the time before nobody knows
    choice      {values: [...]}, with `without: [...]` for what is known not to hold, or `days`
    number      {low: 1, high: 2}, with `scale` where the fact has several
    span, day   {days: [first, last]} since which nothing changed, or between which it happened; {never: True}

`treatments` are mappings with `drug`, `status` (now, past, never) and perhaps `changed`, `since`, `until` (first and last day) and `dose`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from naive_times import aged, day_completing, keeps, lasts, length, walk

Plain = dict[str, Any]

BOUNDS = ("min", "max", "above", "below")
OTHER = "other"
MANY = 10.0


def over(answers: Iterable[bool]) -> str:
    """Met if true of everything possible, not met if of nothing, else unknown."""
    seen = set()
    for answer in answers:
        seen.add(answer)
        if len(seen) == 2:
            break
    return "met" if seen == {True} else "not_met" if seen == {False} else "unknown"


def all_of(outcomes: Iterable[str]) -> str:
    """Strong Kleene "and"; what is presumed neither excludes nor blocks."""
    seen = set(outcomes)
    return next((worst for worst in ("not_met", "unknown", "presumed") if worst in seen), "met")


def any_of(outcomes: Iterable[str]) -> str:
    """Strong Kleene "or"."""
    seen = set(outcomes)
    return next((good for good in ("met", "presumed", "unknown") if good in seen), "not_met")


def enough(count: int, outcomes: list[str]) -> str:
    """Met when enough are met, not met when met and unknown together are too few, else unknown."""
    met, unknown = outcomes.count("met"), outcomes.count("unknown")
    return "met" if met >= count else "not_met" if met + unknown < count else "unknown"


def days_of(value: Plain) -> list[date]:
    return list(walk(*value["days"]))


def judged(row: Plain, rule: Any, value: Plain | None, births: list[date] | None, day: date) -> str:
    """What is known of one fact against its rule; nothing is presumed here."""
    if rule == "allowed":
        return "met"
    if value is None:
        return "unknown"
    kind = row["kind"]
    if kind == "yes_no":
        return yes_no(rule, value, day)
    if kind == "choice":
        return choice(row, rule, value, day)
    if kind == "number":
        return number(row, rule, value)
    if kind == "span":
        return over(lasts(rule, start, day) for start in days_of(value))
    return dated(rule, value, births, day)


def yes_no(rule: Any, value: Plain, day: date) -> str:
    if not value["yes"] and "days" in value:
        return not_since(rule, value, day)
    if rule == "required":
        return "met" if value["yes"] else "not_met"
    if not value["yes"]:
        return "met"
    if not isinstance(rule, dict):
        return "not_met"
    if rule["excluded"] == "now":
        return "met" if value.get("past") else "not_met"
    return window(rule["excluded"]["within"], value, day)


def not_since(rule: Any, value: Plain, day: date) -> str:
    """What is not so since a day: met where the rule asks of no earlier time, whichever day it is; else nobody knows."""
    if not isinstance(rule, dict):
        return "unknown"
    if rule["excluded"] == "now":
        return "met"
    number, unit = length(rule["excluded"]["within"])
    return "met" if all(day >= day_completing(then, number, unit) for then in days_of(value)) else "unknown"


def window(within: str, value: Plain, day: date) -> str:
    """Whether what happened lies far enough back; bare, it is so now; past without a date, nobody knows."""
    if "days" in value:
        return over(day >= day_completing(then, *length(within)) for then in days_of(value))
    return "unknown" if value.get("past") else "not_met"


def choice(row: Plain, rule: Plain, value: Plain, day: date) -> str:
    """Each answer holds, does not hold, or is not known (where several may hold at once)."""

    def holds(answer: str) -> str:
        if answer in value.get("values", ()):
            return "met"
        complete = value.get("values") and (not row.get("several") or "none" in value["values"])
        return "not_met" if complete or answer in value.get("without", ()) else "unknown"

    parts = []
    if "required" in rule:
        one_of = any_of(holds(answer) for answer in rule["required"])
        if "within" in rule and one_of == "met":
            number, unit = length(rule["within"])
            recent = (
                [lasts({"max": f"{number} {unit}"}, then, day) for then in days_of(value)] if "days" in value else []
            )
            one_of = (
                "met" if recent and all(recent) else "unknown"
            )  # an old proof does not say that there is none today
        parts.append(one_of)
    opposite = {"met": "not_met", "not_met": "met", "unknown": "unknown"}
    parts += [opposite[holds(answer)] for answer in rule.get("excluded", ())]
    return all_of(parts)


def number(row: Plain, rule: Plain, value: Plain) -> str:
    """Every number that may be meant: the ends of the range, and about each bound inside it."""
    scales = row.get("scale") or [None]
    if int(rule.get("scale") or scales[0] or 0) != int(value.get("scale") or scales[0] or 0):
        return "unknown"
    bounds = {name: float(rule[name]) for name in BOUNDS if name in rule}
    near = [bound + shift for bound in bounds.values() for shift in (-0.001, 0, 0.001)]
    points = [value["low"], value["high"], *(point for point in near if value["low"] <= point <= value["high"])]
    return over(all(keeps(name, point, bound) for name, bound in bounds.items()) for point in points)


def dated(rule: Plain, value: Plain, births: list[date] | None, day: date) -> str:
    """A day against a window, the time since it, and the age on it."""
    parts = []
    if "excluded" in rule:
        parts.append("met" if value.get("never") else window(rule["excluded"]["within"], value, day))
    if "since" in rule:
        parts.append(
            "not_met" if value.get("never") else over(lasts(rule["since"], then, day) for then in days_of(value))
        )
    if "age" in rule:
        if births is None:
            parts.append("unknown")
        else:
            then = days_of(value)
            ends = then if len(births) == 1 else [then[0], then[-1]]
            parts.append(over(aged(rule["age"], birth, at) for birth in births for at in ends if birth <= at))
    return all_of(parts)


def escapes(row: Plain, rule: Any) -> bool:
    """Whether the usual answer of a fact escapes an exclusion; a requirement is never presumed met."""
    if "usual" not in row or rule == "required" or (isinstance(rule, dict) and "required" in rule):
        return False
    usual, kind = row["usual"], row["kind"]
    if kind == "yes_no":
        return usual in ("no", "false")
    if kind == "choice":
        return usual not in rule.get("excluded", ())
    if kind == "number":
        top = float(row["range"][1])
        return number(row, rule, {"low": float(usual["min"]), "high": top}) == "met"
    return usual == "never" and "excluded" in rule


# Treatments


def treatment(
    rule: Plain,
    lists: list[list[Plain]],
    lines: dict[str, set[str]],
    stand_ins: dict[str, Plain | None],
    unsafe: set[str],
    day: date,
) -> str:
    """One rule on some drugs or classes, over every list of treatments that may be meant.

    `stand_ins` are what is known of the facts that say whether classes of drugs were ever given; of a drug in `unsafe`
    nothing is presumed (statins with anti-HMGCR).
    """
    outcomes = {one_list(rule, listed, lines, stand_ins, unsafe, day) for listed in lists}
    if outcomes == {"met", "presumed"}:
        return "presumed"
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


def one_list(
    rule: Plain,
    listed: list[Plain],
    lines: dict[str, set[str]],
    stand_ins: dict[str, Plain | None],
    unsafe: set[str],
    day: date,
) -> str:
    """Each of the drugs for what is barred or must be unchanged, any of them for what is required."""
    outcomes = []
    for wanted in rule["any"]:
        outcome = one_drug(rule, wanted, listed, lines, stand_ins, day)
        outcomes.append("unknown" if outcome == "presumed" and lines[wanted] & unsafe else outcome)
    return any_of(outcomes) if "required" in rule else all_of(outcomes)


def one_drug(
    rule: Plain,
    wanted: str,
    listed: list[Plain],
    lines: dict[str, set[str]],
    stand_ins: dict[str, Plain | None],
    day: date,
) -> str:
    """What is said of the drug itself, of its members and of the classes it belongs to, and what silence means."""
    listed = [*listed, *said_by_facts(listed, lines, stand_ins)]
    named = [each for each in listed if each["drug"] != OTHER]
    never = any(each["status"] == "never" and each["drug"] in lines[wanted] for each in named)
    if never:
        return taken(rule, {"status": "never"}, day)
    members = [each for each in named if wanted in lines[each["drug"]] and each["status"] in ("now", "past")]
    parts = [taken(rule, each, day) for each in members]
    itself = any(each["drug"] == wanted for each in members)
    one_steroid = wanted == "glucocorticoid" and any(each["status"] == "now" for each in members) and about_doses(rule)
    if not itself and not one_steroid:
        parts.append(silence(rule, wanted, listed, lines, stand_ins))
    return any_of(parts) if "required" in rule else all_of(parts)


def said_by_facts(
    listed: list[Plain], lines: dict[str, set[str]], stand_ins: dict[str, Plain | None]
) -> Iterable[Plain]:
    """What the facts say of classes of drugs: never, or once, where the list names nothing of the class; an organ's transplant is no cells."""
    for drug, answer in stand_ins.items():
        yes, no = ("now", "not_now") if drug in NOW_ALONE else ("past", "never")
        if answer == {"yes": False}:
            yield {"drug": drug, "status": no, "most": None}
        elif answer == {"yes": True} and drug != "stem_cell_transplant":
            holding = ("now",) if drug in NOW_ALONE else ("now", "past")
            given = [each["drug"] for each in listed if each["drug"] != OTHER and each["status"] in holding]
            if not any(drug in lines[each] for each in given):
                yield {"drug": drug, "status": yes, "most": None}


def about_doses(rule: Plain) -> bool:
    """Whether a rule asks that what is taken be unchanged, or within a dose: nobody takes two steroids by mouth."""
    return "unchanged" in rule or "dose" in rule


def silence(
    rule: Plain, wanted: str, listed: list[Plain], lines: dict[str, set[str]], stand_ins: dict[str, Plain | None]
) -> str:
    """What holds of a drug that nobody says is or was taken.

    A class that is named leaves its members unknown; "no other" closes the list for now, "never any other" for ever; under
    "not now" a list that was typed presumes that what it does not name is not taken.
    """
    now = rule.get("required") == "now" or rule.get("excluded") == "now" or about_doses(rule)
    absent = "not_met" if "required" in rule else "met"
    classes = {each["status"] for each in listed if each["drug"] in lines[wanted]}
    itself = {each["status"] for each in listed if each["drug"] == wanted}
    closing = {each["status"] for each in listed if each["drug"] == OTHER}
    if now and "not_now" in classes | itself:
        return absent
    if "now" in classes:
        return "unknown"
    if now and closing:
        return absent
    if not now and "never" in closing and "past" not in classes:
        return absent
    if "required" in rule:
        return "unknown"
    if now and any("most" not in each for each in listed):
        return "presumed"
    usual = [stand_ins[each] for each in lines[wanted] & set(stand_ins) - NOW_ALONE]
    unanswered = bool(usual) and all(value is None for value in usual)
    return "presumed" if unanswered and "past" not in classes else "unknown"


def from_treatments(
    listed: list[Plain], lines: dict[str, set[str]], leaves: dict[str, set[str]], stand_ins: Iterable[str]
) -> Plain:
    """Facts that the treatments give away: the steroid's dose and how long it has not changed, and therapies that were given."""
    facts: Plain = {}
    taken_now = [each for each in listed if each["drug"] != OTHER and each["status"] == "now"]
    steroids = [each for each in taken_now if "glucocorticoid" in lines[each["drug"]]]
    if len(steroids) == 1:
        start = steroids[0].get("changed") or steroids[0].get("since")
        facts |= {"steroid_stable": {"days": start}} if start else {}
        facts |= (
            {"steroid_dose": {"low": steroids[0]["dose"], "high": steroids[0]["dose"]}} if "dose" in steroids[0] else {}
        )
    for each in listed:
        if each["drug"] != OTHER and each["status"] in ("now", "past"):
            facts |= {FACT_OF[drug]: {"yes": True} for drug in lines[each["drug"]] & set(stand_ins)}
    given = [each for each in listed if each["status"] in ("now", "past")]
    if "cell_therapy" not in facts and untaken("cell_therapy", listed, lines, ("never",), ("now", "past")):
        facts["cell_therapy"] = {"yes": False}
    if untaken("glucocorticoid", listed, lines, ("never",), ("now", "past")):
        facts["steroid_failed"] = {"yes": False}
    if untaken("glucocorticoid", listed, lines, ("never", "not_now"), ("now",)):
        facts["steroid_dose"] = {"low": 0.0, "high": 0.0}
    if any("anticoagulant" in lines[each["drug"]] for each in taken_now):
        facts["anticoagulant"] = {"yes": True}
    elif untaken("anticoagulant", listed, lines, ("never", "not_now"), ("now",)):
        facts["anticoagulant"] = {"yes": False}
    only_steroids = all("glucocorticoid" in lines[each["drug"]] for each in given)
    if only_steroids and any(each["drug"] == OTHER and each["status"] == "never" for each in listed):
        facts["failed_drugs"] = {"low": 0.0, "high": 0.0}
    if any(each["drug"] != OTHER and lines[each["drug"]] & AGAINST_THE_DISEASE for each in given):
        facts["treatment_naive"] = {"yes": False}
    elif not given and any(each["drug"] == OTHER and each["status"] == "never" for each in listed):
        facts["treatment_naive"] = {"yes": True}
    background = {each["drug"] for each in taken_now if "immunosuppressant" in lines[each["drug"]]}
    closed = any(each["drug"] == OTHER for each in listed)
    if background or closed:
        least = float(fewest([leaves[drug] for drug in background]))
        known = closed and all(leaves[drug] == {drug} for drug in background)
        facts["background_count"] = {"low": least, "high": least if known else MANY}
    elif untaken("immunosuppressant", listed, lines, ("never", "not_now"), ("now",)):
        facts["background_count"] = {"low": 0.0, "high": 0.0}
    return facts


def untaken(
    drug: str, listed: list[Plain], lines: dict[str, set[str]], denials: tuple[str, ...], holding: tuple[str, ...]
) -> bool:
    """Whether a list denies a class, by its name, a broader one's, or with all that is not named where nothing named may be of it."""
    if any(each["status"] in denials and each["drug"] in lines[drug] for each in listed):
        return True
    held = [each["drug"] for each in listed if each["status"] in holding and each["drug"] != OTHER]
    rest = any(each["status"] in denials and each["drug"] == OTHER for each in listed)
    return rest and not any(drug in lines[each] or each in lines[drug] for each in held)


def fewest(choices: list[set[str]]) -> int:
    """How many drugs there are at least when each of these names one, or several, of some drugs."""
    if not choices:
        return 0
    rest = sorted(choices, key=len)
    first, others = rest[0], rest[1:]
    return 1 + min(fewest([each for each in others if drug not in each]) for drug in first)


AGAINST_THE_DISEASE = {
    "biologic", "immunoglobulin", "immunosuppressant", "jak_inhibitor", "cell_therapy", "fcrn_blocker", "complement_inhibitor",
}  # fmt: skip
"""Drugs that somebody who was never treated never had; a short course of a steroid is not counted."""

NOW_ALONE = {"anticoagulant"}
"""Classes of which a fact says whether they are taken now, whatever was before."""

FACT_OF = {"cell_therapy": "cell_therapy", "stem_cell_transplant": "transplant"}
"""Classes whose having been given is also a fact of the table."""


def with_steroid(listed: list[Plain], facts: Plain, lines: dict[str, set[str]]) -> list[list[Plain]]:
    """Every list of treatments that may be meant: a steroid's dose among the facts is one of the doses it may be."""
    steroids = [each for each in listed if each["drug"] != OTHER and "glucocorticoid" in lines[each["drug"]]]
    known = facts.get("steroid_dose")
    start = {"changed": facts["steroid_stable"]["days"]} if "steroid_stable" in facts else {}
    if known is None or len(steroids) > 1 or any(each["status"] != "now" for each in steroids):
        return [listed]
    doses = sorted({known["low"], known["high"], *(dose for dose in TURNING if known["low"] < dose < known["high"])})
    if steroids:
        others = [each for each in listed if each is not steroids[0]]
        return [[*others, start | {"dose": dose} | steroids[0]] for dose in doses]
    lists = []
    for dose in doses:
        steroid: Plain = {"drug": "glucocorticoid", "status": "now", "dose": dose, "most": dose} | start
        lists.append([*listed, steroid if dose else {"drug": "glucocorticoid", "status": "not_now", "most": 0}])
    return lists


TURNING = tuple(number + shift for number in range(1000) for shift in (0, 0.001, 0.5, 0.999))
"""Doses that stand for all: every whole number that may be a bound, and what lies just beside it."""


def taken(rule: Plain, each: Plain, day: date) -> str:
    """One drug as it is or was taken, against the rule."""
    status = each["status"]
    if "required" in rule:
        return "met" if status == "now" or (status == "past" and rule["required"] == "ever") else "not_met"
    if "excluded" in rule:
        if rule["excluded"] in ("now", "ever"):
            return "not_met" if status == "now" or (status == "past" and rule["excluded"] == "ever") else "met"
        if status != "past":
            return "not_met" if status == "now" else "met"
        if "until" not in each:
            return "unknown"
        return window(rule["excluded"]["within"], {"days": each["until"]}, day)
    return unchanged(rule, each, day) if status == "now" else "met"


def unchanged(rule: Plain, each: Plain, day: date) -> str:
    """Whether what is taken has been the same for long enough, within the bounds of its dose."""
    parts = []
    if "unchanged" in rule:
        start = each.get("changed") or each.get("since")
        parts.append(
            over(lasts({"min": rule["unchanged"]}, then, day) for then in walk(*start)) if start else "unknown"
        )
    if "dose" in rule:
        bounds = {name: float(bound) for name, bound in rule["dose"].items()}
        doses = [each["dose"]] if "dose" in each else []
        parts.append(over(all(keeps(name, dose, bound) for name, bound in bounds.items()) for dose in doses))
    return all_of(parts)
