"""The trials of an answer as a table that fits a number of lines: the best in full, the rest shorter, and counted."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from myofind.report.values import Answer, TrialRow
from myofind.words.wording import Lang, pick, reason, topic, verdict
from myofind.writers.columns import Cell, Column, Row, cell_len, heights, table
from myofind.writers.layout import Layout
from myofind.writers.phrases import places_here, row_label, what
from myofind.writers.row_words import RowWords
from myofind.writers.shared_lines import fitting, on_shared_lines
from myofind.writers.styles import OUTCOME_MARK, OUTCOME_STYLE, VERDICT_STYLE, known, number, phase

NAME_WIDTH = 24
"""Longer names are broken between words."""
NUMBER_WIDTH = 11
"""Longer numbers than `NCT` and 8 digits stand on a line of their own."""
PLACES_FROM = 92
"""On narrower screens the places stand below the row."""
TESTS_FROM = 130
"""On narrower screens what is tested stands below the row."""
ONE_LINE, WHOLE, NOTED = 0, 1, 2
"""How much stands below a row: what fits on one line; all there is to settle, presumed or unread; its notes as well."""
CITIES, CITIES_WIDE = 2, 4
"""Cities named in the column of places."""


VERDICT_ROOM = 13
"""What the longest verdict takes of a line, with what parts it from the rest."""
NAMED_LINES = 2
"""Lines kept free for the trials that are left to their names."""


class Laid(NamedTuple):
    """A table that fits, and how many of its trials are only counted, or say less than there is."""

    lines: list[list[Cell]]
    unnamed: int = 0
    in_part: int = 0


class TrialTable:
    """The trials of an answer laid out as rows."""

    def __init__(self, whole: Answer, layout: Layout, words: RowWords) -> None:
        self.whole, self.layout, self.words, self.lang = whole, layout, words, layout.lang
        self.width = layout.columns
        self.columns = self._columns()

    def lay(self, rows: Sequence[TrialRow], most: int | None) -> Laid:
        """The rows in at most so many lines: all of them shorter before one is left to its name, the best in full."""
        laid = [[self.row(row, detail) for detail in (ONE_LINE, WHOLE, NOTED)] for row in rows]
        details = [NOTED for _ in rows] if most is None or self.layout.explain else self._details(laid, most)
        kept = [(row, detail) for row, detail in zip(laid, details, strict=True) if detail is not None]
        lines = table(self.columns, [row[detail] for row, detail in kept], self.width, self.layout.styled)
        named = [row for row, detail in zip(rows, details, strict=True) if detail is None]
        names = [row_label(row.study, self.lang) for row in named]
        unnamed = len(names) - fitting(names, self.layout, NAMED_LINES) if names else 0
        if names:
            lines += on_shared_lines(pick(self.lang, "also: ", "aussi : "), names, unnamed, "--limit 0", self.layout)
        in_part = sum(row[detail] != row[NOTED] for row, detail in kept)
        return Laid(lines, unnamed, len(names) - unnamed + in_part)

    def _details(self, laid: Sequence[Sequence[Row]], most: int) -> list[int | None]:
        """How much of each row fits; None is by name only."""
        flat = iter(heights(self.columns, [row for details in laid for row in details], self.width))
        tall = [[next(flat) for _ in details] for details in laid]
        room = most - 1 - self.layout.styled
        details: list[int | None] = [ONE_LINE for _ in laid]
        taken = sum(own[ONE_LINE] for own in tall)
        for place in range(len(laid) - 1, 0, -1):
            if taken <= room:
                break
            if all(detail is not None for detail in details):
                room -= NAMED_LINES
            details[place] = None
            taken -= tall[place][ONE_LINE]
        for place, own in enumerate(tall):
            for better in (NOTED, WHOLE):
                if details[place] == ONE_LINE and taken + own[better] - own[ONE_LINE] <= room:
                    details[place] = better
                    taken += own[better] - own[ONE_LINE]
        return details

    def _columns(self) -> list[Column]:
        lang = self.lang
        places = [Column(pick(lang, "Places", "Lieux"), 14)] if self.width >= PLACES_FROM else []
        tests = [Column(pick(lang, "Tests", "Évalue"), 16)] if self.width >= TESTS_FROM else []
        return [
            Column(pick(lang, "Verdict", "Verdict")),
            Column(pick(lang, "Trial", "Essai"), 12, NAME_WIDTH),
            Column(pick(lang, "Number", "Numéro")),
            *tests,
            Column("Phase"),
            Column(pick(lang, "Recruitment", "Recrutement"), 16),
            *places,
        ]

    def row(self, row: TrialRow, detail: int = NOTED) -> Row:
        """A trial: its first line, and the lines below it."""
        study, lang = row.study, self.lang
        linked, about = number(study), what(study, lang)
        cities = CITIES_WIDE if self.width >= TESTS_FROM or self.width < PLACES_FROM else CITIES
        where = places_here(row.trial, self.whole.asked, lang, cities)
        called = row_label(study, lang)
        by_number = called == study.trial.id
        name = linked._replace(text=called, style="bold cyan") if by_number else Cell(called, "bold")
        fits = not by_number and study.number is not None and len(linked.text) <= NUMBER_WIDTH
        cells = [
            Cell(verdict(row.verdict, lang, row.assessment.firm), VERDICT_STYLE[row.verdict], whole=True),
            name._replace(whole=by_number),
            linked if fits else Cell(""),
            *([Cell(about)] if self.width >= TESTS_FROM else []),
            Cell(phase(study), whole=True),
            known(study.recruitment, lang),
            *([Cell(where)] if self.width >= PLACES_FROM else []),
        ]
        first = [about] if self.width < TESTS_FROM else []
        first += [where] if self.width < PLACES_FROM and (detail != ONE_LINE or row.trial.sites) else []
        first = [part for part in first if part]
        below = [linked] if study.number and not fits and not by_number else []
        if self.layout.explain:
            below += [Cell(" · ".join(first))] if first else []
            return Row(cells, [*below, *self._explained(row)])
        text = " · ".join([*first, *self.words.about(row)])
        if detail == ONE_LINE:
            text = self._one_line(first, row)
        below += [Cell(text)] if text else []
        notes = self.words.notes(row) if detail == NOTED and row.verdict != "excluded" else ""
        return Row(cells, [*below, *([Cell(notes, "dim")] if notes else [])])

    def _one_line(self, first: list[str], row: TrialRow) -> str:
        """As much as fits on one line: what to settle by name before all of what the trial is and where."""
        room = self.width - VERDICT_ROOM
        parts = self.words.in_short(row)
        heads = [first, first[:1], [first[0].partition(",")[0]] if first else []]
        named = parts[0][:-1] if parts and len(parts[0]) > 1 else [""]
        for head in heads:
            if cell_len(" · ".join([*head, min(named, key=len)])) <= room:
                break
        taken = list(head)
        for choices in parts:
            part = next((one for one in choices if cell_len(" · ".join([*taken, one])) <= room), None)
            taken += [part] if part else []
        return " · ".join(taken)

    def _explained(self, row: TrialRow) -> Iterator[Cell]:
        """Criterion by criterion."""
        lang, shown = self.lang, self.words.shown
        if row.assessment.cohort:
            yield Cell(pick(lang, f"cohort: {row.assessment.cohort}", f"cohorte : {row.assessment.cohort}"))
        for one in row.criteria:
            words = f"{OUTCOME_MARK[one.outcome]} {reason(one, lang, shown[one.name])}"
            yield Cell(words, OUTCOME_STYLE[one.outcome])
        for text in (note.text(lang) for note in row.trial.eligibility.check_by_hand):
            yield Cell(pick(lang, f"check by hand: {text}", f"à vérifier : {text}"), "dim")
        for conflict in row.trial.conflicts:
            yield Cell(disagreement(conflict.about, conflict.text(lang), lang), "dim")


def disagreement(about: str, note: str, lang: Lang) -> str:
    """What the sources disagree about."""
    if lang == "fr":
        return f"sources en désaccord ({topic(about, 'fr')}) : {note}"
    return f"sources disagree on {about}: {note}"
