"""Compare the product's verdicts with the naive ones on random patients and trials, at least half of them at bounds.

    python tools/compare_verdicts.py                            20,000 verdicts on made-up registries and on the shipped one
    python tools/compare_verdicts.py --verdicts 1000000         as many as that
    python tools/compare_verdicts.py --seed 7                   other ones
    python tools/compare_verdicts.py --shipped                  only the shipped registry
    python tools/compare_verdicts.py --plain                    only patients with one diagnosis, begun in adulthood, and single drugs

Prints how many agree, and for each kind of disagreement how often it came and its smallest case. Exit 1 on any disagreement.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import random_facts
import yaml
from naive_patient import DRUG_LINES, SUBTYPE_LINES, Plain, Reading, readings
from naive_times import completed, length
from naive_verdicts import Attempt, attempts, best
from random_cases import Case, random_case, random_day, random_trials

from myofind.asking.profile import understand
from myofind.asking.typed import Typed
from myofind.diagnostics import InputError
from myofind.domain.eligibility import Assessment, assess
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.registry.read import read_registry

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "trials.yaml"
HEADER = {
    "name": "made-up", "schema": 1, "version": "2026.1.0", "as_of": "2026-01-01",
    "sources": {"s": {"title": "t", "publisher": "p", "date": "2026-01-01", "url": "https://example.org"}},
}  # fmt: skip
PATIENTS, TRIALS = 40, 12
SHRINKING = 3
"""Seconds spent on making a disagreement smaller."""


class Disagreement(NamedTuple):
    """A trial and a patient of which the two say different things; `kind` sorts it."""

    kind: str
    trial: Plain
    case: Case
    day: date


def product_trials(plain: list[Plain]) -> tuple[Trial, ...]:
    """Trials as the product reads them from a file's text."""
    text = json.dumps({"registry": HEADER, "trials": plain})
    reading = read_registry(text.encode(), "made-up.yaml")
    if reading.findings:
        raise ValueError(reading.findings)
    return reading.registry().trials


@cache
def shipped() -> tuple[list[Plain], tuple[Trial, ...]]:
    """The shipped registry, every scalar as text, and as the product reads it."""
    data = SHIPPED.read_bytes()
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(data, Loader=loader)["trials"], read_registry(data, "trials.yaml").registry().trials


def understood(case: Case, day: date) -> Patient | None:
    """The patient as the product reads what is typed; None if it refuses."""
    try:
        patient = understand(Typed(**case.typed), day).patient
    except InputError:
        return None
    return random_facts.given(patient, case.meant) if random_facts.WHOLE else patient


def differences(product: Assessment, tried: list[Attempt], diagnoses: list[Reading]) -> list[str]:
    """What the two say differently: criteria where there is one diagnosis and no cohort, else the verdict."""
    if len(tried) == 1 and tried[0].cohort is None:
        theirs = numbered(product)
        ours = tried[0].outcomes[0]
        names = sorted({*theirs, *ours})
        pairs = [(name, theirs.get(name, "not_recorded"), ours.get(name, "not_recorded")) for name in names]
        about = {"subtype": f" ({onset_known(diagnoses[0])})"}
        told = [
            f"{name}{about.get(name, '')}: product {one}, naive {other}" for name, one, other in pairs if one != other
        ]
        if told:
            return told
    verdict = best(tried)
    if product.verdict != verdict:
        about_all = ", ".join(sorted({onset_known(reading) for reading in diagnoses}))
        return [f"verdict ({about_all}): product {product.verdict}, naive {verdict}"]
    named = [attempt.verdict for attempt in tried if attempt.cohort == product.cohort]
    return [] if verdict in named else [f"cohort: product {product.cohort}, which is not the best"]


def numbered(product: Assessment) -> dict[str, str]:
    """The product's outcomes by name; alternatives and treatments with their place."""
    names = [criterion.name for criterion in product.criteria]
    told = {}
    for place, criterion in enumerate(product.criteria):
        name = (
            criterion.name
            if criterion.name not in ("at_least", "treatments")
            else f"{criterion.name} {names[:place].count(criterion.name)}"
        )
        told["enrolment" if name == "roll_over" else name] = str(criterion.outcome)
    return told


def onset_known(reading: Reading) -> str:
    """What is known of childhood or adulthood at the onset."""
    if reading.adulthood_presumed:
        return "adult, presumed"
    return "child or adult" if len(reading.children) == 2 else "child" if reading.children == {True} else "adult"


def compared(
    trial: Plain, record: Trial, case: Case, patient: Patient, diagnoses: list[Reading], day: date
) -> list[str]:
    """The differences over one trial and one patient."""
    return differences(assess(patient, record, day), attempts(trial, case.meant, diagnoses, day), diagnoses)


def at_bound(trial: Plain, meant: Plain, day: date) -> bool:
    """Whether a day more or less may change an outcome: a birthday or an anniversary that a rule asks about is at most a day away."""
    starts: Plain = {"age": meant.get("born"), "duration": (meant.get("onset") or {}).get("days")}
    for name, ends in starts.items():
        for bound in (trial.get("eligibility", {}).get(name) or {}).values() if ends else ():
            if bound != "none" and any(near(start, day, bound) for start in ends):
                return True
    return False


def near(start: date, day: date, bound: str) -> bool:
    number, unit = length(bound)
    before, after = (completed(start, date.fromordinal(day.toordinal() + shift), unit) for shift in (-1, 1))
    return before != after and (before <= number <= after or before <= number + 1 <= after)


def special(meant: Plain) -> bool:
    """Whether a patient is of the kinds that go wrong: several diagnoses, implied facts, 29 February, the end of a month."""
    subtypes = meant.get("subtypes", [])
    implied = {"dm_mda5", "mda5_ild", "asys_ild", "imnm_srp", "imnm_hmgcr", "cam", "jdm"}
    days = [*meant.get("born", ()), *(meant.get("onset") or {}).get("days", ())]
    return len(subtypes) > 1 or bool(implied & set(subtypes)) or any(one.day > 27 for one in days)


def batches(rng: random.Random, only_shipped: bool) -> Iterator[tuple[list[Plain], tuple[Trial, ...], date]]:
    """Trials to ask about, with the day: made-up ones, and every tenth time the shipped ones."""
    whole = shipped()
    for number in range(1, sys.maxsize):
        if only_shipped or number % 10 == 0:
            chosen = rng.sample(range(len(whole[0])), TRIALS)
            yield [whole[0][place] for place in chosen], tuple(whole[1][place] for place in chosen), random_day(rng)
        else:
            plain = random_trials(rng, TRIALS)
            yield plain, product_trials(plain), random_day(rng)


def plain(meant: Plain, diagnoses: list[Reading]) -> bool:
    """Whether there is one diagnosis, its childhood form out of question, and no class of drugs stands for its members."""
    drugs = {each["drug"] for each in meant.get("treatments", [])}
    classes = {parent for drug in DRUG_LINES for parent in DRUG_LINES[drug] - {drug}} | {"other"}
    kinds = SUBTYPE_LINES.get(diagnoses[0].id or "", set())
    alone = len(diagnoses) == 1 and not diagnoses[0].qualifiers and "ici_myositis" not in kinds
    return alone and diagnoses[0].children == {False} and not drugs & classes


def run(
    verdicts: int, seed: int, only_shipped: bool = False, only_plain: bool = False
) -> tuple[Counter[str], dict[str, Disagreement]]:
    """Counts, and the first disagreement of each kind."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    first: dict[str, Disagreement] = {}
    for trials, records, day in batches(rng, only_shipped):
        for _ in range(PATIENTS):
            case = random_case(rng, trials, day)
            patient = understood(case, day)
            if patient is None:
                counts["refused"] += 1
                continue
            diagnoses = readings(case.meant, day)
            if only_plain and not plain(case.meant, diagnoses):
                continue
            for trial, record in zip(trials, records, strict=True):
                counts["verdicts"] += 1
                counts["at a bound in time"] += (bound := at_bound(trial, case.meant, day))
                counts["at bounds, several diagnoses or implied facts"] += bound or special(case.meant)
                for kind in compared(trial, record, case, patient, diagnoses, day):
                    counts[f"! {kind}"] += 1
                    first.setdefault(kind, Disagreement(kind, trial, case, day))
        if counts["verdicts"] >= verdicts:
            return counts, first
    raise AssertionError("batches never end")


def smaller(value: Any, whole: bool = True) -> Iterator[Any]:
    """The same value with one part of it left out."""
    if isinstance(value, dict):
        for key in value if len(value) > 1 or whole else ():
            yield {other: value[other] for other in value if other != key}
        for key in value:
            for part in smaller(value[key], key == "eligibility"):
                yield {**value, key: part}
    elif isinstance(value, list | tuple) and len(value) > 1:
        for place in range(len(value)):
            yield [*value[:place], *value[place + 1 :]]
        for place, item in enumerate(value):
            for part in smaller(item, False):
                yield [*value[:place], part, *value[place + 1 :]]


def shrunk(case: Disagreement) -> Disagreement:
    """The smallest trial and patient that still disagree in the same way."""
    trial = {key: case.trial[key] for key in ("eligibility", "countries", "cohorts") if key in case.trial}
    patient = case.case
    trial = least(trial, smaller, lambda part: disagrees(case, part, patient))
    patient = least(patient, Case.smaller, lambda part: disagrees(case, trial, part))
    return case._replace(trial=least(trial, smaller, lambda part: disagrees(case, part, patient)), case=patient)


def least(value: Any, parts: Callable[[Any], Iterable[Any]], good: Callable[[Any], bool]) -> Any:
    """A value of which no part can be left out any more, or as small as a few seconds make it."""
    end = time.monotonic() + SHRINKING
    while (part := next((part for part in parts(value) if time.monotonic() > end or good(part)), None)) is not None:
        if time.monotonic() > end:
            return value
        value = part
    return value


def disagrees(case: Disagreement, trial: Plain, patient: Case) -> bool:
    whole = {"id": "NCT00000001", "title": "t", "kind": case.trial["kind"], **trial}
    if whole["kind"] == "extension":
        whole["extends"] = "NCT00000002"
    try:
        record = product_trials([whole])[0]
        read = understood(patient, case.day)
        diagnoses = readings(patient.meant, case.day)
        return read is not None and case.kind in compared(whole, record, patient, read, diagnoses, case.day)
    except (ValueError, LookupError, TypeError):  # too much was left out for it to be a rule
        return False


def told(meant: Plain) -> str:
    return "".join(
        f"\n  {key:7} {json.dumps(meant[key], default=str)}" for key in ("facts", "treatments") if key in meant
    )


def main() -> int:
    """Compare as many verdicts as asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verdicts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    counts, first = run(given.verdicts, given.seed, given.shipped, given.plain)
    for name, count in sorted(counts.items(), key=lambda item: (item[0].startswith("!"), -item[1])):
        print(f"{count:>9,}  {name}")
    for kind in sorted(first, key=lambda kind: -counts[f"! {kind}"]):
        case = shrunk(first[kind])
        print(
            f"\n{kind}\n  trial   {json.dumps(case.trial)}\n  typed   {case.case.typed}{told(case.case.meant)}\n  on      {case.day}"
        )
    return 1 if first else 0


if __name__ == "__main__":
    sys.exit(main())
