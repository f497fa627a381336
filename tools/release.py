"""One command for a release of the data: version, pages, examples, changelog line, checks.

    python tools/release.py [--on DAY] [--against OLD] [--no-tests]     the whole chain
    python tools/release.py --pages                                     only the pages and the examples

The version is raised here and nowhere else: year.month.number, the number rising within a month. The earlier version is
`--against`, else the file of the last commit that changed the `version` line. A step that fails puts every file back.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import double_entry
import examples
import registry_report

from myofind.checks.release import same_content, version_of
from myofind.checks.run import check
from myofind.registry.read import ReadRegistry, read_registry
from myofind.registry.versions import Version, compare
from myofind.writers.changes import counts_line

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data" / "trials.yaml"
CHANGES = ROOT / "CHANGELOG.md"
HEADING = "## Unreleased"
WRITTEN = (DATA, CHANGES, registry_report.PAGE, double_entry.PAGE, *examples.PAGES)


class Stopped(Exception):
    """A step that cannot be done; the message says why."""


def last_release() -> bytes:
    """The registry as it was when its version was last raised."""
    name = DATA.relative_to(ROOT).as_posix()
    commit = _git("log", "-1", "--format=%H", "-G^  version: ", "--", name).strip()
    if not commit:
        raise Stopped("no earlier version in the history: name one with --against")
    return _git("show", f"{commit}:{name}").encode()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        raise Stopped(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout


def next_version(before: str, day: date) -> str:
    """The version after another on a day."""
    known = version_of(before)
    if known is None:
        raise Stopped(f"`{before}` is no calendar version")
    year, month, number = known
    if (year, month) > (day.year, day.month):
        raise Stopped(f"the version {before} lies after {day.isoformat()}: give the day with --on")
    return f"{day.year}.{day.month}.{number + 1 if (year, month) == (day.year, day.month) else 0}"


def raised(text: str, version: str) -> str:
    """The text of a registry with another version, every other character kept."""
    changed, count = re.subn(r"^(  version: )\S+", rf"\g<1>{version}", text, count=1, flags=re.MULTILINE)
    if not count:
        raise Stopped("the registry has no line `  version: …`")
    return changed


def changelog_line(old: ReadRegistry, new: ReadRegistry) -> str:
    """What a release changed, in one line with counts."""
    before, after = (
        Version(read.header, {p["id"]: p for p in read.plain}, {t.id: t for t in read.registry().trials})
        for read in (old, new)
    )
    counts = counts_line(compare(before, after))
    return f"- {new.header['version']}: {counts}; {len(after.trials)} studies, facts up to {new.header['as_of']}."


def with_line(changes: str, line: str) -> str:
    """The changelog with a line under its heading for what is unreleased, below the group for the registry."""
    if HEADING not in changes:
        raise Stopped(f"CHANGELOG.md has no heading `{HEADING}`")
    head, _, rest = changes.partition(HEADING)
    section, mark, behind = rest.partition("\n## ")
    if "\nRegistry\n" in section:
        section = section.replace("\nRegistry\n\n", f"\nRegistry\n\n{line}\n", 1)
    else:
        section = section.rstrip("\n") + f"\n\nRegistry\n\n{line}\n"
    return head + HEADING + section + mark + behind


def make_pages() -> None:
    """The pages that tell of the data, and the examples."""
    registry_report.main(["--write"])
    if double_entry.main(["--write"]):
        raise Stopped("the second entry differs: see tools/double_entry.py")
    for path in examples.PAGES:
        path.write_text(examples.refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")


def checked(data: bytes, old: ReadRegistry, day: date) -> ReadRegistry:
    """The registry, if nothing forbids its release."""
    read = read_registry(data, "data/trials.yaml")
    errors = [one for one in check(read, day, old=old, stage="release").findings if one.severity == "error"]
    for one in errors:
        print(f"data/trials.yaml:{one.position.line}: {one.message} [{one.rule}]", file=sys.stderr)
    if errors:
        raise Stopped(f"{len(errors)} errors: `myofind validate --release data/trials.yaml`")
    return read


def release(old: ReadRegistry, day: date, tests: Sequence[str]) -> str:
    """Do every step; gives back the changelog line."""
    text = DATA.read_text(encoding="utf-8")
    draft = read_registry(text.encode(), "data/trials.yaml")
    if draft.findings:
        raise Stopped(f"{len(draft.findings)} errors: `myofind validate --release data/trials.yaml`")
    if same_content(old.header, old.entries, draft):
        raise Stopped("nothing changed since the last release")
    new = raised(text, next_version(old.header["version"], day))
    read = checked(new.encode(), old, day)
    DATA.write_text(new, encoding="utf-8", newline="")
    make_pages()
    line = changelog_line(old, read)
    CHANGES.write_text(with_line(CHANGES.read_text(encoding="utf-8"), line), encoding="utf-8")
    if tests and subprocess.run(tests, cwd=ROOT, check=False, env={**os.environ, "COLUMNS": "80"}).returncode:
        raise Stopped("the tests fail")
    return line


def main(arguments: list[str] | None = None) -> int:
    """Make a release, or only its pages; what fails leaves every file as it was."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="the day of the release")
    parser.add_argument("--against", type=Path, help="the registry of the last release")
    parser.add_argument("--pages", action="store_true", help="only make the pages and the examples again")
    parser.add_argument("--no-tests", action="store_true", help="leave the tests out")
    asked = parser.parse_args(arguments)
    before = {path: path.read_bytes() for path in WRITTEN}
    tests = [] if asked.no_tests else [sys.executable, "-m", "pytest", "-q", "-n", "auto"]
    try:
        if asked.pages:
            make_pages()
            return 0
        old = read_registry(asked.against.read_bytes() if asked.against else last_release(), "OLD")
        print(release(old, asked.on, tests))
    except Stopped as stopped:
        for path, content in before.items():
            path.write_bytes(content)
        print(f"not released: {stopped}", file=sys.stderr)
        return 1
    print("now: git commit, and `git tag` with the version")
    return 0


if __name__ == "__main__":
    sys.exit(main())
