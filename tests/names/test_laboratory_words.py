"""Small words, signs and letters beside an antibody: what they say, and that none of them vanishes."""

from __future__ import annotations

import re
from itertools import product

import pytest
from tests.together import together

from myofind.names.compiled_files import read as compiled
from myofind.names.laboratory import read_results
from myofind.names.normal import compact, words
from myofind.names.rewriting import antibody_key
from myofind.names.vocabulary import resolve, terms

BARE = (("Mi-2", "mi2"), ("Mi2", "mi2"), ("TIF1", "tif1_any"), ("anti-TIF1", "tif1_any"), ("Jo-1", "jo1"))
AFTER_A = (
    ("à 30 UA/mL (N < 20)", "positive"),
    ("à la limite de la positivité", "borderline"),
    ("à 1/640 positif", "positive"),
    ("à taux élevé", "positive"),
    ("à contrôler", "borderline"),
    ("a la limite", "borderline"),
)


def results(line: str) -> dict[str, str]:
    return {one.id: one.result for one in read_results(line).results}


@together((name, id, said, result) for (name, id), (said, result) in product(BARE, AFTER_A))
def test_the_french_a_is_no_alpha(name: str, id: str, said: str, result: str) -> None:
    assert results(f"{name} {said}") == {id: result}


@together([("Mi-2 a +", "mi2a"), ("Mi-2a neg", "mi2a"), ("Mi-2 A positive", "mi2a"), ("TIF1 a +", "tif1a")])
def test_an_a_without_an_accent_is_alpha_where_it_begins_no_result(line: str, id: str) -> None:
    assert set(results(line)) == {id}


@together(
    (word, result)
    for word, result in product(
        ("ref", "(ref:", "reference:", "expected", "norm", "cut-off", "N", "(Ref. range:"), ("negative", "positive")
    )
)
def test_what_is_expected_alone_says_nothing_of_the_patient(word: str, result: str) -> None:
    line = f"Jo-1 {word} {result}{')' * word.count('(')}"
    assert results(line) == {}, line
    assert results(f"{line} : {result}") in ({}, {"jo1": result}), line


@together(product(("漢", "ж", "Ƴ", "ע", "क", "가"), ("Jo-1 positif", "anti-MDA5 +", "Mi-2 alpha neg", "TIF1 positif")))
def test_a_letter_without_a_latin_writing_never_vanishes(letter: str, line: str) -> None:
    for at in range(len(line) + 1):
        assert read_results(line[:at] + letter + line[at:]).problems, (letter, at)
    for at in (0, *(found.start() for found in re.finditer(" ", line)), len(line)):
        assert read_results(f"{line[:at]} {letter} {line[at:]}").problems, (letter, at)


WORDS = {
    "positive": "++(+)|+(+)|3 croix|trois croix|2 croix|une croix|positivité franche|DÉTECTÉ",
    "negative": "0 croix|below the limit of detection|sous la limite de détection",
    "borderline": "at the limit of positivity|at the limit of detection|at the limit|à la limite de la positivité|positivité limite",
    "not_tested": "ndet.|n.det.|non dét.|not det.",
}


@together((said, result) for result, listed in WORDS.items() for said in listed.split("|"))
def test_a_wording_of_a_result(said: str, result: str) -> None:
    assert results(f"MDA5 : {said}") == {"mda5": result}
    assert results(f"MDA5 {said}") == {"mda5": result}


@together((("MDA5 positif 1 fois sur 2",), ("MDA5 : 5 croix",), ("MDA5 croix",), ("croix MDA5",)))
def test_a_count_that_says_neither_yes_nor_no_is_refused(line: str) -> None:
    assert read_results(line).problems


DAYS = ("12/03/2024", "12.03.2024", "2024-03-12", "12/03/24", "3/2024", "mars 2024", "12 March 2024", "12 MARS 2024")
TIMES = ("", " 08:30", " à 8h30", " à 8h", " at 08:30", ", 08:30:05", "T08:30")


@together(product(DAYS, TIMES))
def test_the_day_and_the_hour_of_a_sample_are_no_value(day: str, hour: str) -> None:
    if hour and not (day[0].isdigit() and day.count(day[-3]) and re.search(r"\d.\d\d.\d\d", day)):
        return
    for line in (
        f"{day}{hour} Jo-1 positif",
        f"Jo-1 positif ({day}{hour})",
        f"Prélevé le {day}{hour}\nJo-1 positif",
        f"Édité le : {day}{hour}\nAnti-Jo-1 : positif\nSRP : négatif",
    ):
        assert results(line).get("jo1") == "positive", line


@together((("RU/mL",), ("UR/mL",), ("UI/mL",), ("UA/ml",)))
def test_a_unit(unit: str) -> None:
    assert results(f"cN1A 22 {unit} (N<20)") == {"cn1a": "positive"}
    assert results(f"cN1A 12 {unit} (N < 20 {unit})") == {"cn1a": "negative"}


def test_units_of_one_meaning_in_two_languages() -> None:
    assert results("cN1A 12 UR/mL (N < 20 RU/mL)") == {"cn1a": "negative"}


# Names of several antibodies -------------------------------------------------------------------------------------------


@together(
    [
        ("SSA/SSB", ("ro_any", "la")),
        ("RNP/SSA", ("u1rnp", "ro_any")),
        ("PL7/12", ("pl7", "pl12")),
    ]
)
def test_two_antibodies_under_one_name_are_negative_together_and_asked_about_else(
    typed: str, meant: tuple[str, ...]
) -> None:
    assert results(f"{typed} négatifs") == dict.fromkeys(meant, "negative")
    for line in (typed, f"{typed} +", f"{typed} faible"):
        problem = read_results(line).problems[0]
        assert problem.name is not None
        assert problem.name.candidates == meant


def _writings() -> dict[str, list[str]]:
    """Every writing of each antibody without signs, as it is looked up by."""
    return {
        term.id: [antibody_key(words(name)).base for name in (term.id, term.en, *term.aliases)]
        for term in terms("antibodies")
    }


def test_a_truncated_name_is_asked_of_what_it_begins() -> None:
    writings = _writings()
    for entry in compiled("ambiguous_antibodies"):
        for typed in entry["typed"] if "truncated" in entry["why"] else ():
            for id in entry["candidates"]:
                assert any(name.startswith(compact(typed)) for name in writings[id]), (typed, id)


def test_a_name_of_several_parts_offers_each_of_them() -> None:
    for entry in compiled("ambiguous_antibodies"):
        for typed in entry["typed"]:
            parts = re.split(r"/| and | et | or | ou ", typed)
            named = [resolve("antibodies", part).id for part in parts]
            if len(parts) > 1 and all(named):
                assert set(named) <= set(entry["candidates"]), typed


@pytest.mark.parametrize("typed", ["Jo-l", "anti-Jo-l", "JO-l"])
def test_an_l_for_a_one_is_part_of_the_name(typed: str) -> None:
    assert results(f"{typed} positif") == {"jo1": "positive"}


# Brackets ----------------------------------------------------------------------------------------------------------------

PAIRS = (("MDA5", "Ro52"), ("Jo-1", "PL-7"), ("anti-SRP", "anti-HMGCR"), ("Mi-2", "Ku"))
ENCLOSED = (
    "({} neg)",
    "({} négatif)",
    "[{} -]",
    "({} +)",
    "({} positif)",
    "({}: 3 U (N<20))",
    "({} faible)",
    "(pas d'{})",
)


@together(product(PAIRS, ENCLOSED))
def test_a_result_in_brackets_is_that_of_the_antibody_in_them(pair: tuple[str, str], enclosed: str) -> None:
    outer, inner = (resolve("antibodies", name).id for name in pair)
    text = f"{pair[0]} {enclosed.format(pair[1])}"
    assert read_results(text).problems, text
    for word, result in (("+", "positive"), ("négatif", "negative"), ("douteux", "borderline")):
        told = results(f"{pair[0]} {word} {enclosed.format(pair[1])}")
        assert not told or (told.pop(str(outer)) == result and set(told) == {inner}), (text, word)


@together(
    [
        ("MDA5 + (Ro52 neg)", {"mda5": "positive", "ro52": "negative"}),
        ("Jo-1 négatif (PL-7 et PL-12 positifs)", {"jo1": "negative", "pl7": "positive", "pl12": "positive"}),
        ("SSA + (Ro52 +, Ro60 -)", {"ro_any": "positive", "ro52": "positive", "ro60": "negative"}),
    ]
)
def test_brackets_with_results_of_their_own(line: str, meant: dict[str, str]) -> None:
    assert results(line) == meant


# Denials and tables ------------------------------------------------------------------------------------------------------


@together(
    [
        ("on ne retrouve pas d'anti-Jo1", "negative"),
        ("il n'existe pas d'anticorps anti-Jo1", "negative"),
        ("Jo-1 isn't detected", "negative"),
        ("Jo-1 wasn't detected", "negative"),
        ("does not have Jo-1 antibodies", "negative"),
        ("did not find Jo-1", "negative"),
        ("Jo-1 wasn't tested", "not_tested"),
        ("Jo-1 hasn't been tested", "not_tested"),
        ("Jo-1 devenu négatif", "negative"),
        ("Jo-1 became positive", "positive"),
    ]
)
def test_a_denial_in_a_sentence(line: str, result: str) -> None:
    assert results(line) == {"jo1": result}


@together(
    [
        ("Jo-1 isn't negative",),
        ("Jo-1 positif devenu négatif",),
        ("Jo-1 négatif devenu positif",),
        ("on ne retrouve que des anti-Jo1",),
        ("Jo-1 n'a pas disparu",),
    ]
)
def test_a_sentence_that_says_neither_is_refused(line: str) -> None:
    assert read_results(line).problems


HEADS = ("Réf.", "Référence", "Valeurs de référence", "Reference", "Ref. range", "Normal range", "VR")
ROWS = {
    "Positif\tNégatif": "positive",
    "Négatif\tNégatif": "negative",
    "+\tneg": "positive",
    "-\tneg": "negative",
    "45\t<20": "positive",
    "3\t< 20": "negative",
    "45\t0-20": "positive",
    "Négatif\t": "negative",
}


@together(product(HEADS, ROWS))
def test_the_column_of_limits_is_no_result(head: str, row: str) -> None:
    table = f"Analyse\tRésultat\t{head}\nJo-1\t{row}\nSRP\tNégatif\t"
    assert results(table) == {"jo1": ROWS[row], "srp": "negative"}
    value, limit = row.split("\t")
    swapped = results(f"Analyse\t{head}\tRésultat\nJo-1\t{limit}\t{value}\nSRP\t\tNégatif")
    assert swapped in ({}, {"jo1": ROWS[row], "srp": "negative"})


@together(
    [
        ("Jo-1 35 (ULN 20)", "positive"),
        ("Jo-1 15 (LSN : 20)", "negative"),
        ("Jo-1 35 U (upper limit of normal 20)", "positive"),
        ("Jo-1 5 (limite supérieure 20)", "negative"),
    ]
)
def test_an_upper_limit_needs_no_sign(line: str, result: str) -> None:
    assert results(line) == {"jo1": result}


def test_a_value_on_its_upper_limit_is_refused() -> None:
    assert read_results("Jo-1 20 (ULN 20)").problems


@together(
    [
        ("ENA\nJo-1 : négatif\nSSA 52 : positif",),
        ("AUTO-ANTICORPS ANTI-ANTIGENES NUCLEAIRES SOLUBLES\nSSA 52 : Positif\nJo1 : Négatif",),
        ("Anti-ENA :\nJo-1 : négatif\nSSA 52 : positif",),
    ]
)
def test_a_heading_of_its_own_line_has_no_result(table: str) -> None:
    assert results(table) == {"ro52": "positive", "jo1": "negative"}
