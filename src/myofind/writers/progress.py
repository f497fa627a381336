"""How far a long run is, where somebody watches."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """How far a long run is: a bar on stderr, where that is a terminal and the answers go elsewhere."""

    def __init__(self, lines: TextIO) -> None:
        self.lines = lines
        self.on = sys.stderr.isatty() and not sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self.due = time.monotonic() + 0.5
        self.bar: Progress | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def tell(self, count: int) -> None:
        """Show the count, if it is time to; a run of half a second shows nothing."""
        if not self.on or count & 255 or time.monotonic() < self.due:
            return
        self.due = time.monotonic() + 0.2
        if self.bar is None:
            self.bar = self._started(count)
        read = self.lines.buffer.tell() if self.bar.tasks[0].total else None
        self.bar.update(self.bar.task_ids[0], completed=read, count=count)
        self.bar.refresh()

    def _started(self, count: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        # What comes through a pipe has no end that is known.
        size = os.fstat(self.lines.fileno()).st_size if self.lines.buffer.seekable() else None
        bar = Progress(
            TextColumn("{task.fields[count]:,} {task.description}"),
            BarColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
        )
        bar.add_task("patients", total=size, count=count)
        bar.start()
        return bar
