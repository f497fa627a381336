"""Of any registry and any patient every format says the same, whatever else the answer holds: properties of the value."""

from __future__ import annotations

import csv
import io
import json
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from myofind.asking.profile import Profile, Typed
from myofind.domain.patient import Patient
from myofind.domain.trial import Trial
from myofind.matching import trial_sets as sets
from myofind.registry.compiled import Meta, Store
from myofind.report.answer import Wanted, answer
from myofind.report.values import Answer
from myofind.writers.formats import WRITERS, facts_of, writer
from myofind.writers.layout import Layout
from myofind.writers.styles import text_of
from tests.worlds import DAY, patients, trials


class Held:
    """A registry in memory."""

    def __init__(self, listed: tuple[Trial, ...]) -> None:
        self.listed = listed
        self.index = sets.build(listed)
        self.meta = Meta("any", "1", "2026-06-01", "", ())
        self.tags: dict[str, str] = {}

    def trial(self, place: int) -> Trial:
        return self.listed[place]


def held(listed: tuple[Trial, ...]) -> Store:
    return cast("Store", Held(listed))


def written(whole: Answer, form: str, layout: Layout) -> str:
    printed = writer(form).answer(whole, layout)
    return printed if isinstance(printed, str) else text_of(list(printed))


@given(trials(1, 12), patients(unknown=0.3), st.booleans(), st.sampled_from([None, 60, 100]))
@settings(max_examples=25)
def test_every_format_lists_the_same_trials_with_the_same_verdicts(
    listed: tuple[Trial, ...], patient: Patient, everything: bool, width: int | None
) -> None:
    store, profile, typed = held(listed), Profile(patient, None, ()), Typed()
    rows = {}
    for form in WRITERS:
        for near in (False, True):
            wanted = Wanted(everything=everything, also_as=("asys",), facts=facts_of(form, near))
            whole = answer(store, profile, typed, DAY, wanted)
            text = written(whole, form, Layout(width=width, near=near, calm=not everything))
            rows[form] = {(row.trial.id, row.verdict) for row in whole.every_row}
            if form == "json":
                assert {(one["id"], one["verdict"]) for one in json.loads(text)["trials"]} == rows[form]
            elif form == "csv":
                lines = [line for line in csv.DictReader(io.StringIO(text)) if line["section"] == "trials"]
                assert {(line["id"], line["verdict"]) for line in lines} == rows[form]
            elif form == "markdown":
                assert all(id in text for id, _ in rows[form])
            assert whole.shown + sum(whole.left_out) == whole.counts.trials == len(listed)
            assert whole.closed <= whole.counts.match + whole.counts.possible
    assert len({frozenset(each) for each in rows.values()}) == 1
