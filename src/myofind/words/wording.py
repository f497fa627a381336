"""What the program says, in English and in French: every criterion's reason in words a clinician would use."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from myofind.domain.criterion import Criterion
from myofind.domain.recruitment import Recruitment
from myofind.domain.rules import (
    AgeRule,
    AntibodyRule,
    CountryRule,
    Enrolment,
    Span,
    SpanRule,
    SubtypeRule,
    TreatmentRule,
)
from myofind.domain.trial import AtLeast, named_rules
from myofind.language import Lang as Lang
from myofind.names.facts import FACTS
from myofind.names.vocabulary import label
from myofind.words.facts import (
    enrolment_words,
    fact_reason,
    rule_words,
    span_words,
    treatment_reason,
    treatment_rule_words,
)


class Said(NamedTuple):
    """A criterion in words: what was required, what was found, and the reason."""

    required: str
    found: str
    reason: str


def pick(lang: Lang, en: str, fr: str) -> str:
    """The sentence in the language asked for."""
    return fr if lang == "fr" else en


def listing(words: Iterable[str], lang: Lang, last: tuple[str, str] = ("or", "ou")) -> str:
    """`a, b or c`."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return ", ".join(found[:-1]) + f" {pick(lang, *last)} " + found[-1]


def joined(parts: Iterable[str], lang: Lang) -> str:
    """Parts of a sentence, apart: `a; b`, in French `a ; b`."""
    return pick(lang, "; ", " ; ").join(part for part in parts if part)


def short(kind: str, one: str, lang: Lang) -> str:
    """A short name of a term: `DM`, `anti-Jo-1`, `any myositis-specific antibody`, `France`."""
    if kind == "subtypes":
        return _SHORT.get(one, label(kind, one, lang))
    return pick(lang, *_CLASSES[one]) if one in _CLASSES else label(kind, one, lang)


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
    "dm_mda5": "anti-MDA5 DM", "imnm_srp": "anti-SRP IMNM", "imnm_hmgcr": "anti-HMGCR IMNM", "jimnm": "JIMNM",
}  # fmt: skip

NAMES: dict[str, tuple[str, str]] = {
    **{id: (row.en, row.fr) for id, row in FACTS.items()},
    "subtype": ("subtype", "sous-type"),
    "age": ("age", "âge"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
    "country": ("country", "pays"),
    "sex": ("sex", "sexe"),
    "ild": ("interstitial lung disease", "pneumopathie interstitielle"),
    "refractory": ("refractory disease", "maladie réfractaire"),
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
    if found.overdue:
        return pick(lang, f"{words}? overdue", f"{words} ? fin dépassée")
    if found.freshness == "stale" and found.state in ("open", "upcoming", "by_invitation"):
        return f"{words}?" if lang == "en" else f"{words} ?"
    return words


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


def span(found: Span, lang: Lang) -> str:
    """A length of time in words."""
    unit = {
        "years": ("years", "ans"),
        "months": ("months", "mois"),
        "weeks": ("weeks", "semaines"),
        "days": ("days", "jours"),
    }[found.unit]
    return f"{found.number:g} {pick(lang, *unit)}"


def required(criterion: Criterion, lang: Lang) -> str:
    """What the registry asks for."""
    rule = criterion.rule
    if isinstance(rule, AtLeast):
        return alternatives(rule, lang)
    if isinstance(rule, TreatmentRule):
        return treatment_rule_words(rule, lang)
    if isinstance(rule, Enrolment):
        return enrolment_words(rule, lang)
    if criterion.name in FACTS and rule is not None and criterion.name not in ("sex", "onset"):
        return rule_words(criterion.name, rule, lang)
    if isinstance(rule, SubtypeRule):
        parts = [listing((short("subtypes", one, lang) for one in rule.admits), lang)] if rule.admits else []
        if rule.excludes:
            parts.append(
                pick(lang, "not ", "sauf ") + listing((short("subtypes", one, lang) for one in rule.excludes), lang)
            )
        return joined(parts, lang)
    if isinstance(rule, AgeRule):
        return _age(rule, lang)
    if isinstance(rule, AntibodyRule):
        return _antibodies(rule, lang)
    if isinstance(rule, CountryRule):
        listed = listing((label("countries", one, lang) for one in rule.listed), lang, ("and", "et"))
        if not listed:
            return pick(lang, "not in ", "pas en ") + listing(rule.not_in, lang)
        return listed if rule.complete else listed + pick(lang, " and others not listed", " et d'autres non précisés")
    if isinstance(rule, SpanRule):
        return span_words(rule, lang)
    if isinstance(rule, str):
        return pick(lang, *_WORDS.get(rule, (rule, rule)))
    return ""


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
        f"{pick(lang, *NAMES[name])} {required(Criterion(name, 'unknown', '', rule), lang)}" for name, rule in rules
    )
    lists = any(isinstance(rule, (SubtypeRule, AntibodyRule)) and sum(map(len, rule)) > 1 for _, rule in rules)
    return f"({words})" if several and (lists or len(rules) > 1) else words


_WORDS = {
    "required": ("required", "exigé"), "excluded": ("excluded", "exclu"), "allowed": ("allowed", "accepté"),
    "female": ("female", "femme"), "male": ("male", "homme"), "all": ("any", "tous"),
}  # fmt: skip


def _age(rule: AgeRule, lang: Lang) -> str:
    low = rule.min
    high = rule.max if isinstance(rule.max, Span) else None
    if low and high:
        if low.unit == high.unit == "years":
            return pick(lang, f"{low.number:g} to {high.number:g}", f"{low.number:g} à {high.number:g} ans")
        return pick(lang, f"{span(low, lang)} to {span(high, lang)}", f"{span(low, lang)} à {span(high, lang)}")
    if low:
        words = f"{low.number:g}" if low.unit == "years" and lang == "en" else span(low, lang)
        return pick(lang, f"{words} or over", f"{words} ou plus")
    if high:
        words = f"{high.number:g}" if high.unit == "years" and lang == "en" else span(high, lang)
        return pick(lang, f"{words} or under", f"{words} ou moins")
    return pick(lang, "any age", "tout âge")


def _antibodies(rule: AntibodyRule, lang: Lang) -> str:
    def names(ids: tuple[str, ...]) -> list[str]:
        return [short("antibodies", one, lang) for one in ids]

    parts = []
    if rule.required_any:
        parts.append(listing(names(rule.required_any), lang) + pick(lang, " positive", " positif"))
    if rule.required_all:
        parts.append(listing(names(rule.required_all), lang, ("and", "et")) + pick(lang, " positive", " positif"))
    if rule.excluded:
        parts.append(listing(names(rule.excluded), lang) + pick(lang, " not positive", " non positif"))
    return joined(parts, lang) or pick(lang, "none required", "aucun exigé")


def describe(criterion: Criterion, lang: Lang, found: str = "") -> Said:
    """A criterion in words; `found` is the patient's fact as the answer shows it."""
    return Said(required(criterion, lang), found, reason(criterion, lang, found))


def reason(criterion: Criterion, lang: Lang, found: str = "") -> str:
    """Why a criterion came out as it did."""
    name, code, facts = criterion.name, criterion.code, criterion.facts
    need = required(criterion, lang)
    if code == "not_recorded":
        what = pick(lang, *NAMES[name])
        return pick(lang, f"{what}: the registry says nothing", f"{what} : le registre ne dit rien")
    if name == "subtype":
        return _subtype(code, facts, need, lang)
    if name == "autoantibodies":
        return _antibody_reason(code, facts, need, lang)
    if name == "country":
        return _country(code, facts, need, lang)
    if name == "enrolment":
        return (
            pick(lang, f"takes nobody new: {need}", f"n'inclut personne : {need}")
            if code != "extension"
            else pick(lang, f"extension: needs {need}", f"extension : il faut {need}")
        )
    if name == "treatments":
        return treatment_reason(criterion, lang)
    if name in ("any_of", "at_least"):
        return _alternatives_reason(criterion, need, lang)
    if name in FACTS and name != "sex":
        return fact_reason(criterion, lang, found)
    title = pick(lang, *NAMES[name])
    if code == "missing":
        return pick(lang, f"{title} not given; asked: {need}", f"{title} non précisé ; demandé : {need}")
    if code in ("too_young", "too_old", "too_short", "too_long"):
        word = {
            "too_young": ("too young", "trop jeune"),
            "too_old": ("too old", "trop âgé"),
            "too_short": ("too short", "en deçà"),
            "too_long": ("too long", "au-delà"),
        }
        shown = f"{found}, " if found else ""
        return f"{title}{_colon(lang)} {shown}{pick(lang, *word[code])} ({need})"
    if code == "near_bound":
        return pick(
            lang,
            f"{title}: too close to the bound to tell ({need})",
            f"{title} : trop près de la limite pour trancher ({need})",
        )
    return f"{title}{_colon(lang)} {need}"


def _alternatives_reason(criterion: Criterion, need: str, lang: Lang) -> str:
    words = {
        "enough": ("enough is met", "condition remplie"),
        "too_few": ("too few can be met", "trop peu de conditions remplies"),
        "open": ("not settled", "à préciser"),
    }
    return f"{pick(lang, *words[criterion.code])}{_colon(lang)} {need}"


def _colon(lang: Lang) -> str:
    return " :" if lang == "fr" else ":"


def _subtype(code: str, facts: tuple[str, ...], need: str, lang: Lang) -> str:
    one = label("subtypes", facts[0], lang) if facts else ""
    if code == "missing":
        return pick(lang, f"subtype not given; asked: {need}", f"sous-type non précisé ; demandé : {need}")
    if code == "not_inflammatory":
        return pick(
            lang,
            f"{one} is not an inflammatory myopathy of this registry",
            f"{one} n'est pas une myopathie inflammatoire de ce registre",
        )
    if code == "excluded":
        return pick(
            lang, f"{label('subtypes', facts[1], lang)} is excluded", f"{label('subtypes', facts[1], lang)} : exclu"
        )
    if code == "not_said":
        group = pick(lang, *_APART[facts[1]])
        return pick(lang, f"{group}: not said", f"{group} : rien n'est dit")
    if code == "which":
        finer = listing((short("subtypes", each, lang) for each in facts[1:]), lang)
        kind = one.partition(" (")[0]
        return pick(lang, f"which kind of {kind}? asked: {finer}", f"quelle forme ({kind}) ? demandé : {finer}")
    if code == "childhood":
        return pick(
            lang, f"{one}: begun in childhood or in adulthood?", f"{one} : début dans l'enfance ou à l'âge adulte ?"
        )
    if code == "admitted":
        return pick(lang, f"{one} is admitted", f"{one} : admis")
    return pick(lang, f"{one} is not among: {need}", f"{one} ne fait pas partie de : {need}")


_APART = {
    "amyopathic": ("amyopathic disease", "forme amyopathique"),
    "sine_dermatitis": ("disease without rash", "forme sans atteinte cutanée"),
    "juvenile": ("juvenile disease", "forme juvénile"),
    "ibm": ("inclusion body myositis", "myosite à inclusions"),
    "checkpoint": ("checkpoint inhibitor myositis", "myosite sous inhibiteur de point de contrôle"),
}


def _antibody_reason(code: str, facts: tuple[str, ...], need: str, lang: Lang) -> str:
    names = listing((short("antibodies", one, lang) for one in facts), lang)
    if code == "none_required":
        return pick(lang, "no autoantibody required", "aucun auto-anticorps exigé")
    if code == "as_required":
        if not facts:
            return pick(lang, f"as required: {need}", f"comme demandé : {need}")
        return pick(lang, f"{names} positive, as required", f"{names} positif, comme demandé")
    if code == "excluded_positive":
        return pick(lang, f"{names} positive is excluded", f"{names} positif : exclu")
    if code == "required_negative":
        return pick(lang, f"{names} is negative; required: {need}", f"{names} négatif ; exigé : {need}")
    if code == "borderline":
        return pick(lang, f"{names} borderline; required: {need}", f"{names} douteux ; exigé : {need}")
    if code == "coarse":
        return pick(
            lang,
            f"which antibody? {names} not stated; required: {need}",
            f"quel anticorps ? {names} non précisé ; exigé : {need}",
        )
    return pick(
        lang, f"{names} not tested or not given; required: {need}", f"{names} non testé ou non précisé ; exigé : {need}"
    )


def _country(code: str, facts: tuple[str, ...], need: str, lang: Lang) -> str:
    names = listing((label("countries", one, lang) for one in facts), lang, ("and", "et"))
    if code == "missing":
        return pick(lang, f"country not given; runs in {need}", f"pays non précisé ; se déroule : {need}")
    if code == "listed":
        return pick(lang, f"runs in {names}", f"présent : {names}")
    if code == "incomplete":
        return pick(
            lang,
            f"{names}: not listed, but the list is not complete ({need})",
            f"{names} : non cité, mais la liste n'est pas complète ({need})",
        )
    return (
        pick(lang, f"not in {names}; runs in {need}", f"absent : {names} ; se déroule : {need}")
        if not need.startswith(("not in", "pas en"))
        else pick(lang, f"not in {names}", f"absent : {names}")
    )


def asks(criterion: Criterion, lang: Lang) -> str:
    """The missing fact in two or three words: what would settle an `unknown`."""
    name, code, facts = criterion.name, criterion.code, criterion.facts
    if name == "autoantibodies":
        return (
            listing((short("antibodies", one, lang) for one in facts[:6]), lang)
            + (" …" if len(facts) > 6 else "")
            + pick(lang, "?", " ?")
        )
    if name == "subtype" and code == "childhood":
        return pick(lang, "juvenile or adult?", "juvénile ou adulte ?")
    if name == "subtype" and code == "not_said":
        group = pick(lang, *_APART[facts[1]])
        return pick(lang, f"{group} admitted (ask the centre)?", f"{group} admise (demander au centre) ?")
    if name == "subtype" and code == "which":
        return reason(criterion, lang)
    if name == "treatments":
        return joined((label("drugs", one, lang) for one in facts), lang) + pick(lang, "?", " ?")
    if name in ("any_of", "at_least"):
        open_ones = [one for branch in facts for one in branch if one.outcome in ("unknown", "presumed")]
        missing = [one for one in open_ones if one.outcome == "unknown"] or open_ones
        return ", ".join(dict.fromkeys(asks(one, lang) for one in missing))
    if name == "country" and code == "incomplete":
        return pick(lang, "country list incomplete", "liste des pays incomplète")
    return pick(lang, *NAMES[name]) + ("?" if lang == "en" else " ?")
