"""`myofind match --why-not`: one trial in full for this patient."""

from __future__ import annotations

from datetime import date

from myofind.asking.profile import Profile, Typed
from myofind.commands.common import OK, print_report
from myofind.registry.compiled import Store
from myofind.registry.search import find
from myofind.report.trial_page import explanation
from myofind.words.wording import Lang


def explain_trial(store: Store, name: str, profile: Profile, typed: Typed, day: date, form: str, lang: Lang) -> int:
    """Explain a trial, or every trial of a drug: required, found, outcome and source of each criterion."""
    whole = explanation(store, profile, typed, [trial.id for trial in find(store.trials(), name)], day)
    print_report(form, "explanation", whole, lang, whole.notes)
    return OK
