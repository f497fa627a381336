"""The smallest pieces of a laboratory line: words, numbers, signs, separators. Every character that is no space is in one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from myofind.names.normal import unreadable
from myofind.records import NamedTuple

__all__ = ["Piece", "pieces"]

UNIT = (
    r"(?:(?:k?U|U\.?I|I\.?U|U\.?A|A\.?U|C\.?U|RU|UR|EU|LU|RE|E|units?|unités?|unites?|Einheiten|Units?|ng|mg|µg|μg|g|nmol|pmol|FLU)"
    r"\s?/\s?(?:m[lL]|d[lL]|[lL])|%)"
)
"""A unit of concentration, written out as far as its slash."""

MONTH = (
    r"(?i:jan(?:vier|uary|uar)?|f[ée]v(?:rier)?|feb(?:ruary|ruar)?|mars|mar(?:ch)?|märz|avr(?:il)?|apr(?:il)?|mai|may|juin|june?|juni|juil(?:let)?|july?|juli|ao[ûu]t|aug(?:ust)?"
    r"|sep(?:t(?:embre|ember)?)?|o[ck]t(?:obre|ober)?|nov(?:embre|ember)?|d[ée]c(?:embre|ember)?|dez(?:ember)?)"
)
"""The name of a month in English, French or German."""
_TIME = r"(?:(?:\s+(?:(?:à|at|um)\s+)?|T|,\s*)(?:[01]?\d|2[0-3])(?:[:hH][0-5]\d(?::[0-5]\d)?|\s?h))"
"""The time of day behind a date."""
_PATTERN = re.compile(
    rf"""
    (?P<date>(?<![\w/.-])(?:(?:\d\d?([/.-])\d\d?\2(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/\d\d){_TIME}?
        |(?:0?[1-9]|1[0-2])/(?:19|20)\d\d|(?:(?:\d\d?(?:er)?\s+)?{MONTH}\.?\s+(?:19|20)\d\d))(?![\w/-]))
  | (?P<titre>(?<![\w/.-])1\s?[:/]\s?\d{{2,5}}(?:e|ème|eme)?(?![\w/]))
  | (?P<doubtful>[(\[{{]\s?(?:\+\s?/?\s?-|-\s?/?\s?\+|\+|±|∓)\s?[)\]}}] | (?:\+\s?/\s?-|-\s?/\s?\+)(?!\+) | (?:\+-|-\+)(?![\w+]) | [±∓])
  | (?P<absent>[(\[{{]\s?(?:-{{1,3}}|0|[oOØø])\s?[)\]}}] | [Ø∅⊖] | (?<!\w)ø(?!\w))
  | (?P<ve>(?<![\w+-])[+-]ve(?!\w))
  | (?P<present>[(\[{{]\s?\+{{2,4}}\s?[)\]}}])
  | (?P<plus>\++(?:\(\+\))?)
  | (?P<rule>-{{4,}}|={{3,}}|_{{3,}}|\*{{3,}})
  | (?P<naked>(?<=[\s=:<>(])[.,](?=\d))
  | (?P<leader>\.{{2,}}|->|→|=>(?!\s?\d))
  | (?P<minus>-+)
  | (?P<unit>{UNIT}(?!\w))
  | (?P<number>(?<!\w)\d+(?:[.,]\d+)*(?=(?:{UNIT}|U|UI|IU|UA|AU|CU|SI|AI|FLU|UC)(?!\w)|(?![^\W_])))
  | (?P<word>[^\W_]+)
  | (?P<compare><=|>=|=<|[<>≤≥])
  | (?P<question>\?+)
  | (?P<open>[(\[{{])
  | (?P<close>[)\]}}])
  | (?P<line>[\n\r]+)
  | (?P<pipe>\|)
  | (?P<hard>[;•·]|\.(?=\s|$))
  | (?P<comma>,)
  | (?P<slash>/)
  | (?P<ampersand>&)
  | (?P<colon>[=:\t])
  | (?P<star>\*+)
  | (?P<glue>['’ʼ´`_."“”«»])
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_INFERIOR = re.compile(r"(?i)\b(inf|sup)\.\s*(?=[àa]\b)")
_PRINTED = re.compile(r"(?i)\brib\.\s*p\b|\bU([1-5]) sn \(small nuclear\) RNP\b")
"""Names that laboratories print with a stop or a bracket inside."""
_STOPPED = re.compile(r"(?i)(?<!\w)n\.\s?([adr](?=\.)|d[ée]t)\.?(?!\w)")
"""`n.d.`, `n.a.`, `n.r.`, `n.dét.`"""
_BAND = re.compile(r"(?i)(?<=[(\[,;])(\s*(?:n[ée]g|pos|borderl|dout|grenzw))\.(?=\s*[<>≤≥=]?\s*\d)")
"""The shortened name of a band: `(neg. 0-10, pos. > 10)`."""
_GERMAN_LIST = re.compile(r"(?i)\b(?:kein\w*|ohne|weder)\b[^.;\n+]{0,200}?-(?:autoantik|antik|ak\b)")
"""`kein Nachweis von Jo-1-, PL-7- und PL-12-Antikörpern`: a denial that ends in the word which the hyphens stand for."""
_NOCH = re.compile(r"(?i)\b(weder\b[^.;\n]{0,80}?)\bnoch\b(?! nicht)")
"""The German "nor": alone, `noch` is "still" and says nothing against a result."""
_NUMBERED = re.compile(r"(?m)(?:(?<=^)|(?<=[\s;,.]))(?<!\d )([1-9]\d?)(?:\)|(?<=^\d)\.)(?=\s)")
"""The number of an entry of a list: `1) Jo-1 positif 2) SRP négatif`."""
_NOTE = re.compile(r"(?<=[^\W\d])[¹²³]+(?!\w)")
"""The raised number of a footnote after a word."""
_VALUE = re.compile(r"\s*(?:[<>≤≥]?\s*\d|[+(-])")
"""The beginning of a cell that holds a value or a sign."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")


class Piece(NamedTuple):
    """One piece of a line and where it stands in the text as read (composed, its dashes all alike)."""

    kind: str
    """The name of the group of the pattern it matched."""
    text: str
    start: int
    end: int
    spaced: bool
    """Is there a space, or the beginning of the line, before it?"""


def plain(text: str) -> str:
    """The text with one kind of dash and composed letters, without characters that have no width."""
    text = unicodedata.normalize("NFKC", _NOTE.sub("*", text)).translate(_DASHES)
    text = _reference_column(_cells(_numbered(text)))
    text = _PRINTED.sub(lambda found: "Rib P" if found[0][0] in "rR" else f"U{found[1]} snRNP", text)
    text = _STOPPED.sub(lambda found: "n" + found[1], text)
    text = _BAND.sub(r"\1", text)
    text = _INFERIOR.sub(r"\1 ", _NOCH.sub(r"\1weder", text))
    text = _GERMAN_LIST.sub(lambda denied: re.sub(r"-(?=,|\s+(?:und|oder|noch|weder)\b)", "", denied[0]), text)
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def _cells(text: str) -> str:
    """The text with tabs between its cells where it is a table parted by `;` or `|`: as many cells a line, the second of each a value or a sign."""
    if "\n" not in text:
        return text
    for mark in ";|":
        lines = [line.strip().strip(mark) for line in text.splitlines() if line.strip(" -|")]
        counts = {line.count(mark) for line in lines}
        values = all(_VALUE.match(line.split(mark)[1]) for line in lines[1:] if mark in line)
        if len(lines) > 1 and len(counts) == 1 and max(counts) > 1 and values:
            return "\n".join(line.replace(mark, "\t") for line in lines)
    return text


_REFERENCE = re.compile(
    r"(?i)\s*(?:r[ée]f|norm|valeurs? (?:de r|us|norm)|expected|normal|v\.?r\b|vn\b|limit|seuil|cut)"
)
"""How the heading of the column of limits begins."""


def _reference_column(text: str) -> str:
    """The text of a table parted by tabs with its column of limits: a number in brackets, as a limit is written; `Negative` there is no result."""
    rows = [line.split("\t") for line in text.split("\n")]
    head = next((at for at, cells in enumerate(rows) if len(cells) > 2), None)
    places = [at for at, cell in enumerate(rows[head]) if at and _REFERENCE.match(cell)] if head is not None else []
    if head is None or len(places) != 1 or any(char.isdigit() for cell in rows[head] for char in cell):
        return text
    place, count = places[0], len(rows[head])
    for cells in rows[head + 1 :]:
        if len(cells) == count and (cell := cells[place].strip(" ()[]")):
            cells[place] = f"({cell})" if any(char.isdigit() for char in cell) else ""
    rows[head][place] = ""
    return "\n".join("\t".join(cells).rstrip("\t") for cells in rows)


def _numbered(text: str) -> str:
    """The text with the numbers of a list, which run from 1 in order, as new lines."""
    numbers = [int(found[1]) for found in _NUMBERED.finditer(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or not _NUMBERED.match(text.lstrip()):
        return text
    return _NUMBERED.sub("\n", text)


def pieces(text: str) -> Iterator[Piece]:
    """Every piece of a plain text, in order; a decimal number is one, a word ends where its letters and digits end."""
    last = -1
    for found in _PATTERN.finditer(text):
        start, end = found.span()
        kind = str(found.lastgroup)
        yield Piece("other" if unreadable(found.group()) else kind, found.group(), start, end, start != last)
        last = end
