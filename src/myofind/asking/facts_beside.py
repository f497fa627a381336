"""The value of a fact beside one that was given before: the same, both together, the one that says more; or the two contradict each other."""

from __future__ import annotations

from datetime import date

from myofind.asking.contradictory import fact_twice
from myofind.domain.patient import Amount, Chosen, FactValue, When
from myofind.names.facts import FACTS, FactId, furthest

__all__ = ["with_earlier"]


def with_earlier(id: FactId, value: FactValue, earlier: FactValue | None) -> FactValue:
    """The value of a fact beside one that was given before; raises InputError where the two contradict each other."""
    if isinstance(earlier, Chosen) and isinstance(value, Chosen) and FACTS[id].several:
        return _together(id, earlier, value)
    if isinstance(earlier, Chosen) and isinstance(value, Chosen) and not (earlier.without or value.without):
        value = _furthest(id, earlier, value)
    elif isinstance(earlier, When) and isinstance(value, When) and FACTS[id].last and earlier.last and value.last:
        value = max(earlier, value, key=lambda when: when.last or date.min)
    elif isinstance(earlier, Amount) and isinstance(value, Amount) and _both_least(earlier, value):
        value = max(earlier, value, key=lambda amount: (amount.low or 0, amount.open_low))
    elif earlier is not None and earlier != value:
        raise fact_twice(id, earlier, value)
    return value


def _both_least(first: Amount, second: Amount) -> bool:
    """Do two numbers only say that one is not lower, so that the higher of them says both: `ASAT 3N, ALAT 4N` of the highest enzyme?"""
    return first.scale == second.scale and first.high is second.high is None


def _furthest(id: FactId, first: Chosen, second: Chosen) -> Chosen:
    """Of two values the one that goes beyond the other; raises InputError where neither does."""
    values = furthest(FACTS[id], (*first.values, *second.values))
    told = next((one for one in (first, second) if one.values == values), None)
    if told is None or (first.values == second.values and first != second):
        raise fact_twice(id, first, second)
    return told


def _together(id: FactId, first: Chosen, second: Chosen) -> Chosen:
    values = tuple(dict.fromkeys((*first.values, *second.values)))
    without = tuple(dict.fromkeys((*first.without, *second.without)))
    if set(values) & set(without) or ("none" in values and len(values) > 1):
        raise fact_twice(id, first, second)
    days = [one for one in (first, second) if one.first is not None]
    return Chosen(values, without, days[-1].first if days else None, days[-1].last if days else None)
