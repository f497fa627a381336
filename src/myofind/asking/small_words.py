"""The small words of typed facts and treatments, in English, French and German, without case and accents: closed lists.

A word that is on none of them, and is no name, number or day, is refused.
"""

from __future__ import annotations

from myofind.names.normal import word_set

__all__ = [
    "DOUBT",
    "HARMLESS",
    "HISTORY",
    "JOINTS",
    "NEVER",
    "NO",
    "NOT_KNOWN",
    "NOW",
    "OF_ALL",
    "OVER",
    "PAST",
    "RELATIVES",
    "SHORT",
    "SINCE",
    "STILL_OPEN",
    "TO_COME",
    "YES",
]

HARMLESS = word_set(
    "out of de du d des la le les l the a an un une en in on at = : , ( ) ' is est ist are sont sind patient patiente has avec with mit der die das den dem ein eine sous au aux sur scanner ct hrct tdm complete totale"
    " einen einem zu personal personnel personnels associe associee associes associees associated concomitant concomitante thoracique thoracic thorax chest deltoide deltoid quadriceps"
)
NEVER = word_set("never jamais nie niemals")
NO = NEVER | word_set(
    "no non not pas sans without aucun aucune aucuns aucunes absent absente absents absentes absence negatifs negatives false faux neg negative negatif none nul kein keine keinen"
    " keiner keinerlei ohne nicht nein negativ exclu exclue exclus exclues excluded ruled ecarte ecartee ecartes ecartees elimine eliminee elimines"
    " eliminees ausgeschlossen"
)
OF_ALL = word_set("negatifs negatives absents absentes exclus exclues ecartes ecartees elimines eliminees")
"""French plurals: the sign of every name before them."""
YES = word_set("yes oui true vrai present presente positive positif pos ja positiv vorhanden")
PAST = word_set(
    "past passe passee previous previously ancien ancienne former formerly had eu fruher fruhere fruherer ehemalig"
)
OVER = word_set("cured gueri guerie remission geheilt remittiert")
"""A disease that is over: a day beside it is the day of its end."""
HISTORY = word_set("antecedent antecedents atcd history anamnese vorgeschichte")
NOW = word_set(
    "now current currently active actif actifs actives actuel actuelle actuellement maintenant today aujourd hui ongoing cours evolutif evolutive aktuell aktueller aktuelle"
    " derzeit jetzt heute"
)
SINCE = word_set("since depuis seit")
GRADES = word_set(
    "stable mild moderate severe minime minimal minimale modere moderee leger legere discret discrete chronique chronic debutante early metastatique metastatic localise localisee localized known connu connue evolutif evolutive confirmed confirme confirmee proven prouve prouvee avere averee bestatigt new nouvelle"
)
"""The degree or the course of a fact that holds whatever it is."""
DONE = word_set("fait faite done given received recu recue jour up to date complete complet")
"""What may stand beside a fact that holds for ever: a vaccination that is done."""
SHORT = {"1": "yes", "y": "yes", "o": "yes", "0": "no", "n": "no"}
"""Letters and figures that are an answer where nothing else is typed beside the fact."""
NOT_KNOWN = word_set("? unknown inconnu inconnue null unbekannt")
DOUBT = (NOT_KNOWN - {"null"}) | word_set(
    "suspicion suspected suspecte suspectee suspectes suspectees possible possibles possibly possiblement probable probables probably probablement likely doute douteux douteuse doubt doubtful"
    " incertain incertaine uncertain unclear presumed eventuel eventuelle discute discutee questionable maybe perhaps peut vielleicht indetermine indeterminee indeterminate equivoque equivocal pending verdacht vermutet moglich mogliche fraglich unklar"
)
"""Words that leave it open whether a fact holds."""
TO_COME = word_set("- etre explorer confirmer verifier rechercher eliminer exclure discuter attente auf")
"""What may follow `à`, `en` or a word of doubt: that it is still looked for."""
STILL_OPEN = DOUBT | TO_COME - {"-", "auf", "etre"}
"""Words behind a name that leave it open whether it holds."""
RELATIVES = word_set(
    "mere pere frere soeur oncle tante cousin cousine grandmere grandpere familial familiale familiaux famille mother father brother sister uncle aunt grandmother grandfather family maternal paternal"
    " maternelle maternel paternelle paternel mutter vater bruder schwester familie familiar"
)
"""Words that say that a disease or a treatment is a relative's."""
KNOWN = word_set("known connu connue connus connues bekannt bekannte bekannter bekanntes")
"""Beside a negation: "no known cancer" is no cancer."""

JOINTS = {
    **dict.fromkeys((",",), ","),
    **dict.fromkeys((";",), ";"),
    **dict.fromkeys(("(", ")", "[", "]"), "bracket"),
    **dict.fromkeys(("and", "et", "und", "&", "+", "plus"), "and"),
    **dict.fromkeys(("or", "ou", "oder"), "or"),
    **dict.fromkeys(("nor", "ni", "noch", "neither", "weder"), "nor"),
    **dict.fromkeys(("but", "mais", "aber"), ";"),
    **dict.fromkeys(("with", "avec", "mit"), "with"),
    **dict.fromkeys(("without", "sans", "ohne"), "without"),
}
"""What parts the clauses of a text, and how."""
