"""Which drug belongs to which class of the drug vocabulary."""

from __future__ import annotations

from myofind.names.compiled_files import above, below

__all__ = ["classes", "members"]


def classes(id: str) -> frozenset[str]:
    """Every class that holds this drug, at any depth: rituximab is an anti-CD20, a B-cell depletion and a biologic."""
    return above("drugs", id)


def members(id: str) -> frozenset[str]:
    """Every drug and class below a class; nothing for a drug that is no class."""
    return below("drugs", id)
