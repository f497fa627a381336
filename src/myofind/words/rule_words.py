"""What the registry asks for, in words: a rule of any kind, alone or as one of several ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from myofind.domain import rules as r
from myofind.domain.trial import AtLeast, named_rules
from myofind.language import Lang, pick
from myofind.names.facts import FACTS, FactId
from myofind.names.vocabulary import label
from myofind.words.facts import after_de, answers, length, measured, without
from myofind.words.wording import NAMES, joined, listing, short


def rule_words(id: FactId, rule: r.FactRule, lang: Lang) -> str:
    """What a rule on a fact asks."""
    if isinstance(rule, str):
        return pick(lang, *_WORDS.get(rule, (rule, rule)))
    if isinstance(rule, r.Window):
        if rule.within is None:
            return pick(lang, "not now", "pas actuellement")
        span = length(rule.within, lang)
        return pick(lang, f"not within {span}", f"pas depuis {span}")
    if isinstance(rule, r.Bounds):
        return bounds_words(id, rule, lang)
    if isinstance(rule, r.SpanRule):
        return span_words(rule, lang)
    if isinstance(rule, r.DayRule):
        return _day(rule, lang)
    return _values(id, rule, lang)


def _day(rule: r.DayRule, lang: Lang) -> str:
    parts = []
    if rule.since:
        parts.append(pick(lang, f"{span_words(rule.since, lang)} ago", f"il y a {span_words(rule.since, lang)}"))
    if rule.age:
        parts.append(pick(lang, f"at {span_words(rule.age, lang)} of age", f"à {span_words(rule.age, lang)}"))
    return ", ".join(parts)


def span_words(rule: r.SpanRule, lang: Lang) -> str:
    """Bounds of a length of time."""
    least, most, above, below = (None if one is None else length(one, lang) for one in rule)
    if least and most and not above and not below:
        return pick(lang, f"{least} to {most}", f"de {least} à {most}")
    words = (("at least", "au moins"), ("at most", "au plus"), ("more than", "plus de"), ("less than", "moins de"))
    texts = zip(words, (least, most, above, below), strict=True)
    return ", ".join(f"{pick(lang, *word)} {text}" for word, text in texts if text)


def bounds_words(id: FactId, rule: r.Bounds, lang: Lang) -> str:
    """Bounds of a number, with its unit."""
    scale = rule.scale or (FACTS[id].scale[0] if FACTS[id].scale else None)
    if rule.min is not None and rule.min == rule.max:
        return measured(id, rule.min, lang, scale)
    signs = ((rule.min, "≥"), (rule.max, "≤"), (rule.above, ">"), (rule.below, "<"))
    text = ", ".join(f"{sign} {measured(id, bound, lang, scale)}" for bound, sign in signs if bound is not None)
    if rule.intolerance == "counts":
        text += pick(lang, " (intolerance counts)", " (l'intolérance compte)")
    elif rule.intolerance == "not":
        text += pick(lang, " (intolerance does not count)", " (l'intolérance ne compte pas)")
    return text


def _values(id: FactId, rule: r.Values, lang: Lang) -> str:
    names = answers(id, lang)
    text = listing((names[one] for one in rule.required), lang) if rule.required else ""
    if rule.excluded:
        text = pick(lang, "not ", "sauf ") + listing((names[one] for one in rule.excluded), lang)
    if rule.within:
        text += pick(lang, f" within {length(rule.within, lang)}", f" depuis moins de {length(rule.within, lang)}")
    return text


def treatment_rule_words(rule: r.TreatmentRule, lang: Lang) -> str:
    """What a rule asks of treatments."""
    names = listing((label("drugs", one, lang) for one in rule.any), lang)
    if isinstance(rule.excluded, r.Span):
        return f"{without(names, lang)} {pick(lang, 'within', 'depuis')} {length(rule.excluded, lang)}"
    if rule.excluded == "ever":
        return pick(lang, f"never {names}", f"jamais {after_de(names)}")
    if rule.excluded == "now":
        return without(names, lang) + pick(lang, " now", " actuellement")
    if rule.required is not None:
        now, before = (" now", " en cours"), (", now or before", ", maintenant ou avant")
        return names + pick(lang, *(now if rule.required == "now" else before))
    return pick(lang, f"{names}, if taken: ", f"{names}, si pris : ") + ", ".join(while_taken(rule, lang))


def while_taken(rule: r.TreatmentRule, lang: Lang) -> Iterator[str]:
    """What a rule asks of a drug that is taken: since when it is unchanged, and its dose."""
    if rule.unchanged:
        yield pick(lang, "unchanged for ", "inchangé depuis ") + length(rule.unchanged, lang)
    if rule.dose:
        yield bounds_words("steroid_dose", rule.dose, lang)


_NOBODY = {
    "draft": ("not yet decided by a curator", "pas encore validé"),
    "existing_records": (
        "works on existing records and recruits nobody",
        "porte sur des dossiers existants et ne recrute personne",
    ),
    "already_treated": ("follows people already treated", "suit des personnes déjà traitées"),
    "published": ("is finished and published", "est terminée et publiée"),
}


def enrolment_words(rule: r.Enrolment, lang: Lang) -> str:
    """Why nobody new can enter."""
    if rule.reason == "extension":
        parents = listing(rule.detail, lang) or pick(lang, "the parent trial", "l’essai parent")
        return pick(lang, "taking part in ", "participer à ") + parents
    return pick(lang, *_NOBODY[rule.detail[0] if rule.detail else rule.reason])


# Criteria --------------------------------------------------------------------------------------------------------------


def required(criterion: r.Criterion, lang: Lang) -> str:
    """What the registry asks for."""
    rule = criterion.rule
    if isinstance(rule, AtLeast):
        return alternatives(rule, lang)
    if isinstance(rule, r.TreatmentRule):
        return treatment_rule_words(rule, lang)
    if isinstance(rule, r.Enrolment):
        return enrolment_words(rule, lang)
    if isinstance(rule, r.SubtypeRule):
        parts = [listing((short("subtypes", one, lang) for one in rule.admits), lang)] if rule.admits else []
        if rule.excludes:
            excluded = listing((short("subtypes", one, lang) for one in rule.excludes), lang)
            parts.append(pick(lang, "not ", "sauf ") + excluded)
        return joined(parts, lang)
    if isinstance(rule, r.AgeRule):
        return _age(rule, lang)
    if isinstance(rule, r.AntibodyRule):
        return _antibodies(rule, lang)
    if isinstance(rule, r.CountryRule):
        listed = listing((label("countries", one, lang) for one in rule.listed), lang, ("and", "et"))
        if not listed:
            return pick(lang, "not in ", "pas en ") + listing(rule.not_in, lang)
        return listed if rule.complete else listed + pick(lang, " and others not listed", " et d'autres non précisés")
    return "" if rule is None else rule_words(criterion.name, rule, lang)


def alternatives(rule: AtLeast, lang: Lang) -> str:
    """The branches of which some number must be met."""
    several = len(rule.of) > 1
    branches = [_conditions(named_rules(branch), several, lang) for branch in rule.of]
    if rule.needed == 1:
        return listing(branches, lang)
    return pick(lang, f"{rule.needed} of: ", f"{rule.needed} parmi : ") + pick(lang, "; ", " ; ").join(branches)


def _conditions(named: Iterable[tuple[str, Any]], several: bool, lang: Lang) -> str:
    """The conditions of a branch; of one of several in brackets, where they would run into those of the next one."""
    rules = list(named)
    words = pick(lang, " and ", " et ").join(
        f"{pick(lang, *NAMES[name])} {required(r.Criterion(name, 'unknown', '', rule), lang)}" for name, rule in rules
    )
    lists = any(isinstance(rule, (r.SubtypeRule, r.AntibodyRule)) and sum(map(len, rule)) > 1 for _, rule in rules)
    return f"({words})" if several and (lists or len(rules) > 1) else words


_WORDS = {
    "required": ("required", "exigé"), "excluded": ("excluded", "exclu"), "allowed": ("allowed", "accepté"),
    "female": ("female", "femme"), "male": ("male", "homme"), "all": ("any", "tous"),
}  # fmt: skip


def _age(rule: r.AgeRule, lang: Lang) -> str:
    low = rule.min
    high = rule.max if isinstance(rule.max, r.Span) else None
    if low and high:
        if low.unit == high.unit == "years":
            return pick(lang, f"{low.number:g} to {high.number:g}", f"{low.number:g} à {high.number:g} ans")
        return pick(lang, f"{length(low, lang)} to {length(high, lang)}", f"{length(low, lang)} à {length(high, lang)}")
    bound = low or high
    if bound is None:
        return pick(lang, "any age", "tout âge")
    words = f"{bound.number:g}" if bound.unit == "years" and lang == "en" else length(bound, lang)
    return words + (pick(lang, " or over", " ou plus") if low else pick(lang, " or under", " ou moins"))


def _antibodies(rule: r.AntibodyRule, lang: Lang) -> str:
    asked = (
        (rule.required_any, ("or", "ou"), ("positive", "positif")),
        (rule.required_all, ("and", "et"), ("positive", "positif")),
        (rule.excluded, ("or", "ou"), ("not positive", "non positif")),
    )
    parts = (
        f"{listing((short('antibodies', one, lang) for one in ids), lang, last)} {pick(lang, *result)}"
        for ids, last, result in asked
        if ids
    )
    return joined(parts, lang) or pick(lang, "none required", "aucun exigé")
