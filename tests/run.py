"""Running the program as a process, as its users do."""

import os
import subprocess
import sys
from typing import NamedTuple


class Ran(NamedTuple):
    """How a process ended and what it wrote."""

    code: int
    out: str
    err: str


def myofind(*arguments: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Ran:
    """Run `myofind` with arguments; no terminal is attached."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "myofind", *arguments],
        input=data if data is not None else b"",
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
