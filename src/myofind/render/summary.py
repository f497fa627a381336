"""The last lines of an answer: verdicts added up, what is left out, which registry answered, what an answer means."""

from datetime import date

from myofind.index import size
from myofind.matching import Answer
from myofind.registry.store import Store
from myofind.wording import Lang, joined, pick


def totals(found: Answer, unseen: int, lang: Lang) -> list[str]:
    """The verdicts added up, and what is left out; `unseen` rows are counted where they stand."""
    match, possible, excluded = (size(part) for part in found.verdicts)
    total = match + possible + excluded
    closed = size(found.fitting & found.states["closed"])
    shown = len(found.rows) - unseen
    first = pick(
        lang,
        f"{total} trials: {match} match, {possible} possible, {excluded} excluded. Shown: {shown}.",
        f"{_some(total, 'essai')} : {match} {'convient' if match < 2 else 'conviennent'}, {_some(possible, 'possible')}, {_some(excluded, 'exclu')}. Affichés : {shown}.",
    )
    left = []
    if total > shown:
        if found.held_back:
            left.append(
                pick(lang, f"{found.held_back} more of the same (--limit 0)", f"{found.held_back} autres (--limit 0)")
            )
        hidden_closed = closed - sum(
            row.recruitment.state == "closed" and row.assessment.verdict != "excluded" for row in found.rows
        )
        if hidden_closed > 0:
            left.append(
                pick(
                    lang,
                    f"{hidden_closed} that would fit but are closed (--status closed)",
                    f"{hidden_closed} qui conviendraient mais sont fermés (--status closed)",
                )
            )
        hidden_excluded = excluded - sum(row.assessment.verdict == "excluded" for row in found.rows)
        if hidden_excluded:
            left.append(
                pick(
                    lang,
                    f"{hidden_excluded} excluded (--all shows why)",
                    f"{hidden_excluded} exclus (--all dit pourquoi)",
                )
            )
        other = total - shown - unseen - found.held_back - max(0, hidden_closed) - hidden_excluded
        if other > 0:
            left.append(
                pick(
                    lang,
                    f"{other} in another state of recruitment (--all)",
                    f"{other} dans un autre état de recrutement (--all)",
                )
            )
    return [first, pick(lang, "Left out: ", "Non affichés : ") + joined(left, lang) + "."] if left else [first]


def _some(count: int, word: str) -> str:
    """French counts: nought and one are singular."""
    return f"{count} {word}{'s' if count > 1 else ''}"


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
