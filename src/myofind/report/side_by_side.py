"""Trials side by side for one patient, as a value: the facts of each, and the criteria on which they agree and differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from myofind.asking.typed import Profile, Typed, known_facts
from myofind.domain.dates import last_day
from myofind.domain.eligibility import Criterion
from myofind.records import NamedTuple
from myofind.report.answer import notes
from myofind.report.study import Studies, patient_facts, row, stamp
from myofind.report.values import Note, PatientFacts, Stamp, TrialRow

if TYPE_CHECKING:
    from myofind.registry.compiled import Store

_APART = ("treatments", "country")
"""Criteria that lines of their own tell."""


class Criteria(NamedTuple):
    """What each trial asks in one respect; nothing where it is not recorded.

    `name` is that of the criterion; `drugs` are those a line on treatments is about.
    """

    name: str
    of_each: tuple[tuple[Criterion, ...], ...]
    drugs: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether every trial asks the same."""
        return len({tuple(one.rule for one in asked) for asked in self.of_each}) == 1


class SideBySide(NamedTuple):
    """Some trials for one patient; `known` says whether anything is known of the patient, without which none is judged.

    `days_left` are the days until each trial's recorded end, negative once it is past.
    """

    stamp: Stamp
    asked: PatientFacts
    known: bool
    notes: tuple[Note, ...]
    rows: tuple[TrialRow, ...]
    days_left: tuple[int | None, ...]
    differing: tuple[Criteria, ...]
    agreeing: tuple[Criteria, ...]
    treatments: tuple[Criteria, ...]


def side_by_side(store: Store, profile: Profile, typed: Typed, ids: Sequence[str], day: date) -> SideBySide:
    """Some trials, in the order given, for a patient of whom nothing need be known."""
    studies = Studies(store, day)
    rows = tuple(row(studies.at(store.index.ids.index(id)), profile.patient, day, store) for id in ids)
    names = dict.fromkeys(one.name for row in rows for one in row.criteria if one.rule is not None)
    criteria = [Criteria(name, _of_each(rows, name)) for name in names if name not in _APART]
    return SideBySide(
        stamp(store.meta, day),
        patient_facts(profile),
        known_facts(typed),
        notes(profile, typed, day),
        rows,
        tuple((last_day(one.trial.end) - day).days if one.trial.end else None for one in rows),
        tuple(one for one in criteria if not one.agree),
        tuple(one for one in criteria if one.agree),
        tuple(_treatments(rows)),
    )


def _of_each(rows: Iterable[TrialRow], name: str) -> tuple[tuple[Criterion, ...], ...]:
    return tuple(tuple(one for one in row.criteria if one.rule is not None and one.name == name) for row in rows)


def _treatments(rows: Sequence[TrialRow]) -> Iterable[Criteria]:
    """What is asked of each drug or class; drugs of which every trial asks the same share a line.

    Wash-outs come first.
    """
    asked = _of_each(rows, "treatments")
    lines: dict[Any, Criteria] = {}
    for drug in dict.fromkeys(drug for several in asked for one in several for drug in one.rule.any):
        of_each = tuple(tuple(one for one in several if drug in one.rule.any) for several in asked)
        demand = tuple(tuple(one.rule._replace(any=()) for one in several) for several in of_each)
        line = lines.get(demand, Criteria("treatments", of_each))
        lines[demand] = line._replace(drugs=(*line.drugs, drug))
    not_waited_for = ("ever", "now", None)
    yield from sorted(
        lines.values(),
        key=lambda line: all(one.rule.excluded in not_waited_for for each in line.of_each for one in each),
    )
