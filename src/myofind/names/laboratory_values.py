"""What the laboratory reader gives back: results, or why a text is refused; reasons and remarks are codes."""

from __future__ import annotations

from myofind.names.terms import Resolution
from myofind.records import NamedTuple

__all__ = ["LabReading", "LabResult", "Refusal", "Refused", "Remark"]


class LabResult(NamedTuple):
    """One antibody and what the laboratory found."""

    typed: str
    id: str
    result: str
    """`positive`, `negative`, `borderline` or `not_tested`."""


class Refusal(NamedTuple):
    """Why a line is not read: a code of `words.reading_notes`, what it is about, and for a name its readings or suggestions."""

    code: str
    arguments: tuple[str, ...] = ()
    name: Resolution | None = None


class Refused(Exception):
    """A line that is not read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Remark(NamedTuple):
    """What the reader of the answer should be told about a line that was read: a code of `words.reading_notes` and its arguments."""

    code: str
    arguments: tuple[str, ...] = ()


class LabReading(NamedTuple):
    """Everything read from a line, why it was refused if it was, and what should be told; a refused line has no results."""

    results: tuple[LabResult, ...]
    problems: tuple[Refusal, ...]
    notes: tuple[Remark, ...]
