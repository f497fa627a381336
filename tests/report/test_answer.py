"""The answer as a value: counts, questions, near misses, what time and other facts change; asserted in process."""

from __future__ import annotations

import json
from datetime import date

import pytest

from myofind.asking.typed import Typed
from myofind.report.values import (
    AskNext,
    FactEffect,
    FactValue,
    LeftOut,
    NearMiss,
    Opening,
    SupposedFlip,
    VerdictCounts,
)  # fmt: skip
from myofind.writers.as_json import answer as as_json
from myofind.writers.layout import Layout
from tests.report.small import ADULT, AT_THE_LIMIT, CHILD, ELSEWHERE, HISTORIC, asked, explained


def ids(rows: object) -> list[str]:
    return [row.study.trial.id for row in rows]  # type: ignore[attr-defined]


def near(misses: tuple[NearMiss, ...], id: str) -> NearMiss:
    (miss,) = [miss for miss in misses if miss.id == id]
    return miss


# Counts: each trial once -----------------------------------------------------------------------------------------------


def test_closed_are_the_trials_that_fit_and_are_closed_whatever_is_listed() -> None:
    for wanted in ({}, {"everything": True}, {"states": ("closed",)}, {"limit": 1}):
        whole = asked(ADULT, **wanted)
        assert whole.closed == 1, wanted
        assert json.loads(as_json(whole, Layout()))["counts"]["closed"] == 1, wanted
    assert asked(CHILD, everything=True).closed == 0


def test_left_out_counts_each_trial_once_and_nothing_where_all_is_listed() -> None:
    assert asked(ADULT).left_out == LeftOut(held_back=0, closed=1, excluded=5, other_states=0)
    assert asked(ADULT, everything=True).left_out == LeftOut(0, 0, 0, 0)
    assert asked(ADULT, everything=True, limit=4).left_out == LeftOut(held_back=6, closed=0, excluded=0, other_states=0)
    assert asked(ADULT, states=("closed",)).left_out == LeftOut(held_back=0, closed=0, excluded=5, other_states=4)
    assert asked(ADULT, statuses=("completed",)).left_out == LeftOut(0, 0, 5, 4)
    assert asked(ADULT, limit=1).left_out == LeftOut(held_back=3, closed=1, excluded=5, other_states=0)


@pytest.mark.parametrize("wanted", [{}, {"everything": True}, {"states": ("closed", "unknown")}, {"limit": 2}])
@pytest.mark.parametrize("typed", [ADULT, CHILD, ELSEWHERE, HISTORIC])
def test_shown_and_left_out_add_up_to_the_registry(typed: object, wanted: dict[str, object]) -> None:
    whole = asked(typed, **wanted)  # type: ignore[arg-type]
    assert sum(whole.counts) == 10
    assert whole.shown + sum(whole.left_out) == 10


def test_rows_are_trials_and_study_rows_are_studies_best_first() -> None:
    whole = asked(ADULT, everything=True)
    assert ids(whole.rows) == [
        "NCT00000006", "NCT00000001", "NCT00000002", "NCT00000008", "NCT00000005", "NCT00000007", "NCT00000003",
        "NCT00000004",
    ]  # fmt: skip
    assert ids(whole.study_rows) == ["myo-registry", "NCT00000010"]
    assert ids(whole.every_row) == ids(whole.rows) + ids(whole.study_rows)
    assert whole.shown == 10
    assert [row.verdict for row in whole.study_rows] == ["match", "excluded"]
    assert whole.counts == VerdictCounts(match=4, possible=1, excluded=5)


def test_a_study_has_its_number_only_where_a_register_gave_it() -> None:
    whole = asked(ADULT)
    alpha, registry = whole.rows[0].study, whole.study_rows[0].study
    assert (alpha.number, alpha.url) == ("NCT00000001", "https://clinicaltrials.gov/study/NCT00000001")
    assert (registry.number, registry.url, registry.place) == (None, None, 8)
    rituximab, betanib = whole.rows[1].study.drugs
    assert (rituximab.id, betanib.id, betanib.drug_class) == ("rituximab", None, None)
    assert rituximab.drug_class
    assert (alpha.drugs[0].drug_class, alpha.drugs[0].id) == ("anti-A", None)


# What is near ----------------------------------------------------------------------------------------------------------


def test_a_wait_opens_between_two_days_and_the_first_comes_first() -> None:
    miss = near(asked(ADULT).near_misses, "NCT00000005")
    assert (miss.criterion.name, miss.remedy, miss.barred) == ("duration", "wait", "")
    assert miss.opens == (date(2027, 2, 1), date(2027, 3, 1))
    value = next(
        one for one in json.loads(as_json(asked(ADULT), Layout()))["near_misses"] if one["id"] == "NCT00000005"
    )
    assert (value["opens"], value["opens_at_the_latest"]) == ("2027-02-01", "2027-03-01")
    assert value["when"] == "between 2027-02-01 and 2027-03-01"


def test_near_misses_by_country_name_the_countries_and_within_reach_leaves_out_what_takes_nobody() -> None:
    whole = asked(ADULT)
    miss = near(whole.near_misses, "NCT00000004")
    assert (miss.remedy, miss.countries, miss.recruitment, miss.opens) == ("country", ("US", "JP"), "upcoming", None)
    assert [one.id for one in whole.within_reach] == ["NCT00000005", "NCT00000007", "NCT00000004"]
    assert {one.id for one in whole.near_misses} == {"NCT00000004", "NCT00000005", "NCT00000007"}
    extension = next(row for row in asked(ADULT, everything=True).rows if row.trial.id == "NCT00000003")
    failed = [(one.name, one.code) for one in extension.criteria if one.outcome == "not_met"]
    assert failed == [("enrolment", "extension")]  # all it fails, and yet it is not near


def test_a_trial_that_is_not_known_to_recruit_is_a_near_miss_out_of_reach() -> None:
    whole = asked(ELSEWHERE)
    assert "NCT00000008" in {one.id for one in whole.near_misses}
    assert "NCT00000008" not in {one.id for one in whole.within_reach}


# What to ask -----------------------------------------------------------------------------------------------------------


def test_questions_name_the_trials_they_settle_and_what_each_answer_does() -> None:
    whole = asked(ADULT)
    assert (whole.questions_of, [one.fact for one in whole.questions][:1]) == (1, ["refractory"])
    refractory = whole.questions[0]
    assert (refractory.settles, refractory.may_settle, refractory.not_yet_open) == ((), ("NCT00000002",), ())
    assert refractory.values == (FactValue("yes", None, (), ()), FactValue("no", None, (), ("NCT00000002",)))
    assert whole.ask_next == AskNext("open", 1, (FactEffect("refractory", 0, 1),), 0)


def test_ranges_that_do_the_same_are_one_from_the_first_to_the_last() -> None:
    whole = asked(AT_THE_LIMIT)
    onset = next(one for one in whole.questions if one.fact == "onset")
    assert onset.values == (
        FactValue("1950-07-12", "2023-06-10", ("NCT00000005",), ()),
        FactValue("2023-06-11", "2026-06-10", (), ("NCT00000005",)),
    )


def test_where_no_answer_bears_on_an_open_trial_all_that_are_not_closed_are_asked_about() -> None:
    ask = asked(ELSEWHERE).ask_next
    assert (ask.about, ask.of, ask.effects, ask.unasked) == ("not_closed", 1, (), 1)


def test_questions_that_bear_only_on_other_trials_are_not_asked_next() -> None:
    whole = asked(Typed(subtypes=("dm",), age="45", countries=("US",), antibodies=("mda5",)))
    assert {question.fact for question in whole.questions} == {"refractory", "ild", "subtypes"}
    assert [effect.fact for effect in whole.ask_next.effects] == ["refractory"]
    ild = next(question for question in whole.questions if question.fact == "ild")
    assert (ild.settles, ild.not_yet_open) == ((), ("NCT00000004",))


def test_trials_that_are_not_open_are_asked_about_where_no_answer_bears_on_an_open_one() -> None:
    whole = asked(Typed(subtypes=("dm",), age="45", countries=("JP",), antibodies=("mda5",), refractory=False))
    effects = (FactEffect("ild", 1, 1), FactEffect("subtypes", 0, 1))  # anti-MDA5 disease with lung disease implies ILD
    assert whole.ask_next == AskNext("not_closed", 3, effects, 2)


# What time, another subtype and other facts change ---------------------------------------------------------------------


def test_an_age_limit_and_an_end_that_are_near_are_named() -> None:
    alpha = asked(AT_THE_LIMIT).rows[0]
    assert alpha.soon == ("age", "end")
    assert alpha.age_window == (date(1968, 7, 12), date(2026, 7, 12))
    assert asked(ADULT).rows[0].soon == ("end",)
    assert asked(ADULT).rows[0].age_window is None
    assert asked(ADULT).rows[1].soon == ()


def test_the_18th_birthday_opens_and_closes() -> None:
    birthday = asked(CHILD).turns_18
    assert birthday is not None
    assert birthday.on == date(2026, 9, 10)
    assert (birthday.opens, birthday.closes) == (("NCT00000002",), ("NCT00000010",))
    assert (birthday.to_tell_opens, birthday.to_tell_closes) == (("NCT00000002",), ("NCT00000010",))
    assert asked(ADULT).turns_18 is None
    assert asked(AT_THE_LIMIT).turns_18 is None


def test_another_subtype_opens_trials_and_closes_others() -> None:
    asys, dm = sorted(asked(HISTORIC, also_as=("dm",)).other_subtypes, key=lambda other: other.subtype)
    assert (asys.subtype, asys.by_itself, asys.to_tell) == ("asys", True, ("NCT00000007",))
    assert asys.opens == (Opening("NCT00000007", "possible"), Opening("NCT00000008", "match", firm=False))
    assert asys.closes == ("NCT00000005",)
    assert (dm.subtype, dm.by_itself) == ("dm", False)
    assert dm.opens == (
        Opening("NCT00000001", "match"), Opening("NCT00000002", "possible"), Opening("NCT00000008", "match", firm=False),
    )  # fmt: skip
    assert dm.closes == ()
    assert set(dm.to_tell) == {"NCT00000001", "NCT00000002", "NCT00000008"}


def test_what_is_supposed_flips_verdicts_by_the_criteria_that_change() -> None:
    whole = asked(ADULT, supposing=("age=80",))
    assert whole.what_if is not None
    assert whole.what_if.supposing == ("age=80",)
    assert whole.what_if.asked.age == (80, None)
    assert whole.what_if.counts == VerdictCounts(match=3, possible=1, excluded=6)
    (flip,) = whole.what_if.flips
    assert flip == SupposedFlip("NCT00000001", "match", "excluded", "open", flip.changed, (True, flip.firm[1]))
    assert [(one.name, one.outcome, one.code) for one in flip.changed] == [("age", "not_met", "too_old")]
    assert asked(ADULT).what_if is None


def test_where_nothing_fits_the_funnel_and_relaxed_searches_say_why_and_what_instead() -> None:
    whole = asked(ELSEWHERE)
    assert [tuple(step) for step in whole.funnel] == [
        ("registry", 10), ("recruitment", 6), ("subtype", 1), ("country", 0),
    ]  # fmt: skip
    assert [(one.reason, one.term, one.status, one.gain) for one in whole.relaxed] == [
        ("country", "FR", None, 1), ("any_country", None, None, 1),
    ]  # fmt: skip
    assert whole.relaxed[0].facts.countries == ("US", "FR")
    assert whole.relaxed[1].facts.countries == ()
    assert (asked(ADULT).funnel, asked(ADULT).relaxed) == ((), ())


# Notes and facts -------------------------------------------------------------------------------------------------------


def test_an_emergency_is_a_note_of_safety() -> None:
    whole = asked(HISTORIC)
    assert [note.remark.code for note in whole.notes if note.safety and note.remark] == ["lung", "board"]
    assert len(whole.notes) > 1
    assert not any(note.safety for note in asked(ADULT).notes)


def test_the_facts_of_every_trial_are_there_and_each_is_read_once() -> None:
    whole = asked(ADULT, everything=True)
    assert sorted(whole.studies) == sorted(ids(whole.every_row))
    assert len(whole.studies) == sum(whole.counts)
    assert all(whole.studies[row.trial.id] is row.study for row in whole.every_row)
    assert "NCT99999999" not in whole.studies


def test_sources_stand_beside_criteria_only_where_they_are_asked_for() -> None:
    assert asked(ADULT).rows[0].sources == ()
    row = asked(ADULT, sources=True).rows[0]
    by_name = dict(zip((one.name for one in row.criteria), row.sources, strict=True))
    assert by_name["autoantibodies"] is None
    assert [str(origin) for origin in by_name["age"] or ()] == ["register, page 1, 2026-06-01"]
    assert [str(origin) for origin in by_name["country"] or ()] == ["paper, page 9, 2026-02-01"]


# One trial in full -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sex", "verdict"), [("female", "excluded"), ("male", "match"), (None, "possible")])
def test_a_cohort_that_is_not_the_best_says_its_own_verdict(sex: str | None, verdict: str) -> None:
    typed = ADULT._replace(sex=sex, antibodies=("srp",), refractory=True)
    (page,) = explained(typed, "NCT00000002").pages
    assert (page.row.assessment.cohort, page.row.verdict) == ("SRP", "match")
    (other,) = page.cohorts
    assert (other.assessment.cohort, other.assessment.verdict) == ("men", verdict)
    assert [one.name for one in other.assessment.criteria] == ["sex"]
    assert len(other.sources) == 1


def test_a_page_says_what_can_be_done_where_one_criterion_fails() -> None:
    alpha, betanib, gamma = explained(CHILD, "NCT00000001", "NCT00000002", "NCT00000004").pages
    assert betanib.near_miss is not None
    assert (betanib.near_miss.remedy, betanib.near_miss.opens) == ("wait", (date(2026, 9, 10), date(2026, 9, 10)))
    assert alpha.near_miss is not None
    assert (alpha.near_miss.remedy, alpha.near_miss.barred) == ("never", "ended")
    assert gamma.near_miss is None
    assert explained(ADULT, "NCT00000001").pages[0].near_miss is None


def test_a_short_answer_asks_the_first_questions_of_the_whole_one() -> None:
    dm = Typed(subtypes=("dm",))
    every, first = asked(dm), asked(dm, questions=3)
    assert len(every.questions) == 6
    assert first.questions == every.questions[:3]
    assert every.ask_next is not None
    assert first.ask_next is not None
    assert first.ask_next.first == every.ask_next.first
    assert (first.ask_next.of, first.ask_next.unasked) == (every.ask_next.of, every.ask_next.unasked)
