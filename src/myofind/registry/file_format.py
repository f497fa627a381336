"""What the registry file may hold: one table of keys and forms, read by everything that must agree about it.

The reader, the order of keys, the "did you mean" of a misspelt key and the published JSON Schema all come from here.
The forms are in `registry.forms` and `registry.scalars`.
"""

from __future__ import annotations

from myofind.diagnostics import shown
from myofind.domain import trial as t
from myofind.domain.recruitment import STATE_OF
from myofind.domain.register_numbers import REGISTERS
from myofind.files.yaml_nodes import Node, ScalarNode
from myofind.names.vocabulary import resolve
from myofind.registry.fact_forms import LASTING, NoteText
from myofind.registry.forms import Key, ListOf, Mapping, Named
from myofind.registry.node_words import child
from myofind.registry.rule_forms import ELIGIBILITY
from myofind.registry.scalars import Boolean, Choice, Number, Term, Text
from myofind.registry.shaped import DATE, DAY, MAIL, MONTH, RATIO, TELEPHONE, Address, RegisterNumber, TrialId

_TEXT, _SHORT, _LINE = Text(), Text(120), Text(200)
MOST_PARTICIPANTS = 1_000_000
_NUMBER, _BOOLEAN = Number(MOST_PARTICIPANTS), Boolean()
_COUNTRY = Term("countries", ("a country code", "un code de pays"))
_COUNTRIES = ListOf(_COUNTRY, single=True)


def _in_country(text: str) -> str | None:
    """The mapping that a country alone stands for."""
    code = resolve("countries", text, exact=True).id
    return f"{{listed: [{code}]}}" if code else None


_STATUS = Choice(tuple(STATE_OF))


def id_of(node: Node) -> str | None:
    """The id written in a trial, made safe to show; none where there is none."""
    id = child(node, "id")
    return shown(id.value) if isinstance(id, ScalarNode) else None


_IDS = Mapping(
    ("ids", "de `ids`"),
    {
        **{
            key: Key(ListOf(RegisterNumber(key), single=True), f"{register.name} number", f"numéro {register.name}")
            for key, register in REGISTERS.items()
        },
        "sponsor": Key(ListOf(_SHORT, single=True), "the sponsor's own number", "le numéro propre du promoteur"),
    },
)

_INTERVENTION = Mapping(
    ("the intervention", "de l'intervention"),
    {
        "name": Key(_SHORT, "INN or usual English name", "DCI ou nom anglais usuel", True),
        "role": Key(Choice(t.ROLES), "`experimental` unless said otherwise", "`experimental` sauf mention contraire"),
        "route": Key(_SHORT, "route of administration", "voie d'administration"),
        "brand": Key(_SHORT, "brand name", "nom de marque"),
        "codes": Key(ListOf(_SHORT, single=True), "code names", "noms de code"),
        "class": Key(_SHORT, "class of the drug", "classe du médicament"),
    },
)

_OBSERVATION = Mapping(
    ("the observation", "de l'observation"),
    {
        "value": Key(_STATUS, "recruitment status", "état du recrutement", True),
        "as_of": Key(MONTH, "the day it was true", "le jour où c'était vrai", True),
        "source": Key(_SHORT, "a declared source", "une source déclarée", True),
        "at": Key(_TEXT, "the place in the source", "l'endroit dans la source"),
        "why": Key(_LINE, "why it stopped, in own words", "pourquoi il s'est arrêté, en propres mots"),
    },
)

_COHORT = Mapping(
    ("the cohort", "de la cohorte"),
    {
        "name": Key(_SHORT, "name of the cohort", "nom de la cohorte", True),
        "fr": Key(_SHORT, "its name in French", "son nom en français"),
        "eligibility": Key(ELIGIBILITY, "on top of the trial's", "en plus de ceux de l'essai", True),
    },
)

_WHERE = Mapping(
    ("countries", "de `countries`"),
    {
        "listed": Key(_COUNTRIES, "countries with a site", "pays où il y a un site"),
        "complete": Key(_BOOLEAN, "whether the source lists them all", "si la source les énumère tous"),
        "not_in": Key(_COUNTRIES, "countries the source rules out", "pays que la source écarte"),
    },
    main="listed",
    shorthand=_in_country,
)

_SITE = Mapping(
    ("the site", "du site"),
    {
        "country": Key(_COUNTRY, "country code", "code du pays", True),
        "city": Key(_SHORT, "city", "ville"),
        "facility": Key(_LINE, "hospital or centre", "hôpital ou centre"),
        "status": Key(_STATUS, "the site's own status", "l'état propre du site"),
    },
)

_RECORD = Mapping(
    ("record", "de `record`"),
    {
        "read": Key(DAY, "day the register's record was read", "jour où la fiche du registre a été lue"),
        "updated": Key(DAY, "day of its last update", "jour de sa dernière mise à jour"),
        "title": Key(_SHORT, "fingerprint of its titles", "empreinte de ses titres"),
        "conditions": Key(_SHORT, "fingerprint of its conditions", "empreinte de ses maladies"),
        "criteria": Key(_SHORT, "fingerprint of its criteria", "empreinte de ses critères"),
    },
)

_CONTACT = Mapping(
    ("the contact", "du contact"),
    {
        "where": Key(_COUNTRY, "country it answers for", "pays pour lequel il répond"),
        "phone": Key(TELEPHONE, "telephone, as +33 1 23 45 67 89", "téléphone, comme +33 1 23 45 67 89"),
        "email": Key(
            MAIL,
            "address of the study or department, never of a person",
            "adresse de l'étude ou du service, jamais d'une personne",
        ),
        "url": Key(Address(), "page of the contact", "page du contact"),
        "label": Key(NoteText(_SHORT), "what it is, in English and French", "ce que c'est, en anglais et en français"),
        "source": Key(_SHORT, "a declared source", "une source déclarée"),
        "at": Key(_TEXT, "the place in the source", "l'endroit dans la source"),
        "date": Key(MONTH, "the day it was read", "le jour où cela a été lu"),
    },
)

_DESIGN = Mapping(
    ("the design", "de `design`"),
    {
        "ratio": Key(
            RATIO,
            "chances of each arm, the tested treatment first, as 2:1",
            "chances de chaque bras, le traitement essayé d'abord, comme 2:1",
        ),
        "placebo": Key(LASTING, "length of the controlled part", "durée de la partie contrôlée"),
        "extension": Key(
            _BOOLEAN,
            "whether everybody is offered the treatment afterwards",
            "si le traitement est ensuite proposé à tous",
        ),
        "visits": Key(LASTING, "time between visits", "temps entre les visites"),
    },
)

_READ_BY = Mapping(
    ("read", "de `read`"), {"on": Key(DAY, "the day", "le jour", True), "by": Key(_SHORT, "initials", "initiales")}
)

_SOURCE = Mapping(
    ("the source", "de la source"),
    {
        "ref": Key(_SHORT, "a declared source", "une source déclarée", True),
        "at": Key(
            _TEXT,
            "the place in it: lines of a text, or the page's address",
            "l'endroit dans la source : lignes d'un texte, ou adresse de la page",
        ),
        "date": Key(MONTH, "date of the page", "date de la page"),
        "for": Key(ListOf(_SHORT, single=True), "the keys it supports", "les clés qu'elle soutient"),
    },
)

_CONFLICT = Mapping(
    ("the conflict", "du conflit"),
    {
        "about": Key(_SHORT, "a key of the trial", "une clé de l'essai", True),
        "en": Key(
            _TEXT, "what disagrees, what was kept and why", "ce qui se contredit, ce qui a été gardé et pourquoi"
        ),
        "fr": Key(_TEXT, "the same in French", "la même chose en français"),
        "note": Key(
            _TEXT, "the same in English, in files of schema 1", "la même chose en anglais, fichiers de forme 1"
        ),
    },
)

TRIAL = Mapping(
    ("the trial", "de l'essai"),
    {
        "id": Key(
            TrialId(),
            "NCT number, another register's number, or a slug",
            "numéro NCT, numéro d'un autre registre, ou nom court",
            True,
        ),
        "ids": Key(_IDS, "numbers in other registers", "numéros dans d'autres registres"),
        "acronym": Key(Text(60), "as the sponsor writes it", "comme le promoteur l'écrit"),
        "title": Key(_TEXT, "short English title in own words", "titre anglais court, en propres mots"),
        "title_fr": Key(_TEXT, "short French title in own words", "titre français court, en propres mots"),
        "kind": Key(Choice(t.KINDS), "kind of study", "genre d'étude", True),
        "extends": Key(
            ListOf(TrialId(), single=True), "the parent trial of an extension", "l'essai parent d'une extension"
        ),
        "interventions": Key(ListOf(_INTERVENTION), "what is tested", "ce qui est essayé"),
        "phase": Key(
            ListOf(Choice(t.PHASES), single=True), "phases of a drug trial", "phases d'un essai de médicament"
        ),
        "comparator": Key(Choice(t.COMPARATORS), "what it is compared with", "à quoi il est comparé"),
        "status": Key(
            ListOf(_OBSERVATION),
            "observations of the recruitment status, newest first",
            "observations de l'état du recrutement, la plus récente d'abord",
        ),
        "eligibility": Key(ELIGIBILITY, "who may join", "qui peut entrer"),
        "cohorts": Key(ListOf(_COHORT), "parts with criteria of their own", "parties qui ont leurs propres critères"),
        "countries": Key(_WHERE, "where it runs", "où il se déroule"),
        "sites": Key(ListOf(_SITE), "places", "lieux"),
        "enrollment": Key(_NUMBER, "participants planned or actual", "participants prévus ou réels"),
        "start": Key(DATE, "start of the study", "début de l'étude"),
        "primary_completion": Key(DATE, "last visit for the main outcome", "dernière visite pour le critère principal"),
        "end": Key(DATE, "end of the study", "fin de l'étude"),
        "follow_up": Key(LASTING, "follow-up of a participant", "suivi d'un participant"),
        "sponsor": Key(_LINE, "who is responsible", "qui est responsable"),
        "record": Key(
            _RECORD,
            "what was last read of the register's record",
            "ce qui a été lu en dernier de la fiche du registre",
        ),
        "takes_nobody": Key(Choice(t.NOBODY), "why nobody can enter", "pourquoi personne ne peut entrer"),
        "contacts": Key(
            ListOf(_CONTACT),
            "whom to call: the study's own line or a department, never a person",
            "qui appeler : la ligne de l'étude ou un service, jamais une personne",
        ),
        "design": Key(_DESIGN, "what clinicians compare", "ce que les cliniciens comparent"),
        "read": Key(_READ_BY, "who read the criteria last, and when", "qui a lu les critères en dernier, et quand"),
        "draft": Key(_BOOLEAN, "not yet decided by a curator", "pas encore décidé par un rédacteur"),
        "sources": Key(ListOf(_SOURCE), "where the facts come from", "d'où viennent les faits"),
        "conflicts": Key(
            ListOf(_CONFLICT), "what the sources disagree about", "ce sur quoi les sources se contredisent"
        ),
    },
)

_DECLARED = Mapping(
    ("the source", "de la source"),
    {
        "title": Key(_TEXT, "title", "titre", True),
        "publisher": Key(_LINE, "publisher", "éditeur"),
        "date": Key(DATE, "date of the document", "date du document"),
        "file": Key(_LINE, "file name of the document", "nom de fichier du document"),
        "url": Key(Address(), "address", "adresse"),
    },
)

HEADER = Mapping(
    ("the registry", "du registre"),
    {
        "name": Key(_SHORT, "name of the registry", "nom du registre", True),
        "schema": Key(Choice(("1", "2")), "version of this format", "version de cette forme de fichier", True),
        "version": Key(_SHORT, "calendar version of the data", "version des données, par année et mois", True),
        "as_of": Key(DAY, "newest day any fact was true", "jour le plus récent où un fait était vrai", True),
        "sources": Key(Named(_DECLARED), "every source, by a short name", "chaque source, sous un nom court", True),
    },
)

FILE = Mapping(
    ("the file", "du fichier"),
    {
        "registry": Key(HEADER, "about the registry", "sur le registre", True),
        "trials": Key(ListOf(TRIAL, empty=True), "the trials", "les essais", True),
    },
)
