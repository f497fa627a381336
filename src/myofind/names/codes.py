"""Codes of public nomenclatures inside a diagnosis, as records print them: `Dermatomyositis (M33.1)`, `ORPHA:732`, `SNOMED CT 31384009`.

A code is a name. Several codes, or a code and a name, must agree: one is the other, or a kind of it; else both are named and nothing is read.
A number alone is a code only in nomenclatures whose codes look like nothing else (ICD, MeSH, SNOMED CT).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.names.compiled_files import read
from myofind.records import NamedTuple

__all__ = ["Code", "agreed", "code_key", "without_codes"]

_SAME = {"mim": "omim", "sct": "snomed"}
_CODE = re.compile(
    r"""(?ix) (?<![\w.])
    (?: (?: (?P<icd> (?:icd|cim) (?: [\s_-]? (?:10|11) )? (?: [\s_-]? (?:cm|gm|who) \b )? )
          | (?P<system> orpha | mondo | o?mim | snomed | sct | mesh ) (?: net | code | id | [\s_-]?ct )?
        ) [\s:_\#=-]{0,3} (?: (?:code|id|no|n°) [\s:.]{0,3} )? )?
    (?P<code> [a-z]?\d [a-z\d]* (?: \.\d{1,4} )? | ps\d{6} ) (?! [\w.]*\w | [-+?] (?!\w) )""",
)
_EMPTY = r"\(\s*\)|\[\s*\]|\{\s*\}"
_BEFORE_NAME = re.compile(r"^(?:[\s,;:|]+|[-–—=/]+\s+)+")
_AFTER_NAME = re.compile(r"(?:[\s,;:|]+|\s[-–—=/]+)+$")
_LISTED = re.compile(r"[\s,;:|]+$")
"""A dash after the name of an antibody may be its result, and stays."""


class Code(NamedTuple):
    """A code as typed, and what it stands for: an id, or `?n`, the entry of an ambiguous name."""

    typed: str
    owner: str


def code_key(system: str, code: str) -> str:
    """What a code is looked up by: its nomenclature, and its letters and digits."""
    plain = re.sub(r"[^a-z0-9]", "", code.lower().removeprefix("mondo:"))
    return f"{'icd' if system.startswith('icd') else system}:{plain}"


def without_codes(text: str) -> tuple[list[Code], str]:
    """The codes in a text, and the text without them; codes we do not know stay in it, and are then no part of any name.

    >>> without_codes("Polymyositis (M33.2)")
    ([Code(typed='M33.2', owner='pm')], 'Polymyositis')
    """
    if not any(char.isdigit() for char in text):
        return [], text
    owners: dict[str, str] = read("codes_subtypes")
    codes: list[Code] = []

    rest, at = "", 0
    for match in _CODE.finditer(text):
        owner = next((owners[key] for key in _keys(match) if key in owners), None)
        if owner is not None:
            codes.append(Code(match[0], owner))
            rest += text[at : match.start()] + " "
            at = match.end() + bool(re.match(r"[-–—−]\w", text[match.end() :]))  # `M33.1-anti-Jo-1`: the dash joins
    if not codes:
        return [], text
    return codes, _trimmed(re.sub(_EMPTY, " ", rest + text[at:]))


def _trimmed(rest: str) -> str:
    """A name without the signs that joined it to a code."""
    from myofind.names.compiled_files import span_index
    from myofind.names.mentions import mentions
    from myofind.names.normal import words

    name = _BEFORE_NAME.sub("", " ".join(rest.split()))
    joined = _LISTED if mentions(words(name), span_index()) else _AFTER_NAME
    return joined.sub("", name)


def _keys(match: re.Match[str]) -> list[str]:
    """The nomenclatures a match may be of, with its code."""
    code = match["code"]
    if match["system"]:
        system = match["system"].lower()
        return [code_key(_SAME.get(system, system), code)]
    if match["icd"]:
        return [code_key("icd", code)]
    if code.isdigit():
        return [code_key("snomed", code)] if len(code) >= 7 else []
    return [code_key("icd", code), code_key("mesh", code)]


def agreed(named: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str | None, tuple[str, ...]]:
    """The one concept that codes and a name agree on, each given as its id (or ``) and its readings.

    The narrowest where each is a kind of the next; a name with several readings is settled by a sure one among them. None,
    with every reading, where they differ or nothing is sure.
    """
    from myofind.names.subtypes import ancestors

    sure = list(dict.fromkeys(id for id, _ in named if id))
    narrow = [id for id in sure if all(other == id or other in ancestors(id) for other in sure)]
    readings = tuple(dict.fromkeys(one for id, candidates in named for one in ((id,) if id else candidates)))
    if len(narrow) != 1:
        return None, readings
    lineage = {narrow[0], *ancestors(narrow[0])}
    if all(id or lineage & set(candidates) for id, candidates in named):
        return narrow[0], ()
    return None, readings
