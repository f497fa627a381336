"""`myofind list`: the trials of the registry, filtered; never judged for a patient."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from myofind.commands import complete, options
from myofind.commands.common import (
    OK,
    choice,
    evaluation_day,
    guarded,
    language_and_format,
    open_registry,
    print_report,
    states_of,
)
from myofind.diagnostics import InputError
from myofind.domain.recruitment import State, recruitment
from myofind.domain.trial import KINDS, PHASES, Trial
from myofind.language import worded
from myofind.names import subtypes as tree
from myofind.names.vocabulary import Resolution, resolve
from myofind.report.trial_page import listing as listed
from myofind.writers.terminal import remark


def command(
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATE",
            help="open, upcoming, by_invitation, closed, unknown, or a register status; repeatable.",
            autocompletion=complete.statuses,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help="interventional, observational, registry or extension; repeatable.",
            autocompletion=complete.words(*KINDS),
        ),
    ] = None,
    subtype: Annotated[
        str | None,
        typer.Option(
            "--subtype",
            "-s",
            help="Trials that name this subtype, or one that contains it.",
            autocompletion=complete.subtypes,
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", "-c", help="Trials recorded in this country.", autocompletion=complete.countries),
    ] = None,
    phase: Annotated[
        str | None, typer.Option("--phase", help="1, 2, 3, 4 or early_1.", autocompletion=complete.words(*PHASES))
    ] = None,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> None:
    """List the trials of the registry, with their whole record in JSON."""

    def work() -> int:
        language = language_and_format(lang, form, options.PAGE_FORMATS)
        day = evaluation_day(on)
        states, statuses = states_of(status)
        for one in kind or ():
            choice(one, KINDS, "--kind")
        if phase is not None:
            choice(phase, PHASES, "--phase")
        code = _named("countries", country)
        wanted = _named("subtypes", subtype)
        store = open_registry(registry)
        trials = [
            trial
            for trial in store.trials()
            if (not kind or trial.kind in kind)
            and (phase is None or phase in trial.phase)
            and (code is None or (trial.countries is not None and code in trial.countries.listed))
            and (wanted is None or _names(trial, wanted))
            and (not status or _in_state(trial, day, states, statuses))
        ]
        trials.sort(key=lambda trial: trial.id)
        print_report(form, "listing", listed(store, trials, day), language)
        return OK

    guarded(work)


def _named(kind: str, typed: str | None) -> str | None:
    if typed is None:
        return None
    found: Resolution = resolve(kind, typed)
    if found.id is None:
        near = found.candidates or found.suggestions
        raise InputError(
            (f"`{typed}` names no term of {kind}", f"`{typed}` ne désigne aucun terme ({kind})"),
            (f"did you mean {' or '.join(near)}?", f"peut-être {' ou '.join(near)} ?")
            if near
            else (f"`myofind vocab {kind}` lists all", f"`myofind vocab {kind}` les énumère"),
        )
    if found.outcome == "accepted":
        remark(worded((f"read `{typed}` as {found.id}", f"`{typed}` lu comme {found.id}")))
    return found.id


def _names(trial: Trial, wanted: str) -> bool:
    admitted = [
        one
        for rules in (trial.eligibility, *(c.eligibility for c in trial.cohorts))
        if rules.subtypes
        for one in rules.subtypes.admits
    ]
    return any(one == wanted or one in tree.ancestors(wanted) or wanted in tree.ancestors(one) for one in admitted)


def _in_state(trial: Trial, day: date, states: tuple[State, ...], statuses: tuple[str, ...]) -> bool:
    found = recruitment(trial.status, trial.end, day)
    return found.state in states or found.status in statuses
