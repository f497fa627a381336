"""What a list of treatments says of facts, and which facts speak of which drugs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from myofind.domain.patient import OTHER, Amount, FactValue, Patient, Status, Treatment, YesNo
from myofind.names.compiled_files import above, below
from myofind.names.facts import FactId

STEROID = "glucocorticoid"
NAIVE = (
    "biologic",
    "immunoglobulin",
    "immunosuppressant",
    "jak_inhibitor",
    "cell_therapy",
    "stem_cell_transplant",
    "fcrn_blocker",
    "complement_inhibitor",
)
"""What somebody never treated for the myositis never had."""

STANDS_FOR = {"stem_cell_transplant": "transplant", "cell_therapy": "cell_therapy"}
"""Classes that a fact of the table stands for: yes is once taken, no is never, and its usual answer is presumed."""
WIDER = frozenset(("transplant",))
"""Facts that say more than the class: of a transplant it may be an organ's, so that only a no speaks of the class."""
TAKEN_NOW = {"anticoagulant": "anticoagulant"}
"""Classes that a fact of the table says are taken now."""

BEARING: Mapping[FactId, tuple[str, ...]] = {
    "treatment_naive": NAIVE,
    "steroid_dose": (STEROID,),
    "steroid_stable": (STEROID,),
    **{id: (drug,) for drug, id in (STANDS_FOR | TAKEN_NOW).items()},
}
"""The facts that rules on treatments look at, each with the drugs and classes it speaks of."""

DERIVED: tuple[FactId, ...] = (
    "background_count",
    "failed_drugs",
    "steroid_dose",
    "steroid_failed",
    "steroid_stable",
    "treatment_naive",
    *STANDS_FOR.values(),
    *TAKEN_NOW.values(),
)
"""The facts that a list of treatments may give away."""


@cache
def of_class(drug: str, wanted: str) -> bool:
    """Whether a drug is what a rule names, itself or as a member of the class; what is not named is of none."""
    return drug == wanted or (drug != OTHER and wanted in above("drugs", drug))


@lru_cache(maxsize=256)
def derived_facts(treatments: tuple[Treatment, ...]) -> Mapping[FactId, FactValue]:
    """The steroid dose and its stability, how many immunosuppressants are taken, whether any treatment was, and what never taken never failed."""
    now = [one for one in treatments if one.status == "now"]
    steroids = [one for one in now if of_class(one.drug, STEROID)]
    values: dict[FactId, FactValue] = {}
    if len(steroids) == 1:
        dose, changed = steroids[0].dose, steroids[0].changed or steroids[0].since
        if dose is not None:
            values["steroid_dose"] = dose
        if changed is not None:
            values["steroid_stable"] = changed
    elif not_taken(STEROID, treatments):
        values["steroid_dose"] = Amount(0, 0)
    taken = [one for one in treatments if one.status in ("now", "past")]
    if not_taken(STEROID, treatments, ever=True):
        values["steroid_failed"] = YesNo(False)
    for classes_of, ever in ((STANDS_FOR, True), (TAKEN_NOW, False)):
        for drug, id in classes_of.items():
            if any(of_class(one.drug, drug) for one in (taken if ever else now)):
                values[id] = YesNo(True)
            elif id not in WIDER and not_taken(drug, treatments, ever=ever):
                values[id] = YesNo(False)
    others = {one.status for one in treatments if one.drug == OTHER}
    if any(of_class(one.drug, each) for one in taken for each in NAIVE):
        values["treatment_naive"] = YesNo(False)
    elif not taken and "never" in others:
        values["treatment_naive"] = YesNo(True)
    if "never" in others and all(of_class(one.drug, STEROID) for one in taken):
        values["failed_drugs"] = Amount(0, 0)
    background = {one.drug for one in now if of_class(one.drug, "immunosuppressant")}
    if background or others:
        least = float(_different(background))
        more = not others or any(below("drugs", each) for each in background)
        values["background_count"] = Amount(least, None if more else least)
    elif not_taken("immunosuppressant", treatments):
        values["background_count"] = Amount(0, 0)
    return values


def not_taken(drug: str, treatments: tuple[Treatment, ...], *, ever: bool = False) -> bool:
    """Whether a list says that nothing of a class is taken, or `ever` was: of it, of a broader one, or of all that is not named."""
    denials, holding = (("never",), ("now", "past")) if ever else (("never", "not_now"), ("now",))
    denied = [one.drug for one in treatments if one.status in denials]
    if any(of_class(drug, each) for each in denied):
        return True
    held = (one.drug for one in treatments if one.status in holding)
    return OTHER in denied and not any(of_class(each, drug) or of_class(drug, each) for each in held)


_STANDING = frozenset((*STANDS_FOR.values(), *TAKEN_NOW.values()))


def stand_ins(patient: Patient) -> tuple[Treatment, ...]:
    """What the facts that stand for classes of drugs say, as treatments: once taken or never, taken now or not."""
    given = dict(patient.facts)
    if given.keys().isdisjoint(_STANDING):
        return ()
    told = []
    derived = derived_facts(patient.treatments)
    said: tuple[tuple[Mapping[str, FactId], Status, Status], ...] = (
        (STANDS_FOR, "past", "never"), (TAKEN_NOW, "now", "not_now"),
    )  # fmt: skip
    for classes_of, taken, untaken in said:
        for drug, id in classes_of.items():
            value = given.get(id)
            if value == YesNo(False):
                told.append(Treatment(drug, untaken))
            elif value == YesNo(True) and id not in WIDER and derived.get(id) != value:
                told.append(Treatment(drug, taken))
    return tuple(told)


def _different(drugs: set[str]) -> int:
    """How many drugs these are at least: a class is another drug only where none of those counted may be of it."""
    counted: list[frozenset[str]] = []
    for drug in sorted(drugs, key=lambda each: (len(below("drugs", each)), each)):
        kinds = below("drugs", drug) | {drug}
        if all(kinds.isdisjoint(other) for other in counted):
            counted.append(kinds)
    return len(counted)
