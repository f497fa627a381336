"""The last lines of an answer: verdicts added up, what is left out, which registry answered, what an answer means."""

from datetime import date

from myofind.words.wording import Lang, joined, pick


def totals(match: int, possible: int, excluded: int, shown: int, lang: Lang) -> str:
    """The verdicts added up, and how many trials are shown."""
    total = match + possible + excluded
    return pick(
        lang,
        f"{total} trials: {match} match, {possible} possible, {excluded} excluded. Shown: {shown}.",
        f"{_some(total, 'essai')} : {match} {'convient' if match < 2 else 'conviennent'}, {_some(possible, 'possible')}, {_some(excluded, 'exclu')}. Affichés : {shown}.",
    )


def left_out(folded: int, held_back: int, closed: int, excluded: int, other_states: int, lang: Lang) -> str:
    """What is not shown, each trial counted once; `folded` are studies of a list that is cut. Empty where all is shown."""
    parts = (
        (folded, f"{folded} more studies (--studies)", f"{folded} autres études (--studies)"),
        (held_back, f"{held_back} more of the same (--limit 0)", f"{held_back} autres (--limit 0)"),
        (
            closed,
            f"{closed} that would fit but {'is' if closed == 1 else 'are'} closed (--status closed)",
            f"{closed} qui {'conviendrait mais est fermé' if closed == 1 else 'conviendraient mais sont fermés'} (--status closed)",
        ),
        (excluded, f"{excluded} excluded (--all shows why)", f"{_some(excluded, 'exclu')} (--all dit pourquoi)"),
        (
            other_states,
            f"{other_states} in another state of recruitment (--all)",
            f"{other_states} dans un autre état de recrutement (--all)",
        ),
    )
    words = joined((pick(lang, en, fr) for count, en, fr in parts if count), lang)
    return pick(lang, "Left out: ", "Non affichés : ") + words + "." if words else ""


def listed(count: int, total: int, lang: Lang) -> str:
    """How many trials are listed, of how many."""
    return pick(lang, f"{count} of {total} trials.", f"{count} essais sur {total}.")


def _some(count: int, word: str) -> str:
    """French counts: nought and one are singular."""
    return f"{count} {word}{'s' if count > 1 else ''}"


def stamp(name: str, version: str, as_of: str, day: date) -> str:
    """Which registry answered, and for which day, in one cell of a table."""
    return f"{name} {version}, facts up to {as_of}, evaluated on {day.isoformat()}"


def origin(name: str, version: str, as_of: str, day: date, lang: Lang) -> str:
    """Which registry answered, and for which day."""
    return pick(
        lang,
        f"Registry {name} {version}, facts up to {as_of}; evaluated on {day.isoformat()}.",
        f"Registre {name} {version}, faits jusqu'au {as_of} ; évalué au {day.isoformat()}.",
    )


def disclaimer(lang: Lang) -> str:
    """What an answer means."""
    return pick(
        lang,
        "On the criteria recorded here, as dated here: a starting point for a call to the centre, not medical advice.",
        "D'après les critères notés ici, à leur date : un point de départ pour appeler le centre, pas un avis médical.",
    )


ORDER: tuple[tuple[str, str], ...] = (
    (
        "Interventional trials come before observational studies and registries. Within each:",
        "Les essais interventionnels précèdent les études observationnelles et les registres. Dans chaque groupe :",
    ),
    ("1. verdict: match, then possible, then excluded;", "1. verdict : convient, puis possible, puis exclu ;"),
    (
        "2. recruitment: open, upcoming, by invitation, unknown, closed;",
        "2. recrutement : ouvert, à venir, sur invitation, inconnu, fermé ;",
    ),
    (
        "3. how closely the trial names this patient: an antibody the patient has, then a kind of myositis, then any myositis;",
        "3. précision pour ce patient : un anticorps présent, puis une forme de myosite, puis toute myosite ;",
    ),
    ("4. phase, later first;", "4. phase, la plus avancée d'abord ;"),
    ("5. register number.", "5. numéro d'enregistrement."),
    ("The order of the registry file never matters.", "L'ordre du fichier ne compte jamais."),
)
"""The ordering rule, as `--explain-order` prints it."""
