"""How rules stand in the registry file: subtypes, age, autoantibodies, facts of the table, alternatives and treatments.

The rules on facts are made from the table of facts: a new row is accepted here, in the schema and everywhere else.
"""

from __future__ import annotations

from myofind.domain import trial as t
from myofind.names.facts import FACTS
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.fact_forms import (
    BOUND,
    BOUNDS,
    FACT_KEYS,
    FACT_RULES,
    LASTING,
    STANCE,
    WITHIN,
    BranchKeys,
    Moment,
    NoteText,
    OneOf,
    RuleKeys,
    units_of,
)
from myofind.registry.forms import Key, ListOf, Mapping
from myofind.registry.scalars import Choice, Decimal, Number, Term, Text
from myofind.registry.shaped import SpanText

_SUBTYPES = ListOf(Term("subtypes", ("a subtype", "un sous-type")), single=True)

_ANTIBODIES = ListOf(Term("antibodies", ("an autoantibody", "un auto-anticorps")), single=True)

_DRUGS = ListOf(Term("drugs", ("a drug or class", "un médicament ou une classe")), single=True)


def _listed(key: str, id: str | None) -> str | None:
    return f"{{{key}: [{id}]}}" if id else None


AGE = Mapping(
    ("age", "de `age`"),
    {
        "min": Key(SpanText(whole=True), "youngest completed age", "âge révolu le plus bas"),
        "max": Key(
            SpanText(whole=True, unlimited=True),
            "oldest completed age, or `none`",
            "âge révolu le plus haut, ou `none`",
        ),
    },
    shorthand=one_reading.ages,
)

SPAN = Mapping(
    ("the length of time", "de la durée"),
    {
        "min": Key(SpanText(), "shortest", "la plus courte"),
        "max": Key(SpanText(), "longest", "la plus longue"),
    },
)

SUBTYPE = Mapping(
    ("subtypes", "de `subtypes`"),
    {
        "admits": Key(_SUBTYPES, "subtypes admitted", "sous-types admis"),
        "excludes": Key(_SUBTYPES, "subtypes excluded", "sous-types exclus"),
    },
    main="admits",
    shorthand=lambda text: _listed("admits", resolve("subtypes", text, exact=True).id),
)

ANTIBODY = Mapping(
    ("autoantibodies", "de `autoantibodies`"),
    {
        "required_any": Key(_ANTIBODIES, "at least one is positive", "l'un au moins est positif"),
        "required_all": Key(_ANTIBODIES, "all are positive", "tous sont positifs"),
        "excluded": Key(_ANTIBODIES, "none is positive", "aucun n'est positif"),
    },
)

_WHO = {
    "subtypes": Key(SUBTYPE, "subtypes of myositis", "sous-types de myosite"),
    "age": Key(AGE, "completed years, or `6 months`", "années révolues, ou `6 months`"),
}

_AUTOANTIBODIES = Key(ANTIBODY, "autoantibody rules", "règles sur les auto-anticorps")

BRANCH = BranchKeys(
    ("the branch", "de la branche"),
    {
        **_WHO,
        "autoantibodies": _AUTOANTIBODIES,
        **FACT_KEYS,
    },
)

_WHEN = OneOf(Moment(("ever", "now")), WITHIN)

_DOSE = Decimal(0, 1000, ("mg/day", "mg/jour"), units_of(FACTS["steroid_dose"]))

TREATMENT = RuleKeys(
    ("the treatment", "du traitement"),
    {
        "any": Key(_DRUGS, "drugs or classes", "médicaments ou classes", True),
        "excluded": Key(_WHEN, "`ever`, `now`, or within a time", "`ever`, `now`, ou depuis un temps"),
        "required": Key(Choice(("ever", "now")), "`ever` or `now`", "`ever` ou `now`"),
        "unchanged": Key(LASTING, "how long unchanged, where it is taken", "inchangé depuis quand, s'il est pris"),
        "dose": Key(
            RuleKeys(
                ("the dose", "de la dose"),
                {
                    key: Key(_DOSE, f"{key}, mg a day of prednisone", f"{key}, mg de prednisone par jour")
                    for key in BOUNDS
                },
                ("`{max: 20}` (mg a day of prednisone)", "`{max: 20}` (mg de prednisone par jour)"),
                lambda text: one_reading.bounds(text, units_of(FACTS["steroid_dose"])),
                BOUND,
            ),
            "of steroids, where they are taken",
            "de corticoïdes, s'ils sont pris",
        ),
    },
    shapes=(("excluded",), ("required",), ("unchanged", "dose")),
)

ELIGIBILITY = Mapping(
    ("eligibility", "de `eligibility`"),
    {
        "coverage": Key(Choice(t.COVERAGES), "how much of the criteria was read", "part des critères qui a été lue"),
        **_WHO,
        "sex": Key(Choice(t.SEXES), "sex admitted", "sexe admis"),
        "autoantibodies": _AUTOANTIBODIES,
        "ild": Key(
            STANCE,
            "interstitial lung disease, in files of schema 1",
            "pneumopathie interstitielle, fichiers de forme 1",
        ),
        "refractory": Key(
            STANCE, "refractory disease, in files of schema 1", "maladie réfractaire, fichiers de forme 1"
        ),
        "duration": Key(SPAN, "time since onset, in files of schema 1", "temps depuis le début, fichiers de forme 1"),
        "onset_age": Key(SPAN, "age at onset, in files of schema 1", "âge au début, fichiers de forme 1"),
        "facts": Key(FACT_RULES, "rules on facts of the table", "règles sur les données de la table"),
        "any_of": Key(ListOf(BRANCH), "branches of which one suffices", "branches dont une suffit"),
        "at_least": Key(
            ListOf(
                RuleKeys(
                    ("the count", "du compte"),
                    {
                        "count": Key(Number(99), "how many must be met", "combien doivent être remplies", True),
                        "of": Key(ListOf(BRANCH), "the measures", "les mesures", True),
                    },
                )
            ),
            "measures of which some number must be met",
            "mesures dont un certain nombre doit être rempli",
        ),
        "treatments": Key(ListOf(TREATMENT), "rules on treatments", "règles sur les traitements"),
        "check_by_hand": Key(
            ListOf(NoteText(Text(200)), single=True),
            "criteria nobody structured, in short, English and French",
            "critères que personne n'a mis en règles, en bref, en anglais et en français",
        ),
    },
)
