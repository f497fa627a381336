"""The forms of dates, as precise as their source, and of lengths of time."""

from __future__ import annotations

import re
from typing import Any

from myofind.diagnostics import Path, alternatives, shown
from myofind.domain.dates import first_day
from myofind.files.yaml_nodes import Node
from myofind.language import Words, both
from myofind.registry import one_reading
from myofind.registry.forms import Reading, Scalar, Schema
from myofind.registry.scalars import is_not, refused, write_reading


class PartialDate(Scalar):
    """`YYYY-MM-DD`, or as much of it as a pattern asks for; a day of the calendar."""

    def __init__(self, what: Words, pattern: str) -> None:
        super().__init__()
        self.what, self.pattern = what, pattern

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return out.report("malformed-date", node, path, is_not(text, self.what), self._hint(text))
        try:
            day = first_day(text)
        except ValueError:
            message = (f"`{text}` is no day of the calendar", f"`{text}` n'est pas un jour du calendrier")
            hint = (
                "look the date up again; write the month alone where the day is not known",
                "vérifier la date ; écrire le mois seul si le jour n'est pas connu",
            )
            return out.report("impossible-date", node, path, message, hint)
        if not 1900 <= day.year <= 2100:
            message = (
                f"the year {day.year} is not between 1900 and 2100",
                f"l'année {day.year} n'est pas entre 1900 et 2100",
            )
            return out.report("impossible-date", node, path, message, ("look the date up again", "vérifier la date"))
        return text

    def reading(self, text: str) -> str | None:
        dates = self._dates(text)
        return dates[0] if len(dates) == 1 else None

    def _dates(self, text: str) -> list[str]:
        """The dates that may be meant, in this form."""
        return [day for day in one_reading.dates(text) if re.fullmatch(self.pattern, day, re.ASCII)]

    def _hint(self, text: str) -> Words:
        dates = self._dates(text)
        if len(dates) > 1:
            en, fr = alternatives(dates)
            return f"which day is meant: {en}?", f"quel jour est voulu : {fr} ?"
        return write_reading(self.reading(text)) or (
            "write it as in 2025-07-23, or 2025-07 where the day is not known",
            "l'écrire comme 2025-07-23, ou 2025-07 si le jour n'est pas connu",
        )

    def schema(self) -> Schema:
        bare_year = {"type": "integer", "minimum": 1900, "maximum": 2100}
        text = {"type": "string", "pattern": f"^{self.pattern}$"}
        return {"anyOf": [text, bare_year]} if re.fullmatch(self.pattern, "2000") else text


DAY = PartialDate(("a day (YYYY-MM-DD)", "un jour (AAAA-MM-JJ)"), r"\d{4}-\d{2}-\d{2}")
MONTH = PartialDate(
    ("a day (YYYY-MM-DD) or a month (YYYY-MM)", "un jour (AAAA-MM-JJ) ou un mois (AAAA-MM)"), r"\d{4}-\d{2}(-\d{2})?"
)
DATE = PartialDate(
    ("a date (YYYY, YYYY-MM or YYYY-MM-DD)", "une date (AAAA, AAAA-MM ou AAAA-MM-JJ)"), r"\d{4}(-\d{2}(-\d{2})?)?"
)


class SpanText(Scalar):
    """A length of time: a bare number of years, or `6 months`, `2 years`, `12 weeks`, `30 days`."""

    what: Words = (
        "a number of years, or a length such as `6 months`",
        "un nombre d'années, ou une durée comme `6 months`",
    )
    pattern = r"(\d{1,3}(?:\.\d)?)(?: (years?|months?|weeks?|days?))?"

    def __init__(
        self, *, unlimited: bool = False, bare: bool = True, whole: bool = False, lasting: bool = False
    ) -> None:
        super().__init__()
        self.unlimited, self.bare, self.whole, self.lasting = unlimited, bare, whole, lasting
        if unlimited:
            en, fr = both(self.what)
            self.what = (
                f"{en}, or `none` where the source says there is no limit",
                f"{fr}, ou `none` si la source dit qu'il n'y a pas de limite",
            )

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if self.unlimited and text == "none":
            return "none"
        found = re.fullmatch(self.pattern, text, re.ASCII)
        if re.fullmatch(r"[1-9]\d{3,}(?: [a-z]+)?", text, re.ASCII):
            message = (f"`{shown(text, 30)}` is longer than 999 of any unit", f"`{shown(text, 30)}` dépasse 999")
            hint = ("look at the unit: years, months, weeks or days", "regarder l'unité : years, months, weeks ou days")
            return out.report("out-of-range", node, path, message, hint)
        if (
            not found
            or (len(found[1]) > 1 and found[1][0] == "0" and found[1][1] != ".")
            or (self.whole and "." in text)
        ):
            hint = (
                "write a number and its unit, such as `18` or `6 months`",
                "écrire un nombre et son unité, par exemple `18` ou `6 months`",
            )
            if ages := one_reading.ages(text) if self.bare and ", " in (one_reading.ages(text) or "") else None:
                hint = (f"write the two bounds: `{ages}`", f"écrire les deux bornes : `{ages}`")
            return refused("malformed-span", self, text, node, path, out, hint)
        if not self.bare and not found[2]:
            en, fr = alternatives([f"{text} months", f"{text} years"])
            message = (f"`{text}` has no unit", f"`{text}` n'a pas d'unité")
            return out.report("malformed-span", node, path, message, (f"write {en}", f"écrire {fr}"))
        number = float(found[1]) if "." in found[1] else int(found[1])
        if self.lasting and not number:
            message = (f"`{text}` is no length of time", f"`{text}` n'est pas une durée")
            hint = ("write a length above zero, or remove the key", "écrire une durée non nulle, ou retirer la clé")
            return out.report("malformed-span", node, path, message, hint)
        unit = (found[2] or "years").rstrip("s") + "s"
        return number if unit == "years" and not found[2] else {"number": number, "unit": unit}

    def reading(self, text: str) -> str | None:
        return one_reading.span(text, unlimited=self.unlimited, bare=self.bare, whole=self.whole)

    def schema(self) -> Schema:
        number = r"([0-9]|[1-9][0-9]{1,2})" + ("" if self.whole else r"(\.[0-9])?")
        unit = r" (years?|months?|weeks?|days?)"
        forms: list[Schema] = [{"type": "string", "pattern": f"^{number}({unit}){'?' if self.bare else ''}$"}]
        if self.bare:
            forms.append({"type": "integer" if self.whole else "number", "minimum": 0, "maximum": 999.9})
        if self.unlimited:
            forms.append({"const": "none"})
        return {"anyOf": forms}
