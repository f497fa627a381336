"""Many small cases as one test that lists those that fail: what pytest does around a test costs more than such a case."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any


def together(cases: Iterable[tuple[Any, ...]]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Instead of `pytest.mark.parametrize`: each case holds the arguments of the test, which takes no fixture.

    The cases are made when the test runs, not wherever it is collected.
    """
    every: list[tuple[Any, ...]] = []

    def of(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            every.extend(() if every else cases)
            assert every
            failed = [f"{case}: {problem}" for case in every if (problem := _problem(check, case))]
            assert not failed, f"{len(failed)} of {len(every)} cases fail:\n" + "\n".join(failed)

        test.__name__, test.__doc__, test.__module__ = check.__name__, inspect.getdoc(check), check.__module__
        return test

    return of


def _problem(check: Callable[..., None], case: tuple[Any, ...]) -> str:
    """What is wrong with a case, or nothing."""
    try:
        check(*case)
    except Exception as error:  # whatever it is, the other cases are tried too
        return f"{type(error).__name__}: {error}"
    return ""
