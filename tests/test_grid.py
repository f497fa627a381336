"""Columns fit the width they are given, and nothing is ever cut."""

import itertools
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from myofind.writers import columns as grid
from myofind.writers.columns import GAP, Cell, Column, Row, _widths, lines, printable, table
from tests.together import together


def test_every_character_that_is_assigned_takes_the_columns_of_its_kind() -> None:
    for character in map(chr, range(0x20, 0x3000)):
        kind = unicodedata.category(character)
        wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if kind not in ("Cn", "Cc"):
            assert grid.cell_len(character) == (0 if kind in ("Mn", "Me", "Cf") else wide), hex(ord(character))


words = st.text(alphabet="abcdéß字 ", max_size=40).map(lambda text: " ".join(text.split()))


def text_of(found: list[list[Cell]]) -> str:
    return " ".join("".join(cell.text for cell in line) for line in found)


@given(st.lists(st.tuples(words, words, words), max_size=6), st.none() | st.integers(30, 140))
def test_every_word_that_a_column_holds_is_printed_whole_and_no_letter_is_lost(
    rows: list[tuple[str, str, str]], width: int | None
) -> None:
    columns = [Column("one", 8), Column("two"), Column("three", 8)]
    found = text_of(lines(columns, [Row([Cell(text) for text in row], [Cell(row[0])]) for row in rows], width))
    for row in rows:
        for text in row:
            for word in text.split():
                assert word in found or cell_len(word) > 8
    assert Counter("".join(text for row in rows for text in (*row, row[0]) if text).replace(" ", "")) <= Counter(found)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6), st.integers(40, 120))
def test_lines_fit_unless_one_word_does_not(rows: list[tuple[str, str]], width: int) -> None:
    columns = [Column("one", 10), Column("two", 10)]
    for line in lines(columns, [Row([Cell(text) for text in row]) for row in rows], width):
        text = "".join(cell.text for cell in line).rstrip()
        assert cell_len(text) <= width or any(cell_len(word) > 10 for word in text.split())


def test_whole_cells_are_never_wrapped() -> None:
    number = "ACTRN12624000802505"
    found = lines(
        [Column("id"), Column("title", 6)], [Row([Cell(number, whole=True), Cell("a title of some length")])], 30
    )
    assert any(number in "".join(cell.text for cell in line) for line in found)


def test_columns_line_up() -> None:
    found = lines([Column("id"), Column("n")], [Row([Cell("a"), Cell("1")]), Row([Cell("bbb"), Cell("2")])], None)
    assert ["".join(cell.text for cell in line) for line in found] == ["id   n", "a    1", "bbb  2"]


def test_a_column_takes_no_more_than_its_most_but_for_a_word() -> None:
    columns = [Column("trial", 6, 10), Column("n")]

    def shown(name: str) -> list[str]:
        found = lines(columns, [Row([Cell(name), Cell("1")])], 60)[1:]
        return ["".join(cell.text for cell in line).rstrip() for line in found]

    assert shown("cord lining stem cells") == ["cord        1", "lining", "stem cells"]
    assert shown("cord") == ["cord   1"]
    assert shown("resecabtagene x") == ["resecabtagene  1", "x"]


def test_french_punctuation_stays_with_its_word() -> None:
    found = lines([Column("", 4)], [Row([Cell("âge non précisé ; pays ? « ici » : là")])], 9)
    assert ["".join(cell.text for cell in line) for line in found] == [
        "âge non", "précisé ;", "pays ?", "« ici » :", "là",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a\tb", "\u202eelbaborp\u202c", "e\u0301 \u200b\u2066x\u2069", "\x1b[31m", "\r\n漢"])
def test_what_is_made_harmless_takes_the_columns_it_took(text: str) -> None:
    assert grid.cell_len(printable(text)) == grid.cell_len(text)
    assert all(c.isprintable() for c in printable(text))


TEXTS = (("a",), ("one two three",), ("fourteenletter x", "b c d"), ("short", "a much longer text of words"))


@together(
    (shapes, texts, width)
    for shapes in itertools.product(((0, 0), (5, 0), (8, 12)), repeat=3)
    for texts in itertools.islice(itertools.product(TEXTS, repeat=3), 0, None, 9)
    for width in range(14, 60)
)
def test_columns_take_the_whole_width_where_a_text_is_longer_and_break_words_only_where_they_must(
    shapes: tuple[tuple[int, int], ...], texts: tuple[tuple[str, ...], ...], width: int
) -> None:
    columns = [Column("head", least, most) for least, most in shapes]
    rows = [Row([Cell(column[number % len(column)]) for column in texts]) for number in range(2)]
    every = [["head", *column] for column in texts]
    words = [max(len(word) for text in column for word in text.split()) for column in texts]
    natural = [
        min(max(map(len, column)), max(most, word)) if most else max(map(len, column))
        for column, (_, most), word in zip(every, shapes, words, strict=True)
    ]
    least = [min(max(4, low), most) if low else most for (low, _), most in zip(shapes, natural, strict=True)]
    whole = [min(max(low, word), most) for low, word, most in zip(least, words, natural, strict=True)]
    room = width - GAP * 2
    widths = _widths(columns, rows, width)
    lowest = whole if sum(whole) <= room else least
    assert all(low <= taken <= most for low, taken, most in zip(lowest, widths, natural, strict=True))
    assert sum(widths) == max(sum(lowest), min(sum(natural), room))
    assert _widths(columns, rows, None) == [max(map(len, column)) for column in every]


@together(
    (text, width) for text in ("2", "1/2", "3.5 %", "recruits", "a 2", "2 b", "–", " ", "") for width in (1, 6, 11)
)
def test_where_columns_cannot_stand_side_by_side_a_bare_number_bears_its_heading(text: str, width: int) -> None:
    columns = [Column("Trial"), Column("Phase"), Column("Seen")]
    row = Row([Cell("unbreakable"), Cell(text), Cell("unbreakable")])
    told = ["".join(cell.text for cell in line).strip() for line in lines(columns, [row], width)]
    words = {"–": "", " ": ""}.get(text, text)
    named = f"Phase {words}" if words and not any(map(str.isalpha, words)) else words
    assert " ".join(told) == " ".join(filter(None, ["unbreakable", named, "unbreakable"]))


@pytest.mark.parametrize("styled", [True, False])
@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_word_longer_than_its_column_goes_on_below_and_is_never_cut(width: int, styled: bool) -> None:
    columns = [Column("Verdict"), Column("Trial", 12, 24), Column("Number"), Column("Places", 14)]
    names = [
        "A-VERY-LONG-ACRONYM-THAT-GOES-ON-AND-ON-WITHOUT-BREAK",
        "LLANFAIRPWLLGWYNGYLLGOGERYCHWYRNDROBWLL",
        "短い名前" * 9,
    ]
    rows = [Row([Cell("match"), Cell(name), Cell("NCT00000001", whole=True), Cell(name)]) for name in names]
    laid = ["".join(cell.text for cell in line) for line in table(columns, rows, width, styled)]
    assert all(cell_len(line.rstrip()) <= width for line in laid)
    letters = Counter("".join(laid).replace(" ", "").replace("─", ""))
    asked = Counter("".join(cell.text for row in rows for cell in row.cells))
    assert asked <= letters
    assert "".join(laid).count("NCT00000001") == len(names)
