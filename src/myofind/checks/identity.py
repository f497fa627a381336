"""One study, one entry: numbers, acronyms and titles belong to one trial each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

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
            if title is None or title.endswith("…"):
                continue  # a draft's title cut short may begin like another's
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
    trials:
      - id: NCT00000001
      - id: NCT00000002
        kind: extension
        extends: NCT00000001
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


def unknown_parent(about: About) -> Checked:
    """An extension names a parent that the registry does not hold.

    A patient is sent to the extension by way of its parent; a number nobody finds is usually a slip.

    Fails:
    kind: extension
    extends: NCT00000009

    Passes:
    trials:
      - id: NCT00000001
      - id: NCT00000002
        kind: extension
        extends: NCT00000001
    """
    known: set[str] = set()
    for entry in about.entries:
        parents = entry.plain.get("extends", ())
        if not parents or entry.explained("extends"):
            continue
        known = known or {name for owner in about.entries for name in (owner.id, *(n for _, n in numbers(owner)))}
        for place, parent in enumerate(parents):
            if parent in known:
                continue
            near = get_close_matches(parent, known - {""}, n=2, cutoff=0.85)
            hint = f"did you mean {' or '.join(f'`{number}`' for number in near)}? " if near else ""
            yield (
                entry,
                Found(
                    ("extends", place),
                    f"`{shown(parent)}` is no trial of the registry",
                    hint + "enter the parent, or say under `conflicts` (about: extends) why it is not there",
                ),
            )


_NCT = re.compile(r"NCT\d{8}(?!\d)", re.IGNORECASE)


def _addresses(entry: Entry) -> Iterator[tuple[Path, str]]:
    """The web addresses of a trial."""
    for key in ("status", "sources", "contacts"):
        for place, item in enumerate(entry.plain.get(key, ())):
            for part in ("at", "url"):
                if "://" in item.get(part, ""):
                    yield (key, place, part), item[part]


def foreign_number(entry: Entry, about: About) -> Iterator[Found]:
    """An address carries the number of another trial than `id`, `ids` and `extends` name.

    Either the address was copied from a neighbour, or the trial's own number has a slip; the facts are then another's.

    Fails:
    sources:
      - {ref: afm-2025, at: "https://clinicaltrials.gov/study/NCT00000009"}

    Passes:
    sources:
      - {ref: afm-2025, at: "https://clinicaltrials.gov/study/NCT00000001"}
    """
    own = {entry.id, *entry.plain.get("ids", {}).get("nct", ()), *entry.plain.get("extends", ())}
    if not any(number.startswith("NCT") for number in own):
        own = set()
    strange: list[tuple[Path, str]] = []
    agreeing = False
    for path, address in _addresses(entry):
        named_there = [number.upper() for number in _NCT.findall(address)]
        if own.intersection(named_there):
            agreeing = True
        elif named_there:
            strange.append((path, named_there[0]))
    others = {number for _, number in strange}
    if len(strange) > 1 and len(others) == 1 and not agreeing and entry.id.startswith("NCT"):
        (other,) = others
        yield Found(
            ("id",), f"every address of the trial names `{other}`", f"write `{other}`, or correct the addresses"
        )
        return
    for path, number in strange:
        whose = "another trial's number" if own else "a number that is neither `id` nor under `ids`"
        hint = f"the trial's own is `{entry.id}`" if own and entry.id in own else "correct the address"
        also: tuple[Path, ...] = (("id",), ("ids",), ("extends",))
        yield Found(
            path, f"the address carries `{number}`, {whose}", f"{hint}; or enter the number under `ids`", also=also
        )
