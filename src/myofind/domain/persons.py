"""Whether a contact is a person: a registry keeps lines of studies and departments, which stay when people move."""

from __future__ import annotations

import re
import unicodedata

_TITLE = re.compile(r"(?<![\w.])(?:Dr|Pr|Prof|Mr|Mrs|Ms|Mme|M|Docteur|Professeur|Doctor|Professor)\.? +[A-ZÀ-Þ]")
_TWO_NAMES = re.compile(
    r"[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)? +(?:[A-ZÀ-Þ]\.? +)?(?:de +|van +|von +)?[A-ZÀ-Þ][a-zà-ÿA-ZÀ-Þ'’-]+"
)
_OFFICE_WORDS = (
    "centre center hospital hopital clini universit institu departement department service unit trial study essai "
    "etude research recherche office bureau line ligne page site web association foundation fondation pharma therap "
    "bio medic health sante myosit patient info contact register registre network reseau sponsor promoteur team "
    "equipe rheum rhum neuro derm intern secret group europe global support call hotline switchboard standard "
    "connect news shiken chiken"
)
_PRIVATE_HOSTS = "gmail googlemail hotmail outlook live yahoo icloud me gmx orange wanadoo free sfr laposte aol proton protonmail 163 126 qq"
_OFFICE, _PRIVATE = tuple(_OFFICE_WORDS.split()), frozenset(_PRIVATE_HOSTS.split())
_OF_A_PERSON = re.compile(r"(?:[a-z]|[a-z]{2,}(?:-[a-z]+)?)[._-](?:de)?[a-z]{2,}(?:-[a-z]+)?\d{0,3}")


def person_in(text: str) -> bool:
    """Whether a label names a person: a title before a name, or two names that are no office's."""
    return bool(_TITLE.search(text)) or bool(_TWO_NAMES.fullmatch(text.strip()) and not _office(_plain(text)))


def person_at(address: str) -> bool:
    """Whether an electronic address is a person's: a private mailbox, or a first name or initial and a family name."""
    name, _, host = address.lower().partition("@")
    private = "." in host and host.partition(".")[0] in _PRIVATE
    return private or bool(_OF_A_PERSON.fullmatch(name) and not _office(name))


def _office(text: str) -> bool:
    """Whether a text holds a word of an office, of a study or of a place."""
    folded = text.lower()
    return any(word in folded for word in _OFFICE)


def _plain(text: str) -> str:
    """A text without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
