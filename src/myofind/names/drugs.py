"""Which drug belongs to which class of the drug vocabulary."""

from __future__ import annotations

from functools import cache

from myofind.names.compiled_files import read

__all__ = ["classes", "members"]


def _parents() -> dict[str, list[str]]:
    parents: dict[str, list[str]] = read("groups")["drugs"]
    return parents


@cache
def classes(id: str) -> frozenset[str]:
    """Every class that holds this drug, at any depth: rituximab is an anti-CD20, a B-cell depletion and a biologic."""
    found: set[str] = set()
    ahead = list(_parents()[id])
    while ahead:
        above = ahead.pop()
        if above not in found:
            found.add(above)
            ahead.extend(_parents()[above])
    return frozenset(found)


@cache
def members(id: str) -> frozenset[str]:
    """Every drug and class below a class; nothing for a drug that is no class."""
    if id not in _parents():
        raise KeyError(id)
    return frozenset(other for other in _parents() if id in classes(other))
