"""What the YAML parser refuses, as a problem in an editor's words at the line that caused it."""

from __future__ import annotations

import re

import yaml

from myofind.diagnostics import Position, shown
from myofind.files.layout import Problem, comment_in_brackets, problem_near


def unreadable(error: yaml.YAMLError, text: str) -> Problem:
    """What is not YAML, in an editor's words, at the line that caused it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        at = _reader_position(error, text)
        what = (
            "a character that YAML does not take"
            if "character" in str(error)
            else shown(str(error).split("\n", 1)[0], 120)
        )
        return Problem(at, what, "remove the character, or write it by its name in quotes")
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "simple key" in (error.context or ""):
        mark = error.context_mark
    if mark is None:
        return Problem(Position(1, 1), "not YAML", _FALLBACK[1])
    what = ": ".join(part for part in (error.context, error.problem) if part)
    at = Position(min(mark.line, text.count("\n")) + 1, mark.column + 1)
    problem = _unclosed(error, what, text)
    if problem is None:
        opened = _quote_before(text, mark.index) if "block" in what else None
        if opened is not None:
            end = f"a quote that opens here ends in line {mark.line + 1}"
            problem = Problem(_at(text, opened), end, "close the quote")
        else:
            problem = _after_quote(text, at) or problem_near(text, at)
    if problem is None:
        problem = Problem(at, *next((words for part, words in _IN_WORDS.items() if part in what), _FALLBACK))
    return problem


_FALLBACK = (
    "this line does not fit the lines around it",
    "compare its indentation, dashes and colons with another entry",
)
_IN_WORDS = {
    "mapping values are not allowed": ("a second `: ` in the line", "put text that holds `: ` in quotes"),
    "cannot start any token": ("a value cannot begin with this character", "put the text in quotes"),
    "alias": ("`*` at the start of a value stands for an alias", "put the text in quotes; aliases are not accepted"),
    "anchor": ("`&` at the start of a value stands for an anchor", "put the text in quotes; anchors are not accepted"),
    "tag": ("`!` at the start of a value stands for a tag", "put the text in quotes; tags are not accepted"),
    "directive": ("`%` at the start of a line stands for a directive", "put the text in quotes"),
    "expected a single document": ("`---` begins a second document", "remove the line: the registry is one document"),
    "but found another document": ("`---` begins a second document", "remove the line: the registry is one document"),
    "escape": ("a backslash in double quotes begins an escape", "write `\\\\`, or put the text in single quotes"),
}
"""What the parser says, by a part of it, and what that means to an editor."""


def _unclosed(error: yaml.MarkedYAMLError, what: str, text: str) -> Problem | None:
    """A bracket or a quote that is never closed, at the place where it was opened."""
    if error.context_mark is None or not any(
        part in what for part in ("flow sequence", "flow mapping", "quoted scalar")
    ):
        return None
    if "escape" in what:
        return None
    opened, mark = error.context_mark, error.problem_mark
    cut = comment_in_brackets(text, opened.line)
    if cut is not None:
        return cut
    sign = text[opened.index : opened.index + 1] or "["
    up_to = f" (up to line {mark.line + 1})" if mark and mark.line != opened.line else ""
    if sign in "\"'":
        return Problem(_at(text, opened.index), f"the quote that opens here is never closed{up_to}", "close the quote")
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    message = f"the bracket that opens here is never closed{up_to}, or a comma is missing in it"
    return Problem(_at(text, opened.index), message, f"write the missing `{closing}` or `,`")


def _after_quote(text: str, at: Position) -> Problem | None:
    """Words after the closing quote of a text."""
    lines = text.split("\n")
    before = lines[at.line - 1][: at.column - 1] if at.line <= len(lines) else ""
    if not re.search(r"""(?::|-|[{,\[]) +(["']).*\1[ \t]*$""", before):
        return None
    hint = "put the whole text in quotes; a double quote inside stands in single quotes"
    return Problem(at, "something follows the closing quote", hint)


def _quote_before(text: str, index: int) -> int | None:
    """Where the quoted text that ends right before a place was opened, if on an earlier line."""
    end = index - 1
    if end <= 0 or text[end] not in "\"'":
        return None
    start = text.rfind(text[end], 0, end)
    return start if start >= 0 and "\n" in text[start:end] else None


def _at(text: str, index: int) -> Position:
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _reader_position(error: yaml.YAMLError, text: str) -> Position:
    offset = getattr(error, "position", None)
    if not isinstance(offset, int):
        bad = next((i for i, c in enumerate(text) if not c.isprintable() and c not in "\n\r\t\x85\ufeff"), 0)
        offset = bad
    return _at(text, offset)
