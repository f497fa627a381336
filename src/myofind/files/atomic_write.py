"""A file is the old one or the new one, never a mixture, whenever the program is stopped."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from myofind.diagnostics import InputError, reason_of, shown

try:
    import fcntl
except ImportError:  # not a Unix: what a killed run left is known by its age alone
    fcntl = None  # type: ignore[assignment]  # a module, or nothing

_ABANDONED = 2.0, 24 * 60 * 60.0
"""Seconds after which an unfinished file nobody holds counts as left behind: where locks exist, and where not."""


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Put new bytes in place of those that were read.

    The new file is written beside the old one, flushed to the disk and renamed over it, with the old one's owner and mode; a
    symbolic link stays one. Where a rename would take the file from its hard links or its owner, the bytes are written into
    the old file instead, while the whole new one lies beside it. Raises InputError, with the old file untouched, where it
    changed meanwhile, is read-only or cannot be written.
    """
    target = path.resolve()
    name = shown(str(path), 200)
    try:
        before = target.stat()
        if not before.st_mode & 0o222:
            raise InputError(
                (
                    f"`{name}` is read-only; nothing was changed",
                    f"`{name}` est en lecture seule ; rien n'a été changé",
                ),
                (f"allow it first: chmod u+w {name}", f"le permettre d'abord : chmod u+w {name}"),
            )
        _clean(target)
        with NamedTemporaryFile(
            "wb", dir=target.parent, prefix=f".{target.name}.", suffix=".new", delete=False
        ) as file:
            try:
                _hold(file.fileno())
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
                shutil.copymode(target, file.name)
                if target.read_bytes() != old:
                    raise InputError(
                        (
                            f"`{name}` was changed by somebody else meanwhile; nothing was written",
                            f"`{name}` a été changé par quelqu'un d'autre entre-temps ; rien n'a été écrit",
                        ),
                        ("run again", "relancer la commande"),
                    )
                if before.st_nlink == 1 and _owned_alike(file.name, before):
                    os.replace(file.name, target)
                else:
                    _rewrite(target, new)
                    os.unlink(file.name)
            except BaseException:
                with suppress(OSError):
                    os.unlink(file.name)
                raise
        _flush_folder(target.parent)
    except OSError as error:
        why = reason_of(error)
        message = (
            f"cannot write `{name}`: {why[0]}; nothing was changed",
            f"`{name}` ne peut être écrit : {why[1]} ; rien n'a été changé",
        )
        raise InputError(message) from error


def _owned_alike(name: str, before: os.stat_result) -> bool:
    """Give a file the owner and group of another; whether that was possible."""
    own = os.stat(name)
    if (own.st_uid, own.st_gid) == (before.st_uid, before.st_gid):
        return True
    try:
        os.chown(name, before.st_uid, before.st_gid)
        os.chmod(name, before.st_mode & 0o7777)  # a change of owner takes special bits away
    except (OSError, AttributeError):
        return False
    return True


def _rewrite(target: Path, new: bytes) -> None:
    with target.open("r+b") as stream:
        stream.write(new)
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())


def _hold(handle: int) -> bool:
    """Mark an unfinished file as somebody's; whether nobody else holds it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clean(target: Path) -> None:
    """Remove the unfinished files of runs that were killed."""
    late = time.time() - _ABANDONED[0 if fcntl else 1]
    for left in target.parent.glob(f".{target.name}.*.new"):
        with suppress(OSError), left.open("rb") as stream:
            if left.stat().st_mtime < late and _hold(stream.fileno()):
                left.unlink()


def _flush_folder(folder: Path) -> None:
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
