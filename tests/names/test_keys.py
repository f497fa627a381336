"""Owners of names by key: found in the text of the file, they are those of the whole table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.example_counts import examples

from myofind.names.compiled_files import FOLDER, Keys

KINDS = ("antibodies", "subtypes", "countries", "drugs", "facts")


def keys(kind: str) -> Keys:
    return Keys(Path(FOLDER, f"keys_{kind}.txt").read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_found_in_the_text_as_in_the_table(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = dict(keys(kind))
    assert len(table) > 100
    monkeypatch.setattr(Keys, "FEW", 1_000_000)
    text = keys(kind)
    for key, owner in table.items():
        assert text[key] == owner
        for part in (key[1:], key[:-1], f"{key}\t{owner}", f"{key}\n"):
            assert text.get(part) == table.get(part), part


FACT_KEYS = dict(keys("facts"))


@given(st.text(max_size=6) | st.sampled_from(["\ud800", "\t", "\n", ""]))
@examples(200)
def test_no_other_text_has_an_owner(key: str) -> None:
    """Nor does any text, a lone surrogate, a tab or the end of a line among its signs, break the search."""
    assert keys("facts").get(key) == FACT_KEYS.get(key)


def test_many_are_looked_up_in_the_table() -> None:
    few, table = keys("countries"), dict(keys("countries"))
    assert [few.get(key) for key in [*list(table)[:100], "nowhere"]] == [*list(table.values())[:100], None]
