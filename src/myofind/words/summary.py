"""The last lines of an answer: verdicts added up, what is left out, which registry answered, what an answer means."""

from __future__ import annotations

from myofind.records import NamedTuple
from myofind.words.wording import Lang, countries_in, in_english, in_french, joined, listing, pick


def totals(match: int, possible: int, excluded: int, studies: int, closed: int, shown: int, lang: Lang) -> str:
    """The verdicts added up, how many matches are studies or closed, and how many trials are shown."""
    total = match + possible + excluded
    parts = (
        (studies, in_english(studies, "study", "studies"), in_french(studies, "étude")),
        (closed, f"{closed} closed", in_french(closed, "fermé")),
    )
    beside = ", ".join(pick(lang, en, fr) for count, en, fr in parts if count)
    beside = f" ({beside})" if beside else ""
    return pick(
        lang,
        f"{total} trials: {match} match{beside}, {possible} possible, {excluded} excluded. Shown: {shown}.",
        f"{in_french(total, 'essai')} : {match} {'convient' if match < 2 else 'conviennent'}{beside}, {in_french(possible, 'possible')}, {in_french(excluded, 'exclu')}. Affichés : {shown}.",
    )


class Cut(NamedTuple):
    """What a short answer leaves out of its lists: trials, rows in part, questions and remarks."""

    trials: int = 0
    rows: int = 0
    questions: int = 0
    remarks: int = 0


def left_out(cut: Cut, held_back: int, closed: int, excluded: int, other_states: int, lang: Lang) -> str:
    """What is not shown, each trial counted once; empty where all is shown."""
    trials = cut.trials + held_back
    counts = (
        (trials, f"{trials} more", f"{trials} autre{'s' * (trials > 1)}"),
        (cut.rows, f"{in_english(cut.rows, 'row')} in part", f"{in_french(cut.rows, 'ligne')} en partie"),
        (cut.questions, in_english(cut.questions, "question"), in_french(cut.questions, "question")),
        (cut.remarks, in_english(cut.remarks, "remark"), in_french(cut.remarks, "remarque")),
    )
    parts = listing((pick(lang, en, fr) for count, en, fr in counts if count), lang, ("and", "et"))
    counted = (
        (sum(cut) + held_back, f"{parts} (--limit 0)", f"{parts} (--limit 0)"),
        (
            closed,
            f"{closed} that would fit but {'is' if closed == 1 else 'are'} closed (--status closed)",
            f"{closed} qui {'conviendrait mais est fermé' if closed == 1 else 'conviendraient mais sont fermés'} (--status closed)",
        ),
        (excluded, f"{excluded} excluded (--all)", f"{in_french(excluded, 'exclu')} (--all)"),
        (
            other_states,
            f"{other_states} in another state of recruitment (--all)",
            f"{other_states} dans un autre état de recrutement (--all)",
        ),
    )
    words = joined((pick(lang, en, fr) for count, en, fr in counted if count), lang)
    return pick(lang, "Left out: ", "Non affichés : ") + words + "." if words else ""


def first_of_all(certain: bool, somewhere: bool, lang: Lang) -> str:
    """What the first trials of an answer are: whether they certainly run in the patient's country, where one was given."""
    if certain:
        return pick(lang, "Worth a call", "À appeler")
    if somewhere:
        return pick(
            lang,
            "None certain in the country; worth asking whether they come",
            "Aucun certain dans le pays ; demander si ces essais y viennent",
        )
    return pick(lang, "First of these", "Premiers de la liste")


def nearest_elsewhere(code: str, lang: Lang) -> str:
    """What the trials of the nearest country are, where none certainly runs in the patient's, and how to ask of both."""
    country = countries_in([code], lang)
    return pick(
        lang,
        f"None certain in the country; nearest elsewhere, in {country} (in full: add -c {code})",
        f"Aucun certain dans le pays ; au plus près, {country} (en entier : ajoutez -c {code})",
    )


PERHAPS_COMING = ("Worth asking whether they come", "Demander s'ils viennent dans le pays")
"""What trials are that may run in the country, where others certainly run nearer."""


def nothing_fits(where: str, lang: Lang) -> str:
    """That no trial of some countries, or of the registry, fits."""
    return pick(
        lang,
        f"{f'In {where}: no' if where else 'No'} trial known to take patients, now or soon, fits on the criteria recorded.",
        f"{f'{where} : aucun' if where else 'Aucun'} essai connu pour recruter, maintenant ou bientôt, ne convient d'après les critères notés.",
    )


def marks(read_in_part: bool, old_news: bool, lang: Lang) -> str:
    """What a question mark says where one stands: after a verdict, and after a status."""
    told = (
        (read_in_part, "match?: not all criteria were read", "convient ? : tous les critères n'ont pas été lus"),
        (
            old_news,
            "recruiting?: seen over a year ago, or past its planned end",
            "recrute ? : vu il y a plus d'un an, ou fin prévue dépassée",
        ),
    )
    text = joined((pick(lang, en, fr) for one, en, fr in told if one), lang)
    return f"{text}." if text else ""


def listed(count: int, total: int, lang: Lang) -> str:
    """How many trials are listed, of how many."""
    return pick(lang, f"{count} of {total} trials.", f"{in_french(count, 'essai')} sur {total}.")


DISCLAIMER = (
    "On the criteria recorded, as dated: a starting point for a call to the centre, not medical advice.",
    "D'après les critères notés, à leur date : de quoi appeler le centre, pas un avis médical.",
)
"""What an answer means."""


ORDER: tuple[tuple[str, str], ...] = (
    (
        "Interventional trials come before observational studies and registries. A screen lists trials that certainly run in the patient's country before the others. Within each:",
        "Les essais interventionnels précèdent les études observationnelles et les registres. L'écran montre les essais certainement présents dans le pays avant les autres. Dans chaque groupe :",
    ),
    (
        "1. verdict: match on criteria that were read; then what may fit (possible, or match?); then excluded;",
        "1. verdict : convient d'après des critères lus ; puis ce qui peut convenir (possible, ou convient ?) ; puis exclu ;",
    ),
    (
        "2. country: certainly in the patient's country before perhaps; of these, the nearest first, then those that take patients;",
        "2. pays : certainement dans le pays du patient, puis peut-être ; parmi ceux-ci, d'abord les plus proches, puis ceux qui recrutent ;",
    ),
    ("3. how much of the criteria was read;", "3. part des critères qui a été lue ;"),
    ("4. fewest facts to settle;", "4. le moins de faits à préciser ;"),
    (
        "5. recruitment: open, upcoming, by invitation, unknown, closed;",
        "5. recrutement : ouvert, à venir, sur invitation, inconnu, fermé ;",
    ),
    (
        "6. how closely the trial names this patient: an antibody the patient has, then a kind of myositis, then any myositis;",
        "6. précision pour ce patient : un anticorps présent, puis une forme de myosite, puis toute myosite ;",
    ),
    ("7. phase, later first;", "7. phase, la plus avancée d'abord ;"),
    ("8. register number.", "8. numéro d'enregistrement."),
    ("The order of the registry file never matters.", "L'ordre du fichier ne compte jamais."),
)
"""The ordering rule, as `--explain-order` prints it."""
