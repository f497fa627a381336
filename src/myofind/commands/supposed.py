"""`myofind match --what-if`: the same question about a patient in thought."""

from __future__ import annotations

from datetime import date

from myofind import index as sets
from myofind.profile import Profile, Typed
from myofind.registry.store import Store
from myofind.supposing import Supposed, as_other
from myofind.what_if import suppose


def suppose_all(store: Store, asked: Profile, facts: Typed, wanted: tuple[str, ...], day: date) -> Supposed:
    """The answer with every supposed fact at once."""
    then = suppose(asked, facts, wanted, day)
    now = sets.verdicts(store.index, asked.patient, day)
    return Supposed(wanted, then, as_other(store.index, then.patient, day, now))
