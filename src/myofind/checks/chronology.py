"""Days in their order: nothing is observed before it happened, ends before it starts, or stays recruiting for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from myofind.checks.observations import READ_ON, newest
from myofind.checks.release import version_of
from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path
from myofind.domain.dates import first_day, last_day
from myofind.language import Pair
from myofind.registry.one_reading import names_date

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
        for key in ("sources", "contacts"):
            for place, item in enumerate(entry.plain.get(key, ())):
                yield from _future((key, place, "date"), item.get("date"), about.day, entry)
        for part, key in (("record", "read"), ("record", "updated"), ("read", "on")):
            yield from _future((part, key), entry.plain.get(part, {}).get(key), about.day, entry)


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
