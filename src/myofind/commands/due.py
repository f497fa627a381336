"""`myofind due`: which entries to look up again, most needed first."""

from __future__ import annotations

from typing import Annotated

from myofind.commands import complete, options
from myofind.commands.common import FORMATS, OK, exits, language_and_day, open_registry
from myofind.commands.listing import named_term
from myofind.commands.options import Text, option
from myofind.registers.due import due
from myofind.report.study import stamp
from myofind.writers.layout import put
from myofind.writers.terminal import width
from myofind.writers.work_lists import entries_due

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
    """List what to look up again, most needed first. Open and old, past its end, no status, unread, nobody to call."""
    language, day = language_and_day(lang, form, on, FORMATS)
    code = named_term("countries", country)
    store = open_registry(registry)
    trials = [trial for trial in store.trials() if code is None or (trial.countries and code in trial.countries.listed)]
    entries = due(trials, day)
    shown, asked = entries[: limit or None], stamp(store.meta, day)
    put(entries_due(form, shown, len(entries), len(trials), asked, language, width()))
    return OK
