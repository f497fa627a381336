"""What next questions cost: first call in a fresh process, as `match` pays it, and when called again.

Run with the Python of an environment in which myofind is installed: `.venv/bin/python benchmarks/next_questions.py
[--rounds 15]`. The target is under 2 ms on the shipped registry for a patient with a diagnosis, an age and a country.
"""

import argparse
import statistics
import subprocess
import sys

PATIENTS = {"PM, 52, France": "('pm',), '52'", "DM, 45, France": "('dm',), '45'", "JDM, 12, France": "('jdm',), '12'"}

ONE = """
import gc, time
gc.disable()
from datetime import date
from myofind.matching.answer import answer
from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.registry.location import registry_path
from myofind.registry.compiled import open_store
from myofind.advice.questions import ranked
day = date(2026, 11, 20)
store = open_store(registry_path())
asked = understand(Typed({facts}, countries=("FR",)), day)
found = answer(store.index, asked.patient, day, limit=60)
possible = found.verdicts.possible & found.taking
times = []
for _ in range(20):
    start = time.perf_counter()
    ranked(store.index, asked.patient, day, found.judged, possible, possible & found.states["open"])
    times.append((time.perf_counter() - start) * 1000)
print(times[0], min(times[1:]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    for name, facts in PATIENTS.items():
        runs = [
            subprocess.run([sys.executable, "-c", ONE.format(facts=facts)], capture_output=True, text=True, check=True)
            for _ in range(asked.rounds)
        ]
        first, again = zip(*((float(one) for one in run.stdout.split()) for run in runs), strict=True)
        print(
            f"{name:<16} first call {statistics.median(first):.2f} ms, called again {statistics.median(again):.2f} ms"
        )


if __name__ == "__main__":
    main()
