"""Which studies of a register the registry lacks: found for a stated reason, new since a day, minus those declined.

Those declined stand a line each in a file beside the registry, kept by hand or by `discover --decline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from myofind.diagnostics import InputError, reason_of, shown
from myofind.domain.recruitment import STATE_OF
from myofind.files.atomic_write import replace_file
from myofind.language import Pair
from myofind.names import subtypes as tree
from myofind.names.vocabulary import ids, label
from myofind.records import NamedTuple
from myofind.registers.client import Client
from myofind.registers.criteria_quotes import sections
from myofind.registers.ctgov import NCT, Record, read_record
from myofind.registers.record_values import NotARecord, clip, whole_day
from myofind.registry.location import read_bytes

Field = Literal["conditions", "title", "keywords", "summary", "criteria", "label", "basket"]
"""Where myositis is named; `label` is a table's own classification, `basket` an autoimmune basket that names no disease."""

_MYOSITIS = re.compile(
    r"(?<!pyo)(?<!fasci)(?<!ophthalmo)\b\w*myosit(?:is|es|ides|ic)\b(?! ossificans)"
    r"|\b(?:inflammatory|autoimmune|immune[- ]mediated|necroti[sz]ing) (?:and \w+ )?myopath(?:y|ies)"
    r"|\banti-?\s?synthetase|\bIIMs?\b|\bJIIM\b|\bIMNM\b|\bsIBM\b|\bASyS\b|\bASSD\b|\bJDM\b|\bPM/DM\b|\bDM/PM\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z/]{2,6}")
_OTHER = re.compile(
    r"pyomyositis|myositis ossificans|fasciomyositis|infectious myositis|orbital myositis", re.IGNORECASE
)
_BASKET = re.compile(
    r"\b(?:autoimmune|auto-immune|immune[- ]mediated|rheumat(?:ic|ologic(?:al)?)|connective[- ]tissue)\b.{0,20}"
    r"\b(?:diseases?|disorders?|conditions?)\b",
    re.IGNORECASE,
)
AROUND = 60
"""Characters of the text shown on either side of the words found."""


class Candidate(NamedTuple):
    """A study of a register: what it says of itself, the day its data were true, and its record where there is one."""

    number: str
    title: str | None = None
    status: str | None = None
    updated: str | None = None
    day: str | None = None
    countries: tuple[str, ...] = ()
    """Names as the register prints them."""
    texts: tuple[tuple[Field, str], ...] = ()
    record: Record | None = None
    aliases: tuple[str, ...] = ()


class Reason(NamedTuple):
    """Why a study was found: the field that names myositis, and the words around."""

    field: Field
    words: str


def of_record(record: Record, day: str | None) -> Candidate:
    """The candidate a record is."""
    inclusion = "\n".join(line for section, line in sections(record.criteria or "") if section != "exclusion")
    texts: list[tuple[Field, str | None]] = [
        ("conditions", "; ".join(record.conditions)),
        ("title", "; ".join(text for text in (record.title, record.official_title) if text)),
        ("keywords", "; ".join(record.keywords)),
        ("summary", record.summary),
        ("criteria", inclusion),
    ]
    return Candidate(
        record.nct, record.title, record.status, record.updated, day, record.countries,
        tuple((field, text) for field, text in texts if text), record, record.aliases,
    )  # fmt: skip


def reasons(candidate: Candidate) -> tuple[Reason, ...]:
    """Every field that names myositis; for a basket that names no disease of ours, that it is one; else nothing.

    Myositis that stands among the exclusion criteria only is no reason.
    """
    named = tuple(Reason(field, words) for field, text in candidate.texts for words in _first(text))
    if named:
        return named
    for field, text in candidate.texts:
        if field in ("conditions", "title") and (basket := _BASKET.search(text)):
            return (Reason("basket", _around(text, basket)),)
    return ()


def _first(text: str) -> Iterator[str]:
    """The words around the first place that names myositis, if any; abbreviations count only in their own letters."""
    for hit in _MYOSITIS.finditer(text):
        short = _LETTERS.fullmatch(hit[0]) and len(hit[0]) <= 6 and hit[0].lower() not in ("myosit",)
        if short and hit[0].lower() == hit[0]:
            continue
        if not _OTHER.search(text[max(0, hit.start() - 12) : hit.end() + 12]):
            yield _around(text, hit)
            return


def _around(text: str, hit: re.Match[str]) -> str:
    start, end = max(0, hit.start() - AROUND), min(len(text), hit.end() + AROUND)
    before = "…" if start else ""
    return clip(before + " ".join(text[start:end].split()) + ("…" if end < len(text) else ""), 3 * AROUND)


def changed(client: Client, day: str, since: str | None) -> Iterator[Candidate]:
    """The studies of ClinicalTrials.gov that may concern myositis and were changed on or after a day; all where none is given.

    Conditions by the names of the vocabulary, then baskets whose title, summary or criteria name myositis; a study that both
    searches find comes twice. `day` is that of the register's data.
    """
    terms = " OR ".join(f'"{term}"' for term in search_terms())
    new = {"filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{since},MAX]"} if since else {}
    for query in ({"query.cond": terms}, {"query.term": terms}):
        for study in client.search({**query, **new}):
            with suppress(NotARecord):
                yield of_record(read_record(study), day)


def search_terms() -> tuple[str, ...]:
    """What to search for: the English names of the inflammatory myopathies of the vocabulary, and the stem they share."""
    labels = (label("subtypes", subtype) for subtype in ids("subtypes") if tree.is_inflammatory(subtype))
    names = {name.split(" (")[0].replace("-", " ") for name in labels}
    plain = sorted(name for name in names if name.isascii() and name.replace(" ", "").isalnum())
    return ("myositis", *(name for name in plain if name.lower() != "myositis"))


class Discovered(NamedTuple):
    """A study the registry lacks, and why it was found."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def basket(self) -> bool:
        """Whether it names no myositis: an autoimmune basket whose diseases are to be read."""
        return self.reasons[0].field == "basket"

    @property
    def closed(self) -> bool:
        """Whether nobody can join any more."""
        return STATE_OF.get(self.candidate.status or "unknown") == "closed"


class Discovery(NamedTuple):
    """What a search gave: studies to look at, and how many others there were of each kind."""

    studies: tuple[Discovered, ...]
    """Open or of unknown status, naming myositis; the newest record first."""
    baskets: tuple[Discovered, ...]
    closed: tuple[Discovered, ...]
    known: int
    declined: tuple[str, ...]
    unrelated: int
    older: int
    """Studies unchanged since the day asked for."""


def discover(
    candidates: Iterable[Candidate], known: frozenset[str], declined: Mapping[str, Declined], since: str | None = None
) -> Discovery:
    """Sort the candidates; of several copies of one study the one of the newest data counts."""
    newest: dict[str, Candidate] = {}
    for candidate in candidates:
        earlier = newest.get(candidate.number)
        if earlier is None or (candidate.day or "", len(candidate.texts)) >= (earlier.day or "", len(earlier.texts)):
            newest[candidate.number] = candidate
    lacking: list[Discovered] = []
    refused: list[str] = []
    there = unrelated = older = 0
    for candidate in newest.values():
        why = reasons(candidate)
        if known & {candidate.number, *candidate.aliases}:
            there += 1
        elif candidate.number in declined:
            refused.append(candidate.number)
        elif not why:
            unrelated += 1
        elif since and candidate.updated and candidate.updated < since:
            older += 1
        else:
            lacking.append(Discovered(candidate, why))
    lacking.sort(key=lambda study: study.candidate.number, reverse=True)
    lacking.sort(key=lambda study: study.candidate.updated or "", reverse=True)
    return Discovery(
        tuple(study for study in lacking if not study.basket and not study.closed),
        tuple(study for study in lacking if study.basket and not study.closed),
        tuple(study for study in lacking if study.closed),
        there, tuple(sorted(refused)), unrelated, older,
    )  # fmt: skip


NAME = "declined.txt"
_SEARCHED = "# searched:"
_HEAD = "# Studies looked at and declined: number, day, reason; one a line, by number.\n"
MOST = 4 * 1024 * 1024


class Declined(NamedTuple):
    """Why a study does not belong into the registry, and the day that was decided."""

    day: str
    reason: str


class Memory(NamedTuple):
    """What was declined, by number, and the day of the register's data last searched."""

    declined: Mapping[str, Declined]
    searched: str | None = None


def memory_path(registry: Path) -> Path:
    """The file beside a registry."""
    return registry.resolve().with_name(NAME)


def read_memory(path: Path) -> Memory:
    """What is kept; nothing where there is no file. Raises InputError with the line that cannot be read."""
    if not path.is_file():
        return Memory({})
    declined: dict[str, Declined] = {}
    searched = None
    for number, line in enumerate(read_bytes(path, MOST).decode("utf-8", "replace").splitlines(), 1):
        if line.startswith(_SEARCHED):
            searched = _day(line.removeprefix(_SEARCHED).strip(), path, number)
        elif line.strip() and not line.startswith("#"):
            study, _, rest = line.strip().partition(" ")
            day, _, reason = rest.strip().partition(" ")
            if not NCT.fullmatch(study) or not reason.strip():
                none = (f"`{shown(line, 60)}` is no study declined", f"`{shown(line, 60)}` n'est pas une étude écartée")
                hint = ("write: NCT01234567 2026-11-25 the reason", "écrire : NCT01234567 2026-11-25 la raison")
                raise _wrong(path, number, none, hint)
            if study in declined:
                twice = (f"{study} is there twice", f"{study} y est deux fois")
                raise _wrong(path, number, twice, ("keep one of the two lines", "garder l'une des deux lignes"))
            declined[study] = Declined(_day(day, path, number), reason.strip())
    return Memory(declined, searched)


def _day(text: str, path: Path, line: int) -> str:
    if day := whole_day(text):
        return day
    what = (f"`{shown(text, 30)}` is no day", f"`{shown(text, 30)}` n'est pas un jour")
    raise _wrong(path, line, what, ("write YYYY-MM-DD", "écrire AAAA-MM-JJ"))


def _wrong(path: Path, line: int, what: Pair, hint: Pair) -> InputError:
    """A line of the file that cannot be read."""
    where = f"{shown(str(path), 200)}:{line}"
    return InputError((f"{where}: {what[0]}", f"{where} : {what[1]}"), hint)


def write_memory(path: Path, memory: Memory) -> None:
    """Keep it: the whole old file or the whole new one."""
    lines = [_HEAD]
    if memory.searched:
        lines.append(f"{_SEARCHED} {memory.searched}\n")
    lines += [f"{number} {why.day} {why.reason}\n" for number, why in sorted(memory.declined.items())]
    data = "".join(lines).encode("utf-8")
    if path.is_file():
        replace_file(path, read_bytes(path, MOST), data)
        return
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        where, why = f"`{shown(str(path), 200)}`", reason_of(error)
        raise InputError((f"cannot write {where}: {why[0]}", f"{where} ne peut être écrit : {why[1]}")) from error
