"""Why a criterion came out as it did, in words a clinician would use, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable

from myofind.domain.rules import Criterion, Values, Window
from myofind.domain.subtype_rule import PRESUMED_AGAINST
from myofind.language import Lang, Pair, pick
from myofind.names.facts import FACTS
from myofind.names.vocabulary import label
from myofind.words.facts import after_de, answers, denied, fact_name, length, without
from myofind.words.rule_words import required, rule_words, treatment_rule_words
from myofind.words.wording import NAMES, headed, joined, listing, short


def reason(criterion: Criterion, lang: Lang, found: str = "") -> str:
    """Why a criterion came out as it did; `found` is the patient's fact as the answer shows it."""
    name, code, facts = criterion.name, criterion.code, criterion.facts
    if code != "not_recorded" and name == "treatments":
        return treatment_reason(criterion, lang)
    if code != "not_recorded" and name in FACTS and name != "sex":
        return fact_reason(criterion, lang, found)
    words = {"title": pick(lang, *NAMES[name]), "need": required(criterion, lang), "found": found and f"{found}, "}
    if name == "autoantibodies":
        words["names"] = listing((short("antibodies", one, lang) for one in facts), lang)
        code = "by_class" if code == "as_required" and not facts else code
    elif name == "country":
        words["names"] = listing((label("countries", one, lang) for one in facts), lang, ("and", "et"))
        code = "ruled_out" if code == "elsewhere" and words["need"].startswith(("not in", "pas en")) else code
    elif name == "subtype":
        words |= _of_subtype(code, facts, lang)
    forms = _FORMS.get(name, _BOUNDS)
    return pick(lang, *(_SILENT if code == "not_recorded" else forms.get(code, forms[""]))).format(**words)


def _of_subtype(code: str, facts: tuple[str, ...], lang: Lang) -> dict[str, str]:
    """What a reason on the subtype speaks of: the kind, what excludes it, the group nothing is said of, finer kinds."""
    words = {"one": label("subtypes", facts[0], lang) if facts else ""}
    if code == "excluded":
        words["other"] = label("subtypes", facts[1], lang)
    elif code == "not_said":
        words["group"] = pick(lang, *_APART[facts[1]])
    elif code == "which":
        words["finer"] = listing((short("subtypes", each, lang) for each in facts[1:]), lang)
        words["kind"] = words["one"].partition(" (")[0]
    return words


_SILENT = ("{title}: the registry says nothing", "{title} : le registre ne dit rien")
_BOUNDS: dict[str, Pair] = {
    "missing": ("{title} not given; asked: {need}", "{title} non précisé ; demandé : {need}"),
    "too_young": ("{title}: {found}too young ({need})", "{title} : {found}trop jeune ({need})"),
    "too_old": ("{title}: {found}too old ({need})", "{title} : {found}trop âgé ({need})"),
    "too_short": ("{title}: {found}too short ({need})", "{title} : {found}en deçà ({need})"),
    "too_long": ("{title}: {found}too long ({need})", "{title} : {found}au-delà ({need})"),
    "near_bound": (
        "{title}: too close to the bound to tell ({need})",
        "{title} : trop près de la limite pour trancher ({need})",
    ),
    "": ("{title}: {need}", "{title} : {need}"),
}
_ENOUGH: dict[str, Pair] = {
    "enough": ("enough is met: {need}", "condition remplie : {need}"),
    "too_few": ("too few can be met: {need}", "trop peu de conditions remplies : {need}"),
    "": ("not settled: {need}", "à préciser : {need}"),
}
_FORMS: dict[str, dict[str, Pair]] = {
    "subtype": {
        "missing": ("subtype not given; asked: {need}", "sous-type non précisé ; demandé : {need}"),
        "not_inflammatory": (
            "{one} is not an inflammatory myopathy of this registry",
            "{one} n'est pas une myopathie inflammatoire de ce registre",
        ),
        "excluded": ("{other} is excluded", "{other} : exclu"),
        "not_said": ("{group}: not said", "{group} : rien n'est dit"),
        "which": (
            "which kind of {kind} is not said; asked: {finer}",
            "{kind} : forme non précisée ; demandé : {finer}",
        ),
        "childhood": (
            "{one}: whether begun in childhood or in adulthood is not said",
            "{one} : début dans l'enfance ou à l'âge adulte, non précisé",
        ),
        PRESUMED_AGAINST: (
            "only if begun in childhood (adult onset presumed); asked: {need}",
            "seulement si début dans l'enfance (début adulte présumé) ; demandé : {need}",
        ),
        "admitted": ("{one} is admitted", "{one} : admis"),
        "": ("{one} is not among: {need}", "{one} ne fait pas partie de : {need}"),
    },
    "autoantibodies": {
        "by_class": ("as required: {need}", "comme demandé : {need}"),
        "none_required": ("no autoantibody required", "aucun auto-anticorps exigé"),
        "as_required": ("{names} positive, as required", "{names} positif, comme demandé"),
        "excluded_positive": ("{names} positive is excluded", "{names} positif : exclu"),
        "required_negative": ("{names} is negative; required: {need}", "{names} négatif ; exigé : {need}"),
        "borderline": ("{names} borderline; required: {need}", "{names} douteux ; exigé : {need}"),
        "coarse": (
            "{names}: which of them is not stated; required: {need}",
            "{names} : lequel, non précisé ; exigé : {need}",
        ),
        "": ("{names} not tested or not given; required: {need}", "{names} non testé ou non précisé ; exigé : {need}"),
    },
    "country": {
        "missing": ("country not given; runs in {need}", "pays non précisé ; se déroule : {need}"),
        "listed": ("runs in {names}", "présent : {names}"),
        "incomplete": (
            "{names}: not listed, but the list is not complete ({need})",
            "{names} : non cité, mais la liste n'est pas complète ({need})",
        ),
        "ruled_out": ("not in {names}", "absent : {names}"),
        "": ("not in {names}; runs in {need}", "absent : {names} ; se déroule : {need}"),
    },
    "enrolment": {
        "extension": ("extension: needs {need}", "extension : il faut {need}"),
        "": ("takes nobody new: {need}", "n'inclut personne : {need}"),
    },
    "any_of": _ENOUGH,
    "at_least": _ENOUGH,
}
"""Why a criterion came out as it did, by its name and its code; every other code is the last one."""

_APART = {
    "amyopathic": ("amyopathic disease", "forme amyopathique"),
    "sine_dermatitis": ("disease without rash", "forme sans atteinte cutanée"),
    "juvenile": ("juvenile disease", "forme juvénile"),
    "ibm": ("inclusion body myositis", "myosite à inclusions"),
    "checkpoint": ("checkpoint inhibitor myositis", "myosite sous inhibiteur de point de contrôle"),
}


def asks(criterion: Criterion, lang: Lang) -> str:
    """The missing fact in two or three words: what would settle an `unknown`."""
    name, code, facts = criterion.name, criterion.code, criterion.facts
    if name == "autoantibodies":
        return listing((short("antibodies", one, lang) for one in facts[:6]), lang) + " …" * (len(facts) > 6)
    if name == "subtype" and code in _ASKED:
        return pick(lang, *_ASKED[code]).format(**_of_subtype(code, facts, lang))
    if name == "treatments":
        return joined((label("drugs", one, lang) for one in facts), lang)
    if name in ("any_of", "at_least"):
        open_ones = [one for branch in facts for one in branch if one.outcome in ("unknown", "presumed")]
        missing = [one for one in open_ones if one.outcome == "unknown"] or open_ones
        return " / ".join(dict.fromkeys(asks(one, lang) for one in missing))
    if name == "country" and code == "incomplete":
        return pick(lang, "country list incomplete", "liste des pays incomplète")
    return pick(lang, *NAMES[name])


_ASKED = {
    "childhood": ("juvenile or adult", "juvénile ou adulte"),
    PRESUMED_AGAINST: ("only if begun in childhood", "seulement si début dans l'enfance"),
    "not_said": ("{group} admitted or not (ask the centre)", "{group} admise ou non (demander au centre)"),
    "which": ("whether it is {finer}", "si c'est {finer}"),
}
"""What would settle the subtype, by the reason why it is open."""


# Facts and treatments ----------------------------------------------------------------------------------------------------

_REASONS = {
    "missing": ("not given", "non précisé"),
    "in_doubt": ("in doubt", "incertain"),
    "not_presumed": ("not given, and not to be presumed here", "non précisé, et à ne pas présumer ici"),
    "when": ("not known when", "date inconnue"),
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


def fact_reason(criterion: Criterion, lang: Lang, found: str) -> str:
    """Why a criterion on a fact came out as it did."""
    name = fact_name(criterion.name, lang)
    need = rule_words(criterion.name, criterion.rule, lang)
    if criterion.outcome == "presumed":
        return presumed(criterion, lang)
    if criterion.code == "missing":
        return pick(lang, *_BOUNDS["missing"]).format(title=name, need=need)
    if criterion.code in _REASONS:
        text = ", ".join(filter(None, (found, pick(lang, *_REASONS[criterion.code]))))
        return headed(name, f"{text} ({need}){_from(criterion, lang)}", lang)
    return headed(name, f"{found + ', ' if found and criterion.code != 'allowed' else ''}{need}", lang)


def _from(criterion: Criterion, lang: Lang) -> str:
    if criterion.holds_from is None:
        return ""
    first, last = criterion.holds_from
    if first == last:
        return pick(lang, f"; from {first}", f" ; à partir du {first}")
    words = ("; perhaps from {0}, surely from {1}", " ; peut-être à partir du {0}, sûrement du {1}")
    return pick(lang, *words).format(first, last)


def presumed(criterion: Criterion, lang: Lang) -> str:
    """What is presumed, with why."""
    words = pick(lang, "presumed: ", "présumé : ") + presumption(criterion, lang)
    return words if criterion.name == "treatments" else f"{words} ({pick(lang, *FACTS[criterion.name].because)})"


def presumption(criterion: Criterion, lang: Lang) -> str:
    """What is presumed, in a few words: `no cancer in 5 years`, `not pregnant or breastfeeding`."""
    if criterion.name == "treatments":
        drugs = listing((label("drugs", one, lang) for one in criterion.facts), lang)
        if criterion.code == "usual":
            return pick(lang, f"no earlier {drugs}", f"pas {after_de(drugs)} auparavant")
        if criterion.code == "listed_other":
            return pick(lang, f"no other {drugs} now", f"pas d'autre traitement ({drugs}) actuellement")
        return without(drugs, lang) + pick(lang, " now", " actuellement")
    row, rule = FACTS[criterion.name], criterion.rule
    name = fact_name(row.id, lang)
    if row.kind == "number":
        return f"{name} {rule_words(row.id, rule, lang)}"
    if isinstance(rule, Values):
        excluded = listing(map(answers(row.id, lang).__getitem__, rule.excluded), lang)
        return (
            without(excluded, lang) if row.several else name + pick(lang, ": other than ", " : autre que ") + excluded
        )
    if isinstance(rule, Window) and rule.within:
        return f"{without(name, lang)} {pick(lang, 'in', 'depuis')} {length(rule.within, lang)}"
    return denied(row.id, lang)


_TREATMENTS = {
    "taken": ("taken", "pris"),
    "taken_now": ("taken now", "pris actuellement"),
    "not_taken": ("not taken", "non pris"),
    "which_drug": ("not known which drug", "lequel, non précisé"),
    "stopped_when": ("not known when stopped", "date d'arrêt inconnue"),
    "changed_when": ("not known since when unchanged", "date du dernier changement inconnue"),
    "changed_recently": ("changed too recently", "modifié trop récemment"),
    "dose": ("dose not known", "dose inconnue"),
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
        return joined((presumed(criterion, lang), need), lang)
    if criterion.code not in _TREATMENTS:
        return need
    names = listing((label("drugs", one, lang) for one in criterion.facts), lang)
    text = pick(lang, *_TREATMENTS[criterion.code])
    return headed(names, f"{text} ({need}){_from(criterion, lang)}", lang)


# A verdict -------------------------------------------------------------------------------------------------------------


def why(criteria: Iterable[Criterion], lang: Lang) -> str:
    """What fails, else what is to be settled, else that nothing does."""
    judged = tuple(criteria)
    failed = [one for one in judged if one.outcome == "not_met"]
    unsure = [one for one in judged if one.outcome == "unknown"]
    if failed:
        what = ", ".join(dict.fromkeys(pick(lang, *NAMES[one.name]) for one in failed))
        return pick(
            lang, f"{what} not met" if len(failed) == 1 else f"{len(failed)} criteria not met: {what}",
            f"{what} non rempli" if len(failed) == 1 else f"{len(failed)} critères non remplis : {what}",
        )  # fmt: skip
    if unsure:
        return pick(lang, "to settle: ", "à préciser : ") + joined((asks(one, lang) for one in unsure), lang)
    return pick(lang, "every recorded criterion is met", "tous les critères notés sont remplis")
