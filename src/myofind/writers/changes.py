"""What changed between two versions, as a table for the terminal, as a changelog in markdown, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.diagnostics import shown
from myofind.domain.trial import Trial
from myofind.records import NamedTuple
from myofind.registry.versions import Change, Difference, Flip, Moved
from myofind.report.comparison import Comparison
from myofind.words.changes import item_words, key_words, value_words
from myofind.words.wording import STATUSES, Lang, headed, pick, verdict
from myofind.writers.as_json import dump
from myofind.writers.as_markdown import md
from myofind.writers.json_values import fields
from myofind.writers.layout import Layout
from myofind.writers.phrases import title
from myofind.writers.terminal import hanging


def as_json(whole: Comparison, layout: Layout) -> str:
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
                "status": fields(moved.status, "old", "new") if moved.status else None,
                "changes": [change._asdict() for change in moved.changes],
            }
            for moved in found.moved
        ],
        "registry": [change._asdict() for change in found.header],
    }
    if whole.flips is not None:
        plain["verdicts"] = [_flipped(flip) for flip in whole.flips]
    if whole.cohort is not None:
        plain["patients"] = {"compared": whole.cohort.patients, "flipped": whole.cohort.flipped}
        plain["cohort"] = [
            {**_flipped(one.flip), "count": one.number, "patients": one.patients} for one in whole.cohort.flips
        ]
    return dump(plain, 1)


def _flipped(flip: Flip) -> dict[str, Any]:
    """A verdict that changed, and the facts that changed it, or that the trial came or went."""
    retired = list(flip.fields) if flip.new is not None else ["the trial was retired"]
    because = ["the trial is new"] if flip.old is None else retired
    return {**_trial(flip.trial), **fields(flip, "old", "new"), "because": because}


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
    return fields(trial, "id", "acronym", "title")


class Chapter(NamedTuple):
    """Trials by name under a heading, each with a line for each change; `flips` where these are verdicts that flip."""

    name: str
    items: list[tuple[str, list[str]]]
    flips: bool = False


def sections(whole: Comparison, lang: Lang) -> list[Chapter]:
    """The changelog; the verdicts that flip come first, where patients were named."""
    found = whole.difference
    statuses, criteria, others = [], [], []
    for one in found.moved:
        if one.status:
            statuses.append((one.trial, [f"{_status(one.status.old, lang)} → {_status(one.status.new, lang)}"]))
        criteria.append((one.trial, [line(each, lang, one.trial) for each in one.criteria]))
        others.append((one.trial, _rest(one, lang)))
    everything: list[tuple[tuple[str, str], list[tuple[Trial, list[str]]]]] = [
        (("Added", "Ajoutés"), [(trial, []) for trial in found.added]),
        (("Retired", "Retirés"), [(trial, []) for trial in found.retired]),
        (("Status moved", "Statut changé"), statuses),
        (("Criteria changed", "Critères changés"), [(trial, lines) for trial, lines in criteria if lines]),
        (("Other facts", "Autres faits"), [(trial, lines) for trial, lines in others if lines]),
    ]
    named = ((name, [(_name(one, lang), told) for one, told in trials]) for name, trials in everything if trials)
    return [*_flips(whole, lang), *(Chapter(pick(lang, *name), trials) for name, trials in named)]


def _status(value: str | None, lang: Lang) -> str:
    return pick(lang, "not recorded", "non renseigné") if value is None else pick(lang, *STATUSES[value])


def _rest(moved: Moved, lang: Lang) -> list[str]:
    renamed = moved.old_id != moved.trial.id
    found = [headed(key_words("id", lang), f"{moved.old_id} → {moved.trial.id}", lang)] if renamed else []
    for one in moved.changes:
        if one in moved.criteria or one.key == "id":
            continue
        if one.key == "status":
            found.append(pick(lang, "status: observations", "statut : observations"))
        elif one.key == "record":
            found.append(pick(lang, "the register's record was read again", "la fiche du registre a été relue"))
        else:
            found.append(line(one, lang, moved.trial))
    return found


def line(change: Change, lang: Lang = "en", trial: Trial | None = None) -> str:
    """One change in a line; lists are said by what was added and removed."""
    name = f"{key_words(change.key, lang, trial)}{pick(lang, ':', ' :')}"
    old, new = change.old, change.new
    if not (isinstance(old, list) or isinstance(new, list)):
        return f"{name} {_shown(value_words(change.key, old, lang))} → {_shown(value_words(change.key, new, lang))}"
    before, after = ([item_words(change.key, one, lang) for one in items or ()] for items in (old, new))
    parts = [
        f"{mark} {_shown(one)}"
        for mark, ones, others in (("+", after, before), ("−", before, after))
        for one in ones
        if one not in others
    ]
    return f"{name} {pick(lang, '; ', ' ; ').join(parts) or _unseen(change, lang)}"


def _unseen(change: Change, lang: Lang) -> str:
    """What changed in a list whose items read as before: their order, the words of the other language, or what is not shown of them."""
    old, new = change.old or (), change.new or ()
    if len(old) == len(new) and all(one in old for one in new):
        return pick(lang, "order", "ordre")
    if change.key.rpartition(".")[2] in ("check_by_hand", "conflicts"):
        return pick(lang, "in French", "en anglais")
    return pick(lang, "details", "détails")


def _shown(text: str) -> str:
    return shown(text, 300)


def _name(trial: Trial, lang: Lang) -> str:
    return shown(f"{trial.id} {trial.acronym or title(trial, lang) or ''}".rstrip(), 160)


def text(whole: Comparison, layout: Layout) -> str:
    """For the terminal: headings, trials, and a line for each change, broken between words at the width."""
    lines = [versions_line(whole), counts_line(whole.difference, layout.lang)]
    for one in sections(whole, layout.lang):
        lines += ["", one.name if one.flips else f"{one.name} ({len(one.items)})"]
        for name, changes in one.items:
            short = one.flips or (len(changes) == 1 and len(changes[0]) < 60)
            lines.append(f"  {name}" + (f"  {changes[0]}" if short else ""))
            lines += [] if short else [f"      {each}" for each in changes]
    width = layout.width
    broken = (one if width is None or len(one) <= width else hanging(one, width, 4) for one in lines)
    return "\n".join(broken) + "\n"


def counts_line(found: Difference, lang: Lang = "en") -> str:
    """How much changed, in a line."""
    count = _counts(found)

    def some(key: str, word: str) -> str:
        return f"{count[key]} {word}{'s' * (count[key] > 1)}"

    return pick(
        lang,
        f"{count['added']} added, {count['retired']} retired, {count['changed']} changed "
        f"({count['status_moved']} in status, {count['criteria_changed']} in criteria), {count['same']} unchanged",
        f"{some('added', 'ajouté')}, {some('retired', 'retiré')}, {some('changed', 'changé')} "
        f"({count['status_moved']} de statut, {count['criteria_changed']} de critères), {some('same', 'inchangé')}",
    )


def versions_line(whole: Comparison) -> str:
    """Which two versions are compared."""
    old, new = whole.old, whole.new
    return f"{new.name}: {old.version} ({old.as_of}) → {new.version} ({new.as_of})"


def _flips(whole: Comparison, lang: Lang) -> Iterator[Chapter]:
    if whole.flips is not None:
        words = pick(lang, "Verdicts that flip for this patient", "Verdicts qui basculent pour ce patient")
        lines = [(_name(one.trial, lang), [_flip(one, lang)]) for one in whole.flips]
        yield Chapter(f"{words} ({len(lines)})", lines, flips=True)
    if whole.cohort is not None:
        flipped, patients = whole.cohort.flipped, whole.cohort.patients
        french = f"Verdicts qui basculent pour {flipped} patients sur {patients}"
        words = pick(lang, f"Verdicts that flip for {flipped} of {patients} patients", french)
        lines = []
        for one in whole.cohort.flips:
            more = ", …" if one.number > len(one.patients) else ""
            who = f"{one.number} patient{'s' * (one.number > 1)} ({shown(', '.join(one.patients), 120)}{more})"
            lines.append((_name(one.flip.trial, lang), [f"{_flip(one.flip, lang)}; {who}"]))
        yield Chapter(f"{words} ({len(lines)})", lines, flips=True)


def _flip(flip: Flip, lang: Lang) -> str:
    absent = pick(lang, "(not there)", "(absent)")
    before, after = (absent if word is None else verdict(word, lang) for word in (flip.old, flip.new))
    if flip.old is None:
        why = pick(lang, "the trial is new", "l'essai est nouveau")
    elif flip.new is None:
        why = pick(lang, "the trial was retired", "l'essai a été retiré")
    else:
        why = ", ".join(dict.fromkeys(key_words(field, lang) for field in flip.fields))
    return headed(f"{before} → {after}", why, lang)


def markdown(whole: Comparison, layout: Layout) -> str:
    """A changelog entry."""
    lang = layout.lang
    lines = [f"## {md(versions_line(whole))}", "", f"{counts_line(whole.difference, lang)}."]
    for one in sections(whole, lang):
        lines += ["", f"### {md(one.name)}", "", *([] if one.items else [pick(lang, "None.", "Aucun.")])]
        for name, changes in one.items:
            lines.append(f"- **{md(name)}**" + (f": {md(changes[0])}" if len(changes) == 1 else ""))
            lines += [f"  - {md(each)}" for each in changes] if len(changes) > 1 else []
    return "\n".join(lines) + "\n"
