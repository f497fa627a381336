"""The closed lists of what may stand in a laboratory line beside names, results and numbers, in English, French and German.

A word that is on no list is refused: it could have changed what the line says.
"""

from __future__ import annotations

from myofind.names.normal import word_set, words
from myofind.names.result_words import RESULT_WORDS
from myofind.records import NamedTuple

__all__ = ["ANTIBODY", "LONGEST", "PHRASES", "UNITS", "Phrase"]


class Phrase(NamedTuple):
    """What a word or a run of words is: `kind`, and for a result, a comparison or a limit, which."""

    kind: str
    value: str = ""


_LISTS = {
    "negation": "isn t|wasn t|aren t|weren t|hasn t been|haven t been|il n existe pas|il n existe pas de|il n existe pas d|n a pas|n a pas de|n a pas d|does not have|did not find|do not find|does not show|did not show"
    "|on ne retrouve pas|on ne retrouve pas de|on ne retrouve pas d|on ne trouve pas|on ne trouve pas de|on ne trouve pas d|ne retrouve pas de|ne retrouve pas d|ne met pas en evidence de|ne met pas en evidence d"
    "|ne montre pas de|ne montre pas d|could not be|could not|cannot be|konnte nicht|konnten nicht|no|not|non|without|sans|pas|pas de|pas d|ni|neither|nor|never|aucun|aucune|aucuns|aucunes|kein|keine|keinen|keiner|keinerlei|nicht|ohne"
    "|weder|absence de|absence d|absence of|absence des|absence|absent pour|no evidence of|no evidence for|free of|nein|none|n y a pas|il n y a pas|il n y a pas de"
    "|pas des|ausencia de|no trace of|lack of|negativite des|negativite de|negativite d|negativity of|negativity for|abwesenheit von|kein nachweis von|kein nachweis",
    "participle": "detected|found|seen|identified|detecte|detectes|detectee|detectees|retrouve|retrouves|retrouvee|retrouvees|trouve|trouves|mis en evidence|identifie|identifies"
    "|mise en evidence|nachgewiesen|nachweisbar|gefunden|detectable|detectables|decele|deceles|observed|observe|observes|evidenced|revele|feststellbar|demonstrated",
    "tested": "done|tested|performed|available|requested|determined|received|assessed|reported|carried out|measured|ordered yet|fait|faits|faite|faites|teste|testes|testee|testees|recherche"
    "|recherches|recherchee|recherchees|realise|realises|realisee|dose|doses|dosee|disponible|disponibles|rendu|rendus|effectue|effectues|effectuee|recu|contributif|interpretable"
    "|communique|renseigne|demande|durchgefuhrt|bestimmt|untersucht|getestet|angefordert|vorhanden noch|verfugbar|gemessen|erfolgt|prescrit",
    "copula": "werden|wird|is|was|are|were|be|been|being|has|have|had|est|sont|etait|etaient|ete|a|ont|s est|ist|sind|war|waren|wurde|wurden|worden|could be|may be|might be|kann|konnte|peut etre|pourrait etre|pu etre|encore|yet|toujours|bisher|y|revient"
    "|reviennent|devenu|devenue|devenus|devenues|became|turned|revenu|revenus|came back|returned|came|come back|comes back|remains|remain|ressort|sortent|semble|clearly|nettement|eindeutig|actuellement|currently|aktuell",
    "for": "for|pour|fur|to|en|vis a vis|contre|against|gegen|von",
    "and": "and|et|und|ainsi que|plus|as well as|sowie|also|puis|both|egalement",
    "or": "or|ou|oder",
    "but": "but|mais|aber|while|whereas|tandis que|alors que|however|cependant|par contre|en revanche|wahrend",
    "except": "en dehors d un|en dehors d une|hormis un|hormis une|sauf un|sauf une|a l exception d un|excepte un|en dehors d|hormis des|sauf des|apart from a|except for a|other than a|bis auf ein|bis auf einen|except|except for|sauf|hormis|excepte|a l exception de|a l exception du|a l exception des|en dehors de|en dehors du|hors|other than|apart from|with the exception of|ausser|bis auf"
    "|excluding|autre que|autres que|mit ausnahme von|only",
    "others": "otherwise|par ailleurs|sinon|pour le reste|ansonsten|tout le reste du panel|autres specificites|les autres specificites|other specificities|other myositis antibodies|autres anticorps|other antibodies|rest of panel|rest of blot|remaining antibodies|all other antibodies|other|others|autre|autres|reste|le reste|rest|the rest|remaining|remainder|ubrige|ubrigen|ubriges|andere|anderen|restliche|restlichen|les autres|the others|all other|all others"
    "|all remaining|toutes les autres|tous les autres|alle anderen|alle ubrigen|le reste du|le reste de|le reste des|rest of|rest of the|the rest of the|the rest of|remainder of the"
    "|tout le reste|everything else|alles andere|sonst|im ubrigen|restlicher|restliches|ubriger|ubrige antigene|autres antigenes|rest des|all the others|all the rest|any other|d autres|aucun autre|no other|reste du|reste de la|le reste de la",
    "limit": "seuils|cut offs|cutoffs|thresholds|grenzwerte|valores de referencia|valor de referencia|ref bereich|ref wert|ref werte|normalwert|normalwerte|norm wert|cut off ratio|seuil de positif|borne superieure|limite de positivite|plage de reference|plage normale|norme labo|norme du laboratoire|n|vn|norm|norme|normes|norme du|normale|normales|normal range|normal value|normal values|reference|ref|references|reference range|ref range|reference interval|reference value|reference values"
    "|range|interval|intervalle|cut off|cutoff|seuil|seuil de positivite|threshold|valeur normale|valeurs normales|valeur de reference|valeurs de reference|valeur de ref|valeurs de ref|valeurs ref|val de ref|valeurs usuelles|valeur usuelle"
    "|intervalle de reference|intervalles de reference|referenzbereich|referenz|referenzwert|referenzwerte|normwert|normwerte|normbereich|grenzwert|nl|rr|vr|vu|limite superieure|limit|norms|decision limit"
    "|seuil de decision|upper limit|upper limit of normal|uln|lsn|negative cut off|positive cut off|biological reference interval|norm range|entscheidungsgrenze|expected|expected range|expected value",
    "if": "if|si|when|falls|wenn|corresponds to|correspond a",
    "range": "bis|through",
    "panel": "panel|profile|profil|blot|dot|immunodot|immunoblot|immunoblots|lineblot|line blot|dot blot|bilan|line immunoassay|lia|myodot|serology|serologie|serologies|myositis blot|dot myosite"
    "|dot myosites|myositis panel|panel myosite|panel myosites|bilan auto immunite|bilan immunologique|bilan auto immun|autoimmunity|auto immunite|autoimmunite|immuno|immunologie|immunology"
    "|autoantibody panel|antibody panel|myositis profile|profil myosite|myositis antibody panel|blots|myositisprofil|myositis profil|myositis antibodies|myositisblot|autoimmundiagnostik|panel",
    "harmless": "edite le|imprime le|recu le|transmis le|enregistre le|rendu le|valide le|validee le|printed on|received on|reported on|issued on|validated on|collected on|gedruckt am|a noter|nouvelle|myopathien|myopathieprofil|sans precision|sans autre precision|sans plus de precision|ohne nahere angabe|commentaire|commentaires|comments|kommentar|remarque|remarques|a confronter au contexte clinique|a confronter a la clinique|a confronter au contexte|a interpreter selon le contexte|a interpreter en fonction du contexte clinique|correlate clinically|clinical correlation recommended|immunblot|immunblots|immunoblotting|volume|titer not available|titre non disponible|titre non precise|titre inconnu|spezifischen|spezifische|spezifisch|assoziierte|assoziierten|specificite unique|interstitial lung disease|pneumopathie interstitielle|laboratories|mitogendx|mitogen|bichat|rouen|cochin|necker|lapeyronie|saint louis|saint antoine|lille|lyon|lyon sud|strasbourg|bordeaux|toulouse|montpellier|nantes|rennes|marseille|nice|dijon|grenoble|bath|oxford|london|birmingham|berlin|munchen|heidelberg|freiburg|zurich|bern|basel|lausanne|geneve|liege|leuven|bruxelles|montreal|calgary|toronto|performed by|performed at|realise a|realise au|effectue a|effectue au|see note|see report|see comment|see below|voir commentaire|voir note|voir compte rendu|cf commentaire|siehe befund|siehe kommentar|eer|interpretive comment|interpretive|assessr|assessr plus|myo|myo12|myo12ssc|myositis12|myositis 12|myositis12 plus|myositis7|blue dot|fidis|zenit|profiel|fluoroenzymo immunologie|fluoro enzymo immunologie|chimioluminescence|pmat|panel 3|panel 3 plus|profile 3|3 plus|12 igg|16 igg|myomarker panel 3 plus|routine|en routine|seul|seule|seuls|seules|uniquement|x2|x3|twice|deux fois|a deux reprises|on two occasions|sur deux prelevements|second|seconde|deuxieme|nouveau|nouvel|controle sur|confirme en|confirmee en|confirmed by|confirmed on|confirmed in|bestatigt in|revenu|revenus|revenue|revenues|came back|returned|de novo|actuel|actuelle|current|currently|latest|dernier|derniere|last|repeated on|rechecked on|index value|units ml|technique utilisee|fournisseur|fabricant|lot|resultats valides par|valide par|biologiste|kda|kd|igg|igm|iga|speckled|mouchete|mouchetes|mouchetee|homogene|homogenes|homogeneous|nucleolar|nucleolaire|nucleolaires|cytoplasmic|cytoplasmique|cytoplasmiques|cytoplasm|fine"
    "|fin|fins|dense|pattern|patterns|aspect|motif|fluorescence|centromerique|diffuse|granular|granuleux|granulaire|granulaires|dfs70 pattern|nuclear dots|gesprenkelt|feingesprenkelt|zytoplasmatisch|nukleolar"
    "|fluoreszenzmuster|muster|titre|titer|titres|titers|taux|level|levels|konzentration|concentration|intensite|intensity|intensitat|signal|valeur|value|values|wert|werte|index|ratio|indice|score|band|bande"
    "|elisa|euroline|euroimmun|bluediver|blue diver|blue dot|bluedot|d tek|dtek|alphadia|arup|quest|quest diagnostics|mayo|mayo clinic|labcorp|inova|phadia|thermo|thermo fisher|thermofisher|bio rad|biorad|orgentec"
    "|immunoconcepts|immunofluorescence|ifi|iif|ifa|fia|feia|elia|clia|cia|cmia|eia|chimiluminescence|chemiluminescence|immunoprecipitation|ip|western blot|multiplex|bioplex|luminex|quanta flash|quantaflash|quanta lite"
    "|alegria|varelisa|immunocap|phadia 250|hep 2|hep2|hep|cellules|cells|cell|laboratory|laboratoire|lab|labo|labor|biomnis|eurofins|eurofins biomnis|cerba|cerballiance|biogroup|synlab|chu|aphp|ap hp|hospital|hopital"
    "|hcl|rdl|rdl reference laboratory|oklahoma|omrf|national jewish|specialty laboratories|unilabs|labor berlin|bioscientia|sonic|limbach|ihc|hug|chuv|method|methode|methods|technique|techniques|kit|test|tests|assay|screen|screening|depistage|identification"
    "|specificite|specificity|specificities|specificites|result|results|resultat|resultats|ergebnis|ergebnisse|befund|befunde|beurteilung|bewertung|analyse|analyses|analysis|analyte|examen|examens|component|parameter|parametre|parametres"
    "|untersuchung|untersuchungen|einheit|einheiten|unit|units|unite|unites|flag|flags|status|interpretation|comment|conclusion|conclusions|au total|compte rendu|report|specimen|echantillon|material|prelevement|date|serum|serique|seriques|plasma|blood|sang|blut|sang veineux"
    "|patient|patiente|sample|collected|preleve|le|la|les|l|d|de|du|des|of|the|by|par|au|aux|an|in the|dans|sur|on|at|avec|with|via|der|die|das|mit|im|per|une|un|this|these|ces|cet|ce|day|jour|ce jour|today|aujourd hui|heute|stable"
    "|myositis|myosite|myosites|myositiden|myositis specific|myositis associated|specifiques|specifique|associes|associe|associated|related|specific|of myositis|extended|full|complete|complet|whole|line|etendu|etendue|large|standard"
    "|connective tissue|connectivite|connectivites|sclerodermie|sclerodermia|scleroderma|autoimmune|auto immun|auto immune|autoimmun|inflammatory|inflammatoires|inflammatoire|myopathies|myopathie|myopathy|16 ag|ag|antigen|antigens|antigene|antigenes|recombinant|native"
    "|detection|detection de|nachweis|bestimmung|recherche de|recherche d|recherche des|recherche|dosage|dosages|dosage des|dosage de|dosage d|search for|testing|determination|investigation|tous|toutes|all|alle|both|les deux|beide|tout|everything|alles|page|final|finaux|definitif|validated|valide"
    "|auto anti corps|immunologisch|immunologique|immunologic|immunological|immunologie|autoimmunserologie|biologie|biology|biological|biologique|rheumatology|muscle|muscular|in|en date|dated|vom|am|since|depuis|seit|confirmed|confirme|confirmes|confirmee|bestatigt|verified|controlled|controle|known|connu|connus|albia|ift|immunodiffusion|did|double|mesacup|mbl|fujirebio|immco|theradiag|aesku|aeskulisa|svar|imtec|i tech|ravo|menarini|diasorin|werfen|hycor|aptiva|quantrix|eurolinescan|bandelette|bandelettes|pitie salpetriere|diagnostik|differenzierung|class|classe|klasse|sjogren s|sjogren|direct|qn|qualitative|quantitative|myomarker 3|myomarker|rdl|evaluation|eval|dermatomyositis|polymyositis|dermatomyosite|polymyosite|necrotizing|inflammatorische|entzundliche|isole|isolee|isoles|isolated|type not stated|type non precise|specificity not stated|type unknown|not otherwise specified|research|homogen|homogenous|s|i s|abnormal|anormal|abn|ribonucleic protein|immunobuvardage|nuclear helicase protein|extractable nuclear|analyseergebnis|laborbefund|specialised|fluoreszenz|myositis specific 11|mnt",
    "antibody": "anticuerpo|anticuerpos|autoanticuerpo|autoanticuerpos|auto ak|auto aks|autoantikorper gegen|antikorper gegen|antibody|antibodies|anti|ac|acs|ab|abs|ak|aks|autoantibody|autoantibodies|anticorps|autoanticorps|auto anticorps|auto antibody|auto antibodies|antikorper|antikoerper|autoantikorper|auto antikorper|aak|autoantikorpern|auto antikorpern|igg|auto ac|auto ab"
    "|anticorps anti|autoanticorps anti|antibody to|antibodies to|antibodies against|anticorps diriges contre|protein|proteine|antis|antikorpern|aac|aab",
    "analyte": "nucleosome|nucleosomes|nukleosomen|nukleosom|histone|histones|histonen|histon|ribosomal p|ribosomal p protein|rib p|rib p protein|p ribosomal|ribosome p|ribosomales p protein|pcna|dfs70|dfs 70|dfs"
    "|u2 rnp|u2 snrnp|u2 sn small nuclear rnp|u2 sn rnp|u2 small nuclear rnp|u5 rnp|u5 snrnp|c1q|gbm|mbg|ttg|transglutaminase|tpo|thyroperoxydase|thyroglobuline|thyroglobulin|cardiolipine|cardiolipin|beta 2 glycoprotein i"
    "|beta2 glycoprotein i|beta 2 gp1|beta2 gp1|b2gp1|gad|gad65|lkm|lkm1|lc1|sla lp|f actine|f actin|pdgfr|phospholipides|phospholipids|cellules parietales|facteur intrinseque|anticoagulant lupique|lupus anticoagulant|chromatine|chromatin",
    "below": "not more than|maximum|max|less than|below|under|lower than|inferieur a|inferieure a|inferieurs a|inf a|inf|inferieur|moins de|unter|kleiner|kleiner als|weniger als",
    "above": "greater than|more than|above|over|higher than|superieur a|superieure a|superieurs a|sup a|sup|superieur|plus de|uber|ueber|grosser|grosser als|mehr als",
    "orless": "or less|or below|or lower|ou moins|oder weniger",
    "ormore": "or more|or greater|or above|or higher|and above|et plus|ou plus|oder mehr|and over",
}  # fmt: skip

_CROSSES = "zero aucune|une|deux|trois|quatre"
"""How many plus signs, which French says as crosses: `MDA5 : 3 croix`."""

PHRASES: dict[tuple[str, ...], Phrase] = {}
"""Every phrase of the lists and every wording of a result, as words of the normal form."""


def _fill() -> None:
    for kind in ("harmless", "analyte", "if", "range", "for", "and", "or", "but", "copula", "panel", "limit", "tested", "antibody", "except", "others", "below",
                 "above", "orless", "ormore"):  # fmt: skip
        for phrase in _LISTS[kind].split("|"):
            PHRASES[tuple(words(phrase))] = Phrase(kind)
    for wording, result in RESULT_WORDS.items():
        PHRASES[wording] = Phrase("result", result)
    for participle in _LISTS["participle"].split("|"):
        PHRASES[tuple(words(participle))] = Phrase("participle", "positive")
    for phrase in ("presence", "presence de", "presence d", "presence of", "presence des"):
        PHRASES[tuple(words(phrase))] = Phrase("result", "positive")
    for analyte in _LISTS["analyte"].split("|"):
        PHRASES[tuple(words(f"anti {analyte}"))] = Phrase("analyte")
    for number, counts in enumerate(_CROSSES.split("|")):
        for counted in (str(number), *counts.split()):
            PHRASES[(counted, "croix")] = Phrase("result", "positive" if number else "negative")
    for number in range(30):
        PHRASES[(str(number), "fois", "sur")] = Phrase("unread")
        PHRASES[("ac", str(number))] = Phrase("harmless")
        PHRASES[(f"{number}ag",)] = Phrase("harmless")
        for counted in (
            "reprises",
            "fois",
            "prelevements",
            "ag",
            "antigen",
            "antigene",
            "antigenes",
            "antigens",
            "antigenen",
            "parametres",
            "parameters",
            "specificites",
            "bandes",
            "autoantibodies",
            "auto anticorps",
        ):
            counted_words: tuple[str, ...] = (str(number), *words(counted))
            PHRASES[counted_words] = Phrase("harmless")
    for denial in _LISTS["negation"].split("|"):
        PHRASES[tuple(words(denial))] = Phrase("negation")


_fill()
LONGEST = max(map(len, PHRASES))
ANTIBODY = frozenset(phrase[0] for phrase in PHRASES if PHRASES[phrase].kind == "antibody" and len(phrase) == 1)
UNITS = word_set("u uc ui iu ua au cu si ai ru eu lu unit units unite unites einheiten e index ratio co flu")
"""Units short enough to be read only right after a number."""
