"""Where a text belongs that was typed with the wrong option: a drug with -T, a fact with -F, an antibody with -A, a diagnosis with -s."""

from __future__ import annotations

from myofind.asking.tokens import Unnamed
from myofind.asking.typed_facts import named_fact
from myofind.asking.typed_treatments import named_drug
from myofind.diagnostics import InputError, shown
from myofind.names.laboratory import read_results
from myofind.names.vocabulary import resolve

__all__ = ["with_other_option"]

LONGEST = 100
"""Characters of a text that is looked at: a slip of the option is short."""


def with_other_option(error: Unnamed) -> InputError:
    """A refusal with the option that reads the text, if one does, as its hint."""
    text = " ".join(error.typed.split())
    letter = _letter(text, error.field) if 1 < len(text) <= LONGEST else None
    if letter is None:
        return error
    quoted = shown(text).replace('"', "")
    hint = (f'is it meant as `-{letter} "{quoted}"`?', f'est-ce `-{letter} "{quoted}"` ?')
    return InputError(error.words, hint)


def _letter(text: str, field: str) -> str | None:
    if field != "treatments" and named_drug(text) is not None:
        return "T"
    if field != "facts" and named_fact(text) is not None:
        return "F"
    if resolve("subtypes", text, exact=True).id is not None:
        return "s"
    return "A" if read_results(text).results else None
