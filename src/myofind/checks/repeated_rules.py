"""What a short note claims, where it is a rule in words: a fact barred or asked for, a bound of a number, a drug barred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from myofind.domain.treatment_facts import of_class
from myofind.names.compiled_files import read
from myofind.names.facts import FACTS
from myofind.names.normal import compact
from myofind.names.vocabulary import recognize
from myofind.records import NamedTuple
from myofind.registry import one_reading
from myofind.registry.fact_forms import units_of

LONGEST_NOTE = 9
"""Words of the longest note that can be one rule in other words."""


_BARRED = (
    r"(?:no (?:known |current |active |history of |previous |prior )?|not |without |never |pas de |pas d'|pas |sans |aucune? |"
    r"absence d[e'] ?|exclusion d[e'] ?)"
)
_ASKED = r"(?:with |avec |has )?(?:an? |une? |la |le |l')?"
_BARRED_BEHIND = r" (?:excluded|exclue?|not allowed|interdite?)$"
_ASKED_BEHIND = r" (?:required|needed|exigee?|requise?)$"
_SINCE = (
    r" (?:within|in|during|for|over|depuis|dans|au cours d[eu]s?|pendant) (?:the |les |le )?(?:last |past |previous |dernieres? |derniers? )?"
    r"(.+?)(?: derniers?| dernieres?| before .*)?$"
)
_DOSE = (
    r"(?:no more than |at most |up to |au plus |pas plus de )(\d+) ?mg(?:/d|/day|/j)? (?:of |de |d')?([a-z]+)"
    r"(?: a day| per day| daily| par jour|/day|/j)?"
)
"""Words that say how a name counts, before it and behind it."""


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
    return tuple(_claims(note)) if note.count(" ") < LONGEST_NOTE else ()


def _claims(note: str) -> Iterator[Claim]:
    if dose := re.fullmatch(_DOSE, note):
        drug = _named("drugs", dose[2])
        if drug is not None and of_class(drug, "glucocorticoid"):
            yield Claim("drugs", "glucocorticoid", bounds=f"{{max: {dose[1]}}}")
    words = note.split(" ")
    for size in range(1, min(len(words), 6)):
        id = _named("facts", " ".join(words[:size]))
        if id is not None and FACTS[id].kind == "number":
            bounds = one_reading.bounds(" ".join(words[size:]), units_of(FACTS[id]))
            if bounds is not None:
                yield Claim("facts", id, bounds=bounds)
    start = re.match(_BARRED, note)
    barred = start is not None or re.search(_BARRED_BEHIND, note) is not None
    name = re.sub(_ASKED_BEHIND, "", re.sub(_BARRED_BEHIND, "", note[start.end() :] if start else note))
    if not barred:
        name = re.sub(_ASKED, "", name, count=1)
    since = re.search(_SINCE, name)
    length = one_reading.span(since[1], unlimited=False, bare=False, whole=False) if since else None
    name = name[: since.start()] if since and length else name
    for kind in ("facts", "drugs"):
        for spelt in dict.fromkeys((name, name.removesuffix("s"))):
            id = _named(kind, spelt)
            if id is not None:
                yield Claim(kind, id, barred, length)
                break


def _named(kind: str, name: str) -> str | None:
    """The id of a declared name."""
    if compact(name) not in read(f"keys_{kind}"):
        return None
    found = recognize(kind, name, exact=True)
    return found.id if found is not None else None


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
