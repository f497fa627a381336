"""The sex as typed, in English, French or German, and the words that say that a fact is not known."""

from __future__ import annotations

from typing import Literal

from myofind.asking.profile_keys import fold
from myofind.diagnostics import InputError, shown
from myofind.names.normal import word_set

__all__ = ["not_known", "read_sex"]

_FEMALE = word_set(
    "f female femme feminin woman fille girl w weiblich frau madchen mme madame fem feminine patiente patientin"
)
_MALE = word_set("m male homme masculin man garcon boy h mannlich mann junge monsieur herr masc")
_BESIDE = frozenset(
    ("patient", "pt", "sex", "sexe", "gender", "genre", "of", "de", "a", "an", "un", "une", "the", ":", "=")
)
"""What may stand beside the word for the sex: `male patient`, `patient de sexe masculin`."""
_UNKNOWN = frozenset(
    ("", "?", "unknown", "inconnu", "inconnue", "unbekannt", "not_known", "non_connu", "non_renseigne")
)


def not_known(text: str) -> bool:
    """Does a text say that nothing is known? Then it is as if it had not been typed."""
    return fold(text.strip()) in _UNKNOWN


def read_sex(text: str | None) -> Literal["female", "male"] | None:
    """The sex, in English, French or German."""
    if text is None or not_known(text):
        return None
    words = [word for word in fold(text.strip().rstrip(".")).replace(":", "_").split("_") if word not in _BESIDE]
    if words and all(word in _FEMALE for word in words):
        return "female"
    if words and all(word in _MALE for word in words):
        return "male"
    typed = shown(text, 30)
    raise InputError(
        (f"`{typed}` is not a sex that trials use", f"`{typed}` n'est pas un sexe que les essais distinguent"),
        ("write female or male", "écrire femme ou homme"),
    )
