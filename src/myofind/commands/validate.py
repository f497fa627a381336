"""`myofind validate`: everything wrong, doubtful or out of date in a registry, at its place, with what to type."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from myofind.commands import options
from myofind.commands.common import exits
from myofind.commands.options import Text, Texts, option
from myofind.commands.validate_run import FORMATS, validated

RELEASE = "Before a release: drafts are errors, and changes since OLD need a higher version."
FIX = "Correct what has one reading (words, order, spaces); shows the difference first."


@exits
def command(
    paths: Annotated[
        Texts,
        Argument(metavar="[PATH]...", help="Registry files, or - for standard input (default: the shipped registry)."),
    ] = None,
    form: Annotated[str, options.form_option(FORMATS)] = "text",
    strict: Annotated[bool, option("--strict", "Warnings fail too (exit code 1).")] = False,
    select: Annotated[Texts, option("--select", "Only these rules; commas, repeatable.", "RULES")] = None,
    ignore: Annotated[Texts, option("--ignore", "All but these rules; commas, repeatable.", "RULES")] = None,
    against: Annotated[Text, option("--against", "An earlier version: what changed abruptly since.", "OLD")] = None,
    release: Annotated[bool, option("--release", RELEASE)] = False,
    fix: Annotated[bool, option("--fix", FIX)] = False,
    yes: Annotated[bool, option("--yes -y", "With --fix: write without asking.")] = False,
    rules: Annotated[bool, option("--rules", "List every rule.")] = False,
    explain: Annotated[Text, option("--explain", "What a rule finds, and why.", "RULE")] = None,
    on: options.On = None,
    lang: options.Language = "en",
    registry: options.Registry = None,
) -> int:
    """Check registry files and report every finding. Exit code 0 without errors, 1 with."""
    values = locals()
    return validated(**values)
