"""Places in the text of a file: the node of a path, the path of a place, and the few lines to look at more closely."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.diagnostics import Path, Position
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.records import NamedTuple
from myofind.registry.node_words import child
from myofind.registry.read import ReadRegistry


class Spot(NamedTuple):
    """A node and the path that leads to it in the file as written."""

    node: Node
    path: Path


def spot(read: ReadRegistry, path: Path, *, key: bool = False) -> Spot:
    """The node a path of plain values leads to, or the nearest one above it; with `key`, the key of the last step.

    Items that could not be read are missing from the plain lists; the place is counted as in the file.
    """
    root = read.document.root
    assert root is not None
    found = Spot(root, ())
    for number, step in enumerate(path):
        if key and number == len(path) - 1 and isinstance(step, str):
            name = key_node(found.node, step)
            return Spot(name, (*found.path, step)) if name is not None else found
        if isinstance(step, int) and isinstance(found.node, ScalarNode):
            continue  # one value written without brackets
        written = _written(read, found.path, step) if isinstance(step, int) else step
        below = child(found.node, written)
        if below is None:
            return found
        found = Spot(below, (*found.path, written))
    return found


def _written(read: ReadRegistry, path: Path, step: int) -> int:
    for gone in read.dropped.get(path, ()):
        if gone <= step:
            step += 1
    return step


def key_node(node: Node, name: str) -> Node | None:
    """The key of a mapping, itself a node."""
    pairs = node.value if isinstance(node, MappingNode) else ()
    return next((key for key, _ in pairs if key.value == name), None)


def path_at(root: Node | None, at: Position) -> Path:
    """The path of the innermost value that covers a place in the text."""
    path: Path = ()
    node = root
    where = (at.line - 1, at.column - 1)
    while node is not None:
        inner: Node | None = None
        step: str | int = 0
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and (key.start_mark.line, key.start_mark.column) <= where:
                    inner, step = value, key.value
        elif isinstance(node, SequenceNode):
            for number, value in enumerate(node.value):
                if (value.start_mark.line, value.start_mark.column) <= where or value.start_mark.line == where[0]:
                    inner, step = value, number
        if inner is None or isinstance(node, ScalarNode):
            break
        path = (*path, step)
        node = inner
    return path


_KEY_ITEM_OR_NOTHING = re.compile(r"[\w.-]+:(?:\s|$)|- |-?$|[#{}\[\]\"'\r]")
_END = re.compile(r""" ["']\s*(?:[,\]}\r]|$)""")
_START = re.compile(r"""["'] (?<=[\s\[{,]..)|^["'] """)
_BLANKS = (" ", "\t", "\r")
_BY_NUMBER = re.compile(r"\\[ xuULN_]")


class Scan(NamedTuple):
    """Numbers of lines, from 0.

    `trailing` end in a space or a tab; `wide` may hold a space too many inside a text; `odd` have a double quote without
    its other half; `running` begin neither with a key nor with an item, as a text does that goes on.
    """

    trailing: tuple[int, ...]
    wide: tuple[int, ...]
    odd: tuple[int, ...]
    running: tuple[int, ...]


def scan(lines: Sequence[str]) -> Scan:
    """Look once at every line."""
    trailing, wide, odd, running = [], [], [], []
    is_usual = _KEY_ITEM_OR_NOTHING.match
    for number, line in enumerate(lines):
        body = line.lstrip(" ")
        quoted = '"' in line
        if quoted and line.count('"') % 2:
            odd.append(number)
        edge = (quoted or "'" in line) and _at_the_edge(line)
        if edge or "  " in body or ("\\" in line and _BY_NUMBER.search(line)):
            wide.append(number)
        if line.endswith(_BLANKS) and line.rstrip("\r").endswith(_BLANKS):
            trailing.append(number)
        if body[:2] != "- " and is_usual(body) is None:
            running.append(number)
    return Scan(tuple(trailing), tuple(wide), tuple(odd), tuple(running))


def _at_the_edge(line: str) -> bool:
    """Whether a text in quotes, in a line that has some, may begin or end with a space."""
    behind = '" ' in line or "' " in line
    return (behind and _START.search(line) is not None) or _END.search(line) is not None
