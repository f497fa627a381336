"""The forms of what leads to a study or to people: numbers of registers, web addresses, telephone and electronic ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from myofind.diagnostics import Path, meant, shown
from myofind.domain.register_numbers import REGISTERS, SLUG, register_of
from myofind.files.yaml_nodes import Node
from myofind.language import Words
from myofind.registry import one_reading
from myofind.registry.forms import MISSING, Reading, Scalar, Schema
from myofind.registry.scalars import Text, refused, write_reading


class TrialId(Scalar):
    """A register's number, or a slug for a study that has none."""

    what: Words = (
        "a register's number (NCT and 8 digits) or a slug",
        "un numéro de registre (NCT et 8 chiffres) ou un nom court",
    )

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if register_of(text) not in (None, "id_rcb") or (
            re.fullmatch(SLUG, text) and len(text) <= 60 and not text.startswith("nct")
        ):
            return text
        message = (
            f"`{shown(text)}` is neither a register's number nor a slug",
            f"`{shown(text)}` n'est ni un numéro de registre ni un nom court",
        )
        return out.report("malformed-id", node, path, message, write_reading(self.reading(text)) or _id_hint(text))

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

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if self.register.pattern.fullmatch(text):
            return text
        belongs = register_of(text)
        example = self.register.example
        hint = (
            (f"it has the shape of `{belongs}`", f"il a la forme de `{belongs}`")
            if belongs
            else (f"look it up again: {example} is such a number", f"le vérifier : {example} est un tel numéro")
        )
        return refused("malformed-id", self, text, node, path, out, hint)

    def reading(self, text: str) -> str | None:
        return one_reading.study_number(text, self.key)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.register.pattern.pattern})$"}


class Address(Text):
    """A web address."""

    what: Words = ("a web address (https://…)", "une adresse de page (https://…)")

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        value = super().parse(text, node, path, out)
        if value is not MISSING and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", text):
            hint = ("copy the whole address from the browser", "copier l'adresse entière dans le navigateur")
            return refused("malformed-address", self, text, node, path, out, hint)
        return value

    def reading(self, text: str) -> str | None:
        return f"https://{text}" if re.fullmatch(r"www\.[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", text) else None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$", "maxLength": self.longest}


class Pattern(Scalar):
    """A text of a fixed form; `meant` reads other ways of writing it, given the pattern."""

    def __init__(self, what: Words, pattern: str, meant: Callable[[str, str], str | None]) -> None:
        super().__init__()
        self.what, self.pattern, self.meant = what, pattern, meant

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            hint = ("correct it, or remove the key", "le corriger, ou retirer la clé")
            return refused("malformed-text", self, text, node, path, out, hint)
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


def _id_hint(text: str) -> Words:
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
