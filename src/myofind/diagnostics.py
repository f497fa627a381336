"""A finding is a value: where it is, what was found, what is accepted and what to type next."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Literal

from myofind.language import Pair, Words, both, worded
from myofind.records import NamedTuple

Severity = Literal["error", "warning", "note"]

_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}

Path = tuple["str | int", ...]
"""The address of a value inside the file: keys and list indexes from the root."""


class Position(NamedTuple):
    """A place in a text; line and column count from 1, columns in characters."""

    line: int
    column: int

    @classmethod
    def of(cls, text: str, index: int) -> Position:
        """The line and column of a character of a text."""
        return cls(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


class Diagnostic(NamedTuple):
    """One finding about one place of one file; its words and its hint stand in both languages."""

    rule: str
    severity: Severity
    file: str
    position: Position
    trial: str | None
    path: Path
    words: Pair
    hint_words: Pair = ("", "")
    detail: str = ""
    """Which of a rule's findings this is, where what comes after must know: the key that is missing, `two-entries`."""

    @property
    def message(self) -> str:
        """What was found, in the language of the run."""
        return worded(self.words)

    @property
    def hint(self) -> str:
        """What to type next, in the language of the run."""
        return worded(self.hint_words)

    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Errors before warnings, each from the top of the file down; the same in every language."""
        line, column = self.position
        return (self.file, _RANKS[self.severity], line, column, self.rule, self.words[0])


class InputError(Exception):
    """Input that cannot be used: exit code 2.

    The message says what was found, where, and what is accepted; `hint` what to type next. Each is a text, or a pair
    of texts of which the reader is shown the one in the language of the run.
    """

    def __init__(self, message: Words, hint: Words = "") -> None:
        super().__init__(message)
        self.words, self.hint_words = message, hint

    @property
    def message(self) -> str:
        """What is wrong, in the language of the run."""
        return worded(self.words)

    @property
    def hint(self) -> str:
        """What to type next, in the language of the run; empty where nothing helps."""
        return worded(self.hint_words)

    def within(self, where: str) -> InputError:
        """The same error with the option or the place it is about before it, in either language."""
        return InputError(self._within(where), self.hint_words)

    def _within(self, where: str) -> Words:
        en, fr = both(self.words)
        return f"{where}: {en}", f"{where} : {fr}"

    def __str__(self) -> str:
        return self.message


class Ambiguous(InputError):
    """One fact that was typed and may mean several: a numbered question on a terminal, exit code 2 elsewhere.

    `field` is the fact (a field of `profile.Typed`), `typed` its text, `readings` the texts to put in its place, each
    with its words.
    """

    def __init__(
        self, message: Words, hint: Words = "", *, field: str, typed: str, readings: tuple[tuple[str, str], ...]
    ) -> None:
        super().__init__(message, hint)
        self.field = field
        self.typed = typed
        self.readings = readings

    def within(self, where: str) -> Ambiguous:
        """The same question with the option or the place it is about before it, in either language."""
        return Ambiguous(
            self._within(where), self.hint_words, field=self.field, typed=self.typed, readings=self.readings
        )


class UnusableFile(InputError):
    """A registry or profile that has errors; carries every finding."""

    def __init__(self, message: Words, findings: tuple[Diagnostic, ...], hint: Words = "") -> None:
        super().__init__(message, hint)
        self.findings = findings


_REASONS: dict[int, str] = {
    errno.ENOENT: "pas de tel fichier",
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération non permise",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "chemin impossible",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EDQUOT: "quota de disque dépassé",
    errno.EROFS: "système de fichiers en lecture seule",
    errno.EIO: "erreur d'entrée ou de sortie",
    errno.ENAMETOOLONG: "nom de fichier trop long",
    errno.ELOOP: "trop de liens symboliques",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.EBUSY: "fichier occupé",
    errno.EINVAL: "demande refusée par le système",
    errno.ENXIO: "pas de tel appareil",
}


def reason_of(error: OSError) -> Pair:
    """Why the system refused, in each language; rare reasons are in the system's words."""
    reason = error.strerror or str(error) or type(error).__name__
    return reason, _REASONS.get(error.errno or 0, reason)


def unreadable(en: str, fr: str, error: OSError) -> Words:
    """That something cannot be read, by its name in each language, and why."""
    why = reason_of(error)
    return f"cannot read {en}: {why[0]}", f"{fr} ne peut être lu : {why[1]}"


def shown(text: str, limit: int = 60) -> str:
    """A piece of input made safe to quote in a message: control characters escaped, length bounded."""
    safe = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}" for c in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def alternatives(names: Iterable[str]) -> Pair:
    """Names in backticks of which one is meant."""
    quoted = [f"`{name}`" for name in names]
    return " or ".join(quoted), " ou ".join(quoted)


def meant(names: Iterable[str]) -> Pair:
    """The question which of some names was meant."""
    en, fr = alternatives(names)
    return f"did you mean {en}?", f"peut-être {fr} ?"


def likest(word: str, words: Iterable[str], most: int, cutoff: float) -> list[str]:
    """The words most like one, the likest first."""
    from difflib import get_close_matches  # a run that finds nothing does without

    return get_close_matches(word, list(words), most, cutoff)


def write(text: str) -> Pair:
    """The hint to write a text."""
    return f"write `{text}`", f"écrire `{text}`"


def dotted(path: Path) -> str:
    """A path as an editor reads it: `eligibility.autoantibodies.required_any[1]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text
