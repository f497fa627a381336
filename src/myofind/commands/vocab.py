"""`myofind vocab`: the kinds of names, the terms of a kind, and what a typed name resolves to and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

from typer import Argument

from myofind.commands import options
from myofind.commands.common import FORMATS, OK, bounded_lines, exits, language_and_format
from myofind.commands.options import Text, Texts, option
from myofind.diagnostics import InputError, likest, shown
from myofind.names.vocabulary import KINDS, resolve
from myofind.writers.vocab import show_kinds, show_names, show_terms

LANG = "en or fr. What makes a name ambiguous, the classes of drugs and the reasons in JSON stay in English."


@exits
def command(
    kind: Annotated[Text, Argument(metavar="KIND", help="antibodies, subtypes, countries, drugs or facts.")] = None,
    names: Annotated[Texts, Argument(metavar="TERM", help="Names to read; - reads them from standard input.")] = None,
    exact: Annotated[bool, option("--exact", "Accept no typing slip.")] = False,
    form: options.Format = "table",
    lang: Annotated[str, option("--lang -l", LANG, "LANG")] = "en",
) -> int:
    """Show names, and what a typed one resolves to. Their kinds, the terms of a kind, and why."""
    return run(kind, names or (), form, lang, exact)


def run(kind: str | None, names: Sequence[str], form: str, lang: str, exact: bool) -> int:
    """Show kinds, terms or what names resolve to; raises InputError for an unknown kind, form or language.

    A name that is unknown or ambiguous is an answer, not an error. `-` among the names reads names from standard input, one a line.
    """
    language = language_and_format(lang, form, FORMATS)
    if kind is None:
        show_kinds(form, language)
        return OK
    _known(kind)
    if names:
        show_names((resolve(kind, name, exact=exact) for name in _typed(names)), form, language)
    else:
        show_terms(kind, form, language)
    return OK


def _known(kind: str) -> None:
    """Refuse what is no kind of name, with the kind it may have meant."""
    if kind in KINDS:
        return
    near = likest(kind.lower(), KINDS, 1, 0.5)
    english = f"`{shown(kind)}` is no kind of name; the kinds are {', '.join(KINDS)}"
    raise InputError(
        (english, f"`{shown(kind)}` n'est pas une sorte de nom ; les sortes sont {', '.join(KINDS)}"),
        (f"did you mean `myofind vocab {near[0]}`?", f"peut-être `myofind vocab {near[0]}` ?")
        if near
        else ("`myofind vocab` says what each of them holds", "`myofind vocab` dit ce que contient chacune"),
    )


def _typed(names: Sequence[str]) -> Iterator[str]:
    """The names asked about; `-` stands for the lines of standard input, empty ones left out."""
    for name in names:
        if name != "-":
            yield name
            continue
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        for line in bounded_lines(sys.stdin):
            typed = line.rstrip("\r\n").removeprefix("\ufeff")
            if typed.strip():
                yield typed
