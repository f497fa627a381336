"""Facts of a trial in words, as its card and a comparison say them: its design, its drugs, its time, whom to call."""

from __future__ import annotations

import re
from datetime import date

from myofind.domain.dates import last_day
from myofind.domain.rules import Span, TreatmentRule
from myofind.domain.trial import Contact, Trial
from myofind.words.facts import length
from myofind.words.rule_words import while_taken
from myofind.words.wording import NAMES, Lang, pick, yes_or_no

__all__ = ["DESIGN", "KEYS", "contact", "demand", "design", "drug_class", "end", "no_contact", "route", "source_key"]

DESIGN: dict[str, tuple[str, str]] = {
    "comparator": ("compared with", "comparé à"),
    "ratio": ("ratio (tested : control)", "ratio (évalué : contrôle)"),
    "placebo": ("controlled part", "période contrôlée"),
    "extension": ("open extension", "prolongation ouverte"),
    "follow_up": ("follow-up", "suivi"),
    "visits": ("visits", "visites"),
    "participants": ("participants", "participants"),
}
"""Facts of a design by their keys, in the order in which they are told."""

_COMPARATORS = {
    "placebo": ("placebo", "placebo"),
    "active": ("another treatment", "un autre traitement"),
    "dose": ("another dose", "une autre dose"),
    "usual_care": ("usual care", "les soins habituels"),
    "no_treatment": ("no treatment", "l'absence de traitement"),
    "none": ("nothing (one group)", "rien (un seul groupe)"),
}


def design(trial: Trial, lang: Lang) -> dict[str, str]:
    """The facts of a design that are recorded, by the keys of `DESIGN`."""
    own = trial.design
    facts = {
        "comparator": pick(lang, *_COMPARATORS[trial.comparator]) if trial.comparator in _COMPARATORS else trial.comparator,
        "ratio": own.ratio if own else None,
        "placebo": length(own.placebo, lang) if own and own.placebo else None,
        "extension": None if own is None or own.extension is None else yes_or_no(own.extension, lang),
        "follow_up": length(trial.follow_up, lang) if trial.follow_up else None,
        "visits": _every(own.visits.number, length(own.visits, lang), lang) if own and own.visits else None,
        "participants": None if trial.enrollment is None else str(trial.enrollment),
    }  # fmt: skip
    return {key: text for key, text in facts.items() if text}


def _every(number: float, words: str, lang: Lang) -> str:
    """`every 2 weeks`, and in French `toutes les 2 semaines` or `tous les 3 mois`."""
    if lang == "en":
        return f"every {words.removeprefix('1 ')}"
    unit = words.partition(" ")[2]
    lead = "toutes les" if unit.startswith("semaine") else "tous les"
    return f"{lead} {words}" if number != 1 else f"{lead} {unit if unit.endswith('s') else unit + 's'}"


# Drugs ------------------------------------------------------------------------------------------------------------------

_CLASSES_IN_FRENCH: tuple[tuple[str, str], ...] = (
    (r"calcineurin inhibitor", "inhibiteur de la calcineurine"),
    (r"(.+) inhibitor", "inhibiteur de {0}"),
    (r"anti-(.+) siRNA", "ARN interférent anti-{0}"),
    (r"(.+) mRNA CAR-T", "{0} CAR-T à ARNm"),
    (r"anti-interferon beta", "anti-interféron bêta"),
    (r"anti-(.+) receptor", "anti-récepteur de l'{0}"),
    (r"(.+) receptor agonist", "agoniste du récepteur {0}"),
    (r"(.+) agonist", "agoniste {0}"),
    (r"anti-(.+) cell therapy", "thérapie cellulaire anti-{0}"),
    (r"anti-complement (.+)", "anti-complément {0}"),
    (r"(.+) T-cell engager", "anticorps {0} engageant les lymphocytes T"),
    (r"(.+) myeloid cell engager", "anticorps {0} engageant les cellules myéloïdes"),
    (r"alkylating agent", "alkylant"),
    (r"antifibrotic", "antifibrosant"),
    (r"calcinosis", "calcinose"),
    (r"cell therapy", "thérapie cellulaire"),
    (r"antimetabolite", "antimétabolite"),
    (r"apheresis", "aphérèse"),
    (r"corticosteroid", "corticoïde"),
    (r"lymphodepletion", "lymphodéplétion"),
    (r"NK cells", "cellules NK"),
    (r"(.+) CAR-T with IL-15", "{0} CAR-T avec IL-15"),
    (r"CD19 switch of a CAR-T (.+)", "interrupteur CD19 d'un CAR-T {0}"),
    (r"heat-shock protein amplifier", "amplificateur des protéines de choc thermique"),
    (r"imaging", "imagerie"),
    (r"immunoglobulin", "immunoglobulines"),
    (r"allogeneic mitochondria", "mitochondries de donneur"),
    (r"mesenchymal stem cell exosomes", "exosomes de cellules souches mésenchymateuses"),
    (r"adipose-derived mesenchymal stem cells", "cellules souches mésenchymateuses de graisse"),
    (r"non-drug", "non médicamenteux"),
)
_ORIGIN = {
    "allogeneic": "de donneur", "autologous": "autologue", "allogeneic (iPSC)": "de donneur (iPSC)", "in vivo": "in vivo",
    "from iPSC": "issu d'iPSC", "allogeneic (gamma delta)": "de donneur (gamma delta)",
    "switchable (with SWI019)": "commutable (avec SWI019)",
}  # fmt: skip


A_CLASS = "class of drugs"
"""What the data call a name that is itself one of a class, like "corticosteroids": it says nothing of the drug."""


def drug_class(written: str | None, lang: str) -> str:
    """A class of drugs in a language, empty for none; names of targets and cells stay as they are."""
    if written in (None, A_CLASS):
        return ""
    if lang == "en":
        return written
    first, *origins = written.split(", ")
    return ", ".join([_french(first), *(_ORIGIN.get(origin, origin) for origin in origins)])


def _french(text: str) -> str:
    for pattern, french in _CLASSES_IN_FRENCH:
        found = re.fullmatch(pattern, text)
        if found:
            return french.format(*found.groups())
    return text


_ROUTES = {
    "intravenous": ("intravenous", "intraveineux"),
    "subcutaneous": ("subcutaneous", "sous-cutané"),
    "oral": ("oral", "oral"),
    "intramuscular": ("intramuscular", "intramusculaire"),
    "intralesional": ("into the lesion", "dans la lésion"),
    "topical": ("on the skin", "sur la peau"),
    "inhaled": ("inhaled", "inhalé"),
}


def route(name: str | None, lang: Lang) -> str | None:
    """How a treatment is given; a way that is not known by name stays as written."""
    return pick(lang, *_ROUTES[name]) if name in _ROUTES else name


KEYS = {
    "acronym": ("acronym", "acronyme"), "any_of": ("alternatives", "alternatives"), "at_least": ("counts of measures", "comptes de mesures"),
    "check_by_hand": ("notes", "notes"), "cohorts": ("cohorts", "cohortes"), "comparator": ("comparator", "comparateur"),
    "conflicts": ("disagreements", "désaccords"), "contacts": ("contacts", "contacts"), "countries": ("countries", "pays"),
    "design": ("design", "protocole"), "eligibility": ("criteria", "critères"), "end": ("end", "fin"),
    "enrollment": ("participants", "effectif"), "extends": ("parent trial", "essai parent"), "facts": ("facts", "faits"),
    "follow_up": ("follow-up", "suivi"), "id": ("number", "numéro"), "ids": ("numbers", "numéros"),
    "interventions": ("treatments tested", "traitements évalués"), "kind": ("kind", "type d'étude"), "phase": ("phase", "phase"),
    "sites": ("sites", "centres"), "primary_completion": ("end of the main part", "fin de la partie principale"), "subtypes": ("subtypes", "sous-types"), "title_fr": ("French title", "titre français"),
    "sponsor": ("sponsor", "promoteur"), "start": ("start", "début"),
    "status": ("recruitment", "recrutement"), "title": ("title", "titre"), "treatments": ("treatments", "traitements"),
}  # fmt: skip


def source_key(key: str, lang: Lang) -> str:
    """What of a trial a source, or a disagreement, is about: a key of the registry file in words; the last part of a path."""
    last = key.rpartition(".")[2]
    return pick(lang, *KEYS[last]) if last in KEYS else pick(lang, *NAMES[last]) if last in NAMES else key


# Time ------------------------------------------------------------------------------------------------------------------


def end(trial: Trial, day: date, lang: Lang) -> str | None:
    """The recorded end and the time left until then, in completed months: `2027-06, 7 months left`."""
    if trial.end is None:
        return None
    last = last_day(trial.end)
    if last < day:
        return f"{trial.end}, " + pick(lang, "past", "dépassée")
    months = (last.year - day.year) * 12 + last.month - day.month - (last.day < day.day)
    if months >= 2:
        return f"{trial.end}, " + pick(lang, f"{months} months left", f"encore {months} mois")
    days = (last - day).days
    return f"{trial.end}, " + pick(lang, f"{days} {'day' if days == 1 else 'days'} left", f"encore {days} {'jour' if days < 2 else 'jours'}")  # fmt: skip


# Whom to call ----------------------------------------------------------------------------------------------------------


def contact(one: Contact, lang: Lang, *, country: bool = True) -> str:
    """A telephone, an address, and what answers there; its country unless it is plain."""
    ways = [way for way in (one.phone, one.email) if way] or [way for way in (one.url,) if way]
    about = [one.where] if country and one.where else []
    about += [one.label.text(lang)] if one.label else []
    return " – ".join(part for part in (", ".join(ways), ", ".join(about)) if part)


def no_contact(url: str | None, lang: Lang) -> str:
    """That nobody to call is known, and where to look."""
    if url is None:
        return pick(lang, "no contact known", "aucun contact connu")
    return pick(lang, f"no contact known: register's page {url}", f"aucun contact connu : page du registre {url}")


# What is asked of a drug -----------------------------------------------------------------------------------------------


def demand(rule: TreatmentRule, lang: Lang) -> str:
    """What a rule asks of its drugs, without naming them: `stopped for 6 months`, `never`, `unchanged for 4 weeks`."""
    if rule.excluded == "ever":
        return pick(lang, "never taken", "jamais pris")
    if rule.excluded == "now":
        return pick(lang, "not now", "pas actuellement")
    if isinstance(rule.excluded, Span):
        return pick(lang, "stopped for ", "arrêté depuis ") + length(rule.excluded, lang)
    now, before = ("taken now", "en cours"), ("taken now or before", "pris, maintenant ou avant")
    taken = pick(lang, *(now if rule.required == "now" else before)) if rule.required else ""
    return ", ".join(filter(None, (taken, *while_taken(rule, lang))))
