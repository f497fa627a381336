"""Studies the registry lacks: as text, a work list in Markdown, CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from myofind.domain.register_numbers import link
from myofind.registers.candidates import Field
from myofind.registers.discovery import Discovered, Discovery
from myofind.words.wording import STATUSES, Lang, pick
from myofind.writers.as_csv import Sheet, written
from myofind.writers.as_json import dump
from myofind.writers.columns import hung
from myofind.writers.json_values import fields
from myofind.writers.markdown_text import md

FIELDS: dict[Field, tuple[str, str]] = {
    "conditions": ("condition", "maladie"),
    "title": ("title", "titre"),
    "keywords": ("keyword", "mot-clé"),
    "summary": ("summary", "résumé"),
    "criteria": ("inclusion criteria", "critères d'inclusion"),
    "label": ("classification of the table", "classement de la table"),
    "basket": ("autoimmune basket, diseases not named", "panier auto-immun, maladies non nommées"),
}


def text(form: str, found: Discovery, lang: Lang, *, baskets: bool, closed: bool, room: int | None = None) -> str:
    """Everything to look at, in a form; baskets and closed studies only where asked for, else counted.

    Lines of the screen are broken where it has only so much room.
    """
    listed = (*found.studies, *(found.baskets if baskets else ()), *(found.closed if closed else ()))
    if form == "json":
        return dump(_plain(found, listed))
    if form == "csv":
        rows = [
            [study.candidate.number, study.candidate.title, study.candidate.status, study.candidate.updated,
             " ".join(study.candidate.countries), "; ".join(_why(study, lang)), link(study.candidate.number)]
            for study in listed
        ]  # fmt: skip
        head = ["id", "title", "status", "updated", "countries", "why", "url"]
        return written([Sheet("studies", head, rows)])
    lines = [line for study in listed for line in (_item(study, lang) if form == "markdown" else _lines(study, lang))]
    lines += [*([""] if lines else []), counted(found, lang, baskets, closed)]
    if form == "table":
        lines = [part for line in lines for part in hung("  " * line.startswith("  "), line.lstrip(" "), room)]
    return "".join(f"{line}\n" for line in lines)


def counted(found: Discovery, lang: Lang, baskets: bool, closed: bool) -> str:
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
    colon = pick(lang, ":", " :")
    return [f"{pick(lang, *FIELDS[reason.field])}{colon} {reason.words}" for reason in study.reasons]


def _state(study: Discovered, lang: Lang) -> str:
    candidate = study.candidate
    status = pick(lang, *STATUSES[candidate.status]) if candidate.status else pick(lang, "no status", "sans statut")
    updated = (
        pick(lang, f", updated {candidate.updated}", f", mis à jour le {candidate.updated}")
        if candidate.updated
        else ""
    )
    where = f" · {', '.join(candidate.countries[:4])}" if candidate.countries else ""
    return f"{status}{updated}{where}"


def _lines(study: Discovered, lang: Lang) -> Iterator[str]:
    yield f"{study.candidate.number}  {_state(study, lang)}"
    if study.candidate.title:
        yield f"  {study.candidate.title}"
    yield from (f"  {why}" for why in _why(study, lang))


def _item(study: Discovered, lang: Lang) -> Iterator[str]:
    number = study.candidate.number
    yield f"- [ ] [{number}]({link(number)}) {md(study.candidate.title or '')} ({md(_state(study, lang))})"
    yield from (f"  - {md(why)}" for why in _why(study, lang))


def _plain(found: Discovery, listed: tuple[Discovered, ...]) -> dict[str, Any]:
    return {
        "counts": {
            "to_look_at": len(found.studies), "baskets": len(found.baskets), "closed": len(found.closed), "known": found.known,
            "declined": len(found.declined), "unchanged": found.older, "unrelated": found.unrelated,
        },
        "studies": [
            {
                "id": study.candidate.number,
                **fields(study.candidate, "title", "status", "updated", "countries"),
                "url": link(study.candidate.number),
                "basket": study.basket,
                "why": [reason._asdict() for reason in study.reasons],
            }
            for study in listed
        ],
        "declined": list(found.declined),
    }  # fmt: skip
