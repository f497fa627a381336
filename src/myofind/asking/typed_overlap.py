"""A diagnosis that names two diseases keeps both: `DM + SSc` is dermatomyositis beside scleroderma, no scleromyositis without it.

Where the text calls the disease an overlap, it is that overlap and, beside it, the kind of myositis that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from myofind.domain.patient import Chosen, FactValue
from myofind.names.diagnosis import DiagnosisReading
from myofind.names.facts import FactId
from myofind.names.normal import words
from myofind.names.subtypes import ancestors
from myofind.names.vocabulary import Resolution

__all__ = ["joins_two", "named_beside", "other_disease"]

_OVERLAPS = frozenset(("overlap", "joverlap", "scleromyo"))
_WITH_KINDS = _OVERLAPS | {"asys", "asys_ild"}
"""Diseases that may be named together with the kind of myositis they come with."""
_OVERLAP = r"(?i)overlap|chevauchement|(?:ü|ue?)berlapp"
_OTHER: FactId = "other_autoimmune"
_FACT_OF = {"@ssc": "scleroderma", "@mctd": "mctd"}
"""Diseases named beside the diagnosis that the table of facts has as another autoimmune disease."""


def joins_two(reading: DiagnosisReading) -> bool:
    """Does a text join a kind of myositis to another disease, and is read as their overlap without calling it one?"""
    return reading.subtype.id in _OVERLAPS and bool(_kinds(reading)) and not re.search(_OVERLAP, reading.subtype.typed)


def named_beside(readings: Iterable[DiagnosisReading]) -> Iterator[DiagnosisReading]:
    """The readings, and after each overlap the kinds of myositis that its text names."""
    for reading in readings:
        yield reading
        typed = reading.subtype.typed
        for kind in _kinds(reading):
            yield DiagnosisReading(Resolution("subtypes", typed, "exact", kind, (), (), "a_name"), ())


def _kinds(reading: DiagnosisReading) -> tuple[str, ...]:
    """The kinds of myositis named in the text of an overlap, beyond what the overlap itself is."""
    id = reading.subtype.id
    if id not in _WITH_KINDS:
        return ()
    from myofind.names.diagnosis_bags import kinds_within
    from myofind.names.result_words import DENIALS

    if not DENIALS.isdisjoint(words(reading.subtype.typed)):
        return ()
    return kinds_within(reading.subtype.typed, _WITH_KINDS | ancestors(id))


def other_disease(readings: Iterable[DiagnosisReading]) -> Iterator[tuple[FactId, FactValue]]:
    """The other disease named beside a diagnosis, or in the text of an overlap."""
    held = tuple(readings)
    joined = (
        id
        for reading in held
        for remark in reading.remarks
        if remark.code == "also_mentioned"
        for id in remark.arguments
    )
    values = [_FACT_OF[id] for id in joined if id in _FACT_OF]
    typed = [reading.subtype.typed for reading in held if reading.subtype.id in _OVERLAPS]
    if not typed and not values:
        return
    from myofind.asking.tokens import read_text
    from myofind.asking.typed_facts import fact_name_at

    texts = [read_text(text).tokens for text in typed]
    hits = [hit for tokens in texts for at in range(len(tokens)) if (hit := fact_name_at(tokens, at))]
    named = (hit.meaning.partition("=") for hit in hits)
    values += [value for id, _, value in named if id == _OTHER and value]
    if values:
        yield _OTHER, Chosen(tuple(dict.fromkeys(values)))
