"""What stands beside a result is never dropped in silence: exceptions, years, days, repeats; a denial alone, an article, a bracket give no result."""

from __future__ import annotations

from itertools import product

from tests.together import together

from myofind.names.autoantibodies import PANEL, PANEL_SPECIFIC, groups
from myofind.names.laboratory import read_results
from myofind.names.laboratory_words import PHRASES
from myofind.words.reading_notes import worded


def _read(line: str) -> tuple[dict[str, str], list[str]]:
    """The results of a line and the codes of what is remarked; nothing for a refused line."""
    read = read_results(line)
    for remark in read.notes:
        assert all(worded(remark.code, remark.arguments, lang) for lang in ("en", "fr"))
    return {one.id: one.result for one in read.results}, [note.code for note in read.notes]


@together(
    (denial,)
    for denial in (
        "no", "not", "non", "pas", "nein", "kein", "nicht", "sans", "without", "ohne", "non confirmée", "not confirmed", "absent", "absente",
        "absence", "ruled out", "éliminé", "false", "normal", "(-)", "(0)", "Ø", "not yet", "pas encore", "non trouvé", "not found",
    )
)  # fmt: skip
def test_a_denial_that_names_nothing_is_no_negative_panel(denial: str) -> None:
    for line in (denial, denial.upper(), f" {denial} ", f"{denial}."):
        assert _read(line)[0] == {}, line


@together(
    (line,)
    for line in ("négatif", "Negative", "negativ", "none", "aucun", "keine", "not detected", "nicht nachweisbar", "no antibodies", "tous négatifs")
)  # fmt: skip
def test_a_negative_of_all_is_said_with_what_it_covers(line: str) -> None:
    results, remarks = _read(line)
    assert len(results) > 15
    assert set(results.values()) == {"negative"}
    assert remarks == ["panel_negative"]


@together(
    product(
        ("anti-MDA5", "MDA5", "Jo-1", "SRP"),
        (
            "à la limite",
            "à la limite du seuil",
            "à la limite de la positivité",
            "la limite",
            "est à la limite de détection",
        ),
    )
)
def test_the_french_article_is_never_anti_la(name: str, words: str) -> None:
    for line in (f"{name} {words}", f"{name} : {words}", f"résultat {words} pour {name}"):
        results, _ = _read(line)
        assert "la" not in results, line
        assert set(results.values()) <= {"borderline"}, line
    assert _read(f"{name} : {words}")[0] or words.startswith("est")


@together(
    product(("La", "anti-La", "la", "SSB (La)"), (("+", "positive"), ("négatif", "negative"), ("positif", "positive")))
)
def test_anti_la_is_still_read(name: str, result: tuple[str, str]) -> None:
    word, value = result
    assert value in _read(f"{name} {word}")[0].values()
    assert value in _read(f"Jo-1 négatif, {name} {word}")[0].values()


EXCEPT = (
    "sauf",
    "except",
    "hormis",
    "excepté",
    "hors",
    "except for",
    "à l'exception de",
    "ausser",
    "bis auf",
    "other than",
    "apart from",
)


@together(product(EXCEPT, ("+", "-", "positif", "négatif", "++")))
def test_what_is_excepted_takes_no_result_from_what_stands_before_it(word: str, result: str) -> None:
    assert _read(f"MDA5 {result} {word} Jo-1")[0] == {}
    assert _read(f"MDA5 {result}, {word} Jo-1")[0] == {}


_CLASSES = (
    "all ARS",
    "ARS",
    "antisynthetases",
    "antisynthétases",
    "all MSA",
    "MSA",
    "myositis-specific antibodies",
    "all antibodies",
    "panel",
)


@together(product(_CLASSES, EXCEPT, ("positive", "+", "weakly positive")))
def test_a_class_negative_but_for_one_says_what_it_covers(name: str, word: str, result: str) -> None:
    """Every other antibody of the class that panels hold is negative, none of them the one excepted, and one note names them or counts them."""
    for line in (f"{name} negative {word} PL-12 {result}", f"{name} negative, {word} PL-12 ({result})"):
        read = read_results(line)
        assert not read.problems, line
        results = {each.id: each.result for each in read.results}
        specific = "ARS" not in name and "synth" not in name
        held = PANEL_SPECIFIC if "MSA" in name or "specific" in name else PANEL
        covered = {one for one in held if one != "pl12" and (specific or "ars_any" in groups(one))}
        weak = "weak" in result or "(+)" in line  # a plus in brackets is a weak positive
        assert results.pop("pl12") == ("borderline" if weak else "positive"), line
        assert results == dict.fromkeys(covered, "negative"), line
        assert [note.code for note in read.notes if note.code in ("panel_negative", "others_negative")] == [
            "panel_negative" if specific else "others_negative"
        ], line


@together((word,) for word in (*EXCEPT, "only"))
def test_an_exception_of_nothing_refuses_the_line(word: str) -> None:
    for line in (
        word,
        f"MDA5 positive {word}",
        f"MDA5 positive in 2019 {word}",
        f"MDA5 + {word}; SRP neg",
        f"panel négatif {word}",
    ):
        read = read_results(line)
        assert read.problems, line
        assert not read.results, line


@together(
    product(
        ("in 2019", "en 2015", "since 2021", "depuis 2020", "seit 2018", "(2019)", "2019", "le 12/03/2021", "03/2022"),
        ("+", "positive", "négatif", "35 U/mL (N<15)"),
    )
)
def test_a_day_or_year_beside_a_result_is_said_not_to_be_used(when: str, result: str) -> None:
    results, remarks = _read(f"MDA5 {result} {when}")
    assert bool(results) == ("day_of_result" in remarks)
    assert results or when in ("(2019)", "2019")


@together(
    product(
        (
            "à contrôler",
            "à recontrôler",
            "à vérifier",
            "to be confirmed",
            "please repeat",
            "zu bestätigen",
            "contrôle conseillé",
        ),
        ("positif", "faiblement positif", "+"),
    )
)
def test_a_result_to_be_repeated_is_borderline_and_it_is_said(words: str, result: str) -> None:
    assert _read(f"anti-Mi2 {result}, {words}") == ({"mi2": "borderline"}, ["to_repeat"])
    assert _read(f"anti-Mi2 négatif, {words}")[0] == {}


@together(
    [
        ("SRP(-) HMGCR(+)", {"srp": "negative", "hmgcr": "positive"}, True),
        ("SRP (+), HMGCR (-)", {"srp": "positive", "hmgcr": "negative"}, True),
        ("Jo1(+), Ro52(+), PL7(-)", {"jo1": "positive", "ro52": "positive", "pl7": "negative"}, True),
        ("Jo1[+] PL7[-]", {"jo1": "positive", "pl7": "negative"}, True),
        ("SRP -, HMGCR (+)", {"srp": "negative", "hmgcr": "borderline"}, False),
        ("SRP (-), HMGCR +, Ku (+)", {"srp": "negative", "hmgcr": "positive", "ku": "borderline"}, False),
        ("SRP(-) HMGCR(±)", {"srp": "negative", "hmgcr": "borderline"}, False),
        ("HMGCR (+)", {"hmgcr": "borderline"}, False),
        ("Jo1 (+), Ro52 (+)", {"jo1": "borderline", "ro52": "borderline"}, False),
    ]
)
def test_brackets_that_only_enclose_every_sign(line: str, results: dict[str, str], aloud: bool) -> None:
    assert _read(line) == (results, ["brackets_enclose"] if aloud else [])


DENIALS = sorted(" ".join(phrase) for phrase, held in PHRASES.items() if held.kind == "negation")


@together((denial,) for denial in DENIALS)
def test_a_denial_after_a_name_is_never_lost_when_another_name_follows(denial: str) -> None:
    for between, result in product(
        (", ", " ", " ; ", " / ", " et ", "\n", " : , "), ("+", "positive", "oui", "35 U/mL (N<20)")
    ):
        for said in (f" {denial}", f" : {denial}", f" ({denial})"):
            line = f"Jo-1{said}{between}SRP {result}"
            results, _ = _read(line)
            assert results.get("jo1") in (None, "negative"), line
            assert results.get("srp") in (None, "positive", "negative"), line


@together(product(("no", "non", "nein", "kein Nachweis"), (", ", "; ", " | ", "\n")))
def test_a_no_is_the_result_of_its_own_name(denial: str, between: str) -> None:
    assert _read(f"Jo-1 : {denial}{between}SRP : +")[0] == {"jo1": "negative", "srp": "positive"}
    assert _read(f"SRP + {between}Jo-1 {denial}")[0] == {"jo1": "negative", "srp": "positive"}
    assert _read(f"Jo-1, SRP {denial}")[0] == {}
    assert _read(f"Jo-1 et SRP : {denial}")[0] == {"jo1": "negative", "srp": "negative"}


@together(
    [
        ("Anti-synthétases : positif (PL-12)", "pl12"), ("antisynthétase + (anti-PL7)", "pl7"), ("SSA positif (52 kDa)", "ro52"), ("SSA ++ (Ro60)", "ro60"),
        ("TIF1 positif (gamma)", "tif1g"), ("antisynthétase + sans précision", "ars_any"), ("Jo-1 positive¹", "jo1"), ("Jo-1 35 UA/mL (<15) ↑", "jo1"),
        ("Anti-Jo1 (ELISA)\t>100\tU/mL\t<7\tH", "jo1"), ("1) Jo-1 positif", ""), ("Anti-synthétases : positif (SRP)", ""), ("Jo-1 5 UA/mL (<15) ↑", ""),
        ("Anti-synthétases : négatif (PL-12)", ""), ("Anti-synthétases : positif (PL-12 ?)", ""), ("Anti-synthétases : positif (PL-12) -", ""),
    ]
)  # fmt: skip
def test_a_positive_whose_name_or_flag_stands_apart(line: str, id: str) -> None:
    results, _ = _read(line)
    if id:
        assert results.pop(id) == "positive"
        assert set(results.items()) <= {("ars_any", "positive"), ("ro_any", "positive")}
    else:
        assert "positive" not in {result for held, result in results.items() if held != "ars_any"}


def test_the_numbers_of_a_list_are_no_brackets() -> None:
    for line in ("1) Jo-1 positif 2) SRP négatif", "1) Jo-1 +\n2) SRP -", "1) Jo-1 : positive, 2) SRP : negative"):
        assert _read(line)[0] == {"jo1": "positive", "srp": "negative"}
    for line in ("2) Jo-1 + 3) SRP -", "1) Jo-1 + 3) SRP -", "1) Jo-1 + (2) SRP -)", "Jo-1 (index 1) + 2) SRP -"):
        assert _read(line)[0] == {}, line


@together(
    (line,)
    for line in (
        "no myositis-specific antibody", "myositis-specific antibody negative", "myositis-specific antibodies: not detected", "MSA negative", "no MSA",
        "anticorps spécifiques des myosites négatifs", "anticorps spécifiques de myosite : négatif", "MSA -, Ro52 +", "Ro52 positive; MSA negative",
    )
)  # fmt: skip
def test_a_negative_of_the_specific_antibodies_is_said_with_what_it_covers(line: str) -> None:
    reading = read_results(line)
    covered = [one.id for one in reading.results if one.result == "negative"]
    told = " ".join(argument for note in reading.notes for argument in note.arguments).split()
    assert len(covered) > 10
    assert all(f"@{id}" in told for id in covered)
