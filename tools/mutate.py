"""Would the tests notice? Small faults are planted one by one in some modules, and the tests run against each, in process.

`.venv/bin/python tools/mutate.py src/myofind/report src/myofind/writers/as_json.py --tests tests/report`

The tests are collected once and run once without a fault, noting which test runs which line (those that fail are left out). Then each fault is planted
in a child of this process (so on a system with `fork`), which runs the tests that reach its line, until one fails: first those
that noticed a fault of the same function, then those that are quick and run little else, the cases of one test function by turns
with others.
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
from collections.abc import Callable, Collection, Mapping, Sequence
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
    """The tests that run a line of a file, by their place among all; of each test its function, seconds and lines run."""

    lines: dict[str, dict[int, list[int]]]
    functions: list[str]
    seconds: list[float]
    reached: Counter[int]

    def reaching(self, fault: Fault, sharp: Mapping[int, int]) -> list[int]:
        """The tests that run a fault, in the order to try them; of one outside every function all that run its module."""
        lines = self.lines.get(str(fault.path), {})
        where = reach(fault)
        wanted = where.lines if where.function is not None else range(max(lines, default=0) + 1)
        own = Counter(place for places in lines.values() for place in places)
        cost = {
            place: (self.seconds[place] + 0.05) * (self.reached[place] / own[place]) ** 2
            for line in wanted
            for place in lines.get(line, ())
        }
        before: Counter[str] = Counter()
        for place in sorted(cost, key=cost.__getitem__):
            before[self.functions[place]] += 1
            cost[place] *= before[self.functions[place]]
        return sorted(cost, key=lambda place: (-sharp.get(place, 0), cost[place]))


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
        self.endless = 0
        """Of those noticed, the faults with which a test took so much of a processor that it was stopped."""
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
        elif code != NOTICED and code != -signal.SIGPROF:
            self._survives(running.fault)
        else:
            place = running.last()
            self.endless += code != NOTICED
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
        _forget(self.files)
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
        told: dict[str, Any] = {}
        if self.kept and self.kept.exists():
            told = json.loads(self.kept.read_text(encoding="utf-8"))
        told |= self._traced([item for item in items if item.nodeid not in told])
        if self.kept:
            self.kept.write_text(json.dumps(told), encoding="utf-8")
        runs = [told.get(item.nodeid, {"passed": False, "seconds": 0, "lines": {}}) for item in items]
        lines: dict[str, dict[int, list[int]]] = {str(file): defaultdict(list) for file in self.files}
        for place, (item, run) in enumerate(zip(items, runs, strict=True)):
            if not run["passed"]:
                print(f"left out, as it fails without any fault: {item.nodeid}", flush=True)
                continue
            for file, numbers in run["lines"].items():
                for number in numbers:
                    lines[file][number].append(place)
        functions = [item.nodeid.split("[")[0] for item in items]
        reached = Counter(place for own in lines.values() for places in own.values() for place in places)
        passed = any(run["passed"] for run in runs)
        return Known(lines, functions, [run["seconds"] for run in runs], reached) if passed else None

    def _traced(self, items: Sequence[pytest.Item]) -> dict[str, Any]:
        """Run some tests without a fault, each worker a share of them; what each runs, by its name."""
        size = max(1, -(-len(items) // self.workers))
        told: dict[str, Any] = {}
        with TemporaryDirectory() as folder:
            paths = {Path(folder, str(start)): items[start : start + size] for start in range(0, len(items), size)}
            for path, share in paths.items():
                in_child(lambda share=share, path=path: _trace(share, self.files, path))  # type: ignore[misc]
            for _ in paths:
                os.wait()
            for path in paths:
                told |= json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return told


def _function(fault: Fault) -> tuple[Path, int | None]:
    return fault.path, reach(fault).function


def _forget(files: Collection[Path]) -> None:
    """Drop what the functions of some modules keep, also from the time when the tests were collected."""
    paths = {str(file) for file in files}
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) in paths:
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()


def _trace(items: Sequence[pytest.Item], files: Sequence[Path], path: Path) -> int:
    """Run some tests, and write which lines of some files each runs, how long it takes, and whether it passes."""
    paths = {str(file) for file in files}
    told = {}
    left: dict[CodeType, set[int]] = {}

    def line(frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            left[frame.f_code].discard(frame.f_lineno)
        return line

    def call(frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code.co_filename not in paths:
            return None
        if code not in left:
            left[code] = _lines(code) - {code.co_firstlineno}
        return line if left[code] else None

    for item in items:
        left.clear()
        _forget(files)
        before = time.process_time()
        sys.settrace(call)
        passed = passes(item)
        sys.settrace(None)
        seen: dict[str, set[int]] = defaultdict(set)
        for code, unseen in left.items():
            seen[code.co_filename] |= _lines(code) - unseen
        lines = {file: sorted(numbers) for file, numbers in seen.items()}
        told[item.nodeid] = {"passed": passed, "seconds": time.process_time() - before, "lines": lines}
    path.write_text(json.dumps(told), encoding="utf-8")
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
        "--keep", type=Path, help="a file for which test runs which line, of use while the modules do not change"
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
    print(
        f"{noticed} of {tried} faults noticed ({share:.1f} %), {mutation.endless} of them by a test that did not end; "
        f"{len(every)} could be planted"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
