"""What can go wrong while a register is asked, each with its words in both languages, and what to do instead."""

from __future__ import annotations

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
    """Something went wrong while asking; its words are in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words: Pair = both(words)

    def __str__(self) -> str:
        return worded(self.words)


class Unreachable(Failed):
    """The register cannot be asked at all: it refuses this program, or no answer comes. Ends the run."""

    def __init__(self, words: Words, hint: Words = "") -> None:
        super().__init__(words)
        self.hint = hint


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
