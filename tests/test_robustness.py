"""Planted defects are found at their line; damaged files are answered. The long runs are in tools/."""

from __future__ import annotations

import random
from datetime import date

import pytest
from excerpts import excerpt, parts
from fuzz_registry import damaged, piece, survive
from hypothesis import given, settings
from hypothesis import strategies as st
from mutate_registry import PLANTS, Registry, is_found

from myofind.checks.run import check
from myofind.registry.location import registry_path
from myofind.registry.read import read_registry
from tests.snippets import HEAD, trial

DAY = date(2026, 11, 26)
SHIPPED = registry_path().read_text(encoding="utf-8")


def part(text: str, step: int) -> str:
    """Every so many trials of a registry and some with cohorts or parents."""
    return excerpt(
        text,
        (
            trial
            for n, trial in enumerate(parts(text)[1])
            if n % step == 0 or (n % step < 8 and ("cohorts:" in trial or "extends:" in trial))
        ),
    )


FEW, PART = part(SHIPPED, 40), part(SHIPPED, 4)

SAMPLE = HEAD + "trials:\n" + trial(
    "status:\n  - {value: recruiting, as_of: 2025-05-17, source: afm-2025, at: \"p. 35\"}\n"
    "cohorts:\n  - {name: \"à part\", eligibility: {age: {min: 18}}}\n"
) + trial("countries: {listed: [FR], complete: false}\nsites:\n  - {country: FR, city: Lyon}\n", 2)  # fmt: skip


def test_the_shipped_registry_has_no_error() -> None:
    found = check(read_registry(SHIPPED.encode(), "data/trials.yaml"), DAY).findings
    assert [f"{f.position.line}:{f.position.column} {f.rule} {f.message}" for f in found if f.severity == "error"] == []


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_a_planted_defect_is_found_at_its_line(name: str) -> None:
    rng = random.Random(name)
    tries = (PLANTS[name](Registry(text), rng) for text in (FEW, PART, SHIPPED) for _ in range(20))
    mutant = next(mutant for mutant in tries if mutant is not None and mutant.text not in (FEW, PART, SHIPPED))
    assert is_found(mutant, DAY), (mutant.rule, sorted(mutant.lines)[:3])


def test_a_file_cut_anywhere_is_answered() -> None:
    data = SAMPLE.encode()
    for end in range(0, len(data), 3):  # no line is so short that it is not cut inside
        report = check(read_registry(data[:end], "cut.yaml"), DAY)
        if end < len(HEAD.encode()):
            assert report.findings, end
        for finding in report.findings:
            assert finding.position.line <= data[:end].count(b"\n") + 1


def test_damaged_files_are_answered() -> None:
    rng = random.Random(5)
    for number in range(120):
        survive(damaged(piece(SHIPPED, rng, 3), rng), correct=number % 10 == 0)


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert survive(data) >= 1


@settings(max_examples=40)
@given(st.text(max_size=120), st.integers(0, len(SAMPLE)))
def test_any_text_anywhere_is_answered(text: str, at: int) -> None:
    survive((SAMPLE[:at] + text + SAMPLE[at:]).encode("utf-8", "surrogatepass"), correct=True)


KEYS = ("[a]", "{a: b}", "? [a]\n", "? {a: b}\n", "~", '""', "[[]]", "? - a\n")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("level", ["", "  ", "    ", "      "])
def test_a_key_of_any_kind_is_answered_at_any_level(key: str, level: str) -> None:
    """A list or a mapping may stand where a key is expected."""
    text = SAMPLE
    for place in [
        at for at, line in enumerate(text.splitlines()) if line.startswith(level) and not line.startswith(level + " ")
    ]:
        lines = text.splitlines()
        lines.insert(place, f"{level}{key}: x")
        assert survive(("\n".join(lines) + "\n").encode()) >= 1


@pytest.mark.parametrize(
    "data",
    [
        b"a: &a [" + b"*a," * 5 + b"]",
        b"&a [&b [*a]]",
        ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))).encode(),
        b"[" * 100_000,
        b"{a: " * 50_000,
        b"- " * 50_000,
        b"? " * 50_000,
        b"'" * 100_001,
        b"#" * 1_000_000,
        b"\n" * 1_000_000,
        b"a" * 1_000_000,
        ("trials:\n" + "  - id: x\n" * 300).encode(),
        ("trials:\n" + '  - "\n  - [\n' * 1000).encode(),
        (SAMPLE + "  - x\n# " + "x" * 200_000 + "\n").encode(),
    ],
    ids=range(14),
)
def test_what_is_made_to_exhaust_is_answered_soon(data: bytes) -> None:
    assert survive(data) >= 1
