"""One study, one entry: numbers, acronyms and titles belong to one trial each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path, likest, meant, shown, write
from myofind.domain.register_numbers import register_of
from myofind.language import Pair, both


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


def duplicate_study(about: About) -> Iterator[Found]:
    """A study stands in the registry under two ids."""
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
            yield Found(
                path,
                f"the number `{number}` also belongs to {named(first)[0]}",
                f"le numéro `{number}` est aussi celui de {named(first)[1]}",
                "merge the two entries, or correct the number",
                "réunir les deux entrées, ou corriger le numéro",
                entry=entry,
            )
        for key in ("title", "title_fr"):
            title = entry.plain.get(key)
            if title is None or title.endswith("…"):
                continue  # a draft's title cut short may begin like another's
            first = titles.setdefault((key, wording(title)), entry)
            if first is not entry and first.id != entry.id and not told:
                told = True
                yield Found(
                    (key,),
                    f"the title is that of {named(first)[0]}",
                    f"le titre est celui de {named(first)[1]}",
                    "merge the two entries, or say what sets this study apart",
                    "réunir les deux entrées, ou dire ce qui distingue cette étude",
                    entry=entry,
                )


def duplicate_acronym(about: About) -> Iterator[Found]:
    """Two trials carry the same acronym."""
    owners = {wording(entry.id): entry for entry in reversed(about.entries) if entry.id}
    for entry in about.entries:
        acronym = entry.plain.get("acronym")
        if acronym is None:
            continue
        first = owners.setdefault(wording(acronym), entry)
        related = first.id in entry.plain.get("extends", ()) or entry.id in first.plain.get("extends", ())
        if first is not entry and first.id != entry.id and not related and not entry.explained("acronym"):
            yield Found(
                ("acronym",),
                f"the acronym `{shown(acronym)}` is that of {named(first)[0]}",
                f"l'acronyme `{shown(acronym)}` est celui de {named(first)[1]}",
                "correct one, or say under `conflicts` (about: acronym) that both use it",
                "en corriger un, ou dire sous `conflicts` (about: acronym) que les deux le portent",
                entry=entry,
            )


def named(entry: Entry) -> Pair:
    """A trial in a message; in French as it follows "de"."""
    place = entry.place + 1
    return both(f"`{shown(entry.id)}`") if entry.id else (f"the trial at place {place}", f"l'essai numéro {place}")


def repeated_number(entry: Entry, about: About) -> Iterator[Found]:
    """The id of a trial is written again under `ids`."""
    for path, number in numbers(entry):
        if path != ("id",) and entry.id and same_number(number) == same_number(entry.id):
            message = (
                f"`{number}` is the id of the trial itself",
                f"`{number}` est l'identifiant de l'essai lui-même",
            )
            yield Found(path, *message, "remove it from `ids`", "le retirer de `ids`")


def number_elsewhere(entry: Entry, about: About) -> Iterator[Found]:
    """A study with a ClinicalTrials.gov number has another id."""
    if entry.id and not entry.id.startswith("NCT") and entry.plain.get("ids", {}).get("nct"):
        number = entry.plain["ids"]["nct"][0]
        message = (
            f"the id is `{shown(entry.id)}` though the study has the number {number}",
            f"l'identifiant est `{shown(entry.id)}` alors que l'étude a le numéro {number}",
        )
        yield Found(("id",), *message, *write(f"id: {number}"))


def orphan_extension(entry: Entry, about: About) -> Iterator[Found]:
    """An extension names no parent, itself, or another kind of study names one."""
    parents = entry.plain.get("extends", [])
    kind = entry.plain.get("kind")
    if kind == "extension" and "extends" not in entry.plain and not entry.explained("extends", "kind"):
        yield Found(
            ("kind",),
            "an extension without `extends`",
            "une extension sans `extends`",
            "name its parent, or say under `conflicts` (about: extends) that it is not known",
            "nommer son parent, ou dire sous `conflicts` (about: extends) qu'il n'est pas connu",
            severity="warning",
            also=(("extends",),),
        )
    if kind is not None and kind != "extension" and parents:
        yield Found(
            ("extends",),
            f"`extends` on a study of kind `{kind}`",
            f"`extends` sur une étude du genre `{kind}`",
            "write `kind: extension`, or remove `extends`",
            "écrire `kind: extension`, ou retirer `extends`",
            key=True,
        )
    for place, parent in enumerate(parents):
        if parent == entry.id:
            message = ("the trial extends itself", "l'essai est sa propre extension")
            yield Found(("extends", place), *message, "name its parent", "nommer son parent")


def unknown_parent(about: About) -> Iterator[Found]:
    """An extension names a parent that the registry does not hold."""
    known: set[str] = set()
    for entry in about.entries:
        parents = entry.plain.get("extends", ())
        if not parents or entry.explained("extends"):
            continue
        known = known or {name for owner in about.entries for name in (owner.id, *(n for _, n in numbers(owner)))}
        for place, parent in enumerate(parents):
            if parent in known or _stands_unread(parent, about):
                continue
            near = likest(parent, known - {""}, 2, 0.85)
            asked = meant(near) if near else ("", "")
            hint = (
                f"{asked[0]} enter the parent, or say under `conflicts` (about: extends) why it is not there",
                f"{asked[1]} saisir le parent, ou dire sous `conflicts` (about: extends) pourquoi il n'y est pas",
            )
            yield Found(
                ("extends", place),
                f"`{shown(parent)}` is no trial of the registry",
                f"`{shown(parent)}` n'est pas un essai du registre",
                hint[0].strip(),
                hint[1].strip(),
                entry=entry,
            )


def _stands_unread(id: str, about: About) -> bool:
    """Whether an id is that of an entry which could not be read."""
    if not any(finding.rule in ("unreadable-yaml", "merge-marker") for finding in about.read.findings):
        return False
    given = rf"(?:^|[{{,\s])(?!extends\b)[a-z_]+: *['\"]?{re.escape(id)}(?![\w-])"
    return re.search(given, about.read.document.text, re.MULTILINE) is not None


_NCT = re.compile(r"NCT\d{8}(?!\d)", re.IGNORECASE)
_LONG_WORD = re.compile(r"[A-Za-z0-9-]{10,}")


def _numbers_in(address: str) -> list[str]:
    """The registers' numbers that an address carries; an NCT number anywhere, the others where they stand alone."""
    others = (word for word in _LONG_WORD.findall(address) if register_of(word) not in (None, "nct", "nl", "id_rcb"))
    return [*(number.upper() for number in _NCT.findall(address)), *others]


def foreign_number(entry: Entry, about: About) -> Iterator[Found]:
    """An address carries the number of another trial than `id`, `ids` and `extends` name."""
    if not entry.id:
        return
    own_id = entry.id if register_of(entry.id) else " "  # a slug may be a word of any address
    own = [*(number for _, number in numbers(entry)), *entry.plain.get("extends", ())]
    strange: list[tuple[Path, str]] = []
    agreeing = False
    for path, item in entry.cited:
        for part in ("at", "url"):
            address = item.get(part, "")
            if "://" not in address:
                continue
            there = [] if (sure := own_id in address) else _numbers_in(address)
            if sure or not {same_number(number) for number in own}.isdisjoint(map(same_number, there)):
                agreeing = True
            elif there:
                strange.append(((*path, part), there[0]))
    others = {number for _, number in strange}
    if len(strange) > 1 and len(others) == 1 and not agreeing and register_of(entry.id) == register_of(strange[0][1]):
        (other,) = others
        message = (f"every address of the trial names `{other}`", f"toute adresse de l'essai nomme `{other}`")
        hint = (f"write `{other}`, or correct the addresses", f"écrire `{other}`, ou corriger les adresses")
        yield Found(("id",), *message, *hint)
        return
    for path, number in strange:
        known = next((one for one in own if register_of(one) == register_of(number)), None)
        whose = (
            ("another trial's number", "le numéro d'un autre essai")
            if known
            else ("a number that is neither `id` nor under `ids`", "un numéro qui n'est ni `id` ni sous `ids`")
        )
        own_one = (f"the trial's own is `{known}`", f"celui de l'essai est `{known}`")
        cure = own_one if known else ("correct the address", "corriger l'adresse")
        message = (f"the address carries `{number}`, {whose[0]}", f"l'adresse porte `{number}`, {whose[1]}")
        hint = (f"{cure[0]}; or enter the number under `ids`", f"{cure[1]} ; ou saisir le numéro sous `ids`")
        yield Found(path, *message, *hint, also=(("id",), ("ids",), ("extends",)))
