"""A printed limit, its label and its value in every order: the label is never the result, and a word never outweighs the number."""

from __future__ import annotations

from itertools import product

from tests.together import together

from myofind.names.laboratory import read_results

NEGATIVE = (
    "négatif", "negative", "negativ", "neg.", "neg", "négatif si", "negative if", "negativ wenn", "normal", "réf. négatif", "norme : négatif", "N : négatif", "ref: negative",
)  # fmt: skip
POSITIVE = ("positif", "positive", "positiv", "pos.", "pos", "positif si", "positive if", "positiv falls", "seuil : positif", "cut-off positive")  # fmt: skip
SAYS = {"negative": ("négatif", "Negative", "negativ", "neg.", "(négatif)"), "positive": ("positif", "POSITIVE", "positiv", "(positif)")}  # fmt: skip
UNITS = ("", " U/mL")
FORMS = tuple(product(UNITS, (" ", " : ")))
LIMITS = [
    *((label, f"{sign}20", "negative") for label in NEGATIVE for sign in ("<", "≤ ", "<=", "inf. à ")),
    *((label, "0-20", "negative") for label in NEGATIVE),
    *((label, f"{sign}20", "positive") for label in POSITIVE for sign in (">", "≥ ", ">=", "sup. à ")),
]  # fmt: skip


def _result(line: str) -> str | None:
    """What is read of anti-Jo-1; None where the line is refused."""
    read = read_results(line)
    assert {one.id for one in read.results} <= {"jo1"}, line
    return read.results[0].result if read.results else None


def _orders(limit: str, value: str) -> list[str]:
    """A labelled limit in brackets before and after its value."""
    return [
        f"Jo-1 ({limit}) {value}",
        f"Jo-1 [{limit}] : {value}",
        f"Jo-1 ({limit}) = {value}",
        f"Jo-1 {value} ({limit})",
        f"Jo-1 : {value} [{limit}]",
        f"Anti-Jo-1 ({limit})\n résultat : {value}",
    ]


@together(LIMITS)
def test_the_label_of_a_limit_is_never_the_result(label: str, limit: str, side: str) -> None:
    read = 0
    lines = 0
    turn = len(label + limit)  # units and joints take turns
    for number, (unit, joined) in product(("5", "35"), (FORMS[turn % 2], FORMS[3 - turn % 2])):
        truth = "positive" if number == "35" else "negative"
        for line in _orders(f"{label}{joined}{limit}{unit}", number + unit):
            result = _result(line)
            assert result in (None, truth), (line, result)
            read += result is not None
            lines += 1
    assert read >= 0.75 * lines, (label, limit, side, read, lines)


@together((label, sign) for label, sign in product(NEGATIVE, (">", "≥")))
def test_a_label_on_the_wrong_side_is_refused(label: str, sign: str) -> None:
    for number in ("5", "35"):
        for line in _orders(f"{label} {sign} 20", number):
            assert _result(line) is None, line


@together(product(POSITIVE, ("<", "≤")))
def test_a_positive_band_below_its_limit_is_refused(label: str, sign: str) -> None:
    for number in ("5", "35"):
        for line in _orders(f"{label} {sign} 20", number):
            assert _result(line) is None, line


@together(product(("(<20)", "[<20]", "(0-20)", "[N<20]", "(N: 0-20)", "(VN : < 20)", "0-20", "<20"), UNITS))
def test_a_word_that_contradicts_the_number_refuses_the_line_wherever_it_stands(limit: str, unit: str) -> None:
    for number, wrong in (("35", "negative"), ("5", "positive")):
        value = number + unit
        for word in SAYS[wrong]:
            for line in (
                f"Jo-1 {value} {limit} {word}",
                f"Jo-1 {value} {limit} : {word}",
                f"Jo-1 {value} {limit} - {word}",
                f"Jo-1 {value} {word} {limit}",
                f"Jo-1 {word} {value} {limit}",
                f"Jo-1 : {word} : {value} {limit}",
                f"Jo-1 {limit} {word} {value}",
                f"Jo-1 {limit} {value} {word}",
            ):
                assert _result(line) is None, line
        right = "positive" if wrong == "negative" else "negative"
        for word in SAYS[right][:4]:
            assert _result(f"Jo-1 {value} {limit} {word}") == right or limit == "0-20"
