"""Whom a trial is for: said at all, in ages people have, and once; what a note claims that is a rule in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from myofind.checks.criteria import said
from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, write
from myofind.domain.dates import order
from myofind.domain.rules import span_of
from myofind.domain.treatment_facts import of_class
from myofind.editing.text_edit import replace_by
from myofind.names import subtypes as tree
from myofind.names.compiled_files import read
from myofind.names.facts import FACTS
from myofind.names.normal import compact
from myofind.names.vocabulary import recognize
from myofind.records import NamedTuple
from myofind.registry import one_reading
from myofind.registry.fact_forms import units_of

_JUVENILE = tree.APART["juvenile"]
_NO_LIMIT = frozenset({99, 100, 120})
"""Years that registers print where there is no upper limit."""
_OLDEST, _OLDEST_MINIMUM = 110, 80


def missing_subtypes(entry: Entry, about: About) -> Iterator[Found]:
    """A trial does not say which kinds of myositis it admits."""
    plain = entry.plain
    if plain.get("draft") is True or plain.get("kind") in (None, "extension") or "takes_nobody" in plain:
        return
    own = plain.get("eligibility") or {}
    cohorts = [cohort.get("eligibility") or {} for cohort in plain.get("cohorts", ())]
    if _names_subtypes(own) or (cohorts and all(map(_names_subtypes, cohorts))):
        return
    below = tuple((*path, "subtypes") for path, _ in entry.rules)
    where: Path = ("eligibility",) if "eligibility" in plain else ()
    yield Found(
        where,
        "the trial does not say which subtypes it admits",
        "l'essai ne dit pas quels sous-types il admet",
        "add `subtypes: {admits: [...]}` under `eligibility` (`myofind vocab subtypes` lists them)",
        "ajouter `subtypes: {admits: [...]}` sous `eligibility` (`myofind vocab subtypes` les énumère)",
        key=bool(where),
        also=(("eligibility", "subtypes"), *below),
    )


def _names_subtypes(rules: dict[str, Any]) -> bool:
    """Whether criteria, or each of their alternatives, name subtypes."""
    branches = rules.get("any_of") or ()
    return bool((rules.get("subtypes") or {}).get("admits")) or (
        bool(branches) and all((branch.get("subtypes") or {}).get("admits") for branch in branches)
    )


def _ages(entry: Entry) -> Iterator[tuple[Path, str, Any]]:
    """Every bound of an age: path, `min` or `max`, value."""
    for path, rules in entry.rules:
        onset = (rules.get("facts") or {}).get("onset")
        below: list[tuple[Path, Any]] = [(("age",), rules.get("age")), (("onset_age",), rules.get("onset_age"))]
        below.append((("facts", "onset", "age"), onset.get("age") if isinstance(onset, dict) else None))
        below += [(("any_of", n, "age"), one.get("age")) for n, one in enumerate(rules.get("any_of") or ())]
        for steps, bounds in below:
            for bound, value in (bounds or {}).items():
                if value != "none":
                    yield (*path, *steps, bound), bound, value


def implausible_age(entry: Entry, about: About) -> Iterator[Found]:
    """An age that nobody has, that stands for "no limit", or in months where years are meant."""
    admits = [one for _, rules in entry.rules for one in (rules.get("subtypes") or {}).get("admits", ())]
    children = not admits or any(one in _JUVENILE or _JUVENILE & tree.ancestors(one) for one in admits)
    for path, bound, value in _ages(entry):
        years, (en, fr) = order(span_of(value))[0] / 365, said(value)
        if bound in ("max", "below") and years in _NO_LIMIT:
            fix = replace_by("none") if path[-2:] == ("age", "max") else None
            message = (f"{en} stands for no limit", f"{fr} veut dire sans limite")
            yield Found(path, *message, *write(f"{bound}: none"), fix=fix)
        elif years > _OLDEST or (bound in ("min", "above") and years >= _OLDEST_MINIMUM):
            hint = (
                "correct it; `max: none` says that there is no limit",
                "le corriger ; `max: none` dit qu'il n'y a pas de limite",
            )
            yield Found(path, f"{en} is no age to be admitted at", f"{fr} n'est pas un âge pour entrer", *hint)
        elif bound == "min" and isinstance(value, dict) and value["unit"] != "years" and not children:
            years_meant = f"{value['number']:g}"
            yield Found(
                path,
                f"from {en}, and no juvenile form is admitted",
                f"à partir de {fr}, et aucune forme juvénile n'est admise",
                f"write `{years_meant}` if years are meant, or admit the juvenile forms",
                f"écrire `{years_meant}` si ce sont des années, ou admettre les formes juvéniles",
                also=((*path[:1], "subtypes"),),
            )


# Notes that say a rule again ------------------------------------------------------------------------------------------

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
    counted = any(map(str.isdigit, note))
    if counted and (dose := re.fullmatch(_DOSE, note)):
        drug = _named("drugs", dose[2])
        if drug is not None and of_class(drug, "glucocorticoid"):
            yield Claim("drugs", "glucocorticoid", bounds=f"{{max: {dose[1]}}}")
    words = note.split(" ")
    for size in range(1, min(len(words), 6)) if counted else ():
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


_AGE = (
    r"(?:(?:patients?|people|personnes?|adultes?|adults?) )?(?:aged?s?e?s? |age )?(?:between |entre |de |d'au moins |au moins |at least |over |from )?"
    r"(\d+)(?: ?(?:to|-|and|a|et) ?(\d+))? ?(?:years?|yrs?|y|ans)?(?: of age| old)?"
    r"(?:,? (?:or|and|et|ou) (?:over|older|more|above|plus))?"
)
_ADULTS = r"(?:adults?|adultes?)(?: only| seulement| uniquement)?"
_SEXES = {
    "female": r"(?:women|females?|femmes)(?: only| seulement| uniquement)?",
    "male": r"(?:men|males?|hommes)(?: only| seulement| uniquement)?",
}
_STANCES = {
    "ild": r"(?:interstitial lung disease|ild|lung disease|pneumopathie interstitielle|pid)",
    "refractory": r"(?:refractory(?: disease| myositis)?|(?:maladie |myosite )?refractaire)",
}
_MAY_REPEAT = re.compile(r"\d|[Aa]dult|[Mm]en|[Mm]ale|[Ff]em|[Hh]omme|I[LP]D|PID|ung disease|pathie|fract")
"""What a note holds that says such a rule again; most hold nothing of it."""
_STANCE_ASKED = r"(?:(?:with|avec) )?(?:an? |une )?{}(?: (?:required|needed|exigee?|requise?))?"
_STANCE_BARRED = r"(?:no|not|without|pas de|sans|non) {}|{} (?:excluded|exclue?)"


def redundant_note(entry: Entry, about: About) -> Iterator[Found]:
    """A note under `check_by_hand` says what a rule of the trial says already."""
    own = entry.plain.get("eligibility") or {}
    for path, rules in entry.rules:
        if "check_by_hand" not in rules:
            continue
        both = {**own, **rules, "facts": {**(own.get("facts") or {}), **(rules.get("facts") or {})}}
        named = bool(both["facts"]) or "treatments" in both
        for number, note in enumerate(rules["check_by_hand"]):
            spoken = note.get("en") or note.get("fr", "") if isinstance(note, dict) else note
            short, plain = named and spoken.count(" ") < LONGEST_NOTE, _MAY_REPEAT.search(spoken)
            if not short and not plain:
                continue
            folded = one_reading.folded(spoken.replace("≥", "at least ").replace("’", "'")).strip(" .;")
            said_already = (_repeated(folded, both) if plain else None) or (repeated(folded, both) if short else None)
            if said_already:
                yield Found(
                    (*path, "check_by_hand", number),
                    f"the note says what `{said_already}` says already",
                    f"la note dit ce que `{said_already}` dit déjà",
                    "remove the note, or say what it adds",
                    "retirer la note, ou dire ce qu'elle ajoute",
                )


def _repeated(note: str, rules: dict[str, Any]) -> str | None:
    """The key of the rule that a note says again."""
    ages = rules.get("age") or {}
    least = str(ages.get("min", ""))
    match = re.fullmatch(_AGE, note) if least and least in note else None
    if match and least == match[1] and match[2] in (None, str(ages.get("max"))):
        return "age"
    if ages.get("min") == 18 and re.fullmatch(_ADULTS, note):
        return "age"
    sex = _SEXES.get(rules.get("sex", ""))
    if sex and re.fullmatch(sex, note):
        return "sex"
    for key, words in _STANCES.items():
        stance = rules.get(key) or (rules.get("facts") or {}).get(key)
        shape = {"required": _STANCE_ASKED, "excluded": _STANCE_BARRED}.get(stance if isinstance(stance, str) else "")
        if shape and re.fullmatch(shape.replace("{}", words), note):
            return key
    return None
