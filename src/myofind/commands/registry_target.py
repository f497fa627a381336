"""The registry file a command works on, and what `refresh`, `draft` and `discover` say and return in the end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from myofind.commands.common import INTERRUPTED
from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Source
from myofind.editing.yaml_text import Value
from myofind.files.atomic_write import replace_file
from myofind.language import Words, worded
from myofind.records import NamedTuple
from myofind.registry.compiled import usable
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import ReadRegistry, source_of
from myofind.writers.terminal import remark

UNREACHABLE = 4
"""Exit code: the register could not be asked; what was learnt until then is reported, nothing is written."""


class Stopped(NamedTuple):
    """What ended a conversation with the register before its end, and what to do about it."""

    words: Words
    hint: Words = ""
    interrupted: bool = False


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
        raise InputError(
            (
                "the registry inside an installed package is not for editing",
                "le registre d'un paquet installé n'est pas à changer",
            ),
            ("name yours with --registry", "nommer le vôtre avec --registry"),
        )


def declaration(new: Mapping[str, Source]) -> dict[str, dict[str, Value]]:
    """Sources as they are declared in the header."""
    return {
        name: {key: value for key, value in one._asdict().items() if key != "id" and value} for name, one in new.items()
    }


def tell(where: str, words: Words) -> None:
    """A remark about a file or a number."""
    remark(f"{shown(where, 200)}{worded((':', ' :'))} {shown(worded(words), 200)}")


def code_of(stopped: Stopped) -> int:
    """Say what stopped the register, last, where it is seen; the exit code."""
    if stopped.interrupted:
        remark(stopped.words)
        return INTERRUPTED
    remark(f"myofind: {worded(stopped.words)}")
    if stopped.hint:
        remark(f"  {worded(('help:', 'aide :'))} {worded(stopped.hint)}")
    return UNREACHABLE
