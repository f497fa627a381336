"""Places in the text of a file: the node of a path, and the path of a place."""

from __future__ import annotations

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
