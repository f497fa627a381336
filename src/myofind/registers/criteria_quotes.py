"""The lines of a record's criteria, numbered under their headings, and the terms of the vocabulary that each names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from myofind.names.compiled_files import span_index
from myofind.names.mentions import mentions
from myofind.names.normal import words
from myofind.names.vocabulary import resolve

_HEADING = re.compile(r"\W*(?:\w+ ){0,3}?(inclusion|exclusion)(?:\s+criteri\w+\b.{0,80})?\W*$", re.IGNORECASE)
_DISEASE = re.compile(
    r"myosit|(?<!cardio)myopath|synthetase|\b(?:IBM|sIBM|IIM|JIIM|IMNM|CADM|JDM|DM|PM|ASyS|ASSD)\b", re.IGNORECASE
)
_OTHER_DISEASE = re.compile(
    r"\b(?:lupus|S?LE|LN|scleroderma|systemic sclerosis|SSc|Sj[öo]gren\w*|p?SS|rheumatoid|RA|vasculitis|AAV|GPA|MPA|EGPA|myasthenia|g?MG|multiple sclerosis|"
    r"MS|NMOSD|antiphospholipid|APS|ITP|AIHA|pemphigus|Graves|nephritis|nephropathy|psoria\w+|spondyl\w+|arteritis|Beh[çc]et\w*|Still)\b"
)
_SPOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DIABETES = frozenset({"dm", "pm"})


_OWN_NUMBER = re.compile(r"^(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+")


class Line(NamedTuple):
    """A line of the criteria: its number (`I3`, `E1`, or `C2` where no heading stands above), its heading, its words."""

    number: str
    section: str
    text: str
    elsewhere: bool = False
    """Whether it stands under the heading of another disease, and so concerns no patient with myositis."""


def numbered(criteria: str) -> tuple[Line, ...]:
    """Every line of the criteria with its number, in the order of the record."""
    counts: Counter[str] = Counter()
    lines: list[Line] = []
    elsewhere = False
    for section, text in sections(criteria):
        words = _OWN_NUMBER.sub("", text.lstrip("*-• \t"), count=1)
        if words:
            if words.endswith(":") or not counts[section]:
                elsewhere = words.endswith(":") and _is_other_disease(words)
            counts[section] += 1
            lines.append(Line(f"{section[0].upper()}{counts[section]}", section, words, elsewhere))
    return tuple(lines)


def _is_other_disease(heading: str) -> bool:
    """Whether a heading names a disease, and none of ours."""
    return len(heading) <= 80 and _OTHER_DISEASE.search(heading) is not None and not _DISEASE.search(heading)


def sections(criteria: str) -> Iterator[tuple[str, str]]:
    """Each line with the heading it stands under: `inclusion`, `exclusion` or `criteria`."""
    section = "criteria"
    for line in criteria.splitlines():
        heading = _HEADING.match(line)
        if heading:
            section = heading[1].lower()
        elif line.strip():
            yield section, line


Hit = tuple[int, tuple[str, ...]]


_ANTIBODY = re.compile(r"(?:auto)?-?antibod|\bMSA\b|\bMAA\b|\banti-?(?:synthetase|Jo)", re.IGNORECASE)


def antibodies(line: str) -> Hit | None:
    """Antibodies named in a line, or the word itself."""
    named = [one.id for one in mentions(words(line), span_index())] if _might_name(line) else []
    named += [id for id, pattern in _CLASSES.items() if pattern.search(line)]
    ids = tuple(dict.fromkeys(named))
    found = _ANTIBODY.search(line)
    return (found.start() if found else 0, ids) if ids or found else None


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


def _might_name(line: str) -> bool:
    return len(line) < 4000 and bool(
        re.search(r"anti|\bJo|\bMi-?2|MDA|TIF|NXP|SRP|HMG|PL-|\bRo\b|Ro-?52|SSA|Ku\b|RNP|Scl", line)
    )


def subtypes(line: str) -> Hit | None:
    """Kinds of myositis named in a line."""
    first = _DISEASE.search(line)
    if not first:
        return None
    spoken = [(one.start(), one[0]) for one in _SPOKEN.finditer(line[:4000])]
    ids: dict[str, None] = {}
    at = 0
    while at < len(spoken):
        for size in range(min(5, len(spoken) - at), 0, -1):
            phrase = " ".join(word for _, word in spoken[at : at + size])
            if size == 1 and (len(phrase) < 3 and phrase.lower() not in _DIABETES):
                continue
            if phrase.lower() in _DIABETES and not re.search("myosit", line, re.IGNORECASE):
                continue
            if not _DISEASE.search(phrase):
                continue
            known = resolve("subtypes", phrase, exact=True)
            if known.outcome == "exact" and known.id:
                ids[known.id] = None
                at += size
                break
        else:
            at += 1
    return first.start(), tuple(ids)
