"""Every slip of one letter in a name is read as the same concept or refused: `tools/slips.py` counts them all, a seeded share is read here.

The rule: a slip never resolves to another concept, unless that string is itself a declared name.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests.together import together

from myofind.names.letter_counts import Names
from myofind.names.normal import compact
from myofind.names.vocabulary import KINDS, resolve, terms

TOOL = Path(__file__).resolve().parents[2] / "tools" / "slips.py"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("slips_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["slips_tool"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("kind", "every"), [("antibodies", 200), ("subtypes", 700), ("countries", 400), ("drugs", 100)]
)
def test_no_slip_becomes_another_concept(kind: str, every: int) -> None:
    slips = tool()
    wrong, total = [], 0
    for name, id in slips.share(kind, every, 0):
        counts, bad = slips.count((kind, name, id))
        wrong += bad
        total += counts.total()
    assert total > 2_000
    assert not wrong


def test_the_tool_counts_and_fails_on_one_wrong_reading(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    slips = tool()
    assert slips.main(["drugs", "--every", "60", "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("drugs: ")
    assert said.endswith("wrong: 0\n")
    monkeypatch.setattr(slips, "share", lambda kind, every, seed: [("PL-7", "pl12")])
    monkeypatch.setattr(slips, "declared", lambda *_: False)
    assert slips.main(["antibodies", "--jobs", "1"]) == 1
    assert "PL-7 (pl12) typed `PL7` is read as pl7 (exact)" in capsys.readouterr().out


def test_a_share_is_the_same_for_the_same_seed() -> None:
    slips = tool()
    assert slips.share("countries", 50, 3) == slips.share("countries", 50, 3)
    assert slips.share("countries", 50, 3) != slips.share("countries", 50, 4)
    assert len(slips.share("drugs", 1, 0)) == len(slips.names("drugs"))


def test_no_slip_in_a_built_name_of_a_synthetase_is_another_antibody() -> None:
    slips = tool()
    chosen = slips.share("enzymes", 160, 0)
    assert len(chosen) > 2
    assert not [bad for name, id in chosen for bad in slips.count(("enzymes", name, id))[1]]


SHORT = [
    (one.id, alias) for one in terms("antibodies") if one.klass != "status" for alias in one.aliases if len(alias) <= 5
]


@together(SHORT[::4])
def test_short_antibody_names_are_safe_from_every_slip(id: str, name: str) -> None:
    assert tool().count(("antibodies", name.removeprefix("="), id))[1] == []


EVERY = [
    (kind, alias.removeprefix("=")) for kind in KINDS for one in terms(kind) for alias in (one.en, one.fr, *one.aliases)
]


@given(st.sampled_from(EVERY), st.sampled_from([str.upper, str.lower, str.title, lambda s: f"  {s} "]))
def test_resolving_is_blind_to_case_and_surrounding_space(name: tuple[str, str], change: object) -> None:
    assert callable(change)
    kind, alias = name
    assert resolve(kind, change(alias)).id == resolve(kind, alias).id


@given(st.sampled_from([name for name in EVERY if name[0] != "antibodies"]))
def test_resolving_is_blind_to_hyphens(name: tuple[str, str]) -> None:
    kind, alias = name
    if not alias.startswith("-") and " -" not in alias and "- " not in alias:
        assert resolve(kind, alias.replace("-", " ")).id == resolve(kind, alias).id


@settings(max_examples=150)
@given(st.sampled_from(KINDS), st.text(max_size=60))
def test_any_text_gets_an_answer(kind: str, text: str) -> None:
    found = resolve(kind, text)
    assert found.outcome in ("exact", "accepted", "ambiguous", "unknown")
    assert (found.id is not None) == (found.outcome in ("exact", "accepted"))
    if kind in ("antibodies", "drugs"):
        assert found.outcome != "accepted"
    assert resolve(kind, text) == found


NAMES = sorted({compact(name) for kind, name in EVERY[::3]} | {"", "a", "aaaa"})
INDEX = Names(NAMES)


@given(st.sampled_from(NAMES), st.text("abcdeinorst12", max_size=4), st.integers(0, 4), st.integers(0, 6))
def test_counting_letters_loses_no_name_within_reach(name: str, more: str, spread: int, reach: int) -> None:
    typed = name[: len(name) // 2] + more + name[len(name) // 2 + len(more) // 2 :]
    few = INDEX.within(typed, spread, reach)
    assert [len(each) for each in few] == sorted(len(each) for each in few)
    assert all(abs(len(each) - len(typed)) <= spread for each in few)
    assert all(sum((Counter(typed) - Counter(each)).values()) <= reach for each in few)
    near = [each for each in NAMES if abs(len(each) - len(typed)) <= spread and OSA.distance(typed, each) <= reach]
    assert set(near) <= set(few)
