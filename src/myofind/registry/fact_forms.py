"""How rules on facts of the table are written: made from the table, so that a new row is accepted everywhere.

What holds of every rule (a word for a mapping, a word or a mapping) is here too, for the rules of `registry.rule_forms`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myofind.diagnostics import Path, meant, shown, write
from myofind.domain.rules import STANCES
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode
from myofind.language import Pair, Words, both
from myofind.names.facts import FACTS, Row
from myofind.names.terms import term
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.forms import MISSING, Form, Key, ListOf, Mapping, Reading, Schema, Shapes
from myofind.registry.node_words import misplaced
from myofind.registry.scalars import Choice, Decimal, Refused
from myofind.registry.shaped import SpanText

LENGTH = SpanText(bare=False)
LASTING = SpanText(bare=False, lasting=True)


class RuleKeys(Mapping):
    """A rule: half of one is none, so what is wrong anywhere in it leaves the whole rule out.

    `accepted` says how the rule is written; `shorthand` reads what people write instead, where it has one reading.
    """

    def __init__(
        self,
        name: Pair,
        keys: dict[str, Key],
        accepted: Words = "",
        shorthand: Callable[[str], str | None] | None = None,
        shapes: Shapes = (),
    ) -> None:
        super().__init__(name, keys, shapes, shorthand=shorthand)
        self.accepted = accepted

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        before = len(out.findings)
        if isinstance(node, ScalarNode) and (node.value or node.style):
            word = self.reading(node.value)
            hint = write(word) if word else self._write_accepted() if self.accepted else ("", "")
            return out.report("wrong-type", node, path, *misplaced(node, self.what, are=True), *hint)
        if isinstance(node, MappingNode) and not node.value:
            nothing = ("the rule says nothing", "la règle ne dit rien")
            return out.report("empty-value", node, path, *nothing, *self._write_accepted())
        value = super().read(node, path, out)
        return MISSING if len(out.findings) > before else value

    def _write_accepted(self) -> Pair:
        en, fr = both(self.accepted or ("it in full", "la règle en entier"))
        return f"write {en}", f"écrire {fr}"


class Stance(Choice):
    """How a yes-or-no fact counts; a bare yes or no is neither."""

    def _hint(self, text: str) -> Pair:
        answer = one_reading.boolean(text)
        if answer is None:
            return super()._hint(text)
        if answer == "true":
            return write("required")
        return (
            "write `excluded`: nobody who has it may join",
            "écrire `excluded` : nul ne peut entrer s'il est dans ce cas",
        )


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

    def _hint(self, text: str) -> Pair:
        words = ", ".join(f"`{word}`" for word in self.words)
        if reading := self.reading(text):
            return write(reading)
        return f"write {words} or `{{within: 6 months}}`", f"écrire {words} ou `{{within: 6 months}}`"

    def reading(self, text: str) -> str | None:
        length = one_reading.span(text.strip(), unlimited=False, bare=False, whole=False)
        return f"{{within: {length}}}" if length else super().reading(text)


STANCE = Stance(STANCES)

_TIMES = {
    "min": Key(LENGTH, "shortest, included", "la plus courte, comprise"),
    "max": Key(LENGTH, "longest, included", "la plus longue, comprise"),
    "above": Key(LENGTH, "longer than", "plus longue que"),
    "below": Key(LENGTH, "shorter than", "plus courte que"),
}

BOUNDS = ("min", "max", "above", "below")

BOUND: Shapes = (BOUNDS,)

WITHIN = RuleKeys(
    ("the window", "de la fenêtre"),
    {"within": Key(LASTING, "length of time before today", "durée avant aujourd'hui", True)},
    "`{within: 6 months}`",
)


class OneOf(Form):
    """A word, or a mapping or list: which of them is told by how it is written."""

    def __init__(self, word: Form, other: Form) -> None:
        super().__init__()
        self.word, self.other = word, other
        self.known = word.known
        (en, fr), (en_other, fr_other) = word.what, other.what
        self.what = (f"{en}, or {en_other}", f"{fr}, ou {fr_other}")

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
        keys = {"en": Key(text, "in English", "en anglais", True), "fr": Key(text, "in French", "en français")}
        super().__init__(text, Mapping(("the text", "du texte"), keys))
        self.what = ("a text, or {en: …, fr: …}", "un texte, ou {en: …, fr: …}")


_ABSENT = frozenset({"none", "never", "not_done", "not"})
"""Answers that say no: a rule that names an answer seldom means them."""


def _fact(row: Row) -> Form:
    """How a rule on a fact is written, by the kind of the fact."""
    name = (row.id, f"de `{row.id}`")
    match row.kind:
        case "yes_no":
            window = OneOf(Moment(("now",)), WITHIN)
            meaning = ("not now, or not within a time", "pas maintenant, ou pas depuis un temps")
            accepted: Words = (
                "`required`, `excluded`, or `{excluded: {within: 6 months}}`",
                "`required`, `excluded` ou `{excluded: {within: 6 months}}`",
            )
            return OneOf(STANCE, RuleKeys(name, {"excluded": Key(window, *meaning, True)}, accepted))
        case "choice":
            values = ListOf(Answer(row), single=True)
            keys = {
                "required": Key(values, "one of these holds", "l'un de ces cas est vrai"),
                "excluded": Key(values, "none of these holds", "aucun de ces cas n'est vrai"),
            }
            if row.dated:
                keys["within"] = Key(LASTING, "how old the proof may be", "ancienneté admise de la preuve")
            answers = ", ".join(one.id for one in row.values if one.id not in _ABSENT)
            ways = _either(f"`{{excluded: [{answers}]}}`", f"`{{required: [{answers}]}}`")
            accepted = f"{ways[0]}, with the answers that are meant", f"{ways[1]}, avec les réponses voulues"
            return RuleKeys(name, keys, accepted, shapes=(("required", "excluded"),))
        case "number":
            number = Decimal(*row.range, row.unit, units_of(row), whole=row.whole, others=other_units_of(row))
            keys = {
                "min": Key(number, "at least", "au moins"),
                "max": Key(number, "at most", "au plus"),
                "above": Key(number, "more than", "plus de"),
                "below": Key(number, "less than", "moins de"),
            }
            if len(row.scale) > 1:
                mark = ("the full mark of the scale meant", "la note maximale de l'échelle voulue")
                keys["scale"] = Key(Whole(row.scale), *mark)
            if row.id == "failed_drugs":
                failure = ("whether intolerance counts as failure", "si l'intolérance compte comme un échec")
                keys["intolerance"] = Key(Choice(("counts", "not", "unsaid")), *failure)
            accepted = _either("`{min: …}`", "`{max: …}`", "`{above: …}`", "`{below: …}`")
            return RuleKeys(name, keys, accepted, lambda text: one_reading.bounds(text, units_of(row)), BOUND)
        case "span":
            return RuleKeys(name, _TIMES, "`{min: 4 weeks}`", shapes=BOUND)
        case "day":
            return _day_rule(row)


def _day_rule(row: Row) -> Form:
    """How a rule on a day is written: the time since, the age then, or, for what may never have been, a window."""
    lengths, ages = _either("`{min: 6 months}`", "`{max: 5 years}`"), _either("`{min: 18 years}`", "`{max: 17 years}`")
    since = RuleKeys(("the time since", "du temps écoulé"), _TIMES, lengths, shapes=BOUND)
    then = RuleKeys(("the age then", "de l'âge ce jour-là"), _TIMES, ages, shapes=BOUND)
    keys = {
        "since": Key(since, "time since the day", "temps écoulé depuis ce jour"),
        "age": Key(then, "age on the day", "âge ce jour-là"),
    }
    accepted = _either("`{since: {max: 5 years}}`", "`{age: {min: 18 years}}`")
    if not row.never:
        return RuleKeys((row.id, f"de `{row.id}`"), keys, accepted, shapes=(("since", "age"),))
    keys["excluded"] = Key(WITHIN, "not within a time", "pas depuis un temps")
    rule = RuleKeys((row.id, f"de `{row.id}`"), keys, accepted, shapes=(("since", "age"), ("excluded",)))
    return OneOf(Stance(("required", "excluded")), rule)


def _either(*ways: str) -> Pair:
    """Several ways of writing, each between backticks."""
    *first, last = ways
    return f"{', '.join(first)} or {last}", f"{', '.join(first)} ou {last}"


def units_of(row: Row) -> frozenset[str]:
    """The units, folded, in which a number of a fact is the number of its rule."""
    return frozenset(
        one_reading.folded(unit) for unit in (*row.unit, *row.units) if unit and row.units.get(unit, 1) == 1
    )


def other_units_of(row: Row) -> dict[str, float]:
    """The other units, folded, with what one of each is in the unit of the rule."""
    return {one_reading.folded(unit): factor for unit, factor in row.units.items() if factor != 1}


class Whole(Choice):
    """One of some whole numbers."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(one) for one in numbers)

    def parse(self, text: str) -> Any:
        word = super().parse(text)
        return word if isinstance(word, Refused) else int(word)


class FactKeys(Mapping):
    """A mapping whose keys are facts; a name that is no id is looked up, and the id said."""

    def key_meant(self, key: str) -> str | None:
        """The key that a declared name of a fact stands for."""
        id = resolve("facts", key, exact=True).id
        return id if id in self.keys and not _is_part(key, id) else None

    def answer_meant(self, key: str) -> str | None:
        """The answer of a choice that a key names in the place of the fact: `tuberculosis` is an answer of its fact."""
        row = FACTS.get(self.key_meant(key) or "")
        if row is None or row.kind != "choice" or key == row.id:
            return None
        return Answer(row).reading(key.replace("_", " "))

    def _unknown(self, node: Node, key: str, path: Path, out: Reading) -> None:
        told = resolve("facts", key)
        if told.id and _is_part(key, told.id):
            told = told._replace(id=None)
        near = _SEVERAL.get(one_reading.folded(key)) or tuple(id for id in told.suggestions if _is_like(key, id))
        if told.id is None and not near and self.meant(key) is not None:
            super()._unknown(node, key, path, out)
            return
        rule = "unknown-patient-fact" if told.id or near else "unknown-key"
        hint = write(told.id) if told.id else meant(near) if near else _NOT_LIKE_ANY
        message = (f"`{shown(key)}` is not a fact of the table", f"`{shown(key)}` n'est pas une donnée de la table")
        out.report(rule, node, (*path, key), *message, *hint)


_SEVERAL = dict.fromkeys(
    ("duration", "duree", "disease_duration", "duree_maladie", "anciennete", "symptom_duration"),
    ("onset", "diagnosed_on"),
)
"""Names that several facts are meant by."""
_NOT_LIKE_ANY = ("`myofind vocab facts` lists all", "`myofind vocab facts` les énumère")


def _is_part(key: str, id: str) -> bool:
    """Whether a key names only a part of what a fact says: a rule on the fact would say more than was meant."""
    return one_reading.folded(key.replace("_", " ")) in (one_reading.folded(part) for part in FACTS[id].parts)


def _is_like(key: str, id: str) -> bool:
    """Whether a key is a slip of a name of a fact; two short words are alike by chance."""
    from difflib import SequenceMatcher

    row, flat = term("facts", id), one_reading.folded(key.replace("_", " "))
    names = (one_reading.folded(name.replace("_", " ")) for name in (row.id, row.en, row.fr, *row.aliases))
    return len(flat) > 3 and any(SequenceMatcher(None, flat, name).ratio() >= 0.75 for name in names)


def stance_meant(node: Node | None) -> str | None:
    """Whether a rule, as one of a yes-or-no fact, requires or excludes; none where it says something else."""
    if isinstance(node, MappingNode) and len(node.value) == 1:
        ((key, value),) = node.value
        plain = isinstance(value, ScalarNode) and value.value in ("now", "ever")
        return key.value if plain and key.value in ("required", "excluded") else None
    return one_reading.word(node.value, ("required", "excluded")) if isinstance(node, ScalarNode) else None


class BranchKeys(FactKeys, RuleKeys):
    """An alternative: its rules count together, so it is whole or left out."""


FACT_KEYS = {id: Key(_fact(row), row.en, row.fr) for id, row in FACTS.items() if id != "sex"}

FACT_RULES = FactKeys(("facts", "de `facts`"), FACT_KEYS)
