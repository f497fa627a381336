"""Facts of the table in words: their names, what was found, what a rule asks, and why a criterion came out as it did."""

from __future__ import annotations

from datetime import date

from myofind.domain.patient import OTHER, Amount, Chosen, FactValue, InDoubt, Onset, Treatment, When, YesNo
from myofind.domain.rules import Span
from myofind.language import Lang, pick
from myofind.names.facts import FACTS, FactId
from myofind.names.vocabulary import label


def after_de(name: str) -> str:
    """A name after `de`, which loses its vowel before another."""
    return f"d'{name}" if name[:1].lower() in "aehiouyàâéèêëîïôöùûü" else f"de {name}"


def fact_name(id: FactId, lang: Lang) -> str:
    """What a fact is called."""
    row = FACTS[id]
    return pick(lang, row.en, row.fr)


def answers(id: FactId, lang: Lang) -> dict[str, str]:
    """The answers of a choice, by id."""
    return {one.id: pick(lang, one.en, one.fr) for one in FACTS[id].values}


def denied(id: FactId, lang: Lang) -> str:
    """That a fact answered with yes or no is not so."""
    row = FACTS[id]
    if row.denied:
        return pick(lang, *row.denied)
    english = f"other {row.en.removeprefix('another ')}" if row.en.startswith("another ") else row.en
    return without(pick(lang, english, row.fr), lang)


def without(name: str, lang: Lang) -> str:
    """That something is not so, or not taken."""
    return pick(lang, f"no {name}", f"pas {after_de(name)}")


def number(value: float, lang: Lang) -> str:
    """A number as it is written in a language."""
    text = f"{value:g}"
    return pick(lang, text, text.replace(".", ","))


def length(span: Span, lang: Lang) -> str:
    """A length of time in words."""
    en, fr = {
        "years": ("year", "an"),
        "months": ("month", "mois"),
        "weeks": ("week", "semaine"),
        "days": ("day", "jour"),
    }[span.unit]
    several = span.number != 1
    return f"{number(span.number, lang)} " + pick(lang, en + "s" * several, fr + "s" * (several and fr != "mois"))


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
    match value:
        case YesNo(yes=yes, past=past, first=first, last=last):
            if not yes:
                began = days(first if first and first.year > 1 else last, last)
                return pick(lang, "no", "non") + (began and pick(lang, f" since {began}", f" depuis {began}"))
            told = pick(lang, "past", "passé") if past else pick(lang, "yes", "oui")
            return f"{told} {days(first, last)}".rstrip()
        case Chosen(values=values, without=absent, first=first, last=last):
            names = answers(id, lang)
            parts = [*(names[one] for one in values), *(without(names[one], lang) for one in absent)]
            return f"{', '.join(parts)} {days(first, last)}".strip()
        case Amount():
            return _amount(id, value, lang)
        case When(first=first, last=last):
            return days(first, last) or pick(lang, "never", "jamais")
        case Onset():
            return ""
        case InDoubt():
            return pick(lang, "in doubt", "incertain")


def _amount(id: FactId, value: Amount, lang: Lang) -> str:
    low, high = value.low, value.high
    if low is not None and high is not None:
        told = measured(id, high, lang, value.scale)
        return told if low == high else f"{number(low, lang)}-{told}"
    if low is not None:
        return f"{'>' if value.open_low else '≥'} {measured(id, low, lang, value.scale)}"
    most = high if high is not None else FACTS[id].range[1]
    return f"{'<' if value.open_high else '≤'} {measured(id, most, lang, value.scale)}"


def measured(id: FactId, value: float, lang: Lang, scale: int | None) -> str:
    """A number with its unit, or with the scale it is of where a fact has several: `2 drugs`, `1 × 10⁹/L`, `74/80`."""
    if scale and len(FACTS[id].scale) > 1:
        return f"{number(value, lang)}/{scale}"
    unit = pick(lang, *FACTS[id].unit)
    if unit.isalpha() and (abs(value) < 2 if lang == "fr" else value == 1):
        unit = unit.removesuffix("s")
    before, power, after = unit.partition("10^")
    if power:
        exponent, per, volume = after.partition("/")
        unit = f"{before}× 10{exponent.translate(_RAISED)}{per}{volume}"
    return f"{number(value, lang)} {unit}".rstrip()


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_PLAIN = ("prednisone", "prednisolone", "glucocorticoid")
"""The steroids whose dose is told in their own milligrams."""


_NOTHING = (
    (("nothing else", "rien d'autre"), ("no treatment now", "aucun traitement actuellement")),
    (("never anything else", "jamais rien d'autre"), ("never any treatment", "jamais aucun traitement")),
)
"""That nothing else is taken, or never was: beside other treatments, and alone."""


def treatment_words(treatment: Treatment, lang: Lang, *, alone: bool = False) -> str:
    """A treatment and its times; a dose is one of prednisone."""
    if treatment.drug == OTHER:
        return pick(lang, *_NOTHING[treatment.status == "never"][alone])
    name = label("drugs", treatment.drug, lang)
    if treatment.status == "never":
        return pick(lang, f"never {name}", f"jamais {after_de(name)}")
    if treatment.status == "not_now":
        return without(name, lang) + pick(lang, " now", " actuellement")
    parts = [name]
    if treatment.dose is not None:
        parts.append(value_words("steroid_dose", treatment.dose, lang))
        if treatment.drug not in _PLAIN:
            parts.append(pick(lang, "prednisone-equivalent", "d'équivalent prednisone"))
    for when, words in (
        (treatment.since, ("since", "depuis")),
        (treatment.changed, ("unchanged since", "inchangé depuis")),
        (treatment.until, ("until", "jusqu'en")),
    ):
        if when is not None:
            parts.append(f"{pick(lang, *words)} {days(when.first, when.last)}")
    if treatment.status == "now" and not treatment.since and not treatment.changed:
        parts.append(pick(lang, "now", "en cours"))
    if treatment.status == "past" and not treatment.until:
        parts.append(pick(lang, "in the past", "par le passé"))
    return " ".join(parts)
