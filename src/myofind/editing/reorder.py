"""Moving items of a list or keys of a mapping in the text, with their comments, without touching another byte."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.editing.text_edit import Splice
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.records import NamedTuple
from myofind.registry.read import child


class Slot(NamedTuple):
    """Where an item stands in the text."""

    start: int
    end: int


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
    if newest_first:  # sorting in reverse must keep equal days as they are
        order = sorted(range(len(values)), key=lambda place: values[place])
        order = [place for value in sorted(set(values), reverse=True) for place in order if values[place] == value]
    return _moved(_slots(node, list(node.value), text), order, text)


def sorted_keys(node: object, text: str, keys: Sequence[str]) -> list[Splice]:
    """A mapping with its keys in the order given; nothing where a key is not among them, or the layout forbids it."""
    if not isinstance(node, MappingNode):
        return []
    names = [key.value for key, _ in node.value]
    if len(set(names)) < len(names) or any(name not in keys for name in names):
        return []
    order = sorted(range(len(names)), key=lambda place: keys.index(names[place]))
    return _moved(_slots(node, [key for key, _ in node.value], text), order, text)


def _moved(slots: list[Slot], order: list[int], text: str) -> list[Splice]:
    found = []
    for place, slot in enumerate(slots):
        source = slots[order[place]]
        if source != slot:
            found.append(Splice(slot.start, slot.end, text[source.start : source.end]))
    return found


def _slots(node: MappingNode | SequenceNode, heads: list[Node], text: str) -> list[Slot]:
    """The place of each item, with the comment lines right above it; none where the items do not stand in one column."""
    lasts = [pair[1] if isinstance(node, MappingNode) else pair for pair in node.value]
    if node.flow_style:
        return [Slot(h.start_mark.index, max(_end(last), _end(h))) for h, last in zip(heads, lasts, strict=True)]
    found: list[Slot] = []
    column: int | None = None
    previous = -1
    for head, last in zip(heads, lasts, strict=True):
        start = head.start_mark.index
        if isinstance(node, SequenceNode):
            dash = _dash(text, start)
            if dash is None:
                return []
            start = dash
        line = text.rfind("\n", 0, start) + 1
        first = previous < 0
        if (not first or isinstance(node, SequenceNode)) and text[line:start].strip(" "):
            return []
        here = start - line
        column = here if column is None else column
        if here != column:
            return []
        if not text[line:start].strip(" "):
            above = _comments(text, line, previous, column)
            if above is None:
                return []
            start = above + column if above < line else start
        written = _end(last, text)
        if isinstance(node, MappingNode):
            written = max(written, head.end_mark.index)
        end = text.find("\n", written)
        end = len(text) if end < 0 else end
        if text[end - 1] == "\r":
            end -= 1
        found.append(Slot(start, end))
        previous = end
    return found


def _dash(text: str, start: int) -> int | None:
    """Where the dash of an item stands: before it, or above it with nothing but comments between."""
    end = start
    while True:
        line = text.rfind("\n", 0, end) + 1
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
        above = text.rfind("\n", 0, start - 1) + 1
        if above <= previous:
            break
        stripped = text[above : start - 1].strip()
        if not stripped.startswith("#"):
            break
        if len(text[above : start - 1]) - len(text[above : start - 1].lstrip(" ")) != column:
            return None
        start = above
    return start


def _end(node: Node, text: str = "") -> int:
    """Where the written value of a node ends."""
    while isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">") and text:
        start = node.start_mark.index
        return int(start + len(text[start:end].rstrip()))
    return end
