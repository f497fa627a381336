"""What says neither yes nor no: `with or without`, `avec/sans`, `ou non`."""

from __future__ import annotations

import re

from myofind.asking.tokens import as_typed, fold, refusal
from myofind.diagnostics import InputError, shown

__all__ = ["check_not_neither", "says_neither"]

_WITH = r"(?:avec|with|mit|w/)"
_WITHOUT = r"(?:sans|without|ohne|w/\s?o|with\s+no|with\s+none)"
_JOINED = r"\s*(?:,\s*)?(?:/|\||&|(?:and|et|und|or|ou|oder|et\s*/\s*ou|and\s*/\s*or|und\s*/\s*oder)\b)\s*"
_NEITHER = re.compile(
    rf"\b{_WITH}(?:{_JOINED})(?:{_WITHOUT}|pas|not|nicht|non)\b|\b{_WITHOUT}(?:{_JOINED}){_WITH}(?!\w)|\bw/\s?w/?o\b"
    r"|\b(?:yes|oui|ja|presence|present|presente|vorhanden|positive?|positif)\s*(?:/|\bor\b|\bou\b|\boder\b)\s*(?:no|non|nein|absence|absent|absente|negative?|negatif|nicht)\b"
    r"|\b(?:or|ou|oder)\s+(?:not|no|non|pas|nicht|nein)\s*(?=[,;)\]]|\Z)"
)
"""`with or without`, `avec/sans`, `mit oder ohne`, `présence ou absence de`, `ou non`."""


def check_not_neither(typed: str) -> None:
    """Raise InputError for a text that says `with or without`, which is neither."""
    neither = _NEITHER.search(fold(typed))
    if neither is not None:
        raise says_neither(typed, neither[0].strip())


def says_neither(typed: str, what: str) -> InputError:
    """That a part of a text says neither yes nor no."""
    what = as_typed(typed, what)
    return refusal(
        f"`{shown(typed)}`: `{shown(what, 30)}` says neither yes nor no",
        f"`{shown(typed)}` : `{shown(what, 30)}` ne dit ni oui ni non",
        (
            "leave out what is not known, or say which of the two it is",
            "omettre ce qui n'est pas connu, ou dire lequel des deux",
        ),
    )
