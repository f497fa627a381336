"""Names that share lines: as many as fit, the rest counted with how to see them."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.words.wording import pick
from myofind.writers.columns import Cell, cell_len
from myofind.writers.layout import Layout
from myofind.writers.styles import paragraph

AROUND = 66
"""Room kept on the lines for what stands before and after the names."""


def fitting(names: Sequence[str], layout: Layout, lines: int) -> int:
    """How many names fit on so many lines; a single one is not left out."""
    if layout.most is None:
        return len(names)
    room = lines * layout.columns - AROUND
    for count, name in enumerate(names):
        room -= cell_len(name) + 3
        if room < 0:
            return max(1, count) if count < len(names) - 1 else len(names)
    return len(names)


def on_shared_lines(lead: str, names: Sequence[str], left: int, more_by: str, layout: Layout) -> list[list[Cell]]:
    """Names after one another; `left` of the last are only counted."""
    more = [pick(layout.lang, f"{left} more ({more_by})", f"{left} de plus ({more_by})")] if left else []
    return paragraph(lead + " · ".join([*names[: len(names) - left], *more]), layout.columns)
