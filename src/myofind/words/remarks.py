"""What the field knows about a patient, in English and French: the words of `domain.remarks`."""

from collections.abc import Sequence

from myofind.domain.remarks import Remark
from myofind.names.vocabulary import label
from myofind.words.wording import Lang, listing, pick

_TEXT = {
    "suggests": (
        "{antibody} is characteristic of {subtype}",
        "{antibody} est caractéristique de : {subtype}",
    ),
    "clash": (
        "{pointing}, not to {stated}: check the diagnosis or the result",
        "{pointing}, et non vers : {stated} ; vérifier le diagnostic ou le résultat",
    ),
    "together": (
        "{antibodies} are positive together, which is unusual: have the results confirmed by another method",
        "{antibodies} sont positifs ensemble, ce qui est inhabituel : faire confirmer par une autre méthode",
    ),
    "pm_ask": (
        "polymyositis is a historic label: ask for antisynthetase, SRP and HMGCR antibodies; antisynthetase syndrome or necrotizing myopathy would open other trials",
        "« polymyosite » est un terme historique : rechercher les antisynthétases, anti-SRP et anti-HMGCR ; un syndrome des antisynthétases ou une myopathie nécrosante ouvrirait d'autres essais",
    ),
    "pm_ars": (
        "polymyositis with {antibody}: most experts would call it antisynthetase syndrome; try --subtype asys as well",
        "polymyosite avec {antibody} : la plupart des experts parleraient de syndrome des antisynthétases ; essayer aussi --subtype asys",
    ),
    "emergency": (
        "EMERGENCY: {antibody} with lung disease can worsen within days; call an expert centre or intensive care now, before any trial",
        "URGENCE : {antibody} avec atteinte pulmonaire peut s'aggraver en quelques jours ; appeler sans attendre un centre expert ou la réanimation, avant tout essai",
    ),
    "lung": (
        "{antibody}: rapidly worsening lung disease is an emergency; call an expert centre or intensive care now, before any trial",
        "{antibody} : une atteinte pulmonaire qui s'aggrave vite est une urgence ; appeler sans attendre un centre expert ou la réanimation, avant tout essai",
    ),
    "board": (
        "in France: RCP Urgence PID, expert board on call 24/7 for any specialist; no number in our sources: ask the lung reference centre at Bichat or Avicenne, or the lung team on call (AFM, May 2025)",
        "en France : RCP Urgence PID, avis d'experts 24 h/24 pour tout spécialiste ; aucun numéro dans nos sources : passer par le centre de référence de Bichat ou d'Avicenne, ou la pneumologie de garde (AFM, mai 2025)",
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
    "named_negative": (
        "{subtype} is named by its antibody, and {antibody} is given as negative: which of the two holds?",
        "{subtype} porte le nom de son anticorps, et {antibody} est donné négatif : lequel des deux est vrai ?",
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
    "dermatopolymyos": ("“dermatopolymyositis” is an outdated umbrella word: dermatomyositis or polymyositis?", "« dermatopolymyosite » est un terme ancien et trop large : dermatomyosite ou polymyosite ?"),
    "idiopathi": ("“idiopathic” is going out of use: these diseases are autoimmune", "« idiopathique » tombe en désuétude : ces maladies sont auto-immunes"),
    "bohan": ("the Bohan and Peter criteria predate the antibodies: have the diagnosis re-read", "les critères de Bohan et Peter précèdent les anticorps : faire relire le diagnostic"),
}  # fmt: skip


def remark(one: Remark, lang: Lang = "en") -> str:
    """A remark in words."""
    named = {part: [_named(kind, id, lang) for id in ids] for part, kind, ids in one.terms}
    parts = {
        part: listing(names, lang, ("or", "ou") if part == "stated" else ("and", "et")) for part, names in named.items()
    }
    if one.code == "clash":
        parts["pointing"] = _pointing(named["antibody"], named["subtype"], lang)
        if len(named["stated"]) > 1:
            parts["stated"] = pick(lang, "any of the diagnoses stated", "les diagnostics énoncés")
    return pick(lang, *_TEXT[one.code]).format(**parts)


def _named(kind: str, id: str, lang: Lang) -> str:
    """A name within a sentence: what is not stated of it in brackets."""
    name, comma, unstated = label(kind, id, lang).partition(", type ")
    return f"{name} (type {unstated})" if comma else name


def _pointing(antibodies: Sequence[str], subtypes: Sequence[str], lang: Lang) -> str:
    """`anti-SRP points to necrotizing myopathy, anti-Mi-2 to dermatomyositis`: antibodies, each with its subtype."""
    to: dict[str, list[str]] = {}
    for antibody, subtype in zip(antibodies, subtypes, strict=True):
        to.setdefault(subtype, []).append(antibody)
    told: list[str] = []
    for subtype, several in to.items():
        verb = pick(lang, f" point{'s' * (len(several) == 1)}", f" oriente{'nt' * (len(several) > 1)}") * (not told)
        who = listing(several, lang, ("and", "et"))
        told.append(f"{who}{verb} {pick(lang, 'to', 'vers :')} {subtype}")
    return ", ".join(told)
