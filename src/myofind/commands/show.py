"""`myofind show`: everything the registry knows of a trial, with its sources."""

from __future__ import annotations

import sys
from typing import Annotated, cast

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, choice, evaluation_day, guarded, open_registry
from myofind.diagnostics import InputError, shown
from myofind.registry.store import Store
from myofind.render.terminal import console, width_of
from myofind.search import fold, search
from myofind.trial import Trial
from myofind.wording import Lang


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID|ACRONYM|DRUG",
            help="Number, acronym, or a drug under any of its names.",
            autocompletion=complete.trials,
        ),
    ],
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> None:
    """Show a trial, or every trial of a drug."""

    def work() -> int:
        choice(form, options.FORMATS, "--format")
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        day = evaluation_day(on)
        store = open_registry(registry)
        trials = find(store, name)
        if form == "json":
            from myofind.render import plain

            found = {**plain.heading(store.meta, day), "trials": [plain.record(trial, day) for trial in trials]}
            sys.stdout.write(plain.dump(found) + "\n")
        elif form in ("csv", "markdown"):
            from myofind.render import plain, sheets

            sys.stdout.write(sheets.records(form, [(trial, plain.record(trial, day)) for trial in trials], language))
        else:
            from myofind.render import trials as screen

            target = console()
            screen.show_cards(target, width_of(target), trials, store.meta, day, language)
        return OK

    guarded(work)


def find(store: Store, name: str) -> list[Trial]:
    """The trials a name means: by number or acronym exactly, else by drug; raises InputError for none."""
    wanted = fold(name)
    named, tested = [], []
    for trial in store.trials():
        numbers = [trial.id, *(one for _, several in trial.ids for one in several)]
        if wanted and wanted in {fold(one) for one in (*numbers, *([trial.acronym] if trial.acronym else []))}:
            named.append(trial)
        elif wanted:
            from myofind.search import texts

            if wanted in {fold(one) for one in texts(trial)["drug"]}:
                tested.append(trial)
    found = named or tested
    if not found:
        near = search(store.trials(), name)[:3] if wanted else []
        hint = (
            "did you mean " + " or ".join(f"{hit.trial.name} ({hit.trial.id})" for hit in near) + "?"
            if near
            else "`myofind search TEXT` looks everywhere"
        )
        raise InputError(f"no trial, acronym or drug is named `{shown(name)}`", hint)
    return sorted(found, key=lambda trial: trial.id)
