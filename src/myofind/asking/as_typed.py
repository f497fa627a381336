"""Facts and treatments as understood, as they can be typed again in a profile: what reads them gives the same value."""

from __future__ import annotations

from myofind.asking.treatment_doses import PREDNISONE
from myofind.domain.dates import month_end
from myofind.domain.patient import OTHER, Amount, Chosen, FactValue, InDoubt, Onset, Treatment, When, YesNo
from myofind.names.facts import FACTS, FactId, Row

__all__ = ["typed_again", "typed_between", "typed_treatment"]


def typed_again(id: FactId, value: FactValue) -> bool | float | str | list[str]:
    """A fact: yes or no, a number in the unit of the table where it needs no other word, else a text or several."""
    match value:
        case YesNo(yes=yes, past=past, first=first, last=last):
            if not yes:
                return False if last is None else f"no since {_days(When(first, last))}"
            return _days(When(first, last)) if last is not None else "past" if past else True
        case Chosen(values=values, without=without, first=first, last=last):
            day = "" if last is None else f" {_days(When(first, last))}"
            texts = [*(f"{each}{day}" for each in values), *(f"no {each}" for each in without)]
            return texts if FACTS[id].several else texts[0]
        case Amount():
            return _number(FACTS[id], value)
        case When(last=last):
            since = "since " if FACTS[id].kind == "span" else ""
            return "never" if last is None else since + _days(value)
        case InDoubt(sign=sign):
            return sign
        case Onset():
            raise ValueError("an onset has a writing of its own: domain.onsets.typed_onset")


def _days(when: When) -> str:
    """The days between two, as they are typed: a day, a month, a year, or the first and the last."""
    first, last = when.first or when.last, when.last
    assert first is not None
    assert last is not None
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    if first.day == 1 and last == month_end(first.year, first.month):
        return first.isoformat()[:7]
    return f"{first.isoformat()} to {last.isoformat()}"


def typed_between(when: When) -> str:
    """The days between two where `to` would say that a treatment ended."""
    first, joined, last = _days(when).partition(" to ")
    return f"between {first} and {last}" if joined else first


def _number(row: Row, value: Amount) -> float | str:
    scale = f"/{value.scale}" if value.scale and len(row.scale) > 1 else ""
    least = value.low if value.low is not None else value.high
    unit = f" {row.unit[0]}" if row.unit_needed or (least or 0) < row.unit_below else ""
    if value.low is not None and value.low == value.high:
        plain = int(value.low) if value.low == int(value.low) else value.low
        return f"{plain}{scale}{unit}" if scale or unit else plain
    if value.low is not None and value.high is not None:
        return f"{value.low:g}-{value.high:g}{scale}{unit}"
    if value.low is not None:
        return f"{'>' if value.open_low else '>='} {value.low:g}{scale}{unit}"
    return f"{'<' if value.open_high else '<='} {value.high:g}{scale}{unit}"


def typed_treatment(treatment: Treatment) -> str:
    """A treatment with its dose and times."""
    if treatment.drug == OTHER:
        return "never any other" if treatment.status == "never" else "no other"
    if treatment.status in ("never", "not_now"):
        return f"{'never' if treatment.status == 'never' else 'no'} {treatment.drug}"
    parts = [treatment.drug]
    if treatment.dose is not None and treatment.dose.low is not None and treatment.dose.high is not None:
        low, high = (each / PREDNISONE[treatment.drug] for each in (treatment.dose.low, treatment.dose.high))
        parts.append(f"{low:g} mg" if low == high else f"{low:g}-{high:g} mg")
    times = (("since", treatment.since), ("changed", treatment.changed), ("until", treatment.until))
    parts += [f"{word} {typed_between(when)}" for word, when in times if when is not None]
    if treatment.status == "past" and treatment.until is None:
        parts.append("stopped")
    return " ".join(parts)
