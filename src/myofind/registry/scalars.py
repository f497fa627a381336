"""The forms of single values: texts, numbers, words of a list, terms of a vocabulary.

Those of a fixed shape, as dates and addresses, are in `registry.shaped`. What `parse` and `schema` do is told where
`Scalar` and `registry.forms` declare them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from myofind.diagnostics import Path, meant, shown, write
from myofind.files.yaml_nodes import Node, ScalarNode
from myofind.language import Pair, Words, both
from myofind.names.vocabulary import ids, resolve
from myofind.records import NamedTuple
from myofind.registry import one_reading
from myofind.registry.forms import Form, Reading, Schema
from myofind.registry.node_words import EMPTY, NO_VALUE, is_empty, misplaced, nearest, write_or_remove

_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]"


_CURLY = frozenset("“”„«»‘’‹›")


class Refused(NamedTuple):
    """Why a text is no value of a form: the rule, what is said and what to do, each in English and in French."""

    rule: str
    en: str
    fr: str
    hint_en: str
    hint_fr: str


class Scalar(Form):
    """A single word, number or sentence; readings are remembered, since registries repeat themselves."""

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, ScalarNode):
            return out.report("wrong-type", node, path, *misplaced(node, self.what))
        text = node.value
        if text in self.known:
            return self.known[text]
        if is_empty(node):
            return out.report("empty-value", node, path, *NO_VALUE, *write_or_remove(self.what))
        value = self.parse(text)
        if isinstance(value, Refused):
            if inside := self.unquoted(text):
                said = ("curly quotes stand around the value", "des guillemets typographiques entourent la valeur")
                straight = (f'write `"{inside}"`, in straight quotes', f'écrire `"{inside}"`, entre guillemets droits')
                value = Refused(value.rule, *said, *straight)
            return out.report(value.rule, node, path, *value[1:])
        if text not in EMPTY:
            self.known[text] = value
        return value

    def unquoted(self, text: str) -> str | None:
        """What stands between curly quotes, where that alone is a value of this form."""
        inside = text[1:-1].strip()
        if len(text) < 3 or text[0] not in _CURLY or text[-1] not in _CURLY or inside[:1] in _CURLY:
            return None
        return None if isinstance(self.parse(inside), Refused) else inside

    def parse(self, text: str) -> Any:
        """The value a text stands for, or Refused."""
        raise NotImplementedError

    def refuse(self, rule: str, text: str, hint: Pair) -> Refused:
        """That a text is not of this form: what to write where it has one reading, else the hint."""
        return Refused(rule, *is_not(text, self.what), *(write_reading(self.reading(text)) or hint))


def is_not(text: str, what: Pair) -> Pair:
    """That a text is not what is expected."""
    return f"`{shown(text)}` is not {what[0]}", f"`{shown(text)}` n'est pas {what[1]}"


def write_reading(reading: str | None) -> Pair | None:
    """The hint where a text has one reading."""
    return write(shown(reading, 120)) if reading else None


class Text(Scalar):
    """Any text without control characters."""

    what = ("a text", "un texte")

    def __init__(self, longest: int = 600) -> None:
        super().__init__()
        self.longest = longest

    def parse(self, text: str) -> Any:
        bad = None if text.isprintable() else re.search(_CONTROL, text)
        if bad:
            message = (
                f"the text holds a control character ({shown(bad[0])})",
                f"le texte contient un caractère de commande ({shown(bad[0])})",
            )
            return Refused("control-character", *message, "remove it", "le retirer")
        if not text.strip():
            hint = ("write a text, or remove the key", "écrire un texte, ou retirer la clé")
            return Refused("empty-value", "the text is empty", "le texte est vide", *hint)
        if len(text) > self.longest:
            message = (
                f"{len(text)} characters; at most {self.longest} are accepted",
                f"{len(text)} caractères ; au plus {self.longest} sont admis",
            )
            hint = ("say it shorter, in own words", "le dire plus court, en propres mots")
            return Refused("text-too-long", *message, *hint)
        return text

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": self.longest}


class Number(Scalar):
    """A whole number from zero to `most`."""

    what = ("a whole number", "un nombre entier")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def parse(self, text: str) -> Any:
        if re.fullmatch(r"[1-9][0-9]*", text) and (len(text) > len(str(self.most)) or int(text) > self.most):
            return Refused(
                "out-of-range",
                f"{shown(text, 30)} is more than {self.most:,}",
                f"{shown(text, 30)} dépasse {self.most:,}".replace(",", " "),
                "look it up again; registers write 99999999 where the number is not known",
                "le vérifier ; les registres écrivent 99999999 quand le nombre n'est pas connu",
            )
        if not re.fullmatch(r"0|[1-9][0-9]*", text):
            hint = ("write digits only, without a leading zero", "écrire des chiffres seuls, sans zéro devant")
            return self.refuse("malformed-number", text, hint)
        return int(text)

    def reading(self, text: str) -> str | None:
        return one_reading.number(text)

    def schema(self) -> Schema:
        digits = len(str(self.most)) - 1
        written = {"type": "string", "pattern": f"^(0|[1-9][0-9]{{0,{digits}}})$"}
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": self.most}, written]}


class Decimal(Scalar):
    """A number within the range of a fact."""

    def __init__(
        self,
        low: float,
        high: float,
        unit: Words = "",
        units: frozenset[str] = frozenset(),
        *,
        whole: bool = False,
        others: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self.unit, self.others = unit, others
        self.low, self.high, self.units, self.whole = low, high, units, whole
        en, fr = (f" {one}" if one else "" for one in both(unit))
        self.what = (
            f"a {'whole ' if whole else ''}number from {low:g} to {high:g}{en}",
            f"un nombre{' entier' if whole else ''} de {low:g} à {high:g}{fr}",
        )

    def parse(self, text: str) -> Any:
        if not re.fullmatch(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?", text, re.ASCII) or (self.whole and "." in text):
            hint = ("write digits only", "écrire des chiffres seuls")
            if not self.whole:
                hint = (f"{hint[0]}, with a decimal point", f"{hint[1]}, avec un point décimal")
            return self.refuse("malformed-number", text, self._converted(text) or hint)
        number = float(text) if "." in text else int(text)
        if not self.low <= number <= self.high:
            en, fr = self.what
            hint = ("look at the unit and the scale", "regarder l'unité et l'échelle")
            return Refused("out-of-range", f"{text} is not {en}", f"{text} n'est pas {fr}", *hint)
        return number

    def _converted(self, text: str) -> Pair | None:
        """What a number in another unit is in the unit of the fact."""
        match = re.fullmatch(r"(\d{1,6}(?:[.,]\d{1,3})?) ?(\D+)", one_reading.folded(text))
        factor = self.others.get(match[2]) if match else None
        if match is None or factor is None:
            return None
        (en, fr), number = both(self.unit), f"{float(match[1].replace(',', '.')) * factor:.1f}".removesuffix(".0")
        return f"in {en} that is `{number}`", f"en {fr}, c'est `{number}`"

    def reading(self, text: str) -> str | None:
        return one_reading.decimal(text, self.units)

    def schema(self) -> Schema:
        written = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?$"}
        return {"anyOf": [{"type": "number", "minimum": self.low, "maximum": self.high}, written]}


class Boolean(Scalar):
    """`true` or `false`; `yes`, `no`, `on`, `off` are not accepted."""

    what = ("`true` or `false`", "`true` ou `false`")

    def parse(self, text: str) -> Any:
        if text not in ("true", "false"):
            message = (f"`{shown(text)}` is neither `true` nor `false`", f"`{shown(text)}` n'est ni `true` ni `false`")
            hint = write_reading(self.reading(text)) or ("write `true` or `false`", "écrire `true` ou `false`")
            return Refused("unknown-value", *message, *hint)
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
        listed = ", ".join(f"`{word}`" for word in self.words)
        self.what = (f"one of {listed}", f"un mot parmi {listed}")

    def parse(self, text: str) -> Any:
        if text not in self.words:
            return Refused("unknown-value", *is_not(text, self.what), *self._hint(text))
        return text

    def reading(self, text: str) -> str | None:
        return one_reading.word(text, self.words)

    def _hint(self, text: str) -> Pair:
        """What to write instead; a study has several phases, or none."""
        reading = self.reading(text)
        if reading is None and "early_1" in self.words:
            if one_reading.no_phase(text):
                return (
                    "remove `phase`: a study without phases has no such key",
                    "retirer `phase` : une étude sans phase n'a pas cette clé",
                )
            if several := one_reading.phases(text):
                return write(f"[{', '.join(several)}]")
        if words := one_reading.words_meant(text, self.words):
            return which_of(words)
        near = nearest(text, self.words)
        return write_reading(reading) or (
            meant([near]) if near else ("write one of these words", "écrire l'un de ces mots")
        )

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

_MISCODED = {"SP": "ES", "EN": "GB", "JA": "JP", "EL": "GR", "KO": "KR"}
"""Codes often written for a country that has another; of any other two letters nothing is guessed."""


def several_terms(kind: str, text: str) -> list[str]:
    """The terms of a list without its commas: `FR US`, `dm; pm`; none where any piece is no term."""
    signs = ";" if kind == "antibodies" else r"[;/|]"  # SSA/Ro is one name
    parts = [part.strip() for part in re.split(signs, text)]
    parts = parts if len(parts) > 1 or kind == "antibodies" else text.split()
    if len(parts) < 2 or resolve(kind, text, exact=True).id:
        return []
    known = [part if part in ids(kind) else resolve(kind, part, exact=True).id for part in parts]
    return [id for id in known if id] if all(known) else []


def which_of(words: Iterable[str]) -> Pair:
    """The question which of several words is meant."""
    several = ", ".join(f"`{one}`" for one in words)
    return f"which is meant: {several}?", f"lequel est voulu : {several} ?"


def _all_of(kind: str) -> Pair:
    """Where every term of a vocabulary is listed."""
    return (
        f"`myofind vocab {kind}` lists all; a new one belongs in the vocabulary",
        f"`myofind vocab {kind}` les énumère ; un nouveau a sa place dans le vocabulaire",
    )


class Term(Scalar):
    """A term of a vocabulary, by its id; other spellings are refused and the id is named."""

    def __init__(self, kind: str, what: Pair) -> None:
        super().__init__()
        self.kind = kind
        self.what = what

    def parse(self, text: str) -> Any:
        if text in ids(self.kind):
            return text
        found = resolve(self.kind, text)
        hint: Pair
        if parts := several_terms(self.kind, text):
            commas = ", ".join(parts)
            hint = (f"put commas between them: `{commas}`", f"mettre des virgules entre eux : `{commas}`")
        elif found.id:
            hint = write(found.id)
        elif self.kind == "countries" and len(text) == 2:
            known = _MISCODED.get(text.upper())
            hint = meant([known]) if known else _all_of(self.kind)
        elif found.candidates:
            hint = which_of(found.candidates)
        elif found.suggestions:
            hint = meant(found.suggestions)
        else:
            hint = _all_of(self.kind)
        en, fr = self.what
        message = (
            f"`{shown(text)}` is not {en} of the vocabulary",
            f"`{shown(text)}` n'est pas {fr} du vocabulaire",
        )
        return Refused(_TERM_RULES[self.kind], *message, *hint)

    def schema(self) -> Schema:
        return {"$ref": f"#/definitions/{self.kind}"}
