"""`myofind show`: everything the registry knows of a trial, with its sources."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, choice, chosen_format, evaluation_day, guarded, open_registry, print_report
from myofind.registry.search import find
from myofind.report.trial_page import listing
from myofind.words.wording import Lang


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
        chosen_format(form, options.FORMATS)
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        day = evaluation_day(on)
        store = open_registry(registry)
        print_report(form, "cards", listing(store, find(store.trials(), name), day), language)
        return OK

    guarded(work)
