"""How rules stand in the registry file: subtypes, age, autoantibodies, facts of the table, alternatives and treatments.

The rules on facts are made from the table of facts: a new row is accepted here, in the schema and everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myofind.diagnostics import Path, shown
from myofind.domain import trial as t
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode
from myofind.names.facts import FACTS, Row
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.forms import MISSING, Form, Key, ListOf, Mapping, Reading, Schema, Shapes, kind_of
from myofind.registry.scalars import Choice, Decimal, Number, SpanText, Term, Text

__all__ = ["AGE", "BRANCH", "ELIGIBILITY", "SPAN", "FactKeys", "NoteText", "OneOf"]

_SUBTYPES = ListOf(Term("subtypes", "a subtype"), single=True)
_ANTIBODIES = ListOf(Term("antibodies", "an autoantibody"), single=True)
_DRUGS = ListOf(Term("drugs", "a drug or class"), single=True)
_LENGTH = SpanText(bare=False)


class RuleKeys(Mapping):
    """A rule: half of one is none, so what is wrong anywhere in it leaves the whole rule out.

    `accepted` says how the rule is written; `shorthand` reads what people write instead, where it has one reading.
    """

    def __init__(
        self,
        name: str,
        keys: dict[str, Key],
        accepted: str = "",
        shorthand: Callable[[str], str | None] | None = None,
        shapes: Shapes = (),
    ) -> None:
        super().__init__(name, keys, shapes)
        self.accepted, self.shorthand = accepted, shorthand

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        before = len(out.findings)
        if isinstance(node, ScalarNode) and (node.value or node.style):
            word = self.reading(node.value)
            hint = f"write `{word}`" if word else f"write {self.accepted}" if self.accepted else ""
            return out.report("wrong-type", node, path, f"{kind_of(node)} stands where {self.what} are expected", hint)
        if isinstance(node, MappingNode) and not node.value:
            hint = f"write {self.accepted or 'it in full'}"
            return out.report("empty-value", node, path, "the rule says nothing", hint)
        value = super().read(node, path, out)
        return MISSING if len(out.findings) > before else value

    def reading(self, text: str) -> str | None:
        return self.shorthand(text) if self.shorthand else None


class Stance(Choice):
    """How a yes-or-no fact counts; a bare yes or no is neither."""

    def _hint(self, text: str) -> str:
        answer = one_reading.boolean(text)
        if answer is None:
            return super()._hint(text)
        return "write `required`" if answer == "true" else "write `excluded`: nobody who has it may join"


class Answer(Choice):
    """An answer of a choice, by its id; its other names are read."""

    def __init__(self, row: Row) -> None:
        super().__init__(one.id for one in row.values)
        names = ((name, one.id) for one in row.values for name in (one.en, one.fr, *one.aliases))
        self._ids = {one_reading.folded(name): id for name, id in names}

    def reading(self, text: str) -> str | None:
        return super().reading(text) or self._ids.get(one_reading.folded(text))


class Moment(Choice):
    """A word, where a length of time is another rule: `6 months` alone is `{within: 6 months}`."""

    def _hint(self, text: str) -> str:
        words = ", ".join(f"`{word}`" for word in self.words)
        return f"write `{reading}`" if (reading := self.reading(text)) else f"write {words} or `{{within: 6 months}}`"

    def reading(self, text: str) -> str | None:
        length = one_reading.span(text.strip(), unlimited=False, bare=False, whole=False)
        return f"{{within: {length}}}" if length else super().reading(text)


_STANCE = Stance(t.STANCES)

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
_BOUND: Shapes = (_BOUNDS,)
_WITHIN = RuleKeys("the window", {"within": Key(_LENGTH, "length of time before today", True)}, "`{within: 6 months}`")


class OneOf(Form):
    """A word, or a mapping or list: which of them is told by how it is written."""

    def __init__(self, word: Form, other: Form) -> None:
        super().__init__()
        self.word, self.other = word, other
        self.known = word.known
        self.what = f"{word.what}, or {other.what}"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        return (self.word if isinstance(node, ScalarNode) else self.other).read(node, path, out)

    def schema(self) -> Schema:
        return {"anyOf": [self.word.schema(), self.other.schema()]}

    def below(self, step: str | int) -> Form | None:
        return self.other.below(step)

    def of(self, node: Node) -> Form:
        return (self.word if isinstance(node, ScalarNode) else self.other).of(node)


class NoteText(OneOf):
    """A text in English and French; one text alone is English, as files of schema 1 have it."""

    def __init__(self, text: Form) -> None:
        super().__init__(text, Mapping("the text", {"en": Key(text, "in English", True), "fr": Key(text, "in French")}))
        self.what = "a text, or {en: …, fr: …}"


def _fact(row: Row) -> Form:
    """How a rule on a fact is written, by the kind of the fact."""
    match row.kind:
        case "yes_no":
            window = OneOf(Moment(("now",)), _WITHIN)
            keys = {"excluded": Key(window, "not now, or not within a time", True)}
            return OneOf(_STANCE, RuleKeys(row.id, keys, "`required`, `excluded`, or `{excluded: {within: 6 months}}`"))
        case "choice":
            values = ListOf(Answer(row), single=True)
            keys = {"required": Key(values, "one of these holds"), "excluded": Key(values, "none of these holds")}
            if row.dated:
                keys["within"] = Key(_LENGTH, "how old the proof may be")
            first = next(one.id for one in row.values if one.id not in ("none", "never", "not_done", "not"))
            return RuleKeys(
                row.id,
                keys,
                f"`{{required: [{first}]}}` or `{{excluded: [{first}]}}`",
                shapes=(("required", "excluded"),),
            )
        case "number":
            number = Decimal(*row.range, row.unit[0], units_of(row), whole=row.whole)
            keys = {
                "min": Key(number, "at least"), "max": Key(number, "at most"), "above": Key(number, "more than"), "below": Key(number, "less than"),
            }  # fmt: skip
            if len(row.scale) > 1:
                keys["scale"] = Key(Whole(row.scale), "the full mark of the scale meant")
            if row.id == "failed_drugs":
                keys["intolerance"] = Key(Choice(("counts", "not", "unsaid")), "whether intolerance counts as failure")
            accepted = "`{min: …}`, `{max: …}`, `{above: …}` or `{below: …}`"
            return RuleKeys(row.id, keys, accepted, lambda text: one_reading.bounds(text, units_of(row)), _BOUND)
        case "span":
            return RuleKeys(row.id, _TIMES, "`{min: 4 weeks}`", shapes=_BOUND)
        case "day":
            since = Key(
                RuleKeys("the time since", _TIMES, "`{min: 6 months}` or `{max: 5 years}`", shapes=_BOUND),
                "time since the day",
            )
            then = Key(
                RuleKeys("the age then", _TIMES, "`{min: 18 years}` or `{max: 17 years}`", shapes=_BOUND),
                "age on the day",
            )
            keys = {"since": since, "age": then}
            if row.never:
                keys["excluded"] = Key(_WITHIN, "not within a time")
            shapes: Shapes = (("since", "age"), ("excluded",)) if row.never else (("since", "age"),)
            rule = RuleKeys(row.id, keys, "`{since: {max: 5 years}}` or `{age: {min: 18 years}}`", shapes=shapes)
            return OneOf(Stance(("required", "excluded")), rule) if row.never else rule


def units_of(row: Row) -> frozenset[str]:
    """The units, folded, in which a number of a fact is the number of its rule."""
    return frozenset(
        one_reading.folded(unit) for unit in (*row.unit, *row.units) if unit and row.units.get(unit, 1) == 1
    )


class Whole(Choice):
    """One of some whole numbers."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(one) for one in numbers)

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        word = super().parse(text, node, path, out)
        return word if word is MISSING else int(word)


class FactKeys(Mapping):
    """A mapping whose keys are facts; a name that is no id is looked up, and the id said."""

    def key_meant(self, key: str) -> str | None:
        """The key that a declared name of a fact stands for."""
        id = resolve("facts", key, exact=True).id
        return id if id in self.keys else None

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


class BranchKeys(FactKeys, RuleKeys):
    """An alternative: its rules count together, so it is whole or left out."""


_FACT_KEYS = {id: Key(_fact(row), row.en) for id, row in FACTS.items() if id != "sex"}
_FACTS = FactKeys("facts", _FACT_KEYS)
BRANCH = BranchKeys(
    "the branch",
    {
        "subtypes": Key(SUBTYPE, "subtypes of myositis"),
        "age": Key(AGE, "completed years, or `6 months`"),
        "autoantibodies": Key(ANTIBODY, "autoantibody rules"),
        **_FACT_KEYS,
    },
)
_WHEN = OneOf(Moment(("ever", "now")), _WITHIN)
_DOSE = Decimal(0, 1000, "mg/day", units_of(FACTS["steroid_dose"]))
TREATMENT = RuleKeys(
    "the treatment",
    {
        "any": Key(_DRUGS, "drugs or classes", True),
        "excluded": Key(_WHEN, "`ever`, `now`, or within a time"),
        "required": Key(Choice(("ever", "now")), "`ever` or `now`"),
        "unchanged": Key(_LENGTH, "how long unchanged, where it is taken"),
        "dose": Key(
            RuleKeys(
                "the dose",
                {key: Key(_DOSE, f"{key}, mg a day of prednisone") for key in _BOUNDS},
                "`{max: 20}` (mg a day of prednisone)",
                lambda text: one_reading.bounds(text, units_of(FACTS["steroid_dose"])),
                _BOUND,
            ),
            "of steroids, where they are taken",
        ),
    },
    shapes=(("excluded",), ("required",), ("unchanged", "dose")),
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
                RuleKeys(
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
