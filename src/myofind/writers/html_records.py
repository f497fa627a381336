"""Whole records of trials as pages lay them out: the parts of a card, with the addresses that may be followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from myofind.report.trial_page import Listing
from myofind.writers import card_screen
from myofind.writers.html_page import address
from myofind.writers.html_views import Fact, Text, number
from myofind.writers.layout import Layout
from myofind.writers.phrases import brief


class Part(NamedTuple):
    """Facts under a title."""

    title: str
    facts: Sequence[Fact]


class Record(NamedTuple):
    """A trial in parts."""

    name: str
    number: Text
    parts: Sequence[Part]


def records(whole: Listing, layout: Layout) -> list[Record]:
    """The records of some trials."""
    found = []
    for study in whole.studies:
        parts = [Part(title, _grouped(facts)) for title, facts in card_screen.parts(study, whole, layout)]
        found.append(Record(brief(study, layout.lang), number(study), parts))
    return found


def _grouped(facts: Iterable[card_screen.Fact]) -> list[Fact]:
    """Facts with all values of each under one name; one without a name goes on with the one before."""
    values: dict[str, list[Text]] = {}
    last = "–"
    for name, cell in facts:
        last = name or last
        values.setdefault(last, []).append(Text(cell.text, address(cell.link)))
    return [Fact(name, tuple(texts)) for name, texts in values.items()]
