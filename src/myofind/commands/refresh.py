"""`myofind refresh`: what changed at ClinicalTrials.gov since each fact was recorded, as an edit to review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from myofind.commands import complete, fetching, options
from myofind.commands.common import FINDINGS, INTERRUPTED, OK, choice, chosen_format, guarded, print_report
from myofind.commands.fetching import UNREACHABLE, Harvest, Network, declared
from myofind.diagnostics import shown
from myofind.domain.trial import Source
from myofind.editing.yaml_text import Value
from myofind.files.atomic_write import replace_file
from myofind.registers import applying
from myofind.registers.ctgov import ADDRESS
from myofind.registers.session import Session, Terms, numbers
from myofind.registry.compiled import unusable
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import ReadRegistry, read_registry, source_of, trials_of
from myofind.report.refresh import RefreshReport
from myofind.writers.refresh import changelog_line
from myofind.writers.terminal import remark

if TYPE_CHECKING:
    from myofind.words.wording import Lang


def command(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these trials; default all.")] = None,
    saved: fetching.From = None,
    write: Annotated[bool, typer.Option("--write", help="Write the proposal into the registry file.")] = False,
    only_drift: Annotated[
        bool, typer.Option("--only-drift", help="Leave out trials whose status is only confirmed on a later day.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 where anything drifted or was not found.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also write facts a recorded conflict holds back.")] = False,
    texts_read: Annotated[
        bool, typer.Option("--texts-read", help="The changed criteria, titles and conditions have been read.")
    ] = False,
    as_of: fetching.AsOf = None,
    source: fetching.SourceId = "ctgov",
    source_title: fetching.SourceTitle = None,
    source_publisher: fetching.SourcePublisher = None,
    source_url: fetching.SourceUrl = None,
    at: fetching.At = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORM",
            help="table, json or markdown.",
            autocompletion=complete.words("table", "json", "markdown"),
        ),
    ] = "table",
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
    batch: fetching.Batch = 50,
    lang: options.Language = "en",
) -> None:
    """Compare the registry with ClinicalTrials.gov, fact by fact; write it only on --write.

    Exit codes: 0 compared, 1 drift (--strict), 2 unusable input, 4 the register could not be asked.
    """

    def work() -> int:
        chosen_format(form, ("table", "json", "markdown"))
        language = cast("Lang", choice(lang, options.LANGUAGES, "--lang"))
        day = fetching.day_option(as_of)
        path = registry_path(registry)
        if write:
            fetching.editable(path)
        data = read_bytes(path)
        read = read_registry(data, shown(str(path), 200))
        if read.errors:
            raise unusable(read.errors)
        known = {key: source_of(key, value) for key, value in read.header["sources"].items()}
        new = declared(known, Source(source, source_title, source_publisher, day, None, source_url))
        place = at or (ADDRESS if source == "ctgov" else "{file}, {id}")
        terms = Terms(source, place, force, texts_read, only_drift)
        session = Session(trials_of(read), {**known, **new}, terms)
        asked = session.asked(ids or [])
        if saved:
            harvest = fetching.from_files(saved, day)
        else:
            network = Network(base_url, user_agent, delay, timeout, batch)
            harvest = fetching.from_register([numbers(trial)[0] for trial in asked], network, day)
        met = session.meet(asked, harvest.found)
        whole = harvest.stopped is None and not harvest.interrupted
        outcome = RefreshReport(
            registry={key: read.header[key] for key in ("name", "version", "as_of")},
            source=source,
            proposals=met.proposals,
            names={trial.id: trial.name for trial in session.trials},
            read=met.read,
            failed=(*harvest.failed, *_missing(met.absent, harvest, bool(ids))),
            absent=0 if ids else len(set(met.absent) - {number for number, _ in harvest.failed}),
            unlisted=met.unlisted,
            complete=whole,
        )
        if write and whole:
            outcome = _write(path, data, read, session, outcome, new)
        print_report(form, "refresh", outcome, language)
        sys.stdout.flush()
        return _code(harvest, outcome, strict)

    guarded(work)


def _write(
    path: Path, data: bytes, read: ReadRegistry, session: Session, outcome: RefreshReport, new: dict[str, Source]
) -> RefreshReport:
    """Write what can be written, in one step; gives back the outcome with what was done."""
    declare = {name: _plain(one) for name, one in new.items()}
    result = applying.apply(read, outcome.proposals, session.again, declare=declare)
    if result.changed:
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        replace_file(path, data, mark + result.data)
        remark(f"{shown(str(path), 200)}: facts up to {result.as_of}")
        remark(f"for the changelog: {changelog_line(outcome, result.changed)}")
    return outcome._replace(written=result.changed, refused=result.refused)


def _plain(source: Source) -> dict[str, Value]:
    return {key: value for key, value in source._asdict().items() if key != "id" and value}


def _missing(absent: tuple[str, ...], harvest: Harvest, named: bool) -> tuple[tuple[str, str], ...]:
    """Trials asked for by name that got no answer of any kind."""
    told = {number for number, _ in harvest.failed}
    if not named or harvest.stopped or harvest.interrupted:
        return ()
    return tuple((one, "the input has no record of it") for one in absent if one not in told)


def _code(harvest: Harvest, outcome: RefreshReport, strict: bool) -> int:
    """The exit code; what kept the register from being asked comes last, where it is seen."""
    if harvest.stopped:
        remark(f"myofind: {harvest.stopped[0]}")
        remark(f"  help: {harvest.stopped[1]}")
        return UNREACHABLE
    if harvest.interrupted:
        remark("interrupted: nothing was written")
        return INTERRUPTED
    drifted = any(one.drift for one in outcome.proposals)
    return FINDINGS if strict and (drifted or outcome.failed or outcome.refused) else OK
