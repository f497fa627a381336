"""A finding is a value: where it is, what was found, what is accepted and what to type next."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]

_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}

Path = tuple["str | int", ...]
"""The address of a value inside the file: keys and list indexes from the root."""


class Position(NamedTuple):
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int


class Diagnostic(NamedTuple):
    """One finding about one place of one file."""

    rule: str
    severity: Severity
    file: str
    position: Position
    trial: str | None
    path: Path
    message: str
    hint: str = ""

    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Errors before warnings, each from the top of the file down."""
        return (self.file, _RANKS[self.severity], self.position.line, self.position.column, self.rule, self.message)


class InputError(Exception):
    """Input that cannot be used: exit code 2.

    The message says what was found, where, and what is accepted; `hint` what to type next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Ambiguous(InputError):
    """One fact that was typed and may mean several: a numbered question on a terminal, exit code 2 elsewhere.

    `field` is the fact (a field of `profile.Typed`), `typed` its text, `readings` the texts to put in its place, each
    with its words.
    """

    def __init__(
        self, message: str, hint: str = "", *, field: str, typed: str, readings: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(message, hint)
        self.field = field
        self.typed = typed
        self.readings = readings


class UnusableFile(InputError):
    """A registry or profile that has errors; carries every finding."""

    def __init__(self, message: str, findings: tuple[Diagnostic, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.findings = findings


def shown(text: str, limit: int = 60) -> str:
    """A piece of input made safe to quote in a message: control characters escaped, length bounded."""
    safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def dotted(path: Path) -> str:
    """A path as an editor reads it: `eligibility.autoantibodies.required_any[1]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
