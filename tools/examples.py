"""Run the examples of README.md and docs/match.md again and write their output: `python tools/examples.py [--check]`.

An example is a `console` block: each line starting with `$ ` is run by bash as it stands, and what follows it is what it
printed, remarks first, on an 80-column screen. Lines that set up an environment are left alone. A block introduced by a
line `` `NAME`: `` before a fence is written as a file first. The evaluation day is fixed, so that only the registry and
the program change what is printed.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from registry_report import as_released

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "match.md")
EPOCH = "1795176000"
"""Noon UTC of 2026-11-20, for SOURCE_DATE_EPOCH."""
ENVIRONMENT = {"COLUMNS": "80", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}

_FILE = re.compile(r"^`([\w.]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTING_UP = re.compile(r"pip install|-m venv")


def printed(command: str, folder: Path, given: str = "") -> str:
    """What a command prints, remarks first, where it is given a text to read."""
    program = f"myofind() {{ '{sys.executable}' -m myofind \"$@\"; }}\n"
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(
        ["bash", "-c", program + command], input=given.encode(), cwd=folder, env=environment, capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    return done.stderr.decode() + done.stdout.decode()


def refreshed(page: str, printed: Callable[[str, Path], str] = printed) -> str:
    """The page with every example run again, in a folder that holds its files and the registry."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "data" / "trials.yaml").write_bytes((ROOT / "data" / "trials.yaml").read_bytes())
        for file, content in _FILE.findall(page):
            (folder / file).write_text(content, encoding="utf-8")

        def run(block: re.Match[str]) -> str:
            commands = [line[2:] for line in block[1].splitlines() if line.startswith("$ ")]
            if any(_SETTING_UP.search(command) for command in commands):
                return block[0]
            return "```console\n" + "".join(f"$ {each}\n{printed(each, folder)}" for each in commands) + "```"

        return _BLOCK.sub(run, page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="only say whether the pages are as the program prints")
    asked = parser.parse_args()
    if asked.check and not as_released():
        print("the registry changed since its pages were made: tools/release.py runs the examples again")
        return
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        new = refreshed(page)
        if asked.check and new != page:
            raise SystemExit(f"{path.name} is not what the program prints: run tools/examples.py")
        if not asked.check:
            path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
