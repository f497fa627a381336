"""What the registry file may hold: one table of keys and forms, read by everything that must agree about it.

The reader, the order of keys, the "did you mean" of a misspelt key and the published JSON Schema all come from here.
A form turns a located node into a plain value, or reports why it cannot; plain scalars stay text until a form asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from myofind import trial as t
from myofind.dates import first_day
from myofind.diagnostics import Diagnostic, Path, Severity, shown
from myofind.identifiers import REGISTERS, SLUG, register_of
from myofind.names.vocabulary import ids, resolve
from myofind.source import position


class Missing:
    """The value of a key that could not be read; the finding says why."""


MISSING = Missing()
Schema = dict[str, Any]


class Reading:
    """Collects findings while nodes are turned into plain values."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.trial: str | None = None
        self.findings: list[Diagnostic] = []
        self.dropped: dict[Path, list[int]] = {}
        """The items of lists that could not be read, by the path of the list: what is left has moved up."""

    def report(
        self, rule: str, node: Node, path: Path, message: str, hint: str = "", severity: Severity = "error"
    ) -> Missing:
        """Add a finding at a node; gives back MISSING."""
        self.findings.append(Diagnostic(rule, severity, self.file, position(node), self.trial, path, message, hint))
        return MISSING


class Form:
    """How a value is written."""

    what = "a value"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        """The plain value of a node, or MISSING after a finding."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """The form as JSON Schema (draft 2020-12)."""
        raise NotImplementedError


class Scalar(Form):
    """A single word, number or sentence; readings are remembered, since registries repeat themselves."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, ScalarNode):
            return out.report("wrong-type", node, path, f"{_kind(node)} stands where {self.what} is expected")
        text = node.value
        if text in self._known and not (text in _EMPTY and not node.style):
            return self._known[text]
        if text in _EMPTY and not node.style:
            return out.report("empty-value", node, path, "there is no value", f"write {self.what}, or remove the key")
        value = self.parse(text, node, path, out)
        if value is not MISSING:
            self._known[text] = value
        return value

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        """The value a text stands for."""
        raise NotImplementedError


_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
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
                "write digits only, without a leading zero",
            )
        return int(text)

    def schema(self) -> Schema:
        written = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,7})$"}
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 99_999_999}, written]}


class Boolean(Scalar):
    """`true` or `false`; `yes`, `no`, `on`, `off` are not accepted."""

    what = "`true` or `false`"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if text not in ("true", "false"):
            return out.report("unknown-value", node, path, f"`{shown(text)}` is neither `true` nor `false`")
        return text == "true"

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
            near = _nearest(text, self.words)
            return out.report(
                "unknown-value",
                node,
                path,
                f"`{shown(text)}` is not {self.what}",
                f"did you mean `{near}`?" if near else "",
            )
        return text

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
            return out.report("malformed-date", node, path, f"`{shown(text)}` is not {self.what}")
        try:
            day = first_day(text)
        except ValueError:
            return out.report("impossible-date", node, path, f"`{text}` is no day of the calendar")
        if not 1900 <= day.year <= 2100:
            return out.report("impossible-date", node, path, f"the year {day.year} is not between 1900 and 2100")
        return text

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
            return out.report("malformed-span", node, path, f"`{shown(text)}` is not {self.what}")
        if not self.bare and not found[2]:
            return out.report(
                "malformed-span", node, path, f"`{text}` has no unit", f"write `{text} months` or `{text} years`"
            )
        number = float(found[1]) if "." in found[1] else int(found[1])
        unit = (found[2] or "years").rstrip("s") + "s"
        return number if unit == "years" and not found[2] else {"number": number, "unit": unit}

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
            "malformed-id", node, path, f"`{shown(text)}` is neither a register's number nor a slug", _id_hint(text)
        )

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"], "pattern": "^[A-Za-z0-9/-]+$", "maxLength": 60}


class RegisterNumber(Scalar):
    """A study's number in one register."""

    def __init__(self, register: str) -> None:
        super().__init__()
        self.register = REGISTERS[register]
        self.what = f"a {self.register.name} number (as {self.register.example})"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        if self.register.pattern.fullmatch(text):
            return text
        belongs = register_of(text)
        hint = f"it has the shape of `{belongs}`" if belongs else ""
        return out.report("malformed-id", node, path, f"`{shown(text)}` is not {self.what}", hint)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.register.pattern.pattern})$"}


class Address(Text):
    """A web address."""

    what = "a web address (https://…)"

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        value = super().parse(text, node, path, out)
        if value is not MISSING and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", text):
            return out.report("malformed-address", node, path, f"`{shown(text)}` is not {self.what}")
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$", "maxLength": self.longest}


class ListOf(Form):
    """A list of values of one form; `single` also accepts one value without brackets."""

    def __init__(self, item: Form, *, single: bool = False, empty: bool = False) -> None:
        self.item, self.single, self.empty = item, single, empty
        self.what = "a list"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            if self.single and isinstance(node, ScalarNode):
                value = self.item.read(node, path, out)
                return value if value is MISSING else [value]
            return out.report(
                "wrong-type",
                node,
                path,
                f"{_kind(node)} stands where a list is expected",
                "write it as [a, b] or as lines that start with `- `",
            )
        if not node.value and not self.empty:
            return out.report("empty-value", node, path, "the list is empty", "remove the key")
        read = self.item.read
        values = [read(item, (*path, place), out) for place, item in enumerate(node.value)]
        kept = [value for value in values if value is not MISSING]
        if len(kept) != len(values):
            out.dropped[path] = [place for place, value in enumerate(values) if value is MISSING]
        return kept

    def schema(self) -> Schema:
        items = self.item.schema()
        listed: Schema = {"type": "array", "items": items}
        if not self.empty:
            listed["minItems"] = 1
        return {"anyOf": [listed, items]} if self.single else listed


class Key(NamedTuple):
    """One key of a mapping: its form, whether it must be there, and what it means."""

    form: Form
    meaning: str
    required: bool = False


class Mapping(Form):
    """A mapping with known keys."""

    def __init__(self, name: str, keys: dict[str, Key]) -> None:
        self.name = name
        self.keys = keys
        self.what = f"the keys of {name}"
        self._reads = {key: known.form.read for key, known in keys.items()}
        self._required = tuple(key for key, known in keys.items() if known.required)

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return out.report("wrong-type", node, path, f"{_kind(node)} stands where {self.what} are expected")
        plain: dict[str, Any] = {}
        reads = self._reads
        whole = True
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else None
            read = reads.get(key) if key is not None else None
            if read is None or key is None:
                self._unknown(key_node, key, path, out)
                continue
            if key in plain:
                continue  # the second of two equal keys; reported where the text was read
            value = plain[key] = read(value_node, (*path, key), out)
            whole = whole and value is not MISSING
        for key in self._required:
            if key not in plain:
                meaning = self.keys[key].meaning
                out.report("missing-key", node, path, f"{self.name} has no `{key}`", f"add `{key}:` ({meaning})")
        return plain if whole else {key: value for key, value in plain.items() if value is not MISSING}

    def _unknown(self, node: Node, key: str | None, path: Path, out: Reading) -> None:
        if key is None:
            out.report("wrong-type", node, path, f"{_kind(node)} stands where a key is expected")
            return
        near = _nearest(key, self.keys)
        hint = f"did you mean `{near}`?" if near else "accepted: " + ", ".join(self.keys)
        out.report("unknown-key", node, (*path, key), f"`{shown(key)}` is not a key of {self.name}", hint)

    def schema(self) -> Schema:
        found: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key: {**known.form.schema(), "description": known.meaning} for key, known in self.keys.items()
            },
        }
        required = [key for key, known in self.keys.items() if known.required]
        if required:
            found["required"] = required
        return found


class Named(Form):
    """A mapping from free short names to values of one form."""

    name_pattern = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*", re.ASCII)

    def __init__(self, value: Form) -> None:
        self.value = value
        self.what = "names with their values"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return out.report("wrong-type", node, path, f"{_kind(node)} stands where {self.what} are expected")
        plain: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                out.report("wrong-type", key_node, path, f"{_kind(key_node)} stands where a name is expected")
                continue
            if not self.name_pattern.fullmatch(key_node.value):
                out.report(
                    "malformed-name",
                    key_node,
                    (*path, key_node.value),
                    f"`{shown(key_node.value)}` is not a short name",
                    "use lower-case letters, digits and hyphens",
                )
                continue
            value = self.value.read(value_node, (*path, key_node.value), out)
            if value is not MISSING:
                plain.setdefault(key_node.value, value)
        return plain

    def schema(self) -> Schema:
        return {
            "type": "object",
            "patternProperties": {f"^{self.name_pattern.pattern}$": self.value.schema()},
            "additionalProperties": False,
        }


def _kind(node: Node) -> str:
    return (
        "a list"
        if isinstance(node, SequenceNode)
        else "a mapping"
        if isinstance(node, MappingNode)
        else f"`{shown(node.value, 30)}`"
    )


def _nearest(word: str, words: Iterable[str]) -> str | None:
    near = get_close_matches(word.lower().replace("-", "_"), list(words), n=1, cutoff=0.7)
    return near[0] if near else None


def _id_hint(text: str) -> str:
    digits = re.fullmatch(r"nct\D?(\d+)", text.strip(), re.IGNORECASE)
    if digits and len(digits[1]) == 8:
        return f"did you mean `NCT{digits[1]}`?"
    if digits:
        return f"an NCT number has 8 digits; this one has {len(digits[1])}"
    return "a study without a number has a lower-case slug such as `ibmr-yale`"


# The table -----------------------------------------------------------------------------------------------------------

_TEXT, _SHORT, _LINE = Text(), Text(120), Text(200)
_DAY, _MONTH, _DATE = Day(), Month(), PartialDate()
_NUMBER, _BOOLEAN = Number(), Boolean()
_SUBTYPES = ListOf(Term("subtypes", "a subtype"), single=True)
_ANTIBODIES = ListOf(Term("antibodies", "an autoantibody"), single=True)
_COUNTRY = Term("countries", "a country code")
_COUNTRIES = ListOf(_COUNTRY, single=True)
_STANCE = Choice(t.STANCES)
_STATUS = Choice(t.STATUSES)

AGE = Mapping(
    "age",
    {
        "min": Key(SpanText(whole=True), "youngest completed age"),
        "max": Key(SpanText(whole=True, unlimited=True), "oldest completed age, or `none`"),
    },
)
SPAN = Mapping("the length of time", {"min": Key(SpanText(), "shortest"), "max": Key(SpanText(), "longest")})

ELIGIBILITY = Mapping(
    "eligibility",
    {
        "coverage": Key(Choice(("summary", "full")), "`full` only where the full criteria were read"),
        "subtypes": Key(
            Mapping(
                "subtypes",
                {"admits": Key(_SUBTYPES, "subtypes admitted"), "excludes": Key(_SUBTYPES, "subtypes excluded")},
            ),
            "subtypes of myositis",
        ),
        "age": Key(AGE, "completed years, or `6 months`"),
        "sex": Key(Choice(t.SEXES), "sex admitted"),
        "autoantibodies": Key(
            Mapping(
                "autoantibodies",
                {
                    "required_any": Key(_ANTIBODIES, "at least one is positive"),
                    "required_all": Key(_ANTIBODIES, "all are positive"),
                    "excluded": Key(_ANTIBODIES, "none is positive"),
                },
            ),
            "autoantibody rules",
        ),
        "ild": Key(_STANCE, "interstitial lung disease"),
        "refractory": Key(_STANCE, "failure, intolerance or contra-indication of usual treatment"),
        "duration": Key(SPAN, "time since diagnosis or onset"),
        "onset_age": Key(SPAN, "age at onset"),
        "check_by_hand": Key(ListOf(_LINE, single=True), "criteria nobody structured, in short"),
    },
)


class TrialMapping(Mapping):
    """A trial; findings below it carry its id."""

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        out.trial = id_of(node)
        try:
            return super().read(node, path, out)
        finally:
            out.trial = None


def id_of(node: Node) -> str | None:
    """The id written in a trial, made safe to show; none where there is none."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, ScalarNode):
                return shown(value.value)
    return None


TRIAL = TrialMapping(
    "the trial",
    {
        "id": Key(TrialId(), "NCT number, another register's number, or a slug", True),
        "ids": Key(
            Mapping(
                "ids",
                {
                    **{
                        key: Key(ListOf(RegisterNumber(key), single=True), f"{REGISTERS[key].name} number")
                        for key in t.ID_KEYS
                        if key != "sponsor"
                    },
                    "sponsor": Key(ListOf(_SHORT, single=True), "the sponsor's own number"),
                },
            ),
            "numbers in other registers",
        ),
        "acronym": Key(Text(60), "as the sponsor writes it"),
        "title": Key(_TEXT, "short English title in own words"),
        "title_fr": Key(_TEXT, "short French title in own words"),
        "kind": Key(Choice(t.KINDS), "kind of study", True),
        "extends": Key(ListOf(TrialId(), single=True), "the parent trial of an extension"),
        "interventions": Key(
            ListOf(
                Mapping(
                    "the intervention",
                    {
                        "name": Key(_SHORT, "INN or usual English name", True),
                        "role": Key(Choice(t.ROLES), "`experimental` unless said otherwise"),
                        "route": Key(_SHORT, "route of administration"),
                        "brand": Key(_SHORT, "brand name"),
                        "codes": Key(ListOf(_SHORT, single=True), "code names"),
                        "class": Key(_SHORT, "class of the drug"),
                    },
                )
            ),
            "what is tested",
        ),
        "phase": Key(ListOf(Choice(t.PHASES), single=True), "phases of a drug trial"),
        "comparator": Key(Choice(t.COMPARATORS), "what it is compared with"),
        "status": Key(
            ListOf(
                Mapping(
                    "the observation",
                    {
                        "value": Key(_STATUS, "recruitment status", True),
                        "as_of": Key(_MONTH, "the day it was true", True),
                        "source": Key(_SHORT, "a declared source", True),
                        "at": Key(_TEXT, "the place in the source"),
                        "why": Key(_LINE, "why it stopped, in own words"),
                    },
                )
            ),
            "observations of the recruitment status, newest first",
        ),
        "eligibility": Key(ELIGIBILITY, "who may join"),
        "cohorts": Key(
            ListOf(
                Mapping(
                    "the cohort",
                    {
                        "name": Key(_SHORT, "name of the cohort", True),
                        "eligibility": Key(ELIGIBILITY, "on top of the trial's", True),
                    },
                )
            ),
            "parts with criteria of their own",
        ),
        "countries": Key(
            Mapping(
                "countries",
                {
                    "listed": Key(_COUNTRIES, "countries with a site"),
                    "complete": Key(_BOOLEAN, "whether the source lists them all"),
                    "not_in": Key(_COUNTRIES, "countries the source rules out"),
                },
            ),
            "where it runs",
        ),
        "sites": Key(
            ListOf(
                Mapping(
                    "the site",
                    {
                        "country": Key(_COUNTRY, "country code", True),
                        "city": Key(_SHORT, "city"),
                        "facility": Key(_LINE, "hospital or centre"),
                        "status": Key(_STATUS, "the site's own status"),
                    },
                )
            ),
            "places",
        ),
        "enrollment": Key(_NUMBER, "participants planned or actual"),
        "start": Key(_DATE, "start of the study"),
        "primary_completion": Key(_DATE, "last visit for the main outcome"),
        "end": Key(_DATE, "end of the study"),
        "follow_up": Key(SpanText(bare=False), "follow-up of a participant"),
        "sponsor": Key(_LINE, "who is responsible"),
        "record": Key(
            Mapping(
                "record",
                {
                    "read": Key(_DAY, "day the register's record was read"),
                    "updated": Key(_DAY, "day of its last update"),
                    "title": Key(_SHORT, "fingerprint of its titles"),
                    "conditions": Key(_SHORT, "fingerprint of its conditions"),
                    "criteria": Key(_SHORT, "fingerprint of its criteria"),
                },
            ),
            "what was last read of the register's record",
        ),
        "draft": Key(_BOOLEAN, "not yet decided by a curator"),
        "sources": Key(
            ListOf(
                Mapping(
                    "the source",
                    {
                        "ref": Key(_SHORT, "a declared source", True),
                        "at": Key(_TEXT, "the place in it: lines of a text, or the page's address"),
                        "date": Key(_MONTH, "date of the page"),
                        "for": Key(ListOf(_SHORT, single=True), "the keys it supports"),
                    },
                )
            ),
            "where the facts come from",
        ),
        "conflicts": Key(
            ListOf(
                Mapping(
                    "the conflict",
                    {
                        "about": Key(_SHORT, "a key of the trial", True),
                        "note": Key(_TEXT, "what disagrees, what was kept and why", True),
                    },
                )
            ),
            "what the sources disagree about",
        ),
    },
)

HEADER = Mapping(
    "the registry",
    {
        "name": Key(_SHORT, "name of the registry", True),
        "schema": Key(Choice(("1",)), "version of this format", True),
        "version": Key(_SHORT, "calendar version of the data", True),
        "as_of": Key(_DAY, "newest day any fact was true", True),
        "sources": Key(
            Named(
                Mapping(
                    "the source",
                    {
                        "title": Key(_TEXT, "title", True),
                        "publisher": Key(_LINE, "publisher"),
                        "date": Key(_DATE, "date of the document"),
                        "file": Key(_LINE, "file name of the document"),
                        "url": Key(Address(), "address"),
                    },
                )
            ),
            "every source, by a short name",
            True,
        ),
    },
)

FILE = Mapping(
    "the file",
    {"registry": Key(HEADER, "about the registry", True), "trials": Key(ListOf(TRIAL, empty=True), "the trials", True)},
)
