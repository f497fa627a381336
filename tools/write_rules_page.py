"""Write docs/rules.md from the documentation of the rules; a test holds the two together."""

from __future__ import annotations

from pathlib import Path

from myofind.checks.table import RULES
from myofind.writers.findings import rule_markdown

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

if __name__ == "__main__":
    PAGE.write_text(rule_markdown(RULES), encoding="utf-8")
