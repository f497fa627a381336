"""How many random examples a property is tried on: few in the suite, as many as one likes in a run of its own."""

from __future__ import annotations

import os

from hypothesis import settings

TIMES = int(os.environ.get("MYOFIND_EXAMPLES", "1"))
"""`MYOFIND_EXAMPLES=50 pytest tests/test_index.py` tries fifty times as many."""


def examples(count: int) -> settings:
    """Settings for a property whose single example is as long as a whole answer."""
    return settings(max_examples=count * TIMES)
