"""What is said of a fact once it is named: yes, no or since when; one of its answers; a day. Numbers are in `typed_numbers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from myofind.asking.fact_refusals import refused
from myofind.asking.small_words import HARMLESS, HISTORY, KNOWN, NEVER, NO, NOW, OVER, PAST, SHORT, SINCE, YES
from myofind.asking.tokens import Hit, Phrases, Text, Token, hit_at, phrase_table, read_span, read_time, refusal
from myofind.asking.typed_numbers import read_number
from myofind.domain.patient import Birth, Chosen, FactValue, When, YesNo
from myofind.names.facts import FACTS, FactId, Row
from myofind.names.laboratory_values import Remark
from myofind.records import NamedTuple

__all__ = ["PART", "TypedFact", "read_value"]

PART = "part"
"""Said of a name that means only a part of the fact: it may affirm the fact, and never deny it."""


class TypedFact(NamedTuple):
    """A fact as read, and what should be told of how it was."""

    id: FactId
    value: FactValue | None
    """None where what was said decides nothing of the fact, which a remark then tells."""
    remarks: tuple[Remark, ...] = ()


def read_value(row: Row, chosen: str, text: Text, at: Hit, day: date, birth: Birth | None) -> TypedFact:
    """The value that a text gives of the fact it names at `at`; `chosen` is the answer that the name itself says."""
    rest = [*text.tokens[: at.start], *text.tokens[at.end :]]
    told = _of_kind(row, chosen, text, at, rest, day, birth)
    if chosen == PART and told.value in (When(), YesNo(False)):
        return TypedFact(row.id, None, (Remark("part_denied", (f"@{row.id}", text.folded.strip())),))
    if chosen == PART and isinstance(told.value, YesNo) and not told.value.yes:
        raise refused(row, text)
    return told


def _of_kind(
    row: Row, chosen: str, text: Text, at: Hit, rest: list[Token], day: date, birth: Birth | None
) -> TypedFact:
    match row.kind:
        case "yes_no":
            return _yes_no(row, text, rest, day)
        case "choice":
            return _choice(row, chosen, text, rest, day)
        case "number":
            return TypedFact(row.id, *read_number(row, text, at, day))
        case "span" | "day":
            value = _onset(text, at, day, birth) if row.id == "onset" else _when(row, text, rest, day)
            return TypedFact(row.id, value)


def _onset(text: Text, at: Hit, day: date, birth: Birth | None) -> FactValue:
    from myofind.domain import onsets
    from myofind.domain.typed_times import Unread

    rest = text.tokens[at.end :]
    try:
        return onsets.read_onset(text.part(rest[1:] if rest and rest[0].text in ("=", ":") else rest), day, birth)
    except Unread as error:
        raise refusal(*error.said) from None


# Yes or no -------------------------------------------------------------------------------------------------------------

_WORDS = {"no": NO, "yes": YES, "past": PAST, "over": OVER, "history": HISTORY, "now": NOW, "known": KNOWN}


@dataclass(frozen=True)
class _Said:
    """How often each kind of small word was said, whether as "never", and the words about a time."""

    counts: Mapping[str, int]
    never: bool
    times: list[Token]

    def __getitem__(self, kind: str) -> int:
        return self.counts[kind]


def _sorted(rest: Sequence[Token]) -> _Said:
    counts = dict.fromkeys(_WORDS, 0)
    times: list[Token] = []
    alone = {token.text for token in rest} - HARMLESS
    for at, token in enumerate(rest):
        elided = (
            token.text in ("n", "ne", "y") and at + 1 < len(rest) and (token.text != "n" or rest[at + 1].text == "'")
        )
        kind = next((kind for kind, words in _WORDS.items() if token.text in words), "")
        if token.text in _LATELY and any(near.text[0].isdigit() for near in rest[max(at - 1, 0) : at + 2]):
            times.append(token)
        elif kind:
            counts[kind] += 1
        elif token.text in SHORT and alone == {token.text}:
            counts[SHORT[token.text]] += 1
        elif (token.text not in HARMLESS or times) and not (elided and not times and len(alone) > 1):
            times.append(token)
    while times and times[-1].text in HARMLESS:
        times.pop()
    return _Said(counts, any(token.text in NEVER for token in rest), times)


def _yes_no(row: Row, text: Text, rest: Sequence[Token], day: date) -> TypedFact:
    said = _sorted(rest)
    past = said["past"] + said["history"] + said["over"]
    if (
        said["no"] + said["yes"] > 1
        or any(number > 1 for number in said.counts.values())
        or (said["known"] and not said["no"])
    ):
        raise refused(row, text)
    if not row.dated and ((past and not (said["no"] and said["history"])) or (said["no"] and said["now"])):
        raise refused(row, text, said.times)
    if said["no"]:
        return _denied(row, text, said, day)
    if said["now"] and (past or said.times):
        raise refused(row, text, said.times)
    if not said.times:
        return TypedFact(row.id, YesNo(True, bool(past)))
    if said.times[0].text in SINCE and not said["over"]:
        if past:
            raise refused(row, text, said.times)
        body = text.part(said.times)
        read_span(body, day)
        return TypedFact(row.id, YesNo(True), (Remark("time_unused", (f"@{row.id}", body)),))
    if not row.dated:
        raise refused(row, text, said.times)
    when = read_time(text.part(said.times), day)
    return TypedFact(row.id, YesNo(True, True, when.first, when.last))


def _denied(row: Row, text: Text, said: _Said, day: date) -> TypedFact:
    """`no cancer` for all time, `no history of cancer` likewise; `no cancer since 2019` and `no active cancer` for their time only."""
    if said["over"] or (said["past"] and not said.never):
        raise refused(row, text, said.times)
    if said["now"]:
        if said.times or said.never or said["past"] or said["history"]:
            raise refused(row, text, said.times)
        return TypedFact(row.id, YesNo(False, False, day, day) if row.dated else YesNo(False))
    if not said.times:
        return TypedFact(row.id, YesNo(False))
    if not row.dated or said.never:
        raise refused(row, text, said.times)
    began = read_span(text.part(said.times), day, bare=False) if _lasting(said.times) else None
    if began is None:
        raise refused(row, text, said.times)
    return TypedFact(row.id, YesNo(False, False, began.first, began.last))


def _lasting(times: Sequence[Token]) -> bool:
    """Do the words tell a time that lasts until now, not a day?"""
    return any(token.text in SINCE | _LATELY for token in times)


_LATELY = frozenset(("last", "past", "within", "dernier", "derniers", "derniere", "dernieres", "passes", "passees"))
"""Words of a time that ends now, where they stand beside a number: `in the last 5 years`."""


# One or several answers ------------------------------------------------------------------------------------------------


@cache
def _values(id: FactId) -> Phrases:
    return phrase_table(
        (name, one.id) for one in FACTS[id].values for name in (one.id.replace("_", " "), one.en, one.fr, *one.aliases)
    )


def _choice(row: Row, chosen: str, text: Text, rest: Sequence[Token], day: date) -> TypedFact:
    values, without, times = ([chosen] if chosen else []), [], []  # type: list[str], list[str], list[Token]
    at = denied = said = 0
    table = _values(row.id)
    while at < len(rest):
        token = rest[at]
        hit = hit_at(rest, at, table) if not times else None
        if hit:
            if denied and chosen:
                raise refused(row, text)
            (without if denied else values).append(hit.meaning)
            denied = 0
            at = hit.end
            continue
        at += 1
        if token.text in NO:
            denied += 1
        elif token.text in YES or token.text in "+":
            said += 1
        elif not times and (token.text in ("and", "et", "und", ";", "&") or token.text in HARMLESS):
            continue
        else:
            times.append(token)
    if denied and chosen and len(values) == 1:
        values, without, denied = [], values, denied - 1
    elif denied and not values and not without and any(one.id == "none" for one in row.values):
        values, denied = ["none"], denied - 1
    if not values and not without and not denied and not said and not times:
        values = [one.id for one in row.values if one.bare]
    while times and times[-1].text in HARMLESS:
        times.pop()
    first = last = None
    remarks: tuple[Remark, ...] = ()
    if times and values and "none" not in values and not without:
        body = text.part(times)
        if times[0].text in SINCE:
            read_span(body, day)
            remarks, times = (Remark("time_unused", (f"@{row.id}", body)),), []
        elif row.dated:
            when = read_time(body, day)
            first, last, times = when.first, when.last, []
    values, without = list(dict.fromkeys(values)), list(dict.fromkeys(without))
    wrong = (
        times or denied or said > 1 or (said and not values) or set(values) & set(without) or not (values or without)
    )
    if wrong or (len(values) > 1 and (not row.several or "none" in values)) or "none" in without:
        raise refused(row, text, times)
    return TypedFact(row.id, Chosen(tuple(values), tuple(without), first, last), remarks)


# A day -----------------------------------------------------------------------------------------------------------------


def _when(row: Row, text: Text, rest: Sequence[Token], day: date) -> When:
    words = [token for token in rest if token.text not in ("=", ":", "on", "le", "en", "in", "(", ")")]
    if row.never and words and all(token.text in NO | HARMLESS for token in words):
        if sum(token.text in NO for token in words) == 1:
            return When()
        raise refused(row, text)
    if not words or any(token.text in NO | YES for token in words):
        raise refused(row, text)
    return read_span(text.part(words), day, bare=row.kind == "span")
