"""`myofind search`: trials by any word: acronym, number, drug, brand, code, sponsor, city."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from myofind.commands import options
from myofind.commands.common import exits, language_and_day, open_registry, print_report
from myofind.diagnostics import InputError, shown
from myofind.registry.search import Finder
from myofind.report.trial_page import listing
from myofind.writers.terminal import remark


@exits
def command(
    text: Annotated[
        list[str], Argument(metavar="TEXT", help="Words to look for, in English or French; all must be found.")
    ],
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> int:
    """Find trials by name, number, drug, sponsor or city. Brands, codes and titles are searched too."""
    language, day = language_and_day(lang, form, on)
    store = open_registry(registry)
    query = " ".join(text)
    if not query.strip():
        raise InputError(
            ("there is no word to look for", "il n'y a aucun mot à chercher"),
            ("name a drug, an acronym or a city", "nommer un médicament, un acronyme ou une ville"),
        )
    found = [hit.trial for hit in Finder(store.trials()).search(query)]
    if not found:
        english = f"nothing in the registry speaks of `{shown(query)}`; `myofind list` shows everything"
        remark((english, f"rien dans le registre ne parle de `{shown(query)}` ; `myofind list` montre tout"))
    return print_report(form, "listing", listing(store, found, day), language)
