"""One failing and one passing file per rule: `# expect: line:column` names the place of the finding."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from myofind.checks.rule import documentation
from myofind.checks.run import check
from myofind.checks.table import RULES
from myofind.diagnostics import Diagnostic
from myofind.registry.read import read_registry
from tests.snippets import case
from tests.together import together

CASES = Path(__file__).parent / "cases"
DAY = date(2025, 6, 1)
APART = {"not-utf8", "file-too-large", "version-not-raised", "abrupt-enrollment", "mixed-line-ends"}
"""Rules about bytes, size and two files: tested in test_validate.py."""

NAMES = [rule.name for rule in RULES if rule.name not in APART]


def findings(path: Path) -> tuple[Diagnostic, ...]:
    return check(read_registry(path.read_bytes(), path.name), DAY).findings


def test_every_rule_has_its_two_files_and_no_other_file_is_there() -> None:
    for folder in ("fail", "pass"):
        assert {path.stem for path in (CASES / folder).glob("*.yaml")} >= set(NAMES)
        assert all(path.stem.split("--")[0] in NAMES for path in (CASES / folder).iterdir())


@together((path,) for path in sorted((CASES / "fail").glob("*.yaml")))
def test_a_failing_file_is_found_at_its_place(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[0]
    expected = re.fullmatch(r"# expect: (\d+):(\d+)(?:; also: (.*))?", head)
    assert expected, head
    rule = path.stem.split("--")[0]
    found = findings(path)
    places = [(one.position.line, one.position.column) for one in found if one.rule == rule]
    assert places[0] == (int(expected[1]), int(expected[2]))
    assert {one.rule for one in found} - {rule} == set(filter(None, (expected[3] or "").split(", ")))


@together((path,) for path in sorted((CASES / "pass").glob("*.yaml")))
def test_a_passing_file_has_no_finding_at_all(path: Path) -> None:
    assert [f"{one.rule} {one.position}" for one in findings(path)] == []


@together((rule,) for rule in RULES if rule.name not in APART)
def test_the_snippets_of_the_documentation_are_true(rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    about = documentation(rule)
    for snippet, fails in ((about.fails, True), (about.passes, False)):
        data = case(rule.name, snippet, fails=fails).encode()
        found = check(read_registry(data, "snippet"), DAY).findings
        assert (rule.name in {one.rule for one in found}) == fails


def test_every_finding_of_the_snippets_and_of_the_failing_files_has_a_hint() -> None:
    texts = [case(rule.name, documentation(rule).fails, fails=True) for rule in RULES if rule.name not in APART]
    texts += [path.read_text(encoding="utf-8") for path in (CASES / "fail").glob("*.yaml")]
    everything = [one for text in texts for one in check(read_registry(text.encode(), "x"), DAY).findings]
    assert {one.rule for one in everything} >= set(NAMES)
    assert [f"{one.rule}: {one.message}" for one in everything if not one.hint] == []
