"""A report kept from an earlier run on the same bytes, day, rules and program: asking again costs a look-up.

Nothing is skipped: what is kept is the outcome of all checks. Any change of the file, of the day, of the options, or
of a file of the program makes another key.
"""

from __future__ import annotations

import json
from typing import Any

from myofind.diagnostics import Diagnostic, Position
from myofind.records import NamedTuple
from myofind.registry import cache as kept

_MOST = 16


class Kept(NamedTuple):
    """The findings of a file, and how many trials it holds."""

    findings: tuple[Diagnostic, ...]
    trials: int


def key_of(data: bytes, *parts: str, old: bytes | None = None) -> str:
    """The key of a run: the content, everything the run was told, and the program itself."""
    whole = (
        kept.content_hash(data),
        kept.content_hash(old) if old is not None else "",
        *parts,
        kept.program_stamp(),
    )
    return kept.content_hash("\0".join(whole).encode("utf-8", "surrogateescape"))


def _name(key: str) -> str:
    return f"report-{key[:48]}.json"


def recall(key: str) -> Kept | None:
    """The kept report, or none."""
    data = kept.recall(_name(key))
    if data is None:
        return None
    try:
        plain: dict[str, Any] = json.loads(bytes(data))
        findings = tuple(
            Diagnostic(rule, severity, name, Position(*at), trial, tuple(path), (en, fr), (hint_en, hint_fr), detail)
            for rule, severity, name, at, trial, path, (en, fr), (hint_en, hint_fr), detail in plain["findings"]
        )
        return Kept(findings, plain["trials"])
    except (ValueError, KeyError, TypeError):
        return None


def keep(key: str, report: Kept) -> None:
    """Keep a report; where that cannot be done, nothing happens."""
    kept.keep(_name(key), json.dumps(report._asdict(), ensure_ascii=True, separators=(",", ":")).encode(), _MOST)
