"""The registry ready to answer: read once, then kept in compiled form under the hash of its content and of the program.

The compiled form is JSON (safe to load); a change of the file, or of the code and vocabulary that compile it, makes it
anew. Where and how it is kept is told in `registry.cache`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from myofind.diagnostics import Diagnostic, UnusableFile, shown
from myofind.domain.trial import Source, Trial
from myofind.language import both
from myofind.matching import plain_index, plain_study
from myofind.matching import trial_sets as index
from myofind.records import NamedTuple
from myofind.registry import cache as kept
from myofind.registry.location import read_bytes

_KEEP = 6
_COMPILING = ("", "domain", "files", "matching", "registry", "names", "names/compiled")
"""The folders of the program whose files decide what a registry compiles to."""


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

    `blobs` are the trials, and last the sources, each as JSON that is read when it is first asked for.
    """

    def __init__(
        self, path: Path, meta: Meta, table: index.Index, blobs: list[bytes], tags: Mapping[str, str], drugs: Drugs
    ) -> None:
        self.path = path
        self.meta = meta
        self.index = table
        self.tags = tags
        self.drugs = drugs
        *self._blobs, self._sources = blobs

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that the registry declares."""
        return tuple(Source(*source) for source in json.loads(self._sources))

    def __len__(self) -> int:
        return len(self._blobs)

    def trial(self, place: int) -> Trial:
        """A trial."""
        return plain_study.from_json(json.loads(self._blobs[place]), self.index)

    def trials(self) -> Iterator[Trial]:
        """Every trial, in file order."""
        return (self.trial(place) for place in range(len(self)))


def open_store(path: Path) -> Store:
    """The registry at a path; raises UnusableFile with every finding where it has errors."""
    data = read_bytes(path)
    key = kept.content_key(data)
    name = _name(key)
    return _unpacked(kept.recall(name), path, key) or _compile(data, path, key, name)


def _compile(data: bytes, path: Path, key: str, name: str) -> Store:
    from myofind.registry.labels import tags
    from myofind.registry.read import read_registry

    read = read_registry(data, shown(str(path), 200))
    if read.errors:
        raise unusable(read.errors)
    registry = read.registry()
    meta = Meta(registry.name, registry.version, registry.as_of, kept.content_hash(data))
    table = index.build(registry.trials)
    rules = plain_study.places(table)
    parts = [*(plain_study.to_json(trial, rules) for trial in registry.trials), registry.sources]
    blobs = [json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode() for part in parts]
    apart, drugs = tags(registry.trials), drugs_of(registry.trials)
    kept.keep(name, _packed(key, meta, table, blobs, apart, drugs), _KEEP)
    return Store(path, meta, table, blobs, apart, drugs)


def drugs_of(trials: Iterable[Trial]) -> Drugs:
    """The drugs of some trials as the vocabulary knows them; a name is never taken by likeness."""
    from myofind.names.vocabulary import resolve, term

    names = {intervention.name for trial in trials for intervention in trial.interventions}
    ids = {name: resolve("drugs", name, exact=True).id for name in sorted(names)}
    return {name: (id, (id and term("drugs", id).klass) or None) for name, id in ids.items()}


def unusable(errors: tuple[Diagnostic, ...]) -> UnusableFile:
    """The exception for a registry with errors: the first few findings, and how to see the rest."""
    first = errors[0]
    where = f"{first.file}:{first.position.line}:{first.position.column}"
    en, fr = both(first.words)
    more = (f" (and {len(errors) - 1} more)", f" (et {len(errors) - 1} de plus)") if len(errors) > 1 else ("", "")
    return UnusableFile(
        (f"{where}: {en} [{first.rule}]{more[0]}", f"{where} : {fr} [{first.rule}]{more[1]}"),
        errors,
        (
            f"`myofind validate {first.file}` lists every finding",
            f"`myofind validate {first.file}` énumère tout ce qui a été trouvé",
        ),
    )


# The kept form ---------------------------------------------------------------------------------------------------------


def _name(key: str) -> str:
    """The file name of the kept form: of this content, compiled by this state of the program."""
    whole = "\n".join((key, kept.program_stamp(*_COMPILING)))
    return f"registry-{kept.content_hash(whole.encode('utf-8', 'surrogateescape'))[:40]}.json"


def _packed(
    key: str, meta: Meta, table: index.Index, blobs: list[bytes], apart: Mapping[str, str], drugs: Drugs
) -> bytes:
    body = json.dumps(plain_index.to_json(table), separators=(",", ":")).encode()
    head = {
        "of": key,
        "meta": meta,
        "index": len(body),
        "sizes": [len(blob) for blob in blobs],
        "tags": apart,
        "drugs": drugs,
    }
    return b"".join([json.dumps(head, separators=(",", ":")).encode(), b"\n", body, *blobs])


def _unpacked(data: bytes | None, path: Path, key: str) -> Store | None:
    """The registry from its kept form; none where there is no such form, or it is of another registry."""
    if data is None:
        return None
    try:
        head, _, rest = data.partition(b"\n")
        found: dict[str, Any] = json.loads(head)
        if found["of"] != key:
            return None
        table = plain_index.from_json(json.loads(rest[: found["index"]]))
        at = found["index"]
        blobs = []
        for length in found["sizes"]:
            blobs.append(rest[at : at + length])
            at += length
        drugs = {name: (id, drug_class) for name, (id, drug_class) in found["drugs"].items()}
        return Store(path, Meta(*found["meta"]), table, blobs, dict(found["tags"]), drugs)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
