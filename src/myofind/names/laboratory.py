"""A line of laboratory results becomes one result an antibody; everything typed is read, harmless by a closed list, or refused.

A bare name is positive only when nothing else stands with it; "pending", "?" and "not done" are not tested, never negative. A result after
a list of names is the result of them all where that is plain, and asked about where it is not. Signs, words in English, French and German,
and numbers against one printed limit are results; an unknown word anywhere in the line refuses the line and is named.
"""

from __future__ import annotations

from myofind.names.laboratory_values import LabReading, LabResult, Refusal, Remark
from myofind.names.vocabulary import ids, resolve

__all__ = ["LabReading", "LabResult", "Refusal", "Remark", "read_results"]

LONGEST_LINE = 20_000
"""Characters of a line that are read."""


def read_results(text: str) -> LabReading:
    """Read laboratory text in English, French or German, such as `Jo-1 +, Ro52 ++ ; SRP neg` or `SRP - / HMGCR -`.

    >>> [(r.id, r.result) for r in read_results("Jo-1 +, Ro52 ++ ; SRP neg").results]
    [('jo1', 'positive'), ('ro52', 'positive'), ('srp', 'negative')]
    """
    if text.isalnum():
        id = text if text in ids("antibodies") else None
        if id is None:
            found = resolve("antibodies", text)
            id = found.id if found.outcome == "exact" else None
        if id is not None and id not in ("seroneg", "ab_unknown"):
            return LabReading((LabResult(text, id, "positive"),), (), ())
    if len(text) > LONGEST_LINE:
        return LabReading((), (Refusal("too_long", (str(LONGEST_LINE),)),), ())
    from myofind.names.laboratory_line import read_line

    return read_line(text)
