"""All findings of one file in one run: sorted, each at its exact place, without echoes of one cause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from myofind.checks.rule import About, Entry, Found, Rule, Stage, written_places
from myofind.checks.table import BY_NAME, CAUSES, CURATORS, FIXABLE, LINE_CAUSES, RULES
from myofind.checks.text_places import path_at, spot
from myofind.diagnostics import Diagnostic, Path, Position
from myofind.editing.text_edit import Splice
from myofind.files.yaml_nodes import NO_SPACE, TWO_ENTRIES, Node, position
from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registry.read import ReadRegistry, trial_nodes

Correction = Callable[[], list[Splice]]


class Report(NamedTuple):
    """The findings of a file, and the corrections of those that have one, by place in `findings`."""

    read: ReadRegistry
    findings: tuple[Diagnostic, ...]
    corrections: dict[int, Correction]
    stage: Stage


def check(
    read: ReadRegistry,
    day: date,
    *,
    old: ReadRegistry | None = None,
    names: Iterable[str] | None = None,
    stage: Stage = "editing",
) -> Report:
    """Apply the rules (all of them, or those named) to a file as read."""
    run = _Run(read, day, old, frozenset(names) if names is not None else frozenset(BY_NAME), stage)
    run.structure()
    if read.document.root is not None and isinstance(read.document.root.value, list):
        run.rules()
    return run.report()


class _Run:
    def __init__(
        self, read: ReadRegistry, day: date, old: ReadRegistry | None, names: frozenset[str], stage: Stage
    ) -> None:
        self.read = read
        self.names = names
        self.nodes = trial_nodes(read.document.root)
        self.found: list[tuple[Diagnostic, Correction | None, int | None]] = []
        self.header_broken: list[Path] = []
        broken: dict[int, list[Path]] = {}
        for finding in read.findings:
            place = self._place(finding.path)
            if place is not None:
                broken.setdefault(place, []).extend(_spoilt(finding))
            else:
                self.header_broken.append(finding.path)
        written = written_places(read)
        entries = (Entry(n, plain, tuple(broken.get(written[n], ()))) for n, plain in enumerate(read.entries))
        self.about = About(day, read, read.header, tuple(entries), old, stage)
        self.drafts = {written[entry.place] for entry in self.about.entries if entry.plain.get("draft") is True}

    # Finding ----------------------------------------------------------------------------------------------------------

    def structure(self) -> None:
        """What reading found, with the trial and the path of findings that were made before trials were known."""
        root = self.read.document.root
        starts = [node.start_mark.line for node in self.nodes]
        for finding in self.read.findings:
            path = finding.path
            if finding.rule in ("unreadable-yaml", "merge-marker"):
                finding = finding._replace(trial=_trial_above(self.read.document.text, finding.position))
                self.found.append((finding, _term_fix(finding, path, self.read), None))
                continue
            if not path and root is not None:
                path = path_at(root, finding.position)
            place = self._place(path)
            if place is None and path[:1] != ("registry",) and starts and finding.position.line - 1 >= starts[0]:
                place = bisect_right(starts, finding.position.line - 1) - 1
            node = self.nodes[place] if place is not None else None
            finding = _in_trial(finding, node, path) if node is not None else finding._replace(path=path)
            self.found.append((finding, _term_fix(finding, path, self.read), place))

    def rules(self) -> None:
        """What the rules find."""
        for rule in RULES:
            if self._needed(rule.name):
                for found in rule.findings(self.about):
                    self._add(rule, found)

    def _needed(self, name: str) -> bool:
        return name in self.names or any(name in causes and one in self.names for one, causes in CAUSES.items())

    def _add(self, rule: Rule, found: Found) -> None:
        start: Path = () if found.entry is None else ("trials", found.entry.place)
        if found.at is None and self._echo(start, found):
            return
        severity = found.severity or rule.severity
        file = self.read.document.file
        text, root = self.read.document.text, self.read.document.root
        assert root is not None
        if found.at is not None:
            here = Position.of(text, found.at)
            node, path = root, path_at(root, here)
        else:
            node, path = spot(self.read, (*start, *found.path), key=found.key)
            here = position(node)
        if found.fix is not None and (found.base is not None or found.key):
            base = found.base or ()
            node = spot(self.read, base if base[:1] in (("trials",), ("registry",)) else (*start, *base)).node
        fix = partial(found.fix, node, text) if found.fix is not None else None
        words, hint = (found.en, found.fr), (found.hint_en, found.hint_fr)
        finding = Diagnostic(rule.name, severity, file, here, None, path, words, hint)
        place = self._place(path)
        if place is not None:
            finding = _in_trial(finding, self.nodes[place], path)
            if rule.name in CURATORS and place in self.drafts:
                finding = finding._replace(severity="warning")
        self.found.append((finding, fix, place))

    def _place(self, path: Path) -> int | None:
        """Which trial a path leads to."""
        if len(path) > 1 and path[0] == "trials" and isinstance(path[1], int) and path[1] < len(self.nodes):
            return path[1]
        return None

    def _echo(self, start: Path, found: Found) -> bool:
        """Whether something the finding rests on could not be read, which is reported already."""
        broken = found.entry.broken if found.entry is not None else self.header_broken
        for path in (found.path, *found.also) if broken else ():
            written = spot(self.read, (*start, *path)).path[len(start) :]
            whole = written + path[len(written) :]
            if whole and any(one and _related(whole, one) for one in broken):
                return True
        return False

    # Reporting --------------------------------------------------------------------------------------------------------

    def report(self) -> Report:
        """The findings wanted, sorted, without echoes."""
        rules_of: dict[int | None, set[str]] = {}
        rules_on: dict[int, set[str]] = {}
        for finding, _, place in self.found:
            rules_of.setdefault(place, set()).add(finding.rule)
            rules_on.setdefault(finding.position.line, set()).add(finding.rule)
        doubled = {
            place
            for finding, _, place in self.found
            if finding.rule == "duplicate-key" and place is not None and finding.detail == TWO_ENTRIES
        }
        kept = []
        seen: set[tuple[str, Position, Words]] = set()
        spaced: set[tuple[str, int]] = set()
        for finding, fix, place in self.found:
            if place in doubled and finding.rule != "duplicate-key":
                continue
            if CAUSES.get(finding.rule, frozenset()) & rules_of[place] or finding.rule not in self.names:
                continue
            if LINE_CAUSES.get(finding.rule, frozenset()) & rules_on[finding.position.line]:
                continue
            once = (finding.rule, finding.position, finding.words)
            if once in seen:
                continue
            seen.add(once)
            if finding.rule in ("stray-space", "invisible-character"):
                line = (finding.rule, finding.position.line)
                if line in spaced and fix is None:
                    continue
                spaced.add(line)
            kept.append((finding, fix))
        kept.sort(key=lambda one: one[0].sort_key())
        corrections = {number: fix for number, (_, fix) in enumerate(kept) if fix is not None}
        return Report(self.read, tuple(finding for finding, _ in kept), corrections, self.about.stage)


def _spoilt(finding: Diagnostic) -> list[Path]:
    """What of a trial could not be read, by a finding: the value, or the one that a misspelt or misplaced key stands for."""
    from myofind.registry.editor_words import MISSPELT_KEYS, key_meant

    spoilt = [finding.path[2:]]
    if finding.rule == "unknown-key":  # it may stand a level too deep
        spoilt += [(finding.path[-1],), ("eligibility", finding.path[-1])]
    if finding.rule in MISSPELT_KEYS and (meant := key_meant(finding.path)):
        spoilt.append((*finding.path[2:-1], meant))
    return spoilt


def _related(one: Path, other: Path) -> bool:
    """Whether one path leads to the other."""
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _in_trial(finding: Diagnostic, node: Node, path: Path) -> Diagnostic:
    """The finding with the id of its trial, and its path from there; from the file where the trial has no id."""
    from myofind.registry.file_format import id_of

    name = id_of(node)
    return finding._replace(trial=name, path=path[2:] if name is not None and len(path) > 1 else path)


_ID_LINE = r"(?m)^\s*(?:- )?id:\s*['\"]?([A-Za-z0-9/-]+)"


def _trial_above(text: str, at: Position) -> str | None:
    """The last id above a place, where the text could not be composed."""
    lines = text.splitlines(keepends=True)[: at.line]
    found = re.findall(_ID_LINE, "".join(lines))
    return found[-1] if found else None


def _term_fix(finding: Diagnostic, path: Path, read: ReadRegistry) -> Correction | None:
    if finding.rule not in FIXABLE:
        return None

    def fix() -> list[Splice]:
        if finding.rule == "unreadable-yaml":
            from myofind.files.layout import missing_space

            at = missing_space(read.document.text, finding.position)
            return [Splice(at, at, " ")] if at is not None and finding.detail == NO_SPACE else []
        from myofind.checks.word_fixes import term_splices

        return term_splices(finding.rule, path, read)

    return fix
