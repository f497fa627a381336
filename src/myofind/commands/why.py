"""`myofind match --why-not` and `--letter`: one trial in full for this patient, or a letter to its centre."""

from __future__ import annotations

from datetime import date

from myofind.asking.typed import Profile, Typed
from myofind.commands.common import OK, print_report
from myofind.registry.compiled import Store
from myofind.registry.search import Finder
from myofind.report.trial_page import explanation
from myofind.words.wording import Lang


def explain_trial(store: Store, name: str, profile: Profile, typed: Typed, day: date, form: str, lang: Lang) -> int:
    """Explain a trial, or every trial of a drug: required, found, outcome and source of each criterion."""
    whole = explanation(store, profile, typed, [trial.id for trial in Finder(store.trials()).find(name)], day)
    return print_report(form, "explanation", whole, lang, whole.notes)


def write_letter(store: Store, name: str, profile: Profile, typed: Typed, day: date, lang: Lang) -> int:
    """Write to the centre of a trial; raises InputError where a name means several."""
    from myofind.writers.layout import put
    from myofind.writers.letter import letter
    from myofind.writers.phrases import notes
    from myofind.writers.terminal import remark

    whole = explanation(store, profile, typed, [Finder(store.trials()).find_one(name).id], day)
    for text in notes(whole.notes, lang):
        remark(text)
    put(letter(whole, lang))
    return OK
