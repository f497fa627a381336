"""What `validate` costs, as ratios: against the smallest program with a table, and against composing the YAML alone.

    python benchmarks/validate.py [--pairs 15] [--trials 10000]

The first ratio compares whole processes in pairs: `myofind validate` on the shipped registry with nothing kept from
an earlier run, and again with the report kept. The second compares reading and checking a large registry with what
libyaml and PyYAML need to compose it, with the garbage collector paused for both.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from myofind.registry.location import registry_path

SMALLEST = Path(__file__).with_name("smallest.py")


def timed(command: list[str], env: dict[str, str]) -> float:
    """The CPU time of a process, which other work on the machine disturbs less than the clock on the wall."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def processes(pairs: int) -> None:
    """Ratios of whole processes, in pairs."""
    with tempfile.TemporaryDirectory() as folder:
        # Compiled modules are written, as an installation does.
        plain = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        fresh = {**plain, "XDG_CACHE_HOME": "/dev/null/none"}
        kept = {**fresh, "XDG_CACHE_HOME": folder}
        ours = [sys.executable, "-m", "myofind", "validate"]
        timed(ours, fresh)
        timed(ours, kept)
        rows = [
            (timed([sys.executable, str(SMALLEST)], fresh), timed(ours, fresh), timed(ours, kept)) for _ in range(pairs)
        ]
    base = min(row[0] for row in rows)
    print(f"smallest program with a table: {base * 1000:.0f} ms of CPU")
    for name, place in (("nothing kept", 1), ("report kept", 2)):
        best, ratios = min(row[place] for row in rows), [row[place] / row[0] for row in rows]
        print(
            f"validate, {name}: {best * 1000:.0f} ms; ratio {best / base:.2f} of the shortest, "
            f"{statistics.median(ratios):.2f} of pairs"
        )


def large(text: str, count: int) -> str:
    """A registry of many trials: the shipped ones again and again, each with its own number, titles and acronym."""
    head, _, rest = text.partition("\ntrials:\n")
    chunks = [chunk.rstrip("\n") for chunk in rest.split("  - id: ")[1:]]
    parts = [head, "\ntrials:\n"]
    for number in range(count):
        chunk = chunks[number % len(chunks)]
        chunk = re.sub(
            r"^\S+", f"NCT{10_000_000 + number}", re.sub(r"(?i)NCT\d{8}", f"NCT{10_000_000 + number}", chunk)
        )
        chunk = re.sub(r"\n    ids: .*", "", chunk)
        chunk = re.sub(r"\n    extends: .*", "\n    extends: NCT10000000", chunk)
        chunk = re.sub(r"\n    title: .*", f"\n    title: Immunoglobulins in active myositis, study {number}", chunk)
        chunk = re.sub(
            r"\n    title_fr: .*", f"\n    title_fr: Immunoglobulines dans les myosites actives, étude {number}", chunk
        )
        chunk = re.sub(r"\n    acronym: .*", f"\n    acronym: ACRO-{number}", chunk)
        parts += ["  - id: ", chunk, "\n\n"]
    return "".join(parts)


def scale(count: int) -> None:
    """Ratios against composing alone."""
    import yaml

    from myofind.checks.run import check
    from myofind.registry.read import read_registry

    shipped = registry_path().read_text(encoding="utf-8")
    gc.disable()
    for trials in (count // 4, count // 2, count):
        text = large(shipped, trials)
        data = text.encode()
        rows = []
        for _ in range(3):
            start = time.process_time()
            yaml.compose(text, Loader=yaml.CSafeLoader)
            composed = time.process_time()
            read = read_registry(data, "large.yaml")
            done_reading = time.process_time()
            report = check(read, date.today())
            checked = time.process_time()
            rows.append((composed - start, done_reading - composed, checked - done_reading))
            del read
        compose, reading, checking = min(rows, key=sum)
        errors = sum(finding.severity == "error" for finding in report.findings)
        print(
            f"{trials:>6} trials, {len(data) / 1e6:.1f} MB: compose {compose:.2f} s, read {reading:.2f} s, check {checking:.2f} s, "
            f"ratio {(reading + checking) / compose:.2f} ({errors} errors, {len(report.findings)} findings)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--trials", type=int, default=10_000)
    asked = parser.parse_args()
    if asked.pairs:
        processes(asked.pairs)
    if asked.trials:
        scale(asked.trials)


if __name__ == "__main__":
    main()
