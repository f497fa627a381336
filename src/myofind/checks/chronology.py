"""Days in their order: nothing is observed before it happened, ends before it starts, or stays recruiting for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from myofind.checks.rule import About, Entry, Found
from myofind.diagnostics import Path
from myofind.domain.dates import first_day, last_day
from myofind.domain.recruitment import AGEING_DAYS, STATE_OF
from myofind.editing.text_edit import Splice
from myofind.language import Pair

Checked = Iterator[tuple["Entry | None", Found]]

_OVER = frozenset({"active_not_recruiting", "completed", "terminated"})
_ORDER = (("start", "primary_completion"), ("start", "end"), ("primary_completion", "end"))


_READ_ON = ("write the day it was read", "écrire le jour où cela a été lu")
_EXPLAINED = (
    "the entry under `conflicts` says so; correct it when the source does",
    "l'entrée de `conflicts` le dit ; corriger quand la source le fera",
)


def _explain(key: str) -> Pair:
    return (
        f"correct one; if the source prints it so, say it under `conflicts` (about: {key})",
        f"en corriger une ; si la source l'imprime ainsi, le dire sous `conflicts` (about: {key})",
    )


def reversed_dates(entry: Entry, about: About) -> Iterator[Found]:
    """A study ends before it starts.

    One of the two dates is wrong, and with it whether the study is overdue. Where the source itself prints them so,
    an entry under `conflicts` says it, and the finding is a warning.

    Fails:
    start: 2027-02
    end: 2022-10

    Passes:
    start: 2022-10
    end: 2027-02
    """
    for earlier, later in _ORDER:
        first, second = entry.plain.get(earlier), entry.plain.get(later)
        if first is None or second is None or first_day(first) <= last_day(second):
            continue
        explained = entry.explained(earlier, later)
        yield Found(
            (later,),
            (
                f"`{later}` {second} lies before `{earlier}` {first}",
                f"`{later}` {second} est avant `{earlier}` {first}",
            ),
            _EXPLAINED if explained else _explain(later),
            severity="warning" if explained else None,
        )
        return


def future_status(entry: Entry, about: About) -> Iterator[Found]:
    """A status was observed on a day that has not come.

    It would be ignored until that day, and then be taken for newer than it is.

    Fails:
    status:
      - {value: recruiting, as_of: 2099-01-01, source: afm-2025}

    Passes:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    """
    for place, seen in _dated(entry):
        if first_day(seen["as_of"]) > about.day:
            message = (
                f"observed on {seen['as_of']}, after {about.day.isoformat()} (the day of evaluation)",
                f"observé le {seen['as_of']}, après le {about.day.isoformat()} (le jour de l'évaluation)",
            )
            yield Found(("status", place, "as_of"), message, _READ_ON)


def _dated(entry: Entry) -> Iterator[tuple[int, dict[str, str]]]:
    for place, seen in enumerate(entry.plain.get("status", ())):
        if "as_of" in seen:
            yield place, seen


def future_date(about: About) -> Checked:
    """A document, a page or a reading is dated after the day of evaluation.

    What is cited has been read, so its day has come.

    Fails:
    sources:
      - {ref: afm-2025, at: l. 1, date: 2099-01-01}

    Passes:
    sources:
      - {ref: afm-2025, at: l. 1, date: 2025-05-17}
    """
    for name, source in about.sources.items():
        yield from (
            (None, one) for one in _future(("registry", "sources", name, "date"), source.get("date"), about.day)
        )
    yield from ((None, one) for one in _future(("registry", "as_of"), about.header.get("as_of"), about.day))
    for entry in about.entries:
        for place, source in enumerate(entry.plain.get("sources", ())):
            yield from ((entry, one) for one in _future(("sources", place, "date"), source.get("date"), about.day))
        for place, contact in enumerate(entry.plain.get("contacts", ())):
            yield from ((entry, one) for one in _future(("contacts", place, "date"), contact.get("date"), about.day))
        for part, key in (("record", "read"), ("record", "updated"), ("read", "on")):
            value = entry.plain.get(part, {}).get(key)
            yield from ((entry, one) for one in _future((part, key), value, about.day))


def _future(path: Path, text: str | None, day: date) -> Iterator[Found]:
    if text is not None and first_day(text) > day:
        message = (
            f"{text} lies after {day.isoformat()} (the day of evaluation)",
            f"{text} est après le {day.isoformat()} (le jour de l'évaluation)",
        )
        yield Found(path, message, _READ_ON)


def registry_date_behind(about: About) -> Checked:
    """A fact is newer than the day the registry says its newest fact was true.

    Every answer shows that day; it must not be older than what the answer rests on.

    Fails:
    registry:
      as_of: 2025-01-01
    trials:
      - status:
          - {value: recruiting, as_of: 2025-05-17, source: afm-2025}

    Passes:
    registry:
      as_of: 2025-05-17
    trials:
      - status:
          - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    """
    text = about.header.get("as_of")
    if text is None:
        return
    newest = first_day(text)
    for entry in about.entries:
        for place, seen in _dated(entry):
            day = first_day(seen["as_of"])
            if newest < day <= about.day:
                yield (
                    entry,
                    Found(
                        ("status", place, "as_of"),
                        (
                            f"observed on {seen['as_of']}, after the registry's `as_of` {text}",
                            f"observé le {seen['as_of']}, après le `as_of` du registre, {text}",
                        ),
                        (
                            f"raise `as_of` of the registry to {seen['as_of']}, or correct the day",
                            f"porter le `as_of` du registre à {seen['as_of']}, ou corriger le jour",
                        ),
                    ),
                )


def unordered_status(entry: Entry, about: About) -> Iterator[Found]:
    """The observations of the status are not newest first.

    The first line is what an editor reads as the present state.

    Fails:
    status:
      - {value: recruiting, as_of: 2024-03-01, source: afm-2025}
      - {value: completed, as_of: 2025-05-17, source: afm-2025}

    Passes:
    status:
      - {value: completed, as_of: 2025-05-17, source: afm-2025}
      - {value: recruiting, as_of: 2024-03-01, source: afm-2025}
    """
    previous: str | None = None
    for place, seen in _dated(entry):
        if previous is not None and first_day(seen["as_of"]) > last_day(previous):
            yield Found(
                ("status", place),
                (
                    f"the observation of {seen['as_of']} stands below the older one of {previous}",
                    f"l'observation du {seen['as_of']} est sous celle du {previous}, plus ancienne",
                ),
                ("write the newest observation first", "écrire d'abord l'observation la plus récente"),
                fix=_newest_first if len(list(_dated(entry))) == len(entry.plain["status"]) else None,
                base=("status",),
            )
            return
        previous = seen["as_of"]


def contradictory_status(entry: Entry, about: About) -> Iterator[Found]:
    """Two observations of the same day give different statuses.

    The registry cannot tell which is true; an entry under `conflicts` says which was kept and why.

    Fails:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
      - {value: completed, as_of: 2025-05-17, source: afm-2025}

    Passes:
    status:
      - {value: completed, as_of: 2025-05-17, source: afm-2025}
      - {value: recruiting, as_of: 2025-04-02, source: afm-2025}
    """
    values: dict[str, str] = {}
    for place, seen in _dated(entry):
        if "value" in seen:
            first = values.setdefault(seen["as_of"], seen["value"])
            if first != seen["value"] and not entry.explained("status"):
                yield Found(
                    ("status", place, "value"),
                    (
                        f"`{seen['value']}` on {seen['as_of']}, the day of an observation that says `{first}`",
                        f"`{seen['value']}` le {seen['as_of']}, jour d'une observation qui dit `{first}`",
                    ),
                    (
                        "correct one, or say under `conflicts` (about: status) which is kept",
                        "en corriger une, ou dire sous `conflicts` (about: status) laquelle est gardée",
                    ),
                )


def status_after_source(entry: Entry, about: About) -> Iterator[Found]:
    """A status was observed after the date of the document it cites.

    A document of May cannot tell what was true in July: either the day or the source is another.

    Fails:
    status:
      - {value: recruiting, as_of: 2025-05-30, source: afm-2025}

    Passes:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    """
    pages = {
        (page["ref"], page["at"]): page["date"]
        for page in entry.plain.get("sources", ())
        if {"ref", "at", "date"} <= set(page)
    }
    for place, seen in _dated(entry):
        name = seen.get("source", "")
        printed = about.sources.get(name, {}).get("date")
        page = pages.get((name, seen.get("at", "")))
        dated = printed or page
        if dated is None or first_day(seen["as_of"]) <= last_day(dated) or first_day(seen["as_of"]) > about.day:
            continue
        yield Found(
            ("status", place, "as_of"),
            (
                f"observed on {seen['as_of']}, after the date of `{name}` ({dated})",
                f"observé le {seen['as_of']}, après la date de `{name}` ({dated})",
            ),
            (
                f"write a day up to {dated}, or name the source that says it",
                f"écrire un jour jusqu'au {dated}, ou nommer la source qui le dit",
            ),
            severity=None if printed else "warning",
        )


def newest(entry: Entry, day: date) -> tuple[int, dict[str, str]] | None:
    """The observation that holds on a day, and its place."""
    best: tuple[date, int, dict[str, str]] | None = None
    for place, seen in _dated(entry):
        known = first_day(seen["as_of"])
        if known <= day and "value" in seen and (best is None or known > best[0]):
            best = (known, place, seen)
    return best and (best[1], best[2])


def finished_before_start(entry: Entry, about: About) -> Iterator[Found]:
    """A study is said to be over, or closed to patients, before it started.

    Either the status, its day, or the start is wrong.

    Fails:
    status:
      - {value: completed, as_of: 2022-05-17, source: afm-2025}
    start: 2024-06

    Passes:
    status:
      - {value: completed, as_of: 2025-05-17, source: afm-2025}
    start: 2022-06
    """
    start = entry.plain.get("start")
    if start is None:
        return
    for place, seen in _dated(entry):
        if seen.get("value") in _OVER and last_day(seen["as_of"]) < first_day(start):
            explained = entry.explained("start", "status")
            yield Found(
                ("status", place, "value"),
                (
                    f"`{seen['value']}` on {seen['as_of']}, before the start {start}",
                    f"`{seen['value']}` le {seen['as_of']}, avant le début {start}",
                ),
                _EXPLAINED if explained else _explain("start"),
                severity="warning" if explained else None,
                also=(("start",),),
            )


def overdue_status(entry: Entry, about: About) -> Iterator[Found]:
    """A trial is recorded as recruiting after its own end.

    One of the two is out of date; answers call it overdue, never plainly recruiting.

    Fails:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    end: 2024-06

    Passes:
    status:
      - {value: completed, as_of: 2025-05-17, source: afm-2025}
    end: 2024-06
    """
    found, end = newest(entry, about.day), entry.plain.get("end")
    if found and end is not None and STATE_OF[found[1]["value"]] == "open" and last_day(end) < about.day:
        yield Found(
            ("status", found[0], "value"),
            (
                f"recruiting on {found[1]['as_of']}, and the study ended in {end}",
                f"en recrutement le {found[1]['as_of']}, et l'étude a fini en {end}",
            ),
            (
                "look the study up again; record its status or its new end",
                "vérifier l'étude ; noter son état ou sa nouvelle fin",
            ),
            also=(("status",), ("end",)),
        )


def stale_status(entry: Entry, about: About) -> Iterator[Found]:
    """A status that calls patients in was observed more than a year ago.

    Trials close; a patient should not be sent to one on knowledge that old.

    Fails:
    status:
      - {value: recruiting, as_of: 2019-05-17, source: afm-2025}

    Passes:
    status:
      - {value: recruiting, as_of: 2025-05-17, source: afm-2025}
    """
    found = newest(entry, about.day)
    if found and STATE_OF[found[1]["value"]] in ("open", "upcoming", "by_invitation"):
        age = (about.day - first_day(found[1]["as_of"])).days
        if age > AGEING_DAYS:
            yield Found(
                ("status", found[0], "as_of"),
                (
                    f"`{found[1]['value']}` was observed {age} days ago ({found[1]['as_of']})",
                    f"`{found[1]['value']}` a été observé il y a {age} jours ({found[1]['as_of']})",
                ),
                (
                    "look the study up again and add what is true now",
                    "vérifier l'étude et ajouter ce qui est vrai maintenant",
                ),
                also=(("status",), ("end",)),
            )


def _newest_first(node: object, text: str) -> list[Splice]:
    from myofind.editing.reorder import sorted_items

    return sorted_items(node, text, "as_of")
