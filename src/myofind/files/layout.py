"""Why a text is no YAML, in an editor's words: merge marks, tabs, indentation, a colon without its space, a lost dash.

Works on the lines of the text, from the place where the parser gave up back to the line that caused it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from myofind.diagnostics import Position, shown, write
from myofind.language import Pair
from myofind.records import NamedTuple

NO_SPACE_AFTER_DASH = ("no space after the dash", "pas d'espace après le tiret")
_ITEMS = ("write `- ` in front of each item of a list", "écrire `- ` devant chaque élément d'une liste")
_NO_DASH = ("an item of a list without its dash", "un élément d'une liste sans son tiret")
_DASH = ("write `- ` in front of it", "écrire `- ` devant")


class Problem(NamedTuple):
    """What is wrong with the layout, where, and what to do."""

    at: Position
    message: Pair
    hint: Pair
    tight: bool = False
    """Whether a value follows the colon of its key at once."""


_MERGE = re.compile(r"^[ \t]*(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
_KEY = re.compile(r"(?:- )*[A-Za-z_]\w*:(?=\s|$)")
_TIGHT = re.compile(r"^( *(?:- )*\{?)([a-z_]+):(?=[^\s/:])")
_TIGHT_FLOW = re.compile(r"[{,] *([a-z_]+):(?=[^\s/:,}\]])")
_START = re.compile(r"[A-Za-z_]+:\s*(?:#.*)?$| {0,2}- ")
_OPENER = re.compile(r":(?:[ \t]+#.*)?\s*$|^\s*-\s*$|:\s*[|>][-+0-9]*\s*$")


def merge_problems(text: str) -> list[Problem]:
    """One problem for each place where a merge left two versions."""
    marks = [(match[1][0], text.count("\n", 0, match.start()) + 1) for match in _MERGE.finditer(text)]
    if not any(mark != "=" for mark, _ in marks):
        return []
    problems: list[Problem] = []
    first: int | None = None
    for mark, line in marks:
        if mark == "<" or first is None:
            first = line if first is None else first
        if mark == ">":
            problems.append(_merge(first, line))
            first = None
    return problems if first is None else [*problems, _merge(first, marks[-1][1])]


def _merge(first: int, last: int) -> Problem:
    several = last > first
    message = (
        f"a merge left two versions in {f'lines {first} to {last}' if several else f'line {first}'}",
        f"une fusion a laissé deux versions {f'des lignes {first} à {last}' if several else f'à la ligne {first}'}",
    )
    hint = (
        "keep one of the versions and remove the marks `<<<<<<<`, `=======` and `>>>>>>>`",
        "garder une des versions et retirer les marques `<<<<<<<`, `=======` et `>>>>>>>`",
    )
    return Problem(Position(first, 1), message, hint)


def without_merge(text: str) -> str:
    """The text as long as before, with the first of two versions only."""
    lines = text.splitlines(keepends=True)
    side = "both"
    for number, line in enumerate(lines):
        match = _MERGE.match(line)
        if match:
            side = {"<": "first", "|": "other", "=": "other", ">": "both"}[match[1][0]]
        if match or side == "other":
            lines[number] = re.sub(r"[^\r\n]", " ", line)
    return "".join(lines)


def missing_space(text: str, at: Position) -> int | None:
    """Where a space belongs, for a line that holds `key:value`; none where nothing is missing in that line."""
    lines = text.splitlines(keepends=True)
    if at.line > len(lines):
        return None
    line = lines[at.line - 1]
    match = _TIGHT.match(line) or _TIGHT_FLOW.search(line)
    if not match:
        return None
    return sum(map(len, lines[: at.line - 1])) + match.end()


def problem_near(text: str, at: Position) -> Problem | None:
    """What caused the parser to give up at a place; none where it cannot be told."""
    lines = text.splitlines()
    first, last = _block(lines, at.line - 1)
    for find in (_tab, _tight, _other_dash, _indentation, _lost_dash, _lost_colon):
        problem = find(lines, first, last)
        if problem is not None:
            return problem
    return None


def _block(lines: list[str], index: int) -> tuple[int, int]:
    """The lines to look at: from the start of the item around a place to the place itself."""
    last = min(index, len(lines) - 1)
    first = max(0, last - 1)
    while first > 0 and not _START.match(lines[first]):
        first -= 1
    return first, last


def _content(lines: list[str], first: int, last: int) -> Iterator[tuple[int, str]]:
    """The lines that hold something, comments, blank ones and the inside of quotes and brackets left out."""
    depth, quote = 0, ""
    for number in range(first, last + 1):
        line = lines[number]
        if not depth and not quote and line.strip() and not line.lstrip().startswith("#"):
            yield number, line
        depth, quote = _open_after(line, depth, quote)
        if depth and _KEY.match((lines[number + 1] if number + 1 < len(lines) else "").lstrip()):
            depth = 0  # a bracket never closed is another problem


def _open_after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which quote, are open at the end of a line."""
    before = " "
    for character in line:
        if quote:
            quote = "" if character == quote else quote
        elif character == "#" and before in " \t":
            break
        elif character in "\"'" and before in " [{,(":
            quote = character
        elif character in "[{" and (depth or before in " "):
            depth += 1
        elif character in "]}" and depth:
            depth -= 1
        before = character
    return depth, quote


def _tab(lines: list[str], first: int, last: int) -> Problem | None:
    for number in range(first, last + 1):
        match = re.match(r"[ -]*\t", lines[number])
        if match:
            at = Position(number + 1, match.end())
            hint = (
                "indent with spaces; most editors can write them for the tab key",
                "décaler par des espaces ; la plupart des éditeurs les écrivent pour la touche de tabulation",
            )
            return Problem(at, ("a tab in the indentation", "une tabulation dans le décalage"), hint)
    return None


def _tight(lines: list[str], first: int, last: int) -> Problem | None:
    for number, line in _content(lines, first, last):
        match = _TIGHT.match(line)
        if match:
            at = Position(number + 1, match.end() + 1)
            whole = f"{match[2]}: {shown(line[match.end() :].strip(), 40)}"
            return Problem(at, no_space_after(match[2]), write(whole), tight=True)
    return None


def no_space_after(key: str) -> Pair:
    """That a value follows the colon of its key at once."""
    return f"no space after `{key}:`", f"pas d'espace après `{key}:`"


def _other_dash(lines: list[str], first: int, last: int) -> Problem | None:
    """An item whose dash has no space behind it, or is another sign."""
    for number, line in _content(lines, first, last):
        match = re.match(r" *(-(?=[^\W\d_]|[{\[\"'])|[–—•*](?= ))", line)
        if match:
            other = (f"`{match[1]}` where a dash is expected", f"`{match[1]}` à la place d'un tiret")
            what = NO_SPACE_AFTER_DASH if match[1] == "-" else other
            return Problem(Position(number + 1, match.end()), what, _ITEMS)
    return None


class _Line(NamedTuple):
    """A line of the layout: its number (from 0), its depth, and the depths that it closed."""

    number: int
    indent: int
    closed: tuple[int, ...] = ()
    empty_above: bool = False
    """Whether the line above it, at the same depth, opened something and holds nothing."""


def _indentation(lines: list[str], first: int, last: int) -> Problem | None:
    """The first line that stands at a depth no line above it has opened, or that made the next one do so."""
    levels: list[int] = []
    held: dict[int, list[int]] = {}
    above: _Line | None = None
    opener, item = True, -1
    for number, line in _content(lines, first, last):
        indent = len(line) - len(line.lstrip(" "))
        closed: list[int] = []
        if levels and indent > levels[-1] and not opener and above is not None:
            return _too_deep(lines, _Line(number, indent), above, item)
        while levels and indent < levels[-1]:
            closed.append(levels.pop())
        if closed and (not levels or levels[-1] != indent):
            odd = held.get(closed[-1], [])
            if len(odd) == 1 and levels and indent > levels[-1] and _rarer(lines, closed[-1], indent):
                return _misplaced(odd[0], closed[-1], indent)
            below = _below(lines, number)
            return _misplaced(number, indent, below if below in levels else closed[-1])
        if not levels or indent > levels[-1]:
            levels.append(indent)
            held[indent] = []
        held.setdefault(indent, []).append(number)
        empty = opener and above is not None and above.indent == indent and not line[indent:].startswith("- ")
        above = _Line(number, indent, tuple(closed), empty)
        text = line[indent:]
        item = indent + 2 if text.startswith("- ") else -1
        depth = indent
        while text.startswith("- "):
            inner = len(text) - len(text[2:].lstrip(" "))
            depth, text = depth + inner, text[inner:]
            if _KEY.match(text):
                levels.append(depth)
                held[depth] = [number]
        opener = bool(_OPENER.search(line))
    return None


def _misplaced(number: int, indent: int, neighbours: int) -> Problem:
    """A line whose depth is its own."""
    en, fr = _spaces(indent)
    message = (f"indented by {en}, its neighbours by {neighbours}", f"décalé de {fr}, ses voisins de {neighbours}")
    return Problem(Position(number + 1, indent + 1), message, _indent_by(neighbours))


def _rarer(lines: list[str], depth: int, other: int) -> bool:
    """Whether fewer lines of the file stand at one depth than at another."""
    depths = [len(line) - len(line.lstrip(" ")) for line in lines]
    return depths.count(depth) < depths.count(other)


def _below(lines: list[str], number: int) -> int:
    """The depth of the next line that holds something; -1 at the end."""
    below = next((line for line in lines[number + 1 :] if line.strip() and not line.lstrip().startswith("#")), None)
    return -1 if below is None else len(below) - len(below.lstrip(" "))


def _too_deep(lines: list[str], here: _Line, above: _Line, item: int) -> Problem:
    """A line deeper than one above it that opens nothing: it, or the line above, stands at the wrong depth."""
    at = Position(here.number + 1, here.indent + 1)
    if here.indent == item:
        below = ("write `- ` in front of it, below the dash above", "écrire `- ` devant, sous le tiret du dessus")
        return Problem(at, _NO_DASH, below)
    if (here.indent in above.closed or above.empty_above) and _below(lines, here.number) >= here.indent:
        return _misplaced(above.number, above.indent, here.indent)
    if lines[here.number].lstrip().startswith("- "):
        message = (
            "items of a list follow, and the line has a value of its own",
            "des éléments d'une liste suivent, et la ligne a déjà une valeur",
        )
        hint = (
            "end the line with `:` and write its value as an item, with `- `",
            "finir la ligne par `:` et écrire sa valeur comme un élément, avec `- `",
        )
        return Problem(Position(above.number + 1, above.indent + 1), message, hint)
    en, fr = _spaces(here.indent)
    deeper = (f"indented by {en}, deeper than the line above", f"décalé de {fr}, plus que la ligne du dessus")
    return Problem(at, deeper, _indent_by(above.indent))


def _spaces(count: int) -> Pair:
    return f"{count} space{'' if count == 1 else 's'}", f"{count} espace{'s' if count > 1 else ''}"


def _indent_by(count: int) -> Pair:
    en, fr = _spaces(count)
    return f"indent it by {en}", f"décaler de {fr}"


def _lost_dash(lines: list[str], first: int, last: int) -> Problem | None:
    """A line among those that start with `- ` that has none."""
    content = list(_content(lines, first, last))
    for (_, above), (number, line) in pairwise(content):
        indent = len(line) - len(line.lstrip(" "))
        before = len(above) - len(above.lstrip(" "))
        dashed = above.lstrip().startswith("- ") and before in (indent, indent - 2)
        if line.lstrip().startswith(("{", "[")) and (dashed or not above.rstrip().endswith(":")):
            return Problem(Position(number + 1, indent + 1), _NO_DASH, _DASH)
    for (number, line), (_, below) in pairwise(content):
        if line.lstrip().startswith("{") and below.lstrip().startswith("- {"):
            indent = len(line) - len(line.lstrip(" "))
            return Problem(Position(number + 1, indent + 1), _NO_DASH, _DASH)
    return None


def _lost_colon(lines: list[str], first: int, last: int) -> Problem | None:
    """A line of words among keys."""
    for number, line in _content(lines, first, last):
        text = line.strip()
        if re.match(r"[a-z_]+ [^:]*$", text) and not text.startswith("- "):
            word = text.split()[0]
            indent = len(line) - len(line.lstrip(" "))
            what = (f"no `:` after `{word}`", f"pas de `:` après `{word}`")
            return Problem(Position(number + 1, indent + 1), what, write(f"{word}: …"))
    return None


def comment_in_brackets(text: str, index: int) -> Problem | None:
    """A ` #` inside brackets of a line (from 0), which cuts the line."""
    lines = text.splitlines()
    match = re.search(r"[ \t](#)", lines[index]) if index < len(lines) else None
    if not match or not _open_after(lines[index], 0, "")[0]:
        return None
    message = ("a ` #` inside brackets cuts the line", "un ` #` entre crochets coupe la ligne")
    hint = (
        "put the text in quotes, or write the comment on a line of its own",
        "mettre le texte entre guillemets droits, ou écrire le commentaire sur sa propre ligne",
    )
    return Problem(Position(index + 1, match.start(1) + 1), message, hint)
