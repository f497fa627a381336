"""What a typed unit of a number is in the unit of the table."""

from __future__ import annotations

import re

from myofind.asking.tokens import fold
from myofind.names.facts import Row

__all__ = ["unit_factor"]


def unit_factor(row: Row, unit: str) -> float | None:
    """What a unit multiplies by; None for one that is not accepted, or is missing where it must be typed."""
    plain = re.sub(r"[\s.]", "", unit)
    if not plain:
        return None if row.unit_needed else 1.0
    for name, factor in {row.unit[0]: 1.0, row.unit[1]: 1.0, **row.units}.items():
        if name and re.sub(r"[\s.]", "", fold(name)) == plain:
            return float(factor)
    return None
