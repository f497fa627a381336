"""Where a name of an antibody stands in a laboratory line: the longest that begins at a piece."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from myofind.names.compiled_files import span_index
from myofind.names.laboratory_tokens import Piece
from myofind.names.laboratory_words import ANTIBODY, PHRASES
from myofind.names.normal import word_set, words

__all__ = ["apart", "name_at", "owner"]

_LONGEST_NAME = 12
_GLUE = frozenset(("minus", "slash", "glue"))
_STRONG = word_set(
    "recherche dosage detection presence immunodot lineblot dot blot elisa euroline immunoblot test circulating circulants circulant"
    " unspecified igm serum serique seriques"
)
"""Words of a method or a test: beside a name they ask for a result, so no name may swallow one."""
_LINKS = word_set("and et or ou")
_SMALL = word_set("de du des d l of the la le les contre against")


@lru_cache(maxsize=4096)
def _owner(typed: tuple[str, ...]) -> tuple[str | None, bool]:
    """The owner of a name written in these words, and whether a longer name may begin with them."""
    from myofind.names.rewriting import antibody_key

    index = span_index()
    key = antibody_key(typed)
    if not key.base:
        return None, True
    keys: dict[str, str] = index["keys"]
    owner = (keys.get("!" + key.base) if key.marked else None) or keys.get(key.base)
    return owner, key.base in index["starts"] or owner is not None


def owner(typed: tuple[str, ...]) -> str | None:
    """The concept these words name, `?n` for an ambiguous name, None for no name."""
    return _owner(typed)[0]


def _may_begin(word: str) -> bool:
    return (
        _owner((word,))[1]
        or word in ANTIBODY
        or word.startswith(("anti", "acanti"))
        or word in ("t", "arn", "auto", "d")
        or word.endswith(("kda", "arnt", "trna"))
    )


def name_at(line: Sequence[Piece], at: int) -> tuple[str, int] | None:
    """The owner of the longest name that begins at a piece, and the piece after it."""
    first = line[at]
    if first.kind not in ("word", "number"):
        return None
    begin = words(first.text)
    if not begin or not _may_begin(begin[0]) or begin[0] in _STRONG or begin[0] in _SMALL - {"la", "d", "l"}:
        return None
    negated = PHRASES.get((begin[0],))
    if negated is not None and negated.kind == "negation" and not _tied(line, at):
        return None
    typed: list[str] = []
    best: tuple[str, int] | None = None
    end = at
    while end < len(line) and end - at < 2 * _LONGEST_NAME and len(typed) < _LONGEST_NAME:
        piece = line[end]
        if piece.kind in ("word", "number"):
            added = words(piece.text)
            if best is not None and best[1] == end and (_another_number(line, end) or _preposition(line, end)):
                break
            if not added or _STRONG.intersection(added) or (end > at and any(_is_result(word) for word in added)):
                break
            if typed and set(typed) & _LINKS and ANTIBODY.intersection(added):
                break
            typed += added
            id, longer = _owner(tuple(typed))
            tied = added[-1] in ("la", "l") and not piece.spaced
            closed = added[-1] not in _SMALL | _LINKS or end == at or (tied and not _elided(line, end))
            if id is not None and closed and not _numbered(line, end + 1):
                best = (id, end + 1)
            if not longer and len(typed) > 1:
                break
        elif piece.kind not in _GLUE or (best is not None and best[1] == end and apart(line, end)):
            break
        end += 1
    return best


def _numbered(line: Sequence[Piece], at: int) -> bool:
    """Is another number tied to a name, as in `PL-17` after `PL`? Then it is another name."""
    return (
        at + 1 < len(line)
        and line[at].kind == "minus"
        and line[at + 1].kind == "number"
        and not line[at].spaced
        and not line[at + 1].spaced
    )


def _another_number(line: Sequence[Piece], at: int) -> bool:
    """Does a number stand behind a word that ends in one, with nothing but a space between? In `SAE1  2  -` it is the value of the band."""
    return line[at].kind == "number" and line[at].spaced and line[at - 1].text[-1].isdigit()


def _elided(line: Sequence[Piece], at: int) -> bool:
    """Does an apostrophe follow, as after the French article?"""
    return at + 1 < len(line) and line[at + 1].text in ("'", "’")


def _preposition(line: Sequence[Piece], at: int) -> bool:
    """Is it the French `à`, or an `a` without its accent that begins a result, as in `Mi-2 a la limite`, and no alpha?"""
    if line[at].text in ("à", "À"):
        return True
    typed: list[str] = []
    for piece in line[at : at + _LONGEST_NAME] if line[at].text == "a" and line[at].spaced else ():
        if piece.kind not in ("word", "glue"):
            break
        typed += words(piece.text)
        phrase = PHRASES.get(tuple(typed))
        if phrase is not None and len(typed) > 1 and phrase.kind == "result":
            return True
    return False


def _is_result(word: str) -> bool:
    found = PHRASES.get((word,))
    return found is not None and found.kind == "result"


def _tied(line: Sequence[Piece], at: int) -> bool:
    """Is the next word tied to this one by a hyphen without a space, as in `non-Jo-1`?"""
    return at + 2 < len(line) and line[at + 1].kind == "minus" and not line[at + 1].spaced and not line[at + 2].spaced


def apart(line: Sequence[Piece], at: int) -> bool:
    """Does a hyphen or slash after a whole name stand apart from what follows, as a sign or separator does?"""
    return line[at].spaced or at + 1 >= len(line) or line[at + 1].spaced
