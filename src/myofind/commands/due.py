"""`myofind due`: which entries to look up again, most needed first."""

from __future__ import annotations

import sys
from typing import Annotated, cast

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, choice, chosen_format, evaluation_day, guarded, open_registry
from myofind.commands.listing import _named
from myofind.registers.due import due
from myofind.report.study import stamp
from myofind.words.wording import Lang
from myofind.writers.due import text
from myofind.writers.terminal import console, width_of

SHOWN = 40


def command(
    country: Annotated[
        str | None,
        typer.Option(
            "--country", "-c", help="Only trials recorded in this country.", autocompletion=complete.countries
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most entries shown; 0: all.")] = SHOWN,
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> None:
    """What to look up again, most needed first: open and old, past its end, no status, unread, nobody to call."""

    def work() -> int:
        chosen_format(form, options.FORMATS)
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        day = evaluation_day(on)
        code = _named("countries", country)
        store = open_registry(registry)
        trials = [
            trial for trial in store.trials() if code is None or (trial.countries and code in trial.countries.listed)
        ]
        entries = due(trials, day)
        shown = entries[: limit or None]
        target = console()
        written = text(
            form, target, width_of(target), shown, len(entries), len(trials), stamp(store.meta, day), language
        )
        if written is not None:
            sys.stdout.write(written)
        return OK

    guarded(work)
