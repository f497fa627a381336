"""What was typed and may mean several things is a numbered question on a terminal, and a refusal elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from myofind.asking.profile import understand
from myofind.asking.typed import Profile, Typed
from myofind.diagnostics import Ambiguous, InputError
from myofind.words.wording import Lang, pick
from myofind.writers.terminal import remark


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


Asked = TypeVar("Asked", bound=tuple[Any, ...])
"""The texts that were typed: a named tuple, each field a text or several."""
Value = TypeVar("Value")


def understood(
    typed: Typed, day: date, *, exact: bool = False, lang: Lang = "en", option: str = ""
) -> tuple[Profile, Typed]:
    """The patient that was meant, and the facts as they were meant; raises InputError for what cannot be read.

    `option` is the option that the texts stand with, where it is not plain.
    """
    return read_asking(lambda texts: understand(texts, day, exact=exact, lang=lang), typed, lang, option)


def read_asking(read: Callable[[Asked], Value], typed: Asked, lang: Lang, option: str = "") -> tuple[Value, Asked]:
    """What texts mean, and the texts as they were meant; raises InputError for what cannot be read.

    What has several readings is asked about on a terminal; an empty answer leaves the refusal as it is.
    """
    while True:
        try:
            return read(typed), typed
        except InputError as error:
            told = error.within(option) if option else error
            chosen = chosen_reading(told, typed, lang) if isinstance(told, Ambiguous) and on_terminal() else None
            if chosen is None:
                raise told from None
            typed = chosen


def chosen_reading(error: Ambiguous, typed: Asked, lang: Lang) -> Asked | None:
    """The facts with the reading that was chosen by its number; nothing where none was."""
    remark(f"  {error.message}")
    for number, (_, words) in enumerate(error.readings, start=1):
        remark(f"  {number}  {words}")
    last = len(error.readings)
    while True:
        asked = pick(lang, f"  Which one, 1 to {last} (empty: none)", f"  Lequel, 1 à {last} (vide : aucun)")
        reply = prompted(asked, lang)
        if not reply:
            return None
        if reply.isascii() and reply.isdigit() and 1 <= int(reply) <= last:
            value, reading = getattr(typed, error.field), error.readings[int(reply) - 1][0]
            new = (
                tuple(reading if text == error.typed else text for text in value)
                if isinstance(value, tuple)
                else reading
            )
            whole: Asked = typed._replace(**{error.field: new})  # type: ignore[attr-defined]  # a NamedTuple of either kind
            return whole


def prompted(question: str, lang: Lang) -> str:
    """What is answered to a question on a terminal."""
    end = pick(lang, ": ", " : ")
    import typer

    try:
        answer: str = typer.prompt(question, default="", show_default=False, err=True, prompt_suffix=end)
    except typer.Abort:
        raise KeyboardInterrupt from None
    return answer.strip()
