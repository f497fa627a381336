"""The lines of a comparison in words: what each is about, and what each trial says; a screen and a sheet lay them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from myofind.domain.eligibility import Criterion
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.side_by_side import Criteria, SideBySide
from myofind.report.values import Drug, TrialRow
from myofind.words.reasons import why
from myofind.words.rule_words import required
from myofind.words.trial_facts import DESIGN, contact, demand, design, drug_class, end, no_contact, route
from myofind.words.wording import COVERAGES, KINDS, NAMES, Lang, joined, pick, verdict
from myofind.writers.phrases import by_hand, cohort_name, dated, drugs
from myofind.writers.places import by_name, contacts_near
from myofind.writers.styles import OUTCOME_MARK, phase

MOST_CITIES = 8

Said = tuple[str, ...]
"""What a trial says, in one part or in several; nothing where its record is silent."""


class Line(NamedTuple):
    """A line of the comparison: what it is about, and what each trial says.

    `verdicts` marks the line of verdicts, `wide` one whose addresses need the whole width.
    """

    name: str
    said: tuple[Said, ...]
    verdicts: bool = False
    wide: bool = False


class Section(NamedTuple):
    """A part of the comparison: its title, and its lines."""

    title: str
    lines: tuple[Line, ...]


def sections(whole: SideBySide, lang: Lang, *, marks: bool = True) -> list[Section]:
    """Every part that has lines; `marks` stand before what is judged for the patient."""
    marks = marks and whole.known
    every = (
        Section(pick(lang, "For this patient", "Pour ce patient"), tuple(_verdicts(whole, lang))),
        Section(pick(lang, "Design", "Protocole"), tuple(_design(whole, lang))),
        Section(pick(lang, "Time and places", "Calendrier et lieux"), tuple(_time_and_places(whole, lang))),
        Section(
            pick(lang, "Criteria that differ", "Critères qui diffèrent"),
            tuple(_criteria(whole, whole.differing, lang, marks)),
        ),
        Section(
            pick(lang, "Treatments and wash-outs", "Traitements et sevrages"),
            tuple(_criteria(whole, whole.treatments, lang, marks)),
        ),
        Section(pick(lang, "How much was read", "Ce qui a été lu"), tuple(_reading(whole, lang))),
        Section(pick(lang, "Whom to call", "Qui appeler"), tuple(_contacts(whole, lang))),
    )
    return [section for section in every if section.lines]


def agreement(whole: SideBySide, lang: Lang) -> str:
    """The criteria on which all agree, on one line; empty where there are none."""
    parts = [
        f"{pick(lang, *NAMES[one.name])}: {words_of(one, one.of_each[0], lang)}"
        for one in whole.agreeing
        if not _anybody(one)
    ]
    if lang == "fr":
        parts = [part.replace(": ", " : ", 1) for part in parts]
    lead = (
        pick(lang, "Both ask ", "Les deux demandent ")
        if len(whole.rows) == 2
        else pick(lang, "All ask ", "Tous demandent ")
    )
    return lead + joined(parts, lang) + "." if parts else ""


def _anybody(one: Criteria) -> bool:
    """Whether it asks nothing: any sex."""
    return one.name == "sex" and all(each.rule == "all" for several in one.of_each for each in several)


def _each(name: str, whole: SideBySide, say: Callable[[TrialRow], str | None]) -> Iterator[Line]:
    """A line on which at least one trial says something."""
    said = [say(row) for row in whole.rows]
    if any(said):
        yield Line(name, tuple((text,) if text else () for text in said))


# What a clinician compares ---------------------------------------------------------------------------------------------


def _verdicts(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    if whole.known:
        verdicts = ((verdict(row.verdict, lang, row.assessment.firm),) for row in whole.rows)
        yield Line(pick(lang, "verdict", "verdict"), tuple(verdicts), verdicts=True)
        yield from _each(pick(lang, "because", "parce que"), whole, lambda row: why(row.criteria, lang))
        yield from _each(
            pick(lang, "best cohort", "meilleure cohorte"),
            whole,
            lambda row: cohort_name(row.trial, row.assessment, lang),
        )


def _design(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    yield from _each(pick(lang, "tests", "évalue"), whole, lambda row: _tested(row, lang))
    yield from _each(pick(lang, "kind", "type"), whole, lambda row: _kind(row, lang))
    facts = {row.trial.id: design(row.trial, lang) for row in whole.rows}
    for key, names in DESIGN.items():
        yield from _each(pick(lang, *names), whole, lambda row, key=key: facts[row.trial.id].get(key))  # type: ignore[misc]  # key is bound now


def _tested(row: TrialRow, lang: Lang) -> str:
    """The drugs, their classes and how they are given."""
    tested = [drug for drug in row.study.drugs if drug.written.role == "experimental"] or list(row.study.drugs)
    more = dict.fromkeys(part for drug in tested for part in _kind_of(drug, lang) if part)
    return " · ".join([text for text in (drugs(row.study, lang),) if text] + list(more))


def _kind_of(drug: Drug, lang: Lang) -> tuple[str | None, str | None]:
    """The class of a drug, and how it is given."""
    return drug_class(drug.drug_class, lang), route(drug.written.route, lang)


def _kind(row: TrialRow, lang: Lang) -> str:
    kind = pick(lang, *KINDS[row.trial.kind])
    return f"{kind}, phase {phase(row.study)}" if row.trial.phase else kind


def _time_and_places(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    here, day = whole.asked.patient.countries, whole.stamp.day
    yield from _each(pick(lang, "recruitment", "recrutement"), whole, lambda row: dated(row.study.recruitment, lang))
    yield from _each(pick(lang, "recorded end", "fin prévue"), whole, lambda row: end(row.trial, day, lang))
    yield from _each(pick(lang, "places", "lieux"), whole, lambda row: by_name(row.trial, here, lang, MOST_CITIES))


# Criteria --------------------------------------------------------------------------------------------------------------


def words_of(one: Criteria, several: Sequence[Criterion], lang: Lang) -> str:
    """What one trial asks in the respect of a line."""
    told = (demand(each.rule, lang) if one.drugs else required(each, lang) for each in several)
    return joined(dict.fromkeys(told), lang)


def _criteria(whole: SideBySide, lines: Sequence[Criteria], lang: Lang, marks: bool) -> Iterator[Line]:
    for one in lines:
        name = ", ".join(label("drugs", drug, lang) for drug in one.drugs) or pick(lang, *NAMES[one.name])
        said: list[Said] = []
        for row, several in zip(whole.rows, one.of_each, strict=True):
            if several:
                words = words_of(one, several, lang)
                said.append((f"{_mark(several)} {words}" if marks else words,))
            else:
                full = row.assessment.coverage == "full"
                said.append((pick(lang, "no such criterion", "pas de tel critère"),) if full else ())
        yield Line(name, tuple(said))


_WORST_FIRST = ("not_met", "unknown", "presumed", "met", "not_recorded")


def _mark(several: Sequence[Criterion]) -> str:
    """The mark of the worst outcome."""
    return OUTCOME_MARK[min((one.outcome for one in several), key=_WORST_FIRST.index)]


def _reading(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    def coverage(row: TrialRow) -> str | None:
        return pick(lang, *COVERAGES[row.assessment.coverage]) if row.assessment.coverage else None

    yield from _each(pick(lang, "criteria", "critères"), whole, coverage)
    notes = tuple(tuple(by_hand(row.trial, lang)) for row in whole.rows)
    if any(notes):
        yield Line(pick(lang, "check by hand", "à vérifier"), notes)


# Whom to call ----------------------------------------------------------------------------------------------------------


def _contacts(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    here = whole.asked.patient.countries
    known = (tuple(contact(one, lang) for one in contacts_near(row.trial, here)) for row in whole.rows)
    said = (several or (no_contact(row.study.url, lang),) for several, row in zip(known, whole.rows, strict=True))
    yield Line("", tuple(said), wide=True)
