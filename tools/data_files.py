"""YAML files of data that tests and tools read, with the parser in C where it is there, each once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def yaml_of(path: Path) -> Any:
    """What a file holds; whoever asks must leave it as it is."""
    return yaml.load(path.read_bytes(), Loader=SAFE_LOADER)
