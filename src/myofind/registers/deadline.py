"""One time for a whole answer, however slowly its bytes drip."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from myofind.language import Words
from myofind.registers.failures import Broken


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
