"""The table of a patient's facts: what each is, how it is answered, and what may be presumed of it."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, cast

from myofind.names.compiled_files import read
from myofind.records import NamedTuple

__all__ = ["FACTS", "FactId", "Kind", "Row", "Value", "elsewhere", "fact"]

FactId = str
Kind = Literal["yes_no", "choice", "number", "span", "day"]


class Value(NamedTuple):
    """One answer of a choice; `alone` where its name also names the fact ("wheelchair" says how somebody walks)."""

    id: str
    en: str
    fr: str
    aliases: tuple[str, ...] = ()
    alone: bool = False
    bare: bool = False
    """What the name of the fact alone means: "rash" is a rash now."""
    names: tuple[str, ...] = ()
    """Other names that say the fact and this value."""
    findings: tuple[str, ...] = ()
    """What may stand beside this value and says no more: oedema beside MRI."""


class Row(NamedTuple):
    """One fact; `usual`, `unless` and `implied_by` stay as the data has them and are read by `domain.known_facts`."""

    id: FactId
    kind: Kind
    en: str
    fr: str
    question: tuple[str, str]
    denied: tuple[str, str] | None = None
    """What the answer "no" is called, where "no" before the name would not do."""
    values: tuple[Value, ...] = ()
    several: bool = False
    dated: bool = False
    never: bool = False
    """Whether the day may be "never"."""
    unit: tuple[str, str] = ("", "")
    units: Mapping[str, float] = {}
    unit_needed: bool = False
    range: tuple[float, float] = (0, 0)
    scale: tuple[int, ...] = ()
    """The full marks of the scales it is measured on, the usual one first."""
    whole: bool = False
    usual: Any = None
    because: tuple[str, str] = ("", "")
    unless: tuple[Mapping[str, Any], ...] = ()
    implied_by: tuple[Mapping[str, Any], ...] = ()
    fixable: str | None = None
    parts: tuple[str, ...] = ()
    """Other names that say only a part of it: they may affirm it, never deny it."""
    tests: tuple[str, ...] = ()
    """Other names that are an examination's: they say nothing without its result."""
    wider: tuple[str, ...] = ()
    """Other names that say more than it: they may deny the fact, and are asked about where they affirm it."""
    graded: bool = False
    """Is a yes the answer whatever its degree?"""
    ever: bool = False
    """Does a yes hold for ever, so that its day does not matter?"""
    began: FactId | None = None
    """The fact that is the day since when it holds."""
    zero: bool = False
    """Is the answer "no" the number 0?"""
    at_least: FactId | None = None
    """The fact whose number this one is never below."""


@cache
def _rows() -> dict[FactId, Row]:
    plain: dict[FactId, dict[str, Any]] = read("facts")
    return {id: _row(id, one) for id, one in plain.items()}


def _row(id: FactId, plain: dict[str, Any]) -> Row:
    name = (plain["en"], plain["fr"])
    asked = plain.get("question")
    unit = plain.get("unit", "")
    because, denied = plain.get("because"), plain.get("denied")
    return Row(
        id,
        cast("Kind", plain["kind"]),
        *name,
        question=(asked["en"], asked["fr"]) if asked else (_capital(name[0]), _capital(name[1])),
        denied=(denied["en"], denied["fr"]) if denied else None,
        values=tuple(
            Value(
                key,
                one["en"],
                one["fr"],
                tuple(map(str, one.get("aliases", ()))),
                "alone" in one,
                "bare" in one,
                tuple(one.get("names", ())),
                tuple(one.get("findings", ())),
            )
            for key, one in plain.get("values", {}).items()
        ),
        several=plain.get("several", False),
        dated=plain.get("dated", False),
        never=plain.get("never", False),
        unit=(unit, plain.get("fr_unit", unit)),
        units=plain.get("units", {}),
        unit_needed=plain.get("unit_needed", False),
        range=tuple(plain.get("range", (0, 0))),
        scale=tuple(plain.get("scale", ())),
        whole=plain.get("whole", False),
        usual=plain.get("usual"),
        because=(because["en"], because["fr"]) if because else ("", ""),
        unless=tuple(plain.get("unless", ())),
        implied_by=tuple(plain.get("implied_by", ())),
        fixable=plain.get("fixable"),
        parts=tuple(plain.get("parts", ())),
        tests=tuple(plain.get("tests", ())),
        wider=tuple(plain.get("wider", ())),
        graded=plain.get("graded", False),
        ever=plain.get("ever", False),
        began=plain.get("began"),
        zero=plain.get("zero", False),
        at_least=plain.get("at_least"),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


FACTS: Mapping[FactId, Row] = _rows()
"""Every fact, in the order in which answers list them."""


def fact(id: FactId) -> Row:
    """The row of a fact; KeyError if there is none."""
    return FACTS[id]


@cache
def elsewhere() -> tuple[tuple[tuple[str, ...], tuple[str, str] | None], ...]:
    """Names of what is noted every day and is no fact of the table, and what to type instead in English and French, if there is anything."""
    listed: list[tuple[list[str], dict[str, str]]] = read("elsewhere")
    return tuple((tuple(names), (hint["en"], hint["fr"]) if hint else None) for names, hint in listed)
