"""Would the tests notice? Small faults are planted one by one in some modules, and the tests run against each, in process.

`.venv/bin/python tools/mutate.py src/myofind/report src/myofind/writers/as_json.py --tests tests/report`

Every fault runs in a child of this process (so on a system with `fork`), with pytest and what the modules do not depend
on already loaded; a fault that no test notices survives and is listed with its line. Planted are: a comparison turned
round, `and` for `or`, a `not` or a condition dropped or negated, a number off by one, `True` for `False`, a sum for a
difference, a union for an intersection, `min` for `max`, and nothing returned.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

HERE = Path(__file__).resolve().parent.parent
SOURCE = HERE / "src"
PRELOADED = ("pytest", "hypothesis", "yaml", "json", "csv", "rich.console", "rich.segment", "myofind.names.diagnosis")
SECONDS = 25
"""A run that takes more of a processor is a fault noticed: something does not end; so is one of ten times as long."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
JOINED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
SWAPPED = {"min": "max", "max": "min"}


class Fault(NamedTuple):
    """A fault that can be planted: the file, its line, the place of the node among those that run, what is done to it."""

    path: Path
    line: int
    number: int
    what: str


def module_name(path: Path) -> str:
    """The dotted name of a module of the program."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def faults(path: Path) -> Iterator[Fault]:
    """Every fault of a module, one by one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for number, (node, _) in enumerate(_places(tree)):
        for what, _ in _changes(node):
            yield Fault(path, getattr(node, "lineno", 0), number, what)


def planted(fault: Fault) -> ast.Module:
    """The module with a fault in it."""
    tree = ast.parse(fault.path.read_text(encoding="utf-8"))
    node, field = list(_places(tree))[fault.number]
    _put(field, node, dict(_changes(node))[fault.what])
    return ast.fix_missing_locations(tree)


Field = tuple[ast.AST, str, int | None]
"""Where a node hangs: its parent, the field, and the place in it where that is a list."""


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, Field]]:
    """The nodes that run, with where they hang: neither annotations, docstrings, nor imports for types."""
    waiting: list[tuple[ast.AST, Field]] = [(child, (tree, "body", place)) for place, child in enumerate(tree.body)]
    while waiting:
        node, field = waiting.pop(0)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Protocol" for base in node.bases):
            continue
        yield node, field
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases"):
                continue
            if isinstance(value, list):
                waiting += [(child, (node, name, at)) for at, child in enumerate(value) if isinstance(child, ast.AST)]
            elif isinstance(value, ast.AST):
                waiting.append((value, (node, name, None)))


def _put(field: Field, old: ast.AST, new: ast.AST) -> None:
    parent, name, place = field
    if place is None:
        setattr(parent, name, new)
    else:
        getattr(parent, name)[place] = new
    for attribute in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        if hasattr(old, attribute):
            setattr(new, attribute, getattr(old, attribute))


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What can be done to a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARED:
        operator = COMPARED[type(node.ops[0])]()
        yield "comparison", ast.Compare(node.left, [operator], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield "not dropped", node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "true/false", ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "number", ast.Constant(node.value - 1 if node.value else 1)
    elif isinstance(node, ast.BinOp) and type(node.op) in JOINED:
        yield "operator", ast.BinOp(node.left, JOINED[type(node.op)](), node.right)
    elif isinstance(node, ast.Name) and node.id in SWAPPED:
        yield "min/max", ast.Name(SWAPPED[node.id], node.ctx)
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield "nothing returned", ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.UnaryOp):
        new = copy.copy(node)
        new.test = ast.UnaryOp(ast.Not(), node.test)
        yield "condition", new


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a fault in it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.name = module_name(fault.path)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.fault.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(planted(self.fault), str(self.fault.path), "exec"), module.__dict__)


def run(fault: Fault | None, tests: Sequence[str]) -> int:
    """The exit code of the tests with a fault planted; in a child, which never comes back."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(10 * SECONDS)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if fault is not None:
        sys.meta_path.insert(0, _Loader(fault))
    import pytest

    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", *tests]))


def started(fault: Fault | None, tests: Sequence[str]) -> int:
    """Start a run in a child; its process id."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            code = run(fault, tests)
        finally:
            os._exit(code)
    return child


def survivors(chosen: Sequence[Fault], tests: Sequence[str], workers: int, seconds: float) -> tuple[list[Fault], int]:
    """The faults no test noticed, and how many were tried in the time."""
    running: dict[int, Fault] = {}
    alive: list[Fault] = []
    tried, until = 0, time.monotonic() + seconds
    waiting = list(chosen)
    while running or (waiting and time.monotonic() < until):
        while waiting and len(running) < workers and time.monotonic() < until:
            fault = waiting.pop(0)
            running[started(fault, tests)] = fault
        child, status = os.wait()
        tried += 1
        fault = running.pop(child)
        if os.waitstatus_to_exitcode(status) == 0:
            alive.append(fault)
            _print(fault)
    return alive, tried


def _print(fault: Fault) -> None:
    text = fault.path.read_text(encoding="utf-8").splitlines()[fault.line - 1].strip()
    print(f"survives: {fault.path.relative_to(HERE)}:{fault.line}: {fault.what}: {text}", flush=True)


def main() -> int:
    """Plant, run, report; exit code 1 where the tests fail without any fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="modules, or folders of them")
    parser.add_argument("--tests", nargs="+", required=True, help="tests to run")
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    parser.add_argument("--minutes", type=float, default=10, help="no fault is planted after that")
    parser.add_argument("--sample", type=int, help="so many faults, drawn with a fixed seed")
    options = parser.parse_args()
    sys.path[:0] = [str(SOURCE), str(HERE), str(HERE / "tests")]
    os.chdir(HERE)
    for name in PRELOADED:
        importlib.import_module(name)
    files = [
        file.resolve() for path in options.paths for file in ([path] if path.is_file() else sorted(path.glob("*.py")))
    ]
    chosen = [fault for file in files for fault in faults(file)]
    random.Random(0).shuffle(chosen)
    _, status = os.waitpid(started(None, options.tests), 0)
    if os.waitstatus_to_exitcode(status) != 0:
        print("the tests fail without any fault")
        return 1
    alive, tried = survivors(chosen[: options.sample], options.tests, options.workers, options.minutes * 60)
    noticed = tried - len(alive)
    print(
        f"{noticed} of {tried} faults noticed ({100 * noticed / max(1, tried):.1f} %), {len(chosen)} could be planted"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
