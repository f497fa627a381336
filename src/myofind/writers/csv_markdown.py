"""Answers as csv (one table, for spreadsheets) and as markdown (a table for each part, for documents).

A csv cell never starts a formula, and no control character is written. In csv every row says which part of the answer
it belongs to in its first column, `section`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from myofind.advice.advice import Advice
from myofind.advice.another_patient import Supposed, flips
from myofind.asking.profile import Profile
from myofind.domain.recruitment import Recruitment, recruitment
from myofind.domain.register_numbers import link
from myofind.domain.trial import Trial
from myofind.matching import trial_sets as sets
from myofind.matching.answer import Answer, Row
from myofind.matching.answer import row as judge
from myofind.registry.compiled import Meta, Store
from myofind.words.wording import Lang, asks, joined, pick, reason
from myofind.writers.answer_screen import drugs, name
from myofind.writers.phrases import criterion_name, facts, opening, sentence
from myofind.writers.summary import disclaimer, origin, stamp, totals


class Sheet(NamedTuple):
    """A part of an answer: its name, the heads of its columns, its rows, and lines below."""

    section: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = ()


def written(form: str, sheets: Iterable[Sheet], stamp: str | None = None) -> str:
    """The parts as one csv table or as markdown; `stamp` says in every row, or below, which registry answered."""
    if form == "csv":
        return _csv(list(sheets), stamp)
    return _markdown(list(sheets)) + (f"\n{md(stamp)}\n" if stamp else "")


def cell(value: Any) -> str:
    """A value as text for a spreadsheet: no control characters, no formula."""
    text = "" if value is None else "yes" if value is True else "no" if value is False else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    start = text.lstrip()
    number = re.fullmatch(r"-\d+(\.\d+)?", start)
    return "'" + text if start[:1] in ("=", "+", "@", "-") and not number else text


def _csv(sheets: list[Sheet], stamp: str | None) -> str:
    heads: list[str] = []
    for sheet in sheets:
        heads += [one for one in sheet.head if one not in heads]
    several = len(sheets) > 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    last = [] if stamp is None else [stamp]
    writer.writerow((["section"] if several else []) + heads + (["registry"] if last else []))
    for sheet in sheets:
        place = {one: number for number, one in enumerate(sheet.head)}
        for row in sheet.rows:
            values = [cell(row[place[one]]) if one in place else "" for one in heads]
            writer.writerow(([sheet.section] if several else []) + values + last)
    return out.getvalue()


def md(value: Any) -> str:
    """A value as text for a markdown table."""
    text = "" if value is None else "yes" if value is True else "no" if value is False else str(value)
    text = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(r"([\\|*_<>\[\]`])", r"\\\1", text)


def _markdown(sheets: list[Sheet]) -> str:
    lines: list[str] = []
    for sheet in sheets:
        if not sheet.rows and not sheet.notes:
            continue
        if len(sheets) > 1:
            lines += [f"## {sheet.section[:1].upper()}{sheet.section[1:].replace('_', ' ')}", ""]
        if sheet.rows:
            lines += [
                "| " + " | ".join(one.replace("_", " ") for one in sheet.head) + " |",
                "|" + " --- |" * len(sheet.head),
            ]
            for row in sheet.rows:
                shown = [
                    f"[{md(value)}]({link(str(value))})" if head == "id" and link(str(value)) else md(value)
                    for head, value in zip(sheet.head, row, strict=True)
                ]
                lines.append("| " + " | ".join(shown) + " |")
            lines.append("")
        lines += [line for note in sheet.notes for line in (md(note), "")]
    return "\n".join(lines)


# The answer of match ---------------------------------------------------------------------------------------------------

_IDENTITY = ("id", "acronym", "title", "tests", "kind", "phase")
_STATE = ("recruitment", "status", "as_of", "freshness", "overdue")


def _identity(trial: Trial, lang: Lang) -> list[Any]:
    title = trial.title_fr if lang == "fr" and trial.title_fr else trial.title
    return [trial.id, trial.acronym, title, drugs(trial, lang), trial.kind, "/".join(trial.phase)]


def _state(found: Recruitment) -> list[Any]:
    return [found.state, found.status, found.as_of, found.freshness, found.overdue]


def _places(trial: Trial) -> list[Any]:
    listed = " ".join(trial.countries.listed) if trial.countries else ""
    cities = "; ".join(dict.fromkeys(f"{site.city} ({site.country})" for site in trial.sites if site.city))
    return [listed, cities]


def answer(
    form: str,
    store: Store,
    asked: Profile,
    found: Answer,
    advice: Advice,
    supposed: Supposed | None,
    day: date,
    lang: Lang,
) -> str:
    """The whole answer."""
    sheets = [_trials(found.rows, asked, lang, [*totals(found, 0, lang), origin(store, day, lang), disclaimer(lang)])]
    sheets.append(_questions(store, asked, advice, lang))
    sheets.append(_near(store, asked, found, advice, day, lang))
    sheets.append(_also(store, asked, found, advice, day, lang))
    if supposed is not None:
        sheets.append(_what_if(store, asked, supposed, found, day, lang))
    if advice.steps:
        rows = [[criterion_name(one.name, lang), one.left] for one in advice.steps]
        sheets.append(Sheet("funnel", ["criterion", "left"], rows))
        sheets.append(
            Sheet("relaxed", ["command", "why", "gain"], [[one.command, one.about, one.gain] for one in advice.relaxed])
        )
    return written(form, sheets, stamp(store.meta, day) if form == "csv" else None)


def _trials(rows: Sequence[Row], asked: Profile, lang: Lang, notes: Sequence[str]) -> Sheet:
    shown_facts = facts(asked, lang)
    lines = []
    for row in rows:
        criteria = row.assessment.criteria
        failed = joined(
            (reason(one, lang, shown_facts[one.name]) for one in criteria if one.outcome == "not_met"), lang
        )
        unsure = joined((asks(one, lang) for one in criteria if one.outcome == "unknown"), lang)
        silent = "; ".join(one.name for one in criteria if one.outcome == "not_recorded")
        lines.append(
            [
                *_identity(row.trial, lang), row.assessment.verdict, row.assessment.cohort, *_state(row.recruitment),
                *_places(row.trial), failed, unsure, silent, "; ".join(note.text(lang) for note in row.trial.eligibility.check_by_hand),
                link(row.trial.id),
            ]
        )  # fmt: skip
    head = [
        *_IDENTITY, "verdict", "cohort", *_STATE, "countries", "cities", "why", "to_settle", "not_recorded",
        "check_by_hand", "url",
    ]  # fmt: skip
    return Sheet("trials", head, lines, notes)


def _names(store: Store, bits: int) -> str:
    return " ".join(sorted(store.index.ids[place] for place in sets.places(bits)))


def _questions(store: Store, asked: Profile, advice: Advice, lang: Lang) -> Sheet:
    pool = advice.pool.first
    rows = []
    for one in advice.questions:
        settles, may = one.settles & pool, one.may & pool
        if settles or may:
            counts = (sets.size(settles), sets.size(may), sets.size(pool))
            rows.append([one.fact, sentence(one, asked, *counts, lang), counts[0], counts[2], _names(store, settles)])
    return Sheet("next_questions", ["fact", "question", "settles", "of", "trials"], rows)


def _near(store: Store, asked: Profile, found: Answer, advice: Advice, day: date, lang: Lang) -> Sheet:
    rows = []
    for one in advice.near:
        trial = store.trial(one.place)
        why = reason(one.criterion, lang, facts(asked, lang)[one.criterion.name])
        when = opening(one, day, lang) if one.remedy == "wait" else None
        state = _state(recruitment(trial.status, trial.end, day))
        rows.append([*_identity(trial, lang), one.remedy, when, *state, *_places(trial), why, link(trial.id)])
    head = [*_IDENTITY, "remedy", "when", *_STATE, "countries", "cities", "why", "url"]
    return Sheet("near_misses", head, rows)


def _also(store: Store, asked: Profile, found: Answer, advice: Advice, day: date, lang: Lang) -> Sheet:
    rows = []
    for one in advice.also:
        for place in sets.places(one.other.opens & found.taking):
            row = judge(store.trial(place), one.other.patient, day)
            rows.append([*_identity(row.trial, lang), one.subtype, row.assessment.verdict, *_state(row.recruitment)])
    return Sheet("also_as", [*_IDENTITY, "subtype", "verdict", *_STATE], rows)


def _what_if(store: Store, asked: Profile, then: Supposed, found: Answer, day: date, lang: Lang) -> Sheet:
    from myofind.writers.advice_json import changed_criteria

    rows = []
    told = facts(then.profile, lang)
    for one in flips(found.verdicts, then.other.verdicts, store.index.all):
        trial = store.trial(one.place)
        before, after = judge(trial, asked.patient, day), judge(trial, then.profile.patient, day)
        why = changed_criteria(before.assessment, after.assessment)
        words = joined((reason(each, lang, told[each.name]) for each in why), lang)
        rows.append([*_identity(trial, lang), one.before, one.after, *_state(after.recruitment), words])
    head = [*_IDENTITY, "before", "after", *_STATE, "why"]
    return Sheet("what_if", head, rows, [pick(lang, "What if ", "Et si ") + ", ".join(then.wanted)])


# Lists and whole records -----------------------------------------------------------------------------------------------


def listed(form: str, trials: Sequence[Trial], meta: Meta, day: date, lang: Lang) -> str:
    """Trials as a table: what they are, whether they recruit, where."""
    rows = []
    for trial in trials:
        own = trial.eligibility
        subtypes = " ".join(own.subtypes.admits) if own.subtypes else ""
        state = _state(recruitment(trial.status, trial.end, day))
        rows.append(
            [*_identity(trial, lang), *state, subtypes, *_places(trial), trial.sponsor, trial.end, link(trial.id)]
        )
    head = [*_IDENTITY, *_STATE, "subtypes", "countries", "cities", "sponsor", "end", "url"]
    return written(form, [Sheet("trials", head, rows)], stamp(meta, day))


def records(form: str, records: Sequence[tuple[Trial, dict[str, Any]]], meta: Meta, day: date, lang: Lang) -> str:
    """Whole records: one line a fact."""
    sheets = []
    for trial, record in records:
        rows = [[trial.id, field, value] for field, value in _flat(record)]
        sheets.append((name(trial, lang), rows))
    if form == "csv":
        facts_of = Sheet("facts", ["id", "field", "value"], [row for _, rows in sheets for row in rows])
        return written(form, [facts_of], stamp(meta, day))
    return (
        "".join(
            f"## {md(title)}\n\n" + written(form, [Sheet(title, ["field", "value"], [row[1:] for row in rows])]) + "\n"
            for title, rows in sheets
        )
        + f"{md(stamp(meta, day))}\n"
    )


def _flat(value: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, one in enumerate(value):
            yield from _flat(one, f"{path}[{number}]")
    elif isinstance(value, list):
        if value:
            yield path, "; ".join(str(one) for one in value)
    elif value is not None:
        yield path, value
