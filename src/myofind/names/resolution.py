"""What a typed name was taken for: one concept, one of several, or none; the reason is a code."""

from typing import Literal

from myofind.records import NamedTuple

__all__ = ["Resolution", "Why"]

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
