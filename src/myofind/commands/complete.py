"""Shell completion of vocabulary values and of trial ids and acronyms."""

from __future__ import annotations


def subtypes(incomplete: str) -> list[str]:
    """Ids of subtypes."""
    return _terms("subtypes", incomplete)


def antibodies(incomplete: str) -> list[str]:
    """Ids of antibodies."""
    return _terms("antibodies", incomplete)


def countries(incomplete: str) -> list[str]:
    """Country codes."""
    return _terms("countries", incomplete)


def facts(incomplete: str) -> list[str]:
    """Ids of facts."""
    return _terms("facts", incomplete)


def drugs(incomplete: str) -> list[str]:
    """Ids of drugs."""
    return _terms("drugs", incomplete)


def _terms(kind: str, incomplete: str) -> list[str]:
    from myofind.names.vocabulary import ids

    return sorted(one for one in ids(kind) if one.lower().startswith(incomplete.lower()))


def trials(incomplete: str) -> list[str]:
    """Ids and acronyms of trials; nothing where the registry cannot be read."""
    from myofind.commands.common import open_registry
    from myofind.diagnostics import InputError

    try:
        store = open_registry(None)
    except InputError:
        return []
    names = [name for trial in store.trials() for name in (trial.id, trial.acronym) if name]
    return sorted(name for name in names if name.lower().startswith(incomplete.lower()))
