"""Rules on facts and treatments, written apart from the product: what is known of a fact is tried value by value, day by day.

A patient's `facts` hold, by id of the table of facts:

    yes or no   {yes: True or False}, with `past: True` where it is over, or `days: [first, last]` where it is dated
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
    seen = set(answers)
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
    if rule == "required":
        return "met" if value["yes"] else "not_met"
    if not value["yes"]:
        return "met"
    return window(rule["excluded"]["within"], value, day) if isinstance(rule, dict) else "not_met"


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
            one_of = over(recent)
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


def treatment(rule: Plain, treatments: list[Plain], lines: dict[str, set[str]], unsafe: set[str], day: date) -> str:
    """One rule on some drugs or classes: each of them for what is barred or must be unchanged, any of them for what is required.

    Of a drug in `unsafe` nothing is presumed (statins with anti-HMGCR, cell therapies where one was given).
    """
    outcomes = [one_drug(rule, wanted, treatments, lines, day) for wanted in rule["any"]]
    if rule.get("excluded") != "ever":
        unsafe = unsafe - {"cell_therapy"}
    if any(lines[wanted] & unsafe for wanted in rule["any"]):
        outcomes = ["unknown" if outcome == "presumed" else outcome for outcome in outcomes]
    return any_of(outcomes) if "required" in rule else all_of(outcomes)


def one_drug(rule: Plain, wanted: str, treatments: list[Plain], lines: dict[str, set[str]], day: date) -> str:
    """What is said of the drug itself, of its members and of the classes it belongs to, and what silence means."""
    named = [each for each in treatments if each["drug"] != OTHER]
    never = any(each["status"] == "never" and each["drug"] in lines[wanted] for each in named)
    if never:
        return taken(rule, {"status": "never"}, day)
    members = [each for each in named if wanted in lines[each["drug"]] and each["status"] != "never"]
    parts = [taken(rule, each, day) for each in members]
    if all(each["drug"] != wanted for each in members):
        parts.append(silence(rule, wanted, treatments, lines))
    return any_of(parts) if "required" in rule else all_of(parts)


def silence(rule: Plain, wanted: str, treatments: list[Plain], lines: dict[str, set[str]]) -> str:
    """What holds of a drug that is not named; a class of it that is named leaves it unknown, but for now if that is over."""
    classes = {each["status"] for each in treatments if each["drug"] in lines[wanted] and each["status"] != "never"}
    if "now" in classes or (classes and "required" in rule):
        return "unknown"
    if not classes and any(each["drug"] == OTHER for each in treatments):
        return "not_met" if "required" in rule else "met"
    if rule.get("excluded") == "ever" and "cell_therapy" in lines[wanted] and not classes:
        return "presumed"  # no earlier cell therapy is a usual answer
    about_now = rule.get("excluded") == "now" or "unchanged" in rule
    return "presumed" if about_now and any("most" not in each for each in treatments) else "unknown"


def from_treatments(treatments: list[Plain], lines: dict[str, set[str]]) -> Plain:
    """Facts that the treatments give away: the steroid's dose and how long it has not changed, and therapies that were given."""
    facts: Plain = {}
    for each in treatments:
        if each["drug"] == OTHER or each["status"] == "never":
            continue
        if "glucocorticoid" in lines[each["drug"]] and each["status"] == "now":
            start = each.get("changed") or each.get("since")
            facts |= {"steroid_stable": {"days": start}} if start else {}
            facts |= {"steroid_dose": {"low": each["dose"], "high": each["dose"]}} if "dose" in each else {}
        if "cell_therapy" in lines[each["drug"]]:
            facts["cell_therapy"] = {"yes": True}
    count = sum(
        each["status"] == "now" and "immunosuppressant" in lines[each["drug"]]
        for each in treatments
        if each["drug"] != OTHER
    )
    if count:
        facts["background_count"] = {"low": float(count), "high": MANY}
    return facts


def with_steroid(treatments: list[Plain], facts: Plain, lines: dict[str, set[str]]) -> list[Plain]:
    """The treatments, with the steroid whose dose is given among the facts."""
    dose = facts.get("steroid_dose", {"low": 0, "high": 0})
    named = any("glucocorticoid" in lines[each["drug"]] for each in treatments if each["drug"] != OTHER)
    if named or not dose["low"]:
        return treatments
    steroid = {"drug": "glucocorticoid", "status": "now", "dose": dose["low"], "most": dose["high"]}
    return [*treatments, steroid | ({"changed": facts["steroid_stable"]["days"]} if "steroid_stable" in facts else {})]


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
        doses = {each["dose"], each.get("most", each["dose"])} if "dose" in each else set()
        parts.append(over(all(keeps(name, dose, bound) for name, bound in bounds.items()) for dose in doses))
    return all_of(parts)
