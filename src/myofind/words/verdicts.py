"""Why a verdict is what it is, in a sentence: in English and in French."""

from collections.abc import Iterable

from myofind.domain.eligibility import Criterion
from myofind.words.reasons import asks
from myofind.words.wording import NAMES, Lang, joined, pick


def why(criteria: Iterable[Criterion], lang: Lang) -> str:
    """What fails, else what is to be settled, else that nothing does."""
    judged = tuple(criteria)
    failed = [one for one in judged if one.outcome == "not_met"]
    unsure = [one for one in judged if one.outcome == "unknown"]
    if failed:
        what = ", ".join(dict.fromkeys(pick(lang, *NAMES[one.name]) for one in failed))
        return pick(
            lang, f"{what} not met" if len(failed) == 1 else f"{len(failed)} criteria not met: {what}",
            f"{what} non rempli" if len(failed) == 1 else f"{len(failed)} critères non remplis : {what}",
        )  # fmt: skip
    if unsure:
        return pick(lang, "to settle: ", "à préciser : ") + joined((asks(one, lang) for one in unsure), lang)
    return pick(lang, "every recorded criterion is met", "tous les critères notés sont remplis")
