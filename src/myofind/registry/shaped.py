"""Single values of a fixed shape: dates as precise as their source, lengths of time, numbers of registers, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from myofind.diagnostics import alternatives, meant, shown
from myofind.domain.dates import first_day
from myofind.domain.register_numbers import REGISTERS, SLUG, register_of
from myofind.language import Pair
from myofind.registry import one_reading
from myofind.registry.forms import Schema
from myofind.registry.scalars import Refused, Scalar, Text, is_not, write_reading


class PartialDate(Scalar):
    """`YYYY-MM-DD`, or as much of it as a pattern asks for; a day of the calendar."""

    def __init__(self, what: Pair, pattern: str) -> None:
        super().__init__()
        self.what, self.pattern = what, pattern

    def parse(self, text: str) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return Refused("malformed-date", *is_not(text, self.what), *self._hint(text))
        try:
            day = first_day(text)
        except ValueError:
            message = (f"`{text}` is no day of the calendar", f"`{text}` n'est pas un jour du calendrier")
            hint = (
                "look the date up again; write the month alone where the day is not known",
                "vérifier la date ; écrire le mois seul si le jour n'est pas connu",
            )
            return Refused("impossible-date", *message, *hint)
        if not 1900 <= day.year <= 2100:
            message = (
                f"the year {day.year} is not between 1900 and 2100",
                f"l'année {day.year} n'est pas entre 1900 et 2100",
            )
            return Refused("impossible-date", *message, "look the date up again", "vérifier la date")
        return text

    def reading(self, text: str) -> str | None:
        dates = self._dates(text)
        return dates[0] if len(dates) == 1 else None

    def _dates(self, text: str) -> list[str]:
        """The dates that may be meant, in this form."""
        return [day for day in one_reading.dates(text) if re.fullmatch(self.pattern, day, re.ASCII)]

    def _hint(self, text: str) -> Pair:
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

    what = (
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
            en, fr = self.what
            self.what = (
                f"{en}, or `none` where the source says there is no limit",
                f"{fr}, ou `none` si la source dit qu'il n'y a pas de limite",
            )

    def parse(self, text: str) -> Any:
        if self.unlimited and text == "none":
            return "none"
        found = re.fullmatch(self.pattern, text, re.ASCII)
        if re.fullmatch(r"[1-9]\d{3,}(?: [a-z]+)?", text, re.ASCII):
            message = (f"`{shown(text, 30)}` is longer than 999 of any unit", f"`{shown(text, 30)}` dépasse 999")
            hint = ("look at the unit: years, months, weeks or days", "regarder l'unité : years, months, weeks ou days")
            return Refused("out-of-range", *message, *hint)
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
            return self.refuse("malformed-span", text, hint)
        if not self.bare and not found[2]:
            en, fr = alternatives([f"{text} months", f"{text} years"])
            message = (f"`{text}` has no unit", f"`{text}` n'a pas d'unité")
            return Refused("malformed-span", *message, f"write {en}", f"écrire {fr}")
        number = float(found[1]) if "." in found[1] else int(found[1])
        if self.lasting and not number:
            hint = ("write a length above zero, or remove the key", "écrire une durée non nulle, ou retirer la clé")
            return Refused("malformed-span", f"`{text}` is no length of time", f"`{text}` n'est pas une durée", *hint)
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


class TrialId(Scalar):
    """A register's number, or a slug for a study that has none."""

    what = (
        "a register's number (NCT and 8 digits) or a slug",
        "un numéro de registre (NCT et 8 chiffres) ou un nom court",
    )

    def parse(self, text: str) -> Any:
        if register_of(text) not in (None, "id_rcb") or (
            re.fullmatch(SLUG, text) and len(text) <= 60 and not text.startswith("nct")
        ):
            return text
        message = (
            f"`{shown(text)}` is neither a register's number nor a slug",
            f"`{shown(text)}` n'est ni un numéro de registre ni un nom court",
        )
        return Refused("malformed-id", *message, *(write_reading(self.reading(text)) or _id_hint(text)))

    def reading(self, text: str) -> str | None:
        return one_reading.study_number(text)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9/-]+$", "maxLength": 60}


class RegisterNumber(Scalar):
    """A study's number in one register."""

    def __init__(self, register: str) -> None:
        super().__init__()
        self.key = register
        self.register = REGISTERS[register]
        name, example = self.register.name, self.register.example
        self.what = (f"a {name} number (as {example})", f"un numéro {name} (comme {example})")

    def parse(self, text: str) -> Any:
        if self.register.pattern.fullmatch(text):
            return text
        belongs = register_of(text)
        example = self.register.example
        hint = (
            (f"it has the shape of `{belongs}`", f"il a la forme de `{belongs}`")
            if belongs
            else (f"look it up again: {example} is such a number", f"le vérifier : {example} est un tel numéro")
        )
        return self.refuse("malformed-id", text, hint)

    def reading(self, text: str) -> str | None:
        return one_reading.study_number(text, self.key)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.register.pattern.pattern})$"}


_ADDRESS = r"""https?://[^\s/"'<>]+\.[^\s/"'<>]+(/[^\s"<>]*)?"""
"""No quotation mark of a page it was copied from is part of it."""


class Address(Text):
    """A web address."""

    what = ("a web address (https://…)", "une adresse de page (https://…)")

    def parse(self, text: str) -> Any:
        value = super().parse(text)
        if not isinstance(value, Refused) and not re.fullmatch(_ADDRESS, text):
            hint = ("copy the whole address from the browser", "copier l'adresse entière dans le navigateur")
            return self.refuse("malformed-address", text, hint)
        return value

    def reading(self, text: str) -> str | None:
        return f"https://{text}" if re.fullmatch(r"www\.[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", text) else None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{_ADDRESS}$", "maxLength": self.longest}


class Pattern(Scalar):
    """A text of a fixed form; `meant` reads other ways of writing it, given the pattern."""

    def __init__(self, what: Pair, pattern: str, meant: Callable[[str, str], str | None]) -> None:
        super().__init__()
        self.what, self.pattern, self.meant = what, pattern, meant

    def parse(self, text: str) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            hint = ("correct it, or remove the key", "le corriger, ou retirer la clé")
            return self.refuse("malformed-text", text, hint)
        return text

    def reading(self, text: str) -> str | None:
        return self.meant(text, self.pattern)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


def _ratio(text: str, pattern: str) -> str | None:
    plain = re.sub(r" ?(?:to|/|-|–|:|pour|contre) ?", ":", text.strip().lower())
    return plain if plain != text and re.fullmatch(pattern, plain) else None


TELEPHONE = Pattern(
    ("a telephone number (+33 1 23 45 67 89)", "un numéro de téléphone (+33 1 23 45 67 89)"),
    r"\+[1-9][0-9]{0,2}([ -]?[0-9]){5,14}",
    one_reading.telephone,
)
MAIL = Pattern(
    ("an electronic address (trials@example.org)", "une adresse électronique (trials@example.org)"),
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
    one_reading.mail,
)
RATIO = Pattern(("a ratio such as `2:1`", "un rapport comme `2:1`"), r"[1-9][0-9]?(:[1-9][0-9]?){1,5}", _ratio)


def _id_hint(text: str) -> Pair:
    digits = re.fullmatch(r"nct\D?(\d+)", text.strip(), re.IGNORECASE)
    if digits and len(digits[1]) == 8:
        return meant([f"NCT{digits[1]}"])
    if digits:
        count = len(digits[1])
        return (
            f"an NCT number has 8 digits; this one has {count}",
            f"un numéro NCT a 8 chiffres ; celui-ci en a {count}",
        )
    return (
        "a study without a number has a lower-case slug such as `ibmr-yale`",
        "une étude sans numéro a un nom court en minuscules, par exemple `ibmr-yale`",
    )
