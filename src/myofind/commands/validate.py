"""`myofind validate`: everything wrong, doubtful or out of date in a registry, at its place, with what to type."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from myofind.commands import complete, options
from myofind.commands.common import FINDINGS, OK, chosen_format, evaluation_day, guarded
from myofind.diagnostics import Diagnostic, InputError, shown
from myofind.writers.terminal import remark

if TYPE_CHECKING:
    from myofind.checks.rule import Stage
    from myofind.checks.run import Report
    from myofind.registry.read import ReadRegistry

FORMATS = ("text", "json", "github", "sarif")
STDIN = "<stdin>"
_MOST_READ = 256 * 1024 * 1024
"""More than a registry may have, so that a longer one is a finding like others; beyond this it is not read at all."""


class Asked(NamedTuple):
    """The options of one run."""

    day: date
    form: str
    names: frozenset[str] | None
    strict: bool
    fix: bool
    yes: bool
    old: bytes | None
    release: bool


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...", help="Registry files, or - for standard input (default: the shipped registry)."
        ),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORM",
            help="text, json, github or sarif.",
            autocompletion=complete.words("text", "json", "github", "sarif"),
        ),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too (exit code 1).")] = False,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULES", help="Only these rules; commas, repeatable.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULES", help="All but these rules; commas, repeatable.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="OLD", help="An earlier version: what changed abruptly since."),
    ] = None,
    release: Annotated[
        bool,
        typer.Option(
            "--release", help="Before a release: drafts are errors, and changes since OLD need a higher version."
        ),
    ] = False,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Correct what has one reading (words, order, spaces); shows the difference first."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --fix: write without asking.")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List every rule.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="RULE", help="What a rule finds, and why.")
    ] = None,
    on: options.On = None,
    registry: options.Registry = None,
) -> None:
    """Check registry files and report every finding: exit code 0 without errors, 1 with."""

    def work() -> int:
        chosen_format(form, FORMATS)
        if rules or explain is not None:
            return _about_rules(explain, form)
        if yes and not fix:
            raise InputError("--yes goes with --fix")
        day = evaluation_day(on)
        if not 1900 <= day.year <= 2100:
            raise InputError(f"the day {day.isoformat()} is not between 1900 and 2100")
        old = _bytes(against) if against is not None else None
        return _validate(
            _files(paths, registry), Asked(day, form, _names(select, ignore), strict, fix, yes, old, release)
        )

    guarded(work)


def _about_rules(name: str | None, form: str) -> int:
    from myofind.checks.table import RULES, rule_named
    from myofind.writers import findings as screen

    chosen_format(form, ("text", "json"))
    wanted = RULES if name is None else (rule_named(name),)
    if form == "json":
        sys.stdout.write(screen.rule_json(wanted))
    else:
        sys.stdout.write(screen.rule_list(wanted) if name is None else screen.rule_page(wanted[0]))
    return OK


def _names(select: list[str] | None, ignore: list[str] | None) -> frozenset[str] | None:
    """The rules to apply; None for all."""
    if not select and not ignore:
        return None
    from myofind.checks.table import BY_NAME, rule_named

    def several(words: list[str] | None) -> list[str]:
        return [rule_named(part.strip()).name for word in words or () for part in word.split(",") if part.strip()]

    chosen = frozenset(several(select)) if select else frozenset(BY_NAME)
    return chosen - frozenset(several(ignore))


def _files(paths: list[str] | None, registry: str | None) -> list[str]:
    from myofind.registry.location import registry_path

    if paths and registry is not None:
        raise InputError("both PATH and --registry are given", "name the files as PATH")
    files = paths or [_short(registry_path(registry))]
    if files.count("-") > 1:
        raise InputError("standard input (-) is named twice")
    return [_short(registry_path(file)) if file != "-" and Path(file).is_dir() else file for file in files]


def _short(path: Path) -> str:
    """A path as one would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _bytes(file: str) -> bytes:
    """The content of a file or of standard input."""
    from myofind.registry.location import read_input

    if file != "-" and not Path(file).is_file():
        raise InputError(f"no file at `{shown(file, 200)}`", "name a YAML file such as data/trials.yaml, or -")
    return read_input(file, _MOST_READ)


class Checked(NamedTuple):
    """What came of one file: its findings, its text, and how many trials it holds."""

    findings: tuple[Diagnostic, ...]
    text: str
    trials: int


def _checked(file: str, asked: Asked) -> Checked:
    """Check a file, or take the report of an earlier run on the same bytes, day and rules."""
    from myofind.checks import report_cache as kept

    data = _bytes(file)
    name = STDIN if file == "-" else shown(file, 200)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    stage: Stage = "release" if asked.release else "shipped" if _is_shipped(file) else "editing"
    told = (asked.day.isoformat(), stage, *sorted(asked.names or ("*",)))
    key = kept.key_of(data, name, *told, old=asked.old)
    known = None if asked.fix else kept.recall(key)
    if known is None:
        from myofind.checks.run import check
        from myofind.registry.read import read_registry

        old = read_registry(asked.old, "OLD") if asked.old is not None else None
        report = check(read_registry(data, name), asked.day, old=old, names=asked.names, stage=stage)
        if asked.fix:
            report = _fix(file, data, report, asked, old)
            text = report.read.document.text
        known = kept.Kept(report.findings, len(report.read.entries))
        if not asked.fix:
            kept.keep(key, known)
    return Checked(known.findings, text, known.trials)


def _is_shipped(file: str) -> bool:
    """Whether a file is the registry that is shipped with the program."""
    from myofind.registry.location import shipped_path

    return file != "-" and Path(file).resolve() == shipped_path()


def _validate(files: list[str], asked: Asked) -> int:
    from myofind.writers import findings as screen

    every: list[Diagnostic] = []
    trials = 0
    for file in files:
        found = _checked(file, asked)
        trials += found.trials
        every += found.findings
        if asked.form == "text" and found.findings:
            sys.stdout.write(screen.text(found.findings, found.text, colour=_colour()))
    if asked.form == "json":
        sys.stdout.write(screen.as_json(every))
    elif asked.form == "github":
        sys.stdout.write(screen.github(every))
    elif asked.form == "sarif":
        from myofind.checks.table import RULES

        sys.stdout.write(screen.sarif(every, RULES))
    errors, warnings = screen.counted(every)
    if asked.form in ("text", "github"):
        remark(f"{_number(trials, 'trial')}, {_number(errors, 'error')}, {_number(warnings, 'warning')}")
    return FINDINGS if errors or (asked.strict and warnings) else OK


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _colour() -> bool:
    import os

    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _fix(file: str, data: bytes, report: Report, asked: Asked, old: ReadRegistry | None) -> Report:
    """Show the corrections and write them: with --yes, or when a person at the terminal agrees."""
    from myofind.checks import fix as correcting
    from myofind.checks.table import BY_NAME
    from myofind.files.atomic_write import replace_file

    if file == "-":
        raise InputError("--fix writes files; standard input is none", "name the file")
    names = asked.names if asked.names is not None else frozenset(BY_NAME)
    fixed = correcting.fix(data, report, asked.day, old=old, names=names)
    shortened = shown(file, 200)
    if not fixed.made or fixed.data == data:
        remark(f"{shortened}: nothing to correct safely")
        return report
    out = sys.stdout if asked.form == "text" else sys.stderr
    out.write(correcting.difference(data, fixed.data, shortened))
    out.flush()
    if not asked.yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            remark(f"{shortened}: nothing was written; --yes writes these corrections ({fixed.made})")
            return report
        sys.stderr.write(f"write these corrections ({fixed.made}) to {shortened}? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "o", "oui"):
            remark("nothing was written")
            return report
    replace_file(Path(file), data, fixed.data)
    remark(f"{shortened}: corrected ({fixed.made})")
    return fixed.report
