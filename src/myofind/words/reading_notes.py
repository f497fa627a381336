"""What the readers of names and laboratory lines refuse or remark, by code: English and French beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from myofind.language import Lang, Pair, pick
from myofind.names.compiled_files import read
from myofind.names.laboratory_values import Remark
from myofind.names.vocabulary import Resolution, ids, label
from myofind.words.wording import RESULTS

if TYPE_CHECKING:
    from myofind.domain.contradictions import Contradiction

__all__ = ["contradiction_words", "in_words", "why", "worded"]

_CODES: dict[str, tuple[str, str]] = {
    "unknown_name": ("`{0}` is not a known autoantibody", "`{0}` n'est pas un auto-anticorps connu"),
    "ambiguous_name": ("`{0}` has more than one reading", "`{0}` se lit de plusieurs façons"),
    "unread": ("`{0}` is not understood", "`{0}` n'est pas compris"),
    "no_result": ("no result is given for `{0}`", "aucun résultat n'est donné pour `{0}`"),
    "no_name": ("`{0}` names no antibody", "`{0}` ne nomme aucun anticorps"),
    "double_negation": ("`{0}` denies twice", "`{0}` nie deux fois"),
    "unclear_sign": ("it is not clear to which name `{0}` belongs", "on ne sait pas à quel nom se rapporte `{0}`"),
    "between_signs": ("`{0}` stands with another sign: which of them is the result?", "`{0}` est avec un autre signe : lequel est le résultat ?"),
    "unclear_list": ("it is not clear whether the result also holds for `{0}`", "on ne sait pas si le résultat vaut aussi pour `{0}`"),
    "denied_test": ("`{0}`: not tested, or not found?", "`{0}` : non recherché, ou non retrouvé ?"),
    "either": ("`{0}`: which of them?", "`{0}` : lequel ?"),
    "given_twice": ("{0} is given as {1} and as {2}", "{0} : à la fois {1} et {2}"),
    "results_differ": ("`{0}` gives two results", "`{0}` donne deux résultats"),
    "names_differ": ("`{0}` names two antibodies", "`{0}` nomme deux anticorps"),
    "value_without_limit": ("the value `{0}` has no limit beside it", "la valeur `{0}` est donnée sans seuil"),
    "limit_without_value": ("`{0}` is a limit without a value", "`{0}` est un seuil sans valeur"),
    "several_limits": ("several limits for one value: {0}", "plusieurs seuils pour une valeur : {0}"),
    "bands_unclear": ("it is not clear what `{0}` stands for", "on ne sait pas ce que `{0}` désigne"),
    "outside_bands": ("the value `{0}` is on a limit or between two", "la valeur `{0}` est sur un seuil ou entre deux"),
    "units_differ": ("two units: {0}", "deux unités : {0}"),
    "doubtful_number": ("the number `{0}` can be read in two ways", "le nombre `{0}` se lit de deux façons"),
    "lone_comparison": ("`{0}` compares with nothing", "`{0}` ne compare à rien"),
    "number_unclear": ("the numbers `{0}` can be read in two ways", "les nombres `{0}` se lisent de deux façons"),
    "flag_contradicts": ("the result and the value `{0}` contradict each other", "le résultat et la valeur `{0}` se contredisent"),
    "question_beside_number": ("`{0}` with a question mark", "`{0}` avec un point d'interrogation"),
    "panel_positive": ("`{0}` positive: which antibody?", "`{0}` positif : quel anticorps ?"),
    "unclosed": ("a bracket is not closed", "une parenthèse n'est pas fermée"),
    "too_long": ("at most {0} characters are read", "au plus {0} caractères sont lus"),
    "nothing": ("nothing to read", "rien à lire"),
    "unknown_status": ("`{0}`: not tested or not known, which is never negative", "`{0}` : non testé ou non connu, ce qui n'est jamais négatif"),
    "panel_negative": (
        "`{0}` is read as negative for the usual line blot ({1} antibodies); not for anti-HMGCR nor anti-cN1A, which are tested apart",
        "`{0}` : lu comme négatif pour le dot usuel ({1} anticorps) ; mais pas pour les anti-HMGCR ni les anti-cN1A, qui se dosent à part",
    ),
    "others_negative": ("`{0}` is read as negative for {1}", "`{0}` : lu comme négatif pour {1}"),
    "others_unused": ("not used: `{0}`: it does not say which antibodies", "non utilisé : `{0}` : on ne sait pas quels anticorps"),
    "cancer_associated": ("cancer-associated: most trials exclude recent cancer", "associée à un cancer : la plupart des essais excluent un cancer récent"),
    "degree_unused": (
        "`{0}` beside the diagnosis is not used: trials ask for measures, as in `-F \"MMT8 120/150\"`",
        "`{0}` avec le diagnostic : non utilisé, les essais demandent des mesures, comme `-F \"MMT8 120/150\"`",
    ),
    "reclassified": ("not used: `{0}`: an earlier diagnosis", "non utilisé : `{0}` : un diagnostic antérieur"),
    "criteria_unused": (
        "`{0}` beside the diagnosis is not used: where it is to count, write `-F \"EULAR/ACR probable\"`, or of IBM `-F \"IBM class probable\"`",
        "`{0}` avec le diagnostic : non utilisé ; pour que cela compte, écrire `-F \"EULAR/ACR probable\"`, ou pour une IBM `-F \"classe IBM probable\"`",
    ),
    "time_apart": (
        "`{0}` beside the diagnosis is not used: write when it began, as `--onset 2024-03` or `--onset \"at 40 years\"`",
        "`{0}` avec le diagnostic : non utilisé ; écrire quand elle a commencé, comme `--onset 2024-03` ou `--onset \"à 40 ans\"`",
    ),
    "lung_unused": (
        "`{0}` beside the diagnosis is not used: write `-F ILD` if it is interstitial lung disease",
        "`{0}` avec le diagnostic : non utilisé ; écrire `-F PID` si c'est une pneumopathie interstitielle",
    ),
    "statin_unused": (
        "`{0}` beside the diagnosis is not used: write `-T statin`, or `-T \"statin until 2024-05\"` with the month it was stopped",
        "`{0}` avec le diagnostic : non utilisé ; écrire `-T statine`, ou `-T \"statine jusqu'en 2024-05\"` avec le mois de l'arrêt",
    ),
    "by_statin": (
        "`{0}` is read as the disease with anti-HMGCR, as it nearly always is; where the antibody is not found, write `-s imnm_seroneg`",
        "`{0}` : lu comme la maladie à anti-HMGCR, ce qu'elle est presque toujours ; si l'anticorps n'est pas trouvé, écrire `-s imnm_seroneg`",
    ),
    "time_unused": ("not used of {0}: `{1}`; it holds now", "non utilisé ({0}) : `{1}` ; vrai actuellement"),
    "part_denied": ("not used: `{1}`: it denies only a part of: {0}", "non utilisé : `{1}` : n'écarte qu'une partie de : {0}"),
    "dated_number": ("{0}: the value of `{1}` is taken as the present one", "{0} : la valeur de `{1}` est prise comme actuelle"),
    "dose_unused": ("not used of {0}: `{1}` (doses are read of prednisone, prednisolone and methylprednisolone; give another steroid's in prednisone: `-F steroid_dose=10`)",
                    "non utilisé ({0}) : `{1}` (la dose est lue pour prednisone, prednisolone et méthylprednisolone ; celle d'un autre corticoïde se donne en prednisone : `-F steroid_dose=10`)"),
    "reason_unused": ("not used of {0}: `{1}`; what failed is counted: -F \"1 drug failed\"",
                      "non utilisé ({0}) : `{1}` ; les échecs se comptent : -F \"1 médicament en échec\""),
    "earlier_course": ("not used of {0}: `{1}`: an earlier course; the last one counts", "non utilisé ({0}) : `{1}` : une cure antérieure ; la dernière compte"),
    "naive_steroid": (
        "{0}, and steroids now: read as steroids for a month at most, as trials allow; where it has been longer, leave out one of the two",
        "{0}, et corticoïdes en cours : compris comme un mois de corticoïdes au plus, ce que les essais permettent ; si c'est plus long, retirer l'un des deux",
    ),
    "not_refractory_beside": (
        "not refractory although {0} drugs or more failed beside steroids: trials of refractory disease then exclude; where it is refractory, say so",
        "non réfractaire malgré au moins {0} échecs hors corticoïdes : les essais de maladie réfractaire excluent alors ; si elle l'est, le dire",
    ),
    "not_asked": ("not used: `{0}`: no trial's rule asks for it", "non utilisé : `{0}` : aucune règle des essais ne le demande"),
    "not_followed": ("not used: {0}: no antibody of myositis", "non utilisé : {0} : pas un anticorps de myosite"),
    "titre_unused": ("not used: `{0}`: a titre without the laboratory's limit; where it is positive, add -A \"ANA +\"",
                     "non utilisé : `{0}` : un titre sans le seuil du laboratoire ; s'il est positif, ajouter -A \"AAN +\""),
    "day_of_result": (
        "{1}: `{0}` is not used: the result counts whatever its date",
        "{1} : `{0}` non utilisé, le résultat compte quelle que soit sa date",
    ),
    "brackets_enclose": (
        "`{0}`: the brackets enclose every sign, so `(+)` is read as positive; a weak positive is `+/-`",
        "`{0}` : les parenthèses entourent chaque signe, `(+)` est donc lu comme positif ; un positif faible s'écrit `+/-`",
    ),
    "to_repeat": (
        "{1}: `{0}`: the result is taken as borderline until it is repeated",
        "{1} : `{0}` : résultat pris comme équivoque jusqu'au contrôle",
    ),
    "in_doubt": ("`{0}` with a question mark: taken as the diagnosis under discussion", "`{0}` avec un point d'interrogation : pris comme le diagnostic discuté"),
    "in_doubt_fact": ("`{0}`: in doubt: nothing is presumed of {1}, and trials that ask it wait for the answer",
                      "`{0}` : incertain : rien n'est présumé ({1}), et les essais qui le demandent attendent la réponse"),
    "not_known": ("not used: `{0}`: it says that this is not known", "non utilisé : `{0}` : dit que cela n'est pas connu"),
    "doubted": ("`{0}` ({1}): taken as the diagnosis under discussion", "`{0}` ({1}) : pris comme le diagnostic discuté"),
    "also_mentioned": ("also mentioned: {0}", "également cité : {0}"),
}  # fmt: skip
_KINDS = {"also_mentioned": "subtypes", "time_unused": "facts", "dated_number": "facts", "part_denied": "facts", "in_doubt_fact": "facts", "dose_unused": "drugs",
          "earlier_course": "drugs", "naive_steroid": "facts",
          "reason_unused": "drugs"}  # fmt: skip
"""What the ids of a code are where they are no antibodies."""


def worded(code: str, arguments: tuple[str, ...], lang: Lang = "en") -> str:
    """A refusal or remark in words; a result, or ids each after an `@`, among its arguments are named in that language."""
    kind = _KINDS.get(code, "antibodies")
    known = ids(kind)

    def named(argument: str) -> str:
        if argument in RESULTS and code == "given_twice":
            return pick(lang, *RESULTS[argument])
        listed = [part.removeprefix("@") for part in argument.split()] if argument[:1] == "@" else []
        if listed and code == "panel_negative":
            return str(len(listed))
        return ", ".join(label(kind, id, lang) for id in listed if id in known) if listed else argument

    return pick(lang, *_CODES[code]).format(*map(named, arguments))


# Names -----------------------------------------------------------------------------------------------------------------

_REASONS: dict[str, tuple[str, str]] = {
    "exact_name": ("exact name", "nom exact"),
    "a_name": ("a name of {label}", "un des noms de : {label}"),
    "place": ("a place in {label}", "un lieu de : {label}"),
    "several": ("names more than one", "plusieurs noms différents"),
    "letters": ("reads as {label}: {0} letters differ", "lu comme {label} : {0} lettres diffèrent"),
    "corrected": ("reads as {label}: {changes}", "lu comme {label} : {changes}"),
    "unknown": ("no such name", "nom inconnu"),
    "near": ("no such name, the nearest are suggested", "nom inconnu ; les plus proches sont proposés"),
    "denied": ("no such name: something is denied in it", "nom inconnu : quelque chose y est nié"),
    "too_long": ("longer than any name", "plus long que tout nom"),
    "no_letter": ("no letter to read", "aucune lettre à lire"),
}
_ONE_LETTER = ("reads as {label}: one letter differs", "lu comme {label} : une lettre diffère")


def why(found: Resolution, lang: Lang) -> str:
    """The reason of a resolution in words; of a declared name, what the vocabulary says of it."""
    if found.why == "declared":
        said: list[str] = read(f"ambiguous_{found.kind}")[int(found.details[0])]["why"]
        return pick(lang, *said)
    form = _ONE_LETTER if found.why == "letters" and found.details == ("1",) else _REASONS[found.why]
    pairs = zip(found.details[::2], found.details[1::2], strict=False)
    changes = ", ".join(f"`{old}` {pick(lang, 'as', 'lu')} `{new}`" for old, new in pairs)
    named = label(found.kind, found.id, lang) if found.id else ""
    return pick(lang, *form).format(*found.details, label=named, changes=changes)


def contradiction_words(found: Contradiction) -> tuple[Pair, Pair]:
    """The refusal of what cannot all be true, naming both sides, and what to type next."""
    from myofind.words import clashes

    return clashes.contradiction_words(found)


def in_words(remarks: Iterable[Remark], lang: Lang) -> list[str]:
    """Remarks of the readers of names, lines and facts as sentences."""
    return [worded(remark.code, remark.arguments, lang) for remark in remarks]
