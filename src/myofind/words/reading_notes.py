"""What is noticed in reading names, in French: names are read without knowing the reader's language."""

from __future__ import annotations

import re

from myofind.names.vocabulary import label, resolve

_FRENCH: tuple[tuple[str, str], ...] = (
    (r"cancer-associated: most trials exclude recent cancer", "associée à un cancer : la plupart des essais excluent un cancer récent"),
    (r"also mentioned: (.+)", "également cité : {0}"),
)  # fmt: skip


def in_french(note: str) -> str:
    """A note of reading in French; one that is not known stays as it is."""
    for pattern, french in _FRENCH:
        found = re.fullmatch(pattern, note, re.DOTALL)
        if found:
            return french.format(*(_name(part) for part in found.groups()))
    return note


def _name(text: str) -> str:
    """The French name of a diagnosis named in English; anything else is as it was typed."""
    found = resolve("subtypes", text, exact=True).id
    return text if found is None or label("subtypes", found) != text else label("subtypes", found, "fr")
