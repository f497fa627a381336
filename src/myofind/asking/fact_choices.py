"""What is said of a fact that is a choice: one of its answers, several, or those it is not, perhaps with a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from myofind.asking.fact_refusals import refused
from myofind.asking.fact_times import read_span, read_time
from myofind.asking.small_words import HARMLESS, HISTORY, NEVER, NO, OF_ALL, OVER, PAST, SHORT, SINCE, YES
from myofind.asking.tokens import Phrases, Text, Token, hit_at, phrase_table, which_of
from myofind.asking.typed_fact import DENIED, PART, WIDER, TypedFact, timed, without_small_end
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Chosen, InDoubt
from myofind.names.facts import FACTS, FactId, Row, Value, furthest
from myofind.names.laboratory_values import Remark
from myofind.names.normal import word_set

__all__ = ["read_choice"]


_NORMAL = frozenset(("normal", "normale"))
"""Of an examination: it does not show what is asked."""


@cache
def _values(id: FactId) -> Phrases:
    return phrase_table(
        (name, one.id)
        for one in FACTS[id].values
        for name in (one.id.replace("_", " "), one.en, one.fr, *one.aliases, *one.names)
    )


@cache
def _labels(id: FactId) -> Phrases:
    """What the fact itself is called: it may stand beside a value that names the fact by itself (`dysphagia feeding tube`)."""
    return phrase_table((name, id) for name in (id.replace("_", " "), FACTS[id].en, FACTS[id].fr))


@cache
def _findings(id: FactId, value: str) -> Phrases:
    """What may stand beside a value and says no more."""
    return phrase_table((name, value) for one in FACTS[id].values if one.id == value for name in one.findings)


@dataclass
class _Answers:
    """The answers given and denied, how many denials and affirmations stand with none of them, and the words of a time."""

    values: list[str]
    without: list[str] = field(default_factory=list)
    denied: int = 0
    said: int = 0
    times: list[Token] = field(default_factory=list)


def read_choice(row: Row, name_says: str, text: Text, rest: Sequence[Token], day: date) -> TypedFact:
    """The answers that a text gives; `name_says` is the answer that the name itself says, or how it stands to the fact."""
    chosen = "" if name_says in (PART, WIDER, DENIED) else name_says
    answers = _answers(row, chosen, text, rest)
    values, without = answers.values, answers.without
    plain = not values and not without and not answers.times
    if answers.denied == 1 and plain and name_says == PART:
        return TypedFact(row.id, None, (Remark("part_denied", (f"@{row.id}", text.folded.strip())),))
    _settle_denials(row, chosen, answers, rest)
    values, without = answers.values, answers.without
    if not values and not without and not answers.denied and answers.said < 2 and not answers.times:
        values = [one.id for one in row.values if one.bare]
    others = [one for one in row.values if not one.bare]
    if not rest and plain and not values and not name_says and not row.several:
        raise _which(
            row, text, [one for one in row.values if (one.id, row.usual) != ("none", "none")], text.typed.strip(" :=")
        )
    if answers.denied and plain and not values and len(others) < len(row.values):
        raise _which(row, text, others)
    ending = len(values) == 1 and any(one.ends for one in row.values if one.id == values[0])
    if ending and not (without or answers.denied) and _over(answers.times, text, day):
        return TypedFact(row.id, InDoubt(), (Remark("in_doubt_fact", (text.typed.strip(), f"@{row.id}")),))
    first, last, remarks = _time(row, text, answers, day)
    values, without = list(furthest(row, values)), list(dict.fromkeys(without))
    wrong = (
        answers.times
        or answers.denied
        or answers.said > 1
        or (answers.said and not values)
        or set(values) & set(without)
        or not (values or without)
        or (without and any(one.id == "not" for one in row.values))  # a biopsy without necrosis may still support
    )
    if wrong or (len(values) > 1 and (not row.several or "none" in values)) or "none" in without:
        raise refused(row, text, answers.times)
    return TypedFact(row.id, Chosen(tuple(values), tuple(without), first, last), remarks)


def _answers(row: Row, chosen: str, text: Text, rest: Sequence[Token]) -> _Answers:
    """Every word beside the name: an answer, what may stand beside one, a sign, or a word of a time."""
    answers = _Answers([chosen] if chosen else [])
    if any(token.text in NEVER for token in rest):
        rest = [token for token in rest if token.text not in ("had", "eu", "a", "n", "ne", "y", "'")]
    alone = {token.text for token in rest} - HARMLESS
    short = SHORT.get(next(iter(alone)), "") if len(alone) == 1 else ""
    found = any(one.id == chosen and one.findings for one in row.values)
    at = 0
    while at < len(rest):
        token = rest[at]
        hit = hit_at(rest, at, _values(row.id)) if row.ever or not answers.times else None
        beside = hit_at(rest, at, _findings(row.id, chosen)) or hit_at(rest, at, _labels(row.id)) if chosen else None
        if hit is not None:
            before = rest[at - 1].text if at else ""
            twice = before in NO and (before in {each.text for each in rest[at : hit.end]} or not answers.denied)
            if (answers.denied and chosen) or twice or answers.denied > 1:
                raise refused(row, text)
            (answers.without if answers.denied else answers.values).append(hit.meaning)
            answers.denied = 0
            at = hit.end
            continue
        if beside is not None:
            at = beside.end
            continue
        at += 1
        if token.text in NO or (found and token.text in _NORMAL) or (short == "no" and token.text in alone):
            answers.denied += 1
        elif token.text in YES or token.text in "+" or (short == "yes" and token.text in alone):
            answers.said += 1
        elif answers.times or not (token.text in ("and", "et", "und", ";", "&") or token.text in HARMLESS):
            answers.times.append(token)
    without_small_end(answers.times)
    return answers


_TREATED = (
    word_set("traite traitee traites traitees treated behandelt eradicated eradique eradiquee") | OVER | PAST | HISTORY
)


def _over(times: Sequence[Token], text: Text, day: date) -> bool:
    """Do the words say that an infection was treated or is over, so that whether it counts is for the trial to say?"""
    left = [token for token in times if token.text not in _TREATED]
    if len(left) == len(times):
        return False
    without_small_end(left)
    while left and left[0].text in HARMLESS:
        left.pop(0)
    if timed(left):
        read_time(text.part(left), day)
    return not left or timed(left)


def _settle_denials(row: Row, chosen: str, answers: _Answers, rest: Sequence[Token]) -> None:
    """A denial after an answer that the name says, after several where it is a plural, or of the fact as a whole."""
    of_all = (
        answers.denied == 1 and row.several and len(answers.values) > 1 and not answers.without and not answers.said
    )
    if of_all and rest[-1].text in OF_ALL:
        answers.values, answers.without, answers.denied = [], answers.values, 0
    if answers.denied and chosen and len(answers.values) == 1:
        answers.values, answers.without, answers.denied = [], answers.values, answers.denied - 1
    elif answers.denied and not answers.values and not answers.without and any(one.id == "none" for one in row.values):
        answers.values, answers.denied = ["none"], answers.denied - 1


def _time(row: Row, text: Text, answers: _Answers, day: date) -> tuple[date | None, date | None, tuple[Remark, ...]]:
    """The day of an answer that may carry one; what has lasted since a time is so now, and the time is not used."""
    times = answers.times
    if not times or not answers.values or "none" in answers.values or answers.without:
        return None, None, ()
    while len(times) > 1 and times[-1].text in (":", ",", ";"):
        times.pop()
    body = text.part(times)
    if times[0].text in SINCE:
        read_span(body, day)
        answers.times = []
        return None, None, (Remark("time_unused", (f"@{row.id}", body)),)
    if row.ever and timed(times):
        read_time(body, day)
        answers.times = []
        return None, None, (Remark("time_unused", (f"@{row.id}", body)),)
    if row.dated and timed(times):
        when = read_time(body, day)
        answers.times = []
        return when.first, when.last, ()
    return None, None, ()


def _which(row: Row, text: Text, others: Sequence[Value], name: str = "") -> InputError:
    """A question where `no rash` may be past or never, and where nothing stands with the name of a fact."""
    texts = [(f"{name or row.en} {one.en}", f"{name or row.fr} {one.fr}") for one in others]
    return which_of(text, (f"`{shown(text.typed)}`: which of them?", f"`{shown(text.typed)}` : lequel ?"), texts)
