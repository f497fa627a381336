"""Facts of the table in words: their names, what was found, what a rule asks, and why a criterion came out as it did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from myofind.domain.criterion import Criterion
from myofind.domain.patient import OTHER, Amount, Chosen, FactValue, Onset, Treatment, When, YesNo
from myofind.domain.rules import Bounds, DayRule, Enrolment, FactRule, Span, SpanRule, TreatmentRule, Values, Window
from myofind.names.facts import FACTS, FactId
from myofind.names.vocabulary import label

Lang = Literal["en", "fr"]


def _pick(lang: Lang, en: str, fr: str) -> str:
    return fr if lang == "fr" else en


def _or(words: Iterable[str], lang: Lang) -> str:
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + _pick(lang, " or ", " ou ") + listed[-1]


def _de(name: str) -> str:
    """A name after `de`, which loses its vowel before another."""
    return f"d'{name}" if name[:1].lower() in "aeiouyàâéèêëîïôöùûü" else f"de {name}"


def fact_name(id: FactId, lang: Lang) -> str:
    """What a fact is called."""
    row = FACTS[id]
    return _pick(lang, row.en, row.fr)


def number(value: float, lang: Lang) -> str:
    """A number as it is written in a language."""
    text = f"{value:g}"
    return text.replace(".", ",") if lang == "fr" else text


def length(span: Span, lang: Lang) -> str:
    """A length of time in words."""
    en, fr = {
        "years": ("year", "an"),
        "months": ("month", "mois"),
        "weeks": ("week", "semaine"),
        "days": ("day", "jour"),
    }[span.unit]
    several = span.number != 1
    return f"{number(span.number, lang)} " + _pick(lang, en + "s" * several, fr + "s" * (several and fr != "mois"))


def days(first: date | None, last: date | None) -> str:
    """A day, a month, a year, or two days, as precise as what is known."""
    if first is None or last is None:
        return ""
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return first.isoformat()[:7]
    return f"{first.isoformat()} … {last.isoformat()}" if first.year > 1 else f"… {last.isoformat()}"


# Values ----------------------------------------------------------------------------------------------------------------


def value_words(id: FactId, value: FactValue, lang: Lang) -> str:
    """What was found of a fact."""
    row = FACTS[id]
    match value:
        case YesNo(yes=yes, past=past, first=first, last=last):
            if not yes:
                began = days(first if first and first.year > 1 else last, last)
                return _pick(lang, "no", "non") + (began and _pick(lang, f" since {began}", f" depuis {began}"))
            return " ".join(
                filter(None, (_pick(lang, "past", "passé") if past else _pick(lang, "yes", "oui"), days(first, last)))
            )
        case Chosen(values=values, without=without, first=first, last=last):
            names = {one.id: _pick(lang, one.en, one.fr) for one in row.values}
            parts = [names[one] for one in values] + [
                _pick(lang, f"no {names[one]}", f"pas {_de(names[one])}") for one in without
            ]
            return " ".join(filter(None, (", ".join(parts), days(first, last))))
        case Amount():
            return _amount(id, value, lang)
        case When(first=first, last=last):
            return days(first, last) or _pick(lang, "never", "jamais")
        case Onset():
            return ""


def _amount(id: FactId, value: Amount, lang: Lang) -> str:
    row = FACTS[id]
    unit = _unit(id, lang, value.scale)
    if value.low is not None and value.low == value.high:
        return number(value.low, lang) + unit
    if value.low is not None and value.high is not None:
        return f"{number(value.low, lang)}-{number(value.high, lang)}{unit}"
    if value.low is not None:
        return (">" if value.open_low else "≥") + f" {number(value.low, lang)}{unit}"
    high = value.high if value.high is not None else row.range[1]
    return ("<" if value.open_high else "≤") + f" {number(high, lang)}{unit}"


def _unit(id: FactId, lang: Lang, scale: int | None) -> str:
    row = FACTS[id]
    if scale and len(row.scale) > 1:
        return f"/{scale}"
    unit = _pick(lang, *row.unit)
    return f" {unit}" if unit else ""


def treatment_words(treatment: Treatment, lang: Lang) -> str:
    """A treatment and its times."""
    name = (
        _pick(lang, "nothing else", "rien d'autre") if treatment.drug == OTHER else label("drugs", treatment.drug, lang)
    )
    if treatment.status == "never":
        return name if treatment.drug == OTHER else _pick(lang, f"never {name}", f"jamais {_de(name)}")
    if treatment.status == "not_now":
        return name if treatment.drug == OTHER else _pick(lang, f"no {name} now", f"pas {_de(name)} actuellement")
    parts = [name]
    if treatment.dose is not None:
        parts.append(value_words("steroid_dose", treatment.dose, lang))
    for when, words in (
        (treatment.since, ("since", "depuis")),
        (treatment.changed, ("changed", "modifié")),
        (treatment.until, ("until", "jusqu'en")),
    ):
        if when is not None:
            parts.append(f"{_pick(lang, *words)} {days(when.first, when.last)}")
    if treatment.status == "now" and not treatment.since:
        parts.append(_pick(lang, "now", "en cours"))
    if treatment.status == "past" and not treatment.until:
        parts.append(_pick(lang, "stopped", "arrêté"))
    return " ".join(parts)


# Rules -----------------------------------------------------------------------------------------------------------------

_STANCES = {"required": ("required", "exigé"), "excluded": ("excluded", "exclu"), "allowed": ("allowed", "accepté")}


def rule_words(id: FactId, rule: FactRule, lang: Lang) -> str:
    """What a rule on a fact asks."""
    if isinstance(rule, str):
        return _pick(lang, *_STANCES.get(rule, (rule, rule)))
    if isinstance(rule, Window):
        if rule.within is None:
            return _pick(lang, "not now", "pas actuellement")
        span = length(rule.within, lang)
        return _pick(lang, f"not within {span}", f"pas depuis {span}")
    if isinstance(rule, Bounds):
        return bounds_words(id, rule, lang)
    if isinstance(rule, SpanRule):
        return span_words(rule, lang)
    if isinstance(rule, DayRule):
        return _day(rule, lang)
    return _values(id, rule, lang)


def _day(rule: DayRule, lang: Lang) -> str:
    parts = []
    if rule.since:
        parts.append(_pick(lang, f"{span_words(rule.since, lang)} ago", f"il y a {span_words(rule.since, lang)}"))
    if rule.age:
        parts.append(_pick(lang, f"at {span_words(rule.age, lang)} of age", f"à {span_words(rule.age, lang)}"))
    return ", ".join(parts)


def span_words(rule: SpanRule, lang: Lang) -> str:
    """Bounds of a length of time."""
    texts = [None if one is None else length(one, lang) for one in rule]
    if texts[0] and texts[1] and not texts[2] and not texts[3]:
        return _pick(lang, f"{texts[0]} to {texts[1]}", f"de {texts[0]} à {texts[1]}")
    return _compared(texts, lang)


def _compared(texts: list[str | None], lang: Lang) -> str:
    words = (("at least", "au moins"), ("at most", "au plus"), ("more than", "plus de"), ("less than", "moins de"))
    parts = [f"{_pick(lang, *word)} {text}" for word, text in zip(words, texts, strict=True) if text]
    return ", ".join(parts)


def bounds_words(id: FactId, rule: Bounds, lang: Lang) -> str:
    """Bounds of a number, with its unit."""
    unit = _unit(id, lang, rule.scale or (FACTS[id].scale[0] if FACTS[id].scale else None))
    if rule.min is not None and rule.min == rule.max:
        return number(rule.min, lang) + unit
    signs = ((rule.min, "≥"), (rule.max, "≤"), (rule.above, ">"), (rule.below, "<"))
    text = ", ".join(f"{sign} {number(bound, lang)}{unit}" for bound, sign in signs if bound is not None)
    if rule.intolerance == "counts":
        text += _pick(lang, " (intolerance counts)", " (l'intolérance compte)")
    elif rule.intolerance == "not":
        text += _pick(lang, " (intolerance does not count)", " (l'intolérance ne compte pas)")
    return text


def _values(id: FactId, rule: Values, lang: Lang) -> str:
    names = {one.id: _pick(lang, one.en, one.fr) for one in FACTS[id].values}
    text = _or((names[one] for one in rule.required), lang) if rule.required else ""
    if rule.excluded:
        text = _pick(lang, "not ", "sauf ") + _or((names[one] for one in rule.excluded), lang)
    if rule.within:
        text += _pick(lang, f" within {length(rule.within, lang)}", f" depuis moins de {length(rule.within, lang)}")
    return text


def treatment_rule_words(rule: TreatmentRule, lang: Lang) -> str:
    """What a rule asks of treatments."""
    names = _or((label("drugs", one, lang) for one in rule.any), lang)
    if isinstance(rule.excluded, Span):
        return _pick(
            lang,
            f"no {names} within {length(rule.excluded, lang)}",
            f"pas {_de(names)} depuis {length(rule.excluded, lang)}",
        )
    if rule.excluded == "ever":
        return _pick(lang, f"never {names}", f"jamais {_de(names)}")
    if rule.excluded == "now":
        return _pick(lang, f"no {names} now", f"pas {_de(names)} actuellement")
    if rule.required is not None:
        return (
            _pick(lang, f"{names} now", f"{names} en cours")
            if rule.required == "now"
            else _pick(lang, f"{names}, now or before", f"{names}, maintenant ou avant")
        )
    parts = []
    if rule.unchanged:
        parts.append(
            _pick(
                lang, f"unchanged for {length(rule.unchanged, lang)}", f"inchangé depuis {length(rule.unchanged, lang)}"
            )
        )
    if rule.dose:
        parts.append(bounds_words("steroid_dose", rule.dose, lang))
    return _pick(lang, f"{names}, if taken: ", f"{names}, si pris : ") + ", ".join(parts)


_NOBODY = {
    "draft": ("not yet decided by a curator", "pas encore validé"),
    "existing_records": (
        "works on existing records and recruits nobody",
        "porte sur des dossiers existants et ne recrute personne",
    ),
    "already_treated": ("follows people already treated", "suit des personnes déjà traitées"),
    "published": ("is finished and published", "est terminée et publiée"),
}


def enrolment_words(rule: Enrolment, lang: Lang) -> str:
    """Why nobody new can enter."""
    if rule.reason == "extension":
        parents = _or(rule.detail, lang)
        return _pick(
            lang, f"taking part in {parents or 'the parent trial'}", f"participer à {parents or 'l’essai parent'}"
        )
    return _pick(lang, *_NOBODY[rule.detail[0] if rule.detail else rule.reason])


# Reasons ---------------------------------------------------------------------------------------------------------------

_REASONS = {
    "missing": ("not given", "non précisé"),
    "not_presumed": ("not given, and not to be presumed here", "non précisé, et à ne pas présumer ici"),
    "when": ("when?", "quand ?"),
    "too_short": ("too short", "en deçà"),
    "too_long": ("too long", "au-delà"),
    "too_low": ("too low", "trop bas"),
    "too_high": ("too high", "trop élevé"),
    "too_recent": ("too recent", "trop récent"),
    "too_old": ("too old a proof", "preuve trop ancienne"),
    "near_bound": ("too close to the bound to tell", "trop près de la limite pour trancher"),
    "scale": ("on another scale", "sur une autre échelle"),
    "never": ("never", "jamais"),
}


def fact_reason(criterion: Criterion, lang: Lang, found: str = "") -> str:
    """Why a criterion on a fact came out as it did."""
    name = fact_name(criterion.name, lang)
    need = rule_words(criterion.name, criterion.rule, lang)
    colon = " :" if lang == "fr" else ":"
    if criterion.outcome == "presumed":
        return presumed(criterion, lang)
    if criterion.code == "missing":
        return _pick(lang, f"{name} not given; asked: {need}", f"{name} non précisé ; demandé : {need}")
    if criterion.code in _REASONS:
        text = ", ".join(filter(None, (found, _pick(lang, *_REASONS[criterion.code]))))
        return f"{name}{colon} {text} ({need}){_from(criterion, lang)}"
    return f"{name}{colon} {found + ', ' if found and criterion.code != 'allowed' else ''}{need}"


def _from(criterion: Criterion, lang: Lang) -> str:
    if criterion.holds_from is None:
        return ""
    first, last = criterion.holds_from
    if first == last:
        return _pick(lang, f"; from {first}", f" ; à partir du {first}")
    return _pick(
        lang, f"; perhaps from {first}, surely from {last}", f" ; peut-être à partir du {first}, sûrement du {last}"
    )


def presumed(criterion: Criterion, lang: Lang) -> str:
    """What is presumed, with why."""
    if criterion.name == "treatments":
        return _pick(lang, "presumed: ", "présumé : ") + presumption(criterion, lang)
    because = _pick(lang, *FACTS[criterion.name].because)
    return _pick(
        lang,
        f"presumed: {presumption(criterion, lang)} ({because})",
        f"présumé : {presumption(criterion, lang)} ({because})",
    )


def presumption(criterion: Criterion, lang: Lang) -> str:
    """What is presumed, in a few words: `no cancer in 5 years`, `not pregnant or breastfeeding`."""
    if criterion.name == "treatments":
        drugs = _or((label("drugs", one, lang) for one in criterion.facts), lang)
        if criterion.code == "usual":
            return _pick(lang, f"no earlier {drugs}", f"pas {_de(drugs)} auparavant")
        if criterion.code == "listed_other":
            return _pick(lang, f"no other {drugs} now", f"pas d'autre traitement ({drugs}) actuellement")
        return _pick(lang, f"no {drugs} now", f"pas {_de(drugs)} actuellement")
    row, rule = FACTS[criterion.name], criterion.rule
    if row.kind == "number":
        return f"{fact_name(row.id, lang)} {rule_words(row.id, rule, lang)}"
    name = fact_name(row.id, lang)
    if isinstance(rule, Values):
        names = {one.id: _pick(lang, one.en, one.fr) for one in row.values}
        name = _or((names[one] for one in rule.excluded), lang)
        return (
            f"{fact_name(row.id, lang)}{_pick(lang, ': not ', ' : pas ')}{name}"
            if not row.several
            else _pick(lang, f"no {name}", f"pas {_de(name)}")
        )
    if isinstance(rule, Window) and rule.within:
        return _pick(
            lang, f"no {name} in {length(rule.within, lang)}", f"pas {_de(name)} depuis {length(rule.within, lang)}"
        )
    negated = row.en.startswith(("pregnant", "on an", "in another"))
    return _pick(lang, f"not {name}" if negated else f"no {name}", f"non {name}" if negated else f"pas {_de(name)}")


_TREATMENTS = {
    "taken": ("taken", "pris"),
    "taken_now": ("taken now", "pris actuellement"),
    "not_taken": ("not taken", "non pris"),
    "which_drug": ("which drug?", "lequel ?"),
    "stopped_when": ("stopped when?", "arrêté quand ?"),
    "changed_when": ("unchanged since when?", "inchangé depuis quand ?"),
    "changed_recently": ("changed too recently", "modifié trop récemment"),
    "dose": ("at which dose?", "à quelle dose ?"),
    "dose_too_high": ("dose too high", "dose trop élevée"),
    "dose_too_low": ("dose too low", "dose trop basse"),
    "too_recent": ("stopped too recently", "arrêté trop récemment"),
    "near_bound": ("the day is too coarse to tell", "date trop imprécise pour trancher"),
    "missing": ("not given", "non précisé"),
    "not_presumed": ("not given, and not to be presumed here", "non précisé, et à ne pas présumer ici"),
}


def treatment_reason(criterion: Criterion, lang: Lang) -> str:
    """Why a criterion on treatments came out as it did."""
    need = treatment_rule_words(criterion.rule, lang)
    if criterion.outcome == "presumed":
        return f"{presumed(criterion, lang)} ; {need}" if lang == "fr" else f"{presumed(criterion, lang)}; {need}"
    if criterion.code not in _TREATMENTS:
        return need
    names = _or((label("drugs", one, lang) for one in criterion.facts), lang)
    text = _pick(lang, *_TREATMENTS[criterion.code])
    return f"{names}{' :' if lang == 'fr' else ':'} {text} ({need}){_from(criterion, lang)}"
