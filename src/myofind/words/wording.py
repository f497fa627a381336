"""What the program calls things, in English and in French: terms, outcomes, verdicts, statuses; counts and lists."""

from __future__ import annotations

from collections.abc import Iterable

from myofind.domain.recruitment import Recruitment
from myofind.language import Lang as Lang
from myofind.language import pick as pick
from myofind.language import picks as picks
from myofind.names.facts import FACTS
from myofind.names.vocabulary import label


def listing(words: Iterable[str], lang: Lang, last: tuple[str, str] = ("or", "ou")) -> str:
    """`a, b or c`."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return ", ".join(found[:-1]) + f" {pick(lang, *last)} " + found[-1]


def in_english(count: int, one: str, several: str = "") -> str:
    """`1 trial`, `2 trials`: only one alone is singular."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def in_french(count: int, one: str, several: str = "") -> str:
    """`0 essai`, `1 essai`, `2 essais`: nought is singular too."""
    return f"{count} {one if count < 2 else several or one + 's'}"


def yes_or_no(yes: bool, lang: Lang) -> str:
    """An answer."""
    return pick(lang, "yes", "oui") if yes else pick(lang, "no", "non")


def joined(parts: Iterable[str], lang: Lang) -> str:
    """Parts of a sentence, apart: `a; b`, in French `a ; b`."""
    return pick(lang, "; ", " ; ").join(part for part in parts if part)


def headed(head: str, text: str, lang: Lang) -> str:
    """A text behind its head: `age: 45`, in French `âge : 45`."""
    return f"{head}{pick(lang, ':', ' :')} {text}"


def short(kind: str, one: str, lang: Lang) -> str:
    """A short name of a term: `DM`, `anti-Jo-1`, `any myositis-specific antibody`, `France`."""
    if kind == "subtypes":
        return pick(lang, *_SHORT_NAMED[one]) if one in _SHORT_NAMED else _SHORT.get(one, label(kind, one, lang))
    return pick(lang, *_CLASSES[one]) if one in _CLASSES else label(kind, one, lang)


def countries_in(countries: Iterable[str], lang: Lang) -> str:
    """Countries after `in`: `the Netherlands or France`."""
    names = (label("countries", one, lang) for one in countries)
    return listing((f"the {name}" if lang == "en" and _bears_an_article(name) else name for name in names), lang)


_THE = ("United", "Netherlands", "Philippines", "Bahamas", "Maldives", "Gambia", "Comoros", "Seychelles", "Czech")
"""How English names of countries that bear an article begin."""


def _bears_an_article(name: str) -> bool:
    return name.startswith(_THE) or "Republic" in name or "Islands" in name


_CLASSES = {
    "msa_any": ("any myositis-specific antibody", "un anticorps spécifique des myosites"),
    "maa_any": ("any myositis-associated antibody", "un anticorps associé aux myosites"),
    "ars_any": ("any antisynthetase antibody", "un anticorps antisynthétase"),
    "non_jo1_ars": ("an antisynthetase antibody other than Jo-1", "un anticorps antisynthétase autre que Jo-1"),
    "dmsa_any": ("any dermatomyositis-specific antibody", "un anticorps spécifique de la dermatomyosite"),
    "imnm_ab_any": ("anti-SRP or anti-HMGCR", "anti-SRP ou anti-HMGCR"),
    "ana": ("antinuclear antibodies", "anticorps antinucléaires"),
}


_SHORT = {
    "dm": "DM", "pm": "PM", "imnm": "IMNM", "asys": "ASyS", "ibm": "IBM", "jdm": "JDM", "jpm": "JPM", "cadm": "CADM", "iim": "IIM", "jiim": "JIIM",
    "jimnm": "JIMNM",
}  # fmt: skip
_SHORT_NAMED = {
    "dm_mda5": ("anti-MDA5 DM", "DM anti-MDA5"),
    "imnm_srp": ("anti-SRP IMNM", "IMNM anti-SRP"),
    "imnm_hmgcr": ("anti-HMGCR IMNM", "IMNM anti-HMGCR"),
}

NAMES: dict[str, tuple[str, str]] = {
    **{id: (row.en, row.fr) for id, row in FACTS.items()},
    "subtype": ("subtype", "sous-type"),
    "age": ("age", "âge"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
    "country": ("country", "pays"),
    "duration": ("disease duration", "ancienneté de la maladie"),
    "onset_age": ("age at onset", "âge de début"),
    "any_of": ("one of several", "une condition parmi plusieurs"),
    "at_least": ("several of these", "plusieurs de ces conditions"),
    "treatments": ("treatments", "traitements"),
    "enrolment": ("enrolment", "inclusion"),
}

OUTCOMES: dict[str, tuple[str, str]] = {
    "met": ("met", "rempli"),
    "not_met": ("not met", "non rempli"),
    "unknown": ("unknown", "inconnu"),
    "presumed": ("presumed", "présumé"),
    "not_recorded": ("not recorded", "non renseigné"),
}

RESULTS: dict[str, tuple[str, str]] = {
    "positive": ("positive", "positif"),
    "negative": ("negative", "négatif"),
    "borderline": ("borderline", "douteux"),
    "not_tested": ("not tested", "non testé"),
}

VERDICTS: dict[str, tuple[str, str]] = {
    "match": ("match", "convient"),
    "possible": ("possible", "possible"),
    "excluded": ("excluded", "exclu"),
}

STATES: dict[str, tuple[str, str]] = {
    "open": ("open", "ouvert"),
    "upcoming": ("upcoming", "à venir"),
    "by_invitation": ("by invitation", "sur invitation"),
    "closed": ("closed", "fermé"),
    "unknown": ("unknown", "inconnu"),
}

STATUSES: dict[str, tuple[str, str]] = {
    "recruiting": ("recruiting", "recrute"),
    "not_yet_recruiting": ("not yet recruiting", "pas encore ouvert"),
    "enrolling_by_invitation": ("by invitation", "sur invitation"),
    "active_not_recruiting": ("active, not recruiting", "en cours, ne recrute plus"),
    "completed": ("completed", "terminé"),
    "suspended": ("suspended", "suspendu"),
    "terminated": ("terminated", "arrêté"),
    "withdrawn": ("withdrawn", "retiré"),
    "unknown": ("status unknown", "statut inconnu"),
}

COVERAGES: dict[str, tuple[str, str]] = {
    "full": ("from the full criteria", "d'après les critères complets"),
    "inclusion": ("exclusions not read", "critères d'exclusion non lus"),
    "partial": ("from part of the criteria", "d'après une partie des critères"),
    "summary": ("from a summary", "d'après un résumé"),
    "fields": ("from a register's fields", "d'après les champs d'un registre"),
}

KINDS: dict[str, tuple[str, str]] = {
    "interventional": ("interventional trial", "essai interventionnel"),
    "observational": ("observational study", "étude observationnelle"),
    "registry": ("registry", "registre"),
    "extension": ("extension", "extension"),
}


def verdict(word: str, lang: Lang, firm: bool = True) -> str:
    """A verdict in words; a match on criteria that nobody read carries a question mark."""
    doubt = "" if firm or word != "match" else pick(lang, "?", " ?")
    return pick(lang, *VERDICTS[word]) + doubt


def status(found: Recruitment, lang: Lang) -> str:
    """The recruitment as it is known: a stale or overdue `recruiting` is never plain recruiting."""
    if found.status is None:
        return pick(lang, "status not recorded", "statut non renseigné")
    words = pick(lang, *STATUSES[found.status])
    if doubted(found):
        words += pick(lang, "?", " ?") + (pick(lang, " overdue", " fin dépassée") if found.overdue else "")
    return words


def doubted(found: Recruitment) -> bool:
    """Whether a status bears a question mark: it says that patients are taken, or will be, and that is old news."""
    return found.overdue or (found.freshness == "stale" and found.state in ("open", "upcoming", "by_invitation"))


def age_of_knowledge(found: Recruitment, lang: Lang, *, headed: bool = False) -> str:
    """How old the status is: `today`, `12 d ago`, `5 mo ago`; below a French heading that says `vu il y a`, the time alone."""
    days = found.age_days
    if days is None:
        return ""
    if days == 0:
        return pick(lang, "today", "ce jour")
    ago = "" if headed else "il y a "
    if days < 60:
        return pick(lang, f"{days} d ago", f"{ago}{days} j")
    if days < 730:
        return pick(lang, f"{days // 30.4375:.0f} mo ago", f"{ago}{days // 30.4375:.0f} mois")
    return pick(lang, f"{days // 365.25:.0f} y ago", f"{ago}{days // 365.25:.0f} ans")
