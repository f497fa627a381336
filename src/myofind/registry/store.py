"""The registry ready to answer: read once, then kept in compiled form under the hash of its content.

The compiled form is JSON (safe to load), lives in the user's cache folder, is written by atomic rename (safe with two
processes at once), may be deleted at any time, and is simply not used where it cannot be read or written.
"""

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from myofind import __version__, index
from myofind.diagnostics import Diagnostic, UnusableFile, shown
from myofind.registry.locate import cache_folder as cache_folder
from myofind.registry.locate import read_bytes
from myofind.trial import Plain, Source, Trial, from_plain

FORMAT = 1
_KEEP = 6


class Meta(NamedTuple):
    """Which registry an answer came from."""

    name: str
    version: str
    as_of: str
    sha256: str
    sources: tuple[Source, ...]


class Store:
    """A registry file: what it is, its index, and its trials one by one."""

    def __init__(self, path: Path, meta: Meta, table: index.Index, blobs: list[bytes]) -> None:
        self.path = path
        self.meta = meta
        self.index = table
        self._blobs = blobs

    def __len__(self) -> int:
        return len(self._blobs)

    def plain(self, place: int) -> Plain:
        """A trial as an editor writes it."""
        found: Plain = json.loads(self._blobs[place])
        return found

    def trial(self, place: int) -> Trial:
        """A trial."""
        return from_plain(self.plain(place))

    def trials(self) -> Iterator[Trial]:
        """Every trial, in file order."""
        return (self.trial(place) for place in range(len(self)))


def open_store(path: Path) -> Store:
    """The registry at a path; raises UnusableFile with every finding where it has errors."""
    data = read_bytes(path)
    digest = content_hash(data)
    kept = _cache_file(digest)
    if kept:
        found = _load(kept, path, digest)
        if found:
            return found
    return _compile(data, path, digest, kept)


def content_hash(data: bytes) -> str:
    """SHA-256 of a file, in hexadecimal.

    `hashlib` loads OpenSSL, which takes longer than hashing a small file with the interpreter's own code; for a large
    file OpenSSL is faster.
    """
    if len(data) < 2_000_000:
        for module in ("_sha2", "_sha256"):
            with suppress(ImportError):
                return str(import_module(module).sha256(data).hexdigest())
    from hashlib import sha256

    return sha256(data).hexdigest()


def _compile(data: bytes, path: Path, digest: str, kept: Path | None) -> Store:
    from myofind.registry.read import read_registry

    read = read_registry(data, shown(str(path), 200))
    if read.errors:
        raise unusable(read.errors)
    registry = read.registry()
    meta = Meta(registry.name, registry.version, registry.as_of, digest, registry.sources)
    table = index.build(registry.trials)
    blobs = [json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() for plain in read.plain]
    if kept:
        with suppress(OSError, ValueError):
            _save(kept, meta, table, blobs)
    return Store(path, meta, table, blobs)


def unusable(errors: tuple[Diagnostic, ...]) -> UnusableFile:
    """The exception for a registry with errors: the first few findings, and how to see the rest."""
    first = errors[0]
    where = f"{first.file}:{first.position.line}:{first.position.column}"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return UnusableFile(
        f"{where}: {first.message} [{first.rule}]{more}", errors, f"`myofind validate {first.file}` lists every finding"
    )


# The kept form ---------------------------------------------------------------------------------------------------------


def _cache_file(digest: str) -> Path | None:
    folder = cache_folder()
    return folder / f"registry-{FORMAT}-{__version__}-{digest[:40]}.json" if folder else None


def _save(file: Path, meta: Meta, table: index.Index, blobs: list[bytes]) -> None:
    from tempfile import NamedTemporaryFile

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = json.dumps(index.to_json(table), separators=(",", ":")).encode()
    rest = b"".join([body, *blobs])
    head = json.dumps(
        {
            "format": FORMAT,
            "meta": meta,
            "index": len(body),
            "sizes": [len(blob) for blob in blobs],
            "check": zlib.crc32(rest),
        },
        separators=(",", ":"),
    ).encode()
    with NamedTemporaryFile("wb", dir=file.parent, prefix=".new-", delete=False) as new:
        try:
            new.write(head + b"\n" + rest)
            new.close()
            os.replace(new.name, file)
        except BaseException:
            with suppress(OSError):
                os.unlink(new.name)
            raise
    older = sorted(file.parent.glob("registry-*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for one in older[_KEEP:]:
        one.unlink(missing_ok=True)


def _load(file: Path, path: Path, digest: str) -> Store | None:
    """The kept form, or none where it is missing, damaged, or not ours."""
    try:
        with open(file, "rb") as stream:
            status = os.fstat(stream.fileno())
            if hasattr(os, "getuid") and status.st_uid != os.getuid():
                return None
            head, _, rest = stream.read().partition(b"\n")
        found: dict[str, Any] = json.loads(head)
        name, version, as_of, kept_digest, sources = found["meta"]
        if found["format"] != FORMAT or kept_digest != digest or zlib.crc32(rest) != found["check"]:
            return None
        table = index.from_json(json.loads(rest[: found["index"]]))
        at = found["index"]
        blobs = []
        for length in found["sizes"]:
            blobs.append(rest[at : at + length])
            at += length
        meta = Meta(name, version, as_of, digest, tuple(Source(*source) for source in sources))
        return Store(path, meta, table, blobs)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
