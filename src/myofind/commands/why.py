"""`myofind match --why-not`: one trial in full for this patient."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from myofind import index as sets
from myofind.commands.common import OK
from myofind.matching import row
from myofind.nearness import near_misses
from myofind.profile import Profile, Typed
from myofind.registry.store import Store
from myofind.render.terminal import console, remark, width_of
from myofind.search import find
from myofind.wording import Lang


def explain_trial(store: Store, name: str, asked: Profile, facts: Typed, day: date, form: str, lang: Lang) -> int:
    """Explain a trial, or every trial of a drug: required, found, outcome and source of each criterion."""
    trials = find(store.trials(), name)
    places = [store.index.ids.index(trial.id) for trial in trials]
    judged = sets.judged(store.index, asked.patient, day)
    chosen = 0
    for place in places:
        chosen |= 1 << place
    near = {one.place: one for one in near_misses(store.index, asked.patient, day, judged, chosen)}
    told = [(row(trial, asked.patient, day), near.get(place)) for trial, place in zip(trials, places, strict=True)]
    if form == "json":
        from myofind.render import plain
        from myofind.render.why import plain_trial

        whole: dict[str, Any] = {
            **plain.heading(store.meta, day),
            "profile": plain.profile(asked, day),
            "notes": list(asked.notes),
            "trials": [plain_trial(store, one, miss, asked, day, lang) for one, miss in told],
        }
        sys.stdout.write(plain.dump(whole) + "\n")
        return OK
    for note in asked.notes:
        remark(note)
    from myofind.render import why

    if form in ("csv", "markdown"):
        sys.stdout.write(why.sheet(form, store, [one for one, _ in told], asked, day, lang))
        return OK
    target = console()
    why.show(target, width_of(target), store, told, asked, day, lang)
    return OK
