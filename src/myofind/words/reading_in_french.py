"""What the rules that reading applies find, and why it matters, in French."""

from __future__ import annotations

READING_IN_FRENCH: dict[str, tuple[str, str]] = {
    # The file
    "unreadable-yaml": (
        "Le texte n'est pas du YAML.",
        "Rien ne peut être lu avec certitude sous cet endroit ; le reste du fichier est lu sans cet essai.",
    ),
    "merge-marker": (
        "Une fusion a laissé dans le fichier deux versions de quelques lignes, entre ses marques.",
        "Quelqu'un doit choisir ; jusque-là les lignes de la première version sont lues.",
    ),
    "not-utf8": ("Le fichier n'est pas en UTF-8.", "Les accents et les lettres grecques seraient lus de travers."),
    "file-too-large": (
        "Le fichier est plus grand que ce qui est lu (64 Mo).",
        "Un registre de cette taille est une erreur, ou fait pour épuiser la mémoire.",
    ),
    "empty-file": ("Le fichier ne contient rien.", "Un registre vide répondrait qu'aucun essai ne convient."),
    "too-deep": (
        "Des valeurs sont imbriquées plus profondément qu'un registre n'en a besoin.",
        "C'est une erreur, ou fait pour épuiser la mémoire.",
    ),
    "yaml-alias": (
        "Une valeur est prise ailleurs par une ancre et un alias.",
        "Chaque essai doit se lire là où il est, et les alias peuvent rendre énorme un petit fichier.",
    ),
    "yaml-tag": (
        "Une valeur porte une étiquette YAML.",
        "Les valeurs sont de simples textes ; une étiquette pourrait en faire autre chose.",
    ),
    "duplicate-key": ("Une clé est donnée deux fois.", "YAML garde l'une des deux et ne dit rien."),
    "duplicate-id": (
        "Deux essais ont le même identifiant.",
        "Aucun des deux ne peut être nommé ; le fichier est refusé.",
    ),
    "control-character": (
        "Un texte contient un caractère de commande.",
        "Il pourrait déplacer le curseur d'un terminal, ou cacher ce qui suit.",
    ),
    "empty-value": (
        "Une clé n'a pas de valeur, ou une liste pas d'élément.",
        "Ce qu'aucune source ne dit est absent ; une valeur vide ne dit ni l'un ni l'autre.",
    ),
    "missing-key": ("Une clé obligatoire manque.", "Sans elle l'entrée ne veut rien dire."),
    "unknown-key": (
        "Une clé n'est pas une de celles de la forme du fichier.",
        "Une clé mal écrite serait un fait que personne ne lit.",
    ),
    "wrong-type": (
        "Une liste, une suite de clés ou une valeur seule se trouve à la place d'une autre.",
        "Elle ne peut être lue comme ce que dit la clé.",
    ),
    # Values
    "unknown-value": (
        "Un mot n'est aucun de ceux que prend la clé.",
        "Les mots sont comparés exactement ; une autre écriture ne conviendrait jamais.",
    ),
    "unknown-subtype": (
        "Un sous-type n'est pas dans le vocabulaire.",
        "Le registre contient des identifiants ; un nom inconnu n'admet personne.",
    ),
    "unknown-autoantibody": (
        "Un auto-anticorps n'est pas dans le vocabulaire.",
        "Un nom n'est jamais lu par ressemblance : anti-PL-17 n'est ni PL-7 ni PL-12.",
    ),
    "unknown-country": (
        "Un pays n'est pas dans le vocabulaire (ISO 3166-1, deux lettres).",
        "Les réponses se font par pays ; un nom inconnu n'est nulle part.",
    ),
    "malformed-number": (
        "Un nombre n'est pas écrit avec des chiffres seuls.",
        "`010` est 8 pour certains lecteurs et 10 pour d'autres.",
    ),
    "out-of-range": (
        "Un nombre est hors des limites de sa donnée.",
        "D'habitude l'unité ou l'échelle est une autre.",
    ),
    "unknown-patient-fact": (
        "Une règle nomme ce qui n'est pas une donnée de la table.",
        "La règle ne porterait sur rien. `myofind vocab facts` énumère les données ; une nouvelle est une ligne de la table.",
    ),
    "malformed-text": (
        "Un numéro de téléphone, une adresse électronique ou un rapport n'est pas écrit comme tel.",
        "Personne ne pourrait l'appeler, et aucun programme le lire.",
    ),
    "malformed-date": (
        "Une date n'est pas écrite AAAA, AAAA-MM ou AAAA-MM-JJ.",
        "03/04/2025 est deux jours à la fois.",
    ),
    "impossible-date": (
        "Une date n'est pas un jour du calendrier, ou est hors de 1900 à 2100.",
        "C'est une faute ; le jour voulu ne peut être deviné.",
    ),
    "malformed-span": (
        "Un âge ou une durée n'est pas un nombre avec son unité.",
        "`6` sont des années, `6 months` des mois ; tout le reste n'est pas clair.",
    ),
    "malformed-id": (
        "Un numéro n'a pas la forme des numéros de son registre.",
        "Il ne mène nulle part. Seule la forme est vérifiée : aucun registre ne publie de chiffre de contrôle.",
    ),
    "malformed-address": ("Une adresse de page n'en est pas une.", "Elle ne pourrait être ouverte."),
    "malformed-name": (
        "Le nom court d'une source contient plus que des minuscules, des chiffres et des traits d'union.",
        "Il est écrit de nouveau dans chaque essai qui la cite.",
    ),
    "text-too-long": (
        "Un texte est plus long que ce que prend sa clé.",
        "Il romprait tous les tableaux ; un long texte est d'habitude copié.",
    ),
}
