"""A diagnosis as one types it: one or several under discussion, and the facts said beside it.

`SAS anti-Jo1 sans PID` is antisynthetase syndrome, anti-Jo-1 positive, no lung disease; `PM ou SAS` is two diagnoses under discussion.
What is neither a diagnosis, an antibody nor a fact of the table refuses the text and is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from myofind.asking.diagnosis_course import (
    ENDS,
    SMALL_ENDS,
    check_course,
    denial_before,
    joins_two,
    named_beside,
    not_known,
    other_disease,
    state_begins,
    unclear_dash,
    unused_words,
    without_criteria,
)
from myofind.diagnostics import InputError
from myofind.domain.known_facts import known_facts
from myofind.domain.patient import FactValue, Patient, Treatment, YesNo
from myofind.names.compiled_files import read
from myofind.names.diagnosis import LONGEST, DiagnosisReading, read_diagnosis
from myofind.names.facts import FactId
from myofind.names.normal import compact
from myofind.names.subtypes import is_inflammatory
from myofind.names.vocabulary import resolve
from myofind.records import NamedTuple

if TYPE_CHECKING:
    from myofind.asking.tokens import Text, Token
    from myofind.asking.typed_fact import TypedFact
    from myofind.names.laboratory_values import Remark

_OR = r"(?i)\s*,?\s+(?:ou|or|oder|vs\.?|versus|soit)\s+|\s*,\s*"
_EITHER = r"(?i)\s(?:ou|or|oder|vs\.?|versus|soit)\s"
_LEAD = r"(?i)^(?:either|soit|entweder)\s+"
_ADJECTIVE = r"(?i)r[eé]fra[ck]t|r[eé]sist|naiv|naïv|trait[eé]|treated|behandelt"
"""Beginnings of the words that say of a diagnosis whether it was treated, and with what success."""
_BY = ("with", "by", "avec", "par", "mit", "durch")
_OF_TREATMENT = ("refractory", "steroid_failed", "treatment_naive")
_SIGN = r"[^\w\s-]|\s-|-\s|-$"
_EMPTY = r"\(\s*[,;]?\s*\)|\[\s*[,;]?\s*\]"


class TypedDiagnosis(NamedTuple):
    """The diagnoses of a text, each as read, with the facts said beside them and what should be told."""

    readings: tuple[DiagnosisReading, ...]
    facts: tuple[tuple[FactId, FactValue], ...] = ()
    treatments: tuple[Treatment, ...] = ()
    remarks: tuple[Remark, ...] = ()
    together: bool = False
    """Are the diagnoses those of one disease, so that what is said with one holds for all?"""


class _Beside(NamedTuple):
    """A stretch of a text that says a fact, or that one is not known, from its first joining sign to its end."""

    start: int
    end: int
    told: TypedFact | None


def read_typed_diagnosis(typed: str, day: date, *, exact: bool = False) -> TypedDiagnosis:
    """Read the diagnoses of a text and the facts beside them; raises InputError for facts that contradict each other or are unclear.

    A word of the course or the certainty that is no fact is passed over aloud. What is told quotes the text as it was typed.
    """
    try:
        told = _read_whole(typed, day, exact=exact)
    except InputError:  # what reads tokens is loaded only where there is something to quote
        from myofind.asking.tokens import quoting

        with quoting(typed):
            raise
    if not told.remarks:
        return told
    from myofind.asking.tokens import told_as_typed

    return told._replace(remarks=told_as_typed(typed, told.remarks))


def _read_whole(typed: str, day: date, *, exact: bool) -> TypedDiagnosis:
    earlier: tuple[Remark, ...] = ()
    if not typed.isalnum():  # a word by itself is a name
        from myofind.asking.diagnosis_history import now_alone

        typed, earlier = now_alone(typed)
    told = _read_beside_criteria(typed, day, exact=exact)
    readings = tuple(named_beside(told.readings))
    facts = dict(told.facts)
    for id, value in other_disease(readings) if len(told.readings) == 1 else ():
        from myofind.asking.facts_beside import with_earlier

        facts[id] = with_earlier(id, value, facts.get(id))
    told = told._replace(
        readings=readings, facts=tuple(facts.items()), together=len(readings) > 1 and len(told.readings) == 1
    )
    check_course(typed, told.readings, implied=_implied(told, day), beside=bool(told.facts))
    return told._replace(remarks=(*earlier, *told.remarks, *unused_words(told.readings)))


def _read_beside_criteria(typed: str, day: date, *, exact: bool) -> TypedDiagnosis:
    """Read a text; where it cannot be read, without the criteria that it names, which are then passed over aloud."""
    rest, criteria = without_criteria(typed)
    for text, passed in ((typed, ()), (rest, criteria)) if criteria and rest.strip() else ():
        with suppress(InputError):
            told = _read(text, day, exact=exact)
            if all(each.subtype.id and not each.problems for each in told.readings):
                return told._replace(remarks=(*told.remarks, *passed))
    return _read(typed, day, exact=exact)


def _implied(told: TypedDiagnosis, day: date) -> bool:
    """Do the diagnoses by themselves give facts away, as those with lung disease or with a cancer do?"""
    return bool(known_facts(Patient(tuple(each.subtype.id for each in told.readings if each.subtype.id)), day))


def _read(typed: str, day: date, *, exact: bool) -> TypedDiagnosis:
    """Read a text: first the facts that a sign denies, which are taken away from it, then what is left."""
    with_sign = not typed.replace(" ", "").isalnum() and re.search(_SIGN, typed)
    parted = None if compact(typed) in read("keys_subtypes") and not with_sign else _Parted(typed, day)
    if parted is None or parted.text is None:
        return _unsigned(typed, day, exact=exact)
    from myofind.asking.other_fields import APART
    from myofind.asking.signed_facts import signed_facts

    signed = [_Beside(*each) for each in signed_facts(parted.text, day)]
    if not (rest := re.sub(SMALL_ENDS, "", parted.without(signed))) or not signed:
        return _unsigned(typed, day, exact=exact)
    try:
        told = _unsigned(rest, day, exact=exact)
    except InputError as error:
        raise InputError(error.words, APART) from None
    return _with_facts(told._replace(readings=tuple(unclear_dash(told.readings, typed))), signed)


def _with_facts(told: TypedDiagnosis, taken: Iterable[_Beside]) -> TypedDiagnosis:
    """A reading and the facts of stretches beside it; raises InputError where one contradicts another."""
    from myofind.asking.typed_facts import together

    found = together((part.told for part in taken), dict(told.facts))
    return told._replace(
        facts=tuple(found.values.items()),
        treatments=tuple(dict.fromkeys((*told.treatments, *found.treatments))),
        remarks=(*told.remarks, *found.remarks),
    )


def _unsigned(typed: str, day: date, *, exact: bool) -> TypedDiagnosis:
    named = compact(typed) in read("keys_subtypes")
    adjectives = not named and bool(re.search(_ADJECTIVE, typed)) and len(typed) <= LONGEST
    whole = read_diagnosis(typed, exact=True)
    alone = whole.subtype.id is not None and not whole.problems and not _names_another((whole,))
    if not adjectives and (alone or " " not in typed.strip()):
        return _plain(whole if whole.subtype.id is not None or exact else read_diagnosis(typed, exact=exact))
    return _Parted(typed, day).read(exact)


def _plain(*readings: DiagnosisReading) -> TypedDiagnosis:
    """Diagnoses with the facts that their own words say."""
    facts = tuple(dict.fromkeys((id, YesNo(True)) for reading in readings for id in reading.facts))
    return TypedDiagnosis(readings, facts)


def _names_another(readings: Iterable[DiagnosisReading]) -> bool:
    """Is another disease named beside the diagnosis, or joined to it? It may be a fact of the table."""
    return any(joins_two(reading) for reading in readings) or any(
        remark.code == "also_mentioned" for reading in readings for remark in reading.remarks
    )


def _text_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


class _Parted:
    """A text and what stands beside its diagnosis."""

    def __init__(self, typed: str, day: date) -> None:
        from myofind.asking.tokens import LONGEST as MOST
        from myofind.asking.tokens import read_text

        self.day = day
        self.typed = typed
        self.text: Text | None = read_text(typed) if len(typed) <= MOST else None
        folded = self.text.folded if self.text else typed
        self.source = typed if len(typed) == len(folded) else folded
        """The text that places in the folded one are places of."""

    def read(self, exact: bool) -> TypedDiagnosis:
        if self.text is None:
            return _plain(read_diagnosis(self.typed, exact=exact))
        sure = list(self._adjectives(self.text))
        beside = list(self._facts(self.text, sure))
        doubtful: TypedDiagnosis | None = None
        beside_another: TypedDiagnosis | None = None
        for slips in (True,) if exact else (True, False):
            for count in range(len(beside) + 1):
                taken = [*sure, *beside[len(beside) - count :]]
                found = self._diagnosed(self.without(taken), taken, slips)
                if found is not None and all(one.subtype.id and not one.problems for one in found.readings):
                    if not _names_another(found.readings):
                        return found
                    beside_another = beside_another or found
                if doubtful is None and found is not None and not slips:
                    doubtful = found
        if beside_another is not None:
            return beside_another
        if doubtful is not None:
            return doubtful
        from myofind.asking.diagnosis_refusals import name_what_is_not_read

        taken = [*sure, *beside]
        name_what_is_not_read(
            self.text,
            self.source,
            [(part.start, part.end) for part in taken],
            lambda start, end: self.without([*taken, _Beside(start, end, None)]),
            self.day,
        )
        rest = read_diagnosis(self.without(sure), exact=exact)
        return _plain(rest if rest.subtype.outcome != "unknown" else read_diagnosis(self.typed, exact=exact))

    def _diagnosed(self, rest: str, taken: list[_Beside], exact: bool) -> TypedDiagnosis | None:
        """The diagnoses of what is left, or None where it is not known for any."""
        reading = read_diagnosis(rest, exact=exact)
        if reading.results and any(self._dashed(part) for part in taken):
            from myofind.names.laboratory_values import Refusal

            reading = reading._replace(problems=(Refusal("unclear_sign", ("-",)),))
        readings: tuple[DiagnosisReading, ...] = (reading,)
        if reading.subtype.id is None and re.search(_EITHER, rest):
            parts = [part for part in re.split(_OR, re.sub(_LEAD, "", rest)) if part]
            several = tuple(read_diagnosis(part, exact=exact) for part in parts)
            if len(several) > 1 and all(each.subtype.outcome != "unknown" for each in several):
                readings = several
        if any(each.subtype.outcome == "unknown" for each in readings):
            return None
        told = _with_facts(_plain(*readings), sorted(taken))
        unknown = (self.source[part.start : part.end].strip(ENDS) for part in sorted(taken) if part.told is None)
        return told._replace(remarks=(*told.remarks, *map(not_known, unknown)))

    def _dashed(self, part: _Beside) -> bool:
        """Does a dash join a stretch to what stands before or after it? It may be the sign of an antibody there."""
        return self._led_by_dash(part) or bool(re.match(r"\s*[-–—−]", self.source[part.end :]))

    def _led_by_dash(self, part: _Beside) -> bool:
        return self.source[part.start] not in ",;([" and bool(re.search(r"\s[-–—−]\s*$", self.source[: part.start]))

    def without(self, taken: Iterable[_Beside]) -> str:
        """The text without some stretches, their joining signs and the brackets they leave empty."""
        out, at = [], 0
        for part in sorted(taken):
            kept = self.source[at : part.start]
            out.append(re.sub(r"\s[-–—−]\s*$", " ", kept) if self._led_by_dash(part) else kept)
            at = max(at, part.end)
        out.append(self.source[at:])
        rest = " ".join(out)
        while (plain := " ".join(re.sub(_EMPTY, " ", rest).split()).strip(ENDS)) != rest:
            rest = plain
        return rest

    def _adjectives(self, text: Text) -> Iterator[_Beside]:
        """`refractory`, `non réfractaire`, `never treated`, `diagnosed in 2019`: said of a diagnosis without any joining word."""
        from myofind.asking.failed_drugs import of_a_drug
        from myofind.asking.small_words import JOINTS
        from myofind.asking.typed_facts import fact_name_at, read_fact

        at = 0
        while at < len(text.tokens):
            hit = fact_name_at(text.tokens, at)
            if hit is None or ("=" in hit.meaning and _text_of(text.tokens[hit.end :][:1]) in _BY):
                at += 1
                continue
            start, end = at, hit.end
            if hit.meaning == "diagnosed_on":
                while end < len(text.tokens) and text.tokens[end].text not in JOINTS:
                    end += 1
            elif hit.meaning.partition("=")[0] in _OF_TREATMENT and not of_a_drug(text.tokens, hit):
                start = denial_before(text.tokens, start)
            elif "=" in hit.meaning and (begins := state_begins(text.tokens, start)) is not None:
                start = begins
            else:
                at = hit.end
                continue
            tokens = text.tokens[start:end]
            words = _text_of([token for token in tokens if token.text != "-"])
            typed = words if hit.meaning != "diagnosed_on" else text.part(tokens)
            with suppress(InputError):
                yield _Beside(tokens[0].start, tokens[-1].end, read_fact(typed, self.day, None))
            at = hit.end

    def _facts(self, text: Text, sure: list[_Beside]) -> Iterator[_Beside]:
        """The clauses that say a fact of the table, a negation reaching over `nor` and `or`."""
        from myofind.asking.clauses import clauses, negator, unclear
        from myofind.asking.small_words import JOINTS, STILL_OPEN
        from myofind.asking.typed_facts import fact_name_at, read_fact

        denied = doubted = before = ""
        places = {token.start: at for at, token in enumerate(text.tokens)}
        parts = list(clauses(text, fact_name_at, denials=True))
        if any(all(token.text == "?" for token in clause.tokens) for clause in parts):
            return  # it may stand with any of them
        for clause in parts:
            first, last = clause.tokens[0], clause.tokens[-1]
            words, own = text.part(clause.tokens), negator(clause.tokens)
            if any(part.start <= first.start < part.end or first.start <= part.start < last.end for part in sure):
                denied = doubted = before = ""
                continue
            reaches = clause.join in ("nor", "or") and not own
            denied = denied or ("no" if clause.join == "nor" and reaches else "")
            if reaches and not denied:
                continue
            known = resolve("subtypes", words, exact=True).id
            told: TypedFact | None = None
            try:
                told = read_fact(f"{denied} {words}" if reaches else words, self.day, None)
                beside = known is None or not is_inflammatory(known)
            except InputError:
                beside = False
            if not beside:
                denied = doubted = before = ""
                continue
            near = clause.join in (",", "and", "bracket")
            ahead, behind = (token.text if token.text in STILL_OPEN else "" for token in (first, last))
            if near and ((doubted and not clause.signed) or (behind and before)):
                raise unclear(text, doubted or behind, words if doubted else before)
            doubted, before = ahead, "" if clause.signed else words
            if denied and clause.join in (",", "and", "bracket") and not clause.signed:
                raise unclear(text, denied, words)
            denied = denied if reaches else own
            at = places[first.start]
            while at and JOINTS.get(text.tokens[at - 1].text, "bracket") not in ("bracket", "without"):
                at -= 1
            yield _Beside(text.tokens[at].start, last.end, told)
