"""What one asks with: the facts known of a patient. An unknown is not a negative."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, TypeAlias, cast

from myofind.names.facts import FactId
from myofind.records import NamedTuple

Result = Literal["positive", "negative", "borderline", "not_tested"]
RESULTS: tuple[Result, ...] = ("positive", "negative", "borderline", "not_tested")
Sex = Literal["female", "male"]


class Birth(NamedTuple):
    """The days on which the patient may have been born; equal where the birth date is known."""

    earliest: date
    latest: date


class Onset(NamedTuple):
    """When the disease began: days between which it did, or the age in completed months between which it did."""

    earliest: date | None = None
    latest: date | None = None
    youngest_months: int | None = None
    oldest_months: int | None = None


class YesNo(NamedTuple):
    """A yes or a no; a yes that lies in the past, or is dated, is no yes now.

    A dated no holds since a day between the two, and says nothing of the time before.
    """

    yes: bool
    past: bool = False
    first: date | None = None
    last: date | None = None


class Chosen(NamedTuple):
    """What holds of a choice, what is known not to hold, and the days between which it was seen, where it is dated."""

    values: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


class Amount(NamedTuple):
    """A number, or the bounds between which it lies; a bound that is `open` is not reached itself."""

    low: float | None
    high: float | None
    scale: int | None = None
    open_low: bool = False
    open_high: bool = False


class When(NamedTuple):
    """The days between which something happened, or began; both None where it never did."""

    first: date | None = None
    last: date | None = None


class InDoubt(NamedTuple):
    """What was said of a fact is a doubt: nothing is known of it, and nothing is presumed either."""

    sign: str = "?"


FactValue: TypeAlias = YesNo | Chosen | Amount | When | Onset | InDoubt

Status = Literal["now", "past", "not_now", "never"]
"""`past`: taken before; `not_now`: not taken, and nobody says whether it ever was."""


class Treatment(NamedTuple):
    """A drug or class and when it is or was taken; each time as the first and last day it can mean."""

    drug: str
    """An id of the drug vocabulary, or `other`: everything that is not named."""
    status: Status
    since: When | None = None
    changed: When | None = None
    until: When | None = None
    dose: Amount | None = None
    """Milligrams a day of prednisone-equivalent, for steroids."""


OTHER = "other"


class _Fields(NamedTuple):
    subtypes: tuple[str, ...] = ()
    birth: Birth | None = None
    antibodies: tuple[tuple[str, Result], ...] = ()
    countries: tuple[str, ...] = ()
    facts: tuple[tuple[FactId, FactValue], ...] = ()
    treatments: tuple[Treatment, ...] = ()
    beside: tuple[tuple[str, tuple[tuple[str, Result], ...]], ...] = ()
    """Results said with one of several subtypes, which hold for that one only."""


class Patient(_Fields):
    """The facts; every one may be missing.

    Those of the table of facts stand in `facts`, sorted by id. Sex, lung disease, refractory disease and onset may also
    be given, replaced and read by their own names.
    """

    __slots__ = ()

    def __new__(
        cls,
        subtypes: tuple[str, ...] = (),
        birth: Birth | None = None,
        antibodies: tuple[tuple[str, Result], ...] = (),
        countries: tuple[str, ...] = (),
        sex: Sex | None = None,
        ild: bool | None = None,
        refractory: bool | None = None,
        onset: Onset | None = None,
        facts: Iterable[tuple[FactId, FactValue]] = (),
        treatments: tuple[Treatment, ...] = (),
        beside: tuple[tuple[str, tuple[tuple[str, Result], ...]], ...] = (),
    ) -> Patient:
        named = {"sex": sex, "ild": ild, "refractory": refractory, "onset": onset}
        given = dict(facts)
        given.update((id, _value(value)) for id, value in named.items() if value is not None)
        known = tuple(sorted(given.items()))
        return super().__new__(cls, subtypes, birth, antibodies, countries, known, treatments, beside)

    def _replace(self, **changes: Any) -> Patient:
        named = {id: changes.pop(id) for id in ("sex", "ild", "refractory", "onset") if id in changes}
        if named or "facts" in changes:
            facts = {id: value for id, value in changes.get("facts", self.facts) if id not in named}
            facts.update((id, _value(value)) for id, value in named.items() if value is not None)
            changes["facts"] = tuple(sorted(facts.items()))
        return super()._replace(**changes)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied as it is: the constructor takes more than the fields."""
        return self._make, (tuple(self),)

    def with_fact(self, id: FactId, value: FactValue | None) -> Patient:
        """The patient with one fact given, or forgotten."""
        given = () if value is None else ((id, value),)
        return super()._replace(facts=tuple(sorted((*(fact for fact in self.facts if fact[0] != id), *given))))

    def fact(self, id: FactId) -> FactValue | None:
        """The value of a fact as given; None where it is missing."""
        for key, value in self.facts:
            if key == id:
                return value
        return None

    @property
    def birth_date(self) -> date | None:
        """The birth date, where it is known to the day."""
        return self.birth.earliest if self.birth and self.birth.earliest == self.birth.latest else None

    @property
    def sex(self) -> Sex | None:
        """Female, male, or not known."""
        value = self.fact("sex")
        return cast("Sex", value.values[0]) if isinstance(value, Chosen) else None

    @property
    def ild(self) -> bool | None:
        """Interstitial lung disease."""
        value = self.fact("ild")
        return value.yes if isinstance(value, YesNo) else None

    @property
    def refractory(self) -> bool | None:
        """Failure, intolerance or contra-indication of usual treatment."""
        value = self.fact("refractory")
        return value.yes if isinstance(value, YesNo) else None

    @property
    def onset(self) -> Onset | None:
        """When the disease began."""
        value = self.fact("onset")
        return value if isinstance(value, Onset) else None


def _value(value: bool | str | Onset) -> FactValue:
    if isinstance(value, bool):
        return YesNo(value)
    return Chosen((value,)) if isinstance(value, str) else value
