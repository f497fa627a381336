"""`myofind vocab`: stable JSON, plain text in a pipe, names from standard input."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest

from myofind.commands.vocab import run
from myofind.names.vocabulary import KINDS, ids


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
@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_terms_in_every_format(kind: str, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kind, [], format, "fr", False) == 0
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
    ("kind", "format", "said"), [("antibody", "json", "did you mean `antibodies`"), ("drugs", "yaml", "unknown format")]
)
def test_wrong_usage(kind: str, format: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(kind, ["x"], format, "en", False) == 2
    assert said in capsys.readouterr().err


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
    start = time.monotonic()
    assert run("antibodies", ["-"], "json", "en", False) == 0
    assert len(capsys.readouterr().out.splitlines()) == 50_000
    assert time.monotonic() - start < 60, "an order of magnitude above what it takes; the figure is measured elsewhere"
