"""`myofind vocab`: the kinds of names, the terms of a kind, and what a typed name resolves to and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, TextIO

import typer

from myofind.commands import options
from myofind.commands.common import choice, guarded
from myofind.names.vocabulary import KINDS, Resolution, Term, label, resolve, term, terms

__all__ = ["command", "run"]

FORMATS = ("table", "json", "csv", "markdown")
_MEANING = {
    "antibodies": ("autoantibodies, their classes and results", "auto-anticorps, classes et résultats"),
    "subtypes": (
        "myositis subtypes, and what they are mistaken for",
        "formes de myosite, et ce avec quoi on les confond",
    ),
    "countries": ("countries (ISO 3166-1; French overseas is FR)", "pays (ISO 3166-1 ; l'outre-mer français est FR)"),
    "drugs": ("drugs and cell products", "médicaments et thérapies cellulaires"),
}
_HEADS = {
    "kinds": (("kind", "terms", "what"), ("catégorie", "termes", "contenu")),
    "terms": (("id", "name", "class", "other names"), ("id", "nom", "classe", "autres noms")),
    "names": (("typed", "outcome", "id", "name", "why"), ("saisi", "résultat", "id", "nom", "pourquoi")),
}


def command(
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="antibodies, subtypes, countries or drugs.")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="TERM", help="Names to read; - reads them from standard input.")
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Accept no typing slip.")] = False,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORM", help="table, json, csv or markdown.")
    ] = "table",
    lang: options.Language = "en",
) -> None:
    """Show kinds of names, their terms, and what a name resolves to and why."""

    def work() -> int:
        choice(lang, options.LANGUAGES, "--lang")
        return run(kind, list(names or ()), form, lang, exact)

    guarded(work)


def run(kind: str | None, names: list[str], format: str, lang: str, exact: bool) -> int:
    """Show kinds, terms or what names resolve to; gives the exit code: 0 answered, 2 wrong usage.

    A name that is unknown or ambiguous is an answer, not an error. `-` among the names reads names from standard input, one a line.
    """
    if format not in FORMATS:
        print(f"unknown format `{format}`: {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    if kind is not None and kind not in KINDS:
        near = [known for known in KINDS if known[:3] == kind[:3].lower()]
        hint = f"; did you mean `{near[0]}`?" if near else ""
        print(f"unknown kind of name `{kind}`: {', '.join(KINDS)}{hint}", file=sys.stderr)
        return 2
    side = 1 if lang == "fr" else 0
    if kind is None:
        _show_kinds(format, side, lang)
    elif not names:
        _show_terms(kind, format, side)
    else:
        _show_names(kind, _asked(names), format, side, lang, exact)
    return 0


def _asked(names: Iterable[str]) -> Iterator[str]:
    """The names asked about; `-` stands for the lines of standard input, empty ones left out."""
    for name in names:
        if name == "-":
            for line in sys.stdin:
                typed = line.rstrip("\r\n")
                if typed.strip():
                    yield typed
        else:
            yield name


def _json(value: Any, out: TextIO) -> None:
    out.write(json.dumps(value, ensure_ascii=False) + "\n")


def _show_kinds(format: str, side: int, lang: str) -> None:
    rows = [[kind, str(len(terms(kind))), _MEANING[kind][side]] for kind in KINDS]
    if format == "json":
        for kind, count, what in rows:
            _json({"kind": kind, "terms": int(count), "what": what}, sys.stdout)
        return
    _rows(_HEADS["kinds"][side], rows, format)
    if format == "table" and sys.stdout.isatty():
        hint = (
            "un nom : myofind vocab antibodies p155/140"
            if lang == "fr"
            else "a name: myofind vocab antibodies p155/140"
        )
        print(hint, file=sys.stderr)


def _term_json(kind: str, one: Term) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": one.id,
        "en": one.en,
        "fr": one.fr,
        "aliases": [alias.removeprefix("=") for alias in one.aliases],
        "class": one.klass,
        "parents": list(one.parents),
        "suggests": [{"subtype": subtype, "strength": strength} for subtype, strength in one.suggests],
        "codes": {system: list(codes) for system, codes in one.codes.items()},
        "note": one.note,
        "source": one.source,
    }


def _show_terms(kind: str, format: str, side: int) -> None:
    if format == "json":
        for one in terms(kind):
            _json(_term_json(kind, one), sys.stdout)
        return
    short = format == "table" and sys.stdout.isatty()
    rows = []
    for one in terms(kind):
        aliases = [alias.removeprefix("=") for alias in one.aliases]
        shown = (
            ", ".join(aliases[:6]) + (f" … +{len(aliases) - 6}" if len(aliases) > 6 else "")
            if short
            else ", ".join(aliases)
        )
        rows.append([one.id, one.fr if side else one.en, one.klass, shown])
    _rows(_HEADS["terms"][side], rows, format)


def _name_json(found: Resolution) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "typed": found.typed,
        "outcome": found.outcome,
        "id": found.id,
        "candidates": list(found.candidates),
        "suggestions": list(found.suggestions),
        "why": found.why,
    }


def _show_names(kind: str, asked: Iterator[str], format: str, side: int, lang: str, exact: bool) -> None:
    if format == "json":
        for name in asked:
            _json(_name_json(resolve(kind, name, exact=exact)), sys.stdout)
        return
    rows = (_name_row(resolve(kind, name, exact=exact), lang) for name in asked)
    _rows(_HEADS["names"][side], rows, format)


def _name_row(found: Resolution, lang: str) -> list[str]:
    """One line of the table: the id, or the ids to choose from."""
    if found.id is not None:
        id, named = found.id, label(found.kind, found.id, lang)
        klass = term(found.kind, found.id).klass
        named = f"{named} [{klass}]" if found.kind == "antibodies" else named
    else:
        choices = found.candidates or found.suggestions
        id = " | ".join(choices)
        named = " | ".join(label(found.kind, choice, lang) for choice in choices)
        id = f"{id}?" if id else ""
    return [found.typed, found.outcome, id, named, found.why]


def _clean(cell: str) -> str:
    """Control characters never reach a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cell)


def _rows(heads: Sequence[str], rows: Iterable[list[str]], format: str) -> None:
    """A rich table on a terminal, tab-separated lines in a pipe, or CSV, or Markdown."""
    out = sys.stdout
    if format == "csv":
        import csv

        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)
    elif format == "markdown":
        out.write("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads) + "\n")
        for row in rows:
            out.write("| " + " | ".join(_clean(cell).replace("|", "\\|") for cell in row) + " |\n")
    elif out.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in heads:
            table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*(Text(_clean(cell)) for cell in row))
        Console().print(table)
    else:
        for row in rows:
            out.write("\t".join(_clean(cell) for cell in row) + "\n")
