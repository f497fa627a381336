"""Trials side by side on a screen, as JSON and as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from myofind.domain.eligibility import Criterion
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.trial_page import Criteria, SideBySide
from myofind.report.values import TrialRow
from myofind.words.reasons import why
from myofind.words.rule_words import required
from myofind.words.trial_facts import DESIGN, contact, demand, design, drug_class, end, no_contact, route
from myofind.words.wording import COVERAGES, NAMES, Lang, headed, joined, pick, verdict
from myofind.writers import columns as grid
from myofind.writers import json_values as values
from myofind.writers.as_csv import Sheet, of_patient, written
from myofind.writers.as_json import dump
from myofind.writers.card_screen import kind_and_phase
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import Shown, brief, by_hand, cohort_name, dated, drugs, notes
from myofind.writers.places import by_name, contacts_near
from myofind.writers.styles import OUTCOME_MARK, VERDICT_STYLE, ending, facts_read, id_cell, line, paragraph

SILENT = "–"
"""Where a trial's record says nothing."""
LEGEND = (
    "✓ met, ✗ not met, ? unknown, ≈ presumed, – not recorded.",
    "✓ rempli, ✗ non rempli, ? inconnu, ≈ présumé, – non renseigné.",
)
NAME_WIDTH = 24
TRIAL_WIDTH = 24
"""The least width of a trial's column; where they do not fit, each line of the comparison is a small list."""


def page(whole: SideBySide, layout: Layout) -> Lines:
    """The comparison as lines: columns where they fit, small lists where they do not, and in a pipe."""
    lang, width = layout.lang, layout.width
    if whole.known:
        yield from facts_read(whole, layout._replace(width=layout.columns))
    parts = sections(whole, lang)
    across = width is not None and width >= NAME_WIDTH + (TRIAL_WIDTH + grid.GAP) * len(whole.rows)
    yield from (_columns if across else _lists)(whole, parts, layout)
    shared = agreement(whole, lang)
    if shared:
        yield line()
        yield from paragraph(shared, width)
    yield line()
    if whole.known:
        yield from paragraph(pick(lang, *LEGEND), width, "dim")
    yield from ending(whole.stamp, layout)


def _columns(whole: SideBySide, parts: Sequence[Section], layout: Layout) -> Lines:
    """A column a trial; what has addresses stands below at the whole width."""
    lang = layout.lang
    columns = [Column("", NAME_WIDTH, NAME_WIDTH), *(Column(brief(row.study, lang), TRIAL_WIDTH) for row in whole.rows)]
    blank = [Cell("") for _ in whole.rows]
    rows = [grid.Row([Cell(pick(lang, "number", "numéro"), "dim"), *(id_cell(row.study) for row in whole.rows)])]
    for part in parts:
        lines = [one for one in part.lines if not one.wide]
        if lines:
            rows += [grid.Row([Cell(""), *blank]), grid.Row([Cell(part.title, "bold", whole=True), *blank])]
        for one in lines:
            said = (_cell(joined(texts, lang) or SILENT, one, whole, at) for at, texts in enumerate(one.said))
            rows.append(grid.Row([Cell(one.name, "dim"), *said]))
    yield from grid.lines(columns, rows, layout.width)
    for part in parts:
        if any(one.wide for one in part.lines):
            yield line()
            yield from _list(part, whole, layout)


def _lists(whole: SideBySide, parts: Sequence[Section], layout: Layout) -> Lines:
    """Every line as a name and, below it, what each trial says."""
    for row in whole.rows:
        yield [Cell(brief(row.study, layout.lang), "bold"), Cell("  "), id_cell(row.study)]
    for part in parts:
        yield line()
        yield from _list(part, whole, layout)


def _list(part: Section, whole: SideBySide, layout: Layout) -> Lines:
    """A part as small lists; what all trials say alike is said once."""
    lang, width = layout.lang, layout.width
    labels = [brief(row.study, lang) for row in whole.rows]
    least = min(max(map(len, labels)), NAME_WIDTH)
    columns = [Column(""), Column("", least, NAME_WIDTH), Column("", 20)]
    yield line(part.title, "bold")
    for one in part.lines:
        said_by: dict[tuple[str, ...], list[int]] = {}
        for at, said in enumerate(one.said):
            said_by.setdefault(said or (SILENT,), []).append(at)
        if len(said_by) == 1 and len(one.said[0]) == 1 and one.name:
            yield from paragraph(headed(one.name, one.said[0][0], lang), width)
            continue
        yield from paragraph(one.name, width, "dim") if one.name else []
        rows = []
        for said, sayers in said_by.items():
            called = ", ".join(labels[at] for at in sayers)
            rows += [
                grid.Row([Cell(""), Cell("" if place else called), _cell(text, one, whole, sayers[0])])
                for place, text in enumerate(said)
            ]
        yield from grid.lines(columns, rows, width)


def _cell(text: str, one: Line, whole: SideBySide, at: int) -> Cell:
    """What a trial says, coloured by the verdict or the outcome."""
    if one.verdicts:
        return Cell(text, VERDICT_STYLE[whole.rows[at].verdict])
    return Cell(text, {"✗": "red", "?": "yellow", "≈": "cyan"}.get(text[:1], "dim" if text == SILENT else ""))


# JSON and sheets -------------------------------------------------------------------------------------------------------


def as_json(whole: SideBySide, layout: Layout) -> str:
    """The comparison with stable keys; verdicts and outcomes only where something is known of the patient."""
    lang = layout.lang
    shown = Shown(whole.asked, lang)
    trials = []
    for row, left in zip(whole.rows, whole.days_left, strict=True):
        judged = values.judged(row.assessment, (), lang, shown) if whole.known else {}
        trials.append({**values.record(row.study), "days_left": left, **judged})
    value = {
        **values.heading(whole.stamp),
        "profile": values.profile(whole.asked, whole.stamp.day) if whole.known else None,
        "notes": notes(whole.notes, lang),
        "trials": trials,
        "criteria": [_json_criteria(one, whole, lang) for one in (*whole.differing, *whole.agreeing)],
        "treatments": [{"drugs": list(one.drugs), **_json_criteria(one, whole, lang)} for one in whole.treatments],
    }
    return dump(value)


def _json_criteria(one: Criteria, whole: SideBySide, lang: Lang) -> dict[str, Any]:
    def of_one(several: Sequence[Criterion]) -> dict[str, Any] | None:
        outcomes = {"outcomes": [each.outcome for each in several]} if whole.known else {}
        return {"required": words_of(one, several, lang), **outcomes} if several else None

    of_each = {row.trial.id: of_one(several) for row, several in zip(whole.rows, one.of_each, strict=True)}
    return {"name": one.name, "agree": one.agree, "of_each": of_each}


def as_csv(whole: SideBySide, layout: Layout) -> str:
    """The comparison as one table."""
    return written([sheet(whole, layout.lang)], of_patient(whole, layout.lang))


def sheet(whole: SideBySide, lang: Lang) -> Sheet:
    """The comparison as one table, a column a trial."""
    numbers = [pick(lang, "number", "numéro"), *(row.trial.id for row in whole.rows)]
    lines = [
        [one.name or part.title, *(joined(said, lang) for said in one.said)]
        for part in sections(whole, lang, marks=False)
        for one in part.lines
    ]
    alike = [
        [pick(lang, *NAMES[one.name]), *(words_of(one, several, lang) for several in one.of_each)]
        for one in whole.agreeing
    ]
    head = [pick(lang, "fact", "fait"), *(brief(row.study, lang) for row in whole.rows)]
    return Sheet("comparison", head, [numbers, *lines, *alike])


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
        (("For this patient", "Pour ce patient"), _verdicts(whole, lang)),
        (("Design", "Protocole"), _design(whole, lang)),
        (("Time and places", "Calendrier et lieux"), _time_and_places(whole, lang)),
        (("Criteria that differ", "Critères qui diffèrent"), _criteria(whole, whole.differing, lang, marks)),
        (("Treatments and wash-outs", "Traitements et sevrages"), _criteria(whole, whole.treatments, lang, marks)),
        (("How much was read", "Ce qui a été lu"), _reading(whole, lang)),
        (("Whom to call", "Qui appeler"), _contacts(whole, lang)),
    )
    parts = (Section(pick(lang, *title), tuple(lines)) for title, lines in every)
    return [part for part in parts if part.lines]


def agreement(whole: SideBySide, lang: Lang) -> str:
    """The criteria on which all agree, on one line; empty where there are none."""
    parts = [
        headed(pick(lang, *NAMES[one.name]), words_of(one, one.of_each[0], lang), lang)
        for one in whole.agreeing
        if one.name != "sex" or any(each.rule != "all" for several in one.of_each for each in several)
    ]
    lead = ("Both ask ", "Les deux demandent ") if len(whole.rows) == 2 else ("All ask ", "Tous demandent ")
    return pick(lang, *lead) + joined(parts, lang) + "." if parts else ""


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
        best = pick(lang, "best cohort", "meilleure cohorte")
        yield from _each(best, whole, lambda row: cohort_name(row.trial, row.assessment, lang))


def _design(whole: SideBySide, lang: Lang) -> Iterator[Line]:
    yield from _each(pick(lang, "tests", "évalue"), whole, lambda row: _tested(row, lang))
    yield from _each(pick(lang, "kind", "type"), whole, lambda row: kind_and_phase(row.study, lang))
    facts = {row.trial.id: design(row.trial, lang) for row in whole.rows}
    for key, names in DESIGN.items():
        yield from _each(pick(lang, *names), whole, lambda row, key=key: facts[row.trial.id].get(key))  # type: ignore[misc]  # key is bound now


def _tested(row: TrialRow, lang: Lang) -> str:
    """The drugs, their classes and how they are given."""
    tested = [drug for drug in row.study.drugs if drug.written.role == "experimental"] or list(row.study.drugs)
    kinds = ((drug_class(drug.drug_class, lang), route(drug.written.route, lang)) for drug in tested)
    more = dict.fromkeys(part for kind in kinds for part in kind if part)
    return " · ".join(filter(None, (drugs(row.study, lang), *more)))


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
                worst = min((each.outcome for each in several), key=_WORST_FIRST.index)
                said.append((f"{OUTCOME_MARK[worst]} {words}" if marks else words,))
            else:
                full = row.assessment.coverage == "full"
                said.append((pick(lang, "no such criterion", "pas de tel critère"),) if full else ())
        yield Line(name, tuple(said))


_WORST_FIRST = ("not_met", "unknown", "presumed", "met", "not_recorded")
"""Of several outcomes the mark of the worst is shown."""


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
