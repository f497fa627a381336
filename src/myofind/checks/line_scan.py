"""One pass over the lines of a file: the few lines that a rule about texts must look at more closely."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.records import NamedTuple

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
