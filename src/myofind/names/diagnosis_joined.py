"""Two diagnoses in one text: joined by a sign or a word, or one right after the other; which of them is meant is plain, or it is asked."""

from __future__ import annotations

import re

from myofind.names.diagnosis_words import diagnosis_words
from myofind.names.laboratory_names import owner
from myofind.names.normal import compact, words
from myofind.names.subtypes import APART, ancestors, is_inflammatory
from myofind.names.vocabulary import Resolution, exact_id, resolve

__all__ = ["either", "kind_of_general", "of_two_words", "side_by_side", "with_company"]

_AND = r"(?i)\s+(?:and|et|avec|with|plus)\s+|\s*[;,+&]\s*"
_BETWEEN = r"[/+&]"
"""Signs that join two diagnoses."""
_LISTED = r"[/+&,;]|\s[-–—]\s"
"""Signs that join or only list them."""
_WITH = r"(?i)\s(?:avec|with|mit)\s"
_GENERAL = r"\s*[(:,]\s*|\s[-–—]\s"
"""Signs between the name of myositis as a whole and its kind."""
_APART = APART["amyopathic"] | APART["sine_dermatitis"] | APART["juvenile"]
"""Forms that trials treat apart from the disease they are a kind of: beside its name they are no mere refinement."""
_WHOLE = frozenset(("iim", "jiim"))
"""Names of myositis as a whole, which any kind refines."""
_SYNDROMES = frozenset(("asys", "asys_ild"))
"""Diseases that an antibody defines, and that may come with any kind of myositis."""


def either(text: str) -> Resolution | None:
    """`DM/CADM`, `DM, CADM`, `ASyS + PM`: two kinds of myositis joined as two: which of them is asked."""
    kinds = _named(re.split(_BETWEEN, text))
    if len(kinds) > 1:
        first, *others = ({id, *ancestors(id)} for id in kinds)
        of_one_line = any(not (first & other).isdisjoint((*kinds, "dm", "overlap")) for other in others)
        if of_one_line:
            return _several(text, kinds)
    kinds = _named(re.split(_LISTED, re.sub(_WITH, ",", text) if _has_form_apart(text) else text))
    return _several(text, kinds) if len(kinds) > 1 and _told_apart(kinds) else None


def of_two_words(text: str) -> Resolution | None:
    """`DM CADM`: a disease and a form of it that is told apart, each in one word."""
    typed = text.split()
    kinds = _named(typed) if len(typed) == 2 else ()
    if len(kinds) < 2 or not _told_apart(kinds):
        return None
    first, second = (set(diagnosis_words(words(word))) for word in typed)
    return (
        _several(text, kinds) if first < second or second < first else None
    )  # `hypomyopathique` alone is an adjective


def kind_of_general(text: str) -> Resolution | None:
    """`myosite (DM)`, `MII : IBM`: myositis by its general name, and behind a sign its kind."""
    parts = [part for part in re.split(_GENERAL, text.rstrip(") "), maxsplit=1) if part]
    if len(parts) != 2 or exact_id("subtypes", parts[0]) != "iim":
        return None
    kind = exact_id("subtypes", parts[1])
    if kind is None or not is_inflammatory(kind):
        return None
    return Resolution("subtypes", text, "exact", kind, (), (), "a_name")


def _named(parts: list[str]) -> tuple[str, ...]:
    """The diseases that the parts of a text name, each once; none where a part names none."""
    kinds = tuple(dict.fromkeys(exact_id("subtypes", part) or "" for part in parts if not _an_antibody(part)))
    return kinds if all(kinds) else ()


def _an_antibody(part: str) -> bool:
    """Does a part name an antibody that is found, and no disease?"""
    id = owner(tuple(word for word in words(part) if not word.startswith("+")))
    return id is not None and id[0] not in "?|" and exact_id("subtypes", part) is None


def _has_form_apart(text: str) -> bool:
    """Is one of two diseases that `with` joins a form that trials treat apart?"""
    return any(exact_id("subtypes", part) in _APART for part in re.split(_WITH, text)[:2])


def _told_apart(kinds: tuple[str, ...]) -> bool:
    """Is one a form of another that trials treat apart, or an antibody's disease beside a kind of myositis?"""
    for kind in kinds:
        others = set(kinds) - {kind}
        if kind in _APART - _WHOLE and not others.isdisjoint((ancestors(kind) | _APART) - _WHOLE):
            return True
        beside = others - _SYNDROMES - ancestors(kind)
        if kind in _SYNDROMES and any(is_inflammatory(other) for other in beside):
            return True
    return False


def _several(text: str, kinds: tuple[str, ...]) -> Resolution:
    return Resolution("subtypes", text, "ambiguous", None, kinds, (), "several")


def with_company(text: str, exact: bool) -> tuple[Resolution, list[str]] | None:
    """`DM et diabète de type 2`: the one inflammatory disease among the diseases a text joins, and the others."""
    parts = [part for part in re.split(_AND, text) if part and compact(part)]
    if len(parts) < 2:
        return None
    readings = [resolve("subtypes", part, exact=exact) for part in parts]
    if any(reading.id is None for reading in readings):
        return None
    inflammatory = [reading for reading in readings if reading.id and is_inflammatory(reading.id)]
    kinds = tuple(dict.fromkeys(reading.id for reading in inflammatory if reading.id))
    others = [reading.id for reading in readings if reading.id and not is_inflammatory(reading.id)]
    if len(kinds) == 1 and not _HEREDITARY.isdisjoint(others):
        kinds = (*kinds, *others)  # the one is what the other is mistaken for
    if len(kinds) == 1:
        return inflammatory[0]._replace(typed=text), others
    if len(kinds) > 1:
        return Resolution("subtypes", text, "ambiguous", None, kinds, (), "several"), []
    return None


_HEREDITARY = frozenset(("gne", "ibmpfd"))
"""Myopathies that carry the name of inclusion body myositis: beside it they are no company."""


def side_by_side(text: str) -> tuple[Resolution, list[str]] | None:
    """`hIBM GNE`: two names of one disease, one right after the other; of `IBM GNE`, which of the two is meant is asked."""
    parts = text.split()
    for at in range(1, len(parts) if len(parts) < _MOST_WORDS else 0):
        first = exact_id("subtypes", " ".join(parts[:at]))
        second = exact_id("subtypes", " ".join(parts[at:])) if first else None
        if first is None or second is None:
            continue
        if first == second:
            return Resolution("subtypes", text, "exact", first, (), (), "a_name"), []
        if {first, second} & _HEREDITARY:
            return Resolution("subtypes", text, "ambiguous", None, (first, second), (), "several"), []
    return None


_MOST_WORDS = 9
