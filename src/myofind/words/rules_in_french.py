"""What each rule of `validate` finds, and why it matters, in French; the English is the docstring of the rule."""

from __future__ import annotations

from myofind.words.reading_in_french import READING_IN_FRENCH

RULES_IN_FRENCH: dict[str, tuple[str, str]] = {
    **READING_IN_FRENCH,
    # One study, one entry
    "duplicate-study": (
        "Une étude est dans le registre sous deux identifiants.",
        "Deux entrées pour une étude donnent deux réponses qui peuvent se contredire, et comptent double. Un numéro de"
        " registre public, ou le même titre, dit que c'est la même étude.",
    ),
    "duplicate-acronym": (
        "Deux essais portent le même acronyme.",
        "On demande un essai par son acronyme ; il mène à une étude, et n'est l'id d'aucune autre. Une extension garde celui de son parent.",
    ),
    "repeated-number": (
        "L'identifiant d'un essai est écrit de nouveau sous `ids`.",
        "`ids` contient les autres numéros ; le même deux fois est une faute, souvent pour un autre.",
    ),
    "number-elsewhere": (
        "Une étude qui a un numéro ClinicalTrials.gov a un autre identifiant.",
        "Le numéro connu est celui que l'on tape ; l'identifiant est le numéro NCT s'il existe.",
    ),
    "orphan-extension": (
        "Une extension ne nomme pas son parent ou se nomme elle-même, ou une étude d'un autre genre en nomme un.",
        "Une extension n'admet que les participants de son parent : il faut savoir lequel, et elle seule en a un.",
    ),
    "unknown-parent": (
        "Une extension nomme un parent que le registre ne contient pas.",
        "Un patient va à l'extension par son parent ; un numéro que personne ne trouve est d'habitude une faute.",
    ),
    "foreign-number": (
        "Une adresse porte le numéro d'un autre essai que ceux de `id`, `ids` et `extends`.",
        "Ou l'adresse a été copiée d'un voisin, ou le numéro de l'essai est fautif ; les faits sont alors ceux d'un autre.",
    ),
    # Days
    "reversed-dates": (
        "Une étude finit avant de commencer.",
        "L'une des deux dates est fausse, et avec elle le retard de l'étude. Si la source elle-même les imprime ainsi, une"
        " entrée de `conflicts` qui nomme les deux le dit, et ce n'est qu'un avertissement.",
    ),
    "future-status": (
        "Un état a été observé un jour qui n'est pas encore venu.",
        "Il serait ignoré jusqu'à ce jour, puis pris pour plus récent qu'il n'est.",
    ),
    "future-date": (
        "Un document, une page ou une lecture est daté d'après le jour de l'évaluation.",
        "Ce qui est cité a été lu : son jour est donc venu ; et aucune version n'est d'un mois à venir.",
    ),
    "registry-date-behind": (
        "Un fait est plus récent que le jour donné par le registre pour son fait le plus récent.",
        "Chaque réponse montre ce jour ; il ne doit pas être plus ancien que ce sur quoi elle repose.",
    ),
    "unordered-status": (
        "Les observations de l'état ne vont pas de la plus récente à la plus ancienne.",
        "La première ligne est ce qu'un rédacteur lit comme l'état présent.",
    ),
    "contradictory-status": (
        "Deux observations du même jour donnent des états différents.",
        "Le registre ne peut savoir laquelle est vraie ; une entrée de `conflicts` dit laquelle est gardée et pourquoi.",
    ),
    "status-after-source": (
        "Un état a été observé après la date du document cité.",
        "Un document de mai ne peut dire ce qui était vrai en juillet : le jour ou la source est un autre.",
    ),
    "finished-before-start": (
        "Une étude est dite finie, ou fermée aux patients, avant d'avoir commencé.",
        "L'état, son jour ou le début est faux.",
    ),
    "recruiting-before-start": (
        "Une étude est dite en recrutement et commence un jour qui n'est pas encore venu.",
        "Jusque-là elle ne recrute pas encore ; ou elle a commencé, et la date est celle qui était prévue.",
    ),
    "overdue-status": (
        "Un essai est noté en recrutement après sa propre fin.",
        "L'un des deux est périmé ; les réponses le disent en retard, jamais simplement en recrutement.",
    ),
    "stale-status": (
        "Un état qui appelle des patients a été observé il y a plus d'un an.",
        "Les essais ferment ; on n'y envoie pas un patient sur un savoir si ancien.",
    ),
    # Criteria
    "missing-subtypes": (
        "Un essai ne dit pas quels genres de myosite il admet.",
        "Sans `subtypes` il conviendrait à tout patient, à ceux qui ont une myosite à inclusions aussi. Les brouillons, les"
        " extensions et les études qui ne prennent personne s'en passent.",
    ),
    "missing-coverage": (
        "Un essai ne dit pas quelle part de ses critères a été lue (fichiers de forme 2).",
        "Un accord sur des critères que personne n'a lus ressemblerait à un accord sur des critères lus.",
    ),
    "implausible-age": (
        "Un âge que personne n'a, qui veut dire « sans limite », ou en mois là où des années sont voulues.",
        "Les registres impriment 99, 100 ou 120 ans s'il n'y a pas de limite : c'est `max: none`. Un minimum de 18 mois dans"
        " un essai qui n'admet aucune forme juvénile est de 18 ans.",
    ),
    "reversed-bounds": (
        "Un minimum est au-dessus de son maximum (âge, durée, âge au début).",
        "Personne n'est à la fois plus âgé que l'un et plus jeune que l'autre.",
    ),
    "contradictory-criteria": (
        "Un auto-anticorps est à la fois exigé et exclu, et personne ne peut être admis.",
        "Les classes comptent avec leurs membres : exiger anti-Jo-1 et exclure les antisynthétases se contredit aussi.",
    ),
    "subtype-admitted-and-excluded": (
        "Un sous-type est à la fois admis et exclu, lui-même ou par son genre plus large.",
        "L'exclusion l'emporte, et l'admission dit ce qui n'arrive jamais.",
    ),
    "juvenile-adults-only": (
        "Une forme juvénile est admise avec un âge minimal de 18 ans ou plus, et rien ne dit que c'est voulu.",
        "D'habitude l'âge ou le sous-type est faux. Certains essais prennent des adultes dont la maladie a commencé dans"
        " l'enfance : une note sous `check_by_hand`, `onset_age` ou `conflicts` le dit.",
    ),
    "unmeetable-rule": (
        "Une règle sur une donnée qu'aucune valeur ne satisfait, ou deux qu'aucune ne satisfait ensemble.",
        "Un minimum au-dessus de son maximum, une réponse ou un médicament à la fois exigé et exclu : personne ne peut entrer,"
        " et l'essai semble ouvert à beaucoup.",
    ),
    "idle-alternative": (
        "Des choix qui n'en sont pas : `any_of` avec une seule branche, ou un compte que ses mesures ne peuvent atteindre.",
        "Une seule branche est une règle ordinaire ; un compte de zéro ne demande rien, et un compte au-dessus du nombre de"
        " mesures écarte tout le monde.",
    ),
    "crowded-rule": (
        "Une règle dit deux choses dont une seule est jugée, ou la plus étroite des deux.",
        "`min: 50, above: 60` est `above: 60` ; l'autre ne dit rien.",
    ),
    "unusual-requirement": (
        "Une règle exige ce que les essais écartent : une grossesse, une infection active, une greffe.",
        "Presque tout patient serait exclu ; la plupart des sources disent `excluded`. Si l'étude est bien pour ces"
        " patients, une entrée de `conflicts` (about: eligibility) le dit.",
    ),
    "repeated-item": (
        "Une liste contient deux fois le même élément.",
        "Le second ne dit rien, et devait sans doute être un autre.",
    ),
    "unknown-drug": (
        "Un médicament est presque, mais pas tout à fait, un de ceux du vocabulaire.",
        "Il ne serait pas trouvé sous ses autres noms, ni par sa marque. Un nouveau médicament peut avoir tout nom ; celui qui"
        " ne diffère que d'une lettre d'un nom connu est d'habitude une faute.",
    ),
    "drug-by-other-name": (
        "Un médicament est nommé par sa marque, avec une majuscule ou avec sa dose, ou c'est un placebo.",
        "Un médicament a un nom, l'international, en minuscules : sinon il est deux dans les listes et les recherches. Le"
        " vocabulaire connaît les marques. Un placebo se dit par `comparator`.",
    ),
    "nobody-fits": (
        "Personne ne peut entrer dans l'essai : aucun patient n'a pu être imaginé que ses critères admettent.",
        "Un tel essai serait exclu de toute réponse, et personne ne le verrait.",
    ),
    "dead-cohort": (
        "Personne ne peut entrer dans une cohorte : ses critères et ceux de l'essai ne peuvent être remplis ensemble.",
        "La cohorte ne serait jamais nommée dans une réponse.",
    ),
    "idle-criterion": (
        "Une borne qui n'exclut personne : le patient imaginé juste au-delà est admis quand même.",
        "Elle se lit comme une limite et n'en est pas une ; souvent un autre nombre était voulu.",
    ),
    # Places, contacts
    "country-listed-and-excluded": (
        "Un pays est à la fois énuméré et écarté.",
        "Un patient de ce pays serait envoyé à un essai dont une source dit qu'il n'y est pas.",
    ),
    "site-outside-countries": (
        "Un site est dans un pays qui n'est pas énuméré.",
        "Les réponses se font par pays : les patients proches de ce site ne l'apprendraient pas.",
    ),
    "city-elsewhere": (
        "La ville d'un site est dans un autre pays pour la plupart des autres sites du registre.",
        "On y enverrait les patients du mauvais pays. Si deux villes ont le même nom, une entrée de `conflicts` (about:"
        " sites) le dit.",
    ),
    "nothing-listed": (
        "`complete: true` sans liste de pays.",
        "Cela dit que la liste est entière, et il n'y en a pas.",
    ),
    "open-site-of-closed-trial": (
        "Un site recrute, et l'essai ne recrute plus.",
        "Un patient serait envoyé à un centre dont l'essai est fermé ; l'un des deux est périmé.",
    ),
    "person-named": (
        "Une personne semble nommée : dans un contact, ou comme lecteur des critères.",
        "Les gens partent, et personne ne les a consultés ; la ligne de l'étude ou d'un service reste. Le lecteur des critères"
        " est deux initiales.",
    ),
    "empty-contact": (
        "Un contact n'a ni téléphone, ni adresse électronique, ni page.",
        "Personne ne peut être joint par lui.",
    ),
    "contact-elsewhere": (
        "Un contact répond pour un pays où l'étude n'a pas de site, et la liste des pays est entière.",
        "Un patient appellerait une ligne qui ne peut l'aider.",
    ),
    # Sources
    "unsourced-fact": (
        "Un fait d'un essai n'est soutenu par aucune de ses sources.",
        "Une réponse doit pouvoir dire d'où elle vient. Une entrée de `sources` sans `for` soutient chaque clé qu'aucune autre"
        " ne prend.",
    ),
    "undeclared-source": (
        "Un essai cite une source que le registre ne déclare pas.",
        "Son titre, son éditeur et son adresse ne pourraient être montrés.",
    ),
    "unknown-fact": (
        "`for` ou `about` nomme ce qui n'est pas une clé de cet essai.",
        "Le soutien ou le désaccord ne porte alors sur rien, et un fait peut rester sans source.",
    ),
    "unused-source": (
        "Une source déclarée n'est citée par aucun essai.",
        "Ou c'est un reste, ou un essai a oublié de la citer.",
    ),
    "unreachable-source": (
        "Une source déclarée n'a ni fichier ni adresse.",
        "Personne ne pourrait y vérifier le fait.",
    ),
    "backward-range": (
        "Une suite de lignes finit avant de commencer.",
        "Personne ne trouve l'endroit ; l'un des deux nombres est fautif.",
    ),
    "broken-address": (
        "Un endroit dans une source ressemble à une adresse de page et n'en est pas une.",
        "Personne ne peut l'ouvrir, et le fait ne peut être vérifié.",
    ),
    # Texts
    "missing-title": (
        "Un essai n'a pas de titre anglais ou français.",
        "Les réponses se font dans les deux langues. Un brouillon peut encore s'en passer : `draft-entry` dit qu'il attend un"
        " rédacteur.",
    ),
    "copied-sentence": (
        "Une phrase est trop longue pour être de nos propres mots.",
        "Les faits sont libres, les phrases non ; et un lecteur n'a besoin que de l'essentiel.",
    ),
    "repeated-sentence": (
        "Une phrase est la même qu'une autre de l'essai.",
        "Un titre français qui est l'anglais, ou une note copiée de sa voisine, n'a pas encore été écrit.",
    ),
    "untranslated-text": (
        "Une note, un libellé, le nom d'une cohorte ou un désaccord n'est écrit que dans une langue (fichiers de forme 2).",
        "Un lecteur français trouverait une phrase anglaise au milieu d'une réponse.",
    ),
    "wrong-language": (
        "Un texte français se trouve à la place de l'anglais, ou l'inverse.",
        "Les lecteurs de chaque langue auraient les mots de l'autre.",
    ),
    "redundant-note": (
        "Une note de `check_by_hand` dit ce qu'une règle de l'essai dit déjà.",
        "Un lecteur vérifierait à la main ce que la réponse a jugé ; et les deux finissent par diverger.",
    ),
    "placeholder-text": (
        "Un texte contient la marque d'une chose encore à écrire : TODO, FIXME, XXX, TBD, ???.",
        "Elle serait imprimée à qui demande.",
    ),
    "cut-text": (
        "Un texte s'arrête à ` #` : ce qui suit est un commentaire et n'appartient à aucun texte.",
        "« Efgartigimod #1 » est lu « Efgartigimod ». Un commentaire commence par `# ` et un mot ; derrière un titre, c'est un avertissement, car il peut en faire partie.",
    ),
    "run-on-text": (
        "Un texte sans guillemets continue à la ligne suivante.",
        "D'habitude un tiret a été perdu devant la seconde ligne, ou un deux-points en elle, et deux valeurs sont devenues un"
        " texte.",
    ),
    "stray-quote": (
        "Des guillemets entourent un texte, ou il en manque un d'une paire.",
        "Ils viennent d'une copie, seraient imprimés dans chaque tableau, et empêchent de trouver le texte.",
    ),
    "web-markup": (
        "Un texte contient des signes d'une page ou d'un texte mis en forme : `&amp;`, `<b>`, `**`.",
        "Ils viennent d'une copie, et seraient imprimés tels quels.",
    ),
    "look-alike-letter": (
        "Une lettre d'un autre alphabet qui ressemble à une lettre latine.",
        "Le А cyrillique et le A latin se ressemblent et ne sont pas le même : une recherche, une adresse ou un numéro qui le"
        " contient ne mène nulle part. Les lettres grecques qui ne ressemblent à aucune des nôtres (α, γ) sont bienvenues.",
    ),
    "stray-space": (
        "Un blanc à la fin d'une ligne, au bord d'un texte, doublé, ou insécable.",
        "Il ne se voit pas, et rend différents des textes qui se ressemblent.",
    ),
    "mixed-line-ends": (
        "Une ligne finit autrement que les autres : les unes comme sous Windows, les autres comme ailleurs.",
        "Toute comparaison de deux versions montre une telle ligne comme changée, alors que rien ne se voit.",
    ),
    "invisible-character": (
        "Un caractère qui ne se voit pas : espace sans largeur, césure, marque de direction.",
        "Des mots qui se ressemblent sont alors différents, et les recherches les manquent.",
    ),
    # Order
    "trial-order": (
        "Un essai n'est pas à sa place par identifiant.",
        "Dans un fichier trié un essai se trouve aussitôt, et deux versions se comparent ligne à ligne.",
    ),
    "key-order": (
        "Une clé n'est pas dans l'ordre de la forme du fichier.",
        "Chaque essai se lit alors de la même façon, et un fait qui manque se voit aussitôt.",
    ),
    "phase-order": (
        "Les phases d'un essai ne sont pas dans leur ordre.",
        "Un essai de phases 2 et 3 se lit partout de la même façon.",
    ),
    "old-form": (
        "Une clé de la forme 1 dans un fichier de forme 2.",
        "La même règle peut alors s'y trouver deux fois. `--fix` l'écrit à sa place, sauf si elle y est déjà.",
    ),
    # Release
    "malformed-version": (
        "La version du registre n'est pas une version par année et mois.",
        "Les versions se comparent : une année, un mois, et un numéro qui monte dans le mois.",
    ),
    "version-not-raised": (
        "Le contenu a changé, et la version n'est pas plus haute que celle de la dernière publication"
        " (`--release --against OLD`).",
        "Les réponses nomment la version dont elles viennent ; deux contenus sous une version ne peuvent être distingués. Entre"
        " les publications la version reste : qui publie l'élève une fois.",
    ),
    "abrupt-enrollment": (
        "Le nombre de participants est le triple de ce qu'il était, ou le tiers (`--against OLD`).",
        "Les plans changent d'un cinquième, pas d'un chiffre ; une faute d'un chiffre ressemble à cela.",
    ),
    "draft-entry": (
        "Un essai est marqué comme brouillon : aucun rédacteur n'a encore décidé.",
        "Un brouillon ne répond à aucun patient. À une publication (`--release`, et dans le registre fourni) c'est une erreur.",
    ),
    "undecided-comment": (
        "Un commentaire dit que quelque chose reste à décider, et l'essai n'est pas un brouillon.",
        "`draft: true` tient un essai indécis hors des réponses ; sans lui l'essai répond comme s'il était décidé.",
    ),
    "draft-comment": (
        "Des commentaires écrits par `draft` restent dans un essai qui n'est plus un brouillon.",
        "Ils citent les phrases mêmes du registre public, et le prochain lecteur les prendrait pour des questions ouvertes."
        " `--fix` les retire.",
    ),
}
"""By the name of the rule: what it finds, and why it matters."""
