"""A report kept from an earlier run on the same bytes, day, rules and program: asking again costs a look-up.

Nothing is skipped: what is kept is the outcome of all checks. Any change of the file, of the day, of the options, or
of a file of the program makes another key.
"""

from __future__ import annotations

import marshal

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
    return f"report-{key[:48]}"


def recall(key: str) -> Kept | None:
    """The kept report, or none."""
    data = kept.recall(_name(key))
    if data is None:
        return None
    try:
        findings, trials = marshal.loads(data)
        return Kept(tuple(Diagnostic(*one)._replace(position=Position(*one[3])) for one in findings), trials)
    except (ValueError, TypeError, EOFError, IndexError):
        return None


def keep(key: str, report: Kept) -> None:
    """Keep a report; where that cannot be done, nothing happens."""
    findings = [(*one[:3], tuple(one.position), *one[4:]) for one in report.findings]
    kept.keep(_name(key), marshal.dumps((findings, report.trials)), _MOST)
