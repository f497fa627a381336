"""A piece of the text and what stands there instead: what a correction of a file is made of."""

from __future__ import annotations

from collections.abc import Callable

from myofind.files.yaml_nodes import Node
from myofind.records import NamedTuple


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
