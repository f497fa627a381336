"""Reports as pages: one file each, for a screen, a telephone or paper, with nothing to load and no script.

The first sheet holds what a meeting needs; every trial follows criterion by criterion, then what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from myofind.diagnostics import InputError
from myofind.domain.register_numbers import link
from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.beside import by_remedy, first_trials, later, nearest_elsewhere, worth_a_call
from myofind.report.values import Answer, Note, PatientFacts, Stamp
from myofind.words import advice as words
from myofind.words import summary
from myofind.words.wording import STATES, VERDICTS, Lang, joined, pick, picks
from myofind.writers import phrases
from myofind.writers.cohort import CohortLines
from myofind.writers.html_page import around, rendered
from myofind.writers.html_views import Cards, Text, ages, number
from myofind.writers.layout import Layout
from myofind.writers.places import by_name, cities_of

if TYPE_CHECKING:
    from myofind.report.cohort import Cohort, CohortRow
    from myofind.report.comparison import Comparison
    from myofind.report.trial_page import Explanation, Listing, SideBySide

_FUNNEL = ("Trials left after each criterion: ", "Essais restants après chaque critère : ")
NAMED = 4
"""Trials named where many are counted."""


class Short(NamedTuple):
    """A trial in a line."""

    name: str
    number: Text
    about: str


class Group(NamedTuple):
    """Lines under a heading."""

    name: str
    items: Sequence[Any]


def _page(template: str, stamp: Stamp | None, lang: Lang, heading: str, **values: Any) -> str:
    return rendered(template, lang, **_frame(stamp, lang, heading), **values)


def _frame(stamp: Stamp | None, lang: Lang, heading: str) -> dict[str, Any]:
    """What every page says of itself."""
    return {
        "stamp": stamp, "origin": phrases.origin(stamp, lang) if stamp else "", "heading": heading,
        "title": f"{heading} · {stamp.day}" if stamp else heading, "disclaimer": pick(lang, *summary.DISCLAIMER),
    }  # fmt: skip


def _patient(asked: PatientFacts, several: Sequence[Note], stamp: Stamp, lang: Lang) -> dict[str, Any]:
    """The facts as read, what comes before any trial, and the other remarks."""
    safety, remarks = phrases.apart(several, lang)
    return {"facts": phrases.read(asked, stamp, lang), "safety": safety, "remarks": remarks}


# `match` ---------------------------------------------------------------------------------------------------------------


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`."""
    lang = layout.lang
    maker = Cards(whole.every_row, whole.asked, whole.stamp.day, lang)
    cards = {row.trial.id: maker.card(row) for row in whole.every_row}
    nearest = _nearest(whole, lang)
    called, here = bool(worth_a_call(whole)), bool(whole.asked.patient.countries)
    heading = pick(lang, "Myositis trials for one patient", "Essais dans les myosites pour un patient")
    return _page(
        "answer.html", whole.stamp, lang, heading, **_patient(whole.asked, whole.notes, whole.stamp, lang),
        best=[cards[row.trial.id] for row in first_trials(whole)],
        best_heading=pick(lang, *summary.PERHAPS_COMING) if nearest else summary.first_of_all(called, here, lang),
        nearest=nearest,
        none_fits=summary.nothing_fits("", lang),
        questions=list(_questions(whole, lang)),
        later=list(_later(whole, lang)),
        trials=[cards[row.trial.id] for row in whole.rows],
        studies=[cards[row.trial.id] for row in whole.study_rows],
        totals=summary.totals(*whole.counts, *whole.matches_beside, whole.shown, lang),
        marks=phrases.marks(whole.every_row, lang),
        left_out=summary.left_out(summary.Cut(), *whole.left_out, lang),
        funnel=pick(lang, *_FUNNEL) + phrases.steps(whole, lang) if whole.funnel else "",
        relaxed=[(phrases.relaxed_command(search), phrases.gain(search, lang)) for search in whole.relaxed],
        near=list(_near(whole, lang)),
        **_flips(whole, lang),
    )  # fmt: skip


def _nearest(whole: Answer, lang: Lang) -> Group | None:
    """The trials of the nearest country, where none certainly runs in the patient's."""
    nearest = nearest_elsewhere(whole)
    if nearest is None:
        return None
    country, ids = nearest
    lines = []
    for one in (whole.studies[id] for id in ids):
        known = (phrases.knowledge(one.recruitment, lang), ", ".join(cities_of(one.trial, country)))
        lines.append(Short(phrases.brief(one, lang), number(one), " · ".join(filter(None, known))))
    return Group(summary.nearest_elsewhere(country, lang), lines)


_named = partial(phrases.several, label=phrases.brief)


def _questions(whole: Answer, lang: Lang) -> Iterator[tuple[str, str]]:
    """The facts that decide most, with the trials they decide."""
    questions = {one.fact: one for one in whole.questions}
    for effect in whole.ask_next.first:
        one, of = questions[effect.fact], whole.ask_next.of
        what = words.fact(effect.fact, whole.asked.patient, lang)
        about = words.effect(effect.settles, effect.may_settle, of, lang)
        trials = _named(whole, one.settles or one.may_settle, NAMED, lang)
        yield what, f"{about} ({trials})" if trials else about


def _later(whole: Answer, lang: Lang) -> Iterator[str]:
    """What time will change, and what another diagnosis would."""
    birthday = whole.turns_18
    if birthday:
        parts, soon = [], birthday.soon(whole.stamp.day)
        changed = ((("opens ", "ouvre "), birthday.to_tell_opens), (("closes ", "ferme "), birthday.to_tell_closes))
        for verb, ids in changed:
            if ids:
                parts.append(pick(lang, *verb) + (_named(whole, ids, NAMED, lang) if soon else str(len(ids))))
        if parts:
            day = birthday.on.isoformat()
            yield pick(lang, f"18th birthday {day}: ", f"18 ans le {day} : ") + joined(parts, lang)
    for miss in later(whole)[:NAMED]:
        when = words.opening(miss.criterion, miss.opens, lang)
        yield f"{pick(lang, 'later:', 'plus tard :')} {phrases.brief(whole.studies[miss.id], lang)}, {when}"
    for other in whole.other_subtypes:
        if other.to_tell:
            called = label("subtypes", other.subtype, lang)
            lead = pick(lang, f"if it is {called}, also: ", f"si c'est : {called}, aussi : ")
            yield lead + _named(whole, other.to_tell, NAMED, lang)


def _near(whole: Answer, lang: Lang) -> Iterator[Group]:
    """Trials that fail one criterion, by what can be done."""
    shown = phrases.Shown(whole.asked, lang)
    for code, misses in by_remedy(whole.near_misses).items():
        if misses:
            items = []
            for miss in misses:
                if miss.barred != "far":
                    study = whole.studies[miss.id]
                    parts = [phrases.knowledge(study.recruitment, lang), shown.reason(miss.criterion)]
                    parts += filter(None, (phrases.when(miss, lang), phrases.barred(miss, lang)))
                    items.append(Short(phrases.brief(study, lang), number(study), " · ".join(parts)))
            lead = pick(lang, "Only one criterion fails: ", "Un seul critère en cause : ")
            far = words.too_far(len(misses) - len(items), lang)
            yield Group(lead + pick(lang, *words.REMEDIES[code]).lower() + far, items)


def _flips(whole: Answer, lang: Lang) -> dict[str, Any]:
    then = whole.what_if
    if then is None:
        return {"flips": None}
    shown, flips = phrases.Shown(then.asked, lang), []
    for flip in then.flips:
        study, why = whole.studies[flip.id], shown.reasons(flip.changed)
        about = (phrases.verdicts_of(flip, lang), pick(lang, *STATES[flip.recruitment]), why)
        flips.append(Short(phrases.brief(study, lang), number(study), " · ".join(about)))
    counts = zip(whole.counts._fields, whole.counts, then.counts, strict=True)
    changes = [f"{pick(lang, *VERDICTS[which])} {now} → {later}" for which, now, later in counts]
    return {"flips": flips, "supposing": ", ".join(then.supposing), "changes": joined(changes, lang)}


# One trial, and lists --------------------------------------------------------------------------------------------------


def explanation(whole: Explanation, layout: Layout) -> str:
    """Some trials in full for a patient."""
    lang = layout.lang
    cards = Cards([page.row for page in whole.pages], whole.asked, whole.stamp.day, lang)
    called = joined((phrases.brief(page.row.study, lang) for page in whole.pages), lang)
    heading = pick(lang, f"{called}: could this patient take part?", f"{called} : ce patient pourrait-il participer ?")
    facts = _patient(whole.asked, whole.notes, whole.stamp, lang)
    trials = [cards.card(page.row, page) for page in whole.pages]
    return _page("trials.html", whole.stamp, lang, heading, **facts, trials=trials)


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    lang, rows = layout.lang, []
    for study in whole.studies:
        trial = study.trial
        called, own = phrases.brief(study, lang), phrases.title(trial, lang) or ""
        about = own if own != called else ""
        known = phrases.knowledge(study.recruitment, lang)
        rows.append(
            (called, number(study), [about, known, ages([trial.eligibility.age], lang), by_name(trial, (), lang)])
        )
    heads = picks(
        lang, ("Trial", "Essai"), ("Number", "Numéro"), ("Title", "Titre"), ("Recruitment", "Recrutement"),
        ("Ages", "Âges"), ("Countries", "Pays"),
    )  # fmt: skip
    count = summary.listed(len(whole.studies), whole.total, lang)
    return _page(
        "list.html", whole.stamp, lang, pick(lang, "Myositis trials", "Essais dans les myosites"), count=count,
        heads=heads, rows=rows,
    )  # fmt: skip


def cards(whole: Listing, layout: Layout) -> str:
    """Every fact of some trials."""
    from myofind.writers.html_views import records

    lang, trials = layout.lang, records(whole, layout)
    heading = trials[0]["name"] if len(trials) == 1 else pick(lang, "Myositis trials", "Essais dans les myosites")
    return _page("records.html", whole.stamp, lang, heading, records=trials)


def side_by_side(whole: SideBySide, layout: Layout) -> str:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import agreement, sections

    lang = layout.lang
    called = [phrases.brief(row.study, lang) for row in whole.rows]
    nobody: dict[str, Any] = {"facts": (), "safety": [], "remarks": []}
    facts = _patient(whole.asked, whole.notes, whole.stamp, lang) if whole.known else nobody
    heading = pick(lang, "Trials side by side: ", "Essais côte à côte : ") + ", ".join(called)
    trials = [Short(one, number(row.study), row.verdict) for one, row in zip(called, whole.rows, strict=True)]
    return _page(
        "side_by_side.html", whole.stamp, lang, heading, **facts, trials=trials, parts_of_it=sections(whole, lang),
        shared=agreement(whole, lang),
    )  # fmt: skip


def comparison(whole: Comparison, layout: Layout) -> str:
    """What changed between two versions of the registry."""
    from myofind.writers.changes import counts_line, sections, versions_line

    lang, count = layout.lang, counts_line(whole.difference, layout.lang)
    return _page("changes.html", None, lang, versions_line(whole), count=count, sections=sections(whole, lang))


# Many patients ---------------------------------------------------------------------------------------------------------


class HtmlRows(CohortLines):
    """A table row a patient: counts of verdicts, and every open trial that fits or may fit, matches first."""

    def __init__(self, cohort: Cohort, layout: Layout) -> None:
        super().__init__(cohort, layout)
        lang = layout.lang
        open_now = pick(lang, "Open trials that may fit", "Essais ouverts qui peuvent convenir")
        self._names = [pick(lang, *words).capitalize() for words in VERDICTS.values()]
        self._names.append(open_now)
        heading = pick(lang, "Myositis trials for several patients", "Essais dans les myosites pour plusieurs patients")
        heads, frame = [pick(lang, "Patient", "Patient"), *self._names], _frame(cohort.stamp, lang, heading)
        self.head, self.tail = around("cohort.html", lang, heads=heads, **frame)

    def row(self, row: CohortRow) -> str:
        """One patient, with how the names were read."""
        trials = [Text(id, link(id)) for id in row.open_first]
        return rendered(
            "cohort_row.html", self.lang, id=row.id, names=self._names, counts=list(row.counts), trials=trials,
            notes=(*phrases.notes((*row.safety, *row.doubts), self.lang), *row.notes), problem="",
        )  # fmt: skip

    def problem(self, id: str, line: int, error: InputError) -> str:
        """A row that could not be read, with what to type instead."""
        text = pick(self.lang, ": ", " : ").join(filter(None, (error.message, error.hint)))
        return rendered(
            "cohort_row.html", self.lang, id=id, names=self._names, counts=[], trials=[], notes=(), problem=text
        )
