"""A fact named by a treatment (`previous CAR-T`, `HSCT 2019`, `no autologous transplant`) is that treatment too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from myofind.asking.contradictory import fact_and_treatment_clash
from myofind.asking.tokens import Hit, Text
from myofind.asking.typed_fact import PART, TypedFact
from myofind.diagnostics import InputError
from myofind.domain.contradictions import CLASS_TAKEN
from myofind.domain.patient import Amount, FactValue, Treatment, When, YesNo
from myofind.domain.treatment_facts import STANDS_FOR, STEROID, WIDER, of_class
from myofind.names.facts import FactId
from myofind.names.laboratory_values import Remark
from myofind.names.vocabulary import label, resolve

__all__ = ["at_odds", "check_taken", "with_facts_listed", "with_treatment"]


def with_facts_listed(listed: tuple[Treatment, ...], facts: Mapping[FactId, FactValue]) -> tuple[Treatment, ...]:
    """A list of treatments that ends in `no other`, with what facts say is taken now: the dose of steroids, an anticoagulant."""
    return tuple(sorted((*listed, *_by_facts(facts, listed)), key=lambda one: (one.drug, one.status)))


def _by_facts(facts: Mapping[FactId, FactValue], listed: tuple[Treatment, ...]) -> Iterator[Treatment]:
    for drug, ids in _FACTS_OF.items():
        told = [facts[id] for id in ids if id in facts]
        taken = any(isinstance(one, When) or one == YesNo(True) or _at_least_some(one) for one in told)
        if taken and not any(one.status == "now" and of_class(one.drug, drug) for one in listed):
            doses = [one for one in told if isinstance(one, Amount) and drug == STEROID]
            dose = next((one for one in doses if None not in (one.low, one.high)), None)
            yield Treatment(drug, "now", changed=next((one for one in told if isinstance(one, When)), None), dose=dose)


def _at_least_some(value: FactValue | None) -> bool:
    return isinstance(value, Amount) and value.low is not None and (value.low > 0 or value.open_low)


def at_odds(values: Mapping[FactId, FactValue], listed: Iterable[Treatment]) -> Iterator[Remark]:
    """What may stand together, and is told: steroids of somebody never treated, whom trials allow them for a short time; drugs that failed in a disease that is not refractory."""
    number = values.get("failed_drugs")
    if values.get("refractory") == YesNo(False) and isinstance(number, Amount) and (number.low or 0) >= _REFRACTORY:
        yield Remark("not_refractory_beside", (str(_REFRACTORY),))
    if values.get("treatment_naive") != YesNo(True):
        return
    taken = any(one.status == "now" and of_class(one.drug, STEROID) for one in listed)
    if taken or any(isinstance(values.get(id), When) or _at_least_some(values.get(id)) for id in _FACTS_OF[STEROID]):
        yield Remark("naive_steroid", ("@treatment_naive",))


def check_taken(failed: Iterable[str], values: Mapping[FactId, FactValue], listed: Iterable[Treatment]) -> None:
    """Raise Contradictory for a drug that failed and of which a list says that it was never taken."""
    for drug in failed:
        never = (one for one in listed if one.status == "never" and of_class(drug, one.drug))
        if (denied := next(never, None)) is not None and "failed_drugs" in values:
            raise fact_and_treatment_clash("failed_drugs", values["failed_drugs"], denied)


_REFRACTORY = 2
"""Drugs failed beside steroids from which a disease is mostly called refractory."""
_FACTS_OF = {drug: tuple(id for id, one in CLASS_TAKEN.items() if one == drug) for drug in CLASS_TAKEN.values()}
"""By a class of drugs the facts that say that some of it is taken now."""


def with_treatment(told: TypedFact, text: Text, at: Hit, day: date) -> TypedFact:
    """A fact as read, with the treatment that its name says was once taken, or never."""
    id, _, kind = at.meaning.partition("=")
    if id not in STANDS_FOR.values():
        return told
    name = text.part(text.tokens[at.start : at.end])
    drug = resolve("drugs", name, exact=True).id
    if drug is None and kind != PART and id not in WIDER:
        drug = next(each for each, fact in STANDS_FOR.items() if fact == id)
        name = label("drugs", drug)
    if drug is None:
        return told
    if told.value == YesNo(True):
        taken = _ended(f"{text.part(text.tokens[: at.start])} {name} {text.part(text.tokens[at.end :])}", drug, day)
        if taken.until is None:
            return told._replace(treatment=taken) if kind == PART else told
        return told._replace(remarks=(), treatment=taken)
    return told._replace(remarks=(), treatment=Treatment(drug, "never")) if told.value is None else told


def _ended(text: str, drug: str, day: date) -> Treatment:
    """A treatment taken before, with its day where one is typed."""
    from myofind.asking.typed_treatments import read_treatment

    with suppress(InputError):
        taken = read_treatment(text, day)
        if taken.status == "past":
            return taken._replace(drug=drug)
    return Treatment(drug, "past")
