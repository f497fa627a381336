"""An editor's work lists, for the eye, in Markdown, CSV or JSON: entries to look up again, and studies the registry lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from myofind.domain.register_numbers import link
from myofind.registers.discovery import Discovered, Discovery, Field
from myofind.registers.due import Due, Reason
from myofind.report.values import Stamp
from myofind.words.wording import STATUSES, Lang, headed, pick
from myofind.writers import columns as grid
from myofind.writers.as_csv import Sheet, written
from myofind.writers.as_json import dump
from myofind.writers.as_markdown import md
from myofind.writers.columns import Cell, Column, hung
from myofind.writers.json_values import fields, heading, recruiting
from myofind.writers.layout import Printable
from myofind.writers.phrases import name, origin, stamp_cell
from myofind.writers.styles import known

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


def entries_due(
    form: str, entries: Sequence[Due], total: int, of: int, stamp: Stamp, lang: Lang, width: int | None
) -> Printable:
    """The entries shown of so many that are due, of so many trials, in a form."""
    why = [pick(lang, "; ", " ; ").join(pick(lang, *WORDS[reason]) for reason in one.reasons) for one in entries]
    more = total - len(entries)
    left = pick(lang, f"; {more} more (--limit 0)", f" ; {more} de plus (--limit 0)") if more else ""
    foot = pick(lang, f"{total} of {of} entries to look up{left}.", f"{total} fiches sur {of} à revoir{left}.")
    if form == "json":
        listed = [
            {
                **fields(one.trial, "id", "acronym", "title"),
                "reasons": list(one.reasons),
                "why": text,
                "recruitment": recruiting(one.recruitment),
                "url": one.address,
                "refreshable": one.register,
            }
            for one, text in zip(entries, why, strict=True)
        ]
        return dump({**heading(stamp), "counts": {"trials": of, "due": total, "shown": len(entries)}, "due": listed})
    if form == "csv":
        head = ["id", "acronym", "reasons", "status", "as_of", "age_days", "open", "do"]
        cells = []
        for one, text in zip(entries, why, strict=True):
            state = fields(one.recruitment, *head[3:6]).values()
            cells.append([one.trial.id, one.trial.acronym, text, *state, one.address, _how(one, lang)])
        return written([Sheet("due", head, cells)], {"registry": stamp_cell(stamp)})
    if form == "markdown":
        lines = [
            f"- [ ] **{md(name(one.trial, lang))}** "
            + (f"[{one.trial.id}]({one.address})" if one.address else one.trial.id)
            + f": {md(text)}"
            + (f" (`{_how(one, lang)}`)" if one.register else "")
            for one, text in zip(entries, why, strict=True)
        ]
        title = pick(lang, f"To look up, {stamp.day.isoformat()}", f"À revoir, {stamp.day.isoformat()}")
        return "\n".join([f"# {title}", "", *lines, "", foot, "", origin(stamp, lang)]) + "\n"
    columns = [Column(pick(lang, "Trial", "Essai"), 14), Column(pick(lang, "Known", "Connu"), 14), Column("", 24)]
    rows = [
        grid.Row(
            [Cell(name(one.trial, lang), "bold"), known(one.recruitment, lang), Cell(text)],
            [Cell(_how(one, lang), "dim", None if one.register else one.address)],
        )
        for one, text in zip(entries, why, strict=True)
    ]
    return [*(grid.lines(columns, rows, width, indent=2) if rows else []), [Cell(foot, "dim")]]


def _how(entry: Due, lang: Lang) -> str:
    """What to do: ask the register, or open a page."""
    if entry.register:
        return f"myofind refresh {entry.trial.id}"
    return entry.address or pick(lang, "no page known", "aucune page connue")


# Studies that the registry lacks ---------------------------------------------------------------------------------------

FIELDS: dict[Field, tuple[str, str]] = {
    "conditions": ("condition", "maladie"),
    "title": ("title", "titre"),
    "keywords": ("keyword", "mot-clé"),
    "summary": ("summary", "résumé"),
    "criteria": ("inclusion criteria", "critères d'inclusion"),
    "label": ("classification of the table", "classement de la table"),
    "basket": ("autoimmune basket, diseases not named", "panier auto-immun, maladies non nommées"),
}


def studies_lacking(
    form: str, found: Discovery, lang: Lang, *, baskets: bool, closed: bool, room: int | None = None
) -> str:
    """Everything to look at, in a form; baskets and closed studies only where asked for, else counted.

    Lines of the screen are broken where it has only so much room.
    """
    listed = (*found.studies, *(found.baskets if baskets else ()), *(found.closed if closed else ()))
    if form == "json":
        return _json(found, listed)
    if form == "csv":
        head = ["id", "title", "status", "updated", "countries", "why", "url"]
        rows = []
        for study in listed:
            one, why = study.candidate, "; ".join(_why(study, lang))
            rows.append([one.number, *fields(one, *head[1:4]).values(), " ".join(one.countries), why, link(one.number)])
        return written([Sheet("studies", head, rows)])
    lines = [line for study in listed for line in _lines(study, lang, form == "markdown")]
    lines += [*([""] if lines else []), _counted(found, lang, baskets, closed)]
    if form == "table":
        lines = [part for line in lines for part in hung("  " * line.startswith("  "), line.lstrip(" "), room)]
    return "".join(f"{line}\n" for line in lines)


def _counted(found: Discovery, lang: Lang, baskets: bool, closed: bool) -> str:
    """How many studies there were of each kind: none goes unsaid."""
    parts = [
        pick(lang, f"{len(found.studies)} to look at", f"{len(found.studies)} à examiner"),
        pick(lang, f"{len(found.baskets)} autoimmune baskets that name no disease", f"{len(found.baskets)} paniers auto-immuns sans maladie nommée")
        + ("" if baskets or not found.baskets else " (--baskets)"),
        pick(lang, f"{len(found.closed)} closed", f"{len(found.closed)} fermées") + ("" if closed or not found.closed else " (--closed)"),
        pick(lang, f"{found.known} in the registry", f"{found.known} dans le registre"),
        pick(lang, f"{len(found.declined)} declined", f"{len(found.declined)} écartées"),
        pick(lang, f"{found.older} unchanged", f"{found.older} inchangées"),
        pick(lang, f"{found.unrelated} of other diseases", f"{found.unrelated} d'autres maladies"),
    ]  # fmt: skip
    return pick(lang, "Studies: ", "Études : ") + ", ".join(parts) + "."


def _why(study: Discovered, lang: Lang) -> list[str]:
    return [headed(pick(lang, *FIELDS[reason.field]), reason.words, lang) for reason in study.reasons]


def _state(study: Discovered, lang: Lang) -> str:
    candidate = study.candidate
    status = pick(lang, *STATUSES[candidate.status]) if candidate.status else pick(lang, "no status", "sans statut")
    updated = pick(lang, ", updated ", ", mis à jour le ") + candidate.updated if candidate.updated else ""
    where = f" · {', '.join(candidate.countries[:4])}" if candidate.countries else ""
    return f"{status}{updated}{where}"


def _lines(study: Discovered, lang: Lang, markdown: bool) -> Iterator[str]:
    number, title = study.candidate.number, study.candidate.title or ""
    if markdown:
        yield f"- [ ] [{number}]({link(number)}) {md(title)} ({md(_state(study, lang))})"
        yield from (f"  - {md(why)}" for why in _why(study, lang))
        return
    yield f"{number}  {_state(study, lang)}"
    yield from (f"  {text}" for text in (title, *_why(study, lang)) if text)


def _json(found: Discovery, listed: Sequence[Discovered]) -> str:
    counts = {
        "to_look_at": len(found.studies), "baskets": len(found.baskets), "closed": len(found.closed), "known": found.known,
        "declined": len(found.declined), "unchanged": found.older, "unrelated": found.unrelated,
    }  # fmt: skip
    studies = [
        {
            "id": study.candidate.number,
            **fields(study.candidate, "title", "status", "updated", "countries"),
            "url": link(study.candidate.number),
            "basket": study.basket,
            "why": [reason._asdict() for reason in study.reasons],
        }
        for study in listed
    ]
    return dump({"counts": counts, "studies": studies, "declined": list(found.declined)})
