"""The entries to look up again: as a table, a work list in Markdown, CSV or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from myofind.registers.due import Due, Reason
from myofind.report.values import Stamp
from myofind.words.wording import Lang, pick
from myofind.writers import columns as grid
from myofind.writers.as_csv import Sheet, written
from myofind.writers.as_json import dump
from myofind.writers.columns import Cell, Column
from myofind.writers.json_values import fields, heading, recruiting
from myofind.writers.markdown_text import md
from myofind.writers.phrases import name, origin, stamp_cell
from myofind.writers.styles import known
from myofind.writers.terminal import Target

WORDS: dict[Reason, tuple[str, str]] = {
    "draft": ("a draft nobody decided", "brouillon que personne n'a tranché"),
    "past_end": ("past its recorded end", "fin prévue dépassée"),
    "stale": ("status more than a year old", "statut vieux de plus d'un an"),
    "no_status": ("no status known", "aucun statut connu"),
    "status_unknown": ("the register no longer knows its status", "statut inconnu du registre"),
    "start_passed": ("should have started", "aurait dû commencer"),
    "two_years": ("not updated for nearly two years: the register will call it unknown",
                  "sans mise à jour depuis près de deux ans : le registre le dira inconnu"),
    "ageing": ("status more than three months old", "statut vieux de plus de trois mois"),
    "unread": ("criteria not read", "critères non lus"),
    "no_contact": ("nobody to call", "personne à appeler"),
}  # fmt: skip
"""Why an entry is due, in words."""


def reasons(entry: Due, lang: Lang) -> str:
    """Why an entry is due."""
    return pick(lang, "; ", " ; ").join(pick(lang, *WORDS[reason]) for reason in entry.reasons)


def how(entry: Due, lang: Lang) -> str:
    """What to do: ask the register, or open a page."""
    if entry.register:
        return f"myofind refresh {entry.trial.id}"
    return entry.address or pick(lang, "no page known", "aucune page connue")


def counted(entries: Sequence[Due], total: int, of: int, lang: Lang) -> str:
    """How many are due, how many of them are shown."""
    more = total - len(entries)
    left = pick(lang, f"; {more} more (--limit 0)", f" ; {more} de plus (--limit 0)") if more else ""
    return pick(lang, f"{total} of {of} entries to look up{left}.", f"{total} fiches sur {of} à revoir{left}.")


def text(
    form: str, target: Target, width: int | None, entries: Sequence[Due], total: int, of: int, stamp: Stamp, lang: Lang
) -> str | None:  # fmt: skip
    """The list in a form; None where it was laid out on the target itself."""
    foot = counted(entries, total, of, lang)
    if form == "json":
        listed = [_plain(entry, lang) for entry in entries]
        return dump({**heading(stamp), "counts": {"trials": of, "due": total, "shown": len(entries)}, "due": listed})
    if form == "csv":
        return written([_sheet(entries, lang)], {"registry": stamp_cell(stamp)})
    if form == "markdown":
        lines = [
            f"- [ ] **{md(name(entry.trial, lang))}** "
            + (f"[{entry.trial.id}]({entry.address})" if entry.address else entry.trial.id)
            + f": {md(reasons(entry, lang))}"
            + (f" (`{how(entry, lang)}`)" if entry.register else "")
            for entry in entries
        ]
        title = pick(lang, f"To look up, {stamp.day.isoformat()}", f"À revoir, {stamp.day.isoformat()}")
        return "\n".join([f"# {title}", "", *lines, "", foot, "", origin(stamp, lang)]) + "\n"
    columns = [Column(pick(lang, "Trial", "Essai"), 14), Column(pick(lang, "Known", "Connu"), 14), Column("", 24)]
    rows = [
        grid.Row(
            [Cell(name(entry.trial, lang), "bold"), known(entry.recruitment, lang), Cell(reasons(entry, lang))],
            [Cell(how(entry, lang), "dim", None if entry.register else entry.address)],
        )
        for entry in entries
    ]
    if rows:
        grid.show(target, grid.lines(columns, rows, width, indent=2))
    grid.show(target, [[Cell(foot, "dim")]])
    return None


def _sheet(entries: Sequence[Due], lang: Lang) -> Sheet:
    head = ["id", "acronym", "reasons", "status", "as_of", "age_days", "open", "do"]
    rows = [
        [
            entry.trial.id, entry.trial.acronym, reasons(entry, lang), entry.recruitment.status, entry.recruitment.as_of,
            entry.recruitment.age_days, entry.address, how(entry, lang),
        ]
        for entry in entries
    ]  # fmt: skip
    return Sheet("due", head, rows)


def _plain(entry: Due, lang: Lang) -> dict[str, Any]:
    return {
        **fields(entry.trial, "id", "acronym", "title"),
        "reasons": list(entry.reasons),
        "why": reasons(entry, lang),
        "recruitment": recruiting(entry.recruitment),
        "url": entry.address,
        "refreshable": entry.register,
    }
