"""Every fact has a source, and every source is declared, reachable and used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import likest, meant, shown, write
from myofind.domain.trial import Plain
from myofind.editing.text_edit import Splice, instead, replace_by
from myofind.files.yaml_nodes import Node, ScalarNode
from myofind.names.facts import FACTS
from myofind.registry.file_format import TRIAL
from myofind.registry.rule_forms import ELIGIBILITY

NO_FACTS = frozenset({"id", "sources", "conflicts", "draft", "record", "status"})
"""Keys that need no entry under `sources`: each observation of the status names its own source."""


def unsourced_fact(entry: Entry, about: About) -> Iterator[Found]:
    """A fact of a trial is supported by none of its sources."""
    sources = entry.plain.get("sources")
    if not sources:
        yield Found(
            (),
            "the trial has no `sources`",
            "l'essai n'a pas de `sources`",
            "add `sources:` with a declared source and the place in it",
            "ajouter `sources:` avec une source déclarée et l'endroit dans celle-ci",
            also=(("sources",),),
        )
        return
    if any(not source.get("for") for source in sources):
        return
    claimed = {key for source in sources for key in source["for"]}
    for key in entry.plain:
        if key not in NO_FACTS and key not in claimed:
            yield Found(
                (key,),
                f"no entry under `sources` supports `{key}`",
                f"aucune entrée de `sources` ne soutient `{key}`",
                f"add `{key}` to the `for` of its source",
                f"ajouter `{key}` au `for` de sa source",
                key=True,
                also=(("sources",),),
            )


def undeclared_source(entry: Entry, about: About) -> Iterator[Found]:
    """A trial cites a source that the registry does not declare."""
    declared = about.sources
    for path, one in entry.cited:
        part = "ref" if path[0] == "sources" else "source"
        name = one.get(part)
        if name is None or name in declared:
            continue
        misnamed = (str(other.path[-1]) for other in about.read.findings if other.rule == "malformed-name")
        if name.casefold() in map(str.casefold, misnamed):
            continue
        near = likest(name, declared, 2, 0.75)
        yield Found(
            (*path, part),
            f"the source `{shown(name)}` is not declared under `registry.sources`",
            f"la source `{shown(name)}` n'est pas déclarée sous `registry.sources`",
            *(meant(map(shown, near)) if near else ("declare it there", "l'y déclarer")),
            fix=replace_by(near[0]) if len(near) == 1 and _same_figures(name, near[0]) else None,
        )


def _same_figures(name: str, other: str) -> bool:
    """Whether two names hold the same figures, or one lacks the last: another year is another document."""
    figures, others = (re.sub(r"\D", "", text) for text in (name, other))
    return others.startswith(figures)


def unused_source(about: About) -> Iterator[Found]:
    """A declared source is cited by no trial."""
    cited = set()
    unread = any(
        finding.rule in ("unreadable-yaml", "merge-marker", "duplicate-key") for finding in about.read.findings
    )
    if unread or not about.entries or ("trials",) in about.read.dropped:
        return  # a trial that could not be read may cite it
    for entry in about.entries:
        if any(path[:1] in (("status",), ("sources",), ("contacts",)) or not path for path in entry.broken):
            return  # what could not be read may cite it
        cited |= {item.get("ref" if path[0] == "sources" else "source") for path, item in entry.cited}
    misspelt = [str(name) for name in cited if name is not None and name not in about.sources]
    for name in about.sources:
        if name not in cited and not likest(name, misspelt, 1, 0.75):
            yield Found(
                ("registry", "sources", name),
                f"no trial cites the source `{shown(name)}`",
                f"aucun essai ne cite la source `{shown(name)}`",
                "cite it, or remove it",
                "la citer, ou la retirer",
                key=True,
            )


def unreachable_source(about: About) -> Iterator[Found]:
    """A declared source has neither a file nor an address."""
    for name, source in about.sources.items():
        if "file" not in source and "url" not in source:
            yield Found(
                ("registry", "sources", name),
                f"the source `{shown(name)}` has neither `file` nor `url`",
                f"la source `{shown(name)}` n'a ni `file` ni `url`",
                "add the one it has",
                "ajouter celui qu'elle a",
                key=True,
            )


def unknown_fact(entry: Entry, about: About) -> Iterator[Found]:
    """`for` or `about` names what is no key of this trial."""
    for place, source in enumerate(entry.plain.get("sources", ())):
        for number, key in enumerate(source.get("for", ())):
            if key not in _KEYS:
                yield _no_key(("sources", place, "for", number), key)
            elif not _present(entry, key):
                yield Found(
                    ("sources", place, "for", number),
                    f"the trial has no `{key}` to support",
                    f"l'essai n'a pas de `{key}` à soutenir",
                    "add the fact, or remove the key from `for`",
                    "ajouter le fait, ou retirer la clé de `for`",
                    severity="warning",
                    also=tuple(_places(entry.plain, key)),
                )
    for place, conflict in enumerate(entry.plain.get("conflicts", ())):
        key = conflict.get("about")
        if key is not None and key not in _KEYS:
            yield _no_key(("conflicts", place, "about"), key)


_KEYS = frozenset((*TRIAL.keys, *ELIGIBILITY.keys, *(f"facts.{id}" for id in FACTS)))
"""The keys of a trial, those below its `eligibility`, and the facts: `facts.cancer`."""


def _present(entry: Entry, key: str) -> bool:
    """Whether a trial has what a key names, in its own criteria or in a cohort's."""
    if key.startswith("facts."):
        return any(id == key[6:] for _, id, _, _ in entry.fact_rules)
    return key in entry.plain or any(key in rules for _, rules in entry.rules)


def _places(plain: Plain, key: str) -> Iterator[tuple[str | int, ...]]:
    """The places where a trial may have what a key names."""
    steps = tuple(key.split(".")) if key.startswith("facts.") else (key,)
    yield steps
    for rules in (("eligibility",), *(("cohorts", n, "eligibility") for n in range(len(plain.get("cohorts") or ())))):
        yield (*rules, *steps)
        if len(steps) > 1:
            yield from ((*rules, part) for part in ("any_of", "at_least"))


def _no_key(path: tuple[str | int, ...], key: str) -> Found:
    from myofind.names.vocabulary import resolve

    message = (f"`{shown(key)}` is no key of a trial", f"`{shown(key)}` n'est pas une clé d'essai")
    bare = key.lower().removeprefix("eligibility.").removeprefix("facts.").removeprefix("fact.")
    id = bare if bare in FACTS else resolve("facts", bare, exact=True).id
    if id is not None and bare not in TRIAL.keys:
        return Found(path, *message, *write(f"facts.{id}"), fix=replace_by(f"facts.{id}"))
    from difflib import SequenceMatcher

    keys = [f"facts.{fact}" for fact in FACTS] if key.lower().startswith("facts.") else [*TRIAL.keys, *ELIGIBILITY.keys]
    near = list(dict.fromkeys(likest(key.lower(), keys, 2, 0.7)))
    hint = meant(near) if near else ("write a key of the trial", "écrire une clé de l'essai")
    certain = len(near) == 1 and " " not in key and SequenceMatcher(None, key.lower(), near[0]).ratio() >= 0.8
    return Found(path, *message, *hint, fix=replace_by(near[0]) if certain else None)


_LINES = re.compile(r"(?:^|\s)(?:l|p|pp)\. ([\d ,–-]+)")
_RANGE = re.compile(r"(\d+) ?[-–] ?(\d+)")


def backward_range(entry: Entry, about: About) -> Iterator[Found]:
    """A range of lines ends before it begins."""
    for path, item in entry.cited:
        where = item.get("at", "")
        for lines in _LINES.findall(where) if ". " in where and ("-" in where or "–" in where) else ():
            for first, last in _RANGE.findall(lines):
                if int(first) > int(last):
                    yield Found(
                        (*path, "at"),
                        f"the lines {first}-{last} run backwards",
                        f"les lignes {first}-{last} vont à rebours",
                        f"write `{last}-{first}` if that is meant, or look it up",
                        f"écrire `{last}-{first}` si c'est voulu, ou vérifier",
                    )


_WEB = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")


def _in_place(written: str, node: Node, text: str) -> list[Splice]:
    """Another text in the place of a value that is not in straight quotes."""
    return instead(node, written) if isinstance(node, ScalarNode) and not node.style else []


def broken_address(entry: Entry, about: About) -> Iterator[Found]:
    """A place in a source looks like a web address and is none."""
    for path, item in entry.cited:
        at = item.get("at", "")
        address = "://" in at.partition(" ")[0] or at.startswith(("www.", "http:", "https:"))
        quoted = at[:1] in ("“", "”", "„", "«", "‘")
        inside = re.fullmatch(r".(?P<address>https?://[^“”»’\s]+)[“”»’]", at) if quoted else None
        if inside:
            message = ("curly quotes stand around the address", "des guillemets typographiques entourent l'adresse")
            written = f'"{inside["address"]}"'
            straight = (f"write `{written}`, in straight quotes", f"écrire `{written}`, entre guillemets droits")
            yield Found((*path, "at"), *message, *straight, fix=partial(_in_place, written))
        elif address and (not _WEB.match(at) or "/ " in at):
            hint = ("write `https://` and the whole address", "écrire `https://` et l'adresse entière")
            yield Found((*path, "at"), f"`{shown(at)}` cannot be opened", f"`{shown(at)}` ne peut être ouvert", *hint)
