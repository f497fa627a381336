"""The small registry of the golden texts, and what is asked of it, in process."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from myofind.advice.what_if import suppose_all
from myofind.asking.profile import understand
from myofind.asking.typed import Profile, Typed
from myofind.registry.compiled import Store, open_store
from myofind.report.answer import Wanted, answer
from myofind.report.trial_page import Explanation, SideBySide, explanation, side_by_side
from myofind.report.values import Answer

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
REGISTRY = GOLDEN / "trials.yaml"
DAY = date(2026, 6, 10)
CROWDED_DAY = date(2026, 11, 25)

ADULT = Typed(subtypes=("dm",), age="45", countries=("FR",), onset="2024-02")
CHILD = Typed(subtypes=("jdm",), birth_date="2008-09-10", countries=("FR",))
ELSEWHERE = Typed(subtypes=("pm",), age="70", countries=("US",), antibodies=("Ro52 +",), ild=False, refractory=False)
HISTORIC = Typed(subtypes=("pm",), age="45", countries=("FR",), antibodies=("mda5",))
AT_THE_LIMIT = Typed(subtypes=("dm",), birth_date="1950-07-12", countries=("FR",))


@cache
def store(name: str = "trials") -> Store:
    """The small registry, or the crowded one."""
    return open_store(GOLDEN / f"{name}.yaml")


def profile_of(typed: Typed, lang: Any = "en", day: date = DAY) -> Profile:
    """The patient that was meant."""
    return understand(typed, day, lang=lang)


def asked(
    typed: Typed,
    *,
    supposing: tuple[str, ...] = (),
    lang: Any = "en",
    registry: Store | None = None,
    day: date = DAY,
    **wanted: Any,
) -> Answer:
    """The answer of the small registry for a patient."""
    registry = registry or store()
    profile = profile_of(typed, lang, day)
    supposed = suppose_all(registry.index, profile, typed, supposing, day, lang=lang) if supposing else None
    return answer(registry, profile, typed, day, Wanted(**wanted), supposed=supposed)


def explained(typed: Typed, *ids: str, lang: Any = "en") -> Explanation:
    """Some trials in full for a patient."""
    return explanation(store(), profile_of(typed, lang), typed, ids, DAY)


def compared_trials(typed: Typed, *ids: str, lang: Any = "en") -> SideBySide:
    """Some trials side by side for a patient."""
    chosen = ids or ("NCT00000001", "NCT00000002", "NCT00000008")
    return side_by_side(store(), profile_of(typed, lang), typed, chosen, DAY)
