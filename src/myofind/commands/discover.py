"""`myofind discover`: studies at the registers that the registry lacks, and why each was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from myofind.commands import fetching, options
from myofind.commands.common import FORMATS, OK, evaluation_day, exits, language_and_format, tell
from myofind.commands.fetching import Target, editable, nct_number, target
from myofind.commands.harvest import checked_day, code_of, conversation, opened, records, saved_in
from myofind.commands.options import Text, Texts, option
from myofind.diagnostics import InputError
from myofind.language import Words
from myofind.registers import discovery
from myofind.registers.discovery import Candidate, Discovery, memory_path, of_record, read_memory, write_memory
from myofind.registers.drafting import draft_lines
from myofind.registers.failures import Failed
from myofind.registers.proposals import Seen
from myofind.registers.tables import is_table, read_table
from myofind.registers.transport import Settings
from myofind.registry.location import registry_path
from myofind.writers.terminal import remark, screen_room
from myofind.writers.work_lists import studies_lacking


@exits
def command(
    saved: fetching.From = None,
    since: Annotated[
        Text, option("--since", "Only records changed since; default: since the last search.", "DAY")
    ] = None,
    everything: Annotated[bool, option("--all", "Whenever they were changed.")] = False,
    baskets: Annotated[bool, option("--baskets", "Also autoimmune baskets that name no disease.")] = False,
    closed: Annotated[bool, option("--closed", "Also studies nobody can join any more.")] = False,
    draft: Annotated[bool, option("--draft", "Print entries to paste, of studies whose record was read.")] = False,
    decline: Annotated[Texts, option("--decline", "Never show this study again; needs --reason.", "NCT")] = None,
    reason: Annotated[Text, option("--reason", "Why it does not belong here.", "TEXT")] = None,
    write: Annotated[bool, option("--write", "Remember the day of this search for the next one.")] = False,
    form: options.Format = "table",
    lang: options.Language = "en",
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
) -> int:
    """Find studies at ClinicalTrials.gov that are missing here. Studies of myositis, each with why it was found.

    Those declined are kept in declined.txt beside the registry. Exit codes: 0 searched, 2 unusable input, 4 the register
    could not be asked.
    """
    language = language_and_format(lang, form, FORMATS)
    if decline:
        return _decline(registry_path(registry), decline, reason)
    network, changed = Settings(base_url, user_agent, delay, timeout, 1), fetching.day_option(since, "--since")
    file = target(registry)
    found, day, stopped = _search(file, saved, network, changed, everything)
    shown = studies_lacking(form, found, language, baskets=baskets, closed=closed, room=screen_room())
    sys.stdout.write(_drafts(found) if draft else shown)
    if write and day and stopped is None:
        _remember(file, day)
    return OK if stopped is None else code_of(stopped)


def _search(
    file: Target, saved: Texts, network: Settings, changed: Text, everything: bool
) -> tuple[Discovery, Text, Failed | None]:
    """Search the records changed since a day, whenever they were, or since the last search.

    What the registry lacks, the day of the register's data, and what stopped the search, if anything did.
    """
    memory = read_memory(memory_path(file.path))
    since = None if everything else changed or (None if saved else memory.searched)
    candidates, day, stopped = (list(_from_files(saved)), None, None) if saved else _searched(network, since)
    return discovery.discover(candidates, file.known, memory.declined, since), day, stopped


def _searched(network: Settings, since: Text) -> tuple[list[Candidate], Text, Failed | None]:
    """What the register finds, the day of its data, and what stopped the search, if anything did."""
    candidates: list[Candidate] = []
    above = ("interrupted: what was found until then is above", "interrompu : ce qui a été trouvé est plus haut")
    with conversation(network, above) as (talk, stopped):
        day = checked_day(talk.data_day(), None)
        for candidate in discovery.changed(talk, day, since):
            candidates.append(candidate)
    return (candidates, None, stopped[0]) if stopped else (candidates, day, None)


def _remember(file: Target, day: str) -> None:
    """Remember the day of a search for the next one."""
    editable(file.path)
    path = memory_path(file.path)
    write_memory(path, read_memory(path)._replace(searched=day))


def _decline(path: Path, decline: list[str], reason: str | None) -> int:
    """Keep that some studies do not belong here, and why."""
    if not reason or not reason.strip():
        raise InputError(
            ("--decline needs a reason", "--decline demande une raison"),
            ('write --reason "why it does not belong here"', 'écrire --reason "pourquoi elle n\'a pas sa place ici"'),
        )
    editable(path)
    memory = read_memory(memory_path(path))
    why = discovery.Declined(evaluation_day(None).isoformat(), " ".join(reason.split()))
    fresh = {nct_number(one): why for one in decline}
    write_memory(memory_path(path), memory._replace(declined={**memory.declined, **fresh}))
    listed = ", ".join(decline)
    tell(str(memory_path(path)), (f"{listed} declined", f"{listed} : {'écartées' if len(decline) > 1 else 'écartée'}"))
    return OK


def _from_files(names: list[str]) -> Iterator[Candidate]:
    """The studies of saved records and of tables."""
    for name, data, alone in opened(names):
        if is_table(data):
            yield from read_table(data, name)
            continue
        failed: list[tuple[str, Words]] = []
        saved = saved_in(name, data, alone, failed)
        for _, record in records(saved, failed):
            yield of_record(record, record.data_day or saved.day)
        for where, what in failed:
            tell(where, what)


def _drafts(found: Discovery) -> str:
    """Entries of the studies whose whole record was read; of the others their number is told."""
    bare, entries = [], []
    for study in found.studies:
        record, day = study.candidate.record, study.candidate.day
        if record is None or day is None:
            bare.append(study.candidate.number)
            continue
        seen = Seen(day, "ctgov", f"https://clinicaltrials.gov/study/{record.nct}")
        entries.append("".join(f"{line}\n" for line in draft_lines(record, seen)))
    if bare:
        listed, draft = ", ".join(bare), f"`myofind draft {bare[0]}`"
        english = f"only a row of a table was read of {listed}: {draft} asks the register"
        french = f"seule une ligne de tableau a été lue de {listed} : {draft} interroge le registre public"
        remark((english, french))
    return "\n".join(entries)
