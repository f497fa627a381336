"""What a short note claims, where it is a rule in words: a fact barred or asked for, a bound of a number, a drug barred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from myofind.domain.treatments import of_class
from myofind.names.facts import FACTS
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.rule_forms import units_of

_BARRED = re.compile(
    r"(?:no (?:known |current |active |history of |previous |prior )?|not |without |never |pas de |pas d'|pas |sans |aucune? |absence d[e'] ?|exclusion d[e'] ?)"
)
_ASKED = re.compile(r"(?:with |avec |has )?(?:an? |une? |la |le |l')?")
_BEHIND = re.compile(r" (?:excluded|exclue?|not allowed|interdite?)$")
_ASKED_BEHIND = re.compile(r" (?:required|needed|exigee?|requise?)$")
_LAST = re.compile(
    r" (?:within|in|during|for|over|depuis|dans|au cours d[eu]s?|pendant) (?:the |les |le )?(?:last |past |previous |dernieres? |derniers? )?(.+?)(?: derniers?| dernieres?| before .*)?$"
)
_DOSE = re.compile(
    r"(?:no more than |at most |up to |au plus |pas plus de )(\d+) ?mg(?:/d|/day|/j)? (?:of |de |d')?([a-z]+)(?: a day| per day| daily| par jour|/day|/j)?"
)


class Claim(NamedTuple):
    """What a note says of a fact or a drug: barred (perhaps within a time), asked for, or a bound."""

    kind: str
    id: str
    barred: bool = False
    within: str | None = None
    bounds: str | None = None


def repeated(note: str, rules: dict[str, Any]) -> str | None:
    """The key of the rule on a fact or a drug that a note, folded, says again."""
    for claim in claims(note):
        if claim.kind == "facts" and _same(claim, (rules.get("facts") or {}).get(claim.id)):
            return f"facts.{claim.id}"
        if claim.kind == "drugs" and any(_barred(claim, rule) for rule in rules.get("treatments") or ()):
            return "treatments"
    return None


@lru_cache(maxsize=16384)
def claims(note: str) -> tuple[Claim, ...]:
    """Everything a note, folded, may claim; each reading is of the whole note."""
    return tuple(_claims(note)) if len(note) <= 100 else ()


def _claims(note: str) -> Iterator[Claim]:
    if dose := _DOSE.fullmatch(note):
        drug = resolve("drugs", dose[2], exact=True).id
        if drug is not None and of_class(drug, "glucocorticoid"):
            yield Claim("drugs", "glucocorticoid", bounds=f"{{max: {dose[1]}}}")
    words = note.split(" ")
    for size in range(1, min(len(words), 6)):
        id = resolve("facts", " ".join(words[:size]), exact=True).id
        if id is not None and FACTS[id].kind == "number":
            bounds = one_reading.bounds(" ".join(words[size:]), units_of(FACTS[id]))
            if bounds is not None:
                yield Claim("facts", id, bounds=bounds)
    start = _BARRED.match(note)
    barred = start is not None or _BEHIND.search(note) is not None
    name = _ASKED_BEHIND.sub("", _BEHIND.sub("", note[start.end() :] if start else note))
    if not barred:
        name = _ASKED.sub("", name, count=1)
    since = _LAST.search(name)
    length = one_reading.span(since[1], unlimited=False, bare=False, whole=False) if since else None
    name = name[: since.start()] if since and length else name
    for kind in ("facts", "drugs"):
        for spelt in dict.fromkeys((name, name.removesuffix("s"))):
            id = resolve(kind, spelt, exact=True).id
            if id is not None:
                yield Claim(kind, id, barred, length)
                break


def _same(claim: Claim, rule: Any) -> bool:
    """Whether a rule on a fact says what a claim says."""
    if claim.bounds is not None:
        return isinstance(rule, dict) and claim.bounds == "{" + ", ".join(f"{k}: {v}" for k, v in rule.items()) + "}"
    if isinstance(rule, dict):
        return claim.barred and _window(claim, rule)
    return rule == ("excluded" if claim.barred else "required") and claim.within is None


def _barred(claim: Claim, rule: dict[str, Any]) -> bool:
    """Whether a rule on drugs bars what a claim bars."""
    if not any(of_class(claim.id, drug) for drug in rule["any"]):
        return False
    if claim.bounds is not None:
        return _same(claim, rule.get("dose"))
    return claim.barred and (rule.get("excluded") in ("now", "ever") if claim.within is None else _window(claim, rule))


def _window(claim: Claim, rule: dict[str, Any]) -> bool:
    stop = rule.get("excluded")
    if not isinstance(stop, dict):
        return claim.within is None and stop == "now"
    within = stop["within"]
    unit = within["unit"] if within["number"] != 1 else within["unit"][:-1]
    return claim.within == f"{within['number']:g} {unit}"
