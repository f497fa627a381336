"""What is said of a fact in many ways is said in one, before its words are read: signs at its end, lists, free of it, how it was reckoned."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from myofind.asking.fact_lists import each_hepatitis
from myofind.asking.fact_searches import with_searches
from myofind.asking.small_words import NEVER, NO
from myofind.asking.tokens import Text, fold, read_text
from myofind.domain.onsets import in_figures
from myofind.names.facts import FACTS

__all__ = ["one_wording"]

_PLUS = re.compile(r"(?<=[a-z)=:])\s*(?:\+{1,3}|[(\[]\s*\+{1,3}\s*[)\]])(?=\s*(?:[,;)]|/\s*[a-z]|\Z))")
_MINUS = re.compile(r"(?<=[a-z)])\s*(?:[-–−]|[(\[]\s*[-–−]\s*[)\]])(?=\s*(?:[,;)]|/\s*[a-z]|\Z))")
_SHORTENED = re.compile(r"\b(neg|pos)\.(?=\s*(?:[,;)/]|\Z))")
_FREE = re.compile(r"\b(?:free of |(?=[a-z]+[- ]free\b))((?!treatment|drug|steroid)[a-z]+)(?:[- ]free\b)?")
"""`cancer-free`, `free of cancer`."""
_NO_SIGN = re.compile(
    r"\b(?:no|without|pas|aucune?|sans|keine?|ohne)\s+(?:(?:de |d')\s*)?(?:(?:clear|clinical|radiological|current) )?(?:evidence|indications?|proof|preuves?|signs?|signes?|arguments?|anzeichen|hinweise?)"
    r"\s+(?:of|for|de|d'|pour|en faveur (?:de|d')|auf|fur)\s*(?:(?:an?|une?|la|le|the|l')\s*)?(?=[a-z])"
)
"""`no evidence of ILD`, `pas d'argument pour un cancer`: that there is none."""
_SUBJECT = re.compile(
    r"\A(?:il|elle|he|she|(?:(?:le|la|the) )?patiente?)\s+(?=(?:est|a|has|is|marche|walks?|avale|swallows|se leve|rises|cannot|can|does)\b|n'|ne )"
)
"""Of whom it is said: `Il marche avec une canne`."""
_SHOWN = re.compile(
    r"\b(?:ne )?(?:retrouve|montre|revele) (?=(?:une?|des|pas|aucune?)\b)|\b(?:shows?|showed|reveals?|revealed) (?=[a-z])"
)
"""`le scanner retrouve une PID`, `CT shows no ILD`."""
_VACCINE = r"(pneumocoques?|pneumococc(?:us|i)|meningocoques?|meningococc(?:us|i)|hib)"
_VACCINES = re.compile(
    rf"\b(vaccin\w*)\s+(?:(?:contre|against)\s+)?(?:le |la |l')?{_VACCINE}\s*(,|/|&|\b(?:et|and|ou|or|ni|nor)\b)\s*(?:(?:contre|against)\s+)?(?:le |la |l')?{_VACCINE}"
)
"""`vacciné contre le pneumocoque et le méningocoque`: of each."""
_OPEN = re.compile(
    r"\b(?:(?:ne (?:peut|peuvent) (?:pas )?etre|non|pas|not|cannot be|can not be|not (?:yet )?been) (?:formellement |encore |yet )?(?:exclu\w*|elimin\w*|ecart\w*|ruled out)"
    r"|en cours (?:d'|de )(?:exploration|investigation|evaluation)s?|(?:under|being|awaiting) (?:investigat|evaluat|explor)\w+)(?=\s*(?:[,;.)]|\Z))"
)
_CANNOT = re.compile(
    r"\b(?:cannot|can not|could not) (?:rule out|exclude)\b|\bne (?:peut|permet) pas (?:d')?(?:exclure|eliminer)\b"
)
"""`PID non exclue`, `ILD under investigation`: whether it is there is left open."""
_ABSENCE = re.compile(r"\b(absence (?:de |d'|of ))([^,;.]*?)\s+(?:et|and) (?:de |d'|of )")
"""`absence de cancer et de PID`: of both."""
_BEEN = re.compile(
    r"\b(?:has been|have been|was|were|a ete|ont ete|etaient|etait|wurden?)\s+(?=(?:ruled out|excluded|exclu|elimin|ecart|ausgeschlossen))"
)
_RULED_OUT = re.compile(
    r"(?<![a-z'’] )(?<![a-z'’_-])(?:cancers?|malignanc(?:y|ies)|neoplas(?:ia|ms?|ies?)|tumou?rs?|tumeurs?|malignome?)\s+(?:ruled out|excluded|exclue?s?|elimine?e?s?|ecarte?e?s?|ausgeschlossen)\s*[,:]?\s*(?=[(\[]?(?:(?:in|on|en|le|im|am)\s+)?[0-9])"
)
"""`malignancy ruled out 2026-03`: the day of the search that found none."""
_RECKONED = r"(?:ckd[ -]?epi|mdrd|cockcroft(?:[ -](?:et |and )?gault)?|schwartz)(?: 20[0-9]{2})?"
_METHODS = re.compile(
    rf"\s*[(\[]\s*(?:selon |by |par )?{_RECKONED}\s*[)\]]|(?P<name>\b(?:dfge?|e?gfr|clcr|crcl)\s+)(?:selon |by |par )?{_RECKONED}\s+"
)
"""How the kidney function was reckoned, beside its name or in brackets; alone it is a name of it."""
_VOLUME = re.compile(r"%\s*[(\[]\s*[0-9]+(?:[.,][0-9]+)?\s*(?:l|ml|litres?|liters?)\s*[)\]]")
"""A volume in brackets after its share of the predicted one."""
_SHARE = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?\s*(?:l|ml|litres?|liters?)\s*[(\[]\s*(?:soit )?([<>]?\s*[0-9]+(?:[.,][0-9]+)?\s*%)\s*(?:of )?(?:pred\w*|theo\w*|th|norm\w*|de la \w+|soll)?\s*[)\]]"
)
"""A share in brackets behind the volume."""
_COUNTS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "two": "2", "three": "3", "four": "4", "five": "5", "zwei": "2", "drei": "3", "vier": "4",
}  # fmt: skip
_OF_DRUGS = r"(?:lignes?|traitements?|medicaments?|immunosuppress\w+|drugs?|lines?|treatments?|agents?|echecs?|failures?|therap\w+|medikamente)"
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)})(?=\s+{_OF_DRUGS}\b)")
_REFRACTORY_TO = re.compile(
    rf"\b(?:refractory to|resistant to|refractaires? (?:a|aux)|resistante?s? (?:a|aux))\s+(?=[^a-z]*[0-9])([^,;]*?{_OF_DRUGS})\b"
)
"""`refractory to 3 lines`."""
_DAMAGE = re.compile(r"(?<!muscle )(?<!cdasi )(?<!cdasi-)\b(?:damage|dommages?|degats?|sequelles?(?! musc))\b")
"""The damage part of the CDASI, where it stands beside its activity."""
_PREDICTED = re.compile(r"%\s*(?:of\s+)?pred(?:icted)?\b\.?")
_PARTED = re.compile(r"(?<= )(yes|no)\s*/\s*(?=[a-z])")
_OF_ALL = re.compile(
    r"\b(?:all|both|everything|tous(?: les deux)?|toutes(?: les deux)?|les (?:deux|trois|quatre)|alle|beide)\s+(?:are |were |came back |sont |revenue?s? |sind )?(?P<word>[a-z]+)"
)
"""`all negative`, `toutes négatives`: the sign of every name before it."""
_FLOW = re.compile(r"(?<=[a-z0-9])\s+(?:a\s+)?[0-9]+(?:[.,][0-9]+)?\s*l(?:itres?|iters?)?\s*/\s*mi?n\b")
"""The flow of oxygen, which no trial asks."""
_LINES = re.compile(r"\s*\n\s*(?:[-–•*]\s+)?|\A[-–•*]\s+")
"""The lines of a list, with their bullets."""


def _denied_of_all(found: re.Match[str]) -> str:
    return (
        "negatifs"
        if found["word"] in NO - NEVER and found["word"] not in ("no", "not", "non", "pas", "sans")
        else found[0]
    )


def _each_vaccine(found: re.Match[str]) -> str:
    word, first, joint, second = found.groups()
    return f"{word} {first[:-1] if first.endswith('ques') else first} {joint} {word} {second[:-1] if second.endswith('ques') else second}"


@cache
def _joined_labels() -> tuple[tuple[str, str], ...]:
    """The labels that join several names, as `hepatitis B or C, HIV or tuberculosis`, and the ids to read for each: it is one name."""
    labels = ((fold(label), row.id) for row in FACTS.values() for label in (row.en, row.fr))
    return tuple((label, id) for label, id in labels if re.search(r",|\b(?:or|ou|and|et)\b", label))


_LUPUS = re.compile(r"(?<![\w-])LES(?![\w-])|\A\s*les\s*\Z")
"""The abbreviation of lupus, in capitals: in small letters it is the French article."""
_VIRUS = r"(?:vih|hiv|vhb|hbv|vhc|hcv|hepatites? [bc]|hepatitis [bc])"
_SERO = r"sero(?P<{0}>pos|neg)[ai]ti(?:f|fs|ve|ves|v)"
_SEROLOGY = re.compile(
    rf"\b(?:{_SERO.format('led')}\s+(?:(?:pour|for|au)\s+)?(?:(?:le|la|the)\s+|l')?(?P<virus>{_VIRUS})|(?P<named>{_VIRUS})\s*[:,=-]?\s*{_SERO.format('behind')})\b"
)
"""`séropositif VIH`, `HIV seronegative`: the result of a virus; of other diseases it is a kind of them (`PR séronégative`)."""


@lru_cache(maxsize=2048)
def one_wording(typed: str) -> Text:
    """The text with a plus or a minus at the end of a name as a word, and hepatitis said of each of its letters."""
    text = with_searches(read_text(_LUPUS.sub("lupus", typed))._replace(typed=typed))
    whole = in_figures(text.folded.strip())
    for name, id in _joined_labels():
        whole = whole.replace(name, id)
    whole = _SHOWN.sub("", _SUBJECT.sub("", whole))
    while (told := _VACCINES.sub(_each_vaccine, whole)) != whole:
        whole = told
    whole = _ABSENCE.sub(r"\1\2, \1", _CANNOT.sub("possible", _OPEN.sub("possible", whole)))
    whole = _SEROLOGY.sub(
        lambda found: f"{found['virus'] or found['named']} {found['led'] or found['behind']}itive".replace(
            "negitive", "negative"
        ),
        whole,
    )
    whole = _COUNTED.sub(
        lambda found: _COUNTS[found[1]], _METHODS.sub(lambda found: found["name"] or " ", _FREE.sub(r"no \1", whole))
    )
    whole = _RULED_OUT.sub("cancer_screening ", _BEEN.sub("", _NO_SIGN.sub("no ", whole)))
    whole = _REFRACTORY_TO.sub(r"failed \1", whole)
    whole = _SHARE.sub(r"\1", _VOLUME.sub("%", whole))
    whole = _SHORTENED.sub(r"\1", whole)
    if "cdasi" in whole:
        whole = _DAMAGE.sub("cdasi damage", whole)
    lines = _PREDICTED.sub("%", _LINES.sub("; ", whole).removeprefix("; "))
    signs = _PARTED.sub(r"\1; ", _MINUS.sub(" no", _PLUS.sub(" yes", lines)))
    signs = _OF_ALL.sub(_denied_of_all, signs)
    folded = each_hepatitis(_FLOW.sub("", signs) if re.search("o2|oxyg|sauerstoff|ltot", signs) else signs)
    return text if folded == text.folded.strip() else read_text(folded)._replace(typed=typed)
