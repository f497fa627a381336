"""What is no YAML is told in an editor's words, at the line that caused it, and the rest of the file is read."""

from __future__ import annotations

from datetime import date

import pytest

from myofind.checks.fix import fix
from myofind.checks.run import check
from myofind.checks.table import BY_NAME
from myofind.registry.read import read_registry
from tests.snippets import HEAD, trial

DAY = date(2025, 6, 1)
FIRST = trial(
    """\
status:
  - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
  - {value: not_yet_recruiting, as_of: 2024-05-17, source: afm-2025}
eligibility:
  coverage: summary
  subtypes: {admits: [dm]}
  age: {min: 18}
  check_by_hand:
    - vaccinated
    - safe to exercise
enrollment: 240
sponsor: argenx
sources:
  - {ref: afm-2025, at: l. 1}
  - {ref: afm-2025, at: l. 2, for: [sponsor]}
"""
)
TEXT = HEAD + "trials:\n" + FIRST + trial("", 2)


@pytest.mark.parametrize(
    ("before", "after", "line", "message", "hint"),
    [
        ("    enrollment", "\tenrollment", 0, "a tab in the indentation", "indent with spaces"),
        ("    enrollment", "    \tenrollment", 0, "a tab in the indentation", "indent with spaces"),
        ("enrollment: 240", "enrollment:240", 0, "no space after `enrollment:`", "write `enrollment: 240`"),
        ("enrollment: 240", "enrollment 240", 0, "no `:` after `enrollment`", "write `enrollment: …`"),
        ("    enrollment", "     enrollment", 0, "indented by 5 spaces", "indent it by 4 spaces"),
        ("    enrollment", "   enrollment", 0, "indented by 3 spaces", "indent it by 4 spaces"),
        ("      age:", "     age:", 0, "indented by 5 spaces", "indent it by 6 spaces"),
        ("      coverage", "       coverage", 0, "indented by 7 spaces", "indent it by 6 spaces"),
        (
            "      - {value: recruiting",
            "      {value: recruiting",
            0,
            "an item of a list without its dash",
            "write `- `",
        ),
        ("      - {ref: afm-2025, at: l. 2", "      {ref: afm-2025, at: l. 2", 0, "an item of a list", "write `- `"),
        ("sponsor: argenx", "sponsor: argenx: BV", 0, "a second `: ` in the line", "in quotes"),
        ("sponsor: argenx", "sponsor: @argenx", 0, "cannot begin with this character", "in quotes"),
        ("sponsor: argenx", "sponsor: *argenx", 0, "stands for an alias", "in quotes"),
        ("sponsor: argenx", 'sponsor: "argenx', 0, "quote that opens here", "close the quote"),
        ("sponsor: argenx", 'sponsor: "argenx" BV', 0, "something follows the closing quote", "whole text in quotes"),
        ("admits: [dm]}", "admits: [dm}", 0, "the bracket that opens here", "missing `]`"),
        ("age: {min: 18}", "age: {min: 18", 0, "the bracket that opens here", "missing `}`"),
        ("{ref: afm-2025, at: l. 1}", "{ref: afm-2025, at: l. #1}", 0, "a ` #` inside brackets", "in quotes"),
    ],
)
def test_a_slip_of_the_layout(before: str, after: str, line: int, message: str, hint: str) -> None:
    assert before in TEXT
    text = TEXT.replace(before, after, 1)
    here = TEXT[: TEXT.index(before)].count("\n") + 1 + line
    (finding,) = check(read_registry(text.encode(), "x"), DAY).findings
    assert (finding.rule, finding.position.line) == ("unreadable-yaml", here), finding.message
    assert message in finding.message
    assert hint in finding.hint


def test_a_missing_space_is_written_and_nothing_else() -> None:
    text = TEXT.replace("enrollment: 240", "enrollment:240").replace("{value: not", "{value:not")
    for _ in range(2):
        report = check(read_registry(text.encode(), "x"), DAY)
        text = fix(text.encode(), report, DAY, names=BY_NAME).data.decode()
        assert text == TEXT


def test_an_entry_without_its_dash_is_one_finding() -> None:
    text = TEXT.replace("  - id: NCT00000002", "    id: NCT00000002")
    (finding,) = check(read_registry(text.encode(), "x"), DAY).findings
    assert finding.rule == "duplicate-key"
    assert finding.position.line == TEXT[: TEXT.index("  - id: NCT00000002")].count("\n") + 1
    assert finding.hint == "write `- ` in front of `id` where a new entry begins"


@pytest.mark.parametrize("base", ["", "||||||| base\n    enrollment: 2\n"])
def test_after_a_merge_the_first_version_is_read(base: str) -> None:
    ours, theirs = "    enrollment: 240\n", "    enrollment: ten\n"
    text = TEXT.replace(ours, f"<<<<<<< HEAD\n{ours}{base}=======\n{theirs}>>>>>>> other\n")
    read = read_registry(text.encode(), "x")
    (finding,) = check(read, DAY).findings
    assert (finding.rule, finding.position.column) == ("merge-marker", 1)
    assert text.splitlines()[finding.position.line - 1] == "<<<<<<< HEAD"
    assert read.plain[0]["enrollment"] == 240


@pytest.mark.parametrize(("item", "rule"), [("vaccinated", "run-on-text"), ("safe", "unreadable-yaml")])
def test_a_dash_without_its_space_is_found_and_mended(item: str, rule: str) -> None:
    text = TEXT.replace(f"- {item}", f"-{item}")
    report = check(read_registry(text.encode(), "x"), DAY)
    line = TEXT[: TEXT.index(f"- {item}")].count("\n") + 1
    assert [(finding.rule, finding.position.line) for finding in report.findings] == [(rule, line)]
    assert fix(text.encode(), report, DAY, names=BY_NAME).data.decode() in (text, TEXT)


def test_a_list_in_braces_is_one_finding() -> None:
    text = TEXT.replace("admits: [dm]}", "admits: dm, pm, imnm}", 1)
    (finding,) = check(read_registry(text.encode(), "x"), DAY).findings
    assert (finding.rule, finding.hint) == ("unknown-key", "put the list in brackets: `admits: [dm, pm, imnm]`")


def test_a_key_of_another_level_is_told_where_it_belongs() -> None:
    text = TEXT.replace("    enrollment: 240\n", "").replace("      age:", "      enrollment: 240\n      age:")
    (finding,) = check(read_registry(text.encode(), "x"), DAY).findings
    assert finding.hint == "it is a key of the trial: indent it like the other keys there"
