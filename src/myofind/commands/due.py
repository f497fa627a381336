"""`myofind due`: which entries to look up again, most needed first."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

from myofind.commands import complete, options
from myofind.commands.common import FORMATS, OK, evaluation_day, exits, language_and_format, open_registry
from myofind.commands.listing import named_term
from myofind.commands.options import Text, option
from myofind.registers.due import due
from myofind.registry.compiled import Store
from myofind.report.study import stamp
from myofind.words.wording import Lang
from myofind.writers.due import text
from myofind.writers.terminal import console, width

SHOWN = 40


@exits
def command(
    country: Annotated[
        Text, option("--country -c", "Only trials recorded in this country.", words=complete.countries)
    ] = None,
    limit: Annotated[int, option("--limit", "Most entries shown; 0: all.", min=0)] = SHOWN,
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> int:
    """What to look up again, most needed first: open and old, past its end, no status, unread, nobody to call."""
    language = language_and_format(lang, form, FORMATS)
    day = evaluation_day(on)
    code = named_term("countries", country)
    _print(form, open_registry(registry), code, limit, day, language)
    return OK


def _print(form: str, store: Store, code: str | None, limit: int, day: date, language: Lang) -> None:
    """The first entries of those due, of one country or of all."""
    trials = [trial for trial in store.trials() if code is None or (trial.countries and code in trial.countries.listed)]
    entries = due(trials, day)
    asked = stamp(store.meta, day)
    written = text(form, console(), width(), entries[: limit or None], len(entries), len(trials), asked, language)
    if written is not None:
        sys.stdout.write(written)
