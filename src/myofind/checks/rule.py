"""What a rule is, what it sees, and what it says: a name, a severity, one small function, and its documentation.

A rule works on plain values. It names the place of what it found by a path; the node is looked for only then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any, Literal

from myofind.checks.text_places import path_at
from myofind.diagnostics import Path, Position, Severity
from myofind.domain.plain_trial import country_rule, eligibility
from myofind.domain.rules import FactRule, fact_rule
from myofind.domain.trial import Cohort, Plain, Trial
from myofind.editing.text_edit import Fix
from myofind.files.yaml_nodes import ScalarNode
from myofind.language import Lang
from myofind.names.facts import FACTS, FactId
from myofind.records import NamedTuple
from myofind.registry.location import read_bytes, shipped_file
from myofind.registry.node_words import node_at
from myofind.registry.read import ReadRegistry, trial_nodes

Scope = Literal["structure", "trial", "file", "against"]
Stage = Literal["editing", "shipped", "release"]
"""What a file is: one being edited, the one shipped with the program, or one about to be released."""


class Found(NamedTuple):
    """What a rule found, and what to do about it, each in English and in French.

    `path` leads from the trial (from the file, for a rule about the file) to the value, or with `key` to its key; `at`,
    a place in the text, is used instead where the rule read the text itself. `also` names further values the finding rests on: where one of
    them could not be read, the finding is an echo. `severity` overrules the rule's. `base` leads to the node the fix works
    on, where it is not the one pointed at (from the file, if it starts with `trials` or `registry`). `entry` is the trial
    it was found in; none for the rest of the file.
    """

    path: Path
    en: str
    fr: str
    hint_en: str
    hint_fr: str
    key: bool = False
    severity: Severity | None = None
    also: tuple[Path, ...] = ()
    fix: Fix | None = None
    base: Path | None = None
    at: int | None = None
    entry: Entry | None = None


_UNSAID = Trial("", "interventional")
"""A trial of which nothing is said; copying it takes less than making one of so many fields."""


class Entry:
    """One trial of the file, as a rule sees it."""

    def __init__(self, place: int, plain: Plain, broken: tuple[Path, ...] = ()) -> None:
        self.place = place
        self.plain = plain
        self.broken = broken
        self.id: str = plain.get("id", "")
        """The id, or an empty text where it could not be read."""

    @cached_property
    def trial(self) -> Trial:
        """The criteria of the record, nothing else of it; what could not be read is left out."""
        plain = usable(self.plain) if self.broken else self.plain
        countries = plain.get("countries")
        return _UNSAID._replace(
            eligibility=eligibility(plain.get("eligibility", {})),
            cohorts=tuple(
                Cohort(one["name"], eligibility(one.get("eligibility", {}))) for one in plain.get("cohorts", ())
            ),
            countries=None if countries is None else country_rule(countries),
        )

    @cached_property
    def rules(self) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """The trial's own rules and those of its cohorts, each with its path."""
        own = self.plain.get("eligibility")
        cohorts: Any = self.plain.get("cohorts", ())
        below = tuple(
            (("cohorts", place, "eligibility"), one["eligibility"])
            for place, one in enumerate(cohorts)
            if "eligibility" in one
        )
        return below if own is None else ((("eligibility",), own), *below)

    @cached_property
    def fact_rules(self) -> tuple[tuple[Path, FactId, Any, FactRule], ...]:
        """Every rule on a fact, those of the alternatives among them: its path, the fact, the rule as written and as judged."""
        return tuple((where, id, plain, fact_rule(id, plain)) for where, id, plain in _fact_rules(self.rules))

    @cached_property
    def dated(self) -> tuple[tuple[int, dict[str, str]], ...]:
        """The observations of the status that have their day, each with its place."""
        seen: Any = self.plain.get("status", ())
        return tuple((place, one) for place, one in enumerate(seen) if "as_of" in one)

    @cached_property
    def notes(self) -> tuple[tuple[Path, Any], ...]:
        """The notes of the criteria, each with its path: a text, or one for each language."""
        every = ((path, enumerate(rules.get("check_by_hand", ()))) for path, rules in self.rules)
        return tuple(((*path, "check_by_hand", number), note) for path, notes in every for number, note in notes)

    @cached_property
    def own_texts(self) -> tuple[tuple[Path, str, str], ...]:
        """The sentences an editor writes: path, kind, text."""
        return tuple(_own_texts(self))

    @cached_property
    def cited(self) -> tuple[tuple[Path, dict[str, Any]], ...]:
        """What names a source and a place in it, each with its path."""
        lists = ((key, self.plain.get(key, ())) for key in ("status", "sources", "contacts"))
        return tuple(((key, place), item) for key, items in lists for place, item in enumerate(items))

    def explained(self, *keys: str) -> bool:
        """Whether an entry under `conflicts` speaks of one of the keys: what looks wrong is what the source prints."""
        return any(conflict.get("about") in keys for conflict in self.plain.get("conflicts", ()))


def _fact_rules(several: tuple[tuple[Path, dict[str, Any]], ...]) -> Iterator[tuple[Path, str, Any]]:
    for path, rules in several:
        yield from (((*path, "facts", id), id, rule) for id, rule in (rules.get("facts") or {}).items())
        branches: list[tuple[Path, dict[str, Any]]] = [
            (("any_of", n), branch) for n, branch in enumerate(rules.get("any_of", ()))
        ]
        for n, some in enumerate(rules.get("at_least", ())):
            branches += [(("at_least", n, "of", place), branch) for place, branch in enumerate(some.get("of", ()))]
        for steps, branch in branches:
            yield from (((*path, *steps, id), id, rule) for id, rule in branch.items() if id in FACTS)


_SENTENCES = (
    ("status", ("why",), "why"),
    ("cohorts", ("name", "fr"), "name"),
    ("conflicts", ("en", "note", "fr"), "note"),
)
"""The lists of a trial whose items hold sentences, the keys of those sentences, and their kind."""


def in_languages(path: Path, note: Any) -> list[tuple[Path, str]]:
    """A text, or what it is in each language, with its path."""
    return (
        [((*path, key), note[key]) for key in ("en", "fr") if key in note] if isinstance(note, dict) else [(path, note)]
    )


def _own_texts(entry: Entry) -> Iterator[tuple[Path, str, str]]:
    yield from (((key,), key, entry.plain[key]) for key in ("title", "title_fr") if key in entry.plain)
    for path, note in entry.notes:
        yield from ((where, "check_by_hand", text) for where, text in in_languages(path, note))
    for key, parts, kind in _SENTENCES:
        for place, item in enumerate(entry.plain.get(key, ())):
            yield from (((key, place, part), kind, item[part]) for part in parts if part in item)


def written_places(read: ReadRegistry) -> list[int]:
    """The place in the file of each trial that could be read."""
    gone = set(read.dropped.get(("trials",), ()))
    return [place for place in range(len(read.entries) + len(gone)) if place not in gone]


class About:
    """The file around a trial: the evaluation day, the header and every trial; `old` is the version compared with."""

    def __init__(
        self,
        day: date,
        read: ReadRegistry,
        header: Plain,
        entries: tuple[Entry, ...],
        old: ReadRegistry | None = None,
        stage: Stage = "editing",
    ) -> None:
        self.day, self.read, self.header, self.entries, self.old, self.stage = day, read, header, entries, old, stage

    @property
    def sources(self) -> Plain:
        """The declared sources."""
        found: Plain = self.header.get("sources", {})
        return found

    @cached_property
    def written(self) -> list[int]:
        """The place of each trial in the file; one that could not be read is no entry."""
        return written_places(self.read)

    @cached_property
    def starts(self) -> list[int]:
        """Where the text of each trial begins."""
        nodes = trial_nodes(self.read.document.root)
        return [nodes[place].start_mark.index for place in self.written]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.read.document.text.split("\n")

    @cached_property
    def distinct(self) -> list[str]:
        """Each line once: half the lines of a registry are like another."""
        return list(dict.fromkeys(self.lines))

    @cached_property
    def once(self) -> str:
        """Each line once, with its end: what no line holds is not here, and few rules need look any further."""
        return "\n".join((*self.distinct, ""))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the text that are not plain ASCII."""
        lines = "".join(line for line in self.distinct if not line.isascii())
        return frozenset(lines.encode().translate(None, bytes(range(128))).decode())

    def starts_of(self, chosen: Collection[str]) -> Iterator[tuple[int, int]]:
        """The lines that are among those chosen: the number of each, from 0, and where it begins."""
        start = 0
        for number, line in enumerate(self.lines) if chosen else ():
            if line in chosen:
                yield number, start
            start += len(line) + 1

    def text_over(self, index: int) -> ScalarNode | None:
        """The value that covers a character of the text; none between values, and in the keys."""
        root = self.read.document.root
        node = node_at(root, path_at(root, Position.of(self.read.document.text, index)))
        if isinstance(node, ScalarNode) and node.start_mark.index <= index < node.end_mark.index:
            return node
        return None


class Rule(NamedTuple):
    """A rule of the table, about a trial or about the file; a structural one has no function, since reading finds it.

    `check` takes a trial and the file around it, or the file alone.
    """

    name: str
    severity: Severity
    scope: Scope
    check: Callable[..., Iterator[Found]] | None = None
    fixable: bool = False

    def findings(self, about: About) -> Iterator[Found]:
        """What the rule finds in a file."""
        if self.check is not None and self.scope == "trial":
            for entry in about.entries:
                for found in self.check(entry, about):
                    yield found._replace(entry=entry)
        elif self.check is not None:
            yield from self.check(about)


class Documentation(NamedTuple):
    """What a rule finds, why it matters, a snippet that fails and one that passes."""

    what: str
    why: str
    fails: str
    passes: str


def documentation(rule: Rule, lang: Lang = "en") -> Documentation:
    """The documentation of a rule in a language, from its section of docs/rules.md, which ships with the program."""
    return _documented()[rule.name][lang]


_SECTION = r"(?ms)^## `([\w-]+)`\n\n(.+?)\n(.+?)\n\n(.+?)\n(.+?)\n\nFails:\n\n```yaml\n(.+?)\n```\n\nPasses:\n\n```yaml\n(.+?)\n```$"


@cache
def _documented() -> dict[str, dict[Lang, Documentation]]:
    """What the page says of each rule, by its name."""
    page = read_bytes(shipped_file("docs", "rules.md") or "docs/rules.md").decode()
    return {
        name: {"en": Documentation(what, why, fails, passes), "fr": Documentation(what_fr, why_fr, fails, passes)}
        for name, what, why, what_fr, why_fr, fails, passes in re.findall(_SECTION, page)
    }


def usable(plain: Plain) -> Plain:
    """A partly read trial without the mappings below it that lack a required key, so that a record can be made of it."""
    from myofind.registry.file_format import TRIAL
    from myofind.registry.forms import Form, Mapping

    def lacking(form: Form | None, value: Any) -> bool:
        keys = getattr(form, "other", form)  # a text, or one in two languages
        needs = keys.keys.items() if isinstance(keys, Mapping) and isinstance(value, dict) else ()
        return any(known.required and key not in value for key, known in needs)

    def whole(form: Form | None, value: Any) -> Any:
        if isinstance(value, list):
            inner = form.below(0) if form else None
            return [item for one in value if not lacking(inner, item := whole(inner, one))]
        if isinstance(value, dict):
            parts = ((key, form.below(key) if form else None, one) for key, one in value.items())
            return {key: part for key, inner, one in parts if not lacking(inner, part := whole(inner, one))}
        return value

    found: Plain = whole(TRIAL, plain)
    return found
