"""Asking ClinicalTrials.gov's API v2: one request at a time, apart, bounded in time and size, and every failure named.

The only module that opens a connection. It needs urllib3 (the extra `fetch`); nothing else of the program imports it.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from myofind import __version__
from myofind.diagnostics import InputError, shown

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

BASE = "https://clinicaltrials.gov/api/v2"
AGENT = f"myofind/{__version__}"
FIELDS = (
    "IdentificationModule,StatusModule,SponsorCollaboratorsModule,ConditionsModule,DesignModule,"
    "ArmsInterventionsModule,EligibilityModule,ContactsLocationsModule,DescriptionModule"
)
"""The modules facts are read from: posted results, the bulk of a record, stay away."""

RETRIED = (429, 500, 502, 503, 504)
TRIES = 4
LONGEST_WAIT = 120.0
"""Longest pause (seconds) a server's Retry-After is granted."""

MAX_ANSWER = 256 * 1024 * 1024
MAX_REDIRECTS = 5
PAGE, MOST_PAGES = 100, 60
"""Studies on a page of a search, and most pages: a search for myositis has a few hundred studies, not thousands."""

SPARE_PAGES = 5
"""Pages without a study that a batch may have beside those with one."""

MOST_IN_A_ROW = 2
"""So many numbers without an answer, one after the other, and the register counts as down."""
OFFLINE = (
    "save the records from https://clinicaltrials.gov in a browser (Download, JSON) and use `--from FILE`; "
    "another --user-agent may also be let through"
)


_UNKNOWN_FIELD = re.compile(r"unknown (?:piece|field)|\bfields?\b.*(?:unknown|invalid)|piece name", re.IGNORECASE)


class Unreachable(Exception):
    """The register cannot be asked at all: it refuses this program, or no answer comes. Ends the run."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Refused(Exception):
    """One request was answered with an error that concerns only it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class GaveUp(Exception):
    """One request failed as often as it is tried; others may still be answered."""


class NoConnection(Exception):
    """Nobody answers at this address."""


class Broken(Exception):
    """An answer that is not what it should be: cut off, not JSON, too long; asking again may help."""


class Settings(NamedTuple):
    """How to ask."""

    base: str = BASE
    agent: str = AGENT
    """The User-Agent sent; empty sends none."""
    delay: float = 1.2
    """Seconds between two requests (the register's robots.txt asks for 1); before a second, third, fourth try at the
    same one it is doubled each time, unless the server says how long."""
    timeout: float = 30.0
    """Seconds an answer may take in all."""
    batch: int = 50


class Answer(NamedTuple):
    """A study, and the number it was asked under."""

    asked: str
    study: dict[str, Any]


class Failure(NamedTuple):
    """A number the register gave no record for, and why."""

    asked: str
    reason: str


class Client:
    """A polite conversation with the register; `tell` hears what a reader should know as it happens."""

    def __init__(
        self,
        settings: Settings,
        tell: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings, self.tell, self.sleep, self.clock = settings, tell, sleep, clock
        self.base = settings.base.rstrip("/")
        if urlsplit(self.base).scheme not in ("http", "https") or not urlsplit(self.base).hostname:
            raise InputError(f"`{shown(self.base)}` is not a web address", f"for example --base-url {BASE}")
        self.deadline = _Deadline()
        self.pool = _pool(self.base, self.deadline)
        self.last: float | None = None
        self.in_a_row = 0
        self.sent_on = False
        """Whether the last answer came by way of a redirect."""
        self.fields = {"fields": FIELDS, "format": "json"}

    def data_day(self) -> str:
        """The day of the register's data; raises Unreachable where it does not tell."""
        try:
            answer = self.get("/version", {})
        except Refused as error:
            raise Unreachable(f"{self.base}/version: {error.message}", "is --base-url right?") from error
        except GaveUp as error:
            raise Unreachable(str(error), f"try again later, or {OFFLINE}") from error
        stamp = answer.get("dataTimestamp") if isinstance(answer, dict) else None
        if not isinstance(stamp, str) or len(stamp) < 10:
            raise Unreachable(f"{self.base}/version gives no `dataTimestamp`", "is --base-url right?")
        return stamp[:10]

    def studies(self, numbers: Iterable[str]) -> Iterator[Answer | Failure]:
        """The record of every number, or why there is none: batches first, then what is left one by one."""
        waiting = list(numbers)
        size = max(1, self.settings.batch)
        for start in range(0, len(waiting), size):
            batch = waiting[start : start + size]
            self.tell(f"asking for {start + 1}-{start + len(batch)} of {len(waiting)}")
            left = dict.fromkeys(batch)
            try:
                for answer in self.batch(batch) if len(batch) > 1 else ():
                    if answer.asked in left:
                        del left[answer.asked]
                        yield answer
            except Refused as error:
                self.tell(f"the batch was refused ({error.message}); asking one by one")
            except GaveUp as error:
                self.tell(f"the batch got no answer ({error}); asking one by one")
            for number in left:
                yield self.one(number)

    def batch(self, numbers: list[str]) -> Iterator[Answer]:
        """The studies of a batch, page by page; raises Refused where the register takes exception to the batch."""
        asked = {"filter.ids": ",".join(numbers), "pageSize": str(len(numbers))}
        token: str | None = None
        for _ in range(len(numbers) + SPARE_PAGES):
            page = self.part("/studies", asked if token is None else {**asked, "pageToken": token})
            studies = page.get("studies") if isinstance(page, dict) else None
            if not isinstance(studies, list):
                raise Refused(200, "the answer has no `studies`")
            for study in studies:
                number = _number(study)
                if number:
                    yield Answer(number, study)
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token:
                return
        raise Refused(200, f"more pages than the {len(numbers)} studies asked for")

    def search(self, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Every study a search finds, page by page; raises GaveUp, Refused or Unreachable where the answer ends early."""
        token: str | None = None
        seen: set[str] = set()
        for number in range(MOST_PAGES):
            asked = {**query, "pageSize": str(PAGE)}
            page = self.part("/studies", asked if token is None else {**asked, "pageToken": token})
            studies = page.get("studies") if isinstance(page, dict) else None
            if not isinstance(studies, list):
                raise Refused(200, "the answer has no `studies`")
            self.tell(f"asking for page {number + 2}")
            yield from (study for study in studies if isinstance(study, dict))
            token = page.get("nextPageToken")
            if not isinstance(token, str) or not token:
                return
            if token in seen:
                raise Refused(200, "the same page came twice")
            seen.add(token)
        raise Refused(200, f"more than {MOST_PAGES} pages of {PAGE} studies")

    def one(self, number: str) -> Answer | Failure:
        """The study of one number."""
        try:
            study = self.part(f"/studies/{number}", {})
        except Refused as error:
            reason = f"the register has no such study ({error.message})" if error.status == 404 else error.message
            return Failure(number, reason)
        except GaveUp as error:
            self.in_a_row += 1
            if self.in_a_row >= MOST_IN_A_ROW:
                raise Unreachable(str(error), f"try again later, or {OFFLINE}") from error
            return Failure(number, str(error))
        self.in_a_row = 0
        found = _number(study)
        if found is None:
            return Failure(number, "the answer is no study record")
        if found != number:
            if number not in _aliases(study) and not self.sent_on:
                return Failure(number, f"the register answered with {shown(found, 40)}, which does not name {number}")
            self.tell(f"{number} is now {found}")
        return Answer(number, study)

    def part(self, path: str, query: dict[str, str]) -> Any:
        """The modules that are read, or whole records from then on where the register does not know one of them."""
        try:
            return self.get(path, {**query, **self.fields})
        except Refused as error:
            if error.status != 400 or "fields" not in self.fields or not _UNKNOWN_FIELD.search(error.message):
                raise
            self.tell(f"{error.message}; asking for whole records")
            del self.fields["fields"]
            return self.get(path, {**query, **self.fields})

    def get(self, path: str, fields: dict[str, str]) -> Any:
        """The JSON an address answers with; raises Refused for 4xx, GaveUp or Unreachable when nothing usable comes."""
        address = self.base + path + ("?" + urlencode(fields, safe=",") if fields else "")
        wrong = ""
        for attempt in range(TRIES):
            self.pace()
            wait = self.settings.delay * 2**attempt
            try:
                return self.ask(address)
            except _Later as later:
                wrong = later.message
                wait = wait if later.wait is None else later.wait
                if wait > LONGEST_WAIT:
                    raise Unreachable(
                        f"{_short(address)}: {wrong}, and asks to wait {wait:.0f} seconds", "try again later"
                    ) from later
            except Broken as broken:
                wrong = str(broken)
            except NoConnection as none:
                if attempt == TRIES - 1:
                    raise Unreachable(f"{_short(address)}: {none}", f"is the network there? else {OFFLINE}") from none
                wrong = str(none)
            if attempt < TRIES - 1:
                self.tell(f"{wrong}; trying again in {wait:g} s")
                self.sleep(wait)
        failed = f"{_short(address)}: {wrong}, {TRIES} times"
        if wrong.startswith("HTTP 429"):
            raise Unreachable(failed, "try again later, with a longer --delay")
        raise GaveUp(failed)

    def pace(self) -> None:
        """Wait until the pause since the last request is over."""
        if self.last is not None:
            rest = self.last + self.settings.delay - self.clock()
            if rest > 0:
                self.sleep(rest)
        self.last = self.clock()

    def ask(self, address: str) -> Any:
        """One question, redirects followed on the same host and said aloud."""
        self.sent_on = False
        for _ in range(MAX_REDIRECTS + 1):
            status, kind, body, headers = self.fetch(address)
            if status not in (301, 302, 303, 307, 308):
                return _judged(address, status, kind, body, headers)
            target = _redirected(address, status, headers.get("location", ""))
            self.sent_on = True
            self.tell(f"HTTP {status}: {_short(address)} → {_short(target)}")
            self.pace()
            address = target
        raise Refused(310, f"more than {MAX_REDIRECTS} redirects")

    def fetch(self, address: str) -> tuple[int, str, bytes, dict[str, str]]:
        """Status, content type, body and headers of one request, within the time allowed."""
        import urllib3

        headers = {"Accept": "application/json", "User-Agent": self.settings.agent or urllib3.util.SKIP_HEADER}
        limit = self.settings.timeout
        try:
            with self.deadline.within(limit):
                answer = self.pool.request(
                    "GET", address, headers=headers, redirect=False, retries=False, preload_content=False,
                    timeout=urllib3.Timeout(connect=min(10.0, limit), read=limit),
                )  # fmt: skip
                try:
                    body = self.body(answer)
                finally:
                    answer.close()
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError) as error:
            raise NoConnection(f"no connection ({type(error).__name__})") from error
        except urllib3.exceptions.TimeoutError as error:
            raise Broken(f"no complete answer within {limit:g} s") from error
        except urllib3.exceptions.SSLError as error:
            raise Unreachable(
                f"no secure connection to {_short(address)}: {shown(str(error), 160)}", OFFLINE
            ) from error
        except urllib3.exceptions.ProtocolError as error:
            raise Broken("the answer was cut off") from error
        except urllib3.exceptions.HTTPError as error:
            raise NoConnection(f"no connection ({type(error).__name__})") from error
        kept = {key.lower(): value for key, value in answer.headers.items()}
        return answer.status, kept.get("content-type", "").split(";")[0].strip().lower(), body, kept

    def body(self, answer: BaseHTTPResponse) -> bytes:
        """The body, in pieces, so that an endless stream does not hold us."""
        pieces, size = [], 0
        for piece in answer.stream(65536, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_ANSWER:
                raise Broken(f"an answer of more than {MAX_ANSWER >> 20} MB")
        return b"".join(pieces)


class _Deadline:
    """One time for a whole answer: when it is over the connections are shut, however slowly bytes still drip.

    A socket's own timeout counts from byte to byte only.
    """

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Raise Broken where what is inside takes longer."""
        over = threading.Event()
        watch = threading.Timer(seconds, self._shut, (over,))
        watch.daemon = True
        watch.start()
        try:
            yield
        except Exception as error:
            if over.is_set():
                raise Broken(f"no complete answer within {seconds:g} s") from error
            raise
        finally:
            watch.cancel()
            watch.join()  # one that has just gone off must not meet the sockets of the next answer
        if over.is_set():
            raise Broken(f"no complete answer within {seconds:g} s")

    def _shut(self, over: threading.Event) -> None:
        over.set()
        while self.sockets:
            with suppress(OSError):
                self.sockets.pop().shutdown(socket.SHUT_RDWR)

    def watched(self, connection: Any) -> Any:
        """A kind of connection whose sockets are shut when the time is over."""
        sockets = self.sockets

        class Watched(connection):  # type: ignore[misc]  # the class is given at run time: plain or secure
            def _new_conn(self) -> socket.socket:
                plain: socket.socket = super()._new_conn()
                sockets.append(plain)  # from the first byte: a secure connection is agreed on before `connect` returns
                return plain

            def connect(self) -> None:
                super().connect()
                sockets.append(self.sock)

            def close(self) -> None:
                if self.sock in sockets:
                    sockets.remove(self.sock)
                super().close()

        return Watched


class _Later(Exception):
    """The server asks to come back; `wait` in seconds, where it says."""

    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message)
        self.message, self.wait = message, wait


def _judged(address: str, status: int, kind: str, body: bytes, headers: dict[str, str]) -> Any:
    if status == 403:
        what = " with a web page" if "html" in kind else ""
        raise Unreachable(f"{_short(address)}: the register's firewall refused this program (HTTP 403{what})", OFFLINE)
    if status in RETRIED:
        raise _Later(f"HTTP {status}{_said(kind, body)}", _retry_after(headers.get("retry-after")))
    if status != 200:
        raise Refused(status, f"HTTP {status}{_said(kind, body)}")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        if kind and "json" not in kind:
            raise Broken(f"the answer is {shown(kind)}, not JSON") from error
        raise Broken("the answer is cut off or not JSON") from error
    return value


def _redirected(address: str, status: int, location: str) -> str:
    """Where a redirect leads; raises Refused for another host, an insecure address or none at all."""
    try:
        target = urljoin(address, location)
        old, new = urlsplit(address), urlsplit(target)
    except ValueError:
        raise Refused(status, f"HTTP {status} sends to `{shown(location, 80)}`, which is no address") from None
    if new.netloc != old.netloc:
        raise Refused(status, f"HTTP {status} sends to another host ({shown(new.netloc or 'nowhere')}): not followed")
    if new.scheme != old.scheme and new.scheme != "https":
        raise Refused(status, f"HTTP {status} sends from {old.scheme} to {shown(new.scheme)}, which is not followed")
    return f"{target}?{old.query}" if old.query and not new.query else target


def _said(kind: str, body: bytes) -> str:
    """What an error answer says, where it is text for people."""
    if "html" in kind or not body:
        return ""
    text = " ".join(body[:400].decode("utf-8", "replace").split())
    return f": {shown(text, 200)}" if text else ""


def _retry_after(text: str | None) -> float | None:
    """The seconds a server asks for, as a number or as a date; None where it does not say."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    from urllib3 import Retry
    from urllib3.exceptions import InvalidHeader

    try:
        return max(0.0, float(Retry().parse_retry_after(text)))
    except (InvalidHeader, OverflowError, ValueError):
        return None


def _number(study: object) -> str | None:
    """The NCT number of a study, if it is one."""
    found = study
    for key in ("protocolSection", "identificationModule", "nctId"):
        found = found.get(key) if isinstance(found, dict) else None
    return found.upper() if isinstance(found, str) and found else None


def _aliases(study: object) -> frozenset[str]:
    """The former numbers of a study."""
    module = study
    for key in ("protocolSection", "identificationModule", "nctIdAliases"):
        module = module.get(key) if isinstance(module, dict) else None
    return (
        frozenset(text.upper() for text in module if isinstance(text, str)) if isinstance(module, list) else frozenset()
    )


def _short(address: str) -> str:
    """An address fit for a message: without its query."""
    return shown(address.split("?", 1)[0], 160)


def _pool(base: str, deadline: _Deadline) -> PoolManager:
    try:
        import urllib3
        from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
    except ImportError:
        raise InputError(
            "asking the register needs urllib3, which is not installed",
            "`pip install 'myofind[fetch]'`, or read saved records with --from FILE",
        ) from None
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(base)
    proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
    pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
    pool.pool_classes_by_scheme = {
        scheme: type(kind.__name__, (kind,), {"ConnectionCls": deadline.watched(kind.ConnectionCls)})
        for scheme, kind in (("http", HTTPConnectionPool), ("https", HTTPSConnectionPool))
    }
    return pool
