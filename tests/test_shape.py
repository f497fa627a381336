"""Modules, functions and commands stay small, nothing imports in a circle, and a name stands for one thing.

What is over a bound today is listed by name; what is not listed may not be over it, and the lists may only shrink.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import cast

import pytest

from tests.test_house import MODULES, imports, nodes

LINES, FUNCTION_LINES, COMMAND_LINES = 350, 60, 15
SHORT = {name: name.removeprefix("myofind.") for name in MODULES}


def functions(name: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in nodes(MODULES[name].read_text(encoding="utf-8")):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{SHORT[name]}.{node.name}", node


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_command(name: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it is what a command line calls: its options stand in its signature, a line or more for each."""
    return name.startswith("commands.") and node.name == "command"


def test_no_module_is_long() -> None:
    long = {SHORT[name] for name, path in MODULES.items() if path.read_text(encoding="utf-8").count("\n") > LINES}
    assert not long, "split what is new"


def test_no_function_is_long() -> None:
    every = [(name, node) for module in MODULES for name, node in functions(module) if not is_command(name, node)]
    assert not [name for name, node in every if length(node) > FUNCTION_LINES]


def test_a_command_reads_its_options_calls_and_returns() -> None:
    long = set()
    for module in MODULES:
        for name, node in functions(module):
            if is_command(name, node) and (node.end_lineno or 0) - node.body[0].lineno > COMMAND_LINES:
                long.add(name.removesuffix(".command"))
    assert not long


def circles() -> set[frozenset[str]]:
    """Modules each of which imports, at the top or inside a function, one that leads back to it."""
    uses = {
        name: {used for used in imports(name, path.read_text(encoding="utf-8")) if used in MODULES and used != name}
        for name, path in MODULES.items()
    }

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = uses[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    far = {name: reached(name) for name in uses}
    return {frozenset(SHORT[two] for two in far[one] if one in far[two]) for one in far if one in far[one]}


def test_nothing_imports_in_a_circle() -> None:
    assert circles() == set()


ALIKE = {
    # What a report is about gives its name to the report, to what fills it and to what lays it out.
    "advice": {"advice.advice", "words.advice"},
    "answer": {"matching.answer", "report.answer"},
    "cohort": {"report.cohort", "writers.cohort"},
    # A kind of thing, its rules and its words.
    "changes": {"words.changes", "writers.changes"},
    "facts": {"checks.facts", "names.facts", "words.facts"},
    "patient": {"domain.patient", "words.patient"},
    "remarks": {"domain.remarks", "words.remarks"},
    "layout": {"files.layout", "writers.layout"},
}
"""Modules of one name, commands and rooms aside."""


def test_a_name_of_a_module_is_given_once() -> None:
    by_name: dict[str, set[str]] = defaultdict(set)
    for module, short in SHORT.items():
        if not short.startswith("commands.") and MODULES[module].name != "__init__.py":
            by_name[short.rpartition(".")[2]].add(short)
    assert {name: modules for name, modules in by_name.items() if len(modules) > 1} == ALIKE


def classes() -> dict[str, set[str]]:
    """Public classes whose name stands in several modules."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        for node in cast(ast.Module, nodes(MODULES[module].read_text(encoding="utf-8"))[0]).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                by_name[node.name].add(SHORT[module])
    return {name: modules for name, modules in by_name.items() if len(modules) > 1}


SAME_CLASSES = {
    "Answer", "Card", "Change", "Cohort", "Found", "Group", "Hit", "Line", "Near", "Note", "Part", "Problem", "Proposal", "Record", "Refused", "Remark", "Row", "Seen", "Term", "Text", "Value", "Window",
}  # fmt: skip
"""Public classes that share a name. This list may only shrink."""


def test_a_name_of_a_class_is_given_once() -> None:
    assert set(classes()) <= SAME_CLASSES


@pytest.mark.parametrize("name", ["names", "domain", "words"])
def test_the_lowest_rooms_load_no_heavy_library(name: str) -> None:
    heavy = {"yaml", "rich", "urllib3", "jinja2", "typer"}
    for module, path in MODULES.items():
        if SHORT[module].startswith(f"{name}."):
            used = {one.partition(".")[0] for one in imports(module, path.read_text(encoding="utf-8"))}
            assert not used & heavy, module
