"""A treatment as one types it, in English, French or German: the drug, its dose and its times, read to the last word.

`rituximab until 2026-05`, `prednisone 15 mg since 2026-01`, `never rituximab`, `no other`, `MTX 15 mg/semaine depuis 2024-03`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from myofind.asking.as_typed import typed_between
from myofind.asking.clauses import parts_of
from myofind.asking.contradictory import treatment_twice, treatments_clash
from myofind.asking.neither import check_not_neither
from myofind.asking.tokens import (
    GLUE,
    Text,
    Token,
    name_words,
    quoting,
    read_text,
    told_as_typed,
    whole_of,
)
from myofind.asking.treatment_doses import REPEATED, dose_of
from myofind.asking.treatment_refusals import goes_on, no_drug, shared_word, which_drug
from myofind.asking.treatment_times import DrugName, TreatmentWords
from myofind.asking.treatment_wording import one_wording
from myofind.asking.treatment_words import (
    AT_ALL,
    BEFORE,
    BESIDE,
    COMPANIONS,
    HARMLESS,
    NEVER,
    NEVER_OTHER,
    NO_OTHER,
    NOT_NOW,
    NOW,
    TAKEN,
    WHEN,
)
from myofind.diagnostics import InputError
from myofind.domain.patient import OTHER, Treatment
from myofind.domain.treatment_facts import NAIVE, of_class
from myofind.names.laboratory_values import Remark
from myofind.names.vocabulary import Resolution, resolve
from myofind.records import NamedTuple

__all__ = ["named_drug", "read_treatment", "read_treatments", "treatment_texts"]


class Listed(NamedTuple):
    """The treatments of a patient, and what should be told of how they were read."""

    treatments: tuple[Treatment, ...]
    remarks: tuple[Remark, ...] = ()
    beside: bool = False
    """Does the list end in `no other`, so that what facts say is taken counts as listed?"""


class TypedTreatment(NamedTuple):
    """A treatment as read, and what should be told of how it was."""

    treatment: Treatment | None
    """None for what is taken beside and no trial asks about, which a remark tells."""
    remarks: tuple[Remark, ...] = ()
    at_all: bool = False
    """Does it say that no treatment is or was taken at all?"""
    beside: bool = False
    """Does it say so of those that are not named?"""


def read_treatments(texts: Iterable[str], day: date, beside: Sequence[Treatment] = ()) -> Listed:
    """The treatments typed, `beside` those that facts were named by.

    Raises InputError for one that cannot be read, or two that contradict each other.
    """
    listed: list[Treatment] = []
    told = [each for text in texts for each in _all_of(text, day)]
    remarks = [remark for each in told for remark in each.remarks]
    for treatment in (each.treatment for each in told if each.treatment):
        after = next((one for one in listed if _follows(treatment, one)), None)
        before = after or next((one for one in listed if _follows(one, treatment)), None)
        if before is None:
            _check_clash(listed, treatment)
        else:
            earlier = after or treatment
            assert earlier.until is not None
            remarks.append(Remark("earlier_course", (f"@{earlier.drug}", typed_between(earlier.until))))
            if after is None:
                continue
            listed.remove(after)
        if treatment not in listed:
            listed.append(treatment)
    _check_nothing([each.treatment for each in told if each.treatment and each.at_all], (*listed, *beside))
    return Listed(_ordered(listed), tuple(dict.fromkeys(remarks)), any(each.beside for each in told))


def _follows(later: Treatment, earlier: Treatment) -> bool:
    """Is a course of a drug one that began after an earlier one had ended?"""
    since, until = later.since and later.since.first, earlier.until and earlier.until.last
    return later.drug == earlier.drug and bool(since and until and until <= since)


def _check_nothing(nothing: Iterable[Treatment], listed: Iterable[Treatment]) -> None:
    """Raises Contradictory where no treatment is taken at all, or ever was, and one stands beside it; a short course of steroids is none."""
    for said in nothing:
        for one in listed:
            if said.status == "not_now":
                taken = one.status == "now"
            else:
                taken = one.status in ("now", "past") and any(of_class(one.drug, each) for each in NAIVE)
            if taken:
                raise treatments_clash(said, one)


def beside_listed(listed: Iterable[Treatment], facts: Iterable[Treatment]) -> tuple[Treatment, ...]:
    """The treatments listed, with those that facts were named by where the list does not say them itself; raises InputError on a clash."""
    told = list(listed)
    for treatment in facts:
        taken = treatment.status == "past" and treatment.until is None
        if taken and any(one.status in ("now", "past") and of_class(one.drug, treatment.drug) for one in told):
            continue
        _check_clash(told, treatment)
        told += [] if treatment in told else [treatment]
    return _ordered(told)


def _ordered(listed: Iterable[Treatment]) -> tuple[Treatment, ...]:
    return tuple(sorted(listed, key=lambda one: (one.drug, one.status)))


def _check_clash(listed: Iterable[Treatment], treatment: Treatment) -> None:
    for earlier in listed:
        if earlier != treatment and _clash(earlier, treatment):
            raise treatment_twice(earlier, treatment)


def _all_of(typed: str, day: date) -> list[TypedTreatment]:
    """The treatments of one text, each told of as it was typed."""
    with quoting(typed):
        return [each._replace(remarks=told_as_typed(typed, each.remarks)) for each in _listed(typed, day)]


def _listed(typed: str, day: date) -> list[TypedTreatment]:
    """The treatments of one text: one, or each of a list."""
    if len(typed) <= LONGEST_LIST:
        check_not_neither(typed)
    apart = [part for part in re.split(r"[,;\n]", typed) if part.strip()]
    if len(apart) > 1 and any(name_words(part) in AT_ALL for part in apart):  # no sign of what stands beside it
        return [told for part in apart for told in _listed(part, day)]
    try:
        return [_read(typed, day)]
    except InputError:
        parts = treatment_texts(typed)
        if len(parts) < 2:
            raise
    return whole_of(one_wording(typed), "treatments", lambda: [_read(part, day) for part in parts])


def treatment_texts(typed: str) -> tuple[str, ...]:
    """The texts of single treatments in a list of them; the text itself where it is no list, or a part names no drug.

    Raises InputError where it is not plain to which of them a word or a time belongs.
    """
    lists = [
        parts_of(read_text(one_wording(_BRACKETED.sub(" \\1 ", listed))), lambda tokens, at: None)
        for listed in _LINES.split(typed[: LONGEST_LIST + 1])
        if listed.strip()
    ]
    texts = tuple(part.strip() for parts in lists for part in parts)
    if len(texts) < 2 or len(typed) > LONGEST_LIST or not all(named_drug(part) or _companion(part) for part in texts):
        return (typed,)
    said_of_all = [_said_of_all(parts) for parts in lists]
    if any(said_of_all):
        whole = [part for parts, said in zip(lists, said_of_all, strict=True) for part in map(str.strip, said or parts)]
        raise shared_word(typed, texts, whole)
    return texts


_BRACKETED = re.compile(
    r"(?i)\s*\(([^(),;+&]*(?:[0-9]|[ée]chec|fail|ineff|arr[eê]t|stop|en cours|ongoing)[^(),;+&]*)\)"
)
"""What stands in brackets behind one treatment of a list: its years or its dose."""
LONGEST_LIST = 2000
"""Characters of a list of treatments, each of which is as short as a fact."""
_LINES = re.compile(r"\s*(?:;|\n)\s*(?:(?:[-–•*]|[0-9]{1,2}[.)])\s+)?|\A\s*(?:[-–•*]|[0-9]{1,2}[.)])\s+")
"""What parts the treatments of a list beyond doubt: a semicolon, or a line with its bullet."""


def _companion(typed: str) -> bool:
    """Does a text name something that is taken beside and no trial asks about, with its dose at most?"""
    text = read_text(typed)
    left = dose_of(text, text.tokens, "").rest
    words = tuple(token.text for token in left if token.text not in GLUE)
    return any(
        words[at:end] in COMPANIONS and not set(words[:at] + words[end:]) - HARMLESS - NOW
        for at in range(len(words))
        for end in range(at + 1, len(words) + 1)
    )


_SAID = WHEN.keys() | NOW | NOT_NOW | NEVER | BEFORE | TAKEN
_REACHING = WHEN.keys() | BEFORE | TAKEN


def _said_of_all(parts: Sequence[str]) -> list[str]:
    """A list with what is said of one drug said of all, where it may be: a word before it reaches those after it, a time those before it."""
    apart = [part for part in parts if named_drug(part) == OTHER]
    parts = [part for part in parts if part not in apart and not _companion(part)]
    said = [bool(_SAID & set(name_words(part))) for part in parts]
    for at, part in enumerate(parts):
        text = read_text(part)
        name = _drug(text)
        lead, tail = text.tokens[: name.start], text.tokens[name.end :]
        if any(token.text in _REACHING for token in lead) and not all(said[at + 1 :]):
            words = text.part(lead)
            return [*(each if said[i] or i < at else f"{words} {each}" for i, each in enumerate(parts)), *apart]
        if (time := [token for token in tail if token.text in _REACHING | NOT_NOW | NEVER]) and not all(said[:at]):
            words = text.folded[time[0].start :].strip()
            return [*(each if said[i] or i > at else f"{each} {words}" for i, each in enumerate(parts)), *apart]
    return []


def _clash(first: Treatment, second: Treatment) -> bool:
    if first.drug == second.drug:
        return first.drug != OTHER
    if OTHER in (first.drug, second.drug):
        return False
    return any(
        of_class(narrow.drug, wide.drug)
        and (
            (wide.status == "never" and narrow.status in ("now", "past"))
            or (wide.status == "not_now" and narrow.status == "now")
        )
        for wide, narrow in ((first, second), (second, first))
    )


def read_treatment(typed: str, day: date) -> Treatment:
    """One treatment; raises InputError naming what is not understood."""
    treatment = _read(typed, day).treatment
    assert treatment is not None
    return treatment


def _read(typed: str, day: date) -> TypedTreatment:
    return whole_of(one_wording(typed), "treatments", lambda: _read_one(typed, day))


def _read_one(typed: str, day: date) -> TypedTreatment:
    words = name_words(typed)
    if words in NO_OTHER:
        return TypedTreatment(Treatment(OTHER, "not_now"), at_all=words in AT_ALL, beside=words in BESIDE)
    if words in NEVER_OTHER:
        return TypedTreatment(Treatment(OTHER, "never"), at_all=words in AT_ALL, beside=words in BESIDE)
    text = read_text(one_wording(typed))._replace(typed=typed)
    if _companion(typed):
        return TypedTreatment(None, (Remark("not_asked", (text.folded.strip(),)),))
    name = _drug(text)
    rest = [*text.tokens[: name.start], *text.tokens[name.end :]]
    dose = dose_of(text, _without_brand(text, rest, name.drug), name.drug)
    remarks = [Remark("dose_unused", (f"@{name.drug}", dose.unused))] if dose.unused else []
    said = TreatmentWords(text, name, day)
    treatment = said.read(dose.rest, dose.amount)
    if treatment.until is not None and REPEATED.search(dose.unused) and not said.ended:
        raise goes_on(typed, name.words, typed_between(treatment.until))
    if said.earlier:
        remarks.append(Remark("earlier_course", (f"@{name.drug}", said.earlier)))
    if said.reason:
        remarks.append(Remark("reason_unused", (f"@{name.drug}", said.reason)))
    return TypedTreatment(treatment, tuple(remarks))


# The drug --------------------------------------------------------------------------------------------------------------


def named_drug(typed: str) -> str | None:
    """The drug a text names; none where it names none that is known."""
    if name_words(typed) in NO_OTHER | NEVER_OTHER:
        return OTHER
    try:
        return _drug(read_text(one_wording(typed))).drug
    except InputError:
        return None


def _drug(text: Text) -> DrugName:
    """The drug of a text, the longest name first; raises InputError where there is none, or its name is ambiguous."""
    tokens = text.tokens
    doubtful: Resolution | None = None
    for length in range(min(8, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = tokens[start : start + length]
            if not (part[0].text.isalnum() and part[-1].text.isalnum()):
                continue
            if not all(token.text.isalnum() or token.text in GLUE for token in part) or (
                length == 1 and part[0].text in WHEN
            ):
                continue
            told = resolve("drugs", text.part(part), exact=True)
            if told.id is not None and told.id not in ("placebo", "standard_of_care"):
                return DrugName(start, start + length, told.id, text.part(part))
            if told.outcome == "ambiguous" and doubtful is None and told.why != "several":
                doubtful = told
    raise which_drug(text.typed, doubtful) if doubtful is not None else no_drug(text.typed)


def _without_brand(text: Text, rest: list[Token], drug: str) -> list[Token]:
    """The tokens without a second name of the same drug in brackets: `abatacept (Orencia)`."""
    opening = [at for at, token in enumerate(rest) if token.text == "("]
    for first in opening:
        last = next((at for at in range(first, len(rest)) if rest[at].text == ")"), 0)
        inside = rest[first + 1 : last]
        if inside and resolve("drugs", text.part(inside), exact=True).id == drug:
            return [*rest[:first], *rest[last + 1 :]]
    return rest
