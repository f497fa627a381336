"""The concepts of each vocabulary: what each is called, its other names, and what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from myofind.names.compiled_files import read
from myofind.records import NamedTuple

__all__ = ["KINDS", "Term", "ids", "label", "term", "terms"]

KINDS: tuple[str, ...] = ("antibodies", "subtypes", "countries", "drugs", "facts")


class Term(NamedTuple):
    """One concept of a vocabulary."""

    id: str
    en: str
    fr: str
    aliases: tuple[str, ...]
    klass: str
    parents: tuple[str, ...]
    """The groups of an antibody, the broader kinds of a subtype."""
    suggests: tuple[tuple[str, str], ...]
    """The subtypes an antibody suggests, each with its strength: defining, strong or possible."""
    codes: Mapping[str, tuple[str, ...]]
    note: str
    source: str


@cache
def _terms(kind: str) -> dict[str, Term]:
    if kind not in KINDS:
        raise KeyError(f"unknown kind of name `{kind}`: {', '.join(KINDS)}")
    found = {}
    for id, en, fr, aliases, klass, parents, suggests, codes, note, source in read(f"terms_{kind}"):
        held = {system: tuple(values) for system, values in codes.items()}
        found[id] = Term(
            id, en, fr, tuple(aliases), klass, tuple(parents), tuple((a, b) for a, b in suggests), held, note, source
        )
    return found


def term(kind: str, id: str) -> Term:
    """The term of an id; KeyError if there is none."""
    return _terms(kind)[id]


def terms(kind: str) -> tuple[Term, ...]:
    """Every term of a kind, in the order of the data."""
    return tuple(_terms(kind).values())


def label(kind: str, id: str, lang: str = "en") -> str:
    """What to call a concept, in English or French."""
    labels: dict[str, list[str]] = read(f"labels_{kind}")
    return labels[id][1 if lang == "fr" else 0]


@cache
def ids(kind: str) -> frozenset[str]:
    """Every id of a kind."""
    return frozenset(read(f"labels_{kind}"))
