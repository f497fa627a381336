"""What a plus, a minus or a question mark says by its place: the result of the name before it, of the name after it, or a mere dash."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.laboratory_items import Item, before_year

__all__ = ["SEPARATORS", "enclosed", "placed"]

SEPARATORS = frozenset(("line", "hard", "comma", "slash", "and", "or", "but"))
_TOLD = frozenset(
    (
        "result",
        "participle",
        "number",
        "titre",
        "compare",
        "question",
        "negation",
        "head",
        "minus",
        "plus",
        "others",
        "panel",
        "except",
    )
)
_STOPS = SEPARATORS | {"close"}


def placed(line: Sequence[Item]) -> list[Item]:
    """The items with every sign read by its place: `result`, `head` (before its name), `link` (a dash), or `unread`."""
    out: list[Item] = []
    after_names = _each_after_its_name(line)
    for at, item in enumerate(line):
        after = line[at + 1] if at + 1 < len(line) else None
        if item.kind in ("plus", "minus") and after_names:
            out.append(item._replace(kind="result", value="positive" if item.kind == "plus" else "negative", sign=True))
        elif item.kind == "plus":
            out.append(_plus(item, out[-1] if out else None, after))
        elif item.kind == "minus":
            out.append(_minus(item, out[-1] if out else None, after))
        else:
            out.append(item)
    return out


def _each_after_its_name(line: Sequence[Item]) -> bool:
    """Does the line say nothing but names, each with one sign after it: `PL-7 - PL-12 -`, `Jo-1: + SRP: -`?"""
    kinds = [item.kind for item in line if item.kind not in ("antibody", "colon")]
    if len(kinds) < 4 or len(kinds) % 2 or set(kinds[::2]) != {"name"} or not set(kinds[1::2]) <= {"plus", "minus"}:
        return False
    colons = sum(item.kind == "colon" for item in line)
    return colons == len(kinds) // 2 or set(kinds[1::2]) == {"minus"}


def _prefixed(item: Item, before: Item | None, after: Item | None) -> bool:
    """Does a sign stand right before a name, apart from what precedes it?"""
    return (after is not None and after.kind in ("name", "antibody") and not after.spaced and item.spaced) or (
        (before is not None and before.kind in ("open", "hard", "comma", "slash"))
        and after is not None
        and after.kind in ("name", "antibody")
        and not after.spaced
    )


def _sign(item: Item) -> bool:
    return item.sign or item.kind in ("plus", "minus")


def _begins(before: Item | None) -> bool:
    return before is None or before.kind in SEPARATORS or before.kind in ("open", "result", "colon", "head")


def _plus(item: Item, before: Item | None, after: Item | None) -> Item:
    if _prefixed(item, before, after) and _begins(before):
        return item._replace(kind="head", value="positive", sign=True)
    if before is None:
        return item._replace(kind="unread", value="unclear_sign")
    return item._replace(kind="result", value="positive", sign=True)


def _minus(item: Item, before: Item | None, after: Item | None) -> Item:
    """A minus: negative after a name, before one if it is tied to it, a range between numbers, else a dash where that is plain."""
    negative = item._replace(kind="result", value="negative", sign=True)
    unclear = item._replace(kind="unread", value="unclear_sign")
    if (
        before is not None
        and before.kind in ("number", "unit")
        and after is not None
        and after.kind in ("number", "compare")
    ):
        return item
    if after is not None and before is not None and before.sign and _sign(after):
        return item._replace(kind="unread", value="between_signs")  # `+ - +`: which of the three?
    if after is not None and after.kind == "negation":
        return unclear
    if (
        after is not None
        and after.kind in ("harmless", "for")
        and before is not None
        and (before.kind in ("comma", "hard", "slash", "and") or before.value == "date" or before_year(after.text))
    ):
        return unclear  # `+ in 2019, - in 2024`: a second sign
    if after is None or after.kind in _STOPS:
        return item._replace(kind="link") if before is None else unclear if before.kind in SEPARATORS else negative
    if after.kind == "open" and before is not None and (before.kind in _STOPS or before.sign):
        return unclear
    if after.kind in ("name", "antibody") and (
        before is None or before.kind in _STOPS or before.kind in ("open", "colon")
    ):
        if before is not None and before.kind == "close":
            return unclear if after.kind == "name" or item.spaced else item._replace(kind="link")
        if not after.spaced:
            return item._replace(kind="head", value="negative", sign=True)
        return item._replace(kind="link") if before is None or before.kind == "line" else unclear
    if after.kind == "name" and before is not None:
        if before.kind == "result":
            return (
                item._replace(kind="head", value="negative", sign=True)
                if not after.spaced
                else item._replace(kind="comma")
            )
        if not item.spaced and after.spaced and before.kind in ("name", "antibody"):
            return negative
        return unclear if before.kind in ("name", "antibody", "number", "unit") else item._replace(kind="link")
    if before is not None and before.kind in ("name", "antibody", "close") and not item.spaced and after.spaced:
        return negative
    if after.kind == "result" and after.value != "negative" and item.spaced and not after.spaced:
        return unclear
    if after.kind in ("number", "titre") and (not after.spaced or before is None or before.kind == "open"):
        return unclear
    return item._replace(kind="link")


def enclosed(line: Sequence[Item]) -> list[Item]:
    """In `SRP(-) HMGCR(+)` and `MDA5 (+++), Ro52 (+)` the brackets only enclose each sign: a plus in them is then no weak plus."""
    told = [item for item in line if item.kind in _TOLD]
    names = sum(item.kind == "name" for item in line)
    signs = [item for item in told if item.sign and item.kind == "result"]
    bracketed = len(signs) > 1 and all(item.text[:1] in "([" for item in signs)
    graded = any(item.text.strip("([ )]") in ("++", "+++", "++++") for item in signs)
    each = 1 < names == len(told) == len(signs) and any("-" in item.text and item.value == "negative" for item in told)
    if bracketed and (each or graded):
        return [
            item._replace(value="positive") if item.sign and item.text.strip("([ )]") == "+" else item for item in line
        ]
    return list(line)
