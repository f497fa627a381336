"""A typed fact or treatment as words, numbers and signs, each with its place: nothing of it may be passed over."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

from myofind.diagnostics import Ambiguous, InputError, shown
from myofind.language import Pair, Words, both, worded
from myofind.names.laboratory_values import Remark
from myofind.records import NamedTuple

LONGEST = 200

_TOKEN = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)?|[^\sa-z0-9]")
GLUE = frozenset("-–‐‑/'’._")
"""Signs that a name may have between its words."""


class Token(NamedTuple):
    """A word, a number or a sign, and where it stands in the folded text."""

    text: str
    start: int
    end: int


class Text(NamedTuple):
    """What was typed, the same without case and accents, and its tokens."""

    typed: str
    folded: str
    tokens: tuple[Token, ...]

    def part(self, tokens: Sequence[Token]) -> str:
        """The text from the first to the last of some tokens."""
        return self.folded[tokens[0].start : tokens[-1].end] if tokens else ""


_PLAIN = str.maketrans(
    {"×": "x", "μ": "u", "µ": "u", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "⁹": "^9", "β": "beta"}
)


def fold(text: str) -> str:
    """A text without case and accents, in plain signs."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def read_text(typed: str) -> Text:
    """The tokens of a text; raises InputError for an empty or an endless one."""
    if len(typed) > LONGEST:
        raise refusal(
            f"`{shown(typed, 30)}` is too long for a fact",
            f"`{shown(typed, 30)}` : trop long pour un fait",
            ("give each apart, with an option of its own", "donner chacun à part, avec sa propre option"),
        )
    folded = fold(typed)
    return Text(typed, folded, tuple(Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)))


def as_typed(typed: str, part: str) -> str:
    """A part of the folded text with its capitals and accents, where it can be found in what was typed."""
    folded = fold(typed)
    word = re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", folded)  # the word before a piece of another
    place = word.start() if word else folded.find(part)
    if place < 0:
        return part
    if len(folded) == len(typed):
        return typed[place : place + len(part)]
    ends = [0, *accumulate(len(fold(char)) for char in typed)]  # a letter may fold to two, an accent of its own to none
    start, end = bisect_right(ends, place) - 1, bisect_left(ends, place + len(part))
    return typed[start:end] if fold(typed[start:end]) == part else part


_QUOTED = re.compile("(?<=`)[^`]+(?=`)")


def quoted_as_typed(typed: str, words: Words) -> Words:
    """A message with every part of the text that it quotes as that was typed."""

    def quoted(text: str) -> str:
        return _QUOTED.sub(lambda part: as_typed(typed, part[0]), text)

    return quoted(words) if isinstance(words, str) else (quoted(words[0]), quoted(words[1]))


@contextmanager
def quoting(typed: str) -> Iterator[None]:
    """A refusal raised inside quotes the text as it was typed, not as it was compared."""
    try:
        yield
    except InputError as error:
        error.words, error.hint_words = (quoted_as_typed(typed, words) for words in (error.words, error.hint_words))
        raise


def told_as_typed(typed: str, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Remarks that quote the text as it was typed."""
    return tuple(each._replace(arguments=tuple(as_typed(typed, one) for one in each.arguments)) for each in remarks)


class Unnamed(InputError):
    """A text of a `field` (facts, treatments) that names nothing of it: perhaps it belongs to another."""

    def __init__(self, message: Words, hint: Words = "", *, typed: str, field: str) -> None:
        super().__init__(message, hint)
        self.typed, self.field = typed, field


def refusal(en: str, fr: str, hint: tuple[str, str] = ("", "")) -> InputError:
    """An error in both languages."""
    return InputError((en, fr), hint)


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """A name as the tokens that find it, joints left out."""
    return tuple(match[0] for match in _TOKEN.finditer(fold(name)) if match[0] not in GLUE)


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def phrase_table(names: Iterable[tuple[str, str]]) -> Phrases:
    """Names with what they mean, by their first word, longest first."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    for name, meaning in names:
        words = name_words(name)
        if words:
            table.setdefault(words[0], {}).setdefault(words, meaning)
    return {first: tuple(sorted(held.items(), key=lambda pair: -len(pair[0]))) for first, held in table.items()}


class Hit(NamedTuple):
    """A name found: its tokens from `start` to before `end`, and what it means."""

    start: int
    end: int
    meaning: str
    words: int


def hit_at(tokens: Sequence[Token], at: int, table: Phrases) -> Hit | None:
    """The longest name that begins at a token; joints between its words are passed over."""
    for words, meaning in table.get(tokens[at].text, ()):
        spot, matched = at, 0
        while matched < len(words) and spot < len(tokens):
            if tokens[spot].text == words[matched]:
                matched += 1
            elif not (matched and tokens[spot].text in GLUE):
                break
            spot += 1
        if matched == len(words):
            return Hit(at, spot, meaning, len(words))
    return None


def left_blank(behind: Sequence[Token]) -> bool:
    """Is the place of a value behind a name empty, as in a form that was not filled in: `cancer:`, `cancer=`, `cancer ( )`?"""
    signs = "".join(token.text for token in behind).rstrip(",;")
    return signs.endswith((":", "=", "()", "[]"))


_LIKE_A_FIGURE = frozenset("lioszbq")
"""Letters that stand for a figure in what was scanned or mistyped: `l5` is 15."""


_EVERY = re.compile(r"q\s?[0-9]+\s?(?:h|d|j|w|m|wks?|mo|days?|weeks?|months?|sem|mois)(?![a-z])")
"""How often, as in `q4w`: its letter stands for no figure."""


def figure_lost(text: Text, start: int, end: int) -> Token | None:
    """What stands before a number outside the name (tokens `start` to `end`) that may have lost its first figure, as in `CK l5N`, `FVC .65`; None where all figures are there."""
    for at, token in enumerate(text.tokens):
        if not at or not token.text[0].isdigit() or start <= at - 1 < end:
            continue
        before = text.tokens[at - 1]
        if _EVERY.match(text.folded, before.start):
            continue
        naked = before.text in (".", ",") and text.folded[before.start - 1 : before.start] in (
            " ",
            "=",
            ":",
            "<",
            ">",
            "(",
            "",
        )
        if before.end == token.start and (before.text in _LIKE_A_FIGURE or naked):
            return before
    return None


def longest_hit(tokens: Sequence[Token], table: Phrases) -> Hit | None:
    """The longest name anywhere; of equally long ones the first."""
    hits = [hit for at in range(len(tokens)) if (hit := hit_at(tokens, at, table))]
    return max(hits, key=lambda hit: (hit.words, -hit.start), default=None)


Given = TypeVar("Given")


def whole_of(typed: str, field: str, read: Callable[[], Given]) -> Given:
    """What `read` gives; a question it raises about a piece of the text becomes one about the whole text, each reading written out."""
    try:
        return read()
    except Ambiguous as error:
        folded, piece = fold(typed), fold(error.typed)
        if error.field == field and (error.typed == typed or piece not in folded):
            raise
        if folded.count(piece) != 1:
            raise InputError(error.words, error.hint_words) from None
        readings = tuple((folded.replace(piece, fold(reading)).strip(), words) for reading, words in error.readings)
        raise Ambiguous(
            error.words, write_one_of([reading for reading, _ in readings]), field=field, typed=typed, readings=readings
        ) from None


def write_one_of(texts: Sequence[Words]) -> tuple[str, str]:
    """The hint that gives the texts one of which is meant, in both languages."""
    en, fr = ([f"`{each}`" for each in told] for told in zip(*map(both, texts), strict=True))
    return f"write {_either(en, 'or')}", f"écrire {_either(fr, 'ou')}"


def which_of(text: Text, message: Pair, texts: Sequence[Words]) -> Ambiguous:
    """The question which of some texts is meant by one that says facts, each of them to be typed instead."""
    readings = tuple((worded(each), worded(each)) for each in texts)
    return Ambiguous(message, write_one_of(texts), field="facts", typed=text.typed, readings=readings)


def _either(texts: Sequence[str], word: str) -> str:
    return f"{', '.join(texts[:-1])}{f' {word} ' if texts[:-1] else ''}{texts[-1]}"
