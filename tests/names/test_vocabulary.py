"""Names a clinician or a laboratory types: what they are, what is refused, and the pairs that must never meet."""

from __future__ import annotations

import pytest
from tests.together import together

from myofind.names.normal import compact, normal_form
from myofind.names.subtypes import ancestors
from myofind.names.vocabulary import resolve, terms


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("Ac anti-TIF1γ ++", "ac anti tif1 gamma ++"),
        ("Mi-2ß", "mi 2 beta"),
        ("Straße", "strasse"),
        ("ＭＤＡ５", "mda5"),
        ("Jo‑1", "jo 1"),
        ("Jo–1", "jo 1"),
        ("anti‐Ro₅₂", "anti ro52"),
        ("ﬁbrillarine", "fibrillarine"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("\u200bSRP\u00ad", "srp"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
    ],
)
def test_normal_form(typed: str, form: str) -> None:
    assert normal_form(typed) == form
    assert normal_form(form) == form


def test_compact_has_no_separators() -> None:
    assert compact("PM/Scl-75 +") == "pmscl75"


GOOD = {
    "antibodies": {
        "jo1": "anti-Jo1|Ac anti-Jo1 (histidyl-ARNt synthétase)|J0-1|Jo-1 Ab|antiJo1|auto-anticorps anti-Jo-1|histidyl-tRNA ligase|Jo-1 +|HARS",
        "pl12": "PL-12 (AlaRS)|anti-alanyl-ARNt synthétase|AARS1|PL.12",
        "tif1g": "p155/140|TIF1y|TIF-1γ|TRIM33|anti-TIF1-gamma (p155)|TIF1Γ|TIF-1 gamma (155 kDa) Ab",
        "nxp2": "anti-MJ|NPX2|MJ (NXP2)|NXP-2 (P140)|Ac anti-MJ",
        "mda5": "CADM-140|MDA5–IFIH1|anti-CADM140|gène 5 associé à la différenciation du mélanome",
        "hmgcr": "Ac anti-HMG-CoA réductase|anti-p200/100|HMG-CoA reductase IgG",
        "sae": "SAE1/2|anti-SAE",
        "sae1": "SAE-1|SAE1 (SUMO activating enzyme) Ab",
        "cn1a": "Mup-44|anti-NT5C1A|cytosolic 5′-nucleotidase 1A",
        "ro52": "SSA (Ro52)|anti-SSA/52 kDa (anti-TRIM21)|R052|SS-A 52kD",
        "ro_any": "SSA|Ro/SSA|anti-SSA/Ro",
        "pl7": "antisynthetase (PL-7)",
        "ars_any": "Ac antisynthétases|ARS|anti-tRNA synthetase",
        "non_jo1_ars": "antisynthétase non Jo-1",
        "seroneg": "séronégatif|MSA neg|dot myosite négatif",
        "ab_unknown": "?|en attente|non fait",
        "srp": "SRP neg|signal recognition particle",
        "mas": "anti-Mas",
    },
    "subtypes": {
        "dm": "DM|dermato-myosite|dermatomyosite de l'adulte|dermatomyosite paranéoplasique|DM anti-TIF1γ",
        "dm_mda5": "anti-MDA5+ dermatomyositis|dermatomyosite à anticorps anti-MDA5|DM MDA5",
        "adm": "dermatomyositis sine myositis|DM amyopathique",
        "dmsd": "dermatomyositis sine dermatitis|dermatomyosite sans éruption",
        "imnm": "immune-mediated necrotising myopathy (IMNM)|Necrotising immune-mediated myopathy|MNAI",
        "imnm_hmgcr": "MNAI anti-HMGCR|statin-associated autoimmune myopathy|IMNM HMGCR+",
        "asys": "syndrome des anti-synthétases|SAS à PL7|Antisynthetase syndrome (ASyS)",
        "ibm": "myosite à inclusions sporadique (sIBM)|Myositis, Inclusion Body|MI",
        "iim": "MII|myosite|inflammatory myopathies",
        "jdm": "dermatomyosite de l'enfant|paediatric dermatomyositis|JDM NXP2+",
        "pm": "anti-Jo1 polymyositis|PM",
        "gne": "hereditary inclusion body myopathy|hIBM",
        "diabetes": "DM type 2|T2DM|diabète de type 1",
        "statin_tox": "statin myopathy",
        "ici_myositis": "immune-related myositis|myosite sous anti-PD1",
    },
    "countries": {
        "FR": "France|Réunion|Guyane française|La Martinique|Nouvelle Calédonie|GP",
        "GB": "UK|England|Royaume-Uni|Northern Ireland",
        "KR": "Korea, Republic of|South Korea",
        "CD": "Congo, Democratic Republic of the|RDC",
        "TW": "Republic of China (Taiwan)",
        "CN": "People's Republic of China",
        "TR": "Turkey (Türkiye)|Türkiye|Turkey",
        "DM": "DM|Dominique",
        "IS": "IS",
        "DE": "Deutschland|Germany",
    },
    "drugs": {
        "efgartigimod": "Vyvgart|ARGX-113|efgartigimod PH20 SC",
        "ivig": "immunoglobulines intraveineuses|Octagam",
        "kyv101": "KYV-101",
    },
}


@together((kind, id, typed) for kind, ids in GOOD.items() for id, names in ids.items() for typed in names.split("|"))
def test_a_good_name(kind: str, id: str, typed: str) -> None:
    found = resolve(kind, typed)
    assert (found.id, found.outcome) == (id, "exact"), found
    assert resolve(kind, typed, exact=True).id == id


SLIPS = {
    "subtypes": {
        "dm": "dermatomyosits|dermatomiositis|dermatomyositys",
        "asys": "Anti-synthetase sydrome|anti synthethase syndrom (PL-7)",
        "ibm": "inclusion boddy myositis",
        "imnm": "imune mediated necrotizing myopathie|myopathie necrosante auto imune",
    },
    "countries": {"DE": "Allemange", "NL": "Netherland", "CZ": "Czech Republik", "CH": "Switzerlnad"},
}


@pytest.mark.parametrize(
    ("kind", "id", "typed"),
    [(kind, id, typed) for kind, ids in SLIPS.items() for id, names in ids.items() for typed in names.split("|")],
)
def test_a_slip_is_read_and_said(kind: str, id: str, typed: str) -> None:
    found = resolve(kind, typed)
    assert found.id == id
    if found.outcome == "accepted":
        assert found.why in ("letters", "corrected")
        assert resolve(kind, typed, exact=True).id is None


AMBIGUOUS = {
    "antibodies": "p140|140 kDa|155 kDa|60 kDa|Ro52/60|Ro52/Ro60|nRNP/Sm|AARS|anti-aaRS|ASA|ASM|SMA|MAA|MSA|U1|MAS|SC|SRS|PRS|PM|Jo|PL|Mi|TIF|ND|NR"
    "|none|RAS|SSA/SSB|PL-7/PL-12|SRP/HMGCR|SRP or SAE ?|Scl|positive",
    "subtypes": "DM1|DM2|DPM|dermatopolymyositis|dermato-polymyosite|PM/DM|PM and DM ?|inclusion body myopathy|myopathie à inclusions|necrotizing myositis"
    "|syndrome de chevauchement|amyopathic|statin myopathy with antibodies|CTD|ILD|PID|MSA|anti-MDA5|DM 1|necrotising myopathy",
    "countries": "Congo|Korea|Corée|Georgia|Géorgie|Guiana|EU|UE|Europe|R.-U.|RU|SK|NR|Ireland/UK|Macedonia|Macédoine|Virgin Islands|Yougoslavie|URSS"
    "|Czechoslovakia|Tchécoslovaquie|Former Serbia and Montenegro|Antilles|DOM-TOM|SW|Sui|Moyen-Orient|Maghreb|Scandinavia|international|Saint-Martin",
}


@together((kind, typed) for kind, names in AMBIGUOUS.items() for typed in names.split("|") if not typed.endswith("?"))
def test_an_ambiguous_name_is_refused(kind: str, typed: str) -> None:
    found = resolve(kind, typed)
    assert (found.outcome, found.id) == ("ambiguous", None)
    assert found.why


UNKNOWN = {
    "antibodies": "anti-PL-17|PL-8|Mi-3|Jo-2|aspartyl-tRNA synthetase|glutamyl-tRNA synthetase|prolyl-tRNA synthetase|anti-CD20|SARS-CoV-2|U2-RNP|U5 RNP"
    "|Ro 53|TIF2|SAE3|fer|polymyositis|anti-|non Jo|Jo-1 Z|xx",
    "subtypes": "fibromyalgia|infectious myelitis|myélite auto-immune|type 3 diabetes|checkpoint inhibitor colitis|macrophagic fasciitis|myosine|myocarditis|myelitis|polyneuropathy|dermatitis|myopathic|polyarthritis|lupus erythematosus|AS|ankylosing spondylitis"
    "|mitochondrial myopathy|rhabdomyolysis|asdfgh|anti-CD20 disease|!!",
    "countries": "Wakanda|N/A|XX|Transnistria|SP|1234",
    "drugs": "efgartigimob|zzz",
}


@together((kind, typed) for kind, names in UNKNOWN.items() for typed in names.split("|"))
def test_an_unknown_name_stays_unknown(kind: str, typed: str) -> None:
    found = resolve(kind, typed)
    assert (found.outcome, found.id) == ("unknown", None), found
    assert len(found.suggestions) <= 3


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("countries", "Atlantis"), ("countries", "Utopia"), ("facts", "hystérectomie"), ("facts", "male patient"), ("facts", "thyroidectomy")],
)  # fmt: skip
def test_nothing_is_suggested_for_what_is_far_or_known_for_something_else(kind: str, typed: str) -> None:
    assert resolve(kind, typed).suggestions == ()


def test_suggestions_are_not_answers() -> None:
    assert set(resolve("antibodies", "anti-PL-17").suggestions) >= {"pl7", "pl12"}
    assert resolve("antibodies", "anti-CADM140").id == "mda5"


# (kind, a, what a is, b, what b is): None where the name must not be read at all
DANGEROUS = [
    ("antibodies", "PL-7", "pl7", "PL-12", "pl12"), ("antibodies", "anti-Mi2", "mi2", "anti-M2", "ama_m2"),
    ("antibodies", "Mi-2 alpha", "mi2a", "Mi-2 beta", "mi2b"), ("antibodies", "SRP", "srp", "SSA", "ro_any"),
    ("antibodies", "SAE1", "sae1", "SAE2", "sae2"), ("antibodies", "OJ", "oj", "Jo", None), ("antibodies", "Jo-1", "jo1", "PM-1", "pmscl"),
    ("antibodies", "Ku", "ku", "Ki", "ki"), ("antibodies", "Ku", "ku", "KS", "ks"), ("antibodies", "Ha", "ha", "La", "la"),
    ("antibodies", "SSA", "ro_any", "Ro52", "ro52"), ("antibodies", "Ro52", "ro52", "Ro60", "ro60"), ("antibodies", "U1-RNP", "u1rnp", "U3-RNP", "u3rnp"),
    ("antibodies", "SP4", "sp4", "Sp100", "sp100"), ("antibodies", "TIF1y", "tif1g", "TIF1a", "tif1a"), ("antibodies", "p155/140", "tif1g", "p140", None),
    ("antibodies", "p155", "tif1g", "RP155", "rnapiii"), ("antibodies", "CADM-140", "mda5", "CADM", None), ("antibodies", "CARS1", "ly", "CCAR1", "ccar1"),
    ("antibodies", "AARS1", "pl12", "NARS1", "ks"), ("antibodies", "AARS1", "pl12", "HARS1", "jo1"), ("antibodies", "GARS1", "ej", "IARS1", "oj"),
    ("antibodies", "asparaginyl-tRNA synthetase", "ks", "aspartyl-tRNA synthetase", None), ("antibodies", "alanyl", "pl12", "glycyl", "ej"),
    ("antibodies", "glycyl-tRNA synthetase", "ej", "glutaminyl-tRNA synthetase", "qrs"), ("antibodies", "PM-Scl75", "pmscl75", "PM-Scl100", "pmscl100"),
    ("antibodies", "AMA", "ama", "ANA", "ana"), ("antibodies", "AMA", "ama", "ASMA", "asma"), ("antibodies", "NT5C1A", "cn1a", "NDUFA11", "ndufa11"),
    ("antibodies", "antisynthetase antibody", "ars_any", "Jo-1", "jo1"), ("antibodies", "MSA positive", "msa_any", "MAA positive", "maa_any"),
    ("antibodies", "seronegative", "seroneg", "unknown", "ab_unknown"), ("antibodies", "SRP", "srp", "SARS", None), ("antibodies", "PM", None, "PM-Scl", "pmscl"),
    ("antibodies", "SAE", "sae", "SRS", None), ("antibodies", "ANA negative", "ana", "MSA negative", "seroneg"), ("antibodies", "Sm", "sm", "SMN", "smn"),
    ("subtypes", "MII", "iim", "MI", "ibm"), ("subtypes", "inclusion body myositis", "ibm", "inclusion body myopathy", None),
    ("subtypes", "myosite à inclusions", "ibm", "myopathie à inclusions", None), ("subtypes", "sIBM", "ibm", "hIBM", "gne"), ("subtypes", "DM", "dm", "PM", "pm"),
    ("subtypes", "DM", "dm", "JDM", "jdm"), ("subtypes", "JDM", "jdm", "JIIM", "jiim"), ("subtypes", "polymyositis", "pm", "polymyalgia", "pmr"),
    ("subtypes", "DM", "dm", "DM1", None), ("subtypes", "DM", "dm", "DM type 2", "diabetes"), ("subtypes", "ASyS", "asys", "AS", None),
    ("subtypes", "IMNM (anti-HMGCR)", "imnm_hmgcr", "statin myopathy", "statin_tox"), ("subtypes", "myositis", "iim", "myositis ossificans", "myooss"),
    ("subtypes", "myosite", "iim", "myosite orbitaire", "orbm"), ("subtypes", "myositis", "iim", "myocarditis", None),
    ("subtypes", "MSA-P", "msatrophy", "MSA", None), ("subtypes", "dermatomyositis sine myositis", "adm", "dermatomyositis sine dermatitis", "dmsd"),
    ("subtypes", "amyopathic dermatomyositis", "adm", "hypomyopathic dermatomyositis", "hdm"),
    ("countries", "IR", "IR", "IE", "IE"), ("countries", "IS", "IS", "IL", "IL"), ("countries", "CH", "CH", "CN", "CN"), ("countries", "CHL", "CL", "CHE", "CH"),
    ("countries", "Suisse", "CH", "Suède", "SE"), ("countries", "Guinea", "GN", "Equatorial Guinea", "GQ"), ("countries", "Guinea", "GN", "Papua New Guinea", "PG"),
    ("countries", "Guinée", "GN", "Guyane", "FR"), ("countries", "Dominica", "DM", "Dominican Republic", "DO"), ("countries", "RCA", "CF", "RCI", "CI"),
    ("countries", "Morocco", "MA", "Monaco", "MC"), ("countries", "Niger", "NE", "Nigeria", "NG"), ("countries", "Austria", "AT", "Australia", "AU"),
    ("countries", "Slovakia", "SK", "Slovenia", "SI"), ("countries", "Slovaquie", "SK", "Slovénie", "SI"), ("countries", "Malaysia", "MY", "Malawi", "MW"),
    ("countries", "Mauritius", "MU", "Mauritania", "MR"), ("countries", "Latvia", "LV", "Lithuania", "LT"), ("countries", "Liban", "LB", "Libye", "LY"),
    ("countries", "Liberia", "LR", "Libya", "LY"), ("countries", "Paraguay", "PY", "Uruguay", "UY"), ("countries", "Zambia", "ZM", "Gambia", "GM"),
    ("countries", "India", "IN", "Indonesia", "ID"), ("countries", "Taiwan", "TW", "China", "CN"), ("countries", "GE", "GE", "Germany", "DE"),
    ("countries", "SP", None, "ES", "ES"), ("countries", "EAU", "AE", "EU", None), ("countries", "Northern Ireland", "GB", "Ireland", "IE"),
    ("countries", "Saint-Martin (FR)", "FR", "Sint Maarten", "SX"), ("countries", "Congo-Brazzaville", "CG", "Congo-Kinshasa", "CD"), ("countries", "Congo", None, "RDC", "CD"),
]  # fmt: skip


@together(DANGEROUS)
def test_a_dangerous_pair_stays_apart(kind: str, a: str, a_id: str | None, b: str, b_id: str | None) -> None:
    assert (resolve(kind, a).id, resolve(kind, b).id) == (a_id, b_id)
    assert a_id != b_id


def test_short_names_are_never_corrected() -> None:
    for typed in ("DN", "JDN", "IBN", "Mali?", "Chna", "Irna", "Cubo"):
        assert resolve("subtypes", typed).outcome != "accepted"
        assert resolve("countries", typed).outcome != "accepted"


def test_a_very_long_text_is_no_name() -> None:
    assert resolve("subtypes", "dermatomyositis " * 40).outcome == "unknown"


def _acronyms() -> dict[str, str]:
    """The short names of diseases that are written in capitals, and what each means."""
    names = {name for one in terms("subtypes") for name in (one.en, one.fr, *one.aliases)}
    short = (name for name in sorted(names) if name.isalpha() and name.isupper() and 2 <= len(name) <= 5)
    return {name: id for name in short if (id := resolve("subtypes", name, exact=True).id) is not None}


def test_another_disease_in_the_place_of_one_in_a_name_is_no_slip() -> None:
    """`DMD sine dermatitis` is a dystrophy with something unread, not dermatomyositis sine dermatitis."""
    short = _acronyms()
    wrong = []
    for place, one in enumerate(terms("subtypes")):
        for name in (one.en, one.fr, *one.aliases):
            words = name.split()
            for at, word in enumerate(words if len(words) > 1 else ()):
                others = [other for other in short if short[other] != short.get(word)]
                for other in others[place % 5 :: 5] if word in short else ():
                    read = resolve("subtypes", " ".join([*words[:at], other, *words[at + 1 :]]))
                    if read.outcome == "accepted" and read.id and short[other] not in ancestors(read.id) | {read.id}:
                        wrong += [(read.typed, read.id)] if read.id not in ancestors(short[other]) else []
    assert wrong == []


EVERYDAY = """
next last first active plan stop start new old high low day week month year none other best rest step care control change increase total note date infusion cure dose
mois jour semaine an suite fin arrêt reprise pause relais switch essai soir matin fort faible léger prochain dernier
"""


@pytest.mark.parametrize("kind", ["drugs", "facts", "antibodies", "subtypes"])
def test_an_everyday_word_is_no_name(kind: str) -> None:
    """`rituximab next 2027` names one drug: a company's code is no reason to read a word of every letter as one."""
    assert [word for word in EVERYDAY.split() if resolve(kind, word, exact=True).id is not None] == []
