"""How far one country lies from another: in the same part of a continent, on the same continent, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from myofind.names.compiled_files import read

__all__ = ["ELSEWHERE", "distance"]

SAME_COUNTRY, SAME_PART, SAME_CONTINENT, ELSEWHERE = range(4)


def distance(here: Iterable[str], there: Iterable[str]) -> int:
    """The least distance between any of some countries and any of others; `ELSEWHERE` where either has none."""
    regions: Mapping[str, Sequence[str]] = read("regions_countries")
    least = ELSEWHERE
    for a, b in product(here, there):
        if a == b:
            return SAME_COUNTRY
        (continent, part), (other, other_part) = regions[a], regions[b]
        if continent == other:
            least = min(least, SAME_PART if part == other_part else SAME_CONTINENT)
    return least
