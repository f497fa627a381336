"""Reports as csv, for spreadsheets: one table; a cell never starts a formula, and no control character is written.

Where a report has several parts, every row says in its first column, `section`, which part it belongs to; in its last ones it
says of which patient, with which safety remarks, and by which registry.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from myofind.domain.recruitment import Recruitment
from myofind.domain.trial import Trial
from myofind.records import NamedTuple
from myofind.report.values import Answer, Study, TrialRow, WhatIf
from myofind.words import advice as words
from myofind.words.reasons import asks
from myofind.words.rule_words import required
from myofind.words.wording import Lang, joined
from myofind.writers import phrases
from myofind.writers.columns import plain
from myofind.writers.json_values import record
from myofind.writers.layout import Layout

if TYPE_CHECKING:
    from myofind.report.trial_page import Explanation, Listing, SideBySide


class Sheet(NamedTuple):
    """A part of a report: its name, the heads of its columns, and its rows."""

    section: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]


def cell(value: Any) -> str:
    """A value as text for a spreadsheet: no control characters, no formula."""
    text = plain(value)
    start = text.lstrip()
    number = re.fullmatch(r"-\d+(\.\d+)?", start)
    return "'" + text if start[:1] in ("=", "+", "@", "-") and not number else text


def written(parts: Sequence[Sheet], common: Mapping[str, str] = MappingProxyType({})) -> str:
    """Sheets as one table; the `common` cells stand in the last columns of every row."""
    heads = list(dict.fromkeys(head for sheet in parts for head in sheet.head))
    several = len(parts) > 1
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(["section"] if several else []), *heads, *common])
    last = [cell(text) for text in common.values()]
    for sheet in parts:
        place = {head: number for number, head in enumerate(sheet.head)}
        for row in sheet.rows:
            values = [cell(row[place[head]]) if head in place else "" for head in heads]
            writer.writerow([*([sheet.section] if several else []), *values, *last])
    return out.getvalue()


_IDENTITY = ("id", "acronym", "title", "tests", "kind", "phase")
_STATE = ("recruitment", "status", "as_of", "freshness", "overdue")


def _identity(study: Study, lang: Lang) -> list[Any]:
    trial = study.trial
    return [
        trial.id,
        trial.acronym,
        phrases.title(trial, lang),
        phrases.drugs(study, lang),
        trial.kind,
        "/".join(trial.phase),
    ]


def _state(found: Recruitment) -> list[Any]:
    return [found.state, found.status, found.as_of, found.freshness, found.overdue]


def _places(trial: Trial) -> list[Any]:
    listed = " ".join(trial.countries.listed) if trial.countries else ""
    cities = "; ".join(dict.fromkeys(f"{site.city} ({site.country})" for site in trial.sites if site.city))
    return [listed, cities]


def of_patient(whole: Answer | Explanation | SideBySide, lang: Lang) -> dict[str, str]:
    """What a row, copied out of its table, must not lose: the facts as read, what comes before any trial, what was not used."""
    safety, others = phrases.apart(whole.notes, lang)
    return {
        "read": "; ".join(phrases.read(whole.asked, whole.stamp, lang)),
        "safety": "; ".join(safety),
        "notes": "; ".join(others),
        "registry": phrases.stamp_cell(whole.stamp),
    }


# The answer of `match` -------------------------------------------------------------------------------------------------


def answer(whole: Answer, layout: Layout) -> str:
    """The whole answer of `match`, each part of it a sheet of its own."""
    lang = layout.lang
    parts = [_trials(whole, lang), _questions(whole, lang), _near_misses(whole, lang), _other_subtypes(whole, lang)]
    if whole.what_if is not None:
        parts.append(_what_if(whole.what_if, whole, lang))
    if whole.funnel:
        steps = [[words.criterion_name(step.name, lang), step.left] for step in whole.funnel]
        relaxed = [
            [phrases.relaxed_command(one), words.relaxed(one.reason, one.term, lang), one.gain] for one in whole.relaxed
        ]
        parts += [Sheet("funnel", ["criterion", "left"], steps), Sheet("relaxed", ["command", "why", "gain"], relaxed)]
    if not any(part.rows for part in parts):
        parts.append(Sheet("patient", [], [[]]))  # what was read is told, whatever was left out
    return written(parts, of_patient(whole, lang))


def _trials(whole: Answer, lang: Lang) -> Sheet:
    shown = phrases.Shown(whole.asked, lang)
    head = [
        *_IDENTITY, "verdict", "firm", "coverage", "cohort", *_STATE, "countries", "cities", "why", "to_settle", "presumes",
        "not_recorded", "check_by_hand", "url",
    ]  # fmt: skip
    return Sheet("trials", head, [_trial(row, shown, lang) for row in whole.every_row])


def _trial(row: TrialRow, shown: phrases.Shown, lang: Lang) -> list[Any]:
    unsure = joined((asks(one, lang) for one in row.criteria if one.outcome == "unknown"), lang)
    silent = "; ".join(one.name for one in row.criteria if one.outcome == "not_recorded")
    presumed = "; ".join(one.name for one in row.assessment.presumed)
    by_hand = "; ".join(phrases.by_hand(row.trial, lang))
    return [
        *_identity(row.study, lang), row.verdict, row.assessment.firm if row.verdict == "match" else None,
        row.assessment.coverage, row.assessment.cohort, *_state(row.study.recruitment), *_places(row.trial),
        shown.failed(row.criteria), unsure, presumed, silent, by_hand, row.study.url,
    ]  # fmt: skip


def _questions(whole: Answer, lang: Lang) -> Sheet:
    rows = [
        [one.fact, phrases.missing_fact(one, whole, lang), len(one.settles), whole.questions_of, " ".join(one.settles)]
        for one in whole.questions
        if one.settles or one.may_settle
    ]
    return Sheet("next_questions", ["fact", "question", "settles", "of", "trials"], rows)


def _near_misses(whole: Answer, lang: Lang) -> Sheet:
    shown = phrases.Shown(whole.asked, lang)
    rows = []
    for miss in whole.near_misses:
        study, cells = whole.studies[miss.id], [miss.remedy, phrases.when(miss, lang) or None]
        where = [*_state(study.recruitment), *_places(study.trial)]
        rows.append([*_identity(study, lang), *cells, *where, shown.reason(miss.criterion), study.url])
    head = [*_IDENTITY, "remedy", "when", *_STATE, "countries", "cities", "why", "url"]
    return Sheet("near_misses", head, rows)


def _other_subtypes(whole: Answer, lang: Lang) -> Sheet:
    rows = []
    for other in whole.other_subtypes:
        for opening in other.opens:
            study = whole.studies[opening.id]
            firm = opening.firm if opening.verdict == "match" else None
            rows.append([*_identity(study, lang), other.subtype, opening.verdict, *_state(study.recruitment), firm])
    return Sheet("also_as", [*_IDENTITY, "subtype", "verdict", *_STATE, "firm"], rows)


def _what_if(then: WhatIf, whole: Answer, lang: Lang) -> Sheet:
    shown, rows = phrases.Shown(then.asked, lang), []
    for flip in then.flips:
        study = whole.studies[flip.id]
        firm = flip.firm[1] if flip.after == "match" else None
        why = shown.reasons(flip.changed)
        rows.append([*_identity(study, lang), flip.before, flip.after, *_state(study.recruitment), why, firm])
    head = [*_IDENTITY, "before", "after", *_STATE, "why", "firm"]
    return Sheet("what_if", head, rows)


# One trial, and lists --------------------------------------------------------------------------------------------------


def explanation(whole: Explanation, layout: Layout) -> str:
    """One trial in full for a patient: a line for each criterion."""
    lang, shown, rows = layout.lang, phrases.Shown(whole.asked, layout.lang), []
    for page in whole.pages:
        row = page.row
        for one, origins in zip(row.criteria, row.sources, strict=True):
            source = "; ".join(str(each) for each in origins or ())
            firm = row.assessment.firm if row.verdict == "match" else None
            asked = [row.trial.id, phrases.name(row.trial, lang), row.verdict, one.name, one.outcome]
            told = (required(one, lang), shown[one.name], shown.reason(one), source)
            rows.append([*asked, *told, firm, *_state(row.study.recruitment)])
    head = ["id", "trial", "verdict", "criterion", "outcome", "required", "found", "reason", "source", "firm", *_STATE]
    return written([Sheet("criteria", head, rows)], of_patient(whole, lang))


def listing(whole: Listing, layout: Layout) -> str:
    """Trials as a table: what they are, whether they recruit, where."""
    rows = []
    for study in whole.studies:
        trial, own = study.trial, study.trial.eligibility
        subtypes = " ".join(own.subtypes.admits) if own.subtypes else ""
        known = [*_identity(study, layout.lang), *_state(study.recruitment), subtypes]
        rows.append([*known, *_places(trial), trial.sponsor, trial.end, study.url])
    head = [*_IDENTITY, *_STATE, "subtypes", "countries", "cities", "sponsor", "end", "url"]
    return written([Sheet("trials", head, rows)], {"registry": phrases.stamp_cell(whole.stamp)})


def cards(whole: Listing, layout: Layout) -> str:
    """The whole record of some trials: one line a fact."""
    rows = [[study.trial.id, *row] for study in whole.studies for row in facts(study)]
    return written([Sheet("facts", ["id", "field", "value"], rows)], {"registry": phrases.stamp_cell(whole.stamp)})


def facts(study: Study) -> list[tuple[str, Any]]:
    """The whole record of a trial: each fact with its key."""
    return list(_flat(record(study)))


def _flat(value: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _flat(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)) and any(isinstance(part, dict) for part in value):
        for number, part in enumerate(value):
            yield from _flat(part, f"{path}[{number}]")
    elif isinstance(value, (list, tuple)):
        if value:
            yield path, "; ".join(str(part) for part in value)
    elif value is not None:
        yield path, value
