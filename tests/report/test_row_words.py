"""What a row says of a trial: which missing facts it names and how many it counts, whatever room there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from myofind.report.values import TrialRow
from myofind.words.wording import Lang
from myofind.writers.columns import GAP, cell_len
from myofind.writers.layout import Layout
from myofind.writers.row_words import RowWords
from myofind.writers.trial_table import LONGEST_WORD, ONE_LINE, PLACES_FROM, SEPARATOR, VERDICT_ROOM, TrialTable
from tests.reference_patients import REFERENCE
from tests.test_screens import answered, laid

LANGUAGES: tuple[Lang, ...] = ("en", "fr")
SOME = tuple(REFERENCE)[::3]
LEAD = {"en": "settle: ", "fr": "à préciser : "}
MORE = re.compile(r"(\d+) (?:more|de plus)|\+(\d+)")


class Named(NamedTuple):
    """The facts that a form names, and how many it only counts."""

    facts: list[str]
    counted: int


def rows(lang: Lang) -> Iterator[tuple[RowWords, TrialRow]]:
    for name in SOME:
        whole = answered(name, lang)
        words = RowWords(whole, lang)
        yield from ((words, row) for row in whole.rows if row.verdict != "excluded")


def named(text: str, lang: Lang) -> Named:
    """What a form of what is to settle says of missing facts."""
    _, lead, told = text.rpartition(LEAD[lang])
    facts = re.split(r" ?; | (?=\+\d+$)", told) if lead else []
    more = MORE.fullmatch(facts[-1]) if facts else None
    return Named(facts[:-1], int(more[1] or more[2])) if more else Named(facts, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_missing_facts_are_named_as_far_as_there_is_room_and_the_rest_counted(lang: Lang) -> None:
    totals = set()
    for words, row in rows(lang):
        forms = [named(text, lang) for text in words.in_short(row).settle]
        if not forms:
            continue
        bounded, brief, least = forms[:-1:2], forms[1::2], forms[-1]
        total = len(least.facts) + least.counted
        for most, full, plain in zip((3, 2, 1), bounded, brief, strict=True):
            assert len(full.facts) == len(plain.facts) == min(most, total), row.trial.id
            assert full.counted == plain.counted == total - len(full.facts)
            assert full.facts == bounded[0].facts[:most]
            assert plain.facts == brief[0].facts[:most]
        assert least.facts == brief[0].facts[:1]
        assert words.settle(row) == words.in_short(row).settle[:1]
        totals.add(min(total, 5))
    assert totals >= {1, 2, 3, 4, 5}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bound_stands_with_its_fact_and_only_where_it_is_short(lang: Lang) -> None:
    bounds = set()
    for words, row in rows(lang):
        forms = words.in_short(row).settle[:2]
        full, plain = (named(text, lang).facts for text in forms) if forms else ([], [])
        for long, short in zip(full, plain, strict=True):
            fact = short
            assert long.startswith(fact)
            bound = long.removeprefix(fact).strip()
            assert not bound or re.fullmatch(r"\(.{1,26}\)", bound), long
            bounds |= {bound} if bound else set()
    assert len(bounds) > 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_read_has_a_form_for_little_room(lang: Lang) -> None:
    for words, row in rows(lang):
        unread = words.in_short(row).unread
        assert len(unread) == (2 if row.assessment.coverage not in (None, "full") else len(unread) and 1)
        assert [len(text) for text in unread] == sorted(map(len, unread), reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_narrowest_table_leaves_a_name_a_word_of_twelve_signs(lang: Lang) -> None:
    """On a screen narrower still the cells stand below each other."""
    for width in range(40, 80):
        lines = laid("dm", lang, width, most=None)
        head = next((line for line in lines if line.startswith("Verdict ")), "")
        if head:
            break
    name, number = head.index({"en": "Trial", "fr": "Essai"}[lang]), head.index({"en": "Number", "fr": "Numéro"}[lang])
    assert number - name - GAP == 12


@pytest.mark.parametrize("width", [PLACES_FROM, 100, 140])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_holds_all_that_fits_on_it(lang: Lang, width: int) -> None:
    """What is left out would not have fitted; what stands there fits, on two lines where not even the least fits on one."""
    full = 0
    for name in SOME:
        whole = answered(name, lang)
        words = RowWords(whole, lang)
        table = TrialTable(whole, Layout(lang=lang, width=width), words)
        for row in whole.rows:
            if row.verdict == "excluded":
                continue
            line = [cell.text for cell in table.forms(row)[ONE_LINE].below if not cell.link][-1]
            one, two = width - VERDICT_ROOM, 2 * (width - VERDICT_ROOM) - LONGEST_WORD
            room = one if cell_len(line) <= one else two
            assert cell_len(line) <= two
            settle, _, rest = words.in_short(row)
            for text in rest:
                assert text in line or cell_len(SEPARATOR.join((line, text))) > room
            assert not settle or any(text in line for text in settle)
            full += cell_len(line) == one
    assert full
