"""Records of studies, from saved files or from the register, politely and visibly, and what kept some from being read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from myofind.commands.common import INTERRUPTED, evaluation_day, tell
from myofind.diagnostics import InputError, shown, unreadable
from myofind.domain.dates import first_day
from myofind.domain.trial import Source
from myofind.language import Pair, Words, worded
from myofind.records import NamedTuple
from myofind.registers.client import Client, Failure
from myofind.registers.ctgov import ADDRESS, Record, read_record
from myofind.registers.failures import GaveUp, Refused, Unreachable
from myofind.registers.proposals import Seen
from myofind.registers.record_values import NotARecord, whole_day
from myofind.registers.saved_records import MAX_TOTAL, Saved, Unreadable, read_saved
from myofind.registers.session import Found
from myofind.registers.transport import Settings
from myofind.registry.location import STANDARD_INPUT, read_input
from myofind.writers.terminal import remark

UNREACHABLE = 4
"""Exit code: the register could not be asked; what was learnt until then is reported, nothing is written."""


class Stopped(NamedTuple):
    """What ended a conversation with the register before its end, and what to do about it."""

    words: Words
    hint: Words = ""
    interrupted: bool = False


NO_RECORD = ("the input has no record of it", "l'entrée n'a pas de fiche de cette étude")
_ONE_PAGE = (
    "one page of several; the others are not in this file",
    "une page parmi d'autres ; les autres ne sont pas dans ce fichier",
)


class Harvest(NamedTuple):
    """Records, the numbers that gave none and why, and what stopped the register from answering, if anything did."""

    found: tuple[Found, ...]
    failed: tuple[tuple[str, Words], ...] = ()
    stopped: Stopped | None = None

    def failures(self, absent: Iterable[str]) -> tuple[tuple[str, Words], ...]:
        """What gave no record and why, with the numbers asked for of which nothing was said before the register stopped."""
        told = dict(self.failed)
        silent = () if self.stopped else [(one, NO_RECORD) for one in absent if one not in told]
        return *self.failed, *silent


class RecordsFrom(NamedTuple):
    """Where records come from: saved files or the register, and the source they are of, with the day of their data."""

    saved: list[str] | None
    source: Source
    at: str | None
    """The place in the source, with `{id}` and `{file}` to be filled in."""
    network: Settings

    def harvest(self, numbers: list[str]) -> Harvest:
        """The records: those of the saved files, or those of the numbers from the register."""
        return from_files(self, self.saved) if self.saved else from_register(self, numbers)

    def found(self, asked: str, record: Record, day: str, file: str = STANDARD_INPUT[0]) -> Found:
        """A record as it is cited."""
        at = self.at or (ADDRESS if self.source.id == "ctgov" else "{file}, {id}")
        return Found(asked, record, Seen(day, self.source.id, at.replace("{id}", record.nct).replace("{file}", file)))


def from_files(given: RecordsFrom, names: Iterable[str]) -> Harvest:
    """The records of saved files; of several of one study the one with the newest day counts.

    Raises InputError where a file holds no record, or a record has no day.
    """
    as_of = given.source.date
    newest: dict[str, Found] = {}
    failed: list[tuple[str, Words]] = []
    undated: list[str] = []
    for name, data, alone in opened(names):
        saved = saved_in(name, data, alone, failed)
        if saved.partial:
            tell(name, _ONE_PAGE)
        for where, record in records(saved, failed):
            own = record.data_day or saved.day
            wrong = _wrong_day(own, record.updated, as_of)
            if wrong:
                failed.append((where, wrong))
            elif own is None and as_of is None:
                undated.append(record.nct)
            else:
                file = Path(name).name if name != "-" else STANDARD_INPUT[0]
                fresh = given.found(record.nct, record, own or as_of or "", file)
                before = newest.get(record.nct)
                if before is None or _age(fresh) >= _age(before):
                    newest[record.nct] = fresh
    if undated:
        more = len(undated) - 1
        en, fr = (f" and {more} more", f" et {more} de plus") if more else ("", "")
        english = f"{undated[0]}{en}: the input does not tell on which day its data were true"
        raise InputError(
            (english, f"{undated[0]}{fr} : l'entrée ne dit pas quel jour ses données étaient vraies"),
            ("say it: --as-of YYYY-MM-DD", "le dire : --as-of AAAA-MM-JJ"),
        )
    return Harvest(tuple(newest.values()), tuple(failed))


def _age(one: Found) -> tuple[str, str]:
    return one.seen.day, one.record.updated or ""


def saved_in(name: str, data: bytes, alone: bool, failed: list[tuple[str, Words]]) -> Saved:
    """What a file holds; one of a folder that cannot be read is added to `failed`, one that was named is refused."""
    try:
        return read_saved(data, name)
    except Unreadable as error:
        if alone:
            raise
        failed.append((name, error.what))
        return Saved(())


def _wrong_day(own: str | None, updated: str | None, as_of: str | None) -> Pair | None:
    """Why the day of a record cannot be believed; none where it can.

    The day a record tells of its data is never overruled by `--as-of`, and a later `--as-of` would make an old record new.
    """
    if own is not None and first_day(own) > evaluation_day(None) + timedelta(days=1):
        return f"its data are of {own}, which is still to come", f"ses données sont du {own}, qui n'est pas encore venu"
    if own is not None and as_of is not None and as_of > own:
        return (
            f"its data are of {own}; --as-of {as_of} would make them newer than they are",
            f"ses données sont du {own} ; --as-of {as_of} les dirait plus récentes qu'elles ne sont",
        )
    if own is None and as_of is not None and updated is not None and updated > as_of:
        return (
            f"it was updated on {updated}, after --as-of {as_of}",
            f"elle a été mise à jour le {updated}, après --as-of {as_of}",
        )
    return None


def opened(names: Iterable[str]) -> Iterable[tuple[str, bytes, bool]]:
    """Each file with its content, and whether it was named itself rather than found in a folder."""
    for name in names:
        if name == "-" or not os.path.isdir(name):
            yield name, read_input(name, MAX_TOTAL), True
            continue
        label = f"`{shown(name, 200)}`"
        try:
            inside = _records_in(Path(name), "*.json") or _records_in(Path(name), "*/*.json")
        except OSError as error:
            raise InputError(unreadable(label, label, error)) from error
        if not inside:
            english = f"{label} is a folder without .json files, and so are the folders in it"
            raise InputError(
                (english, f"{label} est un dossier sans fichier .json, et ses sous-dossiers aussi"),
                ("name the folder that holds them", "nommer le dossier qui les contient"),
            )
        for one in inside:
            yield one, read_input(one, MAX_TOTAL), False


def _records_in(folder: Path, pattern: str) -> list[str]:
    """The files of a folder that may be saved records, by name."""
    return sorted(str(one) for one in folder.glob(pattern) if one.is_file())


def from_register(given: RecordsFrom, numbers: list[str]) -> Harvest:
    """The records of numbers, asked from the register; what was learnt before a failure is kept."""
    found: list[Found] = []
    failed: list[tuple[str, Words]] = []
    unwritten = ("interrupted: nothing was written", "interrompu : rien n'a été écrit")
    with conversation(given.network, unwritten) as (talk, stopped):
        day = checked_day(talk.data_day(), given.source.date)
        for answer in talk.studies(numbers):
            record = answer.reason if isinstance(answer, Failure) else _record_of(answer.study)
            if isinstance(record, Record):
                found.append(given.found(answer.asked, record, day))
            else:
                failed.append((answer.asked, record))
    return Harvest(tuple(found), tuple(failed), *stopped)


def records(saved: Saved, failed: list[tuple[str, Words]]) -> Iterator[tuple[str, Record]]:
    """The records of a saved file, each with where it stands; what is none is added to `failed`."""
    failed += saved.problems
    for where, study in saved.studies:
        record = _record_of(study)
        if isinstance(record, Record):
            yield where, record
        else:
            failed.append((where, record))


@contextmanager
def conversation(network: Settings, interrupted: Words) -> Iterator[tuple[Client, list[Stopped]]]:
    """A conversation with the register, and what stopped it, if anything did; how far it is is told meanwhile."""
    progress, stopped = Progress(), list[Stopped]()
    try:
        yield Client(network, progress.tell, passing=progress.passing), stopped
    except (Unreachable, Refused, GaveUp) as error:
        stopped.append(Stopped(error.words, error.hint))
    except KeyboardInterrupt:
        stopped.append(Stopped(interrupted, interrupted=True))
    finally:
        progress.done()


def _record_of(study: dict[str, Any]) -> Record | Pair:
    try:
        return read_record(study)
    except NotARecord as error:
        return error.words


def checked_day(text: str, as_of: str | None) -> str:
    """The day of the register's data; raises InputError for no day, one still to come, or one before `--as-of`."""
    if whole_day(text) is None:
        english = f"the register dates its data `{shown(text)}`, which is no day"
        hint = "save the records, and use --from with --as-of"
        raise InputError(
            (english, f"le registre public date ses données `{shown(text)}`, qui n'est pas un jour"),
            (hint, "enregistrer les fiches, et prendre --from avec --as-of"),
        )
    wrong = _wrong_day(text, None, as_of)
    if wrong:
        english = f"the register's answer is not believed: {wrong[0]}"
        raise InputError(
            (english, f"la réponse du registre public n'est pas crue : {wrong[1]}"),
            ("leave out --as-of", "retirer --as-of") if as_of else ("try again later", "réessayer plus tard"),
        )
    return text


class Progress:
    """On a terminal one line that is overwritten; elsewhere only what is worth a line."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.shown = 0

    def tell(self, words: Words) -> None:
        """Something worth a line."""
        self.done()
        remark(shown(worded(words), 300))

    def passing(self, words: Words) -> None:
        """How far it is, on a terminal only."""
        if self.live:
            text = shown(worded(words), 300)
            sys.stderr.write("\r" + text.ljust(self.shown))
            sys.stderr.flush()
            self.shown = len(text)

    def done(self) -> None:
        if self.shown:
            sys.stderr.write("\r" + " " * self.shown + "\r")
            self.shown = 0


def code_of(stopped: Stopped) -> int:
    """Say what stopped the register, last, where it is seen; the exit code."""
    sys.stdout.flush()
    if stopped.interrupted:
        remark(stopped.words)
        return INTERRUPTED
    remark(f"myofind: {worded(stopped.words)}")
    if stopped.hint:
        remark(f"  {worded(('help:', 'aide :'))} {worded(stopped.hint)}")
    return UNREACHABLE
