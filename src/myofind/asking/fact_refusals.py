"""What may be typed of a fact, and the refusal that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.asking.fact_units import unit_factor
from myofind.asking.small_words import RELATIVES
from myofind.asking.tokens import Text, Token, fold, refusal
from myofind.diagnostics import InputError, shown
from myofind.names.facts import Row

__all__ = ["accepted_forms", "of_a_relative", "refused"]


_CHANGE = re.compile(
    r"\b(?:chute|perte|baisse|declin\w*|drop\w*|loss|lost|perdu|diminution|fall|fell|fallen|gain|hausse|pic|peak|max\w*|nadir)\b|(?<![0-9])[-–−+] ?[0-9]"
)
"""Words and signs of a number that is a change, or was the highest or lowest: no value of now."""


def _example(row: Row, typed: str) -> str:
    """The number that was typed, where it is the only one and plainly one of this fact; else a likely one."""
    numbers = [*re.finditer(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]{1,2})?(?![0-9.,])", typed)]
    for number in numbers if len(numbers) == 1 and row.unit[0] != "× ULN" and not _CHANGE.search(typed) else ():
        plain = float(number[0].replace(",", "."))
        unit = re.split(r"[,;()]", typed[number.end() :])[0].strip()
        known = unit_factor(row, unit) if unit else 1.0
        if known == 1.0 and row.range[0] <= plain <= row.range[1] and not (row.whole and plain != int(plain)):
            return f"{plain:g}"
    if isinstance(row.usual, dict) and "min" in row.usual:
        return f"{row.usual['min']:g}"
    return "8" if row.unit_needed else "2" if row.whole else f"{row.range[1] / 2:g}"


def accepted_forms(row: Row, typed: str = "") -> tuple[str, str]:
    """What may be typed of a fact, in English and French, with the number of the text where it has one."""
    name, french = row.id, row.id if "," in row.fr else row.fr
    match row.kind:
        case "yes_no":
            no = row.denied or (f"no {name}", f"pas de {french}")
            more = (f", `{name} 2019`", f", `{french} 2019`") if row.dated else ("", "")
            return f"accepted: `{name}`, `{no[0]}`{more[0]}", f"acceptés : `{french}`, `{no[1]}`{more[1]}"
        case "choice":
            en = ", ".join(f"`{name}={one.id}`" for one in row.values)
            fr = ", ".join(f"`{french} = {one.fr}`" for one in row.values)
            return f"accepted: {en}", f"acceptés : {fr}"
        case "number":
            example = _example(row, typed)
            units = [f"/{row.scale[0]}" if len(row.scale) > 1 else f" {unit}" if unit else "" for unit in row.unit]
            forms = [f"`{each} {example}{unit}`" for each, unit in zip((name, french), units, strict=True)]
            if row.zero:
                forms = [
                    f"{form}, `{each} 0{unit}`" for form, each, unit in zip(forms, (name, french), units, strict=True)
                ]
            between = f"{row.range[0]:g} - {row.range[1]:g}"
            return f"accepted: {forms[0]}; {between}", f"accepté : {forms[1]} ; {between}"
        case "span":
            return (
                f"accepted: `{name} 6 weeks`, `{name} since 2026-01`",
                f"acceptés : `{french} 6 semaines`, `{french} depuis 2026-01`",
            )
        case "day":
            never = (f", `{name} never`", f", `{french} jamais`") if row.never else ("", "")
            return f"accepted: `{name} 2025-03`{never[0]}", f"acceptés : `{french} 2025-03`{never[1]}"


def of_a_relative(text: Text) -> InputError:
    """That what is typed is of a relative, and no fact of the patient."""
    return refusal(
        f"`{shown(text.typed)}` tells of a relative",
        f"`{shown(text.typed)}` concerne un proche",
        ("only what the patient has or had is typed: leave it out", "seul ce qu'a ou a eu le patient se donne : ne pas le donner"),
    )  # fmt: skip


def refused(row: Row, text: Text, words: Sequence[Token] = ()) -> InputError:
    """That a text does not say plainly what is known of a fact; of some words, that the first is not understood."""
    beside_name = text.folded
    for name in (row.id, row.en, row.fr):
        beside_name = beside_name.replace(fold(name), " ")
    if any(token.text in RELATIVES for token in text.tokens):
        return of_a_relative(text)
    if words:
        word = shown(words[0].text, 20)
        return refusal(
            f"`{shown(text.typed)}`: `{word}` is not understood of {row.en}",
            f"`{shown(text.typed)}` : `{word}` n'est pas compris ({row.fr})",
            accepted_forms(row, beside_name),
        )
    return refusal(
        f"`{shown(text.typed)}` does not say plainly what is known of {row.en}",
        f"`{shown(text.typed)}` ne dit pas clairement ce qu'il en est ({row.fr})",
        accepted_forms(row, beside_name),
    )
