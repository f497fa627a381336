"""Would the tests notice? Small faults are planted one by one in some modules, and the tests run against each, in process.

`.venv/bin/python tools/mutate.py src/myofind/report src/myofind/writers/as_json.py --tests tests/report`

The tests are collected once and run once without a fault, noting which test runs which line (those that fail are left out). Then each fault is planted
in a child of this process (so on a system with `fork`), which runs the tests that reach its line, the quickest first,
until one fails; a fault that no test notices survives and is listed with its line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import FrameType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from faults import HERE, SOURCE, Fault, faults, plant, reach

SECONDS = 40
"""A run that takes more of a processor is a fault noticed: something does not end."""


class Known(NamedTuple):
    """The tests that run a line of a file, by their place among all, and the seconds each test takes."""

    lines: dict[str, dict[int, list[int]]]
    seconds: list[float]

    def reaching(self, fault: Fault) -> list[int]:
        """The tests that run a fault, the quickest first; of one outside every function all that run its module."""
        lines = self.lines.get(str(fault.path), {})
        where = reach(fault)
        wanted = where.lines if where.function is not None else range(max(lines, default=0) + 1)
        places = {place for line in wanted for place in lines.get(line, ())}
        return sorted(places, key=self.seconds.__getitem__)


def passes(item: pytest.Item) -> bool:
    """Whether a test passes."""
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


UNPLANTED = 4
"""The exit code of a child that could not plant its fault."""


def in_child(work: Callable[[], int]) -> int:
    """Start some work in a child without output; its process id. What the work gives is the child's exit code."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            code = work()
        finally:
            os._exit(code)
    return child


class Mutation:
    """A plugin of pytest that runs the collected tests against faults, instead of once."""

    def __init__(
        self, files: Sequence[Path], chosen: Sequence[Fault], workers: int, seconds: float, kept: Path | None
    ) -> None:
        self.files, self.chosen, self.workers, self.seconds, self.kept = files, chosen, workers, seconds, kept
        self.alive: list[Fault] = []
        self.tried = 0
        self.sound = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run without a fault, then with each."""
        known = self._known(session.items)
        if known is None:
            return True
        self.sound = True
        print(f"{len(session.items)} tests pass in {sum(known.seconds):.0f} s", flush=True)
        running: dict[int, Fault] = {}
        waiting, until = list(self.chosen), time.monotonic() + self.seconds
        while running or (waiting and time.monotonic() < until):
            while waiting and len(running) < self.workers and time.monotonic() < until:
                fault = waiting.pop(0)
                running[in_child(lambda fault=fault: self._survives(fault, known, session.items))] = fault  # type: ignore[misc]
            child, status = os.wait()
            self._count(running.pop(child), os.waitstatus_to_exitcode(status))
        return True

    def _count(self, fault: Fault, code: int) -> None:
        if code == UNPLANTED:
            print(f"cannot be planted: {fault}", flush=True)
            return
        self.tried += 1
        if code == 0:
            self.alive.append(fault)
            print(f"survives: {fault}", flush=True)

    def _survives(self, fault: Fault, known: Known, items: Sequence[pytest.Item]) -> int:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            plant(fault)
        except (StopIteration, SyntaxError, ValueError):
            return UNPLANTED
        except Exception:
            return 1  # the module cannot even be loaded
        return 0 if all(passes(items[place]) for place in known.reaching(fault)) else 1

    def _known(self, items: Sequence[pytest.Item]) -> Known | None:
        """Which test runs which line, told by a child, or kept from an earlier run; nothing where none passes."""
        names = [item.nodeid for item in items]
        told = json.loads(self.kept.read_text(encoding="utf-8")) if self.kept and self.kept.exists() else None
        if told is None or told["tests"] != names:
            files = {str(path) for path in self.files}
            with TemporaryFile("w+") as stream:
                os.waitpid(in_child(lambda: _traced(items, files, stream)), 0)
                stream.seek(0)
                told = json.loads(stream.read() or "{}")
            if not told:
                return None
            if self.kept:
                self.kept.write_text(json.dumps(told), encoding="utf-8")
        for name in told["failed"]:
            print(f"left out, as it fails without any fault: {name}", flush=True)
        failed = set(told["failed"])
        passing = [name not in failed for name in names]
        lines = {
            file: {int(line): [place for place in places if passing[place]] for line, places in own.items()}
            for file, own in told["lines"].items()
        }
        return Known(lines, told["seconds"]) if any(passing) else None


def _traced(items: Sequence[pytest.Item], files: set[str], told: Any) -> int:
    """Run every test, and write which runs which line of some files, how long it takes, and those that fail."""
    lines: dict[str, dict[int, list[int]]] = {file: defaultdict(list) for file in files}
    seconds, failed = [], []
    seen: set[tuple[str, int]] = set()

    def line(frame: FrameType, event: str, argument: object) -> Any:
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, event: str, argument: object) -> Any:
        return line(frame, event, argument) if frame.f_code.co_filename in files else None

    for place, item in enumerate(items):
        seen.clear()
        before = time.process_time()
        sys.settrace(call)
        passed = passes(item)
        sys.settrace(None)
        seconds.append(time.process_time() - before)
        failed += [] if passed else [item.nodeid]
        for file, number in seen:
            lines[file][number].append(place)
    json.dump({"tests": [item.nodeid for item in items], "lines": lines, "seconds": seconds, "failed": failed}, told)
    told.flush()
    return 0


def main() -> int:
    """Plant, run, report; exit code 1 where no test passes without any fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="modules, or folders of them")
    parser.add_argument("--tests", nargs="+", required=True, help="tests to run")
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    parser.add_argument("--minutes", type=float, default=10, help="no fault is planted after that")
    parser.add_argument("--sample", type=int, help="so many faults, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0, help="chooses the sample, and the order")
    parser.add_argument(
        "--keep", type=Path, help="a file for which test runs which line, made once for an unchanged tree"
    )
    options = parser.parse_args()
    sys.path[:0] = [str(SOURCE), str(HERE), str(HERE / "tests")]
    os.chdir(HERE)
    files = [
        file.resolve() for path in options.paths for file in ([path] if path.is_file() else sorted(path.glob("*.py")))
    ]
    every = [fault for file in files for fault in faults(file)]
    random.Random(options.seed).shuffle(every)
    kept = options.keep.resolve() if options.keep else None
    mutation = Mutation(files, every[: options.sample], options.workers, options.minutes * 60, kept)
    plain = ["-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist", "-s", "--assert=plain"]
    pytest.main([*plain, "-o", "addopts=--import-mode=importlib", *options.tests], plugins=[mutation])
    if not mutation.sound:
        print("no test passes without any fault")
        return 1
    noticed = mutation.tried - len(mutation.alive)
    share = 100 * noticed / max(1, mutation.tried)
    print(f"{noticed} of {mutation.tried} faults noticed ({share:.1f} %), {len(every)} could be planted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
