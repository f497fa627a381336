"""Faults that are planted to try the tests are really there, also where a function or a value is held elsewhere."""

from __future__ import annotations

import ast
import os
import random
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from faults import SOURCE, Fault, faults, plant, planted, reach
from mutate import in_child

from myofind.registry import search
from myofind.writers import row_words, trial_table

PACKAGE = SOURCE / "myofind"


def fault(module: str, what: str, text: str) -> Fault:
    """The first fault of a kind in a line that holds a text."""
    path = PACKAGE / module
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(one for one in faults(path) if one.what == what and text in lines[one.line - 1])


def holds_with(one: Fault, holds: Callable[[], bool]) -> bool:
    """Whether something holds in a process with a fault."""

    def work() -> int:
        plant(one)
        return 0 if holds() else 1

    return os.waitstatus_to_exitcode(os.waitpid(in_child(work), 0)[1]) == 0


def whole_words() -> bool:
    return search._plainly("jasmine", "the jasmine trial") == 0.9


def test_a_fault_in_a_function_reaches_who_imported_it() -> None:
    one = fault("registry/search.py", "nothing returned", "return 0.9")
    assert whole_words()
    assert holds_with(one, lambda: search._plainly("jasminetrial", "the jasmine trial") is None)
    assert search._plainly("jasminetrial", "the jasmine trial") == 0.9
    other = fault("writers/columns.py", "nothing returned", "return len(text)")
    assert vars(trial_table)["cell_len"]("abc") == 3
    assert holds_with(other, lambda: vars(trial_table)["cell_len"]("abc") is None)


def test_a_fault_in_a_value_of_a_module_reaches_who_imported_it() -> None:
    one = fault("writers/row_words.py", "number", "MOST_TO_SETTLE = 3")
    assert reach(one).function is None
    assert holds_with(one, lambda: row_words.MOST_TO_SETTLE == 2)
    assert row_words.MOST_TO_SETTLE == 3


@pytest.mark.parametrize("room", ["report", "matching", "advice"])
def test_every_fault_changes_the_code_and_compiles(room: str) -> None:
    every = list(chain.from_iterable(map(faults, sorted((PACKAGE / room).glob("*.py")))))
    for one in random.Random(room).sample(every, 12):
        tree = planted(one)
        compile(tree, str(one.path), "exec")
        assert ast.unparse(tree) != ast.unparse(ast.parse(Path(one.path).read_text(encoding="utf-8")))
        assert one.line in reach(one).lines
