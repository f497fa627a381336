"""Edits of a YAML text at the places of its nodes: every byte that is not the edited value stays.

An edit sets, inserts or deletes one value below a node. Comments inside a replaced or deleted part are kept as lines
of their own. The result is text only: whoever asked reads it again before trusting it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from myofind.diagnostics import Path
from myofind.editing.text_edit import Splice, content_end, line_end, line_start, newline_of
from myofind.editing.yaml_text import Value, entry, flow, scalar
from myofind.files.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from myofind.language import Pair
from myofind.records import NamedTuple
from myofind.registry.forms import Form
from myofind.registry.node_words import child, node_at


class Unspliceable(Exception):
    """The text is laid out in a way that cannot be edited here; the words say where."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.words: Pair = (en, fr)


class Edit(NamedTuple):
    """What to do below a node.

    `set`: the value at `path` becomes `value`; a missing key is added in the place `order` gives it.
    `insert`: `value` goes into the list at `path[:-1]`, before its item number `path[-1]` as it was before any edit.
    `delete`: the value at `path`, with its key, goes.
    """

    do: str
    path: Path
    value: Value = ""


def splice(text: str, spans: Iterable[Splice]) -> str:
    """The text with parts replaced; spans that start at the same place keep their order."""
    out, at = [], 0
    for span in unmixed(text, spans):
        out += [text[at : span.start], span.text]
        at = span.end
    return "".join([*out, text[at:]])


def unmixed(text: str, spans: Iterable[Splice]) -> list[Splice]:
    """The spans in the order of the text; raises Unspliceable where two of them overlap."""
    ordered = sorted(spans, key=lambda one: (one.start, one.end > one.start))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            line = text.count("\n", 0, after.start) + 1
            raise Unspliceable(f"two edits meet in line {line}", f"deux changements se touchent à la ligne {line}")
    return ordered


def spans_of(text: str, root: Node, edits: Sequence[Edit], form: Form) -> list[Splice]:
    """Where edits below a node change the text; a new key stands where its form has it, else among the others by name."""
    return [span for edit in _merged(edits, root) for span in _Place(text, root, form).spans(edit)]


def _merged(edits: Sequence[Edit], root: Node) -> list[Edit]:
    """Several new keys of a mapping that is not there yet, such as `eligibility.age`, become one new mapping."""
    found: list[Edit] = []
    fresh: dict[Path, dict[str, Value]] = {}
    for edit in edits:
        depth = next((n for n in range(1, len(edit.path)) if node_at(root, edit.path[:n]) is None), 0)
        if edit.do != "set" or not depth:
            found.append(edit)
            continue
        outer = edit.path[:depth]
        if outer not in fresh:
            fresh[outer] = {}
            found.append(Edit("set", outer, fresh[outer]))
        inner = fresh[outer]
        for step in edit.path[depth:-1]:
            inner = inner.setdefault(str(step), {})  # type: ignore[assignment]  # built here, so a mapping
        inner[str(edit.path[-1])] = edit.value
    return found


def comments_in(text: str, start: int, end: int, node: Node) -> list[str]:
    """The comments between two places, those inside a quoted or block text left out."""
    covered = [(one.start_mark.index, content_end(text, one)) for one in _scalars(node)]
    found, at = [], start
    while (at := text.find("#", at, end)) >= 0:
        inside = next((stop for begin, stop in covered if begin <= at < stop), None)
        if inside is not None:
            at = max(inside, at + 1)
        elif at == 0 or text[at - 1] in " \t\r\n":
            stop = line_end(text, at)
            found.append(text[at : min(stop, end)].rstrip())
            at = stop
        else:
            at += 1
    return found


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(item)


class _Place:
    """Finds the parts of the text that one edit touches."""

    def __init__(self, text: str, root: Node, form: Form) -> None:
        self.text, self.root, self.form = text, root, form
        self.newline = newline_of(text)

    def spans(self, edit: Edit) -> list[Splice]:
        node, depth = self.root, 0
        while depth + 1 < len(edit.path) and (below := child(node, edit.path[depth])) is not None:
            node, depth = below, depth + 1
        step, rest = edit.path[depth], edit.path[depth + 1 :]
        line = node.start_mark.line + 1
        if isinstance(node, MappingNode):
            pair = next((one for one in node.value if one[0].value == step), None)
            if pair is not None:
                return (
                    self.delete_key(node, pair)
                    if edit.do == "delete"
                    else self.replace(node, pair[0], pair[1], edit.value)
                )
            return [] if edit.do == "delete" else [self.add_key(node, edit.path[:depth], str(step), edit.value)]
        if not (isinstance(node, SequenceNode) and isinstance(step, int)):
            raise Unspliceable(f"line {line} has no `{step}`", f"la ligne {line} n'a pas de `{step}`")
        if edit.do == "insert" and not rest:
            return [self.insert(node, step, edit.value)]
        if step >= len(node.value):
            french = f"pas d'élément {step} dans la liste de la ligne {line}"
            raise Unspliceable(f"no item {step} in the list of line {line}", french)
        if edit.do == "delete":
            return self.delete_item(node, step)
        return self.replace(None, node.value[step], node.value[step], edit.value)

    def replace(self, parent: MappingNode | None, key: Node, old: Node, value: Value) -> list[Splice]:
        start, end = old.start_mark.index, content_end(self.text, old)
        new = flow(value)
        if parent is not None and not parent.flow_style and not isinstance(value, (str, int)):
            lines = entry(str(key.value), value)
            if len(lines) > 1:
                new = (self.newline + " " * key.start_mark.column).join(lines)
                start = key.start_mark.index
        if start != key.start_mark.index and not isinstance(old, ScalarNode) and not getattr(old, "flow_style", True):
            start, new = key.end_mark.index, ": " + new  # a block value shrinks to one line beside its key
        kept = comments_in(self.text, start, end, old)
        if isinstance(old, ScalarNode) and old.style in ("|", ">"):
            head = self.text[start : line_end(self.text, start)].partition(" #")[2]
            kept = [f"#{head}"] if head else []
        spans = [Splice(start, end, new)]
        if kept:
            at = line_start(self.text, key.start_mark.index)
            indent = " " * (key.start_mark.column if parent is not None else old.start_mark.column)
            spans.append(Splice(at, at, "".join(f"{indent}{one}{self.newline}" for one in kept)))
        return spans

    def add_key(self, node: MappingNode, path: Path, key: str, value: Value) -> Splice:
        before = self.before(node, path, key)
        if not (node.flow_style or node.value):
            line = node.start_mark.line + 1
            raise Unspliceable(f"line {line} holds an empty mapping", f"la ligne {line} contient des accolades vides")
        first = node.value[0][0] if node.value else None
        if node.flow_style or first is None:
            return self.put(node, first, before, f"{scalar(key)}: {flow(value)}")
        nested = (
            bool(path) and path[-1] == "sources" and not all(getattr(one, "flow_style", False) for _, one in node.value)
        )
        lines = entry(key, value, nested=nested)
        return self.put(node, first, before, (self.newline + " " * first.start_mark.column).join(lines))

    def put(self, node: MappingNode | SequenceNode, first: Node | None, before: Node | None, text: str) -> Splice:
        """A new part of a mapping or list: behind another, else before the first, else alone in its brackets."""
        if node.flow_style or first is None:
            if before is not None:
                at = content_end(self.text, before)
                return Splice(at, at, f", {text}")
            at = first.start_mark.index if first is not None else node.start_mark.index + 1
            return Splice(at, at, text if first is None else f"{text}, ")
        indent = self.newline + " " * node.start_mark.column
        if before is None:
            return Splice(node.start_mark.index, node.start_mark.index, text + indent)
        at = line_end(self.text, content_end(self.text, before))
        return Splice(at, at, indent + text)

    def before(self, node: MappingNode, path: Path, key: str) -> Node | None:
        """What a new key follows: the last value whose key stands before it in the order of keys."""
        form: Form | None = self.form
        for step in path:
            form = form and form.below(step)
        order = list(getattr(form, "keys", ()))
        if key in order:
            earlier = [value for name, value in node.value if name.value in order[: order.index(key)]]
        else:
            earlier = [value for name, value in node.value if name.value < key]
        return earlier[-1] if earlier else None

    def insert(self, node: SequenceNode, at: int, value: Value) -> Splice:
        items = node.value
        first, before = (items[0], items[min(at, len(items)) - 1] if at else None) if items else (None, None)
        text = flow(value) if node.flow_style or not items else f"- {flow(value)}"
        return self.put(node, first, before, text)

    def delete_item(self, node: SequenceNode, at: int) -> list[Splice]:
        item = node.value[at]
        end = content_end(self.text, item)
        if node.flow_style:
            return [self.delete_flow([(one, one) for one in node.value], at)]
        dash = self.text.rfind("-", 0, item.start_mark.index)
        start = line_start(self.text, dash)
        if self.text[start:dash].strip():
            line = node.start_mark.line + 1
            raise Unspliceable(
                f"the list of line {line} does not start on a line of its own",
                f"la liste de la ligne {line} ne commence pas sur sa propre ligne",
            )
        return [self.drop_lines(start, end, item, dash - start)]

    def delete_key(self, node: MappingNode, pair: tuple[Node, Node]) -> list[Splice]:
        at = node.value.index(pair)
        if node.flow_style:
            return [self.delete_flow(node.value, at)]
        key, value = pair
        start, end = line_start(self.text, key.start_mark.index), content_end(self.text, value)
        if len(node.value) == 1:
            line = key.start_mark.line + 1
            raise Unspliceable(f"line {line} would be left empty", f"la ligne {line} resterait vide")
        if self.text[start : key.start_mark.index].strip():
            following = node.value[at + 1][0].start_mark.index
            kept = comments_in(self.text, key.start_mark.index, following, value)
            tail = "".join(f"{one}{self.newline}{' ' * key.start_mark.column}" for one in kept)
            return [Splice(key.start_mark.index, following, tail)]
        return [self.drop_lines(start, end, value, key.start_mark.column)]

    def delete_flow(self, pairs: Sequence[tuple[Node, Node]], at: int) -> Splice:
        if at > 0:
            start = content_end(self.text, pairs[at - 1][1])
            end = content_end(self.text, pairs[at][1])
        elif len(pairs) > 1:
            start, end = pairs[0][0].start_mark.index, pairs[1][0].start_mark.index
        else:
            start, end = pairs[0][0].start_mark.index, content_end(self.text, pairs[0][1])
        if "#" in self.text[start:end] and comments_in(self.text, start, end, pairs[at][1]):
            line = pairs[at][0].start_mark.line + 1
            raise Unspliceable(
                f"a comment stands inside the braces of line {line}",
                f"un commentaire se trouve entre les accolades de la ligne {line}",
            )
        return Splice(start, end, "")

    def drop_lines(self, start: int, end: int, node: Node, column: int) -> Splice:
        """Whole lines, with the line break before them; their comments stay."""
        stop = line_end(self.text, end)
        kept = comments_in(self.text, start, stop, node)
        rest = self.text[end:stop].strip()
        if rest and not rest.startswith("#"):
            line = self.text.count("\n", 0, end) + 1
            raise Unspliceable(f"something follows in line {line}", f"quelque chose suit à la ligne {line}")
        begin = start - 1 if start else 0
        if begin > 0 and self.text[begin - 1] == "\r":
            begin -= 1
        return Splice(begin, stop, "".join(f"{self.newline}{' ' * column}{one}" for one in kept))
