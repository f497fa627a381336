"""Trials by id, keys in the order of the format: two editors make the same file, and differences stay small."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, write
from myofind.domain.trial import PHASES
from myofind.editing.text_edit import sorted_items, sorted_keys
from myofind.files.yaml_nodes import MappingNode, ScalarNode
from myofind.language import Pair
from myofind.registry.fact_forms import OneOf
from myofind.registry.file_format import FILE, HEADER, TRIAL
from myofind.registry.forms import ListOf, Mapping, Named


def displaced(ranks: Sequence[Any]) -> list[int]:
    """The places to move so that the ranks rise: all but a longest rising run."""
    tails: list[Any] = []
    ends: list[int] = []
    before: list[int] = []
    for place, rank in enumerate(ranks):
        at = bisect_left(tails, rank)
        if at == len(tails):
            tails.append(rank)
            ends.append(place)
        else:
            tails[at], ends[at] = rank, place
        before.append(ends[at - 1] if at else -1)
    kept = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return [place for place in range(len(ranks)) if place not in kept]


def _below(name: str) -> Pair:
    return f"move it below `{name}`", f"le mettre sous `{name}`"


def _above(name: str) -> Pair:
    return f"move it above `{name}`", f"le mettre au-dessus de `{name}`"


def trial_order(about: About) -> Iterator[Found]:
    """A trial does not stand at its place by id."""
    entries = [entry for entry in about.entries if entry.id]
    ids = [entry.id for entry in entries]
    if all(a <= b for a, b in pairwise(ids)):
        return
    ordered = sorted(set(ids))
    for place in displaced(ids):
        where = ordered.index(ids[place])
        hint = _below(ordered[where - 1]) if where else _above(ordered[1])
        if ids.index(ids[place]) == place and ids.count(ids[place]) == 1:
            yield Found(
                ("id",),
                f"`{ids[place]}` does not stand in the order of ids",
                f"`{ids[place]}` n'est pas à sa place dans l'ordre des identifiants",
                *hint,
                fix=partial(sorted_items, key="id", newest_first=False),
                base=("trials",),
                entry=entries[place],
            )


def key_order(about: About) -> Iterator[Found]:
    """A key does not stand in the order of the format."""
    read = about.read
    root = read.document.root
    keys = [key.value for key, _ in root.value if isinstance(key, ScalarNode)] if isinstance(root, MappingNode) else []
    if [key for key in keys if key in FILE.keys] == ["trials", "registry"]:
        message = ("`registry` stands after `trials`", "`registry` se trouve après `trials`")
        yield Found(("registry",), *message, *_above("trials"), key=True)
    if any(path[:1] == ("registry",) for path in read.unordered):
        yield from misplaced(HEADER, about.header, ("registry",))
    for entry in about.entries:
        if ("trials", about.written[entry.place]) in read.unordered:
            yield from (found._replace(entry=entry) for found in misplaced(TRIAL, entry.plain, ()))


def phase_order(entry: Entry, about: About) -> Iterator[Found]:
    """The phases of a trial do not stand in their order."""
    phases = entry.plain.get("phase", ())
    ordered = sorted(phases, key=PHASES.index)
    if list(phases) != ordered:
        message = ("the phases are out of order", "les phases ne sont pas dans l'ordre")
        yield Found(("phase",), *message, *write(f"[{', '.join(ordered)}]"))


def misplaced(form: Any, value: Any, path: Path) -> Iterator[Found]:
    """The mappings below a value whose keys are out of order: one finding each, at the first key to move."""
    if isinstance(form, Mapping):
        if not isinstance(value, dict):
            return
        ranks = {key: place for place, key in enumerate(form.keys)}
        keys = list(value)
        wrong = displaced([ranks[key] for key in keys])
        if wrong:
            key = keys[wrong[0]]
            after = [one for one in keys if ranks[one] > ranks[key]]
            before = [one for one in keys if ranks[one] < ranks[key]]
            rank = ranks.__getitem__
            hint = _below(max(before, key=rank)) if before else _above(min(after, key=rank))
            yield Found(
                (*path, key),
                f"`{key}` does not stand in the order of keys",
                f"`{key}` n'est pas à sa place dans l'ordre des clés",
                *hint,
                key=True,
                fix=partial(sorted_keys, keys=tuple(form.keys)),
                base=path or None,
            )
        for key, one in value.items():
            if isinstance(one, (dict, list)):
                yield from misplaced(form.keys[key].form, one, (*path, key))
    elif isinstance(form, ListOf):
        for number, one in enumerate(value):
            if isinstance(one, (dict, list)):
                yield from misplaced(form.item, one, (*path, number))
    elif isinstance(form, Named):
        for key, one in value.items():
            yield from misplaced(form.value, one, (*path, key))
    elif isinstance(form, OneOf) and isinstance(value, dict):
        yield from misplaced(form.other, value, path)
