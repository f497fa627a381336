"""`myofind search`: trials by any word: acronym, number, drug, brand, code, sponsor, city."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from myofind.commands import options
from myofind.commands.common import OK, choice, chosen_format, evaluation_day, guarded, open_registry, print_report
from myofind.diagnostics import shown
from myofind.registry.search import search
from myofind.report.trial_page import listing
from myofind.words.wording import Lang
from myofind.writers.terminal import remark


def command(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words to look for; all must be found.")],
    on: options.On = None,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> None:
    """Find trials by acronym, number, drug, brand, code, sponsor, title or city."""

    def work() -> int:
        chosen_format(form, options.FORMATS)
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        day = evaluation_day(on)
        store = open_registry(registry)
        query = " ".join(text)
        found = [hit.trial for hit in search(store.trials(), query)]
        if not found:
            remark(f"nothing in the registry speaks of `{shown(query)}`; `myofind list` shows everything")
        print_report(form, "listing", listing(store, found, day), language)
        return OK

    guarded(work)
