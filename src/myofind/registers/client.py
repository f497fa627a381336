"""Asking ClinicalTrials.gov's API v2 for studies: by number in batches, then one by one, and by search, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from myofind.diagnostics import shown
from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registers.failures import GaveUp, Refused, Unreachable
from myofind.registers.transport import Transport

FIELDS = (
    "IdentificationModule,StatusModule,SponsorCollaboratorsModule,ConditionsModule,DesignModule,"
    "ArmsInterventionsModule,EligibilityModule,ContactsLocationsModule,DescriptionModule"
)
"""The modules facts are read from: posted results, the bulk of a record, stay away."""
PAGE, MOST_PAGES = 100, 60
"""Studies on a page of a search, and most pages: a search for myositis has a few hundred studies, not thousands."""

SPARE_PAGES = 5
"""Pages without a study that a batch may have beside those with one."""

MOST_IN_A_ROW = 2
"""So many numbers without an answer, one after the other, and the register counts as down."""

_UNKNOWN_FIELD = re.compile(r"unknown (?:piece|field)|\bfields?\b.*(?:unknown|invalid)|piece name", re.IGNORECASE)
_BASE_RIGHT = ("is --base-url right?", "--base-url est-il juste ?")
_NO_STUDIES = ("the answer has no `studies`", "la réponse n'a pas de `studies`")


class Answer(NamedTuple):
    """A study, and the number it was asked under."""

    asked: str
    study: dict[str, Any]


class Failure(NamedTuple):
    """A number the register gave no record for, and why; `silent` where it gave no answer about the number at all."""

    asked: str
    reason: Words
    silent: bool = False


class Client(Transport):
    """A polite conversation with the register."""

    in_a_row = 0
    """Numbers without an answer since the last that had one."""
    fields = FIELDS
    """The modules asked for; nothing where the register does not know one of them: then whole records are."""

    def data_day(self) -> str:
        """The day of the register's data; raises Unreachable or GaveUp where it does not tell."""
        try:
            answer = self.get("/version", {})
        except Refused as error:
            en, fr = error.words
            raise Unreachable((f"{self.base}/version: {en}", f"{self.base}/version : {fr}"), _BASE_RIGHT) from error
        stamp = answer.get("dataTimestamp") if isinstance(answer, dict) else None
        if not isinstance(stamp, str) or len(stamp) < 10:
            asked = f"{self.base}/version"
            silent = (f"{asked} gives no `dataTimestamp`", f"{asked} ne donne pas de `dataTimestamp`")
            raise Unreachable(silent, _BASE_RIGHT)
        return stamp[:10]

    def studies(self, numbers: Iterable[str]) -> Iterator[Answer | Failure]:
        """The record of every number, or why there is none: batches first, then what is left one by one.

        Raises Unreachable where the register gave no answer about any of them.
        """
        waiting = list(numbers)
        heard = False
        last: Failure | None = None
        size = max(1, self.settings.batch)
        for start in range(0, len(waiting), size):
            batch = waiting[start : start + size]
            place = f"{start + 1}-{start + len(batch)}"
            self.passing((f"asking for {place} of {len(waiting)}", f"demande de {place} sur {len(waiting)}"))
            left = dict.fromkeys(batch)
            try:
                for answer in self.batch(batch) if len(batch) > 1 else ():
                    if answer.asked in left:
                        del left[answer.asked]
                        heard = True
                        yield answer
            except (Refused, GaveUp) as error:
                en, fr = error.words
                lot = (
                    ("was refused", "lot refusé")
                    if isinstance(error, Refused)
                    else ("got no answer", "pas de réponse au lot")
                )
                self.tell((f"the batch {lot[0]} ({en}); asking one by one", f"{lot[1]} ({fr}) ; demande un par un"))
            for number in left:
                found = self.one(number)
                if isinstance(found, Failure) and found.silent:
                    last = found
                else:
                    heard = True
                yield found
        if last is not None and not heard:
            raise Unreachable(last.reason)

    def batch(self, numbers: list[str]) -> Iterator[Answer]:
        """The studies of a batch, page by page; raises Refused where the register takes exception to the batch."""
        many = len(numbers)
        asked = {"filter.ids": ",".join(numbers), "pageSize": str(many)}
        too_many = (f"more pages than the {many} studies asked for", f"plus de pages que les {many} études demandées")
        for studies, _ in self.pages(asked, many + SPARE_PAGES, too_many):
            for study in studies:
                number = _number(study)
                if number:
                    yield Answer(number, study)

    def search(self, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Every study a search finds, page by page; raises GaveUp, Refused or Unreachable where the answer ends early."""
        too_many = (f"more than {MOST_PAGES} pages of {PAGE} studies", f"plus de {MOST_PAGES} pages de {PAGE} études")
        seen: set[str] = set()
        pages = self.pages({**query, "pageSize": str(PAGE)}, MOST_PAGES, too_many)
        for number, (studies, token) in enumerate(pages, start=2):
            self.passing((f"asking for page {number}", f"demande de la page {number}"))
            yield from (study for study in studies if isinstance(study, dict))
            if token in seen:
                raise Refused(200, ("the same page came twice", "la même page est venue deux fois"))
            seen.add(token)

    def pages(self, query: dict[str, str], most: int, too_many: Words) -> Iterator[tuple[list[Any], str]]:
        """The studies of each page, and the token of the next, empty after the last; raises Refused where there are too many."""
        token = ""
        for _ in range(most):
            page = self.part("/studies", {**query, "pageToken": token} if token else query)
            studies = page.get("studies") if isinstance(page, dict) else None
            if not isinstance(studies, list):
                raise Refused(200, _NO_STUDIES)
            following = page.get("nextPageToken")
            token = following if isinstance(following, str) else ""
            yield studies, token
            if not token:
                return
        raise Refused(200, too_many)

    def one(self, number: str) -> Answer | Failure:
        """The study of one number."""
        try:
            study = self.part(f"/studies/{number}", {})
        except Refused as error:
            en, fr = error.words
            none = (f"the register has no such study ({en})", f"le registre public n'a pas cette étude ({fr})")
            return Failure(number, none if error.status == 404 else error.words, error.status not in (200, 400, 404))
        except GaveUp as error:
            self.in_a_row += 1
            if self.in_a_row >= MOST_IN_A_ROW:
                raise Unreachable(error.words) from error
            return Failure(number, error.words, silent=True)
        self.in_a_row = 0
        found = _number(study)
        if found is None:
            return Failure(number, ("the answer is no study record", "la réponse n'est pas une fiche d'étude"))
        if found != number:
            if number not in _aliases(study) and not self.sent_on:
                other = (
                    f"the register answered with {shown(found, 40)}, which does not name {number}",
                    f"le registre public a répondu par {shown(found, 40)}, qui ne nomme pas {number}",
                )
                return Failure(number, other)
            self.tell((f"{number} is now {found}", f"{number} est désormais {found}"))
        return Answer(number, study)

    def part(self, path: str, query: dict[str, str]) -> Any:
        """The modules that are read, or whole records from then on where the register does not know one of them."""
        asked = {**query, **({"fields": self.fields} if self.fields else {}), "format": "json"}
        try:
            return self.get(path, asked)
        except Refused as error:
            if error.status != 400 or not self.fields or not _UNKNOWN_FIELD.search(error.said):
                raise
            en, fr = error.words
            self.tell((f"{en}; asking for whole records", f"{fr} ; demande de fiches entières"))
            self.fields = ""
            return self.part(path, query)


def _identity(study: object, key: str) -> object:
    """What a study says of itself under a key; none where it has no such place."""
    for step in ("protocolSection", "identificationModule", key):
        study = study.get(step) if isinstance(study, dict) else None
    return study


def _number(study: object) -> str | None:
    """The NCT number of a study, if it is one."""
    found = _identity(study, "nctId")
    return found.upper() if isinstance(found, str) and found else None


def _aliases(study: object) -> frozenset[str]:
    """The former numbers of a study."""
    found = _identity(study, "nctIdAliases")
    former = found if isinstance(found, list) else ()
    return frozenset(text.upper() for text in former if isinstance(text, str))
