"""What changed since the last release is named by a new version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import shown
from myofind.domain.trial import Plain

Checked = Iterator[tuple["Entry | None", Found]]

_VERSION = re.compile(r"(20\d{2})\.(\d{1,2})\.(\d{1,3})", re.ASCII)


def version_of(text: str) -> tuple[int, int, int] | None:
    """A calendar version as numbers; none for text of another form."""
    found = _VERSION.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return int(found[1]), int(found[2]), int(found[3])


def malformed_version(about: About) -> Checked:
    """The version of the registry is no calendar version.

    Versions are compared: a year, a month, and a number that rises within the month.

    Fails:
    registry:
      version: v2

    Passes:
    registry:
      version: 2025.5.0
    """
    version = about.header.get("version")
    if version is not None and version_of(version) is None:
        yield (
            None,
            Found(
                ("registry", "version"),
                f"`{shown(version)}` is no calendar version",
                "write year.month.number, for example 2025.5.0",
            ),
        )


def version_not_raised(about: About) -> Checked:
    """The content changed, and the version is not higher than before (`--against OLD`).

    Answers name the version they came from; two contents under one version cannot be told apart.

    Fails:
    registry:
      version: 2025.5.0

    Passes:
    registry:
      version: 2025.5.1
    """
    old = about.old
    if old is None:
        return
    before, after = old.header.get("version"), about.header.get("version")
    if before is None or after is None or same_content(old.header, old.entries, about):
        return
    first, second = version_of(before), version_of(after)
    if first is not None and second is not None and second <= first:
        yield (
            None,
            Found(
                ("registry", "version"),
                f"the content changed, and the version {after} is not above {before}",
                "raise it",
            ),
        )


def same_content(header: Plain, entries: tuple[Plain, ...], about: About) -> bool:
    """Whether two files say the same, their versions left aside; the order of trials does not matter."""

    def rest(one: Plain) -> Plain:
        return {key: value for key, value in one.items() if key != "version"}

    return rest(header) == rest(about.header) and sorted(map(repr, entries)) == sorted(
        repr(e.plain) for e in about.entries
    )


def draft_entry(entry: Entry, about: About) -> Iterator[Found]:
    """A trial is marked as a draft: no curator has decided yet.

    A draft should be decided before a release.

    Fails:
    draft: true

    Passes:
    draft: false
    """
    if entry.plain.get("draft") is True:
        yield Found(("draft",), "a draft nobody has decided yet", "check it against its sources, then remove `draft`")
