"""When no trial known to take patients fits: why, what is nearest, and what to ask instead."""

from __future__ import annotations

from myofind.report.values import Answer
from myofind.words import advice as words
from myofind.words.wording import pick
from myofind.writers.columns import Cell
from myofind.writers.layout import Layout
from myofind.writers.parts import Lines
from myofind.writers.phrases import gain, relaxed_command, steps
from myofind.writers.styles import indented, line, paragraph


def funnel(whole: Answer, layout: Layout) -> Lines:
    """How many trials are left after each criterion."""
    lang = layout.lang
    text = pick(lang, "Why: trials left after each criterion", "Pourquoi : essais restants après chaque critère")
    yield from paragraph(text, layout.width, "bold")
    yield from indented(steps(whole, lang), layout.width)
    yield line()


def near_groups(whole: Answer, layout: Layout, most: int) -> Lines:
    """The nearest misses of each kind."""
    from myofind.writers.near_screen import groups

    yield from groups(whole, layout, most)


def relaxed(whole: Answer, layout: Layout) -> Lines:
    """Searches that find more, each with its command."""
    if not whole.relaxed:
        return
    lang = layout.lang
    yield from paragraph(_lead(layout), layout.width, "bold")
    for search in whole.relaxed:
        yield [Cell("  "), Cell(relaxed_command(search), "cyan")]
        yield from indented("  " + gain(search, lang), layout.width, "dim")
    yield line()


def relaxed_in_short(whole: Answer, layout: Layout) -> Lines:
    """The same in a sentence, without the commands."""
    if not whole.relaxed:
        return
    lang = layout.lang
    told = ", ".join(f"{words.relaxed(search.reason, search.term, lang)} {search.gain}" for search in whole.relaxed)
    commands = pick(lang, "commands: --limit 0", "commandes : --limit 0")
    yield from paragraph(f"{_lead(layout)} ({commands}){pick(lang, ': ', ' : ')}{told}", layout.width)
    yield line()


def _lead(layout: Layout) -> str:
    return pick(layout.lang, "Ask instead", "À demander plutôt")
