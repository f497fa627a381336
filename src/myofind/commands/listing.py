"""`myofind list`: the trials of the registry, filtered; never judged for a patient."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from myofind.asking.typed_names import Named, accepted
from myofind.commands import complete, options
from myofind.commands.common import choice, exits, language_and_day, open_registry, print_report, states_of
from myofind.commands.options import STATES, Text, Texts, option
from myofind.domain.recruitment import recruitment
from myofind.domain.trial import KINDS, PHASES, Trial
from myofind.language import spoken
from myofind.names import subtypes as tree
from myofind.names.vocabulary import resolve
from myofind.report.trial_page import listing as listed
from myofind.writers.terminal import remark

SUBTYPE = "Trials that name this subtype, or one that contains it."


@exits
def command(
    status: Annotated[Texts, option("--status", STATES, "STATE", complete.statuses)] = None,
    kind: Annotated[
        Texts,
        option(
            "--kind", "interventional, observational, registry or extension; repeatable.", words=complete.words(*KINDS)
        ),
    ] = None,
    subtype: Annotated[Text, option("--subtype -s", SUBTYPE, words=complete.subtypes)] = None,
    country: Annotated[
        Text, option("--country -c", "Trials recorded in this country.", words=complete.countries)
    ] = None,
    phase: Annotated[Text, option("--phase", "1, 2, 3, 4 or early_1.", words=complete.words(*PHASES))] = None,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> int:
    """List the trials of the registry. In JSON with their whole record."""
    language, day = language_and_day(lang, form, on)
    admits = _admitting(kind or [], phase, subtype, country, status, day)
    store = open_registry(registry)
    trials = sorted(filter(admits, store.trials()), key=lambda trial: trial.id)
    return print_report(form, "listing", listed(store, trials, day), language)


def _admitting(
    kinds: list[str], phase: str | None, subtype: str | None, country: str | None, status: list[str] | None, day: date
) -> Callable[[Trial], bool]:
    """Whether a trial is all that is asked for; raises InputError for a word that none of the filters knows."""
    states, statuses = states_of(status)
    for kind in kinds:
        choice(kind, KINDS, "--kind")
    if phase is not None:
        choice(phase, PHASES, "--phase")
    wanted, code = named_term("subtypes", subtype), named_term("countries", country)

    def admits(trial: Trial) -> bool:
        known = recruitment(trial.status, trial.end, day) if states or statuses else None
        return (
            (not kinds or trial.kind in kinds)
            and (phase is None or phase in trial.phase)
            and (code is None or (trial.countries is not None and code in trial.countries.listed))
            and (wanted is None or _names(trial, wanted))
            and (known is None or known.state in states or known.status in statuses)
        )

    return admits


def named_term(kind: Named, typed: str | None) -> str | None:
    """The id a filter names; raises InputError as `match` does."""
    if typed is None:
        return None
    slips: list[str] = []
    typed = " ".join(typed.split())
    id = accepted(resolve(kind, typed), slips, kind, typed, spoken())
    for slip in slips:
        remark(slip)
    return id


def _names(trial: Trial, wanted: str) -> bool:
    admitted = [
        one
        for rules in (trial.eligibility, *(c.eligibility for c in trial.cohorts))
        if rules.subtypes
        for one in rules.subtypes.admits
    ]
    return any(one == wanted or one in tree.ancestors(wanted) or wanted in tree.ancestors(one) for one in admitted)
