"""Which drug a text names: the longest name first, or what is taken beside and no trial asks about."""

from __future__ import annotations

from myofind.asking.tokens import GLUE, Text, Token, name_words, read_text
from myofind.asking.treatment_doses import dose_words
from myofind.asking.treatment_refusals import no_drug, which_drug
from myofind.asking.treatment_times import DrugName
from myofind.asking.treatment_wording import one_wording
from myofind.asking.treatment_words import COMPANIONS, HARMLESS, NEVER_OTHER, NO_OTHER, NOW, WHEN
from myofind.diagnostics import InputError
from myofind.domain.patient import OTHER
from myofind.names.vocabulary import Resolution, resolve

__all__ = ["companion", "drug_of", "named_drug", "without_brand"]


def named_drug(typed: str) -> str | None:
    """The drug a text names; none where it names none that is known."""
    if name_words(typed) in NO_OTHER | NEVER_OTHER:
        return OTHER
    try:
        return drug_of(read_text(one_wording(typed))).drug
    except InputError:
        return None


def drug_of(text: Text) -> DrugName:
    """The drug of a text, the longest name first; raises InputError where there is none, or its name is ambiguous."""
    tokens = text.tokens
    doubtful: Resolution | None = None
    for length in range(min(8, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = tokens[start : start + length]
            if not (part[0].text.isalnum() and part[-1].text.isalnum()):
                continue
            if not all(token.text.isalnum() or token.text in GLUE for token in part) or (
                length == 1 and part[0].text in WHEN
            ):
                continue
            told = resolve("drugs", text.part(part), exact=True)
            if told.id is not None and told.id not in ("placebo", "standard_of_care"):
                return DrugName(start, start + length, told.id, text.part(part))
            if told.outcome == "ambiguous" and doubtful is None and told.why != "several":
                doubtful = told
    raise which_drug(text.typed, doubtful) if doubtful is not None else no_drug(text.typed)


def without_brand(text: Text, rest: list[Token], drug: str) -> list[Token]:
    """The tokens without a second name of the same drug in brackets: `abatacept (Orencia)`."""
    opening = [at for at, token in enumerate(rest) if token.text == "("]
    for first in opening:
        last = next((at for at in range(first, len(rest)) if rest[at].text == ")"), 0)
        inside = rest[first + 1 : last]
        if inside and resolve("drugs", text.part(inside), exact=True).id == drug:
            return [*rest[:first], *rest[last + 1 :]]
    return rest


def companion(typed: str) -> bool:
    """Does a text name something that is taken beside and no trial asks about, with its dose at most?"""
    text = read_text(typed)
    left = dose_words(text, text.tokens).rest
    words = tuple(token.text for token in left if token.text not in GLUE)
    return any(
        words[at:end] in COMPANIONS and not set(words[:at] + words[end:]) - HARMLESS - NOW
        for at in range(len(words))
        for end in range(at + 1, len(words) + 1)
    )
