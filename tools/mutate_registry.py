"""Plant one defect at a random place of a registry, many times, and count those that `validate` finds at their line.

    python tools/mutate_registry.py [FILE] [--mutants 600] [--seed 1] [--on DAY]

Prints a line for each kind of defect and every defect that was missed; exit code 1 if one was.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from myofind.checks.run import check
from myofind.names.vocabulary import resolve
from myofind.registry.location import registry_path
from myofind.registry.read import read_registry


class Mutant(NamedTuple):
    """A registry with one defect: its text, the lines (from 1) where it may be reported, and the rule."""

    text: str
    lines: frozenset[int]
    rule: str


class Registry:
    """The lines of a registry in the layout of the shipped one, and the trials among them."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        starts = [n for n, line in enumerate(self.lines) if line.startswith("  - id: ")]
        self.trials = list(zip(starts, [*starts[1:], len(self.lines)], strict=True))

    def find(
        self, rng: random.Random, pattern: str, where: Callable[[list[str]], bool] | None = None
    ) -> tuple[int, re.Match[str]] | None:
        """A random line of a random trial that matches; `where` chooses among trials by their lines."""
        found = []
        for start, end in self.trials:
            chunk = self.lines[start:end]
            if where is None or where(chunk):
                found += [(start + n, m) for n, line in enumerate(chunk) if (m := re.search(pattern, line))]
        return rng.choice(found) if found else None

    def chunk(self, line: int) -> tuple[int, int]:
        """The trial around a line."""
        return next((start, end) for start, end in self.trials if start <= line < end)

    def text(self) -> str:
        return "\n".join(self.lines)


Plant = Callable[[Registry, random.Random], "Mutant | None"]
PLANTS: dict[str, Plant] = {}


def plant(function: Plant) -> Plant:
    """A kind of defect."""
    PLANTS[function.__name__.replace("_", "-")] = function
    return function


def _with(reg: Registry, changes: dict[int, str | list[str]], rule: str, at: set[int] | None = None) -> Mutant:
    lines: list[str] = []
    places = set()
    for n, line in enumerate(reg.lines):
        new = changes.get(n, line)
        if n in changes:
            places.add(len(lines) + 1)
        lines += [new] if isinstance(new, str) else new
    return Mutant("\n".join(lines), frozenset(at or places), rule)


def _edit(
    pattern: str, new: str | Callable[[re.Match[str]], str], rule: str, where: Callable[[list[str]], bool] | None = None
) -> Plant:
    def function(reg: Registry, rng: random.Random) -> Mutant | None:
        found = reg.find(rng, pattern, where)
        if not found:
            return None
        n, match = found
        line = reg.lines[n]
        text = new(match) if callable(new) else match.expand(new)
        return _with(reg, {n: line[: match.start()] + text + line[match.end() :]}, rule)

    return function


def _has(*patterns: str) -> Callable[[list[str]], bool]:
    return lambda chunk: all(any(re.search(p, line) for line in chunk) for p in patterns)


def _lacks(*patterns: str) -> Callable[[list[str]], bool]:
    return lambda chunk: not any(re.search(p, line) for line in chunk for p in patterns)


def _one_source(chunk: list[str]) -> bool:
    return (
        sum("- {ref: " in line for line in chunk) == 1
        and not any("for: [" in line for line in chunk)
        and any("enrollment" in line for line in chunk)
    )


EDITS: dict[str, tuple[object, ...]] = {
    "key with a letter less": (r"^    (spons)o(r: )", r"    \1\2", "unknown-key"),
    "key of eligibility misspelt": (r"^      (cov)e(rage: )", r"      \1\2", "unknown-key"),
    "key in a flow mapping misspelt": (r"\{value: ", "{vaule: ", "unknown-key"),
    "observation without its day": (r" as_of: [0-9-]+,", "", "missing-key"),
    "observation without a source": (r"(\{value: .*), source: [a-z0-9-]+", r"\1", "missing-key"),
    "list instead of a text": (r"^    sponsor: ([A-Za-z ]+)$", r"    sponsor: [\1]", "wrong-type"),
    "text instead of a mapping": (r"^    countries: \{.*", "    countries: FR", "wrong-type"),
    "kind misspelt": (r"^    kind: (\w)(\w+)", r"    kind: \2", "unknown-value"),
    "status misspelt": (r"value: (\w+?)ing,", r"value: \1in,", "unknown-value"),
    "yes instead of true": (r"complete: (true|false)", "complete: yes", "unknown-value"),
    "subtype misspelt": (r"(subtypes: \{admits: \[)(\w+)", r"\1\2x", "unknown-subtype"),
    "subtype by its name": (r"(subtypes: \{admits: \[)(\w+)", r"\1dermatomyosite", "unknown-subtype"),
    "antibody unknown": (r"(required_any: \[)(\w+)", r"\1anti-PL-17", "unknown-autoantibody"),
    "country by its name": (r"(listed: \[)([A-Z]{2})", r"\1France", "unknown-country"),
    "country that is none": (r"(country: )([A-Z]{2})", r"\1UK", "unknown-country"),
    "date in another form": (r"^    start: .*", "    start: 03/04/2025", "malformed-date"),
    "30 February": (r"^    (start|end): .*", r"    \1: 2025-02-30", "impossible-date"),
    "month 13": (r"^    (start|end): .*", r"    \1: 2025-13", "impossible-date"),
    "NCT number one digit short": (r"^  - id: (NCT\d{7})\d", r"  - id: \1", "malformed-id"),
    "NCT number in lower case": (r"^  - id: NCT(\d{8})", r"  - id: nct\1", "malformed-id"),
    "EudraCT number without a zero": (r'eudract: "?(20\d\d-)0(\d+-\d\d)"?', r'eudract: "\1\2"', "malformed-id"),
    "number with a leading zero": (r"^    enrollment: (\d+)", r"    enrollment: 0\1", "malformed-number"),
    "number in words": (r"^    enrollment: (\d+)", "    enrollment: forty", "malformed-number"),
    "age in words": (r"age: \{min: \d+", "age: {min: eighteen", "malformed-span"),
    "no value": (r"^    sponsor: .*", "    sponsor:", "empty-value"),
    "empty list": (r"^    phase: .*", "    phase: []", "empty-value"),
    "control character": (r"^    sponsor: ([A-Za-z ]+)$", r'    sponsor: "\1\\e[31m"', "control-character"),
    "space at the end of the line": (r"^    (kind: \w+)$", r"    \1 ", "stray-space"),
    "non-breaking space": (r"^    (title: \"?\w+) (?=\w)", "    \\1\u00a0", "stray-space"),
    "two spaces": (r"^    (title: \"?\w+) (?=\w)", r"    \1  ", "stray-space"),
    "zero-width space": (r"^    (title_fr: \"?\w)", "    \\1\u200b", "invisible-character"),
    "future observation": (r"as_of: [0-9-]+", "as_of: 2099-01-01", "future-status"),
    "future page": (r"(\{ref: .*date: )[0-9-]+", r"\g<1>2099-01-01", "future-date"),
    "ages reversed": (r"age: \{min: \d+.*?\}", "age: {min: 75, max: 18}", "reversed-bounds"),
    "age nobody has": (r"age: \{min: \d+.*?\}", "age: {min: 180}", "implausible-age", _lacks("not_iim")),
    "age that excludes nobody": (r"age: \{min: \d+", "age: {min: 0", "idle-criterion", _lacks("not_iim")),
    "subtype admitted and excluded": (r"subtypes: \{admits: \[(\w+)\]\}", r"subtypes: {admits: [\1], excludes: [\1]}", "subtype-admitted-and-excluded"),
    "subtype twice": (r"(admits: \[)(\w+)", r"\1\2, \2", "repeated-item"),
    "site elsewhere": (r"(- \{country: )[A-Z]{2}", r"\1AQ", "site-outside-countries"),
    "country listed and ruled out": (r"listed: \[([A-Z]{2})(.*?)\], complete: (\w+)\}", r"listed: [\1\2], complete: \3, not_in: [\1]}", "country-listed-and-excluded"),
    "complete without a list": (r"countries: \{listed: .*", "countries: {complete: true}", "nothing-listed", _lacks(r"- \{country")),
    "source misspelt": (r"(\{ref: [a-z0-9-]+)", r"\1x", "undeclared-source"),
    "source of a status misspelt": (r"(source: [a-z0-9-]+)", r"\1x", "undeclared-source"),
    "support for a key that is none": (r"for: \[(\w+)", r"for: [\1s_", "unknown-fact"),
    "conflict about nothing": (r"\{about: (\w+)", r"{about: \1_", "unknown-fact"),
    "sentence of a source": (r"^    title: (?![\"'])(.*)$", r"    title: \1 and a long sentence that goes on with the words of the source, as nobody would say it in a title of our own", "copied-sentence"),
    "acronym as long as a sentence": (r"^    acronym: .*", "    acronym: " + "very " * 12 + "long acronym", "text-too-long"),
    "tag": (r"^    enrollment: (\d+)", r"    enrollment: !!int \1", "yaml-tag"),
    "anchor": (r"^    enrollment: (\d+)", r"    enrollment: &n \1", "yaml-alias"),
    "bracket not closed": (r"(subtypes: \{admits: \[\w+.*)\]\}$", r"\1}", "unreadable-yaml"),
    "quote not closed": (r'^(    title(_fr)?: ")(.*)"$', r"\1\3", "unreadable-yaml"),
    "colon in plain text": (r"^    title: (?![\"'])(\w+)", r"    title: \1: more", "unreadable-yaml"),
}  # fmt: skip


def _register() -> None:
    for name, (pattern, new, rule, *where) in EDITS.items():
        PLANTS[name] = _edit(pattern, new, rule, where[0] if where else None)  # type: ignore[arg-type]  # a text or none


_register()


@plant
def draft(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    sources:$")
    if not found:
        return None
    n = found[0]
    return _with(reg, {n: ["    draft: true", reg.lines[n]]}, "draft-entry")


@plant
def extends_on_a_trial(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    kind: (interventional|observational)$")
    if not found:
        return None
    n = found[0]
    return _with(
        reg, {n: [reg.lines[n], f"    extends: {reg.lines[reg.trials[0][0]].split()[-1]}"]}, "orphan-extension", {n + 2}
    )


@plant
def extension_without_parent(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    extends: ", _lacks("about: (extends|kind)"))
    if not found:
        return None
    n = found[0]
    kind = next(k for k in range(n, 0, -1) if reg.lines[k].startswith("    kind:"))
    return _with(reg, {n: []}, "orphan-extension", {kind + 1})


@plant
def key_twice(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    (sponsor|kind|title|enrollment): [^\[{|>]*$")
    if not found:
        return None
    n = found[0]
    return _with(reg, {n: [reg.lines[n], reg.lines[n]]}, "duplicate-key", {n + 2})


@plant
def id_of_another_trial(reg: Registry, rng: random.Random) -> Mutant | None:
    (a, _), (b, _) = sorted(rng.sample(reg.trials, 2))
    return _with(reg, {b: reg.lines[a]}, "duplicate-id")


@plant
def acronym_of_another_trial(reg: Registry, rng: random.Random) -> Mutant | None:
    named = [n for n, line in enumerate(reg.lines) if line.startswith("    acronym: ")]
    if len(named) < 2:
        return None
    a, b = sorted(rng.sample(named, 2))
    return _with(reg, {b: reg.lines[a]}, "duplicate-acronym")


@plant
def title_of_another_trial(reg: Registry, rng: random.Random) -> Mutant | None:
    titled = [n for n, line in enumerate(reg.lines) if line.startswith("    title: ")]
    a, b = sorted(rng.sample(titled, 2))
    return _with(reg, {b: reg.lines[a]}, "duplicate-study")


@plant
def number_of_another_trial(reg: Registry, rng: random.Random) -> Mutant | None:
    (a, _), (b, _) = sorted(rng.sample([t for t in reg.trials if "NCT" in reg.lines[t[0]]], 2))
    number = reg.lines[a].split()[-1]
    if reg.lines[b + 1].startswith("    ids:"):
        return None
    return _with(reg, {b: [reg.lines[b], f"    ids: {{nct: {number}}}"]}, "duplicate-study", {b + 2})


@plant
def end_before_start(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(
        rng, r"^    end: ", lambda chunk: _has(r"^    start: ")(chunk) and _lacks("about: (start|end)")(chunk)
    )
    if not found:
        return None
    start, end = reg.chunk(found[0])
    first = next(n for n in range(start, end) if reg.lines[n].startswith("    start: "))
    places = {found[0] + 1, *(n + 1 for n in range(start, end) if reg.lines[n].startswith("    primary_completion: "))}
    return _with(reg, {found[0]: "    end: 1950-01", first: "    start: 2020-01"}, "reversed-dates", places)


@plant
def recruiting_long_ago(reg: Registry, rng: random.Random) -> Mutant | None:
    endless = _lacks("^    end: ")  # past its recorded end a trial has another finding

    def fits(chunk: list[str]) -> bool:
        return endless(chunk) and sum("value: " in line for line in chunk) == 1

    found = reg.find(rng, r"value: \w+, as_of: [0-9-]+", fits)
    if not found:
        return None
    n, match = found
    return _with(reg, {n: reg.lines[n].replace(match[0], "value: recruiting, as_of: 2015-01-01")}, "stale-status")


@plant
def recruiting_after_the_end(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(
        rng,
        r"^    end: ",
        lambda chunk: _has("- {value: ")(chunk) and _lacks(r"^    (primary_completion|start: 202[5-9])")(chunk),
    )
    if not found:
        return None
    start, end = reg.chunk(found[0])
    first = next(n for n in range(start, end) if "- {value: " in reg.lines[n])
    changes: dict[int, str | list[str]] = {
        first: re.sub(r"value: \w+", "value: recruiting", reg.lines[first]),
        found[0]: "    end: 2025-01",
    }
    return _with(reg, changes, "overdue-status", {first + 1})


@plant
def observations_swapped(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"- \{value: .*as_of: ([0-9-]+)")
    if not found or "- {value: " not in reg.lines[found[0] + 1]:
        return None
    n = found[0]
    days = [re.search(r"as_of: ([0-9-]+)", reg.lines[k])[1] for k in (n, n + 1)]  # type: ignore[index]  # every observation has a day
    if days[0][:7] == days[1][:7]:
        return None
    at = {k + 1 for k in range(*reg.chunk(n)) if "- {value: " in reg.lines[k]}
    return _with(reg, {n: reg.lines[n + 1], n + 1: reg.lines[n]}, "unordered-status", at)


@plant
def two_statuses_one_day(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"- \{value: (\w+)", _lacks("about: status"))
    if not found:
        return None
    n, match = found
    other = "withdrawn" if match[1] != "withdrawn" else "completed"
    return _with(reg, {n: [reg.lines[n], reg.lines[n].replace(match[1], other, 1)]}, "contradictory-status", {n + 2})


@plant
def antibody_required_and_excluded(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^      coverage: ", _lacks("autoantibodies", "sex:", "not_iim"))
    if not found:
        return None
    start, end = reg.chunk(found[0])
    after = max(n for n in range(start, end) if re.match(r"      (coverage|subtypes|age):", reg.lines[n]))
    one, other = rng.choice([("jo1", "jo1"), ("srp", "msa_any"), ("pl7", "ars_any"), ("mda5", "mda5")])
    new = f"      autoantibodies: {{required_all: [{one}], excluded: [{other}]}}"
    return _with(reg, {after: [reg.lines[after], new]}, "contradictory-criteria", {after + 2})


@plant
def juvenile_from_eighteen(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(
        rng,
        r"^      subtypes: ",
        _lacks("check_by_hand", "cohorts", "about: eligibility", "onset_age", r"^      age:", "not_iim"),
    )
    if not found:
        return None
    n = found[0]
    return _with(reg, {n: ["      subtypes: {admits: [jdm]}", "      age: {min: 18}"]}, "juvenile-adults-only", {n + 1})


@plant
def dead_cohort(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^      age: \{min: 18", lambda chunk: _lacks("cohorts", "not_iim")(chunk))
    if not found:
        return None
    end = reg.chunk(found[0])[1]
    first = next(n for n in range(found[0] + 1, end) if re.match(r"    \w", reg.lines[n]))
    new = [
        "    cohorts:",
        "      - {name: adults, eligibility: {age: {min: 30}}}",
        "      - {name: children, eligibility: {age: {max: 12}}}",
    ]
    return _with(reg, {first: [*new, reg.lines[first]]}, "dead-cohort", {first + 3})


@plant
def nothing_supports_a_fact(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"- \{ref: (.*)\}$", _one_source)
    if not found:
        return None
    n = found[0]
    start, _ = reg.chunk(n)
    facts = {k + 1 for k in range(start, n) if re.match(r"    enrollment: ", reg.lines[k])}
    return _with(reg, {n: reg.lines[n][:-1] + ", for: [title, title_fr, kind, eligibility]}"}, "unsourced-fact", facts)


@plant
def source_declared_and_unused(reg: Registry, rng: random.Random) -> Mutant | None:
    n = reg.lines.index("  sources:")
    new = ["    zz-unused:", "      title: Never cited", "      url: https://example.org"]
    return _with(reg, {n: [reg.lines[n], *new]}, "unused-source", {n + 2})


@plant
def source_without_address(reg: Registry, rng: random.Random) -> Mutant | None:
    header = [n for n in range(reg.trials[0][0]) if re.match(r"      (url|file): ", reg.lines[n])]
    n = rng.choice(header)
    above = next(k for k in range(n, 0, -1) if re.match(r"    \S", reg.lines[k]))
    both = sum(1 for k in range(above, n + 2) if re.match(r"      (url|file): ", reg.lines[k]))
    return _with(reg, {n: []}, "unreachable-source", {above + 1}) if both == 1 else None


@plant
def address_without_scheme(reg: Registry, rng: random.Random) -> Mutant | None:
    header = [n for n in range(reg.trials[0][0]) if re.match(r"      url: https?://", reg.lines[n])]
    n = rng.choice(header)
    return _with(reg, {n: re.sub("https?://", "", reg.lines[n])}, "malformed-address")


@plant
def french_title_in_english(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    title: ")
    if not found or not reg.lines[found[0] + 1].startswith("    title_fr: "):
        return None
    n = found[0]
    return _with(reg, {n + 1: reg.lines[n].replace("title:", "title_fr:", 1)}, "repeated-sentence")


@plant
def title_removed(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"^    title(_fr)?: ")
    if not found:
        return None
    return _with(reg, {found[0]: []}, "missing-title", {reg.chunk(found[0])[0] + 1})


@plant
def drug_misspelt(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(rng, r"- \{name: ([a-z]{10,})([,}])")
    if not found or resolve("drugs", found[1][1], exact=True).id is None:
        return None
    n, match = found
    at = rng.randrange(2, len(match[1]) - 2)
    slip = match[1][:at] + match[1][at + 1 :]
    if resolve("drugs", slip, exact=True).id is not None:
        return None
    return _with(reg, {n: reg.lines[n].replace(match[1], slip, 1)}, "unknown-drug")


@plant
def completed_before_it_started(reg: Registry, rng: random.Random) -> Mutant | None:
    found = reg.find(
        rng, r"^    start: .*", lambda chunk: _has("value: completed")(chunk) and _lacks("about: (status|start)")(chunk)
    )
    if not found:
        return None
    start, end = reg.chunk(found[0])
    at = {n + 1 for n in range(start, end) if "value: completed" in reg.lines[n]}
    return _with(reg, {found[0]: "    start: 2026-12"}, "finished-before-start", at)


@plant
def trials_swapped(reg: Registry, rng: random.Random) -> Mutant | None:
    k = rng.randrange(len(reg.trials) - 2)
    (a, b), (_, c) = reg.trials[k], reg.trials[k + 1]
    lines = reg.lines[:a] + reg.lines[b:c] + reg.lines[a:b] + reg.lines[c:]
    return Mutant("\n".join(lines), frozenset({a + 1, a + (c - b) + 1}), "trial-order")


@plant
def keys_swapped(reg: Registry, rng: random.Random) -> Mutant | None:
    simple = r"    (acronym|title|title_fr|kind|comparator|enrollment|start|end|sponsor|follow_up): "
    found = reg.find(rng, "^" + simple)
    if not found or not re.match(simple, reg.lines[found[0] + 1]):
        return None
    n = found[0]
    return _with(reg, {n: reg.lines[n + 1], n + 1: reg.lines[n]}, "key-order")


@plant
def version_in_words(reg: Registry, rng: random.Random) -> Mutant | None:
    n = next(n for n, line in enumerate(reg.lines) if line.startswith("  version: "))
    return _with(reg, {n: "  version: " + rng.choice(["v2", "2026-8", "2026.13.0", "latest"])}, "malformed-version")


@plant
def registry_older_than_its_facts(reg: Registry, rng: random.Random) -> Mutant | None:
    n = next(n for n, line in enumerate(reg.lines) if line.startswith("  as_of: "))
    day = reg.lines[n].split()[-1]
    newer = {
        k + 1
        for k, line in enumerate(reg.lines)
        if (m := re.search(r"value: \w+, as_of: ([0-9-]+)", line)) and m[1] > "2001-01"
    }
    return _with(reg, {n: "  as_of: 2001-01-01"}, "registry-date-behind", newer) if day > "2001" else None


def mutants(text: str, count: int, seed: int) -> list[tuple[str, Mutant]]:
    """Mutants of every kind in turn, at random places."""
    reg, rng = Registry(text), random.Random(seed)
    found: list[tuple[str, Mutant]] = []
    names = sorted(PLANTS)
    misses: Counter[str] = Counter()
    while len(found) < count and names:
        for name in list(names):
            mutant = PLANTS[name](reg, rng)
            if mutant is not None and mutant.text != text:
                found.append((name, mutant))
            else:
                misses[name] += 1
                if misses[name] > 50:
                    names.remove(name)
    return found[:count]


def is_found(mutant: Mutant, day: date) -> bool:
    """Whether the defect is reported by its rule at its line."""
    report = check(read_registry(mutant.text.encode(), "mutant"), day)
    return any(f.rule == mutant.rule and f.position.line in mutant.lines for f in report.findings)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=None)
    parser.add_argument("--mutants", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    path = asked.file or registry_path()
    text = path.read_text(encoding="utf-8")
    clean = check(read_registry(text.encode(), str(path)), asked.on)
    errors = [f for f in clean.findings if f.severity == "error"]
    print(f"{path}: {len(errors)} errors before any defect is planted")
    planted, found = Counter[str](), Counter[str]()
    for name, mutant in mutants(text, asked.mutants, asked.seed):
        planted[name] += 1
        if is_found(mutant, asked.on):
            found[name] += 1
        else:
            print(f"missed: {name} ({mutant.rule}) at line {sorted(mutant.lines)[:4]}")
    for name in sorted(planted):
        print(f"{found[name]:>4} of {planted[name]:<4} {name}")
    print(f"{found.total()} of {planted.total()} defects of {len(planted)} kinds found at their line")
    return 0 if found == planted and not errors else 1


if __name__ == "__main__":
    sys.exit(main())
