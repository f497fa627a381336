"""The answer of `match` on a screen: the facts as read, the trials in the patient's country, what to ask, whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from myofind.domain.dates import last_day
from myofind.domain.recruitment import FRESH_DAYS
from myofind.report.values import Answer, TrialRow
from myofind.words import summary
from myofind.words.wording import countries_in, pick
from myofind.writers.advice_screen import foot
from myofind.writers.columns import Cell
from myofind.writers.facts_read import facts_read
from myofind.writers.layout import Layout
from myofind.writers.phrases import origin
from myofind.writers.row_words import SILENT, RowWords
from myofind.writers.short_lists import perhaps_there, studies, unnamed
from myofind.writers.styles import line, paragraph
from myofind.writers.trial_table import Laid, TrialTable

Lines = Iterator[Sequence[Cell]]
LEAST_LINES = 9
"""A table of trials is given so many lines, however long the rest of an answer is."""


_PERHAPS = (
    "Perhaps there: the list of countries is incomplete, or none is recorded",
    "Peut-être : liste des pays incomplète, ou non renseignée",
)
"""The heading of trials that may run in the country, each with a row."""


def page(whole: Answer, layout: Layout) -> Iterable[Sequence[Cell]]:
    """The whole answer as lines."""
    layout = layout._replace(width=layout.columns)
    head = list(facts_read(whole.asked, whole.notes, whole.stamp, layout))
    if whole.what_if is not None:
        from myofind.writers.what_if_screen import page as what_if_page

        return [*head, *what_if_page(whole, whole.what_if, layout)]
    if layout.near:
        from myofind.writers.near_screen import page as near_page

        return [*head, *near_page(whole, layout)]
    return _single_spaced([*head, *_Page(whole, layout).lines(len(head))])


def _single_spaced(lines: Sequence[Sequence[Cell]]) -> Lines:
    """Lines with never more than one empty line between parts."""
    empty = True
    for cells in lines:
        blank = not any(cell.text.strip() for cell in cells)
        if not (blank and empty):
            yield cells
        empty = blank


# The answer ------------------------------------------------------------------------------------------------------------


class _Page:
    """The groups of an answer, fitted to the lines it may take."""

    def __init__(self, whole: Answer, layout: Layout) -> None:
        self.whole, self.layout, self.lang = whole, layout, layout.lang
        self.words = RowWords(whole, layout.lang)
        self.table = TrialTable(whole, layout, self.words)
        rows = whole.rows
        self.excluded = [row for row in rows if row.verdict == "excluded"]
        self.here = [row for row in rows if row.runs_here and row.verdict != "excluded"]
        self.perhaps = [row for row in rows if not row.runs_here and row.verdict != "excluded"]
        self.leads = self.here or self.perhaps
        """The trials of the first table: those that may only run in the country where none certainly does."""

    def lines(self, above: int) -> Lines:
        """Everything below the facts; `above` lines are taken already."""
        further = list(self._further())
        below = [*foot(self.whole, self.layout), *self._common()]
        end = len(list(self._end(Laid([], 99, 99), 99)))
        most = self.layout.most
        room = None if most is None else max(LEAST_LINES, most - above - len(further) - len(below) - end - 2)
        yield from self._heading()
        laid = self.table.lay(self.leads, room) if self.leads else Laid([])
        yield from laid.lines
        yield line()
        yield from further
        yield from below
        yield from self._end(laid, laid.unnamed + self._unnamed())

    def _heading(self) -> Lines:
        lang, asked = self.lang, self.whole.asked.patient.countries
        where = countries_in(asked, lang)
        width = self.layout.columns
        if not self.here:
            if asked or not self.perhaps:
                yield from paragraph(summary.nothing_fits(where if self.layout.calm else "", lang), width, "bold")
            if not self.perhaps:
                return
        count = len(self.leads)
        if self.here:
            text = pick(lang, f"In {where} ({count})", f"{where} ({count})")
        elif asked:
            text = pick(
                lang,
                f"Perhaps in {where}, the list of countries is incomplete ({count})",
                f"Peut-être : {where}, la liste des pays est incomplète ({count})",
            )
        else:
            text = pick(lang, f"In any country ({count}); name one with -c", f"Tous pays ({count}) ; -c en précise un")
        yield from paragraph(text, width, "bold")

    def _further(self) -> Lines:
        """Trials that may run in the country, studies, and where all is asked for what is excluded."""
        if not self.layout.calm:
            yield from self._whole_tables()
            return
        if self.here and self.perhaps and self.layout.most is None:
            yield from self._in_full(self.perhaps, _PERHAPS)
        elif self.here and self.perhaps:
            yield from perhaps_there(self.whole, self.perhaps, self.layout)
        if self.whole.study_rows:
            yield from studies(self.whole, self.layout, self.table)

    def _whole_tables(self) -> Lines:
        for rows, head in (
            (self.perhaps if self.here else [], _PERHAPS),
            (self.excluded, ("Excluded", "Exclus")),
            (self.whole.study_rows, ("Registries and observational studies", "Registres et études observationnelles")),
        ):  # fmt: skip
            if rows:
                yield from self._in_full(rows, head)

    def _in_full(self, rows: Sequence[TrialRow], head: tuple[str, str]) -> Lines:
        """A row for each of several trials, under a heading."""
        yield line(f"{pick(self.lang, *head)} ({len(rows)})", "bold")
        yield from self.table.lay(rows, None).lines
        yield line()

    def _unnamed(self) -> int:
        rows = self.perhaps if self.here and self.layout.most is not None else []
        return unnamed(self.whole, rows, self.layout)

    def _common(self) -> Lines:
        """What is presumed where trials ask, what most of them leave unsaid, and what a question mark means, once."""
        lang, count = self.lang, len(self.whole.rows)
        presumed = self.words.presumed(self.whole.rows)
        parts = (
            [pick(lang, "Presumed where asked: ", "Présumé si demandé : ") + ", ".join(presumed) + "."]
            if presumed
            else []
        )
        silent = [
            pick(lang, f"{SILENT[name][0]} in {few} of {count}", f"{SILENT[name][1]} dans {few} sur {count}")
            for name, few in self.words.common.items()
        ]
        if silent:
            parts.append(pick(lang, "Not recorded: ", "Non renseigné : ") + ", ".join(silent) + ".")
        if any(row.verdict == "match" and not row.assessment.firm for row in self.leads):
            parts.append(
                pick(lang, "match?: not all criteria were read.", "convient ? : tous les critères n'ont pas été lus.")
            )
        if parts:
            yield from paragraph(" ".join(parts), self.layout.columns, "dim")

    def _end(self, laid: Laid, unnamed: int) -> Lines:
        """The totals, what is left out, which registry answered and how old it is, what an answer means."""
        lang, whole, width = self.lang, self.whole, self.layout.columns
        totals = summary.totals(*whole.counts, *whole.matches_beside, whole.shown - unnamed, lang)
        left = summary.left_out(unnamed, laid.in_part, *whole.left_out, lang)
        yield from paragraph(f"{totals} {left}".rstrip(), width)
        old = whole.stamp.day - last_day(whole.stamp.as_of) > timedelta(days=FRESH_DAYS)
        yield from paragraph(origin(whole.stamp, lang), width, "yellow" if old else "dim")
        yield from paragraph(summary.disclaimer(lang), width, "dim")
