"""Run the examples of docs/match.md again and write their output: `python tools/match_docs.py [--check]`.

An example is a `console` block: a line starting with `$ ` is run by bash as it stands, what follows is what it printed,
remarks included, on an 80-column screen. A block introduced by a line `` `NAME`: `` before a fence is written as a file
first. The evaluation day is fixed, so that only the registry and the program change what is printed.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "match.md"
DAY = "2026-11-20"
EPOCH = "1795176000"
"""Noon UTC of that day, for SOURCE_DATE_EPOCH."""

_FILE = re.compile(r"^`([\w.]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^```console\n\$ (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def printed(command: str, folder: Path) -> str:
    """What a command prints, remarks first."""
    program = f"myofind() {{ '{sys.executable}' -m myofind \"$@\"; }}\n"
    environment = {
        **os.environ, "COLUMNS": "80", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", program + command], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
    )
    return done.stderr.decode() + done.stdout.decode()


def refreshed(page: str) -> str:
    """The page with every example run again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in _FILE.findall(page):
            (folder / file).write_text(content, encoding="utf-8")
        return _EXAMPLE.sub(lambda found: f"```console\n$ {found[1]}\n{printed(found[1], folder)}```", page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="only say whether the page is as the program prints")
    asked = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    new = refreshed(page)
    if asked.check:
        raise SystemExit(0 if new == page else "docs/match.md is not what the program prints: run tools/match_docs.py")
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
