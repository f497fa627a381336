"""The words of what the laboratory reader refuses or remarks, by code: English and French beside each other."""

from __future__ import annotations

__all__ = ["worded"]

_RESULTS = {
    "positive": ("positive", "positif"),
    "negative": ("negative", "négatif"),
    "borderline": ("borderline", "douteux"),
    "not_tested": ("not tested", "non testé"),
}
_CODES: dict[str, tuple[str, str]] = {
    "unknown_name": ("`{0}` is not a known autoantibody", "`{0}` n'est pas un auto-anticorps connu"),
    "ambiguous_name": ("`{0}` has more than one reading", "`{0}` se lit de plusieurs façons"),
    "unread": ("`{0}` is not understood", "`{0}` n'est pas compris"),
    "no_result": ("no result is given for `{0}`", "aucun résultat n'est donné pour `{0}`"),
    "no_name": ("`{0}` names no antibody", "`{0}` ne nomme aucun anticorps"),
    "double_negation": ("`{0}` denies twice", "`{0}` nie deux fois"),
    "unclear_sign": ("it is not clear to which name `{0}` belongs", "on ne sait pas à quel nom se rapporte `{0}`"),
    "unclear_list": ("it is not clear whether the result also holds for `{0}`", "on ne sait pas si le résultat vaut aussi pour `{0}`"),
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
        "`{0}` is read as negative for the usual line blot: {1}; not for anti-HMGCR nor anti-cN1A, which are tested apart",
        "`{0}` : lu comme négatif pour le dot usuel : {1} ; mais pas pour les anti-HMGCR ni les anti-cN1A, qui se dosent à part",
    ),
    "others_negative": ("`{0}` is read as negative for {1}", "`{0}` : lu comme négatif pour {1}"),
    "others_unused": ("not used: `{0}`: it does not say which antibodies", "non utilisé : `{0}` : on ne sait pas quels anticorps"),
}  # fmt: skip


def worded(code: str, arguments: tuple[str, ...], lang: str = "en") -> str:
    """A refusal or remark in words; a result or a list of ids among its arguments is named in that language."""
    from myofind.names.vocabulary import ids, label

    known = ids("antibodies")

    def named(argument: str) -> str:
        if argument in _RESULTS and code == "given_twice":
            return _RESULTS[argument][lang == "fr"]
        parts = argument.split()
        if parts and argument.startswith("@"):
            return ", ".join(
                label("antibodies", part.removeprefix("@"), lang) for part in parts if part.removeprefix("@") in known
            )
        return argument

    return _CODES[code][lang == "fr"].format(*map(named, arguments))
