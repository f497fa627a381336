"""Two editors meet in no page, and one command makes a release: with real git, in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from excerpts import excerpt, parts
from release import Stopped, next_version, raised, with_line

from myofind.checks.run import check
from myofind.registry.read import read_registry

ROOT = Path(__file__).resolve().parent.parent
NEW = """\
  - id: {id}
    title: A new trial of a drug in myositis, number {number}
    title_fr: Un nouvel essai d'un médicament dans les myosites, numéro {number}
    kind: interventional
    status:
      - {{value: recruiting, as_of: {day}, source: ctgov, at: "https://clinicaltrials.gov/study/{id}"}}
    eligibility:
      coverage: {coverage}
      subtypes: {{admits: [dm]}}
    sources:
      - {{ref: ctgov, at: "https://clinicaltrials.gov/study/{id}", date: {day}}}

"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fewer(text: str) -> str:
    """A registry of every fifth trial: what an editor does is about its steps and not about a long file."""
    return excerpt(text, (trial for n, trial in enumerate(parts(text)[1]) if n % 5 == 0 and "extends:" not in trial))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout with what a release touches: some of the trials, read once, and pages that hold one example each."""
    for name in ("data", "tools", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests" / "data").mkdir(parents=True)
    second = {"about": "no second reading of these trials", "studies": {}, "resolutions": [], "corrected": []}
    (tmp_path / "tests" / "data" / "second-entry.json").write_text(json.dumps(second), encoding="utf-8")
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    for page in (tmp_path / "README.md", tmp_path / "docs" / "match.md"):
        page.write_text("```console\n$ MYOFIND_REGISTRY=data/trials.yaml myofind --version\n```\n", encoding="utf-8")
    data = tmp_path / "data" / "trials.yaml"
    data.write_text(raised(fewer(data.read_text(encoding="utf-8")), "2025.1.0"), encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Last release")
    return tmp_path


def sized(text: str) -> list[str]:
    """The trials with a number of participants."""
    return [trial.split()[2] for trial in parts(text)[1] if re.search(r"^    enrollment: \d+$", trial, re.MULTILINE)]


def edited(text: str, changed: str, new: str, number: int, day: date) -> str:
    """What an editor does in a day: one trial corrected, one added at its place, the day raised."""
    start = text.index(f"  - id: {changed}\n")
    at = re.compile(r"^    enrollment: (\d+)$", re.MULTILINE).search(text, start)
    assert at
    text = f"{text[: at.start()]}    enrollment: {int(at[1]) + 1}{text[at.end() :]}"
    below = next(m.start() for m in re.finditer(r"^  - id: (\S+)$", text, re.MULTILINE) if m[1] > new)
    coverage = re.search(r"coverage: (summary|fields)", text)
    assert coverage
    text = text[:below] + NEW.format(id=new, number=number, coverage=coverage[1], day=day) + text[below:]
    return re.sub(r"^  as_of: \S+$", f"  as_of: {day}", text, count=1, flags=re.MULTILINE)


def test_two_editors_of_one_day_merge_without_conflict_and_a_release_follows(project: Path) -> None:
    data = project / "data" / "trials.yaml"
    text = data.read_text(encoding="utf-8")
    trials = sized(text)
    old = read_registry(text.encode(), "old")
    read_on = [date.fromisoformat(on) for on in re.findall(r"^    read: \{on: (\S+),", text, re.MULTILINE)]
    edited_on = max([date.fromisoformat(old.header["as_of"]), *read_on]) + timedelta(days=3)
    day = edited_on + timedelta(days=1)
    version = next_version("2025.1.0", day)
    for branch, changed, new, number in (
        ("one", trials[2], "NCT02999991", 1),
        ("other", trials[-3], "NCT06999991", 2),
    ):
        git(project, "checkout", "-q", "-b", branch, "main")
        data.write_text(edited(text, changed, new, number, edited_on), encoding="utf-8")
        git(project, "commit", "-q", "-a", "-m", f"The day of editor {number}")
    git(project, "merge", "-q", "--no-edit", "one")
    assert git(project, "diff", "--name-only", "main").split() == ["data/trials.yaml"]
    merged = data.read_bytes()
    assert b"NCT02999991" in merged
    assert b"NCT06999991" in merged
    findings = check(read_registry(merged, "merged"), day, old=old, stage="shipped").findings
    assert [finding for finding in findings if finding.severity == "error"] == []

    environment = {**os.environ, "PYTHONPATH": str(project / "tools")}
    command = [sys.executable, "tools/release.py", "--on", day.isoformat(), "--no-tests"]
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=False, env=environment, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    line = f"- {version}: 2 added, 0 retired, 2 changed (0 in status, 0 in criteria)"
    assert line in (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"  version: {version}\n" in data.read_text(encoding="utf-8")
    assert version in (project / "README.md").read_text(encoding="utf-8")
    assert version in (project / "docs" / "registry-contents.md").read_text(encoding="utf-8")
    git(project, "commit", "-q", "-a", "-m", "Release")
    again = subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=False, env=environment, encoding="utf-8"
    )
    assert (again.returncode, again.stderr) == (1, "not released: nothing changed since the last release\n")
    assert git(project, "status", "--porcelain", "-uno") == ""


def test_a_draft_stops_a_release_and_nothing_is_written(project: Path) -> None:
    data = project / "data" / "trials.yaml"
    text = data.read_text(encoding="utf-8")
    data.write_text(re.sub(r"^(    sources:\n      - )", r"    draft: true\n\1", text, count=1, flags=re.MULTILINE))
    before = data.read_bytes()
    command = [sys.executable, "tools/release.py", "--on", "2026-11-25", "--no-tests"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    assert "[draft-entry]" in done.stderr
    assert data.read_bytes() == before
    assert git(project, "status", "--porcelain", "-uno").split() == ["M", "data/trials.yaml"]


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        ("2026.8.2", date(2026, 8, 30), "2026.8.3"),
        ("2026.8.2", date(2026, 9, 1), "2026.9.0"),
        ("2026.12.0", date(2027, 1, 1), "2027.1.0"),
    ],
)
def test_the_next_version(before: str, day: date, after: str) -> None:
    assert next_version(before, day) == after


def test_a_version_of_the_future_is_not_followed() -> None:
    with pytest.raises(Stopped, match=r"2026\.9\.0 lies after"):
        next_version("2026.9.0", date(2026, 8, 30))


def test_only_the_version_changes() -> None:
    assert raised("registry:\r\n  version: 2026.8.2   # data\r\n", "2026.9.0") == (
        "registry:\r\n  version: 2026.9.0   # data\r\n"
    )


def test_the_line_of_the_changelog_comes_first_in_its_group() -> None:
    changes = "# Changes\n\n## Unreleased\n\nProgram\n\n- a\n\nRegistry\n\n- b\n\n## 0.1.0\n\nRegistry\n\n- c\n"
    assert with_line(changes, "- new") == changes.replace("- b", "- new\n- b")
    bare = "# Changes\n\n## Unreleased\n\n- a\n\n## 0.1.0\n"
    assert with_line(bare, "- new") == "# Changes\n\n## Unreleased\n\n- a\n\nRegistry\n\n- new\n\n## 0.1.0\n"
