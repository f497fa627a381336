"""One limit for all values of a line blot: `Blot (seuil 11) : Jo-1 8, PL-7 45`, `Myositis blot: OJ 4, EJ 60 (cut-off 15)`.

Only where every antibody is one of a blot and has one plain number and no limit of its own; the limit stands before the first name, or, where the line
says that it is a blot, in brackets at its end.
"""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.autoantibodies import PANEL
from myofind.names.laboratory_items import Item

__all__ = ["with_limit_of_all"]

_LIMITS = frozenset(("limit", "compare", "below", "above"))
_VALUED = frozenset(("number", "titre", *_LIMITS))
_BLOT = frozenset((*PANEL, "ks", "zo", "ha", "ro60", "ro_any", "la", "u1rnp", "scl70", "cenp"))
"""What line blots hold; anti-HMGCR and anti-cN1A are measured apart, against a limit of their own."""
_AHEAD = frozenset(("limit", "result"))
"""What a limit before the names begins with: its word, or the first of its named bands."""


def with_limit_of_all(line: Sequence[Item]) -> list[Item]:
    """The items with the one limit of a blot behind each of its values; the items as they are where there is no such limit."""
    places = [at for at, item in enumerate(line) if item.kind == "name"]
    if len(places) < 2 or any(line[at].value not in _BLOT for at in places):
        return list(line)
    parts = [list(line[start:end]) for start, end in zip(places, [*places[1:], len(line)], strict=True)]
    head = list(line[: places[0]])
    ahead, limit = _before_names(head)
    if not limit and any(item.kind == "panel" for item in head):
        parts[-1], limit = _at_end(parts[-1])
    if not limit or not all(map(_plain, parts)):
        return list(line)
    out = ahead
    for part in parts:
        at = _after_number(part)
        out += [*part[:at], *limit, *part[at:]]
    return out


def _before_names(head: list[Item]) -> tuple[list[Item], list[Item]]:
    """What stands before the first name without the limit in it, and that limit in brackets; nothing where there is none."""
    first = next((at for at, item in enumerate(head) if item.kind in _AHEAD), None)
    last = max((at for at, item in enumerate(head) if item.kind in ("number", "titre", "unit")), default=-1)
    if first is None or last <= first or any(item.kind in _VALUED for item in head[:first]):
        return head, []
    end = last + 1
    enclosed = first > 0 and head[first - 1].kind == "open" and end < len(head) and head[end].kind == "close"
    rest = [*head[: first - enclosed], *head[end + enclosed :]]
    if any(item.kind in ("open", "close", "result", "participle", "for", "negation") for item in rest):
        return head, []
    return rest, _bracketed(head[first:end])


def _at_end(part: list[Item]) -> tuple[list[Item], list[Item]]:
    """The last part without the brackets at its end, where they hold a limit, and that limit."""
    end = len(part)
    while end and part[end - 1].kind in ("hard", "line", "comma"):
        end -= 1
    start = next((at for at, item in enumerate(part) if item.kind == "open"), end)
    inside = part[start + 1 : end - 1]
    if start >= end or part[end - 1].kind != "close" or any(item.kind in ("open", "close") for item in inside):
        return part, []
    if not any(item.kind in _LIMITS for item in inside) or not any(item.kind in ("number", "titre") for item in inside):
        return part, []
    return part[:start], _bracketed(inside)


def _bracketed(items: list[Item]) -> list[Item]:
    return [items[0]._replace(kind="open", text="("), *items, items[0]._replace(kind="close", text=")")]


def _plain(part: list[Item]) -> bool:
    """Is what follows a name one number and no limit?"""
    return [item.kind for item in part if item.kind in _VALUED] == ["number"]


def _after_number(part: list[Item]) -> int:
    """The place after the number of a part and its unit."""
    at = next(at for at, item in enumerate(part) if item.kind == "number") + 1
    while at < len(part) and part[at].kind == "unit":
        at += 1
    return at
