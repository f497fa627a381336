"""Texts as the reader of a table sees them: whole, in one alphabet, without marks left over from copying."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from myofind.checks.prose import strings
from myofind.checks.rule import About, Entry, Found
from myofind.checks.text_places import path_at
from myofind.diagnostics import Position, shown, write
from myofind.editing.text_edit import Splice, instead, these
from myofind.files.yaml_nodes import ScalarNode
from myofind.registry.node_words import node_at

_TEXTS = frozenset(
    {"acronym", "check_by_hand", "city", "en", "facility", "fr", "label", "name", "note", "publisher", "sponsor", "title",
     "title_fr", "why"}
)  # fmt: skip
"""Keys whose value is a text for people."""

_GLUED = re.compile(r"[ \t]#(?=[^\s#!]|[ \t]?\d)")
_LOOK_ALIKE = {
    **dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһ", "ABESIJKMHOPCTYXaesijopcyxdqwh", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ", "ABEZHIKMNOPTYXovc", strict=True)),
    **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)},
}
"""Cyrillic, Greek and full-width characters that look like a plain one."""

_FOREIGN = frozenset((*map(chr, range(0x0400, 0x0530)), *_LOOK_ALIKE))
_WORD = r"[^\W_]+(?:[^\s,;:(){}\[\]\"'/]*[^\W_])?"
_NEITHER_KEY_NOR_ITEM = re.compile(r"\n( +(?!- |-$|[\w.-]+:(?:\s|$)|[#{}\[\]\"'])\S.*)", re.MULTILINE)
"""A line, and the end of the one above, that begins as a text does that goes on."""
_UNWRITTEN = re.compile(
    r"todo|tb[dc]|x{3,}|n/a|\.{3}|…|-+|to be (?:completed|confirmed|defined|determined|decided)|à (?:compléter|préciser|définir)|unknown yet",
    re.IGNORECASE,
)
"""Texts that say nothing but that they are missing."""
_TIGHT_DASH = re.compile(r" +-(?=[^\W\d_])")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|XXX+|TBD|TBC)\b|\?\?+|\bà compléter\b|\blorem ipsum\b")
_ASKED = re.compile(r" ?\?$")
_NO_QUESTION = frozenset({("sponsor",), ("city",), ("facility",), ("acronym",), ("name",), ("publisher",)})
"""Keys whose text is a name: a question mark behind it is somebody's doubt."""
_CUT_OFF = re.compile(r"(?:\.{3}|…)$")
_MISSING = (
    "todo", "fixme", "xxx", "tbd", "tbc", "??", " ?", "?\n", "compléter", "complÉter", "préciser", "prÉciser",
    "définir", "dÉfinir", "lorem", "to be ", "n/a", "...", "…", "unknown yet", ": -", "[-", ", -",
)  # fmt: skip
"""What a text holds that may be a mark of something missing; its plain letters in lower case."""
_QUOTED = ("“", "”", "„", "‘", "\"'", "'\"", '\\"')
"""What a text holds where a quotation mark may be part of it; besides, half a pair in a line."""
_PAIRS = (("«", "»"), ("“", "”"), ("‹", "›"))
_OPENED = {'"': '"', "“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’", "'": "'"}


def texts(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text for people in a trial, with its path."""
    for path, value in strings(entry.plain, ()):
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        if key in _TEXTS and "://" not in value:
            yield path, value


def cut_text(about: About) -> Iterator[Found]:
    """A text ends at ` #`: what follows is a comment and belongs to no text."""
    document = about.read.document
    for start in _places(about, (" #", "\t#")):
        glued = _GLUED.match(document.text, start) is not None
        at = Position.of(document.text, start + 1)
        path = path_at(document.root, at)
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        node = node_at(document.root, path)
        if key not in (_TEXTS if glued else ("title", "title_fr")) or not isinstance(node, ScalarNode) or node.style:
            continue
        if node.end_mark.index <= start and node.end_mark.line == at.line - 1:
            read = shown(node.value)
            yield Found(
                (),
                f"the text ends at ` #` and reads `{read}`",
                f"le texte s'arrête à ` #` et se lit `{read}`",
                "put the whole text in quotes, or write `# ` before a comment",
                "mettre tout le texte entre guillemets droits, ou écrire `# ` avant un commentaire",
                at=start + 1,
                severity=None if glued else "warning",
            )


def stray_quote(about: About) -> Iterator[Found]:
    """Quotation marks or guillemets stand around a text, or one of a pair is missing."""
    odd = {line for line in about.distinct if line.count('"') % 2}
    halves = (start for _, start in about.starts_of(odd))
    for entry in _suspects(about, [*halves, *_places(about, _QUOTED), *_unpaired(about)]):
        for path, text in texts(entry):
            inner = text[1:-1]
            around = len(text) > 2 and _OPENED.get(text[0]) == text[-1]
            if around and not any(mark in inner for mark in (text[0], text[-1])):
                message = (
                    f"the text stands between {text[0]} and {text[-1]}",
                    f"le texte se trouve entre {text[0]} et {text[-1]}",
                )
                yield Found(path, *message, "remove both", "retirer les deux", fix=_unquoted, entry=entry)
            elif "„" not in text and (text.count('"') % 2 or any(text.count(a) != text.count(b) for a, b in _PAIRS)):
                message = ("a quotation mark without its other half", "un guillemet sans son autre moitié")
                yield Found(
                    path, *message, "remove it, or add the other", "le retirer, ou ajouter l'autre", entry=entry
                )


_MARKUP = re.compile(
    r"&(?:amp|lt|gt|nbsp|quot|eacute|egrave|#\d+);|</?(?:[bipua]|br|em|li|ul|sub|sup|span|strong)\b[^<>]*>|\*\*\w|\w\*\*"
)


def web_markup(about: About) -> Iterator[Found]:
    """A text holds signs of a web page or of a formatted text: `&amp;`, `<b>`, `**`."""
    whole = about.read.document.text
    signs = [start for start in _places(about, ("&", "<")) if _MARKUP.match(whole, start)]
    for entry in _suspects(about, [*signs, *_places(about, ("**",))]):
        for path, text in texts(entry):
            mark = _MARKUP.search(text)
            if mark:
                message = (f"`{mark[0]}` is a sign of a web page", f"`{mark[0]}` est un signe de page")
                yield Found(path, *message, "write what a reader sees", "écrire ce que voit un lecteur", entry=entry)


def _unpaired(about: About) -> Iterator[int]:
    """Where a line has half a pair of marks, or a text begins with one; a word between a pair inside a text is no matter."""
    text = about.read.document.text
    for opening, closing in _PAIRS:
        for start in _places(about, (opening, closing)):
            line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", start) + 1) or len(text)]
            before = text[max(0, start - 40) : start].rstrip(" ")[-1:]
            if line.count(opening) != line.count(closing) or before in ("", "\n", ":", "-", ",", "[", "{", '"', "'"):
                yield start


def _suspects(about: About, places: Sequence[int]) -> Iterator[Entry]:
    """The trials around some places of the text: much faster than a look at every value."""
    if places and about.entries:
        chosen = {max(0, bisect_right(about.starts, index + 4) - 1) for index in places}
        yield from (about.entries[number] for number in sorted(chosen))


def _places(about: About, signs: tuple[str, ...], *, any_case: bool = False) -> Iterator[int]:
    """Where the text holds one of some signs, their letters also as capitals where the case is no matter.

    Each line is looked at once, and a sign looked for by its seldom character, which takes a tenth of the time.
    """
    once = about.once
    if any_case:  # of ASCII letters only, so that no place moves
        once = once.encode().lower().decode()
    found: dict[str, list[int]] = {}
    for sign in signs:
        by = next((character for character in sign if character in _SELDOM), sign)
        before = sign.index(by)
        at, start, end, line = once.find(by), 0, 0, ""
        while at >= 0:
            if once.startswith(sign, at - before):
                if at - before >= end:  # a line is cut out once, however often it holds the sign
                    start, end = once.rfind("\n", 0, at - before) + 1, once.index("\n", at - before)
                    line = about.once[start:end]
                found.setdefault(line, []).append(at - before - start)
            at = once.find(by, at + 1)
    for number, start in about.starts_of(found):
        yield from (start + place for place in found[about.lines[number]])


_SELDOM = frozenset("#?*\\\t[…“”„‘«»‹›É")


def _unquoted(node: Any, text: str) -> list[Splice]:
    """The text between its marks, without the spaces beside them."""
    if not isinstance(node, ScalarNode) or node.start_mark.line != node.end_mark.line:
        return []
    from myofind.editing.yaml_text import scalar

    return instead(node, scalar(node.value[1:-1].strip()))


def look_alike_letter(about: About) -> Iterator[Found]:
    """A letter of another alphabet that looks like a Latin one."""
    text = about.read.document.text
    if about.characters.isdisjoint(_FOREIGN):
        return
    for match in re.finditer(_WORD, text):
        word = match[0]
        letter = "" if word.isascii() else next((sign for sign in word if sign in _FOREIGN), "")
        if not letter or not ("\u0400" <= letter <= "\u052f" or any(c.isascii() and c.isalnum() for c in word)):
            continue
        plain = "".join(_LOOK_ALIKE.get(character, character) for character in word)
        fixed = _FOREIGN.isdisjoint(plain)
        hint = write(shown(plain)) if fixed else ("write it in Latin letters", "l'écrire en lettres latines")
        code = f"U+{ord(letter):04X}"
        message = (
            f"`{shown(word)}` holds the letter {code} of another alphabet",
            f"`{shown(word)}` contient la lettre {code} d'un autre alphabet",
        )
        at = match.start() + word.index(letter)
        fix = these([Splice(match.start(), match.end(), plain)]) if fixed else None
        yield Found((), *message, *hint, at=at, fix=fix)


def placeholder_text(about: About) -> Iterator[Found]:
    """A text holds a mark of something still to be written: TODO, FIXME, XXX, TBD, ???."""
    text = about.read.document.text
    marks = _places(about, _MISSING, any_case=True)
    for entry in _suspects(about, [start for start in marks if _may_miss(text, start)]):
        for path, text in strings(entry.plain, ()):
            mark = _UNWRITTEN.fullmatch(text) or (_PLACEHOLDER.search(text) if "://" not in text else None)
            if mark is None and path[-1:] in _NO_QUESTION:
                mark = _ASKED.search(text)
            if mark is None and path[:1] in (("title",), ("title_fr",)) and entry.plain.get("draft") is not True:
                mark = _CUT_OFF.search(text)
            if mark:
                message = (f"`{mark[0]}` stands in the text", f"`{mark[0]}` se trouve dans le texte")
                hint = ("write what is missing, or remove the key", "écrire ce qui manque, ou retirer la clé")
                yield Found(path, *message, *hint, entry=entry)


def _may_miss(text: str, start: int) -> bool:
    """Whether what stands at a place may be all of a text: `n/a` behind a letter is part of a word."""
    return text[start : start + 3].lower() != "n/a" or not text[max(0, start - 1)].isalnum()


def run_on_text(about: About) -> Iterator[Found]:
    """A text without quotes goes on in the next line."""
    running = {match[1] for match in _NEITHER_KEY_NOR_ITEM.finditer("\n" + about.once)}
    for number, start in about.starts_of(running):
        line = about.lines[number]
        at = start + len(line) - len(line.lstrip(" "))
        node = about.text_over(at)
        if node is not None and _TIGHT_DASH.match(line) and node.start_mark.index == at:
            from myofind.files.layout import NO_SPACE_AFTER_DASH

            hint = ("write `- ` in front of each item", "écrire `- ` devant chaque élément")
            yield Found((), *NO_SPACE_AFTER_DASH, *hint, at=at, fix=these([Splice(at + 1, at + 1, " ")]))
        elif node is not None and not node.style and node.start_mark.line < number:
            first = node.start_mark.line + 1
            yield Found(
                (),
                f"this line continues the text that begins in line {first}",
                f"cette ligne continue le texte qui commence à la ligne {first}",
                "is a `- ` missing in front, or a `:` after the first word? a text over two lines goes in quotes",
                "manque-t-il `- ` devant, ou `:` après le premier mot ? un texte sur deux lignes va entre guillemets droits",
                at=at,
            )
