"""The trials of an answer as a table that fits a number of lines: the best in full, the rest shorter, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.records import NamedTuple
from myofind.report.beside import first_trials
from myofind.report.values import Answer, TrialRow
from myofind.words.wording import Lang, headed, pick, verdict
from myofind.writers.columns import Cell, Column, Row, cell_len, heights, table
from myofind.writers.layout import Layout
from myofind.writers.phrases import row_label, what
from myofind.writers.places import MOST_CITIES, nearest
from myofind.writers.row_words import NOTES_ROOM, RowWords
from myofind.writers.styles import (
    NUMBER_WIDTH,
    OUTCOME_MARK,
    OUTCOME_STYLE,
    VERDICT_STYLE,
    known,
    number,
    on_shared_lines,
    phase,
)

NAME_WIDTH = 24
"""Longer names are broken between words."""
PLACES_FROM = 92
"""On narrower screens the places stand below the row."""
COUNTED, ONE_LINE, ONE_NOTE, NOTED = DETAILS = 0, 1, 2, 3
"""How much stands below a row: what it is and how much to settle; what of it fits on one line; a line of its notes as well; all."""
LONGEST_WORD = 14
"""What a line may lose where it is broken between words."""
PLACES_LEAST = 14
"""The least width of the column of places."""
BESIDE_PLACES: dict[Lang, int] = {"en": 82, "fr": 84}
"""What the other columns take in each language."""
SEPARATOR = " · "
VERDICT_ROOM = 13
"""What the longest verdict takes of a line, with what parts it from the rest."""
FEW_NAMES, NAMED_LINES = 3, 2
"""Lines kept free for the trials that are left to their names: one for a few."""


class Laid(NamedTuple):
    """A table that fits, and how many of its trials are only counted, or say less than there is."""

    lines: list[list[Cell]]
    unnamed: int = 0
    in_part: int = 0


class TrialTable:
    """The trials of an answer laid out as rows."""

    def __init__(self, whole: Answer, layout: Layout, words: RowWords) -> None:
        self.whole, self.layout, self.words, self.lang = whole, layout, words, layout.lang
        self.first = {row.trial.id for row in first_trials(whole)}
        self.width = layout.columns
        self.columns = self._columns()

    def lay(self, rows: Sequence[TrialRow], most: int | None) -> Laid:
        """The rows in at most so many lines: those worth a call with a note each, all others shorter before one is left to its name."""
        if not rows:
            return Laid([])
        laid = [self.forms(row) for row in rows]
        if most is None or self.layout.explain:
            return Laid(table(self.columns, [forms[NOTED] for forms in laid], self.width, self.layout.styled))
        details = self._details(rows, laid, most)
        kept = [(row, detail) for row, detail in zip(laid, details, strict=True) if detail is not None]
        lines = table(self.columns, [row[detail] for row, detail in kept], self.width, self.layout.styled)
        names = self._names([row for row, detail in zip(rows, details, strict=True) if detail is None])
        unnamed = 0
        if names:
            own = max(1, min(NAMED_LINES, most - len(lines)))
            also = pick(self.lang, "also ", "aussi ")
            shared, unnamed = on_shared_lines(also, names, "--limit 0", self.layout, own)
            lines += shared
        in_part = sum(row[detail] != row[NOTED] for row, detail in kept)
        return Laid(lines, unnamed, len(names) - unnamed + in_part)

    def _names(self, rows: Sequence[TrialRow]) -> list[str]:
        """The trials left to their names, those of one verdict after it."""
        by_verdict: dict[str, list[str]] = {}
        for row in rows:
            judged = verdict(row.verdict, self.lang, row.assessment.firm)
            by_verdict.setdefault(judged, []).append(row_label(row.study, self.lang))
        groups = by_verdict.items()
        return [name for judged, (first, *others) in groups for name in (headed(judged, first, self.lang), *others)]

    def _details(self, rows: Sequence[TrialRow], laid: Sequence[Sequence[Row]], most: int) -> list[int | None]:
        """How much of each row fits; None is by name only."""
        tall = heights(self.columns, laid, self.width)
        room = most - 1 - self.layout.styled
        first = [row.trial.id in self.first for row in rows]
        details: list[int | None] = [ONE_NOTE if called else ONE_LINE for called in first]
        taken = sum(own[detail] for own, detail in zip(tall, details, strict=True) if detail is not None)
        for place in [place for place in reversed(range(len(laid))) if not first[place]]:
            if taken <= room:
                break
            room -= details.count(None) in (0, FEW_NAMES)
            details[place] = None
            taken -= tall[place][ONE_LINE]
        for less in (ONE_LINE, COUNTED):
            for place in reversed(range(len(laid))):
                if taken > room and details[place] == less + 1:
                    details[place] = less
                    taken -= tall[place][less + 1] - tall[place][less]
        for better in (ONE_LINE, ONE_NOTE, NOTED):
            for place in sorted(range(len(laid)), key=lambda place: not first[place]):
                detail, own = details[place], tall[place]
                if detail is not None and detail < better and taken + own[better] - own[detail] <= room:
                    details[place] = better
                    taken += own[better] - own[detail]
        return details

    def _columns(self) -> list[Column]:
        lang = self.lang
        places = [Column(pick(lang, "Places", "Lieux"), PLACES_LEAST)] if self.width >= PLACES_FROM else []
        return [
            Column(pick(lang, "Verdict", "Verdict")),
            Column(pick(lang, "Trial", "Essai"), 12, NAME_WIDTH),
            Column(pick(lang, "Number", "Numéro")),
            Column("Phase"),
            Column(pick(lang, "Recruitment", "Recrutement, vu il y a"), 16),
            *places,
        ]

    def forms(self, row: TrialRow) -> list[Row]:
        """A trial in ever more detail: its first line, always the same, and the lines below it."""
        study, lang = row.study, self.lang
        linked, about = number(study), what(study, lang)
        where = self._places(row)
        called = row_label(study, lang)
        by_number = called == study.trial.id
        name = linked._replace(text=called, style="bold cyan") if by_number else Cell(called, "bold")
        fits = not by_number and study.number is not None and len(linked.text) <= NUMBER_WIDTH
        cells = [
            Cell(verdict(row.verdict, lang, row.assessment.firm), VERDICT_STYLE[row.verdict]),
            name._replace(whole=by_number),
            linked if fits else Cell(""),
            Cell(phase(study)),
            known(study.recruitment, lang, headed=True),
            *([Cell(where)] if self.width >= PLACES_FROM else []),
        ]
        first = [part for part in (about, where if self.width < PLACES_FROM else "") if part]
        below = [linked] if study.number and not fits and not by_number else []
        if self.layout.explain:
            below += [Cell(SEPARATOR.join(first))] if first else []
            return [Row(cells, [*below, *self._explained(row)])] * len(DETAILS)
        short, rooms = self._one_line(about, row), (self.width - VERDICT_ROOM, NOTES_ROOM)
        counted = SEPARATOR.join(filter(None, (about.partition(",")[0], *self.words.counted(row))))
        note, notes = ("" if row.verdict == "excluded" else self.words.notes(row, room) for room in rooms)
        texts = ((counted, ""), (short, ""), (short, note), (SEPARATOR.join([*first, *self.words.about(row)]), notes))
        further = ((Cell(text), Cell(to_check, "dim")) for text, to_check in texts)
        return [Row(cells, [*below, *(cell for cell in told if cell.text)]) for told in further]

    def _places(self, row: TrialRow, most: int = MOST_CITIES) -> str:
        """The cities in the patient's country, or the countries; in their column as many cities as fit on its line."""
        room = max(PLACES_LEAST, self.width - BESIDE_PLACES[self.lang])
        for cities in range(most, 0, -1):
            text = nearest(row.trial, self.whole.asked, self.lang, cities, in_column=True)
            if cell_len(text) <= room or self.width < PLACES_FROM:
                break
        return text

    def _one_line(self, about: str, row: TrialRow) -> str:
        """What it is, where, what to settle, what was not read: as much as fits on one line; on two rather than nothing of one."""
        room = self.width - VERDICT_ROOM
        below = self.width < PLACES_FROM and (row.trial.sites or not row.runs_here)
        where, near = (self._places(row), self._places(row, 1)) if below else ("", "")
        settle, unread, rest = self.words.in_short(row)
        brief = about.partition(",")[0]
        heads = [[text for text in head if text] for head in ((about, where), (brief, where), (brief, near))]
        tail = [*settle[-1:], *unread[-1:]]
        parts = next((head for head in heads if _fits([*head, *tail], room)), None)
        if parts is None:
            room, parts = 2 * room - LONGEST_WORD, heads[1]
        asked = next(
            (one for after in (unread[-1:], []) for one in settle if _fits([*parts, one, *after], room)),
            (settle or [""])[-1],
        )
        parts = [*parts, asked] if asked else parts
        for choices in (unread, *([one] for one in rest)):
            part = next((one for one in choices if _fits([*parts, one], room)), None)
            parts = [*parts, part] if part else parts
        return SEPARATOR.join(parts)

    def _explained(self, row: TrialRow) -> Iterator[Cell]:
        from myofind.writers.trial_page_screen import disagreements, to_check

        lang, shown = self.lang, self.words.shown
        yield from map(Cell, self.words.cohort(row))
        for one in row.criteria:
            words = f"{OUTCOME_MARK[one.outcome]} {shown.reason(one)}"
            yield Cell(words, OUTCOME_STYLE[one.outcome])
        yield from (Cell(text, "dim") for text in (*to_check(row.trial, lang), *disagreements(row.trial, lang)))


def _fits(parts: Sequence[str], room: int) -> bool:
    return cell_len(SEPARATOR.join(parts)) <= room
