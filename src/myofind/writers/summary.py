"""The last lines of an answer: verdicts added up, what is left out, which registry answered, what an answer means."""

from datetime import date

from myofind.matching.answer import Answer
from myofind.matching.trial_sets import size
from myofind.registry.compiled import Meta, Store
from myofind.words.wording import Lang, joined, pick


def totals(found: Answer, unseen: int, lang: Lang) -> list[str]:
    """The verdicts added up, and what is left out, each trial counted once; `unseen` studies are folded above."""
    match, possible, excluded = (size(part) for part in found.verdicts)
    total = match + possible + excluded
    shown = len(found.rows) - unseen
    first = pick(
        lang,
        f"{total} trials: {match} match, {possible} possible, {excluded} excluded. Shown: {shown}.",
        f"{_some(total, 'essai')} : {match} {'convient' if match < 2 else 'conviennent'}, {_some(possible, 'possible')}, {_some(excluded, 'exclu')}. Affichés : {shown}.",
    )
    rest = ~found.chosen
    closed = size(found.fitting & found.states["closed"] & rest)
    others = size(found.fitting & ~found.states["closed"] & rest)
    refused = size(found.verdicts.excluded & rest)
    left = [
        pick(lang, *words)
        for count, words in (
            (unseen, (f"{unseen} more studies (--studies)", f"{unseen} autres études (--studies)")),
            (
                found.held_back,
                (f"{found.held_back} more of the same (--limit 0)", f"{found.held_back} autres (--limit 0)"),
            ),
            (
                closed,
                (
                    f"{closed} that would fit but {'is' if closed == 1 else 'are'} closed (--status closed)",
                    f"{closed} qui {'conviendrait mais est fermé' if closed == 1 else 'conviendraient mais sont fermés'} (--status closed)",
                ),
            ),
            (refused, (f"{refused} excluded (--all shows why)", f"{_some(refused, 'exclu')} (--all dit pourquoi)")),
            (
                others,
                (
                    f"{others} in another state of recruitment (--all)",
                    f"{others} dans un autre état de recrutement (--all)",
                ),
            ),
        )
        if count
    ]
    return [first, pick(lang, "Left out: ", "Non affichés : ") + joined(left, lang) + "."] if left else [first]


def _some(count: int, word: str) -> str:
    """French counts: nought and one are singular."""
    return f"{count} {word}{'s' if count > 1 else ''}"


def stamp(meta: Meta, day: date) -> str:
    """Which registry answered, and for which day, in one cell of a table."""
    return f"{meta.name} {meta.version}, facts up to {meta.as_of}, evaluated on {day.isoformat()}"


def origin(store: Store, day: date, lang: Lang) -> str:
    """Which registry answered, and for which day."""
    meta = store.meta
    return pick(
        lang,
        f"Registry {meta.name} {meta.version}, facts up to {meta.as_of}; evaluated on {day.isoformat()}.",
        f"Registre {meta.name} {meta.version}, faits jusqu'au {meta.as_of} ; évalué au {day.isoformat()}.",
    )


def disclaimer(lang: Lang) -> str:
    """What an answer means."""
    return pick(
        lang,
        "On the criteria recorded here, as dated here: a starting point for a call to the centre, not medical advice.",
        "D'après les critères notés ici, à leur date : un point de départ pour appeler le centre, pas un avis médical.",
    )
