"""What was typed and may mean several things is a numbered question on a terminal, and a refusal elsewhere."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import typer

from myofind.asking.profile import Profile, Typed, understand
from myofind.diagnostics import Ambiguous
from myofind.words.wording import Lang, pick
from myofind.writers.terminal import remark


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def understood(typed: Typed, day: date, *, exact: bool = False, lang: Lang = "en") -> tuple[Profile, Typed]:
    """The patient that was meant, and the facts as they were meant; raises InputError for what cannot be read.

    What has several readings is asked about on a terminal; an empty answer leaves the refusal as it is.
    """
    while True:
        try:
            return understand(typed, day, exact=exact, lang=lang), typed
        except Ambiguous as error:
            chosen = chosen_reading(error, typed, lang) if on_terminal() else None
            if chosen is None:
                raise
            typed = chosen


def chosen_reading(error: Ambiguous, typed: Typed, lang: Lang) -> Typed | None:
    """The facts with the reading that was chosen by its number; nothing where none was."""
    say(f"  {error.message}")
    for number, (_, words) in enumerate(error.readings, start=1):
        say(f"  {number}  {words}")
    last = len(error.readings)
    while True:
        reply = prompted(pick(lang, f"  Which one, 1 to {last} (empty: none)", f"  Lequel, 1 à {last} (vide : aucun)"))
        if not reply:
            return None
        if reply.isascii() and reply.isdigit() and 1 <= int(reply) <= last:
            return replaced(typed, error, error.readings[int(reply) - 1][0])


def replaced(typed: Typed, error: Ambiguous, reading: str) -> Typed:
    """The facts with a reading in the place of what was ambiguous."""
    value = getattr(typed, error.field)
    several = tuple(reading if text == error.typed else text for text in value) if isinstance(value, tuple) else None
    change: dict[str, Any] = {error.field: reading if several is None else several}
    return typed._replace(**change)


def prompted(question: str) -> str:
    """What is answered to a question on a terminal."""
    answer: str = typer.prompt(question, default="", show_default=False, err=True)
    return answer.strip()


def say(text: str) -> None:
    """A line for whoever is asked, broken between words."""
    remark(text)
