"""The tree of myositis subtypes: what is a kind of what, and which forms trials treat apart."""

from __future__ import annotations

from functools import cache

from myofind.names.compiled_files import read

__all__ = ["APART", "JUVENILE_OF", "QUALIFIERS", "ancestors", "descendants", "is_inflammatory"]

JUVENILE_OF = {"dm": "jdm", "pm": "jpm", "imnm": "jimnm", "overlap": "joverlap", "iim": "jiim"}
"""The juvenile form of an adult kind: the same disease with onset before 18."""

APART: dict[str, frozenset[str]] = {
    "amyopathic": frozenset({"cadm", "adm", "hdm"}),
    "sine_dermatitis": frozenset({"dmsd"}),
    "juvenile": frozenset({"jiim", "jdm", "jpm", "jimnm", "joverlap"}),
    "ibm": frozenset({"ibm"}),
    "checkpoint": frozenset({"ici_myositis"}),
}
"""Forms that trials treat apart: a trial that admits a broader kind and is silent about them has not said yes.

The criterion is then `unknown`, neither met nor not met: a trial of dermatomyositis that names no amyopathic form may or may not take it.
"""


QUALIFIERS = frozenset({"cam"})
"""Words that qualify a disease and are none of their own: they hold for every diagnosis under discussion."""


def _parents() -> dict[str, list[str]]:
    parents: dict[str, list[str]] = read("groups")["subtypes"]
    return parents


@cache
def ancestors(id: str) -> frozenset[str]:
    """Every kind this subtype is a kind of, itself left out: `jdm` is `jiim`, `dm` and `iim`."""
    found: set[str] = set()
    ahead = list(_parents()[id])
    while ahead:
        parent = ahead.pop()
        if parent not in found:
            found.add(parent)
            ahead.extend(_parents()[parent])
    return frozenset(found)


@cache
def descendants(id: str) -> frozenset[str]:
    """Every kind of this subtype, itself left out."""
    if id not in _parents():
        raise KeyError(id)
    return frozenset(other for other in _parents() if id in ancestors(other))


def is_inflammatory(id: str) -> bool:
    """Is it an inflammatory myopathy? False for `not_iim` and everything below it, which match no trial."""
    return id != "not_iim" and "not_iim" not in ancestors(id)
