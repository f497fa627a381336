"""Two writings of one name have one normal form.

The normal form keeps what distinguishes names (letters, digits, a plus sign) and drops how they were typed: case, accents, full-width and
superscript forms, ligatures, Greek letters against their names, look-alike Cyrillic letters, dashes, slashes, dots and spaces of every kind.
It is a line of words separated by single spaces; two names are compared through `compact`, which has no spaces at all, so that `Jo-1`, `Jo 1`
and `Jo1` are one name. Words that only say "antibody" stay here, as text search wants them, and are dropped by `myofind.names.rewriting`.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["compact", "normal_form", "unreadable", "word_set", "words"]

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "o", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ɣ": "gamma", "ɑ": "alpha", "ꞵ": "beta",
}  # fmt: skip
_LETTERS = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h",
    # Cyrillic letters that look Latin: a pasted table may carry them
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "і": "i", "ј": "j",
    "ѕ": "s",
    "&": " and ", "@": " at ", "±": " +- ",
}  # fmt: skip
_TABLE = str.maketrans({**{k: f" {v} " for k, v in _GREEK.items()}, **_LETTERS})
_SHARP_S = r"(?<![^\W\d_])ß"
_WORD = r"[a-z0-9]+|\++"


@lru_cache(maxsize=4096)
def normal_form(text: str) -> str:
    """The normal form of a name: lower-case ASCII words, and plus signs, separated by single spaces.

    >>> normal_form("Ac anti-TIF1γ ++")
    'ac anti tif1 gamma ++'
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    if not (text.isascii() and text.isprintable()):
        import unicodedata

        text = re.sub(_SHARP_S, "β", text)
        text = unicodedata.normalize("NFKD", text).casefold().translate(_TABLE)
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(re.findall(_WORD, text.lower().replace("&", " and ")))


def words(text: str) -> list[str]:
    """The words of the normal form."""
    return normal_form(text).split()


def compact(text: str) -> str:
    """The normal form without spaces and plus signs: what an exact name is compared by."""
    return normal_form(text).replace(" ", "").replace("+", "")


def unreadable(text: str) -> bool:
    """Does a text hold a letter or figure that the normal form has no writing for, as `漢` or `ж`, so that it would vanish?"""
    return not text.isascii() and any(char.isalnum() and not char.isascii() and not words(char) for char in text)


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: how the word lists of these modules are written."""
    return frozenset(text.split())
