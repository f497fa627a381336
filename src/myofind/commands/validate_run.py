"""One run of `validate`: the files read and checked, reported in a format, and with --fix corrected."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from myofind.commands.common import FINDINGS, OK, chosen_format, tell
from myofind.diagnostics import Diagnostic, InputError, shown
from myofind.language import Words, spoken, worded
from myofind.records import NamedTuple
from myofind.writers.terminal import coloured, remark, screen_room

if TYPE_CHECKING:
    from myofind.checks.fix import Fixed
    from myofind.checks.report_cache import Kept
    from myofind.checks.rule import Stage
    from myofind.checks.run import Report
    from myofind.registry.read import ReadRegistry

STDIN = "<stdin>"
_MOST_READ = 256 * 1024 * 1024
"""More than a registry may have, so that a longer one is a finding like others; beyond this it is not read at all."""
_YES = frozenset({"y", "yes", "o", "oui"})


class Asked(NamedTuple):
    """The options of one run; `names` are the rules to apply, none for all, `old` an earlier version in `old_file`."""

    day: date
    form: str
    names: frozenset[str] | None
    strict: bool
    fix: bool
    yes: bool
    old: bytes | None
    old_file: str
    release: bool


def about_rules(name: str | None, form: str) -> int:
    """Print every rule, or all about one."""
    from myofind.checks.table import RULES, rule_named
    from myofind.writers import findings as screen

    chosen_format(form, ("text", "json"))
    wanted = RULES if name is None else (rule_named(name),)
    if form == "json":
        sys.stdout.write(screen.rule_json(wanted))
    else:
        sys.stdout.write(screen.rule_list(wanted, screen_room()) if name is None else screen.rule_page(wanted[0]))
    return OK


def checked_day(day: date) -> date:
    """The evaluation day; raises InputError for one of another century."""
    if not 1900 <= day.year <= 2100:
        message = (
            f"the day {day.isoformat()} is not between 1900 and 2100",
            f"le jour {day.isoformat()} n'est pas entre 1900 et 2100",
        )
        raise InputError(message)
    return day


def rule_names(select: list[str] | None, ignore: list[str] | None) -> frozenset[str] | None:
    """The rules to apply; None for all."""
    if not select and not ignore:
        return None
    from myofind.checks.table import BY_NAME, rule_named

    def several(words: list[str] | None) -> list[str]:
        return [rule_named(part.strip()).name for word in words or () for part in word.split(",") if part.strip()]

    chosen = frozenset(several(select)) if select else frozenset(BY_NAME)
    if not chosen:
        message = ("--select names no rule", "--select ne nomme aucune règle")
        raise InputError(message, ("`validate --rules` lists them", "`validate --rules` en donne la liste"))
    return chosen - frozenset(several(ignore))


def files_named(paths: list[str] | None, registry: str | None) -> list[str]:
    """The files to check, as one would type them from here."""
    from myofind.registry.location import registry_path

    if paths and registry is not None:
        message = ("both PATH and --registry are given", "PATH et --registry sont donnés tous deux")
        raise InputError(message, ("name the files as PATH", "nommer les fichiers sans --registry"))
    files = paths or [_short(registry_path(registry))]
    if not paths and registry is None:
        _tell_of_another(registry_path(None))
    if files.count("-") > 1:
        raise InputError(("standard input (-) is named twice", "l'entrée standard (-) est nommée deux fois"))
    return in_folders(files)


def in_folders(files: list[str]) -> list[str]:
    """The files named; of a folder its registry."""
    return [_short(Path(file, "trials.yaml")) if file != "-" and Path(file).is_dir() else file for file in files]


def _tell_of_another(checked: Path) -> None:
    """Say that the folder one stands in has a registry of its own, where none was named and another file is checked."""
    here = Path("data", "trials.yaml")
    if here.is_file() and here.resolve() != checked.resolve():
        remark(
            (
                f"{here} in this folder is another file: `myofind validate {here}` checks it",
                f"{here} de ce dossier est un autre fichier : `myofind validate {here}` le vérifie",
            )
        )


def _short(path: Path) -> str:
    """A path as one would type it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def content_of(file: str) -> bytes:
    """The content of a file or of standard input."""
    from myofind.registry.location import read_input

    if file != "-" and not Path(file).exists():
        hint = (
            "name a YAML file such as data/trials.yaml, or -",
            "nommer un fichier YAML, par exemple data/trials.yaml, ou -",
        )
        raise InputError((f"no file at `{shown(file, 200)}`", f"aucun fichier à `{shown(file, 200)}`"), hint)
    return read_input(file, _MOST_READ)


def report_on(files: list[str], asked: Asked) -> int:
    """Check the files and report every finding; the exit code."""
    from myofind.writers import findings as screen

    every: list[Diagnostic] = []
    trials = 0
    for file in files:
        found, source = _checked(file, asked)
        trials += found.trials
        every += found.findings
        if asked.form == "text" and found.findings:
            sys.stdout.write(screen.text(found.findings, source, colour=coloured()))
    if asked.form == "json":
        sys.stdout.write(screen.as_json(every))
    elif asked.form == "github":
        sys.stdout.write(screen.github(every))
    elif asked.form == "sarif":
        from myofind.checks.table import RULES

        sys.stdout.write(screen.sarif(every, RULES))
    errors, warnings = screen.counted(every)
    if asked.form in ("text", "github"):
        totals = (
            _number(trials, ("trial", "essai")),
            _number(errors, ("error", "erreur")),
            _number(warnings, ("warning", "avertissement")),
        )
        one = f"{_named(files[0])}{worded((':', ' :'))} " if len(files) == 1 else ""
        remark(one + ", ".join(totals))
    return FINDINGS if errors or (asked.strict and warnings) else OK


def _number(count: int, what: Words) -> str:
    if spoken() == "fr":
        return f"{count} {worded(what)}{'s' if count > 1 else ''}"
    return f"{count:,} {worded(what)}{'' if count == 1 else 's'}"


def _checked(file: str, asked: Asked) -> tuple[Kept, str]:
    """The report on a file, or that of an earlier run on the same bytes, day and rules; and the file's text."""
    from myofind.checks import report_cache as kept

    data = content_of(file)
    name = _named(file)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    stage: Stage = "release" if asked.release else "shipped" if _is_shipped(file) else "editing"
    told = (asked.day.isoformat(), stage, *sorted(asked.names or ("*",)))
    key = kept.key_of(data, name, *told, old=asked.old)
    known = None if asked.fix else kept.recall(key)
    if known is None:
        from myofind.checks.run import check
        from myofind.registry.compiled import usable
        from myofind.registry.read import read_registry

        old = usable(asked.old, _named(asked.old_file)) if asked.old is not None else None
        report = check(read_registry(data, name), asked.day, old=old, names=asked.names, stage=stage)
        if asked.fix:
            report = _fix(file, data, report, asked, old)
            text = report.read.document.text
        known = kept.Kept(report.findings, len(report.read.entries))
        if not asked.fix:
            kept.keep(key, known)
    return known, text


def _named(file: str) -> str:
    """What a file is called in messages."""
    return STDIN if file == "-" else shown(file, 200)


def _is_shipped(file: str) -> bool:
    """Whether a file is the registry that is shipped with the program."""
    from myofind.registry.location import shipped_file

    return file != "-" and os.path.realpath(file) == shipped_file()


# Correcting ------------------------------------------------------------------------------------------------------------


def _fix(file: str, data: bytes, report: Report, asked: Asked, old: ReadRegistry | None) -> Report:
    """Show the corrections and write them: with --yes, or when a person at the terminal agrees."""
    from myofind.checks import fix as correcting
    from myofind.files.atomic_write import replace_file

    if file == "-":
        message = (
            "--fix writes files; standard input is none",
            "--fix écrit des fichiers ; l'entrée standard n'en est pas un",
        )
        raise InputError(message, ("name the file", "nommer le fichier"))
    fixed = _corrected(data, report, asked, old)
    if not fixed.made or fixed.data == data:
        tell(file, ("nothing to correct safely", "rien à corriger à coup sûr"))
        return report
    out = sys.stdout if asked.form == "text" else sys.stderr
    out.write(correcting.difference(data, fixed.data, shown(file, 200)))
    out.flush()
    if not asked.yes and not _agreed(file, fixed.made):
        return report
    replace_file(Path(file), data, fixed.data)
    tell(file, (f"corrected ({fixed.made})", f"corrigé ({fixed.made})"))
    return fixed.report


def _corrected(data: bytes, report: Report, asked: Asked, old: ReadRegistry | None) -> Fixed:
    """The file with every safe correction, carried over to the newest form where it has an older one."""
    from myofind.checks import fix as correcting
    from myofind.checks.run import check
    from myofind.checks.table import BY_NAME
    from myofind.editing.migrate import migrated
    from myofind.registry.read import read_registry

    names = asked.names if asked.names is not None else frozenset(BY_NAME)
    fixed = correcting.fix(data, report, asked.day, old=old, names=names)
    carried = migrated(fixed.report.read, fixed.data)
    if carried == fixed.data:
        return fixed
    start = check(read_registry(carried, report.read.document.file), asked.day, old=old, names=asked.names)
    again = correcting.fix(carried, start, asked.day, old=old, names=names)
    return again._replace(made=fixed.made + 1 + again.made)


def _agreed(file: str, made: int) -> bool:
    """Whether a person at the terminal agrees that the corrections are written."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        refused = (
            f"nothing was written; --yes writes these corrections ({made})",
            f"rien n'a été écrit ; --yes écrit ces corrections ({made})",
        )
        tell(file, refused)
        return False
    name = shown(file, 200)
    question = (
        f"write these corrections ({made}) to {name}? [y/N] ",
        f"écrire ces corrections ({made}) dans {name} ? [o/N] ",
    )
    sys.stderr.write(worded(question))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in _YES:
        return True
    remark(("nothing was written", "rien n'a été écrit"))
    return False
