"""The help texts in French, by command and option; the English ones stand where the option is declared.

A text of one command is looked up under its name and the option (`match --all`), then under the option alone.
"""

from __future__ import annotations

ABOUT = """Trouver les essais cliniques ouverts à un patient atteint de myosite, avec une raison pour chaque oui, non ou inconnu.

Une réponse vaut pour les critères enregistrés dans le registre, à leur date. Ce n'est pas un avis médical.
Codes de sortie : 0 réponse, 1 anomalies (validate), 2 usage ou entrée incorrects, 3 un défaut de myofind,
4 un registre n'a pas pu être interrogé (refresh, draft)."""

HELP: dict[str, str] = {
    "--version": "Afficher la version du programme et celle du registre.",
    "--help": "Afficher cette aide et terminer.",
    # A patient
    "--subtype": "Sous-type ; à répéter si plusieurs sont discutés.",
    "--age": "Âge : 45, 45 ans, 6 mois, 17 ans 8 mois.",
    "--birth-date": "Date de naissance : 1971-03-12, ou une année.",
    "--antibody": "Auto-anticorps, positif sauf mention ; une ligne de laboratoire collée est lue aussi.",
    "--country": "Pays ; à répéter pour plusieurs.",
    "--sex": "femme ou homme.",
    "--onset": "Début : une date (2024-03), un délai (il y a 6 mois) ou un âge (12 ans).",
    "--ild": "Pneumopathie interstitielle.",
    "--refractory": "Échec, intolérance ou contre-indication du traitement habituel.",
    "--fact": "Une donnée que demandent les essais : cancer, 'pas de cancer', 'CVF 65 %' ; `myofind vocab facts` les"
    " énumère ; répétable.",
    "--treatment": "Un traitement : 'rituximab jusqu'à 2026-05', 'jamais IgIV', 'aucun autre' ; répétable.",
    "--profile": "Données d'un fichier YAML ou JSON, ou - pour l'entrée standard ; les options l'emportent.",
    "--exact": "N'accepter aucune faute de frappe dans les noms.",
    # An answer
    "match": "Trouver les essais qu'un patient pourrait rejoindre. Où, pourquoi, pourquoi pas, et avec quelle certitude.",
    "match --all": "Tous les essais du registre, exclus compris.",
    "--status": "open, upcoming, by_invitation, closed, unknown, ou un statut de registre ; répétable.",
    "match --status": "Seulement cet état : open, upcoming, by_invitation, closed, unknown, ou un statut de registre ;"
    " répétable.",
    "match --explain": "Chaque critère de chaque essai, avec la source de la règle.",
    "--why-not": "Un essai en entier : demandé, trouvé, issue, source.",
    "--what-if": "Les verdicts qui basculent, et pourquoi : mda5=positif, age=18 ; plusieurs sont supposés ensemble.",
    "--also-as": "Ce qu'ouvrirait un autre sous-type ; répétable.",
    "--letter": "Une lettre au centre d'un essai, en texte simple, sans identifiant.",
    "--no-pager": "Imprimer d'un coup ; sinon une longue réponse au terminal passe par MYOFIND_PAGER, PAGER ou less.",
    "--near": "Les essais qui n'échouent que sur un critère, selon ce qui peut être fait.",
    "--studies": "Tous les registres et études observationnelles.",
    "--explain-order": "La règle selon laquelle les essais sont classés, et rien d'autre.",
    "--cohort": "Plusieurs patients, un par ligne : tableau, matrice (csv) ou lignes JSON.",
    "--id-column": "La colonne de --cohort qui nomme une ligne (par défaut : id).",
    "--fail-fast": "Arrêter --cohort à la première ligne illisible.",
    "match --limit": "Nombre maximal de lignes (par défaut borné dans un tableau ; 0 : sans limite).",
    "--on": "Jour d'évaluation, AAAA-MM-JJ (par défaut aujourd'hui).",
    "--format": "table, json, csv, markdown, ou html (une page à imprimer ou à envoyer).",
    "--lang": "en ou fr (par défaut MYOFIND_LANG, sinon la langue du système).",
    "--registry": "Fichier de registre à la place de celui fourni (aussi MYOFIND_REGISTRY).",
    # Trials
    "show": "Afficher un essai, ou tous les essais d'un médicament.",
    "show name": "Numéro, acronyme, adresse dans un registre, ou un médicament ou une classe sous l'un de ses noms.",
    "--web": "Ouvrir la page du registre ; hors d'un terminal, son adresse est affichée.",
    "search": "Chercher des essais par nom, numéro, médicament ou ville. Marques, codes, promoteurs et titres aussi.",
    "search text": "Mots à chercher, en anglais ou en français ; tous doivent être trouvés.",
    "list": "Énumérer les essais du registre. En JSON, avec toute leur fiche.",
    "--kind": "interventional, observational, registry ou extension ; répétable.",
    "list --subtype": "Les essais qui nomment ce sous-type, ou un sous-type qui le contient.",
    "list --country": "Les essais enregistrés dans ce pays.",
    "--phase": "1, 2, 3, 4 ou early_1.",
    "compare": "Comparer des essais côte à côte. Plan, fenêtres de sevrage, temps, lieux, qui appeler, ce qui diffère dans leurs"
    " critères.",
    "compare names": "Deux essais ou plus : numéros, acronymes ou noms courts.",
    # Names
    "vocab": "Afficher les noms, et ce que désigne un nom saisi. Leurs sortes, les termes d'une sorte, et pourquoi.",
    "vocab kind": "antibodies, subtypes, countries, drugs ou facts.",
    "vocab names": "Noms à lire ; - les lit sur l'entrée standard.",
    "vocab --exact": "N'accepter aucune faute de frappe.",
    "vocab --format": "table, json, csv ou markdown.",
    # The registry's file
    "validate": "Vérifier des fichiers de registre. Toute anomalie est signalée ; code de sortie 0 sans erreur, 1 sinon.",
    "validate paths": "Fichiers de registre, ou - pour l'entrée standard (par défaut : le registre fourni).",
    "validate --format": "text, json, github ou sarif.",
    "validate --strict": "Les avertissements comptent aussi (code de sortie 1).",
    "--select": "Seulement ces règles ; virgules, répétable.",
    "--ignore": "Toutes les règles sauf celles-ci ; virgules, répétable.",
    "--against": "Une version antérieure : ce qui a changé brusquement depuis.",
    "--release": "Avant une publication : les brouillons sont des erreurs, et un changement demande une version plus haute.",
    "--fix": "Corriger ce qui n'a qu'une lecture (mots, ordre, espaces) ; la différence est montrée d'abord.",
    "--yes": "Avec --fix : écrire sans demander.",
    "--rules": "Énumérer toutes les règles.",
    "validate --explain": "Ce que trouve une règle, et pourquoi.",
    "schema": "Afficher le schéma JSON du registre ou d'un profil.",
    "schema kind": "registry ou profile.",
    "diff": "Montrer ce qui a changé entre deux versions. Essais ajoutés et retirés, statuts, critères.",
    "diff old": "Le fichier de registre le plus ancien.",
    "diff new": "Le fichier de registre le plus récent.",
    "diff --profile": "Données d'un patient : quels verdicts basculent, et pourquoi.",
    "diff --format": "table, markdown, json ou html.",
    # Registers
    "refresh": "Comparer le registre à ClinicalTrials.gov. Fait par fait ; il n'est écrit qu'avec --write.\n\n"
    "Codes de sortie : 0 comparé, 1 écart (--strict), 2 entrée inutilisable, 4 le registre public n'a pas pu être interrogé.",
    "refresh ids": "Seulement ces essais ; par défaut tous.",
    "--from": "Fiches enregistrées au lieu du réseau : JSON, lignes JSON, gz, zip, dossier.",
    "refresh --write": "Écrire la proposition dans le fichier du registre.",
    "--only-drift": "Laisser de côté les essais dont le statut est seulement confirmé un jour plus tard.",
    "refresh --strict": "Code de sortie 1 si quelque chose a changé ou n'a pas été trouvé.",
    "--force": "Écrire aussi les faits qu'un conflit noté retient.",
    "--texts-read": "Les critères, titres et maladies changés ont été lus.",
    "--as-of": "Le jour où les données étaient vraies, si l'entrée ne le dit pas ; jamais plus tard que ce qu'elle dit.",
    "--source": "La source dont vient l'entrée.",
    "--source-title": "Son titre, s'il manque au registre.",
    "--source-publisher": "Son éditeur.",
    "--source-url": "Son adresse.",
    "--at": "L'endroit dans la source ; {id} est le numéro de l'essai.",
    "refresh --format": "table, json ou markdown.",
    "--base-url": "Une autre adresse de l'API.",
    "--user-agent": "User-Agent à envoyer ; '' n'en envoie pas.",
    "--delay": "Secondes entre deux requêtes.",
    "--timeout": "Secondes qu'une réponse peut prendre.",
    "--batch": "Nombre de numéros demandés à la fois.",
    "draft": "Commencer une fiche depuis ClinicalTrials.gov.\n\n"
    "Ce qui est certain est rempli ; ce que l'éditeur doit décider est signalé en commentaire avec les mots des critères.\n"
    "Codes de sortie : 0 rédigé, 1 des numéros sans fiche, 2 entrée inutilisable, 4 le registre public n'a pas pu être"
    " interrogé.",
    "draft ids": "Numéros des études.",
    "--page": "Une étude connue seulement par cette page : une entrée à remplir, qui la cite.",
    "--extends": "Avec --page : le parent d'une extension.",
    "draft --write": "Ajouter les brouillons au fichier du registre, à leur place.",
    "--whole": "Afficher un fichier de registre complet des brouillons.",
    "due": "Énumérer ce qu'il faut relire, le plus nécessaire d'abord. Ouvert et ancien, terminé, sans statut, non lu,"
    " sans contact.",
    "due --country": "Seulement les essais enregistrés dans ce pays.",
    "due --limit": "Nombre maximal d'entrées ; 0 : toutes.",
    "discover": "Trouver à ClinicalTrials.gov ce qui manque au registre. Des études de myosite, et pourquoi elles ont été trouvées.\n\n"
    "Celles écartées sont gardées dans declined.txt à côté du registre. Codes de sortie : 0 cherché, 2 entrée inutilisable,"
    " 4 le registre public n'a pas pu être interrogé.",
    "--since": "Seulement les fiches changées depuis ; par défaut depuis la dernière recherche.",
    "discover --all": "Quelle que soit la date de leur changement.",
    "--baskets": "Aussi les essais-paniers auto-immuns qui ne nomment aucune maladie.",
    "--closed": "Aussi les études auxquelles personne ne peut plus participer.",
    "--draft": "Afficher les fiches à coller, des études dont l'enregistrement a été lu.",
    "--decline": "Ne plus jamais montrer cette étude ; demande --reason.",
    "--reason": "Pourquoi elle n'a pas sa place ici.",
    "discover --write": "Retenir le jour de cette recherche pour la suivante.",
}


def in_french(command: str, option: str = "") -> str | None:
    """The French help of a command, of one of its options or arguments; None where nobody wrote one."""
    return HELP.get(f"{command} {option}".strip()) or (HELP.get(option) if option.startswith("-") else None)
