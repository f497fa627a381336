"""The compiled vocabulary, read once and only when asked for: one small JSON file a question.

The source of truth is `data/*.yaml`; `tools/compile_names.py` makes these files from it and a test holds them together.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "above", "below", "read", "span_index"]

FOLDER = Path(__file__).parent / "compiled"


@cache
def read(name: str) -> Any:
    """The content of one compiled file, by its name without the ending."""
    with (FOLDER / f"{name}.json").open(encoding="utf-8") as stream:
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
    right_above: dict[str, list[str]] = read("groups")[kind]
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
    return frozenset(_held(kind)[id])


@cache
def _held(kind: str) -> dict[str, list[str]]:
    """For every term of a vocabulary those it holds, at any depth."""
    held: dict[str, list[str]] = {id: [] for id in read("groups")[kind]}
    for id in held:
        for holder in above(kind, id):
            held[holder].append(id)
    return held
