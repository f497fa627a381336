"""A drug goes by one name: the international one of the vocabulary, in lower case and without its dose."""

from __future__ import annotations

import re

from myofind.names.vocabulary import label, resolve

__all__ = ["usual_name", "without_dose"]

_DOSE = re.compile(r"[ ,]+\(?\d+(?:[.,]\d+)? ?(?:mg|g|µg|mcg|ml|iu|ui|%)(?:/\w+)*\)?\b.*$", re.IGNORECASE)
_BRAND = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?[®™]?")


def without_dose(name: str) -> str:
    """A name without the dose after it: `rituximab 1 g` is `rituximab`."""
    return _DOSE.sub("", name)


def usual_name(name: str) -> str:
    """The name a drug goes by: the international one of a brand, all others in lower case."""
    lower = name.lower()
    if _BRAND.fullmatch(name):
        drug = resolve("drugs", name.rstrip("®™"), exact=True).id
        usual = label("drugs", drug) if drug else lower
        if drug and re.fullmatch(r"[a-z]+(?: [a-z]+)?", usual) and " " not in lower.strip():
            return usual
    return lower
