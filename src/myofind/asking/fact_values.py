"""What is said of a fact once it is named: yes, no or since when; one of its answers; a day. Numbers are in `typed_numbers`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from myofind.asking.fact_choices import read_choice
from myofind.asking.fact_degrees import (
    ENDED_BY,
    EXAMINED,
    after_leads,
    is_length,
    of_examination,
    treated_now,
    without_degree,
)
from myofind.asking.fact_refusals import refused
from myofind.asking.fact_times import read_span, read_time
from myofind.asking.small_words import (
    HARMLESS,
    HISTORY,
    KNOWN,
    NEVER,
    NO,
    NOW,
    OVER,
    PAST,
    SHORT,
    SINCE,
    YES,
)
from myofind.asking.tokens import (
    Hit,
    Text,
    Token,
    refusal,
)
from myofind.asking.typed_fact import TypedFact, timed, without_small_end
from myofind.asking.typed_numbers import read_number
from myofind.asking.wide_names import narrowed, of_part, once, wider
from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Birth, FactValue, When, YesNo
from myofind.domain.typed_times import is_period
from myofind.names.facts import Row
from myofind.names.laboratory_values import Remark
from myofind.names.normal import word_set

__all__ = ["read_value"]


def read_value(row: Row, chosen: str, text: Text, at: Hit, day: date, birth: Birth | None) -> TypedFact:
    """The value that a text gives of the fact it names at `at`; `chosen` is the answer that the name itself says."""
    rest = [*text.tokens[: at.start], *text.tokens[at.end :]]
    within = {token.text for token in text.tokens[at.start : at.end] if token.text in NO}
    if any(token.text in within for token in rest):
        raise refused(row, text)  # `never never treated` is no denial of `never treated`
    if row.narrowed and chosen in ("wider", "") and (left := narrowed(row, rest)) is not None:
        rest, chosen = left, ""
    told = _of_kind(row, chosen, text, at, rest, day, birth)
    match chosen:
        case "part":
            return of_part(row, text, told)
        case "wider" if row.ever:
            return once(row, text, told, rest)
        case "wider" if told.value != YesNo(False):
            raise wider(row, text)
        case "denied":
            if told.value != YesNo(True):
                raise refused(row, text)
            return TypedFact(row.id, YesNo(False))
    return told


def _of_kind(
    row: Row, chosen: str, text: Text, at: Hit, rest: list[Token], day: date, birth: Birth | None
) -> TypedFact:
    match row.kind:
        case "yes_no":
            _check_not_added(row, text, at)
            return _yes_no(row, text, rest, day)
        case "choice":
            return read_choice(row, chosen, text, rest, day)
        case "number":
            return TypedFact(row.id, *read_number(row, text, at, day))
        case "span" | "day":
            value = _onset(row, text, at, day, birth) if row.id == "onset" else _when(row, text, rest, day)
            return TypedFact(row.id, value)


def _check_not_added(row: Row, text: Text, at: Hit) -> None:
    """Raise InputError for `cancer, none now`: what is named and then, behind a comma or in brackets, denied for now was there before."""
    behind = [token.text for token in text.tokens[at.end :]]
    if behind and behind[0] in (",", "(") and not NO.isdisjoint(behind) and not NOW.isdisjoint(behind):
        raise refused(row, text)


def _onset(row: Row, text: Text, at: Hit, day: date, birth: Birth | None) -> FactValue:
    from myofind.domain import onsets
    from myofind.domain.dates import Unread

    before = [token for token in text.tokens[: at.start] if token.text not in HARMLESS | _DATED]
    aged = [token.text for token in before] in (["age"], ["alter"])
    rest = text.tokens[at.end :]
    if (before and not aged) or not rest:
        raise refused(row, text, before)
    try:
        typed = text.part(rest[1:] if rest and rest[0].text in ("=", ":") else rest)
        return onsets.read_onset(f"at {typed}" if aged else typed, day, birth)
    except Unread as error:
        raise refusal(*error.said) from None


_DATED = word_set("date day month year jour mois annee datum")
"""What may stand before the name of a day: `date of onset`."""

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
        elif (token.text not in HARMLESS or times or _year_before(rest, at)) and not (
            elided and not times and len(alone) > 1
        ):
            times.append(token)
    without_small_end(times)
    return _Said(counts, any(token.text in NEVER for token in rest), times)


def _year_before(rest: Sequence[Token], at: int) -> bool:
    """Is it the year of `l'an dernier`, and no article?"""
    return is_period(" ".join(token.text for token in rest[at : at + 2])) and rest[at].text == "an"


def _yes_no(row: Row, text: Text, rest: Sequence[Token], day: date) -> TypedFact:
    treated = treated_now(rest)
    now = len(treated) < len(rest)
    rest, unused = without_degree(row, treated)
    said = _sorted(rest)
    remarks = (Remark("time_unused", (f"@{row.id}", unused)),) if unused else ()
    if row.so_far and timed(said.times):
        raise _so_far(row, text)
    if row.ever and any(token.text in _UNDER_WAY for token in rest):
        raise refused(row, text)
    if row.lasts and said.times and not said["no"] and is_length(body := text.part(said.times)):
        remarks, said.times[:] = (*remarks, Remark("time_unused", (f"@{row.id}", body))), []
    if not row.dated and timed(said.times) and any(token.text in EXAMINED for token in rest):
        body = text.part(of_examination(said.times))
        read_time(body, day)
        remarks, said.times[:] = (*remarks, Remark("time_unused", (f"@{row.id}", body))), []
    if row.dated and timed(said.times):
        while said.times[-1].text in ENDED_BY | {","}:
            said.times.pop()
    if row.dated and said.times and said.times[0].text in ENDED_BY:
        said.times[:] = after_leads(said.times[1:])
        if not timed(said.times):
            raise refused(row, text, [token for token in rest if token.text in ENDED_BY])
    past = said["past"] + said["history"] + said["over"]
    if (
        said["no"] + said["yes"] > 1
        or any(number > 1 for number in said.counts.values())
        or (said["known"] and not said["no"])
    ):
        raise refused(row, text)
    if not row.dated and (
        (past and not (row.ever or (said["no"] and said["history"]))) or (said["no"] and said["now"])
    ):
        raise refused(row, text, said.times)
    if said["no"]:
        return _denied(row, text, said, day)._replace(remarks=remarks)
    if said["now"] and (past or said.times):
        raise refused(row, text, said.times)
    return _affirmed(row, text, said, remarks, day, past=bool(past), now=now)


def _affirmed(
    row: Row, text: Text, said: _Said, remarks: tuple[Remark, ...], day: date, *, past: bool, now: bool
) -> TypedFact:
    """A yes, with what its time says: that it is over, how long it has lasted, or nothing that is used."""
    if not said.times:
        return TypedFact(row.id, YesNo(True, past and not row.ever), remarks)
    if row.ever and timed(said.times):
        body = text.part(said.times)
        read_time(body, day)
        return TypedFact(row.id, YesNo(True), (*remarks, Remark("time_unused", (f"@{row.id}", body))))
    if said.times[0].text in _LASTING and not said["over"]:
        if past:
            raise refused(row, text, said.times)
        body = text.part(said.times)
        since = read_span(body, day)
        if row.began is not None:
            return TypedFact(row.id, YesNo(True), remarks, (row.began, since))
        return TypedFact(row.id, YesNo(True), (*remarks, Remark("time_unused", (f"@{row.id}", body))))
    if row.graded and not (row.dated or row.began or past) and timed(said.times):
        body = text.part(said.times)
        read_time(body, day)
        return TypedFact(row.id, YesNo(True), (*remarks, Remark("time_unused", (f"@{row.id}", body))))
    if not row.dated or not timed(said.times):
        raise refused(row, text, said.times)
    when = read_time(text.part(said.times), day)
    if now and not past:
        return TypedFact(row.id, YesNo(True), (*remarks, Remark("time_unused", (f"@{row.id}", text.part(said.times)))))
    return TypedFact(row.id, YesNo(True, True, when.first, when.last))


_UNDER_WAY = frozenset(("cours", "ongoing"))
"""What is under way does not hold for ever yet: `vaccination en cours`."""


def _so_far(row: Row, text: Text) -> InputError:
    """That what has held from the beginning has no day since when: `untreated since 2024` was treated before."""
    return refusal(
        f"`{shown(text.typed)}`: {row.en}, or only since then?",
        f"`{shown(text.typed)}` : {row.fr}, ou seulement depuis ?",
        (
            'write `never treated`, or -T "no treatment" and what was taken before: -T "MTX until 2024"',
            'écrire `jamais traité`, ou -T "aucun traitement" et ce qui a été pris avant : -T "MTX jusqu\'en 2024"',
        ),
    )


def _denied(row: Row, text: Text, said: _Said, day: date) -> TypedFact:
    """`no cancer` for all time, `no history of cancer` likewise; `no cancer since 2019` and `no active cancer` for their time only."""
    if said["over"] or (said["past"] and not (said.never or row.ever)):
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


_LASTING = SINCE | {"for", "pendant"}
"""Before a time that lasts until now."""


def _lasting(times: Sequence[Token]) -> bool:
    """Do the words tell a time that lasts until now, not a day?"""
    return timed(times) and any(token.text in _LASTING | _LATELY for token in times)


_LATELY = frozenset(("last", "past", "within", "dernier", "derniers", "derniere", "dernieres", "passes", "passees"))
"""Words of a time that ends now, where they stand beside a number: `in the last 5 years`."""


def _day_asked(row: Row, text: Text) -> InputError:
    """That what is typed says the fact and not its day, and how to type both."""
    name = text.typed.strip(" :=")
    return refusal(
        f"`{shown(text.typed)}`: its day is asked, or the month or the year ({row.en})",
        f"`{shown(text.typed)}` : c'est la date qui est demandée, ou le mois ou l'année ({row.fr})",
        (f"write `{name} 2025-03`", f"écrire `{name} 2025-03`"),
    )


# A day -----------------------------------------------------------------------------------------------------------------


_AROUND_A_DAY = word_set("= : on le en in ( ) pose posee etabli etablie made established")


def _when(row: Row, text: Text, rest: Sequence[Token], day: date) -> When:
    words = [token for token in rest if token.text not in _AROUND_A_DAY]
    words = [*dropwhile(lambda token: token.text in ("de", "du", "of", "dated"), words)]
    if row.never and words and all(token.text in NO | HARMLESS | HISTORY | KNOWN for token in words):
        if sum(token.text in NO for token in words) == 1:
            return When()
        raise refused(row, text)
    if not words and row.kind == "day":
        raise _day_asked(row, text)
    if not words or any(token.text in NO | YES for token in words) or not timed(words):
        raise refused(row, text, [token for token in words if token.text not in NO | YES] if words else ())
    return read_span(text.part(words), day, bare=row.kind == "span")
