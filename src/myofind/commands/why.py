"""`myofind match --why-not`: one trial in full for this patient."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from myofind.advice.near_misses import near_misses
from myofind.asking.profile import Profile, Typed
from myofind.commands.common import OK
from myofind.matching import trial_sets as sets
from myofind.matching.answer import row
from myofind.registry.compiled import Store
from myofind.registry.search import find
from myofind.words.wording import Lang
from myofind.writers.terminal import console, remark, width_of


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
        from myofind.writers import json_values as plain
        from myofind.writers.one_trial import plain_trial

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
    from myofind.writers import one_trial as why

    if form in ("csv", "markdown"):
        sys.stdout.write(why.sheet(form, store, [one for one, _ in told], asked, day, lang))
        return OK
    target = console()
    why.show(target, width_of(target), store, told, asked, day, lang)
    return OK
