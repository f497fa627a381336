"""Make the pictures of the README anew: `python tools/pictures.py` writes docs/pictures/terminal.svg and page.png.

`python tools/pictures.py FOLDER` draws there what is to be looked at before a release: the answers of six patients on
terminals of three widths. The answers are those of one day; pictures in pixels need Chromium.
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
QUESTION = "-s dm -a 45 -c FR -A mda5 --ild"
LOOKED_AT = {
    "dm-fr": "-s dm -a 45 -c FR --lang fr",
    "jdm-fr": "-s jdm -a 12 -c FR --lang fr",
    "ibm-de": "-s ibm -a 68 -c DE",
    "mda5-lungs-fr": "-s dm_mda5 -a 50 -c FR --ild --lang fr",
    "asys-us": "-s asys -A jo1 -a 39 -c US --ild",
    "imnm-gb": "-s imnm -A hmgcr -a 60 -c GB",
}
"""Six patients, as their answers are asked for."""
DAY = "2026-11-20"
COLUMNS = 100
WIDTHS = (80, 100, 140)
PAGE = (980, 1180)
"""The part of the page that is shown, in pixels from its upper left corner."""


def printed(question: str, *more: str, **environment: str) -> str:
    """What the program prints for a question."""
    command = [sys.executable, "-m", "myofind", "match", *question.split(), "--on", DAY, *more]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return done.stdout


def terminal(question: str, columns: int) -> str:
    """An answer on a terminal, as SVG that loads no font."""
    answer = printed(question, FORCE_COLOR="1", COLUMNS=str(columns), TERM="xterm-256color")
    console = Console(record=True, width=columns, file=io.StringIO())
    console.print(Text.from_ansi(answer))
    drawn = console.export_svg(title=f"myofind match {question}", unique_id="terminal")
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


def look(folder: Path) -> None:
    """Draw the answers to look at, as SVG and in pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    with tab() as page:
        for name, question in LOOKED_AT.items():
            for columns in WIDTHS:
                drawn = folder / f"{name}-{columns}.svg"
                drawn.write_text(terminal(question, columns), encoding="utf-8")
                page.open(drawn)
                width, height = page.evaluate("document.documentElement.getAttribute('viewBox')").split()[2:]
                page.size(round(float(width)), round(float(height)))
                page.picture(drawn.with_suffix(".png"))


def main() -> None:
    if len(sys.argv) > 1:
        look(Path(sys.argv[1]))
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(QUESTION, COLUMNS), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, tab() as page:
        path = Path(folder) / "answer.html"
        path.write_text(printed(QUESTION, "--format", "html"), encoding="utf-8")
        page.size(*PAGE)
        page.media()
        page.open(path)
        page.picture(PICTURES / "page.png", PAGE[1])


if __name__ == "__main__":
    main()
