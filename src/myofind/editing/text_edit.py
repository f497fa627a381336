"""A piece of the text and what stands there instead, where lines and values end, and items and keys moved with their comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.records import NamedTuple
from myofind.registry.node_words import child, last_leaf


class Splice(NamedTuple):
    """A piece of the text, from `start` up to `end` (characters), and what stands there instead."""

    start: int
    end: int
    text: str


Fix = Callable[[Node, str], list[Splice]]
"""The safe correction of a finding, from the node it points at and the text of the file."""


def these(splices: Iterable[Splice]) -> Fix:
    """The correction that is told beforehand, whatever node it is of."""
    told = list(splices)
    return lambda node, text: told


def instead(node: Node, text: str) -> list[Splice]:
    """Another text in the place of a node."""
    return [Splice(node.start_mark.index, node.end_mark.index, text)]


def written_as(node: Node, word: str, text: str) -> list[Splice]:
    """Another word in the place of a scalar, quoted as it was."""
    start = node.start_mark.index
    quote = text[start] if text[start : start + 1] in ("'", '"') else ""
    return instead(node, f"{quote}{word}{quote}")


def replace_by(word: str) -> Fix:
    """The correction that writes another word in the place of a plain or quoted one."""
    return lambda node, text: written_as(node, word, text)


def content_end(text: str, node: Node) -> int:
    """Where the written part of a node ends, before any comment or blank line that follows."""
    node = last_leaf(node)
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    block = isinstance(node, ScalarNode) and node.style in ("|", ">")
    return start + len(text[start:end].rstrip()) if block else end


def line_start(text: str, index: int) -> int:
    """Where the line of an index starts."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Where the line of an index ends, before its line break."""
    end = text.find("\n", index)
    end = len(text) if end < 0 else end
    return end - 1 if end > index and text[end - 1 : end] == "\r" else end


def newline_of(text: str) -> str:
    """The line break the file uses."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def sorted_items(node: object, text: str, key: str, *, newest_first: bool = True) -> list[Splice]:
    """A list of mappings in the order of one of their keys; nothing where the layout is not plain enough to move."""
    if not isinstance(node, SequenceNode) or len(node.value) < 2:
        return []
    values = []
    for item in node.value:
        value = child(item, key)
        if not isinstance(value, ScalarNode):
            return []
        values.append(value.value)
    order = sorted(range(len(values)), key=values.__getitem__, reverse=newest_first)
    return _moved(_slots(node, list(node.value), text), order)


def sorted_keys(node: object, text: str, keys: Sequence[str]) -> list[Splice]:
    """A mapping with its keys in the order given; nothing where a key is not among them, or the layout forbids it."""
    if not isinstance(node, MappingNode):
        return []
    names = [key.value for key, _ in node.value]
    if len(set(names)) < len(names) or any(name not in keys for name in names):
        return []
    order = sorted(range(len(names)), key=lambda place: keys.index(names[place]))
    return _moved(_slots(node, [key for key, _ in node.value], text), order)


def _moved(slots: list[Splice], order: list[int]) -> list[Splice]:
    return [
        slot._replace(text=slots[place].text) for slot, place in zip(slots, order, strict=False) if slots[place] != slot
    ]


def _slots(node: MappingNode | SequenceNode, heads: list[Node], text: str) -> list[Splice]:
    """The place of each item and its text, with the comment lines right above it; none where the items do not stand in one column."""
    lasts = [pair[1] if isinstance(node, MappingNode) else pair for pair in node.value]
    if node.flow_style:
        return [_slot(text, head.start_mark.index, head, last) for head, last in zip(heads, lasts, strict=True)]
    found: list[Splice] = []
    column = node.start_mark.column
    previous = -1
    for head, last in zip(heads, lasts, strict=True):
        start = head.start_mark.index
        if isinstance(node, SequenceNode):
            dash = _dash(text, start)
            if dash is None:
                return []
            start = dash
        line = line_start(text, start)
        indented = not text[line:start].strip(" ")
        if not indented and (found or isinstance(node, SequenceNode)):
            return []
        if start - line != column:
            return []
        if indented:
            above = _comments(text, line, previous, column)
            if above is None:
                return []
            start = above + column if above < line else start
        found.append(_slot(text, start, head, last, whole=True))
        previous = found[-1].end
    return found


def _slot(text: str, start: int, head: Node, last: Node, *, whole: bool = False) -> Splice:
    """An item in its place; with `whole` up to the end of its last line."""
    end = max(content_end(text, last), content_end(text, head))
    end = line_end(text, end) if whole else end
    return Splice(start, end, text[start:end])


def _dash(text: str, start: int) -> int | None:
    """Where the dash of an item stands: before it, or above it with nothing but comments between."""
    end = start
    while True:
        line = line_start(text, end)
        before = text[line:end].strip()
        if before.startswith("-") and (len(before) == 1 or before[1:].lstrip(" ").startswith("#")):
            return text.index("-", line)
        if (before and not before.startswith("#")) or line == 0:
            return None
        end = line - 1


def _comments(text: str, line: int, previous: int, column: int) -> int | None:
    """Where the comment lines right above a line start; none where one is indented otherwise."""
    start = line
    while start > 0:
        above = line_start(text, start - 1)
        if above <= previous:
            break
        stripped = text[above : start - 1].strip()
        if not stripped.startswith("#"):
            break
        if len(text[above : start - 1]) - len(text[above : start - 1].lstrip(" ")) != column:
            return None
        start = above
    return start
