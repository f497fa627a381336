"""What `refresh` and `draft` share: getting records from saved files or from the register, politely and visibly."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from myofind.commands.common import evaluation_day
from myofind.diagnostics import InputError, shown
from myofind.domain.dates import first_day
from myofind.domain.trial import Source
from myofind.registers.compare import is_register
from myofind.registers.ctgov import NCT, NotARecord, Record, read_record
from myofind.registers.session import Found
from myofind.registry.forms import Named
from myofind.registry.location import read_input
from myofind.writers.terminal import remark

if TYPE_CHECKING:
    from myofind.registers.candidates import Candidate
    from myofind.registers.client import Client

UNREACHABLE = 4
"""Exit code: the register could not be asked; what was learnt until then is reported, nothing is written."""

CTGOV = Source(
    "ctgov", "ClinicalTrials.gov study records", "U.S. National Library of Medicine", None, None,
    "https://clinicaltrials.gov",
)  # fmt: skip
"""The register itself as a source, where a registry does not declare it yet."""

From = Annotated[
    list[str] | None,
    typer.Option(
        "--from", metavar="FILE|-", help="Saved records instead of the network: JSON, JSON lines, gz, zip, folder."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="The day the data were true, where the input does not say; never later than the day it says.",
    ),
]
SourceId = Annotated[str, typer.Option("--source", metavar="ID", help="The source the input is.")]
SourceTitle = Annotated[
    str | None, typer.Option("--source-title", metavar="TEXT", help="Its title, where the registry lacks it.")
]
SourcePublisher = Annotated[str | None, typer.Option("--source-publisher", metavar="TEXT", help="Its publisher.")]
SourceUrl = Annotated[str | None, typer.Option("--source-url", metavar="URL", help="Its address.")]
At = Annotated[
    str | None, typer.Option("--at", metavar="TEXT", help="The place in the source; {id} is the trial's number.")
]
Base = Annotated[str | None, typer.Option("--base-url", metavar="URL", help="Another address of the API.")]
Agent = Annotated[str | None, typer.Option("--user-agent", metavar="TEXT", help="User-Agent to send; '' sends none.")]
Delay = Annotated[float, typer.Option("--delay", metavar="SECONDS", min=0.0, help="Seconds between two requests.")]
Timeout = Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Seconds an answer may take.")]
Batch = Annotated[int, typer.Option("--batch", metavar="N", min=1, max=100, help="Numbers asked for at once.")]


class Network(NamedTuple):
    """The options of asking the register."""

    base: str | None
    agent: str | None
    delay: float
    timeout: float
    batch: int


class Harvest(NamedTuple):
    """Records, the numbers that gave none, and whether the register stopped answering (`stopped` says how)."""

    found: tuple[Found, ...]
    failed: tuple[tuple[str, str], ...] = ()
    stopped: tuple[str, str] | None = None
    interrupted: bool = False


def editable(path: Path) -> None:
    """Raise InputError for the registry of an installed package: the next installation would replace it."""
    if path.resolve().parent.name == "_data":
        raise InputError("the registry inside an installed package is not for editing", "name yours with --registry")


def day_option(text: str | None, option: str = "--as-of") -> str | None:
    """The day an option names; raises InputError for no day, or one still to come."""
    if text is None:
        return None
    try:
        day = first_day(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise InputError(f"{option} takes a day; found `{shown(text)}`", "write YYYY-MM-DD")
    if day > evaluation_day(None):
        raise InputError(f"{option} {text} lies in the future", "a status is dated by the day it was true")
    return text


def from_files(names: Iterable[str], as_of: str | None) -> Harvest:
    """The records of saved files; of several of one study the one with the newest day counts.

    Raises InputError where a file holds no record, or a record has no day.
    """
    from myofind.registers.saved_records import read_saved

    newest: dict[str, Found] = {}
    failed: list[tuple[str, str]] = []
    undated: list[str] = []
    for name, data, alone in opened(names):
        try:
            saved = read_saved(data, name)
        except InputError as error:
            if alone:
                raise
            failed.append((name, error.message.removeprefix(f"{shown(name, 200)}: ")))
            continue
        failed += [(each.where, each.what) for each in saved.problems]
        if saved.partial:
            remark(f"{shown(name, 200)}: one page of several; the others are not in this file")
        for where, study in saved.studies:
            try:
                record = read_record(study)
            except NotARecord as error:
                failed.append((where, str(error)))
                continue
            own = record.data_day or saved.day
            wrong = _wrong_day(own, record.updated, as_of)
            if wrong:
                failed.append((where, wrong))
            elif own is None and as_of is None:
                undated.append(record.nct)
            else:
                fresh = Found(record.nct, record, own or as_of or "", Path(name).name if name != "-" else None)
                before = newest.get(record.nct)
                if before is None or (fresh.day, record.updated or "") >= (before.day, before.record.updated or ""):
                    newest[record.nct] = fresh
    if undated:
        more = f" and {len(undated) - 1} more" if len(undated) > 1 else ""
        raise InputError(
            f"{undated[0]}{more}: the input does not tell on which day its data were true", "say it: --as-of YYYY-MM-DD"
        )
    return Harvest(tuple(newest.values()), tuple(failed))


def _wrong_day(own: str | None, updated: str | None, as_of: str | None) -> str:
    """Why the day of a record cannot be believed; empty where it can.

    The day a record tells of its data is never overruled by `--as-of`, and a later `--as-of` would make an old record new.
    """
    if own is not None and first_day(own) > evaluation_day(None) + timedelta(days=1):
        return f"its data are of {own}, which is still to come"
    if own is not None and as_of is not None and as_of > own:
        return f"its data are of {own}; --as-of {as_of} would make them newer than they are"
    if own is None and as_of is not None and updated is not None and updated > as_of:
        return f"it was updated on {updated}, after --as-of {as_of}"
    return ""


def opened(names: Iterable[str]) -> Iterable[tuple[str, bytes, bool]]:
    """Each file with its content, and whether it was named itself rather than found in a folder."""
    from myofind.registers.saved_records import MAX_TOTAL

    for name in names:
        if name == "-" or not os.path.isdir(name):
            yield name, read_input(name, MAX_TOTAL), True
            continue
        try:
            inside = sorted(str(one) for one in Path(name).glob("*.json") if one.is_file())
        except OSError as error:
            raise InputError(f"cannot read `{shown(name, 200)}`: {error.strerror or error}") from error
        if not inside:
            raise InputError(f"`{shown(name, 200)}` is a folder without .json files")
        for one in inside:
            yield one, read_input(one, MAX_TOTAL), False


def from_register(numbers: list[str], network: Network, as_of: str | None) -> Harvest:
    """The records of numbers, asked from the register; what was learnt before a failure is kept."""
    from myofind.registers import client as http

    talk, progress = _client(network)
    found: list[Found] = []
    failed: list[tuple[str, str]] = []
    stopped: tuple[str, str] | None = None
    interrupted = False
    try:
        day = _checked_day(talk.data_day(), as_of)
        for answer in talk.studies(numbers):
            if isinstance(answer, http.Failure):
                failed.append((answer.asked, answer.reason))
                continue
            one = _record_of(answer.study)
            if isinstance(one, str):
                failed.append((answer.asked, one))
            else:
                found.append(Found(answer.asked, one, day, None))
    except http.Unreachable as error:
        stopped = (error.message, error.hint)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        progress.done()
    return Harvest(tuple(found), tuple(failed), stopped, interrupted)


def read_records(name: str, data: bytes) -> Harvest:
    """Every record of one saved file, whatever its day; the day is empty where neither record nor file tells it."""
    from myofind.registers.saved_records import read_saved

    saved = read_saved(data, name)
    found: list[Found] = []
    failed = [(problem.where, problem.what) for problem in saved.problems]
    for where, study in saved.studies:
        record = _record_of(study)
        if isinstance(record, str):
            failed.append((where, record))
        else:
            found.append(Found(record.nct, record, record.data_day or saved.day or "", name))
    return Harvest(tuple(found), tuple(failed))


def searched(network: Network, since: str | None) -> tuple[list[Candidate], str | None, tuple[str, str] | None]:
    """What the register finds, the day of its data, and what stopped the search, if anything did."""
    from myofind.registers import client as http
    from myofind.registers.discovery import ClinicalTrialsGov

    talk, progress = _client(network)
    candidates: list[Candidate] = []
    day: str | None = None
    try:
        day = _checked_day(talk.data_day(), None)
        for candidate in ClinicalTrialsGov(talk, day).changed(since):
            candidates.append(candidate)
    except http.Unreachable as error:
        return candidates, None, (error.message, error.hint)
    except (http.Refused, http.GaveUp) as error:
        return candidates, None, (str(error), f"try again later, or {http.OFFLINE}")
    except KeyboardInterrupt:
        return candidates, None, ("interrupted", "what was found until then is above")
    finally:
        progress.done()
    return candidates, day, None


def _client(network: Network) -> tuple[Client, Progress]:
    """A conversation with the register, and where it tells how far it is."""
    from myofind.registers import client as http

    progress = Progress()
    base = network.base or http.BASE
    agent = http.AGENT if network.agent is None else network.agent
    return http.Client(
        http.Settings(base, agent, network.delay, network.timeout, network.batch), progress.tell
    ), progress


def _record_of(study: dict[str, Any]) -> Record | str:
    try:
        return read_record(study)
    except NotARecord as error:
        return str(error)


def _checked_day(text: str, as_of: str | None) -> str:
    """The day of the register's data; raises InputError for no day, one still to come, or one before `--as-of`."""
    try:
        first_day(text)
    except ValueError:
        raise InputError(
            f"the register dates its data `{shown(text)}`, which is no day",
            "save the records, and use --from with --as-of",
        ) from None
    wrong = _wrong_day(text, None, as_of)
    if wrong:
        raise InputError(
            f"the register's answer is not believed: {wrong}", "leave out --as-of" if as_of else "try again later"
        )
    return text


def nct_number(text: str) -> str:
    """A number as the register writes it; raises InputError for anything else."""
    number = text.strip().upper()
    if not NCT.fullmatch(number):
        raise InputError(f"`{shown(text)}` is not an NCT number", "an NCT number is NCT and 8 digits")
    return number


def declared(known: dict[str, Source], wanted: Source) -> dict[str, Source]:
    """The source to add to the header, if any; raises InputError where a new one has no title."""
    name = wanted.id
    if name in known:
        return {}
    if not Named.name_pattern.fullmatch(name):
        raise InputError(f"--source takes a short name; found `{shown(name)}`", "write lower case, digits and hyphens")
    if wanted.title:
        return {name: wanted}
    if name == CTGOV.id:
        return {name: CTGOV}
    near = ", ".join(f"`{one.id}`" for one in known.values() if is_register(one)) or "none is ClinicalTrials.gov's"
    raise InputError(
        f"the registry declares no source `{shown(name)}`",
        f'declare it with --source-title "…", or name one that is there: {near}',
    )


class Progress:
    """On a terminal one line that is overwritten; elsewhere only what is worth a line."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.shown = 0

    def tell(self, text: str) -> None:
        text = shown(text, 300)
        if text.startswith("asking for "):
            if self.live:
                sys.stderr.write("\r" + text.ljust(self.shown))
                sys.stderr.flush()
                self.shown = len(text)
            return
        self.done()
        remark(text)

    def done(self) -> None:
        if self.shown:
            sys.stderr.write("\r" + " " * self.shown + "\r")
            self.shown = 0
