"""The answer of `match` on a screen: the facts as read, the trials in the patient's country, what to ask, whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain

from myofind.domain.dates import last_day
from myofind.domain.recruitment import FRESH_DAYS
from myofind.report.values import Answer, TrialRow
from myofind.words import summary
from myofind.words.wording import countries_in, pick, verdict
from myofind.writers.advice_screen import foot
from myofind.writers.columns import Cell
from myofind.writers.layout import Layout, Lines, Part, PartLines, form, left_out, shortened, single_spaced
from myofind.writers.phrases import marks, origin, row_label
from myofind.writers.places import cities_of, nearest_first
from myofind.writers.row_words import SILENT, RowWords
from myofind.writers.styles import facts_read, line, on_shared_lines, paragraph
from myofind.writers.trial_table import Laid, TrialTable

LEAST_LINES = 9
"""A table of trials is given so many lines, however long the rest of an answer is."""
MEASURED_AT = 100
"""The width in columns for which the lines of an answer are counted: on a narrower screen the same words take more of them."""

_PERHAPS = (
    "Perhaps there: the list of countries is incomplete, or none is recorded",
    "Peut-être : liste des pays incomplète, ou non renseignée",
)
"""The heading of trials that may run in the country, each with a row."""
_STUDIES = ("Registries and observational studies", "Registres et études observationnelles")

FEW, MANY = 3, 7
"""Trials that certainly run in the country: with few there is room for those that perhaps do."""
STUDY_LINES = 1


def page(whole: Answer, layout: Layout) -> Iterable[Sequence[Cell]]:
    """The whole answer as lines."""
    layout = layout._replace(width=layout.columns)
    if whole.what_if is None and not layout.near:
        return _Page(whole, layout).lines()
    head = facts_read(whole, layout)
    if whole.what_if is not None:
        from myofind.writers.near_screen import what_if

        return [*head, *what_if(whole, whole.what_if, layout)]
    from myofind.writers.near_screen import page as near_page

    return [*head, *near_page(whole, layout)]


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
        most, width = layout.most or 0, layout.columns
        self.spare = most * max(MEASURED_AT, width) // width - most
        """Lines beyond the most before a part takes a shorter form."""
        self.least = min(LEAST_LINES, 2 + 3 * len(self.leads)) if self.leads else 0

    def lines(self) -> Lines:
        """Everything: other parts take shorter forms until they leave the table the lines it needs."""
        read = Part("read", *(form(facts_read, self.whole, self.layout, in_brief) for in_brief in (False, True)))
        common = Part("common", *(form(self._common, *said) for said in ((None, True), (0, True), (0, False))))
        parts = [read, *self._further(), *foot(self.whole, self.layout), common]
        heading = list(self._heading())
        for _ in chain([None], shortened(parts)):
            room = self._room(heading, parts)
            if room is not None and room + self.spare < self.least:
                continue
            laid = self.table.lay(self.leads, None if room is None else max(room, self.least))
            if room is None or len(laid.lines) <= room + self.spare:
                break
        else:
            laid = self.table.lay(self.leads, room)
        yield from self._whole(heading, laid, parts, self._end(laid, parts))

    def _room(self, heading: Sequence[Sequence[Cell]], parts: Sequence[Part]) -> int | None:
        """The lines that the other parts leave for the table; None where an answer may take any number.

        What an option asks for, another diagnosis or the studies as a table, comes on top.
        """
        most = self.layout.most
        if most is None:
            return None
        end = list(self._end(Laid([], 99, 99), parts))
        asked = ("asked", *(["studies"] if self.layout.studies else []))
        extra = sum(len(part.form.lines) for part in parts if part.name in asked)
        return most + extra - len(list(self._whole(heading, Laid([]), parts, end)))

    def _whole(
        self, heading: Sequence[Sequence[Cell]], laid: Laid, parts: Sequence[Part], end: Iterable[Sequence[Cell]]
    ) -> Lines:
        first, *others = parts
        below = [each for part in others for each in part.form.lines]
        yield from single_spaced([*first.form.lines, *heading, *laid.lines, line(), *below, *end])

    def _heading(self) -> Lines:
        lang, asked = self.lang, self.whole.asked.patient.countries
        where = countries_in(asked, lang)
        width = self.layout.columns
        if not self.here and (asked or not self.perhaps):
            yield from paragraph(summary.nothing_fits(where if self.layout.calm else "", lang), width, "bold")
        if not self.leads:
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

    def _further(self) -> Iterator[Part]:
        """Trials that may run in the country, studies, and where all is asked for what is excluded."""
        calm, perhaps = self.layout.calm, self.perhaps if self.here else []
        if perhaps and calm and self.layout.most is not None:
            most = shared_lines(len(self.here))
            forms = (partial(perhaps_there, self.whole, perhaps, self.layout, lines) for lines in range(most, 0, -1))
            yield Part("perhaps", *forms)
        elif perhaps:
            yield Part("perhaps", form(self._in_full, perhaps, _PERHAPS))
        if self.excluded and not calm:
            yield Part("excluded", form(self._in_full, self.excluded, ("Excluded", "Exclus")))
        if self.whole.study_rows and calm and not self.layout.studies:
            yield Part("studies", partial(studies, self.whole, self.layout))
        elif self.whole.study_rows:
            yield Part("studies", form(self._in_full, self.whole.study_rows, _STUDIES))

    def _in_full(self, rows: Sequence[TrialRow], head: tuple[str, str]) -> Lines:
        """A row for each of several trials, under a heading."""
        yield from paragraph(f"{pick(self.lang, *head)} ({len(rows)})", self.layout.columns, "bold")
        yield from self.table.lay(rows, None).lines
        yield line()

    def _common(self, most: int | None, explained: bool) -> Lines:
        """What is presumed where trials ask, what most of them leave unsaid, and what a question mark means, once.

        At most so many presumptions are named, the others counted; None names the usual number. Where there is least room,
        question marks are not explained.
        """
        lang, count = self.lang, len(self.whole.rows)
        parts = []
        if presumed := self.words.presumed(self.whole.rows, most):
            parts.append(pick(lang, "Presumed where asked: ", "Présumé si demandé : ") + ", ".join(presumed) + ".")
        silent = [
            pick(lang, f"{SILENT[name][0]} in {few} of {count}", f"{SILENT[name][1]} dans {few} sur {count}")
            for name, few in self.words.common.items()
        ]
        if silent:
            parts.append(pick(lang, "Not recorded: ", "Non renseigné : ") + ", ".join(silent) + ".")
        told = " ".join(filter(None, (*parts, marks(self.whole.rows, lang) if explained else "")))
        if told:
            yield from paragraph(told, self.layout.columns, "dim")

    def _end(self, laid: Laid, parts: Sequence[Part]) -> Lines:
        """The totals, what is left out, which registry answered and how old it is, what an answer means."""
        lang, whole, width = self.lang, self.whole, self.layout.columns
        unnamed = laid.unnamed + left_out(parts, "trials")
        cut = summary.Cut(unnamed, laid.in_part, left_out(parts, "questions"), left_out(parts, "remarks"))
        totals = summary.totals(*whole.counts, *whole.matches_beside, whole.shown - unnamed, lang)
        left = summary.left_out(cut, *whole.left_out, lang)
        yield from paragraph(f"{totals} {left}".rstrip(), width)
        old = whole.stamp.day - last_day(whole.stamp.as_of) > timedelta(days=FRESH_DAYS)
        yield from paragraph(origin(whole.stamp, lang), width, "yellow" if old else "dim")
        yield from paragraph(pick(lang, *summary.DISCLAIMER), width, "dim")


# Short lists: a few words each on shared lines ------------------------------------------------------------------------


def shared_lines(certain: int) -> int:
    """The lines for trials that perhaps run in the country, beside so many that certainly do; what does not fit is counted."""
    return 3 if certain <= FEW else 2 if certain < MANY else 1


def perhaps_there(whole: Answer, rows: Sequence[TrialRow], layout: Layout, lines: int) -> PartLines:
    """Trials of which it is not certain that they run in the country, with the countries known, on so many lines."""
    lang, here, names = layout.lang, whole.asked.patient.countries, []
    for row in rows:
        listed = nearest_first(row.trial, here)
        known = " ".join(listed[:2]) + " +" * (len(listed) > 2)
        fits = verdict(row.verdict, lang, row.assessment.firm) if row.verdict == "match" else ""
        names.append(_named(row, layout, f"{row_label(row.study, lang)} {known}".strip(), fits))
    lead = pick(lang, "Perhaps there (countries incomplete): ", "Peut-être là (pays incomplets) : ")
    return _shared(lead, names, layout, lines, "--limit 0")


def studies(whole: Answer, layout: Layout) -> PartLines:
    """Registries, cohorts and other studies a patient may join, with the place."""
    here, names = whole.asked.patient.countries, []
    for row in sorted(whole.study_rows, key=lambda row: not row.runs_here):
        places = [city for country in here for city in cities_of(row.trial, country)[:1]]
        names.append(_named(row, layout, row_label(row.study, layout.lang), *places))
    lead = pick(layout.lang, "Registries and studies: ", "Registres et études : ")
    return _shared(lead, names, layout, STUDY_LINES, "--studies")


def _named(row: TrialRow, layout: Layout, *about: str) -> str:
    """A trial in a few words, and that nobody knows whether it takes patients where that is so."""
    known = row.study.recruitment.state != "unknown"
    doubt = "" if known else pick(layout.lang, "status unknown", "statut inconnu")
    return ", ".join(filter(None, (*about, doubt)))


def _shared(lead: str, names: Sequence[str], layout: Layout, lines: int, more_by: str) -> PartLines:
    shared, left = on_shared_lines(lead, names, more_by, layout, lines)
    return PartLines(shared, {"trials": left})
