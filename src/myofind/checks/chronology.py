"""Days in their order: nothing is observed before it happened, ends before it starts, or stays recruiting for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from myofind.checks.release import version_of
from myofind.checks.rule import About, Entry, Found
from myofind.checks.text_places import spot
from myofind.diagnostics import Path
from myofind.domain.dates import first_day, last_day
from myofind.domain.recruitment import AGEING_DAYS, STATE_OF
from myofind.editing.text_edit import sorted_items
from myofind.files.yaml_nodes import position
from myofind.language import Pair
from myofind.registry.one_reading import names_date

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


_OVER = frozenset({"active_not_recruiting", "completed", "terminated"})

_ORDER = (("start", "primary_completion"), ("start", "end"), ("primary_completion", "end"))

_EXPLAINED = (
    "the entry under `conflicts` says so; correct it when the source does",
    "l'entrée de `conflicts` le dit ; corriger quand la source le fera",
)


def _explain(key: str) -> Pair:
    return (
        f"correct one; if the source prints it so, say it under `conflicts` (about: {key}), naming the dates",
        f"en corriger une ; si la source l'imprime ainsi, le dire sous `conflicts` (about: {key}) avec les dates",
    )


def _said(entry: Entry, keys: tuple[str, ...], days: tuple[str, ...]) -> bool:
    """Whether an entry under `conflicts` about one of some keys names the days themselves, in figures or in words."""
    texts = [
        " ".join(str(conflict.get(key, "")) for key in ("en", "note", "fr"))
        for conflict in entry.plain.get("conflicts", ())
        if conflict.get("about") in keys
    ]
    return any(all(names_date(text, day) for day in days) for text in texts)


def reversed_dates(entry: Entry, about: About) -> Iterator[Found]:
    """A study ends before it starts."""
    for earlier, later in _ORDER:
        first, second = entry.plain.get(earlier), entry.plain.get(later)
        if first is None or second is None or first_day(first) <= last_day(second):
            continue
        explained = _said(entry, (earlier, later), (first, second))
        yield Found(
            (later,),
            f"`{later}` {second} lies before `{earlier}` {first}",
            f"`{later}` {second} est avant `{earlier}` {first}",
            *(_EXPLAINED if explained else _explain(later)),
            severity="warning" if explained else None,
        )
        return


def future_date(about: About) -> Iterator[Found]:
    """A document, a page or a reading is dated after the day of evaluation."""
    for name, source in about.sources.items():
        yield from _future(("registry", "sources", name, "date"), source.get("date"), about.day)
    yield from _future(("registry", "as_of"), about.header.get("as_of"), about.day)
    version = version_of(about.header.get("version", ""))
    if version is not None and version[:2] > (about.day.year, about.day.month):
        yield Found(
            ("registry", "version"),
            f"the version is of a month after {about.day.isoformat()} (the day of evaluation)",
            f"la version est d'un mois après le {about.day.isoformat()} (le jour de l'évaluation)",
            f"write {about.day.year}.{about.day.month}.0, or the next number of this month",
            f"écrire {about.day.year}.{about.day.month}.0, ou le numéro suivant de ce mois",
        )
    for entry in about.entries:
        plain = entry.plain
        dated = [(key, place, item) for key in ("sources", "contacts") for place, item in enumerate(plain.get(key, ()))]
        for key, place, item in dated:
            if "date" in item:
                yield from _future((key, place, "date"), item["date"], about.day, entry)
        for part, key in (("record", "read"), ("record", "updated"), ("read", "on")):
            if part in plain:
                yield from _future((part, key), plain[part].get(key), about.day, entry)


def _future(path: Path, text: str | None, day: date, entry: Entry | None = None) -> Iterator[Found]:
    if text is not None and first_day(text) > day:
        message = (
            f"{text} lies after {day.isoformat()} (the day of evaluation)",
            f"{text} est après le {day.isoformat()} (le jour de l'évaluation)",
        )
        yield Found(path, *message, *READ_ON, entry=entry)


def registry_date_behind(about: About) -> Iterator[Found]:
    """A fact is newer than the day the registry says its newest fact was true."""
    text = about.header.get("as_of")
    if text is None:
        return
    newest = first_day(text)
    for entry in about.entries:
        for place, seen in entry.dated:
            day = first_day(seen["as_of"])
            if newest < day <= about.day:
                yield Found(
                    ("status", place, "as_of"),
                    f"observed on {seen['as_of']}, after the registry's `as_of` {text}",
                    f"observé le {seen['as_of']}, après le `as_of` du registre, {text}",
                    f"raise `as_of` of the registry to {seen['as_of']}, or correct the day",
                    f"porter le `as_of` du registre à {seen['as_of']}, ou corriger le jour",
                    entry=entry,
                )


def finished_before_start(entry: Entry, about: About) -> Iterator[Found]:
    """A study is said to be over, or closed to patients, before it started."""
    start = entry.plain.get("start")
    if start is None:
        return
    for place, seen in entry.dated:
        if seen.get("value") in _OVER and last_day(seen["as_of"]) < first_day(start):
            explained = _said(entry, ("start", "status"), (start,))
            yield Found(
                ("status", place, "value"),
                f"`{seen['value']}` on {seen['as_of']}, before the start {start}",
                f"`{seen['value']}` le {seen['as_of']}, avant le début {start}",
                *(_EXPLAINED if explained else _explain("start")),
                severity="warning" if explained else None,
                also=(("start",),),
            )


def recruiting_before_start(entry: Entry, about: About) -> Iterator[Found]:
    """A study is said to recruit, and starts on a day that has not come."""
    start, seen = entry.plain.get("start"), newest(entry, about.day)
    if start is None or seen is None or entry.explained("start", "status"):
        return
    if seen[1]["value"] == "recruiting" and first_day(start) > about.day:
        yield Found(
            ("status", seen[0], "value"),
            f"recruiting on {seen[1]['as_of']}, and the start of the study is {start}",
            f"en recrutement le {seen[1]['as_of']}, et le début de l'étude est noté {start}",
            "write `not_yet_recruiting`, or the day on which it did start",
            "écrire `not_yet_recruiting`, ou le jour où elle a commencé",
            also=(("start",),),
        )
