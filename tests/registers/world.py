"""A made-up study in the register's shape, a commented registry, and a local register to ask."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

Study = dict[str, Any]

STUDY: Study = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT01234567",
            "orgStudyIdInfo": {"id": "MYO-1"},
            "secondaryIdInfos": [{"id": "EU CT 2022-502759-70-01", "type": "REGISTRY"}],
            "acronym": "MYO-ONE",
            "briefTitle": "A Study of Somedrug in Myositis",
        },
        "statusModule": {
            "overallStatus": "RECRUITING",
            "statusVerifiedDate": "2026-02",
            "startDateStruct": {"date": "2025-03-01", "type": "ACTUAL"},
            "primaryCompletionDateStruct": {"date": "2027-01", "type": "ESTIMATED"},
            "completionDateStruct": {"date": "2027-06", "type": "ESTIMATED"},
            "lastUpdatePostDateStruct": {"date": "2026-02-20", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Some Sponsor", "class": "INDUSTRY"}},
        "conditionsModule": {"conditions": ["Dermatomyositis", "Myositis"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2", "PHASE3"],
            "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "A", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Somedrug"]},
                {"label": "B", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]},
            ],
            "interventions": [{"type": "DRUG", "name": "Somedrug"}, {"type": "DRUG", "name": "Placebo"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": (
                "Inclusion Criteria:\n\n* Adults with dermatomyositis, disease duration of at least 6 months\n"
                "* Positive for anti-Mi-2 or anti-TIF1-gamma\n* Inadequate response to steroids\n\n"
                "Exclusion Criteria:\n\n* Inclusion body myositis\n* FVC \\< 60 % or severe interstitial lung disease\n"
            ),
            "sex": "ALL",
            "minimumAge": "18 Years",
            "maximumAge": "75 Years",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
        "contactsLocationsModule": {
            "locations": [
                {"facility": "First Hospital", "status": "RECRUITING", "city": "Lyon", "country": "France"},
                {"facility": "Second Hospital", "status": "NOT_YET_RECRUITING", "city": "Oslo", "country": "Norway"},
            ]
        },
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2026-03-01"}},
    "hasResults": False,
}

REGISTRY = """\
# A header comment.
registry:
  name: test  # the name
  schema: 1
  version: 2025.5.0
  as_of: 2025-05-17
  sources:
    # the brochure
    afm-2025:
      title: A brochure   # with a comment
      date: 2025-05-17
trials:
  # first of all
  - id: NCT01234567   # the one that moves
    title: Somedrug in myositis
    kind: interventional
    phase: [2, 3]
    status:
      # newest first
      - {value: not_yet_recruiting, as_of: 2025-05-17, source: afm-2025, at: "p. 3"}  # said the brochure
    eligibility:
      coverage: summary
      subtypes: {admits: [dm]}  # a curator decided
      age: {min: 18}
    countries: {listed: [FR], complete: false}
    sites:
      - {country: FR, city: Lyon}  # by telephone
      - {country: FR, city: Nice}  # closed?
    # before enrollment
    enrollment: 100  # planned
    start: 2025-03
    sources:
      - {ref: afm-2025, at: "p. 3", date: 2025-05-17}
    # after the first trial

  - id: NCT07654321
    kind: observational
    # nothing else is known
  - id: some-slug
    kind: registry
# the end
"""


class Reply(NamedTuple):
    """What the local register answers."""

    status: int = 200
    body: str | bytes = ""
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    announced: int | None = None
    """A Content-Length other than the true one."""
    slow: float = 0.0
    drip: float = 0.0
    """Seconds between two bytes, from the first of the head."""


class Asked(NamedTuple):
    """A request as it came."""

    path: str
    query: dict[str, list[str]]
    agent: str | None


class Register:
    """A local register: answers from a function, remembers what it was asked."""

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.asked: list[Asked] = []
        self.stop = threading.Event()
        register = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                asked = Asked(parts.path, parse_qs(parts.query), self.headers.get("User-Agent"))
                register.asked.append(asked)
                reply = answer(asked)
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                register.stop.wait(reply.slow)
                if reply.drip:
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: {reply.kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                    self.dripped(head.encode() + body, reply.drip)
                    return
                try:
                    self.send_response(reply.status)
                    self.send_header("Content-Type", reply.kind)
                    self.send_header("Content-Length", str(len(body) if reply.announced is None else reply.announced))
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass
                self.close_connection = True

            def dripped(self, data: bytes, pause: float) -> None:
                with suppress(OSError):
                    for place in range(len(data)):
                        self.wfile.write(data[place : place + 1])
                        if register.stop.wait(pause):
                            break
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.stop.set()
        self.server.shutdown()
        self.server.server_close()


Serve = Callable[[Callable[[Asked], Reply]], Register]


def study(changes: dict[str, Any] | None = None, **identity: Any) -> Study:
    """A study, with values at dotted paths of its protocol section replaced; None removes a key."""
    found = copy.deepcopy(STUDY)
    found["protocolSection"]["identificationModule"].update(identity)
    for path, value in (changes or {}).items():
        *above, last = path.split(".")
        place = found["protocolSection"]
        for step in above:
            place = place.setdefault(step, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return found
