"""`myofind match`: which trials could this patient join, and why."""

from typing import Annotated

from myofind.commands import complete, options
from myofind.commands.common import guarded
from myofind.commands.match_run import TABLE_LIMIT, request_of, run
from myofind.commands.options import STATES, Text, Texts, option

WHY_NOT = "One trial in full: required, found, outcome, source."
LETTER = "A letter to the centre of one trial, in plain text, without identifier."
WHAT_IF = "Verdicts that flip, and why: mda5=positive, age=18; several are supposed together."
ALSO_AS = "What would open under another subtype; repeatable."
LIMIT = f"Most rows (a table has {TABLE_LIMIT} unless --all is asked; 0: no limit)."


def command(
    subtypes: options.Subtypes = None,
    age: options.Age = None,
    birth_date: options.BirthDate = None,
    antibodies: options.Antibodies = None,
    countries: options.Countries = None,
    sex: options.Sex = None,
    onset: options.Onset = None,
    ild: options.Ild = None,
    refractory: options.Refractory = None,
    facts: options.Facts = None,
    treatments: options.Treatments = None,
    profile: options.ProfileFile = None,
    everything: Annotated[bool, option("--all", "Every trial of the registry, excluded ones too.")] = False,
    status: Annotated[Texts, option("--status", f"Only this state: {STATES}", "STATE", complete.statuses)] = None,
    explain: Annotated[
        bool, option("--explain", "Every criterion of every trial listed, with the source of the rule.")
    ] = False,
    why_not: Annotated[Text, option("--why-not", WHY_NOT, "ID|ACRONYM", complete.trials)] = None,
    letter: Annotated[Text, option("--letter", LETTER, "ID|ACRONYM", complete.trials)] = None,
    what_if: Annotated[Texts, option("--what-if", WHAT_IF, "FACT=VALUE", complete.supposed)] = None,
    also_as: Annotated[Texts, option("--also-as", ALSO_AS, "SUBTYPE", complete.subtypes)] = None,
    near: Annotated[bool, option("--near", "Trials that fail exactly one criterion, by what can be done.")] = False,
    studies: Annotated[bool, option("--studies", "Every registry and observational study.")] = False,
    explain_order: Annotated[
        bool, option("--explain-order", "The rule by which trials are ordered, and nothing else.")
    ] = False,
    cohort: Annotated[
        Text,
        option("--cohort", "Many patients, one a row: a table, a matrix (csv) or JSON lines.", "FILE.csv|.jsonl|-"),
    ] = None,
    id_column: Annotated[
        Text, option("--id-column", "The column of --cohort that names a row (default: id).", "NAME")
    ] = None,
    fail_fast: Annotated[bool, option("--fail-fast", "Stop --cohort at the first bad row.")] = False,
    exact: options.Exact = False,
    limit: Annotated[int | None, option("--limit", LIMIT, min=0)] = None,
    on: options.On = None,
    form: options.PageFormat = "table",
    lang: options.Language = "en",
    no_pager: options.NoPager = False,
    registry: options.Registry = None,
) -> None:
    """Find the trials that a patient could join. Where, why, why not, and how sure that is."""
    values = locals()
    guarded(lambda: run(request_of(values)))
