"""The shipped registry: every fact has a source, every status a day, every disagreement one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from myofind.domain.dates import first_day
from myofind.domain.recruitment import recruitment
from myofind.domain.trial import KINDS, Eligibility, Registry, Trial
from myofind.names.vocabulary import ids
from myofind.registry.location import read_bytes, registry_path
from myofind.registry.read import read_registry

BROCHURE = """
    NCT00017914 NCT00059748 NCT01171573 NCT01276470 NCT02468895 NCT03215927 NCT03582800 NCT03770663
    NCT04062019 NCT04486261 NCT04659031 NCT04789070 NCT04792931 NCT04928586 NCT04972760 NCT04975841
    NCT04976140 NCT05032131 NCT05046821 NCT05379634 NCT05437263 NCT05454527 NCT05495321 NCT05505409
    NCT05523167 NCT05524311 NCT05650567 NCT05669014 NCT05695950 NCT05721573 NCT05738824 NCT05798117
    NCT05799755 NCT05833711 NCT05859997 NCT05869955 NCT05895786 NCT05979441 NCT06154252 NCT06284954
    NCT06285539 NCT06300983 NCT06308978 NCT06339957 NCT06371417 NCT06450886 NCT06455449 NCT06479863
    NCT06599697 NCT06613490 NCT06644482 NCT06647069 NCT06665256 NCT06672822 NCT06686524 NCT06698796
    NCT06821659 NCT06857240 NCT06904937 NCT06916806 NCT06919380
"""
"""Every ClinicalTrials.gov number printed in source afm-2025."""

UNNUMBERED = {
    "BIGTIM": "NCT06536166",
    "CYTILDASS": "NCT05984394",
    "NEUTROSAS2": "NCT05989399",
    "JADE": "NCT06004817",
    "IBMR": "ibmr-yale",
    "EuroMyositis": "euromyositis",
}
"""Studies of the brochure without a printed number, and where they are."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    path = registry_path()
    return read_registry(read_bytes(path), str(path)).registry()


def all_subtypes(trial: Trial) -> set[str]:
    rules = [trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)]
    return {name for rule in rules if rule.subtypes for name in (*rule.subtypes.admits, *rule.subtypes.excludes)}


def rules_of(trial: Trial) -> Iterator[Eligibility]:
    """The criteria of a trial and of its cohorts, with the branches inside them."""
    waiting = [trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)]
    while waiting:
        rule = waiting.pop()
        yield rule
        waiting += [*rule.any_of, *(branch for choice in rule.at_least for branch in choice.of)]


def held(trial: Trial, key: str) -> bool:
    """Does the trial hold what a source is said to support: a key, a key of the criteria, or one fact (`facts.x`)?"""
    if key.startswith("facts."):
        return any(rule.fact(key.removeprefix("facts.")) is not None for rule in rules_of(trial))
    if key in Trial._fields:
        return bool(getattr(trial, key))
    assert key in Eligibility._fields, f"{trial.id}: no key `{key}`"
    return any(bool(getattr(rule, key)) for rule in rules_of(trial))


def test_every_study_of_the_brochure_is_there(registry: Registry) -> None:
    numbers = BROCHURE.split()
    assert len(numbers) == len(set(numbers)) == 61
    assert set(numbers) <= {trial.id for trial in registry.trials}


@pytest.mark.parametrize(("acronym", "study"), UNNUMBERED.items())
def test_the_studies_without_a_printed_number_are_there(registry: Registry, acronym: str, study: str) -> None:
    assert {trial.id: trial.acronym for trial in registry.trials}.get(study) == acronym


def test_every_trial_has_a_source_with_a_place(registry: Registry) -> None:
    assert [t.id for t in registry.trials if not any(source.at for source in t.sources)] == []


def test_every_source_is_declared_and_every_declared_source_used(registry: Registry) -> None:
    declared = {source.id for source in registry.sources}
    used = {s.ref for t in registry.trials for s in t.sources} | {o.source for t in registry.trials for o in t.status}
    used |= {
        found[0] for t in registry.trials for c in t.conflicts for found in [re.findall("afm-web", c.note)] if found
    }
    assert used - declared == set()
    assert declared - used == set()


def test_no_source_line_says_the_same_twice(registry: Registry) -> None:
    for trial in registry.trials:
        lines = Counter((source.ref, source.at, source.date) for source in trial.sources)
        assert [line for line, n in lines.items() if n > 1] == [], trial.id


def test_a_key_said_to_be_supported_is_there(registry: Registry) -> None:
    for trial in registry.trials:
        for source in trial.sources:
            for key in source.keys:
                assert held(trial, key), f"{trial.id}: {source.ref} supports `{key}`, which is absent"


def test_every_status_has_a_day_and_a_place_and_none_is_newer_than_the_data(registry: Registry) -> None:
    newest = date.fromisoformat(registry.as_of)
    for trial in registry.trials:
        for seen in trial.status:
            assert first_day(seen.as_of) <= newest, trial.id
            assert seen.at, trial.id
        days = [first_day(seen.as_of) for seen in trial.status]
        assert days == sorted(days, reverse=True), trial.id


def test_the_data_are_as_new_as_their_newest_fact(registry: Registry) -> None:
    assert max(first_day(o.as_of) for t in registry.trials for o in t.status) == date.fromisoformat(registry.as_of)


def test_a_status_and_its_source_are_dated_alike(registry: Registry) -> None:
    dates = {source.id: source.date for source in registry.sources if source.date}
    for trial in registry.trials:
        for seen in trial.status:
            if seen.source in dates:
                assert first_day(seen.as_of) <= first_day(dates[seen.source]), trial.id


def test_every_conflict_is_one_sentence(registry: Registry) -> None:
    for trial in registry.trials:
        for conflict in trial.conflicts:
            assert conflict.note.endswith("."), trial.id
            assert not re.search(r"[.!?]\s+[A-Z]", conflict.note), f"{trial.id}: {conflict.note}"
            assert conflict.note[0].isupper() or conflict.note[0].isdigit(), f"{trial.id}: {conflict.note}"


def test_titles_are_short_in_both_languages(registry: Registry) -> None:
    for trial in registry.trials:
        for title in (trial.title, trial.title_fr):
            assert title is not None, trial.id
            assert 10 <= len(title) <= 100, trial.id
            assert not title.endswith("."), trial.id
            assert "\u2019" not in title, trial.id


def test_hand_checks_are_short(registry: Registry) -> None:
    for trial in registry.trials:
        for rule in (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)):
            assert all(len(text) <= 90 for note in rule.check_by_hand for text in note if text), trial.id


def test_there_is_somebody_to_call(registry: Registry) -> None:
    day = date.fromisoformat(registry.as_of)
    joinable = [
        trial
        for trial in registry.trials
        if trial.kind == "interventional"
        and not trial.takes_nobody
        and recruitment(trial.status, trial.end, day).state != "closed"
    ]
    in_france = [t for t in joinable if t.countries and "FR" in t.countries.listed]
    assert [t.id for t in in_france if not t.contacts] == []
    assert sum(bool(t.contacts) for t in joinable) >= 0.6 * len(joinable)


def test_every_subtype_and_antibody_is_in_the_vocabulary(registry: Registry) -> None:
    subtypes, antibodies = set(ids("subtypes")), set(ids("antibodies"))
    for trial in registry.trials:
        assert all_subtypes(trial) <= subtypes, trial.id
        for rule in (trial.eligibility, *(cohort.eligibility for cohort in trial.cohorts)):
            if rule.autoantibodies:
                assert {name for group in rule.autoantibodies for name in group} <= antibodies, trial.id


def test_every_trial_says_whom_it_is_for(registry: Registry) -> None:
    assert [trial.id for trial in registry.trials if not all_subtypes(trial)] == []
    assert {trial.kind for trial in registry.trials} == set(KINDS)


def test_extensions_name_a_parent_of_the_registry(registry: Registry) -> None:
    known = {trial.id for trial in registry.trials}
    for trial in registry.trials:
        assert (trial.kind == "extension") == bool(trial.extends), trial.id
        assert set(trial.extends) <= known, trial.id


def test_published_studies_nobody_can_join_are_closed(registry: Registry) -> None:
    for trial in registry.trials:
        notes = " ".join(note.en for note in trial.eligibility.check_by_hand).lower()
        if "published" in notes:
            assert trial.status, trial.id
            assert trial.status[0].value == "completed", trial.id


def test_one_number_printed_for_two_drugs_stands_for_one(registry: Registry) -> None:
    tested = {t.id: {i.name for i in t.interventions} for t in registry.trials}
    assert tested["NCT06857240"] == {"ruxolitinib"}
    assert tested["NCT06887738"] == {"ruxoprubart"}


@pytest.mark.parametrize(
    ("study", "about"),
    [
        ("NCT06857240", "id"),
        ("NCT06887738", "id"),
        ("NCT05032131", "end"),
        ("NCT05695950", "status"),
        ("NCT06371417", "eligibility"),
        ("NCT05669014", "countries"),
        ("NCT06450886", "enrollment"),
        ("NCT06904937", "status"),
        ("NCT05454527", "start"),
    ],
)
def test_the_brochures_contradictions_are_recorded(registry: Registry, study: str, about: str) -> None:
    trial = next(trial for trial in registry.trials if trial.id == study)
    assert about in {conflict.about for conflict in trial.conflicts}
