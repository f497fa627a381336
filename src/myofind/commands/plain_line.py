"""A plain command line of `match` or `validate`: options as words of their own, a value behind each (or after `=`).

It is read here from a table, for the framework of the commands takes longer to load than the answer to compute. Every
other line is left to the framework: help, short options joined to their values, what is repeated, unknown or refused.
What is read here is what the framework reads: `tests/test_plain_line.py` holds the tables and the readings equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from myofind.commands.common import guarded, without_pager
from myofind.records import NamedTuple


class Options(NamedTuple):
    """The options of a command, each with the parameter that it fills.

    `several` may be repeated, each a text; `once` have one value, a text or a number of rows; `flags` have none, and say
    what stands beside their parameter. `words` is the parameter of words that are no option; empty where there is none.
    """

    several: dict[str, str]
    once: dict[str, str]
    flags: dict[str, tuple[str, bool]]
    words: str = ""


_MATCH = Options(
    several={
        "--subtype": "subtypes", "-s": "subtypes", "--antibody": "antibodies", "-A": "antibodies", "--country": "countries",
        "-c": "countries", "--fact": "facts", "-F": "facts", "--treatment": "treatments", "-T": "treatments",
        "--status": "status", "--what-if": "what_if", "--also-as": "also_as",
    },
    once={
        "--age": "age", "-a": "age", "--birth-date": "birth_date", "-b": "birth_date", "--sex": "sex", "--onset": "onset",
        "--profile": "profile", "-p": "profile", "--why-not": "why_not", "--letter": "letter", "--cohort": "cohort",
        "--id-column": "id_column", "--limit": "limit", "--on": "on", "--format": "form", "-f": "form", "--lang": "lang",
        "-l": "lang", "--registry": "registry",
    },
    flags={
        "--ild": ("ild", True), "--no-ild": ("ild", False), "--refractory": ("refractory", True),
        "--no-refractory": ("refractory", False), "--all": ("everything", True), "--explain": ("explain", True),
        "--near": ("near", True), "--studies": ("studies", True), "--explain-order": ("explain_order", True),
        "--fail-fast": ("fail_fast", True), "--exact": ("exact", True), "--no-pager": ("no_pager", True),
    },
)  # fmt: skip
_VALIDATE = Options(
    several={"--select": "select", "--ignore": "ignore"},
    once={
        "--format": "form", "-f": "form", "--against": "against", "--explain": "explain", "--on": "on", "--lang": "lang",
        "-l": "lang", "--registry": "registry",
    },
    flags={
        "--strict": ("strict", True), "--release": ("release", True), "--fix": ("fix", True), "--yes": ("yes", True),
        "-y": ("yes", True), "--rules": ("rules", True),
    },
    words="paths",
)  # fmt: skip
OPTIONS = {"match": _MATCH, "validate": _VALIDATE}
"""The commands whose plain lines are read here."""


def answered(command: str, words: Sequence[str], lang: str) -> None:
    """Answer a plain line of a command and leave with its exit code; return where the line is not plain."""
    values = plain(words, OPTIONS[command])
    if values is None:
        return
    values = {"lang": lang, **values}
    if command == "match":
        from myofind.commands.match_run import request_of, run

        without_pager(values.pop("no_pager", False))
        guarded(lambda: run(request_of(values)))
    from myofind.commands.validate_run import validated

    guarded(lambda: validated(**values))


def plain(words: Sequence[str], options: Options) -> dict[str, Any] | None:
    """The values of the options that stand on a line, by the parameter they fill; None where the line is not plain."""
    values: dict[str, Any] = {}
    rest = iter(words)
    name: str
    value: str | int | None
    for word in rest:
        if options.words and (word == "-" or not word.startswith("-")):
            values.setdefault(options.words, []).append(word)
            continue
        option, joined, text = word.partition("=") if word.startswith("--") else (word, "", "")
        name, value = options.flags.get(word, ("", False))
        if not name:
            text = text if joined else next(rest, "--")
            if text.startswith("-") and text != "-" and not joined:  # perhaps an option itself
                return None
            if option in options.several:
                values.setdefault(options.several[option], []).append(text)
                continue
            name, value = options.once.get(option, ""), _number(text) if option == "--limit" else text
        if not name or name in values or value is None:
            return None
        values[name] = value
    return values


def _number(text: str) -> int | None:
    """A plain number of rows."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
