"""The compiled vocabulary, read once and only when asked for: one small JSON file a question.

The source of truth is `data/*.yaml`; `tools/compile_names.py` makes these files from it and a test holds them together.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "read", "span_index"]

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
