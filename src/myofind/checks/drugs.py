"""Names of drugs: a name that is nearly one of the vocabulary is a slip; a name far from all is a new drug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import meant, shown, write
from myofind.editing.text_edit import replace_by
from myofind.names.compiled_files import read
from myofind.names.drug_names import usual_name, without_dose
from myofind.names.normal import compact
from myofind.names.vocabulary import resolve

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


def _is_slip(name: str, other: str) -> bool:
    """Whether a name is another with a letter lost, doubled, or exchanged with its neighbour; another letter is another drug."""
    lost = {other[:n] + other[n + 1 :] for n in range(len(other))}
    doubled = {other[:n] + other[n] + other[n:] for n in range(len(other))}
    exchanged = {other[:n] + other[n + 1] + other[n] + other[n + 2 :] for n in range(len(other) - 1)}
    return name in lost | doubled | exchanged


def unknown_drug(entry: Entry, about: About) -> Iterator[Found]:
    """A drug is nearly, but not quite, one of the vocabulary."""
    for place, one in enumerate(entry.plain.get("interventions", ())):
        name = one.get("name")
        near = _near(name) if name is not None else ()
        if near:
            en, fr = meant(near)
            fix = replace_by(near[0]) if len(near) == 1 and _is_slip(name, near[0]) else None
            yield Found(
                ("interventions", place, "name"),
                f"`{shown(name)}` is not a drug of the vocabulary",
                f"`{shown(name)}` n'est pas un médicament du vocabulaire",
                f"{en} a new drug belongs in the vocabulary",
                f"{fr} un nouveau médicament a sa place dans le vocabulaire",
                fix=fix,
            )


_NOTHING = frozenset({"placebo", "sham", "placebos"})


def drug_by_other_name(entry: Entry, about: About) -> Iterator[Found]:
    """A drug is named by its brand, with a capital letter, or with its dose, or is a placebo."""
    for place, drug in enumerate(entry.plain.get("interventions", ())):
        name = drug.get("name", "")
        if name.lower() in _NOTHING and drug.get("role") != "comparator":
            message = (f"`{shown(name)}` is not what is tested", f"`{shown(name)}` n'est pas ce qui est essayé")
            hint = ("say it by `comparator`, and remove the line", "le dire par `comparator`, et retirer la ligne")
            yield Found(("interventions", place, "name"), *message, *hint)
            continue
        bare = without_dose(name)
        usual = usual_name(bare)
        if usual == name:
            continue
        if bare != name:
            message = (f"`{shown(name)}` has a dose", f"`{shown(name)}` porte une dose")
        elif usual.casefold() != name.casefold():
            message = (f"`{shown(name)}` is named by a brand", f"`{shown(name)}` est un nom de marque")
        else:
            message = (f"`{shown(name)}` has a capital letter", f"`{shown(name)}` porte une majuscule")
        fix = replace_by(usual) if resolve("drugs", usual, exact=True).id is not None else None
        yield Found(("interventions", place, "name"), *message, *write(shown(usual)), fix=fix)
