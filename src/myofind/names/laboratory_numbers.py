"""A number is a result only against what the laboratory printed beside it: one limit, one low-high pair, or bands that are each named.

Everything that could be read in two ways is refused, unless both ways give the same result.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from myofind.names.laboratory_items import Item
from myofind.names.laboratory_measures import Doubt, Measure, measures
from myofind.names.normal import words

__all__ = ["judged", "legend"]

Band = tuple[str, Measure]

_CUT = frozenset(
    (
        "cutoff",
        "cutoffs",
        "seuil",
        "seuils",
        "threshold",
        "thresholds",
        "grenzwert",
        "grenzwerte",
        "limit",
        "cut",
        "decision",
        "uln",
        "lsn",
        "upper",
        "superieure",
        "entscheidungsgrenze",
    )
)


def judged(evidence: Sequence[Item]) -> str:
    """The one result that the evidence of a name gives; raises Doubt."""
    elements = _once(measures(evidence))
    held = [element for element in elements if isinstance(element, Measure)]
    if not elements:  # what is expected, and nothing that was found
        raise Doubt("limit_without_value", " ".join(item.text for item in evidence))
    if not held:
        return _agreed([element for element in elements if isinstance(element, Item)])
    if any(item.kind == "question" for item in elements if isinstance(item, Item)):
        raise Doubt("question_beside_number", held[0].text)
    value = _value(held)
    if value is None and (flag := _flag_before_bracket(evidence, elements)):
        return flag
    results: set[str] = set()
    doubts: list[Doubt] = []
    for flags, bands, limits in _readings(elements, value):
        try:
            results.add(_judged(value, flags, bands, limits, held[0].text))
        except Doubt as doubt:
            doubts.append(doubt)
    if doubts:
        raise doubts[0]
    if len(results) != 1:
        raise Doubt("number_unclear", " ".join(measure.text for measure in held))
    return results.pop()


def _once(elements: Iterator[Measure | Item]) -> list[Measure | Item]:
    """The elements with a result said twice in a row, as a word and as a sign, once."""
    held: list[Measure | Item] = []
    for element in elements:
        last = held[-1] if held else None
        twice = (
            isinstance(element, Item)
            and isinstance(last, Item)
            and element.kind == last.kind != "question"
            and (element.value, element.tied) == (last.value, last.tied)
        )
        if not twice:
            held.append(element)
    return held


def _flag_before_bracket(evidence: Sequence[Item], elements: Sequence[Measure | Item]) -> str | None:
    """A result in words before a bracket that holds only the laboratory's limit: `negative (< 1:80)`."""
    opening = next((at for at, item in enumerate(evidence) if item.kind == "open"), len(evidence))
    leading = [item for item in evidence[:opening] if item.kind in ("result", "participle")]
    inside = [element for element in elements if isinstance(element, Item)][len(leading) :]
    if not leading or inside or not all(element.nested for element in elements if isinstance(element, Measure)):
        return None
    return _agreed(leading)


def _value(held: list[Measure]) -> Measure | None:
    """What the patient has: the first measure, unless it is a limit; then the only one that is none, as in `(négatif : < 20) 35`."""
    if _is_value(held):
        return held[0]
    outside = [measure for measure in held if not (measure.limit or measure.pair or measure.tied or measure.nested)]
    inside = [measure for measure in held if not (measure.limit or measure.tied) and measure.single]
    if len(outside) > 1 or (not outside and len(inside) > 1):
        raise Doubt("number_unclear", " ".join(measure.text for measure in held))
    return next(iter(outside or inside), None)


def _is_value(held: list[Measure]) -> bool:
    """Is the first measure what the patient has? Not a range, nor a band, nor what a limit word announces, nor a comparison in brackets."""
    first = held[0]
    if first.limit or first.pair or first.tied:
        return False
    return not first.nested or (first.single and len(held) == 1)


Reading = tuple[list[Item], list[Band], list[Measure]]


def _readings(elements: list[Measure | Item], value: Measure | None) -> Iterator[Reading]:
    """Every sensible way to tell the flag of the value from the names of the bands."""
    rest = _normal_named([element for element in elements if element is not value])
    names = [element for element in rest if isinstance(element, Item)]
    limits = [element for element in rest if isinstance(element, Measure)]
    if any(name.tied for name in names):
        bands = _pairs([element for element in rest if element.tied])
        if bands is None or not all(limit.tied for limit in limits):
            raise Doubt("bands_unclear", " ".join(measure.text for measure in limits))
        yield [name for name in names if not name.tied], bands, []
        return
    flags: list[Item] = []
    while rest and isinstance(rest[0], Item) and value is not None and elements.index(rest[0]) < elements.index(value):
        flags.append(rest.pop(0))  # type: ignore[arg-type]  # the loop asks for an Item
        names.pop(0)
    if not limits or not names:
        yield [*flags, *names], [], limits
        return
    if any(limit.nested for limit in limits):  # a result beside brackets that hold only a limit is none of its names
        yield [*flags, *names], [], limits
        return
    ways: list[Reading] = []
    paired = _pairs(rest)
    if paired is not None:
        ways.append((flags, paired, []))
        if [name for name, _ in paired] == ["borderline"]:
            yield from ways
            return
    if isinstance(rest[0], Item):
        later = rest[1:]
        if all(isinstance(element, Measure) for element in later):
            ways.append(([*flags, rest[0]], [], limits))
        elif (bands := _pairs(later)) is not None:
            ways.append(([*flags, rest[0]], bands, []))
        elif isinstance(rest[-1], Item) and (bands := _pairs(rest[:-1])) is not None:
            ways.append(([*flags, rest[-1]], bands, []))
    elif isinstance(rest[-1], Item) and len(rest) > 2 and (bands := _pairs(rest[:-1])) is not None:
        ways.append(([*flags, rest[-1]], bands, []))
    elif len(names) == 1 and isinstance(rest[-1], Item):
        ways.append(([*flags, *names], [], limits))
    if not ways:
        raise Doubt("bands_unclear", " ".join(measure.text for measure in limits))
    yield from ways


def _normal_named(rest: list[Measure | Item]) -> list[Measure | Item]:
    """The elements with a normal range beside named bands as the band of negative results: `VN < 7; douteux 7-10; positif > 10`."""
    banded = any(isinstance(element, Measure) and element.tied for element in rest)
    out: list[Measure | Item] = []
    for element in rest:
        normal = isinstance(element, Measure) and element.limit and math.isinf(element.low) and not _is_cut(element)
        if isinstance(element, Measure) and banded and normal and not element.tied:
            out.append(Item("result", element.text, "negative", tied=True))
            out.append(element._replace(tied=True))
        else:
            out.append(element)
    return out


def _is_cut(limit: Measure) -> bool:
    """Is it a threshold, on either side of which a result lies, and not a normal range?"""
    return bool(_CUT.intersection(words(limit.limit))) or words(limit.limit)[:2] == ["cut", "off"]


def _pairs(rest: list[Measure | Item]) -> list[Band] | None:
    """Names and measures that alternate, as bands; None unless each has one and low is negative, high positive."""
    if len(rest) % 2:
        return None
    bands: list[Band] = []
    for first, second in zip(rest[::2], rest[1::2], strict=True):
        if isinstance(first, Item) and isinstance(second, Measure):
            bands.append((first.value, second))
        elif isinstance(first, Measure) and isinstance(second, Item):
            bands.append((second.value, first))
        else:
            return None
    if any(band.single for _, band in bands) or (len(bands) == 1 and bands[0][1].pair and bands[0][0] == "positive"):
        return None
    if len({isinstance(element, Item) for element in rest[::2]}) > 1:
        return None
    rank = {"negative": 0, "borderline": 1, "positive": 2}
    ordered = sorted(bands, key=lambda band: (band[1].low, band[1].high))
    ranks = [rank.get(name, -1) for name, _ in ordered]
    if -1 in ranks or ranks != sorted(ranks):
        return None
    ends = all(
        not (math.isinf(band.low) and name != "negative") and not (math.isinf(band.high) and name == "negative")
        for name, band in bands
    )
    return bands if ends else None


def legend(evidence: Sequence[Item]) -> bool:
    """Is it only a key to the results: bands that are each named, and no value?"""
    try:
        elements = _once(measures(evidence))
    except Doubt:
        return False
    return any(isinstance(element, Measure) for element in elements) and _pairs(elements) is not None


def _judged(value: Measure | None, flags: list[Item], bands: list[Band], limits: list[Measure], text: str) -> str:
    flag = _agreed(flags) if flags else None
    if value is None:
        if flag is None:
            raise Doubt("limit_without_value", text)
        return flag
    if not bands and not limits:
        if flag is None and value.low == value.high == 0:
            return "negative"
        if flag is None:
            raise Doubt("value_without_limit", text)
        if flag != "negative" and value.low == value.high == 0:
            raise Doubt("flag_contradicts", text)  # nothing was measured, whatever the scale
        return flag
    for _, measure in [*bands, *(("", limit) for limit in limits)]:
        if value.unit and measure.unit and value.unit != measure.unit:
            raise Doubt("units_differ", f"{value.text}, {measure.text}")
    if flag == "positive" and len(limits) == 1 and math.isinf(limits[0].high):
        bands = [("positive", limits[0])]  # `25 positive (> 20)`
    result = _in_bands(value, bands) if bands else _against(value, limits)
    if flag is None or flag == result:
        return result
    if flag == "borderline" and result == "positive":
        return flag
    raise Doubt("flag_contradicts", text)


def _in_bands(value: Measure, bands: list[Band]) -> str:
    inside = [name for name, band in bands if band.holds(value)]
    if len(inside) == 1:
        return inside[0]
    if not inside and len(bands) == 1:
        name, band = bands[0]
        if name == "negative" and not value.low < band.high and not (value.low == band.high and band.high_in):
            return "positive"
        if name == "positive" and not value.high > band.low and not (value.high == band.low and band.low_in):
            return "negative"
    raise Doubt("outside_bands", value.text)


def _against(value: Measure, limits: list[Measure]) -> str:
    """The value against one limit or one pair."""
    if len(limits) != 1:
        raise Doubt("several_limits", ", ".join(limit.text for limit in limits))
    limit = limits[0]
    cut = _is_cut(limit)
    if limit.single and cut:
        if value.high < limit.low:
            return "negative"
        if value.low > limit.low:
            return "positive"
        raise Doubt("outside_bands", value.text)
    if limit.pair:
        if limit.low > 0 and (not limit.limit or cut):
            raise Doubt("bands_unclear", limit.text)
        if limit.low == 0:
            limit = limit._replace(low=-math.inf)  # nothing is below nothing
        if limit.holds(value):
            return "negative"
        if value.low > limit.high:
            return "positive"
        raise Doubt("outside_bands", value.text)
    if limit.single:
        raise Doubt("bands_unclear", limit.text)
    if math.isinf(limit.low):
        if limit.holds(value):
            return "negative"
        if value.low > limit.high or (value.low == limit.high and not limit.high_in):
            return "positive"
        raise Doubt("outside_bands", value.text)
    if cut:
        return _in_bands(value, [("positive", limit)])
    raise Doubt("bands_unclear", limit.text)


def _agreed(results: Sequence[Item]) -> str:
    """The one result that several words and signs give together; a weak positive is borderline, and so is a result with a question mark."""
    held = {item.value for item in results if item.kind != "question"}
    asked = any(item.kind == "question" for item in results)
    if not held:
        return "not_tested"
    if held == {"positive", "borderline"}:
        held = {"borderline"}
    if len(held) > 1:
        raise Doubt("results_differ", " ".join(item.text for item in results))
    result = held.pop()
    return "borderline" if asked and result != "not_tested" else result
