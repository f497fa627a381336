"""`myofind diff OLD NEW`: what changed between two versions of the registry, and for a patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from typer import Argument

from myofind.asking.patient_table import read_cohort
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.commands import options
from myofind.commands.cohort import opened
from myofind.commands.common import bounded_lines, exits, language_and_day, name_of, print_report
from myofind.commands.match_run import with_profile
from myofind.commands.options import Text, option
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Patient
from myofind.language import Lang
from myofind.registry.compiled import usable
from myofind.registry.location import read_bytes
from myofind.registry.versions import Version
from myofind.report.comparison import comparison
from myofind.writers.terminal import remark

FORMATS = ("table", "markdown", "json", "html")


@exits
def command(
    old: Annotated[str, Argument(metavar="OLD", help="The earlier registry file.")],
    new: Annotated[str, Argument(metavar="NEW", help="The later registry file.")],
    profile: Annotated[
        Text, option("--profile -p", "Facts of a patient: which verdicts flip, and why.", "FILE")
    ] = None,
    cohort: Annotated[
        Text, option("--cohort", "Patients, one a row (.csv or .jsonl): which verdicts flip for how many.", "FILE")
    ] = None,
    id_column: Annotated[
        Text, option("--id-column", "With --cohort: the column that names the patient.", "NAME")
    ] = None,
    form: Annotated[str, options.form_option(FORMATS)] = "table",
    on: options.On = None,
    lang: options.Language = "en",
) -> int:
    """Show what changed between two versions. Trials added and retired, statuses moved, criteria changed."""
    language, day = language_and_day(lang, form, on, FORMATS)
    versions = _version(old), _version(new)
    patient = _patient(profile, day) if profile is not None else None
    if cohort is None and id_column is not None:
        raise InputError(("--id-column goes with --cohort", "--id-column va avec --cohort"))
    patients = None if cohort is None else _patients(cohort, day, id_column, language)
    return print_report(form, "comparison", comparison(*versions, patient, day, patients), language)


def _version(file: str) -> Version:
    """A version that can be read; raises UnusableFile where it has errors."""
    path = Path(file) / "trials.yaml" if Path(file).is_dir() else Path(file)
    if not path.exists():
        raise InputError(
            (f"no registry at `{shown(file, 200)}`", f"aucun registre à `{shown(file, 200)}`"),
            ("name two YAML files, the earlier first", "nommer deux fichiers YAML, le plus ancien d'abord"),
        )
    read = usable(read_bytes(path), shown(str(path), 200))
    return Version(
        read.header,
        {plain["id"]: plain for plain in read.plain},
        {trial.id: trial for trial in read.registry().trials},
    )


def _patient(profile: str, day: date) -> Patient:
    understood = understand(with_profile(Typed(), profile), day)
    for note in understood.notes:
        remark(note)
    return understood.patient


def _patients(file: str, day: date, id_column: str | None, lang: Lang) -> Iterator[tuple[str, Patient]]:
    """The patients of a table; a row that cannot be read is told and left out."""
    name = name_of(file)
    with opened(file) as lines:
        for row in read_cohort(bounded_lines(lines), name, day, id_column=id_column, lang=lang):
            if row.patient is not None:
                yield row.id, row.patient
            elif row.problem is not None:
                remark(f"{shown(name, 200)}:{row.line}: {row.problem.message}")
