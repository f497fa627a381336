"""Safe corrections: words with one reading, order, spaces. Nothing else of the file is touched, comments are kept.

Corrections are pieces of text put in the place of others. They are applied in rounds, because one may make room for
another; what a round gives must read as the same trials, or the round is not taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from myofind.checks.run import Report, check
from myofind.diagnostics import Position, shown
from myofind.editing.edits import splice
from myofind.editing.text_edit import Splice
from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registry.read import ReadRegistry, read_registry

ROUNDS = 60
_MOVES = frozenset({"trial-order", "key-order", "unordered-status"})

_About = tuple[str, Position, Words]
"""What a correction is about: a rule, a place, and what is said of it."""


class Fixed(NamedTuple):
    """The content after the corrections, how many were made, and the report on what is left."""

    data: bytes
    made: int
    report: Report


def fix(data: bytes, report: Report, day: date, *, old: ReadRegistry | None = None, names: Iterable[str]) -> Fixed:
    """Apply every safe correction of the rules named."""
    wanted = tuple(names)
    made = 0
    refused: set[_About] = set()
    for _ in range(ROUNDS):
        if (step := _round(data, report, day, old, wanted, refused)) is None:
            break
        data, report, made = step.data, step.report, made + step.made
    return Fixed(data, made, report)


def _round(
    data: bytes,
    report: Report,
    day: date,
    old: ReadRegistry | None,
    names: tuple[str, ...],
    refused: set[_About],
) -> Fixed | None:
    """One round of corrections that do not overlap; moves alone, since they carry other text with them."""
    groups: list[tuple[str, _About, list[Splice]]] = []
    for number in sorted(report.corrections):
        finding = report.findings[number]
        about = (finding.rule, finding.position, finding.words)
        splices = report.corrections[number]() if about not in refused else []
        if splices:
            groups.append((finding.rule, about, splices))
    words = [group for group in groups if group[0] not in _MOVES]
    moves = [group for group in groups if group[0] in _MOVES]
    for chosen in (words, moves, *([move] for move in moves)):
        taken: list[Splice] = []
        count = 0
        for _, _, splices in chosen:
            if not any(_overlap(one, other) for one in splices for other in taken):
                taken += splices
                count += 1
        if not taken:
            continue
        new = _applied(data, taken)
        read = read_registry(new, report.read.document.file)
        if (
            new != data
            and len(read.findings) <= len(report.read.findings)
            and (chosen is words or _same(read, report.read))
        ):
            return Fixed(new, count, check(read, day, old=old, names=names, stage=report.stage))
        if chosen is not moves:
            refused.update(about for _, about, _ in chosen)
    return None


def _overlap(one: Splice, other: Splice) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _applied(data: bytes, splices: list[Splice]) -> bytes:
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + splice(data[len(mark) :].decode("utf-8"), splices).encode("utf-8")


def _same(one: ReadRegistry, other: ReadRegistry) -> bool:
    """Whether two files say the same, order aside."""
    first, second = (
        (_unordered(read.header), sorted(repr(_unordered(own)) for own in read.entries)) for read in (one, other)
    )
    return first == second


def _unordered(value: Any, key: str = "") -> Any:
    """A value as nested lists that do not depend on the order of keys, nor on that of observations."""
    if isinstance(value, dict):
        return sorted((inner, _unordered(own, inner)) for inner, own in value.items())
    if not isinstance(value, list):
        return value
    several = [_unordered(own) for own in value]
    return sorted(several, key=repr) if key == "status" else several


def difference(before: bytes, after: bytes, file: str) -> str:
    """What would change, as a unified diff."""
    from difflib import unified_diff

    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    lines = []
    for line in unified_diff(old, new, file, file + " (corrected)", n=1):
        body = line.rstrip("\r\n")
        lines.append("".join(c if c.isprintable() or c == "\t" else shown(c) for c in body) + "\n")
    return "".join(lines)
