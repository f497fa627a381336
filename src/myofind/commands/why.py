"""`myofind match --why-not` and `--letter`: one trial in full for this patient, or a letter to its centre."""

from __future__ import annotations

from datetime import date

from myofind.asking.profile import Profile, Typed
from myofind.commands.common import OK, print_report
from myofind.diagnostics import InputError, shown
from myofind.registry.compiled import Store
from myofind.registry.search import find
from myofind.report.trial_page import explanation
from myofind.words.wording import Lang


def explain_trial(store: Store, name: str, profile: Profile, typed: Typed, day: date, form: str, lang: Lang) -> int:
    """Explain a trial, or every trial of a drug: required, found, outcome and source of each criterion."""
    whole = explanation(store, profile, typed, [trial.id for trial in find(store.trials(), name)], day)
    print_report(form, "explanation", whole, lang, whole.notes)
    return OK


def write_letter(store: Store, name: str, profile: Profile, typed: Typed, day: date, lang: Lang) -> int:
    """Write to the centre of a trial; raises InputError where a name means several."""
    from myofind.writers.layout import put
    from myofind.writers.letter import letter
    from myofind.writers.phrases import notes
    from myofind.writers.terminal import remark

    trials = find(store.trials(), name)
    if len(trials) > 1:
        which = " or ".join(f"{trial.name} ({trial.id})" for trial in trials[:3])
        raise InputError(f"`{shown(name)}` means {len(trials)} trials; a letter is about one", f"for example {which}")
    whole = explanation(store, profile, typed, [trials[0].id], day)
    for text in notes(whole.notes, lang):
        remark(text)
    put(letter(whole, lang))
    return OK
