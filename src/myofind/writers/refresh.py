"""What a refresh found, as text, Markdown or JSON: field by field, both sides with source and date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from myofind import __version__
from myofind.diagnostics import shown
from myofind.domain.register_numbers import link
from myofind.registers.proposals import TEXTS, Change, Proposal
from myofind.report.refresh import RefreshReport, counts
from myofind.writers.markdown_text import md

LONGEST = 400
MOST_LINES = 12
"""Most lines about the sites of one trial; JSON has them all."""

_MARKS = {
    "change": "",
    "confirm": "same status, later day",
    "past": "of an earlier day",
    "flag": "to judge",
    "held": "held back",
    "older": "older",
}


def changelog_line(outcome: RefreshReport, written: Sequence[str]) -> str:
    """One sentence an editor can take over."""
    done = [one for one in outcome.proposals if one.trial in written]
    status = [one for one in done if any(c.key == "status" and c.kind == "change" for c in one.changes)]
    fresh = [one for one in done if any(c.key == "status" and c.kind == "confirm" for c in one.changes)]
    days = sorted({one.seen.day for one in done})
    return (
        f"{_n(len(done), 'trial')} brought up to ClinicalTrials.gov records of {days[-1]} (source `{outcome.source}`): "
        f"{len(status)} with a changed status, {len(fresh)} with the status confirmed."
    )


def values(outcome: RefreshReport) -> dict[str, Any]:
    """The whole outcome under stable keys."""
    return {
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
                "warnings": list(one.record.warnings),
                "changes": [_plain(change, one) for change in one.changes],
            }
            for one in outcome.proposals
        ],
        "failed": [{"id": number, "reason": reason} for number, reason in outcome.failed],
        "unlisted": list(outcome.unlisted),
        "not_written": [{"id": number, "reason": reason} for number, reason in outcome.refused],
        "written": None if outcome.written is None else list(outcome.written),
    }


def _plain(change: Change, proposal: Proposal) -> dict[str, Any]:
    return {
        "key": change.key,
        "kind": change.kind,
        "old": change.old,
        "old_source": change.old_source,
        "old_date": change.old_date,
        "new": change.new,
        "new_source": proposal.seen.source,
        "new_date": proposal.seen.day,
        "note": change.note,
    }


def as_text(outcome: RefreshReport, markdown: bool = False) -> str:
    """The outcome for reading: a block a trial, a line a fact."""
    lines: list[str] = []
    for one in outcome.proposals:
        if one.changes or one.record.warnings:
            lines += _markdown(one, outcome) if markdown else _block(one, outcome)
    told = [
        *(f"{number}: {reason}" for number, reason in outcome.failed),
        *(f"{number}: not written, {reason}" for number, reason in outcome.refused),
    ]
    if told:
        lines += ["", "## Not read or not written", ""] if markdown else ["not read or not written"]
        lines += [f"- {_escaped(one)}" if markdown else f"  {shown(one, LONGEST)}" for one in told]
        lines.append("")
    return "\n".join([*lines, *_summary(outcome)]) + "\n"


def _block(one: Proposal, outcome: RefreshReport) -> list[str]:
    lines = [f"{one.trial}  {shown(outcome.names.get(one.trial, ''), 100)}".rstrip()]
    width = max((len(change.key) for change in one.changes), default=0)
    for change in one.changes:
        head = f"  {change.key:<{width}}  "
        lines.append(head + _sides(change, one))
        notes = change.note.split("; ") if change.key == "sites" else [change.note] if change.note else []
        lines += [f"  {'':<{width}}  {shown(note, LONGEST)}" for note in _bounded(notes)]
    lines += [f"  the record: {shown(text, LONGEST)}" for text in one.record.warnings]
    return [*lines, ""]


def _bounded(lines: list[str]) -> list[str]:
    return (
        lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"… and {len(lines) - MOST_LINES + 1} more"]
    )


def _sides(change: Change, one: Proposal) -> str:
    mark = f"[{_MARKS[change.kind]}] " if _MARKS[change.kind] else ""
    if change.old is None and change.new is None:
        return f"{mark}({one.seen.source}, {one.seen.day})"
    known = _known(change)
    if change.key in TEXTS:
        return f"{mark}now: {_value(change.new)} ({one.seen.source}, {one.seen.day})"
    old = f"{_value(change.old)}{f' ({known})' if known else ''}"
    return f"{mark}{old} → {_value(change.new)} ({one.seen.source}, {one.seen.day})"


def _known(change: Change) -> str:
    """Who said the old value, and when."""
    return ", ".join(part for part in (change.old_source, change.old_date) if part and change.old is not None)


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return f"{len(value)} site{'s' if len(value) != 1 else ''}"
        return shown(", ".join(map(str, value)), LONGEST)
    return shown(str(value), LONGEST)


def _escaped(text: str) -> str:
    return md(shown(text, LONGEST))


def _markdown(one: Proposal, outcome: RefreshReport) -> list[str]:
    url = link(one.record.nct)
    lines = [f"## [{one.trial}]({url}) {_escaped(outcome.names.get(one.trial, ''))}".rstrip(), ""]
    if one.changes:
        lines += ["| fact | registry | register | remark |", "| --- | --- | --- | --- |"]
    for change in one.changes:
        known = _known(change)
        old = _escaped(_value(change.old)) + (f" ({_escaped(known)})" if known else "")
        new = _escaped(_value(change.new)) if change.new is not None else ""
        remark = "; ".join(part for part in (_MARKS[change.kind], _escaped(change.note)) if part)
        key = _escaped(change.key)
        lines.append(f"| {key} | {old} | {new} ({_escaped(one.seen.source)}, {one.seen.day}) | {remark} |")
    lines += [f"- the record: {_escaped(text)}" for text in one.record.warnings]
    return [*lines, ""]


def _summary(outcome: RefreshReport) -> Sequence[str]:
    n = counts(outcome)
    lines = [
        f"{_n(n['read'], 'record')} read: {_n(n['drifted'], 'trial')} drifted, {_n(n['changes'], 'fact')} to write, "
        f"{n['to_judge']} to judge, {n['held']} held back, {_n(n['confirmed'], 'status', 'statuses')} confirmed"
        + (f", {_n(n['past'], 'status', 'statuses')} of an earlier day" if n["past"] else "")
        + (f", {n['older']} older than the registry" if n["older"] else "")
    ]
    if outcome.absent:
        lines.append(f"{_n(outcome.absent, 'trial')} with an NCT number not in the input")
    if outcome.unlisted:
        first = ", ".join(outcome.unlisted[:5]) + (" …" if len(outcome.unlisted) > 5 else "")
        lines.append(
            f"{_n(len(outcome.unlisted), 'record')} of trials the registry lacks ({first}): see `myofind draft`"
        )
    if not outcome.complete:
        lines.append("not everything could be read: see above")
    if outcome.written is not None:
        lines.append(f"written: {_n(len(outcome.written), 'trial')}" if outcome.written else "nothing to write")
    return lines


def _n(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
