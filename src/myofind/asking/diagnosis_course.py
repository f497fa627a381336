"""Words of a diagnosis beside its disease: a doubt that must not reach a fact, a course nobody asks for, another disease.

A diagnosis that names two diseases keeps both: `DM + SSc` is dermatomyositis beside scleroderma, no scleromyositis without
it. Where the text calls the disease an overlap, it is that overlap and, beside it, the kind of myositis that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Chosen, FactValue
from myofind.domain.patient_facts import line_of
from myofind.names.diagnosis import DiagnosisReading
from myofind.names.facts import FactId
from myofind.names.laboratory_values import Refusal, Remark
from myofind.names.normal import word_set, words
from myofind.names.subtypes import ancestors
from myofind.names.vocabulary import Resolution

if TYPE_CHECKING:
    from myofind.asking.tokens import Token

__all__ = [
    "ENDS",
    "SMALL_ENDS",
    "check_course",
    "denial_before",
    "joins_two",
    "named_beside",
    "not_known",
    "other_disease",
    "state_begins",
    "unclear_dash",
    "unused_words",
    "without_criteria",
]

ENDS = " ,;:/&"
_SMALL = "and|et|und|with|avec|mit|or|ou|oder|but|mais|aber|in|en|au|à|a|from|de|of|the|la|le|une?|a|an|is|est|patient|patiente"
SMALL_ENDS = rf"(?i)^(?:(?:{_SMALL})\s+)+|(?:\s+(?:{_SMALL}))+$"
"""Small words left at the ends of a diagnosis when what stood beside it is taken away."""

_UNUSED = {
    word: code
    for code, said in {
        "degree_unused": "probable definite definie active actif severe severes moderate relapse rechute poussee flare corticodependante corticodependant",
        "time_apart": "chronic chronique recent recente recentes new newly relapsing adult adulte erwachsenen debutant debutante nouvellement",
        "lung_unused": "respiratory",
        "statin_unused": "statin statins statine statines",
    }.items()
    for word in said.split()
}
"""Words that say what trials ask about elsewhere, and what to say of each: a fact, an onset, a drug."""
_NAMED = (
    r"(?:(?:according to|as per|per|by|selon|d['’]apr[eè]s|nach)\s+)?(?:(?:the|les|den)\s+)?(?:(?:19|20)\d\d\s+)?(?:crit[eè]res?\s+)?"
    r"(?:EULAR\s?[/-]\s?ACR|ACR\s?[/-]\s?EULAR|ENMC|Bohan\s(?:and|et|&)\sPeter|Bohan-Peter|Griggs|Lloyd|Hilton-Jones)"
    r"(?:\s(?:criteria|crit[eè]res|kriterien))?(?:\s?[(,]?\s?(?:19|20)\d\d\b\)?)?(?:\s(?:criteria|kriterien))?(?:\s(?:remplis|fulfilled|met|erfüllt))?"
)
_CRITERIA = rf"(?i)\s*[(\[]{_NAMED}[)\]]|(?<![\w/-]){_NAMED}(?![\w/+-])|\b(?:clinically|clinico-?pathologically) defined(?= (?:s-?)?IBM\b)|(?<=\bIBM)[, ]+(?:clinically|clinico-?pathologically) defined\b"
"""The criteria by which a diagnosis was made, as `ENMC 2011` or `according to EULAR/ACR 2017`."""
_STEMS = ("acr", "enmc", "bohan", "griggs", "lloyd", "hilton", "defined")
"""One of these stands in each."""
_ADULT = word_set("adult adults adulte adultes erwachsenen")
_DOUBT = word_set("probable probably probablement")


def without_criteria(typed: str) -> tuple[str, tuple[Remark, ...]]:
    """A diagnosis without the criteria it was made by, and what is told of them: they are facts of their own."""
    if not any(stem in typed.casefold() for stem in _STEMS):
        return typed, ()
    named = [found[0].strip(" ()[],") for found in re.finditer(_CRITERIA, typed)]
    return re.sub(_CRITERIA, " ", typed) if named else typed, tuple(
        Remark("criteria_unused", (name,)) for name in named
    )


def not_known(words: str) -> Remark:
    """That a stretch of a diagnosis says that something is not known."""
    return Remark("not_known", (words,))


def _said(readings: Sequence[DiagnosisReading]) -> list[str]:
    return [word for reading in readings for word in words(reading.subtype.typed)]


def check_course(typed: str, readings: Sequence[DiagnosisReading], *, implied: bool, beside: bool) -> None:
    """Raise InputError where it is not plain what a doubt is about, or where an adult is said to have a disease of childhood.

    `implied`: do the diagnoses give facts away by themselves? `beside`: are facts said beside them?
    """
    said = _said(readings)
    own = implied or any(reading.qualifier or reading.facts for reading in readings)
    doubts = {remark.code for reading in readings for remark in reading.remarks}
    by_word = "doubted" in doubts or not _DOUBT.isdisjoint(said)
    if (own and "in_doubt" in doubts) or ((own or beside) and by_word):
        raise InputError(
            (
                f"`{shown(typed)}`: what is in doubt, the diagnosis or what is said with it?",
                f"`{shown(typed)}` : qu'est-ce qui est incertain, le diagnostic ou ce qui est dit avec lui ?",
            ),
            ("give the diagnosis alone, and what is sure with -F", "donner le diagnostic seul, et avec -F ce qui est sûr"),
        )  # fmt: skip
    juvenile = any("jiim" in line_of(reading.subtype.id) for reading in readings if reading.subtype.id)
    if juvenile and not _ADULT.isdisjoint(said):
        raise InputError(
            (
                f"`{shown(typed)}`: a disease of childhood, and an adult",
                f"`{shown(typed)}` : une maladie de l'enfance, et un adulte",
            ),
            (
                "give the diagnosis alone, the age now with -a, and when it began with --onset",
                "donner le diagnostic seul, l'âge actuel par -a, et le début par --onset",
            ),
        )


def unused_words(readings: Sequence[DiagnosisReading]) -> Iterator[Remark]:
    """What to say of the words that are passed over, each once."""
    for word in dict.fromkeys(_said(readings)):
        if word in _UNUSED:
            yield Remark(_UNUSED[word], (word,))
    for reading in readings:
        told = reading.subtype.typed
        if reading.subtype.id == "imnm_hmgcr" and "hmg" not in told.casefold() and not reading.results:
            yield Remark("by_statin", (told,))


_NOT = word_set("no not non pas never jamais nie kein keine keinen nicht")
"""Words that deny the adjective after them; a result such as `neg` belongs to what stands before it."""


def denial_before(tokens: Sequence[Token], at: int) -> int:
    """Where the words that deny an adjective begin; a dash belongs to it only after one of them (`non-refractory`)."""
    while at and (
        tokens[at - 1].text in _NOT or (at > 1 and tokens[at - 1].text == "-" and tokens[at - 2].text in _NOT)
    ):
        at -= 1
    return at


_OVERLAPS = frozenset(("overlap", "joverlap", "scleromyo"))
_WITH_KINDS = _OVERLAPS | {"asys", "asys_ild"}
"""Diseases that may be named together with the kind of myositis they come with."""
_OVERLAP = r"(?i)overlap|chevauchement|(?:ü|ue?)berlapp"
_OTHER: FactId = "other_autoimmune"
_FACT_OF = {"@ssc": "scleroderma", "@mctd": "mctd"}
"""Diseases named beside the diagnosis that the table of facts has as another autoimmune disease."""


_IN = frozenset(("in", "en", "im", "au"))
_ARTICLES = frozenset(("a", "the", "un", "une", "le"))


def state_begins(tokens: Sequence[Token], at: int) -> int | None:
    """Where `en fauteuil roulant`, `in a wheelchair` begins; None where no such word stands before the state."""
    if at and tokens[at - 1].text in _ARTICLES:
        at -= 1
    return at - 1 if at and tokens[at - 1].text in _IN else None


def unclear_dash(readings: Iterable[DiagnosisReading], typed: str) -> Iterator[DiagnosisReading]:
    """The readings; one with an antibody that a dash stands behind is a problem: in `DM MDA5 - ILD -` it may be its result."""
    for reading in readings:
        dashed = any(re.search(rf"{re.escape(one.typed)}\s[-–—−]\s", typed) for one in reading.results)
        yield reading._replace(problems=(Refusal("unclear_sign", ("-",)),)) if dashed else reading


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
