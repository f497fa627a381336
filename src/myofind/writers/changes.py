"""What changed between two versions, as a table for the terminal, as a changelog in markdown, or as JSON."""

from __future__ import annotations

from typing import Any

from myofind.diagnostics import shown
from myofind.domain.trial import Trial
from myofind.registry.versions import Change, Difference, Flip, Moved
from myofind.report.comparison import Comparison
from myofind.writers.markdown_text import md


def values(whole: Comparison) -> dict[str, Any]:
    """Everything, for a script."""
    found = whole.difference
    plain: dict[str, Any] = {
        "old": whole.old._asdict(),
        "new": whole.new._asdict(),
        "counts": _counts(found),
        "added": [_trial(trial) for trial in found.added],
        "retired": [_trial(trial) for trial in found.retired],
        "changed": [
            {
                **_trial(moved.trial),
                "was": moved.old_id if moved.old_id != moved.trial.id else None,
                "status": {"old": moved.status.old, "new": moved.status.new} if moved.status else None,
                "changes": [change._asdict() for change in moved.changes],
            }
            for moved in found.moved
        ],
        "registry": [change._asdict() for change in found.header],
    }
    if whole.flips is not None:
        plain["verdicts"] = [
            {**_trial(flip.trial), "old": flip.old, "new": flip.new, "because": _because(flip)} for flip in whole.flips
        ]
    return plain


def _because(flip: Flip) -> list[str]:
    """The facts that changed a verdict, or that the trial came or went."""
    if flip.old is None:
        return ["the trial is new"]
    return list(flip.fields) if flip.new is not None else ["the trial was retired"]


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


def text(whole: Comparison) -> str:
    """For the terminal: headings, trials, and a line for each change."""
    found, flips = whole.difference, whole.flips
    lines = [versions_line(whole), counts_line(found)]
    if flips is not None:
        lines += ["", f"{_FLIPS} ({len(flips)})"]
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


def named_sections(whole: Comparison) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The changelog with the trials by name; the verdicts that flip come first, where a patient was named."""
    parts = [
        (heading, [(_name(trial), lines) for trial, lines in trials]) for heading, trials in sections(whole.difference)
    ]
    if whole.flips is None:
        return parts
    return [(_FLIPS, [(_name(flip.trial), [_flip(flip)]) for flip in whole.flips]), *parts]


_FLIPS = "Verdicts that flip for this patient"


def counts_line(found: Difference) -> str:
    """How much changed, in a line."""
    count = _counts(found)
    return (
        f"{count['added']} added, {count['retired']} retired, {count['changed']} changed "
        f"({count['status_moved']} in status, {count['criteria_changed']} in criteria), {count['same']} unchanged"
    )


def versions_line(whole: Comparison) -> str:
    """Which two versions are compared."""
    old, new = whole.old, whole.new
    return f"{new.name}: {old.version} ({old.as_of}) → {new.version} ({new.as_of})"


def _flip(flip: Flip) -> str:
    return f"{flip.old or '(not there)'} → {flip.new or '(not there)'}: {', '.join(_because(flip))}"


def markdown(whole: Comparison) -> str:
    """A changelog entry."""
    found, flips = whole.difference, whole.flips
    lines = [f"## {md(versions_line(whole))}", "", f"{counts_line(found)}."]
    if flips is not None:
        lines += ["", f"### {_FLIPS}", ""]
        lines += [f"- **{md(_name(flip.trial))}**: {md(_flip(flip))}" for flip in flips] or ["None."]
    for heading, trials in sections(found):
        lines += ["", f"### {heading}", ""]
        for trial, changes in trials:
            lines.append(f"- **{md(_name(trial))}**" + (f": {md(changes[0])}" if len(changes) == 1 else ""))
            lines += [f"  - {md(one)}" for one in changes] if len(changes) > 1 else []
    return "\n".join(lines) + "\n"
