"""The registry ready to answer: read once, then kept in compiled form under the hash of its content and of the program.

A change of the file, or of the code and vocabulary that compile it, makes it anew. Where and how it is kept is told in
`registry.cache`. It has the form in which the interpreter keeps its own compiled modules, which takes less time to read than JSON; as
of those only the user's own is believed, and only one that is whole: a check that is made before it is read tells damage.
Of a large file the key is noted, so that it need not be read while its size and times are the same.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from myofind.diagnostics import Diagnostic, UnusableFile, shown
from myofind.domain.trial import Source, Trial
from myofind.matching import trial_sets as index
from myofind.matching.plain_form import bare, index_of, places, plain_index, plain_trial, trial_of
from myofind.records import NamedTuple
from myofind.registry import cache as kept
from myofind.registry.location import read_bytes

if TYPE_CHECKING:
    from myofind.registry.read import ReadRegistry

_KEEP = 6
_COMPILING = ("", "domain", "files", "matching", "registry", "names", "names/compiled")
"""The folders of the program whose files decide what a registry compiles to."""

Buffer = bytes | memoryview


class Meta(NamedTuple):
    """Which registry an answer came from."""

    name: str
    version: str
    as_of: str
    sha256: str


Drugs = Mapping[str, tuple[str | None, str | None]]
"""Drugs as trials write them, each with its id and class in the vocabulary where it stands there."""


class Store:
    """A registry file: what it is, its index, its trials one by one; what tells their labels apart, by id; their drugs.

    `blobs` are the trials, and last the sources, each in plain form that is read when it is first asked for.
    """

    def __init__(
        self, meta: Meta, table: index.Index, blobs: Sequence[Buffer], tags: Mapping[str, str], drugs: Drugs
    ) -> None:
        self.meta = meta
        self.index = table
        self.tags = tags
        self.drugs = drugs
        *self._blobs, self._sources = blobs

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the registry declares."""
        return tuple(Source(*source) for source in marshal.loads(self._sources))

    def __len__(self) -> int:
        return len(self._blobs)

    def trial(self, place: int) -> Trial:
        """A trial."""
        return trial_of(marshal.loads(self._blobs[place]), self.index)

    def trials(self) -> Iterator[Trial]:
        """Every trial, in file order."""
        return (self.trial(place) for place in range(len(self)))


def open_store(path: kept.StrPath) -> Store:
    """The registry at a path; raises UnusableFile with every finding where it has errors."""
    seen = kept.seen(path)
    noted = kept.recall(seen) if seen else None
    if noted is not None:
        key = str(noted, "ascii")
        store = _unpacked(kept.recall(_name(key)), key)
        if store is not None:
            return store
    data = read_bytes(path)
    key = kept.content_hash(data)
    if seen and seen == kept.seen(path):
        kept.keep(seen, key.encode(), _KEEP)
    name = _name(key)
    return _unpacked(kept.recall(name), key) or _compile(data, path, key, name)


def _compile(data: bytes, path: kept.StrPath, key: str, name: str) -> Store:
    from myofind.registry.labels import tags

    registry = usable(data, shown(str(path), 200)).registry()
    meta = Meta(registry.name, registry.version, registry.as_of, key)
    table = index.build(registry.trials)
    rules = places(table)
    parts = [*(plain_trial(trial, rules) for trial in registry.trials), registry.sources]
    blobs = [marshal.dumps(bare(part)) for part in parts]
    apart, drugs = tags(registry.trials), drugs_of(registry.trials)
    kept.keep(name, _packed(key, meta, table, blobs, apart, drugs), _KEEP)
    return Store(meta, table, blobs, apart, drugs)


def drugs_of(trials: Iterable[Trial]) -> Drugs:
    """The drugs of some trials as the vocabulary knows them; a name is never taken by likeness."""
    from myofind.names.vocabulary import resolve, term

    names = {intervention.name for trial in trials for intervention in trial.interventions}
    ids = {name: resolve("drugs", name, exact=True).id for name in sorted(names)}
    return {name: (id, (id and term("drugs", id).klass) or None) for name, id in ids.items()}


def usable(data: bytes, name: str) -> ReadRegistry:
    """A registry file as it was read; raises UnusableFile with every finding where it has errors."""
    from myofind.registry.read import read_registry

    read = read_registry(data, name)
    if read.findings:
        raise _unusable(read.findings)
    return read


def _unusable(errors: tuple[Diagnostic, ...]) -> UnusableFile:
    """The exception for a registry with errors: the first few findings, and how to see the rest."""
    first = errors[0]
    where = f"{first.file}:{first.position.line}:{first.position.column}"
    en, fr = first.words
    more = (f" (and {len(errors) - 1} more)", f" (et {len(errors) - 1} de plus)") if len(errors) > 1 else ("", "")
    message = (f"{where}: {en} [{first.rule}]{more[0]}", f"{where} : {fr} [{first.rule}]{more[1]}")
    hint = (
        f"`myofind validate {first.file}` lists every finding",
        f"`myofind validate {first.file}` énumère tout ce qui a été trouvé",
    )
    return UnusableFile(message, errors, hint)


# The kept form ---------------------------------------------------------------------------------------------------------


def _name(key: str) -> str:
    """The file name of the kept form: of this content, compiled by this state of the program."""
    whole = "\n".join((key, sys.implementation.cache_tag or "", kept.program_stamp(*_COMPILING)))
    return f"registry-{kept.content_hash(whole.encode('utf-8', 'surrogateescape'))[:40]}"


def _packed(
    key: str, meta: Meta, table: index.Index, blobs: list[bytes], apart: Mapping[str, str], drugs: Drugs
) -> bytes:
    sizes = tuple(map(len, blobs))
    first = marshal.dumps((key, bare(meta), plain_index(table), sizes, dict(apart), dict(drugs)))
    return b"".join([b"%0*d" % (_DIGITS, len(first)), first, *blobs])


_DIGITS = 10
"""How many digits say how long the first part is."""


def _unpacked(data: memoryview | None, key: str) -> Store | None:
    """The registry from its kept form; none where there is no such form, or it is of another registry."""
    if data is None:
        return None
    try:
        at = _DIGITS + int(bytes(data[:_DIGITS]))
        of, meta, table, sizes, apart, drugs = marshal.loads(data[_DIGITS:at])
        if of != key:
            return None
        blobs = []
        for length in sizes:
            blobs.append(data[at : at + length])
            at += length
        return Store(Meta(*meta), index_of(table), blobs, apart, drugs)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError):
        return None
