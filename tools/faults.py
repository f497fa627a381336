"""Small faults in the program: which can be planted in a module, and planting one in the running process.

Planted are: a comparison turned round, `and` for `or`, a `not` or a condition dropped or negated, a number off by one,
`True` for `False`, a sum for a difference, a union for an intersection, `min` for `max`, and nothing returned.
"""

from __future__ import annotations

import ast
import copy
import importlib
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent.parent
SOURCE = HERE / "src"

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

    def __str__(self) -> str:
        text = self.path.read_text(encoding="utf-8").splitlines()[self.line - 1].strip()
        return f"{self.path.relative_to(HERE)}:{self.line}: {self.what}: {text}"


class Reach(NamedTuple):
    """Where a fault lies: the lines of its statement, and the first line of the function around it (none: of none)."""

    lines: range
    function: int | None


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


def reach(fault: Fault) -> Reach:
    """The statement and the outermost function a fault lies in."""
    tree = ast.parse(fault.path.read_text(encoding="utf-8"))
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    chain = [list(_places(tree))[fault.number][0]]
    while chain[-1] in parents:
        chain.append(parents[chain[-1]])
    statement = next(node for node in chain if isinstance(node, ast.stmt))
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    first = None
    for inner, outer in pairwise(chain):
        if isinstance(outer, ast.FunctionDef):
            lines = [outer.lineno, *(one.lineno for one in outer.decorator_list)]
            first = min(lines) if inner in outer.body else None
    return Reach(range(statement.lineno, max(statement.lineno, last) + 1), first)


Field = tuple[ast.AST, str, "int | None"]
"""Where a node hangs: its parent, the field, and the place in it where that is a list."""


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, Field]]:
    """The nodes that run, with where they hang: neither annotations, docstrings, nor imports for types.

    Nor `strict` of `zip`, which changes nothing where the lengths agree, as every run of every test has shown they do.
    """
    waiting: list[tuple[ast.AST, Field]] = [(child, (tree, "body", place)) for place, child in enumerate(tree.body)]
    while waiting:
        node, field = waiting.pop(0)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Protocol" for base in node.bases):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
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


# Planting in the running process ---------------------------------------------------------------------------------------


def plant(fault: Fault) -> None:
    """Make this process run the module with the fault: functions that are held elsewhere change too."""
    name = ".".join(fault.path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    code = compile(planted(fault), str(fault.path), "exec")
    first = reach(fault).function
    if first is not None:
        function = next(one for one in _functions(vars(module), name) if one.__code__.co_firstlineno == first)
        function.__code__ = next(one for one in _codes(code) if one.co_firstlineno == first)
        return
    fresh: dict[str, Any] = {**_frame(module), "__name__": name}
    exec(code, fresh)
    for key, value in fresh.items():
        _transplant(vars(module).get(key), value, key)


def _frame(module: Any) -> dict[str, Any]:
    return {key: value for key, value in vars(module).items() if key.startswith("__") and key.endswith("__")}


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes, by their code."""
    for held in code.co_consts:
        if isinstance(held, CodeType):
            yield held
            yield from _codes(held)


def _functions(held: Mapping[str, Any], module: str) -> Iterator[FunctionType]:
    """The functions of a module and of its classes, below whatever decorates them."""
    for value in list(held.values()):
        if isinstance(value, type) and value.__module__ == module:
            yield from _functions(vars(value), module)
        bare = _bare(value)
        if bare is not None and bare.__module__ == module:
            yield bare


def _bare(value: Any) -> FunctionType | None:
    for name in ("__wrapped__", "fget", "func", "__func__"):
        inner = getattr(value, name, None) if not isinstance(value, type) else None
        if isinstance(inner, FunctionType):
            return inner
    return value if isinstance(value, FunctionType) else None


def _transplant(old: Any, new: Any, name: str) -> None:
    """Put what the faulty module made in the place of what is there, wherever that is held under its name."""
    before, after = _bare(old), _bare(new)
    if before is not None and after is not None:
        if before.__code__.co_filename == after.__code__.co_filename:
            before.__defaults__, before.__kwdefaults__ = after.__defaults__, after.__kwdefaults__
    elif isinstance(old, type) and isinstance(new, type):
        for key, value in vars(new).items():
            held = vars(old).get(key)
            if _bare(held) is not None:
                _transplant(held, value, key)
            elif key[:2] != "__" and key in vars(old) and not callable(held):
                setattr(old, key, value)
    else:
        for module in list(sys.modules.values()):
            if getattr(module, "__dict__", {}).get(name) is old and old is not None:
                setattr(module, name, new)
