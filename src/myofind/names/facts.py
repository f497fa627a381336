"""The table of a patient's facts: what each is, how it is answered, and what may be presumed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from myofind.names.compiled_files import read
from myofind.records import NamedTuple

__all__ = ["FACTS", "FactId", "Kind", "Row", "Value", "elsewhere", "fact", "furthest", "searches"]

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
    holds: tuple[str, ...] = ()
    """Other values that it goes beyond and that may be typed beside it: a feeding tube, severe trouble swallowing."""
    ends: bool = False
    """May it be cured or treated, so that whether it still counts is for a trial to say?"""


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
    other_units: tuple[tuple[str, float], ...] = ()
    """Other units, each with what one of it is in the usual unit."""
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
    narrowed: tuple[str, ...] = ()
    """Words that narrow such a name to the fact."""
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
    last: bool = False
    """Is the day that of the last time, so that of several the latest counts?"""
    denials: tuple[str, ...] = ()
    """Other names that deny the fact by themselves."""
    unit_below: float = 0
    """Below it a number may be one of another unit, so that its own must be typed: FVC 6.5 is no share, DLCO 22 may be none."""
    so_far: bool = False
    """Does it hold from the beginning until now, so that a time beside it says something else?"""
    lasts: bool = False
    """May a length of time stand beside it that says how far it has gone: pregnant for 12 weeks?"""

    @property
    def units(self) -> dict[str, float]:
        """What one of each other unit is in the usual one."""
        return dict(self.other_units)


def furthest(row: Row, values: Iterable[str]) -> tuple[str, ...]:
    """The values of a choice without those that another of them goes beyond."""
    told = tuple(dict.fromkeys(values))
    within = {held for one in row.values if one.id in told for held in one.holds}
    return tuple(one for one in told if one not in within)


@cache
def _rows() -> dict[FactId, Row]:
    return {values[0]: _row(values) for values in read("facts")}


def _row(values: tuple[Any, ...]) -> Row:
    row: Row = Row._make(values)
    return row._replace(values=tuple(map(Value._make, row.values))) if row.values else row


FACTS: Mapping[FactId, Row] = _rows()
"""Every fact, in the order in which answers list them."""


def fact(id: FactId) -> Row:
    """The row of a fact; KeyError if there is none."""
    return FACTS[id]


@cache
def searches() -> tuple[tuple[FactId, tuple[str, ...], tuple[str, ...]], ...]:
    """Facts that are the day of a search, the examinations it is done by, and how what they do not find is said."""
    listed: list[tuple[FactId, list[str], list[str]]] = read("searches")
    return tuple((id, tuple(by), tuple(clear)) for id, by, clear in listed)


@cache
def elsewhere() -> tuple[tuple[tuple[str, ...], tuple[str, str] | None], ...]:
    """Names of what is noted every day and is no fact of the table, and what to type instead in English and French, if there is anything."""
    listed: list[tuple[list[str], dict[str, str]]] = read("elsewhere")
    return tuple((tuple(names), (hint["en"], hint["fr"]) if hint else None) for names, hint in listed)
