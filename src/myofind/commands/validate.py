"""`myofind validate`: everything wrong, doubtful or out of date in a registry, at its place, with what to type."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from myofind.commands import options
from myofind.commands import validate_run as run
from myofind.commands.common import evaluation_day, exits, language_and_format
from myofind.commands.options import Text, Texts, option
from myofind.diagnostics import InputError

FORMATS = ("text", "json", "github", "sarif")
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
    """Check registry files and report every finding: exit code 0 without errors, 1 with."""
    language_and_format(lang, form, FORMATS)
    if rules or explain is not None:
        return run.about_rules(explain, form)
    if yes and not fix:
        raise InputError(("--yes goes with --fix", "--yes va avec --fix"))
    day, names = run.checked_day(evaluation_day(on)), run.rule_names(select, ignore)
    (old_file,) = run.in_folders([against]) if against is not None else ("",)
    old = run.content_of(old_file) if against is not None else None
    asked = run.Asked(day, form, names, strict, fix, yes, old, old_file, release)
    return run.report_on(run.files_named(paths, registry), asked)
