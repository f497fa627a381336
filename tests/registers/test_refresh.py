"""`myofind refresh` as its users run it: what is proposed, what is written, and what is never touched."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from myofind.commands.harvest import Progress
from myofind.domain.trial import Observation, Site
from myofind.registers.ctgov import read_record
from myofind.registers.proposals import Seen
from myofind.registers.session import Found, RefreshReport, Session, Terms
from myofind.registry.read import read_registry
from myofind.words.wording import Lang
from myofind.writers.layout import Layout
from myofind.writers.refresh import text
from tests.registers.conftest import PROXIES, Run
from tests.registers.world import REGISTRY, Asked, Reply, Serve, study

Save = Callable[[Any], str]
ID = "NCT01234567"

PROPOSED = """\
NCT01234567  Somedrug in myositis
  status               not_yet_recruiting (afm-2025, 2025-05-17) → recruiting (ctgov, 2026-03-01)
  start                2025-03 (afm-2025, 2025-05-17) → 2025-03-01 (ctgov, 2026-03-01)
  primary_completion   nothing → 2027-01 (ctgov, 2026-03-01)
  end                  nothing → 2027-06 (ctgov, 2026-03-01)
  eligibility.age.max  nothing → 75 (ctgov, 2026-03-01)
  eligibility.sex      nothing → all (ctgov, 2026-03-01)
  enrollment           100 (afm-2025, 2025-05-17) → 120 (ctgov, 2026-03-01)
  sponsor              nothing → Some Sponsor (ctgov, 2026-03-01)
  acronym              nothing → MYO-ONE (ctgov, 2026-03-01)
  countries            FR (afm-2025, 2025-05-17) → FR, NO (ctgov, 2026-03-01)
                       now a complete list
  sites                2 sites (afm-2025, 2025-05-17) → 2 sites (ctgov, 2026-03-01)
                       named: First Hospital, Lyon, FR
                       First Hospital, Lyon, FR: no status → recruiting
                       no longer listed: Nice, FR
                       new: Second Hospital, Oslo, NO, not_yet_recruiting
  ids.euct             nothing → 2022-502759-70-01 (ctgov, 2026-03-01)
                       https://euclinicaltrials.eu/ctis-public/view/2022-502759-70-01

1 record read: 1 trial drifted, 12 facts to write, 0 to judge, 0 held back, 0 statuses confirmed
1 trial with an NCT number not in the input
"""

WRITTEN = (
    REGISTRY    .replace("as_of: 2025-05-17\n  sources", "as_of: 2026-03-01\n  sources")
    .replace(
        "      date: 2025-05-17\ntrials",
        "      date: 2025-05-17\n    ctgov:\n      title: ClinicalTrials.gov study records\n"
        '      publisher: U.S. National Library of Medicine\n      url: "https://clinicaltrials.gov"\ntrials',
    )
    .replace("moves\n", 'moves\n    ids: {euct: "2022-502759-70-01"}\n    acronym: MYO-ONE\n')
    .replace(
        "newest first\n",
        "newest first\n      - {value: recruiting, as_of: 2026-03-01, source: ctgov, "
        'at: "https://clinicaltrials.gov/study/NCT01234567"}\n',
    )
    .replace("{min: 18}\n", "{min: 18, max: 75}\n      sex: all\n")
    .replace("{listed: [FR], complete: false}", "{listed: [FR, NO], complete: true}")
    .replace("city: Lyon}", "city: Lyon, facility: First Hospital, status: recruiting}")
    .replace(
        "      - {country: FR, city: Nice}  # closed?\n",
        "      # closed?\n      - {country: NO, city: Oslo, facility: Second Hospital, status: not_yet_recruiting}\n",
    )
    .replace("enrollment: 100", "enrollment: 120")
    .replace("start: 2025-03\n", "start: 2025-03-01\n    primary_completion: 2027-01\n    end: 2027-06\n    sponsor: Some Sponsor\n    record: RECORD\n")
    .replace(
        "date: 2025-05-17}\n    # after",
        'date: 2025-05-17}\n      - {ref: ctgov, at: "https://clinicaltrials.gov/study/NCT01234567", date: 2026-03-01, '
        "for: [ids, acronym, eligibility, countries, sites, enrollment, start, primary_completion, end, sponsor]}\n    # after",
    )
)  # fmt: skip


def test_a_proposal_is_shown_and_nothing_written(run: Run, registry: Path, saved: Save) -> None:
    ran = run("refresh", "--registry", str(registry), "--from", saved(study()))
    assert ran.code == 0, ran.err
    assert ran.out == PROPOSED
    assert registry.read_text(encoding="utf-8") == REGISTRY


def test_writing_changes_what_was_proposed_and_no_other_byte(run: Run, registry: Path, saved: Save) -> None:
    registry.chmod(0o640)
    ran = run("refresh", "--registry", str(registry), "--from", saved(study()), "--write")
    assert ran.code == 0, ran.err
    assert "facts up to 2026-03-01" in ran.err
    assert "for the changelog: 1 trial brought up" in ran.err
    text = registry.read_text(encoding="utf-8")
    (record,) = [line.split(": ", 1)[1] for line in text.splitlines() if line.startswith("    record: ")]
    assert text == WRITTEN.replace("RECORD", record)
    assert stat.S_IMODE(registry.stat().st_mode) == 0o640
    assert [path.name for path in registry.parent.iterdir() if path.name.endswith(".new")] == []
    again = run("refresh", "--registry", str(registry), "--from", saved(study()), "--write")
    assert (again.code, registry.read_text(encoding="utf-8")) == (0, text)
    assert again.out.endswith("nothing to write\n")


def test_the_page_shows_what_the_command_prints(run: Run, registry: Path, saved: Save) -> None:
    """The first example of docs/refresh.md, from a registry that lacks less."""
    page = (Path(__file__).parents[2] / "docs" / "refresh.md").read_text(encoding="utf-8")
    known = REGISTRY.replace("{min: 18}\n", "{min: 18}\n      sex: all\n").replace(
        "    start: 2025-03\n",
        "    start: 2025-03\n    primary_completion: 2027-01\n    end: 2027-06\n    sponsor: Some Sponsor\n",
    )
    one = known.split("  - id: NCT07654321")[0].replace("    kind:", "    acronym: MYO-ONE\n    kind:", 1)
    registry.write_text(one, encoding="utf-8")
    ran = run("refresh", "--registry", str(registry), "--from", saved(study()))
    assert f"$ myofind refresh --registry trials.yaml --from ctg-studies.json\n{ran.out}```" in page


LAYOUTS = {
    "windows": REGISTRY.replace("\n", "\r\n"),
    "bom": "\ufeff" + REGISTRY,
    "no newline at the end": REGISTRY.rstrip("\n"),
    "flow": """\
registry: {name: t, schema: 1, version: 2025.5.0, as_of: 2025-05-17, sources: {afm: {title: A}}}  # one
trials:  # two
  - {id: NCT01234567, kind: interventional, enrollment: 100, status: [{value: completed, as_of: 2025-01-01, source: afm}],
     sites: [{country: FR, city: Nice}, {country: FR, city: Lyon}], sources: [{ref: afm}]}  # three
""",
    "bare": """\
trials:
- kind: interventional  # one
  id: NCT01234567
registry:
  as_of: 2025-05-17   # two
  version: 2025.5.0
  schema: 1
  name: t
  sources: {}
""",
    "wide": """\
registry:
    name: t
    schema: 1
    version: v1
    as_of: 2027-01-01
    sources:
        zeta: {title: Z}   # flows
trials:
    -   id: NCT01234567
        kind: interventional
        sponsor: >
            Another
            Sponsor

        # before the status
        status:
        -   value: suspended   # as said
            # in the middle
            as_of: 2025-02
            source: zeta

        eligibility:
            age:
                # years
                min: 2
        sites:
        -   country: FR
            # a gone one
            city: Nice   # on the coast
        -   city: Oslo
            country: NO
        countries:
            listed:
            - FR   # at first
            complete: false
""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_keeps_its_comments_and_takes_the_facts(
    run: Run, registry: Path, saved: Save, layout: str
) -> None:
    before = LAYOUTS[layout].encode()
    registry.write_bytes(before)
    ran = run("refresh", ID, "--registry", str(registry), "--from", saved(study()), "--write")
    assert ran.code == 0, ran.err
    after = registry.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    assert (b"\r\n" in after) == (b"\r\n" in before)
    comments = [part.split("\n")[0].strip() for part in before.decode().split(" #")[1:]]
    assert [text for text in comments if f"# {text}" not in after.decode()] == []
    read = read_registry(after, "f")
    assert read.findings == ()
    (trial,) = [one for one in read.trials() if one.id == ID]
    assert trial.status[0] == Observation("recruiting", "2026-03-01", "ctgov", f"https://clinicaltrials.gov/study/{ID}")
    assert set(trial.sites) == {
        Site("FR", "Lyon", "First Hospital", "recruiting"),
        Site("NO", "Oslo", "Second Hospital", "not_yet_recruiting"),
    }
    assert (trial.enrollment, trial.sponsor, trial.end) == (120, "Some Sponsor", "2027-06")
    second = run("refresh", ID, "--registry", str(registry), "--from", saved(study()), "--write")
    assert (second.code, registry.read_bytes()) == (0, after)


def test_curated_facts_are_never_touched(run: Run, registry: Path, saved: Save) -> None:
    curated = REGISTRY.replace(
        "      age: {min: 18}\n",
        "      age: {min: 16}\n      autoantibodies: {required_any: [mda5]}\n      check_by_hand:\n        - by hand\n",
    ).replace(
        "    # after the first",
        '    conflicts:\n      - {about: age, note: "16 in the brochure."}\n    # after the first',
    )
    registry.write_text(curated, encoding="utf-8")
    ran = run("refresh", "--registry", str(registry), "--from", saved(study()), "--write", "--format", "json")
    found = json.loads(ran.out)
    held = [change for change in found["trials"][0]["changes"] if change["kind"] == "held"]
    assert [(change["key"], change["old"], change["new"]) for change in held] == [("eligibility.age.min", 16, 18)]
    text = registry.read_text(encoding="utf-8")
    for line in (
        "title: Somedrug in myositis",
        "subtypes: {admits: [dm]}",
        "required_any: [mda5]",
        "- by hand",
        "min: 16",
    ):
        assert line in text
    forced = run("refresh", "--registry", str(registry), "--from", saved(study()), "--write", "--force")
    assert forced.code == 0
    assert "{min: 18, max: 75}" in registry.read_text(encoding="utf-8")


def test_changed_criteria_are_flagged_until_read(run: Run, registry: Path, saved: Save) -> None:
    refresh = ["refresh", "--registry", str(registry)]
    run(*refresh, "--from", saved(study()), "--write")
    other = study({"eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* anybody"})
    before = registry.read_bytes()
    ran = run(*refresh, "--from", saved(other), "--write", "--strict")
    assert ran.code == 1
    assert "the criteria text changed since it was read on 2026-03-01" in ran.out
    assert registry.read_bytes() == before
    assert run(*refresh, "--from", saved(other), "--write", "--texts-read").code == 0
    assert run(*refresh, "--from", saved(other), "--strict").code == 0


# Input and options ---------------------------------------------------------------------------------------------------


def test_standard_input_and_a_source_of_its_own(run: Run, registry: Path) -> None:
    arguments = ["refresh", "--registry", str(registry), "--from", "-", "--source", "table-2026", "--write"]
    ran = run(*arguments, stdin=json.dumps(study()))
    assert ran.code == 2
    assert "declares no source `table-2026`" in ran.err
    more = [
        "--source-title",
        "A table",
        "--source-url",
        "https://x.example/t",
        "--at",
        "row {id}",
        "--as-of",
        "2026-03-01",
    ]
    ran = run(*arguments, *more, stdin=json.dumps({"studies": [study()]}))
    assert ran.code == 0, ran.err
    text = registry.read_text(encoding="utf-8")
    assert "    table-2026:\n      title: A table\n      date: 2026-03-01\n" in text
    assert "{value: recruiting, as_of: 2026-03-01, source: table-2026, at: row NCT01234567}" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["NCT99999999"], "`myofind draft NCT99999999` starts an entry"),
        (["some-slug"], "some-slug has no NCT number to refresh from"),
        (["--as-of", "2026-13-01"], "--as-of takes a day"),
        (["--as-of", "2027-01-01"], "lies in the future"),
        (["--source", "Not A Name"], "--source takes a short name"),
        (["--format", "xml"], "--format takes table, json, markdown"),
        (["--base-url", "ftp://x"], "is not a web address"),
    ],
)
def test_wrong_usage(run: Run, registry: Path, arguments: list[str], words: str) -> None:
    ran = run("refresh", "--registry", str(registry), *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_a_day_is_never_invented(run: Run, registry: Path, saved: Save) -> None:
    undated = study()
    del undated["derivedSection"]
    ran = run("refresh", "--registry", str(registry), "--from", saved(undated))
    assert ran.code == 2
    assert "does not tell on which day its data were true" in ran.err
    ran = run("refresh", "--registry", str(registry), "--from", saved(undated), "--as-of", "2026-02-28")
    assert ran.code == 0
    assert "(ctgov, 2026-02-28)" in ran.out


def test_a_day_still_to_come_is_refused(run: Run, registry: Path, saved: Save) -> None:
    late = study()
    late["derivedSection"]["miscInfoModule"]["versionHolder"] = "2030-01-01"
    ran = run("refresh", "--registry", str(registry), "--from", saved(late))
    assert (ran.code, "its data are of 2030-01-01, which is still to come" in ran.out) == (0, True)


def test_the_day_a_record_tells_is_never_overruled(run: Run, registry: Path, saved: Save) -> None:
    refresh = ["refresh", "--registry", str(registry), "--from", saved(study())]
    ran = run(*refresh, "--as-of", "2026-04-01")
    assert "its data are of 2026-03-01; --as-of 2026-04-01 would make them newer than they are" in ran.out
    assert "0 records read" in ran.out
    assert "(ctgov, 2026-03-01)" in run(*refresh, "--as-of", "2025-01-01").out
    undated = study()
    del undated["derivedSection"]
    ran = run("refresh", "--registry", str(registry), "--from", saved(undated), "--as-of", "2026-02-19")
    assert "it was updated on 2026-02-20, after --as-of 2026-02-19" in ran.out


def test_numbers_without_end_and_files_that_are_none(run: Run, registry: Path, tmp_path: Path) -> None:
    text = json.dumps(study()).replace('"count": 120', '"count": ' + "9" * 100_000)
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.json").write_text(text, encoding="utf-8")
    os.mkfifo(folder / "b.json")
    ran = run("refresh", "--registry", str(registry), "--from", str(folder))
    assert ran.code == 0, ran.err
    assert "the enrollment is no whole number" in ran.out


def test_a_folder_of_files(run: Run, registry: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(study(acronym="OLD")), encoding="utf-8")
    newer = study(acronym="NEWER")
    newer["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-03-02"
    (folder / "b.json").write_text(json.dumps(newer), encoding="utf-8")
    (folder / "index.json").write_text("{}", encoding="utf-8")
    ran = run("refresh", "--registry", str(registry), "--from", str(folder))
    assert ran.code == 0, ran.err
    assert "nothing → NEWER (ctgov, 2026-03-02)" in ran.out
    assert "index.json: no study record" in ran.out


def test_a_folder_whose_files_lie_one_folder_down(run: Run, registry: Path, tmp_path: Path) -> None:
    (tmp_path / "saved" / "march").mkdir(parents=True)
    (tmp_path / "saved" / "march" / "a.json").write_text(json.dumps(study(acronym="NEWER")), encoding="utf-8")
    ran = run("refresh", "--registry", str(registry), "--from", str(tmp_path / "saved"))
    assert ran.code == 0, ran.err
    assert "NEWER" in ran.out
    (tmp_path / "saved" / "march" / "a.json").unlink()
    ran = run("refresh", "--registry", str(registry), "--from", str(tmp_path / "saved"))
    assert ran.code == 2
    assert "name the folder that holds them" in ran.err


def test_records_the_registry_lacks_and_trials_the_input_lacks(run: Run, registry: Path, saved: Save) -> None:
    other = study(nctId="NCT00000009")
    ran = run("refresh", "--registry", str(registry), "--from", saved([other, {"protocolSection": {}}]))
    assert ran.code == 0
    assert "1 record of trials the registry lacks (NCT00000009): see `myofind draft`" in ran.out
    assert "2 trials with an NCT number not in the input" in ran.out
    assert "study 2: no NCT number" in ran.out
    ran = run("refresh", ID, "--registry", str(registry), "--from", saved([other]), "--strict")
    assert (ran.code, "NCT01234567: the input has no record of it" in ran.out) == (1, True)


def test_only_drift_leaves_confirmations_out(run: Run, registry: Path, saved: Save) -> None:
    refresh = ["refresh", "--registry", str(registry), "--from"]
    run(*refresh, saved(study()), "--write")
    before = registry.read_bytes()
    later = study()
    later["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-04-01"
    ran = run(*refresh, saved(later), "--only-drift", "--write", "--strict")
    assert (ran.code, registry.read_bytes()) == (0, before)
    assert ran.out.startswith("1 record read: 0 trials drifted")
    ran = run(*refresh, saved(later), "--write")
    assert "[same status, later day]" in ran.out
    assert registry.read_bytes() != before


def test_strict_is_for_scheduled_jobs(run: Run, registry: Path, saved: Save) -> None:
    assert run("refresh", "--registry", str(registry), "--from", saved(study()), "--strict").code == 1


def test_markdown_and_json_say_the_same(run: Run, registry: Path, saved: Save) -> None:
    refresh = ["refresh", "--registry", str(registry), "--from", saved(study(acronym="A|B_*"))]
    markdown = run(*refresh, "--format", "markdown").out
    assert "## [NCT01234567](https://clinicaltrials.gov/study/NCT01234567) Somedrug in myositis" in markdown
    assert "| acronym | nothing | A\\|B\\_\\* (ctgov, 2026-03-01) |  |" in markdown
    found = json.loads(run(*refresh, "--format", "json").out)
    assert found["summary"]["changes"] == len(found["trials"][0]["changes"]) == 12
    assert found["trials"][0]["changes"][0] == {
        "key": "status",
        "kind": "change",
        "old": "not_yet_recruiting",
        "old_source": "afm-2025",
        "old_date": "2025-05-17",
        "new": "recruiting",
        "new_source": "ctgov",
        "new_date": "2026-03-01",
        "note": "",
    }


def test_hostile_text_never_reaches_the_terminal_raw(run: Run, registry: Path, saved: Save) -> None:
    hostile = study({"sponsorCollaboratorsModule.leadSponsor": {"name": "Evil\x1b[31m [/a] \u202eSponsor"}})
    ran = run("refresh", "--registry", str(registry), "--from", saved(hostile), "--write")
    assert ran.code == 0, ran.err
    assert "\x1b" not in ran.out + ran.err + registry.read_text(encoding="utf-8")
    assert 'sponsor: "Evil[31m [/a] Sponsor"' in registry.read_text(encoding="utf-8")


def test_a_text_to_judge_is_shown_as_it_is_now(run: Run, registry: Path, saved: Save) -> None:
    refresh = ["refresh", "--registry", str(registry), "--from"]
    run(*refresh, saved(study()), "--write")
    ran = run(*refresh, saved(study({"conditionsModule.conditions": ["Polymyositis"]})))
    assert ran.out.startswith(
        "NCT01234567  MYO-ONE\n"
        "  conditions  [to judge] now: Polymyositis (ctgov, 2026-03-01)\n"
        "              the list of conditions changed since it was read on 2026-03-01\n"
    )


class Screen(io.StringIO):
    """A terminal that remembers everything written to it."""

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for screen, expected in (
        (Screen(), "\rasking for 1-50 of 120\r" + " " * 22 + "\rHTTP 429; trying again in 7 s\n"),
        (io.StringIO(), "HTTP 429; trying again in 7 s\n"),
    ):
        monkeypatch.setattr(sys, "stderr", screen)
        progress = Progress()
        progress.passing("asking for 1-50 of 120")
        progress.tell("HTTP 429; trying again in 7 s")
        progress.done()
        assert screen.getvalue() == expected


# The network ----------------------------------------------------------------------------------------------------------


def live(answer: Callable[[Asked], Reply]) -> Callable[[Asked], Reply]:
    """A register whose data are of 2026-11-19."""

    def reply(asked: Asked) -> Reply:
        if asked.path == "/version":
            return Reply(body='{"apiVersion": "2.0.5", "dataTimestamp": "2026-11-19T09:00:05"}')
        return answer(asked)

    return reply


def by_number(asked: Asked) -> Reply:
    number = asked.path.rsplit("/", 1)[1]
    if number == "studies":
        return Reply(400, "Invalid number", "text/plain")
    return Reply(body=json.dumps(study())) if number == ID else Reply(404, "not found", "text/plain")


def test_the_register_itself_is_asked(run: Run, registry: Path, serve: Serve) -> None:
    register = serve(live(by_number))
    refresh = ["refresh", "--registry", str(registry), "--base-url", register.base, "--delay", "0"]
    ran = run(*refresh, "--write")
    assert ran.code == 0, ran.err
    assert "the batch was refused (HTTP 400: Invalid number); asking one by one" in ran.err
    assert "NCT07654321: the register has no such study (HTTP 404: not found)" in ran.out
    assert "as_of: 2026-11-19, source: ctgov" in registry.read_text(encoding="utf-8")
    assert run(*refresh, "--strict").code == 1
    assert run(*refresh, ID, "--strict").code == 0


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(403, "<html>no</html>", "text/html"), "the register's firewall refused this program (HTTP 403 with a web page)"),
        (Reply(429, "", "text/plain", (("Retry-After", "9999"),)), "asks to wait 9999 seconds"),
        (Reply(500, "oops", "text/plain"), "HTTP 500: oops, 4 times"),
        (Reply(body="{"), "the answer is cut off or not JSON, 4 times"),
    ],
)  # fmt: skip
def test_a_register_that_cannot_be_asked_has_its_own_exit_code(
    run: Run, registry: Path, serve: Serve, reply: Reply, words: str
) -> None:
    before = registry.read_bytes()
    for version_too in (True, False):
        register = serve(lambda asked, all_=version_too: reply if all_ else live(lambda asked: reply)(asked))  # type: ignore[misc]  # a lambda's default has no type
        ran = run("refresh", "--registry", str(registry), "--base-url", register.base, "--delay", "0", "--write")
        assert ran.code == 4, ran.err
        assert words in ran.err
        assert "not everything could be read" in ran.out
        assert registry.read_bytes() == before
    if reply.status == 403:
        assert "--from FILE" in ran.err


def test_what_was_learnt_before_a_failure_is_reported_and_nothing_written(
    run: Run, registry: Path, serve: Serve
) -> None:
    def answer(asked: Asked) -> Reply:
        number = asked.path.rsplit("/", 1)[1]
        return Reply(body=json.dumps(study())) if number == ID else Reply(403, "no", "text/plain")

    before = registry.read_bytes()
    arguments = ["--base-url", serve(live(answer)).base, "--delay", "0", "--batch", "1", "--write"]
    ran = run("refresh", "--registry", str(registry), *arguments)
    assert ran.code == 4
    assert "enrollment           100" in ran.out
    assert registry.read_bytes() == before


def test_a_moved_number_is_followed_into_the_file(run: Run, registry: Path, serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path.endswith(ID):
            return Reply(301, "", "text/plain", (("Location", "/studies/NCT00000042"),))
        return Reply(body=json.dumps(study(nctId="NCT00000042")))

    base = serve(live(answer)).base
    ran = run("refresh", ID, "--registry", str(registry), "--base-url", base, "--delay", "0", "--write")
    assert ran.code == 0, ran.err
    assert "NCT01234567 is now NCT00000042" in ran.err
    text = registry.read_text(encoding="utf-8")
    assert '- id: NCT00000042   # the one that moves\n    ids: {nct: NCT01234567, euct: "2022-502759-70-01"}\n' in text
    again = run("refresh", ID, "--registry", str(registry), "--base-url", base, "--delay", "0", "--write")
    assert (again.code, registry.read_text(encoding="utf-8")) == (0, text)


def test_without_the_http_library_the_offline_way_is_named(registry: Path, saved: Save) -> None:
    code = "import sys; sys.modules['urllib3'] = None; from myofind.cli import run; run(sys.argv[1:])"

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, "refresh", "--registry", str(registry), *arguments],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    ran = call()
    assert ran.returncode == 2
    assert "pip install 'myofind[fetch]'" in ran.stderr
    assert "--from FILE" in ran.stderr
    assert call("--from", saved(study())).returncode == 0


def test_answering_never_imports_network_code() -> None:
    code = (
        "import sys; import myofind.commands.match, myofind.commands.search, myofind.cli;"
        "print([m for m in ('urllib3', 'socket', 'ssl', 'http.client', 'myofind.registers.client') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"


# Interruption ---------------------------------------------------------------------------------------------------------


def test_an_interrupted_run_reports_what_it_learnt(registry: Path, serve: Serve) -> None:
    def answer(asked: Asked) -> Reply:
        number = asked.path.rsplit("/", 1)[1]
        return Reply(body=json.dumps(study()), slow=0.0 if number == ID else 120.0)

    register = serve(live(answer))
    environment = {**os.environ, **dict.fromkeys(PROXIES, "")}
    process = subprocess.Popen(
        [sys.executable, "-m", "myofind", "refresh", "--registry", str(registry), "--base-url", register.base,
         "--delay", "0", "--batch", "1", "--write"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(register.asked) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "enrollment           100" in out
    assert "interrupted: nothing was written" in err
    assert registry.read_text(encoding="utf-8") == REGISTRY


STEPS = ("tempfile.NamedTemporaryFile", "os.fsync", "shutil.copymode", "os.replace")
KILLER = """
import os, shutil, sys, tempfile
import myofind.files.atomic_write as module
module_name, name = sys.argv[1].split(".")
place = module if name == "NamedTemporaryFile" else sys.modules[module_name]
real = getattr(place, name)
def dying(*arguments, **named):
    if sys.argv[2] == "after":
        real(*arguments, **named)
    os._exit(137)
setattr(place, name, dying)
from myofind.cli import run
run(sys.argv[3:])
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_file_is_the_old_or_the_new_one(
    registry: Path, saved: Save, step: str, when: str
) -> None:
    arguments = ["refresh", "--registry", str(registry), "--from", saved(study()), "--write"]
    ran = subprocess.run(
        [sys.executable, "-c", KILLER, step, when, *arguments], capture_output=True, timeout=60, check=False
    )
    assert ran.returncode == 137, ran.stderr
    text = registry.read_text(encoding="utf-8")
    if (step, when) == ("os.replace", "after"):
        assert read_registry(text.encode(), "f").findings == ()
        assert "enrollment: 120" in text
    else:
        assert text == REGISTRY


def test_the_registry_inside_an_installed_package_is_not_edited(run: Run, registry: Path, saved: Save) -> None:
    inside = registry.parent / "_data"
    inside.mkdir()
    installed = registry.rename(inside / registry.name)
    ran = run("refresh", "--registry", str(installed), "--from", saved(study()), "--write")
    assert (ran.code, "inside an installed package" in ran.err) == (2, True)
    assert installed.read_text(encoding="utf-8") == REGISTRY


def test_a_link_stays_a_link(run: Run, registry: Path, saved: Save, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(registry)
    assert run("refresh", "--registry", str(link), "--from", saved(study()), "--write").code == 0
    assert link.is_symlink()
    assert "enrollment: 120" in registry.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("eligibilityModule", {"minimumAge": "90 Years"}, f"{ID}: 90 years is no age to be admitted at"),
        ("statusModule", {"completionDateStruct": {"date": "2001-01"}}, f"{ID}: `end` 2001-01 lies before `start`"),
    ],
)
def test_a_register_that_contradicts_itself_is_written_and_told(
    run: Run, registry: Path, saved: Save, part: str, value: dict[str, object], words: str
) -> None:
    odd = study()
    odd["protocolSection"][part] |= value
    asked = ("refresh", "--registry", str(registry), "--from", saved(odd))
    assert words not in run(*asked).err
    ran = run(*asked, "--write")
    assert ran.code == 0
    assert words in ran.err


@pytest.mark.parametrize("key", ["statusModule", "designModule", "eligibilityModule", "contactsLocationsModule"])
def test_a_part_of_a_record_that_is_none_is_told(run: Run, registry: Path, saved: Save, key: str) -> None:
    odd = study()
    odd["protocolSection"][key] = []
    ran = run("refresh", "--registry", str(registry), "--from", saved(odd))
    assert f"`{key}` is not a mapping; it was left out" in ran.out


@pytest.mark.parametrize("room", [50, 60, 80, 100, 140])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_report_on_a_screen_is_as_wide_as_the_screen_and_says_the_same(registry: Path, room: int, lang: Lang) -> None:
    read = read_registry(registry.read_bytes(), "x")
    trials = read.trials()
    terms = Terms(force=False, texts_read=False, only_drift=False)
    session = Session(trials, {}, terms)
    met = session.meet(trials, (Found(ID, read_record(study()), Seen("2026-03-01", "ctgov", ID)),))
    failed = ((ID, ("why it was not read, in many words " * 4, "pourquoi, en beaucoup de mots " * 6)),)
    outcome = RefreshReport(
        registry={}, source="ctgov", proposals=met.proposals, names={ID: "Somedrug"}, read=met.read, failed=failed,
        absent=1, unlisted=(), complete=True,
    )  # fmt: skip
    whole, broken = text(outcome, Layout(lang)), text(outcome, Layout(lang, room, styled=True))
    assert broken.split() == whole.split()
    assert all(len(line) <= room or " " not in line.strip() for line in broken.splitlines())
    assert any(len(line) > 80 for line in whole.splitlines())
