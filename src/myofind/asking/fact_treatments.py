"""A fact named by a treatment (`previous CAR-T`, `HSCT 2019`, `no autologous transplant`) is that treatment too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from myofind.asking.tokens import Hit, Text
from myofind.asking.typed_fact import PART, TypedFact
from myofind.diagnostics import InputError
from myofind.domain.patient import Treatment, YesNo
from myofind.domain.treatment_facts import STANDS_FOR, WIDER
from myofind.names.vocabulary import label, resolve

__all__ = ["with_treatment"]


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
