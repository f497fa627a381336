"""The words that give a result: positive, negative, borderline, not tested.

A pending, missing or unknown result is `not_tested`, never negative. A weak or parenthesised plus is borderline.
"""

from __future__ import annotations

from myofind.names.normal import word_set

__all__ = ["DENIALS", "ELSEWHERE", "NEGATIONS", "PLURAL", "RESULT_WORDS", "drop_positive", "result_at", "says_a_result"]

NEGATIONS = word_set(
    "no not non none without except excluding neither nor never cannot isn wasn aren weren didn"
    " sans sauf pas ni aucun aucune aucuns aucunes hors hormis excepte jamais"
    " kein keine keinen keiner keinerlei nicht ohne ausser weder noch nie"
)
"""Words that turn a sentence round: never made, lost or changed by the correction of a slip."""

DENIALS = NEGATIONS | word_set(
    "exclu exclue exclus exclues excluded ecarte ecartee ecartes ecartees elimine eliminee elimines eliminees infirme infirmee ruled unlikely improbable"
    " peu absent absente absence negative negatif denied ausgeschlossen ausschluss unwahrscheinlich negativ"
)
"""Words that say of a diagnosis that the patient does not have it: what it is like is then no help."""

ELSEWHERE = DENIALS | word_set(
    "outside but other autre autres dehors ausserhalb exclude excluding excl rest reste beside besides"
)
"""Words that say of a country that it is left out: what stands beside them is then no help."""

_TABLE = {
    "positive": "pos|strongly pos|strong pos|high pos|highly pos|moderately pos|moderate pos|fortement pos|stark pos|tres pos|abnormal positive|co positive|co positif|copositive|copositif|positive|positif|positifs|positives|ve+|present|presents|presente|presente|presentes|detected|detecte|detectes|detectee"
    "|detectees|retrouve|retrouves|retrouvee|high positive|strong positive|strongly positive|fortement positif|fortement positifs|fortement positive|oui|yes|reactive"
    "|highly positive|tres positif|moderately positive|medium positive|moderate positive|franchement positif|positif fort|found|elevated"
    "|strongly reactive|above cut off|above the cut off|above cutoff|above the cutoff|above threshold|above the threshold|superieur au seuil|superieure au seuil|au dessus du seuil|uber cut off|positivo|positiva|positivos|positivas|detectado|detectados|reactivo|positivite|positivity|seropositive|seropositif|positiv|positiver|positives ergebnis|reaktiv|stark positiv|deutlich positiv|hochpositiv|hoch positiv|massig positiv|eindeutig positiv|ja|weakly moderate|clearly positive|nettement positif|fortement positives|fortement positifs|intensement positif|positivite franche|franche positivite|positivite nette|nette positivite|positivite forte|forte positivite|positivite isolee|moderement positif|strong|fort|high|eleve|true",
    "negative": "neg|neant|negative|negatif|negatifs|negatives|absent|absents|absente|absentes|absence|not detected|non detecte|non detectes|non detectee"
    "|below cut off|below the cut off|below cutoff|below the cutoff|below threshold|below the threshold|inferieur au seuil|inferieure au seuil|sous le seuil|en dessous du seuil|au dessous du seuil|unter cut off|unter dem cut off|negativo|negativa|negativos|negativas|no detectado|no detectados|no detectada|no reactivo|non reactif|non reactifs|non retrouve|non retrouves|ruled out|elimine|elimines|not found|nonreactive|non reactive|undetected|undetectable|indetectable"
    "|indetectables|non positif|not positive|negativite|negativity|negativ|non|no|false|normal|normaux|none detected|indetecte|not present|non present|nicht nachweisbar|nicht nachgewiesen|nicht reaktiv|unauffallig|non significatif|seronegative|seronegatif|unterhalb der nachweisgrenze|below detection limit|below the detection limit|below the limit of detection|below limit of detection|under the limit of detection|sous la limite de detection|en dessous de la limite de detection|inferieur a la limite de detection|not reactive|negatif partout|non mis en evidence|non decele|non detectees|non retrouves|non retrouvee",
    "borderline": "borderline|equivocal|equivocale|equivoque|equivoques|indetermine|indeterminate|weak|weakly positive|weak positive|low positive"
    "|low|faible|faiblement positif|faiblement positive|faiblement positifs|douteux|douteuse|limite|a recontroler|positif faible|positive weak|weakly|faiblement"
    "|positivo debil|debil positivo|debilmente positivo|dudoso|indeterminado|positive faible|faible positif|doubtful|inconclusive|grey zone|gray zone|zone grise|a controler|trace|traces|low titre|low titer"
    "|borderl|dout|grenzw|ambigu|ambigue|uncertain|incertain|peu positif|grenzwertig|schwach positiv|schwach|zweifelhaft|fraglich|fraglich positiv|unbestimmt|grenzbereich|schwachpositiv|leicht positiv|grauzone|gering positiv|very weak|tres faible|tres faiblement positif|equivoques|grenzwertig positiv|weak pos|low pos|mildly positive|faibles|faiblement positives|douteuses|limites|borderline positive|equivocal positive|intermediaire|intermediate|border line|equiv|grenzw|schw pos|weakly pos|low positive|faiblement pos|schwach pos|faibl pos|positivite faible|positivite limite|positivite douteuse|faible pos|faiblement pos|a confirmer|to be confirmed|to confirm|please repeat|repeat suggested|repeat advised|repeat recommended|zu bestatigen|kontrolle empfohlen|controle conseille|controle recommande|a verifier|a la limite|a la limite du seuil|a la limite de positivite|a la limite de la positivite|a la limite de detection|a la limite de la detection|at the limit|at the limit of positivity|at the limit of detection|at the limit of the test|en limite de positivite|limite de positivite atteinte|zone limite|zone douteuse|zone d incertitude|moderement faible",
    "not_tested": "pas de recherche|pas de recherche de|pas de recherche d|pas de recherche des|aucune recherche de|aucune recherche d|sans recherche de|sans recherche d|pas de dosage|pas de dosage de|pas de dosage d|pas de dosage des|aucun dosage de|aucun dosage d|no testing|no testing for|no test for|no testing of|without testing for"
    "|jamais recherche|jamais recherches|jamais recherchee|jamais dose|jamais doses|jamais teste|jamais testes|jamais fait|jamais faits|never tested|never tested for|never done|never measured|never performed|keine bestimmung von|nie bestimmt|nie getestet"
    "|ndet|n det|non det|not det|unknown|inconnu|inconnus|inconnue|pending|en attente|en cours|nd|nr|nc|nt|na|n a|not done|non fait|non faits|non faite|a faire|tbd|awaited"
    "|pendiente|pendientes|no realizado|no realizados|awaiting|awaiting result|awaiting results|not tested|non teste|non testes|untested|non recherche|non recherches|not available|non disponible|result pending|results pending"
    "|resultat en attente|resultats en attente|non realise|non realises|pas fait|pas recherche|pas teste|pas encore fait|to do|not known|unk|not yet done"
    "|demande|requested|sent|envoye|ordered|prescrit|non communique|non renseigne|non determine|not determined|not performed|not requested"
    "|non demande|a demander|a venir|missing|manquant|not assessed|in progress|ongoing|en attente de resultat|attente|ausstehend|steht aus|steht noch aus|nicht bestimmt|nicht durchgefuhrt|nicht getestet|nicht untersucht|folgt|in bearbeitung|unbekannt|keine angabe|noch ausstehend|nicht angefordert|en cours d analyse|en cours de dosage|a suivre|to follow|not sent|insufficient sample|quantite insuffisante|insufficient|specimen insufficient|nicht ausreichend|material nicht ausreichend|insuffisant|non parvenu|non parvenus|non recu|prelevement non parvenu|prelevement non recu|ininterpretable|ininterpretables|non interpretable|uninterpretable|non disponibles|non dosable|non dose|non doses|non exploitable|steht aus|nicht verwertbar|nicht eingegangen",
}  # fmt: skip
RESULT_WORDS: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): result for result, phrases in _TABLE.items() for phrase in phrases.split("|")
}
"""Every wording of a result, as words of the normal form."""

_LONGEST = max(map(len, RESULT_WORDS))
PLURAL = word_set("negatifs positifs absents presents detectes retrouves elimines negativos positivos")
"""French and Spanish plurals: the result of every name before them."""

_POSITIVE_TAIL = word_set("pos positive positif positifs positives")


def result_at(typed: list[str], at: int) -> tuple[str, int] | None:
    """The result that begins at a word, and how many words say it; the longest wording wins."""
    for length in range(min(_LONGEST, len(typed) - at), 0, -1):
        found = RESULT_WORDS.get(tuple(typed[at : at + length]))
        if found:
            return found, length
    return None


def says_a_result(word: str, length: int) -> bool:
    """Is this wording of a result long enough to be nothing else? `na` may be a slip, `neg` is not."""
    return length > 1 or word in ("neg", "pos") or len(word) > 4


def drop_positive(typed: list[str]) -> tuple[list[str], bool]:
    """A name without the plus signs or the word "positive" after it, and whether there was one."""
    kept = list(typed)
    while kept and (kept[-1].startswith("+") or (len(kept) > 1 and kept[-1] in _POSITIVE_TAIL)):
        kept.pop()
    return kept, len(kept) < len(typed)
