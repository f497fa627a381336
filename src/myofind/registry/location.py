"""Which registry file answers: `--registry`, else `MYOFIND_REGISTRY`, else the one that came with the program.

And how files and standard input are read: with a limit, and with a message where that cannot be done.
"""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from myofind.diagnostics import InputError, shown, unreadable
from myofind.registry.cache import StrPath

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "MYOFIND_REGISTRY"
_PIECE = 1024 * 1024


def registry_path(option: str | None = None) -> Path:
    """The file to read, as `registry_file` finds it."""
    from pathlib import Path  # what an answer needs is in strings: loading paths takes as long as loading the registry

    return Path(registry_file(option))


def registry_file(option: str | None = None) -> str:
    """The file to read.

    A wheel carries the registry inside the package; a checkout, an sdist and an editable install have it in `data/`.
    Raises InputError when there is none.
    """
    chosen, by = (option, "--registry") if option is not None else (os.environ.get(VARIABLE) or None, VARIABLE)
    if chosen is not None:
        path = os.path.join(chosen, "trials.yaml") if os.path.isdir(chosen) else chosen
        if not os.path.exists(path):
            message = (
                f"no registry at `{shown(os.fspath(path), 200)}` ({by})",
                f"aucun registre à `{shown(os.fspath(path), 200)}` ({by})",
            )
            hint = (
                "name a YAML file such as data/trials.yaml",
                "nommer un fichier YAML, par exemple data/trials.yaml",
            )
            raise InputError(message, hint)
        return path
    shipped = shipped_file()
    if shipped is None:
        message = (
            "the registry file is missing from this installation",
            "le fichier du registre manque à cette installation",
        )
        hint = (f"name one with --registry or {VARIABLE}", f"en nommer un avec --registry ou {VARIABLE}")
        raise InputError(message, hint)
    return shipped


def shipped_file(folder: str = "data", name: str = "trials.yaml") -> str | None:
    """The registry, or a file of another folder of the project, that came with the program."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    checkout = os.path.dirname(os.path.dirname(package))
    places = (os.path.join(package, "_data", name), os.path.join(checkout, folder, name))
    return next((path for path in places if os.path.isfile(path)), None)


STANDARD_INPUT = ("standard input", "l'entrée standard")


def read_input(name: str, most: int) -> bytes:
    """The content of a file, or of standard input for `-`.

    Raises InputError where it cannot be read, or has more than `most` bytes; never reads much more than that.
    """
    if name != "-":
        return read_bytes(name, most)
    if sys.stdin is None:
        message = ("cannot read standard input: it is closed", "l'entrée standard est fermée")
        raise InputError(message, ("name a file", "nommer un fichier"))
    try:
        return _up_to(sys.stdin.buffer, most, *STANDARD_INPUT)
    except OSError as error:
        raise InputError(unreadable(*STANDARD_INPUT, error)) from error


def read_bytes(path: StrPath, most: int | None = None) -> bytes:
    """The content of a regular file; raises InputError where it cannot be read, or has more than `most` bytes.

    A device or a pipe may have no end, or nobody at the other one: what is piped is read as `-`.
    """
    name = f"`{shown(os.fspath(path), 200)}`"
    try:
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            message = (f"cannot read {name}: not a regular file", f"{name} ne peut être lu : pas un fichier ordinaire")
            hint = ("name a file, or - for standard input", "nommer un fichier, ou - pour l'entrée standard")
            raise InputError(message, hint)
        with open(path, "rb") as stream:
            return stream.read() if most is None else _up_to(stream, most, name, name)
    except OSError as error:
        raise InputError(unreadable(name, name, error)) from error


def _up_to(stream: BinaryIO, most: int, name: str, fr: str) -> bytes:
    """All of a stream, in pieces, so that room is only taken for what there is."""
    pieces = []
    left = most + 1
    while left:
        wanted = min(left, _PIECE)
        piece = stream.read(wanted)
        pieces.append(piece)
        left -= len(piece)
        if len(piece) < wanted:
            return b"".join(pieces)
    message = (
        f"{name} has more than {most:,} bytes, the most that are read",
        f"{fr} a plus de {most} octets, le plus qui soit lu",
    )
    raise InputError(message)
