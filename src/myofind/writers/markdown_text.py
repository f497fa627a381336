"""Text that markdown takes for text, and tables and sections of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from myofind.report.values import Stamp, Study
from myofind.words import summary
from myofind.words.wording import Lang
from myofind.writers.columns import plain
from myofind.writers.phrases import origin


def md(value: Any) -> str:
    """A value as text of one line in which nothing is a sign of markdown."""
    return re.sub(r"([\\|*_<>\[\]`&~])", r"\\\1", plain(value))


def numbered(study: Study) -> str:
    """The number of a trial, linked where its register has a page for it."""
    return f"[{md(study.trial.id)}]({study.url})" if study.url else md(study.trial.id)


def ending(stamp: Stamp, lang: Lang) -> Iterator[str]:
    """Which registry answered, for which day, and what an answer means."""
    yield from (md(origin(stamp, lang)), "", md(summary.disclaimer(lang)), "")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells are markdown already; none without rows."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if lines:
        yield "| " + " | ".join(heads) + " |"
        yield "|" + " --- |" * len(heads)
        yield from (*lines, "")


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a heading, which is markdown already; no heading without lines."""
    body = list(lines)
    if body:
        yield from (f"## {title}", "", *body)
