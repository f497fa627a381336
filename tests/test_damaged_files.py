"""What an editor's hand, or an editor's program, does to a file: each damage is found once, at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from myofind.checks.run import check
from myofind.diagnostics import Diagnostic
from myofind.files.yaml_nodes import MappingNode, Node, SequenceNode
from myofind.registry.read import read_registry

WHOLE = (Path(__file__).parent / "fixtures" / "two-trials.yaml").read_text(encoding="utf-8")
DAY = date(2026, 11, 26)


def findings(text: str) -> tuple[Diagnostic, ...]:
    return check(read_registry(text.encode("utf-8", "surrogatepass"), "x"), DAY).findings


def damaged(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def test_the_file_is_whole() -> None:
    assert findings(WHOLE) == ()


ADDRESS = 'ref: ctgov, at: "https://clinicaltrials.gov/study/NCT03215927"'
EUROPEAN = "https://euclinicaltrials.eu/ctis-public/view/2022-502759-70-01"
MMT = "- {mmt8: {below: 142}}"
TWO_OF = "      at_least:\n        - {count: %s, of: [{phga: {min: 2}}, {ptga: {min: 2}}]}\n      treatments:\n"

DAMAGES = [
    # the layout
    ("sponsor: Somebody", "sponsor: " + "[" * 100 + "]" * 100, "too-deep 53"),
    ("sponsor: Somebody", "sponsor: " + "[" * 10_000 + "]" * 10_000, "too-deep 53"),
    ("sponsor: Somebody", "sponsor: Some\u2028body", "stray-space 53"),
    ("sponsor: Somebody", "sponsor: Some\x85body", "stray-space 53"),
    ("sponsor: Somebody", "sponsor: Some\r      body", "mixed-line-ends 53"),
    ("sponsor: Somebody", "sponsor: Some\u202ebody", "control-character 53"),
    ("sponsor: Somebody", "sponsor: &a Somebody", "yaml-alias 53"),
    ("enrollment: 120", "enrollment: !!int 120", "yaml-tag 48"),
    ("trials:\n", "trial:\n", "unknown-key 14"),
    ("trials:\n", "trials: []\nrest:\n", "unknown-key 15"),
    # values that say nothing
    ("age: {min: 18, max: 75}", "age: {}", "empty-value 30"),
    ("{required_any: [jo1, pl7, pl12]}", "{}", "empty-value 31"),
    ('{ratio: "2:1", placebo: 24 weeks, extension: true}', "{}", "empty-value 56"),
    # numbers
    ("enrollment: 120", "enrollment: 99999999", "out-of-range 48"),
    ("enrollment: 120", "enrollment: 1000001", "out-of-range 48"),
    ("enrollment: 120", "enrollment: " + "9" * 5000, "out-of-range 48"),
    ("enrollment: 120", "enrollment: 1000000", ""),
    ("enrollment: 120", "enrollment: 0", ""),
    ("enrollment: 120", "enrollment: -1", "malformed-number 48"),
    ("enrollment: 120", "enrollment: 1e3", "malformed-number 48"),
    ("enrollment: 120", "enrollment: ١٢٠", "malformed-number 48"),
    ("      treatments:\n", TWO_OF % "100", "out-of-range 39"),
    ("      treatments:\n", TWO_OF % "3", "idle-alternative 39"),
    ("      treatments:\n", TWO_OF % "0", "idle-alternative 39"),
    ("      treatments:\n", TWO_OF % "1", ""),
    ('ratio: "2:1"', 'ratio: "0:0"', "malformed-text 56"),
    ('ratio: "2:1"', 'ratio: "1:0"', "malformed-text 56"),
    ('ratio: "2:1"', 'ratio: "10:1"', ""),
    # lengths of time
    ("within: 5 years", "within: 0 years", "malformed-span 33"),
    ("within: 5 years", "within: 5000 years", "out-of-range 33"),
    ("within: 5 years", f"within: {'9' * 500} years", "out-of-range 33"),
    ("within: 6 months", "within: 0 months", "malformed-span 39"),
    ("follow_up: 12 months", "follow_up: 0 months", "malformed-span 52"),
    ("placebo: 24 weeks", "placebo: 0 weeks", "malformed-span 56"),
    ("{min: 18, max: 75}", "{min: 1975, max: 75}", "out-of-range 30"),
    ("{min: 18, max: 75}", "{min: 0, max: 75}", "idle-criterion 30"),
    # days
    ("version: 2026.8.0", "version: 2026.12.0", "future-date 5"),
    ("version: 2026.8.0", "version: 2062.8.0", "future-date 5"),
    ("version: 2026.8.0", "version: 2026.11.9", ""),
    # numbers of registers
    ("id: NCT05523167", "id: 12345", "malformed-id 63"),
    ("id: NCT05523167", "id: 2026-01", "malformed-id 63"),
    ("  - id: NCT05523167\n    acronym", "  - acronym", "missing-key 63"),
    ("acronym: SECOND", "acronym: NCT03215927", "duplicate-acronym 64"),
    ("acronym: SECOND", "acronym: nct05523167", ""),
    (ADDRESS, f'ref: ctgov, at: "{EUROPEAN}"', "foreign-number 59"),
    (ADDRESS, 'ref: ctgov, at: "https://www.isrctn.com/ISRCTN12345678"', "foreign-number 59"),
    (ADDRESS, 'ref: ctgov, at: "https://drks.de/search/en/trial/DRKS00012345"', "foreign-number 59"),
    ("    acronym: ANTISYN\n    title", '    ids: {euct: "2022-502759-70-00"}\n    acronym: ANTISYN\n    title', ""),
    # rules
    (MMT, "- {any_of: [{mmt8: {below: 142}}]}", "unknown-key 36"),
    (MMT, "- {}", "empty-value 36"),
    (MMT, "- {cdasi_a: {min: 19}}", "repeated-item 37"),
    ("fvc: {min: 50}", "fvc: {min: 80, max: 50}", "unmeetable-rule 34"),
    (MMT, "- {mmt8: {below: 142, scale: 80}}", "idle-criterion 36"),
    (MMT, "- {mmt8: {min: 142, scale: 80}}", "unmeetable-rule 36"),
    (MMT, "- {mmt8: {max: 80, scale: 80}}", "idle-criterion 36"),
    (MMT, "- {mmt8: {below: 80, scale: 80}}", ""),
    (MMT, "- {mmt8: {min: 80, scale: 80}}", ""),
    ("      treatments:\n", (TWO_OF % "2").replace("{ptga: {min: 2}}", "{phga: {min: 2}}, {ptga: {min: 2}}"), "repeated-item 39"),
    ("excluded: {within: 6 months}}", "unchanged: 4 weeks, dose: {max: 20}}", "crowded-rule 39"),
    ("[rituximab], excluded: {within: 6 months}}", "[prednisone], unchanged: 4 weeks, dose: {max: 20}}", ""),
    # one cause, one finding
    ("    ctgov: {title", "    CTGov: {title", "malformed-name 8"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), DAMAGES, ids=lambda text: text.strip()[:40])
def test_a_damage_is_found_once_at_its_line(old: str, new: str, expected: str) -> None:
    assert [f"{one.rule} {one.position.line}" for one in findings(damaged(old, new))] == [expected][: bool(expected)]


def test_a_number_under_ids_makes_its_address_the_trial_s_own() -> None:
    text = damaged("    acronym: ANTISYN\n", '    ids: {euct: "2022-502759-70-00"}\n    acronym: ANTISYN\n')
    assert findings(text.replace(ADDRESS, f'ref: ctgov, at: "{EUROPEAN}"')) == ()
    (found,) = findings(text.replace(ADDRESS, f'ref: ctgov, at: "{EUROPEAN.replace("502759", "502760")}"'))
    assert found.rule == "foreign-number"
    assert "2022-502759-70-00" in found.hint


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "behind", ["# Two", "  name: example", "AFM-Téléthon", "antisynthetase", "# the first", "Lyon"]
)
def test_a_line_break_that_no_editor_shows_moves_no_line(sign: str, behind: str) -> None:
    slip = ("enrollment: 120", "enrolment: 120")
    with_space = findings(damaged(*slip).replace(behind, f"{behind} x", 1))
    with_break = findings(damaged(*slip).replace(behind, f"{behind}{sign}x", 1))
    rest = [one for one in with_break if one.rule != "stray-space"]
    assert [(one.rule, one.position) for one in rest] == [(one.rule, one.position) for one in with_space]
    assert len(with_break) == len(rest) + 1


def mappings(node: Node) -> list[MappingNode]:
    """Every mapping below a node that is written on one line, in brackets."""
    if isinstance(node, SequenceNode):
        return [one for item in node.value for one in mappings(item)]
    if not isinstance(node, MappingNode):
        return []
    below = [one for _, value in node.value for one in mappings(value)]
    return [node, *below] if node.flow_style else below


def test_brackets_with_nothing_in_them_are_never_accepted() -> None:
    root = read_registry(WHOLE.encode(), "x").document.root
    assert root is not None
    places = [(node.start_mark.index, node.end_mark.index) for node in mappings(root)]
    assert len(places) > 30
    for start, end in places:
        found = findings(f"{WHOLE[:start]}{{}}{WHOLE[end:]}")
        line = WHOLE.count("\n", 0, start) + 1
        assert {one.rule for one in found} & {"empty-value", "missing-key", "undeclared-source"}, WHOLE[start:end]
        assert any(one.position.line == line for one in found), WHOLE[start:end]


def test_line_ends_of_all_kinds_are_brought_to_the_usual_one() -> None:
    for usual in ("\n", "\r\n", "\r"):
        text = WHOLE.replace("\n", usual)
        assert findings(text) == ()
        for other in {"\n", "\r\n", "\r"} - {usual}:
            (found,) = findings(text.replace(usual, other, 1))
            assert found.rule == "mixed-line-ends"
