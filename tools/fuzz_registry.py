"""Damage a registry in many ways and see that `validate` always answers: no traceback, no hang, no growth of memory.

    python tools/fuzz_registry.py [FILE] [--variants 10000] [--seed 1] [--trials 12]

A variant is a part of the registry (the header and some trials) with bytes, characters, words or lines changed,
doubled, removed, moved, or replaced by what YAML treats specially. Every variant is checked and reported in every
format; the safe corrections are worked out as well, for every tenth. Prints the slowest variant and the peak memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from datetime import date
from pathlib import Path

from myofind.checks.fix import fix
from myofind.checks.run import check
from myofind.checks.table import BY_NAME, RULES
from myofind.registry.location import registry_path
from myofind.registry.read import read_registry
from myofind.writers import findings as screen

DAY = date(2026, 11, 20)

NASTY = (
    "&a ", "*a", "!!python/object:os.system ", "!x ", "<<: *a", "? ", "- ", "-", ": ", ":", "#", "{", "}", "[", "]", ",", "|", ">", "|+\n", "%YAML 1.2\n",
    "---\n", "...\n", "\t", "\r", "\r\n", "\n", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\u202e", "\x1b[31m", "\x07", "\x00", "\ud7ff", "\U0001f9ec", "é", "''", '"', "'",
    '"\\x41"', '"\\', "null", "~", "NO", "yes", "010", "1e9", "0x10", "99999999999999999999", "-1", "1.5", ".nan", "2025-02-30", "0000-00-00", "9999-12-31",
    "999 years", "0 days", "none", "NCT00000000", "trials:", "registry:", "id:", "eligibility:", "jo1", "iim", "not_iim", "jdm", "FR", "true", "[[[[[[[[", "{{{{{{{{",
    "a" * 700, "[" * 400, "- " * 300, "? " * 200, "{a: " * 60, "  " * 400,
)  # fmt: skip


def piece(text: str, rng: random.Random, trials: int) -> str:
    """The header and some of the trials."""
    head, _, rest = text.partition("\ntrials:\n")
    chunks = rest.split("\n  - id: ")
    chosen = sorted(rng.sample(range(1, len(chunks)), min(trials, len(chunks) - 1)))
    header = head.split("\n")
    short = [line for n, line in enumerate(header) if n < 60] if rng.random() < 0.8 else header
    return "\n".join(short) + "\ntrials:\n" + "".join("\n  - id: " + chunks[n] for n in chosen).lstrip("\n") + "\n"


def damaged(text: str, rng: random.Random) -> bytes:
    """One to six changes."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.choice((1, 1, 2, 5, 20, 200)))
        what = rng.randrange(8)
        if what == 0:
            text = text[:at] + rng.choice(NASTY) + text[at:]
        elif what == 1:
            text = text[:at] + text[end:]
        elif what == 2:
            text = text[:at] + rng.choice(NASTY) + text[end:]
        elif what == 3:
            text = text[:at] + text[at:end] * rng.randint(2, 4) + text[end:]
        elif what == 4:
            lines = text.split("\n")
            a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[a], lines[b] = lines[b], lines[a]
            text = "\n".join(lines)
        elif what == 5:
            lines = text.split("\n")
            n = rng.randrange(len(lines))
            lines[n] = " " * rng.randrange(9) + lines[n].lstrip()
            text = "\n".join(lines)
        elif what == 6:
            text = (
                text[:at]
                + chr(rng.choice((rng.randrange(0x20, 0x7F), rng.randrange(0xA0, 0xD7FF), rng.randrange(0x20))))
                + text[end:]
            )
        else:
            other = rng.randrange(len(text) + 1)
            text = text[:at] + text[other : other + 60] + text[at:]
    data = text.encode("utf-8", "replace")
    if rng.random() < 0.15:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + bytes(rng.randrange(256) for _ in range(rng.randint(1, 4))) + data[at + rng.randrange(3) :]
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.1 else data


def survive(data: bytes, *, correct: bool = False) -> int:
    """Check and report a file in every format; the number of findings."""
    report = check(read_registry(data, "fuzz.yaml"), DAY)
    lines = sum(data.count(one) for one in (b"\n", b"\r", b"\x85", b"\xa8", b"\xa9")) + 2
    for finding in report.findings:
        assert finding.position.line >= 1, finding
        assert finding.position.column >= 1, finding
        assert finding.position.line <= lines, finding
    text = screen.text(report.findings, report.read.document.text)
    assert "\x1b" not in text, "a control character reached the report"
    json.loads(screen.as_json(report.findings))
    met = {finding.rule for finding in report.findings}
    json.loads(screen.sarif(report.findings, [rule for rule in RULES if rule.name in met]))
    assert screen.github(report.findings).count("\n") == len(report.findings)
    if correct:
        fixed = fix(data, report, DAY, names=BY_NAME)
        again = fix(fixed.data, fixed.report, DAY, names=BY_NAME)
        assert again.data == fixed.data, "a second correction changed something"
    return len(report.findings)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=None)
    parser.add_argument("--variants", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trials", type=int, default=12)
    asked = parser.parse_args()
    text = (asked.file or registry_path()).read_text(encoding="utf-8")
    rng = random.Random(asked.seed)
    slowest, worst, clean = 0.0, -1, 0
    for number in range(asked.variants):
        data = damaged(piece(text, rng, asked.trials), rng)
        start = time.perf_counter()
        try:
            clean += survive(data, correct=number % 10 == 0) == 0
        except BaseException:
            Path("fuzz-failure.yaml").write_bytes(data)
            print(f"variant {number} (seed {asked.seed}) failed; written to fuzz-failure.yaml")
            raise
        took = time.perf_counter() - start
        if took > slowest:
            slowest, worst = took, number
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{asked.variants} variants answered ({clean} without a finding); slowest {slowest:.2f} s (number {worst}); peak {peak:.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
