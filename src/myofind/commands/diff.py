"""`myofind diff OLD NEW`: what changed between two versions of the registry, and for a patient."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from myofind.commands import complete, options
from myofind.commands.common import OK, chosen_format, evaluation_day, guarded, print_report
from myofind.diagnostics import InputError, shown

if TYPE_CHECKING:
    from myofind.domain.patient import Patient
    from myofind.registry.versions import Version

FORMATS = ("table", "markdown", "json")


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier registry file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later registry file.")],
    profile: Annotated[
        str | None,
        typer.Option("--profile", "-p", metavar="FILE", help="Facts of a patient: which verdicts flip, and why."),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORM",
            help="table, markdown or json.",
            autocompletion=complete.words("table", "markdown", "json"),
        ),
    ] = "table",
    on: options.On = None,
) -> None:
    """What changed between two versions: trials added and retired, statuses moved, criteria changed."""

    def work() -> int:
        chosen_format(form, FORMATS)
        day = evaluation_day(on)
        from myofind.report.comparison import comparison

        versions = _version(old), _version(new)
        patient = _patient(profile, day) if profile is not None else None
        print_report(form, "comparison", comparison(*versions, patient, day), "en")
        return OK

    guarded(work)


def _version(file: str) -> Version:
    """A version that can be read; raises UnusableFile where it has errors."""
    from myofind.registry.compiled import unusable
    from myofind.registry.location import read_bytes
    from myofind.registry.read import read_registry
    from myofind.registry.versions import Version

    path = Path(file) / "trials.yaml" if Path(file).is_dir() else Path(file)
    if not path.is_file():
        raise InputError(f"no registry at `{shown(file, 200)}`", "name two YAML files, the earlier first")
    read = read_registry(read_bytes(path), shown(str(path), 200))
    if read.errors:
        raise unusable(read.errors)
    return Version(
        read.header,
        {plain["id"]: plain for plain in read.plain},
        {trial.id: trial for trial in read.registry().trials},
    )


def _patient(profile: str, day: date) -> Patient:
    from myofind.asking.profile import MAX_PROFILE, read_profile, understand
    from myofind.registry.location import read_input
    from myofind.writers.terminal import remark

    data = read_input(profile, MAX_PROFILE)
    understood = understand(read_profile(data, "standard input" if profile == "-" else profile), day)
    for note in understood.notes:
        remark(note)
    return understood.patient
