"""What was typed and cannot all be true, in words: both sides are named, and what may be typed instead."""

from __future__ import annotations

from typing import cast

from myofind.domain.contradictions import CLASS_TAKEN, Contradiction, Stated
from myofind.domain.patient import OTHER, Birth, FactValue, Result, Treatment, YesNo
from myofind.language import Lang, Pair, pick
from myofind.names.vocabulary import label
from myofind.words.facts import denied, fact_name, treatment_words
from myofind.words.patient import born, fact_read
from myofind.words.wording import RESULTS, listing

__all__ = ["contradiction_words"]

_KINDS = {
    "fact": ("the fact", "le fait"),
    "treatment": ("the treatment", "le traitement"),
    "subtype": ("the diagnosis", "le diagnostic"),
    "antibody": ("the result", "le résultat"),
    "birth": ("the age", "l'âge"),
    "sex": ("the sex", "le sexe"),
    "onset": ("the onset", "le début"),
}
_FORMS = {
    "clash": ("{0} contradicts {1}", "{0} contredit {1}"),
    "twice": ("{name} is given twice, and not the same: {0} and {1}", "{name} : donné deux fois, différemment : {0} et {1}"),
    "before_birth": ("{0} lies before the birth ({1})", "{0} est antérieur à la naissance ({1})"),
    "before_onset": ("{0} lies before the beginning of the disease ({1})", "{0} est antérieur au début de la maladie ({1})"),
    "too_late": ("{0} begins before 18, and the onset typed is later ({1})", "{0} débute avant 18 ans, et le début donné est plus tardif ({1})"),
}  # fmt: skip


def contradiction_words(found: Contradiction) -> tuple[Pair, Pair]:
    """The refusal of what cannot all be true, and the hint what to type next."""
    return (_message(found, "en"), _message(found, "fr")), (_hint(found, "en"), _hint(found, "fr"))


def _message(found: Contradiction, lang: Lang) -> str:
    first, *rest = found.stated
    form = pick(lang, *_FORMS[found.code])
    if found.code == "clash":
        return form.format(_named(first, lang), listing((_named(each, lang) for each in rest), lang, ("and", "et")))
    name = label("drugs" if first.kind == "treatment" else "facts", first.id, lang) if found.code == "twice" else ""
    values = [f"`{_value(each, lang)}`" for each in found.stated]
    return form.format(values[0] if found.code == "twice" else _named(first, lang), values[1], name=name)


def _named(stated: Stated, lang: Lang) -> str:
    """What it is, and what was understood: the treatment `never rituximab`."""
    kind = pick(lang, *_KINDS[stated.id if stated.id in _KINDS else stated.kind])
    return f"{kind} `{_value(stated, lang)}`"


def _value(stated: Stated, lang: Lang) -> str:
    """What was understood, as it is said back."""
    match stated.kind:
        case "fact":
            return fact_read(stated.id, cast("FactValue", stated.value), lang)
        case "treatment":
            return treatment_words(cast("Treatment", stated.value), lang, alone=not stated.beside)
        case "subtype":
            return label("subtypes", stated.id, lang)
        case "antibody":
            return f"{label('antibodies', stated.id, lang)} {pick(lang, *RESULTS[cast('Result', stated.value)])}"
        case "birth":
            return born(cast("Birth", stated.value), lang)


def _hint(found: Contradiction, lang: Lang) -> str:
    """What may be typed instead: the days that are possible, or what agrees with the rest."""
    first = found.stated[0]
    if found.start is not None:
        start = found.start.isoformat()
        return pick(
            lang,
            f"correct one of the two: a day from {start} on is accepted here",
            f"corriger l'un des deux : une date à partir du {start} est acceptée ici",
        )
    if found.code == "before_birth":
        return pick(lang, "correct the day or the age", "corriger la date ou l'âge")
    if first.id in CLASS_TAKEN and any(each.kind == "treatment" and each.id == OTHER for each in found.stated[1:]):
        drugs = label("drugs", CLASS_TAKEN[first.id], lang)
        return pick(
            lang,
            f"if it is taken, name it among the treatments, as in `{drugs}; no other`; else correct the fact",
            f"si c'est pris, le nommer parmi les traitements, par exemple `{drugs} ; aucun autre` ; sinon corriger le fait",
        )
    if found.code == "clash" and isinstance(first.value, YesNo):
        name = denied(first.id, lang) if first.value.yes else fact_name(first.id, lang)
        return pick(
            lang,
            f"leave out or correct one of them: `{name}` agrees with the rest",
            f"retirer ou corriger l'un d'eux : `{name}` concorde avec le reste",
        )
    return pick(lang, "leave out or correct one of them", "retirer ou corriger l'un d'eux")
