"""How many of each thing stand in a row, a list and the foot of an answer, over every count there may be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from myofind.domain.rules import Criterion
from myofind.report.values import Answer, FactEffect, Opening, OtherSubtype, TrialRow, Turns18
from myofind.words.wording import VERDICTS, Lang
from myofind.writers import row_words, trial_table
from myofind.writers.advice_screen import foot
from myofind.writers.answer_screen import shared_lines
from myofind.writers.columns import GAP, cell_len
from myofind.writers.layout import Layout, Left, left_out
from myofind.writers.phrases import row_label
from myofind.writers.places import by_country
from myofind.writers.row_words import RowWords
from myofind.writers.trial_table import VERDICT_ROOM, TrialTable
from tests.report.small import ADULT, CROWDED_DAY, asked, store
from tests.report.test_golden import CROWDED
from tests.run import text_of
from tests.together import together

LANGUAGES: tuple[Lang, ...] = ("en", "fr")


@cache
def crowded() -> Answer:
    """An answer with the facts of every trial, of which most fail on the country alone."""
    typed = CROWDED["crowded"]._replace(countries=("BR",))
    return asked(typed, registry=store("crowded"), day=CROWDED_DAY, limit=60)


def labels(whole: Answer, lang: Lang = "en") -> list[tuple[str, str]]:
    """The trials whose facts an answer holds: id and label, none of whose labels is part of another."""
    called = [(id, row_label(study, lang)) for id, study in whole.studies.items()]
    return [(id, name) for id, name in called if sum(name in other for _, other in called) == 1]


def forms(whole: Answer, name: str, layout: Layout) -> Iterator[tuple[str, Mapping[Left, int]]]:
    """A part of the foot of an answer in ever shorter forms: its text on one line, and what it counts as left out."""
    (part,) = [part for part in foot(whole, layout) if part.name == name]
    while True:
        yield " ".join(text_of(list(part.form.lines)).split()), part.form.left
        if not part.shorten():
            return


def named(text: str, trials: Sequence[tuple[str, str]]) -> int:
    """How many trials a text names."""
    return sum(name in text for _, name in trials)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_subtype_names_three_trials_then_one_then_none(lang: Lang) -> None:
    trials = labels(crowded(), lang)[:6]
    for count in range(1, 7):
        ids = tuple(id for id, _ in trials[:count])
        whole = crowded()._replace(other_subtypes=(OtherSubtype("ibm", True, (), (), ids),))
        texts = [text for text, _ in forms(whole, "others", Layout(lang, 100))]
        assert [named(text, trials) for text in texts] == [min(count, 3), 1, 0]
        assert all(f" {count} " in text and "(-s ibm)" in text for text in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_18th_birthday_names_three_trials_of_each_kind_then_none(lang: Lang) -> None:
    trials = labels(crowded(), lang)[:10]
    ids = tuple(id for id, _ in trials)
    for opens, closes in itertools.product(range(5), repeat=2):
        birthday = Turns18(CROWDED_DAY + timedelta(days=40), (), (), ids[:opens], ids[5 : 5 + closes])
        texts = [text for text, _ in forms(crowded()._replace(turns_18=birthday), "birthday", Layout(lang, 100))]
        assert [named(text, trials) for text in texts] == [min(opens, 3) + min(closes, 3), 0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_wait_or_a_result_opens_is_named_three_then_one_then_only_counted(lang: Lang) -> None:
    trials = labels(crowded(), lang)[:9]
    misses = {miss.id: miss for miss in crowded().within_reach}
    any_miss = next(iter(misses.values()))
    for waits, results in itertools.product(range(5), repeat=2):
        day = CROWDED_DAY + timedelta(days=30)
        reach = [
            *(any_miss._replace(id=id, remedy="wait", opens=(day, day)) for id, _ in trials[:waits]),
            *(any_miss._replace(id=id, remedy="test", opens=None) for id, _ in trials[4 : 4 + results]),
        ]
        whole = crowded()._replace(within_reach=tuple(reach), funnel=(), relaxed=())
        texts = [text for text, _ in forms(whole, "near", Layout(lang, 400))]
        assert [named(text, trials) for text in texts] == [
            min(waits, 3) + min(results, 2),
            bool(waits) + bool(results),
            0,
        ]
        for count, text in itertools.product({waits, results} - {0}, texts):
            assert re.search(rf"\b{count}\b", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("calm", [True, False])
def test_a_subtype_that_was_asked_about_lists_ten_trials_and_counts_the_others(lang: Lang, calm: bool) -> None:
    trials = labels(crowded(), lang)[:12]
    for count in (1, 9, 10, 11, 12):
        openings = tuple(Opening(id, "possible") for id, _ in trials[:count])
        other = OtherSubtype("ibm", False, openings, (), tuple(one.id for one in openings))
        ((text, _),) = forms(crowded()._replace(other_subtypes=(other,)), "asked", Layout(lang, 140, calm=calm))
        listed = min(count, 10) if calm else count
        assert sum(id in text for id, _ in trials) == listed
        more = re.search(r"(\d+) \w+ \(--all\)", text)
        assert (int(more[1]) if more else 0) == count - listed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_fits_five_then_two_near_misses_of_a_kind_are_listed_then_none(lang: Lang) -> None:
    trials = labels(crowded(), lang)[:7]
    any_miss = crowded().within_reach[0]
    steps = asked(ADULT._replace(subtypes=("ibm",), countries=("GB",))).funnel
    assert steps
    for count in range(1, 8):
        misses = tuple(any_miss._replace(id=id, remedy="change") for id, _ in trials[:count])
        whole = crowded()._replace(within_reach=misses, funnel=steps, rows=())
        texts = [text for text, _ in forms(whole, "near", Layout(lang, 140))]
        assert [sum(id in text for id, _ in trials) for text in texts] == [min(count, 5), min(count, 2), 0]


def test_questions_give_way_one_by_one_and_are_counted() -> None:
    for count in range(4):
        effects = tuple(FactEffect(fact, 1, 1) for fact in ("cancer", "sex", "ild")[:count])
        whole = crowded()._replace(ask_next=crowded().ask_next._replace(effects=effects))
        told = list(forms(whole, "questions", Layout(width=100)))
        assert [left["questions"] for _, left in told] == ([0, 1, 2][:count] or [0])
        assert [text.count("settles 1 of ") for text, _ in told if count] == list(range(count, 0, -1))


@pytest.mark.parametrize("calm", [True, False])
def test_whom_to_call_is_said_unless_everything_is_shown(calm: bool) -> None:
    parts = foot(crowded(), Layout(width=100, calm=calm))
    assert any(part.name == "calls" for part in parts) == calm
    assert left_out(parts, "remarks") == 0


def test_lines_for_trials_that_perhaps_run_in_the_country_by_how_many_certainly_do() -> None:
    assert [shared_lines(certain) for certain in range(10)] == [3, 3, 3, 3, 2, 2, 2, 1, 1, 1]


def test_three_countries_are_counted_and_the_others_together() -> None:
    countries = ("US", "GB", "JP", "CN", "CA", "AU")
    any_miss = crowded().within_reach[0]
    for count in range(1, 7):
        misses = tuple(any_miss._replace(remedy="country", countries=(code,)) for code in countries[:count])
        told = by_country(crowded()._replace(within_reach=misses), 0, "en")
        assert len(re.findall(r"[a-z] 1\b(?! more)", told)) == min(count, 3)
        assert (f" and {count - 3} more" in told) == (count > 3)
        assert "-c " in by_country(crowded()._replace(within_reach=misses), 1, "en")


@cache
def words(lang: Lang = "en") -> RowWords:
    return RowWords(asked(ADULT), lang)


ROW = cast(TrialRow, None)
"""A row of which nothing is looked at."""


@together(itertools.product(range(8), LANGUAGES))
def test_a_row_names_four_presumptions_and_counts_the_others(count: int, lang: Lang) -> None:
    usual = [f"usual {number}" for number in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_words, "presumes", lambda row, lang: usual)
        told = words(lang).presumes(ROW)
    lead, more = ("presumes ", "more") if lang == "en" else ("présume : ", "de plus")
    rest = [f"{count - 4} {more}"] if count > 4 else []
    assert told == ([lead + ", ".join([*usual[:4], *rest])] if count else [])


@together((count, most) for count in range(8) for most in (None, 0, 1, 3, 9))
def test_what_several_trials_presume_is_named_by_how_many_ask_it(count: int, most: int | None) -> None:
    """One too many to name is named all the same; two are counted."""
    usual = [f"usual {number}" for number in range(count)]
    rows = [
        SimpleNamespace(assessment=SimpleNamespace(presumed=tuple(reversed(usual[: place + 1]))))
        for place in range(count)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_words, "_usual", lambda one, lang: one)
        told = words().presumed(cast(Any, rows), most)
    named = most if most is not None else count if count <= 4 else 3
    if named:
        assert told == usual[:named] + [f"{count - named} more"] * (count > named)
    else:
        assert told == [f"{count} usual answers"] * (count > 0)


@together(itertools.product(range(6), (20, 40, 60, 150), LANGUAGES))
def test_notes_are_as_many_as_fit_shortest_first(count: int, room: int, lang: Lang) -> None:
    notes = [f"{'n' * 3 * (7 - number)}{number}" for number in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_words, "by_hand", lambda trial, lang: notes)
        told = words(lang).notes(cast(TrialRow, SimpleNamespace(trial=None)), room)
    shortest = sorted(notes, key=len)
    lead, more, comma = ("check: ", "more", "; ") if lang == "en" else ("à vérifier : ", "de plus", " ; ")

    def text(named: int) -> str:
        return lead + comma.join([*shortest[:named], *[f"{count - named} {more}"] * (count > named)])

    fitting = [named for named in range(1, count + 1) if len(text(named)) <= room]
    alone = f"{lead}{shortest[0]}{f' +{count - 1}' if count > 1 else ''}" if notes else ""
    assert told == (text(max(fitting)) if fitting else alone)


def test_notes_take_150_characters_unless_told_otherwise() -> None:
    for length in (149, 150, 151):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_words, "by_hand", lambda trial, lang, length=length: ["b", "n" * (length - 10)])
            told = words().notes(cast(TrialRow, SimpleNamespace(trial=None)))
        assert told == ("check: b; 1 more" if length == 151 else f"check: b; {'n' * (length - 10)}")


@together(
    (length, name)
    for length in (0, 1, 26, 27)
    for name in ("weight", "subtype", "autoantibodies", "country", "refractory")
)
def test_a_bound_stands_with_its_fact_where_it_has_26_characters_at_most(length: int, name: str) -> None:
    criterion = Criterion(name, "unknown", "missing", rule=object())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_words, "required", lambda criterion, lang: "r" * length)
        told = words()._bounded(criterion, "fact")
    shown = 0 < length <= 26 and name == "weight"
    assert told == (f"fact ({'r' * length})" if shown else "fact")
    assert words()._bounded(criterion._replace(code="near_bound"), "fact") == "fact"
    assert words()._bounded(criterion._replace(rule="required"), "fact") == "fact"


@together((count, kind) for count in range(1, 7) for kind in ("any_of", "at_least"))
def test_three_measures_of_several_are_named_and_the_others_counted(count: int, kind: str) -> None:
    measures = [f"measure {number}" for number in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_words, "_measures", lambda criterion, lang: [*measures, *measures])
        (told,) = words()._missing([Criterion(kind, "unknown", "")], True)
    assert told == " / ".join(measures[:3]) + (f" +{count - 3}" if count > 3 else "")


def test_the_line_below_a_verdict_has_room_for_the_longest() -> None:
    longest = max(cell_len(word) for words in VERDICTS.values() for word in words) + len(" ?")
    assert longest + GAP + 1 == VERDICT_ROOM


# How much is said of each row of a table that may take so many lines -----------------------------------------------------


HEIGHTS = ((1, 2, 3, 5), (1, 1, 2, 2), (2, 3, 3, 4), (1, 2, 2, 3), (2, 2, 3, 6), (1, 3, 4, 4), (1, 2, 3, 3))
"""The lines that rows take: counted, on one line, with a note, with all of it."""


def fitted(count: int, called: Set[int], most: int, styled: bool) -> list[int | None]:
    """How much is said of each of so many rows, of which those in some places are worth a call."""
    grid = TrialTable(crowded(), Layout(width=100, styled=styled), words())
    grid.first = {str(place) for place in called}
    rows = [SimpleNamespace(trial=SimpleNamespace(id=str(place))) for place in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial_table, "heights", lambda columns, laid, width: HEIGHTS[:count])
        return grid._details(cast(Any, rows), cast(Any, rows), most)


def lines_of_names(number: int) -> int:
    """The lines kept for trials by name alone."""
    return 0 if number == 0 else 1 if number <= 3 else 2


@together(itertools.product(range(1, 8), (set(), {0}, {0, 2}, {1, 3, 4}), range(1, 30), (True, False)))
def test_rows_say_as_much_as_fits_those_worth_a_call_first(
    count: int, called: set[int], most: int, styled: bool
) -> None:
    called = {place for place in called if place < count}
    others = [place for place in range(count) if place not in called]
    details = fitted(count, called, most, styled)
    names = details.count(None)
    room = most - 1 - styled - lines_of_names(names)
    assert [details[place] for place in others[len(others) - names :]] == [None] * names

    def least(named_only: int) -> int:
        """The lines where those worth a call have a note and the others a line, but for so many left to their names."""
        short = sum(HEIGHTS[place][1] for place in others[: len(others) - named_only])
        return short + sum(HEIGHTS[place][2] for place in called) + lines_of_names(named_only)

    fitting = (number for number in range(len(others)) if least(number) <= most - 1 - styled)
    assert names == next(fitting, len(others))
    said = [(place, detail) for place, detail in enumerate(details) if detail is not None]
    taken = sum(HEIGHTS[place][detail] for place, detail in said)
    assert taken <= room or all(detail == 0 for _, detail in said)
    if taken <= room and (names < len(others) or least(names) <= most - 1 - styled):
        assert all(detail >= (2 if place in called else 1) for place, detail in said)
    for place, detail in said:
        for more in range(detail + 1, 4):
            assert taken - HEIGHTS[place][detail] + HEIGHTS[place][more] > room
