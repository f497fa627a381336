"""Shell completion: names of the vocabulary in any case, trials, and the words of every closed option."""

import os
from collections.abc import Callable, Iterable


def _terms(kind: str) -> Callable[[str], list[str]]:
    """What begins as typed of the ids of a kind of name, and of its labels in English and French; ids first."""

    def complete(incomplete: str) -> list[str]:
        from myofind.names.vocabulary import ids, label

        every = sorted(ids(kind))
        return offered([*every, *sorted({label(kind, id, lang) for id in every for lang in ("en", "fr")})], incomplete)

    return complete


subtypes, antibodies, countries, facts, drugs = map(_terms, ("subtypes", "antibodies", "countries", "facts", "drugs"))


def trials(incomplete: str) -> list[str]:
    """Ids and acronyms of trials; nothing where the registry cannot be read."""
    from myofind.commands.common import open_registry
    from myofind.diagnostics import InputError

    try:
        store = open_registry(None)
    except InputError:
        return []
    return offered(sorted({name for trial in store.trials() for name in (trial.id, trial.acronym) if name}), incomplete)


def words(*accepted: str) -> Callable[[str], list[str]]:
    """The words of an option that takes no others."""
    return lambda incomplete: offered(accepted, incomplete)


def statuses(incomplete: str) -> list[str]:
    """States of recruitment, and the statuses of registers."""
    from myofind.domain.recruitment import STATE_OF, STATES

    return offered(dict.fromkeys((*STATES, "any", *STATE_OF)), incomplete)


def supposed(incomplete: str) -> list[str]:
    """What can be supposed of a patient: each fact with its values where they are few, and each antibody with its results."""
    from myofind.names.vocabulary import ids

    results = ("positive", "negative", "borderline") if "=" in incomplete else ("",)
    named = [f"{id}={result}" for id in sorted(ids("antibodies")) for result in results]
    return offered([*_SUPPOSED, *named], incomplete)


_SUPPOSED = (
    "ild=yes", "ild=no", "refractory=yes", "refractory=no", "pid=oui", "pid=non", "réfractaire=oui", "réfractaire=non",
    "sex=female", "sex=male", "sexe=femme", "sexe=homme", "age=", "birth_date=", "subtype=", "country=", "onset=", "âge=",
    "sous-type=", "pays=", "début=",
)  # fmt: skip
"""What can be supposed beside antibodies, in both languages."""


class Fitting(str):
    """A name that begins as what was typed but for its case or the signs that keep its words together.

    Typer drops what does not begin letter by letter as what was typed; this is never dropped.
    """

    def startswith(self, *_: object) -> bool:
        return True


def offered(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that begin as what was typed, whatever its case; quoted where a shell would part their words.

    bash takes what is offered as it is; zsh and fish quote it themselves.
    """
    begun = incomplete.strip("'\"").casefold()
    fitting = [name for name in names if name.casefold().startswith(begun)]
    if os.environ.get("_MYOFIND_COMPLETE", "").endswith("bash"):
        import shlex

        fitting = [shlex.quote(name) if {" ", "'", "(", "&"} & set(name) else name for name in fitting]
    return [Fitting(name) for name in fitting]
