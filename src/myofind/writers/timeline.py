"""A trial's days as a drawing: a bar on an axis of years that all trials of a page share, with what a reader hears of it.

Lengths are those of the drawing's own box, `WIDTH` by `HEIGHT`, from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from myofind.names.vocabulary import label
from myofind.records import NamedTuple
from myofind.report.days import Axis, OwnDay, TrialDays
from myofind.words.wording import NAMES, STATUSES, Lang, headed, pick

WIDTH, HEIGHT, EDGE = 320, 58, 6
LEAST_BETWEEN_YEARS = 34
"""Year numbers closer than this would touch."""


class Tick(NamedTuple):
    """The beginning of a year; some have no room for their number."""

    x: float
    year: str


class Mark(NamedTuple):
    """A day, or the days from `x` on over `width`, with its name; `kind` chooses its look."""

    x: float
    kind: str
    name: str
    width: float = 0


class Drawing(NamedTuple):
    """A trial on the axis; `bar` is None where neither start nor end is recorded, `words` say all of it in sentences."""

    ticks: tuple[Tick, ...]
    bar: Mark | None
    today: float
    seen: tuple[Mark, ...]
    own: tuple[Mark, ...]
    words: tuple[str, ...]


def drawing(days: TrialDays, axis: Axis, day: date, lang: Lang) -> Drawing:
    """Lay out a trial's days; what lies beyond the axis is drawn at its edge and said in words."""
    seen, own = [], []
    for one in days.seen:
        if one.when.day >= axis.first:
            kind = _KINDS.get(one.status, "closed")
            seen.append(Mark(_x(one.when.day, axis), kind, pick(lang, *STATUSES[one.status])))
    for its in days.own:
        if axis.first <= its.last and its.first <= axis.last:
            left, right = _x(its.first, axis), _x(its.last, axis)
            own.append(Mark(left, its.kind, own_day(its, lang), round(right - left, 1)))
    words = tuple(_words(days, day, lang))
    return Drawing(_ticks(axis), _bar(days, axis), _x(day, axis), tuple(seen), tuple(own), words)


def _x(day: date, axis: Axis) -> float:
    share = (day - axis.first).days / (axis.last - axis.first).days
    return round(EDGE + (WIDTH - 2 * EDGE) * min(1.0, max(0.0, share)), 1)


@cache
def _ticks(axis: Axis) -> tuple[Tick, ...]:
    """The years of an axis, which many trials share."""
    years = range(axis.first.year, axis.last.year + 1)
    every = 1 + int(LEAST_BETWEEN_YEARS * len(years) // (WIDTH - 2 * EDGE))
    return tuple(
        Tick(_x(date(year, 1, 1), axis), str(year) if (year - axis.first.year) % every == 0 else "") for year in years
    )


def _bar(days: TrialDays, axis: Axis) -> Mark | None:
    """The bar; its kind says which ends are not drawn: not recorded, or beyond the axis."""
    if days.start is None and days.end is None:
        return None
    first = days.start.day if days.start else axis.first
    last = days.end.day if days.end else axis.last
    if last < axis.first or first > axis.last:
        return None
    from_left = days.start is None or first < axis.first
    to_right = days.end is None or last > axis.last
    kind = " ".join(name for name, is_so in (("from-before", from_left), ("goes-on", to_right)) if is_so)
    left, right = _x(first, axis), _x(last, axis)
    return Mark(left, kind, "", round(max(2.0, right - left), 1))


_KINDS = {"recruiting": "open", "enrolling_by_invitation": "open", "not_yet_recruiting": "upcoming"}
"""How a status is drawn; every other one as closed."""


def own_day(own: OwnDay, lang: Lang) -> str:
    """What a day of the patient's is, with the day."""
    when = own.first.isoformat()
    if own.first != own.last:
        when = pick(lang, f"between {when} and {own.last}", f"entre le {when} et le {own.last}")
    return headed(_own_name(own, lang), when, lang)


def _own_name(own: OwnDay, lang: Lang) -> str:
    if own.criterion is None:
        return pick(lang, *_OWN[own.kind])
    name = pick(lang, *NAMES[own.criterion.name])
    if own.criterion.name == "treatments":
        name = ", ".join(label("drugs", one, lang) for one in own.criterion.facts)
    return pick(lang, f"end of the wait ({name})", f"fin du délai ({name})")


_OWN = {
    "adult": ("18th birthday", "18 ans"),
    "opens": ("old enough", "âge atteint"),
    "closes": ("age limit passed", "limite d'âge dépassée"),
}


def _words(days: TrialDays, day: date, lang: Lang) -> Iterator[str]:
    """Everything that is drawn, in sentences."""
    start, end = (one.text if one else None for one in (days.start, days.end))
    if start and end:
        yield pick(lang, f"From {start} to {end}", f"Du {start} au {end}")
    elif start:
        yield pick(lang, f"From {start}, end not recorded", f"À partir du {start}, fin non renseignée")
    elif end:
        yield pick(lang, f"Until {end}, start not recorded", f"Jusqu'au {end}, début non renseigné")
    else:
        yield pick(lang, "Start and end not recorded", "Début et fin non renseignés")
    yield pick(lang, f"today {day}", f"ce jour {day}")
    if days.seen:
        seen = ", ".join(f"{one.when.text} {pick(lang, *STATUSES[one.status])}" for one in reversed(days.seen))
        yield pick(lang, f"status seen: {seen}", f"statut vu : {seen}")
    for own in days.own:
        yield own_day(own, lang)
