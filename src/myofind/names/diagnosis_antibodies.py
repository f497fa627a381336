"""The antibodies named with a diagnosis, read by the laboratory reader; the words of the diagnosis itself are left over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.names.compiled_files import span_index
from myofind.names.laboratory_denials import combined
from myofind.names.laboratory_groups import TELLS, Group, grouped
from myofind.names.laboratory_items import Item, item_at
from myofind.names.laboratory_panels import related
from myofind.names.laboratory_results import results_of
from myofind.names.laboratory_signs import placed
from myofind.names.laboratory_tokens import Piece, pieces, plain
from myofind.names.laboratory_values import LabResult, Refusal, Refused
from myofind.names.laboratory_words import PHRASES
from myofind.names.normal import words
from myofind.names.result_words import PLURAL
from myofind.records import NamedTuple

__all__ = ["NamedAntibodies", "read_antibodies"]


class NamedAntibodies(NamedTuple):
    """The antibodies a diagnosis names, and its text without those that are not positive."""

    results: tuple[LabResult, ...]
    rest: str
    refusal: Refusal | None = None
    alone: str | None = None
    """The text without any antibody, where words of it that could deny one belong to none: the diagnosis must read them."""


def read_antibodies(text: str) -> NamedAntibodies:
    """Every antibody named in a diagnosis: positive where it stands bare, else what stands with it says."""
    from myofind.names.mentions import mentions

    text = plain(text)
    line = list(pieces(text))
    places, typed = _flat(line)
    spans = {
        places[mention.start]: (mention.id, places[mention.end - 1] + 1) for mention in mentions(typed, span_index())
    }
    spans |= {at: ("la", at + 1) for at in range(len(line)) if at not in spans and _is_la(line, at)}
    if not spans:
        return NamedAntibodies((), text)
    raw: list[Item] = []
    at = 0
    while at < len(line):
        if at in spans:
            id, end = spans[at]
            raw.append(Item("name", text[line[at].start : line[end - 1].end], id, at, end, spaced=line[at].spaced))
        else:
            item = item_at(text, line, at, raw)
            inside = next((start for start in range(at + 1, item.end) if start in spans), None)
            if item.kind == "name" or inside is not None:
                phrase = PHRASES.get(tuple(words(line[at].text)))
                kind = "negation" if phrase is not None and phrase.kind == "negation" else "word"
                item = Item(kind, text[line[at].start : line[at].end], start=at, end=at + 1, spaced=line[at].spaced)
            raw.append(item)
        at = raw[-1].end
    try:
        return _read(text, line, placed(combined(raw)))
    except Refused as refused:
        return NamedAntibodies((), text, refused.refusal)


_SIGNS = frozenset(("plus", "minus", "ve", "absent", "present", "doubtful"))


def _is_la(line: Sequence[Piece], at: int) -> bool:
    """Is it anti-La with its result right behind it, and no article: `La-`, `La négatif`?"""
    if line[at].text != "La" or at + 1 == len(line):
        return False
    after = line[at + 1]
    phrase = PHRASES.get(tuple(words(after.text))) if after.kind == "word" else None
    return after.kind in _SIGNS or (phrase is not None and phrase.kind == "result")


def _flat(line: Sequence[Piece]) -> tuple[list[int], list[str]]:
    """The normal words of every piece, and the piece each is of."""
    places: list[int] = []
    typed: list[str] = []
    for at, piece in enumerate(line):
        if piece.kind in ("word", "number", "plus"):
            for word in (piece.text,) if piece.text in ("à", "À") else words(piece.text):  # no alpha
                places.append(at)
                typed.append(word)
    return places, typed


_EVIDENCE = frozenset(
    (
        "result",
        "participle",
        "question",
        "number",
        "titre",
        "compare",
        "unit",
        "limit",
        "copula",
        "colon",
        "link",
        "antibody",
        "below",
        "above",
        "minus",
        "range",
        "orless",
        "ormore",
    )
)
_SAYING = frozenset(("result", "question", "number", "compare", "minus"))
"""What stands right after a name that is then not bare, even where it was grouped with what follows."""
_MEASURED = frozenset(("number", "titre", "compare", "below", "above"))
"""What a value is told by: beside a positive antibody it is no word of the diagnosis."""
_DASHES = frozenset("-–—−")
_LEADS = frozenset(("negation", "head", "antibody", "for"))
_BETWEEN = frozenset(("comma", "slash", "and", "or", "open", "close", "hard"))


def _read(text: str, line: Sequence[Piece], held: Sequence[Item]) -> NamedAntibodies:
    """The stretches of a diagnosis that are laboratory text, read one by one; all else is the diagnosis."""
    results: list[LabResult] = []
    dropped: set[int] = set()
    stretches = _stretches(held)
    for stretch in stretches:
        part = [item for item in stretch if item.kind not in ("open", "close")] if _uneven(stretch) else list(stretch)
        told = any(
            item.kind in _EVIDENCE - {"antibody", "colon", "link"} or item.kind in ("negation", "head") for item in part
        )
        for item in part:
            if item.kind in ("unread", "ne"):
                raise Refused(Refusal(item.value or "unread", (item.text,)))
        groups = list(grouped(part))
        named = [group for group in groups if group.names]
        found: list[LabResult] = []
        for group in named:
            silent = (not group.tells() and not group.lead) or (
                not group.tells()
                and all(item.kind not in ("result", "negation", "head", "question") for item in group.lead)
            )
            after = next((item for item in held if item.start >= group.names[-1].end), None)
            if silent and after is not None and after.spaced and after.kind == "link" and after.text in _DASHES:
                raise Refused(Refusal("unclear_sign", (after.text,)))
            if silent and (
                (after is not None and after.kind in _SAYING) or any(item.kind == "negation" for item in group.evidence)
            ):
                silent = False
            if silent and told and len(named) > 1 and any(item.kind == "comma" for item in group.evidence):
                raise Refused(Refusal("no_result", (", ".join(name.text for name in group.names),)))
            if group.tells() and not _of_each(group):
                raise Refused(Refusal("unclear_list", (", ".join(name.text for name in group.names[:-1]),)))
            found += results_of([group], bare=silent)[0]
        results += found
        if any(result.result != "positive" for result in found):
            dropped |= {at for item in stretch for at in range(item.start, item.end)}
        elif any(item.kind in _MEASURED for item in stretch):
            first = next(item.end for item in stretch if item.kind == "name")
            beyond = [item for item in stretch if item.kind != "name" and item.start >= first]
            dropped |= {at for item in beyond for at in range(item.start, item.end)}
    inside = {at for stretch in stretches for item in stretch for at in range(item.start, item.end)}
    unread = [item for item in held if item.start not in inside and _could_deny(item)]
    if any(item.kind == "question" for item in unread):
        raise Refused(Refusal("unclear_sign", ("?",)))
    alone = _without(line, inside) if unread else None
    return NamedAntibodies(tuple(results), _without(line, dropped), None, alone)


def _of_each(group: Group) -> bool:
    """Is what stands behind the names that of each: a plural, or one that they are all found with? A French singular may be that of the last."""
    if "comma" in group.joins:
        return False
    told = [item for item in group.evidence if item.kind in TELLS]
    if any(PLURAL.intersection(words(item.text)) for item in told) or all(item.value == "positive" for item in told):
        return True
    singular = len(group.names) > 1 and any("negatif" in words(item.text) for item in told)
    return "space" not in group.joins and not singular


def _could_deny(item: Item) -> bool:
    """Is it a word or sign that could take a positive result away?"""
    if item.kind in ("result", "head"):
        return item.value != "positive"
    return item.kind in ("negation", "ne", "question") or (item.kind == "unread" and bool(item.value))


def _stretches(held: Sequence[Item]) -> list[list[Item]]:
    """From what stands before a name to the end of its evidence; names joined by separators are one stretch."""
    found: list[list[Item]] = []
    at = 0
    last = 0
    while at < len(held):
        if held[at].kind != "name":
            at += 1
            continue
        start = at
        while start > last and (held[start - 1].kind in _LEADS or _leading_result(held, start - 1)):
            start -= 1
        end = at + 1
        denied = any(item.kind == "negation" for item in held[start:at])
        while end < len(held) and (held[end].kind in _EVIDENCE or held[end].kind == "name" or _continues(held, end)):
            if denied and held[end].kind in ("open", "close"):
                if held[end].kind == "open":
                    _check_bracket(held, at, end)
                elif not any(item.kind == "open" for item in held[start:end]):
                    break  # what is denied in brackets ends with them
            end += 1
        if end < len(held) and held[end].kind == "close" and _uneven(held[start:end]):
            end += 1
        found.append(list(held[start:end]))
        at = last = end
    return found


def _check_bracket(held: Sequence[Item], denied: int, opening: int) -> None:
    """Raise Refused where a bracket behind a denied name holds an antibody that has nothing to do with it: is that denied too?"""
    close = next((at for at in range(opening, len(held)) if held[at].kind == "close"), len(held))
    for item in held[opening:close]:
        if item.kind == "name" and item.value not in related({held[denied].value}) | {held[denied].value}:
            raise Refused(Refusal("unclear_list", (item.text,)))


def _leading_result(held: Sequence[Item], at: int) -> bool:
    """Is it a result that reaches forward to a name, not one that ends what stood before?"""
    return held[at].kind in ("result", "question") or (held[at].kind == "unread" and bool(held[at].value))


def _continues(held: Sequence[Item], at: int) -> bool:
    """Does a separator lead on to another name or to a result, with nothing of the diagnosis between?"""
    if held[at].kind == "unread" and held[at].value:
        return True
    if held[at].kind not in _BETWEEN and held[at].kind not in _LEADS:
        return False
    for item in held[at + 1 : at + 8]:
        if item.kind in ("name", "result", "question", "number", "titre", "participle"):
            return True
        if item.kind not in _BETWEEN | _LEADS | _EVIDENCE:
            return False
    return False


def _uneven(stretch: Sequence[Item]) -> bool:
    return sum((item.kind == "open") - (item.kind == "close") for item in stretch) != 0


_SMALL_END = re.compile(r"(?i)(?:\s(?:à|with|avec|mit|et|and|und|mais|but|aber))+$")
"""Small words that an antibody taken away leaves at the end: `DM à` is no `DMA`."""


def _without(line: Sequence[Piece], dropped: set[int]) -> str:
    """The text without some of its pieces, and without brackets left empty."""
    out: list[str] = []
    for at, piece in enumerate(line):
        if at not in dropped:
            out.append((" " if piece.spaced else "") + piece.text)
        elif out and not out[-1].endswith(" "):
            out.append(" ")
    rest = "".join(out)
    for empty in ("( )", "()", "[]", "[ ]"):
        rest = rest.replace(empty, " ")
    return _SMALL_END.sub("", " ".join(rest.split()).strip(" ,;:-/&+"))
