"""The lines of a record's criteria, numbered under their headings, and the terms of the vocabulary that each names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from myofind.names.compiled_files import span_index
from myofind.names.mentions import mentions
from myofind.names.normal import words
from myofind.names.vocabulary import resolve
from myofind.records import NamedTuple

_HEADING = re.compile(r"\W*(?:\w+ ){0,3}?(inclusion|exclusion)(?:\s+criteri\w+\b.{0,80})?\W*$", re.IGNORECASE)
_DISEASE = re.compile(
    r"myosit|(?<!cardio)myopath|synthetase|\b(?:IBM|sIBM|IIM|JIIM|IMNM|CADM|JDM|DM|PM|ASyS|ASSD)\b", re.IGNORECASE
)
_OTHER_DISEASE = re.compile(
    r"\b(?:[Ll]upus|S?LE|LN|[Ss]cleroderma|[Ss]ystemic [Ss]clerosis|SSc|Sj[öo]gren\w*|p?SS|[Rr]heumatoid|RA|[Vv]asculitis|AAV|GPA|MPA|EGPA|[Mm]yasthenia|g?MG|[Mm]ultiple [Ss]clerosis|"
    r"MS|NMOSD|[Aa]ntiphospholipid|APS|ITP|AIHA|[Pp]emphigus|Graves|[Nn]ephritis|[Nn]ephropathy|[Pp]soria\w+|[Ss]pondyl\w+|[Aa]rteritis|Beh[çc]et\w*|Still)\b"
)
_SPOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DIABETES = frozenset({"dm", "pm"})

_OWN_NUMBER = re.compile(r"^(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+")

_GENERAL = re.compile(
    r"\b(?:common|general|overall|both|all (?:patients|participants|subjects|cohorts|groups|arms|parts))\b",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(r"\b(?:patients?|participants?|subjects?|cohorts?|groups?|arms?|parts?|for)\b", re.IGNORECASE)
_ABOUT_GROUPS = re.compile(
    r"\b(?:for|the|in|of|and|or|with|only|specific|additional|diagnosed|adult|patients?|participants?|subjects?|cohorts?|groups?|arms?|parts?|disease|diseases|"
    r"idiopathic|inflammatory|systemic|erythematosus|syndrome|inclusion|exclusion|criteria|criterion|[a-d]|\d+)\b|[^\w\s]",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """A line of the criteria: its number (`I3`, `E1`, or `C2` where no heading stands above), its heading, its words."""

    number: str
    section: str
    text: str
    elsewhere: bool = False
    """Whether it stands under the heading of another disease, and so concerns no patient with myositis."""
    heading: bool = False
    """Whether it only names the patients that the lines below it are about."""


def numbered(criteria: str) -> tuple[Line, ...]:
    """Every line of the criteria with its number, in the order of the record."""
    counts: Counter[str] = Counter()
    lines: list[Line] = []
    elsewhere, after = False, ""
    for section, text in sections(criteria):
        own = _OWN_NUMBER.match(text.lstrip("*-• \t"))
        words = _OWN_NUMBER.sub("", text.lstrip("*-• \t"), count=1).strip()
        if not words:
            continue
        opens = words.endswith(":")
        apart = opens or (not own and text.lstrip()[:1].isalnum() and _OF_GROUP.search(words) is not None)
        heading = apart and len(words) <= 80 and _only_names_patients(words)
        ours = (opens or heading) and (_DISEASE.search(words) or _GENERAL.search(words))
        if len(words) <= 80 and _OTHER_DISEASE.search(words) and not _DISEASE.search(words) and (opens or heading):
            elsewhere, after = True, _next_number(own[0]) if own else ""
        elif not counts[section] or ours or (own and after and own[0].strip() == after):
            elsewhere = False
        counts[section] += 1
        number = f"{section[0].upper()}{counts[section]}"
        lines.append(Line(number, section, words, elsewhere, heading))
    return tuple(lines)


def _next_number(own: str) -> str:
    """The number of the line that follows a numbered heading at its own depth; empty where it has letters."""
    digits = own.strip().rstrip(".)")
    return f"{int(digits) + 1}{own.strip()[-1]}" if digits.isdecimal() else ""


def _only_names_patients(words: str) -> bool:
    """Whether a line names a disease, ours or another, and says nothing else of it."""
    named = _OTHER_DISEASE.search(words) or _DISEASE.search(words)
    rest = re.sub(r"[\w-]*(?:myosit|myopath|synthetase)\w*", " ", words, flags=re.IGNORECASE)
    rest = _DISEASE.sub(" ", _OTHER_DISEASE.sub(" ", rest))
    return named is not None and not _ABOUT_GROUPS.sub(" ", rest).strip()


def sections(criteria: str) -> Iterator[tuple[str, str]]:
    """Each line with the heading it stands under: `inclusion`, `exclusion` or `criteria`."""
    section = "criteria"
    for line in criteria.splitlines():
        heading = _HEADING.match(line)
        if heading:
            section = heading[1].lower()
        elif line.strip():
            yield section, line


_LIKE_ANTIBODIES = re.compile(r"anti|\bJo|\bMi-?2|MDA|TIF|NXP|SRP|HMG|PL-|\bRo\b|Ro-?52|SSA|Ku\b|RNP|Scl")
"""Letters without which a line names no antibody."""


def antibodies(line: str) -> tuple[str, ...]:
    """Antibodies named in a line."""
    might_name = len(line) < 4000 and _LIKE_ANTIBODIES.search(line)
    named = [one.id for one in mentions(words(line), span_index())] if might_name else []
    named += [id for id, pattern in _CLASSES.items() if pattern.search(line)]
    return tuple(dict.fromkeys(named))


_CLASSES = {
    "msa_any": re.compile(
        r"myositis[- ]specific (?:(?:and|or|/) *-?(?:myositis[- ])?associated )?(?:auto)?-?antibod"
        r"|associated (?:and|or|/) *(?:myositis[- ])?specific (?:auto)?-?antibod|\bMSAs?\b"
    ),
    "maa_any": re.compile(
        r"myositis[- ]associated (?:(?:and|or|/) *-?(?:myositis[- ])?specific )?(?:auto)?-?antibod"
        r"|specific (?:and|or|/) *-?(?:myositis[- ])?associated (?:auto)?-?antibod|\bMAAs?\b"
    ),
}
"""Classes of antibodies that a line names as such."""


def subtypes(line: str) -> tuple[str, ...]:
    """Kinds of myositis named in a line."""
    if not _DISEASE.search(line):
        return ()
    spoken = _SPOKEN.findall(line[:4000])

    def named(start: int, end: int) -> str | None:
        phrase = " ".join(spoken[start:end])
        short = phrase.lower() in _DIABETES
        if (end - start == 1 and len(phrase) < 3 and not short) or not _DISEASE.search(phrase):
            return None
        if short and not re.search("myosit", line, re.IGNORECASE):
            return None
        known = resolve("subtypes", phrase, exact=True)
        return known.id if known.outcome == "exact" else None

    return tuple(dict.fromkeys(id for id, _, _ in longest_names(len(spoken), named)))


LONGEST_PHRASE = 5
"""Words of the longest name looked for in a line."""


def longest_names(words: int, named: Callable[[int, int], str | None]) -> Iterator[tuple[str, int, int]]:
    """What so many words name, the longest name first at each place: its id, its first word, and the word behind its last."""
    at = 0
    while at < words:
        ends = range(min(at + LONGEST_PHRASE, words), at, -1)
        id, end = next(((id, end) for end in ends if (id := named(at, end))), ("", at + 1))
        if id:
            yield id, at, end
        at = end
