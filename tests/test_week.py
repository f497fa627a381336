"""An editor's week from the documentation, against a register of its own: discover, draft, refresh, compare, release."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from myofind.registry.read import read_registry
from tests.registers.world import Asked, Register, Reply, study
from tests.run import Ran, myofind
from tests.test_release import git, project  # noqa: F401  # a fixture

PAGE = Path(__file__).resolve().parent.parent / "docs" / "week.md"
NEW, OTHER = "NCT05000002", "NCT05000003"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
CRITERIA = (
    "Inclusion Criteria:\n\n* Adults with dermatomyositis, disease duration of at least 6 months\n* MMT-8 below 142 or CDASI-A >= 14\n"
    "* Vaccinated against influenza\n\nExclusion Criteria:\n\n* Malignancy within 5 years\n* Rituximab within 6 months prior to screening\n"
)
READY = re.compile(r"^( *)# ((?:  )*(?:- \{|[a-z_]+:(?: |$)).*)$", re.MULTILINE)


class Clinicaltrials:
    """A register that moves: its day, the status of the new study, and how it misbehaves, if it does."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 30)
        self.status = "RECRUITING"
        self.bad: Callable[[Asked], Reply | None] = lambda asked: None

    def studies(self) -> dict[str, Any]:
        changes: dict[str, Any] = {
            "eligibilityModule.eligibilityCriteria": CRITERIA,
            "statusModule.overallStatus": self.status,
        }
        if self.status != "RECRUITING":
            changes["contactsLocationsModule.locations"] = [
                {"facility": "First Hospital", "city": "Lyon", "country": "France"},
                {"facility": "Second Hospital", "city": "Oslo", "country": "Norway"},
            ]
        new = study(changes, nctId=NEW, acronym="MYO-WEEK", secondaryIdInfos=[], orgStudyIdInfo={"id": "WEEK-1"})
        other = study({"conditionsModule.conditions": ["Dermatomyositis"]}, nctId=OTHER, acronym="DM-TWO")
        return {NEW: new, OTHER: other}

    def answer(self, asked: Asked) -> Reply:
        bad = self.bad(asked)
        if bad is not None:
            return bad
        if asked.path == "/version":
            return Reply(body=json.dumps({"apiVersion": "2.0.5", "dataTimestamp": f"{self.day}T09:00:05"}))
        known = self.studies()
        if asked.path != "/studies":
            number = asked.path.rsplit("/", 1)[1]
            return Reply(body=json.dumps(known[number])) if number in known else Reply(404, "not found", "text/plain")
        if "filter.ids" in asked.query:
            numbers = asked.query["filter.ids"][0].split(",")
            return Reply(body=json.dumps({"studies": [known[one] for one in numbers if one in known]}))
        if "pageToken" in asked.query:
            return Reply(body=json.dumps({"studies": [known[OTHER]]}))
        return Reply(body=json.dumps({"studies": [known[NEW]], "nextPageToken": "more"}))


@pytest.fixture
def register() -> Iterator[tuple[Clinicaltrials, Register]]:
    world = Clinicaltrials()
    server = Register(world.answer)
    yield world, server
    server.close()


def newest_day(text: str) -> date:
    """The newest day on which anything in a registry was read or true."""
    return max(date.fromisoformat(day) for day in re.findall(r"\b(?:as_of|on|date): (\d{4}-\d\d-\d\d)", text))


class Editor:
    """Types the commands of the page, in a project of the editor's own."""

    def __init__(self, folder: Path, base: str, page: str) -> None:
        self.folder, self.base, self.page = folder, base, page
        self.day = date(2026, 11, 30)

    def __call__(self, *arguments: str) -> Ran:
        typed = " ".join(f'"{word}"' if " " in word else word for word in arguments)
        assert f"$ myofind {typed}\n" in self.page, f"docs/week.md has no `myofind {typed}`"
        network = ["--base-url", self.base, "--delay", "0", "--timeout", "20"]
        asks = arguments[0] in ("discover", "draft", "refresh") and "--decline" not in arguments
        return self.run(*arguments, *(network if asks else ()))

    def run(self, *arguments: str) -> Ran:
        seconds = int((self.day - date(1970, 1, 1)).total_seconds())
        env = {**dict.fromkeys(PROXIES, ""), "SOURCE_DATE_EPOCH": str(seconds), "MYOFIND_REGISTRY": "data/trials.yaml"}
        ran = myofind(*arguments, env=env, cwd=self.folder)
        assert "Traceback" not in ran.err
        return ran


def decided(text: str) -> str:
    """The draft as an editor leaves it: every ready line taken, the texts written, the mark of a draft gone."""
    start = text.index(f"  - id: {NEW}\n")
    end = text.index("\n  - id: ", start + 5)
    entry = READY.sub(r"\1\2", text[start:end])
    entry = entry.replace(
        "title: A Study of Somedrug in Myositis", "title: Somedrug in dermatomyositis, the week's new trial"
    )
    entry = entry.replace("title_fr: …", "title_fr: Somedrug dans la dermatomyosite, le nouvel essai de la semaine")
    entry = entry.replace("coverage: fields", "coverage: full").replace("by: …", "by: ed")
    entry = entry.replace("{en: …, fr: …}", "{en: vaccinated against influenza, fr: vacciné contre la grippe}")
    entry = re.sub(r"^ *# to decide: .*\n", "", entry, flags=re.MULTILINE).replace("    draft: true\n", "")
    return text[:start] + entry + text[end:]


def errors(ran: Ran) -> list[str]:
    """The errors that `validate` told, with what it said aside."""
    return [line for line in ran.out.splitlines() if ": error: " in line or NEW in line]


def test_a_week(project: Path, register: tuple[Clinicaltrials, Register]) -> None:  # noqa: F811
    world, server = register
    data = project / "data" / "trials.yaml"
    released = data.read_text(encoding="utf-8")
    (project / "released.yaml").write_text(released, encoding="utf-8")
    (project / "patients.csv").write_text("id,subtype,age,country\nP1,dm,45,FR\nP2,ibm,70,FR\n", encoding="utf-8")
    editor = Editor(project, server.base, PAGE.read_text(encoding="utf-8"))
    editor.day = world.day = newest_day(released) + timedelta(days=5)

    # Monday
    ran = editor("discover", "--write")
    assert (ran.code, "2 to look at" in ran.out) == (0, True), ran.out + ran.err
    assert editor("discover", "--decline", OTHER, "--reason", "diabetes; DM is meant").code == 0
    assert (
        f"# searched: {world.day}\n{OTHER} {editor.day} diabetes; DM is meant\n"
        in (project / "data" / "declined.txt").read_text()
    )
    ran = editor("due", "--format", "markdown")
    assert ran.code == 0
    assert ran.out.startswith(f"# To look up, {editor.day}\n\n- [ ] **")

    # Tuesday
    assert editor("draft", NEW, "--write").code == 0
    ran = editor("validate")
    assert (ran.code, "[draft-entry]" in ran.out) == (0, True), errors(ran)
    data.write_text(decided(data.read_text(encoding="utf-8")), encoding="utf-8")
    data.write_text(
        re.sub(
            r"^  as_of: \S+$", f"  as_of: {world.day}", data.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
        ),
        encoding="utf-8",
    )
    ran = editor("validate", "--fix", "--yes")
    assert (ran.code, f"trial {NEW}" in ran.out) == (0, False), errors(ran)
    own = data.read_text(encoding="utf-8").split(f"  - id: {NEW}\n")[1].split("\n  - id: ")[0]
    assert "#" not in own
    kept = data.read_bytes()
    assert editor("draft", "ibmr-yale", "--page", "https://example.org/trials/ibm", "--write").code == 0
    parent = ("--page", "https://clinicaltrials.gov/study/NCT05000009", "--extends", NEW)
    assert editor("draft", "NCT05000009", *parent, "--write").code == 0
    assert f"extends: {NEW}" in data.read_text(encoding="utf-8")
    assert editor("validate").code == 0
    data.write_bytes(kept)
    trial = next(one for one in read_registry(data.read_bytes(), "r").trials() if one.id == NEW)
    rules = trial.eligibility
    assert [id for id, _ in rules.facts] == ["cancer", "onset"]
    assert (len(rules.any_of), len(rules.treatments), rules.coverage, trial.draft) == (2, 1, "full", False)

    # Wednesday
    world.day, editor.day, world.status = (
        world.day + timedelta(days=2),
        editor.day + timedelta(days=2),
        "ACTIVE_NOT_RECRUITING",
    )
    ran = editor("refresh", NEW, "--write")
    assert (ran.code, "recruiting" in ran.out) == (0, True), ran.out + ran.err
    trial = next(one for one in read_registry(data.read_bytes(), "r").trials() if one.id == NEW)
    assert next((seen.value, seen.as_of) for seen in trial.status) == ("active_not_recruiting", world.day.isoformat())
    assert editor("refresh", "--only-drift", "--format", "markdown").code == 0

    # Thursday
    ran = editor("diff", "released.yaml", "data/trials.yaml")
    assert "1 added, 0 retired, 0 changed" in ran.out
    ran = editor("diff", "released.yaml", "data/trials.yaml", "--cohort", "patients.csv")
    assert f"{NEW} MYO-WEEK  (not there) → possible: the trial is new; 1 patient (P1)" in ran.out
    assert f"{NEW} MYO-WEEK  (not there) → excluded: the trial is new; 1 patient (P2)" in ran.out

    # Friday
    ran = editor("validate", "--release", "--against", "released.yaml", "data/trials.yaml")
    assert [line for line in ran.out.splitlines() if ": error: " in line and "[version-not-raised]" not in line] == []
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "The week")
    command = [
        sys.executable,
        "tools/release.py",
        "--on",
        editor.day.isoformat(),
        "--no-tests",
        "--against",
        "released.yaml",
    ]
    done = subprocess.run(
        command, cwd=project, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONPATH": str(project / "tools")}
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "$ python tools/release.py\n" in editor.page
    assert ": 1 added, 0 retired, 0 changed (0 in status, 0 in criteria)" in (project / "CHANGELOG.md").read_text(
        encoding="utf-8"
    )


def on(path: str, reply: Reply) -> Callable[[Asked], Reply | None]:
    return lambda asked: reply if asked.path.startswith(path) else None


BAD: dict[str, tuple[Callable[[Asked], Reply | None], int, str]] = {
    "403": (on("/", Reply(403, "<html>no</html>", "text/html")), 4, "firewall"),
    "a day to come": (on("/version", Reply(body='{"dataTimestamp": "2099-01-01T00:00:00"}')), 2, "still to come"),
    "another study": (
        on(f"/studies/{NEW}", Reply(body=json.dumps(study(nctId="NCT09999999")))), 1, "NCT09999999"
    ),
    "dripping": (on("/version", Reply(body='{"apiVersion": "2.0.5"}' + " " * 4000, drip=0.05)), 4, ""),
    "no JSON": (on(f"/studies/{NEW}", Reply(body="<html>")), 4, NEW),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_day_writes_nothing(name: str, tmp_path: Path, register: tuple[Clinicaltrials, Register]) -> None:
    world, server = register
    world.bad, code, words = BAD[name]
    path = tmp_path / "trials.yaml"
    text = PLAIN.replace("DAY", world.day.isoformat())
    path.write_text(text, encoding="utf-8")
    seconds = int((world.day - date(1970, 1, 1)).total_seconds())
    patience = "0.3" if name == "dripping" else "5"
    asked = ["--registry", str(path), "--base-url", server.base, "--delay", "0", "--timeout", patience]
    for command in (["draft", NEW, "--write"], ["refresh", "NCT05000004", NEW, "--write"]):
        env = {**dict.fromkeys(PROXIES, ""), "SOURCE_DATE_EPOCH": str(seconds)}
        ran = myofind(*command, *asked, env=env)
        assert "Traceback" not in ran.err
        if command[0] == "draft":
            assert (ran.code, words in ran.out + ran.err) == (code, True), ran.err
        assert path.read_text(encoding="utf-8") == text


PLAIN = """\
registry:
  name: week
  schema: 2
  version: 2026.11.0
  as_of: DAY
  sources:
    ctgov: {title: ClinicalTrials.gov, url: "https://clinicaltrials.gov"}
trials:
  - id: NCT05000004
    title: One
    title_fr: Un
    kind: registry
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}
    sources:
      - {ref: ctgov, at: "https://clinicaltrials.gov/study/NCT05000004", date: DAY}
"""


def test_every_command_of_the_page_is_one_of_the_week() -> None:
    page = PAGE.read_text(encoding="utf-8")
    typed = re.findall(r"^\$ (.+)$", page, re.MULTILINE)
    assert len(typed) == 14
    source = Path(__file__).read_text(encoding="utf-8")
    for line in typed:
        command = line.split()[1]
        assert f'editor("{command}"' in source or line == "python tools/release.py"
