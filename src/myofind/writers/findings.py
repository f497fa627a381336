"""Findings as an editor, a script, a pull request or a code-scanning service reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from myofind import __version__
from myofind.diagnostics import Diagnostic, dotted, shown

if TYPE_CHECKING:
    from myofind.checks.rule import Rule

FORMATS = ("text", "json", "github", "sarif")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_WIDEST = 160

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Lines:
    """The lines of a text as YAML counts them."""

    def __init__(self, text: str) -> None:
        self._lines = _BREAK.split(text)

    def __getitem__(self, line: int) -> str:
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""


def text(findings: Sequence[Diagnostic], source: str, *, colour: bool = False) -> str:
    """Each finding with its line of the file and a caret under the place."""
    lines = Lines(source) if findings else Lines("")
    return "".join(_one(finding, lines, colour) for finding in findings)


def _one(finding: Diagnostic, lines: Lines, colour: bool) -> str:
    line, column = finding.position
    word: str = finding.severity
    if colour:
        word = f"\x1b[1;{31 if word == 'error' else 33 if word == 'warning' else 36}m{word}\x1b[0m"
    found = f"{finding.file}:{line}:{column}: {word}: {finding.message} [{finding.rule}]\n"
    excerpt, before = _excerpt(lines[line], column)
    if excerpt.strip():
        margin = f"{line:>6} | "
        found += f"{margin}{excerpt}\n{' ' * 6} | {' ' * before}^\n"
    where = _where(finding)
    if where:
        found += f"  at {where}\n"
    if finding.hint:
        found += f"  help: {finding.hint}\n"
    return found


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """The line, or the part of a long one around the place, and how many cells stand before the place."""
    start = max(0, column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    part = line[start : start + _WIDEST]
    safe = [c if c.isprintable() else shown(c) for c in part]
    before = "".join(safe[: max(0, column - 1 - start)])
    return ("…" if start else "") + "".join(safe), _cells(before) + (1 if start else 0)


def _cells(shown_text: str) -> int:
    if shown_text.isascii():
        return len(shown_text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in shown_text)


def _where(finding: Diagnostic) -> str:
    parts = [f"trial {finding.trial}"] if finding.trial else []
    for step in finding.path:
        if isinstance(step, int) and parts:
            parts[-1] += f"[{step}]"
        else:
            parts.append(shown(str(step)))
    return ", ".join(parts)


def plain(finding: Diagnostic) -> dict[str, Any]:
    """A finding as JSON: lines and columns from 1, the path from the trial (from the file, outside trials)."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.position.line,
        "column": finding.position.column,
        "trial": finding.trial,
        "path": dotted(finding.path),
        "message": finding.message,
        "hint": finding.hint,
    }


def as_json(findings: Sequence[Diagnostic]) -> str:
    """The summary and every finding."""
    count = counted(findings)
    summary = {"errors": count[0], "warnings": count[1]}
    return (
        json.dumps({"summary": summary, "diagnostics": [plain(f) for f in findings]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def counted(findings: Iterable[Diagnostic]) -> tuple[int, int]:
    """Errors and warnings."""
    errors = warnings = 0
    for finding in findings:
        errors += finding.severity == "error"
        warnings += finding.severity == "warning"
    return errors, warnings


def github(findings: Sequence[Diagnostic]) -> str:
    """Annotations of a pull request."""
    lines = []
    for finding in findings:
        level = "error" if finding.severity == "error" else "warning" if finding.severity == "warning" else "notice"
        values = {
            "file": finding.file,
            "line": finding.position.line,
            "col": finding.position.column,
            "title": finding.rule,
        }
        settings = ",".join(f"{key}={_escaped(str(value), whole=True)}" for key, value in values.items())
        about = f"{finding.trial}: " if finding.trial else ""
        message = about + finding.message + (f"; {finding.hint}" if finding.hint else "")
        lines.append(f"::{level} {settings}::{_escaped(message)}\n")
    return "".join(lines)


def _escaped(value: str, *, whole: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if whole else value


def sarif(findings: Sequence[Diagnostic], rules: Sequence[Rule]) -> str:
    """SARIF 2.1.0: one run, every rule described, every finding with its region."""
    places = {rule.name: number for number, rule in enumerate(rules)}
    log = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "myofind",
                        "version": __version__,
                        "rules": [_descriptor(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, places) for finding in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _descriptor(rule: Rule) -> dict[str, Any]:
    from myofind.checks.rule import documentation

    about = documentation(rule)
    return {
        "id": rule.name,
        "shortDescription": {"text": about.what},
        "fullDescription": {"text": f"{about.what} {about.why}"},
        "help": {"text": f"{about.why}\n\nFails:\n{about.fails}\n\nPasses:\n{about.passes}\n"},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Diagnostic, places: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": finding.severity,
        "message": {"text": finding.message + (f"; {finding.hint}" if finding.hint else "")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.file)},
                    "region": {"startLine": finding.position.line, "startColumn": finding.position.column},
                }
            }
        ],
    }
    name = (f"{finding.trial}." if finding.trial else "") + dotted(finding.path)
    if name:
        found["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": name.rstrip("."), "kind": "member"}]
    return found


def _uri(file: str) -> str:
    from pathlib import PurePath
    from urllib.parse import quote

    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def rule_list(rules: Sequence[Rule]) -> str:
    """The rules with their severity, whether `--fix` corrects some of their findings, and what they find."""
    from myofind.checks.rule import documentation

    wide = max(len(rule.name) for rule in rules)
    return "".join(
        f"{rule.name:<{wide}}  {rule.severity:<7}  {'fix' if rule.fixable else '   '}  {documentation(rule).what}\n"
        for rule in rules
    )


def rule_page(rule: Rule) -> str:
    """Everything about a rule."""
    from myofind.checks.rule import documentation

    about = documentation(rule)
    note = "; `--fix` corrects the findings with one reading" if rule.fixable else ""
    return (
        f"{rule.name} ({rule.severity}{note})\n\n{about.what}\n{about.why}\n\n"
        f"fails:\n{_indented(about.fails)}\n\npasses:\n{_indented(about.passes)}\n"
    )


def rule_json(rules: Sequence[Rule]) -> str:
    """The rules for a script."""
    from myofind.checks.rule import documentation

    found = [
        {"name": rule.name, "severity": rule.severity, "fixable": rule.fixable, **documentation(rule)._asdict()}
        for rule in rules
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _indented(block: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in block.splitlines())


def rule_markdown(rules: Sequence[Rule]) -> str:
    """The rules as a page of the documentation."""
    from myofind.checks.rule import documentation

    parts = [
        "# The rules of `myofind validate`\n",
        "`validate --rules` lists them, `validate --explain RULE` prints one. Errors fail (exit code 1); warnings fail with\n"
        "`--strict`. *fix*: `--fix` corrects the findings that have one reading.\n",
        "| rule | severity | fix | what it finds |\n| --- | --- | --- | --- |",
    ]
    for rule in rules:
        what = documentation(rule).what.replace("|", "\\|")
        parts.append(f"| [`{rule.name}`](#{rule.name}) | {rule.severity} | {'fix' if rule.fixable else ''} | {what} |")
    for rule in rules:
        about = documentation(rule)
        parts.append(f"\n## `{rule.name}`\n\n{about.what} {about.why}\n")
        parts.append(f"Fails:\n\n```yaml\n{about.fails}\n```\n\nPasses:\n\n```yaml\n{about.passes}\n```")
    return "\n".join(parts) + "\n"
