"""`myofind --version`: the program and the registry it would answer from."""

from __future__ import annotations

import sys

from myofind import __version__
from myofind.commands.common import OK, exits, open_registry


@exits
def show_version() -> int:
    """Print both versions."""
    meta = open_registry(None).meta
    sys.stdout.write(f"myofind {__version__}\nregistry {meta.name} {meta.version} (facts up to {meta.as_of})\n")
    return OK
