"""`myofind vocab`: stable JSON, plain text in a pipe, names from standard input."""

from __future__ import annotations

import csv
import io
import json
import re
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from myofind.commands.vocab import run
from myofind.diagnostics import InputError
from myofind.names.compiled_files import read
from myofind.names.vocabulary import KINDS, Resolution, ids, label, resolve, terms
from myofind.words.reading_notes import why
from myofind.writers.columns import cell_len
from tests.run import bytes_of


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_name_as_json_has_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("antibodies", ["anti-MJ"], "json", "en", False) == 0
    assert rows(capsys) == [
        {"kind": "antibodies", "typed": "anti-MJ", "outcome": "exact", "id": "nxp2", "candidates": [], "suggestions": [], "why": "a name of anti-NXP2"}
    ]  # fmt: skip


def test_each_outcome_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("subtypes", ["DM", "dermatomyosits", "DPM", "lupus nephritis"], "json", "en", False) == 0
    assert [row["outcome"] for row in rows(capsys)] == ["exact", "accepted", "ambiguous", "unknown"]
    assert run("subtypes", ["dermatomyosits"], "json", "en", True) == 0
    assert rows(capsys)[0]["outcome"] == "unknown"


def test_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(None, [], "json", "en", False) == 0
    assert [(row["kind"], row["terms"]) for row in rows(capsys)] == [(kind, len(ids(kind))) for kind in KINDS]
    assert run(None, [], "table", "fr", False) == 0
    assert "auto-anticorps" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_terms_in_every_format(kind: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kind, [], form, "fr", False) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) >= len(ids(kind))
    assert "…" not in out.replace("… ", "")


def test_a_table_in_a_pipe_is_tab_separated_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("antibodies", ["p140"], "table", "en", False) == 0
    assert capsys.readouterr().out.split("\t")[:3] == ["p140", "ambiguous", "nxp2 | mda5 | tif1a?"]


def test_control_characters_never_reach_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("antibodies", ["Jo-1\x1b[31m"], "table", "en", False) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "form", "lang", "message", "hint"),
    [
        ("antibody", "json", "en", "`antibody` is no kind of name", "did you mean `myofind vocab antibodies`"),
        ("zz", "table", "en", "antibodies, subtypes, countries, drugs", "`myofind vocab` says"),
        ("a\x1b[1m", "table", "en", "`a\\x1b[1m`", ""),
        ("drugs", "yaml", "en", "--format takes table, json, csv, markdown", ""),
        ("drugs", "table", "de", "--lang takes en, fr", ""),
    ],
)
def test_wrong_usage(kind: str, form: str, lang: str, message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        run(kind, ["x"], form, lang, False)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["antibody", "x"], 2, b"did you mean `myofind vocab antibodies`?"),
        (["antibodies", "x", "--format", "yaml"], 2, b"--format takes"),
        (["countries", "-"], 0, b""),
    ],
)
def test_exit_codes(arguments: list[str], code: int, said: bytes) -> None:
    ended, _, shown = bytes_of("vocab", *arguments, stdin=b"caf\xe9\n")
    assert ended == code
    assert said in shown


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("NO_COLOR", raising=False)


def screen(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_tables_fit_eighty_columns(
    kind: str, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_terminal(monkeypatch, 80)
    assert run(kind, [], "table", lang, False) == 0
    names = [alias.removeprefix("=") for one in terms(kind) for alias in (one.en, *one.aliases[:3])]
    assert run(kind, names, "table", lang, False) == 0
    assert run(kind, ["x" * 70, "y" * 299], "table", lang, False) == 0
    shown = screen(capsys)
    assert [line for line in shown if cell_len(line) > 80] == []
    assert shown[0].split()[0] == "id"
    told = next(line.split() for line in shown if line.startswith("x"))
    assert told[0] == "x" * 18
    assert told[-1] == ("unknown" if lang == "en" else "inconnu")


def test_a_table_on_a_terminal_says_why_below_the_row(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_terminal(monkeypatch, 80)
    assert run("subtypes", ["dermatomyosits"], "table", "fr", False) == 0
    assert screen(capsys) == [
        "saisi           résultat  id  nom",
        "dermatomyosits  accepté   dm  dermatomyosite",
        "  lu comme dermatomyosite : une lettre diffère",
    ]


FRENCH = {
    "anti-Jo-1": "nom exact",
    "anti-MJ": "un des noms de : anti-NXP2",
    "Jo-1; PL-7": "plusieurs noms différents",
    "anti-PL-17": "nom inconnu ; les plus proches sont proposés",
    "q" * 301: "plus long que tout nom",
    "//": "aucune lettre à lire",
}


@pytest.mark.parametrize(("typed", "french"), FRENCH.items())
def test_reasons_in_french(typed: str, french: str) -> None:
    found = resolve("antibodies", typed)
    assert why(found, "fr") == french
    assert why(found, "en") != french


def test_a_slip_of_several_letters_or_words_in_french() -> None:
    assert why(resolve("subtypes", "dermatomiosites"), "fr").startswith("lu comme ")
    changed = resolve("subtypes", "juvenile dermatomyositis")._replace(
        why="corrected", details=("juvenil", "juvenile", "dm", "DM")
    )
    assert why(changed, "fr") == f"lu comme {label('subtypes', 'jdm', 'fr')} : `juvenil` lu `juvenile`, `dm` lu `DM`"
    assert why(changed, "en") == f"reads as {label('subtypes', 'jdm')}: `juvenil` as `juvenile`, `dm` as `DM`"


@pytest.mark.parametrize("kind", KINDS)
def test_what_makes_a_name_ambiguous_is_told_in_both_languages(kind: str) -> None:
    declared = read(f"ambiguous_{kind}") if kind != "facts" else []
    for number, entry in enumerate(declared):
        name = Resolution(kind, "x", "ambiguous", None, tuple(entry["candidates"]), (), "declared", (str(number),))
        assert [why(name, "en"), why(name, "fr")] == entry["why"]
        assert all(entry["why"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.sampled_from("=+-@ \t\x1b\x9b\x7f\u202e\u2066\u200f\u2028\xa0\n|<`'\"1a\ud800"), min_size=1, max_size=8
    ).filter(lambda text: text != "-")  # standard input
)
def test_what_was_typed_is_inert_in_every_form(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    for form in ("table", "csv", "markdown", "json"):
        assert run("drugs", [typed, typed], form, "en", False) == 0
        out = capsys.readouterr().out
        assert all(char.isprintable() or char in "\n\t" for char in out)
        if form == "json":
            assert [json.loads(line)["typed"] for line in out.splitlines()] == [typed, typed]
        elif form == "csv":
            cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
            assert len(cells) == 15
            formulas = [cell for cell in cells if cell.strip() != "-" and cell.lstrip()[:1] in tuple("=+-@")]
            assert all(re.fullmatch(r"-\d+", cell) for cell in formulas)  # a number is none
        else:
            assert len(out.splitlines()) == (4 if form == "markdown" else 2)


def test_names_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("France\r\n\nGermny\nCongo\n"))
    assert run("countries", ["-"], "json", "en", False) == 0
    assert [(row["typed"], row["outcome"], row["id"]) for row in rows(capsys)] == [
        ("France", "exact", "FR"),
        ("Germny", "accepted", "DE"),
        ("Congo", "ambiguous", None),
    ]


def test_fifty_thousand_names_are_answered_in_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"anti-{letter}{number}" for number in range(500) for letter in ("Jo-", "PL-", "zq", "Mi", "TIF")]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(names * 20)))
    start = process_time()
    assert run("antibodies", ["-"], "json", "en", False) == 0
    assert len(capsys.readouterr().out.splitlines()) == 50_000
    assert process_time() - start < 60, "an order of magnitude above what it takes; the figure is measured elsewhere"


def test_the_answers_of_a_choice_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("facts", ["dysphagia"], "table", "en", False) == 0
    assert "trouble swallowing [mild, none, severe, tube]" in capsys.readouterr().out
