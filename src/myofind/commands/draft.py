"""`myofind draft`: a new entry of the registry from a register's record, for a curator to decide and complete."""

from __future__ import annotations

import re
import sys
from typing import Annotated
from urllib.parse import urlsplit

from typer import Argument

from myofind.commands import fetching, options
from myofind.commands.common import FINDINGS, OK, choice, evaluation_day, exits, tell
from myofind.commands.fetching import Target, declared, target
from myofind.commands.harvest import RecordsFrom, code_of
from myofind.commands.options import Text, Texts, option
from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Source
from myofind.language import LANGUAGES
from myofind.registers.applying import add_entries
from myofind.registers.drafting import between, blank_lines, draft_lines, is_entry_id, whole_file
from myofind.registers.proposals import Seen
from myofind.registers.session import Found
from myofind.registers.transport import Settings
from myofind.writers.terminal import remark


@exits
def command(
    ids: Annotated[Texts, Argument(metavar="[NCT]...", help="Numbers of the studies.")] = None,
    saved: fetching.From = None,
    page: Annotated[
        Text, option("--page", "A study known only from this page: an entry to fill in, citing it.", "URL")
    ] = None,
    extends: Annotated[Texts, option("--extends", "With --page: the parent of an extension.", "ID")] = None,
    write: Annotated[bool, option("--write", "Add the drafts to the registry file, in their places.")] = False,
    whole: Annotated[bool, option("--whole", "Print a complete registry file of the drafts.")] = False,
    as_of: fetching.AsOf = None,
    source: fetching.SourceId = "ctgov",
    source_title: fetching.SourceTitle = None,
    source_publisher: fetching.SourcePublisher = None,
    source_url: fetching.SourceUrl = None,
    at: fetching.At = None,
    lang: options.Language = "en",
    registry: options.Registry = None,
    base_url: fetching.Base = None,
    user_agent: fetching.Agent = None,
    delay: fetching.Delay = 1.2,
    timeout: fetching.Timeout = 30.0,
    batch: fetching.Batch = 50,
) -> int:
    """Start a new entry from a ClinicalTrials.gov record.

    What is certain is filled in; what a curator must decide is marked in comments with the words of the criteria.
    Exit codes: 0 drafted, 1 some numbers gave no record, 2 unusable input, 4 the register could not be asked.
    """
    choice(lang, LANGUAGES, "--lang")
    file = target(registry, write=write)
    cited = Source(source, source_title, source_publisher, fetching.day_option(as_of), url=source_url)
    if page is not None or extends:
        return _blank(ids or [], page or "", cited, tuple(extends or ()), file, write)
    given = RecordsFrom(saved, cited, at, Settings(base_url, user_agent, delay, timeout, batch))
    return _draft(_wanted(ids, saved), given, file, write=write, whole=whole)


def _blank(ids: list[str], page: str, source: Source, parents: tuple[str, ...], file: Target, write: bool) -> int:
    """An entry to fill in, of a study that has no record but a page; raises InputError where it, or its page, is not named."""
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", page):
        raise InputError(
            ("an entry to fill in cites a page", "une entrée à remplir cite une page"),
            ("write --page https://…, the whole address", "écrire --page https://…, l'adresse entière"),
        )
    if len(ids) != 1 or not is_entry_id(ids[0]):
        named = ", ".join(f"`{shown(one)}`" for one in ids)
        english = f"--page takes one id, a register's number or a slug; found {named or 'none'}"
        hint = "for example `myofind draft ibmr-yale --page https://…`"
        raise InputError(
            (english, f"--page admet un identifiant, numéro de registre ou nom court ; trouvé {named or 'aucun'}"),
            (hint, "par exemple `myofind draft ibmr-yale --page https://…`"),
        )
    day, name = source.date or evaluation_day(None).isoformat(), source.id
    host = urlsplit(page).netloc.lower().removeprefix("www.").partition(":")[0]
    if name == "ctgov" and not host.endswith("clinicaltrials.gov"):
        name = re.sub(r"[^a-z0-9]+", "-", host).strip("-")
    home = "{0.scheme}://{0.netloc}/".format(urlsplit(page))
    cited = source._replace(id=name, title=source.title or host, date=None, url=source.url or home)
    entries = {ids[0]: blank_lines(ids[0], Seen(day, name, page), parents)}
    _put(entries, day, file, declared(file.sources, cited), write, None)
    return OK


def _draft(wanted: list[str], given: RecordsFrom, file: Target, *, write: bool, whole: bool) -> int:
    """Draft entries, print them or add them to the file; the exit code."""
    new = declared(file.sources, given.source)
    harvest = given.harvest(wanted)
    found = _chosen(harvest.found, wanted, file.known)
    answered = {one.asked for one in found}
    failed = harvest.failures(one for one in wanted if one not in answered)
    for where, what in failed:
        tell(where, what)
    entries = {one.record.nct: draft_lines(one.record, one.seen) for one in found}
    newest = max((one.seen.day for one in found), default="")
    _put(entries, newest, file, new, write, {**file.sources, **new}[given.source.id] if whole else None)
    return code_of(harvest.stopped) if harvest.stopped else FINDINGS if failed else OK


def _wanted(ids: list[str] | None, saved: list[str] | None) -> list[str]:
    """The numbers asked for; raises InputError where nothing at all is."""
    if not ids and not saved:
        hint = "for example `myofind draft NCT05523167`, or --from FILE"
        raise InputError(
            ("no study is named", "aucune étude n'est nommée"),
            (hint, "par exemple `myofind draft NCT05523167`, ou --from FICHIER"),
        )
    return [fetching.nct_number(one) for one in ids or []]


def _chosen(every: tuple[Found, ...], wanted: list[str], known: frozenset[str]) -> list[Found]:
    """The records of the numbers asked for, each once; all that the registry has no trial of where none was named."""
    chosen: dict[str, Found] = {}
    for one in every:
        asked = next((n for n in (one.asked, one.record.nct, *one.record.aliases) if n in wanted), None)
        if asked or not wanted:
            chosen.setdefault(one.record.nct, one._replace(asked=asked or one.asked))
    for number in sorted(chosen.keys() & known):
        compare = f"`myofind refresh {number}`"
        english = f"{number} is in the registry already; {compare} compares it"
        remark((english, f"{number} est déjà dans le registre ; {compare} l'y compare"))
    return [one for number, one in sorted(chosen.items()) if wanted or number not in known]


def _put(
    entries: dict[str, list[str]], day: str, file: Target, new: dict[str, Source], write: bool, source: Source | None
) -> None:
    """Add the entries to the registry, or print them: as they are, or as a whole file of a source."""
    if not write:
        listed = list(entries.values())
        lines = whole_file(listed, source, day) if source and listed else between(listed)
        sys.stdout.write("".join(line + "\n" for line in lines))
        return
    fresh = {number: lines for number, lines in entries.items() if number not in file.known}
    if not fresh:
        remark(("nothing to add", "rien à ajouter"))
        return
    file.write(add_entries(file.read, fresh, new, day))
    many, named = len(fresh), ", ".join(fresh)
    added = f"{many} {'brouillons ajoutés' if many > 1 else 'brouillon ajouté'}"
    tell(file.name, (f"{many} {'drafts' if many > 1 else 'draft'} added: {named}", f"{added} : {named}"))
