"""Criteria that can be true together: no bound above its other bound, nothing both asked for and refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path
from myofind.domain.dates import order, reached
from myofind.domain.rules import span_of
from myofind.language import Pair, both
from myofind.names import autoantibodies as ab
from myofind.names import subtypes as tree

_JUVENILE = tree.APART["juvenile"]
_YOUNG = r"(?i)juvenil|child|paediatr|pediatr|adult|onset|enfan|young|JDM|18"


def english(note: Any) -> str:
    """The English words of a note or a conflict: a text alone, or one of the two languages."""
    return str(note.get("en") or note.get("note") or "") if isinstance(note, dict) else str(note)


_UNITS = {"years": "ans", "months": "mois", "weeks": "semaines", "days": "jours"}


def said(span: Any) -> Pair:
    """A length of time in a message."""
    number, unit = (f"{span['number']:g}", span["unit"]) if isinstance(span, dict) else (str(span), "years")
    return f"{number} {unit}", f"{number} {_UNITS[unit]}"


def reversed_bounds(entry: Entry, about: About) -> Iterator[Found]:
    """A minimum lies above its maximum (age, duration, age at onset)."""
    for path, rules in entry.rules:
        for key in ("age", "duration", "onset_age"):
            bounds = rules.get(key) or {}
            low, high = bounds.get("min"), bounds.get("max")
            if low is None or high is None or high == "none" or order(span_of(low)) <= order(span_of(high)):
                continue
            (en_high, fr_high), (en_low, fr_low) = said(high), said(low)
            message = (
                f"the maximum {en_high} lies below the minimum {en_low}",
                f"le maximum {fr_high} est sous le minimum {fr_low}",
            )
            yield Found((*path, key, "max"), *message, "correct one of the two", "corriger l'un des deux")


def _asked_for(
    entry: Entry, part: str, asking: tuple[str, ...], refusing: str
) -> Iterator[tuple[Path, str, Sequence[str]]]:
    """Each term that is asked for: its place, itself, and what is refused beside it, or by the whole trial."""
    own = (entry.plain.get("eligibility") or {}).get(part) or {}
    for path, rules in entry.rules:
        terms = rules.get(part) or {}
        refused = [*terms.get(refusing, ()), *(own.get(refusing, ()) if path[0] == "cohorts" else ())]
        for key in asking:
            yield from (((*path, part, key, place), one, refused) for place, one in enumerate(terms.get(key, ())))


def contradictory_criteria(entry: Entry, about: About) -> Iterator[Found]:
    """An autoantibody is both required and excluded, so nobody can be admitted."""
    for where, one, refused in _asked_for(entry, "autoantibodies", ("required_all", "required_any"), "excluded"):
        hit = _refused(one, sorted(refused), ab.groups(one))
        if hit is None:
            continue
        message = (
            (f"`{one}` is both required and excluded", f"`{one}` est à la fois exigé et exclu")
            if one == hit
            else (
                f"`{one}` is required, and its class `{hit}` excluded",
                f"`{one}` est exigé, et sa classe `{hit}` exclue",
            )
        )
        hint = ("remove it from one of the two lists", "le retirer de l'une des deux listes")
        yield Found(where, *message, *hint, also=((*where[:-2], "excluded"),))
    whole = ((entry.plain.get("eligibility") or {}).get("autoantibodies") or {}).get("required_all", ())
    for path, rules in entry.rules:
        excluded = (rules.get("autoantibodies") or {}).get("excluded", ()) if path[0] == "cohorts" else ()
        for place, one in enumerate(excluded):
            if any(want == one or one in ab.groups(want) for want in whole):
                yield Found(
                    (*path, "autoantibodies", "excluded", place),
                    f"`{one}` is excluded here and required of the whole trial",
                    f"`{one}` est exclu ici et exigé de tout l'essai",
                    "correct one of the two",
                    "corriger l'un des deux",
                )


def _refused(wanted: str, refused: Sequence[str], above: Collection[str]) -> str | None:
    """What refuses a term: the term itself, or the first of those above it."""
    return wanted if wanted in refused else next((one for one in refused if one in above), None)


def subtype_admitted_and_excluded(entry: Entry, about: About) -> Iterator[Found]:
    """A subtype is both admitted and excluded, itself or by its broader kind."""
    for where, one, refused in _asked_for(entry, "subtypes", ("admits",), "excludes"):
        hit = _refused(one, refused, tree.ancestors(one))
        if hit is None:
            continue
        message = (
            (f"`{one}` is both admitted and excluded", f"`{one}` est à la fois admis et exclu")
            if hit == one
            else (
                f"`{one}` is admitted, and its broader kind `{hit}` excluded",
                f"`{one}` est admis, et son genre plus large `{hit}` exclu",
            )
        )
        also = ((*where[:-2], "excludes"),)
        yield Found(where, *message, "keep one of the two", "garder l'un des deux", also=also)


def juvenile_adults_only(entry: Entry, about: About) -> Iterator[Found]:
    """A juvenile form is admitted with a minimum age of 18 or more, and nothing says that this is meant."""
    for path, rules in entry.rules:
        admits = (rules.get("subtypes") or {}).get("admits", ())
        low = (rules.get("age") or {}).get("min")
        place = next((n for n, one in enumerate(admits) if one in _JUVENILE or _JUVENILE & tree.ancestors(one)), None)
        if place is None or low is None or reached(span_of(low)).surely < 18 * 12:
            continue
        notes = [*rules.get("check_by_hand", ()), *(entry.plain.get("eligibility") or {}).get("check_by_hand", ())]
        notes += [one for one in entry.plain.get("conflicts", ()) if one.get("about") == "eligibility"]
        branches = {key for branch in rules.get("any_of") or () for key in branch}
        timed = {"onset", "diagnosed_on"} & {*(rules.get("facts") or {}), *branches}
        if "onset_age" in rules or timed or any(re.search(_YOUNG, english(note)) for note in notes):
            continue
        en, fr = said(low)
        yield Found(
            (*path, "subtypes", "admits", place),
            f"the juvenile form `{admits[place]}` is admitted from {en} only",
            f"la forme juvénile `{admits[place]}` n'est admise qu'à partir de {fr}",
            "correct the age or the subtype, or say under `check_by_hand` that adults with juvenile onset are meant",
            "corriger l'âge ou le sous-type, ou dire sous `check_by_hand` que des adultes à début juvénile sont visés",
            also=((*path, "age"), (*path, "check_by_hand")),
        )


_LISTS = (
    ("phase",), ("extends",), ("countries", "listed"), ("countries", "not_in"), ("interventions",), ("sites",), ("status",), ("sources",), ("conflicts",),
    ("contacts",),
)  # fmt: skip
_RULE_LISTS = (
    ("subtypes", "admits"), ("subtypes", "excludes"), ("autoantibodies", "required_any"), ("autoantibodies", "required_all"),
    ("autoantibodies", "excluded"), ("any_of",), ("at_least",), ("treatments",), ("check_by_hand",),
)  # fmt: skip


def _several(
    start: Path, base: dict[str, Any], places: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[Path, list[Any]]]:
    """The lists of two items or more at some places below a mapping."""
    for steps in places:
        value = base.get(steps[0])
        if value is not None and len(steps) > 1:
            value = value.get(steps[1])
        if value.__class__ is list and len(value) > 1:
            yield (*start, *steps), value


def _lists_in_rules(start: Path, rules: dict[str, Any]) -> Iterator[tuple[Path, list[Any]]]:
    """The lists of drugs, of measures and of answers that rules hold, each with its path."""
    for number, rule in enumerate(rules.get("treatments", ())):
        if isinstance(rule.get("any"), list):
            yield (*start, "treatments", number, "any"), rule["any"]
    for number, some in enumerate(rules.get("at_least", ())):
        if isinstance(some.get("of"), list):
            yield (*start, "at_least", number, "of"), some["of"]
    for id, rule in (rules.get("facts") or {}).items():
        for key in ("required", "excluded") if isinstance(rule, dict) else ():
            if isinstance(rule.get(key), list):
                yield (*start, "facts", id, key), rule[key]


def _texts_of(item: Any) -> Any:
    """What equal items of a list have in common: themselves, or some texts of a mapping."""
    if not isinstance(item, dict):
        return item
    get = item.get
    return len(item), get("city"), get("facility"), get("at"), get("as_of"), get("en"), get("about"), get("ref")


def repeated_item(entry: Entry, about: About) -> Iterator[Found]:
    """A list holds the same item twice."""
    several = [*_several((), entry.plain, _LISTS)]
    for start, rules in entry.rules:
        several += _several(start, rules, _RULE_LISTS)
        several += [(path, value) for path, value in _lists_in_rules(start, rules) if len(value) > 1]
    for path, value in several:
        texts = list(map(_texts_of, value))
        seen: dict[Any, list[Any]] = {}
        for number, item in enumerate(value) if len(set(texts)) < len(texts) else ():
            alike = seen.setdefault(texts[number], [])
            if item in alike:
                en, fr = both(f"`{item}`") if isinstance(item, str) else ("the entry", "l'entrée")
                message = (f"{en} stands in the list twice", f"{fr} est deux fois dans la liste")
                hint = ("remove one, or write what was meant", "en retirer une, ou écrire ce qui était voulu")
                yield Found((*path, number), *message, *hint)
            alike.append(item)
    names: set[str] = set()
    for number, cohort in enumerate(entry.plain.get("cohorts", ())):
        name = cohort.get("name")
        if name in names:
            message = (f"two cohorts are named `{name}`", f"deux cohortes s'appellent `{name}`")
            yield Found(
                ("cohorts", number, "name"), *message, "give each its own name", "donner à chacune son propre nom"
            )
        if name is not None:
            names.add(name)
