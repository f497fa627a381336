"""Forms: how a value of the registry file is written, read and described; here those that hold others.

A form turns a located node into a plain value, or reports why it cannot; plain scalars stay text until a form asks.
Single values are in `registry.scalars`. What `read`, `parse` and `schema` do is told where `Form` and `Scalar` declare
them; a form that defines them anew does the same for its own way of writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from myofind.diagnostics import Diagnostic, Path, Severity, shown
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, position

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


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
        self.unordered: set[Path] = set()
        """The first two steps to each mapping whose keys stand in another order than the format's: `("trials", 3)`."""

    def report(
        self, rule: str, node: Node, path: Path, message: str, hint: str = "", severity: Severity = "error"
    ) -> Missing:
        """Add a finding at a node; gives back MISSING."""
        self.findings.append(Diagnostic(rule, severity, self.file, position(node), self.trial, path, message, hint))
        return MISSING


class Form:
    """How a value is written."""

    what = "a value"
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


class Scalar(Form):
    """A single word, number or sentence; readings are remembered, since registries repeat themselves."""

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, ScalarNode):
            return out.report("wrong-type", node, path, f"{kind_of(node)} stands where {self.what} is expected")
        text = node.value
        if text in self.known:
            return self.known[text]
        if text in _EMPTY and not node.style:
            return out.report("empty-value", node, path, "there is no value", f"write {self.what}, or remove the key")
        value = self.parse(text, node, path, out)
        if value is not MISSING and text not in _EMPTY:
            self.known[text] = value
        return value

    def parse(self, text: str, node: Node, path: Path, out: Reading) -> Any:
        """The value a text stands for."""
        raise NotImplementedError


class ListOf(Form):
    """A list of values of one form; `single` also accepts one value without brackets."""

    def __init__(self, item: Form, *, single: bool = False, empty: bool = False) -> None:
        super().__init__()
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
                f"{kind_of(node)} stands where a list is expected",
                "write it as [a, b] or as lines that start with `- `",
            )
        if not node.value and not self.empty:
            return out.report("empty-value", node, path, "the list is empty", "remove the key")
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
    """One key of a mapping: its form, whether it must be there, and what it means."""

    form: Form
    meaning: str
    required: bool = False


Shapes = tuple[tuple[str, ...], ...]
"""Ways in which a mapping can say something, each by any of its keys; it must take exactly one of them."""


class Mapping(Form):
    """A mapping with known keys."""

    def __init__(self, name: str, keys: dict[str, Key], shapes: Shapes = ()) -> None:
        super().__init__()
        self.name = name
        self.keys = keys
        self.shapes = shapes
        self.what = f"the keys of {name}"
        self._reads = {key: (known.form.read, known.form.known, rank) for rank, (key, known) in enumerate(keys.items())}
        self._required = tuple(key for key, known in keys.items() if known.required)

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return out.report("wrong-type", node, path, f"{kind_of(node)} stands where {self.what} are expected")
        plain: dict[str, Any] = {}
        reads = self._reads
        whole = named = True
        last = 0
        for key_node, value_node in node.value:
            key = key_node.value if key_node.__class__ is ScalarNode else None
            form = reads.get(key) if key is not None else None
            if form is None or key is None:
                self._unknown(key_node, key, path, out)
                named = False
                continue
            if key in plain:
                continue  # the second of two equal keys; reported where the text was read
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
                meaning = self.keys[key].meaning
                out.report("missing-key", node, path, f"{self.name} has no `{key}`", f"add `{key}:` ({meaning})")
        if self.shapes and named:  # a key that is not known may be the one that asks
            self._check_shape(node, plain, path, out)
        return plain if whole else {key: value for key, value in plain.items() if value is not MISSING}

    def _check_shape(self, node: Node, plain: dict[str, Any], path: Path, out: Reading) -> None:
        """Report a mapping that asks nothing, or asks in two ways of which only one would count."""
        taken = [[key for key in shape if key in plain] for shape in self.shapes]
        chosen = [keys[0] for keys in taken if keys]
        if not chosen:
            every = ", ".join(f"`{key}`" for shape in self.shapes for key in shape)
            out.report("empty-value", node, path, f"{self.name} asks nothing", f"add one of {every}")
        elif len(chosen) > 1:
            both = " and ".join(f"`{key}`" for key in chosen)
            out.report("wrong-type", node, path, f"{both} stand in one rule", "write a rule for each")

    def _unknown(self, node: Node, key: str | None, path: Path, out: Reading) -> None:
        if key is None:
            out.report("wrong-type", node, path, f"{kind_of(node)} stands where a key is expected")
            return
        near = nearest(key, self.keys)
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
        if self.shapes:
            ways = [{"anyOf": [{"required": [key]} for key in shape]} for shape in self.shapes]
            found |= ways[0] if len(ways) == 1 else {"oneOf": ways}
        return found

    def below(self, step: str | int) -> Form | None:
        return self.keys[step].form if step in self.keys and isinstance(step, str) else None


class Named(Form):
    """A mapping from free short names to values of one form."""

    name_pattern = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*", re.ASCII)

    def __init__(self, value: Form) -> None:
        super().__init__()
        self.value = value
        self.what = "names with their values"

    def read(self, node: Node, path: Path, out: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return out.report("wrong-type", node, path, f"{kind_of(node)} stands where {self.what} are expected")
        plain: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                out.report("wrong-type", key_node, path, f"{kind_of(key_node)} stands where a name is expected")
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

    def below(self, step: str | int) -> Form | None:
        return self.value


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    return (
        "a list"
        if isinstance(node, SequenceNode)
        else "a mapping"
        if isinstance(node, MappingNode)
        else f"`{shown(node.value, 30)}`"
    )


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that may have been meant; none where nothing is near."""
    near = get_close_matches(word.lower().replace("-", "_"), list(words), n=1, cutoff=0.7)
    return near[0] if near else None
