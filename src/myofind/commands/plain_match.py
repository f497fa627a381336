"""A plain command line of `match`: options as words of their own, a value behind each (or after `=`).

It is read here from a table, for the framework of the commands takes longer to load than the answer to compute. Every
other line is left to the framework: help, short options joined to their values, what is repeated, unknown or refused.
What is read here is what the framework reads: `tests/test_plain_match.py` holds the tables and the readings equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from myofind.commands.common import guarded, without_pager
from myofind.commands.match_run import request_of, run

SEVERAL: dict[str, str] = {
    "--subtype": "subtypes", "-s": "subtypes", "--antibody": "antibodies", "-A": "antibodies", "--country": "countries",
    "-c": "countries", "--fact": "facts", "-F": "facts", "--treatment": "treatments", "-T": "treatments",
    "--status": "status", "--what-if": "what_if", "--also-as": "also_as",
}  # fmt: skip
"""Options that may be repeated, each a text."""

ONCE: dict[str, str] = {
    "--age": "age", "-a": "age", "--birth-date": "birth_date", "-b": "birth_date", "--sex": "sex", "--onset": "onset",
    "--profile": "profile", "-p": "profile", "--why-not": "why_not", "--letter": "letter", "--cohort": "cohort",
    "--id-column": "id_column", "--limit": "limit", "--on": "on", "--format": "form", "-f": "form", "--lang": "lang",
    "-l": "lang", "--registry": "registry",
}  # fmt: skip
"""Options with one value: a text, or a number of rows."""

FLAGS: dict[str, tuple[str, bool]] = {
    "--ild": ("ild", True), "--no-ild": ("ild", False), "--refractory": ("refractory", True),
    "--no-refractory": ("refractory", False), "--all": ("everything", True), "--explain": ("explain", True),
    "--near": ("near", True), "--studies": ("studies", True), "--explain-order": ("explain_order", True),
    "--fail-fast": ("fail_fast", True), "--exact": ("exact", True), "--no-pager": ("no_pager", True),
}  # fmt: skip
"""Options without a value, and what they say."""


def answered(words: Sequence[str], lang: str) -> None:
    """Answer a plain line and leave with its exit code; return where the line is not plain."""
    values = plain(words)
    if values is None:
        return
    without_pager(values.pop("no_pager", False))
    guarded(lambda: run(request_of({"lang": lang, **values})))


def plain(words: Sequence[str]) -> dict[str, Any] | None:
    """The values of the options that stand on a line, by the parameter they fill; None where the line is not plain."""
    values: dict[str, Any] = {}
    rest = iter(words)
    name: str
    value: str | int | None
    for word in rest:
        option, joined, text = word.partition("=") if word.startswith("--") else (word, "", "")
        name, value = FLAGS.get(word, ("", False))
        if not name:
            text = text if joined else next(rest, "--")
            if text.startswith("-") and text != "-" and not joined:  # perhaps an option itself
                return None
            if option in SEVERAL:
                values.setdefault(SEVERAL[option], []).append(text)
                continue
            name, value = ONCE.get(option, ""), _number(text) if option == "--limit" else text
        if not name or name in values or value is None:
            return None
        values[name] = value
    return values


def _number(text: str) -> int | None:
    """A plain number of rows."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
