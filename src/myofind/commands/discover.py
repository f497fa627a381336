"""`myofind discover`: studies at the registers that the registry lacks, and why each was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, cast

import typer

from myofind.commands import fetching, options
from myofind.commands.common import INTERRUPTED, OK, choice, chosen_format, evaluation_day, guarded
from myofind.commands.fetching import UNREACHABLE, Network, nct_number
from myofind.diagnostics import InputError, shown
from myofind.registers.candidates import Candidate, of_record
from myofind.registers.declined import Declined, Memory, memory_path, read_memory, write_memory
from myofind.registers.discovery import Discovery, discover
from myofind.registers.drafting import draft_lines
from myofind.registers.proposals import Seen
from myofind.registers.session import numbers
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry, trials_of
from myofind.words.wording import Lang
from myofind.writers.discovery import text
from myofind.writers.terminal import remark

Decline = Annotated[
    list[str] | None, typer.Option("--decline", metavar="NCT", help="Never show this study again; needs --reason.")
]


def command(
    saved: fetching.From = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Only records changed since; default: since the last search."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Whenever they were changed.")] = False,
    baskets: Annotated[bool, typer.Option("--baskets", help="Also autoimmune baskets that name no disease.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Also studies nobody can join any more.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Print entries to paste, of studies whose record was read.")
    ] = False,
    decline: Decline = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why it does not belong here.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Remember the day of this search for the next one.")] = False,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
) -> None:
    """Find studies of myositis at ClinicalTrials.gov that the registry lacks, each with why it was found.

    Those declined are kept in declined.txt beside the registry. Exit codes: 0 searched, 2 unusable input, 4 the register
    could not be asked.
    """

    def work() -> int:
        chosen_format(form, options.FORMATS)
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        path = registry_path(registry)
        memory = read_memory(memory_path(path))
        if decline:
            return _decline(path, memory, decline, reason)
        day = None if everything else fetching.day_option(since, "--since") or (None if saved else memory.searched)
        known = _known(path)
        network = Network(base_url, user_agent, delay, timeout, 1)
        stopped: tuple[str, str] | None = None
        if saved:
            candidates, searched = list(_from_files(saved)), None
        else:
            candidates, searched, stopped = fetching.searched(network, day)
        found = discover(candidates, known, memory.declined, day)
        if draft:
            _draft(found)
        else:
            sys.stdout.write(text(form, found, language, baskets=baskets, closed=closed))
        if stopped is not None:
            for line in stopped:
                remark(f"myofind: {line}")
            return UNREACHABLE if stopped[0] != "interrupted" else INTERRUPTED
        if write and searched:
            fetching.editable(path)
            write_memory(memory_path(path), memory._replace(searched=searched))
        return OK

    guarded(work)


def _known(path: Path) -> frozenset[str]:
    """Every NCT number the registry has, also under `ids`."""
    from myofind.registry.compiled import unusable

    read = read_registry(read_bytes(path), shown(str(path), 200))
    if read.errors:
        raise unusable(read.errors)
    return frozenset(number for trial in trials_of(read) for number in numbers(trial))


def _decline(path: Path, memory: Memory, decline: list[str], reason: str | None) -> int:
    if not reason or not reason.strip():
        raise InputError("--decline needs a reason", 'write --reason "why it does not belong here"')
    fetching.editable(path)
    day = evaluation_day(None).isoformat()
    why = Declined(day, " ".join(reason.split()))
    write_memory(
        memory_path(path), memory._replace(declined={**memory.declined, **{nct_number(one): why for one in decline}})
    )
    remark(f"{shown(str(memory_path(path)), 200)}: {', '.join(decline)} declined")
    return OK


def _from_files(names: list[str]) -> Iterator[Candidate]:
    """The studies of saved records and of tables."""
    from myofind.registers.tables import is_table, read_table

    for name, data, alone in fetching.opened(names):
        if is_table(data):
            yield from read_table(data, name)
            continue
        try:
            harvest = fetching.read_records(name, data)
        except InputError as error:
            if alone:
                raise
            remark(error.message)
            continue
        for where, what in harvest.failed:
            remark(f"{shown(where, 200)}: {shown(what, 200)}")
        for met in harvest.found:
            yield of_record(met.record, met.day or None)


def _draft(found: Discovery) -> None:
    """Entries of the studies whose whole record was read; of the others their number is told."""
    bare = []
    for place, study in enumerate(found.studies):
        record, day = study.candidate.record, study.candidate.day
        if record is None or day is None:
            bare.append(study.candidate.number)
            continue
        seen = Seen(day, "ctgov", f"https://clinicaltrials.gov/study/{record.nct}")
        sys.stdout.write("".join(f"{line}\n" for line in ([""] if place else []) + draft_lines(record, seen)))
    if bare:
        remark(f"only a row of a table was read of {', '.join(bare)}: `myofind draft {bare[0]}` asks the register")
