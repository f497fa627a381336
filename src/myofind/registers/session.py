"""One refresh: which trials are asked about, which record is whose, what all of it says, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from myofind.diagnostics import InputError, shown
from myofind.domain.trial import Source, Trial
from myofind.language import Words
from myofind.records import NamedTuple
from myofind.registers.compare import RecordComparison
from myofind.registers.ctgov import NCT, Record
from myofind.registers.proposals import Proposal, Seen


class Found(NamedTuple):
    """A record, the number it was asked under (its own where it was not asked for), and where and when it was read."""

    asked: str
    record: Record
    seen: Seen


class Terms(NamedTuple):
    """How records are compared."""

    force: bool = False
    texts_read: bool = False
    only_drift: bool = False


class Met(NamedTuple):
    """Proposals in the order of the registry, and who had no counterpart on either side."""

    proposals: tuple[Proposal, ...]
    absent: tuple[str, ...]
    """Trials with an NCT number that no record is of."""
    unlisted: tuple[str, ...]
    """Numbers of records that are of no trial of the registry."""
    read: int
    """Trials that met their record, also those of which nothing is proposed."""


class Session:
    """Trials of a registry, about to meet records."""

    def __init__(self, trials: Iterable[Trial], sources: Mapping[str, Source], terms: Terms) -> None:
        self.trials = tuple(trials)
        self.sources, self.terms = sources, terms
        self.ids = frozenset(trial.id for trial in self.trials)
        self.parents = frozenset(parent for trial in self.trials for parent in trial.extends)

    def asked(self, names: Iterable[str]) -> tuple[Trial, ...]:
        """The trials named by number, or all that have an NCT number; raises InputError for one the registry lacks."""
        wanted = list(names)
        if not wanted:
            return tuple(trial for trial in self.trials if numbers(trial))
        return tuple(dict.fromkeys(self.named(one) for one in wanted))

    def named(self, text: str) -> Trial:
        """The trial of a number."""
        name = text.strip().casefold()
        for trial in self.trials:
            if name in {one.casefold() for one in (trial.id, *numbers(trial))}:
                if not numbers(trial):
                    english = f"{trial.id} has no NCT number to refresh from"
                    raise InputError(
                        (english, f"{trial.id} n'a pas de numéro NCT par où l'actualiser"),
                        ("add one: `ids: {nct: …}`", "en ajouter un : `ids: {nct: …}`"),
                    )
                return trial
        fresh = NCT.fullmatch(name.upper())
        raise InputError(
            (f"the registry has no trial `{shown(text)}`", f"le registre n'a pas d'essai `{shown(text)}`"),
            (
                f"`myofind draft {name.upper()}` starts an entry",
                f"`myofind draft {name.upper()}` commence une entrée",
            )
            if fresh
            else ("name trials by their number", "nommer les essais par leur numéro"),
        )

    def meet(self, asked: Iterable[Trial], found: Iterable[Found]) -> Met:
        """Bring trials and records together."""
        records = tuple(found)
        by_number: dict[str, Found] = {}
        for one in records:
            for alias in one.record.aliases:
                by_number.setdefault(alias, one)
        for one in records:
            by_number[one.asked] = by_number[one.record.nct] = one
        proposals, absent, met = [], [], 0
        for trial in asked:
            match = next((by_number[number] for number in numbers(trial) if number in by_number), None)
            if match is None:
                absent.append(trial.id)
                continue
            met += 1
            proposal = self.again(trial, Proposal(trial.id, match.record, match.seen, ()))
            if proposal.drift or not self.terms.only_drift:
                proposals.append(proposal)
        mine = {number for trial in self.trials for number in numbers(trial)}
        unlisted = {one.record.nct for one in records if not mine & {one.asked, one.record.nct, *one.record.aliases}}
        return Met(tuple(proposals), tuple(absent), tuple(sorted(unlisted)), met)

    def again(self, trial: Trial, proposal: Proposal) -> Proposal:
        """The same record put to a trial as it is now."""
        others, terms = self.ids - {proposal.trial}, self.terms
        fresh = RecordComparison(
            trial, proposal.record, proposal.seen, self.sources, others, self.parents, terms.force, terms.texts_read
        ).proposal()
        if not self.terms.only_drift:
            return fresh
        return fresh._replace(changes=tuple(one for one in fresh.changes if one.kind not in ("confirm", "past")))


def numbers(trial: Trial) -> tuple[str, ...]:
    """The NCT numbers of a trial, its id first."""
    return tuple(one for one in (trial.id, *dict(trial.ids).get("nct", ())) if NCT.fullmatch(one))


# What it gives ---------------------------------------------------------------------------------------------------------


class RefreshReport(NamedTuple):
    """Everything a refresh has to say."""

    registry: dict[str, Any]
    source: str
    proposals: tuple[Proposal, ...]
    names: dict[str, str]
    """What people call each trial, by id."""
    read: int = 0
    """Trials whose record was read, also those of which nothing is proposed."""
    failed: tuple[tuple[str, Words], ...] = ()
    absent: int = 0
    """Trials of the registry the input says nothing of."""
    unlisted: tuple[str, ...] = ()
    """Numbers in the input that the registry lacks."""
    refused: tuple[tuple[str, Words], ...] = ()
    written: tuple[str, ...] | None = None
    """Trials written, or None where nothing was asked to be written."""
    complete: bool = True
    """Whether everything asked for was read."""


def counts(outcome: RefreshReport) -> dict[str, int]:
    """Numbers of trials and of changes, by kind."""
    kinds = [change.kind for one in outcome.proposals for change in one.changes]
    return {
        "read": outcome.read,
        "drifted": sum(bool(one.drift) for one in outcome.proposals),
        "changes": kinds.count("change"),
        "confirmed": kinds.count("confirm"),
        "past": kinds.count("past"),
        "to_judge": kinds.count("flag"),
        "held": kinds.count("held"),
        "older": kinds.count("older"),
        "failed": len(outcome.failed),
        "absent": outcome.absent,
        "unlisted": len(outcome.unlisted),
    }
