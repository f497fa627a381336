"""The short name of a trial that leads back to it alone: its acronym, the drug it tests, or else its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from myofind.domain.trial import LeadingName, Trial
from myofind.names.drug_names import short_name
from myofind.registry.search import fold, texts


def leading_names(trials: Iterable[Trial]) -> tuple[LeadingName, ...]:
    """For each trial the first of its short names that no other trial of the registry bears, in either language."""
    listed = tuple(trials)
    names = [_names(trial) for trial in listed]
    bearers = Counter(name for own in names for name in own)
    return tuple(_leading(trial, own, bearers) for trial, own in zip(listed, names, strict=True))


def _names(trial: Trial) -> set[str]:
    """Every number, acronym and drug name of a trial, folded as a search folds them."""
    fields = texts(trial)
    return {fold(text) for field in ("id", "acronym", "drug") for text in fields[field]}


def _leading(trial: Trial, own: set[str], bearers: Counter[str]) -> LeadingName:
    def leads(name: str) -> bool:
        return fold(name) in own and bearers[fold(name)] == 1

    if trial.acronym and leads(trial.acronym):
        return "acronym"
    tested = tested_drug(trial)
    if tested is not None and all(leads(short_name(tested, lang)) for lang in ("en", "fr")):
        return "drug"
    return "number"


def tested_drug(trial: Trial) -> str | None:
    """The one drug a trial tests, as the registry writes it; None where it tests none or several."""
    tested = [one.name for one in trial.interventions if one.role == "experimental"]
    tested = tested or [one.name for one in trial.interventions]
    return tested[0] if len(tested) == 1 else None
