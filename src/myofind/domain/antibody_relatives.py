"""Which antibody results bear on which antibody or class: a member on its classes, a class on its members."""

from __future__ import annotations

from functools import cache

from myofind.domain.eligibility import antibody_state
from myofind.domain.patient import Patient
from myofind.names import autoantibodies as ab


@cache
def relatives(one: str) -> frozenset[str]:
    """The antibodies and classes whose results bear on this one."""
    inside = ab.members(one) | {one}
    return inside.union(*(ab.groups(each) for each in inside))


def emptied(one: str, patient: Patient, named: frozenset[str]) -> tuple[str, ...]:
    """The classes named that a negative result would leave with no member that may be positive."""
    covered = ab.members(one) | {one}
    return tuple(
        sorted(
            group
            for group in named
            if ab.members(group)
            and all(
                each in covered or antibody_state(each, patient.antibodies) == "negative"
                for each in ab.members(group)
                if not ab.members(each)
            )
        )
    )
