"""`myofind match`: which trials could this patient join, and why."""

from typing import Annotated

import typer

from myofind.commands import complete, options
from myofind.commands.common import guarded
from myofind.commands.match_run import TABLE_LIMIT, request_of, run


def command(
    subtype: options.Subtypes = None,
    age: options.Age = None,
    birth_date: options.BirthDate = None,
    antibody: options.Antibodies = None,
    country: options.Countries = None,
    sex: options.Sex = None,
    onset: options.Onset = None,
    ild: options.Ild = None,
    refractory: options.Refractory = None,
    fact: options.Facts = None,
    treatment: options.Treatments = None,
    profile: options.ProfileFile = None,
    everything: Annotated[bool, typer.Option("--all", help="Every trial of the registry, excluded ones too.")] = False,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATE",
            help="Only this state: open, upcoming, by_invitation, closed, unknown, or a register status; repeatable.",
            autocompletion=complete.statuses,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Every criterion of every trial listed, with the source of the rule.")
    ] = False,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not",
            metavar="ID|ACRONYM",
            help="One trial in full: required, found, outcome, source.",
            autocompletion=complete.trials,
        ),
    ] = None,
    letter: Annotated[
        str | None,
        typer.Option(
            "--letter",
            metavar="ID|ACRONYM",
            help="A letter to the centre of one trial, in plain text, without identifier.",
            autocompletion=complete.trials,
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="FACT=VALUE",
            help="Verdicts that flip, and why: mda5=positive, age=18; several are supposed together.",
            autocompletion=complete.supposed,
        ),
    ] = None,
    also_as: Annotated[
        list[str] | None,
        typer.Option(
            "--also-as",
            metavar="SUBTYPE",
            help="What would open under another subtype; repeatable.",
            autocompletion=complete.subtypes,
        ),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Trials that fail exactly one criterion, by what can be done.")
    ] = False,
    studies: Annotated[bool, typer.Option("--studies", help="Every registry and observational study.")] = False,
    explain_order: Annotated[
        bool, typer.Option("--explain-order", help="The rule by which trials are ordered, and nothing else.")
    ] = False,
    cohort: Annotated[
        str | None,
        typer.Option(
            "--cohort",
            metavar="FILE.csv|.jsonl|-",
            help="Many patients, one a row: a table, a matrix (csv) or JSON lines.",
        ),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option("--id-column", metavar="NAME", help="The column of --cohort that names a row (default: id)."),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop --cohort at the first bad row.")] = False,
    exact: options.Exact = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=0, help=f"Most rows (a table has {TABLE_LIMIT} unless --all is asked; 0: no limit)."
        ),
    ] = None,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> None:
    """Which trials could this patient join, where, why, why not, and how sure are we."""
    values = locals()
    guarded(lambda: run(request_of(values)))
