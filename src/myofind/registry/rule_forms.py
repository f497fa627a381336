"""How rules stand in the registry file: subtypes, age, autoantibodies, facts of the table, alternatives and treatments.

The rules on facts are made from the table of facts: a new row is accepted here, in the schema and everywhere else.
"""

from __future__ import annotations

from typing import Any

from yaml.nodes import Node, ScalarNode

from myofind.diagnostics import Path, shown
from myofind.domain import trial as t
from myofind.names.facts import FACTS, Row
from myofind.names.vocabulary import resolve
from myofind.registry.forms import MISSING, Form, Key, ListOf, Mapping, Reading, Schema
from myofind.registry.scalars import Choice, Decimal, Number, SpanText, Term, Text

__all__ = ["AGE", "BRANCH", "ELIGIBILITY", "SPAN", "NoteText"]

_SUBTYPES = ListOf(Term("subtypes", "a subtype"), single=True)
_ANTIBODIES = ListOf(Term("antibodies", "an autoantibody"), single=True)
_DRUGS = ListOf(Term("drugs", "a drug or class"), single=True)
_LENGTH = SpanText(bare=False)
_STANCE = Choice(t.STANCES)

AGE = Mapping(
    "age",
    {
        "min": Key(SpanText(whole=True), "youngest completed age"),
        "max": Key(SpanText(whole=True, unlimited=True), "oldest completed age, or `none`"),
    },
)
SPAN = Mapping("the length of time", {"min": Key(SpanText(), "shortest"), "max": Key(SpanText(), "longest")})
SUBTYPE = Mapping(
    "subtypes", {"admits": Key(_SUBTYPES, "subtypes admitted"), "excludes": Key(_SUBTYPES, "subtypes excluded")}
)
ANTIBODY = Mapping(
    "autoantibodies",
    {
        "required_any": Key(_ANTIBODIES, "at least one is positive"),
        "required_all": Key(_ANTIBODIES, "all are positive"),
        "excluded": Key(_ANTIBODIES, "none is positive"),
    },
)
_TIMES = {
    "min": Key(_LENGTH, "shortest, included"),
    "max": Key(_LENGTH, "longest, included"),
    "above": Key(_LENGTH, "longer than"),
    "below": Key(_LENGTH, "shorter than"),
}
_BOUNDS = ("min", "max", "above", "below")
_WITHIN = Mapping("the window", {"within": Key(_LENGTH, "length of time before today", True)})


class OneOf(Form):
    """A word, or a mapping or list: which of them is told by how it is written."""

    def __init__(self, word: Form, other: Form) -> None:
        self.word, self.other = word, other
        self.what = f"{word.what}, or {other.what}"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        return (self.word if isinstance(node, ScalarNode) else self.other).read(node, path, out)

    def schema(self) -> Schema:
        return {"anyOf": [self.word.schema(), self.other.schema()]}


class NoteText(Form):
    """A text in English and French; one text alone is English, as files of schema 1 have it."""

    what = "a text, or {en: …, fr: …}"

    def __init__(self, text: Form) -> None:
        self.text = text
        self.both = Mapping("the text", {"en": Key(text, "in English", True), "fr": Key(text, "in French")})

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        return (self.text if isinstance(node, ScalarNode) else self.both).read(node, path, out)

    def schema(self) -> Schema:
        return {"anyOf": [self.text.schema(), self.both.schema()]}


def _fact(row: Row) -> Form:
    """How a rule on a fact is written, by the kind of the fact."""
    match row.kind:
        case "yes_no":
            window = OneOf(Choice(("now",)), _WITHIN)
            return OneOf(_STANCE, Mapping(row.id, {"excluded": Key(window, "not now, or not within a time", True)}))
        case "choice":
            values = ListOf(Choice(one.id for one in row.values))
            keys = {"required": Key(values, "one of these holds"), "excluded": Key(values, "none of these holds")}
            if row.dated:
                keys["within"] = Key(_LENGTH, "how old the proof may be")
            return Mapping(row.id, keys, (("required", "excluded"),))
        case "number":
            number = Decimal(*row.range, row.unit[0])
            keys = {
                "min": Key(number, "at least"), "max": Key(number, "at most"), "above": Key(number, "more than"), "below": Key(number, "less than"),
            }  # fmt: skip
            if len(row.scale) > 1:
                keys["scale"] = Key(Whole(row.scale), "the full mark of the scale meant")
            if row.id == "failed_drugs":
                keys["intolerance"] = Key(Choice(("counts", "not", "unsaid")), "whether intolerance counts as failure")
            return Mapping(row.id, keys, (_BOUNDS,))
        case "span":
            return Mapping(row.id, _TIMES, (_BOUNDS,))
        case "day":
            since = Key(Mapping("the time since", _TIMES, (_BOUNDS,)), "time since the day")
            keys = {"since": since, "age": Key(Mapping("the age then", _TIMES, (_BOUNDS,)), "age on the day")}
            if not row.never:
                return Mapping(row.id, keys, (("since", "age"),))
            keys["excluded"] = Key(_WITHIN, "not within a time")
            return OneOf(Choice(("required", "excluded")), Mapping(row.id, keys, (("since", "age"), ("excluded",))))


class Whole(Choice):
    """One of some whole numbers."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(one) for one in numbers)

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        word = super().parse(text, node, path, out)
        return word if word is MISSING else int(word)


class FactKeys(Mapping):
    """A mapping whose keys are facts; a name that is no id is looked up, and the id said."""

    def _unknown(self, node: Node, key: str | None, path: Path, out: Reading) -> None:
        told = resolve("facts", key) if key is not None else None
        if told is None or key is None or (told.id is None and not told.suggestions):
            super()._unknown(node, key, path, out)
            return
        hint = (
            f"write `{told.id}`"
            if told.id
            else "did you mean " + " or ".join(f"`{one}`" for one in told.suggestions) + "?"
        )
        out.report("unknown-patient-fact", node, (*path, key), f"`{shown(key)}` is not a fact of the table", hint)


_FACT_KEYS = {id: Key(_fact(row), row.en) for id, row in FACTS.items() if id != "sex"}
_FACTS = FactKeys("facts", _FACT_KEYS)
BRANCH = FactKeys(
    "the branch",
    {
        "subtypes": Key(SUBTYPE, "subtypes of myositis"),
        "age": Key(AGE, "completed years, or `6 months`"),
        "autoantibodies": Key(ANTIBODY, "autoantibody rules"),
        **_FACT_KEYS,
    },
)
_WHEN = OneOf(Choice(("ever", "now")), _WITHIN)
TREATMENT = Mapping(
    "the treatment",
    {
        "any": Key(_DRUGS, "drugs or classes", True),
        "excluded": Key(_WHEN, "`ever`, `now`, or within a time"),
        "required": Key(Choice(("ever", "now")), "`ever` or `now`"),
        "unchanged": Key(_LENGTH, "how long unchanged, where it is taken"),
        "dose": Key(
            Mapping(
                "the dose",
                {key: Key(Decimal(0, 1000, "mg/day"), f"{key}, mg a day of prednisone") for key in _BOUNDS},
                (_BOUNDS,),
            ),
            "of steroids, where they are taken",
        ),
    },
    (("excluded",), ("required",), ("unchanged", "dose")),
)
ELIGIBILITY = Mapping(
    "eligibility",
    {
        "coverage": Key(Choice(t.COVERAGES), "how much of the criteria was read"),
        "subtypes": Key(SUBTYPE, "subtypes of myositis"),
        "age": Key(AGE, "completed years, or `6 months`"),
        "sex": Key(Choice(t.SEXES), "sex admitted"),
        "autoantibodies": Key(ANTIBODY, "autoantibody rules"),
        "ild": Key(_STANCE, "interstitial lung disease, in files of schema 1"),
        "refractory": Key(_STANCE, "refractory disease, in files of schema 1"),
        "duration": Key(SPAN, "time since onset, in files of schema 1"),
        "onset_age": Key(SPAN, "age at onset, in files of schema 1"),
        "facts": Key(_FACTS, "rules on facts of the table"),
        "any_of": Key(ListOf(BRANCH), "branches of which one suffices"),
        "at_least": Key(
            ListOf(
                Mapping(
                    "the count",
                    {
                        "count": Key(Number(), "how many must be met", True),
                        "of": Key(ListOf(BRANCH), "the measures", True),
                    },
                )
            ),
            "measures of which some number must be met",
        ),
        "treatments": Key(ListOf(TREATMENT), "rules on treatments"),
        "check_by_hand": Key(
            ListOf(NoteText(Text(200)), single=True), "criteria nobody structured, in short, English and French"
        ),
    },
)
