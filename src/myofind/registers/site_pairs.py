"""The sites of a trial against the register's: paired by facility, city and country, never by their place in the list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from myofind.domain.trial import Site


def folded(text: str | None) -> str:
    """Letters and digits only, without case or accents."""
    plain = unicodedata.normalize("NFKD", text or "").casefold()
    return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def _named(site: Site) -> tuple[str, ...]:
    return site.country, folded(site.city), folded(site.facility)


def pair(old: tuple[Site, ...], new: tuple[Site, ...]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Which old site is which new one, by their numbers; and who is left over on either side.

    The same place and status are paired first, then the same place, then a bare city with a facility there.
    """
    pairs: list[tuple[int, int]] = []
    rest_old, rest_new = list(range(len(old))), list(range(len(new)))

    def join(key: Callable[[Site], tuple[str, ...]], bare: bool = False) -> None:
        waiting: dict[tuple[str, ...], list[int]] = {}
        for place in rest_new:
            waiting.setdefault(key(new[place]), []).append(place)
        for place in list(rest_old):
            if bare and (old[place].facility or not old[place].city):
                continue
            found = waiting.get(key(old[place]))
            if found:
                match = found.pop(0)
                pairs.append((place, match))
                rest_old.remove(place)
                rest_new.remove(match)

    join(lambda site: (*_named(site), site.status or ""))
    join(_named)
    join(lambda site: _named(site)[:2], bare=True)
    return sorted(pairs), rest_old, rest_new
