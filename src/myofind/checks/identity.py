"""One study, one entry: numbers, acronyms and titles belong to one trial each."""

from __future__ import annotations

from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, shown
from myofind.domain.register_numbers import register_of

Checked = Iterator[tuple["Entry | None", Found]]


def same_number(number: str) -> str:
    """A register's number without what may vary: EU CT numbers with and without the number of the submission."""
    folded = number.casefold()
    return folded[:14] if register_of(number) == "euct" else folded


def numbers(entry: Entry) -> Iterator[tuple[Path, str]]:
    """The numbers of a trial in public registers, its id first; a sponsor's own number is no register's."""
    if entry.id and register_of(entry.id):
        yield ("id",), entry.id
    for register, several in entry.plain.get("ids", {}).items():
        if register != "sponsor":
            for place, number in enumerate(several):
                yield ("ids", register, place), number


def wording(text: str) -> str:
    """A text for comparing: case and spaces do not count."""
    return " ".join(text.casefold().split())


def duplicate_study(about: About) -> Checked:
    """A study stands in the registry under two ids.

    Two entries for one study give two answers that may disagree, and count twice. A number of a public register, or
    the same title, says that it is one study.

    Fails:
    trials:
      - id: NCT00000001
        ids: {isrctn: ISRCTN00000001}
      - id: NCT00000002
        ids: {isrctn: ISRCTN00000001}

    Passes:
    trials:
      - id: NCT00000001
        ids: {isrctn: ISRCTN00000001}
      - id: NCT00000002
        ids: {isrctn: ISRCTN00000002}
    """
    owners: dict[str, Entry] = {}
    titles: dict[tuple[str, str], Entry] = {}
    ids = {entry.id: entry for entry in reversed(about.entries) if entry.id}
    for entry in about.entries:
        told = False
        for path, number in numbers(entry):
            first = owners.setdefault(same_number(number), entry)
            if first is entry or first.id == entry.id or (path == ("id",) and ids.get(number) is not entry):
                continue
            told = True
            yield (
                entry,
                Found(
                    path,
                    f"the number `{number}` also belongs to {named(first)}",
                    "merge the two entries, or correct the number",
                ),
            )
        for key in ("title", "title_fr"):
            title = entry.plain.get(key)
            if title is None:
                continue
            first = titles.setdefault((key, wording(title)), entry)
            if first is not entry and first.id != entry.id and not told:
                told = True
                yield (
                    entry,
                    Found(
                        (key,),
                        f"the title is that of {named(first)}",
                        "merge the two entries, or say what sets this study apart",
                    ),
                )


def duplicate_acronym(about: About) -> Checked:
    """Two trials carry the same acronym.

    People ask for a trial by its acronym; it must lead to one study. An extension may keep its parent's.

    Fails:
    trials:
      - id: NCT00000001
        acronym: ALKIVIA
      - id: NCT00000002
        acronym: ALKIVIA

    Passes:
    trials:
      - id: NCT00000001
        acronym: ALKIVIA
      - id: NCT00000002
        acronym: ALKIVIA+
    """
    owners: dict[str, Entry] = {}
    for entry in about.entries:
        acronym = entry.plain.get("acronym")
        if acronym is None:
            continue
        first = owners.setdefault(wording(acronym), entry)
        related = first.id in entry.plain.get("extends", ()) or entry.id in first.plain.get("extends", ())
        if first is not entry and first.id != entry.id and not related and not entry.explained("acronym"):
            yield (
                entry,
                Found(
                    ("acronym",),
                    f"the acronym `{shown(acronym)}` is that of {named(first)}",
                    "correct one, or say under `conflicts` (about: acronym) that both use it",
                ),
            )


def named(entry: Entry) -> str:
    """A trial in a message."""
    return f"`{shown(entry.id)}`" if entry.id else f"the trial at place {entry.place + 1}"


def repeated_number(entry: Entry, about: About) -> Iterator[Found]:
    """The id of a trial is written again under `ids`.

    `ids` holds the other numbers; the same number twice is a slip, often for another one.

    Fails:
    id: NCT00000001
    ids: {nct: NCT00000001}

    Passes:
    id: NCT00000001
    ids: {eudract: 2021-001277-23}
    """
    for path, number in numbers(entry):
        if path != ("id",) and entry.id and same_number(number) == same_number(entry.id):
            yield Found(path, f"`{number}` is the id of the trial itself", "remove it from `ids`")


def number_elsewhere(entry: Entry, about: About) -> Iterator[Found]:
    """A study with a ClinicalTrials.gov number has another id.

    The number people know is the one they type; the id is the NCT number where there is one.

    Fails:
    id: bigtim
    ids: {nct: NCT00000001}

    Passes:
    id: NCT00000001
    """
    if entry.id and not entry.id.startswith("NCT") and entry.plain.get("ids", {}).get("nct"):
        number = entry.plain["ids"]["nct"][0]
        yield Found(
            ("id",), f"the id is `{shown(entry.id)}` though the study has the number {number}", f"write `id: {number}`"
        )


def orphan_extension(entry: Entry, about: About) -> Iterator[Found]:
    """An extension names no parent, itself, or another kind of study names one.

    An extension admits participants of its parent only: which one must be known, and only an extension has one.

    Fails:
    kind: extension

    Passes:
    kind: extension
    extends: NCT00000009
    """
    parents = entry.plain.get("extends", [])
    kind = entry.plain.get("kind")
    if kind == "extension" and "extends" not in entry.plain and not entry.explained("extends", "kind"):
        yield Found(
            ("kind",),
            "an extension without `extends`",
            "name its parent, or say under `conflicts` (about: extends) that it is not known",
            severity="warning",
            also=(("extends",),),
        )
    if kind is not None and kind != "extension" and parents:
        yield Found(
            ("extends",),
            f"`extends` on a study of kind `{kind}`",
            "write `kind: extension`, or remove `extends`",
            key=True,
        )
    for place, parent in enumerate(parents):
        if parent == entry.id:
            yield Found(("extends", place), "the trial extends itself", "name its parent")
