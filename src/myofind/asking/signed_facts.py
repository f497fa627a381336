"""A sign, a denial or a doubt after a fact said with a diagnosis: `DM MDA5+/PID-`, `ILD (-)`, `PID ?`; and what says neither yes nor no.

These signs belong to the fact right before them, never to an antibody beside it. What could belong to either, or says neither, is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from myofind.asking.neither import check_not_neither, says_neither
from myofind.asking.other_fields import RULED_OUT
from myofind.asking.small_words import NO
from myofind.asking.tokens import Hit, Text, as_typed, refusal
from myofind.asking.typed_fact import TypedFact
from myofind.diagnostics import InputError, shown
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

__all__ = ["SignedFact", "signed_facts"]


class SignedFact(NamedTuple):
    """A stretch of a folded text that denies or doubts a fact by what stands after its name."""

    start: int
    end: int
    told: TypedFact | None


_DASH = "[-–—−‐‑‒―⁻]"
_EITHER_SIGN = rf"[±∓]|\+\s*/?\s*{_DASH}(?!\s*[a-z0-9])|\+\s*/\s*{_DASH}|{_DASH}\s*[/|]\s*\+"
_BEFORE_NAME = re.compile(rf"(?:[±∓]|\+\s*/\s*{_DASH}|{_DASH}\s*[/|]\s*\+)\s*(?=[a-z0-9])")
"""More or less, and a name right after it: whose it is is not plain."""
_AFTER_NAME = re.compile(rf"\s*[:=]?\s*[(\[]?\s*(?:{_EITHER_SIGN})")
_MINUS = re.compile(
    rf"(?P<space>\s*)(?:(?P<open>[:=]?\s*[(\[]\s*){_DASH}{{1,3}}\s*[)\]]|(?P<colon>[:=]?)\s*{_DASH}{{1,3}})"
)
_ENDS = re.compile(r"\s*(?:[,;/&|)\]]|\.?\s*\Z)")
_LEADING = re.compile(rf"(?:\A|[\s,;/(\[]){_DASH}\Z|[,;/(\[]\s*{_DASH}\s*\Z")
"""A minus before a name: tied to it alone, or after a separator."""
_HYPHEN = re.compile(rf"[a-z0-9+)]{_DASH}\Z")
_DENIAL = re.compile(
    r"\s*[:=]?\s*[(\[]?\s*(?:no|non|nein|none|neg|negatives?|negatifs?|negativ|absent|absente|absents|absentes|exclue?s?|excluded|ecartee?s?|eliminee?s?|ruled out|not present|not found"
    r"|ausgeschlossen|nicht vorhanden)\s*[)\]]?(?=\s*(?:[,;/&|)\]]|\.?\s*\Z))"
)
_DOUBT = re.compile(r"\s*[:=]?\s*[(\[]?\s*\?+\s*[)\]]?(?=\s*(?:[,;/&|)\]]|\.?\s*\Z))")
_JOINED = re.compile(r"\s*(?:[,/&+]|\b(?:and|et|und|or|ou|oder)\b)\s*")
_AND = frozenset(("and", "et", "und", "&", "/"))
_COMPOUND = re.compile(r"\s*(?:assoc|induc|induit|relat|lie|link|bedingt|indu[sz])")
_COURSE = frozenset(("refractory", "treatment_naive", "diagnosed_on"))
"""Said of the diagnosis itself: a dash after it parts it from what follows."""
_PLAIN_SYMBOLS = frozenset("−⁻+<>=|^~±∓&´`¨˚°©®™$¬×μ")


def _check_says_neither(text: Text) -> None:
    """Raise InputError for a text that says neither yes nor no of something, or says it with a sign that nobody reads."""
    check_not_neither(text.typed)
    before = _BEFORE_NAME.search(text.folded)
    if before is not None:
        raise says_neither(text.typed, before[0].strip())
    strange = next(
        (char for char in text.typed if unicodedata.category(char)[0] == "S" and char not in _PLAIN_SYMBOLS), None
    )
    if strange is not None:
        raise refusal(
            f"`{shown(text.typed)}`: `{strange}` is not understood", f"`{shown(text.typed)}` : `{strange}` n'est pas compris",
            ("write it in words", "l'écrire en mots"),
        )  # fmt: skip


def signed_facts(text: Text, day: date) -> Iterator[SignedFact]:
    """The facts of a text that a sign or a word right after their name denies or doubts; raises InputError where it is not plain what a sign is of."""
    from myofind.asking.typed_facts import fact_name_at, read_fact

    _check_says_neither(text)
    at = 0
    last = 0
    unsigned: list[Hit] = []
    while at < len(text.tokens):
        hit = fact_name_at(text.tokens, at)
        if hit is None:
            at += 1
            continue
        at = hit.end
        glued = text.folded[max(0, text.tokens[hit.start].start - 1) : text.tokens[hit.start].start].isdigit()
        if glued or FACTS[hit.meaning.partition("=")[0]].kind not in ("yes_no", "choice"):
            continue  # `70K` is no cancer
        start, end = text.tokens[hit.start].start, text.tokens[hit.end - 1].end
        said_before = re.findall(r"[a-z]+", re.split(r"[,;(\[]", text.folded[last:start])[-1])
        doubt = _DOUBT.match(text.folded[end:]) if NO.isdisjoint(said_before) else None
        length = doubt.end() if doubt else _denied_by(text, hit, start, end, last)
        if unsigned and _JOINED.fullmatch(text.folded[text.tokens[unsigned[-1].end - 1].end : start]) is None:
            unsigned = []
        if length and unsigned and _MINUS.match(text.folded[end:]) is None:
            yield from _reached(text, [*unsigned, hit], length, day)
        unsigned = [*unsigned, hit] if not length and NO.isdisjoint(said_before) else []
        last = end
        if length:
            name = text.folded[start:end]
            said = f"{name} ?" if doubt else _denying(hit, name, text.folded[end : end + length])
            yield SignedFact(start, end + length, read_fact(said, day, None))
            last = end + length


_NEGATIVES = frozenset(("negatifs", "negatives"))
"""Plurals, which are said of each of several names."""


def _denying(hit: Hit, name: str, denial: str, no: str = "no") -> str:
    """A fact as denied. Of an examination, a denial is its result: `biopsy negative` is none that was not done."""
    from myofind.asking.fact_lists import is_examination

    if not is_examination(hit.meaning.partition("=")[0]):
        return f"{no} {name}"
    return f"{name} negative" if denial.strip() in _NEGATIVES else f"{name}{denial}"


def _reached(text: Text, listed: Sequence[Hit], length: int, day: date) -> Iterator[SignedFact]:
    """What a denial behind the last of several names says of those before it, where it is plainly that of all.

    Raises InputError where it may hold for the last alone: `PID et cancer : non`.
    """
    from myofind.asking.fact_lists import of_all
    from myofind.asking.typed_facts import read_fact

    names = [(text.tokens[hit.start].start, text.tokens[hit.end - 1].end) for hit in listed]
    word = text.folded[names[-1][1] : names[-1][1] + length].strip(" :=()[]")
    joint = text.folded[names[-2][1] : names[-1][0]].strip()
    if of_all(word.split(" ")[0], [hit.meaning.partition("=")[0] for hit in listed], joint in _AND):
        for hit, (start, end), (following, _) in zip(listed, names, names[1:], strict=False):
            yield SignedFact(start, following, read_fact(_denying(hit, text.folded[start:end], f" {word}"), day, None))
        return
    one, other = (text.folded[start:end] for start, end in names[-2:])
    said = [
        [
            f"possible {name}" if "?" in word else _denying(hit, name, denial, no)
            for hit, name in zip(listed[-2:], (one, other), strict=True)
        ]
        for no, denial in (
            ("no", text.folded[names[-1][1] : names[-1][1] + length]),
            ("pas de", f" {as_typed(text.typed, word)}"),
        )
    ]
    (first, second), (premier, dernier) = said
    raise refusal(
        f"`{shown(text.typed)}`: does `{word}` also hold for `{one}`?", f"`{shown(text.typed)}` : `{word}` vaut-il aussi pour `{one}` ?",
        (f"say it of each: `{first}, {second}`, or `{one}, {second}`", f"le dire de chacun : `{premier}, {dernier}`, ou `{one}, {dernier}`"),
    )  # fmt: skip


def _denied_by(text: Text, hit: Hit, start: int, end: int, last: int) -> int:
    """How many characters after a fact's name deny it; 0 for none."""
    rest = text.folded[end:]
    if (unsure := _AFTER_NAME.match(rest)) is not None:
        raise says_neither(text.typed, text.folded[start : end + unsure.end()])
    minus = _MINUS.match(rest)
    length = 0
    if minus is not None:
        length = _minus(text, hit, minus, rest[minus.end() :], end)
    elif (word := _DENIAL.match(rest)) is not None:
        length = word.end()
    if length and not NO.isdisjoint(re.findall(r"[a-z]+", re.split(r"[,;(\[]", text.folded[last:start])[-1])):
        if minus is None:
            return 0  # `sans PID exclue`: what denies twice is refused where it is read
        raise _unclear(text, text.folded[end : end + length])
    if length and minus is None and _HYPHEN.search(text.folded[:start]):
        raise refusal(
            f"`{shown(text.typed)}`: what is denied, all of it or the end?",
            f"`{shown(text.typed)}` : qu'est-ce qui est nié, le tout ou la fin ?",
            RULED_OUT,
        )
    if _LEADING.search(text.folded[:start]) or (length and _HYPHEN.search(text.folded[:start])):
        raise _unclear(text, text.folded[max(0, start - 2) : end])
    return length


def _minus(text: Text, hit: Hit, minus: re.Match[str], after: str, end: int) -> int:
    """The length of a minus after a fact's name; 0 where it is a hyphen or a dash that parts the text."""
    if not minus["open"] and re.match(r"\s*[+>]", after):
        raise _unclear(text, minus[0] + after.lstrip()[:1])
    if minus["open"] or minus["colon"] or _ENDS.match(after) or not after:
        return minus.end()
    if not minus["space"]:
        if after[0].isspace():
            return minus.end()
        if _names_another(text, end + minus.end()):
            raise _unclear(text, "-")
        return 0
    listed = re.search(rf"\s{_DASH}\s", text.folded[:end]) is not None
    if not after[0].isspace() or listed or hit.meaning.partition("=")[0] in _COURSE or _COMPOUND.match(after):
        return 0
    raise _unclear(text, "-")


def _names_another(text: Text, place: int) -> bool:
    """Does an antibody or a fact begin at a place of the folded text?"""
    from myofind.asking.typed_facts import fact_name_at
    from myofind.names.compiled_files import span_index
    from myofind.names.mentions import mentions
    from myofind.names.normal import words

    at = next((spot for spot, token in enumerate(text.tokens) if token.start >= place), None)
    if at is not None and fact_name_at(text.tokens, at) is not None:
        return True
    return any(mention.start == 0 for mention in mentions(words(text.folded[place:]), span_index()))


def _unclear(text: Text, sign: str) -> InputError:
    sign = as_typed(text.typed, sign.strip())
    return refusal(
        f"`{shown(text.typed)}`: does `{shown(sign, 30)}` deny, or only join?",
        f"`{shown(text.typed)}` : `{shown(sign, 30)}` nie-t-il, ou ne fait-il que joindre ?",
        ("write `no ILD` or `with ILD` in words", "écrire en mots `pas de PID` ou `avec PID`"),
    )
