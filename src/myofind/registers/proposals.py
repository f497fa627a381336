"""What a record proposes to a trial: values only, to be shown, written or judged."""

from __future__ import annotations

from typing import Any, Literal

from myofind.editing.edits import Edit
from myofind.editing.yaml_text import Value
from myofind.records import NamedTuple
from myofind.registers.ctgov import Record

Kind = Literal["change", "confirm", "past", "flag", "held", "older"]
"""`change` can be written; so can `confirm`, the same status on a later day, and `past`, a status of an earlier day that
the registry has nothing of; `flag` is for a person to judge; `held` was decided by a curator in `conflicts`; `older` is
less recent than what the registry holds."""

WRITTEN: tuple[Kind, ...] = ("change", "confirm", "past")

TEXTS = ("title", "conditions", "criteria")


class Seen(NamedTuple):
    """Where and when a record was read: a declared source, the day its data were true, and the place in it."""

    day: str
    source: str
    at: str

    def observation(self, status: str) -> dict[str, Value]:
        """A status read there and then, as an editor writes it."""
        return {"value": status, "as_of": self.day, "source": self.source, "at": self.at}


RemarkCode = Literal[
    "plain", "held_by", "conflict", "both_numbers", "parent_moved", "number_moved", "ruled_out", "complete", "countries_first", "other_number",
    "text_changed", "same_day", "lapsing", "last_known", "site_named", "site_status", "site_gone", "site_new",
]  # fmt: skip


class Remark(NamedTuple):
    """What is said beside a change: a code and its arguments, worded in `words.refreshing`."""

    code: RemarkCode
    words: tuple[str, ...] = ()


class Change(NamedTuple):
    """One fact that differs: both sides with their sources, and the edits that would write the new one."""

    key: str
    kind: Kind
    old: Any
    new: Any
    old_source: str | None = None
    old_date: str | None = None
    remarks: tuple[Remark, ...] = ()
    edits: tuple[Edit, ...] = ()


class Proposal(NamedTuple):
    """All that a record says to a trial; `bookkeeping` are the edits of `record`, written along."""

    trial: str
    record: Record
    seen: Seen
    changes: tuple[Change, ...]
    bookkeeping: tuple[Edit, ...] = ()

    @property
    def drift(self) -> tuple[Change, ...]:
        """What changed at the register: facts to write and texts to read again."""
        return tuple(change for change in self.changes if change.kind in ("change", "flag"))


def contact_values(record: Record, seen: Seen) -> list[Value]:
    """The study's own lines as an editor writes them; the country only where the study has one."""
    where: dict[str, Value] = {"where": record.countries[0]} if len(record.countries) == 1 else {}
    lines: list[Value] = []
    for one in record.contacts:
        told = {key: value for key, value in one._asdict().items() if value}
        lines.append({**where, **told, "source": seen.source, "at": seen.at, "date": seen.day})
    return lines
