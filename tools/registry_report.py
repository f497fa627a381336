"""What the registry holds, counted: the Markdown of docs/registry-contents.md.

    python tools/registry_report.py [--registry data/trials.yaml] [--write]

Recruitment is counted on the day of the data (`as_of` of the file), so the page depends on the file alone.
`--write` replaces docs/registry-contents.md. Pages are made at a release (`tools/release.py`): two editors then meet in no
page. This page names the content it was made from; as long as that is the file's, a test holds the two together.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from myofind.domain.recruitment import STATE_OF, recruitment
from myofind.domain.trial import COVERAGES, KINDS, PHASES, Eligibility, Registry, Trial
from myofind.names.vocabulary import label
from myofind.registry.read import read_registry

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "registry-contents.md"
DATA = ROOT / "data" / "trials.yaml"

STATES = ("open", "upcoming", "by_invitation", "closed", "unknown")


def rules(trial: Trial) -> tuple[Eligibility, ...]:
    """The criteria of the trial and of its cohorts."""
    return (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts))


def branches(trial: Trial) -> Iterator[Eligibility]:
    """The criteria of the trial and of its cohorts, with the alternatives inside them."""
    waiting = list(rules(trial))
    while waiting:
        rule = waiting.pop()
        yield rule
        waiting += [*rule.any_of, *(branch for choice in rule.at_least for branch in choice.of)]


def asked(trial: Trial) -> set[str]:
    """The facts that the rules of a trial ask, and `treatments`."""
    facts = {name for rule in branches(trial) for name, _ in rule.facts}
    return facts | ({"treatments"} if any(rule.treatments for rule in branches(trial)) else set())


def joinable(trial: Trial, day: date) -> bool:
    """Whether a patient might join a treatment trial on a day: not closed, and not of those that take nobody."""
    return (
        trial.kind == "interventional"
        and not (trial.takes_nobody or trial.draft)
        and recruitment(trial.status, trial.end, day).state != "closed"
    )


def admitted(trial: Trial) -> set[str]:
    """Subtypes admitted anywhere in the trial."""
    return {name for rule in rules(trial) if rule.subtypes for name in rule.subtypes.admits}


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    """A Markdown table: text to the left, numbers to the right."""
    return [
        "| " + " | ".join(head) + " |",
        "| --- |" + " ---: |" * (len(head) - 1),
        *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows),
    ]


def counted(head: str, counts: Counter[str], order: Iterable[str], name: Callable[[str], str]) -> list[str]:
    """A table of counts, in a given order, without the zeros."""
    return table((head, "studies"), [(name(key), counts[key]) for key in order if counts[key]])


def shares(trials: tuple[Trial, ...], day: date) -> list[str]:
    """How many studies have each fact: all studies, the interventional ones, those of them a patient might join."""
    facts: list[tuple[str, Callable[[Trial], bool]]] = [
        ("an age rule", lambda t: any(rule.age is not None for rule in rules(t))),
        ("a subtype rule", lambda t: bool(admitted(t))),
        ("an autoantibody rule", lambda t: any(rule.autoantibodies is not None for rule in rules(t))),
        ("a rule on another fact or a treatment", lambda t: bool(asked(t))),
        ("a note to check by hand", lambda t: any(rule.check_by_hand for rule in rules(t))),
        ("somebody to call or a page", lambda t: bool(t.contacts)),
        ("a country", lambda t: t.countries is not None and bool(t.countries.listed)),
        ("the complete list of countries", lambda t: t.countries is not None and t.countries.complete),
        ("a place", lambda t: bool(t.sites)),
        ("a dated status", lambda t: bool(t.status)),
        ("a source with its place", lambda t: any(source.at for source in t.sources)),
        ("a recorded disagreement", lambda t: bool(t.conflicts)),
    ]
    groups = (
        trials,
        tuple(t for t in trials if t.kind == "interventional"),
        tuple(t for t in trials if joinable(t, day)),
    )

    def share(group: tuple[Trial, ...], has: Callable[[Trial], bool]) -> str:
        n = sum(map(has, group))
        return f"{n} ({100 * n / max(1, len(group)):.0f} %)"

    rows = [(name, *(share(group, has) for group in groups)) for name, has in facts]
    return table(("studies with", "all", "interventional", "joinable"), rows)


def coverage(trials: tuple[Trial, ...], day: date) -> list[str]:
    """How much of the criteria was read, of all studies and of the joinable ones."""
    every = Counter(t.eligibility.coverage or "none" for t in trials)
    for_patients = Counter(t.eligibility.coverage or "none" for t in trials if joinable(t, day))
    rows = [(read, every[read], for_patients[read]) for read in (*COVERAGES, "none") if every[read]]
    return table(("criteria read", "studies", "joinable"), rows)


def facts_asked(trials: tuple[Trial, ...], day: date) -> list[str]:
    """How many studies ask each fact, all and joinable, the most asked first."""
    every = Counter(name for t in trials for name in asked(t))
    for_patients = Counter(name for t in trials if joinable(t, day) for name in asked(t))
    rows = [
        (f"`{name}`", every[name], for_patients[name]) for name in sorted(every, key=lambda name: (-every[name], name))
    ]
    return table(("fact", "studies", "joinable"), rows)


def content_of(path: Path = DATA) -> str:
    """The fingerprint of a registry file, as the page names it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def as_released(path: Path = DATA) -> bool:
    """Whether the registry is the one its pages were made from; between releases it has moved on."""
    return f"`{content_of(path)}`" in PAGE.read_text(encoding="utf-8")


def report(registry: Registry, content: str) -> str:
    """The whole page; `content` is the fingerprint of the file."""
    trials = registry.trials
    day = date.fromisoformat(registry.as_of)
    subtypes = Counter(name for t in trials for name in admitted(t))
    phases = Counter(phase for t in trials for phase in t.phase or ("none",))
    states = {t.id: recruitment(t.status, t.end, day) for t in trials}
    kinds = [kind for kind in KINDS if any(t.kind == kind for t in trials)]
    statuses = Counter(states[t.id].status or "not recorded" for t in trials)
    observations = sum(len(t.status) for t in trials)
    lines = [
        "# What the registry holds",
        "",
        f"Made at a release by `python tools/release.py`, from the content `{content}` of `data/trials.yaml`.",
        "",
        f"Registry {registry.name} {registry.version}, facts up to {registry.as_of}: {len(trials)} studies, "
        f"{observations} dated status observations, {sum(len(t.conflicts) for t in trials)} recorded disagreements, "
        f"{len(registry.sources)} sources.",
        "",
        "## By kind and recruitment on the day of the data",
        "",
        *table(
            ("kind", *(state.replace("_", " ") for state in STATES), "all"),
            [
                (kind, *(sum(states[t.id].state == s for t in group) for s in STATES), len(group))
                for kind in kinds
                for group in [[t for t in trials if t.kind == kind]]
            ],
        ),
        "",
        *counted("register status", statuses, (*STATE_OF, "not recorded"), lambda key: key.replace("_", " ")),
        "",
        "## By subtype admitted",
        "",
        'A study counts once for every subtype it names; `iim` is "any myositis".',
        "",
        *counted("subtype", subtypes, sorted(subtypes, key=lambda k: (-subtypes[k], k)), named),
        "",
        "## By phase",
        "",
        "A study of phase 2/3 counts in both.",
        "",
        *counted("phase", phases, (*PHASES, "none"), lambda key: {"early_1": "early 1"}.get(key, key)),
        "",
        "## How much is known",
        "",
        "A study is joinable here when it tests a treatment, is not closed on the day of the data and takes patients.",
        "",
        *coverage(trials, day),
        "",
        *shares(trials, day),
        "",
        "## Rules by fact",
        "",
        "A study counts once for every fact that its rules ask, cohorts and alternatives included.",
        "",
        *facts_asked(trials, day),
    ]
    return "\n".join(lines) + "\n"


def named(subtype: str) -> str:
    """A subtype with its id."""
    return f"{label('subtypes', subtype)} (`{subtype}`)"


def read(path: Path) -> Registry:
    """The registry of a file."""
    return read_registry(path.read_bytes(), str(path)).registry()


def main(arguments: list[str] | None = None) -> int:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--registry", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true", help="replace docs/registry-contents.md")
    options = parser.parse_args(arguments)
    page = report(read(options.registry), content_of(options.registry))
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
