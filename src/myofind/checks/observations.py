"""Observations of the status: newest first, of days that have come, not older than the documents they cite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from myofind.checks.rule import About, Entry, Found
from myofind.checks.text_places import spot
from myofind.domain.dates import first_day, last_day
from myofind.domain.recruitment import AGEING_DAYS, STATE_OF
from myofind.editing.text_edit import sorted_items
from myofind.files.yaml_nodes import position

READ_ON = ("write the day it was read", "écrire le jour où cela a été lu")


def newest(entry: Entry, day: date) -> tuple[int, dict[str, str]] | None:
    """The observation that holds on a day, and its place."""
    known = [one for one in entry.dated if "value" in one[1] and first_day(one[1]["as_of"]) <= day]
    return max(known, key=lambda one: first_day(one[1]["as_of"]), default=None)


def future_status(entry: Entry, about: About) -> Iterator[Found]:
    """A status was observed on a day that has not come."""
    for place, seen in entry.dated:
        if first_day(seen["as_of"]) > about.day:
            message = (
                f"observed on {seen['as_of']}, after {about.day.isoformat()} (the day of evaluation)",
                f"observé le {seen['as_of']}, après le {about.day.isoformat()} (le jour de l'évaluation)",
            )
            yield Found(("status", place, "as_of"), *message, *READ_ON)


def unordered_status(entry: Entry, about: About) -> Iterator[Found]:
    """The observations of the status are not newest first."""
    days = [seen["as_of"] for _, seen in entry.dated]
    wrong = next((n for n in range(1, len(days)) if _rises(days[n - 1], days[n])), None)
    if wrong is None:
        return
    typed = _mistyped(entry, days)
    if typed is not None:
        place, printed = typed
        yield Found(
            ("status", place, "as_of"),
            f"observed on {entry.plain['status'][place]['as_of']}; its source is dated {printed}, where it would stand in order",
            f"observé le {entry.plain['status'][place]['as_of']} ; sa source est du {printed}, qui irait dans l'ordre",
            f"write {printed} if the day is mistyped",
            f"écrire {printed} si le jour est mal tapé",
        )
        return
    (place, seen), (before, earlier) = entry.dated[wrong], entry.dated[wrong - 1]
    line, above = (position(spot(about.read, ("trials", entry.place, "status", n)).node).line for n in (place, before))
    yield Found(
        ("status", place),
        f"the observation of {seen['as_of']} (line {line}) stands below the older one of {earlier['as_of']} (line {above})",
        f"l'observation du {seen['as_of']} (ligne {line}) est sous celle du {earlier['as_of']} (ligne {above}), plus ancienne",
        "a day is mistyped, or the lines are in the wrong order: the newest observation stands first",
        "un jour est mal tapé, ou les lignes sont dans le mauvais ordre : l'observation la plus récente va d'abord",
        fix=partial(sorted_items, key="as_of") if _movable(entry) else None,
        base=("status",),
    )


def _rises(above: str, below: str) -> bool:
    """Whether a day that stands below another one is certainly later."""
    return first_day(below) > last_day(above)


def _mistyped(entry: Entry, days: list[str]) -> tuple[int, str] | None:
    """The one observation that the day of its own source would put in order: its place, and that day."""
    pages = _page_days(entry)
    meant = []
    for number, (place, seen) in enumerate(entry.dated):
        printed = pages.get((seen.get("source", ""), seen.get("at", "")))
        if printed is not None and (_rises(printed, days[number]) or _rises(days[number], printed)):
            ordered = [*days[:number], printed, *days[number + 1 :]]
            if not any(_rises(above, below) for above, below in pairwise(ordered)):
                meant.append((place, printed))
    return meant[0] if len(meant) == 1 else None


def _page_days(entry: Entry) -> dict[tuple[str, str], str]:
    """The day of each page that the sources of a trial date, by the source and the place in it."""
    pages = entry.plain.get("sources", ())
    return {(page["ref"], page["at"]): page["date"] for page in pages if {"ref", "at", "date"} <= set(page)}


def _movable(entry: Entry) -> bool:
    """Whether the lines can be put in order and the first still says the same: a mistyped day never reopens a trial."""
    if len(entry.dated) != len(entry.plain["status"]):
        return False
    newest_seen = max((seen for _, seen in entry.dated), key=lambda seen: seen["as_of"])
    return newest_seen.get("value") == entry.dated[0][1].get("value")


def contradictory_status(entry: Entry, about: About) -> Iterator[Found]:
    """Two observations of the same day give different statuses."""
    values: dict[str, str] = {}
    for place, seen in entry.dated:
        if "value" in seen:
            first = values.setdefault(seen["as_of"], seen["value"])
            if first != seen["value"] and not entry.explained("status"):
                yield Found(
                    ("status", place, "value"),
                    f"`{seen['value']}` on {seen['as_of']}, the day of an observation that says `{first}`",
                    f"`{seen['value']}` le {seen['as_of']}, jour d'une observation qui dit `{first}`",
                    "correct one, or say under `conflicts` (about: status) which is kept",
                    "en corriger une, ou dire sous `conflicts` (about: status) laquelle est gardée",
                )


def status_after_source(entry: Entry, about: About) -> Iterator[Found]:
    """A status was observed after the date of the document it cites."""
    pages = _page_days(entry)
    for place, seen in entry.dated:
        name = seen.get("source", "")
        printed = about.sources.get(name, {}).get("date")
        page = pages.get((name, seen.get("at", "")))
        known = printed or page
        if known is None or first_day(seen["as_of"]) <= last_day(known) or first_day(seen["as_of"]) > about.day:
            continue
        yield Found(
            ("status", place, "as_of"),
            f"observed on {seen['as_of']}, after the date of `{name}` ({known})",
            f"observé le {seen['as_of']}, après la date de `{name}` ({known})",
            f"write a day up to {known}, or name the source that says it",
            f"écrire un jour jusqu'au {known}, ou nommer la source qui le dit",
            severity=None if printed else "warning",
        )


def overdue_status(entry: Entry, about: About) -> Iterator[Found]:
    """A trial is recorded as recruiting after its own end."""
    found, end = newest(entry, about.day), entry.plain.get("end")
    if found and end is not None and STATE_OF[found[1]["value"]] == "open" and last_day(end) < about.day:
        yield Found(
            ("status", found[0], "value"),
            f"recruiting on {found[1]['as_of']}, and the end of the study is {end}",
            f"en recrutement le {found[1]['as_of']}, et la fin de l'étude est notée {end}",
            "look the study up again; record its status or its new end",
            "vérifier l'étude ; noter son état ou sa nouvelle fin",
            also=(("status",), ("end",)),
        )


def stale_status(entry: Entry, about: About) -> Iterator[Found]:
    """A status that calls patients in was observed more than a year ago."""
    found = newest(entry, about.day)
    if found and STATE_OF[found[1]["value"]] in ("open", "upcoming", "by_invitation"):
        age = (about.day - first_day(found[1]["as_of"])).days
        if age > AGEING_DAYS:
            yield Found(
                ("status", found[0], "as_of"),
                f"`{found[1]['value']}` was observed {age} days ago ({found[1]['as_of']})",
                f"`{found[1]['value']}` a été observé il y a {age} jours ({found[1]['as_of']})",
                "look the study up again and add what is true now",
                "vérifier l'étude et ajouter ce qui est vrai maintenant",
                also=(("status",), ("end",)),
            )
