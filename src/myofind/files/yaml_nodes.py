"""YAML text to located nodes: every scalar stays text and keeps its line and column.

Reading is bounded: UTF-8 only, no tags, no anchors or aliases, no duplicate keys, limited size and depth. The nodes
are PyYAML's own, composed by libyaml without any implicit typing, so `NO` is Norway and `010` is not 8.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

import yaml
from yaml.nodes import MappingNode as MappingNode
from yaml.nodes import Node as Node
from yaml.nodes import ScalarNode as ScalarNode
from yaml.nodes import SequenceNode as SequenceNode

from myofind.diagnostics import Diagnostic, Position, shown
from myofind.language import Pair
from myofind.records import NamedTuple

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 24
_MOST_MASKED = 20

_TAGS: dict[type[Node], str] = {
    ScalarNode: "tag:yaml.org,2002:str",
    SequenceNode: "tag:yaml.org,2002:seq",
    MappingNode: "tag:yaml.org,2002:map",
}
TWO_ENTRIES = "two-entries"
"""The detail of a finding about two entries that have become one: other findings about them are echoes."""
NO_SPACE = "no-space"
"""The detail of a finding about a value that follows the colon of its key at once."""

_DEEP = (f"nested deeper than {MAX_DEPTH} levels", f"imbriqué sur plus de {MAX_DEPTH} niveaux")
_DEEP_HINT = (
    "close the brackets: no key of the format lies that deep",
    "fermer les crochets : aucune clé du format n'est si profonde",
)


class _TooDeep(Exception):
    """Nesting passed the bound at a place."""

    def __init__(self, place: Position) -> None:
        super().__init__()
        self.place = place


class _Bounded:
    """What PyYAML calls a resolver. No text has a type; nesting is bounded: composers call it before and after each node."""

    depth = 0
    resolve = staticmethod("".format)  # the tag of a node without one, at the least cost

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """A node begins."""
        self.depth += 1
        if self.depth > MAX_DEPTH and parent is not None:
            raise _TooDeep(position(parent))

    def ascend_resolver(self) -> None:
        """A node ends."""
        self.depth -= 1


class _Unasked:
    """A resolver for a parser that bounds nesting itself: what it calls around each node does nothing, at no cost."""

    resolve = _Bounded.resolve
    descend_resolver, ascend_resolver = staticmethod(operator.is_), staticmethod(tuple)


try:
    from yaml._yaml import CParser, get_version

    class _Loader(_Unasked if get_version() >= (0, 2, 5) else _Bounded, CParser):  # type: ignore[misc]  # one of two kinds
        """libyaml's parser; from 0.2.5 on it refuses more than a thousand levels."""

        def __init__(self, stream: str) -> None:
            CParser.__init__(self, stream)

except ImportError:  # PyYAML built without libyaml: slower, same nodes
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(_Bounded, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]  # one of the two is made
        """The pure Python parser."""

        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)

        def dispose(self) -> None:
            """Nothing is held outside Python."""


class Document(NamedTuple):
    """A text read as YAML: its root node, or none where it cannot be composed, and the findings so far."""

    file: str
    text: str
    root: Node | None
    findings: tuple[Diagnostic, ...]


def position(node: Node) -> Position:
    """Where a node starts, counted from 1."""
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


_UNSEEN_BREAKS = ("\x85", "\u2028", "\u2029")
"""Where YAML begins a new line and no editor does: read as spaces, so that lines are counted as everybody counts them."""

Mask = Callable[[str, Position], "str | None"]
"""A text without the part around a place that cannot be read, as long as before; none where there is no such part."""


def read_document(data: bytes, file: str, mask: Mask | None = None) -> Document:
    """Compose the only document of a file and look through it; problems are findings, never exceptions.

    With `mask`, what stands around a place that is not YAML is left out, and the rest is read all the same.
    """
    return looked_through(composed(data, file, mask))


def composed(data: bytes, file: str, mask: Mask | None = None) -> Document:
    """The same without the look."""
    text, problem = _decode(data, file)
    if problem:
        return Document(file, text, None, (problem,))
    findings: list[Diagnostic] = []
    try:
        return Document(file, text, _composed(text, file, findings, mask), tuple(findings))
    except (_TooDeep, RecursionError) as error:
        return Document(file, text, None, (*findings, _too_deep(error, file)))


def looked_through(document: Document) -> Document:
    """A composed document with what YAML allows and we do not as findings; without its nodes where they are no tree."""
    file, text, root, found = document
    findings = list(found)
    try:
        if root is not None and not _walk(root, text, file, findings):
            root = None
    except (_TooDeep, RecursionError) as error:
        return Document(file, text, None, (*findings, _too_deep(error, file)))
    return Document(file, text, root, tuple(findings))


def _too_deep(error: _TooDeep | RecursionError, file: str) -> Diagnostic:
    at = error.place if isinstance(error, _TooDeep) else Position(1, 1)
    return _finding("too-deep", file, at, _DEEP, _DEEP_HINT)


def _composed(text: str, file: str, findings: list[Diagnostic], mask: Mask | None) -> Node | None:
    """The root of a text; of two versions that a merge left the first is read, and what is not YAML is left out."""
    rest: str | None = text
    if "<<<<<<<" in text or ">>>>>>>" in text:
        from myofind.files.layout import merge_problems, without_merge

        merges = merge_problems(text)
        findings += [_finding("merge-marker", file, merge.at, merge.message, merge.hint) for merge in merges]
        rest = without_merge(text) if merges else text
    for unseen in _UNSEEN_BREAKS:
        rest = rest.replace(unseen, " ") if rest is not None else None
    while rest is not None and len(findings) < _MOST_MASKED:
        try:
            return _compose(rest)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            if mark is not None and "nesting depth" in str(error):  # libyaml's own bound, met before ours
                raise _TooDeep(Position(mark.line + 1, mark.column + 1)) from error
            from myofind.files.parser_words import unreadable

            refused = unreadable(error, rest)
            finding = _finding("unreadable-yaml", file, refused.at, refused.message, refused.hint)
            findings.append(finding._replace(detail=NO_SPACE if refused.tight else ""))
            rest = mask(rest, findings[-1].position) if mask else None
    return None


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
        message = (
            f"the file has {len(data):,} bytes; at most {megabytes} MB are read",
            f"le fichier a {len(data)} octets ; au plus {megabytes} Mo sont lus",
        )
        hint = (
            "name another file: a registry of ten thousand trials has 20 MB",
            "nommer un autre fichier : un registre de dix mille essais a 20 Mo",
        )
        return "", _finding("file-too-large", file, start, message, hint)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        utf16 = ("the file is UTF-16; only UTF-8 is read", "le fichier est en UTF-16 ; seul l'UTF-8 est lu")
        return "", _finding("not-utf8", file, start, utf16, ("save it as UTF-8", "l'enregistrer en UTF-8"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n")
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace"))
        return "", _finding(
            "not-utf8", file, Position(line + 1, column + 1),
            (f"byte 0x{data[error.start]:02x} is not UTF-8", f"l'octet 0x{data[error.start]:02x} n'est pas de l'UTF-8"),
            ("save the file as UTF-8", "enregistrer le fichier en UTF-8"),
        )  # fmt: skip
    if text.startswith("\ufeff"):
        text = text[1:]
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul)
        message = ("a NUL character; the file is not text", "un caractère NUL ; le fichier n'est pas du texte")
        hint = ("save it as text (UTF-8)", "l'enregistrer comme texte (UTF-8)")
        return text, _finding(
            "control-character", file, Position(line + 1, nul - text.rfind("\n", 0, nul)), message, hint
        )
    return text, None


def _finding(rule: str, file: str, at: Position, message: Pair, hint: Pair) -> Diagnostic:
    return Diagnostic(rule, "error", file, at, None, (), message, hint)


def _walk(root: Node, text: str, file: str, findings: list[Diagnostic]) -> bool:
    """Find what YAML allows and we do not: tags, anchors used again, duplicate keys. Raises _TooDeep for deep nesting.

    False where an alias makes the nodes no tree.
    """
    seen: set[int] | None = set() if "&" in text and "*" in text else None
    every = may_be_marked(text)  # without a tag or an anchor, single values need no look
    waiting: list[Node] = [root]
    depth, last = 1, 1
    for place, node in enumerate(waiting):  # it grows while it is read: level by level
        if place == last:
            depth, last = depth + 1, len(waiting)
        if depth >= MAX_DEPTH and node.value and not isinstance(node, ScalarNode):
            raise _TooDeep(position(node))
        if every and text[node.start_mark.index : node.start_mark.index + 1] in ("!", "&"):
            findings.append(_marked(node, text, file))
        if isinstance(node, MappingNode):
            try:
                distinct = len({key.value for key, _ in node.value})
            except TypeError:  # a key that is a list or a mapping
                distinct = len({key.value if isinstance(key, ScalarNode) else id(key) for key, _ in node.value})
            if distinct < len(node.value):
                findings.extend(_duplicates(node, file))
            below = [one for pair in node.value for one in pair if every or one.__class__ is not ScalarNode]
        elif isinstance(node, SequenceNode):
            below = node.value if every else [item for item in node.value if item.__class__ is not ScalarNode]
        else:
            continue
        if seen is not None:
            for one in below:
                if id(one) in seen:
                    message = ("an anchor is used again by an alias", "une ancre est reprise par un alias")
                    hint = (
                        "write the value out: anchors and aliases are not accepted",
                        "écrire la valeur en entier : les ancres et les alias ne sont pas admis",
                    )
                    findings.append(_finding("yaml-alias", file, position(one), message, hint))
                    return False
                seen.add(id(one))
        waiting += below
    return True


def may_be_marked(text: str) -> bool:
    """Whether a tag or an anchor may stand anywhere: its sign where a value starts, or right behind a quoted key."""
    for sign in "!&":
        at = text.find(sign)
        while at >= 0:
            before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 2]
            starts = not before or (before[-1] in _BEFORE_A_VALUE and (sign == "!" or bool(behind.strip())))
            if starts or before[-1] in "\"'" or before in ('":', "':"):
                return True
            at = text.find(sign, at + 1)
    return False


_BEFORE_A_VALUE = frozenset(" \t\n\r\x0b\x0c[]{},")


def _marked(node: Node, text: str, file: str) -> Diagnostic:
    """A tag or an anchor stands before the value."""
    if text.startswith("&", node.start_mark.index):
        message = ("an anchor is not accepted", "une ancre n'est pas admise")
        hint = (
            "remove it: every value is written out where it stands",
            "la retirer : chaque valeur est écrite en entier là où elle se trouve",
        )
        return _finding("yaml-alias", file, position(node), message, hint)
    tag = shown(node.tag or _TAGS[type(node)])
    message = (f"the tag `{tag}` is not accepted", f"l'étiquette `{tag}` n'est pas admise")
    hint = (
        "remove the tag; every value is plain text",
        "retirer l'étiquette ; toute valeur est un simple texte",
    )
    return _finding("yaml-tag", file, position(node), message, hint)


def _duplicates(node: MappingNode, file: str) -> Iterator[Diagnostic]:
    """The second and later of equal keys; where the first key of an entry comes again, one finding for all."""
    keys: dict[str, Node] = {}
    again: list[tuple[Node, Node]] = []
    for key, _ in node.value:
        if isinstance(key, ScalarNode):
            first = keys.setdefault(key.value, key)
            if first is not key:
                again.append((key, first))
    if len(again) > 1 and again[0][1] is node.value[0][0]:
        key, first = again[0]
        name, line = shown(key.value), first.start_mark.line + 1
        message = (
            f"the key `{name}` of line {line} comes again, and others after it",
            f"la clé `{name}` de la ligne {line} revient, et d'autres après elle",
        )
        hint = (
            f"write `- ` in front of `{name}` where a new entry begins",
            f"écrire `- ` devant `{name}` là où commence une nouvelle entrée",
        )
        yield _finding("duplicate-key", file, position(key), message, hint)._replace(detail=TWO_ENTRIES)
        return
    for key, first in again:
        name, line = shown(key.value), first.start_mark.line + 1
        message = (
            f"the key `{name}` is given twice; first in line {line}",
            f"la clé `{name}` est donnée deux fois ; d'abord à la ligne {line}",
        )
        yield _finding("duplicate-key", file, position(key), message, ("keep one of the two", "garder l'une des deux"))
