"""A registry file of the first form in the second: rules on facts in one place, texts in a place for two languages.

Only form changes: every trial says the same afterwards, and every comment and blank line is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.diagnostics import InputError, Path
from myofind.editing.edits import Edit, Unspliceable, spans_of, splice
from myofind.editing.text_edit import Splice, content_end
from myofind.editing.yaml_text import Value, quoted
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.registry.file_format import HEADER, TRIAL
from myofind.registry.node_words import child
from myofind.registry.read import ReadRegistry, trial_nodes

NEWEST = "2"
"""The form that is written."""

_MOVED = {"ild": ("ild",), "duration": ("onset", "since"), "onset_age": ("onset", "age"), "refractory": ("refractory",)}
"""Keys of the first form, and where their rule stands under `facts`, by the name of the fact."""


def migrated(read: ReadRegistry, data: bytes) -> bytes:
    """The bytes of a file in the newest form; as they are where nothing is of an older one, or where the file has errors.

    Raises InputError where its layout cannot be edited.
    """
    text = read.document.text
    if read.findings:
        return data
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        spans = [span for node in trial_nodes(read.document.root) for span in _trial(text, node)]
        header = child(read.document.root, "registry")
        if header is not None and read.header.get("schema") != NEWEST:
            spans += spans_of(text, header, [Edit("set", ("schema",), int(NEWEST))], HEADER)
        return mark + splice(text, spans).encode() if spans else data
    except Unspliceable as error:
        message = (
            f"the file cannot be carried over: {error.words[0]}",
            f"le fichier ne peut être repris : {error.words[1]}",
        )
        raise InputError(message, ("write block style, a key a line", "écrire une clé par ligne")) from error


def _trial(text: str, node: Node) -> Iterator[Splice]:
    for path, rules in _rules(node):
        yield from spans_of(text, node, list(_moves(path, rules)), TRIAL)
        yield from _notes(text, child(rules, "check_by_hand"))
    conflicts = child(node, "conflicts")
    for conflict in conflicts.value if isinstance(conflicts, SequenceNode) else ():
        for key, _ in conflict.value if isinstance(conflict, MappingNode) else ():
            if key.value == "note":
                yield Splice(key.start_mark.index, key.end_mark.index, "en")


def _rules(node: Node) -> Iterator[tuple[Path, Node]]:
    """The rules of a trial and of its cohorts, each with its path."""
    own = child(node, "eligibility")
    if own is not None:
        yield ("eligibility",), own
    cohorts = child(node, "cohorts")
    for place, cohort in enumerate(cohorts.value if isinstance(cohorts, SequenceNode) else ()):
        inner = child(cohort, "eligibility")
        if inner is not None:
            yield ("cohorts", place, "eligibility"), inner


def _moves(path: Path, rules: Node) -> Iterator[Edit]:
    """The old keys go, and their rules come under `facts`."""
    facts: dict[str, Any] = {}
    written = child(rules, "facts")
    there = {key.value for key, _ in written.value} if isinstance(written, MappingNode) else set()
    alone = isinstance(rules, MappingNode) and {key.value for key, _ in rules.value} <= set(_MOVED)
    for old, (id, *inner) in _MOVED.items():
        value = child(rules, old)
        if value is None or id in there:
            continue  # a rule that stands in both places is an editor's to decide
        if inner:
            facts.setdefault(id, {})[inner[0]] = _value(value)
        else:
            facts[id] = _value(value)
        if not alone:
            yield Edit("delete", (*path, old))
    if there:
        yield from (Edit("set", (*path, "facts", id), rule) for id, rule in facts.items())
    elif facts:
        yield Edit("set", path, {"facts": facts}) if alone else Edit("set", (*path, "facts"), facts)


def _value(node: Node) -> Value:
    """A rule of the first form as it is written in the second: a bare number is a number of years."""
    if isinstance(node, MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    word = str(node.value)
    return f"{word} {'year' if word == '1' else 'years'}" if word.replace(".", "", 1).isdigit() else word


def _notes(text: str, node: Node | None) -> Iterator[Splice]:
    """Each note under the key of its language."""
    items = node.value if isinstance(node, SequenceNode) else [node] if isinstance(node, ScalarNode) else []
    for item in items:
        if isinstance(item, ScalarNode):
            body = "{en: " + quoted(item.value) + "}"
            yield Splice(
                item.start_mark.index, content_end(text, item), body if isinstance(node, SequenceNode) else f"[{body}]"
            )
