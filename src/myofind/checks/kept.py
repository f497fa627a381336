"""A report kept from an earlier run on the same bytes, day, rules and program: asking again costs a look-up.

Nothing is skipped: what is kept is the outcome of all checks. Any change of the file, of the day, of the options, or
of a file of the program makes another key. The files lie in the user's cache folder, may be deleted at any time, and
are simply not used where they cannot be read, were damaged, or belong to somebody else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from myofind import __version__
from myofind.diagnostics import Diagnostic, Position
from myofind.registry.locate import cache_folder

_MOST = 16
_PACKAGE = Path(__file__).resolve().parent.parent


class Kept(NamedTuple):
    """The findings of a file, and how many trials it holds."""

    findings: tuple[Diagnostic, ...]
    trials: int


def key_of(data: bytes, *parts: str, old: bytes | None = None) -> str:
    """The key of a run: the content, everything the run was told, and the program itself."""
    digest = sha256(data)
    digest.update(b"\0" + (sha256(old).digest() if old is not None else b""))
    digest.update("\0".join((__version__, *parts, *_program())).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _program() -> Iterable[str]:
    """The files of the program, by size and time."""
    found = []
    folders = [str(_PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name not in ("__pycache__", "_data"):
                        folders.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    status = entry.stat()
                    found.append(f"{entry.path}:{status.st_size}:{status.st_mtime_ns}")
    return sorted(found)


def _file(key: str) -> Path | None:
    folder = cache_folder()
    return folder / f"report-{key[:48]}.json" if folder else None


def recall(key: str) -> Kept | None:
    """The kept report, or none."""
    file = _file(key)
    if file is None:
        return None
    try:
        with open(file, "rb") as stream:
            if hasattr(os, "getuid") and os.fstat(stream.fileno()).st_uid != os.getuid():
                return None
            check, _, body = stream.read().partition(b"\n")
        if check.decode() != sha256(key.encode() + body).hexdigest():
            return None
        plain: dict[str, Any] = json.loads(body)
        findings = tuple(
            Diagnostic(rule, severity, name, Position(*at), trial, tuple(path), message, hint)
            for rule, severity, name, at, trial, path, message, hint in plain["findings"]
        )
        return Kept(findings, plain["trials"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(key: str, report: Kept) -> None:
    """Keep a report; where that cannot be done, nothing happens."""
    file = _file(key)
    if file is None:
        return
    with suppress(OSError, ValueError):
        body = json.dumps(report._asdict(), ensure_ascii=True, separators=(",", ":")).encode()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = f"{file}.{os.getpid()}.new"
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(sha256(key.encode() + body).hexdigest().encode() + b"\n" + body)
            os.replace(new, file)
        finally:
            with suppress(OSError):
                os.unlink(new)
        older = sorted(file.parent.glob("report-*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in older[_MOST:]:
            one.unlink(missing_ok=True)
