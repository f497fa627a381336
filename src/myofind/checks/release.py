"""What changed since the last release is named by a new version."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import shown
from myofind.domain.trial import Plain
from myofind.editing.text_edit import Splice, these
from myofind.registry.read import ReadRegistry

_VERSION = re.compile(r"(20\d{2})\.(\d{1,2})\.(\d{1,3})", re.ASCII)


def version_of(text: str) -> tuple[int, int, int] | None:
    """A calendar version as numbers; none for text of another form."""
    found = _VERSION.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return int(found[1]), int(found[2]), int(found[3])


def malformed_version(about: About) -> Iterator[Found]:
    """The version of the registry is no calendar version."""
    version = about.header.get("version")
    if version is not None and version_of(version) is None:
        yield Found(
            ("registry", "version"),
            f"`{shown(version)}` is no calendar version",
            f"`{shown(version)}` n'est pas une version par année et mois",
            "write year.month.number, for example 2025.5.0",
            "écrire année.mois.numéro, par exemple 2025.5.0",
        )


def version_not_raised(about: About) -> Iterator[Found]:
    """The content changed, and the version is not higher than that of the last release (`--release --against OLD`)."""
    old = about.old
    if old is None or about.stage != "release":
        return
    before, after = old.header.get("version"), about.header.get("version")
    if before is None or after is None or same_content(old.header, old.entries, about.read):
        return
    first, second = version_of(before), version_of(after)
    if first is not None and second is not None and second <= first:
        yield Found(
            ("registry", "version"),
            f"the content changed, and the version {after} is not above {before}",
            f"le contenu a changé, et la version {after} n'est pas au-dessus de {before}",
            "raise it",
            "l'élever",
        )


def same_content(header: Plain, entries: tuple[Plain, ...], new: ReadRegistry) -> bool:
    """Whether two files say the same, their versions left aside; the order of trials does not matter."""

    def rest(one: Plain) -> Plain:
        return {key: value for key, value in one.items() if key != "version"}

    return rest(header) == rest(new.header) and sorted(map(repr, entries)) == sorted(map(repr, new.entries))


def draft_entry(entry: Entry, about: About) -> Iterator[Found]:
    """A trial is marked as a draft: no curator has decided yet."""
    if entry.plain.get("draft") is True:
        yield Found(
            ("draft",),
            "a draft nobody has decided yet",
            "un brouillon que personne n'a encore décidé",
            "check it against its sources, then remove `draft`",
            "le vérifier sur ses sources, puis retirer `draft`",
            severity="error" if about.stage != "editing" else None,
        )


_UNDECIDED = re.compile(r"#[ \t]*((?i:to decide|à décider|todo|fixme|xxx)|\?\?\?)")


def undecided_comment(about: About) -> Iterator[Found]:
    """A comment says that something is still to decide, and the trial is no draft."""
    document = about.read.document
    for match in _UNDECIDED.finditer(document.text):
        before = document.text[match.start() - 1 : match.start()]
        if before and before not in " \t\n#":
            continue
        owner = bisect_right(about.starts, match.start()) - 1
        if about.text_over(match.start()) or (owner >= 0 and about.entries[owner].plain.get("draft") is True):
            continue
        yield Found(
            (),
            f"`{shown(match[1])}` in a comment, and the trial is no draft",
            f"`{shown(match[1])}` dans un commentaire, et l'essai n'est pas un brouillon",
            "decide and remove the comment, or add `draft: true`",
            "décider et retirer le commentaire, ou ajouter `draft: true`",
            at=match.start(1),
        )


_LEFT_OVER = (
    r"^[ \t]*#[ \t]*(?:"
    r"the criteria of the record|les critères de la fiche|the record: |la fiche : |in full: |en entier : "
    r"|its conditions: |ses maladies : |its keywords: |ses mots-clés : |take the `# ` away|ôter le `# ` d'une ligne|(?:- )?\{?[a-z_]+: .*…"
    r"|  [IEC]\d+ |(?:facts|any_of|treatments|check_by_hand|interventions|status|cohorts|sites|contacts):[ \t]*\r?$|.*[ \t]# [IEC]\d+(?:, [IEC]\d+)*(?::.*)?\r?$"
    r").*$"
    r"|(?<=\S)[ \t]+# (?:→ .*|[IEC]\d+(?:, [IEC]\d+)*(?::.*)?|full, once every criterion above is settled"
    r"|full, quand chaque critère ci-dessus est réglé)[ \t]*\r?$"
)
"""A line that `draft` wrote to be taken or dropped, or the words of the record it put behind a rule."""


def draft_comment(about: About) -> Iterator[Found]:
    """Comments that `draft` wrote are left in a trial that is no draft any more."""
    document = about.read.document
    found: dict[int, list[tuple[int, Splice]]] = {}
    commented = {line: left for line in about.distinct if "#" in line and (left := re.search(_LEFT_OVER, line))}
    for number, start in about.starts_of(commented):
        line = about.lines[number]
        left = commented[line]
        owner = bisect_right(about.starts, start + len(line)) - 1
        if owner < 0 or about.entries[owner].plain.get("draft") is True:
            continue
        whole = not line[: left.start()].strip()
        if not whole and about.text_over(start + left.start()):
            continue
        end = start + len(line)
        cut = Splice(start, min(end + 1, len(document.text)), "") if whole else Splice(start + left.start(), end, "")
        found.setdefault(owner, []).append((start + line.index("#", left.start()), cut))
    for places in found.values():
        many = len(places)
        message = (
            ("a comment of the draft", "un commentaire du brouillon")
            if many == 1
            else (f"{many} comments of the draft", f"{many} commentaires du brouillon")
        )
        hint = (
            "remove what `draft` wrote beside the facts; `--fix` does it",
            "retirer ce que `draft` a écrit à côté des faits ; `--fix` le fait",
        )
        yield Found((), *message, *hint, at=places[0][0], fix=these(cut for _, cut in places))


_JUMP, _FEW = 3, 20


def abrupt_enrollment(about: About) -> Iterator[Found]:
    """The number of participants is three times what it was, or a third (`--against OLD`)."""
    before = {plain.get("id"): plain.get("enrollment") for plain in about.old.entries} if about.old else {}
    for entry in about.entries:
        old, new = before.get(entry.id), entry.plain.get("enrollment")
        if old is None or new is None or abs(new - old) < _FEW or entry.explained("enrollment"):
            continue
        if new > _JUMP * old or old > _JUMP * new:
            yield Found(
                ("enrollment",),
                f"{new} participants, {old} in the earlier version",
                f"{new} participants, {old} dans la version précédente",
                "look it up again; say under `conflicts` (about: enrollment) why it changed",
                "le vérifier ; dire sous `conflicts` (about: enrollment) pourquoi il a changé",
                entry=entry,
            )
