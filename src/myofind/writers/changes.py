"""What changed between two versions, as a table for the terminal, as a changelog in markdown, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from myofind.diagnostics import shown
from myofind.domain.trial import Trial
from myofind.registry.versions import Change, Difference, Flip, Moved, Version


def as_json(old: Version, new: Version, found: Difference, flips: Sequence[Flip] | None) -> str:
    """Everything, for a script."""
    plain: dict[str, Any] = {
        "old": _heading(old),
        "new": _heading(new),
        "counts": _counts(found),
        "added": [_trial(trial) for trial in found.added],
        "retired": [_trial(trial) for trial in found.retired],
        "changed": [
            {
                **_trial(moved.trial),
                "was": moved.old_id if moved.old_id != moved.trial.id else None,
                "status": {"old": moved.status.old, "new": moved.status.new} if moved.status else None,
                "changes": [one._asdict() for one in moved.changes],
            }
            for moved in found.moved
        ],
        "registry": [one._asdict() for one in found.header],
    }
    if flips is not None:
        plain["verdicts"] = [
            {**_trial(flip.trial), "old": flip.old, "new": flip.new, "because": list(flip.fields)} for flip in flips
        ]
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _heading(version: Version) -> dict[str, Any]:
    return {key: version.header[key] for key in ("name", "version", "as_of")} | {"trials": len(version.trials)}


def _counts(found: Difference) -> dict[str, int]:
    return {
        "added": len(found.added),
        "retired": len(found.retired),
        "status_moved": sum(moved.status is not None for moved in found.moved),
        "criteria_changed": sum(bool(moved.criteria) for moved in found.moved),
        "changed": len(found.moved),
        "same": found.same,
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {"id": trial.id, "acronym": trial.acronym, "title": trial.title}


def sections(found: Difference) -> list[tuple[str, list[tuple[Trial, list[str]]]]]:
    """The changelog: a heading, then trials with a line for each change."""
    statuses = [
        (moved.trial, [f"{_word(moved.status.old)} → {_word(moved.status.new)}"])
        for moved in found.moved
        if moved.status
    ]
    criteria = [(moved.trial, [line(one) for one in moved.criteria]) for moved in found.moved if moved.criteria]
    other = [(moved.trial, rest) for moved in found.moved if (rest := _rest(moved))]
    everything: list[tuple[str, list[tuple[Trial, list[str]]]]] = [
        ("Added", [(trial, []) for trial in found.added]),
        ("Retired", [(trial, []) for trial in found.retired]),
        ("Status moved", statuses),
        ("Criteria changed", criteria),
        ("Other facts", other),
    ]
    return [(heading, trials) for heading, trials in everything if trials]


def _rest(moved: Moved) -> list[str]:
    found = [f"id: {moved.old_id} → {moved.trial.id}"] if moved.old_id != moved.trial.id else []
    for one in moved.changes:
        if one in moved.criteria or one.key == "id":
            continue
        found.append("status: observations" if one.key == "status" else line(one))
    return found


def line(change: Change) -> str:
    """One change in a line; long lists are said by what was added and removed."""
    if (
        change.old is not None
        and change.new is not None
        and isinstance(change.old, list)
        and isinstance(change.new, list)
    ):
        gone = [one for one in change.old if one not in change.new]
        come = [one for one in change.new if one not in change.old]
        parts = [f"+ {_word(one)}" for one in come] + [f"− {_word(one)}" for one in gone]
        return f"{change.key}: {'; '.join(parts) or 'order'}"
    return f"{change.key}: {_word(change.old)} → {_word(change.new)}"


def _word(value: Any) -> str:
    if value is None:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) == {"number", "unit"}:
            return f"{value['number']:g} {value['unit']}"
        return ", ".join(f"{key} {_word(one)}" for key, one in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(_word(one) for one in value) + "]"
    return shown(str(value), 300)


def _name(trial: Trial) -> str:
    return shown(f"{trial.id} {trial.acronym or trial.title or ''}".rstrip(), 160)


def text(old: Version, new: Version, found: Difference, flips: Sequence[Flip] | None) -> str:
    """For the terminal: headings, trials, and a line for each change."""
    lines = [_title(old, new), counts_line(found)]
    if flips is not None:
        lines += ["", f"Verdicts that flip for this patient ({len(flips)})"]
        lines += [f"  {_name(flip.trial)}  {_flip(flip)}" for flip in flips]
    for heading, trials in sections(found):
        lines += ["", f"{heading} ({len(trials)})"]
        for trial, changes in trials:
            lines.append(
                f"  {_name(trial)}" + (f"  {changes[0]}" if len(changes) == 1 and len(changes[0]) < 60 else "")
            )
            if len(changes) > 1 or (changes and len(changes[0]) >= 60):
                lines += [f"      {one}" for one in changes]
    return "\n".join(lines) + "\n"


def counts_line(found: Difference) -> str:
    """How much changed, in a line."""
    count = _counts(found)
    return (
        f"{count['added']} added, {count['retired']} retired, {count['changed']} changed "
        f"({count['status_moved']} in status, {count['criteria_changed']} in criteria), {count['same']} unchanged"
    )


def _title(old: Version, new: Version) -> str:
    return f"{new.header['name']}: {old.header['version']} ({old.header['as_of']}) → {new.header['version']} ({new.header['as_of']})"


def _flip(flip: Flip) -> str:
    return f"{flip.old or '(not there)'} → {flip.new or '(not there)'}: {', '.join(flip.fields)}"


def markdown(old: Version, new: Version, found: Difference, flips: Sequence[Flip] | None) -> str:
    """A changelog entry."""
    lines = [f"## {_safe(_title(old, new))}", "", f"{counts_line(found)}."]
    if flips is not None:
        lines += ["", "### Verdicts that flip for this patient", ""]
        lines += [f"- **{_safe(_name(flip.trial))}**: {_safe(_flip(flip))}" for flip in flips] or ["None."]
    for heading, trials in sections(found):
        lines += ["", f"### {heading}", ""]
        for trial, changes in trials:
            lines.append(f"- **{_safe(_name(trial))}**" + (f": {_safe(changes[0])}" if len(changes) == 1 else ""))
            lines += [f"  - {_safe(one)}" for one in changes] if len(changes) > 1 else []
    return "\n".join(lines) + "\n"


def _safe(written: str) -> str:
    """Text that markdown takes for text."""
    return "".join("\\" + c if c in "\\`*_[]<>|#" else c for c in written)
