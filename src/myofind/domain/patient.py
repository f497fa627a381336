"""What one asks with: the facts known of a patient. An unknown is not a negative."""

from datetime import date
from typing import Literal, NamedTuple

Result = Literal["positive", "negative", "borderline", "not_tested"]
RESULTS: tuple[Result, ...] = ("positive", "negative", "borderline", "not_tested")


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


class Patient(NamedTuple):
    """The facts; every one may be missing."""

    subtypes: tuple[str, ...] = ()
    birth: Birth | None = None
    antibodies: tuple[tuple[str, Result], ...] = ()
    countries: tuple[str, ...] = ()
    sex: Literal["female", "male"] | None = None
    ild: bool | None = None
    refractory: bool | None = None
    onset: Onset | None = None
