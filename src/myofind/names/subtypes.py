"""The tree of myositis subtypes: what is a kind of what, and which forms trials treat apart."""

from __future__ import annotations

from myofind.names.compiled_files import above, below

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


QUALIFIERS = ("jiim", "cam")
"""Words that qualify a disease (juvenile, cancer-associated): beside others they hold for every diagnosis under discussion."""


def ancestors(id: str) -> frozenset[str]:
    """Every kind this subtype is a kind of, itself left out: `jdm` is `jiim`, `dm` and `iim`."""
    return above("subtypes", id)


def descendants(id: str) -> frozenset[str]:
    """Every kind of this subtype, itself left out."""
    return below("subtypes", id)


def is_inflammatory(id: str) -> bool:
    """Is it an inflammatory myopathy? False for `not_iim` and everything below it, which match no trial."""
    return id != "not_iim" and "not_iim" not in ancestors(id)
