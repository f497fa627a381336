"""A number as one types it: `65 %`, `< 70 %`, `60-70 %`, `120/150`, `154 lb`, `65 % en 2024`; its unit and its day are read too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from myofind.asking.fact_refusals import accepted_forms, refused
from myofind.asking.fact_times import read_time
from myofind.asking.fact_units import unit_factor
from myofind.asking.small_words import HARMLESS, NO, NOW
from myofind.asking.tokens import Hit, Text, Token, read_text, refusal, write_one_of
from myofind.asking.typed_multiples import MULTIPLE, Multiple, multiple, no_limit
from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.domain.patient import Amount
from myofind.names.facts import Row
from myofind.names.laboratory_values import Remark

__all__ = ["read_number"]

_COMPARED = (
    ("<=", r"at most|up to|maximum|au plus|au maximum|hochstens|maximal|≤"),
    (">=", r"at least|minimum|au moins|au minimum|mindestens|≥"),
    ("<", r"below|under|less than|lower than|moins de|inferieure? a|unter|kleiner als|weniger als"),
    (">", r"above|over|more than|greater than|plus de|superieure? a|uber|grosser als|mehr als"),
)
_PLAIN = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
_AMOUNT = re.compile(
    rf"(?P<between>between|entre|zwischen)?\s*(?P<sign><=|>=|=|<|>)?\s*(?P<number>{_PLAIN})\s*"
    rf"(?:(?:-|–|to|a|bis|and|et|und)\s*(?P<upper>{_PLAIN})\s*)?"
    r"(?:(?:/|sur|out of|von)\s*(?P<scale>[0-9]+)(?![0-9^]|[.,][0-9]))?\s*(?P<rest>.*)\Z"
)
_LED = frozenset(("en", "in", "on", "le", "du", "au", "of", "dated", "from", "am", "im", "vom", "il", "vor"))
"""Words that announce the day of a number."""


def read_number(row: Row, text: Text, at: Hit, day: date) -> tuple[Amount, tuple[Remark, ...]]:
    """The number that a text gives of the fact named at `at`; raises InputError with what is accepted."""
    led = _compared(text.part(text.tokens[: at.start]))
    before = [token for token in text.tokens[: at.start] if token.text not in HARMLESS | NOW | _HEADINGS]
    after = list(text.tokens[at.end :])
    while after and after[0].text in HARMLESS | NOW and _compared(text.part(after)) == text.part(after):
        after.pop(0)
    dated: Sequence[Token] = ()
    if before and after:
        before = [token for token in text.tokens[: at.start] if token.text not in _HEADINGS]
        if not (before[0].text in _LED or before[-1].text in (",", ":")):
            raise refused(row, text, before)
        dated, before = before, []
    body = _without_volume(
        row,
        _METHOD.sub(
            " ", (led if before and led[:1] in "<>" else _compared(text.part(before or after).strip()))
        ).strip(),
    )
    if row.unit[0] == MULTIPLE:
        told = multiple(body, text, lambda typed: _value(typed, 1.0, text))
        if isinstance(told, Multiple):
            remarks = tuple(
                Remark("dated_number", (f"@{row.id}", said)) for said in (_day_of(told.rest, day, text, row),) if said
            )
            _check_range(row, [told.number], None, text)
            return _amount(row, told.sign, [told.number], None), remarks
        body = told
        if (limitless := no_limit(row, body, text)) is not None:
            raise limitless
    if (row.whole or row.zero) and body in NO | {"zero", "null"}:
        return Amount(0, 0), ()
    read = _AMOUNT.fullmatch(body)
    if read is None or (read["between"] and not read["upper"]) or (read["upper"] and read["sign"]):
        raise refused(row, text)
    factor, rest = _unit_and_rest(row, read["rest"], text)
    untold = rest == read["rest"]
    more, rest = _in_smaller_unit(row, factor, rest)
    remarks = tuple(
        Remark("dated_number", (f"@{row.id}", said))
        for said in (_day_of(text.part(dated), day, text, row), _day_of(rest, day, text, row))
        if said
    )
    if len(remarks) > 1:
        raise refused(row, text)
    if untold:
        _check_unit_told(row, read["number"], read["upper"], text)
    hundred = read["scale"] == "100" and "mm" in row.units and row.scale == (10,)
    factor = 0.1 if hundred else factor  # a share of 100, be it in millimetres
    numbers = [round(_value(each, factor, text) + more, 6) for each in (read["number"], read["upper"]) if each]
    scale = _scale(row, numbers[-1], None if hundred else read["scale"], text)
    _check_range(row, numbers, scale, text)
    return _amount(row, read["sign"] or "", numbers, scale), remarks


_HEADINGS = frozenset(
    ("efr", "pft", "pfts", "ett", "echo", "bio", "biologie", "lufu", "spirometrie", "spirometry", "bilan")
)
_METHODS = r"\b(?:ckd[ -]?epi|mdrd|cockcroft(?:[ -](?:et |and )?gault)?|cg|schwartz|ett|echo(?:cardiographie|cardiography|graphy)?|irm|mri|efr|plethysmographie|spirometr(?:ie|y)|pfts?|corrigee?|corrected|corr|estime|activite|activity)\b(?: 20[0-9]{2})?"
_METHOD = re.compile(rf"[(\[]\s*{_METHODS}\s*[)\]]|{_METHODS}")
"""How a number was measured: it changes nothing."""
_VOLUME = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?\s*(?:l|ml|litres?|liters?)\s*[,;:(\[/=-]*\s*(?:soit |i\.?e\.? |(?:c'est-a-dire )?)(?P<share>[<>]?=?\s*[0-9]+(?:[.,][0-9]+)?\s*%[^()\[\]]*)[)\]]?(?P<rest>.*)\Z"
)
"""A volume and its share of the predicted one: `2,1 L (65 %)`."""


def _without_volume(row: Row, body: str) -> str:
    volume = _VOLUME.match(body) if row.unit[0] == "%" else None
    if row.unit[0] == "%" and volume is None:
        return _VOLUME_AFTER.sub("", body)
    return f"{volume['share'].strip()} {volume['rest'].strip()}".strip() if volume else body


_VOLUME_AFTER = re.compile(r"(?<=%)\s*[,(\[/-]\s*[0-9]+(?:[.,][0-9]+)?\s*(?:l|ml|litres?|liters?)\b\s*[)\]]?")


def _compared(body: str) -> str:
    """The text with the words of a comparison as its sign."""
    for sign, words in _COMPARED:
        if (found := re.match(rf"(?:{words})\s*(?=[0-9])", body)) is not None:
            return sign + body[found.end() :]
    return body


def _value(typed: str, factor: float, text: Text) -> float:
    plain = typed.replace(" ", "")
    if re.search(r"[.,][0-9]{3}\Z", plain):
        raise _thousand(typed, plain, text)
    return round(float(plain.replace(",", ".")) * factor, 6)


def _thousand(typed: str, plain: str, text: Text) -> InputError:
    """A question where a separator may be that of a decimal or of a thousand."""
    message = (
        f"`{shown(text.typed)}`: is `{typed}` a decimal or a thousand?",
        f"`{shown(text.typed)}` : `{typed}`, décimale ou millier ?",
    )
    whole, _, decimals = plain.replace(",", ".").partition(".")
    forms = (f"{whole}{decimals}", f"{float(f'{whole}.{decimals}'):g}")
    readings = tuple((text.folded.replace(typed, form, 1).strip(), form) for form in forms)
    return Ambiguous(
        message, write_one_of([reading for reading, _ in readings]), field="facts", typed=text.typed, readings=readings
    )


def _unit_and_rest(row: Row, typed: str, text: Text) -> tuple[float, str]:
    """What the unit multiplies by, and what stands after it; raises InputError where a unit is missing or not accepted."""
    tokens = read_text(typed).tokens
    for count in range(len(tokens), -1, -1):
        unit = typed[: tokens[count - 1].end] if count else ""
        factor = unit_factor(row, unit)
        if factor is not None and (
            count == len(tokens) or not count or not _tied(typed, tokens[count - 1], tokens[count])
        ):
            return factor, typed[tokens[count].start :] if count < len(tokens) else ""
    raise refused(row, text)


def _check_unit_told(row: Row, number: str, upper: str | None, text: Text) -> None:
    """Raise InputError for a number without its unit that is more likely one of another: `FVC 6.5` is litres, or a slip."""
    if _value(number, 1.0, text) >= row.unit_below:
        return
    last, unit = upper or number, row.unit[0]
    meant = re.sub(rf"{re.escape(last)}(?![0-9])", f"{last} {unit}", text.typed.strip(), count=1)
    share = (f"{row.id} 65 {unit}", f"{row.fr} 65 {unit}")
    hint = write_one_of([meant, share] if _value(last, 1.0, text) >= row.range[0] else [share])
    raise refusal(
        f"`{shown(text.typed)}`: {last} {unit}, or a number of another unit?",
        f"`{shown(text.typed)}` : {last} {unit}, ou une valeur dans une autre unité ?",
        (f"{hint[0]}: the percentage is asked", f"{hint[1]} : c'est le pourcentage qui est demandé"),
    )


def _in_smaller_unit(row: Row, factor: float, rest: str) -> tuple[float, str]:
    """What is added in a smaller unit (`11 st 4 lb`), and what stands after it."""
    if (found := re.match(r"([0-9]+)\s*([a-z]+)(?![a-z0-9])", rest)) is not None:
        smaller = unit_factor(row, found[2])
        if smaller is not None and smaller < factor:
            return round(float(found[1]) * smaller, 6), rest[found.end() :].strip()
    return 0.0, rest


def _tied(typed: str, token: Token, after: Token) -> bool:
    """Is a word or sign written together with the next, so that it ends no unit?"""
    return (
        token.end == after.start and after.text not in ("(", ",", ")", ";") and typed[token.start : after.end].isalnum()
    )


def _day_of(typed: str, day: date, text: Text, row: Row) -> str:
    """The day on which a number was measured, as it was typed; nothing where it is of today. Raises InputError for other words."""
    tokens = list(read_text(typed).tokens)
    set_apart = bool(tokens) and (tokens[0].text in ("(", ",", ";", ":") or tokens[-1].text in (",", ":"))
    while tokens and tokens[0].text in ("(", ",", ";", ":"):
        tokens.pop(0)
    while tokens and tokens[-1].text in (")", ",", ";", ":"):
        tokens.pop()
    if not tokens or all(token.text in NOW | {"'"} for token in tokens):
        return ""
    if not set_apart and tokens[0].text not in _LED and tokens[-1].text != "ago":
        raise refused(row, text, tokens)
    said = typed[tokens[0].start : tokens[-1].end]
    if tokens[0].text in ("du", "au", "of", "dated", "am", "im", "vom"):
        tokens.pop(0)
    if not tokens:
        raise refused(row, text)
    read_time(typed[tokens[0].start : tokens[-1].end], day)
    return said


def _scale(row: Row, number: float, typed: str | None, text: Text) -> int | None:
    """The full mark meant: as typed, or the only one a number fits."""
    if typed is not None:
        if int(typed) not in row.scale:
            raise refused(row, text)
        return int(typed)
    fitting = [scale for scale in row.scale if number <= scale]
    if len(row.scale) > 1 and len(fitting) > 1:
        raise _out_of(number, fitting, text)
    return fitting[0] if fitting else (row.scale[0] if row.scale else None)


def _out_of(number: float, scales: Sequence[int], text: Text) -> InputError:
    forms = [f"{number:g}/{scale}" for scale in scales]
    plain = re.sub(r"\s+", " ", text.typed).strip()
    found = [match.end() for match in re.finditer(rf"{number:g}(?![0-9.,])", plain)]
    message = (f"`{shown(text.typed)}`: out of how much?", f"`{shown(text.typed)}` : sur combien ?")
    hint = write_one_of(forms)
    if len(found) != 1:
        return InputError(message, hint)
    readings = tuple((f"{plain[: found[0]]}/{scale}{plain[found[0] :]}", f"{number:g}/{scale}") for scale in scales)
    return Ambiguous(
        message, write_one_of([reading for reading, _ in readings]), field="facts", typed=text.typed, readings=readings
    )


def _check_range(row: Row, numbers: Sequence[float], scale: int | None, text: Text) -> None:
    top = min(row.range[1], scale or row.range[1])
    for number in numbers:
        if not row.range[0] <= number <= top or (row.whole and number != int(number)):
            raise refusal(
                f"`{shown(text.typed)}`: {number:g} is not between {row.range[0]:g} and {top:g}",
                f"`{shown(text.typed)}` : {number:g} n'est pas entre {row.range[0]:g} et {top:g}", accepted_forms(row),
            )  # fmt: skip
    if len(numbers) > 1 and numbers[0] >= numbers[1]:
        raise refused(row, text)


def _amount(row: Row, sign: str, numbers: Sequence[float], scale: int | None) -> Amount:
    kept = scale if len(row.scale) > 1 else None
    match sign:
        case "<" | "<=":
            return Amount(None, numbers[0], kept, open_high=sign == "<")
        case ">" | ">=":
            return Amount(numbers[0], None, kept, open_low=sign == ">")
    return Amount(numbers[0], numbers[-1], kept)
