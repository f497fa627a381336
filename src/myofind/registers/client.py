"""Asking ClinicalTrials.gov's API v2 for studies: by number in batches, then one by one, and by search, page by page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from myofind.diagnostics import shown
from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registers.failures import LATER_OR_OFFLINE, GaveUp, Refused, Unreachable
from myofind.registers.transport import AGENT, BASE, Settings, Tell, Transport

__all__ = ["AGENT", "BASE", "Answer", "Client", "Failure", "Settings"]

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
    """A polite conversation with the register; `passing` hears how far it is, which need not be kept."""

    def __init__(
        self,
        settings: Settings,
        tell: Tell,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        *,
        passing: Tell = lambda words: None,
    ) -> None:
        super().__init__(settings, tell, sleep, clock)
        self.passing = passing
        self.in_a_row = 0
        self.fields = {"fields": FIELDS, "format": "json"}

    def data_day(self) -> str:
        """The day of the register's data; raises Unreachable where it does not tell."""
        try:
            answer = self.get("/version", {})
        except Refused as error:
            en, fr = error.words
            raise Unreachable((f"{self.base}/version: {en}", f"{self.base}/version : {fr}"), _BASE_RIGHT) from error
        except GaveUp as error:
            raise Unreachable(error.words, LATER_OR_OFFLINE) from error
        stamp = answer.get("dataTimestamp") if isinstance(answer, dict) else None
        if not isinstance(stamp, str) or len(stamp) < 10:
            silent = (
                f"{self.base}/version gives no `dataTimestamp`",
                f"{self.base}/version ne donne pas de `dataTimestamp`",
            )
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
            except Refused as error:
                en, fr = error.words
                self.tell(
                    (f"the batch was refused ({en}); asking one by one", f"lot refusé ({fr}) ; demande un par un")
                )
            except GaveUp as error:
                en, fr = error.words
                self.tell(
                    (
                        f"the batch got no answer ({en}); asking one by one",
                        f"pas de réponse au lot ({fr}) ; demande un par un",
                    )
                )
            for number in left:
                found = self.one(number)
                if isinstance(found, Failure) and found.silent:
                    last = found
                else:
                    heard = True
                yield found
        if last is not None and not heard:
            raise Unreachable(last.reason, LATER_OR_OFFLINE)

    def batch(self, numbers: list[str]) -> Iterator[Answer]:
        """The studies of a batch, page by page; raises Refused where the register takes exception to the batch."""
        asked = {"filter.ids": ",".join(numbers), "pageSize": str(len(numbers))}
        token: str | None = None
        for _ in range(len(numbers) + SPARE_PAGES):
            page = self.part("/studies", asked if token is None else {**asked, "pageToken": token})
            studies = page.get("studies") if isinstance(page, dict) else None
            if not isinstance(studies, list):
                raise Refused(200, _NO_STUDIES)
            for study in studies:
                number = _number(study)
                if number:
                    yield Answer(number, study)
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token:
                return
        many = len(numbers)
        raise Refused(
            200, (f"more pages than the {many} studies asked for", f"plus de pages que les {many} études demandées")
        )

    def search(self, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Every study a search finds, page by page; raises GaveUp, Refused or Unreachable where the answer ends early."""
        token: str | None = None
        seen: set[str] = set()
        for number in range(MOST_PAGES):
            asked = {**query, "pageSize": str(PAGE)}
            page = self.part("/studies", asked if token is None else {**asked, "pageToken": token})
            studies = page.get("studies") if isinstance(page, dict) else None
            if not isinstance(studies, list):
                raise Refused(200, _NO_STUDIES)
            self.passing((f"asking for page {number + 2}", f"demande de la page {number + 2}"))
            yield from (study for study in studies if isinstance(study, dict))
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token:
                return
            if token in seen:
                raise Refused(200, ("the same page came twice", "la même page est venue deux fois"))
            seen.add(token)
        raise Refused(
            200, (f"more than {MOST_PAGES} pages of {PAGE} studies", f"plus de {MOST_PAGES} pages de {PAGE} études")
        )

    def one(self, number: str) -> Answer | Failure:
        """The study of one number."""
        try:
            study = self.part(f"/studies/{number}", {})
        except Refused as error:
            en, fr = error.words
            none = (
                f"the register has no such study ({en})",
                f"le registre public n'a pas cette étude ({fr})",
            )
            return Failure(number, none if error.status == 404 else error.words, error.status not in (200, 400, 404))
        except GaveUp as error:
            self.in_a_row += 1
            if self.in_a_row >= MOST_IN_A_ROW:
                raise Unreachable(error.words, LATER_OR_OFFLINE) from error
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
        try:
            return self.get(path, {**query, **self.fields})
        except Refused as error:
            if error.status != 400 or "fields" not in self.fields or not _UNKNOWN_FIELD.search(error.said):
                raise
            en, fr = error.words
            self.tell((f"{en}; asking for whole records", f"{fr} ; demande de fiches entières"))
            del self.fields["fields"]
            return self.get(path, {**query, **self.fields})


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
    return (
        frozenset(text.upper() for text in found if isinstance(text, str)) if isinstance(found, list) else frozenset()
    )
