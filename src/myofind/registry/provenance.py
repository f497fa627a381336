"""Where a rule comes from: the entries of a trial's `sources` that speak for it.

An entry with `for` speaks for the keys it names; an entry without speaks for every key that no other entry claims.
"""

from collections.abc import Sequence

from myofind.domain.trial import Source, SourceRef, Trial
from myofind.names.facts import FACTS
from myofind.records import NamedTuple

KEYS: dict[str, tuple[str, ...]] = {
    "country": ("countries", "sites"),
    "enrolment": ("takes_nobody", "extends", "kind", "draft"),
}
"""The keys of a trial that hold the rule of a criterion; all others stand under `eligibility`, or in a cohort."""


class Origin(NamedTuple):
    """A source of a rule: its short name, title, place and date."""

    ref: str
    title: str | None
    at: str | None
    date: str | None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.ref, self.at, self.date) if part)


def origins(trial: Trial, name: str, declared: Sequence[Source] = (), cohort: bool = False) -> tuple[Origin, ...]:
    """The sources of a criterion's rule; none where the trial names none."""
    keys = KEYS.get(name) or (*_in_eligibility(name), *(("cohorts", "eligibility") if cohort else ("eligibility",)))
    found: list[SourceRef] = []
    for key in keys:
        found = [one for one in trial.sources if key in one.keys]
        if found:
            break
    if not found:
        found = [one for one in trial.sources if not one.keys] or list(trial.sources)
    about = {source.id: source for source in declared}
    described = ((one, about.get(one.ref)) for one in found)
    return tuple(
        Origin(one.ref, source and source.title, one.at, one.date or (source and source.date))
        for one, source in described
    )


def _in_eligibility(name: str) -> tuple[str, ...]:
    """The keys below `eligibility` that hold a rule, the closest first."""
    if name in ("any_of", "at_least", "treatments"):
        return (name,)
    id = {"duration": "onset", "onset_age": "onset"}.get(name, name)
    return (f"facts.{id}", "facts", name) if id in FACTS and id != "sex" else ()
