"""The tokens of a line of laboratory results: words, signs, separators, titres, values and parentheses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from myofind.names.normal import compact, words
from myofind.names.result_words import RESULT_WORDS

__all__ = ["Token", "result_at_token", "tokens"]

# one token of a line: a parenthesis, a sign, a separator or a word with the marks inside it
_PATTERN = r"""(?P<paren>\([^()]*\)|\[[^\[\]]*\])
      | (?P<titre>(?:<|<=|≤|>|>=|≥)?\s*1\s*[:/]\s*\d{2,5}(?:\b|$))
      | (?P<plusminus>\+\s?/\s?[-−–]|±|\+-(?=\s|$|[,;/]))
      | (?P<plus>(?<![\w/-])[1-4]\++|\++(?![\w]))
      | (?P<minus>[-−–—]+(?=$|[\s,;/|)]))
      | (?P<question>\?+)
      | (?P<hard>[;\n\r|•·]|\.\s|\.$)
      | (?P<comma>,(?!\d))
      | (?P<slash>/|&)
      | (?P<equals>=|:|\t)
      | (?P<value>(?:<|<=|≤|>|>=|≥)?\s*(?<![\w-])\d+(?:[.,]\d+)?\s*(?:U(?:I|A)?/m[lL]|IU/m[lL]|UI|UA|IU|AU|U|CU|arb(?:itrary)?\s+units|units|unités|unites|%)(?![\w]))
      | (?P<word>[^\s,;|/&=:()\[\]?+•·±]+)"""


class Token(NamedTuple):
    """One piece of a line, and where it stands in it."""

    kind: str
    """The name of the group of the pattern it matched: `word`, `plus`, `minus`, `titre`, `paren`, `hard` …"""
    text: str
    """As typed."""
    start: int
    """The place of its first character in the line, from 0."""
    end: int
    """The place after its last character."""


_TRAILING = r"(?P<name>.*\w)(?P<sign>[-−–—]+)\Z"


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a line; a minus or a full stop that ends a word stands apart from it (`SRP-/HMGCR-`)."""
    for found in re.finditer(_PATTERN, text, re.VERBOSE):
        token = Token(str(found.lastgroup), found.group(), found.start(), found.end())
        if token.kind != "word":
            yield token
            continue
        stop = token.text.endswith(".") and tuple(words(token.text)) not in RESULT_WORDS and len(token.text) > 3
        if stop:
            token = token._replace(text=token.text[:-1], end=token.end - 1)
        signed = re.match(_TRAILING, token.text)
        if signed and compact(signed["name"]) not in ("anti", "ac") and not re.match(r"\s*\d", text[token.end :]):
            middle = token.start + len(signed["name"])
            yield Token("word", signed["name"], token.start, middle)
            yield Token("minus", signed["sign"], middle, token.end)
        else:
            yield token
        if stop:
            yield Token("hard", ".", token.end, token.end + 1)


def result_at_token(line: list[Token], at: int) -> tuple[str | None, int]:
    """The result that stands at a token, and how many tokens say it."""
    token = line[at]
    if token.kind == "plusminus":
        return "borderline", 1
    if token.kind == "question":
        return "not_tested", 1
    if token.kind == "titre":
        below = token.text.lstrip()[:1] in "<≤"
        return ("negative" if below else "positive"), 1
    if token.kind == "paren":
        return _in_parentheses(token), 1
    if token.kind == "plus":
        return "positive", 1
    if token.kind == "minus":
        return "negative", 1
    if token.kind != "word":
        return None, 0
    texts: list[str] = []
    best: tuple[str | None, int] = (None, 0)
    for length in range(1, 5):
        if at + length > len(line):
            break
        follower = line[at + length - 1]
        if follower.kind == "plus" and length > 1:
            texts.append("positif")
        elif follower.kind == "slash" and follower.text == "/" and length == 2:
            continue
        elif follower.kind != "word":
            break
        else:
            texts.extend(words(follower.text))
        found = RESULT_WORDS.get(tuple(texts))
        if found:
            best = (found, length)
    if best[0] is None and re.fullmatch(r"[-−–+]ve", token.text, re.IGNORECASE):
        return ("positive" if token.text[0] == "+" else "negative"), 1
    return best


def _in_parentheses(token: Token) -> str | None:
    inner = token.text[1:-1].strip()
    if inner in ("+",):
        return "borderline"
    if re.fullmatch(r"\++", inner):
        return "positive"
    if inner in ("+/-", "±"):
        return "borderline"
    if re.fullmatch(r"[-−–]+", inner):
        return "negative"
    if re.fullmatch(r"\?+", inner):
        return "not_tested"
    return RESULT_WORDS.get(tuple(words(inner)))
