"""The patient's facts as an answer shows them, in English and in French."""

from __future__ import annotations

from myofind.domain.eligibility import CRITERIA
from myofind.domain.patient import Onset, Patient
from myofind.domain.treatments import derived_facts
from myofind.names.vocabulary import label
from myofind.words.facts import days, treatment_words, value_words
from myofind.words.wording import NAMES, RESULTS, Lang, listing, pick


def facts(patient: Patient, age: tuple[int | None, int | None] | None, lang: Lang) -> dict[str, str]:
    """The patient's facts by the name of the criterion they decide; `age` in years and months as it is shown."""
    began = _onset(patient.onset, lang) if patient.onset else ""
    given = {**derived_facts(patient.treatments), **dict(patient.facts)}
    return {
        **dict.fromkeys(CRITERIA, ""),
        **{fact: value_words(fact, value, lang) for fact, value in given.items()},
        "treatments": ", ".join(treatment_words(treatment, lang) for treatment in patient.treatments),
        "subtype": ", ".join(patient.subtypes),
        "age": _age(age, lang),
        "autoantibodies": ", ".join(f"{one} {pick(lang, *RESULTS[result])}" for one, result in patient.antibodies),
        "country": ", ".join(patient.countries),
        "sex": pick(lang, *_SEXES[patient.sex]) if patient.sex else "",
        "ild": _yes(patient.ild, lang),
        "refractory": _yes(patient.refractory, lang),
        "duration": began,
        "onset_age": began,
    }


def in_full(patient: Patient, age: tuple[int | None, int | None] | None, lang: Lang) -> dict[str, str]:
    """The facts as `facts` gives them, under full names in place of ids."""
    began = _onset_alone(patient.onset, lang) if patient.onset else ""
    return {
        **facts(patient, age, lang),
        "subtype": listing((label("subtypes", one, lang) for one in patient.subtypes), lang),
        "age": _age_in_full(age, lang),
        "autoantibodies": ", ".join(
            f"{label('antibodies', one, lang)} {pick(lang, *RESULTS[result])}" for one, result in patient.antibodies
        ),
        "country": listing((label("countries", one, lang) for one in patient.countries), lang),
        "onset": began,
        "duration": began,
        "onset_age": began,
    }


def as_read(patient: Patient, age: tuple[int | None, int | None] | None, lang: Lang) -> tuple[tuple[str, str], ...]:
    """The patient as understood, fact by fact: what each is called, and its value."""
    words = in_full(patient, age, lang)
    names = {**NAMES, "subtype": ("kind of myositis", "forme de myosite")}
    return tuple(
        (pick(lang, *names[name]), value)
        for name, value in words.items()
        if value and name not in ("duration", "onset_age")
    )


def _onset_alone(onset: Onset, lang: Lang) -> str:
    """An onset beside its name, as precise as what is known."""
    if onset.earliest and onset.latest:
        return days(onset.earliest, onset.latest)
    return _onset(onset, lang).removeprefix(pick(lang, "onset ", "début "))


_SEXES = {"female": ("female", "femme"), "male": ("male", "homme")}


def _age(age: tuple[int | None, int | None] | None, lang: Lang) -> str:
    years, months = age or (None, None)
    if years is None:
        return ""
    if years == 0:
        return _months(months or 0, lang)
    return f"{years}" + (pick(lang, f" y {months} m", f" ans {months} mois") if months else "")


def _age_in_full(age: tuple[int | None, int | None] | None, lang: Lang) -> str:
    years, months = age or (None, None)
    if not years or months:
        return _age(age, lang)
    return pick(
        lang, f"{years} year" if years == 1 else f"{years} years", f"{years} an" if years == 1 else f"{years} ans"
    )


def _months(count: int, lang: Lang) -> str:
    return pick(lang, f"{count} month" if count == 1 else f"{count} months", f"{count} mois")


def _yes(fact: bool | None, lang: Lang) -> str:
    return "" if fact is None else pick(lang, "yes", "oui") if fact else pick(lang, "no", "non")


def _onset(onset: Onset, lang: Lang) -> str:
    if onset.earliest and onset.latest:
        first, last = onset.earliest.isoformat(), onset.latest.isoformat()
        if first == last:
            return pick(lang, f"onset {first}", f"début le {first}")
        return pick(lang, f"onset {first} to {last}", f"début entre le {first} et le {last}")
    least, most = onset.youngest_months or 0, onset.oldest_months or 0
    if least == most:
        return pick(lang, f"onset at {_months(least, lang)} of age", f"début à l'âge de {_months(least, lang)}")
    if least % 12 == 0 and most == least + 11:
        return pick(lang, f"onset at {least // 12}", f"début à {least // 12} ans")
    return pick(lang, f"onset at {least} to {most} months of age", f"début à l'âge de {least} à {most} mois")
