"""Refusals for tests that put many texts to the program and ask only whether each is refused or read as it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from myofind.asking import diagnosis_refusals, tokens
from myofind.asking.other_fields import APART


@contextmanager
def only_refused() -> Iterator[None]:
    """Inside, a diagnosis is refused as ever, but what to type instead is not worked out and its words are not found again.

    That takes most of the time of a refusal and decides nothing; `test_typed_fields.py` is about what is proposed.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagnosis_refusals, "beside", lambda *_: APART)
        patch.setattr(tokens, "quoted_as_typed", lambda typed, words: words)
        yield
