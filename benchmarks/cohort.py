"""How fast a cohort of patients is answered, and that memory does not grow with it.

Run with the Python of an environment in which myofind is installed: `.venv/bin/python benchmarks/cohort.py
[--patients 10000] [--memory 100000]`. One process, one core. Patients are drawn with a fixed seed: every second has a
birth date, the others an age; none to four autoantibody results of some thirty; half an onset; all that varies, varies.
A pair is a patient and a trial. The targets are 1,000,000 pairs a second for verdicts, 300,000 for the whole command with
one compact JSON line a patient.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from myofind.asking.patient_table import read_cohort
from myofind.matching.many_patients import Judge
from myofind.matching.trial_sets import verdicts
from myofind.registry.compiled import open_store
from myofind.registry.location import registry_path

DAY = date(2026, 11, 20)
SUBTYPES = [
    "dm",
    "dm",
    "dm",
    "pm",
    "pm",
    "imnm",
    "asys",
    "asys",
    "ibm",
    "jdm",
    "cadm",
    "overlap",
    "imnm_srp",
    "imnm_hmgcr",
    "dm_mda5",
    "iim",
    "pm;asys",
]
ANTIBODIES = [
    "jo1",
    "pl7",
    "pl12",
    "ej",
    "oj",
    "ks",
    "zo",
    "ha",
    "mi2",
    "tif1g",
    "nxp2",
    "mda5",
    "sae",
    "srp",
    "hmgcr",
    "cn1a",
    "pmscl",
    "ku",
    "u1rnp",
    "ro52",
    "ro60",
    "la",
    "ama",
    "msa_any",
    "ars_any",
    "mi2a",
    "mi2b",
    "pmscl75",
    "pmscl100",
    "ana",
]
COUNTRIES = ["FR", "FR", "FR", "FR", "DE", "IT", "ES", "GB", "US", "BE", "CH", "NL", "CA", "CN", "JP", "FR;BE"]
COLUMNS = ["id", "subtype", "age", "birth_date", "autoantibodies", "country", "sex", "onset", "ild", "refractory"]


def patients(path: Path, count: int) -> None:
    """Write a table of patients."""
    chance = random.Random(20261120)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for number in range(count):
            born = DAY - timedelta(days=chance.randrange(3 * 365, 88 * 365))
            began = born + timedelta(days=chance.randrange((DAY - born).days))
            results = chance.sample(ANTIBODIES[:23], chance.choice([0, 0, 1, 1, 2, 3, 4]))
            words = [f"{one}={chance.choice(['positive', 'negative', 'negative', 'borderline'])}" for one in results]
            writer.writerow(
                [
                    f"p{number}",
                    chance.choice(SUBTYPES),
                    (DAY - born).days // 366 if number % 2 else "",
                    "" if number % 2 else born.isoformat(),
                    "; ".join(words),
                    chance.choice(COUNTRIES),
                    chance.choice(["female", "male", ""]),
                    chance.choice(["", began.isoformat()[:7]]) if not number % 2 else "",
                    chance.choice(["yes", "no", ""]),
                    chance.choice(["yes", "no", ""]),
                ]
            )


def command(path: Path, into: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of the whole command."""
    words = [sys.executable, "-m", "myofind", "match", "--cohort", str(path), "-f", "json", "--on", DAY.isoformat()]
    with into.open("wb") as out:
        start = time.perf_counter()
        child = subprocess.Popen(words, stdout=out, stderr=subprocess.DEVNULL, env=dict(os.environ))
        _, status, usage = os.wait4(child.pid, 0)
        spent = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"the command failed: {child.returncode}")
    return spent, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--patients", type=int, default=10_000)
    parser.add_argument("--memory", type=int, default=100_000, help="the larger cohort for peak memory; 0: leave out")
    asked = parser.parse_args()
    store = open_store(registry_path())
    trials = len(store)
    with tempfile.TemporaryDirectory() as folder:
        path, into = Path(folder) / "cohort.csv", Path(folder) / "answers.jsonl"
        patients(path, asked.patients)
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(read_cohort(lines, "cohort", DAY))
        bad = [row for row in rows if row.patient is None]
        people = [row.patient for row in rows if row.patient is not None]
        pairs = len(people) * trials
        print(f"{len(people)} patients ({len(bad)} contradictory rows left out) x {trials} trials")
        some = people[:300]
        start = time.perf_counter()
        for one in some:
            verdicts(store.index, one, DAY)
        alone = (time.perf_counter() - start) / len(some)
        judge = Judge(store.index, DAY)
        start = time.perf_counter()
        for one in people:
            judge.verdicts(one)
        spent = time.perf_counter() - start
        print(f"verdicts: {pairs / spent:,.0f} pairs a second ({pairs / spent / 1e6:.2f} x the target)")
        print(f"  {spent / len(people) * 1e6:.1f} us a patient; without keeping what recurs: {alone * 1e6:.0f} us")
        spent, _ = command(path, into)
        print(
            f"whole command: {pairs / spent:,.0f} pairs a second ({pairs / spent / 3e5:.2f} x the target), {spent:.2f} s"
        )
        if asked.memory:
            peaks = []
            for count in (1_000, asked.memory):
                patients(path, count)
                spent, peak = command(path, into)
                peaks.append(peak)
                print(f"{count} patients: {spent:.1f} s, peak memory {peak:.1f} MB")
            print(f"memory: {peaks[1] / peaks[0]:.2f} x")


if __name__ == "__main__":
    main()
