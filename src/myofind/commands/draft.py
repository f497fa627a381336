"""`myofind draft`: a new entry of the registry from a register's record, for a curator to decide and complete."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from myofind.commands import fetching, options
from myofind.commands.common import FINDINGS, INTERRUPTED, OK, guarded
from myofind.commands.fetching import UNREACHABLE, Network, declared
from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Source
from myofind.files.atomic_write import replace_file
from myofind.registers.ctgov import ADDRESS
from myofind.registers.drafting import draft_lines, whole_file
from myofind.registers.proposals import Seen
from myofind.registers.session import Found, numbers
from myofind.registry.compiled import unusable
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import ReadRegistry, read_registry, source_of, trials_of
from myofind.writers.terminal import remark


def command(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[NCT]...", help="Numbers of the studies.")] = None,
    saved: fetching.From = None,
    write: Annotated[
        bool, typer.Option("--write", help="Add the drafts to the registry file, in their places.")
    ] = False,
    whole: Annotated[bool, typer.Option("--whole", help="Print a complete registry file of the drafts.")] = False,
    as_of: fetching.AsOf = None,
    source: fetching.SourceId = "ctgov",
    source_title: fetching.SourceTitle = None,
    source_publisher: fetching.SourcePublisher = None,
    source_url: fetching.SourceUrl = None,
    at: fetching.At = None,
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
    batch: fetching.Batch = 50,
) -> None:
    """Start a new entry from a ClinicalTrials.gov record.

    What is certain is filled in; what a curator must decide is marked in comments with the words of the criteria.
    Exit codes: 0 drafted, 1 some numbers gave no record, 2 unusable input, 4 the register could not be asked.
    """

    def work() -> int:
        day = fetching.day_option(as_of)
        wanted = [fetching.nct_number(one) for one in ids or []]
        if not wanted and not saved:
            raise InputError(
                ("no study is named", "aucune étude n'est nommée"),
                (
                    "for example `myofind draft NCT05523167`, or --from FILE",
                    "par exemple `myofind draft NCT05523167`, ou --from FICHIER",
                ),
            )
        path = registry_path(registry)
        if write:
            fetching.editable(path)
        data = read_bytes(path)
        read = read_registry(data, shown(str(path), 200))
        if read.errors:
            raise unusable(read.errors)
        known = {key: source_of(key, value) for key, value in read.header["sources"].items()}
        new = declared(known, Source(source, source_title, source_publisher, day, None, source_url))
        if saved:
            harvest = fetching.from_files(saved, day)
        else:
            network = Network(base_url, user_agent, delay, timeout, batch)
            harvest = fetching.from_register(wanted, network, day)
        found = _chosen(harvest.found, wanted)
        there = {number for trial in trials_of(read) for number in numbers(trial)}
        place = at or (ADDRESS if source == "ctgov" else "{file}, {id}")
        known_ones = [one.record.nct for one in found if one.record.nct in there]
        for number in known_ones:
            remark(f"{number} is in the registry already; `myofind refresh {number}` compares it")
        if not wanted:
            found = [one for one in found if one.record.nct not in there]
        drafts = [(one.record.nct, draft_lines(one.record, _seen(one, source, place))) for one in found]
        missing = [(one, "the input has no record of it") for one in wanted if one not in {f.asked for f in found}]
        failed = [*harvest.failed, *(one for one in missing if one[0] not in dict(harvest.failed))]
        for where, what in failed if not harvest.stopped else harvest.failed:
            remark(f"{shown(where, 200)}: {shown(what, 200)}")
        if write:
            fresh = [(number, lines) for number, lines in drafts if number not in there]
            newest = max((one.day for one in found), default="")
            _add(path, data, read, fresh, {**new}, newest)
        else:
            entries = [lines for _, lines in drafts]
            newest = max((one.day for one in found), default="")
            lines = whole_file(entries, {**known, **new}[source], newest) if whole and found else _spaced(entries)
            sys.stdout.write("".join(line + "\n" for line in lines))
        if harvest.stopped:
            remark(f"myofind: {harvest.stopped[0]}")
            remark(f"  help: {harvest.stopped[1]}")
            return UNREACHABLE
        if harvest.interrupted:
            remark("interrupted")
            return INTERRUPTED
        return FINDINGS if failed else OK

    guarded(work)


def _seen(one: Found, source: str, place: str) -> Seen:
    at = place.replace("{id}", one.record.nct).replace("{file}", one.place or "standard input")
    return Seen(one.day, source, at)


def _chosen(found: tuple[Found, ...], wanted: list[str]) -> list[Found]:
    """The records of the numbers asked for, each once; all where none was named."""
    chosen: dict[str, Found] = {}
    for one in found:
        asked = next((n for n in (one.asked, one.record.nct, *one.record.aliases) if n in wanted), None)
        if asked or not wanted:
            chosen.setdefault(one.record.nct, one._replace(asked=asked or one.asked))
    return sorted(chosen.values(), key=lambda one: one.record.nct)


def _spaced(entries: list[list[str]]) -> list[str]:
    return [line for place, lines in enumerate(entries) for line in (*([""] if place else []), *lines)]


def _add(
    path: Path,
    data: bytes,
    read: ReadRegistry,
    drafts: list[tuple[str, list[str]]],
    new: dict[str, Source],
    newest: str,
) -> None:
    from myofind.registers.applying import add_entries

    if not drafts:
        remark("nothing to add")
        return
    declare = {
        name: {key: value for key, value in one._asdict().items() if key != "id" and value} for name, one in new.items()
    }
    result = add_entries(read, drafts, declare, newest)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    replace_file(path, data, mark + result)
    remark(f"{shown(str(path), 200)}: {len(drafts)} drafts added: {', '.join(number for number, _ in drafts)}")
