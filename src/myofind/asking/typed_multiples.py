"""A laboratory value as a multiple of its upper limit: `8N`, `x8`, `3000 UI/L (N < 200)`, `normal`."""

from __future__ import annotations

import re
from collections.abc import Callable

from myofind.asking.tokens import Text, refusal
from myofind.diagnostics import InputError, shown
from myofind.names.facts import Row
from myofind.names.normal import word_set
from myofind.records import NamedTuple

__all__ = ["MULTIPLE", "Multiple", "multiple", "no_limit"]

MULTIPLE = "× ULN"
"""The unit of a fact that is given so."""

_NUMBER = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
_UNIT = r"(?:(?:u\.?i\.?|i\.?u\.?|u|units?|unites?)\s*/\s*l|u\.?i\.?|i\.?u\.?|[uµ]kat/l)"
_LIMIT = (
    r"(?:(?:pour\s+)?(?:une?\s+|la\s+)?(?:n|norm\w*|vn|vr|vu|uln|lsn|ln|ref\w*(?:\s+(?:range|interval))?|upper\s+limit(?:\s+of\s+normal)?|limite?\s+superieure(?:\s+de\s+la\s+normale)?|limite?|seuil|max|valeurs?\s+normales?"
    r"|valeurs?\s+de\s+reference|valeurs?\s+usuelles?|inf\w*\s+a|jusqu'a|up\s+to|bis)(?:\s+(?:a|of|de|est|is))?)"
)
_AGAINST = re.compile(
    rf"(?P<sign><=|>=|=|<|>)?\s*(?P<value>{_NUMBER})\s*(?P<unit>{_UNIT})?\s*[,;:]?\s*(?P<open>[(\[])?\s*(?P<limit>{_LIMIT}(?![a-z])\s*[:=.]?\s*)*(?P<below><=?|≤)?\s*"
    rf"(?:(?P<low>{_NUMBER})\s*(?:-|–|a|to|bis)\s*)?(?P<high>{_NUMBER})\s*(?P<other>{_UNIT})?\s*[)\]]?\s*(?P<rest>.*)\Z"
)
_TIMES = re.compile(r"x\s*(?=[0-9])")
_NORMAL = word_set("normal normale normaux normales normalise normalisee normalisees wnl nl")
_RAISED = word_set(
    "elevated raised high increased eleve elevee elevees augmente augmentee augmentees haute hautes erhoht"
)


class Multiple(NamedTuple):
    """A comparison sign, a multiple of the upper limit, and what is typed after it."""

    sign: str
    number: float
    rest: str


def multiple(body: str, text: Text, value: Callable[[str], float]) -> Multiple | str:
    """The multiple that a value and its limit give, or that `normal` and `raised` give; else the text, `x8` written as `8x`.

    Raises InputError for two units.
    """
    words = frozenset(re.findall(r"[a-z]+", body)) if re.fullmatch(r"[a-z ,;:().'-]*", body) else frozenset()
    if words and words <= _NORMAL:
        return Multiple("<=", 1, "")
    if words and words <= _RAISED:
        return Multiple(">", 1, "")
    read = _AGAINST.fullmatch(body)
    if read is not None and (read["limit"] or read["below"] or (read["open"] and read["low"])):
        first, other = (re.sub(r"[^a-z]", "", read[unit] or "") for unit in ("unit", "other"))
        kat = ["kat" in unit for unit in (first, other)]
        top = value(read["high"])
        if (first and other and kat[0] != kat[1]) or top <= 0 or (read["low"] and value(read["low"]) >= top):
            raise refusal(
                f"`{shown(text.typed)}`: the limit does not go with the value",
                f"`{shown(text.typed)}` : le seuil ne va pas avec la valeur",
            )
        return Multiple(read["sign"] or "", round(value(read["value"]) / top, 2), read["rest"])
    if (led := _TIMES.match(body)) is not None:
        plain = body[led.end() :]
        return plain if re.search(r"[a-z]", plain) else f"{plain.strip()} x"
    return body


def no_limit(row: Row, body: str, text: Text) -> InputError | None:
    """That a value has no limit beside it, with what to type; None for a text that is no value alone."""
    read = re.fullmatch(rf"[<>=]*\s*(?P<value>{_NUMBER})\s*(?P<unit>{_UNIT})?", body)
    if read is None:
        return None
    name = text.folded[: text.folded.find(read["value"])].strip(" =:") or row.id
    number = read["value"]
    small = not read["unit"] and "." not in number and "," not in number and " " not in number and int(number) <= 50
    times = ([f"{name} {number}N"] if small else []) or [f"{name} 8N"]
    limited = f"{name} {number} U/L (N < 200)"
    return refusal(
        f"`{shown(text.typed)}`: a multiple of the upper limit is asked, or the value with its limit",
        f"`{shown(text.typed)}` : un multiple de la normale est demandé, ou la valeur avec sa limite",
        (
            f"write `{times[0]}`, or with the laboratory's own limit in the place of 200: `{limited}`",
            f"écrire `{times[0]}`, ou avec la limite du laboratoire à la place de 200 : `{limited}`",
        ),
    )
