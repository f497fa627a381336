"""Kinds of names, terms, and what names resolve to: aligned on a terminal, tab-separated in a pipe, csv, markdown, JSON lines.

No control character, escape sequence or change of writing direction of a typed name reaches any of them. On a terminal and
in markdown, words are in the language asked for; in a pipe, in csv and in JSON, outcomes and classes are the words of the data.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from myofind.names.facts import FACTS
from myofind.names.vocabulary import KINDS, Resolution, Term, label, term, terms
from myofind.words.reading_notes import why
from myofind.words.wording import Lang, pick, picks
from myofind.writers.columns import Cell, Column, Row, lines, show
from myofind.writers.json_values import fields
from myofind.writers.terminal import console, remark, shows_styles, width

FEW = 6
"""Other names of a term shown on a terminal; every other form has them all."""
PART = 18
"""A typed name without a space is broken on a terminal after this many characters; no id is longer."""
_STEP = 200
"""Rows laid out together on a terminal, under their headings, so that a long list starts at once."""

_MEANING = {
    "antibodies": ("autoantibodies, their classes and results", "auto-anticorps, classes et résultats"),
    "subtypes": (
        "myositis subtypes, and what they are mistaken for",
        "formes de myosite, et ce avec quoi on les confond",
    ),
    "countries": ("countries (ISO 3166-1; French overseas is FR)", "pays (ISO 3166-1 ; l'outre-mer français est FR)"),
    "drugs": ("drugs, cell products and their classes", "médicaments, thérapies cellulaires et leurs classes"),
    "facts": ("facts about a patient that trials ask for", "faits du patient que les essais demandent"),
}
_OUTCOMES = {"exact": "exact", "accepted": "accepté", "ambiguous": "ambigu", "unknown": "inconnu"}
_CLASSES = {
    "group": "classe", "other": "autre", "status": "résultat", "disease": "maladie", "modifier": "précision",
    "not_iim": "hors myosites", "rare_other": "autre, rare", "secondary": "secondaire", "phenotype": "phénotype",
    "country": "pays", "yes_no": "oui ou non", "choice": "choix", "number": "nombre", "span": "durée", "day": "date",
}  # fmt: skip


def show_kinds(form: str, lang: Lang) -> None:
    """Print every kind of name and how many terms it has."""
    rows = [(kind, str(len(terms(kind))), pick(lang, *_MEANING[kind])) for kind in KINDS]
    if form == "json":
        _json({"kind": kind, "terms": int(count), "what": what} for kind, count, what in rows)
        return
    heads = picks(lang, ("kind", "catégorie"), ("terms", "termes"), ("what", "contenu"))
    _table(form, heads, rows, (0, 0, 20))
    if form == "table" and sys.stdout.isatty():
        remark(pick(lang, "a name: ", "un nom : ") + "myofind vocab antibodies p155/140")


def show_terms(kind: str, form: str, lang: Lang) -> None:
    """Print every term of a kind: its id, name, class and other names."""
    if form == "json":
        _json(_term(kind, one) for one in terms(kind))
        return
    spoken, short = _spoken(form), form == "table" and shows_styles()
    rows = []
    for one in terms(kind):
        aliases = [alias.removeprefix("=") for alias in one.aliases]
        more = f" … +{len(aliases) - FEW}" if short and len(aliases) > FEW else ""
        named = label(kind, one.id, lang)
        klass = _class(one, lang) if spoken else one.klass
        rows.append((one.id, named, klass, ", ".join(aliases[:FEW] if short else aliases) + more))
    heads = picks(lang, ("id", "id"), ("name", "nom"), ("class", "classe"), ("other names", "autres noms"))
    _table(form, heads, rows, (0, 24, 16))


def show_names(found: Iterable[Resolution], form: str, lang: Lang) -> None:
    """Print what names resolve to and why, each as it comes where the form allows."""
    if form == "json":
        names = ("kind", "typed", "outcome", "id", "candidates", "suggestions")
        _json({**fields(one, *names), "why": why(one, "en")} for one in found)
        return
    typed = (("typed", "saisi"), ("outcome", "résultat"), ("id", "id"))
    heads = picks(lang, *typed, ("name", "nom"), ("why", "pourquoi"))
    spoken = _spoken(form)
    _table(form, heads, (_row(one, lang, spoken) for one in found), (PART, 0, PART + 1, 20))


# Values ----------------------------------------------------------------------------------------------------------------


def _spoken(form: str) -> bool:
    """Is this form for a reader, rather than for a program?"""
    return form == "markdown" or (form == "table" and shows_styles())


def _class(one: Term, lang: Lang) -> str:
    return _CLASSES.get(one.klass, one.klass) if lang == "fr" else one.klass


def _row(found: Resolution, lang: Lang, spoken: bool) -> Sequence[str]:
    """One name: the id, or the ids to choose from."""
    if found.id is not None:
        id, named = found.id, label(found.kind, found.id, lang)
        if found.kind == "antibodies":
            one = term(found.kind, id)
            named = f"{named} [{_class(one, lang) if spoken else one.klass}]"
        elif found.kind == "facts" and FACTS[id].values:
            named = f"{named} [{', '.join(value.id for value in FACTS[id].values)}]"
    else:
        choices = found.candidates or found.suggestions
        id = " | ".join(choices) + ("?" if choices else "")
        named = " | ".join(label(found.kind, choice, lang) for choice in choices)
    outcome = _OUTCOMES[found.outcome] if spoken and lang == "fr" else found.outcome
    return found.typed, outcome, id, named, why(found, lang)


def _term(kind: str, one: Term) -> dict[str, Any]:
    return {
        "kind": kind,
        **fields(one, "id", "en", "fr"),
        "aliases": [alias.removeprefix("=") for alias in one.aliases],
        "class": one.klass,
        "parents": one.parents,
        "suggests": [{"subtype": subtype, "strength": strength} for subtype, strength in one.suggests],
        **fields(one, "codes", "note", "source"),
    }


# Forms -----------------------------------------------------------------------------------------------------------------


def _json(values: Iterable[dict[str, Any]]) -> None:
    """One JSON value a line; what is not printable is written as its number, which reads back as the same text."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for value in values:
        line = encode(value)
        if not line.isprintable():
            line = "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)
        sys.stdout.write(line + "\n")


def _clean(text: str) -> str:
    """A cell on one line: each space of any width a space, what cannot be printed the mark of a lost character."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _table(form: str, heads: Sequence[str], cells: Iterable[Sequence[str]], least: Sequence[int]) -> None:
    """Print rows; on a terminal columns have a least width, 0 where they never shrink, and those beyond stand below."""
    rows = ([_clean(cell) for cell in row] for row in cells)
    if form == "csv":
        from myofind.writers.as_csv import Sheet, written

        sys.stdout.write(written([Sheet("names", heads, list(rows))]))
    elif form == "markdown":
        from myofind.writers.as_markdown import md, table

        sys.stdout.write("\n".join(table(heads, (list(map(md, row)) for row in rows))))
    elif shows_styles():
        _grid(heads, rows, least)
    else:
        for row in rows:
            sys.stdout.write("\t".join(row) + "\n")


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]], leasts: Sequence[int]) -> None:
    """Aligned columns, the last ones below their row."""
    target, room = console(), width()
    count = len(leasts)
    columns = [Column(head, least) for head, least in zip(heads[:count], leasts, strict=True)]
    rest = iter(rows)
    while part := list(islice(rest, _STEP)):
        laid = []
        for name, *others in part:
            # A name longer than a column is given places to break.
            broken = re.sub(rf"\S{{{PART}}}(?=\S)", r"\g<0> ", name)
            below = [Cell(cell, "dim") for cell in others[count - 1 :] if cell]
            laid.append(Row([Cell(broken), *map(Cell, others[: count - 1])], below))
        show(target, lines(columns, laid, room, indent=2))
