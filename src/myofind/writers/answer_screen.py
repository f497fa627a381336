"""The answer of `match` on a screen: trials that fit or may fit, then what was left out and how to see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.report.values import Answer, TrialRow
from myofind.words import summary
from myofind.words.advice import closing
from myofind.words.wording import COVERAGES, NAMES, asks, joined, pick, reason, topic, verdict
from myofind.writers import columns as grid
from myofind.writers.columns import Cell, Column
from myofind.writers.layout import Layout
from myofind.writers.phrases import Shown, brief, drugs, name, nearest, origin, placed
from myofind.writers.styles import (
    OUTCOME_MARK,
    OUTCOME_STYLE,
    VERDICT_STYLE,
    id_cell,
    known,
    line,
    number,
    paragraph,
    phase,
)

NAME_WIDTH = 18
"""Longer names are broken between words on a small screen."""
STUDIES_SHOWN = 5
NUMBER_WIDTH = 11
"""Longer numbers than `NCT` and 8 digits stand on a line of their own."""


def page(whole: Answer, layout: Layout) -> Iterator[Sequence[Cell]]:
    """The whole answer as lines."""
    if whole.what_if is not None:
        from myofind.writers.what_if_screen import page as what_if_page

        yield from what_if_page(whole, whole.what_if, layout)
        return
    if layout.near:
        from myofind.writers.near_screen import page as near_page

        yield from near_page(whole, layout)
        return
    from myofind.writers.advice_screen import foot

    yield from _Trials(whole, layout).lines()
    yield line()
    yield from foot(whole, layout)
    yield from _end(whole, layout)


def _end(whole: Answer, layout: Layout) -> Iterator[Sequence[Cell]]:
    """The totals, what is left out, which registry answered, what an answer means."""
    lang = layout.lang
    folded = len(whole.study_rows) - _studies_shown(whole, layout)
    yield from paragraph(summary.totals(*whole.counts, whole.shown - folded, lang), layout.width)
    left = summary.left_out(folded, *whole.left_out, lang)
    for text in [*([left] if left else []), origin(whole.stamp, lang), summary.disclaimer(lang)]:
        yield from paragraph(text, layout.width, "dim")


def _studies_shown(whole: Answer, layout: Layout) -> int:
    """How many studies a calm answer lists: hiding a single one would save nothing."""
    count = len(whole.study_rows)
    return STUDIES_SHOWN if layout.calm and not layout.studies and count > STUDIES_SHOWN + 1 else count


NOTES_ROOM = 150
"""Characters of the notes to check by hand that a row shows: about two lines."""


class _Trials:
    """The trials and studies of an answer as lines."""

    def __init__(self, whole: Answer, layout: Layout) -> None:
        self.whole, self.layout, self.lang = whole, layout, layout.lang
        self.shown = Shown(whole.asked, layout.lang)

    def lines(self) -> Iterator[Sequence[Cell]]:
        """Trials in a table; those of which nobody knows whether they recruit, and studies, on a line each."""
        lang, calm = self.lang, self.layout.calm
        silent = [row for row in self.whole.rows if row.study.recruitment.state == "unknown"] if calm else []
        trials = [row for row in self.whole.rows if row not in silent]
        if trials:
            yield from self._table(trials)
        elif calm or not self.whole.rows:
            yield from paragraph(
                pick(
                    lang,
                    "No trial known to take patients, now or soon, fits on the criteria recorded.",
                    "Aucun essai connu pour recruter, maintenant ou bientôt, ne convient d'après les critères notés.",
                ),
                self.layout.width,
                "bold",
            )
        if silent:
            yield line()
            yield line(
                pick(lang, "Not known whether these take patients", "On ne sait pas si ceux-ci recrutent"), "bold"
            )
            yield from self._short(silent)
        if self.whole.study_rows:
            yield line()
            yield from self._studies()

    def _studies(self) -> Iterator[Sequence[Cell]]:
        lang, studies = self.lang, self.whole.study_rows
        yield line(pick(lang, "Registries and observational studies", "Registres et études observationnelles"), "bold")
        if not self.layout.calm:
            yield from self._table(studies, heading=False)
            return
        few = _studies_shown(self.whole, self.layout)
        yield from self._short(studies[:few])
        more = len(studies) - few
        if more:
            yield line(
                pick(lang, f"and {more} more studies (--studies)", f"et {more} autres études (--studies)"), "dim"
            )

    def _short(self, rows: Sequence[TrialRow]) -> list[list[Cell]]:
        """Trials on a line each: verdict, name, number, and where, or what is missing."""
        lang, laid = self.lang, []
        for row in rows:
            where = [nearest(row.trial, self.whole.asked, lang)] if placed(row.trial) else []
            linked = id_cell(row.study) if self.layout.width is None else number(row.study)
            style = VERDICT_STYLE[row.verdict].split()[-1]
            laid.append(
                grid.Row(
                    [
                        Cell(verdict(row.verdict, lang, row.assessment.firm), style, whole=True),
                        Cell(brief(row.study, lang)),
                        linked,
                        Cell(joined([*where, *self._quiet(row, by_hand=False)], lang), "dim"),
                    ]
                )
            )
        return grid.lines([Column("", 8), Column("", 20), Column(""), Column("", 26)], laid, self.layout.width)

    def _table(self, rows: Sequence[TrialRow], heading: bool = True) -> list[list[Cell]]:
        lang, wide = self.lang, self.layout.wide
        columns = [
            Column(pick(lang, "Verdict", "Verdict")),
            Column(pick(lang, "Trial", "Essai"), 14, 0 if wide else NAME_WIDTH),
            Column(pick(lang, "Number", "Numéro")),
            *([Column(pick(lang, "Tests", "Évalue"), 14)] if wide else []),
            Column("Phase"),
            Column(pick(lang, "Recruitment", "Recrutement"), 25),
            *([Column(pick(lang, "Places", "Lieux"), 16)] if wide else []),
        ]
        if not heading:
            columns = [column._replace(heading="") for column in columns]
        return grid.lines(columns, [self._row(row) for row in rows], self.layout.width, indent=10)

    def _row(self, row: TrialRow) -> grid.Row:
        study, trial, lang, wide = row.study, row.trial, self.lang, self.layout.wide
        linked, tests = number(study), drugs(study, lang)
        where = nearest(trial, self.whole.asked, lang) if wide or placed(trial) else ""
        called = name(trial, lang) if wide else brief(study, lang)
        fits = len(linked.text) <= NUMBER_WIDTH
        cells = [
            Cell(verdict(row.verdict, lang, row.assessment.firm), VERDICT_STYLE[row.verdict], whole=True),
            Cell(called, "bold"),
            linked if fits else Cell("–", "dim"),
            *([Cell(tests)] if wide else []),
            Cell(phase(study), whole=True),
            known(study.recruitment, lang),
            *([Cell(where)] if wide else []),
        ]
        below = [] if fits else [linked]
        about = [] if wide else [tests if tests != called else "", where]
        cohort = row.assessment.cohort
        if cohort:
            about.append(pick(lang, f"cohort: {cohort}", f"cohorte : {cohort}"))
        if self.layout.explain:
            below.append(Cell(" · ".join(part for part in about if part)))
            below.extend(self._explained(row))
        else:
            below.append(Cell(" · ".join(part for part in [*about, *self._quiet(row)] if part), "dim"))
        return grid.Row(cells, [cell for cell in below if cell.text])

    def _quiet(self, row: TrialRow, by_hand: bool = True) -> list[str]:
        """What fails, else what is missing, what time will change, what the registry does not say, what a reader judges."""
        lang, criteria = self.lang, row.criteria
        failed = [reason(one, lang, self.shown[one.name]) for one in criteria if one.outcome == "not_met"]
        if failed:
            return [pick(lang, "no: ", "non : ") + joined(failed, lang)]
        parts = []
        missing = list(dict.fromkeys(asks(one, lang) for one in criteria if one.outcome == "unknown"))
        if missing:
            parts.append(pick(lang, "to settle: ", "à préciser : ") + joined(missing, lang))
        parts.extend(self._soon(row))
        silent = [
            pick(lang, *_SILENT[one.name]) for one in criteria if one.outcome == "not_recorded" and one.name in _SILENT
        ]
        if silent:
            parts.append(pick(lang, "not recorded: ", "non renseigné : ") + ", ".join(silent))
        coverage = row.assessment.coverage
        if coverage is not None and coverage != "full":
            parts.append(pick(lang, *COVERAGES[coverage]))
        presumed = [pick(lang, *NAMES[one.name]) for one in row.assessment.presumed]
        if presumed:
            parts.append(pick(lang, "presumed absent: ", "présumés absents : ") + ", ".join(dict.fromkeys(presumed)))
        if by_hand:
            parts.extend(self._by_hand(row))
        return parts

    def _by_hand(self, row: TrialRow) -> list[str]:
        """The notes to check by hand, shortest first, as far as they fit; how many more there are."""
        lang = self.lang
        notes = sorted((note.text(lang) for note in row.trial.eligibility.check_by_hand), key=len)
        shown: list[str] = []
        while notes and sum(map(len, shown)) + len(notes[0]) <= NOTES_ROOM:
            shown.append(notes.pop(0))
        more = [pick(lang, f"{len(notes)} more", f"{len(notes)} de plus")] if notes else []
        return [pick(lang, "check: ", "à vérifier : ") + joined([*shown, *more], lang)] if shown or more else []

    def _soon(self, row: TrialRow) -> list[str]:
        """An age limit, or a recorded end, that is near."""
        lang, window, parts = self.lang, row.age_window, []
        if "age" in row.soon and window and window.closes:
            parts.append(closing(window.closes, self.whole.stamp.day, lang))
        if "end" in row.soon:
            parts.append(pick(lang, f"recorded end {row.trial.end}", f"fin prévue {row.trial.end}"))
        return parts

    def _explained(self, row: TrialRow) -> Iterator[Cell]:
        """Criterion by criterion."""
        lang = self.lang
        for one in row.criteria:
            words = f"{OUTCOME_MARK[one.outcome]} {reason(one, lang, self.shown[one.name])}"
            yield Cell(words, OUTCOME_STYLE[one.outcome])
        for text in (note.text(lang) for note in row.trial.eligibility.check_by_hand):
            yield Cell(pick(lang, f"check by hand: {text}", f"à vérifier : {text}"), "dim")
        for conflict in row.trial.conflicts:
            yield Cell(disagreement(conflict.about, conflict.text(lang), lang), "dim")


def disagreement(about: str, note: str, lang: str) -> str:
    """What the sources disagree about."""
    if lang == "fr":
        return f"sources en désaccord ({topic(about, 'fr')}) : {note}"
    return f"sources disagree on {about}: {note}"


_SILENT = {
    "age": ("age", "âge"),
    "subtype": ("subtypes", "sous-types"),
    "country": ("countries", "pays"),
    "autoantibodies": ("autoantibodies", "auto-anticorps"),
}
