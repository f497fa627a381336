"""Two things typed that cannot both be true: the refusal carries both, for whoever words it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from myofind.diagnostics import InputError

if TYPE_CHECKING:
    from myofind.domain.contradictions import Contradiction
    from myofind.domain.patient import Birth, FactValue, Treatment
    from myofind.names.facts import FactId
    from myofind.names.laboratory_values import Remark

__all__ = [
    "Contradictory",
    "check_passed_over",
    "check_times",
    "fact_and_treatment_clash",
    "fact_twice",
    "treatment_twice",
    "treatments_clash",
]


class Contradictory(InputError):
    """What was typed cannot all be true; `found` says what."""

    def __init__(self, found: Contradiction) -> None:
        super().__init__(("what was typed contradicts itself", "ce qui a été donné se contredit"))
        self.found = found


def check_passed_over(remarks: Iterable[Remark], birth: Birth | None, day: date) -> None:
    """Raises Contradictory where a day that is not used lies before the birth: the whole of what was typed is then in doubt."""
    if birth is None:
        return
    from myofind.asking.fact_times import read_span
    from myofind.asking.tokens import fold
    from myofind.domain.contradictions import Contradiction, Stated

    for remark in remarks:
        if remark.code not in ("time_unused", "dated_number"):
            continue
        id, words = remark.arguments
        try:
            when = read_span(fold(words), day)
        except InputError:
            continue  # a word of degree
        if when.last is not None and when.last < birth.earliest:
            stated = (Stated("fact", id.removeprefix("@"), when), Stated("birth", "birth", birth))
            raise Contradictory(Contradiction("before_birth", stated))


def fact_twice(id: FactId, first: FactValue, second: FactValue) -> Contradictory:
    """The refusal of a fact that is given twice, and not the same."""
    from myofind.domain.contradictions import Contradiction, Stated

    return Contradictory(Contradiction("twice", (Stated("fact", id, first), Stated("fact", id, second))))


def fact_and_treatment_clash(id: FactId, value: FactValue, treatment: Treatment) -> Contradictory:
    """The refusal of a fact that a treatment rules out."""
    from myofind.domain.contradictions import Contradiction, Stated

    stated = (Stated("fact", id, value), Stated("treatment", treatment.drug, treatment))
    return Contradictory(Contradiction("clash", stated))


def treatments_clash(first: Treatment, second: Treatment) -> Contradictory:
    """The refusal of two treatments of which one rules out the other."""
    from myofind.domain.contradictions import Contradiction, Stated

    stated = (Stated("treatment", first.drug, first), Stated("treatment", second.drug, second))
    return Contradictory(Contradiction("clash", stated))


def treatment_twice(first: Treatment, second: Treatment) -> Contradictory:
    """The refusal of two treatments that cannot both be true; the second names the drug that is told."""
    from myofind.domain.contradictions import Contradiction, Stated

    return Contradictory(
        Contradiction("twice", (Stated("treatment", second.drug, second), Stated("treatment", first.drug, first)))
    )


def check_times(treatment: Treatment) -> None:
    """Raises Contradictory where a treatment is unchanged since before it began, or was changed after it ended."""
    since, changed, until = treatment.since, treatment.changed, treatment.until
    if changed is None:
        return
    others = treatment._replace(changed=None)
    too_early = since and since.first and changed.last and changed.last < since.first
    too_late = until and until.last and changed.first and changed.first > until.last
    if too_early or too_late:
        raise treatment_twice(treatment._replace(status="now", since=None, until=None), others)
