"""The compiled vocabulary, read once and only when asked for: one small file a question, and a module that every answer needs.

The source of truth is `data/*.yaml`; `tools/compile_names.py` makes these files from it and a test holds them together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from myofind.names import compiled_always

__all__ = ["FOLDER", "Keys", "above", "below", "read", "span_index"]

FOLDER = os.path.join(os.path.dirname(__file__), "compiled")


class Keys(Mapping[str, str]):
    """Owners by key, from lines of a key, a tab and its owner; the first few are looked up in the text, unparsed."""

    FEW = 40

    def __init__(self, text: bytes) -> None:
        self._text, self._looked_up = b"\n" + text, 0

    def __getitem__(self, key: str) -> str:
        if self._looked_up == self.FEW:
            return self._parsed[key]
        self._looked_up += 1
        _, start, after = self._text.partition(f"\n{key}\t".encode(errors="surrogatepass"))
        if not start:
            raise KeyError(key)
        return after[: after.index(b"\n")].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed)

    def __len__(self) -> int:
        return len(self._parsed)

    @cached_property
    def _parsed(self) -> dict[str, str]:
        return dict(line.split("\t") for line in self._text.decode().split("\n")[1:-1])


@cache
def read(name: str) -> Any:
    """The content of one compiled file, by its name without the ending: of `keys_…` as Keys."""
    if name in compiled_always.CONTENT:
        return compiled_always.CONTENT[name]
    if name.startswith("keys_"):
        with open(os.path.join(FOLDER, f"{name}.txt"), "rb") as keys:
            return Keys(keys.read())
    import json

    with open(os.path.join(FOLDER, f"{name}.json"), encoding="utf-8") as stream:
        return json.load(stream)


@cache
def span_index() -> dict[str, Any]:
    """What finding antibodies inside longer text needs."""
    spans = read("spans_antibodies")
    return {
        "keys": read("keys_antibodies"),
        "starts": frozenset(spans["starts"]),
        "classes": frozenset(spans["classes"]),
    }


@cache
def above(kind: str, id: str) -> frozenset[str]:
    """Every term that holds a term of a vocabulary, at any depth, itself left out; KeyError for no term of it."""
    right_above: dict[str, tuple[str, ...]] = read("groups")[kind]
    seen: set[str] = set()
    ahead = list(right_above[id])
    while ahead:
        holder = ahead.pop()
        if holder not in seen:
            seen.add(holder)
            ahead.extend(right_above[holder])
    return frozenset(seen)


@cache
def below(kind: str, id: str) -> frozenset[str]:
    """Every term that a term of a vocabulary holds, at any depth, itself left out; KeyError for no term of it."""
    right_below = _right_below(kind)
    found = right_below[id]
    return frozenset(found).union(*(below(kind, one) for one in found))


@cache
def _right_below(kind: str) -> dict[str, list[str]]:
    """For every term of a vocabulary those it holds without another between."""
    right_above: dict[str, tuple[str, ...]] = read("groups")[kind]
    found: dict[str, list[str]] = {id: [] for id in right_above}
    for id, holders in right_above.items():
        for holder in holders:
            found[holder].append(id)
    return found
