"""What can go wrong while a register is asked, each with its words in both languages and what to do instead; and the one time for an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from myofind.language import Pair, Words, both, worded

OFFLINE = (
    "save the records from https://clinicaltrials.gov in a browser (Download, JSON) and use `--from FILE`; "
    "another --user-agent may also be let through",
    "enregistrer les fiches depuis https://clinicaltrials.gov dans un navigateur (Download, JSON) et prendre "
    "`--from FICHIER` ; un autre --user-agent passe parfois aussi",
)
LATER = ("try again later", "réessayer plus tard")
LATER_OR_OFFLINE = (f"{LATER[0]}, or {OFFLINE[0]}", f"{LATER[1]}, ou {OFFLINE[1]}")


class Failed(Exception):
    """Something went wrong while asking: its words, and what to do instead, in both languages."""

    def __init__(self, words: Words, hint: Words = LATER_OR_OFFLINE) -> None:
        super().__init__(words)
        self.words: Pair = both(words)
        self.hint = hint

    def __str__(self) -> str:
        return worded(self.words)


class Unreachable(Failed):
    """The register cannot be asked at all: it refuses this program, or no answer comes. Ends the run."""


class Refused(Failed):
    """One request was answered with an error that concerns only it; `said` is what the server wrote for people."""

    def __init__(self, status: int, words: Words, said: str = "") -> None:
        super().__init__(words)
        self.status, self.said = status, said


class GaveUp(Failed):
    """One request failed as often as it is tried; others may still be answered."""


class NoConnection(Failed):
    """Nobody answers at this address."""


class Broken(Failed):
    """An answer that is not what it should be: cut off, not JSON, too long; asking again may help."""


class Later(Failed):
    """The server asks to come back; `wait` in seconds, where it says; `limit`: because it was asked too often."""

    def __init__(self, words: Words, wait: float | None, *, limit: bool = False) -> None:
        super().__init__(words)
        self.wait, self.limit = wait, limit


def late(seconds: float) -> Words:
    return f"no complete answer within {seconds:g} s", f"pas de réponse complète en {seconds:g} s"


class Deadline:
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
                raise Broken(late(seconds)) from error
            raise
        finally:
            watch.cancel()
            watch.join()  # one that has just gone off must not meet the sockets of the next answer
        if over.is_set():
            raise Broken(late(seconds))

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
