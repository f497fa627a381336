"""A cohort as a page: a row a patient, written as the patients are read."""

from __future__ import annotations

from myofind.domain.register_numbers import link
from myofind.report.cohort import Cohort, CohortProblem, CohortRow
from myofind.words import summary
from myofind.words.wording import VERDICTS, pick
from myofind.writers.html_page import around, rendered
from myofind.writers.html_views import Text
from myofind.writers.layout import Layout
from myofind.writers.phrases import notes, origin


class HtmlRows:
    """A table row a patient: counts of verdicts, and every open trial that fits or may fit, matches first."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        self.lang = lang = layout.lang
        open_now = pick(lang, "Open trials that may fit", "Essais ouverts qui peuvent convenir")
        self._names = [pick(lang, *words).capitalize() for words in VERDICTS.values()]
        self._names.append(open_now)
        heading = pick(lang, "Myositis trials for several patients", "Essais dans les myosites pour plusieurs patients")
        self._head, self._tail = around(
            "cohort.html", lang, stamp=cohort.stamp, origin=origin(cohort.stamp, lang), heading=heading,
            title=f"{heading} · {cohort.stamp.day}", disclaimer=summary.disclaimer(lang), heads=[pick(lang, "Patient", "Patient"), *self._names],
        )  # fmt: skip

    def head(self) -> str:
        """The page down to the first row."""
        return self._head

    def row(self, row: CohortRow) -> str:
        """One patient, with how the names were read."""
        trials = [Text(id, link(id)) for id in row.open_first]
        return rendered(
            "cohort_row.html", self.lang, id=row.id, names=self._names, counts=list(row.counts), trials=trials,
            notes=(*notes((*row.safety, *row.doubts), self.lang), *row.notes), problem="",
        )  # fmt: skip

    def problem(self, problem: CohortProblem) -> str:
        """A row that could not be read, with what to type instead."""
        hint = f"{pick(self.lang, ':', ' :')} {problem.hint}" if problem.hint else ""
        text = problem.message + hint
        return rendered(
            "cohort_row.html", self.lang, id=problem.id, names=self._names, counts=[], trials=[], notes=(), problem=text
        )

    def tail(self) -> str:
        """The end of the page."""
        return self._tail
