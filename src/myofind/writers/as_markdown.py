"""Reports as markdown, for documents and for paper: tables of at most five columns, numbers linked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from myofind.names.vocabulary import label
from myofind.report.values import Answer, Note, PatientFacts, Sources, Stamp, Study, TrialRow, WhatIf
from myofind.words import advice as words
from myofind.words import summary
from myofind.words.reasons import asks, why
from myofind.words.rule_words import required
from myofind.words.wording import COVERAGES, NAMES, OUTCOMES, Lang, headed, joined, pick, picks, verdict
from myofind.writers import phrases
from myofind.writers.as_csv import facts
from myofind.writers.columns import plain
from myofind.writers.layout import Layout
from myofind.writers.phrases import origin
from myofind.writers.places import nearest, nearest_line
from myofind.writers.styles import phase
from myofind.writers.trial_page_screen import below_criteria, other_cohort

if TYPE_CHECKING:
    from myofind.domain.eligibility import Criterion
    from myofind.report.trial_page import Explanation, Listing, SideBySide, TrialPage


def md(value: Any) -> str:
    """A value as text of one line in which nothing is a sign of markdown."""
    return re.sub(r"([\\|*_<>\[\]`&~])", r"\\\1", plain(value))


def numbered(study: Study) -> str:
    """The number of a trial, linked where its register has a page for it."""
    return f"[{md(study.trial.id)}]({study.url})" if study.url else md(study.trial.id)


def ending(stamp: Stamp, lang: Lang) -> Iterator[str]:
    """Which registry answered, for which day, and what an answer means."""
    yield from (md(origin(stamp, lang)), "", md(pick(lang, *summary.DISCLAIMER)), "")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells are markdown already; none without rows."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if lines:
        yield "| " + " | ".join(heads) + " |"
        yield "|" + " --- |" * len(heads)
        yield from (*lines, "")


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines under a heading, which is markdown already; no heading without lines."""
    body = list(lines)
    if body:
        yield from (f"## {title}", "", *body)


TRIALS_BESIDE = 4
"""Trials side by side in one table; more go on in a further one."""
_VERDICT, _TRIAL, _STATUS, _PLACES = (
    ("Verdict", "Verdict"),
    ("Trial", "Essai"),
    ("Recruitment", "Recrutement"),
    ("Places", "Lieux"),
)
"""Headings that several tables have."""

Lines = Iterator[str]


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`: what matters first."""
    return "\n".join(_lines(whole, layout.lang))


def _lines(whole: Answer, lang: Lang) -> Lines:
    yield from _patient(whole.asked, whole.notes, whole.stamp, lang)
    if whole.what_if is not None:
        yield from _what_if(whole, whole.what_if, lang)
    yield from section(pick(lang, "Trials", "Essais"), _rows(whole, whole.rows, lang))
    if nearest := nearest_line(whole, lang):
        yield from (md(nearest), "")
    studies = pick(lang, "Registries and observational studies", "Registres et études observationnelles")
    yield from section(studies, _rows(whole, whole.study_rows, lang))
    yield from section(pick(lang, "Next questions", "Questions suivantes"), _questions(whole, lang))
    yield from section(pick(lang, "Only one criterion away", "À un seul critère près"), _near_misses(whole, lang))
    yield from section(pick(lang, "Another diagnosis", "Un autre diagnostic"), _other_subtypes(whole, lang))
    yield from _when_nothing_fits(whole, lang)
    totals = summary.totals(*whole.counts, *whole.matches_beside, whole.shown, lang)
    left, marks = summary.left_out(summary.Cut(), *whole.left_out, lang), phrases.marks(whole.every_row, lang)
    for text in filter(None, (totals, left, marks)):
        yield from (md(text), "")
    yield from ending(whole.stamp, lang)


def _patient(asked: PatientFacts, notes: Sequence[Note], stamp: Stamp, lang: Lang) -> Lines:
    """What comes before any trial, the facts as read, the other remarks."""
    safety, remarks = phrases.apart(notes, lang)
    for one in safety:
        yield from (f"> **{pick(lang, 'Before any trial:', 'Avant tout essai :')}** {md(one)}", "")
    yield from (f"**{md(phrases.read_line(phrases.read(asked, stamp, lang), lang))}**", "")
    yield from (f"- {md(one)}" for one in remarks)
    if remarks:
        yield ""


def _trial(study: Study, lang: Lang) -> tuple[str, str]:
    """What a trial is called, its number linked, what it tests, and its phase; and whether it takes patients."""
    in_phase = f"phase {phase(study)}" if study.trial.phase else ""
    parts = dict.fromkeys(filter(None, (phrases.brief(study, lang), phrases.what(study, lang), in_phase)))
    return f"{md(', '.join(parts))} {numbered(study)}", md(phrases.dated(study.recruitment, lang))


def _rows(whole: Answer, rows: Sequence[TrialRow], lang: Lang) -> Lines:
    shown = phrases.Shown(whole.asked, lang)
    heads = picks(lang, _VERDICT, _TRIAL, _STATUS, _PLACES, ("To settle, to check", "À préciser, à vérifier"))
    lines = []
    for row in rows:
        cohort = phrases.cohort_name(row.trial, row.assessment, lang)
        of_cohort = pick(lang, f", cohort {cohort}", f", cohorte {cohort}") if cohort else ""
        judged, (trial, status) = md(verdict(row.verdict, lang, row.assessment.firm)), _trial(row.study, lang)
        about = (nearest(row.trial, whole.asked, lang), joined(_says(row, shown, lang), lang))
        lines.append([judged, trial + md(of_cohort), status, *map(md, about)])
    return table(heads, lines)


def _says(row: TrialRow, shown: phrases.Shown, lang: Lang) -> Lines:
    """What fails, or what is missing; what is presumed, not read, not recorded; what a reader judges."""
    if failed := shown.failed(row.criteria):
        yield pick(lang, "no: ", "non : ") + failed
        return
    for lead, several in (
        (("to settle: ", "à préciser : "), [asks(one, lang) for one in row.criteria if one.outcome == "unknown"]),
        (("presumed: ", "présumé : "), phrases.presumes(row, lang)),
        (
            ("not recorded: ", "non renseigné : "),
            [pick(lang, *NAMES[one.name]) for one in row.criteria if one.outcome == "not_recorded"],
        ),
        (("check: ", "à vérifier : "), phrases.by_hand(row.trial, lang)),
    ):
        if several:
            yield pick(lang, *lead) + ", ".join(dict.fromkeys(several))
    coverage = row.assessment.coverage
    if coverage is not None and coverage != "full":
        yield pick(lang, *COVERAGES[coverage])


def _questions(whole: Answer, lang: Lang) -> Lines:
    heads = [pick(lang, "Missing fact", "Fait manquant"), pick(lang, "Trials", "Essais")]
    rows = []
    for one in whole.questions:
        if trials := one.settles or one.may_settle:
            rows.append([md(phrases.missing_fact(one, whole, lang)), md(" ".join(trials))])
    return table(heads, rows)


def _near_misses(whole: Answer, lang: Lang) -> Lines:
    shown = phrases.Shown(whole.asked, lang)
    heads = picks(lang, ("What can be done", "Que faire"), _TRIAL, _STATUS, _PLACES, ("Why not", "Pourquoi pas"))
    near = [miss for miss in whole.near_misses if miss.barred != "far"]
    rows = []
    for miss in near:
        study, what = whole.studies[miss.id], pick(lang, *words.REMEDIES[miss.remedy])
        remedy = joined((what, phrases.when(miss, lang), phrases.barred(miss, lang)), lang)
        about = (nearest(study.trial, whole.asked, lang), shown.reason(miss.criterion))
        rows.append([md(remedy), *_trial(study, lang), *map(md, about)])
    yield from table(heads, rows)
    far = words.too_far(len(whole.near_misses) - len(near), lang)
    if far:
        yield from (md(far.lstrip(" ;")), "")


def _other_subtypes(whole: Answer, lang: Lang) -> Lines:
    rows = []
    for other in whole.other_subtypes:
        for opening in other.opens:
            cells = (label("subtypes", other.subtype, lang), verdict(opening.verdict, lang, opening.firm))
            rows.append([*map(md, cells), *_trial(whole.studies[opening.id], lang)])
    return table(picks(lang, ("If it is", "Si c'est"), _VERDICT, _TRIAL, _STATUS), rows)


def _what_if(whole: Answer, then: WhatIf, lang: Lang) -> Lines:
    shown, rows = phrases.Shown(then.asked, lang), []
    for flip in then.flips:
        trial = _trial(whole.studies[flip.id], lang)
        rows.append([md(phrases.verdicts_of(flip, lang)), *trial, md(shown.reasons(flip.changed))])
    heads = picks(lang, _VERDICT, _TRIAL, _STATUS, ("Why", "Pourquoi"))
    title = pick(lang, "What if ", "Et si ") + ", ".join(then.supposing)
    none = pick(lang, "No verdict changes.", "Aucun verdict ne change.")
    yield from section(md(title), table(heads, rows) if rows else [none, ""])


def _when_nothing_fits(whole: Answer, lang: Lang) -> Iterable[str]:
    if not whole.funnel:
        return
    title = pick(lang, "Trials left after each criterion", "Essais restants après chaque critère")
    yield from section(title, [md(phrases.steps(whole, lang)), ""])
    if whole.relaxed:
        told = ((md(phrases.relaxed_command(one)), md(phrases.gain(one, lang))) for one in whole.relaxed)
        lines = (f"- {headed(command, gain, lang)}" for command, gain in told)
        yield from section(pick(lang, *words.ASK_INSTEAD), [*lines, ""])


def _named(study: Study, lang: Lang) -> str:
    return f"{md(phrases.name(study.trial, lang))} {numbered(study)}"


# One trial, and lists --------------------------------------------------------------------------------------------------


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    lang, found = layout.lang, phrases.Found(whole.asked, whole.stamp.day, layout.lang)
    lines = [*_patient(whole.asked, whole.notes, whole.stamp, lang)]
    for page in whole.pages:
        lines += section(_named(page.row.study, lang), _page(whole, page, found, lang))
    return "\n".join([*lines, *ending(whole.stamp, lang)])


def _page(whole: Explanation, page: TrialPage, found: phrases.Found, lang: Lang) -> Iterator[str]:
    """A trial: its verdict, whether it takes patients, its criteria, and what else there is to know."""
    row = page.row
    yield f"**{md(verdict(row.verdict, lang, row.assessment.firm))}**: {md(why(row.criteria, lang))}"
    yield ""
    where = nearest(row.trial, whole.asked, lang)
    known = (phrases.dated(row.study.recruitment, lang), phrases.drugs(row.study, lang), where)
    yield " · ".join(map(md, filter(None, known)))
    if cohort := phrases.cohort_name(row.trial, row.assessment, lang):
        yield ""
        yield md(pick(lang, f"best cohort: {cohort}", f"meilleure cohorte : {cohort}"))
    yield ""
    yield from _criteria(row.criteria, row.sources, found, lang)
    for part in page.cohorts:
        yield f"**{md(other_cohort(row.trial, part, lang))}**"
        yield ""
        yield from _criteria(part.assessment.criteria, part.sources, found, lang)
    yield from (f"- {md(text)}" for text in below_criteria(whole, page, lang))
    yield ""


def _criteria(criteria: Sequence[Criterion], sources: Sources, found: phrases.Found, lang: Lang) -> Iterator[str]:
    asked = (("Criterion", "Critère"), ("Required", "Demandé"), ("Found", "Trouvé"))
    heads = picks(lang, *asked, ("Outcome", "Résultat"), ("Source", "Source"))
    rows = []
    for one, origins in zip(criteria, sources, strict=True):
        outcome, source = pick(lang, *OUTCOMES[one.outcome]), "; ".join(str(each) for each in origins or ())
        said = (pick(lang, *NAMES[one.name]), required(one, lang) or "–", found[one], outcome, source)
        rows.append([md(text) for text in said])
    yield from table(heads, rows)


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table."""
    lang = layout.lang
    heads = picks(lang, ("Number", "Numéro"), _TRIAL, ("Tests", "Évalue"), _STATUS, ("Countries", "Pays"))
    rows = []
    for study in whole.studies:
        trial, status = study.trial, phrases.dated(study.recruitment, lang)
        listed = " ".join(trial.countries.listed) if trial.countries else ""
        about = (phrases.name(trial, lang), phrases.drugs(study, lang), status, listed or "–")
        rows.append([numbered(study), *map(md, about)])
    count = md(summary.listed(len(whole.studies), whole.total, lang))
    return "\n".join([*table(heads, rows), count, "", md(phrases.origin(whole.stamp, lang)), ""])


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: a table each."""
    lang, lines = layout.lang, list[str]()
    heads = [pick(lang, "Field", "Champ"), pick(lang, "Value", "Valeur")]
    for study in whole.studies:
        rows = (list(map(md, row)) for row in facts(study))
        lines += section(_named(study, lang), table(heads, rows))
    return "\n".join([*lines, md(phrases.origin(whole.stamp, lang)), ""])


def side_by_side(whole: SideBySide, layout: Layout) -> str:
    """Trials side by side for one patient."""
    from myofind.writers.side_by_side import sheet

    lang, compared = layout.lang, sheet(whole, layout.lang)
    lines = [*_patient(whole.asked, whole.notes, whole.stamp, lang)] if whole.known else []
    for first in range(1, len(compared.head), TRIALS_BESIDE):
        columns = (0, *range(first, min(first + TRIALS_BESIDE, len(compared.head))))
        rows = ([md(row[at]) for at in columns] for row in compared.rows)
        lines += table([md(compared.head[at]) for at in columns], rows)
    return "\n".join([*lines, *ending(whole.stamp, lang)])
