"""One name, one concept, or a refusal that says what it could be: the table decides, a score only helps with typing.

Autoantibodies and drugs are read exactly or not at all. A slip of the keyboard in a diagnosis or a country may be read, and says so.
An ambiguous name is refused with its readings. Text is only ever read in the vocabulary of its own field.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from myofind.names.compiled_files import read
from myofind.names.normal import compact, normal_form, word_set, words

__all__ = ["KINDS", "Resolution", "Term", "ids", "label", "recognize", "resolve", "span_index", "term", "terms"]

KINDS: tuple[str, ...] = ("antibodies", "subtypes", "countries", "drugs")


class Resolution(NamedTuple):
    """What a typed name is."""

    kind: str
    typed: str
    outcome: str
    """`exact`, `accepted` (a slip was read), `ambiguous` or `unknown`."""
    id: str | None
    candidates: tuple[str, ...]
    """The readings of an ambiguous name."""
    suggestions: tuple[str, ...]
    """Up to three ids an unknown name may have meant."""
    why: str
    """One short reason, in English."""
    place: bool = False
    """Was a country read from one of its places (`Québec`, `London`)? Then it is said."""


class Term(NamedTuple):
    """One concept of a vocabulary."""

    id: str
    en: str
    fr: str
    aliases: tuple[str, ...]
    klass: str
    parents: tuple[str, ...]
    """The groups of an antibody, the broader kinds of a subtype."""
    suggests: tuple[tuple[str, str], ...]
    """The subtypes an antibody suggests, each with its strength: defining, strong or possible."""
    codes: Mapping[str, tuple[str, ...]]
    note: str
    source: str


@cache
def _terms(kind: str) -> dict[str, Term]:
    if kind not in KINDS:
        raise KeyError(f"unknown kind of name `{kind}`: {', '.join(KINDS)}")
    found = {}
    for id, en, fr, aliases, klass, parents, suggests, codes, note, source in read(f"terms_{kind}"):
        held = {system: tuple(values) for system, values in codes.items()}
        found[id] = Term(
            id, en, fr, tuple(aliases), klass, tuple(parents), tuple((a, b) for a, b in suggests), held, note, source
        )
    return found


def term(kind: str, id: str) -> Term:
    """The term of an id; KeyError if there is none."""
    return _terms(kind)[id]


def terms(kind: str) -> tuple[Term, ...]:
    """Every term of a kind, in the order of the data."""
    return tuple(_terms(kind).values())


def label(kind: str, id: str, lang: str = "en") -> str:
    """What to call a concept, in English or French."""
    labels: dict[str, list[str]] = read(f"labels_{kind}")
    return labels[id][1 if lang == "fr" else 0]


@cache
def ids(kind: str) -> frozenset[str]:
    """Every id of a kind."""
    return frozenset(read(f"labels_{kind}"))


# --- resolving ---------------------------------------------------------------------------------------------------------------------------

_OUTER = r"^(?P<a>[^()\[\]]+?)\s*[(\[](?P<b>[^()\[\]]+)[)\]]\s*(?P<c>[^()\[\]]*)$"
_JOINED = r"\s+[-–—−=:|]\s+|\s*[=:|;,]\s*|\s*/\s*|\s+-|-\s+|[–—]"
_NOT_KNOWN = r"(?i)\W*n\s*[/.]\s*a\W*"
"""`N/A`: nothing is known; only `NA`, as it is, is the code of Namibia."""
_NO_NAME = frozenset(("", "-", "--", "—", "–", "−", "?", "??", "???"))


@cache
def span_index() -> dict[str, Any]:
    """What finding antibodies inside longer text needs."""
    spans = read("spans_antibodies")
    return {
        "keys": read("keys_antibodies"),
        "starts": frozenset(spans["starts"]),
        "classes": frozenset(spans["classes"]),
    }


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
    if len(typed) > 300:
        return Resolution(kind, typed, "unknown", None, (), (), "longer than any name")
    return recognize(kind, typed, exact=exact) or _unknown(kind, typed)


def recognize(kind: str, typed: str, *, exact: bool = False) -> Resolution | None:
    """What a name is, exactly or by an accepted slip; None when it is unknown.

    `resolve` without its memory and its suggestions, for reading millions of names once each; KeyError for no kind.
    """
    found = _LOOKUPS[kind](typed)
    if found is None and kind == "subtypes":
        if coded := _coded(typed, exact):
            return coded
        found = _without_antibodies(typed)
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
        entry = read(f"ambiguous_{kind}")[int(found[1:])]
        return Resolution(kind, typed, "ambiguous", None, tuple(entry["candidates"]), (), entry["why"])
    if found.startswith("|"):
        return Resolution(kind, typed, "ambiguous", None, tuple(found[1:].split()), (), "names more than one")
    if found.startswith("@"):
        return Resolution(kind, typed, "exact", found[1:], (), (), f"a place in {label(kind, found[1:])}", place=True)
    named = label(kind, found)
    why = "exact name" if compact(named) in (compact(typed), "anti" + compact(typed)) else f"a name of {named}"
    return Resolution(kind, typed, "exact", found, (), (), why)


_GENERIC = word_set(
    "anti ac acs ab abs aab aabs aac aacs anticorps antibody antibodies auto autoac autoab autoanticorps autoantibody autoantibodies igg igm"
    " de du des of the protein proteine gene antigen antigene"
)
"""Words an antibody's name may carry without being part of it."""


def _look_antibody(typed: str) -> str | None:
    """The owner of an antibody's name, after the name as typed, then without a result word after it."""
    keys: dict[str, str] = read("keys_antibodies")
    bare = typed.strip()
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
    from myofind.names.result_words import result_at

    for at in range(1, len(typed)):
        found = result_at(typed, at)
        if found and at + found[1] == len(typed) and _says_a_result(typed[at], found[1]):
            key = rewriting.antibody_key(typed[:at])
            return (keys.get("!" + key.base) if key.marked else None) or keys.get(key.base)
    return None


def _says_a_result(word: str, length: int) -> bool:
    """Is this wording of a result long enough to be nothing else? `na` may be a slip, `neg` is not."""
    return length > 1 or word in ("neg", "pos") or len(word) > 4


def _look_subtype(typed: str) -> str | None:
    owner: str | None = read("keys_subtypes").get(compact(typed))
    if owner is not None:
        return owner
    from myofind.names.mentions import diagnosis_bag

    return _bag_owner(diagnosis_bag(words(typed), span_index()))


def _bag_owner(bag: str) -> str | None:
    """The owner of a set of words; a cancer beside a diagnosis leaves the diagnosis what it is."""
    bags: dict[str, str] = read("bags_subtypes")
    owner = bags.get(bag)
    if owner is None and "cancer" in bag.split():
        owner = bags.get(" ".join(word for word in bag.split() if word != "cancer"))
    return owner if bag else None


def _coded(typed: str, exact: bool) -> Resolution | None:
    """The diagnosis of a text that holds codes, which its name must agree with; None where it holds none, or words that are no name."""
    from myofind.names.codes import agreed, without_codes

    codes, rest = without_codes(typed)
    if not codes:
        return None
    name = recognize("subtypes", rest, exact=exact) if rest else None
    if name is None and rest:
        return None
    named = [
        ("", tuple(_readings("subtypes", code.owner))) if code.owner[0] == "?" else (code.owner, ()) for code in codes
    ]
    id, readings = agreed([*named, *([(name.id or "", name.candidates)] if name else [])])
    if id is None:
        owners = {code.owner for code in codes}
        alone = len(owners) == 1 and not name and codes[0].owner[0] == "?"
        why = read("ambiguous_subtypes")[int(codes[0].owner[1:])]["why"] if alone else "names more than one"
        return Resolution("subtypes", typed, "ambiguous", None, readings, (), why)
    if name and name.outcome == "accepted":
        return name._replace(typed=typed, id=id)
    return Resolution("subtypes", typed, "exact", id, (), (), f"a name of {label('subtypes', id)}")


def _look_country(typed: str) -> str | None:
    if "+" in typed or re.fullmatch(_NOT_KNOWN, typed):
        return None
    keys: dict[str, str] = read("keys_countries")
    if owner := keys.get(compact(typed)):
        return owner
    from myofind.names import rewriting

    typed_words = words(typed)
    bags: dict[str, str] = read("bags_countries")
    return keys.get(rewriting.country_key(typed_words)) or bags.get(rewriting.country_bag(typed_words))


def _look_drug(typed: str) -> str | None:
    owner: str | None = read("keys_drugs").get(compact(typed))
    return owner


_LOOKUPS: dict[str, Callable[[str], str | None]] = {
    "antibodies": _look_antibody,
    "subtypes": _look_subtype,
    "countries": _look_country,
    "drugs": _look_drug,
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


_NAMED_WITH = word_set("ars_any non_jo1_ars ro_any tif1_any dmsa_any imnm_ab_any")
"""Classes an antibody is often named with: `antisynthetase (PL-7)`, `SSA (Ro52)`."""


def _broader(kind: str, id: str) -> frozenset[str]:
    if kind == "antibodies":
        from myofind.names.autoantibodies import groups

        return groups(id) & _NAMED_WITH
    return frozenset()


def _without_antibodies(typed: str) -> str | None:
    """The diagnosis in a text that also names antibodies, which `myofind.names.diagnosis` reads."""
    from myofind.names.diagnosis_words import diagnosis_words
    from myofind.names.mentions import mentions, replaced
    from myofind.names.result_words import result_at

    typed_words = words(typed)
    found = mentions(typed_words, span_index())
    if not found:
        return None
    rest: list[str] = []
    for word in replaced(typed_words, found):
        if not word.startswith("@"):
            rest.append(word)
            continue
        while rest and rest[-1] in _BEFORE:
            rest.pop()
    kept: list[str] = []
    at = 0
    denied = len(rest) + len(found) < len(replaced(typed_words, found)) and bool(_DENIED & set(typed_words))
    while at < len(rest):
        result = result_at(rest, at)
        if result and _says_a_result(rest[at], result[1]):
            denied = denied or result[0] != "positive"
            at += result[1]
        else:
            kept.append(rest[at])
            at += 1
    owner = _bag_owner(" ".join(sorted(set(diagnosis_words(kept)))))
    if owner and not denied:
        told = {mention.id for mention in found}
        told |= {group for id in told for group in _broader("antibodies", id)}
        return next((narrow for (broad, id), narrow in _REFINED.items() if broad == owner and id in told), owner)
    return owner


_DENIED = word_set("sans without no non not pas absence")
_REFINED = {
    ("imnm", "srp"): "imnm_srp",
    ("imnm", "hmgcr"): "imnm_hmgcr",
    ("dm", "mda5"): "dm_mda5",
    ("iim", "srp"): "imnm_srp",
    ("iim", "hmgcr"): "imnm_hmgcr",
    ("iim", "mda5"): "dm_mda5",
    ("iim", "ars_any"): "asys",
}
"""A diagnosis and a positive antibody, or a class of it, that are together a subtype of their own: antisynthetase syndrome is
the antibody together with myositis. Polymyositis stays what was typed, and a remark asks."""


_BEFORE = word_set("anti ac anticorps antibody antibodies sans without no non not pas absence de d l des les")


def _slip(kind: str, typed: str) -> Resolution | None:
    """The diagnosis or country a typed name is a slip of, said aloud."""
    from myofind.names import rewriting, slips

    plain = rewriting.country_key(words(typed)) if kind == "countries" else compact(typed)
    if len(plain) < slips.SHORTEST:
        return None
    near, reached = slips.slip(kind, words(typed), plain)
    if near:
        count = "one letter differs" if near.distance == 1 else f"{near.distance} letters differ"
        return Resolution(kind, typed, "accepted", near.owner, (), (), f"reads as {label(kind, near.owner)}: {count}")
    if reached:
        return None
    fixed = slips.corrected(kind, words(typed))
    if not fixed:
        return None
    owner = _LOOKUPS[kind](" ".join(fixed[0])) or (
        _without_antibodies(" ".join(fixed[0])) if kind == "subtypes" else None
    )
    if owner is None or owner[0] in "?|":
        return None
    changes = ", ".join(f"`{old}` as `{new}`" for old, new in fixed[1])
    return Resolution(kind, typed, "accepted", owner, (), (), f"reads as {label(kind, owner)}: {changes}")


def _unknown(kind: str, typed: str) -> Resolution:
    from myofind.names import rewriting, slips

    plain = rewriting.antibody_key(words(typed)).base if kind == "antibodies" else compact(typed)
    found = slips.suggestions(kind, plain) if plain else ()
    why = "no such name" + (", the nearest are suggested" if found else "")
    return Resolution(kind, typed, "unknown", None, (), found, why if normal_form(typed) else "no letter to read")
