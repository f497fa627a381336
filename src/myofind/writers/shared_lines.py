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

    def text(named: int) -> str:
        left = len(names) - named
        counted = (f"{left} more", f"{left} de plus") if named else (str(left), str(left))
        more = [f"{pick(layout.lang, *counted)} ({more_by})"] if left else []
        return lead + " · ".join([*names[:named], *more])

    fewest = 0 if layout.most is not None else len(names)
    for named in range(len(names), fewest, -1):
        if cell_len(text(named)) < most * (layout.columns + 1):  # where a line ends no space is needed
            lines = paragraph(text(named), layout.columns)
            if len(lines) <= most:
                return Shared(lines, len(names) - named)
    return Shared(paragraph(text(fewest), layout.columns), len(names) - fewest)
