"""What a list of treatments says of facts, and which facts speak of which drugs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from myofind.domain.patient import OTHER, Amount, FactValue, Patient, Treatment, YesNo
from myofind.names.drugs import classes, members
from myofind.names.facts import FactId

__all__ = ["BEARING", "DERIVED", "NAIVE", "STANDS_FOR", "STEROID", "WIDER", "derived_facts", "of_class", "stand_ins"]

STEROID = "glucocorticoid"
NAIVE = (
    "biologic",
    "immunoglobulin",
    "immunosuppressant",
    "jak_inhibitor",
    "cell_therapy",
    "fcrn_blocker",
    "complement_inhibitor",
)
"""What somebody never treated for the myositis never had."""


STANDS_FOR = {"stem_cell_transplant": "transplant", "cell_therapy": "cell_therapy"}
"""Classes that a fact of the table stands for: yes is once taken, no is never, and its usual answer is presumed."""
WIDER = frozenset(("transplant",))
"""Facts that say more than the class: of a transplant it may be an organ's, so that only a no speaks of the class."""

BEARING: Mapping[FactId, tuple[str, ...]] = {
    "treatment_naive": NAIVE,
    "steroid_dose": (STEROID,),
    "steroid_stable": (STEROID,),
    **{id: (drug,) for drug, id in STANDS_FOR.items()},
}
"""The facts that rules on treatments look at, each with the drugs and classes it speaks of."""

DERIVED: tuple[FactId, ...] = (
    "background_count",
    "steroid_dose",
    "steroid_stable",
    "treatment_naive",
    *STANDS_FOR.values(),
)
"""The facts that a list of treatments may give away."""


@cache
def of_class(drug: str, wanted: str) -> bool:
    """Whether a drug is what a rule names, itself or as a member of the class."""
    return drug == wanted or wanted in classes(drug)


@lru_cache(maxsize=256)
def derived_facts(treatments: tuple[Treatment, ...]) -> Mapping[FactId, FactValue]:
    """The steroid dose and its stability, how many immunosuppressants are taken, and whether any treatment was, as far as the list says."""
    now = [one for one in treatments if one.status == "now"]
    steroids = [one for one in now if one.drug != OTHER and of_class(one.drug, STEROID)]
    values: dict[FactId, FactValue] = {}
    if len(steroids) == 1:
        dose, changed = steroids[0].dose, steroids[0].changed or steroids[0].since
        if dose is not None:
            values["steroid_dose"] = dose
        if changed is not None:
            values["steroid_stable"] = changed
    taken = [one for one in treatments if one.status in ("now", "past")]
    for drug, id in STANDS_FOR.items():
        if any(one.drug != OTHER and of_class(one.drug, drug) for one in taken):
            values[id] = YesNo(True)
        elif id not in WIDER and _never(drug, treatments):
            values[id] = YesNo(False)
    if any(one.drug != OTHER and any(of_class(one.drug, each) for each in NAIVE) for one in taken):
        values["treatment_naive"] = YesNo(False)
    elif not taken and any(one.drug == OTHER and one.status == "never" for one in treatments):
        values["treatment_naive"] = YesNo(True)
    background = {one.drug for one in now if of_class(one.drug, "immunosuppressant")}
    only = any(one.drug == OTHER for one in treatments)
    if background or only:
        least = float(_different(background))
        values["background_count"] = Amount(least, None if any(map(members, background)) or not only else least)
    return values


def _never(drug: str, treatments: tuple[Treatment, ...]) -> bool:
    """Whether a list says of a class that nothing of it was ever taken: of it, of a broader one, or of all that is not named."""
    if any(one.status == "never" and one.drug != OTHER and of_class(drug, one.drug) for one in treatments):
        return True
    broader = any(one.status in ("now", "past") and one.drug in classes(drug) for one in treatments)
    return not broader and any(one.status == "never" and one.drug == OTHER for one in treatments)


def stand_ins(patient: Patient) -> tuple[Treatment, ...]:
    """What the facts that stand for classes of drugs say, as treatments: a class once taken, or never."""
    told = []
    for drug, id in STANDS_FOR.items():
        value = patient.fact(id)
        if value == YesNo(False):
            told.append(Treatment(drug, "never"))
        elif value == YesNo(True) and id not in WIDER and derived_facts(patient.treatments).get(id) != value:
            told.append(Treatment(drug, "past"))
    return tuple(told)


def _different(drugs: set[str]) -> int:
    """How many drugs these are at least: a class is another drug only where none of those counted may be of it."""
    counted: list[frozenset[str]] = []
    for drug in sorted(drugs, key=lambda each: (len(members(each)), each)):
        kinds = members(drug) | {drug}
        if all(kinds.isdisjoint(other) for other in counted):
            counted.append(kinds)
    return len(counted)
