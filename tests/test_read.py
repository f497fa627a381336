"""What is written in a registry is read or reported at its place, never dropped."""

from datetime import date
from pathlib import Path

import pytest

from myofind.checks.run import check
from myofind.checks.table import RULES
from myofind.domain.rules import AgeRule, Span
from myofind.registry.read import read_registry
from tests.conftest import SMALL

READING = {rule.name for rule in RULES if rule.scope == "structure"}


def reported(text: str) -> list[tuple[str, int, int, str | None]]:
    report = check(read_registry(text.encode(), "x.yaml"), date(2025, 6, 1), names=READING)
    return [(one.rule, one.position.line, one.position.column, one.trial) for one in report.findings]


def place(needle: str) -> tuple[int, int]:
    at = SMALL.index(needle)
    return SMALL.count("\n", 0, at) + 1, at - SMALL.rfind("\n", 0, at)


@pytest.mark.parametrize(
    ("old", "new", "rule", "where", "trial"),
    [
        ("admits: [imnm]", "admits: [imnmm]", "unknown-subtype", "[imnm]", "NCT00000002"),
        ("required_any: [hmgcr]", "required_any: [anti-PL-17]", "unknown-autoantibody", "[hmgcr]", "NCT00000002"),
        ("listed: [US]", "listed: [USA]", "unknown-country", "[US]", "NCT00000002"),
        ("kind: registry", "kind: registrar", "unknown-value", "registry\n    status", "myo-registry"),
        ("refractory: required", "refractory: yes", "unknown-value", "required\n      check", "NCT00000002"),
        ("as_of: 2024-01-15", "as_of: 2024-13-15", "impossible-date", "2024-01-15", "NCT00000002"),
        ("as_of: 2024-01-15", "as_of: 15/01/2024", "malformed-date", "2024-01-15", "NCT00000002"),
        ("max: 75", "max: 075", "malformed-span", "75}", "NCT00000001"),
        ("max: 75", "max: seventy", "malformed-span", "75}", "NCT00000001"),
        ("complete: false", "complete: no", "unknown-value", "false}", "myo-registry"),
        ("end: 2027-06", "ends: 2027-06", "unknown-key", "end: 2027", "NCT00000001"),
        ("    kind: registry\n", "", "missing-key", "id: myo-registry", "myo-registry"),
        ("id: NCT00000002", "id: NCT0000002", "malformed-id", "NCT00000002", "NCT0000002"),
        ("id: NCT00000002", "id: NCT00000001", "duplicate-id", "NCT00000002", "NCT00000001"),
        ("title: Long-term alphamab", "title:", "empty-value", "title: Long", "NCT00000003"),
        ("phase: [2]", "phase: {a: 2}", "wrong-type", "[2]", "NCT00000002"),
        ("acronym: ALPHA\n", "acronym: [ALPHA]\n", "wrong-type", "ALPHA\n", "NCT00000001"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_line(old: str, new: str, rule: str, where: str, trial: str) -> None:
    found = [one for one in reported(SMALL.replace(old, new, 1)) if one[0] == rule]
    assert len(found) == 1, reported(SMALL.replace(old, new, 1))
    assert found[0][1] == place(where)[0]
    assert found[0][3] == trial


def test_a_clean_file_has_no_findings() -> None:
    assert reported(SMALL) == []


def test_all_findings_come_in_one_run_sorted_by_place() -> None:
    text = (
        SMALL.replace("admits: [imnm]", "admits: [imnmm]")
        .replace("kind: registry", "kind: nonsense")
        .replace("max: 75", "max: x")
    )
    assert [one[0] for one in reported(text)] == ["malformed-span", "unknown-subtype", "unknown-value"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "a", "registry: {}", "trials: []", "registry:\n  name: x\ntrials:\n  - 1\n", "trials:\n  id: x\n"],
)
def test_a_file_of_another_shape_is_reported(text: str) -> None:
    assert reported(text)


def test_plain_scalars_become_what_their_field_asks_for(registry: Path) -> None:
    read = read_registry(registry.read_bytes(), "x.yaml").registry()
    assert read.trials[0].eligibility.age == AgeRule(Span(18, "years"), Span(75, "years"))
    assert read.trials[0].phase == ("3",)
    assert read.trials[1].eligibility.age == AgeRule(Span(18, "years"), "none")
    assert read.version == "2026.1.0"


def test_norway_is_a_country_and_not_a_truth_value() -> None:
    read = read_registry(SMALL.replace("listed: [US]", "listed: [NO]").encode(), "x.yaml")
    assert read.findings == ()
    countries = read.registry().trials[1].countries
    assert countries is not None
    assert countries.listed == ("NO",)
