"""The snippets of the rules' documentation, put into a whole small registry."""

from __future__ import annotations

import re

from myofind.registry.file_format import FILE, HEADER, TRIAL
from myofind.registry.forms import ListOf, Mapping

HEAD = """\
registry:
  name: myositis-trials
  schema: 1
  version: 2025.5.0
  as_of: 2025-05-17
  sources:
    afm-2025: {title: Avancées 2025, publisher: AFM-Téléthon, date: 2025-05-17, url: "https://example.org/2025"}
"""

TRIAL_KEYS = """\
id: NCT00000001
title: Efgartigimod in active myositis
title_fr: Efgartigimod dans les myosites actives
kind: interventional
eligibility:
  coverage: summary
  subtypes: {admits: [dm]}
sources:
  - {ref: afm-2025, at: l. 1}
"""


def blocks(text: str) -> list[tuple[str, str]]:
    """The keys at the left margin, each with its lines."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        key = re.match(r"([A-Za-z_]+):", line)
        if key:
            found.append((key[1], line + "\n"))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def overlaid(base: str, over: str, order: tuple[str, ...]) -> str:
    """The base with the keys of the other text in their place; two keys swapped or doubled in it stay so."""
    new = blocks(over)
    names = [key for key, _ in new]
    kept = [(key, text) for key, text in blocks(base) if key not in names]
    rank = {key: place for place, key in enumerate(order)}
    if names != sorted(names, key=lambda name: rank.get(name, 99)):
        # The snippet shows an order: its keys stay together, after the base's keys that come before all of them.
        first = min(rank.get(name, 99) for name in names)
        before = [one for one in kept if rank[one[0]] < first]
        return "".join(text for _, text in [*before, *new, *kept[len(before) :]])
    whole = kept + new
    return "".join(text for _, text in sorted(whole, key=lambda one: rank.get(one[0], 99)))


def indented(text: str, by: int, first: str = "") -> str:
    lines = text.splitlines(keepends=True)
    return "".join(
        (first if n == 0 and first else " " * by if line.strip() else "") + line for n, line in enumerate(lines)
    )


def trial(over: str, number: int = 1) -> str:
    base = TRIAL_KEYS.replace("NCT00000001", f"NCT0000000{number}")
    if number > 1:
        base = base.replace("active myositis", f"myositis, part {number}").replace(
            "actives", f"actives, volet {number}"
        )
    assert isinstance(TRIAL, Mapping)
    return indented(overlaid(base, over, tuple(TRIAL.keys)), 4, "  - ")


def dedented(text: str, by: int) -> str:
    return "".join(line[by:] if line[:by].strip() == "" else line for line in text.splitlines(keepends=True))


def whole(snippet: str) -> str:
    """A registry that holds the snippet: keys of a trial, or `registry:` and `trials:`."""
    top = dict(blocks(snippet))
    if not top:
        return snippet + "\n"
    assert isinstance(FILE.keys["trials"].form, ListOf)
    if not set(top) <= {"registry", "trials"}:
        return HEAD + "trials:\n" + trial(snippet + "\n")
    head = HEAD
    if "registry" in top:
        inner = dedented(top["registry"].partition("\n")[2], 2)
        base = dedented(HEAD.partition("\n")[2], 2)
        head = "registry:\n" + indented(overlaid(base, inner, tuple(HEADER.keys)), 2)
    trials = [""]
    if "trials" in top:
        body = top["trials"].partition("\n")[2]
        trials = [dedented("    " + part, 4) for part in re.split(r"(?m)^  - ", body) if part.strip()]
    return head + "trials:\n" + "".join(trial(one, number) for number, one in enumerate(trials, 1))


def case(name: str, snippet: str, *, fails: bool) -> str:
    """The registry of a rule's snippet; some rules are about what cannot be shown by keys alone."""
    if name == "merge-marker" and fails:
        lines = snippet.splitlines()
        between = "".join(line + "\n" if line[:1] in "<=>" else f"    {line}\n" for line in lines)
        return whole("kind: interventional\n").replace("    sources:", between + "    sources:")
    if name == "missing-title" and fails:
        return "".join(line for line in whole(snippet).splitlines(keepends=True) if "title_fr:" not in line)
    return whole(snippet)
