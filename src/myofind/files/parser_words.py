"""What the YAML parser refuses, as a problem in an editor's words at the line that caused it."""

from __future__ import annotations

import re

import yaml

from myofind.diagnostics import Position, shown
from myofind.files.layout import Problem, comment_in_brackets, problem_near
from myofind.language import Pair


def unreadable(error: yaml.YAMLError, text: str) -> Problem:
    """What is not YAML, in an editor's words, at the line that caused it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        at = _reader_position(error, text)
        refused = ("a character that YAML does not take", "un caractère que YAML n'admet pas")
        rare = shown(str(error).split("\n", 1)[0], 120)
        hint = (
            "remove the character, or write it by its name in quotes",
            "retirer le caractère, ou l'écrire par son nom entre guillemets droits",
        )
        return Problem(at, refused if "character" in rare else (rare, f"ce texte n'est pas du YAML : {rare}"), hint)
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "simple key" in (error.context or ""):
        mark = error.context_mark
    if mark is None:
        return Problem(Position(1, 1), ("not YAML", "ce n'est pas du YAML"), _FALLBACK[1])
    what = ": ".join(part for part in (error.context, error.problem) if part)
    at = Position(min(mark.line, text.count("\n")) + 1, mark.column + 1)
    problem = _sign_of_bound(text, mark.index) or _unclosed(error, what, text)
    if problem is None:
        opened = _quote_before(text, mark.index) if "block" in what else None
        if opened is not None:
            end = (
                f"a quote that opens here ends in line {mark.line + 1}",
                f"un guillemet ouvert ici se ferme à la ligne {mark.line + 1}",
            )
            problem = Problem(Position.of(text, opened), end, _CLOSE_QUOTE)
        else:
            problem = _after_quote(text, at) or problem_near(text, at)
    if problem is None:
        problem = Problem(at, *next((words for part, words in _IN_WORDS.items() if part in what), _FALLBACK))
    return problem


_CLOSE_QUOTE = ("close the quote", "fermer le guillemet")
_IN_QUOTES = ("put the text in quotes", "mettre le texte entre guillemets droits")
_FALLBACK = (
    ("this line does not fit the lines around it", "cette ligne ne va pas avec celles qui l'entourent"),
    (
        "compare its indentation, dashes and colons with another entry",
        "comparer son décalage, ses tirets et ses deux-points avec une autre entrée",
    ),
)


def _sign(sign: str, en: str, fr: str, refused: Pair) -> tuple[Pair, Pair]:
    """A sign that means something to YAML at the start of a value."""
    message = (
        f"`{sign}` at the start of a value stands for {en}",
        f"`{sign}` au début d'une valeur annonce {fr}",
    )
    return message, (f"{_IN_QUOTES[0]}; {refused[0]}", f"{_IN_QUOTES[1]} ; {refused[1]}")


_BOUND = re.compile(r"[ -]*([a-z_]+): +(>=|>|<=)? *([0-9][0-9.]*)\b")


def _sign_of_bound(text: str, index: int) -> Problem | None:
    """A bound with its sign, `age: >= 18`: to YAML the sign announces a text over several lines."""
    match = _BOUND.match(text, text.rfind("\n", 0, index) + 1)
    if match is None or match[2] is None or not match[2].startswith(">"):
        return None
    key = "min" if match[2] == ">=" else "above"
    message = (
        "`>` at the start of a value stands for a text over several lines",
        "`>` au début d'une valeur annonce un texte sur plusieurs lignes",
    )
    written = f"{match[1]}: {{{key}: {match[3]}}}"
    hint = (f"write a bound as `{written}`", f"écrire une borne ainsi : `{written}`")
    return Problem(Position.of(text, match.start(2)), message, hint)


_SECOND = (
    ("`---` begins a second document", "`---` commence un second document"),
    ("remove the line: the registry is one document", "retirer la ligne : le registre est un seul document"),
)
_IN_WORDS = {
    "mapping values are not allowed": (
        ("a second `: ` in the line", "un second `: ` dans la ligne"),
        ("put text that holds `: ` in quotes", "mettre entre guillemets droits un texte qui contient `: `"),
    ),
    "cannot start any token": (
        ("a value cannot begin with this character", "une valeur ne peut commencer par ce caractère"),
        _IN_QUOTES,
    ),
    "alias": _sign("*", "an alias", "un alias", ("aliases are not accepted", "les alias ne sont pas admis")),
    "anchor": _sign("&", "an anchor", "une ancre", ("anchors are not accepted", "les ancres ne sont pas admises")),
    "tag": _sign("!", "a tag", "une étiquette", ("tags are not accepted", "les étiquettes ne sont pas admises")),
    "directive": (
        ("`%` at the start of a line stands for a directive", "`%` au début d'une ligne annonce une directive"),
        _IN_QUOTES,
    ),
    "expected a single document": _SECOND,
    "but found another document": _SECOND,
    "escape": (
        (
            "a backslash in double quotes begins an escape",
            "une barre oblique inverse entre guillemets droits doubles commence un code",
        ),
        ("write `\\\\`, or put the text in single quotes", "écrire `\\\\`, ou mettre le texte entre apostrophes"),
    ),
}
"""What the parser says, by a part of it, and what that means to an editor."""


def _unclosed(error: yaml.MarkedYAMLError, what: str, text: str) -> Problem | None:
    """A bracket or a quote that is never closed, at the place where it was opened."""
    if error.context_mark is None or not any(
        part in what for part in ("flow sequence", "flow mapping", "quoted scalar")
    ):
        return None
    if "escape" in what:
        return None
    opened, mark = error.context_mark, error.problem_mark
    cut = comment_in_brackets(text, opened.line)
    if cut is not None:
        return cut
    sign = text[opened.index : opened.index + 1] or "["
    up_to = ("", "")
    if mark is not None and mark.line != opened.line:
        up_to = (f" (up to line {mark.line + 1})", f" (jusqu'à la ligne {mark.line + 1})")
    if sign in "\"'":
        quote = (
            f"the quote that opens here is never closed{up_to[0]}",
            f"le guillemet ouvert ici n'est jamais fermé{up_to[1]}",
        )
        return Problem(Position.of(text, opened.index), quote, _CLOSE_QUOTE)
    inside = _text_in_brackets(text, opened.index, mark.index) if mark is not None else None
    if inside is not None:
        return inside
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    message = (
        f"the bracket that opens here is never closed{up_to[0]}, or a comma is missing in it",
        f"le crochet ouvert ici n'est jamais fermé{up_to[1]}, ou une virgule y manque",
    )
    hint = (f"write the missing `{closing}` or `,`", f"écrire `{closing}` ou `,` là où il manque")
    return Problem(Position.of(text, opened.index), message, hint)


_AFTER_QUOTE = (
    ("something follows the closing quote", "quelque chose suit le guillemet fermant"),
    (
        "put the whole text in quotes; a double quote inside stands in single quotes",
        "mettre tout le texte entre guillemets droits ; s'il en contient, entre apostrophes",
    ),
)


def _text_in_brackets(text: str, start: int, end: int) -> Problem | None:
    """A text inside brackets that wants quotes: what stands where a comma or the closing bracket is expected."""
    before = text[start:end].rstrip()
    sign, at = text[end : end + 1], Position.of(text, end)
    if sign == ":" and " " in before[before.rfind("\n") + 1 :].strip(" -"):
        word = re.split(r"[\s,\[{\"']", before)[-1]
        if re.fullmatch(r"[a-z_]+", word) and re.search(rf"(?:^|[{{,]) *(?:- )*{word}:(?=\s)", text, re.MULTILINE):
            comma = (f"a comma is missing before `{word}:`", f"une virgule manque avant `{word}:`")
            return Problem(Position.of(text, end - len(word)), comma, (f"write `, {word}: …`", f"écrire `, {word}: …`"))
        return Problem(at, *_IN_WORDS["mapping values are not allowed"])
    if before[-1:] in ("'", '"') and "\n" not in text[start + len(before) : end]:
        opened = _quote_opened(text[start : start + len(before)])
        if opened is not None and re.search(r"\n|, *[a-z_]+: *$", before[opened + 1 : -1]):
            quote = ("the quote that opens here is never closed", "le guillemet ouvert ici n'est jamais fermé")
            return Problem(Position.of(text, start + opened), quote, _CLOSE_QUOTE)
        return Problem(at, *_AFTER_QUOTE)
    if sign in ("[", "{") and "\n" not in text[start:end] and before[-1:].isalnum():
        bracket = ("a bracket inside a text without quotes", "un crochet dans un texte sans guillemets")
        return Problem(at, bracket, _IN_QUOTES)
    return None


def _quote_opened(text: str) -> int | None:
    """Where the quoted text that ends a text was opened."""
    opened, quote, before = None, "", " "
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote and before != "\\" else quote
        elif character in "\"'" and before in " [{,":
            opened, quote = place, character
        before = character
    return opened


def _after_quote(text: str, at: Position) -> Problem | None:
    """Words after the closing quote of a text."""
    lines = text.split("\n")
    before = lines[at.line - 1][: at.column - 1] if at.line <= len(lines) else ""
    if not re.search(r"""(?::|-|[{,\[]) +(["']).*\1[ \t]*$""", before):
        return None
    return Problem(at, *_AFTER_QUOTE)


def _quote_before(text: str, index: int) -> int | None:
    """Where the quoted text that ends right before a place was opened, if on an earlier line."""
    end = index - 1
    if end <= 0 or text[end] not in "\"'":
        return None
    start = text.rfind(text[end], 0, end)
    return start if start >= 0 and "\n" in text[start:end] else None


def _reader_position(error: yaml.YAMLError, text: str) -> Position:
    offset = getattr(error, "position", None)
    if not isinstance(offset, int):
        bad = next((i for i, c in enumerate(text) if not c.isprintable() and c not in "\n\r\t\x85\ufeff"), 0)
        offset = bad
    return Position.of(text, offset)
