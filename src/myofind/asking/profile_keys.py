"""The keys of a profile and the columns of a table of patients: which fact each gives, and which identify a person.

Beside them the values of a word: a yes or a no, the sex, and what says that nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from myofind.diagnostics import InputError, shown
from myofind.names.facts import FACTS, FactId
from myofind.names.normal import word_set
from myofind.names.vocabulary import resolve

FIELDS: dict[str, str] = {
    "subtypes": "subtypes", "subtype": "subtypes", "diagnosis": "subtypes",
    "age": "age", "birth_date": "birth_date", "age_days": "age_days", "age_en_jours": "age_days",
    "autoantibodies": "antibodies", "antibodies": "antibodies",
    "countries": "countries", "country": "countries",
    "sex": "sex", "onset": "onset", "ild": "ild", "refractory": "refractory",
    "sous_types": "subtypes", "sous_type": "subtypes", "diagnostic": "subtypes", "diagnostics": "subtypes",
    "date_de_naissance": "birth_date", "naissance": "birth_date", "date_naissance": "birth_date", "ddn": "birth_date", "annee_de_naissance": "birth_date", "annee_naissance": "birth_date",
    "date_of_birth": "birth_date", "dob": "birth_date", "year_of_birth": "birth_date", "birth_year": "birth_date", "yob": "birth_date",
    "date_of_onset": "onset", "onset_date": "onset", "date_de_debut": "onset", "date_debut": "onset", "date_debut_symptomes": "onset", "date_de_debut_des_symptomes": "onset",
    "auto_anticorps": "antibodies", "autoanticorps": "antibodies", "anticorps": "antibodies",
    "pays": "countries", "sexe": "sex", "debut": "onset", "debut_des_symptomes": "onset",
    "pid": "ild", "pneumopathie_interstitielle": "ild", "refractaire": "refractory",
    "facts": "facts", "treatments": "treatments", "treatment": "treatments", "traitements": "treatments", "traitement": "treatments",
}  # fmt: skip
"""The keys of a profile, or the columns of a table of patients, and the fact each gives: in English, then in French, as `fold` leaves them."""

IDENTIFYING = (
    r"name|nom(?!bre)|prenom|surname|mrn|ipp|nip|iep|nir|ssn|nhs|insee|ins$|social|secu|address|adresse|street|rue|zip|postal|postcode|phone|tel|mobile|mail|"
    r"passport|record|dossier|patient.?id|hospital.?(id|number|no)|identi|photo|doctor|medecin|^id$|ville|city"
)


def fold(text: str) -> str:
    """A key without case, accents, spaces and hyphens."""
    plain = text.lower()
    if not plain.isascii():
        import unicodedata

        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.replace(" ", "_").replace("-", "_")


def fact_key(key: str) -> FactId | None:
    """The fact of the table that a key or a column names; ids first, so that no name of a fact is taken for a person's."""
    plain = fold(key)
    if plain in FACTS:
        return plain
    id = resolve("facts", key, exact=True).id
    return id if id in _BY_A_PERSON or not re.search(IDENTIFYING, plain) else None


_BY_A_PERSON = frozenset(("phga", "ptga"))
"""Facts whose names tell who judged, and nobody's name: `EVA médecin`."""


def yes_no(text: str) -> bool | None:
    """A yes or a no, in English or French; None for any other text."""
    word = fold(text)
    return True if word in _YES else False if word in _NO else None


_YES = frozenset(("true", "vrai", "yes", "oui", "o", "y", "ja", "present", "1"))
_NO = frozenset(("false", "faux", "no", "non", "n", "nein", "absent", "0"))


def stance(field: str, text: str) -> bool | tuple[str, ...]:
    """Lung or refractory disease as a yes or a no, else as a fact of the table is typed, whose reader knows doubts."""
    told = yes_no(text)
    return (f"{field}={text}",) if told is None else told


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


def unsigned_first(texts: Iterable[str]) -> tuple[str, ...]:
    """The answers to one fact, those that deny something last, so that no denial reaches another."""
    return tuple(
        sorted(
            texts,
            key=lambda text: (
                re.match(r"(?i)(?:no|not|non|pas|sans|aucune?|kein\w*|without)\b", text.strip()) is not None
            ),
        )
    )
