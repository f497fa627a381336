"""The patient's facts as an answer shows them, in English and in French."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from myofind.domain.dates import add_age
from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import Amount, Birth, Chosen, FactValue, InDoubt, Onset, Patient, When, YesNo
from myofind.domain.treatment_facts import derived_facts
from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC
from myofind.names.facts import FACTS, FactId
from myofind.names.subtypes import JUVENILE_OF, QUALIFIERS
from myofind.names.vocabulary import label
from myofind.words.facts import answers, days, denied, fact_name, treatment_words, value_words
from myofind.words.wording import RESULTS, Lang, headed, in_english, in_french, listing, pick, short, yes_or_no


def facts(patient: Patient, age: tuple[int | None, int | None] | None, lang: Lang) -> dict[str, str]:
    """The patient's facts by the name of the criterion they decide; `age` in years and months as it is shown."""
    began = _onset(patient.onset, lang) if patient.onset else ""
    given = {**derived_facts(patient.treatments), **dict(patient.facts)}
    return {
        **dict.fromkeys(CRITERIA, ""),
        **{fact: value_words(fact, value, lang) for fact, value in given.items()},
        "treatments": ", ".join(_treatments(patient, lang)),
        "subtype": ", ".join(patient.subtypes),
        "age": _age(age, lang),
        "autoantibodies": ", ".join(f"{one} {pick(lang, *RESULTS[result])}" for one, result in patient.antibodies),
        "country": ", ".join(patient.countries),
        "sex": pick(lang, *_SEXES[patient.sex]) if patient.sex else "",
        "ild": "" if patient.ild is None else yes_or_no(patient.ild, lang),
        "refractory": "" if patient.refractory is None else yes_or_no(patient.refractory, lang),
        "duration": began,
        "onset_age": began,
    }


def in_full(patient: Patient, age: tuple[int | None, int | None] | None, day: date, lang: Lang) -> dict[str, str]:
    """The facts as `facts` gives them, under full names in place of ids, and those that follow from them."""
    began = _onset_alone(patient.onset, lang) if patient.onset else ""
    given = facts(patient, age, lang)
    follows = {
        id: f"{value_words(id, value, lang)} {pick(lang, *_FOLLOWS)}"
        for id, value in known_facts(patient, day).items()
        if not given.get(id) and not isinstance(value, When)
    }
    return {
        **given,
        **follows,
        "subtype": listing((label("subtypes", one, lang) for one in patient.subtypes), lang),
        "age": _years(age[0], lang) if age and age[0] and not age[1] else given["age"],
        "autoantibodies": ", ".join(
            f"{label('antibodies', one, lang)} {pick(lang, *RESULTS[result])}" for one, result in patient.antibodies
        ),
        "country": listing((label("countries", one, lang) for one in patient.countries), lang),
        "onset": began,
        "duration": began,
        "onset_age": began,
    }


def _onset_alone(onset: Onset, lang: Lang) -> str:
    """An onset beside its name, as precise as what is known."""
    if onset.earliest and onset.latest:
        return days(onset.earliest, onset.latest)
    return _onset(onset, lang).removeprefix(pick(lang, "onset ", "début "))


_FOLLOWS = ("(follows)", "(s'en déduit)")
_SEXES = {"female": ("female", "femme"), "male": ("male", "homme")}


def _age(age: tuple[int | None, int | None] | None, lang: Lang) -> str:
    years, months = age or (None, None)
    if years is None:
        return ""
    if years == 0:
        return _months(months or 0, lang)
    return f"{years}" + (pick(lang, f" y {months} m", f" ans {months} mois") if months else "")


def _years(count: int, lang: Lang) -> str:
    return pick(lang, in_english(count, "year"), in_french(count, "an"))


def _months(count: int, lang: Lang) -> str:
    return pick(lang, in_english(count, "month"), f"{count} mois")


def _onset(onset: Onset, lang: Lang) -> str:
    if onset.earliest and onset.latest:
        first, last = onset.earliest.isoformat(), onset.latest.isoformat()
        if first == last:
            return pick(lang, f"onset {first}", f"début le {first}")
        if " " not in days(onset.earliest, onset.latest):
            return pick(lang, "onset ", "début ") + days(onset.earliest, onset.latest)
        return pick(lang, f"onset {first} to {last}", f"début entre le {first} et le {last}")
    least, most = onset.youngest_months or 0, onset.oldest_months or 0
    if least == most:
        return pick(lang, f"onset at {_months(least, lang)} of age", f"début à l'âge de {_months(least, lang)}")
    if least % 12 == 0 and most == least + 11:
        return pick(lang, f"onset at {least // 12}", f"début à {least // 12} ans")
    return pick(lang, f"onset at {least} to {most} months of age", f"début à l'âge de {least} à {most} mois")


# As read -------------------------------------------------------------------------------------------------------------


def as_read(
    patient: Patient, age: tuple[int | None, int | None] | None, day: date, lang: Lang, *, brief: bool = False
) -> tuple[str, ...]:
    """The facts as they were understood, each in a few words, to be said back before anything else.

    In brief the antibodies of a panel that was negative are counted, not named.
    """
    return (
        *_diagnosis(patient, lang),
        *_aged(patient, age, lang),
        *_results(patient, lang, brief),
        *_facts_read(patient, day, lang),
        *_treatments(patient, lang),
        *_presumed_onset(patient, day, lang),
        *((listing((label("countries", one, lang) for one in patient.countries), lang),) if patient.countries else ()),
    )


def _treatments(patient: Patient, lang: Lang) -> Iterator[str]:
    """Every treatment; that there is no other, only beside one."""
    for treatment in patient.treatments:
        yield treatment_words(treatment, lang, alone=len(patient.treatments) == 1)


def _diagnosis(patient: Patient, lang: Lang) -> Iterator[str]:
    """Diagnoses under discussion are alternatives; words that qualify hold for each."""
    named = [one for one in patient.subtypes if one not in QUALIFIERS]
    if named:
        yield listing((label("subtypes", one, lang) for one in named), lang)
    yield from (label("subtypes", one, lang) for one in patient.subtypes if one in QUALIFIERS)


def _aged(patient: Patient, age: tuple[int | None, int | None] | None, lang: Lang) -> Iterator[str]:
    years, months = age or (None, None)
    if years:
        yield _years(years, lang) + (f" {_months(months, lang)}" if months and years < 18 else "")
    elif age is not None and (years == 0 or months is not None):
        yield _months(months or 0, lang)
    elif patient.birth is not None:
        yield born(patient.birth, lang)


def born(birth: Birth, lang: Lang) -> str:
    """A birth as far as it is known; of a birth date, which is never printed back, the year."""
    first, last = birth.earliest.isoformat(), birth.latest.isoformat()
    if first == last:
        return pick(lang, f"born in {first[:4]}", f"naissance en {first[:4]}")
    return pick(lang, f"born {first} to {last}", f"naissance entre le {first} et le {last}")


def _results(patient: Patient, lang: Lang, brief: bool) -> Iterator[str]:
    """Results one by one; several that are alike after one word."""
    panel = _negative_panel(patient) if brief else frozenset()
    for result in RESULTS:
        found = [one for one, state in patient.antibodies if state == result]
        names = [_antibody(one, result, lang) for one in found if result != "negative" or one not in panel]
        if panel and result == "negative":
            names.insert(0, _panel(panel, lang))
        if len(names) == 1 or result == "positive":
            yield from (f"{name} {pick(lang, *RESULTS[result])}" for name in names)
        elif names:
            yield headed(pick(lang, *RESULTS[result]), ", ".join(names), lang)


def _negative_panel(patient: Patient) -> frozenset[str]:
    """The negative antibodies of the usual line blot where every one has a result, or every specific one, and most are negative."""
    known = dict(patient.antibodies)
    for panel in (PANEL, PANEL_SPECIFIC):
        negative = frozenset(one for one in panel if known.get(one) == "negative")
        if known.keys() >= set(panel) and 2 * len(negative) > len(panel):
            return negative
    return frozenset()


def _panel(negative: frozenset[str], lang: Lang) -> str:
    count = len(negative)
    rest = ("", "") if negative in (frozenset(PANEL), frozenset(PANEL_SPECIFIC)) else ("rest of the ", "reste du ")
    return pick(lang, f"{rest[0]}usual line blot ({count} antibodies)", f"{rest[1]}dot usuel ({count} anticorps)")


_UNTYPED = (" (type not stated)", " (type non précisé)")


def _antibody(one: str, result: str, lang: Lang) -> str:
    """An antibody or a class before its result: of a positive class the type is not stated."""
    name = short("antibodies", one, lang)
    for words in _UNTYPED:
        name = name.removesuffix(words).removesuffix(" positive") if name.endswith(words) else name
    told = name.removeprefix(pick(lang, "any ", "un "))
    untyped = result == "positive" and short("antibodies", one, lang) != told
    return told + pick(lang, *_UNTYPED) * untyped


def _facts_read(patient: Patient, day: date, lang: Lang) -> Iterator[str]:
    """Facts given, then those that follow from what was given."""
    for id, value in patient.facts:
        yield fact_read(id, value, lang)
    given = {id for id, _ in patient.facts} | set(derived_facts(patient.treatments))
    for id, value in known_facts(patient, day).items():
        if id not in given and isinstance(value, YesNo) and value.yes:
            yield f"{fact_name(id, lang)} {pick(lang, *_FOLLOWS)}"


def fact_read(id: FactId, value: FactValue, lang: Lang) -> str:
    """A fact as it was understood, in a few words."""
    if isinstance(value, Onset):
        return _onset(value, lang)
    name = fact_name(id, lang)
    if isinstance(value, InDoubt):
        return name + pick(lang, "?", " ?")
    if isinstance(value, YesNo):
        dated = value_words(id, value, lang).partition(" ")[2]
        if not value.yes:
            return f"{denied(id, lang)} {dated}".strip()
        past = pick(lang, "past ", "passé : ") if value.past else ""
        return f"{past}{name} {dated}".strip()
    words = value_words(id, value, lang)
    if id == "sex":
        return words
    if isinstance(value, Chosen):
        return _choice(id, value, lang)
    if isinstance(value, When) and value.first is None and value.last is None:
        return headed(name.removeprefix(pick(lang, "last ", "dernière ")), words, lang)
    counted = isinstance(value, Amount) and FACTS[id].unit[0].endswith("s")
    return f"{name}{pick(lang, ':', ' :') * counted} {words}"


_DISEASES = ("chronic_infection", "other_autoimmune")
"""Facts whose answers are diseases, which are said by themselves: "scleroderma", "hepatitis B: no"."""


def _choice(id: FactId, value: Chosen, lang: Lang) -> str:
    """One of several answers beside the name of the fact; that none is so, and a disease, are said by themselves."""
    no, names = pick(lang, "no", "non"), answers(id, lang)
    if value.values == ("none",) and names["none"] in ("none", "aucun", "aucune"):
        return f"{denied(id, lang)} {days(value.first, value.last)}".strip()
    held = [names[one] for one in value.values]
    if id not in _DISEASES or "organ_limited" in value.values + value.without:
        without = [f"{pick(lang, 'not', 'pas')} {names[one]}" for one in value.without]
        told = f"{', '.join(held + without)} {days(value.first, value.last)}"
        return headed(fact_name(id, lang), told, lang).strip()
    holding = [f"{', '.join(held)} {days(value.first, value.last)}".strip()] if held else []
    return ", ".join([*holding, *(headed(names[one], no, lang) for one in value.without)])


def _presumed_onset(patient: Patient, day: date, lang: Lang) -> Iterator[str]:
    """Disease of an adult is taken to have begun in adulthood where nobody said when: said, for it decides what it is."""
    may_be_juvenile = patient.onset is None and set(patient.subtypes) & set(JUVENILE_OF)
    if may_be_juvenile and patient.birth and add_age(patient.birth.latest, 18, "years") <= day:
        yield pick(lang, "adult onset presumed", "début adulte présumé")
