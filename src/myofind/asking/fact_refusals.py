"""What may be typed of a fact, and the refusal that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from myofind.asking.tokens import Text, Token, fold, refusal
from myofind.diagnostics import InputError, shown
from myofind.names.facts import Row

__all__ = ["accepted_forms", "refused"]


def _example(row: Row, typed: str) -> str:
    """The number that was typed, where it may be one of this fact; else a likely one."""
    for number in (
        () if row.unit[0] == "× ULN" else re.findall(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]{1,2})?(?![0-9.,])", typed)
    ):
        plain = float(number.replace(",", "."))
        if row.range[0] <= plain <= row.range[1] and not (row.whole and plain != int(plain)):
            return f"{plain:g}"
    if isinstance(row.usual, dict) and "min" in row.usual:
        return f"{row.usual['min']:g}"
    return "8" if row.unit_needed else f"{int(row.range[1] / 2) if row.whole else row.range[1] / 2:g}"


def accepted_forms(row: Row, typed: str = "") -> tuple[str, str]:
    """What may be typed of a fact, in English and French, with the number of the text where it has one."""
    name = row.id
    match row.kind:
        case "yes_no":
            more = (f", `{name} 2019`", f", `{name} 2019`") if row.dated else ("", "")
            return f"accepted: `{name}`, `no {name}`{more[0]}", f"acceptés : `{name}`, `pas de {name}`{more[1]}"
        case "choice":
            values = [one.id for one in row.values]
            forms = ", ".join(f"`{name}={one}`" for one in values)
            return f"accepted: {forms}", f"acceptés : {forms}"
        case "number":
            unit = f"/{row.scale[0]}" if len(row.scale) > 1 else f" {row.unit[0]}" if row.unit[0] else ""
            example = _example(row, typed)
            forms = f"`{name} {example}{unit}`"
            if row.zero:
                forms += f", `{name} 0{unit}`"
            text = f"{forms}; {row.range[0]:g} - {row.range[1]:g}"
            return f"accepted: {text}", f"accepté : {text}"
        case "span":
            return (
                f"accepted: `{name} 6 weeks`, `{name} since 2026-01`",
                f"acceptés : `{name} 6 semaines`, `{name} depuis 2026-01`",
            )
        case "day":
            never = (f", `{name} never`", f", `{name} jamais`") if row.never else ("", "")
            return f"accepted: `{name} 2025-03`{never[0]}", f"acceptés : `{name} 2025-03`{never[1]}"


def refused(row: Row, text: Text, words: Sequence[Token] = ()) -> InputError:
    """That a text does not say plainly what is known of a fact; of some words, that the first is not understood."""
    beside_name = text.folded
    for name in (row.id, row.en, row.fr):
        beside_name = beside_name.replace(fold(name), " ")
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
