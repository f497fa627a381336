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
