"""What changed between two versions of the registry, in words: the names of keys, and what stood and stands there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myofind.domain.plain_trial import eligibility
from myofind.domain.rules import Criterion, fact_rule, span_of
from myofind.domain.trial import Trial, named_rules
from myofind.names.facts import FACTS
from myofind.names.vocabulary import label
from myofind.words.facts import fact_name, length
from myofind.words.rule_words import required, rule_words
from myofind.words.trial_facts import KEYS
from myofind.words.wording import COVERAGES, KINDS, STATUSES, Lang, headed, pick, yes_or_no

_KEYS: dict[str, tuple[str, str]] = {
    **KEYS, "any_of": ("one of", "une condition parmi"), "as_of": ("facts up to", "faits au"),
    "at_least": ("a count of measures", "nombre de mesures"), "autoantibodies": ("autoantibodies", "autoanticorps"), "age": ("age", "âge"),
    "check_by_hand": ("check by hand", "à vérifier"), "complete": ("list of countries complete", "liste des pays complète"),
    "conflicts": ("sources disagree", "désaccords des sources"), "coverage": ("criteria read", "critères lus"),
    "design": ("design", "plan d'étude"), "draft": ("draft", "brouillon"), "duration": ("time since onset", "durée d'évolution"),
    "ids": ("other numbers", "autres numéros"), "interventions": ("interventions", "traitements"), "listed": ("countries", "pays"),
    "not_in": ("countries ruled out", "pays exclus"), "onset_age": ("age at onset", "âge de début"),
    "primary_completion": ("primary completion", "fin du critère principal"), "read": ("criteria read on", "critères lus le"),
    "record": ("record read", "fiche lue"), "sex": ("sex", "sexe"), "sources": ("sources", "sources"), "status": ("status", "statut"),
    "subtypes": ("subtypes", "formes"), "takes_nobody": ("takes nobody", "ne prend personne"),
    "treatments": ("treatments", "traitements reçus"), "version": ("version", "version"), "name": ("name", "nom"),
    "schema": ("form", "forme"),
}  # fmt: skip
_PARTS = ("subtypes", "age", "sex", "autoantibodies")
_SEVERAL = ("treatments", "any_of", "at_least")


def key_words(key: str, lang: Lang, trial: Trial | None = None) -> str:
    """What a key is about: a fact by its name, a cohort's with the cohort as its trial calls it."""
    if key.startswith("cohorts.") and ".eligibility." in key:
        cohort, _, rest = key.removeprefix("cohorts.").rpartition(".eligibility.")
        french = next((one.fr for one in (trial.cohorts if trial else ()) if one.name == cohort), None)
        return pick(lang, f"{cohort}: ", f"{french or cohort} : ") + key_words(f"eligibility.{rest}", lang)
    part = key.removeprefix("eligibility.")
    if part.startswith("facts.") and part[6:] in FACTS:
        return fact_name(part[6:], lang)
    last = part.rpartition(".")[2]
    return pick(lang, *_KEYS.get(last, (last, last)))


def value_words(key: str, value: Any, lang: Lang) -> str:
    """What stands at a key, in words."""
    if value is None:
        return pick(lang, "not recorded", "non renseigné")
    *_, above, last = ("", *key.split("."))
    if above == "facts" and last in FACTS:
        return rule_words(last, fact_rule(last, value), lang)
    if last in _PARTS:
        return _rule(last, value, lang)
    if isinstance(value, list):
        return pick(lang, "; ", " ; ").join(item_words(key, one, lang) for one in value)
    if last == "coverage":
        return pick(lang, *COVERAGES[value])
    if last == "kind":
        return pick(lang, *KINDS[value])
    return _plain(value, lang)


def item_words(key: str, item: Any, lang: Lang) -> str:
    """One item of a list in words: a drug, a site, a rule, a note."""
    last = key.rpartition(".")[2]
    if last in ("listed", "not_in"):
        return label("countries", item, lang)
    if last in _SEVERAL:
        return _rule(last, [item], lang)
    teller = _ITEMS.get(last)
    return teller(item, lang) if teller is not None and isinstance(item, dict) else _plain(item, lang)


def _rule(key: str, value: Any, lang: Lang) -> str:
    name, rule = next(named_rules(eligibility({key: value})))
    return required(Criterion(name, "met", "", rule), lang)


def _note(item: Any, lang: Lang) -> str:
    return str(item.get(lang) or item.get("en") or item.get("note") or "")


def _conflict(item: Any, lang: Lang) -> str:
    about = key_words(str(item.get("about", "")), lang)
    return headed(about, _note(item, lang), lang)


def _contact(item: Any, lang: Lang) -> str:
    ways = ", ".join(item[way] for way in ("phone", "email", "url") if way in item)
    return ways + (f" ({label('countries', item['where'], lang)})" if "where" in item else "")


def _site(item: Any, lang: Lang) -> str:
    place = ", ".join(item[part] for part in ("facility", "city") if part in item)
    where = label("countries", item["country"], lang)
    status = f", {pick(lang, *STATUSES[item['status']])}" if "status" in item else ""
    return (f"{place} ({where})" if place else where) + status


def _drug(item: Any, lang: Lang) -> str:
    role = item.get("role")
    return str(item["name"]) + (f" ({role})" if role else "")


def _source(item: Any, lang: Lang) -> str:
    return " ".join(str(item[part]) for part in ("ref", "at", "date") if part in item)


_ITEMS: dict[str, Callable[[Any, Lang], str]] = {
    "check_by_hand": _note, "conflicts": _conflict, "contacts": _contact, "sites": _site, "interventions": _drug, "sources": _source,
}  # fmt: skip


def _plain(value: Any, lang: Lang) -> str:
    """A value without words of its own."""
    if isinstance(value, bool):
        return yes_or_no(value, lang)
    if isinstance(value, dict):
        if set(value) == {"number", "unit"}:
            return length(span_of(value), lang)
        return ", ".join(f"{key} {_plain(one, lang)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(one, lang) for one in value)
    return str(value)
