"""A piece of the text and what stands there instead, which corrections of a file are made of; and where its lines and values end."""

from __future__ import annotations

from collections.abc import Callable

from myofind.files.yaml_nodes import Node, ScalarNode
from myofind.records import NamedTuple
from myofind.registry.node_words import last_leaf


class Splice(NamedTuple):
    """A piece of the text, from `start` up to `end` (characters), and what stands there instead."""

    start: int
    end: int
    text: str


Fix = Callable[[Node, str], list[Splice]]
"""The safe correction of a finding, from the node it points at and the text of the file."""


def written_as(node: Node, word: str, text: str) -> list[Splice]:
    """Another word in the place of a scalar, quoted as it was."""
    start, end = node.start_mark.index, node.end_mark.index
    quote = text[start] if text[start : start + 1] in ("'", '"') else ""
    return [Splice(start, end, f"{quote}{word}{quote}")]


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
