"""Rules on facts and treatments that somebody can meet, alternatives that are alternatives; drugs under their own names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, likest, meant, shown, write
from myofind.domain.rules import treatment_rule
from myofind.domain.satisfiable import clashing, unmeetable
from myofind.domain.treatment_facts import STEROID, of_class
from myofind.editing.text_edit import replace_by
from myofind.names.compiled_files import read
from myofind.names.drug_names import usual_name, without_dose
from myofind.names.facts import FACTS
from myofind.names.normal import compact
from myofind.names.vocabulary import resolve


def unmeetable_rule(entry: Entry, about: About) -> Iterator[Found]:
    """A rule on a fact that no value meets, or two that no value meets together."""
    judged = {where: rule for where, _, _, rule in entry.fact_rules}
    for where, id, _, rule in entry.fact_rules:
        other = _beside(where)
        if unmeetable(FACTS[id], rule):
            message = (f"no value of `{id}` meets this rule", f"aucune valeur de `{id}` ne satisfait cette règle")
            yield Found(where, *message, "correct the bounds or the lists", "corriger les bornes ou les listes")
        elif other in judged and clashing(FACTS[id], judged[other], rule):
            en, fr, also = (
                ("this branch and the rule under `facts`", "cette branche et la règle sous `facts`", ())
                if "any_of" in where
                else ("this rule and the trial's", "cette règle et celle de l'essai", (other,))
            )
            message = (f"no value of `{id}` meets {en}", f"aucune valeur de `{id}` ne satisfait {fr}")
            yield Found(where, *message, "correct one of the two", "corriger l'une des deux", also=also)
    for path, rules in entry.rules:
        yield from _treatments(path, rules)


def _beside(where: Path) -> Path:
    """Where the rule stands that holds together with one: beside a branch, or of the whole trial; nowhere for the others."""
    if "any_of" in where:
        return (*where[: where.index("any_of")], "facts", where[-1])
    return ("eligibility", "facts", where[-1]) if where[0] == "cohorts" and where[-2] == "facts" else ()


def _treatments(path: Path, rules: dict[str, Any]) -> Iterator[Found]:
    """Drugs of which one is required and all are excluded."""
    listed = [treatment_rule(one) for one in rules.get("treatments", ())]
    for number, rule in enumerate(listed):
        if rule.dose is not None and unmeetable(FACTS["steroid_dose"], rule.dose):
            where = (*path, "treatments", number, "dose")
            message = ("no dose meets this rule", "aucune dose ne satisfait cette règle")
            yield Found(where, *message, "correct the bounds", "corriger les bornes")
    stops = [rule for rule in listed if rule.excluded in ("now", "ever")]
    for number, rule in enumerate(listed):
        if rule.required is None:
            continue
        barring = [stop for stop in stops if stop.excluded == "ever" or rule.required == "now"]
        if all(any(of_class(drug, barred) for stop in barring for barred in stop.any) for drug in rule.any):
            yield Found(
                (*path, "treatments", number),
                "the drugs required here are excluded by another rule",
                "les médicaments exigés ici sont exclus par une autre règle",
                "correct one of the two",
                "corriger l'une des deux",
            )


def idle_alternative(entry: Entry, about: About) -> Iterator[Found]:
    """Alternatives that are none: `any_of` with one branch, or a count that its measures cannot reach."""
    for path, rules in entry.rules:
        branches = rules.get("any_of", ())
        if len(branches) == 1:
            hint = (
                "write its rules under `facts`, or add a branch",
                "écrire ses règles sous `facts`, ou ajouter une branche",
            )
            yield Found((*path, "any_of"), "`any_of` has one branch", "`any_of` a une seule branche", *hint)
        for number, several in enumerate(rules.get("at_least", ())):
            count, most = several.get("count"), len(several.get("of", ()))
            if count is not None and not 1 <= count <= most:
                message = (f"{count} of {most} measures", f"{count} mesures sur {most}")
                hint = (f"write a count from 1 to {most}", f"écrire un compte de 1 à {most}")
                yield Found((*path, "at_least", number, "count"), *message, *hint)


_HARDLY_REQUIRED = frozenset({"active_infection", "cell_therapy", "dialysis", "other_trial", "pregnancy", "transplant"})
"""Facts whose usual answer is no and that no form of the disease brings along."""


def unusual_requirement(entry: Entry, about: About) -> Iterator[Found]:
    """A rule requires what trials keep out: pregnancy, an active infection, a transplant."""
    if entry.plain.get("kind") == "extension" or entry.explained("eligibility"):
        return
    for where, id, rule, _ in entry.fact_rules:
        if id in _HARDLY_REQUIRED and rule == "required":
            row = FACTS[id]
            hint = (
                "write `excluded`, or say under `conflicts` (about: eligibility) that the study is for these patients",
                "écrire `excluded`, ou dire sous `conflicts` (about: eligibility) que l'étude est pour ces patients",
            )
            yield Found(where, f"{row.en} is required of every patient", f"{row.fr} : exigé de tout patient", *hint)


_ONE_OF = (("min", "above"), ("max", "below"), ("since", "excluded"), ("age", "excluded"))
"""Keys of a rule on a fact of which only one is judged."""


def crowded_rule(entry: Entry, about: About) -> Iterator[Found]:
    """One rule says two things of which one only is judged, or the narrower of two."""
    named = [(where, rule) for where, _, rule, _ in entry.fact_rules if isinstance(rule, dict)]
    inner = [((*where, key), rule.get(key)) for where, rule in named for key in ("since", "age")]
    treatments = (((*path, "treatments"), rules.get("treatments", ())) for path, rules in entry.rules)
    doses = [((*path, n, "dose"), rule) for path, every in treatments for n, rule in enumerate(every) if "dose" in rule]
    for where, rule in [*named, *inner, *((where, rule["dose"]) for where, rule in doses)]:
        for first, second in _ONE_OF if isinstance(rule, dict) else ():
            if first in rule and second in rule:
                message = (f"`{second}` stands beside `{first}`", f"`{second}` se trouve à côté de `{first}`")
                yield Found((*where, second), *message, "keep the one that is meant", "garder celui qui est voulu")
    for where, rule in doses:
        if not any(of_class(STEROID, drug) or of_class(drug, STEROID) for drug in rule["any"]):
            message = ("only doses of steroids are judged", "seules les doses de corticoïdes sont jugées")
            hint = ("remove `dose`, or name a steroid", "retirer `dose`, ou nommer un corticoïde")
            yield Found(where, *message, *hint, key=True)


_WORD = re.compile(r"[a-z]{7,}")
_NEAR = 0.9


@cache
def _names() -> tuple[str, ...]:
    """The names of one word, in lower case."""
    return tuple(name for name in read("keys_drugs") if _WORD.fullmatch(name))


@cache
def _near(name: str) -> tuple[str, ...]:
    """The names of the vocabulary that a name may be a slip of."""
    if not _WORD.fullmatch(name) or compact(name) in read("keys_drugs"):
        return ()
    letters = set(name)
    alike = [one for one in _names() if abs(len(one) - len(name)) <= 2 and len(letters.symmetric_difference(one)) <= 3]
    return tuple(likest(name, alike, 2, _NEAR)) if alike else ()


def _is_slip(name: str, other: str) -> bool:
    """Whether a name is another with a letter lost, doubled, or exchanged with its neighbour; another letter is another drug."""
    lost = {other[:n] + other[n + 1 :] for n in range(len(other))}
    doubled = {other[:n] + other[n] + other[n:] for n in range(len(other))}
    exchanged = {other[:n] + other[n + 1] + other[n] + other[n + 2 :] for n in range(len(other) - 1)}
    return name in lost | doubled | exchanged


def unknown_drug(entry: Entry, about: About) -> Iterator[Found]:
    """A drug is nearly, but not quite, one of the vocabulary."""
    for place, one in enumerate(entry.plain.get("interventions", ())):
        name = one.get("name")
        near = _near(name) if name is not None else ()
        if near:
            en, fr = meant(near)
            fix = replace_by(near[0]) if len(near) == 1 and _is_slip(name, near[0]) else None
            yield Found(
                ("interventions", place, "name"),
                f"`{shown(name)}` is not a drug of the vocabulary",
                f"`{shown(name)}` n'est pas un médicament du vocabulaire",
                f"{en} a new drug belongs in the vocabulary",
                f"{fr} un nouveau médicament a sa place dans le vocabulaire",
                fix=fix,
            )


_NOTHING = frozenset({"placebo", "sham", "placebos"})


def drug_by_other_name(entry: Entry, about: About) -> Iterator[Found]:
    """A drug is named by its brand, with a capital letter, or with its dose, or is a placebo."""
    for place, drug in enumerate(entry.plain.get("interventions", ())):
        name = drug.get("name", "")
        if name.lower() in _NOTHING and drug.get("role") != "comparator":
            message = (f"`{shown(name)}` is not what is tested", f"`{shown(name)}` n'est pas ce qui est essayé")
            hint = ("say it by `comparator`, and remove the line", "le dire par `comparator`, et retirer la ligne")
            yield Found(("interventions", place, "name"), *message, *hint)
            continue
        bare = without_dose(name)
        usual = usual_name(bare)
        if usual == name:
            continue
        if bare != name:
            message = (f"`{shown(name)}` has a dose", f"`{shown(name)}` porte une dose")
        elif usual.casefold() != name.casefold():
            message = (f"`{shown(name)}` is named by a brand", f"`{shown(name)}` est un nom de marque")
        else:
            message = (f"`{shown(name)}` has a capital letter", f"`{shown(name)}` porte une majuscule")
        fix = replace_by(usual) if resolve("drugs", usual, exact=True).id is not None else None
        yield Found(("interventions", place, "name"), *message, *write(shown(usual)), fix=fix)
