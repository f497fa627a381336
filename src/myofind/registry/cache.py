"""Files kept between runs: what was worked out once is not worked out again for the same input and program.

They lie in the user's cache folder, each under the hash of all it depends on, and may be deleted at any time. One that
is missing, damaged or somebody else's is as good as none; where nothing can be written nothing is kept, and nobody is
told. A file is complete or not there (atomic rename), so that several processes may keep the same one at once.
"""

from __future__ import annotations

import os
import stat
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from myofind import __version__

StrPath = str | os.PathLike[str]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_UNFINISHED = ".new-"
_DAY = 24 * 60 * 60


def cache_folder() -> str | None:
    """Where files are kept; none where there is no home."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if base and os.path.isabs(base):
        return os.path.join(base, "myofind")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "myofind") if os.path.isabs(home) else None


def content_hash(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal.

    `hashlib` loads OpenSSL, which takes longer than hashing a small file with the interpreter's own code; for a large
    file OpenSSL is faster.
    """
    if len(data) < 2_000_000:
        for module in ("_sha2", "_sha256"):
            with suppress(ImportError):
                return str(import_module(module).sha256(data).hexdigest())
    from hashlib import sha256

    return sha256(data).hexdigest()


LARGE = 100_000
"""From so many bytes on it takes less time to read what was noted of a file than the file itself."""
_SETTLED = 5
"""Seconds after which a change of a file shows in its times, however coarse a file system keeps them."""


def seen(path: StrPath) -> str | None:
    """What tells this state of a large file from any other without reading it; none where its times do not tell for sure.

    The same file is unchanged while its size and times are: the time of its last change is the system's own, nobody sets it.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    young = time.time() - max(status.st_mtime, status.st_ctime) < _SETTLED
    if os.name == "nt" or not stat.S_ISREG(status.st_mode) or status.st_size < LARGE or young:
        return None
    told = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return f"seen-{'-'.join(map(str, told))}"


def program_stamp(*folders: str) -> str:
    """What tells one state of the program from another: its version, and its files by size and time.

    Looks into the folders named (below the package, `""` is the package itself), not into those below them; without
    any, at the whole program.
    """
    found = sorted(_files(folders or ("",), deep=not folders))
    return "\n".join((__version__, *found))


def _files(folders: tuple[str, ...], *, deep: bool) -> Iterator[str]:
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        with suppress(OSError), os.scandir(os.path.join(_PACKAGE, folder)) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith((".py", ".json", ".txt")):
                    status = entry.stat()
                    yield f"{folder}/{name}:{status.st_size}:{status.st_mtime_ns}"
                elif deep and name not in ("__pycache__", "_data") and entry.is_dir():
                    waiting.append(os.path.join(folder, name))


def keep(name: str, data: bytes, most: int) -> None:
    """Keep bytes under a file name; of the files with the same first word (up to `-`) the `most` newest stay."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError, ValueError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        unfinished = os.path.join(folder, f"{_UNFINISHED}{os.urandom(8).hex()}")
        with open(unfinished, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            try:
                new.write(_check(name, data) + b"\n" + data)
                new.close()
                os.replace(unfinished, os.path.join(folder, name))
            except BaseException:
                with suppress(OSError):
                    os.unlink(unfinished)
                raise
        _prune(folder, name.partition("-")[0], most)


def _prune(folder: str, kind: str, most: int) -> None:
    """Remove the oldest files of a kind, and what a run that was killed left behind."""
    with os.scandir(folder) as entries:
        changed = [(entry.stat().st_mtime, entry.name) for entry in entries]
    of_kind = sorted((kept for kept in changed if kept[1].startswith(f"{kind}-")), reverse=True)
    late = time.time() - _DAY
    left = [kept for kept in changed if kept[1].startswith(_UNFINISHED) and kept[0] < late]
    for _, name in (*of_kind[most:], *left):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))


def recall(name: str) -> memoryview | None:
    """The bytes kept under a file name, not copied; none where they are missing, damaged, no file or not the user's own."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        handle = os.open(
            os.path.join(folder, name), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
                return None
            whole = stream.read()
    except (OSError, ValueError):
        return None
    after = whole.find(b"\n") + 1
    data = memoryview(whole)[after:]
    return data if whole[:after] == _check(name, data) + b"\n" else None


def _check(name: str, data: bytes | memoryview) -> bytes:
    return b"%08x" % zlib.crc32(data, zlib.crc32(name.encode("utf-8", "surrogateescape")))
