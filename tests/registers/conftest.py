"""Fixtures of the registers' tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.registers.world import REGISTRY, Asked, Register, Reply, Serve
from tests.run import Ran, myofind

Run = Callable[..., Ran]
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "trials.yaml"
    path.write_text(REGISTRY, encoding="utf-8", newline="")
    return path


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[Register] = []

    def start(answer: Callable[[Asked], Reply]) -> Register:
        running.append(Register(answer))
        return running[-1]

    yield start
    for one in running:
        one.close()


@pytest.fixture
def run() -> Run:
    """Run the program as a process."""

    def call(*arguments: str, stdin: str | None = None) -> Ran:
        return myofind(*arguments, stdin=stdin, env={**dict.fromkeys(PROXIES, ""), "SOURCE_DATE_EPOCH": "1795132800"})

    return call


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Any], str]:
    """Save a value as JSON; gives back the file's name."""

    def save(value: Any) -> str:
        path = tmp_path / "saved.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        return str(path)

    return save
