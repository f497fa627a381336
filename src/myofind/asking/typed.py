"""The facts as typed, before they are read, and a patient with what was noticed while they were."""

from __future__ import annotations

import re
from collections.abc import Iterable

from myofind.diagnostics import InputError, shown
from myofind.domain.patient import Patient
from myofind.records import NamedTuple


class Typed(NamedTuple):
    """The facts as typed, before they are read."""

    subtypes: tuple[str, ...] = ()
    age: str | None = None
    birth_date: str | None = None
    antibodies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sex: str | None = None
    onset: str | None = None
    ild: bool | None = None
    refractory: bool | None = None
    country_codes: tuple[str, ...] = ()
    """Countries given by their code in a file, where no letters stand for two (SK typed may be South Korea)."""
    facts: tuple[str, ...] = ()
    """Facts of the table, as `asking.typed_facts` reads them."""
    treatments: tuple[str, ...] = ()
    age_days: str | None = None
    """Completed days of age, or the least and the most, in a profile where years and months say too little."""
    replaced_age: str | None = None
    """The birth date, or else the age, of a profile file where the other of the two is typed over it."""


class Profile(NamedTuple):
    """A patient and what was noticed; `age` as it is shown (years, months).

    `readings` are the notes about how what was typed was read; the others say what the field knows of such a patient.
    """

    patient: Patient
    age: tuple[int | None, int | None] | None
    notes: tuple[str, ...]
    readings: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    """The readings that tell of a name read although it was not typed quite so."""


def overlay(base: Typed, over: Typed) -> Typed:
    """Options over a profile file: what was typed on the command line wins."""
    merged = {
        field: getattr(over, field) if getattr(over, field) not in (None, ()) else getattr(base, field)
        for field in Typed._fields
    }
    if over.countries:
        merged["country_codes"] = ()
    if base.facts and over.facts:
        from myofind.asking.typed_facts import fact_texts, named_fact

        newer = {named_fact(text) for typed in over.facts for text in fact_texts(typed)}
        older = (text for typed in base.facts for text in fact_texts(typed))
        merged["facts"] = (*(text for text in older if named_fact(text) not in newer), *over.facts)
    if base.treatments and over.treatments:
        from myofind.asking.typed_treatments import named_drug, treatment_texts

        newer = {named_drug(text) for typed in over.treatments for text in treatment_texts(typed)}
        earlier = (text for typed in base.treatments for text in treatment_texts(typed))
        merged["treatments"] = (*(text for text in earlier if named_drug(text) not in newer), *over.treatments)
    if over.age is not None and over.birth_date is None:
        merged["birth_date"], merged["age_days"], merged["replaced_age"] = None, None, base.birth_date
    if over.birth_date is not None and over.age is None:
        merged["age"], merged["age_days"], merged["replaced_age"] = None, None, base.age
    return Typed(**merged)


_UNREADABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd\ue000-\uf8ff]"


def check_readable(typed: Typed) -> None:
    """Control characters, broken bytes and reversed text are refused rather than dropped from a name; nor is a fact given empty."""
    for field, value in zip(Typed._fields, typed, strict=True):
        for text in value if isinstance(value, tuple) else (value,):
            if field in _EMPTY and isinstance(text, str) and not text.strip():
                raise InputError(
                    _EMPTY[field], ("leave it out, or say what is known", "ne pas le donner, ou dire ce qui est connu")
                )
            if isinstance(text, str) and not text.isprintable() and re.search(_UNREADABLE, text):
                raise InputError(
                    (
                        f"`{shown(text)}` holds characters that cannot be read",
                        f"`{shown(text)}` contient des caractères illisibles",
                    ),
                    ("type it again", "le retaper"),
                )


_EMPTY = {
    "age": ("the age is empty", "l'âge est vide"),
    "birth_date": ("the birth date is empty", "la date de naissance est vide"),
    "countries": ("the country is empty", "le pays est vide"),
    "sex": ("the sex is empty", "le sexe est vide"),
    "onset": ("the onset is empty", "le début est vide"),
}
"""What is said of a fact that is given and says nothing, as `-a "$AGE"` may; where each fact is read, of the others."""


def known_facts(typed: Iterable[object]) -> bool:
    """Whether anything at all was typed."""
    return any(value not in (None, ()) for value in typed)
