"""Would the tests notice? Small faults are planted one by one in some modules, and the tests run against each, in process.

`.venv/bin/python tools/mutate.py src/myofind/report src/myofind/writers/as_json.py --tests tests/report`

The tests are collected once and run once without a fault, noting which test runs which line (those that fail are left out). Then each fault is planted
in a child of this process (so on a system with `fork`), which runs the tests that reach its line, until one fails: first those
that noticed a fault of the same function, then one of each test function, the quickest first, then the others.
A fault that no test notices in some time survives and is listed with its line. What noticed a fault is run once more without any:
where it fails then too, it did not notice anything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from mmap import mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from faults import HERE, SOURCE, Fault, faults, plant, reach

SECONDS = 20
"""What the tests of a fault may take of a processor before it counts as one that survives."""

SLOWER = 10
"""A test that takes so many times as long as without a fault, and some seconds, has noticed one: something does not end."""


class Known(NamedTuple):
    """The tests that run a line of a file, by their place among all; the function and the seconds of each test."""

    lines: dict[str, dict[int, list[int]]]
    functions: list[str]
    seconds: list[float]

    def reaching(self, fault: Fault, sharp: Mapping[int, int]) -> list[int]:
        """The tests that run a fault, in the order to try them; of one outside every function all that run its module."""
        lines = self.lines.get(str(fault.path), {})
        where = reach(fault)
        wanted = where.lines if where.function is not None else range(max(lines, default=0) + 1)
        quickest = sorted({place for line in wanted for place in lines.get(line, ())}, key=self.seconds.__getitem__)
        before: Counter[str] = Counter()
        rank = {}
        for place in quickest:
            rank[place] = before[self.functions[place]]
            before[self.functions[place]] += 1
        return sorted(quickest, key=lambda place: (-sharp.get(place, 0), rank[place]))


def passes(item: pytest.Item) -> bool:
    """Whether a test passes."""
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


SURVIVES, NOTICED, UNPLANTED = 0, 1, 4
"""The exit codes of a child: no test failed, one did, its fault could not be planted."""


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


class Running(NamedTuple):
    """A child at work on a fault, and the memory it shares, where it counts the test it has begun by its place and one."""

    fault: Fault
    begun: mmap

    def begin(self, place: int) -> None:
        self.begun[:] = (place + 1).to_bytes(len(self.begun), "big")

    def last(self) -> int | None:
        """The place of the test that was begun last: the one that noticed the fault, where it was noticed by one."""
        return int.from_bytes(self.begun[:], "big") - 1 if any(self.begun[:]) else None


class Mutation:
    """A plugin of pytest that runs the collected tests against faults, instead of once."""

    def __init__(
        self, files: Sequence[Path], chosen: Sequence[Fault], workers: int, seconds: float, kept: Path | None
    ) -> None:
        self.files, self.chosen, self.workers, self.seconds, self.kept = files, chosen, workers, seconds, kept
        self.alive: list[Fault] = []
        self.noticed: list[tuple[Fault, int | None]] = []
        self.sharp: dict[tuple[Path, int | None], Counter[int]] = defaultdict(Counter)
        self.sound = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run without a fault, then with each."""
        known = self._known(session.items)
        if known is None:
            return True
        self.sound = True
        print(f"{len(session.items)} tests pass in {sum(known.seconds):.0f} s", flush=True)
        children: dict[int, Running] = {}
        waiting, until = list(self.chosen), time.monotonic() + self.seconds
        while children or (waiting and time.monotonic() < until):
            while waiting and len(children) < self.workers and time.monotonic() < until:
                running = Running(waiting.pop(0), mmap(-1, 4))
                children[in_child(lambda running=running: self._tried(running, known, session.items))] = running  # type: ignore[misc]
            child, status = os.wait()
            self._count(children.pop(child), os.waitstatus_to_exitcode(status))
        self._control(session.items)
        return True

    def _count(self, running: Running, code: int) -> None:
        """Take down what became of a fault; a child that was stopped had a test that did not end."""
        if code == UNPLANTED:
            print(f"cannot be planted: {running.fault}", flush=True)
        elif code == SURVIVES:
            self._survives(running.fault)
        else:
            place = running.last()
            self.noticed.append((running.fault, place))
            if place is not None:
                self.sharp[_function(running.fault)][place] += 1

    def _survives(self, fault: Fault) -> None:
        self.alive.append(fault)
        print(f"survives: {fault}", flush=True)

    def _control(self, items: Sequence[pytest.Item]) -> None:
        """What noticed a fault passes without one, alone in a child as it was then; else the fault survives."""
        failing = set()
        for place in sorted({place for _, place in self.noticed if place is not None}):
            child = in_child(lambda place=place: SURVIVES if passes(items[place]) else NOTICED)  # type: ignore[misc]
            if os.waitpid(child, 0)[1]:
                print(f"fails alone without any fault: {items[place].nodeid}", flush=True)
                failing.add(place)
        for fault, _ in [pair for pair in self.noticed if pair[1] in failing]:
            self._survives(fault)
        self.noticed = [pair for pair in self.noticed if pair[1] not in failing]

    def _tried(self, running: Running, known: Known, items: Sequence[pytest.Item]) -> int:
        """Plant a fault and run the tests that reach it, as long as its time lasts; the exit code."""
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            plant(running.fault)
        except (StopIteration, SyntaxError, ValueError):
            return UNPLANTED
        except Exception:
            return NOTICED  # the module cannot even be loaded
        until = time.process_time() + SECONDS
        for place in known.reaching(running.fault, self.sharp[_function(running.fault)]):
            if time.process_time() > until:
                break
            running.begin(place)
            signal.setitimer(signal.ITIMER_PROF, SLOWER * known.seconds[place] + 5)
            if not passes(items[place]):
                return NOTICED
        return SURVIVES

    def _known(self, items: Sequence[pytest.Item]) -> Known | None:
        """Which test runs which line, told by children, or kept from an earlier run; nothing where none passes."""
        names = [item.nodeid for item in items]
        told = json.loads(self.kept.read_text(encoding="utf-8")) if self.kept and self.kept.exists() else None
        if told is None or told["tests"] != names:
            told = self._traced(items)
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
        return Known(lines, [name.split("[")[0] for name in names], told["seconds"]) if any(passing) else None

    def _traced(self, items: Sequence[pytest.Item]) -> dict[str, Any]:
        """Run every test without a fault, each worker a share of them."""
        files = {str(path) for path in self.files}
        size = -(-len(items) // self.workers)
        shares = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
        with TemporaryDirectory() as folder:
            paths = [Path(folder, str(share.start)) for share in shares]
            for share, path in zip(shares, paths, strict=True):
                in_child(lambda share=share, path=path: _trace(items, share, files, path))  # type: ignore[misc]
            for _ in shares:
                os.wait()
            texts = [path.read_text(encoding="utf-8") if path.exists() else "null" for path in paths]
        lines: dict[str, dict[str, list[int]]] = {file: defaultdict(list) for file in files}
        seconds: list[float] = []
        failed: list[str] = []
        for share, text in zip(shares, texts, strict=True):
            told = json.loads(text)
            if told is None:  # the child broke off, so that nothing is known of its share
                told = {"lines": {}, "seconds": [0.0] * len(share), "failed": [items[place].nodeid for place in share]}
            for file, own in told["lines"].items():
                for line, places in own.items():
                    lines[file][line] += places
            seconds += told["seconds"]
            failed += told["failed"]
        return {"tests": [item.nodeid for item in items], "lines": lines, "seconds": seconds, "failed": failed}


def _function(fault: Fault) -> tuple[Path, int | None]:
    return fault.path, reach(fault).function


def _trace(items: Sequence[pytest.Item], places: Sequence[int], files: set[str], path: Path) -> int:
    """Run some tests, and write which runs which line of some files, how long it takes, and those that fail."""
    lines: dict[str, dict[int, list[int]]] = {file: defaultdict(list) for file in files}
    seconds, failed = [], []
    left: dict[CodeType, set[int]] = {}

    def line(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            left[frame.f_code].discard(frame.f_lineno)
        return line

    def call(frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code.co_filename not in files:
            return None
        if code not in left:
            left[code] = _lines(code) - {code.co_firstlineno}
        return line if left[code] else None

    for place in places:
        left.clear()
        before = time.process_time()
        sys.settrace(call)
        passed = passes(items[place])
        sys.settrace(None)
        seconds.append(time.process_time() - before)
        failed += [] if passed else [items[place].nodeid]
        seen = {(code.co_filename, number) for code, unseen in left.items() for number in _lines(code) - unseen}
        for file, number in seen:
            lines[file][number].append(place)
    path.write_text(json.dumps({"lines": lines, "seconds": seconds, "failed": failed}), encoding="utf-8")
    return 0


def _lines(code: CodeType) -> set[int]:
    return {number for _, _, number in code.co_lines() if number is not None}


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
    noticed = len(mutation.noticed)
    tried = noticed + len(mutation.alive)
    share = 100 * noticed / max(1, tried)
    print(f"{noticed} of {tried} faults noticed ({share:.1f} %), {len(every)} could be planted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
