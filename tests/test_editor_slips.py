"""Slips of an editor's hand: where each is told, what the hint says to type, and what `--fix` makes of it."""

from __future__ import annotations

from datetime import date

import pytest

from myofind.checks.fix import fix
from myofind.checks.run import check
from myofind.checks.table import BY_NAME
from myofind.diagnostics import Diagnostic
from myofind.language import both
from myofind.registry.read import read_registry
from tests.snippets import whole

DAY = date(2025, 6, 1)


def findings(text: str) -> tuple[Diagnostic, ...]:
    return check(read_registry(whole(text).encode(), "x"), DAY).findings


def only(text: str, rule: str) -> Diagnostic:
    """The one finding of a file with one slip."""
    (finding,) = findings(text)
    assert finding.rule == rule
    return finding


def fixed(text: str) -> str:
    """The trial after the corrections."""
    data = whole(text).encode()
    report = check(read_registry(data, "x"), DAY)
    return fix(data, report, DAY, names=BY_NAME).data.decode()


def left(text: str) -> bool:
    """Whether no correction is made."""
    return fixed(text) == whole(text)


SEEN = """\
status:
  - {{value: completed, as_of: {first}, source: afm-2025, at: page 2}}
  - {{value: recruiting, as_of: 2025-04-02, source: afm-2025, at: page 1}}
sources:
  - {{ref: afm-2025, at: page {page}, date: 2025-05-17}}
"""


def test_a_mistyped_day_of_a_status_is_told_where_its_source_shows_it() -> None:
    text = SEEN.format(first="2025-01-17", page=2)
    finding = only(text, "unordered-status")
    assert finding.path == ("status", 0, "as_of")
    assert both(finding.hint_words)[0] == "write 2025-05-17 if the day is mistyped"
    assert left(text)


def test_of_two_days_in_the_wrong_order_both_lines_are_named_and_a_closed_trial_stays_closed() -> None:
    text = SEEN.format(first="2025-01-17", page=3)
    finding = only(text, "unordered-status")
    assert "2025-04-02 (line 15)" in finding.message
    assert "2025-01-17 (line 14)" in finding.message
    assert "a day is mistyped" in finding.hint
    assert left(text)
