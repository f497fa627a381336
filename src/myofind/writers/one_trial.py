"""One trial in full for one patient: every criterion with what is required, what was found, the outcome, the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from myofind.advice.near_misses import Near
from myofind.advice.timing import window_of
from myofind.asking.profile import Profile
from myofind.domain.eligibility import Assessment, Criterion, own_criteria, verdict_of
from myofind.matching.answer import Row
from myofind.registry.compiled import Store
from myofind.registry.provenance import origins
from myofind.words.wording import NAMES, OUTCOMES, Lang, asks, describe, joined, pick, topic, verdict
from myofind.writers import columns as grid
from myofind.writers import json_values as plain
from myofind.writers.answer_screen import VERDICT_STYLE, drugs, known, name, nearest, number, paragraph
from myofind.writers.columns import Cell, Column
from myofind.writers.csv_markdown import Sheet, written
from myofind.writers.phrases import REMEDIES, closing, facts, opening
from myofind.writers.summary import disclaimer, origin, stamp
from myofind.writers.terminal import Target

STYLE = {"met": "green", "not_met": "red", "unknown": "yellow", "not_recorded": "dim"}
MARK = {"met": "✓", "not_met": "✗", "unknown": "?", "not_recorded": "·"}


def show(
    target: Target,
    width: int | None,
    store: Store,
    told: Sequence[tuple[Row, Near | None]],
    asked: Profile,
    day: date,
    lang: Lang,
) -> None:
    """Print the explanation of some trials."""
    for place, (row, near) in enumerate(told):
        if place:
            grid.show(target, [[Cell("")]])
        grid.show(target, page(width, store, row, near, asked, day, lang))
    for text in (origin(store, day, lang), disclaimer(lang)):
        grid.show(target, paragraph(text, width, "dim"))


def page(
    width: int | None, store: Store, row: Row, near: Near | None, asked: Profile, day: date, lang: Lang
) -> Iterator[Sequence[Cell]]:
    """A trial: its verdict in a sentence, its criteria, what is left to check, what can be done."""
    trial = row.trial
    yield [
        Cell(name(trial, lang), "bold"),
        Cell("  "),
        number(trial)._replace(text=trial.id),
        Cell("  "),
        known(row.recruitment, lang),
    ]
    where = " · ".join(part for part in (drugs(trial, lang), nearest(trial, asked.patient, lang)) if part)
    yield from paragraph(where, width, "dim")
    yield from grid.lines(
        [Column(""), Column("", 20)],
        [
            grid.Row(
                [
                    Cell(verdict(row.assessment.verdict, lang), VERDICT_STYLE[row.assessment.verdict]),
                    Cell(sentence(row.assessment, lang)),
                ]
            )
        ],
        width,
    )
    if row.assessment.cohort:
        yield [
            Cell(pick(lang, f"best cohort: {row.assessment.cohort}", f"meilleure cohorte : {row.assessment.cohort}"))
        ]
    yield [Cell("")]
    notes: list[str] = []
    yield from _criteria(width, store, row, row.assessment, asked, lang, notes)
    for cohort in trial.cohorts:
        if cohort.name != row.assessment.cohort:
            own = tuple(own_criteria(asked.patient, cohort.eligibility, day))
            spoken = tuple(one for one in own if one.outcome != "not_recorded")
            said = verdict(verdict_of(own), lang)
            yield [Cell(pick(lang, f"cohort {cohort.name}: {said}", f"cohorte {cohort.name} : {said}"), "bold")]
            yield from _criteria(width, store, row, Assessment("possible", spoken, cohort.name), asked, lang, notes)
    for place, text in enumerate(notes, start=1):
        yield from grid.lines(
            [Column(""), Column("", 20)], [grid.Row([Cell(f"[{place}]", "dim"), Cell(text, "dim")])], width
        )
    for note in trial.eligibility.check_by_hand:
        text = note.text(lang)
        yield from paragraph(pick(lang, f"check by hand: {text}", f"à vérifier : {text}"), width)
    for one in trial.conflicts:
        yield from paragraph(
            pick(
                lang,
                f"sources disagree on {one.about}: {one.text(lang)}",
                f"sources en désaccord ({topic(one.about, lang)}) : {one.text(lang)}",
            ),
            width,
            "dim",
        )
    yield from _time(width, row, near, asked, day, lang)
    yield [Cell("")]


def sentence(found: Assessment, lang: Lang) -> str:
    """Why the verdict is what it is."""
    failed = [one for one in found.criteria if one.outcome == "not_met"]
    unsure = [one for one in found.criteria if one.outcome == "unknown"]
    if failed:
        what = ", ".join(dict.fromkeys(pick(lang, *NAMES[one.name]) for one in failed))
        return pick(
            lang, f"{what} not met" if len(failed) == 1 else f"{len(failed)} criteria not met: {what}",
            f"{what} non rempli" if len(failed) == 1 else f"{len(failed)} critères non remplis : {what}",
        )  # fmt: skip
    if unsure:
        return pick(lang, "to settle: ", "à préciser : ") + joined((asks(one, lang) for one in unsure), lang)
    return pick(lang, "every recorded criterion is met", "tous les critères notés sont remplis")


def _criteria(
    width: int | None, store: Store, row: Row, found: Assessment, asked: Profile, lang: Lang, notes: list[str]
) -> list[list[Cell]]:
    """The criteria as a table; the sources are numbered and gathered in `notes`."""
    rows = []
    for one in found.criteria:
        said = describe(one, lang, facts(asked, lang)[one.name])
        source = "; ".join(_sources(store, row, one, found.cohort is not None))
        silent = one.outcome == "not_recorded"
        if source and not silent and source not in notes:
            notes.append(source)
        rows.append(
            grid.Row(
                [
                    Cell(MARK[one.outcome], STYLE[one.outcome]),
                    Cell(pick(lang, *NAMES[one.name])),
                    Cell(said.required or "–"),
                    Cell(said.found or pick(lang, "not given", "non précisé")),
                    Cell(pick(lang, *OUTCOMES[one.outcome]), STYLE[one.outcome], whole=True),
                    Cell(f"[{notes.index(source) + 1}]" if source and not silent else "–", "dim"),
                ]
            )
        )
    columns = [
        Column(""),
        Column(pick(lang, "Criterion", "Critère"), 14),
        Column(pick(lang, "Required", "Demandé"), 18),
        Column(pick(lang, "Found", "Trouvé"), 10),
        Column(pick(lang, "Outcome", "Résultat")),
        Column("Source"),
    ]
    return grid.lines(columns, rows, width)


def _sources(store: Store, row: Row, one: Criterion, cohort: bool) -> list[str]:
    return [str(found) for found in origins(row.trial, one.name, store.meta.sources, cohort)]


def _time(
    width: int | None, row: Row, near: Near | None, asked: Profile, day: date, lang: Lang
) -> Iterator[Sequence[Cell]]:
    told = []
    if near:
        what = opening(near, day, lang) if near.remedy == "wait" else ""
        words = pick(lang, *REMEDIES[near.remedy]).lower()
        told.append(
            pick(lang, "only this one fails: ", "seul critère en cause : ")
            + " ".join(part for part in (words, what) if part)
        )
    window = window_of(row.assessment, asked.patient)
    if window and window.closes and window.closes > day:
        told.append(closing(window, day, lang))
    if row.trial.end:
        told.append(pick(lang, f"recorded end: {row.trial.end}", f"fin prévue : {row.trial.end}"))
    for text in told:
        yield from paragraph(text, width)


# Other forms -----------------------------------------------------------------------------------------------------------


def plain_trial(store: Store, row: Row, near: Near | None, asked: Profile, day: date, lang: Lang) -> dict[str, Any]:
    """The explanation in JSON."""
    found = plain.matched(row, lang, facts(asked, lang))
    for said, one in zip(found["criteria"], row.assessment.criteria, strict=True):
        said["source"] = plain.origins_of(row.trial, one, store, row.assessment.cohort is not None)
    window = window_of(row.assessment, asked.patient)
    return {
        **found,
        "why": sentence(row.assessment, lang),
        "age_window": plain.age_window(window, day) if window else None,
        "ends": row.trial.end,
        "remedy": near.remedy if near else None,
        "when": opening(near, day, lang) if near and near.remedy == "wait" else None,
    }


def sheet(form: str, store: Store, rows: Sequence[Row], asked: Profile, day: date, lang: Lang) -> str:
    """The explanation as csv or markdown: one line a criterion."""
    lines = []
    for row in rows:
        for one in row.assessment.criteria:
            said = describe(one, lang, facts(asked, lang)[one.name])
            source = (
                ""
                if one.outcome == "not_recorded"
                else "; ".join(_sources(store, row, one, row.assessment.cohort is not None))
            )
            lines.append(
                [
                    row.trial.id,
                    name(row.trial, lang),
                    row.assessment.verdict,
                    one.name,
                    one.outcome,
                    said.required,
                    said.found,
                    said.reason,
                    source,
                ]
            )
    head = ["id", "trial", "verdict", "criterion", "outcome", "required", "found", "reason", "source"]
    return written(form, [Sheet("criteria", head, lines)], stamp(store.meta, day))
