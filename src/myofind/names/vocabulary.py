"""One name, one concept, or a refusal that says what it could be: the table decides, a score only helps with typing.

Autoantibodies and drugs are read exactly or not at all. A slip of the keyboard in a diagnosis or a country may be read, and says so.
An ambiguous name is refused with its readings. Text is only ever read in the vocabulary of its own field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from myofind.names.compiled_files import read
from myofind.names.normal import compact, normal_form, unreadable, word_set, words
from myofind.names.terms import KINDS, Resolution, Term, Why, ids, label, term, terms

__all__ = ["KINDS", "Resolution", "Term", "exact_id", "ids", "label", "recognize", "resolve", "term", "terms"]

# --- resolving ---------------------------------------------------------------------------------------------------------------------------

_OUTER = r"^(?P<a>[^()\[\]]+?)\s*[(\[](?P<b>[^()\[\]]+)[)\]]\s*(?P<c>[^()\[\]]*)$"
_JOINED = r"\s+[-–—−=:|]\s+|\s*[=:|;,]\s*|\s*/\s*|\s+-|-\s+|[–—]"
_PLUS = r"\w\s+\+\s+\w"
"""A plus that joins two names, where `compact` would make one of them: `DM + diabetes`."""
_NOT_KNOWN = r"(?i)\W*n\s*[/.]\s*a\W*"
"""`N/A`: nothing is known; only `NA`, as it is, is the code of Namibia."""
_LOINC = r"(?i)\(?loinc[\s:#]{0,3}(\d{4,6})-(\d)\)?"
"""A code of LOINC, which only its name tells from a range of numbers."""
LONGEST = 300
"""No name has more characters."""
_NO_NAME = frozenset(("", "-", "--", "—", "–", "−", "?", "??", "???"))


def resolve(kind: str, typed: str, *, exact: bool = False) -> Resolution:
    """What a name means in the vocabulary of its kind; with `exact`, no slip is read.

    >>> resolve("antibodies", "anti-MJ").id
    'nxp2'
    >>> resolve("antibodies", "anti-PL-17").outcome
    'unknown'
    """
    if kind not in KINDS:
        raise KeyError(f"unknown kind of name `{kind}`: {', '.join(KINDS)}")
    return _resolve(kind, typed, exact)


@lru_cache(maxsize=4096)
def _resolve(kind: str, typed: str, exact: bool) -> Resolution:
    if len(typed) > LONGEST:
        return Resolution(kind, typed, "unknown", None, (), (), "too_long")
    return recognize(kind, typed, exact=exact) or _unknown(kind, typed)


@lru_cache(maxsize=4096)
def exact_id(kind: str, typed: str) -> str | None:
    """The id a text names exactly, if any: `resolve` without what a refusal would say."""
    found = recognize(kind, typed, exact=True) if len(typed) <= LONGEST else None
    return found.id if found else None


def recognize(kind: str, typed: str, *, exact: bool = False) -> Resolution | None:
    """What a name is, exactly or by an accepted slip; None when it is unknown.

    `resolve` without its memory and its suggestions, for reading millions of names once each; KeyError for no kind.
    """
    if kind in ("antibodies", "subtypes") and unreadable(typed):
        return None
    found = _LOOKUPS[kind](typed)
    if found is None and kind == "subtypes":
        if coded := _coded(typed, exact):
            return coded
        from myofind.names.diagnosis_bags import owner_without_antibodies

        found = owner_without_antibodies(typed)
    if found is None and (parts := _two_names(typed)):
        found = _together(kind, parts)
    if found is not None:
        return _outcome(kind, typed, found)
    if kind in ("subtypes", "countries") and not exact:
        return _slip(kind, typed)
    return None


def _outcome(kind: str, typed: str, found: str) -> Resolution:
    """A declared name, or a declared ambiguity, as a resolution."""
    if found.startswith("?"):
        candidates = tuple(_readings(kind, found))
        return Resolution(kind, typed, "ambiguous", None, candidates, (), "declared", (found[1:],))
    if found.startswith("|"):
        return Resolution(kind, typed, "ambiguous", None, tuple(found[1:].split()), (), "several")
    if found.startswith("@"):
        return Resolution(kind, typed, "exact", found[1:], (), (), "place", place=True)
    exact = compact(label(kind, found)) in (compact(typed), "anti" + compact(typed))
    return Resolution(kind, typed, "exact", found, (), (), "exact_name" if exact else "a_name")


_GENERIC = word_set(
    "anti ac acs ab abs aab aabs aac aacs anticorps antibody antibodies auto autoac autoab autoanticorps autoantibody autoantibodies igg igm"
    " de du des of the protein proteine gene antigen antigene"
)
"""Words an antibody's name may carry without being part of it."""


def _look_antibody(typed: str) -> str | None:
    """The owner of an antibody's name, after the name as typed, then without a result word after it."""
    keys: dict[str, str] = read("keys_antibodies")
    bare = typed.strip()
    if code := re.fullmatch(_LOINC, bare):
        owner: str | None = read("codes_antibodies").get(f"loinc:{code[1]}{code[2]}")
        return owner
    if bare in _NO_NAME:
        return "ab_unknown" if bare else None
    status = keys.get("=" + compact(typed))
    if status:
        return status
    typed_words = words(typed)
    if "+" not in typed and not _GENERIC.intersection(typed_words[1:]):
        # the two commonest writings, without loading what the rarer ones need
        plain = "".join(typed_words)
        if typed_words[:1] and typed_words[0] not in _GENERIC and (owner := keys.get(plain)):
            return owner
        if plain.startswith("anti") and (owner := keys.get("!" + plain[4:]) or keys.get(plain[4:])):
            return owner
    from myofind.names import rewriting
    from myofind.names.result_words import RESULT_WORDS, drop_positive

    if RESULT_WORDS.get(tuple(typed_words)) == "not_tested" and len(compact(typed)) > 3 and compact(typed) not in keys:
        return "ab_unknown"
    rest, positive = drop_positive(typed_words)
    key = rewriting.antibody_key(rest)
    if not key.base:
        return None
    names = [key.base + "+", key.base] if positive else [key.base]
    for name in names:
        owner = (keys.get("!" + name) if key.marked else None) or keys.get(name)
        if owner:
            return owner
    return _signed(rest, keys)


def _signed(typed: list[str], keys: Mapping[str, str]) -> str | None:
    """The name before a result in words ("SRP neg", "Jo-1 not done")."""
    from myofind.names import rewriting
    from myofind.names.result_words import result_at, says_a_result

    for at in range(1, len(typed)):
        found = result_at(typed, at)
        if found and at + found[1] == len(typed) and says_a_result(typed[at], found[1]):
            key = rewriting.antibody_key(typed[:at])
            return (keys.get("!" + key.base) if key.marked else None) or keys.get(key.base)
    return None


def _look_subtype(typed: str) -> str | None:
    owner: str | None = None if "+" in typed and re.search(_PLUS, typed) else read("keys_subtypes").get(compact(typed))
    if owner == "diabetes" and re.search(r"(?i)\bdm\s*(?:[:;,.]|\s[-–—]\s)", typed):
        owner = None  # two diseases of a list
    if owner is not None:
        return owner
    from myofind.names.diagnosis_bags import owner_of_words

    return owner_of_words(typed)


def _coded(typed: str, exact: bool) -> Resolution | None:
    """The diagnosis of a text that holds codes, which its name must agree with; None where it holds none, or words that are no name."""
    from myofind.names.codes import agreed, without_codes
    from myofind.names.result_words import DENIALS

    codes, rest = without_codes(typed)
    if not codes or (rest and set(words(rest)) <= DENIALS):  # `sans M33.13` is not the name `sine` beside a code
        return None
    name = recognize("subtypes", rest, exact=exact) if rest else None
    if name is None and rest:
        return None
    named = [
        ("", tuple(_readings("subtypes", code.owner))) if code.owner[0] == "?" else (code.owner, ()) for code in codes
    ]
    id, readings = agreed([*named, *([(name.id or "", name.candidates)] if name else [])])
    if name and name.why == "several":
        id, readings = (
            None,
            tuple(dict.fromkeys([*readings, *name.candidates, *(owner for owner, _ in named if owner)])),
        )
    if id is None:
        owners = {code.owner for code in codes}
        alone = len(owners) == 1 and not name and codes[0].owner[0] == "?"
        why: tuple[Why, tuple[str, ...]] = ("declared", (codes[0].owner[1:],)) if alone else ("several", ())
        return Resolution("subtypes", typed, "ambiguous", None, readings, (), *why)
    if name and name.outcome == "accepted":
        return name._replace(typed=typed, id=id)
    return Resolution("subtypes", typed, "exact", id, (), (), "a_name")


def _look_country(typed: str) -> str | None:
    if "+" in typed or (not typed.isalpha() and re.fullmatch(_NOT_KNOWN, typed)):
        return None
    keys: dict[str, str] = read("keys_countries")
    if owner := keys.get(compact(typed)):
        return owner
    from myofind.names import rewriting

    typed_words = words(typed)
    bags: dict[str, str] = read("bags_countries")
    return keys.get(rewriting.country_key(typed_words)) or bags.get(rewriting.country_bag(typed_words))


def _look_plain(kind: str) -> Callable[[str], str | None]:
    """A look-up by the name without case, accents, spaces and hyphens, and nothing else."""

    def look(typed: str) -> str | None:
        owner: str | None = read(f"keys_{kind}").get(compact(typed))
        return owner

    return look


_LOOKUPS: dict[str, Callable[[str], str | None]] = {
    "antibodies": _look_antibody,
    "subtypes": _look_subtype,
    "countries": _look_country,
    "drugs": _look_plain("drugs"),
    "facts": _look_plain("facts"),
}


def _two_names(typed: str) -> list[str]:
    """The parts of a text that gives a name twice or more: `MJ (NXP2)`, `IBM - myosite à inclusions`, `Ro52/TRIM21`."""
    outer = re.match(_OUTER, typed.strip())
    if outer and not any(char.isdigit() for char in outer["c"]):
        return [part for part in (f"{outer['a']} {outer['c']}".strip(), outer["b"].strip()) if part]
    parts = [part for part in re.split(_JOINED, typed.strip()) if part and part.strip()]
    return parts if 1 < len(parts) <= 4 else []


def _together(kind: str, parts: list[str]) -> str | None:
    """The one concept every part names, the narrowest when one part names a class of another; the parts when they differ."""
    owners: list[str] = []
    if len({compact(part) for part in parts}) < len(parts):
        return None
    for part in parts:
        owner = _LOOKUPS[kind](part)
        if owner is None and (inner := _two_names(part)) and len(inner) < len(part):
            owner = _together(kind, inner)
        if owner is None:
            return None
        owners.append(owner)
    if not owners:
        return None
    if kind == "countries":
        countries = list(dict.fromkeys(owner.lstrip("@") for owner in owners))
        if len(countries) == 1:
            return owners[0] if all(owner[0] == "@" for owner in owners) else countries[0]
        owners = countries
    told = {owner for owner in owners if owner[0] not in "?|"}
    if len(told) < len(set(owners)):
        if len(set(owners)) == 1:
            return owners[0]
        return "|" + " ".join(dict.fromkeys(id for owner in owners for id in (_readings(kind, owner) or [owner])))
    narrow = [id for id in told if all(other == id or other in _broader(kind, id) for other in told)]
    return narrow[0] if narrow else "|" + " ".join(dict.fromkeys(owner for owner in owners if owner in told))


def _readings(kind: str, owner: str) -> list[str]:
    if owner[0] == "|":
        return owner[1:].split()
    if owner[0] == "?":
        found: list[str] = read(f"ambiguous_{kind}")[int(owner[1:])]["candidates"]
        return found
    return []


def _broader(kind: str, id: str) -> frozenset[str]:
    """The classes that may be named beside a concept."""
    if kind == "antibodies":
        from myofind.names.autoantibodies import named_with

        return named_with(id)
    return frozenset()


def _slip(kind: str, typed: str) -> Resolution | None:
    """The diagnosis or country a typed name is a slip of, said aloud."""
    from myofind.names import rewriting, slips

    plain = rewriting.country_key(words(typed)) if kind == "countries" else compact(typed)
    if len(plain) < slips.SHORTEST:
        return None
    near, reached = slips.slip(kind, words(typed), plain)
    if near:
        return Resolution(kind, typed, "accepted", near.owner, (), (), "letters", (str(near.distance),))
    if reached:
        return None
    fixed = slips.corrected(kind, words(typed))
    if not fixed:
        return None
    plain = " ".join(fixed[0])
    owner = _LOOKUPS[kind](plain)
    if owner is None and kind == "subtypes":
        from myofind.names.diagnosis_bags import antibodies_of, owner_without_antibodies

        no_other = antibodies_of(fixed[0]) <= antibodies_of(words(typed))  # no slip makes an antibody
        owner = owner_without_antibodies(plain) if no_other else None
    if owner is None or owner[0] in "?|":
        return None
    changes = tuple(word for change in fixed[1] for word in change)
    return Resolution(kind, typed, "accepted", owner, (), (), "corrected", changes)


def _unknown(kind: str, typed: str) -> Resolution:
    from myofind.names import result_words, rewriting, slips

    plain = rewriting.antibody_key(words(typed)).base if kind == "antibodies" else compact(typed)
    if kind == "countries" and re.fullmatch(_NOT_KNOWN, typed):
        return Resolution(kind, typed, "unknown", None, (), (), "unknown")
    denying = {"subtypes": result_words.DENIALS, "countries": result_words.ELSEWHERE}.get(kind, frozenset())
    if not denying.isdisjoint(words(typed)):
        return Resolution(kind, typed, "unknown", None, (), (), "denied")
    found = slips.suggestions(kind, plain) if plain else ()
    why: Why = "no_letter" if not normal_form(typed) else "near" if found else "unknown"
    return Resolution(kind, typed, "unknown", None, (), found, why)
