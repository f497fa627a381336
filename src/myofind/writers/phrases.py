"""What to ask, what can be done, and what would change: in English and in French, with what to type."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from myofind.words.wording import NAMES, RESULTS, Lang, listing, pick, short

if TYPE_CHECKING:
    from myofind.advice.near_misses import Near
    from myofind.advice.questions import Question
    from myofind.advice.timing import Window
    from myofind.asking.profile import Profile
    from myofind.domain.patient import Onset

OPTIONS: dict[str, str] = {
    "subtypes": "-s …", "age": "-b YYYY-MM-DD", "countries": "-c …", "sex": "--sex female|male",
    "ild": "--ild | --no-ild", "refractory": "--refractory | --no-refractory", "onset": "--onset YYYY-MM-DD",
    "onset_age": "--onset 'at 45'",
}  # fmt: skip

_ASKED: dict[str, tuple[str, str]] = {
    "subtypes": ("which kind of myositis", "quelle forme de myosite"),
    "age": ("birth date", "date de naissance"),
    "countries": ("country", "pays"),
    "sex": ("sex", "sexe"),
    "ild": NAMES["ild"],
    "refractory": NAMES["refractory"],
    "onset": ("day of onset", "jour de début"),
    "onset_age": ("age at onset", "âge de début"),
}


def fact(question: Question, asked: Profile, lang: Lang) -> str:
    """A missing fact in a few words."""
    if question.kind == "autoantibodies":
        return short("antibodies", question.fact.partition(".")[2], lang)
    if question.fact == "subtypes" and asked.patient.subtypes:
        stated = listing((short("subtypes", one, lang) for one in asked.patient.subtypes), lang)
        return pick(lang, f"which kind of {stated}", f"quelle forme de {stated}")
    if question.fact == "age" and asked.patient.birth is None:
        return pick(lang, "age", "âge")
    return pick(lang, *_ASKED[question.fact])


def option(question: Question, asked: Profile) -> str:
    """What to type to answer it."""
    if question.kind == "autoantibodies":
        one = question.fact.partition(".")[2]
        return f"-A {one} | -A {one}=neg"
    if question.fact == "age" and asked.patient.birth is None:
        return "-a 45"
    return OPTIONS[question.fact]


def sentence(question: Question, asked: Profile, settles: int, may: int, of: int, lang: Lang) -> str:
    """`anti-HMGCR: settles 3 of 5`."""
    what = fact(question, asked, lang)
    if settles or not may:
        return pick(lang, f"{what}: settles {settles} of {of}", f"{what} : tranche {settles} sur {of}")
    return pick(lang, f"{what}: may settle {may} of {of}", f"{what} : peut trancher {may} sur {of}")


def day_count(until: date, day: date, lang: Lang) -> str:
    """`in 41 days`."""
    days = (until - day).days
    if days < 100:
        return pick(
            lang, f"in {days} days" if days != 1 else "tomorrow", f"dans {days} jours" if days != 1 else "demain"
        )
    months = round(days / 30.4375)
    if months < 24:
        return pick(lang, f"in {months} months", f"dans {months} mois")
    return pick(lang, f"in {days // 365.25:.0f} years", f"dans {days // 365.25:.0f} ans")


def closing(window: Window, day: date, lang: Lang) -> str:
    """`age limit reached in 41 days (2026-12-31)`."""
    assert window.closes
    when = day_count(window.closes, day, lang)
    return pick(
        lang,
        f"age: closes {when} ({window.closes.isoformat()})",
        f"âge : se ferme {when} ({window.closes.isoformat()})",
    )


def opening(near: Near, day: date, lang: Lang) -> str:
    """From when a wait is over: `from 2027-03-12`, or between two days, or without a date."""
    if near.opens is None:
        if near.criterion.name == "refractory":
            return pick(lang, "once usual treatment has failed", "après échec des traitements habituels")
        return pick(lang, "later", "plus tard")
    first, last = near.opens
    if first == last:
        return pick(lang, f"from {first.isoformat()}", f"à partir du {first.isoformat()}")
    return pick(
        lang,
        f"between {first.isoformat()} and {last.isoformat()}",
        f"entre le {first.isoformat()} et le {last.isoformat()}",
    )


def barred(near: Near, lang: Lang) -> str:
    """Why waiting is no use."""
    first = near.opens[0].isoformat() if near.opens else ""
    if near.barred == "ended":
        return pick(lang, f"{first} is after its recorded end", f"le {first}, l'essai sera terminé")
    return pick(lang, f"on {first} another criterion would fail", f"le {first}, un autre critère ne serait plus rempli")


REMEDIES: dict[str, tuple[str, str]] = {
    "wait": ("Later", "Plus tard"),
    "test": ("One result away: repeat or confirm it", "À un résultat près : à refaire ou confirmer"),
    "country": ("In another country", "Dans un autre pays"),
    "never": ("Out of reach", "Hors de portée"),
}

ORDER: tuple[tuple[str, str], ...] = (
    (
        "Interventional trials come before observational studies and registries. Within each:",
        "Les essais interventionnels précèdent les études observationnelles et les registres. Dans chaque groupe :",
    ),
    ("1. verdict: match, then possible, then excluded;", "1. verdict : convient, puis possible, puis exclu ;"),
    (
        "2. recruitment: open, upcoming, by invitation, unknown, closed;",
        "2. recrutement : ouvert, à venir, sur invitation, inconnu, fermé ;",
    ),
    (
        "3. how closely the trial names this patient: an antibody the patient has, then a kind of myositis, then any myositis;",
        "3. précision pour ce patient : un anticorps présent, puis une forme de myosite, puis toute myosite ;",
    ),
    ("4. phase, later first;", "4. phase, la plus avancée d'abord ;"),
    ("5. register number.", "5. numéro d'enregistrement."),
    ("The order of the registry file never matters.", "L'ordre du fichier ne compte jamais."),
)
"""The ordering rule, as `--explain-order` prints it."""


def facts(asked: Profile, lang: Lang) -> dict[str, str]:
    """The patient's facts as an answer shows them, by criterion."""
    patient = asked.patient
    began = _onset(patient.onset, lang) if patient.onset else ""
    return {
        "subtype": ", ".join(patient.subtypes),
        "age": _age(asked, lang),
        "autoantibodies": ", ".join(f"{one} {pick(lang, *RESULTS[result])}" for one, result in patient.antibodies),
        "country": ", ".join(patient.countries),
        "sex": pick(lang, *_SEXES[patient.sex]) if patient.sex else "",
        "ild": _yes(patient.ild, lang),
        "refractory": _yes(patient.refractory, lang),
        "duration": began,
        "onset_age": began,
        "roll_over": "",
    }


_SEXES = {"female": ("female", "femme"), "male": ("male", "homme")}


def _age(asked: Profile, lang: Lang) -> str:
    years, months = asked.age or (None, None)
    if years is None:
        return ""
    if years == 0:
        return _months(months or 0, lang)
    return f"{years}" + (pick(lang, f" y {months} m", f" ans {months} mois") if months else "")


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


def criterion_name(name: str, lang: Lang) -> str:
    """A criterion, or a step of the funnel, in words."""
    if name == "registry":
        return pick(lang, "in the registry", "dans le registre")
    if name == "recruitment":
        return pick(lang, "open or soon open", "ouverts ou bientôt")
    return pick(lang, *NAMES[name])
