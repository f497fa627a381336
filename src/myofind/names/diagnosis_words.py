"""The telling words of a diagnosis: English, French, British and American, abbreviated or not, become one word each."""

from __future__ import annotations

from collections.abc import Iterable

from myofind.names.normal import word_set
from myofind.names.rewriting import ANTIBODY_WORDS, phrase_table, rewrite

__all__ = ["diagnosis_lexicon", "diagnosis_words"]

_DIAGNOSIS_STOP = word_set(
    "of the a an with de du des d l la le les au aux en in by par to due un une avec associated associee associe associees associes related"
    " por cuerpos suivi suivie followed dx pt linked liee lie liees onset adult adults adulte adultes disease maladie body bodies corps form forme forms formes patient patients patiente patientes"
    " anti ac acs anticorps antibody antibodies ab abs autoantibody autoantibodies autoanticorps auto diagnosed diagnosis diagnostic"
    " secondaire secondary known connue connu probable definite definie active actif actifs actives refractory refractaire refractaires severe"
    " severes moderate chronic chronique recent recente recentes new newly isolated isolee isole confirmed confirmee disorder disorders entity typed during cours"
    " triggered apres after post resistant relapsing evolutive evolutif mit bei der des im erwachsenen assoziiert assoziierte assoziierter debutant debutante nouvellement diagnostiquee"
)
_PASSED_OVER = word_set("relapse rechute poussee flare corticodependante corticodependant respiratory")
"""Words of the course that tell no disease from another, unless they are denied: then they stay, and are no part of any name."""
_PROVEN = [
    *(f"{biopsy} {proven}" for biopsy in ("biopsy", "biopsie") for proven in ("proven", "confirmed")),
    *(
        f"{proven} {by} {biopsy}"
        for proven in ("proven", "confirmed")
        for by in ("by", "by a", "on", "with")
        for biopsy in ("biopsy", "muscle biopsy")
    ),
    *(
        f"{proven} {by} {biopsy}"
        for proven in ("prouvee", "prouve", "confirmee", "confirme")
        for by in ("par", "par la", "par une", "a la", "sur", "sur la")
        for biopsy in ("biopsie", "biopsie musculaire")
    ),
]
"""What a diagnosis rests on, which is no other disease. A biopsy by itself is a fact, and its result one that is asked for."""
_DIAGNOSIS_PHRASES = phrase_table(
    {
        "|".join(_PROVEN): "",
        "dermatomiositis|dermatomyosite|dermatomyosites|dermato myositis|dermato myosite|dm|dermatomyositus|dermatomyositits|dermatmyositis|dermatomyosyte|dermatomiosite|derm myositis|dermatomyositides|sonstige dermatomyositis|andere dermatomyositis": "dermatomyositis",
        "polimiositis|polymyosite|polymyosites|poly myositis|poly myosite|pm|polymiositis|polymyositus|polymiosite|polymyosyte|polymyositides": "polymyositis",
        "miositis|miosite|myosite|myosites|myositides|myositiden|myosistis|myositus": "myositis",
        "miopatia|miopatias|myopathie|myopathies|myopathien|muskelerkrankung|muskelerkrankungen": "myopathy",
        "juv|juvenil|juveniles|adolescent|adolescence|teenage|childhood|child|children|paediatric|pediatric|enfant|enfants|pediatrique|enfance|infantile|childhoods|juveniler|kindlich|kindliche|kindlicher|kindesalter|kindes|kindern|kindheit": "juvenile",
        "necrotising|nekrotisierend|nekrotisierende|nekrotisierender|necrosante|necrosantes|necrotisante|necrosant|necrotic|necrotique": "necrotizing",
        "inmunomediada|inmunomediadas|autoinmune|mediada por inmunidad|auto immune|immunvermittelt|immunvermittelte|immunvermittelter|auto immunes|autoimmunes|auto immun|autoimmun|immune mediated|immunemediated|immuno mediated|immunomediated|mediation immune"
        "|mediation immunitaire|mediation auto immune|immunomediee|immuno mediee|mediee immunite|dysimmune|dysimmunitaire"
        "|dysimmunitaires|immunologique|mediated immune|immune|immunity mediated|autoimmunity|autoimmuner|immunmediiert|immunmediierte|immunmediierter|origine immune"
        "|mecanisme immunitaire": "autoimmune",
        "inflamatoria|inflamatorias|inflammatoire|inflammatoires|inflammatorische|inflammatorischer|entzundlich|entzundliche|entzundlicher|entzuendliche|entzuendlicher|inflamatory|inflammatories": "inflammatory",
        "idiopatica|idiopaticas|idiopathique|idiopathiques|idiopathische|idiopathischer|primitive|primitives|idiopatic|primary|primaire": "idiopathic",
        "amiopatica|amyopathique|amyopathiques|amyopathische|amyopathischer|amyopathe|a myopathic|a myopathique": "amyopathic",
        "hypomyopathique|hypomyopathische|hypo myopathic|hypo myopathique|paucimyopathique|paucimyopathic|pauci myopathique|pauci myopathic": "hypomyopathic",
        "cliniquement|clinical|clinique|cliniques|klinisch": "clinically",
        "inclusions|inclusion": "inclusion",
        "einschlusskorpermyositis|einschlusskorperchenmyositis|einschlusskoerpermyositis|einschlusskoerperchenmyositis|einschlusskorper myositis|einschlusskorperchen myositis": "inclusion myositis",
        "einschlusskorpermyopathie|einschlusskorperchenmyopathie": "inclusion myopathy",
        "uberlappungsmyositis|ueberlappungsmyositis|overlapmyositis": "overlap myositis",
        "uberlappungssyndrom|ueberlappungssyndrom|overlapsyndrom": "overlap syndrome",
        "sporadique|sporadiques|sporadische": "sporadic",
        "hereditaire|hereditaires|hereditary|hereditare|hereditarer|genetique|genetic|inherited": "hereditary",
        "familiale|familiales|familiaux|familiare|familiarer": "familial",
        "sindrome|syndromes|syndrom|sd|sdr|synd": "syndrome",
        "chevauchement|overlapping|overlaps": "overlap",
        "sans|without|sine|with no|lacking|no": "sine",
        "rash|dermatitis|dermatite|skin involvement|skin lesions|skin disease|atteinte cutanee|lesion cutanee|lesions cutanees|signes cutanes"
        "|signe cutane|manifestation cutanee|manifestations cutanees|cutaneous involvement|cutaneous signs|skin manifestations|skin signs|signes de peau"
        "|cutaneous lesions|cutaneous rash|eruption|eruptions|eruption cutanee|skin rash|skin|peau": "dermatitis",
        "muscle|muscles|musculaire|musculaires|muscular": "muscular",
        "manifestations|manifestation|involvement|atteinte|signs|sign|signes|signe|lesion|lesions": "sign",
        "weakness|faiblesse|deficit": "weakness",
        "cutanee|cutaneous|cutane|cutanees": "cutaneous",
        "cancer|paraneoplastische|paraneoplastischer|krebsassoziiert|krebsassoziierte|tumorassoziierte|tumor assoziierte|krebs assoziierte|malignancy|malignancies|tumour|tumor|neoplasia|neoplasm|paraneoplastic|paraneoplasique|para neoplastic|para neoplasique|tumeur"
        "|neoplasique|neoplastic|neoplasie|cancers|malignant": "cancer",
        "interstitial lung|interstitial lungs|pneumopathie interstitielle|pneumopathie interstitielle diffuse|pneumopathies interstitielles"
        "|pneumopathies interstitielles diffuses|interstitial pneumonia|interstitial pneumonitis|interstitial pneumopathy|pid|pneumonie interstitielle"
        "|lung disease|lung involvement|pulmonary fibrosis|fibrose pulmonaire|pneumopathie interstielle|atteinte pulmonaire interstitielle|ilds|ip": "ild",
        "rapidly progressive|rapidement progressive|rp": "rapid",
        "statins|statine|statines|hypolipemiants|statin exposed|statin exposure|statin exposition": "statin",
        "seronegatif|seronegative|sero negative|sero negatif|seronegatives|sero negatives|seronegativity|antibody negative|autoantibody negative"
        "|sans anticorps|double seronegative|double seronegatif|antibodynegative": "seronegative",
        "positive|positif|positifs|positives|pos|+|++|+++": "",
        "suivi pour|suivie pour|suivi pour un|suivie pour un|suivi pour une|suivie pour une|followed for|followed up for|followed for a": "",
        "induite|induites|induit|induits|induced|induzierte|induzierter|induziert": "induced",
        "non specific|unspezifisch|unspezifische|non specifique|non specifiques|nonspecific|unspecific|aspecifique|aspecific|a specifique": "nonspecific",
        "organ involvement unspecified|other organ involvement|nicht naher bezeichnet|nicht naeher bezeichnet"
        "|not elsewhere classified|unclassified|unclassifiable|not classified|non classee|non classees|inclassee|inclassees|inclassable|nicht klassifiziert|nicht klassifizierte|unklassifizierte|nec|non classee ailleurs|anderenorts nicht klassifiziert|unspecified|non precisee|non precise|not specified|type unknown|type not stated|non specifiee|non precises|sans precision"
        "|type inconnu|type non precise|type unspecified|unknown type|undetermined type": "",
        "immune related|iraes|irae|ir|immune mediated adverse event|checkpoint inhibitor|checkpoint inhibitors|check point inhibitor|check point inhibitors|immune checkpoint inhibitor|immune checkpoint inhibitors|ici|icis|inhibiteur point controle"
        "|inhibiteurs point controle|inhibiteur points controle|inhibiteurs points controle|inhibiteur point controle immunitaire"
        "|inhibiteurs points controle immunitaire|inhibiteurs points controle immunitaires|inhibiteur points controle immunitaire"
        "|inhibiteur point de controle|inhibiteurs de point de controle|inhibiteurs de points de controle|inhibiteur de point de controle"
        "|inhibiteurs des points de controle|inhibiteurs du point de controle"
        "|inhibiteur de point de controle immunitaire|inhibiteurs de point de controle immunitaire|inhibiteurs des points de controle immunitaire"
        "|inhibiteurs de points de controle immunitaires|inhibiteurs de points de controle immunitaire"
        "|inhibiteur de points de controle immunitaire|inhibiteurs de checkpoint|inhibiteur de checkpoint|inhibiteurs de checkpoints"
        "|checkpoint|immunotherapy|immunotherapie|anti pd1|anti pd 1|anti pdl1|anti pd l1|anti ctla4|anti ctla 4|pembrolizumab|nivolumab|ipilimumab|atezolizumab|durvalumab|cemiplimab|pd 1 inhibitor|pd1 inhibitor|pd 1|pd1|pd l1|pdl1|pd l1 inhibitor|pdl1 inhibitor|checkpoints|immuno induite|immunoinduite|immune checkpoint|immune checkpoints|cpi|anti checkpoint|inhibiteurs checkpoint|inhibiteur checkpoint|checkpoint inhibiteurs|checkpointinhibitor|checkpointinhibitoren|immuncheckpoint inhibitor|immuncheckpointinhibitor": "ici",
        "connective tissue disease|connective tissue|connectivite|connectivites|ctd|connective tissue diseases|maladie tissu conjonctif"
        "|maladie du tissu conjonctif|kollagenose|bindegewebserkrankung": "ctd",
        "scleroderma|sclerodermie|systemic sclerosis|sclerodermie systemique|ssc|sclerodermia|scleroderma systemic|sclerose systemique|sklerodermie|systemische sklerodermie|systemische sklerose|progressive systemische sklerose": "ssc",
        "anti synthetase|anti synthetases|antisynthetases|antisintetasa|anti sintetasa|antisynthase|antisynthethase|anti synthethase|anti synthase|anti synthases|synthetase"
        "|synthetases|antisynthetase|anti trna synthetase|anti arnt synthetase|anti arnt synthetases|anti trna synthetases|anti arn t synthetases"
        "|anti arn t synthetase|anti t rna synthetase|anti t rna synthetases|anti aminoacyl trna synthetase|anti aminoacyl arnt synthetase"
        "|anti aminoacyl trna synthetases|anti aminoacyl arnt synthetases|trna synthetase|arnt synthetase|aminoacyl trna synthetase"
        "|anti ars|anti aars": "antisynthetase",
        "antisynthetasesyndrom|anti synthetasesyndrom": "antisynthetase syndrome",
        "ars syndrome": "antisynthetase syndrome",
        "ars ild": "antisynthetase ild",
        "ars myositis": "antisynthetase myositis",
        "eosinophilic|eosinophile|eosinophiles|eosinophilique|eosinophilia|eosinophiler": "eosinophilic",
        "granulomateuse|granulomateux|granulomatous|granulomatose|granulomatoser": "granulomatous",
        "focale|focal|focales|fokale": "focal",
        "sarcoidosique|sarcoidosis|sarcoidose|sarcoid|sarcoidal|sarkoid|sarkoidose": "sarcoid",
        "macrophages|macrophage": "macrophage",
        "orbitaire|orbital|orbitaires|orbitary|orbitale": "orbital",
        "infectieuse|infectieuses|infectious|infective|infektiose": "infectious",
        "virale|viral|virales": "viral",
        "bacterienne|bacterial|bacteriennes|bakterielle": "bacterial",
        "parasitaire|parasitic": "parasitic",
        "ossifiante|ossificans|ossifiantes": "ossificans",
        "progressiva|progressive": "progressive",
        "respiratory involvement": "respiratory",
        "toxique|toxic|toxische": "toxic",
        "mixte|mixed": "mixed",
        "dystrophie|dystrophies|dystrophy|dystrophien": "dystrophy",
        "muskeldystrophie|muskeldystrophien": "muscular dystrophy",
        "myotonique|myotonic|myotoniques|myotone": "myotonic",
        "distale|distal": "distal",
        "classique|classic|classical|typical|typique|classiques": "classic",
    }
)


def diagnosis_words(typed: Iterable[str]) -> list[str]:
    """The telling words of a diagnosis, each in its one form; the order is as typed."""
    source = list(typed)
    possessive = {at for at, word in enumerate(source) if word == "s" and at and len(source[at - 1]) >= 5}
    source = [word for at, word in enumerate(source) if at not in possessive]
    found = rewrite(rewrite(source, _ACRONYMS), _DIAGNOSIS_PHRASES)
    antibody = any(word.startswith("@") or word in ("antisynthetase", "seronegative") for word in found)
    kept = [
        word
        for at, word in enumerate(found)
        if (word not in _DIAGNOSIS_STOP and (word not in _PASSED_OVER or "sine" in found))
        or (word in ANTIBODY_WORDS and not antibody)
        or (word in ("l", "d") and len("".join(found[at + 1 : at + 2])) < 4)
    ]
    return rewrite(kept, _DIAGNOSIS_PHRASES)


_ACRONYMS = phrase_table(
    {
        "ibm|sibm|s ibm|mi": "inclusion myositis",
        "imnm|imnms|mnai|nam|mnim|mnmi|mnam|mnmai": "necrotizing autoimmune myopathy",
        "iim|iims|mii": "inflammatory myopathy idiopathic",
        "asys|assd|syas|asyd|asas|ass|sas": "antisynthetase syndrome",
        "jdm|jdms|dmj|j dm": "juvenile dermatomyositis",
        "jpm|pmj": "juvenile polymyositis",
        "jiim": "juvenile inflammatory myopathy idiopathic",
        "jimnm": "juvenile necrotizing autoimmune myopathy",
        "cadm": "clinically amyopathic dermatomyositis",
        "adm|dma": "amyopathic dermatomyositis",
        "hdm": "hypomyopathic dermatomyositis",
        "om": "overlap myositis",
        "hibm|h ibm": "hereditary inclusion myositis",
        "sclero myositis|sclero myosite|scleromyosite|scleromyosites|skleromyositis": "scleromyositis",
        "mctd|mischkollagenose": "mixed ctd",
    }
)


def diagnosis_lexicon() -> set[str]:
    """The longer words this table knows."""
    words = {word for rules in _DIAGNOSIS_PHRASES.values() for old, _ in rules for word in old} | _DIAGNOSIS_STOP
    return {word for word in words if len(word) >= 5 and word.isalpha()}
