"""`myofind validate`: everything wrong, doubtful or out of date in a registry, at its place, with what to type."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from myofind.commands import options
from myofind.commands.common import exits
from myofind.commands.validate_run import FORMATS, validated


@exits
def command(
    paths: Annotated[
        list[str] | None,
        Argument(metavar="[PATH]...", help="Registry files, or - for standard input (default: the shipped registry)."),
    ] = None,
    form: Annotated[str, options.form_option(FORMATS)] = "text",
    strict: Annotated[bool, Option("--strict", help="Warnings fail too (exit code 1).")] = False,
    select: Annotated[
        list[str] | None, Option("--select", metavar="RULES", help="Only these rules; commas, repeatable.")
    ] = None,
    ignore: Annotated[
        list[str] | None, Option("--ignore", metavar="RULES", help="All but these rules; commas, repeatable.")
    ] = None,
    against: Annotated[
        str | None,
        Option("--against", metavar="OLD", help="An earlier version: what changed abruptly since."),
    ] = None,
    release: Annotated[
        bool,
        Option("--release", help="Before a release: drafts are errors, and changes since OLD need a higher version."),
    ] = False,
    fix: Annotated[
        bool,
        Option("--fix", help="Correct what has one reading (words, order, spaces); shows the difference first."),
    ] = False,
    yes: Annotated[bool, Option("--yes", "-y", help="With --fix: write without asking.")] = False,
    rules: Annotated[bool, Option("--rules", help="List every rule.")] = False,
    explain: Annotated[str | None, Option("--explain", metavar="RULE", help="What a rule finds, and why.")] = None,
    on: options.On = None,
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> int:
    """Check registry files and report every finding: exit code 0 without errors, 1 with."""
    values = locals()
    return validated(**values)
