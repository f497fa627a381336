"""Words of a search in one form for English and French: endings, synonyms, and what people add without meaning it.

A word of a query and a word of a trial meet in the same canonical form: `inhibiteurs des janus kinases` and `JAK
inhibitor` are the words `jak` and `inhibitor`.
"""

import re
import unicodedata
from functools import cache, lru_cache

_FILLERS = """
a an the of in on for with and or from by at to about into any all
le la les l un une de du des d et ou en dans pour avec sur au aux chez par sans
trial study clinical protocol project cohort registry research patient people person adult treatment drug medicine hospital university center
essai essais étude clinique protocole projet cohorte registre recherche patient personne adulte traitement médicament molécule hôpital hospitalier
université universitaire centre chu chru chr site
find search show looking cherche chercher trouver voir
"""
"""What people type around the name of a trial; found or not, it does not count unless nothing else was typed."""

_SAME = """
calcinosis calcification calcific
cream crème pommade gel ointment topical topique local
child enfant childhood enfance juvenile juvénile pediatric paediatric pédiatrique pédiatrie kid teenager adolescent
lung poumon pulmonary pulmonaire pneumopathie ild pid pneumonie pneumonitis pneumonia
exercise exercice training entraînement rehabilitation rééducation réadaptation physiotherapy kinésithérapie gymnastique sport
swallowing déglutition dysphagia dysphagie
skin peau cutané cutanée cutaneous dermatology
itch prurit pruritus démangeaison
heart coeur cœur cardiaque cardiac
kidney rein rénal rénale renal
pregnancy grossesse enceinte pregnant
diet régime alimentation nutrition diététique
vaccine vaccin vaccination
gene gène genetic génétique
biomarker biomarqueur marqueur
transplant greffe transplantation autogreffe allogreffe
cell cellule cellulaire cellular
stem souche
cord cordon
mitochondria mitochondrie mitochondrial
blocker bloqueur inhibiteur inhibitor antagonist antagoniste
engager engageur
receptor récepteur
antibody anticorps
autoantibody autoanticorps
steroid corticoïde corticostéroïde glucocorticoïde corticosteroid corticothérapie cortisone prednisone prednisolone
necrotizing nécrosante nécrosant necrotising
inclusion inclusions
antisynthetase antisynthétase
refractory réfractaire resistant résistant
infusion perfusion intravenous intraveineux intraveineuse iv
subcutaneous sous-cutané sous-cutanée sc injection
inhaled inhalé inhalation nébulisé
tablet comprimé oral orale gélule
extension prolongation ole
natural naturelle
history histoire
database base bdd
recruiting open ouvert recrute recrutant recrutement
upcoming prochain
closed fermé clos terminé completed finished
relapse rechute relapsing
"""
"""A line is one word: its first is the canonical one."""

_PHRASES = """
jak inhibitor = jaki, anti jak, janus kinase inhibitor, inhibitor janus kinase
jak = janus kinase
car t = cart
ivig = igiv, iv ig, ig iv, immunoglobuline intraveineuse, intravenous immunoglobulin, immunoglobuline polyvalente
fcrn = récepteur fc néonatal, neonatal fc receptor
lung = pneumopathie interstitielle, interstitial lung disease, fibrose pulmonaire, pulmonary fibrosis, lung disease
swallowing = trouble déglutition
subcutaneous = sous cutané, sous cutanée
autoantibody = auto anticorps, auto antibody
gene cell = génétiquement modifié
natural history = histoire naturelle
salpetriere = institut myologie, institute myology, association institut myologie, pitié salpêtrière, pitié, ghps
nih = national institute health
niams = national institute arthritis musculoskeletal skin disease
niehs = national institute environmental health science
niaid = national institute allergy infectious disease
aphp = ap hp, assistance publique hôpitaux paris, assistance publique
lyon = hcl, hospices civils lyon
strasbourg = hus
gustave roussy = igr
bristol myers squibb = bms
astrazeneca = az
johnson johnson janssen = janssen, j j, johnson johnson
boehringer ingelheim = boehringer, bi
ucb = ra pharmaceutical
beijing = pékin, peking
guangzhou = canton
nanjing = nankin
london = londres
copenhagen = copenhague
brussels = bruxelles, bruxelle
geneva = genève
munich = münchen
cologne = köln
milan = milano
rome = roma
barcelona = barcelone
seoul = séoul
philadelphia = philadelphie
amsterdam = academisch medisch centrum
"""
"""Names of several words, or in several languages: the canonical words, then what stands for them."""

_LINKS = frozenset(["of", "the", "a", "an", "s", "de", "du", "des", "la", "le", "les", "l", "d", "et", "and"])
"""Words between the words of a name, which are left out of it."""

_ENDINGS = (
    (re.compile(r"(?<=..[^siu])[sx]$"), ""), (re.compile(r"(?<=...)ite$"), "itis"), (re.compile(r"(?<=...)ose$"), "osis"),
    (re.compile(r"(?<=..)ique$|(?<=..)ical$"), "ic"), (re.compile(r"(?<=..)teur$"), "tor"),
    (re.compile(r"(?<=...)aire$"), "ary"), (re.compile(r"(?<=...)ie$"), "y"), (re.compile(r"(?<=....)e$"), ""),
)  # fmt: skip
"""Endings that differ between the languages, or between one and many; tried in turn."""


def fold(text: str) -> str:
    """Lower case, without accents; everything that is no letter or digit is a space."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9α-ω+]+", " ", plain).strip()


def _stem(word: str) -> str:
    """A word without the endings that differ between the languages."""
    for ending, put in _ENDINGS:
        word = ending.sub(put, word)
    return word


@cache
def _same() -> dict[str, str]:
    """Every synonym with its canonical word."""
    words = ([fold(word).split() for word in line.split()] for line in _SAME.split("\n") if line)
    lines = [[" ".join(map(_stem, parts)) for parts in line] for line in words]
    return {word: line[0] for line in lines for word in line}


FILLERS = frozenset(_stem(word) for word in fold(_FILLERS).split())
"""Words that do not count, in their canonical form."""


def _words(text: str) -> str:
    same = _same()
    stems = (_stem(word) for word in fold(text).split() if word not in _LINKS)
    return " ".join(same.get(stem, stem) for stem in stems)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of several words as one pattern, longest first, and what each is."""
    meaning = {}
    for line in _PHRASES.split("\n"):
        wanted, _, names = line.partition(" = ")
        for name in names.split(", ") if names else ():
            meaning[_words(name)] = _words(wanted)
    longest_first = sorted(meaning, key=lambda name: (-len(name), name))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), meaning


_PHASES = re.compile(r"\bphase? ((?:[0-4]|i{1,3}|iv)(?: (?:[0-4]|i{1,3}|iv))?)\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _phase(found: re.Match[str]) -> str:
    """`phase II/III` as the words `phase2 phase3`: a number alone means nothing."""
    return " ".join(f"phase{_ROMAN.get(one, one)}" for one in found[1].split())


@lru_cache(maxsize=50_000)
def canonical(text: str) -> str:
    """A text in canonical words."""
    pattern, meaning = _phrases()
    return pattern.sub(lambda found: meaning[found[0]], _PHASES.sub(_phase, _words(text)))


def telling(words: list[str]) -> list[str]:
    """The words of a query that count: all of them where every one is a filler."""
    return [word for word in words if word not in FILLERS] or words
