"""Findings as an editor, a script, a pull request or a code-scanning service reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from textwrap import indent
from typing import TYPE_CHECKING, Any

from myofind import __version__
from myofind.diagnostics import Diagnostic, Severity, dotted, shown
from myofind.language import Words, spoken, worded
from myofind.writers.columns import cell_len, hung

if TYPE_CHECKING:
    from myofind.checks.rule import Documentation, Rule

_WIDEST = 160

SEVERITIES: dict[Severity, Words] = {
    "error": ("error", "erreur"),
    "warning": ("warning", "avertissement"),
    "note": ("note", "note"),
}
_COLOURS: dict[Severity, int] = {"error": 31, "warning": 33, "note": 36}

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def text(findings: Sequence[Diagnostic], source: str, *, colour: bool = False) -> str:
    """Each finding with its line of the file and a caret under the place."""
    lines = re.split("\r\n|\r|\n", source) if findings else []
    return "".join(_one(finding, lines, colour) for finding in findings)


def _one(finding: Diagnostic, lines: Sequence[str], colour: bool) -> str:
    line, column = finding.position
    word = worded(SEVERITIES[finding.severity])
    if colour:
        word = f"\x1b[1;{_COLOURS[finding.severity]}m{word}\x1b[0m"
    colon = worded((":", " :"))
    found = f"{finding.file}:{line}:{column}: {word}{colon} {finding.message} [{finding.rule}]\n"
    excerpt, before = _excerpt(lines[line - 1] if 0 < line <= len(lines) else "", column)
    if excerpt.strip():
        margin = f"{line:>6} | "
        found += f"{margin}{excerpt}\n{' ' * 6} | {' ' * before}^\n"
    where = _where(finding)
    if where:
        found += f"  {worded(('at', 'dans'))} {where}\n"
    if finding.hint:
        found += f"  {worded(('help:', 'aide :'))} {finding.hint}\n"
    return found


def _excerpt(line: str, column: int) -> tuple[str, int]:
    """The line, or the part of a long one around the place, and how many cells stand before the place."""
    start = max(0, column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    part = line[start : start + _WIDEST]
    safe = [c if c.isprintable() else shown(c) for c in part]
    before = "".join(safe[: max(0, column - 1 - start)])
    return ("…" if start else "") + "".join(safe), cell_len(before) + (1 if start else 0)


def _where(finding: Diagnostic) -> str:
    trial = worded(("trial", "l'essai"))
    parts = [f"{trial} {finding.trial}"] if finding.trial else []
    for step in finding.path:
        if isinstance(step, int) and parts:
            parts[-1] += f"[{step}]"
        else:
            parts.append(shown(str(step)))
    return ", ".join(parts)


def plain(finding: Diagnostic) -> dict[str, Any]:
    """A finding as JSON: lines and columns from 1, the path from the trial (from the file, outside trials)."""
    line, column = finding.position
    return {
        "rule": finding.rule, "severity": finding.severity, "file": finding.file, "line": line, "column": column,
        "trial": finding.trial, "path": dotted(finding.path), "message": finding.message, "hint": finding.hint,
    }  # fmt: skip


def as_json(findings: Sequence[Diagnostic]) -> str:
    """The summary and every finding."""
    errors, warnings = counted(findings)
    value = {"summary": {"errors": errors, "warnings": warnings}, "diagnostics": list(map(plain, findings))}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def counted(findings: Iterable[Diagnostic]) -> tuple[int, int]:
    """Errors and warnings."""
    severities = [finding.severity for finding in findings]
    return severities.count("error"), severities.count("warning")


def github(findings: Sequence[Diagnostic]) -> str:
    """Annotations of a pull request."""
    lines = []
    for finding in findings:
        level, (line, column) = finding.severity.replace("note", "notice"), finding.position
        values = {"file": finding.file, "line": line, "col": column, "title": finding.rule}
        settings = ",".join(f"{key}={_escaped(str(value), whole=True)}" for key, value in values.items())
        message = (f"{finding.trial}: " if finding.trial else "") + _whole(finding)
        lines.append(f"::{level} {settings}::{_escaped(message)}\n")
    return "".join(lines)


def _whole(finding: Diagnostic) -> str:
    """What was found and what to type, in one sentence."""
    return finding.message + (f"{worded(('; ', ' ; '))}{finding.hint}" if finding.hint else "")


def _escaped(value: str, *, whole: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if whole else value


def sarif(findings: Sequence[Diagnostic], rules: Sequence[Rule]) -> str:
    """SARIF 2.1.0: one run, every rule described, every finding with its region."""
    places = {rule.name: number for number, rule in enumerate(rules)}
    driver = {"name": "myofind", "version": __version__, "rules": [_descriptor(rule) for rule in rules]}
    results = [_result(finding, places) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def about(rule: Rule) -> Documentation:
    """The documentation of a rule in the language of the run."""
    from myofind.checks.rule import documentation

    return documentation(rule, spoken())


def _descriptor(rule: Rule) -> dict[str, Any]:
    told = about(rule)
    fails, passes = worded(("Fails:", "Échoue :")), worded(("Passes:", "Passe :"))
    return {
        "id": rule.name,
        "shortDescription": {"text": told.what},
        "fullDescription": {"text": f"{told.what} {told.why}"},
        "help": {"text": f"{told.why}\n\n{fails}\n{told.fails}\n\n{passes}\n{told.passes}\n"},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Diagnostic, places: dict[str, int]) -> dict[str, Any]:
    region = {"startLine": finding.position.line, "startColumn": finding.position.column}
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": finding.severity,
        "message": {"text": _whole(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(finding.file)}, "region": region}}],
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


def rule_list(rules: Sequence[Rule], room: int | None = None) -> str:
    """The rules with their severity, whether `--fix` corrects some of their findings, and what they find.

    What they find is broken where a screen has only so much room.
    """
    wide = max(len(rule.name) for rule in rules)
    level = max(len(worded(SEVERITIES[rule.severity])) for rule in rules)
    found: list[str] = []
    for rule in rules:
        mark = "fix" if rule.fixable else "   "
        head = f"{rule.name:<{wide}}  {worded(SEVERITIES[rule.severity]):<{level}}  {mark}  "
        found += hung(head, about(rule).what, room)
    return "".join(f"{line}\n" for line in found)


def rule_page(rule: Rule) -> str:
    """Everything about a rule."""
    told = about(rule)
    fixes = ("; `--fix` corrects the findings with one reading", " ; `--fix` corrige ce qui n'a qu'une lecture")
    return (
        f"{rule.name} ({worded(SEVERITIES[rule.severity])}{worded(fixes) if rule.fixable else ''})\n\n"
        f"{told.what}\n{told.why}\n\n"
        f"{worded(('fails:', 'échoue :'))}\n{indent(told.fails, '  ')}\n\n"
        f"{worded(('passes:', 'passe :'))}\n{indent(told.passes, '  ')}\n"
    )


def rule_json(rules: Sequence[Rule]) -> str:
    """The rules for a script."""
    found = [
        {"name": rule.name, "severity": rule.severity, "fixable": rule.fixable, **about(rule)._asdict()}
        for rule in rules
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
