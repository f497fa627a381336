"""Names of drugs: a name that is nearly one of the vocabulary is a slip; a name far from all is a new drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from myofind.checks.rule import About, Entry, Found
from myofind.checks.sourcing import replace_by
from myofind.diagnostics import shown
from myofind.names.compiled_files import read
from myofind.names.normal import compact

_WORD = re.compile(r"[a-z]{7,}")
_NEAR = 0.9


@cache
def _names() -> tuple[str, ...]:
    """The names of one word, in lower case."""
    return tuple(name for name in read("keys_drugs") if _WORD.fullmatch(name))


@cache
def _near(name: str) -> tuple[str, ...]:
    """The names of the vocabulary that a name may be a slip of."""
    if not _WORD.fullmatch(name) or compact(name) in read("keys_drugs"):
        return ()
    letters = set(name)
    alike = [one for one in _names() if abs(len(one) - len(name)) <= 2 and len(letters.symmetric_difference(one)) <= 3]
    if not alike:
        return ()
    from difflib import get_close_matches

    return tuple(get_close_matches(name, alike, n=2, cutoff=_NEAR))


def unknown_drug(entry: Entry, about: About) -> Iterator[Found]:
    """A drug is nearly, but not quite, one of the vocabulary.

    It would not be found under its other names, nor by a search for its brand. A new drug may have any name; one that
    differs by a letter from a known one is usually a slip.

    Fails:
    interventions:
      - {name: efgartigmod}

    Passes:
    interventions:
      - {name: efgartigimod}
    """
    for place, one in enumerate(entry.plain.get("interventions", ())):
        name = one.get("name")
        near = _near(name) if name is not None else ()
        if near:
            hint = f"did you mean {' or '.join(f'`{other}`' for other in near)}? a new drug belongs in the vocabulary"
            fix = replace_by(near[0]) if len(near) == 1 else None
            yield Found(
                ("interventions", place, "name"), f"`{shown(name)}` is not a drug of the vocabulary", hint, fix=fix
            )
