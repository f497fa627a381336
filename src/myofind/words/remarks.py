"""What the field knows about a patient's antibodies and diagnoses, said aloud and never changing a verdict.

Sources: the subtype an antibody suggests is the `suggests` of data/antibodies.yaml; antisynthetase syndrome defined by the antibody with lung,
muscle or joint disease, and polymyositis as a historic label: ENMC 2018, 2023 and ACR/EULAR work of 2025. Rapidly worsening lung disease with
anti-MDA5 is an emergency: its remark sends to the expert centre (in France the board on call day and night) before any trial is thought of.
"""

from collections.abc import Callable, Iterable, Mapping

from myofind.names.autoantibodies import groups
from myofind.names.subtypes import JUVENILE_OF, ancestors, is_inflammatory
from myofind.names.vocabulary import label, term

__all__ = ["remarks"]

_TEXT = {
    "suggests": (
        "{antibody} is characteristic of {subtype}",
        "{antibody} est caractéristique de : {subtype}",
    ),
    "clash": (
        "{antibody} points to {subtype}, not to {stated}: check the diagnosis or the result",
        "{antibody} oriente vers : {subtype}, et non vers : {stated} ; vérifier le diagnostic ou le résultat",
    ),
    "pair": (
        "{a} and {b} are both positive, which is unusual: have the results confirmed by another method",
        "{a} et {b} sont positifs ensemble, ce qui est inhabituel : faire confirmer par une autre méthode",
    ),
    "pm_ask": (
        "polymyositis is a historic label: ask for antisynthetase, SRP and HMGCR antibodies; antisynthetase syndrome or necrotizing myopathy would open other trials",
        "« polymyosite » est un terme historique : rechercher les antisynthétases, anti-SRP et anti-HMGCR ; un syndrome des antisynthétases ou une myopathie nécrosante ouvrirait d'autres essais",
    ),
    "pm_ars": (
        "polymyositis with {antibody}: most experts would call it antisynthetase syndrome; try --subtype asys as well",
        "polymyosite avec {antibody} : la plupart des experts parleraient de syndrome des antisynthétases ; essayer aussi --subtype asys",
    ),
    "lung": (
        "{antibody}: rapidly worsening lung disease is an emergency; call the expert centre now (in France the 24/7 expert board), before any trial",
        "{antibody} : une atteinte pulmonaire qui s'aggrave vite est une urgence ; appeler sans attendre le centre expert (RCP d'urgence 24 h/24), avant tout essai",
    ),
    "cancer": (
        "{antibody} in an adult: search for a cancer as the guidelines ask (IMACS 2023)",
        "{antibody} chez l'adulte : rechercher un cancer selon les recommandations (IMACS 2023)",
    ),
    "ibm": (
        "inclusion body myositis: usual immunosuppressants do not help, and most trials in “myositis” exclude it",
        "myosite à inclusions : les immunosuppresseurs habituels sont inefficaces, et la plupart des essais sur « les myosites » l'excluent",
    ),
    "not_iim": (
        "{subtype} is not an inflammatory myopathy: no trial here fits it",
        "{subtype} : ce n'est pas une myopathie inflammatoire ; aucun essai ne correspond ici",
    ),
    "asys": (
        "antisynthetase syndrome is defined by the antibody with lung, muscle or joint disease: muscle disease is not compulsory, though a trial may ask for it",
        "le syndrome des antisynthétases se définit par l'anticorps avec une atteinte pulmonaire, musculaire ou articulaire : l'atteinte musculaire n'est pas obligatoire, mais un essai peut la demander",
    ),
    "asys_no_ab": (
        "antisynthetase syndrome without a positive antisynthetase antibody: the diagnosis rests on the antibody; which one is it?",
        "syndrome des antisynthétases sans anticorps antisynthétase positif : le diagnostic repose sur l'anticorps ; lequel ?",
    ),
    "cn1a": (
        "anti-cN1A supports inclusion body myositis and never defines it: it is also seen in Sjögren disease and lupus",
        "les anti-cN1A sont en faveur d'une myosite à inclusions sans jamais la définir : on les voit aussi dans la maladie de Sjögren et le lupus",
    ),
    "iim": (
        "“myositis” without its kind leaves many criteria unknown: the kind would settle them",
        "« myosite » sans précision laisse beaucoup de critères inconnus : préciser la forme",
    ),
    "ars_any": (
        "an antisynthetase antibody without its name satisfies “any antisynthetase”, never “anti-Jo-1”: ask the laboratory which",
        "un anticorps antisynthétase non précisé vaut « un antisynthétase », jamais « anti-Jo-1 » : demander lequel au laboratoire",
    ),
    "ro_any": (
        "SSA/Ro may be Ro52 or Ro60, two different antibodies: ask which",
        "SSA/Ro peut être Ro52 ou Ro60, deux anticorps différents : demander lequel",
    ),
    "ro52": (
        "anti-Ro52 beside {antibody} goes with more severe lung disease",
        "les anti-Ro52 associés à {antibody} vont avec une atteinte pulmonaire plus sévère",
    ),
    "oj": (
        "line blots often miss anti-OJ: a negative result is weak evidence",
        "les immunodots manquent souvent les anti-OJ : un résultat négatif a peu de valeur",
    ),
    "blot": (
        "HMGCR is tested apart from the usual line blot: not said here, ask",
        "les anti-HMGCR se dosent à part du dot myosite : résultat non donné ici, le demander",
    ),
}  # fmt: skip

_OUTDATED = {
    "dermatopolymyos": ("“dermatopolymyositis” is an outdated umbrella word: dermatomyositis or polymyositis?", "« dermatopolymyosite » est un terme ancien et trop large : dermatomyosite ou polymyosite ?"),
    "idiopathi": ("“idiopathic” is going out of use: these diseases are autoimmune", "« idiopathique » tombe en désuétude : ces maladies sont auto-immunes"),
    "bohan": ("the Bohan and Peter criteria predate the antibodies: have the diagnosis re-read", "les critères de Bohan et Peter précèdent les anticorps : faire relire le diagnostic"),
}  # fmt: skip

_LUNG = frozenset(("mda5",))
_CANCER = frozenset(("tif1g", "nxp2", "tif1_any"))


def remarks(
    subtypes: Iterable[str], antibodies: Mapping[str, str], lang: str = "en", *, typed: Iterable[str] = ()
) -> tuple[str, ...]:
    """Remarks on the stated subtypes and antibody results (id to result); `typed` holds the words used, for outdated ones."""
    side = 1 if lang == "fr" else 0
    stated = list(dict.fromkeys(subtypes))
    positive = [id for id, result in antibodies.items() if result == "positive"]
    found: list[str] = []

    def say(key: str, **parts: str) -> None:
        text = _TEXT[key][side].format(**parts)
        if text not in found:
            found.append(text)

    def name(kind: str, id: str) -> str:
        return label(kind, id, lang)

    for text in typed:
        for stem, saying in _OUTDATED.items():
            if stem in "".join(text.lower().replace("-", "").split()) and saying[side] not in found:
                found.append(saying[side])
    for subtype in stated:
        if not is_inflammatory(subtype):
            say("not_iim", subtype=name("subtypes", subtype))
    synthetases = [id for id in positive if id == "ars_any" or "ars_any" in groups(id)]
    urgent = [id for id in positive if id in _LUNG or id in synthetases]
    for id in urgent:
        say("lung", antibody=name("antibodies", id))
    for id in positive:
        _suggestion(id, stated, say, name)
    specific = [
        id
        for id in positive
        if "msa_any" in groups(id) and term("antibodies", id).klass == "MSA" and id not in ("eif3",)
    ]
    for at, a in enumerate(specific):
        for b in specific[at + 1 :]:
            if not _same_antibody(a, b):
                say("pair", a=name("antibodies", a), b=name("antibodies", b))
    if {"pm", "jpm"} & set(stated):
        if synthetases:
            say("pm_ars", antibody=name("antibodies", synthetases[0]))
        elif not positive:
            say("pm_ask")
    if "asys" in stated or any("asys" in ancestors(id) for id in stated):
        say("asys")
        if not synthetases:
            say("asys_no_ab")
    if "ibm" in stated:
        say("ibm")
    if "iim" in stated:
        say("iim")
    juvenile = bool(stated) and all(id in JUVENILE_OF.values() or "jiim" in ancestors(id) for id in stated)
    for id in positive:
        if id in _CANCER and not juvenile:
            say("cancer", antibody=name("antibodies", id))
        if id == "cn1a" and "ibm" not in stated:
            say("cn1a")
        if id in ("ars_any", "ro_any"):
            say(id)
        if id == "ro52" and urgent:
            say("ro52", antibody=name("antibodies", urgent[0]))
    if antibodies.get("oj") == "negative" and "asys" in stated and not synthetases:
        say("oj")
    if "imnm" in stated and "hmgcr" not in antibodies and antibodies.get("srp") == "negative":
        say("blot")
    return tuple(found)


def _suggestion(id: str, stated: list[str], say: Callable[..., None], name: Callable[[str, str], str]) -> None:
    """What an antibody suggests, or that it clashes with what is stated."""
    suggests = dict(term("antibodies", id).suggests)
    strong = [subtype for subtype, strength in suggests.items() if strength == "defining"]
    if not strong:
        return
    main = strong[0]
    fits = any(
        one == other or one in ancestors(other) or other in ancestors(one) for one in suggests for other in stated
    )
    if not stated or all(other in ancestors(main) for other in stated):
        say("suggests", antibody=name("antibodies", id), subtype=name("subtypes", main))
    elif not fits and all(is_inflammatory(other) for other in stated):
        say(
            "clash",
            antibody=name("antibodies", id),
            subtype=name("subtypes", main),
            stated=", ".join(name("subtypes", other) for other in stated),
        )


def _same_antibody(a: str, b: str) -> bool:
    """Two names of one antibody, or of parts of one: Mi-2 and Mi-2 beta; TIF1-gamma goes with its family, MDA5 and an antisynthetase do not."""
    shared = (groups(a) | {a}) & (groups(b) | {b})
    return bool(shared & {"mi2", "sae", "tif1_any"}) or a in groups(b) or b in groups(a)
