"""The numbers beside a name: a value, a limit or a range, each with its unit and with the word or sign before it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from myofind.names.laboratory_items import Item
from myofind.names.normal import words
from myofind.records import NamedTuple

__all__ = ["Doubt", "Measure", "measures"]


_COUNTED = frozenset(("number", "titre", "compare", "below", "above"))
"""What a measure begins with."""


class Doubt(Exception):
    """The evidence gives no result; `code` says why, `text` what is meant."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code, self.text = code, text


class Measure(NamedTuple):
    """A number or a range with what stood before it: every value from `low` to `high`, the ends included or not."""

    text: str
    low: float
    high: float
    low_in: bool
    high_in: bool
    unit: str
    limit: str
    """The word that announces a limit (`n`, `cut-off`), or nothing."""
    nested: bool
    """Did it stand in brackets?"""
    tied: bool = False
    """Does a result beside it name it as a band?"""

    @property
    def single(self) -> bool:
        return self.low == self.high

    @property
    def pair(self) -> bool:
        return not self.single and not math.isinf(self.high) and not math.isinf(self.low)

    def holds(self, other: Measure) -> bool:
        """Does every value of the other lie inside this one?"""
        low = self.low < other.low or (self.low == other.low and (self.low_in or not other.low_in))
        high = self.high > other.high or (self.high == other.high and (self.high_in or not other.high_in))
        return low and high


_SAME_UNIT = {
    "ui": "iu", "ua": "au", "ur": "ru", "units": "u", "unit": "u", "unites": "u", "unite": "u", "einheiten": "u", "e": "u",
}  # fmt: skip


def _number(text: str) -> float:
    """The value of a number whose separator is beyond doubt."""
    if re.fullmatch(r"\d+", text):
        return float(text)
    parted = re.fullmatch(r"(\d+)[.,](\d+)", text)
    if parted is None or (len(parted[2]) == 3 and parted[1] != "0"):
        raise Doubt("doubtful_number", text)
    return float(f"{parted[1]}.{parted[2]}")


def _unit(text: str) -> str:
    """A unit in one writing, `UI / mL` and `IU/ml` alike."""
    first, _, rest = "".join(text.lower().replace(".", "").split()).partition("/")
    plain = "".join(words(first)) or first
    return _SAME_UNIT.get(plain, plain) + ("/" + rest if rest else "")


_BETWEEN = frozenset(("colon", "if", "link", "harmless", "limit", "copula", "for"))
"""What may stand between the name of a band and its numbers."""
_SAID = frozenset(("result", "participle", "question"))


def measures(evidence: Sequence[Item]) -> Iterator[Measure | Item]:
    """The measures of a name's evidence and the results between them, in order; a result and a band that it names are tied."""
    at, depth, limit, opened = 0, 0, "", False
    forward = backward = False
    while at < len(evidence):
        item = evidence[at]
        depth += (item.kind == "open") - (item.kind == "close")
        if item.kind in ("close", "comma"):
            limit = limit if item.kind == "comma" and depth else ""
            opened = opened and bool(limit)
        if item.kind == "limit" or (depth and _heads_expected(evidence, at)):
            limit, opened = item.text, True
        elif item.kind in _COUNTED:
            measure, at = _measure(evidence, at, limit, depth > 0)
            backward = depth > 0 and not measure.single
            following = (
                evidence[_beyond(evidence, at)].kind if backward and _beyond(evidence, at) < len(evidence) else ""
            )
            yield measure._replace(tied=forward or following in _SAID)
            opened = forward = False
            continue
        elif item.kind in _SAID and not (opened and not _names_band(evidence, at)):
            forward = _ties(evidence, at, nested=depth > 0)
            yield item._replace(tied=forward or backward)
            backward = False
        elif item.kind not in _BETWEEN:
            forward = backward = False
        at += 1


def _beyond(evidence: Sequence[Item], at: int) -> int:
    """The first place from here that holds more than what may stand between the name of a band and its numbers."""
    while at < len(evidence) and evidence[at].kind in _BETWEEN:
        at += 1
    return at


def _heads_expected(evidence: Sequence[Item], at: int) -> bool:
    """Is it the `normal` of `(normal: negative)`, which says what is expected, not what was found?"""
    end = _beyond(evidence, at + 1)
    return (
        evidence[at].text.lower() in ("normal", "normals", "normaux")
        and end < len(evidence)
        and evidence[end].kind in ("result", "participle")
        and any(item.kind == "colon" for item in evidence[at + 1 : end])
    )


def _names_band(evidence: Sequence[Item], at: int) -> bool:
    """Does a number follow this result, so that after a limit word it names a band and is not the expected result?"""
    end = _beyond(evidence, at + 1)
    return end < len(evidence) and evidence[end].kind in _COUNTED


def _ties(evidence: Sequence[Item], at: int, *, nested: bool) -> bool:
    """Is this result the name of the band after it: in the same brackets, or joined to it by "if"?"""
    end = _beyond(evidence, at + 1)
    if not (end < len(evidence) and evidence[end].kind in _COUNTED):
        return False
    if any(item.kind == "if" for item in evidence[at + 1 : end]):
        return True
    return nested and not _measure(evidence, end, "", nested)[0].single


def _measure(evidence: Sequence[Item], at: int, limit: str, nested: bool) -> tuple[Measure, int]:
    """The measure that begins at an item, and the item after it."""
    first = at
    sign = ""
    if evidence[at].kind in ("compare", "below", "above"):
        sign = {"below": "<", "above": ">"}.get(evidence[at].kind, evidence[at].value)
        at += 1
        while at < len(evidence) and evidence[at].kind == "for":
            at += 1
    if at >= len(evidence) or evidence[at].kind not in ("number", "titre"):
        raise Doubt("lone_comparison", evidence[first].text)
    value, unit, at = _valued(evidence, at)
    text = " ".join(item.text for item in evidence[first:at])
    other = None
    if at + 1 < len(evidence) and not sign and _joins(evidence, at):
        other, second, at = _valued(evidence, at + 1)
        unit = second or unit
        text = " ".join(item.text for item in evidence[first:at])
        if other <= value:
            raise Doubt("doubtful_number", text)
    if at < len(evidence) and evidence[at].kind in ("orless", "ormore") and not sign and other is None:
        sign = "<=" if evidence[at].kind == "orless" else ">="
        at += 1
    while (
        value == 0
        and other is None
        and at < len(evidence)
        and evidence[at].kind == "number"
        and _number(evidence[at].text) == 0
    ):
        at += 1  # an intensity and its class
    if at < len(evidence) and evidence[at].kind in ("number", "titre") and evidence[at - 1].kind in ("number", "titre"):
        raise Doubt("doubtful_number", f"{text} {evidence[at].text}")
    if other is not None:
        return Measure(text, value, other, True, True, unit, limit, nested), at
    if sign in ("<", "<="):
        return Measure(text, -math.inf, value, False, sign == "<=", unit, limit, nested), at
    if sign in (">", ">="):
        return Measure(text, value, math.inf, sign == ">=", False, unit, limit, nested), at
    return Measure(text, value, value, True, True, unit, limit, nested), at


def _valued(evidence: Sequence[Item], at: int) -> tuple[float, str, int]:
    item = evidence[at]
    if item.kind == "titre":
        return float(re.findall(r"\d+", item.text)[1]), "titre", at + 1
    value, unit = _number(item.text), ""
    at += 1
    while at < len(evidence) and evidence[at].kind == "unit":
        if unit and _unit(evidence[at].text) != unit:
            raise Doubt("units_differ", f"{unit}, {evidence[at].text}")
        unit = _unit(evidence[at].text)
        at += 1
    return value, unit, at


def _joins(evidence: Sequence[Item], at: int) -> bool:
    """Does a hyphen or a word such as "to" join two numbers to a range?"""
    joiner, after = evidence[at], evidence[at + 1]
    if after.kind not in ("number", "titre"):
        return False
    return joiner.kind in ("minus", "range") or words(joiner.text) in (["to"], ["a"], ["bis"])
