"""What to ask, what can be done, and what would change: in English and in French, with what to type."""

from __future__ import annotations

from datetime import date

from myofind.domain.eligibility import Criterion
from myofind.domain.patient import Patient
from myofind.names.facts import FACTS, Row
from myofind.names.vocabulary import label, resolve
from myofind.words.facts import denied
from myofind.words.wording import NAMES, Lang, listing, pick, short

OPTIONS: dict[str, str] = {
    "subtypes": "-s …", "countries": "-c …", "sex": "--sex female|male", "ild": "--ild | --no-ild",
    "refractory": "--refractory | --no-refractory",
}  # fmt: skip

_ASKED: dict[str, tuple[str, str]] = {
    "subtypes": ("which kind of myositis", "quelle forme de myosite"),
    "age": ("birth date", "date de naissance"),
    "countries": ("country", "pays"),
    "onset": ("day of onset", "jour de début"),
    "diagnosed_on": ("day of the diagnosis", "date du diagnostic"),
    "weakness_since": ("day of the first weakness", "date du premier déficit"),
}


def fact(asked: str, patient: Patient, lang: Lang) -> str:
    """A missing fact in a few words; `asked` is its key, antibodies are `autoantibodies.` and the id."""
    kind, _, antibody = asked.partition(".")
    if kind == "autoantibodies":
        return short("antibodies", antibody, lang)
    if asked == "subtypes" and patient.subtypes:
        stated = listing((short("subtypes", one, lang) for one in patient.subtypes), lang)
        return pick(lang, f"which kind of {stated}", f"quelle forme exacte : {stated}")
    if asked == "age" and patient.birth is None:
        return pick(lang, "age", "âge")
    if kind == "treatments":
        return pick(lang, "treatment with ", "traitement par ") + label("drugs", antibody, lang)
    return pick(lang, *(_ASKED.get(asked) or NAMES[asked]))


def option(asked: str, patient: Patient, lang: Lang) -> str:
    """What to type to answer it."""
    kind, _, antibody = asked.partition(".")
    if kind == "autoantibodies":
        return f"-A {antibody} | -A {antibody}=neg"
    if asked == "age" and patient.birth is None:
        return "-a 45"
    if asked in ("age", "onset"):
        return f"{'-b' if asked == 'age' else '--onset'} {pick(lang, 'YYYY-MM-DD', 'AAAA-MM-JJ')}"
    if asked == "onset_age":
        return pick(lang, "--onset 'at AGE'", "--onset 'à N ans'")
    if kind == "treatments":
        drug = label("drugs", antibody, lang)
        never, until = pick(lang, "never", "jamais"), pick(lang, "until", "jusqu'à")
        return f'-T "{never} {drug}" | -T "{drug} {until} 2026-05"'
    return OPTIONS[asked] if asked in OPTIONS else _fact_option(FACTS[asked], lang)


def _fact_option(row: Row, lang: Lang) -> str:
    """How a fact of the table is typed, in a form its reader takes."""
    name = _typed(row, lang)
    match row.kind:
        case "yes_no" if row.denied:
            return f'-F "{name}" | -F "{denied(row.id, lang)}"'
        case "yes_no":
            return f'-F "{name}" | -F "{pick(lang, "no", "pas de")} {name}"'
        case "choice":
            return f'-F "{name}=' + "|".join(pick(lang, value.en, value.fr) for value in row.values) + '"'
        case "number":
            return f'-F "{name} …{(" " + pick(lang, *row.unit)) if row.unit_needed else ""}"'
        case "span":
            return f'-F "{name} {pick(lang, "4 weeks", "4 semaines")}"'
        case "day":
            return f'-F "{name} {pick(lang, "YYYY-MM", "AAAA-MM")}"'


def _typed(row: Row, lang: Lang) -> str:
    """The name of a fact to type: without the explanation in brackets where the rest means it too."""
    name = pick(lang, row.en, row.fr)
    short_name = name.partition(" (")[0]
    return short_name if resolve("facts", short_name, exact=True).id == row.id else name


def effect(settles: int, may: int, of: int, lang: Lang) -> str:
    """`settles 3 of 5`, of so many possible trials."""
    if settles or not may:
        return pick(lang, f"settles {settles} of {of}", f"tranche {settles} sur {of}")
    return pick(lang, f"may settle {may} of {of}", f"peut trancher {may} sur {of}")


def day_count(until: date, day: date, lang: Lang) -> str:
    """`in 41 days`."""
    days = (until - day).days
    if days < 100:
        return pick(lang, f"in {days} days", f"dans {days} jours") if days != 1 else pick(lang, "tomorrow", "demain")
    months = round(days / 30.4375)
    if months < 24:
        return pick(lang, f"in {months} months", f"dans {months} mois")
    return pick(lang, f"in {days // 365.25:.0f} years", f"dans {days // 365.25:.0f} ans")


def closing(closes: date, day: date, lang: Lang) -> str:
    """`age: closes in 41 days (2026-12-31)`."""
    when = day_count(closes, day, lang)
    return pick(lang, f"age: closes {when} ({closes.isoformat()})", f"âge : se ferme {when} ({closes.isoformat()})")


def opening(criterion: Criterion, opens: tuple[date, date] | None, lang: Lang) -> str:
    """From when a trial opens: `from 2027-03-12`, or between two days, or after what change."""
    if opens is None:
        if criterion.name == "refractory":
            return pick(lang, "once usual treatment has failed", "après échec des traitements habituels")
        what = pick(lang, *NAMES[criterion.name])
        return pick(lang, f"after a change ({what})", f"après un changement ({what})")
    first, last = (day.isoformat() for day in opens)
    if first == last:
        return pick(lang, f"from {first}", f"à partir du {first}")
    return pick(lang, f"between {first} and {last}", f"entre le {first} et le {last}")


BARRED = {
    "far": ("only from {0}", "seulement à partir du {0}"),
    "ended": ("{0} is after its recorded end", "le {0}, l'essai sera terminé"),
    "fails": ("on {0} another criterion would fail", "le {0}, un autre critère ne serait plus rempli"),
}
"""Why waiting is no use."""


def too_far(count: int, lang: Lang) -> str:
    """How many trials open only after more than two years; empty for none."""
    if not count:
        return ""
    return pick(
        lang, f"; {count} only after more than two years", f" ; {count} seulement après plus de deux ans d'attente"
    )


ASK_INSTEAD = ("Ask instead", "À demander plutôt")


def relaxed(reason: str, term: str | None, lang: Lang) -> str:
    """What a search is relaxed in."""
    name = label("countries" if reason == "country" else "subtypes", term, lang) if term else ""
    return pick(lang, *_RELAXED[reason]).format(name)


_RELAXED = {
    "country": ("also in {0}", "aussi : {0}"),
    "subtype": ("as {0}", "comme {0}"),
    "any_country": ("in any country", "dans tout pays"),
    "antibodies": ("antibodies left out", "sans les anticorps"),
    "age": ("age left out", "sans l'âge"),
    "refractory": ("should it become refractory", "si la maladie devenait réfractaire"),
    "ild": ("lung disease left out", "sans l'atteinte pulmonaire"),
    "closed": ("that would fit but are closed", "qui conviendraient mais sont fermés"),
}


REMEDIES: dict[str, tuple[str, str]] = {
    "wait": ("Later", "Plus tard"),
    "test": ("One result away: repeat or confirm it", "À un résultat près : à refaire ou confirmer"),
    "change": ("After a change of treatment or state", "Après un changement de traitement ou d'état"),
    "country": ("In another country", "Dans un autre pays"),
    "never": ("Out of reach", "Hors de portée"),
}


def criterion_name(name: str, lang: Lang) -> str:
    """A criterion, or a step of the funnel, in words."""
    if name == "registry":
        return pick(lang, "in the registry", "dans le registre")
    if name == "recruitment":
        return pick(lang, "open or soon open", "ouverts ou bientôt")
    return pick(lang, *NAMES[name])
