"""Studies the registry lacks: found for a reason, in every kind of input, and none unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from myofind.diagnostics import InputError
from myofind.registers.ctgov import read_record
from myofind.registers.discovery import (
    Candidate,
    Declined,
    Memory,
    Reason,
    discover,
    memory_path,
    of_record,
    read_memory,
    reasons,
    search_terms,
    write_memory,
)
from myofind.registers.tables import is_table, read_table
from tests.registers.conftest import Run
from tests.registers.world import Asked, Register, Reply, Serve, Study, study

Save = Callable[[Any], str]
OTHER = "NCT09999999"


def basket(changes: dict[str, Any] | None = None, number: str = OTHER) -> Study:
    """A study of lupus in a basket of autoimmune disease."""
    plain: dict[str, Any] = {
        "conditionsModule.conditions": ["Autoimmune Diseases"],
        "eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* Systemic lupus erythematosus",
    }
    return study(
        {**plain, **(changes or {})}, nctId=number, acronym="OTHER", briefTitle="A Study in Refractory Disease"
    )


def why(one: Study) -> list[tuple[str, str]]:
    return [(reason.field, reason.words) for reason in reasons(of_record(read_record(one), "2026-03-01"))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"conditionsModule.conditions": ["Polymyositis"]}, "conditions"),
        ({"conditionsModule.keywords": ["IIM"]}, "keywords"),
        ({"descriptionModule": {"briefSummary": "In lupus and idiopathic inflammatory myopathies."}}, "summary"),
        ({"eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n* anti-synthetase syndrome"}, "criteria"),
        ({"eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n* Immune-mediated necrotizing myopathy"}, "criteria"),
        ({}, "basket"),
        ({"eligibilityModule.eligibilityCriteria": "Exclusion Criteria:\n* Dermatomyositis"}, "basket"),
        ({"descriptionModule": {"briefSummary": "Heterotopic bone, myositis ossificans and pyomyositis."}}, "basket"),
        ({"conditionsModule.conditions": ["Lupus"]}, None),
        ({"conditionsModule.conditions": ["Cardiomyopathy"]}, None),
    ],
)  # fmt: skip
def test_why_a_study_is_found(changes: dict[str, Any], field: str | None) -> None:
    assert [name for name, _ in why(basket(changes))] == ([field] if field else [])


def test_the_words_around_are_shown() -> None:
    text = "x " * 100 + "three with idiopathic inflammatory myositis, and four with sclerosis" + " y" * 100
    (reason,) = reasons(Candidate(OTHER, texts=(("summary", text),)))
    assert reason.field == "summary"
    assert "idiopathic inflammatory myositis" in reason.words
    assert len(reason.words) < 200


def test_each_study_stands_once_and_none_goes_unsaid() -> None:
    def candidate(number: int, condition: str, **more: Any) -> Candidate:
        return Candidate(f"NCT0000000{number}", texts=(("conditions", condition),), **more)

    found = discover(
        [
            candidate(1, "Myositis", updated="2026-01-01", day="2026-02-01"),
            candidate(1, "Lupus", updated="2026-01-01", day="2026-01-01"),
            candidate(2, "Myositis", updated="2026-02-01", status="recruiting"),
            candidate(3, "Autoimmune disease"),
            candidate(4, "Myositis", status="completed"),
            candidate(5, "Myositis"),
            candidate(6, "Myositis"),
            candidate(7, "Gout"),
            candidate(8, "Myositis", updated="2020-01-01"),
            candidate(9, "Myositis", aliases=("NCT00000005",)),
        ],
        frozenset({"NCT00000005"}),
        {"NCT00000006": Declined("2026-01-01", "why")},
        "2025-01-01",
    )
    assert [one.candidate.number[-1] for one in found.studies] == ["2", "1"]
    assert [one.candidate.number[-1] for one in found.baskets] == ["3"]
    assert [one.candidate.number[-1] for one in found.closed] == ["4"]
    assert (found.known, found.declined, found.unrelated, found.older) == (2, ("NCT00000006",), 1, 1)


TABLE = (
    "NCTId,BriefTitle,OverallStatus,Conditions,Countries,BriefSummary,LastUpdatePostDate,DiseaseEntities,SnapshotDate\n"
    'NCT00000001,One,RECRUITING,Refractory Autoimmune Diseases,France|Spain,"Severe, refractory",2026-07-14,SLE|IIM,2026-08-22\n'
    "NCT00000002,Two,COMPLETED,Dermatomyositis,,,,,\n"
    "no number,Three,,Myositis,,,,,\n"
)


def test_a_row_of_a_table_is_a_candidate() -> None:
    assert is_table(TABLE.encode())
    one, two = read_table(TABLE.encode(), "t.csv")
    assert (one.status, one.updated, one.day, one.countries) == (
        "recruiting",
        "2026-07-14",
        "2026-08-22",
        ("France", "Spain"),
    )
    assert reasons(one) == (Reason("label", "SLE|IIM"),)
    assert (two.status, [reason.field for reason in reasons(two)]) == ("completed", ["conditions"])


@pytest.mark.parametrize(
    ("data", "words"), [(b"NCTId,\xff\n", "byte 7 is not UTF-8"), (b'NCTId,a\n"NCT', "")]
)  # fmt: skip
def test_tables_that_cannot_be_read(data: bytes, words: str) -> None:
    if not words:
        assert list(read_table(data, "t.csv")) == []
        return
    with pytest.raises(InputError, match=words):
        list(read_table(data, "t.csv"))


def test_the_search_names_the_kinds_of_the_vocabulary() -> None:
    terms = search_terms()
    assert {"myositis", "dermatomyositis", "inclusion body myositis", "antisynthetase syndrome"} <= set(terms)
    assert not any(set(term) & set('"()') for term in terms)


def test_what_was_declined_is_kept_a_line_each(tmp_path: Path) -> None:
    path = memory_path(tmp_path / "trials.yaml")
    memory = Memory({"NCT00000002": Declined("2026-11-25", "lupus only"), "NCT00000001": Declined("2026-11-24", "x y")})
    write_memory(path, memory)
    write_memory(path, memory._replace(searched="2026-11-25"))
    assert read_memory(path) == memory._replace(searched="2026-11-25")
    assert path.read_text(encoding="utf-8").splitlines()[2:] == [
        "NCT00000001 2026-11-24 x y",
        "NCT00000002 2026-11-25 lupus only",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("NCT1 2026-11-25 x", ":1: `NCT1 2026-11-25 x` is no study declined"),
        ("NCT00000001 yesterday x", ":1: `yesterday` is no day"),
        ("NCT00000001 2026-11-25", "is no study declined"),
        ("# searched: soon", "`soon` is no day"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "declined.txt"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as stopped:
        read_memory(path)
    assert words in stopped.value.message


# The command -----------------------------------------------------------------------------------------------------------


def test_from_a_table_and_records_together(run: Run, registry: Path, saved: Save, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    record = saved([basket({"conditionsModule.keywords": ["Myositis"]}), study()])
    ran = run("discover", "--registry", str(registry), "--from", str(table), "--from", record)
    assert ran.code == 0, ran.err
    assert (
        "NCT00000001  recruiting, updated 2026-07-14 · France, Spain\n  One\n  classification of the table: SLE|IIM\n"
        in ran.out
    )
    assert f"{OTHER}  recruiting" in ran.out
    assert "2 to look at" in ran.out
    assert "1 closed (--closed), 1 in the registry" in ran.out
    ran = run("discover", "--registry", str(registry), "--from", record, "--draft")
    assert f"  - id: {OTHER}\n" in ran.out
    plain = json.loads(
        run("discover", "--registry", str(registry), "--from", str(table), "--format", "json", "--closed").out
    )
    assert [one["id"] for one in plain["studies"]] == ["NCT00000001", "NCT00000002"]
    french = run("discover", "--registry", str(registry), "--from", record, "--lang", "fr", "--format", "markdown").out
    assert f"- [ ] [{OTHER}](https://clinicaltrials.gov/study/{OTHER})" in french
    assert "1 à examiner" in french


def test_declined_studies_stay_away(run: Run, registry: Path, saved: Save) -> None:
    record = saved(basket({"conditionsModule.keywords": ["Myositis"]}))
    discovering = ["discover", "--registry", str(registry)]
    assert run(*discovering, "--decline", OTHER).code == 2
    assert run(*discovering, "--decline", OTHER, "--reason", "lupus only").code == 0
    ran = run(*discovering, "--from", record)
    assert "0 to look at" in ran.out
    assert "1 declined" in ran.out


def pages(asked: Asked) -> Reply:
    """A register with two pages for the search by condition, and one for the other."""
    if asked.path == "/version":
        return Reply(body='{"apiVersion": "2.0.4", "dataTimestamp": "2026-11-18T09:00:05"}')
    if "query.term" in asked.query:
        return Reply(body=json.dumps({"studies": [basket({"conditionsModule.keywords": ["IIM"]}, "NCT00000003")]}))
    if "pageToken" not in asked.query:
        return Reply(body=json.dumps({"studies": [study()], "nextPageToken": "more"}))
    return Reply(body=json.dumps({"studies": [study(nctId="NCT00000002", acronym="TWO"), {"protocolSection": {}}]}))


def ask(run: Run, registry: Path, register: Register, *more: str) -> Any:
    return run("discover", "--registry", str(registry), "--base-url", register.base, "--delay", "0", *more)


def test_the_register_is_searched_and_the_day_remembered(run: Run, registry: Path, serve: Serve) -> None:
    register = serve(pages)
    ran = ask(run, registry, register, "--write")
    assert ran.code == 0, ran.err
    assert "2 to look at" in ran.out
    assert "1 in the registry" in ran.out
    assert not any("filter.advanced" in asked.query for asked in register.asked)
    assert read_memory(memory_path(registry)).searched == "2026-11-18"
    register.asked.clear()
    ask(run, registry, register)
    assert all(
        asked.query["filter.advanced"] == ["AREA[LastUpdatePostDate]RANGE[2026-11-18,MAX]"]
        for asked in register.asked
        if asked.path == "/studies"
    )


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (Reply(403, "<html>", "text/html"), 4, "firewall refused"),
        (Reply(400, "Error parsing query", "text/plain"), 4, "Error parsing query"),
        (Reply(body='{"studies": [], "nextPageToken": "same"}'), 4, "the same page came twice"),
    ],
)
def test_a_search_that_fails_remembers_nothing(
    run: Run, registry: Path, serve: Serve, reply: Reply, code: int, words: str
) -> None:
    version = '{"dataTimestamp": "2026-11-18T09:00:05"}'
    register = serve(lambda asked: Reply(body=version) if asked.path == "/version" else reply)
    ran = ask(run, registry, register, "--write")
    assert (ran.code, words in ran.err) == (code, True), ran.err
    assert not memory_path(registry).exists()


def test_a_register_dated_in_the_future_is_not_believed(run: Run, registry: Path, serve: Serve) -> None:
    register = serve(lambda asked: Reply(body='{"dataTimestamp": "2099-01-01T00:00:00"}'))
    for command in (["discover"], ["refresh"], ["draft", "NCT00000001"]):
        ran = run(*command, "--registry", str(registry), "--base-url", register.base, "--delay", "0")
        assert ran.code == 2
        assert "which is still to come" in ran.err
