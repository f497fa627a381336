"""Why a diagnosis is refused: the one piece of the text without which the rest of it would be read, and what to type for that piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from myofind.asking.clauses import clauses
from myofind.asking.diagnosis_course import ENDS, SMALL_ENDS
from myofind.asking.other_fields import beside, elsewhere, typed_with, what_to_type
from myofind.asking.tokens import Text, refusal, whole_of
from myofind.asking.typed_facts import fact_name_at, read_fact
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.names.diagnosis import read_diagnosis

__all__ = ["name_what_is_not_read"]


def name_what_is_not_read(
    text: Text, source: str, taken: Sequence[tuple[int, int]], without: Callable[[int, int], str], day: date
) -> None:
    """Raise InputError for the one clause, or the words before or after, without which the rest would be read.

    `taken`: the stretches that are read as facts; `without` gives the text without these and one more.
    """
    for since in _SINCE.finditer(source):
        _refuse_time(text.typed, source, since.span(), without(*since.span()), day)
    for clause in clauses(text, fact_name_at, denials=True):
        start, end = clause.tokens[0].start, clause.tokens[-1].end
        if not any(first <= start < last for first, last in taken):
            _refuse_beside(text.typed, without(start, end), source[start:end], day)
    words = [token for token in text.tokens[1:] if source[token.start - 1].isspace()]
    for token in reversed(words):
        _refuse_beside(text.typed, source[: token.start], source[token.start :], day)
    for token in words:
        _refuse_beside(text.typed, source[token.start :], source[: token.start], day)


_SINCE = re.compile(
    r"(?i)\b(?:since|depuis|seit)\s+[^,;()]+?(?=\s*(?:[,;()]|\Z|\s(?:with|without|avec|sans|mit|ohne|and|et|und)\s))"
)


def _refuse_time(typed: str, source: str, place: tuple[int, int], rest: str, day: date) -> None:
    """Raise InputError for a time that may be that of the onset or of the diagnosis, where the rest is a diagnosis; all else stays as it was typed."""
    start, end = place
    other = elsewhere(source[start:end], day)
    if other is None or other.option != "--onset" or not _is_diagnosis(re.sub(SMALL_ENDS, "", rest.strip(ENDS))):
        return
    words, left = shown(source[start:end], 40), re.sub(r"\(\s*\)", "", source[:start] + source[end:])
    diagnosis = re.sub(r"\s+(?=[,;)])", "", " ".join(left.split())).strip(ENDS)
    raise refusal(
        f"`{shown(typed)}`: `{words}` is not understood",
        f"`{shown(typed)}` : `{words}` n'est pas compris",
        what_to_type(other, typed_with("-s", diagnosis)),
    )


def _is_diagnosis(text: str) -> bool:
    return bool(text) and read_diagnosis(text, exact=True).subtype.id is not None


def _ask_of_fact(typed: str, piece: str, day: date) -> None:
    """Raise Ambiguous where a piece names a fact and leaves open which of its answers is meant: `DM with dysphagia`."""
    try:
        whole_of(typed, "subtypes", lambda: read_fact(piece, day, None))
    except Ambiguous:
        raise
    except InputError:
        return


def _refuse_beside(typed: str, rest: str, piece: str, day: date) -> None:
    """Raise InputError that names a piece of the text, where the rest of it is a diagnosis."""
    rest, piece = re.sub(SMALL_ENDS, "", rest.strip(ENDS)), piece.strip(ENDS)
    if not piece or not _is_diagnosis(rest):
        return
    _ask_of_fact(typed, piece, day)
    words = shown(piece, 40)
    raise refusal(
        f"`{shown(typed)}`: `{words}` is not understood",
        f"`{shown(typed)}` : `{words}` n'est pas compris",
        beside(typed, piece, rest, day),
    )
