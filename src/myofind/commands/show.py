"""`myofind show`: everything the registry knows of a trial, with its sources."""

from __future__ import annotations

import sys
from typing import Annotated

from typer import Argument

from myofind.commands import complete, options
from myofind.commands.common import OK, exits, language_and_day, open_registry, print_report
from myofind.commands.options import option
from myofind.registry.search import Finder
from myofind.report.trial_page import Listing, listing
from myofind.words.wording import Lang, pick
from myofind.writers.phrases import brief
from myofind.writers.terminal import remark

MOST_CARDS = 5
"""Trials that a screen shows in full; more are listed."""


@exits
def command(
    name: Annotated[
        list[str],
        Argument(
            metavar="ID|ACRONYM|DRUG",
            help="Number, acronym, address at a register, or a drug or class under any of its names.",
            autocompletion=complete.trials,
        ),
    ],
    web: Annotated[bool, option("--web", "Open the register's page; off a terminal its address is printed.")] = False,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> int:
    """Show a trial, or every trial of a drug."""
    language, day = language_and_day(lang, form, on)
    store = open_registry(registry)
    found = listing(store, Finder(store.trials()).find(" ".join(name)), day)
    if web:
        return open_pages(found, language)
    many = form == "table" and len(found.studies) > MOST_CARDS
    return print_report(form, "listing" if many else "cards", found, language)


def open_pages(found: Listing, lang: Lang) -> int:
    """Open the register's page of each trial in a browser; the address is printed where there is no browser or terminal."""
    import webbrowser

    for study in found.studies:
        if study.url is None:
            label = brief(study, lang)
            remark(pick(lang, f"{label}: no register's page is known", f"{label} : aucune page de registre connue"))
        elif not (sys.stdout.isatty() and webbrowser.open(study.url)):
            sys.stdout.write(f"{study.url}\n")
    return OK
