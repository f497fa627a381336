"""A diagnosis as typed, which often carries its antibody: `anti-Jo1 polymyositis` is polymyositis and a positive anti-Jo-1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from myofind.names.compiled_files import read
from myofind.names.laboratory import LabResult
from myofind.names.normal import compact, words
from myofind.names.subtypes import is_inflammatory
from myofind.names.vocabulary import Resolution, label, resolve, span_index

if TYPE_CHECKING:
    from myofind.names.mentions import Mention

__all__ = ["DiagnosisReading", "read_diagnosis"]


class DiagnosisReading(NamedTuple):
    """The subtype a text names, the antibodies it names with their results, and what the reader should be told."""

    subtype: Resolution
    results: tuple[LabResult, ...]
    notes: tuple[str, ...]


_NOT = frozenset(("sans", "without", "no", "non", "pas", "absence", "not"))
_AND = r"(?i)\s+(?:and|et|avec|with|plus)\s+|\s*[;,+&]\s*"
_CANCER = ("paraneopla", "cancer", "malignan", "tumour", "tumor", "neopla")


def read_diagnosis(text: str, *, exact: bool = False) -> DiagnosisReading:
    """Read a diagnosis in English or French, and the antibodies named with it.

    >>> reading = read_diagnosis("JDM NXP2+")
    >>> reading.subtype.id, [(r.id, r.result) for r in reading.results]
    ('jdm', [('nxp2', 'positive')])
    """
    key = compact(text)
    results = _results(text)
    notes: list[str] = []
    subtype = resolve("subtypes", text, exact=exact)
    if subtype.outcome == "unknown" or (subtype.outcome == "ambiguous" and subtype.why == "names more than one"):
        joined = _with_company(text, exact)
        if joined is not None:
            subtype, company = joined
            notes += [f"also mentioned: {label('subtypes', id)}" for id in company]
    if subtype.id not in (None, "cam") and any(stem in key for stem in _CANCER):
        notes.append("cancer-associated: kept as a remark, most trials exclude recent cancer")
    if subtype.outcome == "accepted":
        notes.append(f"read `{text}` as {label('subtypes', subtype.id or '')}")
    return DiagnosisReading(subtype, results, tuple(notes))


def _results(text: str) -> tuple[LabResult, ...]:
    """The antibodies a text names, each with its result."""
    key = compact(text)
    if key in read("keys_subtypes") and key not in read("mentioning_subtypes"):
        return ()
    from myofind.names.mentions import mentions

    typed = words(text)
    return tuple(_result(typed, mention) for mention in mentions(typed, span_index()))


def _result(typed: list[str], mention: Mention) -> LabResult:
    """What the words after (or a "without" before) an antibody say of it; named in a diagnosis, it is positive."""
    from myofind.names.result_words import result_at

    name = " ".join(typed[mention.start : mention.end])
    after = result_at(typed, mention.end) if mention.end < len(typed) else None
    before = list(typed[max(0, mention.start - 4) : mention.start])
    while before and before[-1] in ("de", "d", "anti", "ac", "anticorps", "des", "les", "antibody", "antibodies", "l"):
        before.pop()
    if before and before[-1] in _NOT:
        return LabResult(name, mention.id, "negative")
    if before and result_at(before, len(before) - 1) == ("negative", 1):
        return LabResult(name, mention.id, "negative")
    return LabResult(name, mention.id, after[0] if after else "positive")


def _with_company(text: str, exact: bool) -> tuple[Resolution, list[str]] | None:
    """`DM et diabète de type 2`: the one inflammatory disease among those a text joins."""
    parts = [part for part in re.split(_AND, text) if part and compact(part)]
    if len(parts) < 2:
        return None
    readings = [resolve("subtypes", part, exact=exact) for part in parts]
    if any(reading.id is None for reading in readings):
        return None
    inflammatory = [reading for reading in readings if reading.id and is_inflammatory(reading.id)]
    told = {reading.id for reading in inflammatory}
    others = [reading.id for reading in readings if reading.id and not is_inflammatory(reading.id)]
    if len(told) == 1:
        return inflammatory[0]._replace(typed=text), others
    if len(told) > 1:
        candidates = tuple(dict.fromkeys(reading.id for reading in inflammatory if reading.id))
        return Resolution("subtypes", text, "ambiguous", None, candidates, (), "names more than one"), []
    return None
