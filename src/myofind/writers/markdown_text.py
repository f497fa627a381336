"""Text that markdown takes for text, and tables of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from myofind.domain.register_numbers import link
from myofind.writers.sheets import Sheet, plain


def md(value: Any) -> str:
    """A value as text of one line in which nothing is a sign of markdown."""
    return re.sub(r"([\\|*_<>\[\]`])", r"\\\1", plain(value))


def written(parts: Sequence[Sheet], stamp: str | None = None) -> str:
    """Sheets as tables under headings; empty ones are left out; `stamp` says below which registry answered."""
    lines: list[str] = []
    for sheet in parts:
        if not sheet.rows and not sheet.notes:
            continue
        if len(parts) > 1:
            lines += [f"## {sheet.section[:1].upper()}{sheet.section[1:].replace('_', ' ')}", ""]
        if sheet.rows:
            lines += [*_table(sheet), ""]
        lines += [line for note in sheet.notes for line in (md(note), "")]
    return "\n".join(lines) + (f"\n{md(stamp)}\n" if stamp else "")


def _table(sheet: Sheet) -> list[str]:
    lines = [
        "| " + " | ".join(head.replace("_", " ") for head in sheet.head) + " |", "|" + " --- |" * len(sheet.head),
    ]  # fmt: skip
    for row in sheet.rows:
        cells = [
            f"[{md(value)}]({link(str(value))})" if head == "id" and link(str(value)) else md(value)
            for head, value in zip(sheet.head, row, strict=True)
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines
