"""A file is the old one or the new one, never a mixture, whenever the program is stopped."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from myofind.diagnostics import InputError, shown


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Put new bytes in place of those that were read.

    The new file is written beside the old one, flushed to the disk and renamed over it; a symbolic link stays one.
    Raises InputError, with the old file untouched, where it changed meanwhile or cannot be written.
    """
    target = path.resolve()
    name = shown(str(path), 200)
    try:
        with NamedTemporaryFile(
            "wb", dir=target.parent, prefix=f".{target.name}.", suffix=".new", delete=False
        ) as file:
            try:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
                file.close()
                shutil.copymode(target, file.name)
                if target.read_bytes() != old:
                    raise InputError(
                        f"`{name}` was changed by somebody else meanwhile; nothing was written", "run again"
                    )
                os.replace(file.name, target)
            except BaseException:
                with suppress(OSError):
                    os.unlink(file.name)
                raise
        _flush_folder(target.parent)
    except OSError as error:
        raise InputError(f"cannot write `{name}`: {error.strerror or error}; nothing was changed") from error


def _flush_folder(folder: Path) -> None:
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
