"""How rules stand in the registry file: subtypes, age, autoantibodies, facts of the table, alternatives and treatments.

The rules on facts are made from the table of facts: a new row is accepted here, in the schema and everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myofind.diagnostics import Path, meant, shown, write
from myofind.domain import trial as t
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode
from myofind.language import Words, both
from myofind.names.facts import FACTS, Row
from myofind.names.vocabulary import resolve
from myofind.registry import one_reading
from myofind.registry.forms import MISSING, Form, Key, ListOf, Mapping, Reading, Schema, Shapes, misplaced
from myofind.registry.scalars import Choice, Decimal, Number, Term, Text
from myofind.registry.time_forms import SpanText

__all__ = ["AGE", "BRANCH", "ELIGIBILITY", "SPAN", "FactKeys", "NoteText", "OneOf"]

_SUBTYPES = ListOf(Term("subtypes", ("a subtype", "un sous-type")), single=True)
_ANTIBODIES = ListOf(Term("antibodies", ("an autoantibody", "un auto-anticorps")), single=True)
_DRUGS = ListOf(Term("drugs", ("a drug or class", "un médicament ou une classe")), single=True)
_LENGTH = SpanText(bare=False)


class RuleKeys(Mapping):
    """A rule: half of one is none, so what is wrong anywhere in it leaves the whole rule out.

    `accepted` says how the rule is written; `shorthand` reads what people write instead, where it has one reading.
    """

    def __init__(
        self,
        name: Words,
        keys: dict[str, Key],
        accepted: Words = "",
        shorthand: Callable[[str], str | None] | None = None,
        shapes: Shapes = (),
    ) -> None:
        super().__init__(name, keys, shapes)
        self.accepted, self.shorthand = accepted, shorthand

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        before = len(out.findings)
        if isinstance(node, ScalarNode) and (node.value or node.style):
            word = self.reading(node.value)
            hint = write(word) if word else self._write_accepted() if self.accepted else ""
            return out.report("wrong-type", node, path, misplaced(node, self.what, are=True), hint)
        if isinstance(node, MappingNode) and not node.value:
            nothing = ("the rule says nothing", "la règle ne dit rien")
            return out.report("empty-value", node, path, nothing, self._write_accepted())
        value = super().read(node, path, out)
        return MISSING if len(out.findings) > before else value

    def _write_accepted(self) -> Words:
        en, fr = both(self.accepted or ("it in full", "la règle en entier"))
        return f"write {en}", f"écrire {fr}"

    def reading(self, text: str) -> str | None:
        return self.shorthand(text) if self.shorthand else None


class Stance(Choice):
    """How a yes-or-no fact counts; a bare yes or no is neither."""

    def _hint(self, text: str) -> Words:
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

    def _hint(self, text: str) -> Words:
        words = ", ".join(f"`{word}`" for word in self.words)
        if reading := self.reading(text):
            return write(reading)
        return f"write {words} or `{{within: 6 months}}`", f"écrire {words} ou `{{within: 6 months}}`"

    def reading(self, text: str) -> str | None:
        length = one_reading.span(text.strip(), unlimited=False, bare=False, whole=False)
        return f"{{within: {length}}}" if length else super().reading(text)


_STANCE = Stance(t.STANCES)

AGE = Mapping(
    ("age", "de `age`"),
    {
        "min": Key(SpanText(whole=True), ("youngest completed age", "âge révolu le plus bas")),
        "max": Key(
            SpanText(whole=True, unlimited=True),
            ("oldest completed age, or `none`", "âge révolu le plus haut, ou `none`"),
        ),
    },
)
SPAN = Mapping(
    ("the length of time", "de la durée"),
    {
        "min": Key(SpanText(), ("shortest", "la plus courte")),
        "max": Key(SpanText(), ("longest", "la plus longue")),
    },
)
SUBTYPE = Mapping(
    ("subtypes", "de `subtypes`"),
    {
        "admits": Key(_SUBTYPES, ("subtypes admitted", "sous-types admis")),
        "excludes": Key(_SUBTYPES, ("subtypes excluded", "sous-types exclus")),
    },
)
ANTIBODY = Mapping(
    ("autoantibodies", "de `autoantibodies`"),
    {
        "required_any": Key(_ANTIBODIES, ("at least one is positive", "l'un au moins est positif")),
        "required_all": Key(_ANTIBODIES, ("all are positive", "tous sont positifs")),
        "excluded": Key(_ANTIBODIES, ("none is positive", "aucun n'est positif")),
    },
)
_TIMES = {
    "min": Key(_LENGTH, ("shortest, included", "la plus courte, comprise")),
    "max": Key(_LENGTH, ("longest, included", "la plus longue, comprise")),
    "above": Key(_LENGTH, ("longer than", "plus longue que")),
    "below": Key(_LENGTH, ("shorter than", "plus courte que")),
}
_BOUNDS = ("min", "max", "above", "below")
_BOUND: Shapes = (_BOUNDS,)
_WITHIN = RuleKeys(
    ("the window", "de la fenêtre"),
    {"within": Key(_LENGTH, ("length of time before today", "durée avant aujourd'hui"), True)},
    "`{within: 6 months}`",
)


class OneOf(Form):
    """A word, or a mapping or list: which of them is told by how it is written."""

    def __init__(self, word: Form, other: Form) -> None:
        super().__init__()
        self.word, self.other = word, other
        self.known = word.known
        (en, fr), (en_other, fr_other) = both(word.what), both(other.what)
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
        keys = {"en": Key(text, ("in English", "en anglais"), True), "fr": Key(text, ("in French", "en français"))}
        super().__init__(text, Mapping(("the text", "du texte"), keys))
        self.what = ("a text, or {en: …, fr: …}", "un texte, ou {en: …, fr: …}")


def _fact(row: Row) -> Form:
    """How a rule on a fact is written, by the kind of the fact."""
    name = (row.id, f"de `{row.id}`")
    match row.kind:
        case "yes_no":
            window = OneOf(Moment(("now",)), _WITHIN)
            meaning = ("not now, or not within a time", "pas maintenant, ou pas depuis un temps")
            accepted: Words = (
                "`required`, `excluded`, or `{excluded: {within: 6 months}}`",
                "`required`, `excluded` ou `{excluded: {within: 6 months}}`",
            )
            return OneOf(_STANCE, RuleKeys(name, {"excluded": Key(window, meaning, True)}, accepted))
        case "choice":
            values = ListOf(Answer(row), single=True)
            keys = {
                "required": Key(values, ("one of these holds", "l'un de ces cas est vrai")),
                "excluded": Key(values, ("none of these holds", "aucun de ces cas n'est vrai")),
            }
            if row.dated:
                keys["within"] = Key(_LENGTH, ("how old the proof may be", "ancienneté admise de la preuve"))
            first = next(one.id for one in row.values if one.id not in ("none", "never", "not_done", "not"))
            accepted = _either(f"`{{required: [{first}]}}`", f"`{{excluded: [{first}]}}`")
            return RuleKeys(name, keys, accepted, shapes=(("required", "excluded"),))
        case "number":
            number = Decimal(*row.range, row.unit[0], units_of(row), whole=row.whole)
            keys = {
                "min": Key(number, ("at least", "au moins")),
                "max": Key(number, ("at most", "au plus")),
                "above": Key(number, ("more than", "plus de")),
                "below": Key(number, ("less than", "moins de")),
            }
            if len(row.scale) > 1:
                mark = ("the full mark of the scale meant", "la note maximale de l'échelle voulue")
                keys["scale"] = Key(Whole(row.scale), mark)
            if row.id == "failed_drugs":
                failure = ("whether intolerance counts as failure", "si l'intolérance compte comme un échec")
                keys["intolerance"] = Key(Choice(("counts", "not", "unsaid")), failure)
            accepted = _either("`{min: …}`", "`{max: …}`", "`{above: …}`", "`{below: …}`")
            return RuleKeys(name, keys, accepted, lambda text: one_reading.bounds(text, units_of(row)), _BOUND)
        case "span":
            return RuleKeys(name, _TIMES, "`{min: 4 weeks}`", shapes=_BOUND)
        case "day":
            return _day_rule(row)


def _day_rule(row: Row) -> Form:
    """How a rule on a day is written: the time since, the age then, or, for what may never have been, a window."""
    since = RuleKeys(
        ("the time since", "du temps écoulé"), _TIMES, _either("`{min: 6 months}`", "`{max: 5 years}`"), shapes=_BOUND
    )
    then = RuleKeys(
        ("the age then", "de l'âge ce jour-là"),
        _TIMES,
        _either("`{min: 18 years}`", "`{max: 17 years}`"),
        shapes=_BOUND,
    )
    keys = {
        "since": Key(since, ("time since the day", "temps écoulé depuis ce jour")),
        "age": Key(then, ("age on the day", "âge ce jour-là")),
    }
    accepted = _either("`{since: {max: 5 years}}`", "`{age: {min: 18 years}}`")
    if not row.never:
        return RuleKeys((row.id, f"de `{row.id}`"), keys, accepted, shapes=(("since", "age"),))
    keys["excluded"] = Key(_WITHIN, ("not within a time", "pas depuis un temps"))
    rule = RuleKeys((row.id, f"de `{row.id}`"), keys, accepted, shapes=(("since", "age"), ("excluded",)))
    return OneOf(Stance(("required", "excluded")), rule)


def _either(*ways: str) -> Words:
    """Several ways of writing, each between backticks."""
    *first, last = ways
    return f"{', '.join(first)} or {last}", f"{', '.join(first)} ou {last}"


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
        hint = write(told.id) if told.id else meant(told.suggestions)
        message = (f"`{shown(key)}` is not a fact of the table", f"`{shown(key)}` n'est pas une donnée de la table")
        out.report("unknown-patient-fact", node, (*path, key), message, hint)


class BranchKeys(FactKeys, RuleKeys):
    """An alternative: its rules count together, so it is whole or left out."""


_FACT_KEYS = {id: Key(_fact(row), (row.en, row.fr)) for id, row in FACTS.items() if id != "sex"}
_FACTS = FactKeys(("facts", "de `facts`"), _FACT_KEYS)
_WHO = {
    "subtypes": Key(SUBTYPE, ("subtypes of myositis", "sous-types de myosite")),
    "age": Key(AGE, ("completed years, or `6 months`", "années révolues, ou `6 months`")),
}
_AUTOANTIBODIES = Key(ANTIBODY, ("autoantibody rules", "règles sur les auto-anticorps"))
BRANCH = BranchKeys(
    ("the branch", "de la branche"),
    {
        **_WHO,
        "autoantibodies": _AUTOANTIBODIES,
        **_FACT_KEYS,
    },
)
_WHEN = OneOf(Moment(("ever", "now")), _WITHIN)
_DOSE = Decimal(0, 1000, "mg/day", units_of(FACTS["steroid_dose"]))
TREATMENT = RuleKeys(
    ("the treatment", "du traitement"),
    {
        "any": Key(_DRUGS, ("drugs or classes", "médicaments ou classes"), True),
        "excluded": Key(_WHEN, ("`ever`, `now`, or within a time", "`ever`, `now`, ou depuis un temps")),
        "required": Key(Choice(("ever", "now")), ("`ever` or `now`", "`ever` ou `now`")),
        "unchanged": Key(_LENGTH, ("how long unchanged, where it is taken", "inchangé depuis quand, s'il est pris")),
        "dose": Key(
            RuleKeys(
                ("the dose", "de la dose"),
                {
                    key: Key(_DOSE, (f"{key}, mg a day of prednisone", f"{key}, mg de prednisone par jour"))
                    for key in _BOUNDS
                },
                ("`{max: 20}` (mg a day of prednisone)", "`{max: 20}` (mg de prednisone par jour)"),
                lambda text: one_reading.bounds(text, units_of(FACTS["steroid_dose"])),
                _BOUND,
            ),
            ("of steroids, where they are taken", "de corticoïdes, s'ils sont pris"),
        ),
    },
    shapes=(("excluded",), ("required",), ("unchanged", "dose")),
)
ELIGIBILITY = Mapping(
    ("eligibility", "de `eligibility`"),
    {
        "coverage": Key(Choice(t.COVERAGES), ("how much of the criteria was read", "part des critères qui a été lue")),
        **_WHO,
        "sex": Key(Choice(t.SEXES), ("sex admitted", "sexe admis")),
        "autoantibodies": _AUTOANTIBODIES,
        "ild": Key(
            _STANCE,
            ("interstitial lung disease, in files of schema 1", "pneumopathie interstitielle, fichiers de forme 1"),
        ),
        "refractory": Key(
            _STANCE, ("refractory disease, in files of schema 1", "maladie réfractaire, fichiers de forme 1")
        ),
        "duration": Key(SPAN, ("time since onset, in files of schema 1", "temps depuis le début, fichiers de forme 1")),
        "onset_age": Key(SPAN, ("age at onset, in files of schema 1", "âge au début, fichiers de forme 1")),
        "facts": Key(_FACTS, ("rules on facts of the table", "règles sur les données de la table")),
        "any_of": Key(ListOf(BRANCH), ("branches of which one suffices", "branches dont une suffit")),
        "at_least": Key(
            ListOf(
                RuleKeys(
                    ("the count", "du compte"),
                    {
                        "count": Key(Number(), ("how many must be met", "combien doivent être remplies"), True),
                        "of": Key(ListOf(BRANCH), ("the measures", "les mesures"), True),
                    },
                )
            ),
            ("measures of which some number must be met", "mesures dont un certain nombre doit être rempli"),
        ),
        "treatments": Key(ListOf(TREATMENT), ("rules on treatments", "règles sur les traitements")),
        "check_by_hand": Key(
            ListOf(NoteText(Text(200)), single=True),
            (
                "criteria nobody structured, in short, English and French",
                "critères que personne n'a mis en règles, en bref, en anglais et en français",
            ),
        ),
    },
)
