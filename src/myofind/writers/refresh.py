"""What a refresh found, as text, Markdown or JSON: field by field, both sides with source and date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from myofind import __version__
from myofind.diagnostics import shown
from myofind.domain.register_numbers import link
from myofind.language import both, worded
from myofind.registers.proposals import TEXTS, Change, Proposal
from myofind.registers.session import RefreshReport, counts
from myofind.words import refreshing as words
from myofind.words.refreshing import MARKS, remark
from myofind.words.wording import Lang, headed, in_english, pick
from myofind.writers.as_json import dump
from myofind.writers.as_markdown import md
from myofind.writers.columns import hung
from myofind.writers.json_values import fields
from myofind.writers.layout import Layout

LONGEST = 400
MOST_LINES = 12
"""Most lines about the sites of one trial; JSON has them all."""


def changelog_line(outcome: RefreshReport, written: Sequence[str], lang: Lang) -> str:
    """One sentence an editor can take over."""
    done = [one for one in outcome.proposals if one.trial in written]
    status = [one for one in done if any(c.key == "status" and c.kind == "change" for c in one.changes)]
    fresh = [one for one in done if any(c.key == "status" and c.kind == "confirm" for c in one.changes)]
    days = sorted({one.seen.day for one in done})
    many = f"{len(done)} {'essais mis' if len(done) > 1 else 'essai mis'} à jour"
    return pick(
        lang,
        f"{in_english(len(done), 'trial')} brought up to ClinicalTrials.gov records of {days[-1]} (source `{outcome.source}`): "
        f"{len(status)} with a changed status, {len(fresh)} with the status confirmed.",
        f"{many} sur les fiches ClinicalTrials.gov du {days[-1]} (source `{outcome.source}`) : "
        f"{len(status)} au statut changé, {len(fresh)} au statut confirmé.",
    )


def as_json(outcome: RefreshReport, layout: Layout) -> str:
    """The whole outcome under stable keys."""
    value = {
        "myofind": __version__,
        "registry": outcome.registry,
        "summary": counts(outcome),
        "complete": outcome.complete,
        "trials": [
            {
                "id": one.trial,
                "record": one.record.nct,
                "url": link(one.record.nct),
                "as_of": one.seen.day,
                "source": one.seen.source,
                "updated": one.record.updated,
                "warnings": [worded(warning) for warning in one.record.warnings],
                "changes": [
                    {
                        **fields(change, "key", "kind", "old", "old_source", "old_date", "new"),
                        "new_source": one.seen.source,
                        "new_date": one.seen.day,
                        "note": "; ".join(told(change, "en")),
                    }
                    for change in one.changes
                ],
            }
            for one in outcome.proposals
        ],
        "failed": [{"id": number, "reason": worded(reason)} for number, reason in outcome.failed],
        "unlisted": list(outcome.unlisted),
        "not_written": [{"id": number, "reason": worded(reason)} for number, reason in outcome.refused],
        "written": None if outcome.written is None else list(outcome.written),
    }
    return dump(value, 1)


def told(change: Change, lang: Lang) -> list[str]:
    """What is said beside a change."""
    return [remark(one.code, one.words, lang) for one in change.remarks]


def text(outcome: RefreshReport, layout: Layout, markdown: bool = False) -> str:
    """The outcome for reading: a block a trial, a line a fact, broken where a screen has only so much room."""
    lang, room = layout.lang, layout.width if layout.styled else None
    lines: list[str] = []
    for one in outcome.proposals:
        if one.changes or one.record.warnings:
            lines += _markdown(one, outcome, lang) if markdown else _block(one, outcome, lang, room)
    unwritten = pick(lang, "not written, ", "non écrit, ")
    failures = [headed(number, pick(lang, *both(why)), lang) for number, why in outcome.failed]
    failures += [headed(number, unwritten + pick(lang, *both(why)), lang) for number, why in outcome.refused]
    if failures:
        heading = pick(lang, "not read or not written", "non lu ou non écrit")
        lines += ["", f"## {heading.capitalize()}", ""] if markdown else [heading]
        for failure in failures:
            lines += [f"- {_escaped(failure)}"] if markdown else hung("  ", shown(failure, LONGEST), room)
        lines.append("")
    summary = [part for line in _summary(outcome, lang) for part in hung("", line, room)]
    return "\n".join([*lines, *summary]) + "\n"


markdown = partial(text, markdown=True)


def _block(one: Proposal, outcome: RefreshReport, lang: Lang, room: int | None) -> list[str]:
    lines = [f"{one.trial}  {shown(outcome.names.get(one.trial, ''), 100)}".rstrip()]
    width = max((len(change.key) for change in one.changes), default=0)
    for change in one.changes:
        head = f"  {change.key:<{width}}  "
        lines += hung(head, _sides(change, one, lang), room)
        remarks = told(change, lang)
        notes = remarks if change.key == "sites" or not remarks else ["; ".join(remarks)]
        for note in _bounded(notes, lang):
            lines += hung(" " * len(head), shown(note, LONGEST), room)
    for text in one.record.warnings:
        lines += hung(f"  {pick(lang, 'the record:', 'la fiche :')} ", shown(pick(lang, *text), LONGEST), room)
    return [*lines, ""]


def _bounded(lines: list[str], lang: Lang) -> list[str]:
    more = len(lines) - MOST_LINES + 1
    if more < 2:
        return lines
    return [*lines[: MOST_LINES - 1], pick(lang, f"… and {more} more", f"… et {more} de plus")]


def _sides(change: Change, one: Proposal, lang: Lang) -> str:
    kind = pick(lang, *MARKS[change.kind])
    mark = f"[{kind}] " if kind else ""
    if change.old is None and change.new is None:
        return f"{mark}({one.seen.source}, {one.seen.day})"
    known = _known(change)
    if change.key in TEXTS:
        now = pick(lang, "now:", "à présent :")
        return f"{mark}{now} {_value(change.new, lang)} ({one.seen.source}, {one.seen.day})"
    old = f"{_value(change.old, lang)}{f' ({known})' if known else ''}"
    return f"{mark}{old} → {_value(change.new, lang)} ({one.seen.source}, {one.seen.day})"


def _known(change: Change) -> str:
    """Who said the old value, and when."""
    return ", ".join(part for part in (change.old_source, change.old_date) if part and change.old is not None)


def _value(value: Any, lang: Lang) -> str:
    if value is None:
        return pick(lang, "nothing", "rien")
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return f"{len(value)} {pick(lang, 'site', 'centre')}{'s' if len(value) != 1 else ''}"
        return shown(", ".join(map(str, value)), LONGEST)
    return shown(str(value), LONGEST)


def _escaped(text: str) -> str:
    return md(shown(text, LONGEST))


def _markdown(one: Proposal, outcome: RefreshReport, lang: Lang) -> list[str]:
    url = link(one.record.nct)
    lines = [f"## [{one.trial}]({url}) {_escaped(outcome.names.get(one.trial, ''))}".rstrip(), ""]
    if one.changes:
        heads = pick(lang, "| fact | registry | register | remark |", "| fait | registre | base | remarque |")
        lines += [heads, "| --- | --- | --- | --- |"]
    for change in one.changes:
        known = _known(change)
        old = _escaped(_value(change.old, lang)) + (f" ({_escaped(known)})" if known else "")
        new = _escaped(_value(change.new, lang)) if change.new is not None else ""
        said = "; ".join(part for part in (pick(lang, *MARKS[change.kind]), *map(_escaped, told(change, lang))) if part)
        key = _escaped(change.key)
        lines.append(f"| {key} | {old} | {new} ({_escaped(one.seen.source)}, {one.seen.day}) | {said} |")
    lead = pick(lang, "the record:", "la fiche :")
    lines += [f"- {lead} {_escaped(pick(lang, *text))}" for text in one.record.warnings]
    return [*lines, ""]


def _summary(outcome: RefreshReport, lang: Lang) -> Sequence[str]:
    lines = [words.counted(counts(outcome), lang)]
    if outcome.absent:
        lines.append(words.absent(outcome.absent, lang))
    if outcome.unlisted:
        first = ", ".join(outcome.unlisted[:5]) + (" …" if len(outcome.unlisted) > 5 else "")
        lines.append(words.unlisted(len(outcome.unlisted), first, lang))
    if not outcome.complete:
        lines.append(pick(lang, "not everything could be read: see above", "tout n'a pas pu être lu : voir plus haut"))
    if outcome.written is not None:
        lines.append(words.written(len(outcome.written), lang))
    return lines
