"""Findings of the keys in an editor's words: with what to type, and without the echo of a misspelt or misplaced key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from myofind.diagnostics import Diagnostic, Path, shown, write
from myofind.files.layout import no_space_after
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.language import Pair
from myofind.records import NamedTuple
from myofind.registry.fact_forms import FactKeys, stance_meant
from myofind.registry.file_format import FILE
from myofind.registry.forms import Form, ListOf, Mapping
from myofind.registry.node_words import last_leaf, node_at
from myofind.registry.scalars import Text

MISSPELT_KEYS = frozenset({"unknown-key", "unknown-patient-fact"})
"""Rules of keys that the format does not have: what was meant may be missing elsewhere, which is the same mistake."""


def in_editors_words(findings: Sequence[Diagnostic], root: Node | None) -> list[Diagnostic]:
    """The findings with hints that name the line to write; a key missing only because it is misspelt is left out."""
    unknown: dict[Path, list[Diagnostic]] = {}
    missing: dict[Path, int] = {}
    for finding in findings:
        if finding.rule == "unknown-key":
            unknown.setdefault(finding.path[:-1], []).append(finding)
        elif finding.rule == "missing-key":
            missing[finding.path] = missing.get(finding.path, 0) + 1
    halves = {
        (*finding.path[:-1], number[0].value)
        for finding in findings
        if finding.rule == "unknown-key"
        and (number := decimal_of(node_at(root, finding.path[:-1]), str(finding.path[-1])))
    }
    shallow = {finding.path: run for finding in findings if (run := _too_shallow(finding, root))}
    told = {node_path for run in shallow.values() for node_path in run}
    reworded = []
    for finding in findings:
        if finding.path in halves or finding.path in told:
            continue
        if finding.path in shallow:
            finding = _indented(finding, shallow[finding.path], root)
        if finding.rule == "missing-key" and finding.path in unknown:
            keys = unknown[finding.path]
            if len(keys) == missing[finding.path] == 1 or any(key_meant(key.path) == finding.detail for key in keys):
                continue
        if finding.rule == "unknown-key":
            bare = [key for key in unknown[finding.path[:-1]] if _has_no_value(key, root)]
            if finding in bare[1:]:
                continue
            finding = _unbracketed(finding, root) if finding in bare else _key(finding)
        elif finding.rule == "unknown-patient-fact":
            finding = _answer_as_fact(finding, root)
        elif finding.rule == "wrong-type" and not finding.hint:
            finding = finding._replace(hint_words=_shape(finding, root))
        reworded.append(finding)
    return reworded


def key_meant(path: Path) -> str | None:
    """The key of the format that an unknown one stands for."""
    form = forms_along(path[:-1])[-1]
    form = getattr(form, "other", form)
    name = str(path[-1]).partition(":")[0]
    declared = form.key_meant(name) if isinstance(form, FactKeys) else None
    return declared or (form.meant(name) if isinstance(form, Mapping) else None)


def _too_shallow(finding: Diagnostic, root: Node | None) -> list[Path]:
    """The keys below an empty one, at its own depth, that belong into it: up to the last that is no key there."""
    if finding.rule != "empty-value" or not finding.path or not isinstance(finding.path[-1], str):
        return []
    *_, outer, form = forms_along(finding.path)
    above = node_at(root, finding.path[:-1])
    if form is None or not isinstance(above, MappingNode) or above.flow_style:
        return []
    keys = [key for key, _ in above.value if isinstance(key, ScalarNode)]
    start = next(place for place, key in enumerate(keys) if key.value == finding.path[-1])
    run = list(takewhile(lambda key: form.below(key.value) is not None, keys[start + 1 :]))
    while run and not isinstance(form, FactKeys) and outer is not None and outer.below(run[-1].value) is not None:
        run.pop()
    return [(*finding.path[:-1], key.value) for key in run]


def _indented(finding: Diagnostic, run: list[Path], root: Node | None) -> Diagnostic:
    """An empty key whose own keys stand a level too high."""
    above = node_at(root, finding.path[:-1])
    names = {path[-1] for path in run}
    lines = [
        (key.start_mark.line + 1, _last_line(value))
        for key, value in (above.value if isinstance(above, MappingNode) else ())
        if key.value in names
    ]
    first, last = lines[0][0], lines[-1][1]
    key = str(finding.path[-1])
    message = (
        f"`{key}:` has no value: what belongs to it is not indented below it",
        f"`{key}:` n'a pas de valeur : ce qui lui revient n'est pas décalé en dessous",
    )
    en, fr = (
        (f"line {first}", f"la ligne {first}")
        if first == last
        else (
            f"lines {first} to {last}",
            f"les lignes {first} à {last}",
        )
    )
    return finding._replace(words=message, hint_words=(f"indent {en} by 2 spaces", f"décaler {fr} de 2 espaces"))


def _last_line(node: Node) -> int:
    """The last line of a value, counted from 1."""
    node = last_leaf(node)
    mark = node.end_mark
    return int(mark.line + (1 if mark.column or mark.index == node.start_mark.index else 0))


class AnswerRule(NamedTuple):
    """The rule that answers written in the place of their fact stand for: `{excluded: [tb]}` of `chronic_infection`."""

    fact: str
    rule: str
    sure: bool
    """Whether the key says all of it: its stance is plain, and no other key of the mapping is about the fact."""


def answer_rule(path: Path, root: Node | None) -> AnswerRule | None:
    """The rule meant by a key that names an answer of a choice."""
    form, above = forms_along(path[:-1])[-1], node_at(root, path[:-1])
    key = str(path[-1])
    answer = form.answer_meant(key) if isinstance(form, FactKeys) else None
    if answer is None or not isinstance(form, FactKeys) or not isinstance(above, MappingNode):
        return None
    fact, stance = form.key_meant(key), stance_meant(node_at(root, path))
    same = [(one.value, value) for one, value in above.value if form.key_meant(one.value) == fact]
    named = [form.answer_meant(one) for one, value in same if stance_meant(value) == stance]
    listed = ", ".join(dict.fromkeys(one for one in named if one))
    return AnswerRule(fact or "", f"{{{stance or 'excluded'}: [{listed}]}}", bool(stance) and len(same) == 1)


def _answer_as_fact(finding: Diagnostic, root: Node | None) -> Diagnostic:
    """An answer of a choice in the place of its fact."""
    told = answer_rule(finding.path, root)
    if told is None:
        return finding
    key = shown(str(finding.path[-1]))
    message = (f"`{key}` is an answer of `{told.fact}`", f"`{key}` est une réponse de `{told.fact}`")
    return finding._replace(words=message, hint_words=write(f"{told.fact}: {told.rule}"))


def _has_no_value(finding: Diagnostic, root: Node | None) -> bool:
    """Whether a key stands alone between the commas of a mapping in braces."""
    above, value = node_at(root, finding.path[:-1]), node_at(root, finding.path)
    alone = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
    return alone and bool(getattr(above, "flow_style", False)) and ":" not in str(finding.path[-1])


def _unbracketed(finding: Diagnostic, root: Node | None) -> Diagnostic:
    """A word alone in braces: a list without its brackets, or a key without its value."""
    above = node_at(root, finding.path[:-1])
    keys = [key.value for key, _ in above.value] if isinstance(above, MappingNode) else []
    before = keys[keys.index(finding.path[-1]) - 1] if finding.path[-1] in keys[1:] else None
    word = shown(str(finding.path[-1]))
    number = decimal_of(above, str(finding.path[-1]))
    if number is not None:
        message = ("a decimal comma divides the number", "une virgule décimale coupe le nombre en deux")
        return finding._replace(words=message, hint_words=write(f"{before}: {number[1].value}.{word}"))
    alone = (f"`{word}` stands alone between commas", f"`{word}` est seul entre des virgules")
    form = forms_along((*finding.path[:-1], before))[-1] if before else None
    parts = [shown(part, 300) for part in _divided(above, before)] if before else []
    if isinstance(form, ListOf):
        brackets = f"`{before}: [{', '.join(parts)}]`"
        return finding._replace(
            words=alone,
            hint_words=(f"put the list in brackets: {brackets}", f"mettre la liste entre crochets : {brackets}"),
        )
    if isinstance(form, Text):
        message = ("a comma cuts a text that has no quotes", "une virgule coupe un texte sans guillemets")
        quoted = _quoted(", ".join(parts))
        hint = (
            f"put the text in quotes: `{before}: {quoted}`",
            f"mettre le texte entre guillemets droits : `{before}: {quoted}`",
        )
        return finding._replace(words=message, hint_words=hint)
    return finding._replace(words=alone, hint_words=("write `key: value`", "écrire `clé: valeur`"))


def _divided(above: Node | None, first: str) -> Iterator[str]:
    """The pieces between commas that one value was written in: that of a key, and the words alone behind it."""
    pairs = above.value if isinstance(above, MappingNode) else []
    start = next(place for place, (key, _) in enumerate(pairs) if key.value == first)
    yield pairs[start][1].value if isinstance(pairs[start][1], ScalarNode) else "…"
    for key, value in pairs[start + 1 :]:
        if not isinstance(value, ScalarNode) or value.start_mark.index != value.end_mark.index:
            break
        yield key.value


def _quoted(text: str) -> str:
    """A text in quotes; a quote that was lost on one side is not doubled."""
    plain = text.strip("\"'") if text.count('"') == 1 or text[-1:] == "'" else text
    return f"'{plain}'" if '"' in plain else f'"{plain}"'


def decimal_of(above: Node | None, digits: str) -> tuple[Node, Node] | None:
    """The key and the value before digits that stand alone between commas, where both are one number: `{min: 0,5}`."""
    if not isinstance(above, MappingNode) or not digits.isdecimal():
        return None
    for before, (key, _) in zip(above.value, above.value[1:], strict=False):
        if key.value == digits and isinstance(before[1], ScalarNode) and before[1].value.isdecimal():
            close = before[1].end_mark.index + 1 == key.start_mark.index
            return before if close and not key.style else None
    return None


def forms_along(path: Path) -> list[Form | None]:
    """The forms of the values along a path, from the file down."""
    forms: list[Form | None] = [FILE]
    for step in path:
        form = forms[-1]
        forms.append(form.below(step) if form is not None else None)
    return forms


def _key(finding: Diagnostic) -> Diagnostic:
    """An unknown key: without its space, or one that belongs a level up or down."""
    key = str(finding.path[-1])
    *above, here = forms_along(finding.path[:-1])
    name, colon, value = key.partition(":")
    if colon and isinstance(here, Mapping) and name in here.keys and not value.strip():
        message = (f"a second colon after `{name}:`", f"un second deux-points après `{name}:`")
        return finding._replace(words=message, hint_words=write(f"{name}: …"))
    if colon and isinstance(here, Mapping) and name in here.keys:
        return finding._replace(words=no_space_after(name), hint_words=write(f"{name}: {value}"))
    for form in reversed(above):
        if isinstance(form, Mapping) and key in form.keys:
            en, fr = form.name
            hint = (
                f"it is a key of {en}: indent it like the other keys there",
                f"c'est une clé {fr} : la décaler comme ses autres clés",
            )
            return finding._replace(hint_words=hint)
    if isinstance(here, Mapping) and finding.rule == "unknown-key" and here.meant(key) is None:
        for outer, known in here.keys.items():
            if not isinstance(known.form, ListOf) and known.form.below(key) is not None:
                hint = (
                    f"it is a key of `{outer}`: write it below `{outer}:`",
                    f"c'est une clé de `{outer}` : l'écrire sous `{outer}:`",
                )
                return finding._replace(hint_words=hint)
    return finding


def _shape(finding: Diagnostic, root: Node | None) -> Pair:
    """How to write a value of the wrong shape."""
    form, node = forms_along(finding.path)[-1], node_at(root, finding.path)
    if isinstance(form, Mapping):
        shown_keys = ", ".join(f"{key}: …" for key in list(form.keys)[:2])
        return (
            f"write it as {{{shown_keys}}}, or as lines of `key: value` below it",
            f"écrire {{{shown_keys}}}, ou des lignes `clé: valeur` en dessous",
        )
    if isinstance(node, SequenceNode):
        return "write one value, without brackets or dashes", "écrire une seule valeur, sans crochets ni tirets"
    return (
        "write one value; a text that holds `: ` or begins with a bracket goes in quotes",
        "écrire une seule valeur ; un texte qui contient `: ` ou commence par un crochet va entre guillemets droits",
    )
