"""Words that mean the same become the same word; words that mean nothing here disappear.

Each kind of name has its own rule, applied alike to the vocabulary when it is compiled and to what somebody types:
an antibody is a string of letters and digits without the words that only say "antibody"; a diagnosis is a set of words whatever
their order and language; a country is its name without articles. Nothing here measures a resemblance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from myofind.names.normal import word_set
from myofind.records import NamedTuple

__all__ = ["AntibodyKey", "antibody_key", "country_bag", "country_key", "rewrite"]

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


def phrase_table(table: Mapping[str, str]) -> Phrases:
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

ANTIBODY_WORDS = word_set(
    "anti antis antibody antibodies autoantibody autoantibodies anticorps autoanticorps ab abs ac acs aab aabs aac aacs autoab autoabs autoac igg"
    " auto antibodys anticorp antikorper antikoerper autoantikorper antikorpern autoantikorpern ak aks"
)
_LAB_WORDS = word_set(
    "igm kda kd kilodalton kilodaltons serum serique seriques recherche dosage detection presence de du des of the contre against"
    " immunodot lineblot dot blot elisa euroline immunoblot test circulating circulants circulant unspecified"
)
_ANTIBODY_PHRASES = phrase_table(
    {
        "arnt|arn t|t rna|transfer rna|transfert rna|arn de transfert|arn transfert|trnas|arnts": "trna",
        "synthethase|synthetases|synthethases|synthase|synthases|ligase|ligases|synthetase": "synthetase",
        "coenzyme a|co a|coenzymea|coa|co enzyme a|coenzyme": "coa",
        "reductases|reductase|reduktase": "reductase",
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
        "antibodies to|antibody to|ab to|abs to|autoantibodies to|autoantibody to": "anti",
        "diriges contre|dirige contre|directed against": "anti",
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


@lru_cache(maxsize=4096)
def _split_anti(word: str) -> tuple[str, ...]:
    """`antijo1` is `anti jo1`, `52kda` is `52`, `alanylarnt` is `alanyl arnt`; the word `antigen` is one word."""
    if word.endswith(("kda", "kd")) and word.rstrip("kda").isdigit():
        return (word.rstrip("kda"),)
    for tail in ("arnt", "trna", "transfer"):
        if word.endswith("yl" + tail):
            return (*_split_anti(word.removesuffix(tail)), tail)
    if word.startswith("acanti") and len(word) > 7:
        return ("anti", word[6:])
    if (
        word.startswith("anti")
        and len(word) > 5
        and word not in ANTIBODY_WORDS
        and not word.startswith(("antigen", "anticorp", "antibod"))
    ):
        return ("anti", word[4:])
    return (word,)


def antibody_words(typed: Iterable[str]) -> tuple[list[str], bool]:
    """The telling words of an antibody's name, and whether a word said "antibody"."""
    split = [part for word in typed if not word.startswith("+") for part in _split_anti(word)]
    found = rewrite(split, _ANTIBODY_PHRASES)
    marked = any(word in ANTIBODY_WORDS for word in found)
    kept = [word for word in found if word not in ANTIBODY_WORDS and word not in _LAB_WORDS]
    return kept, marked


def antibody_key(typed: Iterable[str]) -> AntibodyKey:
    """What an antibody's name is looked up by.

    >>> antibody_key(["ac", "anti", "jo", "1"])
    AntibodyKey(base='jo1', marked=True)
    """
    kept, marked = antibody_words(typed)
    return AntibodyKey("".join(kept), marked)


# --- countries -------------------------------------------------------------------------------------------------------------------------

_COUNTRY_STOP = word_set("of the de du des d l la le les and et y e fed")
_COUNTRY_PHRASES = phrase_table(
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
