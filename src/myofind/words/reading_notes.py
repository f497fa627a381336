"""What is noticed in reading names, in French: names are read without knowing the reader's language."""

from __future__ import annotations

import re

from myofind.names.vocabulary import label, resolve

_NEGATIVE_PANEL = "; not for anti-HMGCR nor anti-cN1A, which are tested apart"
_FRENCH: tuple[tuple[str, str], ...] = (
    (r"not read: (`.+`) (positive|negative|borderline|not_tested): it names no antibody", "non lu : {0} {1} : aucun anticorps n'est nommé"),
    (r"not read: (.+)", "non lu : {0}"),
    (r"(`.+`): not tested or not known, which is never negative", "{0} : non testé ou non connu, ce qui n'est jamais négatif"),
    (r"(`.+`) is read as negative for the usual line blot: (.+)" + _NEGATIVE_PANEL, "{0} : lu comme négatif pour le dot usuel : {1} ; mais pas pour les anti-HMGCR ni les anti-cN1A, qui se dosent à part"),
    (r"cancer-associated: kept as a remark, most trials exclude recent cancer", "associée à un cancer : gardé en remarque, la plupart des essais excluent un cancer récent"),
    (r"also mentioned: (.+)", "également cité : {0}"),
)  # fmt: skip
_RESULTS = {"positive": "positif", "negative": "négatif", "borderline": "douteux", "not_tested": "non testé"}


def in_french(note: str) -> str:
    """A note of reading in French; one that is not known stays as it is."""
    for pattern, french in _FRENCH:
        found = re.fullmatch(pattern, note, re.DOTALL)
        if found:
            return french.format(*(_RESULTS.get(part, _name(part)) for part in found.groups()))
    return note


def _name(text: str) -> str:
    """The French name of a diagnosis named in English; anything else is as it was typed."""
    found = resolve("subtypes", text, exact=True).id
    return text if found is None or label("subtypes", found) != text else label("subtypes", found, "fr")
