"""YAML text to located nodes: every scalar stays text and keeps its line and column.

Reading is bounded: UTF-8 only, no tags, no anchors or aliases, no duplicate keys, limited size and depth. The nodes
are PyYAML's own, composed by libyaml without any implicit typing, so `NO` is Norway and `010` is not 8.
"""

from __future__ import annotations

import gc
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from myofind.diagnostics import Diagnostic, Path, Position, Severity, shown

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 24

_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})

_TAGS = {
    ScalarNode: "tag:yaml.org,2002:str",
    SequenceNode: "tag:yaml.org,2002:seq",
    MappingNode: "tag:yaml.org,2002:map",
}


class _TooDeep(Exception):
    """Nesting passed the bound below a node."""

    def __init__(self, node: Node) -> None:
        self.node = node


class _Bounded:
    """What PyYAML calls a resolver: here no text has a type, and nesting is bounded.

    The composers recurse for every level, libyaml's in C, where too deep a text would crash the process; they call
    `descend_resolver` before and `ascend_resolver` after each node.
    """

    depth = 0

    def descend_resolver(self, node: Node, index: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeep(node)

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        return _TAGS[kind]


try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in the stubs' exports

    class _Loader(_Bounded, CParser):
        """libyaml's parser without implicit types."""

        def __init__(self, stream: str) -> None:
            CParser.__init__(self, stream)

except ImportError:  # PyYAML built without libyaml: slower, same nodes
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(_Bounded, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """The pure Python parser without implicit types."""

        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


class Document(NamedTuple):
    """A text read as YAML: its root node, or none where it cannot be composed, and the findings so far."""

    file: str
    text: str
    root: Node | None
    findings: tuple[Diagnostic, ...]


def position(node: Node) -> Position:
    """Where a node starts, counted from 1."""
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


def read_document(data: bytes, file: str) -> Document:
    """Compose the only document of a file; problems are findings, never exceptions."""
    text, problem = _decode(data, file)
    if problem:
        return Document(file, text, None, (problem,))
    collecting = gc.isenabled()
    gc.disable()  # composing allocates no cycles; the collector would triple the time on a large file
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        what = ": ".join(part for part in (error.context, error.problem) if part) or "not YAML"
        return Document(file, text, None, (_finding("unreadable-yaml", file, at, (), what, _yaml_hint(what)),))
    except yaml.YAMLError as error:
        return Document(
            file,
            text,
            None,
            (
                _finding(
                    "unreadable-yaml", file, _reader_position(error, text), (), shown(str(error).split("\n", 1)[0], 120)
                ),
            ),
        )
    except _TooDeep as deep:
        return Document(
            file,
            text,
            None,
            (_finding("too-deep", file, position(deep.node), (), f"nested deeper than {MAX_DEPTH} levels"),),
        )
    except RecursionError:  # the parser's own, for tokens rather than nodes
        return Document(
            file,
            text,
            None,
            (_finding("too-deep", file, Position(1, 1), (), f"nested deeper than {MAX_DEPTH} levels"),),
        )
    finally:
        if collecting:
            gc.enable()
    findings: list[Diagnostic] = []
    if root is not None:
        _walk(root, text, file, findings)
        if any(f.rule in ("yaml-alias", "too-deep") for f in findings):
            root = None
    return Document(file, text, root, tuple(findings))


def _compose(text: str) -> Node | None:
    loader = _Loader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _decode(data: bytes, file: str) -> tuple[str, Diagnostic | None]:
    start = Position(1, 1)
    if len(data) > MAX_BYTES:
        megabytes = MAX_BYTES // (1024 * 1024)
        return "", _finding(
            "file-too-large", file, start, (), f"the file has {len(data):,} bytes; at most {megabytes} MB are read"
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", _finding("not-utf8", file, start, (), "the file is UTF-16; only UTF-8 is read", "save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n")
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace"))
        return "", _finding(
            "not-utf8", file, Position(line + 1, column + 1), (),
            f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8",
        )  # fmt: skip
    if text.startswith("\ufeff"):
        text = text[1:]
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul)
        return text, _finding(
            "control-character",
            file,
            Position(line + 1, nul - text.rfind("\n", 0, nul)),
            (),
            "a NUL character; the file is not text",
        )
    return text, None


def _reader_position(error: yaml.YAMLError, text: str) -> Position:
    offset = getattr(error, "position", None)
    if not isinstance(offset, int):
        bad = next((i for i, c in enumerate(text) if not c.isprintable() and c not in "\n\r\t\x85\ufeff"), 0)
        offset = bad
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _yaml_hint(problem: str) -> str:
    if "tab" in problem or "cannot start any token" in problem:
        return "indent with spaces, and quote text that starts with a special character"
    if "alias" in problem:
        return "write the value out: anchors and aliases are not accepted"
    if "mapping values are not allowed" in problem:
        return "quote text that holds `: `"
    return ""


def _finding(
    rule: str, file: str, at: Position, path: Path, message: str, hint: str = "", severity: Severity = "error"
) -> Diagnostic:
    return Diagnostic(rule, severity, file, at, None, path, message, hint)


def _walk(root: Node, text: str, file: str, findings: list[Diagnostic]) -> None:
    """Find what YAML allows and we do not: tags, anchors used again, duplicate keys, excessive depth."""
    seen: set[int] | None = set() if "&" in text and "*" in text else None
    level: list[Node] = [root]
    for depth in range(MAX_DEPTH + 1):
        if not level:
            return
        if depth == MAX_DEPTH:
            findings.append(
                _finding("too-deep", file, position(level[0]), (), f"nested deeper than {MAX_DEPTH} levels")
            )
            return
        below: list[Node] = []
        for node in level:
            if node.tag not in _PLAIN_TAGS:
                findings.append(
                    _finding(
                        "yaml-tag",
                        file,
                        position(node),
                        (),
                        f"the tag `{shown(str(node.tag))}` is not accepted",
                        "remove the tag; every value is plain text",
                    )
                )
            if isinstance(node, MappingNode):
                keys: dict[str, Node] = {}
                for key, value in node.value:
                    if isinstance(key, ScalarNode):
                        first = keys.setdefault(key.value, key)
                        if first is not key:
                            if key is value or first.start_mark.index == key.start_mark.index:
                                continue
                            line = first.start_mark.line + 1
                            findings.append(
                                _finding(
                                    "duplicate-key",
                                    file,
                                    position(key),
                                    (),
                                    f"the key `{shown(key.value)}` is given twice; first in line {line}",
                                    "keep one of the two",
                                )
                            )
                        if key.tag not in _PLAIN_TAGS:
                            below.append(key)
                    else:
                        below.append(key)
                    below.append(value)
            elif isinstance(node, SequenceNode):
                below.extend(node.value)
        if seen is not None:
            for node in below:
                if id(node) in seen:
                    findings.append(
                        _finding(
                            "yaml-alias",
                            file,
                            position(node),
                            (),
                            "an anchor is used again by an alias",
                            "write the value out: anchors and aliases are not accepted",
                        )
                    )
                    return
                seen.add(id(node))
        level = below
