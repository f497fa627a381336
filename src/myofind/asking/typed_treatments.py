"""A treatment as one types it, in English, French or German: the drug, its dose and its times, read to the last word.

`rituximab until 2026-05`, `prednisone 15 mg since 2026-01`, `never rituximab`, `no other`, `MTX 15 mg/semaine depuis 2024-03`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from myofind.asking.as_typed import typed_between
from myofind.asking.contradictory import check_times, treatment_twice, treatments_clash
from myofind.asking.neither import check_not_neither
from myofind.asking.tokens import (
    figure_lost,
    left_blank,
    name_words,
    quoting,
    read_text,
    told_as_typed,
    whole_of,
)
from myofind.asking.treatment_doses import REPEATED, counted, dose_of, dose_words
from myofind.asking.treatment_drugs import companion, drug_of, named_drug, without_brand
from myofind.asking.treatment_lists import LONGEST_LIST, one_after_other, treatment_texts
from myofind.asking.treatment_refusals import beside_only, goes_on, last_course, puzzled, skin
from myofind.asking.treatment_times import TreatmentWords
from myofind.asking.treatment_wording import one_wording, with_bullets
from myofind.asking.treatment_words import (
    AT_ALL,
    BESIDE,
    NEVER_OTHER,
    NO_OTHER,
    NOW,
)
from myofind.diagnostics import InputError
from myofind.domain.patient import OTHER, Treatment
from myofind.domain.treatment_facts import NAIVE, of_class
from myofind.names.laboratory_values import Remark
from myofind.names.vocabulary import label
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
    only: bool = False
    """Does it say so with those it names, so that no other may be named elsewhere?"""


def read_treatments(texts: Iterable[str], day: date, beside: Sequence[Treatment] = ()) -> Listed:
    """The treatments typed, `beside` those that facts were named by.

    Raises InputError for one that cannot be read, or two that contradict each other.
    """
    listed: list[Treatment] = []
    said = [_all_of(text, day) for text in texts]
    _check_only(said)
    told = [each for own in said for each in own]
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


def _check_only(said: Sequence[Sequence[TypedTreatment]]) -> None:
    """Raise InputError where another treatment taken now stands beside `MTX only`."""
    for own in said:
        others = (each.treatment for other in said if other is not own for each in other)
        taken = next((each for each in others if each and each.status == "now"), None)
        if taken and any(each.only for each in own):
            raise beside_only(taken.drug)


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
    typed = with_bullets(typed)
    if len(typed) <= LONGEST_LIST:
        check_not_neither(typed)
    apart = [part for part in re.split(r"[,;\n]", typed) if part.strip()]
    nothing = [part for part in apart if name_words(part) in AT_ALL]
    if nothing and len(apart) > 1:  # no sign of what stands beside it
        rest = re.sub(rf"(?:[,;\n]\s*)?(?:{'|'.join(map(re.escape, nothing))})", "", typed).strip(" ,;\n")
        return [*(_listed(rest, day) if rest else ()), *(_read(part, day) for part in nothing)]
    if (alone := _alone(typed, day)) is not None:
        return alone
    try:
        return _in_turn(typed, day) or [_read(typed, day)]
    except InputError:
        parts = treatment_texts(typed)
        if len(parts) < 2:
            raise
    return whole_of(one_wording(typed), "treatments", lambda: [_read(part, day) for part in parts])


def _in_turn(typed: str, day: date) -> list[TypedTreatment]:
    """The treatments of `AZA 2019-2021 puis MMF depuis 2021`, where each says its time, and all but the last their end; none for any other text."""
    try:
        told = [_read(part, day) for part in one_after_other(typed)]
    except InputError:
        return []
    taken = [each.treatment for each in told if each.treatment]
    ended = all(each.status == "past" for each in taken[:-1])
    return (
        told
        if ended and any((each.since, each.changed, each.until) != (None, None, None) for each in taken[-1:])
        else []
    )


_LASTING = r"\s+(?:since|from|until|depuis|jusqu|seit|bis)"
_ONLY = re.compile(
    r"(?i)\b(?:nothing but|no treatment (?:but|except)|rien (?:d'autre )?(?:que|sauf)|nichts außer"
    rf"|(?:only|solely|seulement|uniquement|exclusivement|nur|ausschlie(?:ß|ss)lich)\b(?!\s*[0-9]|{_LASTING})"
    rf"|(?:alone|seule?s?)\b(?!\s*[0-9](?![0-9.,]*\s*mg\b)|{_LASTING}))\b"
)
"""`MTX only`, `nothing but MTX`: taken, and no other beside it."""


def _alone(typed: str, day: date) -> list[TypedTreatment] | None:
    """The treatments of a text that says they are the only ones taken now; None where it does not, or they are not plainly taken."""
    rest = _ONLY.sub(" ", typed, count=1).strip()
    if rest in ("", typed.strip()) or _ONLY.search(rest):
        return None
    try:
        told = _listed(rest, day)
    except InputError:
        return None
    taken = [each.treatment for each in told if each.treatment]
    if len(taken) != len(told) or any(
        (each.status, each.drug == OTHER, each.since) != ("now", False, None) for each in taken
    ):
        return None
    return [*told, TypedTreatment(Treatment(OTHER, "not_now"), beside=True, only=True)]


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


_ON_SKIN = frozenset(("cream", "creme", "opzelura"))
"""Words of the names of drugs that are put on the skin."""


def _read_one(typed: str, day: date) -> TypedTreatment:
    words = name_words(typed)
    if words in NO_OTHER:
        return TypedTreatment(Treatment(OTHER, "not_now"), at_all=words in AT_ALL, beside=words in BESIDE)
    if words in NEVER_OTHER:
        return TypedTreatment(Treatment(OTHER, "never"), at_all=words in AT_ALL, beside=words in BESIDE)
    text = read_text(one_wording(typed))._replace(typed=typed)
    if companion(typed):
        return TypedTreatment(None, (Remark("not_asked", (text.folded.strip(),)),))
    name = drug_of(text)
    if (lost := figure_lost(text, name.start, name.end)) is not None:
        raise puzzled(text, lost, name.words, ())
    if left_blank(behind := text.tokens[name.end :]):
        raise puzzled(text, behind[0], name.words, ())
    if not _ON_SKIN.isdisjoint(token.text for token in text.tokens[name.start : name.end]):
        raise skin(typed, label("drugs", name.drug))
    rest = [*text.tokens[: name.start], *text.tokens[name.end :]]
    doses = dose_words(text, without_brand(text, rest, name.drug))
    said = TreatmentWords(text, name, day, doses.rest)
    dose = dose_of(text, doses, name.drug, said.began)
    remarks = [Remark("dose_unused", (f"@{name.drug}", dose.unused))] if dose.unused else []
    treatment = said.read(dose.amount)
    check_times(treatment)
    if treatment.until is not None and REPEATED.search(dose.unused) and not said.ended:
        raise goes_on(typed, name.words, typed_between(treatment.until))
    unsaid = treatment.status == "now" and treatment.since is None and treatment.changed is None
    if unsaid and counted(dose.unused) and not any(token.text in NOW for token in text.tokens):
        raise last_course(typed, name.words)
    if said.earlier:
        before = [words for words in dose.ended if words not in said.earlier]
        remarks.append(Remark("earlier_course", (f"@{name.drug}", " ".join((*before, said.earlier)))))
    if said.reason:
        remarks.append(Remark("reason_unused", (f"@{name.drug}", said.reason)))
    return TypedTreatment(treatment, tuple(remarks))
