"""One trial in full for one patient: every criterion with what is required, what was found, the outcome, the source."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.domain.eligibility import Criterion
from myofind.report.trial_page import Explanation, TrialPage
from myofind.report.values import Sources
from myofind.words.reasons import why
from myofind.words.rule_words import required
from myofind.words.wording import NAMES, OUTCOMES, pick, verdict
from myofind.writers import columns as grid
from myofind.writers import styles
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.page_words import disagreements, in_time, other_cohort, to_check, whom_to_call
from myofind.writers.phrases import Found, cohort_name, drugs, name
from myofind.writers.places import nearest


def page(whole: Explanation, layout: Layout) -> Lines:
    """The facts as read, then the pages of some trials, one below the other."""
    yield from styles.facts_read(whole, layout._replace(width=layout.columns))
    for place, one in enumerate(whole.pages):
        if place:
            yield styles.line()
        yield from _Page(whole, one, layout).lines()
    yield from styles.ending(whole.stamp, layout)


class _Page:
    """A trial: its verdict in a sentence, its criteria, what is left to check, what can be done."""

    def __init__(self, whole: Explanation, page: TrialPage, layout: Layout) -> None:
        self.whole, self.page, self.layout, self.lang = whole, page, layout, layout.lang
        self.found = Found(whole.asked, whole.stamp.day, layout.lang)
        self.notes: list[str] = []
        """The sources, numbered in the order they are first named."""

    def lines(self) -> Lines:
        """The whole page."""
        lang, row, width = self.lang, self.page.row, self.layout.width
        yield from self._head()
        yield from self._criteria(row.criteria, row.sources)
        for cohort in self.page.cohorts:
            yield from styles.paragraph(other_cohort(row.trial, cohort, lang), width, "bold")
            yield from self._criteria(cohort.assessment.criteria, cohort.sources)
        for place, text in enumerate(self.notes, start=1):
            cells = [Cell(f"[{place}]", "dim"), Cell(text, "dim")]
            yield from grid.lines([Column(""), Column("", 20)], [grid.Row(cells)], width)
        for style, texts in (
            ("", to_check(row.trial, lang)),
            ("dim", disagreements(row.trial, lang)),
            ("", in_time(self.whole, self.page, lang)),
            ("", whom_to_call(self.whole, self.page, lang)),
        ):
            for text in texts:
                yield from styles.paragraph(text, width, style)
        yield styles.line()

    def _head(self) -> Lines:
        lang, row, width = self.lang, self.page.row, self.layout.width
        apart = Cell("  ")
        cells = [
            Cell(name(row.trial, lang), "bold"),
            apart,
            styles.id_cell(row.study),
            apart,
            styles.known(row.study.recruitment, lang),
        ]
        yield from styles.flowing(cells, width)
        where = (drugs(row.study, lang), nearest(row.trial, self.whole.asked, lang))
        yield from styles.paragraph(" · ".join(part for part in where if part), width, "dim")
        cells = [
            Cell(verdict(row.verdict, lang, row.assessment.firm), styles.VERDICT_STYLE[row.verdict]),
            Cell(why(row.criteria, lang)),
        ]
        yield from grid.lines([Column(""), Column("", 20)], [grid.Row(cells)], width)
        cohort = cohort_name(row.trial, row.assessment, lang)
        if cohort:
            yield from styles.paragraph(pick(lang, f"best cohort: {cohort}", f"meilleure cohorte : {cohort}"), width)
        yield styles.line()

    def _criteria(self, criteria: Sequence[Criterion], sources: Sources) -> list[list[Cell]]:
        """The criteria as a table; the sources are numbered and gathered in `notes`."""
        lang, rows = self.lang, []
        for one, origins in zip(criteria, sources, strict=True):
            source = "; ".join(str(each) for each in origins or ())
            if source and source not in self.notes:
                self.notes.append(source)
            cells = [
                Cell(styles.OUTCOME_MARK[one.outcome], styles.OUTCOME_STYLE[one.outcome]),
                Cell(pick(lang, *NAMES[one.name])),
                Cell(required(one, lang) or "–"),
                Cell(self.found[one]),
                Cell(pick(lang, *OUTCOMES[one.outcome]), styles.OUTCOME_STYLE[one.outcome]),
                Cell(f"[{self.notes.index(source) + 1}]" if source else "–", "dim"),
            ]
            rows.append(grid.Row(cells))
        columns = [
            Column(""),
            Column(pick(lang, "Criterion", "Critère"), 14),
            Column(pick(lang, "Required", "Demandé"), 18),
            Column(pick(lang, "Found", "Trouvé"), 10),
            Column(pick(lang, "Outcome", "Résultat")),
            Column("Source"),
        ]
        return grid.lines(columns, rows, self.layout.width)
