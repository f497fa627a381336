"""A line of laboratory results becomes one result an antibody; what cannot be read is handed back, never guessed.

A lone minus after a name is negative, a minus inside a name is spelling, a slash may join (SAE1/2), separate (SRP/HMGCR) or belong to the name
(PM/Scl). A name without a result is positive, as in `--antibody Jo-1`; "pending", "?" and "not done" are not tested, never negative. A result after
names joined by a slash or "and" is the result of all of them; after a comma it is the result of the last one only.
"""

from typing import NamedTuple

from myofind.names.vocabulary import Resolution, resolve

__all__ = ["LabReading", "LabResult", "read_results"]


class LabResult(NamedTuple):
    """One antibody and what the laboratory found."""

    typed: str
    id: str
    result: str
    """`positive`, `negative`, `borderline` or `not_tested`."""


class LabReading(NamedTuple):
    """Everything read from a line, everything that could not be, and what the reader should be told."""

    results: tuple[LabResult, ...]
    problems: tuple[Resolution, ...]
    notes: tuple[str, ...]


_MARKS = frozenset("+=:;,?|()[]<>\n\t/&±•")


def read_results(text: str) -> LabReading:
    """Read a laboratory line, English or French, such as `Jo-1 +, Ro52 ++ ; SRP neg` or `SRP - / HMGCR -`.

    >>> [(r.id, r.result) for r in read_results("Jo-1 +, Ro52 ++ ; SRP neg").results]
    [('jo1', 'positive'), ('ro52', 'positive'), ('srp', 'negative')]
    """
    if " " not in text and not _MARKS & set(text) and text[-1:].isalnum():
        found = resolve("antibodies", text)
        if found.outcome == "exact" and found.id is not None and found.id not in ("seroneg", "ab_unknown"):
            return LabReading((LabResult(text, found.id, "positive"),), (), ())
    from myofind.names.laboratory_line import read_line

    return read_line(text)
