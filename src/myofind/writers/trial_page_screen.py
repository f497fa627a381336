"""One trial in full for one patient, criterion by criterion; and in words what stands beside: what to check, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.domain.eligibility import Criterion
from myofind.domain.trial import Trial
from myofind.report.trial_page import CohortPart, Explanation, TrialPage
from myofind.report.values import NearMiss, Sources
from myofind.words import advice as words
from myofind.words.reasons import why
from myofind.words.rule_words import required
from myofind.words.trial_facts import source_key
from myofind.words.wording import NAMES, OUTCOMES, Lang, pick, verdict
from myofind.writers import columns as grid
from myofind.writers import styles
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout, Lines
from myofind.writers.phrases import Found, barred, by_hand, cohort_name, drugs, name, when
from myofind.writers.places import contacts, nearest


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
            yield from self._beside(Cell(f"[{place}]", "dim"), Cell(text, "dim"))
        doubts = list(disagreements(row.trial, lang))
        for text in below_criteria(self.whole, self.page, lang):
            yield from styles.paragraph(text, width, "dim" if text in doubts else "")
        yield styles.line()

    def _head(self) -> Lines:
        lang, row, width = self.lang, self.page.row, self.layout.width
        status, apart = styles.known(row.study.recruitment, lang), Cell("  ")
        called = [Cell(name(row.trial, lang), "bold"), apart, styles.id_cell(row.study), apart, status]
        yield from styles.flowing(called, width)
        where = (drugs(row.study, lang), nearest(row.trial, self.whole.asked, lang))
        yield from styles.paragraph(" · ".join(filter(None, where)), width, "dim")
        judged = Cell(verdict(row.verdict, lang, row.assessment.firm), styles.VERDICT_STYLE[row.verdict])
        yield from self._beside(judged, Cell(why(row.criteria, lang)))
        cohort = cohort_name(row.trial, row.assessment, lang)
        if cohort:
            yield from styles.paragraph(pick(lang, f"best cohort: {cohort}", f"meilleure cohorte : {cohort}"), width)
        yield styles.line()

    def _beside(self, *cells: Cell) -> list[list[Cell]]:
        """A text beside what it is about."""
        return grid.lines([Column(""), Column("", 20)], [grid.Row(cells)], self.layout.width)

    def _criteria(self, criteria: Sequence[Criterion], sources: Sources) -> list[list[Cell]]:
        """The criteria as a table; the sources are numbered and gathered in `notes`."""
        lang, rows = self.lang, []
        for one, origins in zip(criteria, sources, strict=True):
            source = "; ".join(str(each) for each in origins or ())
            if source and source not in self.notes:
                self.notes.append(source)
            style, place = styles.OUTCOME_STYLE[one.outcome], f"[{self.notes.index(source) + 1}]" if source else "–"
            mark, outcome = Cell(styles.OUTCOME_MARK[one.outcome], style), pick(lang, *OUTCOMES[one.outcome])
            said = map(Cell, (pick(lang, *NAMES[one.name]), required(one, lang) or "–", self.found[one]))
            rows.append(grid.Row([mark, *said, Cell(outcome, style), Cell(place, "dim")]))
        columns = [
            Column(""),
            Column(pick(lang, "Criterion", "Critère"), 14),
            Column(pick(lang, "Required", "Demandé"), 18),
            Column(pick(lang, "Found", "Trouvé"), 10),
            Column(pick(lang, "Outcome", "Résultat")),
            Column("Source"),
        ]
        return grid.lines(columns, rows, self.layout.width)


def other_cohort(trial: Trial, cohort: CohortPart, lang: Lang) -> str:
    """A cohort that did not give the verdict, with its own."""
    called, judged = cohort_name(trial, cohort.assessment, lang), cohort.assessment
    own = verdict(judged.verdict, lang, judged.firm)
    return pick(lang, f"cohort {called}: {own}", f"cohorte {called} : {own}")


def to_check(trial: Trial, lang: Lang) -> Iterator[str]:
    """What nobody structured of the criteria."""
    for text in by_hand(trial, lang):
        yield pick(lang, f"check by hand: {text}", f"à vérifier : {text}")


def disagreements(trial: Trial, lang: Lang) -> Iterator[str]:
    """What the sources disagree about."""
    for one in trial.conflicts:
        what, note = source_key(one.about, lang), one.text(lang)
        yield pick(lang, f"sources disagree on {what}: {note}", f"sources en désaccord ({what}) : {note}")


def remedy(miss: NearMiss, lang: Lang) -> str:
    """What can be done about the one criterion that fails."""
    parts = [pick(lang, *words.REMEDIES[miss.remedy]).lower(), when(miss, lang), barred(miss, lang)]
    return pick(lang, "only one criterion fails: ", "seul critère en cause : ") + ", ".join(filter(None, parts))


def below_criteria(whole: Explanation, page: TrialPage, lang: Lang) -> Iterator[str]:
    """What to check and what is in doubt, what can be done, what time will change, and whom to call, or that nobody is known."""
    row, miss, day = page.row, page.near_miss, whole.stamp.day
    yield from (*to_check(row.trial, lang), *disagreements(row.trial, lang))
    if miss:
        yield remedy(miss, lang)
    window = row.age_window
    if window and window.closes and window.closes > day:
        yield words.closing(window.closes, day, lang)
    if row.trial.end:
        yield pick(lang, f"recorded end: {row.trial.end}", f"fin prévue : {row.trial.end}")
    for text in contacts(row.study, whole.asked.patient.countries, lang):
        yield pick(lang, f"whom to call: {text}", f"contact : {text}")
