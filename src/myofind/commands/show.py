"""`myofind show`: everything the registry knows of a trial, with its sources."""

from __future__ import annotations

import sys
from typing import Annotated, cast

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, choice, evaluation_day, guarded, open_registry
from myofind.registry.search import find
from myofind.words.wording import Lang
from myofind.writers.terminal import console, width_of


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
        trials = find(store.trials(), name)
        if form == "json":
            from myofind.writers import json_values as plain

            found = {**plain.heading(store.meta, day), "trials": [plain.record(trial, day) for trial in trials]}
            sys.stdout.write(plain.dump(found) + "\n")
        elif form in ("csv", "markdown"):
            from myofind.writers import csv_markdown as sheets
            from myofind.writers import json_values as plain

            sys.stdout.write(
                sheets.records(form, [(trial, plain.record(trial, day)) for trial in trials], store.meta, day, language)
            )
        else:
            from myofind.writers import trials as screen

            target = console()
            screen.show_cards(target, width_of(target), trials, store.meta, day, language)
        return OK

    guarded(work)
