"""Names that share lines: as many as fit, the rest counted with how to see them."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.records import NamedTuple
from myofind.words.wording import pick
from myofind.writers.columns import Cell, cell_len
from myofind.writers.layout import Layout
from myofind.writers.styles import paragraph


class Shared(NamedTuple):
    """Lines of names, and how many more are only counted."""

    lines: list[list[Cell]]
    left: int


def on_shared_lines(lead: str, names: Sequence[str], more_by: str, layout: Layout, most: int) -> Shared:
    """Names after one another on at most so many lines, where an answer may not take any number of them."""
    fewest = 0 if layout.most is not None and names else len(names)
    for named in range(len(names), fewest - 1, -1):
        left = len(names) - named
        counted = (f"{left} more", f"{left} de plus") if named else (str(left), str(left))
        more = [f"{pick(layout.lang, *counted)} ({more_by})"] if left else []
        text = lead + " · ".join([*names[:named], *more])
        if named > fewest and cell_len(text) > most * layout.columns:
            continue
        lines = paragraph(text, layout.columns)
        if named == fewest or len(lines) <= most:
            return Shared(lines, left)
    return Shared([], 0)
