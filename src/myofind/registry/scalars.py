"""The forms of single values: texts, numbers, words of a list, terms, dates, spans, numbers of registers, addresses.

What `parse` and `schema` do is told where `registry.forms` declares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from myofind.diagnostics import Path, shown
from myofind.domain.dates import first_day
from myofind.domain.register_numbers import REGISTERS, SLUG, register_of
from myofind.files.yaml_nodes import Node
from myofind.names.vocabulary import ids, resolve
from myofind.registry import one_reading
from myofind.registry.forms import MISSING, Reading, Scalar, Schema, nearest

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]")


class Text(Scalar):
    """Any text without control characters."""

    what = "a text"

    def __init__(self, longest: int = 600) -> None:
        super().__init__()
        self.longest = longest

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        bad = _CONTROL.search(text)
        if bad:
            return out.report(
                "control-character", node, path, f"the text holds a control character ({shown(bad[0])})", "remove it"
            )
        if not text.strip():
            return out.report("empty-value", node, path, "the text is empty", "write a text, or remove the key")
        if len(text) > self.longest:
            return out.report(
                "text-too-long",
                node,
                path,
                f"{len(text)} characters; at most {self.longest} are accepted",
                "say it shorter, in own words",
            )
        return text

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": self.longest}


class Number(Scalar):
    """A whole number, zero or more."""

    what = "a whole number"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(r"0|[1-9][0-9]{0,7}", text):
            return out.report(
                "malformed-number",
                node,
                path,
                f"`{shown(text)}` is not a whole number",
                _write(self.reading(text)) or "write digits only, without a leading zero",
            )
        return int(text)

    def reading(self, text: str) -> str | None:
        return one_reading.number(text)

    def schema(self) -> Schema:
        written = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,7})$"}
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 99_999_999}, written]}


class Decimal(Scalar):
    """A number within the range of a fact."""

    def __init__(
        self, low: float, high: float, unit: str = "", units: frozenset[str] = frozenset(), *, whole: bool = False
    ) -> None:
        super().__init__()
        self.low, self.high, self.units, self.whole = low, high, units, whole
        self.what = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}" + (f" {unit}" if unit else "")

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?", text, re.ASCII) or (self.whole and "." in text):
            hint = _write(self.reading(text)) or f"write digits only{'' if self.whole else ', with a decimal point'}"
            return out.report("malformed-number", node, path, f"`{shown(text)}` is not {self.what}", hint)
        number = float(text) if "." in text else int(text)
        if not self.low <= number <= self.high:
            return out.report(
                "out-of-range", node, path, f"{text} is not {self.what}", "look at the unit and the scale"
            )
        return number

    def reading(self, text: str) -> str | None:
        return one_reading.decimal(text, self.units)

    def schema(self) -> Schema:
        written = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?$"}
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, written]}


class Boolean(Scalar):
    """`true` or `false`; `yes`, `no`, `on`, `off` are not accepted."""

    what = "`true` or `false`"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if text not in ("true", "false"):
            hint = _write(self.reading(text)) or "write `true` or `false`"
            return out.report("unknown-value", node, path, f"`{shown(text)}` is neither `true` nor `false`", hint)
        return text == "true"

    def reading(self, text: str) -> str | None:
        return one_reading.boolean(text)

    def schema(self) -> Schema:
        return {"enum": [True, False, "true", "false"]}


class Choice(Scalar):
    """One word of a closed list."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self.words = tuple(words)
        self.what = "one of " + ", ".join(f"`{word}`" for word in self.words)

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if text not in self.words:
            return out.report("unknown-value", node, path, f"`{shown(text)}` is not {self.what}", self._hint(text))
        return text

    def reading(self, text: str) -> str | None:
        return one_reading.word(text, self.words)

    def _hint(self, text: str) -> str:
        """What to write instead; a study has several phases, or none."""
        reading = self.reading(text)
        if reading is None and "early_1" in self.words:
            if one_reading.no_phase(text):
                return "remove `phase`: a study without phases has no such key"
            if several := one_reading.phases(text):
                return f"write `[{', '.join(several)}]`"
        near = nearest(text, self.words)
        return _write(reading) or (f"did you mean `{near}`?" if near else "write one of these words")

    def schema(self) -> Schema:
        words: list[Any] = list(self.words)
        numbers = [int(word) for word in words if word.isdigit()]
        return {"enum": words + numbers}


_TERM_RULES = {
    "subtypes": "unknown-subtype",
    "antibodies": "unknown-autoantibody",
    "countries": "unknown-country",
    "drugs": "unknown-drug",
}


class Term(Scalar):
    """A term of a vocabulary, by its id; other spellings are refused and the id is named."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__()
        self.kind = kind
        self.what = what

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if text in ids(self.kind):
            return text
        found = resolve(self.kind, text)
        if found.id:
            hint = f"write `{found.id}`"
        elif found.candidates:
            hint = "which is meant: " + ", ".join(f"`{one}`" for one in found.candidates) + "?"
        elif found.suggestions:
            hint = "did you mean " + " or ".join(f"`{one}`" for one in found.suggestions) + "?"
        else:
            hint = f"`myofind vocab {self.kind}` lists all; a new one belongs in the vocabulary"
        return out.report(
            _TERM_RULES[self.kind], node, path, f"`{shown(text)}` is not {self.what} of the vocabulary", hint
        )

    def schema(self) -> Schema:
        return {"$ref": f"#/definitions/{self.kind}"}


class PartialDate(Scalar):
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, a day of the calendar."""

    what = "a date (YYYY, YYYY-MM or YYYY-MM-DD)"
    pattern = r"\d{4}(-\d{2}(-\d{2})?)?"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return out.report("malformed-date", node, path, f"`{shown(text)}` is not {self.what}", self._hint(text))
        try:
            day = first_day(text)
        except ValueError:
            hint = "look the date up again; write the month alone where the day is not known"
            return out.report("impossible-date", node, path, f"`{text}` is no day of the calendar", hint)
        if not 1900 <= day.year <= 2100:
            message = f"the year {day.year} is not between 1900 and 2100"
            return out.report("impossible-date", node, path, message, "look the date up again")
        return text

    def reading(self, text: str) -> str | None:
        dates = self._dates(text)
        return dates[0] if len(dates) == 1 else None

    def _dates(self, text: str) -> list[str]:
        """The dates that may be meant, in this form."""
        return [day for day in one_reading.dates(text) if re.fullmatch(self.pattern, day, re.ASCII)]

    def _hint(self, text: str) -> str:
        dates = self._dates(text)
        if len(dates) > 1:
            return f"which day is meant: {' or '.join(f'`{day}`' for day in dates)}?"
        return _write(self.reading(text)) or "write it as in 2025-07-23, or 2025-07 where the day is not known"

    def schema(self) -> Schema:
        bare_year = {"type": "integer", "minimum": 1900, "maximum": 2100}
        text = {"type": "string", "pattern": f"^{self.pattern}$"}
        return {"anyOf": [text, bare_year]} if self.pattern.endswith("?") else text


class Day(PartialDate):
    """`YYYY-MM-DD`."""

    what = "a day (YYYY-MM-DD)"
    pattern = r"\d{4}-\d{2}-\d{2}"


class Month(PartialDate):
    """`YYYY-MM` or `YYYY-MM-DD`."""

    what = "a day (YYYY-MM-DD) or a month (YYYY-MM)"
    pattern = r"\d{4}-\d{2}(-\d{2})?"

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


class SpanText(Scalar):
    """A length of time: a bare number of years, or `6 months`, `2 years`, `12 weeks`, `30 days`."""

    what = "a number of years, or a length such as `6 months`"
    pattern = r"(\d{1,3}(?:\.\d)?)(?: (years?|months?|weeks?|days?))?"

    def __init__(self, *, unlimited: bool = False, bare: bool = True, whole: bool = False) -> None:
        super().__init__()
        self.unlimited, self.bare, self.whole = unlimited, bare, whole
        if unlimited:
            self.what += ", or `none` where the source says there is no limit"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if self.unlimited and text == "none":
            return "none"
        found = re.fullmatch(self.pattern, text, re.ASCII)
        if (
            not found
            or (len(found[1]) > 1 and found[1][0] == "0" and found[1][1] != ".")
            or (self.whole and "." in text)
        ):
            hint = _write(self.reading(text)) or "write a number and its unit, such as `18` or `6 months`"
            return out.report("malformed-span", node, path, f"`{shown(text)}` is not {self.what}", hint)
        if not self.bare and not found[2]:
            return out.report(
                "malformed-span", node, path, f"`{text}` has no unit", f"write `{text} months` or `{text} years`"
            )
        number = float(found[1]) if "." in found[1] else int(found[1])
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

    what = "a register's number (NCT and 8 digits) or a slug"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if register_of(text) not in (None, "id_rcb") or (
            SLUG.fullmatch(text) and len(text) <= 60 and not text.startswith("nct")
        ):
            return text
        return out.report(
            "malformed-id", node, path, f"`{shown(text)}` is neither a register's number nor a slug", self._hint(text)
        )

    def reading(self, text: str) -> str | None:
        return one_reading.study_number(text)

    def _hint(self, text: str) -> str:
        return _write(self.reading(text)) or _id_hint(text)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9/-]+$", "maxLength": 60}


class RegisterNumber(Scalar):
    """A study's number in one register."""

    def __init__(self, register: str) -> None:
        super().__init__()
        self.key = register
        self.register = REGISTERS[register]
        self.what = f"a {self.register.name} number (as {self.register.example})"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if self.register.pattern.fullmatch(text):
            return text
        belongs = register_of(text)
        hint = (
            f"it has the shape of `{belongs}`"
            if belongs
            else f"look it up again: {self.register.example} is such a number"
        )
        if reading := self.reading(text):
            hint = _write(reading)
        return out.report("malformed-id", node, path, f"`{shown(text)}` is not {self.what}", hint)

    def reading(self, text: str) -> str | None:
        return one_reading.study_number(text, self.key)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.register.pattern.pattern})$"}


class Address(Text):
    """A web address."""

    what = "a web address (https://…)"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        value = super().parse(text, node, path, out)
        if value is not MISSING and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", text):
            reading = self.reading(text)
            hint = _write(reading) or "copy the whole address from the browser"
            return out.report("malformed-address", node, path, f"`{shown(text)}` is not {self.what}", hint)
        return value

    def reading(self, text: str) -> str | None:
        return f"https://{text}" if re.fullmatch(r"www\.[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", text) else None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$", "maxLength": self.longest}


class Pattern(Scalar):
    """A text of a fixed form."""

    pattern = r""
    what = "a text"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return out.report(
                "malformed-text",
                node,
                path,
                f"`{shown(text)}` is not {self.what}",
                _write(self.reading(text)) or "correct it, or remove the key",
            )
        return text

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


class Telephone(Pattern):
    """A telephone number in international form."""

    what = "a telephone number (+33 1 23 45 67 89)"
    pattern = r"\+[1-9][0-9]{0,2}([ -]?[0-9]){5,14}"

    def reading(self, text: str) -> str | None:
        return one_reading.telephone(text, self.pattern)


class Mail(Pattern):
    """An electronic address."""

    what = "an electronic address (trials@example.org)"
    pattern = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"

    def reading(self, text: str) -> str | None:
        return one_reading.mail(text, self.pattern)


class Ratio(Pattern):
    """The chances of the arms."""

    what = "a ratio such as `2:1`"
    pattern = r"[0-9]{1,2}(:[0-9]{1,2}){1,5}"

    def reading(self, text: str) -> str | None:
        plain = re.sub(r" ?(?:to|/|-|–|:|pour|contre) ?", ":", text.strip().lower())
        return plain if plain != text and re.fullmatch(self.pattern, plain) else None


def _write(reading: str | None) -> str:
    """The hint where there is one reading."""
    return f"write `{shown(reading, 120)}`" if reading else ""


def _id_hint(text: str) -> str:
    digits = re.fullmatch(r"nct\D?(\d+)", text.strip(), re.IGNORECASE)
    if digits and len(digits[1]) == 8:
        return f"did you mean `NCT{digits[1]}`?"
    if digits:
        return f"an NCT number has 8 digits; this one has {len(digits[1])}"
    return "a study without a number has a lower-case slug such as `ibmr-yale`"
