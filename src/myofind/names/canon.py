"""Words that mean the same become the same word; words that mean nothing here disappear.

Each kind of name has its own rule, applied alike to the vocabulary when it is compiled and to what somebody types:
an antibody is a string of letters and digits without the words that only say "antibody"; a diagnosis is a set of words whatever
their order and language; a country is its name without articles. Nothing here measures a resemblance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from myofind.names.normal import word_set

__all__ = ["AntibodyKey", "antibody_key", "country_bag", "country_key", "diagnosis_words", "rewrite", "sign_of"]

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


def _phrases(table: Mapping[str, str]) -> Phrases:
    """Multi-word rewritings, by first word, longest first; `table` maps `"a|b c|d"` to the words they become."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for olds, new in table.items():
        for old in olds.split("|"):
            parts = tuple(old.split())
            found.setdefault(parts[0], []).append((parts, tuple(new.split())))
    return {first: tuple(sorted(rules, key=lambda rule: -len(rule[0]))) for first, rules in found.items()}


def rewrite(typed: Iterable[str], phrases: Phrases) -> list[str]:
    """Replace every phrase of the table, from the left, longest first."""
    source, at = list(typed), 0
    out: list[str] = []
    while at < len(source):
        for old, new in phrases.get(source[at], ()):
            if tuple(source[at : at + len(old)]) == old:
                out.extend(new)
                at += len(old)
                break
        else:
            out.append(source[at])
            at += 1
    return out


# --- antibodies ------------------------------------------------------------------------------------------------------------------------

_ANTIBODY_WORDS = word_set(
    "anti antis antibody antibodies autoantibody autoantibodies anticorps autoanticorps ab abs ac acs aab aabs aac aacs autoab autoabs autoac igg"
    " auto antibodys anticorp"
)
_LAB_WORDS = word_set(
    "igm kda kd kilodalton kilodaltons serum serique seriques recherche dosage detection presence de du des of the contre against"
    " immunodot lineblot dot blot elisa euroline immunoblot test circulating circulants circulant unspecified"
)
_ANTIBODY_PHRASES = _phrases(
    {
        "arnt|arn t|t rna|transfer rna|transfert rna|arn de transfert|arn transfert|trnas|arnts": "trna",
        "synthethase|synthetases|synthethases|synthase|synthases|ligase|ligases|synthetase": "synthetase",
        "coenzyme a|co a|coenzymea|coa|co enzyme a|coenzyme": "coa",
        "reductases|reductase": "reductase",
        "cytoplasmique|cytoplasmic": "cytoplasmic",
        "cytosolique|cytosolic": "cytosolic",
        "subunit|sous unite|sub unit|subunits": "subunit",
        "modelling": "modeling",
        "remodelling": "remodeling",
        "topo isomerase|topoisomerases|topoisomerase": "topoisomerase",
        "topoisomerase i|topo isomerase i|topoisomerase type i": "topoisomerase 1",
        "topo i": "topo 1",
        "polymerase iii|polymerases iii|polymerase type iii": "polymerase 3",
        "pol iii": "pol 3",
        "arn polymerase|arn polymerases": "rna polymerase",
        "line blot": "lineblot",
        "anti nuclear|antinuclear|anti nucleaire|anti nucleaires|antinucleaire|antinucleaires": "anti nuclear",
        "mitochondrie|mitochondries|mitochondria|mitochondrial|mitochondrion|mitochondriale|mitochondriaux": "mitochondrial",
        "centromeres|centromere|centromerique|centromeric": "centromere",
        "aminoacyl|amino acyl|aminoacyle": "aminoacyl",
        "muscles": "muscle",
        "particules": "particle",
        "particule": "particle",
        "particles": "particle",
        "receptors|receptor|recepteurs|recepteur": "receptor",
        "acetylcholine|acetyl choline|l acetylcholine|a l acetylcholine|d acetylcholine": "acetylcholine",
        "d activation": "activation",
        "d anti": "anti",
        "d anticorps|d auto anticorps|d autoanticorps|d ac": "anticorps",
        "l anti": "anti",
        "signale|signaux": "signal",
        "bands|band|bande|bandes": "",
        "gene|protein|proteine|antigen|antigene": "",
    }
)


class AntibodyKey(NamedTuple):
    """An antibody's name without the words that only say it is one, and whether such a word was there."""

    base: str
    marked: bool


def _split_anti(word: str) -> tuple[str, ...]:
    """`antijo1` is `anti jo1` and `52kda` is `52`; the word `antigen` is one word."""
    if word.endswith(("kda", "kd")) and word.rstrip("kda").isdigit():
        return (word.rstrip("kda"),)
    if word.startswith("acanti") and len(word) > 7:
        return ("anti", word[6:])
    if (
        word.startswith("anti")
        and len(word) > 5
        and word not in _ANTIBODY_WORDS
        and not word.startswith(("antigen", "anticorp", "antibod"))
    ):
        return ("anti", word[4:])
    return (word,)


def antibody_words(typed: Iterable[str]) -> tuple[list[str], bool]:
    """The telling words of an antibody's name, and whether a word said "antibody"."""
    split = [part for word in typed if not word.startswith("+") for part in _split_anti(word)]
    found = rewrite(split, _ANTIBODY_PHRASES)
    marked = any(word in _ANTIBODY_WORDS for word in found)
    kept = [word for word in found if word not in _ANTIBODY_WORDS and word not in _LAB_WORDS]
    return kept, marked


def antibody_key(typed: Iterable[str]) -> AntibodyKey:
    """What an antibody's name is looked up by.

    >>> antibody_key(["ac", "anti", "jo", "1"])
    AntibodyKey(base='jo1', marked=True)
    """
    kept, marked = antibody_words(typed)
    return AntibodyKey("".join(kept), marked)


# --- diagnoses -------------------------------------------------------------------------------------------------------------------------

_DIAGNOSIS_STOP = word_set(
    "of the a an with de du des d l la le les au aux en in by par to due un une avec associated associee associe associees associes related"
    " linked liee lie liees onset adult adults adulte adultes disease maladie body bodies corps form forme forms formes patient patients"
    " anti ac acs anticorps antibody antibodies ab abs autoantibody autoantibodies autoanticorps auto diagnosed diagnosis diagnostic s"
    " secondaire secondary known connue connu probable definite definie active actif actifs actives refractory refractaire refractaires severe"
    " severes moderate chronic chronique recent new newly isolated isolee isole confirmed confirmee disorder disorders entity typed during cours"
    " triggered apres after post resistant relapsing evolutive evolutif biopsy proven prouvee"
)
_DIAGNOSIS_PHRASES = _phrases(
    {
        "dermatomyosite|dermatomyosites|dermato myositis|dermato myosite|dm|derm myositis|dermatomyositides": "dermatomyositis",
        "polymyosite|polymyosites|poly myositis|poly myosite|pm|polymyositides": "polymyositis",
        "myosite|myosites|myositides": "myositis",
        "myopathie|myopathies": "myopathy",
        "juv|juvenil|juveniles|adolescent|adolescence|teenage|childhood|child|children|paediatric|pediatric|enfant|enfants|pediatrique|enfance|infantile|childhoods": "juvenile",
        "necrotising|necrosante|necrosantes|necrotisante|necrosant|necrotic|necrotique": "necrotizing",
        "auto immune|auto immunes|autoimmunes|auto immun|autoimmun|immune mediated|immunemediated|immuno mediated|immunomediated|mediation immune"
        "|mediation immunitaire|mediation auto immune|immunomediee|immuno mediee|mediee immunite|dysimmune|dysimmunitaire"
        "|dysimmunitaires|immunologique|mediated immune|immune|immunity mediated|autoimmunity|origine immune"
        "|mecanisme immunitaire": "autoimmune",
        "inflammatoire|inflammatoires|inflamatory|inflammatories": "inflammatory",
        "idiopathique|idiopathiques|primitive|primitives|primary|primaire": "idiopathic",
        "amyopathique|amyopathiques|a myopathic|a myopathique": "amyopathic",
        "hypomyopathique|hypo myopathic|hypo myopathique|paucimyopathique|paucimyopathic|pauci myopathique|pauci myopathic": "hypomyopathic",
        "cliniquement|clinical|clinique|cliniques": "clinically",
        "inclusions|inclusion": "inclusion",
        "sporadique|sporadiques": "sporadic",
        "hereditaire|hereditaires|hereditary|familial|familiale|genetique|genetic|inherited": "hereditary",
        "syndromes|syndrom": "syndrome",
        "chevauchement|overlapping|overlaps": "overlap",
        "sans|without|sine|with no|lacking|no": "sine",
        "rash|dermatitis|dermatite|skin involvement|skin lesions|skin disease|atteinte cutanee|lesion cutanee|lesions cutanees|signes cutanes"
        "|signe cutane|manifestation cutanee|manifestations cutanees|cutaneous involvement|cutaneous signs|skin manifestations|skin signs|signes de peau"
        "|cutaneous lesions|cutaneous rash|eruption|eruptions|eruption cutanee|skin rash|skin|peau": "dermatitis",
        "muscle|muscles|musculaire|musculaires|muscular": "muscular",
        "manifestations|manifestation|involvement|atteinte|signs|sign|signes|signe|lesion|lesions|weakness|faiblesse|deficit": "sign",
        "cutanee|cutaneous|cutane|cutanees": "cutaneous",
        "cancer|malignancy|malignancies|tumour|tumor|neoplasia|neoplasm|paraneoplastic|paraneoplasique|para neoplastic|para neoplasique|tumeur"
        "|neoplasique|neoplastic|neoplasie|cancers|malignant": "cancer",
        "interstitial lung|interstitial lungs|pneumopathie interstitielle|pneumopathie interstitielle diffuse|pneumopathies interstitielles"
        "|pneumopathies interstitielles diffuses|interstitial pneumonia|interstitial pneumonitis|interstitial pneumopathy|pid|pneumonie interstitielle"
        "|pulmonary fibrosis|fibrose pulmonaire|pneumopathie interstielle|atteinte pulmonaire interstitielle|ilds|ip": "ild",
        "rapidly progressive|rapidement progressive|rp": "rapid",
        "statins|statine|statines|hypolipemiants|statin exposed|statin exposure|statin exposition": "statin",
        "seronegatif|seronegative|sero negative|sero negatif|seronegatives|sero negatives|seronegativity|antibody negative|autoantibody negative"
        "|sans anticorps|double seronegative|double seronegatif|antibodynegative": "seronegative",
        "positive|positif|positifs|positives|pos|+|++|+++": "",
        "induite|induites|induit|induits|induced": "induced",
        "non specific|non specifique|non specifiques|nonspecific|unspecific|aspecifique|aspecific|a specifique": "nonspecific",
        "unspecified|non precisee|non precise|not specified|type unknown|type not stated|non specifiee|non precises|nos|sans precision"
        "|type inconnu|type non precise|type unspecified|unknown type|undetermined type|sai": "",
        "immune related|iraes|irae|ir|immune mediated adverse event|checkpoint inhibitor|checkpoint inhibitors|check point inhibitor|check point inhibitors|immune checkpoint inhibitor|immune checkpoint inhibitors|ici|icis|inhibiteur point controle"
        "|inhibiteurs point controle|inhibiteur points controle|inhibiteurs points controle|inhibiteur point controle immunitaire"
        "|inhibiteurs points controle immunitaire|inhibiteurs points controle immunitaires|inhibiteur points controle immunitaire"
        "|inhibiteur point de controle|inhibiteurs de point de controle|inhibiteurs de points de controle|inhibiteur de point de controle"
        "|inhibiteurs des points de controle|inhibiteurs du point de controle"
        "|inhibiteur de point de controle immunitaire|inhibiteurs de point de controle immunitaire|inhibiteurs des points de controle immunitaire"
        "|inhibiteurs de points de controle immunitaires|inhibiteurs de points de controle immunitaire"
        "|inhibiteur de points de controle immunitaire|inhibiteurs de checkpoint|inhibiteur de checkpoint|inhibiteurs de checkpoints"
        "|checkpoint|immunotherapy|immunotherapie|anti pd1|anti pd 1|anti pdl1|anti pd l1|anti ctla4|anti ctla 4|pembrolizumab|nivolumab|ipilimumab|atezolizumab|durvalumab|cemiplimab|pd 1 inhibitor|pd1 inhibitor|pd 1|pd1|pd l1|pdl1|pd l1 inhibitor|pdl1 inhibitor|checkpoints|immuno induite|immunoinduite|immune checkpoint|immune checkpoints|cpi|anti checkpoint|inhibiteurs checkpoint|inhibiteur checkpoint|checkpoint inhibiteurs": "ici",
        "connective tissue disease|connective tissue|connectivite|connectivites|ctd|connective tissue diseases|maladie tissu conjonctif"
        "|maladie du tissu conjonctif": "ctd",
        "scleroderma|sclerodermie|systemic sclerosis|sclerodermie systemique|ssc|sclerodermia|scleroderma systemic|sclerose systemique": "ssc",
        "anti synthetase|anti synthetases|antisynthetases|antisynthase|antisynthethase|anti synthethase|anti synthase|anti synthases|synthetase"
        "|synthetases|antisynthetase|anti trna synthetase|anti arnt synthetase|anti arnt synthetases|anti trna synthetases|anti arn t synthetases"
        "|anti arn t synthetase|anti t rna synthetase|anti t rna synthetases|anti aminoacyl trna synthetase|anti aminoacyl arnt synthetase"
        "|anti aminoacyl trna synthetases|anti aminoacyl arnt synthetases|trna synthetase|arnt synthetase|aminoacyl trna synthetase"
        "|anti ars|anti aars": "antisynthetase",
        "ars syndrome": "antisynthetase syndrome",
        "ars ild": "antisynthetase ild",
        "ars myositis": "antisynthetase myositis",
        "eosinophilic|eosinophile|eosinophiles|eosinophilique|eosinophilia": "eosinophilic",
        "granulomateuse|granulomateux|granulomatous|granulomatose": "granulomatous",
        "focale|focal|focales": "focal",
        "sarcoidosique|sarcoidosis|sarcoidose|sarcoid|sarcoidal": "sarcoid",
        "macrophages|macrophage": "macrophage",
        "orbitaire|orbital|orbitaires|orbitary": "orbital",
        "infectieuse|infectieuses|infectious|infective": "infectious",
        "virale|viral|virales": "viral",
        "bacterienne|bacterial|bacteriennes": "bacterial",
        "parasitaire|parasitic": "parasitic",
        "ossifiante|ossificans|ossifiantes": "ossificans",
        "progressiva|progressive": "progressive",
        "toxique|toxic": "toxic",
        "mixte|mixed": "mixed",
        "dystrophie|dystrophies|dystrophy": "dystrophy",
        "myotonique|myotonic|myotoniques": "myotonic",
        "distale|distal": "distal",
        "classique|classic|classical|typical|typique|classiques": "classic",
    }
)


def diagnosis_words(typed: Iterable[str]) -> list[str]:
    """The telling words of a diagnosis, each in its one form; the order is as typed."""
    found = rewrite(rewrite(typed, _ACRONYMS), _DIAGNOSIS_PHRASES)
    antibody = any(word.startswith("@") or word in ("antisynthetase", "seronegative") for word in found)
    kept = [
        word
        for at, word in enumerate(found)
        if word not in _DIAGNOSIS_STOP
        or (word in _ANTIBODY_WORDS and not antibody)
        or (word in ("l", "d") and len("".join(found[at + 1 : at + 2])) < 4)
        or (word == "s" and len("".join(found[at - 1 : at])) < 5)
    ]
    return rewrite(kept, _DIAGNOSIS_PHRASES)


_ACRONYMS = _phrases(
    {
        "ibm|sibm|s ibm|mi": "inclusion myositis",
        "imnm|imnms|mnai|nam|mnim|mnmi|mnam|mnmai|anm": "necrotizing autoimmune myopathy",
        "iim|iims|mii": "inflammatory myopathy idiopathic",
        "asys|assd|syas|asyd|asas|ass|sas": "antisynthetase syndrome",
        "jdm|jdms|dmj": "juvenile dermatomyositis",
        "jpm|pmj": "juvenile polymyositis",
        "jiim": "juvenile inflammatory myopathy idiopathic",
        "jimnm": "juvenile necrotizing autoimmune myopathy",
        "cadm": "clinically amyopathic dermatomyositis",
        "adm|dma": "amyopathic dermatomyositis",
        "hdm": "hypomyopathic dermatomyositis",
        "om": "overlap myositis",
        "mctd": "mixed ctd",
    }
)


def diagnosis_lexicon() -> set[str]:
    """The longer words this table knows."""
    words = {word for rules in _DIAGNOSIS_PHRASES.values() for old, _ in rules for word in old} | _DIAGNOSIS_STOP
    return {word for word in words if len(word) >= 5 and word.isalpha()}


# --- countries -------------------------------------------------------------------------------------------------------------------------

_COUNTRY_STOP = word_set("of the de du des d l la le les and et y e fed")
_COUNTRY_PHRASES = _phrases(
    {
        "rep|repub|republique|republic|republica|repubblica": "republic",
        "dem|democratique|democratic|democ": "democratic",
        "st|ste|saint|sainte|sint|san": "saint",
        "isl|is|ils|iles|ile|island|islands|isles|isle": "island",
        "fed|federal|federale|federated|federees|federation": "federal",
        "utd|united|unis|uni|unies|unie": "united",
        "kingdom|royaume": "kingdom",
        "emirates|emirats": "emirates",
        "states|etats|etat|state": "state",
        "north|nord|northern|norte": "north",
        "south|sud|southern": "south",
        "people s|peoples|people|populaire|pop": "people",
        "islamic|islamique": "islamic",
        "plurinational|plurinationale": "",
        "bolivarian|bolivarienne": "",
    }
)


def country_key(typed: Iterable[str]) -> str:
    """A country's name without an article before it or a stop between its letters."""
    kept = list(typed)
    while len(kept) > 1 and kept[0] in {"the", "la", "le", "les", "l"} and len("".join(kept[1:])) > 3:
        kept = kept[1:]
    return "".join(kept)


def country_bag(typed: Iterable[str]) -> str:
    """A country's telling words in alphabetical order, so that `Korea, Republic of` is `Republic of Korea`."""
    kept = [word for word in rewrite(typed, _COUNTRY_PHRASES) if word not in _COUNTRY_STOP]
    return " ".join(sorted(kept)) if len(kept) > 1 else ""


# --- results ---------------------------------------------------------------------------------------------------------------------------


def sign_of(word: str) -> bool:
    """Is this word a run of plus signs?"""
    return word.startswith("+")
