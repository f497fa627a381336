"""Write docs/rules.md from the documentation of the rules; a test holds the two together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from myofind.checks.rule import Rule, documentation
from myofind.checks.table import RULES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"


def rule_markdown(rules: Sequence[Rule]) -> str:
    """The rules as a page of the documentation."""
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
        told = documentation(rule)
        parts.append(f"\n## `{rule.name}`\n\n{told.what} {told.why}\n")
        parts.append(f"Fails:\n\n```yaml\n{told.fails}\n```\n\nPasses:\n\n```yaml\n{told.passes}\n```")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(rule_markdown(RULES), encoding="utf-8")
