"""What `refresh`, `draft` and `discover` share: where records come from, how they are cited, and the file they are for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from myofind.commands.common import evaluation_day
from myofind.commands.options import Text, Texts, option
from myofind.diagnostics import InputError, shown
from myofind.domain.dates import first_day
from myofind.domain.trial import Source
from myofind.files.atomic_write import replace_file
from myofind.records import NamedTuple
from myofind.registers.compare import is_register
from myofind.registers.ctgov import NCT
from myofind.registers.record_values import whole_day
from myofind.registers.session import numbers
from myofind.registry.compiled import usable
from myofind.registry.forms import Named
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import ReadRegistry, source_of

CTGOV = Source(
    "ctgov", "ClinicalTrials.gov study records", "U.S. National Library of Medicine", None, None,
    "https://clinicaltrials.gov",
)  # fmt: skip
"""The register itself as a source, where a registry does not declare it yet."""


_FROM = "Saved records instead of the network: JSON, JSON lines, gz, zip, folder."
From = Annotated[Texts, option("--from", _FROM, "FILE|-")]
_AS_OF = "The day the data were true, where the input does not say; never later than the day it says."
AsOf = Annotated[Text, option("--as-of", _AS_OF, "DAY")]
SourceId = Annotated[str, option("--source", "The source the input is.", "ID")]
SourceTitle = Annotated[Text, option("--source-title", "Its title, where the registry lacks it.", "TEXT")]
SourcePublisher = Annotated[Text, option("--source-publisher", "Its publisher.", "TEXT")]
SourceUrl = Annotated[Text, option("--source-url", "Its address.", "URL")]
At = Annotated[Text, option("--at", "The place in the source; {id} is the trial's number.", "TEXT")]
Base = Annotated[Text, option("--base-url", "Another address of the API.", "URL")]
Agent = Annotated[Text, option("--user-agent", "User-Agent to send; '' sends none.", "TEXT")]
Delay = Annotated[float, option("--delay", "Seconds between two requests.", "SECONDS", min=0.0)]
Timeout = Annotated[float, option("--timeout", "Seconds an answer may take.", "SECONDS", min=0.1)]
Batch = Annotated[int, option("--batch", "Numbers asked for at once.", "N", min=1, max=100)]


def day_option(text: str | None, option: str = "--as-of") -> str | None:
    """The day an option names; raises InputError for no day, or one still to come."""
    if text is None:
        return None
    if whole_day(text) is None:
        raise InputError(
            (f"{option} takes a day; found `{shown(text)}`", f"{option} admet un jour ; trouvé `{shown(text)}`"),
            ("write YYYY-MM-DD", "écrire AAAA-MM-JJ"),
        )
    if first_day(text) > evaluation_day(None):
        raise InputError(
            (f"{option} {text} lies in the future", f"{option} {text} est dans l'avenir"),
            ("a status is dated by the day it was true", "un état est daté du jour où il était vrai"),
        )
    return text


def nct_number(text: str) -> str:
    """A number as the register writes it; raises InputError for anything else."""
    number = text.strip().upper()
    if not NCT.fullmatch(number):
        raise InputError(
            (f"`{shown(text)}` is not an NCT number", f"`{shown(text)}` n'est pas un numéro NCT"),
            ("an NCT number is NCT and 8 digits", "un numéro NCT est NCT et 8 chiffres"),
        )
    return number


def declared(known: dict[str, Source], wanted: Source) -> dict[str, Source]:
    """The source to add to the header, if any; raises InputError where a new one has no title."""
    name = wanted.id
    if name in known:
        return {}
    if not Named.name_pattern.fullmatch(name):
        english = f"--source takes a short name; found `{shown(name)}`"
        hint = "write lower case, digits and hyphens"
        raise InputError(
            (english, f"--source admet un nom court ; trouvé `{shown(name)}`"),
            (hint, "écrire des minuscules, des chiffres et des traits d'union"),
        )
    if wanted.title:
        return {name: wanted}
    if name == CTGOV.id:
        return {name: CTGOV}
    near = ", ".join(f"`{one.id}`" for one in known.values() if is_register(one))
    there = (near, near) if near else ("none is ClinicalTrials.gov's", "aucune n'est de ClinicalTrials.gov")
    english = f"the registry declares no source `{shown(name)}`"
    hint = f'declare it with --source-title "…", or name one that is there: {there[0]}'
    raise InputError(
        (english, f"le registre ne déclare pas de source `{shown(name)}`"),
        (hint, f'la déclarer avec --source-title "…", ou en nommer une qui y est : {there[1]}'),
    )


# The registry file ----------------------------------------------------------------------------------------------------


class Target(NamedTuple):
    """The registry file a command works on: its path, bytes, what was read, and its sources."""

    path: Path
    data: bytes
    read: ReadRegistry
    sources: dict[str, Source]

    @property
    def name(self) -> str:
        """The path in a message."""
        return shown(str(self.path), 200)

    @property
    def known(self) -> frozenset[str]:
        """Every id of a trial, and every NCT number."""
        return frozenset(one for trial in self.read.trials() for one in (trial.id, *numbers(trial)))

    def write(self, content: bytes) -> None:
        """Put new content in the place of the old, a byte order mark kept."""
        mark = b"\xef\xbb\xbf" if self.data.startswith(b"\xef\xbb\xbf") else b""
        replace_file(self.path, self.data, mark + content)


def target(registry: str | None, *, write: bool = False) -> Target:
    """The registry file; raises InputError where it has errors, or where it is to be written and cannot be."""
    path = registry_path(registry)
    if write:
        editable(path)
    data = read_bytes(path)
    read = usable(data, shown(str(path), 200))
    return Target(path, data, read, {key: source_of(key, value) for key, value in read.header["sources"].items()})


def editable(path: Path) -> None:
    """Raise InputError for the registry of an installed package: the next installation would replace it."""
    if path.resolve().parent.name == "_data":
        english = "the registry inside an installed package is not for editing"
        raise InputError(
            (english, "le registre d'un paquet installé n'est pas à changer"),
            ("name yours with --registry", "nommer le vôtre avec --registry"),
        )
