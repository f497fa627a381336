"""Two things typed that cannot both be true: a refusal that carries both, for whoever words it."""

from __future__ import annotations

from myofind.diagnostics import InputError
from myofind.domain.contradictions import Contradiction, Stated
from myofind.domain.patient import FactValue, Treatment
from myofind.names.facts import FactId

__all__ = ["Contradictory", "fact_twice", "treatment_twice"]


class Contradictory(InputError):
    """What was typed cannot all be true."""

    def __init__(self, found: Contradiction) -> None:
        super().__init__(("what was typed contradicts itself", "ce qui a été donné se contredit"))
        self.found = found


def fact_twice(id: FactId, first: FactValue, second: FactValue) -> Contradictory:
    """The refusal of a fact that is given twice, and not the same."""
    return Contradictory(Contradiction("twice", (Stated("fact", id, first), Stated("fact", id, second))))


def treatment_twice(first: Treatment, second: Treatment) -> Contradictory:
    """The refusal of two treatments that cannot both be true; the second names the drug that is told."""
    return Contradictory(
        Contradiction("twice", (Stated("treatment", second.drug, second), Stated("treatment", first.drug, first)))
    )
