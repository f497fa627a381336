"""Which of many names can be within a few letters of a typed one, told from the letters they hold, before any distance is measured.

A name that lacks four of the typed letters is at least four changes away, whatever their order. Each letter has one whole number whose bit
`n` says whether name `n` holds it, so that thousands of names are counted at once; what is left is few, and a distance is measured for those.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, repeat

__all__ = ["Names"]

_BITS = bytes.maketrans(b"01", b"\0\1")
_MORE_THAN = [b"0" * (time + 1) + b"1" * (255 - time) for time in range(255)]
"""For each number, how counts become the digits of a binary number: `1` where the count is above it."""


class Names:
    """Names by length, and which letters each holds, counted when a letter is first asked about."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names, key=len)
        longest = len(self._names[-1]) if self._names else 0
        self._before = [0] * (longest + 2)
        """How many names are shorter than each length."""
        for name in self._names:
            self._before[len(name) + 1] += 1
        for length in range(1, longest + 2):
            self._before[length] += self._before[length - 1]
        self._holding: dict[str, tuple[int, ...]] = {}

    def within(self, typed: str, spread: int, reach: int) -> list[str]:
        """The names at most `spread` letters longer or shorter that lack at most `reach` of the letters typed, shorter ones first.

        Every name of such a length that is at most `reach` changes away is among them.
        """
        shortest, longest = max(0, len(typed) - spread), min(len(self._before) - 2, len(typed) + spread)
        if shortest > longest:
            return []
        first, end = self._before[shortest], self._before[longest + 1]
        every = (1 << (end - first)) - 1
        lacking = [every] * (reach + 1)
        """For each number of letters, the names that lack at most so many of those seen so far."""
        times: dict[str, int] = {}
        for letter in typed:
            time = times[letter] = times.get(letter, -1) + 1
            held = self._holding.get(letter)
            if held is None:
                held = self._held(letter)
            holding = (held[time] >> first) & every if time < len(held) else 0
            for count in range(reach, 0, -1):
                lacking[count] = lacking[count] & holding | lacking[count - 1]
            lacking[0] &= holding
        chosen = f"{lacking[reach]:0{end - first}b}"[::-1].encode().translate(_BITS)
        return list(compress(self._names[first:end], chosen))

    def _held(self, letter: str) -> tuple[int, ...]:
        """For one, two and more times, the names that hold a letter so often, name `n` as bit `n`."""
        counts = bytes(map(str.count, reversed(self._names), repeat(letter)))
        held = tuple(int(counts.translate(_MORE_THAN[time]), 2) for time in range(max(counts, default=0)))
        return self._holding.setdefault(letter, held)
