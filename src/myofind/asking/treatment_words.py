"""The words of typed treatments in English, French and German, without case and accents: closed lists.

A word that is on none of them, and is no drug, dose or time, is refused.
"""

from __future__ import annotations

from myofind.asking.small_words import HARMLESS as SMALL
from myofind.asking.small_words import NEVER as SMALL_NEVER
from myofind.asking.small_words import NOW as SMALL_NOW
from myofind.asking.tokens import name_words
from myofind.names.normal import word_set

__all__ = [
    "AGAIN", "AT_ALL", "BEFORE", "BESIDE", "CHANGES", "COMPANIONS", "DOUBT", "FAILED", "HARMLESS", "INSTEAD", "LAST", "NEVER", "NEVER_OTHER", "NOT_GIVEN", "NOT_NOW", "NOW", "NO_OTHER", "PAUSE", "PLANNED", "RECEIVED", "STOPPING", "TAKEN", "THEN", "WHEN",
]  # fmt: skip

NO_OTHER = {
    name_words(text)
    for text in (
        "no other", "no others", "none other", "nothing else", "no other treatment", "no other treatments", "no other drug", "no other drugs", "nothing", "no treatment",
        "none", "rien actuellement", "rien en cours", "néant", "nothing now", "nothing currently", "pas d'autre", "pas d'autres", "pas d'autre traitement", "pas d'autres traitements", "rien d'autre", "aucun autre", "aucun autre traitement",
        "aucun traitement", "rien", "aucun", "aucun traitement en cours", "aucun traitement actuellement", "aucun traitement actuel", "sans traitement", "pas de traitement",
        "pas de traitement en cours", "pas de traitement actuellement", "no current treatment", "no treatment now", "no treatment currently", "no medication", "no drugs",
        "off all treatment", "off treatment", "keine Behandlung", "keine Therapie", "ohne Therapie", "keine andere", "keine anderen", "sonst nichts", "keine weitere Therapie",
    )
}  # fmt: skip
NEVER_OTHER = {
    name_words(text)
    for text in (
        "never treated", "untreated", "treatment naive", "no prior treatment", "no previous treatment", "jamais traité", "jamais traitée", "non traité", "non traitée", "naïf de traitement",
        "naïve de traitement", "aucun traitement antérieur", "pas de traitement antérieur", "nie behandelt", "unbehandelt", "never any other", "no other ever", "never anything else", "never any", "never any treatment", "no treatment ever", "jamais aucun traitement", "jamais de traitement", "aucun traitement à ce jour",
        "jamais d'autre", "jamais d'autre traitement", "jamais rien d'autre",
    )
}  # fmt: skip
_EARLIER = word_set("prior previous anterieur")
_BESIDE = _EARLIER | word_set("other others else autre autres andere anderen sonst weitere")
_TREATED = word_set(
    "treatment treated untreated naive traitement traite traitee naif behandelt unbehandelt behandlung therapie medication drugs"
)
_NOTHING = {
    name_words(text)
    for text in (
        "none", "nothing", "rien", "aucun", "rien actuellement", "rien en cours", "néant", "nothing now", "nothing currently",
    )
}  # fmt: skip
AT_ALL = _NOTHING | {
    words for words in NO_OTHER | NEVER_OTHER if _TREATED.intersection(words) and not _BESIDE.intersection(words)
}
"""What says that no treatment is or was taken at all, so that none may stand beside it: `never treated`, `no treatment`, `none`."""
BESIDE = {words for words in NO_OTHER | NEVER_OTHER if (_BESIDE - _EARLIER).intersection(words)}
"""What says that nothing is taken beside what is named, wherever it is named: `no other`, `rien d'autre`."""
STOPPING = (
    "until till bis abgesetzt beendet gestoppt pausiert stopped stop ended end arrete arretee arretes arretees arret fin finished last derniere dernier dernieres derniers"
    " stoppe stoppee stoppes stoppees discontinued discontinuation interrompu interrompue interrompus interrompues suspendu suspendue suspended halted ceased withdrawn"
    " completed termine terminee termines terminees acheve achevee fini finie zuletzt letzte letzter letzten hold held pause paused interruption off weaned sevre sevree sevres sevrees sevrage"
)
"""Words that say a treatment ended, or announce the day of its end."""
LAST = frozenset(["last", "derniere", "dernier", "dernieres", "derniers", "zuletzt", "letzte", "letzter", "letzten"])
"""Of these words those that name the last time, which of a drug given at intervals is no end."""
PAUSE = word_set(
    "hold held pause paused pausiert interruption interrompu interrompue interrompus interrompues suspendu suspendue suspended"
)
"""Of these words those of a pause, of which a length of time may be the whole of it."""
AGAIN = word_set(
    "repris reprise resumed restarted restart reintroduced reintroduit reintroduite reinitiated reinstaure reinstauree"
)
"""Of the words of a beginning those that say that it was taken before."""
CHANGES = word_set(
    "change modification modifications changement adaptation adjustment adjusted ajuste ajustee adapte adaptee tapered lowered titrated augmentation diminution majoration minoration increase decrease"
)
"""Of the words of a change those that a last one may be said of: `dernière modification`."""
WHEN: dict[str, str] = {
    **dict.fromkeys(
        [
            "since",
            "from",
            "started",
            "start",
            "begun",
            "began",
            "seit",
            "ab",
            "depuis",
            "debut",
            "debute",
            "debutee",
            "debutes",
            "debutees",
            "commence",
            "commencee",
            "introduit",
            "introduite",
            "introduced",
            "initiated",
            "initie",
            "initiee",
            "instaure",
            "instauree",
            "introduction",
            "initiation",
            "begonnen",
            "gestartet",
            *AGAIN,
        ],
        "since",
    ),
    **dict.fromkeys(STOPPING.split(), "until"),
    **dict.fromkeys(
        [
            *CHANGES,
            "changed",
            "modified",
            "increased",
            "decreased",
            "reduced",
            "modifie",
            "modifiee",
            "majore",
            "majoree",
            "minore",
            "minoree",
            "augmente",
            "augmentee",
            "diminue",
            "diminuee",
            "reduit",
            "reduite",
            "baisse",
            "baissee",
            "stable",
            "stables",
            "stabil",
            "unchanged",
            "inchange",
            "inchangee",
            "inchanges",
            "inchangees",
            "unverandert",
            "erhoht",
            "reduziert",
            "geandert",
        ],
        "changed",
    ),
}
NOT_NOW = word_set("no not non pas sans without aucun aucune kein keine keinen nicht ohne")
NEVER = SMALL_NEVER | word_set("naive naif naifs naives naiv")
NOW = SMALL_NOW | word_set(
    "ongoing sous on taking takes receiving receives prend recoit yes oui ja unter laufend erhalt"
)
BEFORE = word_set(
    "prior previous previously before earlier ever past passe anterieur anterieure anterieurs anterieurement auparavant precedent precedemment ancien ancienne former"
    " formerly antecedent antecedents atcd history bisher bislang zuvor vorher jemals fruher"
)
"""Words of an earlier time: beside a denial they make it `never`, alone they say that the drug was taken once."""
HARMLESS = SMALL | word_set(
    "cure cures dose doses dosis infusion infusions perfusion perfusions perf perfs injection injections bolus cycle cycles pulse pulses course courses administration"
    " gabe gaben for treatment treatments traitement traitements therapy therapie behandlung monotherapy monotherapie treated traite traitee traites traitees behandelt administered ttt tt rx tx medication medications medikation biosimilar biosimilars biosimilaire biosimilaires generic generique essai trial etude study pour mise place by par . again nouveau nouvelle"
)
TAKEN = word_set("received had recu recue recus recues eu erhalten bekommen got")
"""Said of a drug they tell that it was taken once: `a reçu du rituximab`."""
RECEIVED = TAKEN | word_set("took on taking taken been ever pris prise a ont n ne ' hat given")
"""What may stand beside "never": `never received rituximab`, `n'a jamais reçu de rituximab`."""

FAILED = word_set(
    "failed failure fails failing echec echecs inefficace inefficacite ineffective inefficacy refractory refractaire resistant resistance nonresponder unresponsive versagen"
    " unwirksam versagt"
)
NOT_GIVEN = word_set(
    "contre contraindicated contraindication kontraindiziert intolerant intolerante intolerance unvertraglich unvertraglichkeit allergy allergie allergic allergique refuse refusee refused declined mal mauvaise poorly badly schlecht"
)
PLANNED = word_set(
    "planned prevu prevue prevus prevues plan planifie planifiee scheduled geplant propose proposee proposed debuter demarrer introduire instaurer prochainement bientot next soon va futur future envisage envisagee considered discute discutee"
)
DOUBT = word_set("? maybe perhaps possible possibly probable probably unknown inconnu peut etre vielleicht")
THEN = word_set("puis then dann ensuite > →")
INSTEAD = word_set("relais relaye switch switched remplace replaced followed suivi")
"""Said of two drugs one after the other, in whichever order."""
COMPANIONS = {
    name_words(text)
    for text in (
        "acide folique", "folic acid", "folate", "folates", "Spéciafoldine", "Lederfoline", "Folsäure", "Bactrim", "cotrimoxazole", "co-trimoxazole", "Wellvone", "atovaquone", "paracétamol", "paracetamol",
        "Doliprane", "Dafalgan", "aspirine", "aspirin", "Kardégic", "oméprazole", "omeprazole", "pantoprazole", "ésoméprazole", "esomeprazole", "lansoprazole", "Inexium", "IPP", "PPI", "calcium", "Calcidose",
        "vitamine D", "vitamin D", "Uvedose", "cholécalciférol", "potassium", "Diffu K", "Kaleorid", "bisphosphonate", "bisphosphonates", "alendronate", "zolédronate", "zoledronate", "risédronate", "Actonel",
        "insuline", "insulin", "Levothyrox", "lévothyroxine", "levothyroxine", "ramipril", "périndopril", "amlodipine", "bisoprolol", "furosémide", "furosemide", "Lasix", "valaciclovir",
        "Zelitrex", "tramadol", "ibuprofène", "ibuprofen", "contraception",
    )
}  # fmt: skip
"""What is taken beside and no trial asks about: passed over aloud."""
