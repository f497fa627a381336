"""Make the pictures of the README anew: `python tools/pictures.py` writes docs/pictures/terminal.svg and page.png.

The answer and the page are those of one patient on a fixed day; the page needs Chromium.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import tab
from rich.console import Console
from rich.text import Text

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
QUESTION = ["match", "-s", "dm", "-a", "45", "-c", "FR", "-A", "mda5", "--ild", "--on", "2026-11-20"]
COLUMNS, LINES = 100, 46
"""The terminal that is drawn; a longer answer is cut below."""
PAGE = (980, 1180)
"""The part of the page that is shown, in pixels from its upper left corner."""


def printed(*more: str, **environment: str) -> str:
    """What the program prints for the question."""
    command = [sys.executable, "-m", "myofind", *QUESTION, *more]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return done.stdout


def terminal() -> str:
    """The answer on a terminal, as SVG that loads no font."""
    lines = printed(FORCE_COLOR="1", COLUMNS=str(COLUMNS), TERM="xterm-256color").splitlines()
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi("\n".join(lines[:LINES])))
    drawn = console.export_svg(title="myofind " + " ".join(QUESTION[:-2]), unique_id="terminal")
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, tab() as page:
        path = Path(folder) / "answer.html"
        path.write_text(printed("--format", "html"), encoding="utf-8")
        page.size(*PAGE)
        page.media()
        page.open(path)
        page.picture(PICTURES / "page.png", PAGE[1])


if __name__ == "__main__":
    main()
