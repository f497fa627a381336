"""Names in brackets: `SSA (Ro52)` and `SSA (52)` are one name, the narrowest; `synthetases (PL-7, PL-12)` is a list."""

from __future__ import annotations

from collections.abc import Sequence

from myofind.names.autoantibodies import groups
from myofind.names.compiled_files import span_index
from myofind.names.laboratory_items import NOT_FOLLOWED, Item
from myofind.names.laboratory_names import owner
from myofind.names.normal import words
from myofind.names.vocabulary import resolve

__all__ = ["joined_names"]


def joined_names(line: Sequence[Item]) -> list[Item]:
    """`SSA (Ro52)`, `Jo-1 (HisRS)` and `SSA 52 (Ro) (ENA)` are one name each, the narrowest; `synthetases (PL-7, PL-12)` is a list."""
    out: list[Item] = []
    at = 0
    while at < len(line):
        item = line[at]
        end = _closing(line, at) if item.kind == "open" else None
        if end is not None and (member := _member(out, line[at + 1 : end])):
            place, names = member
            out[place : place + 1] = names
            at = end + 1
            continue
        outer = next((held for held in reversed(out[-3:]) if held.kind not in ("antibody", "link")), None)
        if end is None or outer is None or outer.kind != "name" or outer.value == NOT_FOLLOWED:
            out.append(item)
            at += 1
            continue
        several = _longer_names(outer, line[at + 1 : end])
        if several:
            place = len(out) - 1 - next(i for i, held in enumerate(reversed(out)) if held is outer)
            out[place : place + 1] = several
            at = end + 1
            continue
        longer = _longer_name(outer, line[at + 1 : end])
        if longer is not None:
            out[-1 - next(i for i, held in enumerate(reversed(out)) if held is outer)] = longer._replace(
                end=line[end].end
            )
            at = end + 1
            continue
        inner = [held for held in line[at + 1 : end] if held.kind == "name"]
        kinds = {held.kind for held in line[at + 1 : end]}
        if (
            not inner
            or not kinds <= {"name", "antibody", "slash", "comma", "and", "harmless"}
            or "harmless" in kinds - {"harmless"}
            or any(held.value == NOT_FOLLOWED for held in inner)
        ):
            out.append(item)
            at += 1
            continue
        place = len(out) - 1 - next(i for i, held in enumerate(reversed(out)) if held is outer)
        out[place : place + 1] = _one_name(outer, inner, line[end].end)
        at = end + 1
    return out


def _member(out: Sequence[Item], content: Sequence[Item]) -> tuple[int, list[Item]] | None:
    """In `anti-synthetases: positive (PL-12)` the brackets name the member that is positive: the place of the class, and both."""
    if not out or out[-1].kind != "result" or out[-1].value != "positive":
        return None
    place = len(out) - 2
    while place >= 0 and out[place].kind in ("colon", "antibody", "link", "copula"):
        place -= 1
    if place < 0 or out[place].kind != "name" or out[place].value not in span_index()["classes"]:
        return None
    told = [held for held in content if held.kind != "antibody"]
    longer = _longer_name(out[place], told)
    name = longer or (told[0] if len(told) == 1 and told[0].kind == "name" else None)
    if name is None or name.value[0] in f"?|{NOT_FOLLOWED}" or out[place].value not in groups(name.value):
        return None
    held = name._replace(start=out[place].start, end=out[place].end)
    return place, [held] if longer else [out[place], held._replace(kind="slash", text="/"), held]


def _longer_name(outer: Item, content: Sequence[Item]) -> Item | None:
    """`SSA (52)` and `TIF1 (gamma)`: what stands in brackets completes the name, when the two together are another name."""
    if not 0 < len(content) < 4 or not all(held.kind in ("number", "unread", "name", "harmless") for held in content):
        return None
    inside = [word for held in content for word in words(held.text)]
    whole = owner((*words(outer.text), *inside))
    if whole is None or whole[0] in "?|" or (whole == outer.value and not any(word.isalpha() for word in inside)):
        return None
    return outer._replace(text=f"{outer.text} ({' '.join(held.text for held in content)})", value=whole)


def _longer_names(outer: Item, content: Sequence[Item]) -> list[Item]:
    """`Mi-2 (alpha et bêta)` is two names, joined; nothing where each part does not complete the name."""
    parts: list[list[Item]] = [[]]
    for held in content:
        if held.kind in ("and", "slash", "comma"):
            parts.append([])
        else:
            parts[-1].append(held)
    if not 1 < len(parts) < 5:
        return []
    names = [_longer_name(outer, part) for part in parts]
    if any(name is None or name.value == outer.value for name in names):
        return []
    listed: list[Item] = []
    for name in names:
        if name is not None:
            listed += [name, outer._replace(kind="slash", text="/")]
    return listed[:-1]


def _closing(line: Sequence[Item], at: int) -> int | None:
    """The closing bracket of an opening one, when no other opens between and it is near."""
    for end in range(at + 1, min(at + 40, len(line))):
        if line[end].kind == "close":
            return end
        if line[end].kind == "open":
            return None
    return None


def _readings(item: Item) -> tuple[str, ...]:
    """What an ambiguous name in brackets may mean: one that may mean the name before it does."""
    return resolve("antibodies", item.text).candidates if item.value[0] == "?" else ()


def _one_name(outer: Item, inner: list[Item], end: int) -> list[Item]:
    """The narrowest of a name and those in brackets after it; the list in brackets after a class of them."""
    told = list(
        dict.fromkeys(
            [
                outer.value,
                *(held.value for held in inner if held.value != "ena_any" and outer.value not in _readings(held)),
            ]
        )
    )
    if any(id[0] in "?|" for id in told):
        readable = [id for id in told if id[0] not in "?|"]
        if len(readable) != 1 or outer.value[0] in "?|":
            return [outer._replace(value="?")]
        told = readable
    broad = {id: groups(id) for id in told}
    narrow = [id for id in told if all(other == id or other in broad[id] for other in told)]
    text = outer.text if len(told) == 1 else f"{outer.text} ({', '.join(held.text for held in inner)})"
    if narrow:
        return [outer._replace(text=text, value=narrow[0], end=end)]
    if outer.value in span_index()["classes"] and all(outer.value in broad[held.value] for held in inner):
        listed: list[Item] = []
        for held in inner:
            listed += [held, held._replace(kind="slash", text="/")]
        return listed[:-1]
    return [outer._replace(text=text, value="|" + " ".join(told), end=end)]
