"""Which studies of a register the registry lacks: found for a stated reason, new since a day, minus those declined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from myofind.domain.recruitment import STATE_OF
from myofind.names import subtypes as tree
from myofind.names.vocabulary import ids, label
from myofind.records import NamedTuple
from myofind.registers.candidates import Candidate, Reason, of_record, reasons
from myofind.registers.client import Client
from myofind.registers.ctgov import read_record
from myofind.registers.declined import Declined
from myofind.registers.record_values import NotARecord


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
