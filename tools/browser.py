"""Chromium without a window, driven over a pipe in the words of its DevTools protocol; nothing to install beside it.

https://chromedevtools.github.io/devtools-protocol/ (read 2026-11-26): messages are JSON, each ended by a zero byte; the
browser reads from descriptor 3 and writes to descriptor 4.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60
"""Seconds an answer may take."""

Message = dict[str, Any]


def executable() -> str:
    """The browser of this machine; raises SystemExit where there is none."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    raise SystemExit(f"no browser: one of {', '.join(NAMES)} is needed")


class Tab:
    """A page in the browser; `events` holds what it told of itself since it was last opened."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes, self._rest, self._count, self._session = reads, writes, b"", 0, ""
        self.events: list[Message] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> Message:
        """The result of a command; raises RuntimeError where the browser refuses it."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writes, json.dumps(message).encode() + b"\0")
        for answer in self._messages():
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: Message = answer["result"]
                return result
            self.events.append(answer)
        raise AssertionError

    def _messages(self) -> Iterator[Message]:
        end = time.monotonic() + PATIENCE
        while True:
            line, found, self._rest = self._rest.partition(b"\0")
            if found:
                yield json.loads(line)
                continue
            self._rest = line
            if not select.select([self._reads], [], [], max(0, end - time.monotonic()))[0]:
                raise RuntimeError("the browser does not answer")
            self._rest += os.read(self._reads, 1 << 20)

    def open(self, path: Path) -> None:
        """Load a file and wait until it stands."""
        self.events.clear()
        self.ask("Page.navigate", url=path.resolve().as_uri())
        if not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            for event in self._messages():
                self.events.append(event)
                if event.get("method") == "Page.loadEventFired":
                    break

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, a promise's once it is kept."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def size(self, width: int, height: int, mobile: bool = False) -> None:
        """The screen to lay out for."""
        scale = 2 if mobile else 1
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=mobile
        )

    def media(self, media: str = "", scheme: str = "light") -> None:
        """Print or screen, and the reader's preference of colours."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)

    def picture(self, path: Path, height: int | None = None) -> None:
        """A picture of the page: of what the screen shows, or of so many pixels from its top."""
        parameters: dict[str, Any] = {}
        if height:
            width = self.evaluate("document.documentElement.clientWidth")
            parameters = {
                "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
                "captureBeyondViewport": True,
            }
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png", **parameters)["data"]))

    def paper(self, path: Path) -> None:
        """The page as it prints, on the paper it asks for."""
        found = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        path.write_bytes(base64.b64decode(found["data"]))


@contextmanager
def tab() -> Iterator[Tab]:
    """A page in a browser of its own, which ends with it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        to_browser, from_us = os.pipe()
        to_us, from_browser = os.pipe()
        command = (
            f'exec "$0" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --remote-debugging-pipe '
            f'--user-data-dir="{folder}" about:blank 3<&{to_browser} 4>&{from_browser}'
        )
        process = subprocess.Popen(
            ["/bin/sh", "-c", command, executable()], pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL
        )
        os.close(to_browser)
        os.close(from_browser)
        try:
            page = Tab(to_us, from_us)
            yield page
            page._session = ""
            page.ask("Browser.close")
        finally:
            os.close(from_us)
            os.close(to_us)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
