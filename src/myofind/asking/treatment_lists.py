"""A list of treatments as the texts of single ones, each with what a heading says of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from myofind.asking.clauses import parts_of
from myofind.asking.tokens import name_words, read_text
from myofind.asking.treatment_drugs import companion, drug_of, named_drug
from myofind.asking.treatment_refusals import shared_word
from myofind.asking.treatment_wording import one_wording
from myofind.asking.treatment_words import BEFORE, HARMLESS, NEVER, NOT_NOW, NOW, TAKEN, WHEN
from myofind.domain.patient import OTHER

__all__ = ["LONGEST_LIST", "one_after_other", "treatment_texts"]


def treatment_texts(typed: str) -> tuple[str, ...]:
    """The texts of single treatments in a list of them; the text itself where it is no list, or a part names no drug.

    Raises InputError where it is not plain to which of them a word or a time belongs.
    """
    headed = list(_headed(listed for listed in _LINES.split(typed[: LONGEST_LIST + 1]) if listed.strip()))
    lists = [
        [
            each if _own_time(each) else f"{head or ''} {each}".strip()
            for each in parts_of(read_text(one_wording(_BRACKETED.sub(" \\1 ", listed))), lambda tokens, at: None)
        ]
        for head, listed in headed
    ]
    texts = tuple(part.strip() for parts in lists for part in parts)
    if len(texts) < 2 or len(typed) > LONGEST_LIST or not all(named_drug(part) or companion(part) for part in texts):
        return (typed,)
    said_of_all = [
        [] if head is not None else _said_of_all(parts) for (head, _), parts in zip(headed, lists, strict=True)
    ]
    if "\n" not in typed:
        for at in range(1, len(headed)):  # `Prior: MTX; AZA`
            if headed[at - 1][0] == "prior" and headed[at][0] is None and not all(map(_own_time, lists[at])):
                said_of_all[at] = [each if _own_time(each) else f"prior {each}" for each in lists[at]]
    if any(said_of_all):
        whole = [part for parts, said in zip(lists, said_of_all, strict=True) for part in map(str.strip, said or parts)]
        raise shared_word(typed, texts, whole)
    return texts


_HEADING = re.compile(r"(?P<head>[^:;,\n0-9]{3,60}?)\s*:\s*(?P<rest>.*)", re.DOTALL)


def _headed(lists: Iterable[str]) -> Iterator[tuple[str | None, str]]:
    """Each list with the word that its heading says of every treatment: `Antérieurs : MTX, AZA`; None where it says none.

    A heading that stands alone on its line is of all lines below it.
    """
    above: str | None = None
    for listed in lists:
        found = _HEADING.fullmatch(listed.strip())
        said = set(name_words(found["head"])) if found else set()
        if found is None or not said or not said <= NOW | BEFORE | HARMLESS:
            yield above, listed
            continue
        head = "prior" if said & BEFORE else "" if said & NOW else None
        if found["rest"]:
            yield head, found["rest"]
        else:
            above = head


def _own_time(typed: str) -> bool:
    """Does a part of a list say itself when it was taken?"""
    return bool(_SAID & set(name_words(typed))) or re.search(r"(?:19|20)[0-9]{2}", typed) is not None


_BRACKETED = re.compile(
    r"(?i)\s*\(([^(),;+&]*(?:[0-9]|[ée]chec|fail|ineff|arr[eê]t|stop|en cours|ongoing)[^(),;+&]*)\)"
)
"""What stands in brackets behind one treatment of a list: its years or its dose."""
LONGEST_LIST = 2000
"""Characters of a list of treatments, each of which is as short as a fact."""
_LINES = re.compile(
    r"\s*(?:;|\n)\s*(?:(?:[-–•*]|[0-9]{1,2}[.)])\s+)?|\A\s*(?:[-–•*]|[0-9]{1,2}[.)])\s+|\.\s+(?=[^\W\d_][^:;,.\n]{2,40}:)"
)
"""What parts the treatments of a list beyond doubt: a semicolon, or a line with its bullet."""


_SAID = WHEN.keys() | NOW | NOT_NOW | NEVER | BEFORE | TAKEN
_REACHING = WHEN.keys() | BEFORE | TAKEN


def _said_of_all(parts: Sequence[str]) -> list[str]:
    """A list with what is said of one drug said of all, where it may be: a word before it reaches those after it, a time those before it."""
    apart = [part for part in parts if named_drug(part) == OTHER]
    parts = [part for part in parts if part not in apart and not companion(part)]
    said = [bool(_SAID & set(name_words(part))) for part in parts]
    for at, part in enumerate(parts):
        text = read_text(part)
        name = drug_of(text)
        lead, tail = text.tokens[: name.start], text.tokens[name.end :]
        if any(token.text in _REACHING for token in lead) and not all(said[at + 1 :]):
            words = text.part(lead)
            return [*(each if said[i] or i < at else f"{words} {each}" for i, each in enumerate(parts)), *apart]
        if (time := [token for token in tail if token.text in _REACHING | NOT_NOW | NEVER]) and not all(said[:at]):
            words = text.folded[time[0].start :].strip()
            return [*(each if said[i] or i > at else f"{each} {words}" for i, each in enumerate(parts)), *apart]
    return []


_THEN = re.compile(r"(?i)\s*[,;]?\s*(?:\b(?:puis|then|ensuite|dann)\b|->|→)\s*[:,]?\s*")


def one_after_other(typed: str) -> tuple[str, ...]:
    """The texts of treatments that were taken one after the other, each of which names its drug; none where it is no such text."""
    if len(typed) > LONGEST_LIST or _THEN.search(typed) is None:
        return ()
    parts = tuple(part.strip() for part in _THEN.split(typed))
    return parts if all(part and named_drug(part) not in (None, OTHER) for part in parts) else ()
