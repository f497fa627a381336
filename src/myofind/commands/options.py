"""Options that several commands take, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from myofind.commands import complete

LANGUAGES = ("en", "fr")
FORMATS = ("table", "json", "csv", "markdown")

Registry = Annotated[
    str | None,
    typer.Option(
        "--registry", metavar="PATH", help="Registry file to use instead of the shipped one (also MYOFIND_REGISTRY)."
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORM",
        help="table, json, csv or markdown.",
        autocompletion=complete.words(*FORMATS),
    ),
]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="Evaluation day, YYYY-MM-DD (default today).")]
Language = Annotated[
    str,
    typer.Option("--lang", "-l", metavar="LANG", help="en or fr.", autocompletion=complete.words(*LANGUAGES)),
]
