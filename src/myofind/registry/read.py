"""Located nodes to trials: what is written is either read or reported, never dropped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from myofind.diagnostics import Diagnostic, Path, Position
from myofind.domain.plain_trial import from_plain
from myofind.domain.trial import Plain, Registry, Source, Trial
from myofind.files.yaml_nodes import (
    Document,
    Node,
    ScalarNode,
    SequenceNode,
    composed,
    looked_through,
    may_be_marked,
    position,
)
from myofind.records import NamedTuple
from myofind.registry.file_format import FILE
from myofind.registry.forms import MISSING, Reading
from myofind.registry.node_words import child


class ReadRegistry(NamedTuple):
    """A file as read: its text and nodes, the plain values, the trials that could be read, and the findings.

    `entries` holds what could be read of every trial, also of those without an id or a kind; `dropped` the items of
    lists that could not be read, by the path of the list; `unordered` the first two steps to each
    mapping whose keys are out of order: `("trials", 3)`.
    """

    document: Document
    header: Plain
    plain: tuple[Plain, ...]
    findings: tuple[Diagnostic, ...]
    entries: tuple[Plain, ...] = ()
    dropped: Mapping[Path, list[int]] = MappingProxyType({})
    unordered: frozenset[Path] = frozenset()

    def trials(self) -> tuple[Trial, ...]:
        """The trials that could be read, also from a file with errors elsewhere."""
        return tuple(map(from_plain, self.plain))

    def registry(self) -> Registry:
        """The records; only for a file without errors."""
        return Registry(
            self.header["name"],
            self.header["version"],
            self.header["as_of"],
            tuple(source_of(key, value) for key, value in self.header["sources"].items()),
            self.trials(),
        )


def source_of(name: str, plain: Plain) -> Source:
    """A declared source from its mapping."""
    return Source(name, *(plain.get(field) for field in Source._fields[1:]))


def read_registry(data: bytes, file: str) -> ReadRegistry:
    """Read the bytes of a registry file."""
    document, plain, out = _read(data, file)
    if document.root is None and not document.findings:
        message = ("the file is empty", "le fichier est vide")
        hint = (
            "write `registry:` and `trials:`, or name another file",
            "écrire `registry:` et `trials:`, ou nommer un autre fichier",
        )
        out.findings.append(Diagnostic("empty-file", "error", file, Position(1, 1), None, (), message, hint))
    if plain is None or plain is MISSING:
        plain = {}
    entries = tuple(plain.get("trials", ()))
    trials = tuple(one for one in entries if "id" in one and "kind" in one)
    if document.findings and not entries:  # every trial was left out: that there is none is an echo
        out.findings = [finding for finding in out.findings if finding.path != ("trials",)]
    read_in: list[Diagnostic] = []
    if out.findings:
        from myofind.registry.editor_words import in_editors_words

        read_in = in_editors_words(out.findings, document.root)
    findings = [*document.findings, *read_in, *_same_id(document, trials, file)]
    ordered = tuple(sorted(findings, key=Diagnostic.sort_key))
    return ReadRegistry(
        document, plain.get("registry", {}), trials, ordered, entries, out.dropped, frozenset(out.unordered)
    )


def _read(data: bytes, file: str) -> tuple[Document, Any, Reading]:
    """The document of a file, what stands in it, and what was found in reading that.

    Where nothing was found and no key came twice, every node was one of the format: none needs a look of its own.
    """
    document = composed(data, file, _without_trial)
    looked = document.root is None or may_be_marked(document.text)
    if looked:
        document = looked_through(document)
    out = Reading(file)
    plain = FILE.read(document.root, (), out) if document.root is not None else None
    if not looked and (out.findings or out.twice):
        document = looked_through(document)
        if document.root is None:
            return document, None, Reading(file)
    return document, plain, out


_TRIALS = r"(?m)^trials:[^\S\n]*(?:#.*)?\r?\n(?:[^\S\n]*(?:#.*)?\r?\n)*( *)- "


def _without_trial(text: str, at: Position) -> str | None:
    """The text with the trial around a place blanked out, so that the others can be read."""
    start = re.search(_TRIALS, text)
    if not start:
        return None
    lines = text.splitlines(keepends=True)
    index = sum(len(line) for line in lines[: at.line - 1]) + at.column - 1
    items = [found.start() for found in re.finditer(rf"^{start[1]}- ", text, re.MULTILINE)]
    above = bisect_right(items, index) - 1
    if above < 0 or items[above] < start.start():
        return None
    end = items[above + 1] if above + 1 < len(items) else len(text)
    return text[: items[above]] + re.sub(r"[^\r\n]", " ", text[items[above] : end]) + text[end:]


def _same_id(document: Document, trials: tuple[Plain, ...], file: str) -> list[Diagnostic]:
    """Two trials under one id: neither can be named, so the file is unusable."""
    if len({one["id"] for one in trials}) == len(trials):
        return []
    found = []
    first: dict[str, Node] = {}
    for place, node in enumerate(trial_nodes(document.root)):
        key = child(node, "id")
        if isinstance(key, ScalarNode):
            earlier = first.setdefault(key.value, key)
            if earlier is not key:
                at, line = position(key), position(earlier).line
                message = (
                    f"the id `{key.value}` is given twice; first in line {line}",
                    f"l'identifiant `{key.value}` est donné deux fois ; d'abord à la ligne {line}",
                )
                hint = ("merge the two entries", "réunir les deux entrées")
                path = ("trials", place, "id")
                found.append(Diagnostic("duplicate-id", "error", file, at, key.value, path, message, hint))
    return found


def trial_nodes(root: Node | None) -> list[Node]:
    """The nodes of the trials, in file order."""
    trials = child(root, "trials")
    return list(trials.value) if isinstance(trials, SequenceNode) else []
