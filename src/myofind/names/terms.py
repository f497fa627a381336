"""The concepts of each vocabulary: what each is called and belongs to; and which of them a typed name was taken for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from myofind.names.compiled_files import read
from myofind.records import NamedTuple

__all__ = ["KINDS", "Resolution", "Term", "Why", "ids", "label", "term", "terms"]

Why = Literal[
    "exact_name", "a_name", "place", "several", "declared", "letters", "corrected", "unknown", "near", "too_long", "no_letter", "denied",
]  # fmt: skip
"""`several`: names of more than one concept stand together; `declared`: the vocabulary says that the name is ambiguous; `letters`,
`corrected`: a slip was read; `near`: unknown, and something is like it; `denied`: unknown, and what it is like is denied."""


class Resolution(NamedTuple):
    """What a typed name is, and why; `words.resolutions` says it."""

    kind: str
    typed: str
    outcome: str
    """`exact`, `accepted` (a slip was read), `ambiguous` or `unknown`."""
    id: str | None
    candidates: tuple[str, ...]
    """The readings of an ambiguous name."""
    suggestions: tuple[str, ...]
    """Up to three ids an unknown name may have meant."""
    why: Why
    details: tuple[str, ...] = ()
    """What the reason speaks of: the number of a declared entry, of letters, or words and what they were corrected to."""
    place: bool = False
    """Was a country read from one of its places (`Québec`, `London`)? Then it is said."""


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
    labels: dict[str, tuple[str, str]] = read(f"labels_{kind}")
    return labels[id][1 if lang == "fr" else 0]


@cache
def ids(kind: str) -> frozenset[str]:
    """Every id of a kind."""
    return frozenset(read(f"labels_{kind}"))
