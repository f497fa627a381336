"""Forms: how a value of the registry file is written, read and described; here those that hold others.

A form turns a located node into a plain value, or reports why it cannot; plain scalars stay text until a form asks.
Single values are in `registry.scalars`. What `read` and `schema` do is told where `Form` declares them; a form that
defines them anew does the same for its own way of writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from myofind.diagnostics import Diagnostic, Path, meant, shown, write
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, position
from myofind.language import Pair
from myofind.records import NamedTuple
from myofind.registry.node_words import NO_VALUE, NOTHING, is_empty, key_meant, misplaced, write_or_remove


class Missing:
    """The value of a key that could not be read; the finding says why."""


MISSING = Missing()
Schema = dict[str, Any]


class Reading:
    """Collects findings while nodes are turned into plain values."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Diagnostic] = []
        self.dropped: dict[Path, list[int]] = {}
        """The items of lists that could not be read, by the path of the list: what is left has moved up."""
        self.twice = False
        """Whether a key came twice in one mapping; told where the text is looked through."""
        self.unordered: set[Path] = set()
        """The first two steps to each mapping whose keys stand in another order than the format's: `("trials", 3)`."""

    def report(
        self,
        rule: str,
        node: Node,
        path: Path,
        en: str,
        fr: str,
        hint_en: str = "",
        hint_fr: str = "",
        detail: str = "",
    ) -> Missing:
        """Add a finding at a node: what it is and what to do; gives back MISSING."""
        at, words, hint = position(node), (en, fr), (hint_en, hint_fr)
        self.findings.append(Diagnostic(rule, "error", self.file, at, None, path, words, hint, detail))
        return MISSING


class Form:
    """How a value is written."""

    what: Pair = ("a value", "une valeur")
    known: dict[str, Any]
    """Texts read before, with their values; empty where a value is more than a text."""

    def __init__(self) -> None:
        self.known = {}

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        """The plain value of a node, or MISSING after a finding."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """The form as JSON Schema (draft 7)."""
        raise NotImplementedError

    def below(self, step: str | int) -> Form | None:
        """The form of the value under a key, or at a place of a list; none where there is no such key."""
        return None

    def of(self, node: Node) -> Form:
        """The form of a value as it is written: some keys take a word or a mapping, or one item without brackets."""
        return self

    def reading(self, text: str) -> str | None:
        """What to write for a text in another form, where it has one reading."""
        return None


class ListOf(Form):
    """A list of values of one form; `single` also accepts one value without brackets."""

    what = ("a list", "une liste")

    def __init__(self, item: Form, *, single: bool = False, empty: bool = False) -> None:
        super().__init__()
        self.item, self.single, self.empty = item, single, empty

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, SequenceNode):
            if self.single and isinstance(node, ScalarNode):
                value = self.item.read(node, path, out)
                return value if value is MISSING else [value]
            if is_empty(node):
                return out.report("empty-value", node, path, *NO_VALUE, *write_or_remove(self.what))
            hint = (
                "write it as [a, b] or as lines that start with `- `",
                "l'écrire [a, b], ou en lignes qui commencent par `- `",
            )
            return out.report("wrong-type", node, path, *misplaced(node, self.what), *hint)
        if not node.value and not self.empty:
            empty = ("the list is empty", "la liste est vide")
            return out.report("empty-value", node, path, *empty, "remove the key", "retirer la clé")
        read, known = self.item.read, self.item.known
        values = [
            known[item.value]
            if item.__class__ is ScalarNode and item.value in known
            else read(item, (*path, place), out)
            for place, item in enumerate(node.value)
        ]
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

    def below(self, step: str | int) -> Form | None:
        return self.item if isinstance(step, int) else None

    def of(self, node: Node) -> Form:
        return self.item.of(node) if self.single and isinstance(node, ScalarNode) else self


class Key(NamedTuple):
    """One key of a mapping: its form, what it means in English and in French, and whether it must be there."""

    form: Form
    en: str
    fr: str
    required: bool = False


Shapes = tuple[tuple[str, ...], ...]
"""Ways in which a mapping can say something, each by any of its keys; it must take exactly one of them."""


class Mapping(Form):
    """A mapping with known keys.

    `name` says what it describes, in French as it follows "the key": `("the trial", "de l'essai")`. `main` is the key that
    a bare list is meant for, `shorthand` reads what people write instead of the mapping, where it has one reading.
    """

    def __init__(
        self,
        name: Pair,
        keys: dict[str, Key],
        shapes: Shapes = (),
        *,
        main: str = "",
        shorthand: Callable[[str], str | None] | None = None,
    ) -> None:
        super().__init__()
        self.name, self.keys, self.shapes = name, keys, shapes
        self.main, self.shorthand = main, shorthand
        en, fr = name
        self.what = (f"the keys of {en}", f"les clés {fr}")
        self._reads = {key: (known.form.read, known.form.known, rank) for rank, (key, known) in enumerate(keys.items())}
        self._required = tuple(key for key, known in keys.items() if known.required)

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, MappingNode):
            if is_empty(node):
                return out.report("empty-value", node, path, *NO_VALUE, *write_or_remove(self.what))
            return out.report("wrong-type", node, path, *misplaced(node, self.what, are=True), *self._bare(node))
        if not (node.value or self._required or self.shapes):
            return out.report("empty-value", node, path, *NOTHING, *write_or_remove(self.what))
        plain: dict[str, Any] = {}
        reads = self._reads
        whole = named = True
        last = 0
        for key_node, value_node in node.value:
            key = key_node.value if key_node.__class__ is ScalarNode else None
            form = reads.get(key) if key is not None else None
            if key is None:
                out.report("wrong-type", key_node, path, *misplaced(key_node, ("a key", "une clé")))
            elif form is None:
                self._unknown(key_node, key, path, out)
            if form is None or key is None:
                named = False
                continue
            if key in plain:
                out.twice = True
                continue
            read, known, rank = form
            if rank < last:
                out.unordered.add(path[:2])
            last = rank
            if value_node.__class__ is ScalarNode and value_node.value in known:
                plain[key] = known[value_node.value]
                continue
            value = plain[key] = read(value_node, (*path, key), out)
            whole = whole and value is not MISSING
        for key in self._required:
            if key not in plain:
                (en, fr), lacking = self.name, self.keys[key]
                message = (f"{en} has no `{key}`", f"`{key}` manque parmi les clés {fr}")
                hint = (f"add `{key}:` ({lacking.en})", f"ajouter `{key}:` ({lacking.fr})")
                out.report("missing-key", node, path, *message, *hint, detail=key)
        if self.shapes and named:  # a key that is not known may be the one that asks
            self._check_shape(node, plain, path, out)
        return plain if whole else {key: value for key, value in plain.items() if value is not MISSING}

    def _bare(self, node: Node) -> Pair:
        """What to write for a list or a word without its key; empty where it has not one reading."""
        if isinstance(node, ScalarNode):
            meant_by = self.reading(node.value)
            return write(meant_by) if meant_by else ("", "")
        if self.main and isinstance(node, SequenceNode) and all(isinstance(one, ScalarNode) for one in node.value):
            return write(f"{{{self.main}: [{', '.join(shown(one.value, 30) for one in node.value)}]}}")
        return "", ""

    def reading(self, text: str) -> str | None:
        return self.shorthand(text) if self.shorthand else None

    def _check_shape(self, node: Node, plain: dict[str, Any], path: Path, out: Reading) -> None:
        """Report a mapping that asks nothing, or asks in two ways of which only one would count."""
        taken = [[key for key in shape if key in plain] for shape in self.shapes]
        chosen = [keys[0] for keys in taken if keys]
        if not chosen:
            every = ", ".join(f"`{key}`" for shape in self.shapes for key in shape)
            en, fr = self.name
            message = (f"{en} asks nothing", f"les clés {fr} ne demandent rien")
            out.report("empty-value", node, path, *message, f"add one of {every}", f"ajouter l'une de {every}")
        elif len(chosen) > 1:
            quoted = [f"`{key}`" for key in chosen]
            message = (
                f"{' and '.join(quoted)} stand in one rule",
                f"{' et '.join(quoted)} se trouvent dans une même règle",
            )
            out.report("wrong-type", node, path, *message, "write a rule for each", "écrire une règle pour chacune")

    def meant(self, key: str) -> str | None:
        """The key that another spelling, or a French word, stands for; none where nothing is near."""
        return key_meant(key, self.keys)

    def _unknown(self, node: Node, key: str, path: Path, out: Reading) -> None:
        near, keys, (en, fr) = self.meant(key), ", ".join(self.keys), self.name
        hint = meant([near]) if near else (f"accepted: {keys}", f"clés admises : {keys}")
        message = (f"`{shown(key)}` is not a key of {en}", f"`{shown(key)}` n'est pas une clé {fr}")
        out.report("unknown-key", node, (*path, key), *message, *hint)

    def schema(self) -> Schema:
        found: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: {**known.form.schema(), "description": known.en} for key, known in self.keys.items()},
        }
        required = [key for key, known in self.keys.items() if known.required]
        if required:
            found["required"] = required
        elif not self.shapes:
            found["minProperties"] = 1
        if self.shapes:
            ways = [{"anyOf": [{"required": [key]} for key in shape]} for shape in self.shapes]
            found |= ways[0] if len(ways) == 1 else {"oneOf": ways}
        return found

    def below(self, step: str | int) -> Form | None:
        return self.keys[step].form if step in self.keys and isinstance(step, str) else None


class Named(Form):
    """A mapping from free short names to values of one form."""

    what = ("names with their values", "des noms avec leurs valeurs")
    name_pattern = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*", re.ASCII)

    def __init__(self, value: Form) -> None:
        super().__init__()
        self.value = value

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if is_empty(node):
            return out.report("empty-value", node, path, *NO_VALUE, *write_or_remove(self.what))
        if not isinstance(node, MappingNode):
            return out.report("wrong-type", node, path, *misplaced(node, self.what, are=True))
        plain: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                out.report("wrong-type", key_node, path, *misplaced(key_node, ("a name", "un nom")))
                continue
            name = key_node.value
            if not self.name_pattern.fullmatch(name):
                message = (f"`{shown(name)}` is not a short name", f"`{shown(name)}` n'est pas un nom court")
                hint = (
                    "use lower-case letters, digits and hyphens",
                    "prendre des lettres minuscules, des chiffres et des traits d'union",
                )
                out.report("malformed-name", key_node, (*path, name), *message, *hint)
                continue
            value = self.value.read(value_node, (*path, name), out)
            out.twice = out.twice or name in plain
            if value is not MISSING:
                plain.setdefault(name, value)
        return plain

    def schema(self) -> Schema:
        return {
            "type": "object",
            "patternProperties": {f"^{self.name_pattern.pattern}$": self.value.schema()},
            "additionalProperties": False,
        }

    def below(self, step: str | int) -> Form | None:
        return self.value
