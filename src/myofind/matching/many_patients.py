"""Verdicts for many patients: what a fact decides is kept, since the same facts recur from patient to patient.

Each criterion has a key: what of a patient decides it under every rule of the registry. Patients with the same key have
the same outcomes, so a criterion is judged once a key. Days (birth, onset) are placed between the bounds of the rules.
What is kept is bounded; memory does not grow with the number of patients.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from datetime import date

from myofind.domain.eligibility import CRITERIA
from myofind.domain.known_facts import readings
from myofind.domain.lengths import too_young
from myofind.domain.patient import Patient
from myofind.domain.patient_facts import childhood, onset_ages, onset_days, relatives
from myofind.domain.turning_points import age_bounds, month_bounds, starts
from myofind.matching import trial_sets as sets
from myofind.matching.fact_outcomes import FactOutcomes, remember
from myofind.matching.trial_sets import Bits, Index, Verdicts

Pair = tuple[Bits, Bits]


class Judge:
    """Verdicts on one day, patient after patient; equal to `index.verdicts`."""

    def __init__(self, table: Index, day: date) -> None:
        self.table = table
        self.day = day
        self._kept: dict[str, dict[Hashable, Pair]] = {name: {} for name in CRITERIA}
        self._verdicts: dict[Pair, Verdicts] = {}
        self._facts = FactOutcomes(table, day)
        self._births = self._birth_bounds()
        self._durations = self._duration_bounds()
        self._onset_ages = sorted(
            {months for rule, _ in table.rules.get("onset_age", ()) for months in month_bounds(rule)}
        )
        self._antibodies = [
            (rule, bits, frozenset().union(*(relatives(one) for part in rule for one in part)))
            for rule, bits in table.rules.get("autoantibodies", ())
        ]
        self._one_rule: list[dict[Hashable, str]] = [{} for _ in self._antibodies]

    def verdicts(self, patient: Patient) -> Verdicts:
        """The verdict of every trial; of several diagnoses the best."""
        return sets.best(map(self._verdicts_of, readings(patient)))

    def _verdicts_of(self, patient: Patient) -> Verdicts:
        """The verdict of every trial under one diagnosis."""
        day, births = self.day, self._births
        failed = unsure = 0
        birth = patient.birth
        onset, began = patient.onset, childhood(patient, day)
        keys: tuple[tuple[str, Hashable], ...] = (
            ("subtype", (patient.subtypes, began)),
            (
                "age",
                birth
                and (
                    bisect_right(births, birth.earliest.toordinal()),
                    bisect_right(births, birth.latest.toordinal()),
                ),
            ),
            ("autoantibodies", patient.antibodies),
            ("country", patient.countries),
            ("sex", patient.sex),
            ("duration", onset and self._duration_key(patient)),
            ("onset_age", self._onset_key(patient) if onset or began == "child" else None),
            ("enrolment", None),
        )
        for name, key in keys:
            kept = self._kept[name]
            found = kept.get(key) or remember(kept, key, self._outcomes(name, patient))
            failed |= found[0]
            unsure |= found[1]
        no, maybe = self._facts.outcomes(patient, began)
        both = (failed | no, unsure | maybe)
        return self._verdicts.get(both) or remember(self._verdicts, both, sets.combine(self.table, *both))

    def _outcomes(self, name: str, patient: Patient) -> Pair:
        return (
            self._antibody_outcomes(patient)
            if name == "autoantibodies"
            else sets.outcomes(self.table, name, patient, self.day)
        )

    def _antibody_outcomes(self, patient: Patient) -> Pair:
        """Results are many and rules few: each rule keeps what it says to the results that bear on it."""
        failed = unsure = 0
        judge = CRITERIA["autoantibodies"]
        for (rule, bits, bearing), kept in zip(self._antibodies, self._one_rule, strict=True):
            key = tuple(result for result in patient.antibodies if result[0] in bearing)
            outcome = kept.get(key) or remember(kept, key, judge(rule, patient, self.day).outcome)
            if outcome == "not_met":
                failed |= bits
            elif outcome == "unknown":
                unsure |= bits
        return failed, unsure

    # Keys of facts that are days -------------------------------------------------------------------------------------

    def _birth_bounds(self) -> list[int]:
        ages = {bound for rule, _ in self.table.rules.get("age", ()) for bound in age_bounds(rule)}
        return sorted({too_young(number, unit, self.day) for number, unit in ages})

    def _duration_bounds(self) -> list[int]:
        """The days of onset at which a rule on the duration changes its answer."""
        rules = (rule for rule, _ in self.table.rules.get("duration", ()))
        return sorted({start for rule in rules for start in starts(rule, self.day)})

    def _duration_key(self, patient: Patient) -> Hashable:
        began = onset_days(patient)
        return began and tuple(bisect_right(self._durations, start.toordinal()) for start in began)

    def _onset_key(self, patient: Patient) -> Hashable:
        months = onset_ages(patient, self.day)
        return months and tuple(bisect_right(self._onset_ages, each) for each in months)
