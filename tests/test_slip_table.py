"""Editing mistakes of every kind are found where they were made, with a hint, without echo; `--fix` is right or silent.

Here one of each kind, at a place chosen by a seed; `tools/slip_table.py` plants as many as one likes.
"""

from __future__ import annotations

import random
from datetime import date
from functools import cache

import pytest
from slip_table import KINDS, Kind, Mistake, judged, mistakes, report_of

from myofind.checks.fix import fix
from myofind.checks.table import BY_NAME
from myofind.registry.location import registry_path

DAY = date(2026, 12, 1)
SHIPPED = registry_path().read_text(encoding="utf-8")


@cache
def made(kind: Kind) -> list[Mistake]:
    """One mistake of a kind in the shipped registry, or none where it cannot be made."""
    return mistakes(SHIPPED, kind, 1, random.Random(kind.name))


def test_the_table_has_kinds_that_can_be_made_in_the_shipped_registry() -> None:
    possible = [kind for kind in KINDS if made(kind)]
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len(possible) >= 130


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_mistake_is_found_where_it_was_made(kind: Kind) -> None:
    for mistake in made(kind):
        outcome = judged(mistake, DAY)
        words = [f"{one.position.line} {one.rule}: {one.message}" for one in outcome.new]
        assert outcome.found, (mistake.lines, words)
        assert outcome.hint, words
        assert outcome.alone, words
        assert outcome.fix_right, words


@pytest.mark.parametrize("kind", KINDS[::5], ids=lambda kind: kind.name)
def test_a_second_correction_changes_nothing(kind: Kind) -> None:
    for mistake in made(kind):
        texts = [mistake.after.encode()]
        for _ in range(2):
            texts.append(fix(texts[-1], report_of(texts[-1].decode(), DAY), DAY, names=BY_NAME).data)
        assert texts[1] == texts[2]
