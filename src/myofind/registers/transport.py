"""One question to a register over HTTP: apart from the last, bounded in time and size, and every failure named.

The only module that opens a connection. It needs urllib3 (the extra `fetch`); nothing else of the program imports it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from myofind import __version__
from myofind.diagnostics import InputError, shown
from myofind.language import Pair, Words
from myofind.records import NamedTuple
from myofind.registers.failures import (
    LATER,
    OFFLINE,
    Broken,
    Deadline,
    GaveUp,
    Later,
    NoConnection,
    Refused,
    Unreachable,
    late,
)

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

BASE = "https://clinicaltrials.gov/api/v2"
AGENT = f"myofind/{__version__}"
RETRIED = (429, 500, 502, 503, 504)
TRIES = 4
LONGEST_WAIT = 120.0
"""Longest pause (seconds) a server's Retry-After is granted."""
MAX_ANSWER = 256 * 1024 * 1024
MAX_REDIRECTS = 5


class Settings(NamedTuple):
    """How to ask."""

    base: str | None = None
    """The address of the API; none for the register's own."""
    agent: str | None = None
    """The User-Agent sent; empty sends none, none that of the program."""
    delay: float = 1.2
    """Seconds between two requests (the register's robots.txt asks for 1); before a second, third, fourth try at the
    same one it is doubled each time, unless the server says how long."""
    timeout: float = 30.0
    """Seconds an answer may take in all."""
    batch: int = 50


Tell = Callable[[Words], None]


class Transport:
    """A connection to a register; `tell` hears what a reader should know as it happens, `passing` what need not be kept."""

    def __init__(
        self,
        settings: Settings,
        tell: Tell,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        *,
        passing: Tell = lambda words: None,
    ) -> None:
        self.settings, self.tell, self.sleep, self.clock, self.passing = settings, tell, sleep, clock, passing
        self.base = (settings.base or BASE).rstrip("/")
        if urlsplit(self.base).scheme not in ("http", "https") or not urlsplit(self.base).hostname:
            address = shown(self.base)
            raise InputError(
                (f"`{address}` is not a web address", f"`{address}` n'est pas une adresse de page"),
                (f"for example --base-url {BASE}", f"par exemple --base-url {BASE}"),
            )
        self.deadline = Deadline()
        self.pool = _pool(self.base, self.deadline)
        self.last: float | None = None
        self.sent_on = False
        """Whether the last answer came by way of a redirect."""

    def get(self, path: str, fields: dict[str, str]) -> Any:
        """The JSON an address answers with; raises Refused for 4xx, GaveUp or Unreachable when nothing usable comes."""
        address = self.base + path + ("?" + urlencode(fields, safe=",") if fields else "")
        for attempt in range(TRIES):
            self.pace()
            wait = self.settings.delay * 2**attempt
            try:
                return self.ask(address)
            except (Later, Broken, NoConnection) as error:
                wrong = error
            en, fr = wrong.words
            if isinstance(wrong, Later):
                wait = wait if wrong.wait is None else wrong.wait
                if wait > LONGEST_WAIT:
                    english = f"{en}, and asks to wait {wait:.0f} seconds"
                    french = f"{fr}, et demande d'attendre {wait:.0f} secondes"
                    raise Unreachable(_at(address, english, french), LATER) from wrong
            if attempt < TRIES - 1:
                self.tell((f"{en}; trying again in {wait:g} s", f"{fr} ; nouvel essai dans {wait:g} s"))
                self.sleep(wait)
        if isinstance(wrong, NoConnection):
            hint = (f"is the network there? else {OFFLINE[0]}", f"le réseau est-il là ? sinon {OFFLINE[1]}")
            raise Unreachable(_at(address, en, fr), hint) from wrong
        failed = _at(address, f"{en}, {TRIES} times", f"{fr}, {TRIES} fois")
        if isinstance(wrong, Later) and wrong.limit:
            slower = ("try again later, with a longer --delay", "réessayer plus tard, avec un --delay plus long")
            raise Unreachable(failed, slower) from wrong
        raise GaveUp(failed) from wrong

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
            status, body, headers = self.fetch(address)
            if status not in (301, 302, 303, 307, 308):
                return _judged(address, status, body, headers)
            target = _redirected(address, status, headers.get("location", ""))
            self.sent_on = True
            way = f"{_short(address)} → {_short(target)}"
            self.tell((f"HTTP {status}: {way}", f"HTTP {status} : {way}"))
            self.pace()
            address = target
        raise Refused(310, (f"more than {MAX_REDIRECTS} redirects", f"plus de {MAX_REDIRECTS} redirections"))

    def fetch(self, address: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of one request, within the time allowed."""
        import urllib3

        agent = AGENT if self.settings.agent is None else self.settings.agent or urllib3.util.SKIP_HEADER
        headers = {"Accept": "application/json", "User-Agent": agent}
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
            raise NoConnection(_none(error)) from error
        except urllib3.exceptions.TimeoutError as error:
            raise Broken(late(limit)) from error
        except urllib3.exceptions.SSLError as error:
            where, reason = _short(address), shown(str(error), 160)
            insecure = (f"no secure connection to {where}: {reason}", f"pas de connexion sûre à {where} : {reason}")
            raise Unreachable(insecure, OFFLINE) from error
        except urllib3.exceptions.ProtocolError as error:
            raise Broken(("the answer was cut off", "la réponse a été coupée")) from error
        except urllib3.exceptions.DecodeError as error:
            raise Broken(("the answer cannot be unpacked", "la réponse ne peut être décompressée")) from error
        except urllib3.exceptions.HTTPError as error:
            raise NoConnection(_none(error)) from error
        return answer.status, body, {key.lower(): value for key, value in answer.headers.items()}

    def body(self, answer: BaseHTTPResponse) -> bytes:
        """The body, in pieces, so that an endless stream does not hold us."""
        pieces, size = [], 0
        for piece in answer.stream(65536, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_ANSWER:
                most = MAX_ANSWER >> 20
                raise Broken((f"an answer of more than {most} MB", f"une réponse de plus de {most} Mo"))
        return b"".join(pieces)


def _judged(address: str, status: int, body: bytes, headers: dict[str, str]) -> Any:
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    if status == 403:
        page = (" with a web page", " avec une page") if "html" in kind else ("", "")
        refused = (
            f"the register's firewall refused this program (HTTP 403{page[0]})",
            f"le pare-feu du registre public a refusé ce programme (HTTP 403{page[1]})",
        )
        raise Unreachable(_at(address, *refused), OFFLINE)
    said = _said(kind, body)
    told = (f"HTTP {status}{f': {said}' if said else ''}", f"HTTP {status}{f' : {said}' if said else ''}")
    if status in RETRIED:
        raise Later(told, _retry_after(headers.get("retry-after")), limit=status == 429)
    if status != 200:
        raise Refused(status, told, said)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        if kind and "json" not in kind:
            other = (f"the answer is {shown(kind)}, not JSON", f"la réponse est du {shown(kind)}, pas du JSON")
            raise Broken(other) from error
        raise Broken(("the answer is cut off or not JSON", "la réponse est coupée ou n'est pas du JSON")) from error
    return value


def _redirected(address: str, status: int, location: str) -> str:
    """Where a redirect leads; raises Refused for another host, an insecure address or none at all."""
    try:
        target = urljoin(address, location)
        old, new = urlsplit(address), urlsplit(target)
    except ValueError:
        where = f"`{shown(location, 80)}`"
        message = (
            f"HTTP {status} sends to {where}, which is no address",
            f"HTTP {status} renvoie à {where}, qui n'est pas une adresse",
        )
        raise Refused(status, message) from None
    if new.netloc != old.netloc:
        message = (
            f"HTTP {status} sends to another host ({shown(new.netloc or 'nowhere')}): not followed",
            f"HTTP {status} renvoie à un autre serveur ({shown(new.netloc or '…')}) : non suivi",
        )
        raise Refused(status, message)
    if new.scheme != old.scheme and new.scheme != "https":
        message = (
            f"HTTP {status} sends from {old.scheme} to {shown(new.scheme)}, which is not followed",
            f"HTTP {status} renvoie de {old.scheme} à {shown(new.scheme)}, non suivi",
        )
        raise Refused(status, message)
    return f"{target}?{old.query}" if old.query and not new.query else target


def _said(kind: str, body: bytes) -> str:
    """What an error answer says, where it is text for people."""
    if "html" in kind or not body:
        return ""
    text = " ".join(body[:400].decode("utf-8", "replace").split())
    return shown(text, 200) if text else ""


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


def _short(address: str) -> str:
    """An address fit for a message: without its query."""
    return shown(address.split("?", 1)[0], 160)


def _at(address: str, en: str, fr: str) -> Pair:
    """What went wrong, behind the address that was asked."""
    return f"{_short(address)}: {en}", f"{_short(address)} : {fr}"


def _pool(base: str, deadline: Deadline) -> PoolManager:
    try:
        import urllib3
        from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
    except ImportError:
        english = "asking the register needs urllib3, which is not installed"
        hint = "`pip install 'myofind[fetch]'`, or read saved records with --from FILE"
        raise InputError(
            (english, "interroger le registre public demande urllib3, qui n'est pas installé"),
            (hint, "`pip install 'myofind[fetch]'`, ou lire des fiches enregistrées avec --from FICHIER"),
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


def _none(error: Exception) -> Words:
    name = type(error).__name__
    return f"no connection ({name})", f"pas de connexion ({name})"
